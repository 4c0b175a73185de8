"""Knowing who comes again: by name, whatever they say first, and with what they told that they come back to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from npc_engine.acts import acts
from npc_engine.dialogue.decide.reminding import is_back, known_name, known_of_speaker
from npc_engine.dialogue.decide.utterances import taken_up
from npc_engine.dialogue.scene import Scene
from npc_engine.dialogue.types import LISTENED, Phrase, Plan, Reading
from npc_engine.lang import pack
from npc_engine.lang.retelling import clauses
from npc_engine.text import Language, terms

TAKEN_UP = "told:taken up"
"""The reason of a greeting by which somebody is put in mind of what they come back to."""
_NAMING = frozenset({"told_name", "name_known", "name_corrected", "hail", "hail_back"})
"""Phrases by which who comes again is known already."""
_STATED = frozenset({"tell_self", "tell_fact", "tell_news", "remark", "complain", "report"})
"""Acts by which somebody states something."""


def recognised(plan: Plan, reading: Reading, scene: Scene) -> Plan:
    """Return a plan by which who comes again is called by name first, and put in mind of what they come back to.

    Whoever they speak of by a name that they told in an earlier talk is known for theirs.
    """
    if acts()[reading.main.kind].grave or plan.withheld or plan.move == "part":
        return plan
    if not is_back(scene):
        return replace(plan, before=(*plan.before, *_of_theirs_named(reading, scene)))
    said = {phrase.key for phrase in (*plan.before, *plan.says) if isinstance(phrase, Phrase)}
    name = known_name(scene)
    told = any(one.slot == "name" for act in reading.acts for one in act.told)
    hail = (Phrase("hail", {"name": name}),) if name and not told and not said & _NAMING else ()
    again: tuple[Phrase, ...] = ()
    rule = acts()[reading.main.kind]
    states = not rule.question and not (rule.deed and reading.main.actions) and not reading.wants
    if states and plan.move != "remember" and (before := taken_up(reading.text, scene, reading.language)) is not None:
        again = (Phrase("taken_up", {"value": before.text}),)
    again = again or tuple(_of_theirs_named(reading, scene))
    if plan.move == "greet":
        plan = replace(plan, before=tuple(one for one in plan.before if one.key != "hail_back"))
        if not again:
            return plan
        return replace(plan, phrase=None, says=(*hail, *again), reasons=(*plan.reasons, TAKEN_UP))
    if again and any(reason.startswith("theme:") for reason in plan.reasons):  # what anybody says of it is no answer
        plan = replace(plan, phrase="heard", says=(), reasons=(f"act:{reading.main.kind}", LISTENED))
    return replace(plan, before=(*hail, *plan.before, *again))


def _of_theirs_named(reading: Reading, scene: Scene) -> Iterator[Phrase]:
    """Yield who of the speaker's, told of in an earlier talk, is named first now, or spoken of as this one begins."""
    begun = scene.exchanges[0].line.event_id - 1 if scene.exchanges else None
    told = known_of_speaker(scene).items()
    theirs = [(value, about) for (slot, about), (value, _) in told if slot == "family" and about]
    third = pack(reading.language).about_self["third"][:2]
    if begun is None and len(theirs) == 1 and _begins_with(third, reading.text, reading.language):
        yield Phrase("of_theirs", {"value": theirs[0][0], "rel": theirs[0][1]})
    spoken = {term for exchange in scene.exchanges for term in terms(exchange.reading.text)}
    stated = {term for act in reading.acts if act.kind in _STATED for term in terms(reading.text[slice(*act.span)])}
    for (slot, about), (value, event_id) in told:
        names = set(terms(value))
        if slot == "family" and about and (begun is None or event_id < begun) and names <= stated - spoken:
            yield Phrase("of_theirs", {"value": value, "rel": about})


def _begins_with(pronouns: Sequence[str], text: str, language: Language) -> bool:
    """Return whether a sentence or a clause of a text begins with one of some pronouns."""
    parts = clauses(text, pack(language))
    return any(
        part.text.casefold().startswith(tuple(f"{one}{pack(language).gap}" for one in pronouns)) for part in parts
    )
