"""What a speaker tells of themself, and what they ask of it: small patterns over one stretch of a text.

The patterns stand in each language's `self.yaml`. What they catch is kept in the speaker's own words; nothing of it is
a statement of the world's.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from npc_engine.dialogue.types import SelfDisclosure
from npc_engine.lang import LanguagePack, pack
from npc_engine.lang.retelling import relations, without_closing
from npc_engine.text import Language, fill, fold

_NEAR = 3
"""How many words before another one a denial of that stands."""
_STOPS = "。！？；，,.!?;：:（(…~～"
_NAMES = ("name", "family", "surname")
"""Slots whose values are names."""


@dataclass(frozen=True, slots=True)
class _Pattern:
    slot: str
    topics: frozenset[str]
    found: re.Pattern[str]
    proper: bool = False
    correcting: bool = False
    fragment: bool = False
    it: bool = False
    gone: bool = False
    put: bool = False
    loose: bool = False


@dataclass(frozen=True, slots=True)
class Said:
    """A stretch of what somebody says, with what surrounds it.

    `rest` is the stretch and all that follows it, `before` what the same speaker said up to it, the latest last. The
    speaker was `named` a moment ago, or not; `is_known` tells whether a name is that of somebody in the world.
    """

    text: str
    rest: str = ""
    before: Sequence[str] = ()
    named: bool = False
    is_known: Callable[[str], bool] = lambda _: False

    def matches(self, pattern: re.Pattern[str]) -> Iterator[re.Match[str]]:
        """Yield where a pattern fits, in the stretch alone or in it with what follows: a cut may fall into a name."""
        yield from pattern.finditer(self.text)
        if self.rest and self.rest != self.text:
            yield from (one for one in pattern.finditer(self.rest) if one.start() < len(self.text))


BESIDE = frozenset({"hurt", "lost", "seeks"})
"""Slots that are told beside whatever else is done: who asks for help with a cut arm has told of it."""
_BESIDE_QUESTIONS = BESIDE | {"name", "surname", "family"}


def told(stretch: Said, topic: str, language: Language, kind: str, *, asking: bool) -> tuple[SelfDisclosure, ...]:
    """Return what a stretch, by which an act of a `kind` is done, tells of its speaker.

    Patterns of another topic than `topic` are left out, and where it is `asking` what stands in the question itself. A
    name needs no capital where the speaker introduces themself; it is corrected only where they were named just
    before. What is taken back has no value.
    """
    speech = pack(language)
    found: dict[tuple[str, str], SelfDisclosure] = {}
    for pattern in _patterns(speech)["tell"]:
        if pattern.topics and topic not in pattern.topics:
            continue
        beside = asking and pattern.slot not in _BESIDE_QUESTIONS
        if pattern.correcting and not stretch.named:
            continue
        for match in stretch.matches(pattern.found):
            if beside and _is_asked(match, speech):
                continue
            one = _told(match, pattern, stretch, speech, introduced=kind in ("introduce", "greet"))
            if one and (one.slot, one.about) not in found:
                found[one.slot, one.about] = one
    return tuple(found.values())


def asked(stretch: Said, language: Language, *, asking: bool) -> SelfDisclosure | None:
    """Return which slot of what was told a stretch asks for, with no value; None where it asks for none.

    It is `asking` where something is put as a question: what else is only read so where it can be nothing else.
    """
    speech = pack(language)
    for pattern in _patterns(speech)["ask"]:
        if pattern.put and not asking:
            continue
        if match := next(stretch.matches(pattern.found), None):
            groups = match.groupdict()
            about = groups.get("rel") or groups.get("of") or ""
            if groups.get("pro"):
                about = _spoken_of(match, stretch, speech)
                if not about and pattern.slot == "about":
                    continue
            return SelfDisclosure(pattern.slot, about.casefold(), groups.get("value") or "", loose=pattern.loose)
    return None


def comes_back(text: str, language: Language) -> bool:
    """Return whether a text begins a talk as somebody does who was here before: 'It's me again.'"""
    source = pack(language).about_self["back"]
    return bool(source) and bool(re.search(shaped(source, pack(language)), fold(text)))


def mood(text: str, language: Language) -> str:
    """Return how someone is by what they tell: `grief`, `hurt`, `glad` …; empty where it shows nothing."""
    speech = pack(language)
    text = _without_mere_words(speech).sub(" ", fold(text))
    for kind, words in speech.about_self["moods"].items():
        if any(not _denied(word, text, speech) for word in speech.words.those_of(words, text)):
            return str(kind)
    return ""


def denies_mood(text: str, language: Language) -> bool:
    """Return whether a text says of some mood that its speaker is not in it: 'I'm not hurt', 没受伤."""
    speech = pack(language)
    text = _without_mere_words(speech).sub(" ", fold(text))
    moods = speech.about_self["moods"].values()
    return any(_denied(word, text, speech) for words in moods for word in speech.words.those_of(words, text))


@cache
def _without_mere_words(speech: LanguagePack) -> re.Pattern[str]:
    return re.compile(shaped(speech.about_self["no_mood"] or "(?!)", speech))


def _denied(word: str, text: str, speech: LanguagePack) -> bool:
    """Return whether a text says that something is not so: 'I'm not hurt', 没受伤."""
    before = fold(text).partition(fold(word))[0]
    denials = speech.words.grammar.get("not", ())
    if not speech.spaced:
        return before.endswith(tuple(denials))
    return any(token in denials for token in before.split()[-_NEAR:])


def _told(
    match: re.Match[str], pattern: _Pattern, stretch: Said, speech: LanguagePack, *, introduced: bool
) -> SelfDisclosure | None:
    if pattern.gone:
        return SelfDisclosure(pattern.slot)
    groups, slot = match.groupdict(), pattern.slot
    value = (groups.get("value") or groups.get("whole") or "").strip()
    if groups.get("article"):
        value = groups["article"]
    if slot not in _NAMES:
        value = without_closing(value, speech)
    about = (groups.get("rel") or groups.get("of") or "").casefold()
    if groups.get("pro"):
        about = _spoken_of(match, stretch, speech)
    if slot == "quarrel":
        value = fill(speech.wording.get("whose", "{rel}"), {"rel": about})
    if pattern.it and (other := _named_of(match, stretch, speech)):
        slot, about = "family", other
    if value in _no_names(speech) and slot in BESIDE:
        return None
    if not speech.spaced and speech.puts_question(value):
        return None  # it is what is asked for
    if not value or (slot in _NAMES and not _is_name(value, pattern.proper and not introduced, speech)):
        return None
    if pattern.fragment and not _introduces(value, match, stretch, introduced=introduced):
        return None
    if slot in _NAMES and speech.spaced:
        value = " ".join(
            word if word in speech.about_self["small"] else word[:1].upper() + word[1:] for word in value.split()
        )
    if slot == "home" and speech.capitals_are_names and speech.common_words.isdisjoint(fold(value).split()):
        value = " ".join(word[:1].upper() + word[1:] for word in value.split())
    return SelfDisclosure(slot, about, value)


def _is_asked(match: re.Match[str], speech: LanguagePack) -> bool:
    """Return whether what a pattern found stands in a clause that asks, and not in one before it."""
    text, at = match.string, match.end()
    start = max((text.rfind(stop, 0, match.start()) for stop in _STOPS), default=-1) + 1
    end = min((found for stop in _STOPS if (found := text.find(stop, at)) >= 0), default=len(text))
    last = not text[end:].strip(_STOPS + " ")
    return last or text[end : end + 1] in "?？" or speech.puts_question(fold(text[start:end].strip()))


def _introduces(value: str, match: re.Match[str], stretch: Said, *, introduced: bool) -> bool:
    """Return whether a bare name is the speaker's own: one that nobody in the world bears, put as people put theirs."""
    put = introduced or match.start("value") > 0
    return put and not stretch.named and not stretch.is_known(value)


def _is_name(value: str, proper: bool, speech: LanguagePack) -> bool:
    """Return whether what stands where a name may stand can be one."""
    words = value.casefold().split()
    if words[0] in _no_names(speech) or value.casefold() in _no_names(speech):
        return False
    if proper and any(part in value for part in speech.about_self["no_name_parts"]):
        return False
    return not proper or not speech.spaced or value[:1].isupper()


def _spoken_of(match: re.Match[str], stretch: Said, speech: LanguagePack) -> str:
    """Return whose kin or which thing of the speaker's was spoken of last before a pronoun; empty for none."""
    for text in (match.string[: match.start()], *reversed(stretch.before)):
        if found := [one[0].casefold() for one in relations(speech).finditer(text)]:
            return found[-1]
    return ""


def _named_of(match: re.Match[str], stretch: Said, speech: LanguagePack) -> str:
    """Return who was spoken of by a name that was still to come: 'I didn't tell you his name. It's Peter.'"""
    before = " ".join((*stretch.before[-1:], match.string[: match.start()]))[-_BACK:]
    if not speech.words.any_of(speech.about_self["names_of"], before):
        return ""
    return _spoken_of(match, stretch, speech)


_BACK = 80
"""How many characters before a name tell whose it is."""


@cache
def _no_names(speech: LanguagePack) -> frozenset[str]:
    return frozenset(speech.about_self["no_names"])


@cache
def _patterns(speech: LanguagePack) -> dict[str, list[_Pattern]]:
    return {kind: list(_compiled(speech.about_self[kind], speech)) for kind in ("tell", "ask")}


def _compiled(rows: list[dict[str, Any]], speech: LanguagePack) -> Iterator[_Pattern]:
    for row in rows:
        flags = {key: value for key, value in row.items() if key not in ("slot", "topic", "pattern")}
        found = re.compile(shaped(row["pattern"], speech), re.IGNORECASE)
        yield _Pattern(row["slot"], frozenset(row.get("topic", "").split()), found, **flags)


def shaped(source: str, speech: LanguagePack) -> str:
    """Return a pattern with what stands for `{name}`, `{thing}`, `{rel}` … in it."""
    relations = sorted(speech.about_self["relations"], key=len, reverse=True)
    shapes = {**speech.about_self["shapes"], "rel": f"(?P<rel>{'|'.join(map(re.escape, relations)) or '(?!)'})"}
    return fill(fill(source, shapes), {**shapes, "stops": _STOPS})  # shapes have stops, and one another, in them
