"""What gives a secret away before it is told: its words in what its keeper says anyway."""

from __future__ import annotations

import re
from collections.abc import Iterator

from npc_engine.content.names import Names, Sources
from npc_engine.content.spot import Findings, Spot
from npc_engine.text import fold, is_han


def check_giveaways(sources: Sources, names: Names, findings: Findings) -> None:
    """Note each phrase, sample and occupation of a persona's that has words of a secret of theirs in it."""
    for _, persona in sources.personas():
        said = list(_said(persona))
        for secret in persona["secrets"]:
            watched = list(_words(secret, persona["id"].text, names))
            for spot, asked in said:
                found = [
                    (at, word)
                    for word in watched
                    if (at := _place(word, spot.text)) is not None and _place(word, asked) is None
                ]
                if found:
                    at, word = min(found)
                    message = (
                        f"{word!r} gives away the secret {secret['id'].text!r} before it is told:"
                        " say it otherwise, or take it out of the secret's `words`"
                    )
                    findings.better(spot, message, at)


def _said(persona: Spot) -> Iterator[tuple[Spot, str]]:
    """Give every text that someone may say whatever is kept back, each with what was said to them before."""
    for _, _, by_language in persona["phrases"].pairs():
        for _, _, variants in by_language.pairs():
            yield from ((variant, "") for variant in variants)
    for sample in persona["voice"]["samples"]:
        yield from ((reply, sample["said"][language].text) for language, _, reply in sample["reply"].pairs())
    for appointment in persona["schedule"]:
        yield from ((doing, "") for _, _, doing in appointment["doing"].pairs())


def _words(secret: Spot, keeper: str, names: Names) -> Iterator[str]:
    """Give what gives a secret away: its own words, and the names of what not everyone has heard of."""
    for _, _, listed in secret["words"].pairs():
        yield from (word.text for word in listed if word.text.strip())
    for fact in secret["facts"]:
        for id in fact.text.split()[::2]:
            entity = names.entities.get(id)
            if entity is None or id == keeper or entity["common"].value is not False:
                continue
            yield from (name.text for _, _, name in entity["names"].pairs() if name.text.strip())
            for _, _, listed in entity["aliases"].pairs():
                yield from (alias.text for alias in listed if alias.text.strip())


def _place(phrase: str, text: str) -> int | None:
    """Give where a text has a phrase: Chinese anywhere, other words as written or with an s (water is not watered)."""
    phrase = fold(phrase).strip()
    text = fold(text) if len(fold(text)) == len(text) else text.casefold()
    if any(map(is_han, phrase)):
        return at if (at := text.find(phrase)) >= 0 else None
    found = re.search(rf"(?<![\w']){re.escape(phrase)}(?:'?s)?(?!\w)", text)
    return found.start() if found else None
