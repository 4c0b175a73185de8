"""The stretches of a line as an ear cuts it, without cuts that go through a word and without who is called on."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from npc_engine.dialogue.scene import Context
from npc_engine.dialogue.types import Act, Reading
from npc_engine.dialogue.understand.contract import LabelledStretch
from npc_engine.dialogue.understand.learned import Stretch
from npc_engine.dialogue.understand.rules.lexicon import lexicon_of
from npc_engine.lang import pack

_CALLING = re.compile(r"^[\s,，:：!！、。.]+")


def rejoined(stretches: Sequence[LabelledStretch], whole: Reading) -> Sequence[LabelledStretch]:
    """Return stretches without the cuts that go through a word, where words do not stand apart: 制|革坊."""
    if pack(whole.language).spaced:
        return stretches
    found: list[LabelledStretch] = []
    for one in stretches:
        before, (start, end) = found[-1] if found else None, one.span
        within = whole.text[start - 1 : start + 1].isalnum()
        if before and before.kind == one.kind and before.span[1] == start and within:
            felt = (before.moment, before.moment_confidence, before.mood, before.mood_confidence)
            heard = (before.kind, before.topic, before.confidence, before.others)
            found[-1] = Stretch((before.span[0], end), *heard, *felt)
        else:
            found.append(one)
    return found


def without_call(part: str, context: Context) -> str:
    """Return a stretch without the name by which it calls on the NPC: a name that is called is no part of the talk."""
    for mention in context.names.find(part):
        if mention.entity != context.npc:
            continue
        before, after = part[: mention.start], part[mention.end :]
        if not before.strip() and _CALLING.match(after) and after.strip(" ,，:：!！、。."):
            return _CALLING.sub("", after)
        if before.rstrip().endswith((",", "，")) and not after.strip(" ?？!！.。"):
            return before.rstrip(" ,，") + after
    return part


def with_unread(act: Act, whole: Act, context: Context) -> Act:
    """Return a question that names nothing as one of what its line says in words without meaning here.

    'A knife? How much?' asks of the knife. What is asked of people is asked of the hearer then.
    """
    unread = any(one.unread for one in whole.queries) if whole.queries else whole.beside
    if not (unread and act.queries):
        return act
    shapes = lexicon_of(context.world).shapes
    kinds = [shapes[one.predicate].subjects if one.predicate in shapes else frozenset() for one in act.queries]
    of_things = [bool(subjects) and "person" not in subjects for subjects in kinds]
    queries = zip(act.queries, of_things, strict=True)
    return replace(act, queries=tuple(replace(one, unread=one.unread or of_thing) for one, of_thing in queries))
