"""What is told of somebody twice, and not alike: by a fact, and by what they say of themself."""

from __future__ import annotations

from collections.abc import Iterator

from npc_engine.content.declared_names import DeclaredNames, Sources
from npc_engine.content.schema import several
from npc_engine.content.spot import Findings, Spot
from npc_engine.lang import LanguagePack, registry
from npc_engine.text import fold

TOPICS = ("age", "home")
"""Topics of passages that are asked for by the same questions as a fact, and have one answer."""


def check_told_twice(sources: Sources, names: DeclaredNames, findings: Findings) -> None:
    """Note each passage that is asked for as a fact is, which is said in its place, and does not say what that says."""
    for _, persona in sources.personas():
        facts = list(_facts_of(persona, sources))
        for passage in persona["about"]:
            topic = passage["topic"].text
            if topic not in TOPICS or passage["when"].there:
                continue
            for fact in facts:
                if _asked_alike(topic, fact, names) and (text := _otherwise(passage, fact, names)) is not None:
                    message = f"{_triple(fact)!r} is said when this is asked for, and this passage says something else"
                    findings.better(text, f"{message}: let the two agree, or take one of them out")


def _facts_of(persona: Spot, sources: Sources) -> Iterator[Spot]:
    """Yield the facts about somebody, and what they believe of themself from the beginning, but for their secrets."""
    id = persona["id"].text
    kept = {" ".join(fact.text.split()) for secret in persona["secrets"] for fact in secret["facts"]}
    for fact in (*sources["facts.yaml"], *persona["beliefs"]):
        parts = _triple(fact).split()
        if len(parts) == 3 and parts[0] == id and _triple(fact) not in kept:
            yield fact


def _triple(fact: Spot) -> str:
    return " ".join((fact.text or fact["fact"].text).split())


def _asked_alike(topic: str, fact: Spot, names: DeclaredNames) -> bool:
    """Return whether a fact is of a relation that has one value and is asked for in words of a topic."""
    rule = names.predicates.get(_triple(fact).split()[1])
    if rule is None or rule["single_valued"].value is not True:
        return False
    words = {(code, fold(word.text)) for code, _, listed in rule["words"].pairs() for word in listed}
    return any(
        (code, fold(word)) in words
        for code, speech in registry().packs.items()
        for word in speech.life["speaks_of"].get(topic, ())
    )


def _otherwise(passage: Spot, fact: Spot, names: DeclaredNames) -> Spot | None:
    """Return the first of a passage's texts, if none of them in its language says what a fact does."""
    object_ = names.entities.get(_triple(fact).split()[2])
    numbers = {value.value for _, _, value in fact["with"].pairs() if isinstance(value.value, int | float)}
    for code, _, texts in passage["says"].pairs():
        speech, said = registry().packs.get(code), list(several(texts))
        if speech is None or not said:
            continue
        if object_ is not None:
            named = [fold(name) for name in _names(object_, code)]
            if named and not any(speech.words.any_of(named, fold(text.text)) for text in said):
                return said[0]
        elif numbers and (put := _numbers(said, speech)) and not numbers & put:
            return said[0]
    return None


def _names(entity: Spot, code: str) -> Iterator[str]:
    if entity["names"][code].text:
        yield entity["names"][code].text
    yield from (alias.text for alias in entity["aliases"][code] if alias.text)


def _numbers(texts: list[Spot], speech: LanguagePack) -> set[float]:
    return {one.value for text in texts for one in speech.numerals(speech.even(fold(text.text)))}
