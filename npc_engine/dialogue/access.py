"""Which secret an utterance or a belief comes near, and whether it may be told to this speaker, here and now."""

from __future__ import annotations

from npc_engine.dialogue.scene import Scene
from npc_engine.dialogue.secrets.guard import Guard
from npc_engine.dialogue.types import Reading
from npc_engine.lang import pack
from npc_engine.lang.persons import own_kin
from npc_engine.mind import Belief, discretion
from npc_engine.persona import Secret
from npc_engine.talking_points import Passage
from npc_engine.text import Language, fold, language_of, sentences

CLOSE = 0.3
"""Affinity or trust from which somebody is told what is private."""
_WANTS_A_STAND = frozenset({"ask_sure", "agree", "disagree", "accuse", "dare"})
"""Acts to which any answer of one's own says whether something is so."""
_OF_A_LIFE = frozenset({
    "age", "family", "home", "health", "mood", "tastes", "skills", "possessions", "fears", "dreams",
})  # fmt: skip
"""Topics of which a question that is heard to be on them asks for nothing that was kept back just before."""
CHANGED = 0.4
"""How far affinity must have moved from what the author gave it for a note on somebody to hold no longer."""


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
    elsewhere = act.predicates or act.topic in _OF_A_LIFE
    again = act.kind in _WANTS_A_STAND or (act.yes_no and not elsewhere)
    if again and scene.exchanges:  # 'So it is true?' or 'Then say that it is not', of what was just kept back
        kept = {withheld.secret for withheld in scene.exchanges[-1].line.withheld}
        return next((secret for secret in scene.persona.secrets if secret.id in kept), None)
    return None


def near_closed(reading: Reading, scene: Scene) -> bool:
    """Return whether what is said comes near a secret that is closed to the speaker."""
    near = touched(reading, scene)
    return near is not None and not is_open(near, scene)


def _other_things_aside(text: str, secret: Secret, guard: Guard, scene: Scene) -> str:
    """Return a text without what has a secret's word in it but means something else: 'Greta's sister', 'my sister'."""
    folded = fold(text)
    for sentence in sentences(folded):
        folded = folded.replace(sentence, _without_own_kin(sentence, scene), 1)
    about = {part for fact in secret.facts for part in fact.split()}
    for mention in reversed(scene.projections.names.find(text)):
        if mention.entity not in about and guard.words(folded[mention.start : mention.end]):
            folded = f"{folded[: mention.start]} {folded[mention.end :]}"
    return folded


def _without_own_kin(sentence: str, scene: Scene) -> str:
    """Return a sentence without the speaker's own kin, where neither the NPC nor anybody else stands beside them."""
    speech = pack(language_of(sentence))
    bare = own_kin(speech).sub(" ", sentence)
    beside = speech.words.any_of(speech.words.pronouns.get("you", ()), bare) or scene.projections.names.find(bare)
    return sentence if beside else bare


def stated(reading: Reading, scene: Scene) -> Secret | None:
    """Return the secret whose statement an utterance makes, as a claim or to have it confirmed or denied."""
    compiled = scene.projections.compiled
    claimed = {claim.statement_id.replace(".", " ") for claim in (*reading.claims, *reading.brought_up)}
    for secret in scene.persona.secrets:
        guard = Guard([secret], scene.npc, compiled, asked=True)
        if claimed & set(secret.facts) or guard.states(reading.meant):
            return secret
    return None


def closed(scene: Scene) -> list[Secret]:
    """Return the NPC's secrets that may not be told to this speaker, here and now."""
    return [secret for secret in scene.persona.secrets if not is_open(secret, scene)]


def closed_guard(scene: Scene) -> Guard:
    """Return a guard over all that may not be told here; it lets nobody's own words through."""
    return Guard(closed(scene), scene.npc, scene.projections.compiled)


def gives_away(text: str, guard: Guard) -> bool:
    """Return whether a text has words of a guarded secret, or states what it is."""
    return bool(guard) and guard.gives_away(text)


def confided_in(passage: Passage, scene: Scene) -> bool:
    """Return whether the speaker is close enough to the NPC to be told a passage."""
    felt = scene.mind.feelings.toward(scene.speaker)
    return passage.confidence == "open" or max(felt.affinity, felt.trust) >= CLOSE


def open_goals(scene: Scene, language: Language) -> list[tuple[str, str]]:
    """Return the goals that are not reached, by id, in words: none with a secret in it, or about who hears it."""
    guard, hearing = closed_guard(scene), scene.audience - {scene.npc}
    told = []
    for goal in scene.persona.goals:
        text = goal.text.get(language, "")
        reached = bool(goal.until) and scene.holds(goal.until)
        named = {mention.entity for mention in scene.projections.names.find(text)}
        if text and not reached and not named & hearing and not gives_away(text, guard):
            told.append((goal.id, text))
    return told


def authors_note(whom: str, scene: Scene, language: Language) -> str:
    """Return what the author noted that the NPC thinks of somebody, where it may be told here; else nothing.

    It may not before that person, nor once they feel otherwise than at first.
    """
    relationship = scene.persona.relationships.get(whom)
    text = relationship.note.get(language, "") if relationship else ""
    if relationship is None or not text or whom in scene.audience:
        return ""
    changed = abs(scene.mind.feelings.toward(whom).affinity - relationship.affinity) > CHANGED
    return "" if changed or gives_away(text, closed_guard(scene)) else text
