"""What somebody would like to have of whoever they talk to, put to the world: is it for sale, for how much, by whom."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from functools import cache

from npc_engine.acts import acts
from npc_engine.dialogue.query import Query
from npc_engine.dialogue.scene import Context
from npc_engine.dialogue.types import Act, Reading
from npc_engine.lang import pack, words_of
from npc_engine.text import Language, fill, fold

Understand = Callable[[str, Context], Reading]
"""Reads a text."""


def wanted(
    act: Act, part: str, whole: str, understand: Understand, context: Context, language: Language
) -> tuple[Query, ...]:
    """Return the questions that are worth asking of a thing somebody wants to have, in the order of `for_sale`.

    It stands in the part of a text that wants something, or else elsewhere in the `whole`. There are none where nothing
    is wanted, or not one thing, or an action that is declared gives it.
    """
    known = context.world.entities
    things = _things(part, context) or _things(whole, context)
    asked = acts()[act.kind].deed or words_of(language).cued("request", part) or _wanting(language).search(fold(part))
    given = any(one.slots for want in act.wants for one in want.readings)
    if given or len(things) != 1 or not asked or (act.question_word and not acts()[act.kind].deed):
        return ()
    name = known[things[0]].names.get(language)
    if not name:
        return ()
    alone = replace(context, language=language, exchanges=(), actions={})
    put = (understand(fill(one, {"what": name}), alone).main for one in pack(language).deeds.for_sale)
    return tuple(one.queries[0] for one in put if one.queries)


def _things(text: str, context: Context) -> list[str]:
    known, named = context.world.entities, {one.entity for one in context.names.find(text)}
    return [one for one in sorted(named) if one in known and known[one].kind == "thing"]


@cache
def _wanting(language: Language) -> re.Pattern[str]:
    """Return what finds that somebody asks to have something, whatever it is."""
    speech = pack(language)
    listed = [one for one in speech.deeds.wanting if "#" not in one]  # which stands for a number
    return speech.deeds.pattern(listed, spaced=speech.spaced)
