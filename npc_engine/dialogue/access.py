"""Which secret an utterance or a belief comes near, and whether it may be told to this speaker, here and now."""

from __future__ import annotations

from npc_engine.dialogue.scene import Scene
from npc_engine.dialogue.secrets.guard import Guard
from npc_engine.dialogue.types import Reading
from npc_engine.mind import Belief, discretion
from npc_engine.persona import Secret
from npc_engine.text import fold


def is_open(secret: Secret, scene: Scene) -> bool:
    """Return whether a secret may be told to this speaker, here and now."""
    return discretion.is_open(secret, scene.company)


def covering(belief: Belief, scene: Scene) -> Secret | None:
    """Return the secret of the NPC's that a belief falls under, itself or by what it follows from."""
    return next(iter(discretion.covering(belief.statement, scene.persona, scene.projections)), None)


def touched(reading: Reading, scene: Scene) -> Secret | None:
    """Return the secret that an utterance comes near: by its words in any language, in disguise too, or by claims."""
    compiled = scene.projections.compiled
    claimed = {claim.statement_id.replace(".", " ") for claim in (*reading.claims, *reading.brought_up)}
    for secret in scene.persona.secrets:
        guard = Guard([secret], scene.npc, compiled, asked=True)
        if claimed & set(secret.facts) or guard.anything(
            _other_things_aside(reading.filled or reading.text, secret, guard, scene)
        ):
            return secret
    act = reading.main
    again = act.kind == "ask_sure" or (act.yes_no and not act.predicates)
    if again and scene.exchanges:  # 'So it is true?', of what was just kept back
        kept = {withheld.secret for withheld in scene.exchanges[-1].line.withheld}
        return next((secret for secret in scene.persona.secrets if secret.id in kept), None)
    return None


def _other_things_aside(text: str, secret: Secret, guard: Guard, scene: Scene) -> str:
    """Return a text without the names that have a secret's word in them but mean something else: 'Greta's sister'."""
    folded = fold(text)
    about = {part for fact in secret.facts for part in fact.split()}
    for mention in reversed(scene.projections.names.find(text)):
        if mention.entity not in about and guard.words(folded[mention.start : mention.end]):
            folded = f"{folded[: mention.start]} {folded[mention.end :]}"
    return folded


def stated(reading: Reading, scene: Scene) -> Secret | None:
    """Return the secret whose statement an utterance makes, as a claim or to have it confirmed or denied."""
    compiled = scene.projections.compiled
    claimed = {claim.statement_id.replace(".", " ") for claim in (*reading.claims, *reading.brought_up)}
    for secret in scene.persona.secrets:
        guard = Guard([secret], scene.npc, compiled, asked=True)
        if claimed & set(secret.facts) or guard.states(reading.meant):
            return secret
    return None
