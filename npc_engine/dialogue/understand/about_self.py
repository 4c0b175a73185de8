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

from npc_engine.acts import acts
from npc_engine.dialogue.types import SelfDisclosure
from npc_engine.lang import LanguagePack, pack
from npc_engine.text import Language, fill, fold

_NEAR = 3
"""How many words before another one a denial of that stands."""
_STOPS = "。！？；，,.!?;：:（(…~～"


@dataclass(frozen=True, slots=True)
class _Pattern:
    slot: str
    topic: str
    proper: bool
    correcting: bool
    found: re.Pattern[str]


BESIDE = frozenset({"hurt", "lost", "seeks"})
"""Slots that are told beside whatever else is done: who asks for help with a cut arm has told of it."""


def told(text: str, topic: str, language: Language, kind: str, *, named: bool = False) -> tuple[SelfDisclosure, ...]:
    """Return what a stretch of text, by which an act of a `kind` is done, tells of its speaker.

    Patterns of another topic than `topic` are left out, and where something is asked all but those of what is told
    beside it. A name needs no capital where the speaker introduces themself; it is corrected only where they were
    `named` just before.
    """
    asking, introduced = acts()[kind].question, kind == "introduce"
    found: dict[tuple[str, str], SelfDisclosure] = {}
    for pattern in _patterns(pack(language))["tell"]:
        if (pattern.topic and pattern.topic != topic) or (asking and pattern.slot not in BESIDE):
            continue
        if pattern.correcting and not named:
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
        if any(speech.words.found(word, text) and not _denied(word, text, speech) for word in words):
            return str(kind)
    return ""


def _denied(word: str, text: str, speech: LanguagePack) -> bool:
    """Return whether a text says that something is not so: 'I'm not hurt', 没受伤."""
    before = fold(text).partition(fold(word))[0]
    denials = speech.words.grammar.get("not", ())
    if not speech.spaced:
        return before.endswith(tuple(denials))
    return any(token in denials for token in before.split()[-_NEAR:])


def _told(match: re.Match[str], pattern: _Pattern, speech: LanguagePack, introduced: bool) -> SelfDisclosure | None:
    groups = match.groupdict()
    value = (groups.get("value") or groups.get("whole") or "").strip()
    if groups.get("article"):
        value = groups["article"]
    about = (groups.get("rel") or groups.get("of") or "").casefold()
    name = pattern.slot in ("name", "family")
    if value in _no_names(speech) and pattern.slot in BESIDE:
        return None
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
    for row in rows:
        source = shaped(row["pattern"], speech)
        yield _Pattern(
            row["slot"],
            row.get("topic", ""),
            row.get("proper", False),
            row.get("correcting", False),
            re.compile(source, re.IGNORECASE),
        )


def shaped(source: str, speech: LanguagePack) -> str:
    """Return a pattern with what stands for `{name}`, `{thing}`, `{rel}` … in it."""
    relations = sorted(speech.about_self["relations"], key=len, reverse=True)
    shapes = {**speech.about_self["shapes"], "rel": f"(?P<rel>{'|'.join(map(re.escape, relations)) or '(?!)'})"}
    return fill(fill(source, shapes), {"stops": _STOPS})  # shapes have stops in them
