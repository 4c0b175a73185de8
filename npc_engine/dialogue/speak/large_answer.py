"""Reads a large model's answer while it comes: its words a piece at a time, and the rest once it is whole.

What is asked for is one JSON object whose `say` comes first. Taken as well are prose and fences round it, keys and ids
in another case, an answer that is no JSON, which is all words, and one that breaks off, of which the words are left.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from npc_engine.acts import acts
from npc_engine.dialogue.answer import FELT, Answer, Deed
from npc_engine.dialogue.speak.large_prompt import NO_DEED
from npc_engine.dialogue.types import SelfDisclosure
from npc_engine.dialogue.wants import Value

PREFACE = 200
"""Letters after which an answer in which no object has begun is taken for words alone."""
_SAY = re.compile(r'"say"\s*:\s*(?:\[\s*)?"', re.IGNORECASE)
_CLOSES = re.compile(r'"\s*(?:,\s*(?:"\w+"\s*:|"(?=[^"]*"\s*[\],])|$)|\}|\]|$)')
_UNDECIDED = re.compile(r'"\s*(?:,\s*(?:"[^":]*"?\s*)?)?$')
_NEXT = re.compile(r'\s*,\s*"')
_ESCAPES = {"n": "\n", "t": " ", "r": " ", "b": "", "f": "", "/": "/", "\\": "\\", '"': '"'}
_FENCE = re.compile(r"^\s*```\w*\s*|\s*```\s*$")
_LABEL = re.compile(r"^\s*[`\"“]*say[`\"”]*\s*[:：]\s*", re.IGNORECASE)
_DECODER = json.JSONDecoder(strict=False)
END = "\n"
"""Stands for the end of the words: what came is a whole sentence."""


class AnswerReader:
    """Takes the pieces of an answer and gives the words in it; `ids` are the page's by those it was shown with."""

    def __init__(self, ids: Mapping[str, str]) -> None:
        self._ids = {short.casefold(): full for short, full in ids.items()} | {f.casefold(): f for f in ids.values()}
        self.text = ""
        self._at: int | None = None
        self._several = self._over = False
        self._plain = 0

    @property
    def plain(self) -> bool:
        """Whether the answer is words alone."""
        return self._plain > 0

    def words(self, pieces: Iterator[str]) -> Iterator[str]:
        """Yield the words of an answer as they come, `END` where they end; the rest is taken in until it ends too."""
        for piece in pieces:
            self.text += piece
            yield from filter(None, (self._read(),))
            if self._over:
                break
        if self._over:
            yield END
            for piece in pieces:
                self.text += piece
        elif rest := self._rest():
            yield rest

    def answer(self) -> Answer | None:
        """Return what came beside the words; None where that was broken off."""
        if self.plain or (self._at is None and "{" not in self.text):
            return Answer()
        found = self._object()
        return None if found is None else _taken(found, self._ids)

    def _read(self) -> str:
        """Return what of the words is new, as far as it is certain that it is some."""
        if self._at is None:
            start = _SAY.search(self.text)
            if start is not None and not self.plain:
                self._at, self._several = start.end(), "[" in start.group()
            elif self.plain or (len(self.text) > PREFACE and "{" not in self.text):
                return self._plainly()
            else:
                return ""
        return self._string()

    def _plainly(self) -> str:
        new, self._plain = self.text[self._plain :], len(self.text)
        return new

    def _string(self) -> str:
        """Return what of a JSON string has come, up to its end; a mark inside it that was not escaped is its own."""
        out: list[str] = []
        at, text = self._at or 0, self.text
        while at < len(text):
            letter = text[at]
            if letter == "\\":
                if at + 1 >= len(text) or (text[at + 1] == "u" and len(text) < at + 12 and not self._ended(at)):
                    break
                taken, letter = _escaped(text, at)
                out.append(letter)
                at += taken
            elif letter == '"':
                if _UNDECIDED.match(text, at) and not self._ended(at):
                    break
                if self._several and (more := _NEXT.match(text, at + 1)):
                    out.append(" ")
                    at = more.end()
                elif _CLOSES.match(text, at):
                    self._over = True
                    break
                else:
                    out.append(letter)
                    at += 1
            else:
                out.append(letter)
                at += 1
        self._at = at
        return "".join(out)

    def _ended(self, at: int) -> bool:
        return len(self.text) - at > PREFACE

    def _rest(self) -> str:
        """Return the words that were still held back when no more came."""
        if self._at is not None:
            rest = self.text[self._at :].rstrip()
            return re.sub(r'"[\s,\]}`]*$', "", rest)
        if "{" in self.text:
            return ""
        text = self.text[self._plain :]
        return _LABEL.sub("", _FENCE.sub("", text)) if not self.plain else text

    def _object(self) -> Mapping[str, Any] | None:
        """Return the first object of the answer; None where none is whole."""
        start = self.text.find("{")
        for text in (self.text[start:], re.sub(r",\s*([}\]])", r"\1", self.text[start:])):
            try:
                found, _ = _DECODER.raw_decode(text)
            except ValueError:
                continue
            return {str(key).casefold(): value for key, value in found.items()} if isinstance(found, dict) else None
        return None


def _escaped(text: str, at: int) -> tuple[int, str]:
    """Return how long an escape is that begins at a place, and what it stands for."""
    kind = text[at + 1]
    if kind != "u":
        return 2, _ESCAPES.get(kind, kind)
    pair = re.compile(r"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}").match(text, at)
    single = pair or re.compile(r"\\u[0-9a-fA-F]{4}").match(text, at)
    if single is None:
        return 2, ""
    letter = json.loads(f'"{single.group()}"')
    return len(single.group()), "" if "\ud800" <= letter <= "\udfff" else letter


def _taken(found: Mapping[str, Any], ids: Mapping[str, str]) -> Answer:
    """Return an answer's fields as far as each is of its kind."""
    named = (str(one).strip(" []()!#").casefold() for one in _several(found.get("about")))
    return Answer(
        intent=_intent(found.get("intent")),
        about=tuple(dict.fromkeys(ids[one] for one in named if one in ids)),
        deed=_deed(found.get("action")),
        told=tuple(filter(None, map(_told, _several(found.get("told"))))),
        claims=tuple(filter(None, map(_sentence, _several(found.get("claims"))))),
        feel=_felt(found.get("feel")),
        remember=_text(found.get("remember")),
        improvised=tuple(filter(None, map(_text, _several(found.get("improvised"))))),
    )


def _several(value: Any) -> list[Any]:
    if value is None or value == "":
        return []
    return value if isinstance(value, list) else [value]


def _text(value: Any) -> str:
    return " ".join(value.split()) if isinstance(value, str) else ""


def _intent(value: Any) -> str:
    kind = _text(value).partition("/")[0].strip().casefold().replace(" ", "_")
    return kind if kind in acts().acts else ""


def _deed(value: Any) -> Deed | None:
    given = value[0] if isinstance(value, list) and value else value
    if isinstance(given, str):
        given = {"name": given}
    if not isinstance(given, dict):
        return None
    fields = {str(key).casefold(): one for key, one in given.items()}
    name = _text(fields.pop("name", "") or fields.pop("id", ""))
    inner = fields.pop("params", None)
    told = {**fields, **(inner if isinstance(inner, dict) else {})}
    params: dict[str, Value] = {
        str(key).casefold(): one
        for key, one in told.items()
        if isinstance(one, str | int | float) and not isinstance(one, bool) and one != ""
    }
    return Deed(name, params) if name and name.casefold() != NO_DEED else None


def _told(value: Any) -> SelfDisclosure | None:
    if not isinstance(value, dict):
        return None
    slot, about, words = (_text(value.get(key)) for key in ("slot", "about", "value"))
    return SelfDisclosure(slot.casefold(), about, words) if slot else None


def _sentence(value: Any) -> str:
    if isinstance(value, dict):
        return " ".join(filter(None, (_text(value.get(key)) for key in ("subject", "predicate", "object"))))
    return _text(value)


def _felt(value: Any) -> dict[str, int]:
    if not isinstance(value, dict):
        return {}
    steps = {key: value.get(key) for key in FELT}
    return {
        key: (step > 0) - (step < 0)
        for key, step in steps.items()
        if isinstance(step, int | float) and not isinstance(step, bool) and step
    }
