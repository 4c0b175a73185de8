"""What is asked to be done: done where the NPC offers it and the conditions hold, else refused."""

from __future__ import annotations

from dataclasses import replace

from npc_engine.chronicle import Change
from npc_engine.dialogue.access import is_open, touched
from npc_engine.dialogue.decide.guarding import deflect, written
from npc_engine.dialogue.scene import Scene
from npc_engine.dialogue.types import Action, Plan, Reading
from npc_engine.mind import met
from npc_engine.text import Language, fill
from npc_engine.world.definitions import ActionDefinition


def requested(reading: Reading, scene: Scene) -> Plan:
    """Return the answer to what the speaker wants done: the first offer whose conditions hold is done, else none."""
    offers = {offer.action: offer for offer in scene.persona.offers}
    wanted = [action for action in reading.main.actions if action in offers]
    language = reading.language
    for name in wanted:
        offer, action = offers[name], scene.actions[name]
        if met(
            offer.when,
            scene.projections,
            now=scene.now,
            npc=scene.npc,
            speaker=scene.speaker,
            near=scene.overheard_by,
        ):
            return Plan(
                "comply",
                phrase="comply",
                says=written(offer.comply, language),
                actions=(action_of(action, scene, language),),
                reasons=(f"offers:{name}",),
            )
    if wanted:
        offer = offers[wanted[0]]
        return Plan(
            "refuse",
            phrase="refuse",
            says=written(offer.refuse, language),
            reasons=(f"offers:{wanted[0]}", "conditions not met"),
        )
    near = touched(reading, scene)
    if near and not is_open(near, scene):
        return deflect(near, scene, language)
    return Plan("refuse", phrase="request", reasons=("no such offer",))


def accepting(action: str, reading: Reading) -> Reading:
    """Return a reading in which a yes asks for what was offered a moment ago."""
    main = reading.main
    accepted = replace(main, kind="accept", actions=(action,))
    return replace(reading, acts=tuple(accepted if act is main else act for act in reading.acts))


def would_do(name: str, language: Language, scene: Scene) -> Action | None:
    """Return an action that the NPC would do for the speaker now; None where they would not."""
    offer = next((offer for offer in scene.persona.offers if offer.action == name), None)
    near = scene.overheard_by
    if offer and met(offer.when, scene.projections, now=scene.now, npc=scene.npc, speaker=scene.speaker, near=near):
        return action_of(scene.actions[name], scene, language)
    return None


def action_of(action: ActionDefinition, scene: Scene, language: Language) -> Action:
    """Return the action with its parts filled in: who does it, for whom, and what it will have changed."""
    ids = {"actor": scene.npc, "speaker": scene.speaker}

    def change(fact: str, holds: bool) -> Change:
        return Change.of_fact(" ".join(ids.get(word.strip("{}"), word) for word in fact.split()), holds)

    names = {role: scene.wording.name(entity, language) for role, entity in ids.items()}
    text = action.wording.get(language) or f"{names['actor']}: {action.names.get(language, action.id)}"
    text = fill(text, names)
    changes = [change(fact, True) for fact in action.changes] + [change(f, False) for f in action.not_changes]
    return Action(action.id, scene.npc, scene.speaker, text[:1].upper() + text[1:], tuple(changes))
