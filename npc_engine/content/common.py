"""Words that are too common for what they were chosen for: names and cues that every other sentence has in it."""

from __future__ import annotations

from collections.abc import Iterator

from npc_engine.content.declared_names import Sources
from npc_engine.content.spot import Findings, Spot
from npc_engine.text import is_everywhere, is_question_word


def check_common(sources: Sources, findings: Findings) -> None:
    """Advise against names, and against words of predicates, that are heard where nobody means them."""
    for entity, _ in sources.entities():
        for spot in (*_each(entity["names"]), *_each(entity["aliases"])):
            if is_everywhere(spot.text):
                message = f"{spot.text!r} is heard in every other sentence: give it a longer name"
                findings.better(spot, message)
    for predicate in sources["predicates.yaml"]:
        for spot in _each(predicate["words"]):
            if is_question_word(spot.text):
                message = f"{spot.text!r} asks for anything, not for this alone: say under `asks` what it answers"
                findings.better(spot, message)


def _each(by_language: Spot) -> Iterator[Spot]:
    """Yield each text, or each entry of each list, of what stands in several languages."""
    for _, _, value in by_language.pairs():
        yield from [value] if value.text else value
