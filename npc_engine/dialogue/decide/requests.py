"""What is asked to be done: done where the NPC offers it and the conditions hold, else asked about, or refused."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from npc_engine.acts import acts
from npc_engine.chronicle import Change
from npc_engine.dialogue.access import is_open, touched
from npc_engine.dialogue.decide.favours import unoffered
from npc_engine.dialogue.decide.filling import Filled, filled, waiting
from npc_engine.dialogue.decide.guarding import deflect, written
from npc_engine.dialogue.query import Term
from npc_engine.dialogue.scene import Scene
from npc_engine.dialogue.types import Act, Phrase, Plan, Reading
from npc_engine.dialogue.wants import Action, Pending, Value, Verdict, Want
from npc_engine.lang import pack
from npc_engine.persona import Offer
from npc_engine.text import Language, fill, fold
from npc_engine.world.definitions import ActionDefinition, Param

NOT_ALLOWED = "the game does not allow it"
"""The reason of an answer to what the game would not do."""

_REFUSING = frozenset({"no", "disagree", "refuse", "forbid"})
"""Acts that say no to what the NPC would do."""


def requested(reading: Reading, scene: Scene) -> Plan:
    """Return the answer to what the speaker wants done.

    Each want is done whose action the NPC offers and whose conditions hold. What one of them still has to be told is
    asked for; where nothing can be done, or the game does not let it be done, it is refused.
    """
    language = reading.language
    offers = {offer.action: offer for offer in scene.persona.offers}
    wants = [kept for want in reading.wants if (kept := _offered(want, offers)) is not None]
    if not wants:
        near = touched(reading, scene)
        if near and not is_open(near, scene):
            return deflect(near, scene, language)
        return unoffered(reading, scene)
    willing = [able for want in wants if (able := _able(want, offers, scene)) is not None]
    if not willing:
        offer = offers[wants[0].action]
        reasons = (f"offers:{wants[0].action}", "conditions not met")
        return Plan("refuse", phrase="refuse", says=written(offer.refuse, language), reasons=reasons)
    found = [filled(want, scene, language) for want in willing]
    judged = [(one, *permitted(one, scene, language)) for one in found]
    barred: list[str | Phrase] = []
    for one, _, verdicts in judged:
        for verdict in verdicts:
            barred += [text for text in _why_not(verdict, offers[one.action], language) if text not in barred]
    left = [kept for _, kept, verdicts in judged if kept.ready or not verdicts]
    if not left:
        return Plan("refuse", says=tuple(barred), reasons=(*(f"offers:{one.action}" for one in found), NOT_ALLOWED))
    plan = _answer(left, offers, scene, language)
    if not barred:
        return plan
    says = plan.says or (Phrase("comply"),)
    return replace(plan, phrase=None, says=(*says, *barred), reasons=(*plan.reasons, NOT_ALLOWED))


def permitted(one: Filled, scene: Scene, language: Language) -> tuple[Filled, tuple[Verdict, ...]]:
    """Return a request without what the game does not let be done, and the game's word on each of that."""
    action = scene.actions.get(one.action)
    if action is None:
        return one, ()
    verdicts = [(values, scene.allows(action_of(action, scene, language, values))) for values in one.ready]
    kept = tuple(values for values, verdict in verdicts if verdict in (None, True))
    return replace(one, ready=kept), tuple(verdict for _, verdict in verdicts if verdict not in (None, True))


def _why_not(verdict: Verdict, offer: Offer, language: Language) -> tuple[str | Phrase, ...]:
    """Return what is said where the game does not let something be done: its own text, the offer's, or a phrase."""
    texts = verdict if isinstance(verdict, Mapping) else {language: verdict} if isinstance(verdict, str) else {}
    return written(texts, language) or written(offer.refuse, language) or (Phrase("refuse"),)


def in_earnest(reading: Reading, scene: Scene) -> Reading:
    """Return a reading without wants that only seem to be some: 'The long bow is 450, is it?'"""
    if not any(want.unsure or any(one.bid for one in want.readings) for want in reading.wants):
        return reading
    kept = [tuple(want for want in act.wants if _is_meant(want, act, reading, scene)) for act in reading.acts]
    return replace(
        reading, acts=tuple(replace(act, wants=wants) for act, wants in zip(reading.acts, kept, strict=True))
    )


def _is_meant(want: Want, act: Act, reading: Reading, scene: Scene) -> bool:
    """Return whether a want is one to be met: of one that may be none, only where it could be done at once, and where
    nothing is asked that has an answer."""
    offers = {offer.action: offer for offer in scene.persona.offers}
    kept = _offered(want, offers)
    able = _able(kept, offers, scene) if kept else None
    one = filled(able or want, scene, reading.language)
    if one.vain or not want.unsure:
        return not one.vain
    return able is not None and bool(one.ready) and not (acts()[act.kind].question and act.queries)


def _offered(want: Want, offers: Mapping[str, Offer]) -> Want | None:
    """Return a want as far as the NPC offers it; None where they don't."""
    readings = tuple(one for one in want.readings if one.action in offers)
    return replace(want, readings=readings) if readings else None


def _able(want: Want, offers: Mapping[str, Offer], scene: Scene) -> Want | None:
    """Return a want as far as the conditions hold for it; None where they don't."""
    readings = tuple(one for one in want.readings if scene.holds(offers[one.action].when))
    return replace(want, readings=readings) if readings else None


def _answer(found: Sequence[Filled], offers: Mapping[str, Offer], scene: Scene, language: Language) -> Plan:
    """Return the plan that does what is ready, and asks about the first of what is not."""
    done = [one for one in found if one.ready and (one.agreed or not (one.unsure or scene.actions[one.action].confirm))]
    open_ones = [one for one in found if one not in done]
    reasons = tuple(f"offers:{one.action}" for one in found)
    actions = tuple(
        action_of(scene.actions[one.action], scene, language, values) for one in done for values in one.ready
    )
    says: tuple[str | Phrase, ...] = ()
    if done:
        says = tuple(dict.fromkeys(text for one in done for text in written(offers[one.action].comply, language)))
        says = says or (Phrase("comply"),)
    if not open_ones:
        chosen = tuple(str(value) for action in actions for value in action.params.values() if isinstance(value, str))
        plain = not any(written(offers[one.action].comply, language) for one in done)
        return Plan(
            "comply", phrase="comply", says=() if plain else says, actions=actions, chosen=chosen, reasons=reasons
        )
    first = open_ones[0]
    pending, asked = _asked_about(first, scene, language)
    if pending is None:
        move = "comply" if done else "refuse"
        return Plan(move, says=(*says, asked), actions=actions, reasons=(*reasons, "nothing such"))
    move = "comply" if done else "ask_back"
    return Plan(move, says=(*says, asked), actions=actions, pending=pending, reasons=(*reasons, "asks"))


def _asked_about(one: Filled, scene: Scene, language: Language) -> tuple[Pending | None, str | Phrase]:
    """Return what the NPC waits for before an action, and how they ask for it; no more than words where it can't be."""
    definition = scene.actions[one.action]
    if one.pending is not None and (not _asks_in_vain(one.pending, definition)):
        param = next(param for param in definition.params if param.id == one.pending.missing)
        texts = param.ask.get(language)
        return one.pending, texts[scene.seed % len(texts)] if texts else Phrase("which_one")
    if one.ready:
        pending = Pending(one.action, one.ready[0])
        return pending, Phrase("shall_i", {"deed": definition.names.get(language, one.action)})
    return None, Phrase("none_such", {"topic": Term("", entity=one.unfit[0])} if one.unfit else {})


def _asks_in_vain(pending: Pending, definition: ActionDefinition) -> bool:
    """Return whether there is nothing that the missing param could be."""
    param = next(param for param in definition.params if param.id == pending.missing)
    return param.where is not None and not pending.among


def dropped(reading: Reading, scene: Scene) -> Plan | None:
    """Return what is said to a no where the NPC waited for a word before they do something; None where it is none."""
    pending = waiting(scene)
    if pending is None or reading.wants:
        return None
    speech = pack(reading.language)
    head = re.split("[,，.。!！]", fold(reading.text))[0].strip()
    if head in speech.deeds.dropping or reading.main.kind in _REFUSING:
        return Plan("chat", says=(Phrase("dropped"),), reasons=(f"dropped:{pending.action}",))
    return None


def would_do(want: Want, language: Language, scene: Scene) -> tuple[Action, ...]:
    """Return the actions of a want that the NPC would do for the speaker now; none where they would not."""
    offers = {offer.action: offer for offer in scene.persona.offers}
    kept = _offered(want, offers)
    able = _able(kept, offers, scene) if kept else None
    if able is None:
        return ()
    one, _ = permitted(filled(able, scene, language), scene, language)
    return tuple(action_of(scene.actions[one.action], scene, language, values) for values in one.ready)


def action_of(
    action: ActionDefinition, scene: Scene, language: Language, values: Mapping[str, Value] | None = None
) -> Action:
    """Return the action with its parts filled in: who does it, for whom, with what, and what it will have changed."""
    told = dict(values or {})
    ids = {"actor": scene.npc, "speaker": scene.speaker, **{name: str(value) for name, value in told.items()}}

    def change(fact: str, holds: bool) -> Change:
        return Change.of_fact(" ".join(ids.get(word.strip("{}"), word) for word in fact.split()), holds)

    params = {param.id: param for param in action.params}
    names = {role: scene.wording.name(ids[role], language) for role in ("actor", "speaker")}
    names |= {name: _named(params[name], value, scene, language) for name, value in told.items() if name in params}
    names |= {name: "" for name in params if name not in told}
    text = action.wording.get(language) or f"{names['actor']}: {action.names.get(language, action.id)}"
    text = fill(text, names)
    changes = [change(fact, True) for fact in action.changes] + [change(f, False) for f in action.not_changes]
    return Action(action.id, scene.npc, scene.speaker, text[:1].upper() + text[1:], tuple(changes), told)


def _named(param: Param, value: Value, scene: Scene, language: Language) -> str:
    """Return what an action is told, in words."""
    if param.names_something:
        return scene.wording.name(str(value), language)
    return f"{value:g}" if isinstance(value, float) else str(value)
