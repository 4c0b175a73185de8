"""What a speaker tells of themself, and what they ask of it: small patterns over one stretch of a text.

The patterns stand in each language's `self.yaml`. What they catch is kept in the speaker's own words; nothing of it is
a statement of the world's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from npc_engine.dialogue.types import SelfDisclosure
from npc_engine.lang import LanguagePack, pack
from npc_engine.text import Language, fill

_STOPS = "。！？；，,.!?;：:（(…~～"


@dataclass(frozen=True, slots=True)
class _Pattern:
    slot: str
    topic: str
    proper: bool
    found: re.Pattern[str]


def told(text: str, topic: str, language: Language, *, introduced: bool = False) -> tuple[SelfDisclosure, ...]:
    """Return what a stretch of text tells of its speaker; patterns of another topic than `topic` are left out.

    A name needs no capital where the speaker is known to introduce themself.
    """
    found: dict[tuple[str, str], SelfDisclosure] = {}
    for pattern in _patterns(pack(language))["tell"]:
        if pattern.topic and pattern.topic != topic:
            continue
        for match in pattern.found.finditer(text):
            if (one := _told(match, pattern, pack(language), introduced)) and (one.slot, one.about) not in found:
                found[one.slot, one.about] = one
    return tuple(found.values())


def asked(text: str, language: Language) -> SelfDisclosure | None:
    """Return which slot of what was told a text asks for, with no value; None where it asks for none."""
    for pattern in _patterns(pack(language))["ask"]:
        if match := pattern.found.search(text):
            groups = match.groupdict()
            about = groups.get("rel") or groups.get("of") or ""
            return SelfDisclosure(pattern.slot, about.casefold(), groups.get("value") or "")
    return None


def mood(text: str, language: Language) -> str:
    """Return how someone is by what they tell: `grief`, `hurt`, `glad` …; empty where it shows nothing."""
    speech = pack(language)
    for kind, words in speech.about_self["moods"].items():
        if speech.words.any_of(words, text):
            return str(kind)
    return ""


def _told(match: re.Match[str], pattern: _Pattern, speech: LanguagePack, introduced: bool) -> SelfDisclosure | None:
    groups = match.groupdict()
    value = (groups.get("value") or groups.get("whole") or "").strip()
    if groups.get("article"):
        value = groups["article"]
    about = (groups.get("rel") or groups.get("of") or "").casefold()
    name = pattern.slot in ("name", "family")
    if not value or (name and not _is_name(value, pattern.proper and not introduced, speech)):
        return None
    if name and speech.spaced:
        value = " ".join(word[:1].upper() + word[1:] for word in value.split())
    return SelfDisclosure(pattern.slot, about, value)


def _is_name(value: str, proper: bool, speech: LanguagePack) -> bool:
    """Return whether what stands where a name may stand can be one."""
    words = value.casefold().split()
    if words[0] in _no_names(speech) or value in _no_names(speech):
        return False
    return not proper or not speech.spaced or value[:1].isupper()


@cache
def _no_names(speech: LanguagePack) -> frozenset[str]:
    return frozenset(speech.about_self["no_names"])


@cache
def _patterns(speech: LanguagePack) -> dict[str, list[_Pattern]]:
    return {kind: list(_compiled(speech.about_self[kind], speech)) for kind in ("tell", "ask")}


def _compiled(rows: list[dict[str, Any]], speech: LanguagePack) -> Iterator[_Pattern]:
    relations = sorted(speech.about_self["relations"], key=len, reverse=True)
    shapes = {**speech.about_self["shapes"], "rel": f"(?P<rel>{'|'.join(map(re.escape, relations)) or '(?!)'})"}
    for row in rows:
        source = fill(fill(row["pattern"], shapes), {"stops": _STOPS})  # shapes have stops in them
        yield _Pattern(row["slot"], row.get("topic", ""), row.get("proper", False), re.compile(source, re.IGNORECASE))
