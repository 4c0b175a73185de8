"""What was said in confidence and what is somebody's own affair: what a belief or a memory carries of it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Any

from npc_engine.lang.registry import Registry, registry
from npc_engine.mind.compiled_world import CompiledWorld
from npc_engine.mind.memory import Memory
from npc_engine.payloads import Answered, Confided, Heard
from npc_engine.text import fold, is_han
from npc_engine.world.definitions import Predicate


def between(
    audience: Collection[str], data: Mapping[str, Any], statement_id: str | None = None
) -> frozenset[str] | None:
    """Return those between whom what an event said is to stay; None where it may go round.

    In confidence is what was whispered, what was confided by its teller's word, and a secret that was told at last. It
    stays between who was there, and whom its teller let know (`pass_on`). With a `statement_id` the answer is of that
    statement alone: `confided` may name those of an event's statements that were.
    """
    said = Confided.read(data)
    confided = bool(said.pass_on) if said.confided is None else said.confided
    if not isinstance(confided, bool):
        confided = statement_id is None or statement_id in confided
    if confided or Heard.read(data).volume == "whisper" or Answered.read(data).move == "reveal":
        return frozenset(audience) | frozenset(said.pass_on)
    return None


def repeated(
    circles: Iterable[frozenset[str]], audience: Collection[str], statement_ids: Iterable[str] = ()
) -> Confided:
    """Return what an event says of confidences that it repeats before those who are in on them: they stay so.

    `circles` are those between whom each stays. With `statement_ids` only those statements are confidences.
    """
    among = list(circles)
    if not among:
        return Confided()
    others = frozenset.intersection(*among) - frozenset(audience)
    return Confided(sorted(statement_ids) or True, sorted(others))


def is_private(predicate: str, rules: Mapping[str, Predicate]) -> bool:
    """Return whether statements of a predicate are private matters, whichever way round they are put."""
    rule = rules.get(predicate)
    if rule is None:
        return False
    turned = rules.get(rule.inverse or "")
    return (
        rule.private
        or (turned is not None and turned.private)
        or any(other.private for other in rules.values() if other.inverse == predicate)
    )


def concerned(triples: Iterable[tuple[str, str, str]], compiled: CompiledWorld) -> frozenset[str]:
    """Return the people whose private matters some statements are: `(subject, predicate, object)` each."""
    return frozenset(
        part
        for subject, predicate, object_ in triples
        if is_private(predicate, compiled.predicates)
        for part in (subject, object_)
        if _is_person(part, compiled)
    )


def touched_on(memory: Memory, compiled: CompiledWorld) -> frozenset[str]:
    """Return the people whose private matters a memory tells of: by what it states, or else by its words.

    Words count that stand in a language's `private.yaml` or in the world's own list, but for those that the author made
    a matter like any other: words of a predicate that the memory states and that is not private. They are about the
    people who are named; about who speaks where nobody is, or where the speaker says `I`.
    """
    found = set(concerned(memory.stated, compiled))
    if _told_by_words(memory, compiled):
        named = {one for one in memory.about if _is_person(one, compiled)}
        found |= named
        if memory.speaker and (not named - {memory.speaker} or _first_person(registry()).search(memory.text)):
            found.add(memory.speaker)
    return frozenset(found)


def _told_by_words(memory: Memory, compiled: CompiledWorld) -> bool:
    pattern = _pattern(tuple(sorted({word for words in compiled.private.values() for word in words})), registry())
    hits = {match.group() for match in pattern.finditer(fold(memory.text))}
    if not hits:
        return False
    stated = [compiled.predicates[predicate] for _, predicate, _ in memory.stated if predicate in compiled.predicates]
    plain = {fold(word) for rule in stated for words in rule.words.values() for word in words}
    return bool(hits - plain)


def _is_person(who: str, compiled: CompiledWorld) -> bool:
    entity = compiled.entities.get(who)
    return entity is not None and entity.kind == "person"


@lru_cache(maxsize=8)
def _pattern(more: tuple[str, ...], known: Registry) -> re.Pattern[str]:
    """Return what finds words of private matters in a folded text, those of a world's own list among them."""
    words = {fold(word) for word in (*_listed(known), *more)}
    return _either(words)


@lru_cache(maxsize=1)
def _first_person(known: Registry) -> re.Pattern[str]:
    said = [word for one in known.packs.values() for word in one.private["i"]]
    return re.compile(_either(said).pattern, re.IGNORECASE)


def _either(words: Collection[str]) -> re.Pattern[str]:
    """Return the pattern of any of some words: Chinese ones anywhere, others where they stand whole."""
    longest = sorted(words, key=len, reverse=True)
    whole = "|".join(re.escape(word) for word in longest if not any(map(is_han, word)))
    anywhere = "|".join(re.escape(word) for word in longest if any(map(is_han, word)))
    return re.compile(rf"(?<![\w'])(?:{whole or '(?!)'})(?!\w)" + (f"|{anywhere}" if anywhere else ""))


def _listed(known: Registry) -> Iterator[str]:
    for one in known.packs.values():
        for words in one.private["matters"].values():
            yield from words
