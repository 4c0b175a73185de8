"""What a speaker tells of themself, and what they ask of it: small patterns over one stretch of a text.

The patterns stand in `self/`, one file a language. What they catch is kept in the speaker's own words; nothing of it is
a statement of the world's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from npc_engine.dialogue.types import Told
from npc_engine.dialogue.words import found_in
from npc_engine.packaged import packaged_yaml
from npc_engine.text import FULL_WIDTH, Language

_STOPS = "。！？；，,.!?;：:（(…~～"
_NAME = {
    "spaced": r"(?P<value>[^\W\d_][\w'’-]*(?-i:(?: [A-Z][\w'’-]*){0,2}))",
    "written": r"(?P<value>[^\W\d_]{1,6}?)(?=[" + _STOPS + r"\s]|$|吧|呀|啊|哦|就行|就好|，)",
}
_THING = {
    "spaced": rf"(?P<value>[^{_STOPS}]{{2,60}}?)(?=[{_STOPS}]|$| and | but | who | because | since | so )",
    "written": rf"(?P<value>[^{_STOPS}\s]{{1,20}}?)(?=[{_STOPS}\s]|$|吧$|呢$|了$|啊$)",
}


@dataclass(frozen=True, slots=True)
class _Pattern:
    slot: str
    topic: str
    proper: bool
    found: re.Pattern[str]


def told(text: str, topic: str, language: Language) -> tuple[Told, ...]:
    """Return what a stretch of text tells of its speaker; patterns of another topic than `topic` are left out."""
    found: dict[tuple[str, str], Told] = {}
    for pattern in _patterns(language)["tell"]:
        if pattern.topic and pattern.topic != topic:
            continue
        for match in pattern.found.finditer(text):
            if (one := _told(match, pattern, language)) and (one.slot, one.about) not in found:
                found[one.slot, one.about] = one
    return tuple(found.values())


def asked(text: str, language: Language) -> Told | None:
    """Return which slot of what was told a text asks for, with no value; None where it asks for none."""
    for pattern in _patterns(language)["ask"]:
        if match := pattern.found.search(text):
            groups = match.groupdict()
            about = groups.get("rel") or groups.get("of") or ""
            return Told(pattern.slot, about.casefold(), groups.get("value") or "")
    return None


def mood(text: str, language: Language) -> str:
    """Return how someone is by what they tell: `grief`, `hurt`, `glad` …; empty where it shows nothing."""
    for kind, words in _words(language)["moods"].items():
        if any(found_in(word, text, language) for word in words):
            return str(kind)
    return ""


def _told(match: re.Match[str], pattern: _Pattern, language: Language) -> Told | None:
    groups = match.groupdict()
    value = (groups.get("value") or groups.get("whole") or "").strip()
    if groups.get("article"):
        value = groups["article"]
    about = (groups.get("rel") or groups.get("of") or "").casefold()
    name = pattern.slot in ("name", "family")
    if not value or (name and not _is_name(value, pattern.proper, language)):
        return None
    if name and language not in FULL_WIDTH:
        value = " ".join(word[:1].upper() + word[1:] for word in value.split())
    return Told(pattern.slot, about, value)


def _is_name(value: str, proper: bool, language: Language) -> bool:
    """Return whether what stands where a name may stand can be one."""
    words = value.casefold().split()
    if words[0] in _no_names(language) or value in _no_names(language):
        return False
    return not proper or language in FULL_WIDTH or value[:1].isupper()


@cache
def _words(language: Language) -> dict[str, Any]:
    found: dict[str, Any] = packaged_yaml(__package__ + ".self", f"{language}.yaml")
    return found


@cache
def _no_names(language: Language) -> frozenset[str]:
    return frozenset(_words(language)["no_names"])


@cache
def _patterns(language: Language) -> dict[str, list[_Pattern]]:
    data = _words(language)
    return {kind: list(_compiled(data[kind], data["relations"], language)) for kind in ("tell", "ask")}


def _compiled(rows: list[dict[str, Any]], relations: list[str], language: Language) -> Iterator[_Pattern]:
    manner = "written" if language in FULL_WIDTH else "spaced"
    listed = "|".join(re.escape(one) for one in sorted(relations, key=len, reverse=True))
    of = r"(?P<of>[^" + _STOPS + r"\s]{1,6}?)" if manner == "written" else r"(?P<of>[\w']+(?: [\w']+)?)"
    for row in rows:
        source = row["pattern"].replace("{rel}", f"(?P<rel>{listed})").replace("{of}", of)
        source = source.replace("{name}", _NAME[manner])
        thing = _THING[manner]
        source = source.replace("(an? {thing})", rf"(?P<article>an? {thing})").replace("{thing}", thing)
        yield _Pattern(row["slot"], row.get("topic", ""), row.get("proper", False), re.compile(source, re.IGNORECASE))
