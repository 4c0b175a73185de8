"""Conditions in words, short: 'trust ≥ 0.3 · alone'."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from npc_engine.chronicle import Change
from npc_engine.pictures.known import Known
from npc_engine.text import localized
from npc_engine.world import Statement
from npc_engine.world.definitions import Conditions


def opens(known: Known, ways: Sequence[Conditions]) -> list[str]:
    """Return each set of conditions, any one of which is enough, in words."""
    return [known.say("condition.joined").join(_parts(known, one)) for one in ways]


def _parts(known: Known, one: Conditions) -> Iterable[str]:
    for aspect in ("trust", "affinity", "familiarity"):
        if (least := getattr(one, aspect)) is not None:
            yield known.say(f"condition.{aspect}", value=least)
    for name in ("world", "not_world", "speaker_knows"):
        for fact in getattr(one, name):
            text = known.word(Statement.of(Change.of_fact(fact))).rstrip(".。")
            yield known.say(f"condition.{name}", text=text)
    for thing in one.shown:
        yield known.say("condition.shown", text=known.name(thing))
    titles = {beat.id: localized(beat.title, known.language) for beat in known.content.story}
    for beat in one.beats:
        yield known.say("condition.beats", text=titles.get(beat, beat))
    if one.alone:
        yield known.say("condition.alone")
    for other in one.not_near:
        yield known.say("condition.not_near", text=known.name(other))
