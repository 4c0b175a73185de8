"""Whether what a model says the NPC does is done: offered, allowed, wanted in so many words, and told what it needs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from npc_engine.acts import acts
from npc_engine.dialogue.answer import Answer, Deed
from npc_engine.dialogue.decide.filling import Filled, filled, waiting
from npc_engine.dialogue.decide.picking import open_to, spoken_of
from npc_engine.dialogue.decide.requests import action_of, permitted
from npc_engine.dialogue.scene import Scene
from npc_engine.dialogue.types import SURELY, Plan, Reading
from npc_engine.dialogue.wants import Pending, Request, Selection, Slot, Value, Want
from npc_engine.lang import pack
from npc_engine.text import fold, terms
from npc_engine.world.definitions import ActionDefinition, Param

UNASKED = frozenset({"negated", "reported", "conditional", "later"})
"""How a line is qualified that asks for nothing now."""
UNWANTED = frozenset({
    "no", "disagree", "refuse", "forbid", "insult", "threaten", "report", "guess", "tell_fact", "tell_news", "accuse",
    "apologise", "compliment", "part", "inject",
})  # fmt: skip
"""Acts that ask for nothing, where they are heard surely."""
SURE = 0.7
"""Confidence from which what was heard stands against a model."""
_AGREEING = frozenset({"yes", "accept", "agree", "request", "order"})
LOOKED_BACK = 2
"""Exchanges in which what a deed is about may have been spoken of."""


def done(plan: Plan, answer: Answer, reading: Reading, reserves: frozenset[str], scene: Scene) -> Plan:
    """Return the plan with the action that a model names, if it is one to be done now; as it is where it is not.

    What it still has to be told is waited for, and so is a yes where it wants one. What code does itself stands.
    """
    if answer.deed is None or plan.actions or reserves & UNASKED or _is_unwanted(reading, scene):
        return plan
    action = _offered(answer.deed, scene)
    if action is None or not _is_wanted(action, reading, scene):
        return plan
    one = filled(
        Want((Request(action.id, dict(_slots(action, answer.deed, reading, scene))),)), scene, reading.language
    )
    reasons = (*plan.reasons, f"offers:{action.id}", "model:deed")
    if one.pending is not None:
        return replace(plan, pending=one.pending, reasons=reasons)
    one, _ = permitted(one, scene, reading.language)
    if not one.ready:
        return plan
    if action.confirm and not _agreed(one, reading, scene):
        return replace(plan, pending=Pending(action.id, one.ready[0]), reasons=reasons)
    actions = tuple(action_of(action, scene, reading.language, values) for values in one.ready)
    chosen = tuple(str(value) for each in actions for value in each.params.values() if isinstance(value, str))
    return replace(plan, move="comply", actions=actions, chosen=chosen, pending=None, reasons=reasons)


def _is_unwanted(reading: Reading, scene: Scene) -> bool:
    """Return whether what was heard asks for nothing to be done: a plain question, news, a no."""
    act = reading.main
    asks = acts()[act.kind].question and not acts()[act.kind].deed and act.confidence >= SURELY
    asks = asks and act.question_word is not None
    return waiting(scene) is None and (asks or (act.kind in UNWANTED and act.confidence >= SURE))


def _offered(deed: Deed, scene: Scene) -> ActionDefinition | None:
    """Return the action that is meant, where the NPC offers it and the conditions hold."""
    for offer in scene.persona.offers:
        if offer.action.casefold() == deed.name.casefold() and offer.action in scene.actions:
            return scene.actions[offer.action] if scene.holds(offer.when) else None
    return None


def _is_wanted(action: ActionDefinition, reading: Reading, scene: Scene) -> bool:
    """Return whether the line, or what was just spoken of, has a word of the action or of what it may be told."""
    asked = waiting(scene)
    if asked is not None and asked.action == action.id:
        return True
    language = reading.language
    said = [reading.meant]
    said += [part for x in scene.exchanges[-LOOKED_BACK:] for part in (x.reading.text, x.line.text)]
    listed = (*action.words.get(language, ()), *action.examples.get(language, ()), action.names.get(language, ""))
    wanted = set(terms(" ".join(listed)))
    things = [one for param in action.params if param.names_something for one in open_to(param, {}, scene) or ()]
    wanted |= {term for one in things for term in terms(scene.wording.name(one, language))}
    return bool(wanted & set(terms(" ".join(said))))


def _slots(action: ActionDefinition, deed: Deed, reading: Reading, scene: Scene) -> Iterator[tuple[str, Slot]]:
    """Yield what the action is told, as far as the line or the talk bears it out."""
    given = {name.casefold(): value for name, value in deed.params.items()}
    asked = waiting(scene)
    before = asked.values if asked is not None and asked.action == action.id else {}
    for param in action.params:
        if param.id in before:
            yield param.id, before[param.id]
        elif (value := given.get(param.id.casefold())) is not None:
            slot = _borne_out(param, value, reading, scene)
            if slot is not None:
                yield param.id, slot


def _borne_out(param: Param, value: Value, reading: Reading, scene: Scene) -> Slot | None:
    """Return what a param is told, where it was said: a name then or a moment ago, a number or a text now."""
    if param.names_something:
        entity = _entity(str(value), scene)
        named = {mention.entity for mention in scene.projections.names.find(reading.meant)}
        among = open_to(param, {}, scene)
        if entity is None:
            return None
        lately = spoken_of(scene, [entity])
        return Selection(named=(entity,)) if entity in named or lately or among == [entity] else None
    if param.type == "number":
        number = _number(value)
        heard = {one.value for one in pack(reading.language).numerals(fold(reading.meant))}
        within = number is not None and (param.min is None or number >= param.min)
        within = within and (param.max is None or (number or 0) <= param.max)
        return number if within and (number in heard or number in (1.0, param.default)) else None
    text = str(value).strip()
    return text if text and fold(text) in fold(reading.meant) else None


def _entity(value: str, scene: Scene) -> str | None:
    entities = scene.projections.compiled.entities
    if value in entities:
        return value
    found = [m for m in scene.projections.names.find(value) if m.entity in entities]
    return found[0].entity if len({mention.entity for mention in found}) == 1 else None


def _number(value: Value) -> float | None:
    try:
        return float(value)
    except ValueError:
        return None


def _agreed(one: Filled, reading: Reading, scene: Scene) -> bool:
    """Return whether the speaker says yes to what they were asked about."""
    asked = waiting(scene)
    same = asked is not None and asked.action == one.action and asked.missing is None
    return same and reading.main.kind in _AGREEING
