"""What of a model's answer is said: not its thoughts, nor, where JSON was asked for, the prose and fences round it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Protocol

_OPENING = re.compile(r"<(?:think|thinking|thought|reasoning)>|\[THINK\]")
_CLOSING = re.compile(r"</(?:think|thinking|thought|reasoning)>|\[/THINK\]")
_UNFINISHED = re.compile(r"[<\[][/\w]{0,10}$")
"""What may yet become a tag."""

_FENCE = re.compile(r"^```\w*\s*|\s*```\s*$")

SPOKEN = frozenset({"text", "output_text"})
"""Types of the parts of a piece that are what is said, and not how it was thought of."""


class Sieve(Protocol):
    """Lets through what is wanted of a text that comes in pieces."""

    def feed(self, piece: str) -> str:
        """Take a piece and return what can be told of it now."""
        ...

    def end(self) -> str:
        """Return what was kept back, once no more comes."""
        ...


class Thoughts:
    """Keeps back what stands in `<think>` tags, empty ones and a lone closing one among them.

    Where it isn't known whether a model says its thoughts without an opening tag (`hold`), nothing is let through
    before a closing one, or the end. `seen` tells whether there were any; `leaked`, that some were let through before
    that could be known.
    """

    def __init__(self, *, hold: bool = False) -> None:
        self._hold = hold
        self._inside = False
        self._buffer = ""
        self._told = False
        self.seen = self.aloud = self.leaked = False

    def feed(self, piece: str) -> str:
        """Take a piece and return what is said of it, as far as that is known."""
        self._buffer += piece
        out = ""
        while match := (_CLOSING if self._inside else _TAG).search(self._buffer):
            before, self._buffer = self._buffer[: match.start()], self._buffer[match.end() :]
            opening = bool(_OPENING.fullmatch(match[0]))
            if not self._inside:
                if opening:
                    out += self._let(before)
                else:
                    self.aloud = True
                    self.leaked = self.leaked or self._told or bool(out.strip())
            self._inside, self.seen = opening, True
            self._hold = False
        if self._inside or self._hold:
            return out
        kept = _UNFINISHED.search(self._buffer)
        ready = self._buffer[: kept.start()] if kept else self._buffer
        self._buffer = self._buffer[len(ready) :]
        return out + self._let(ready)

    def end(self) -> str:
        """Return what was kept back though it was no thought; thoughts that never ended are dropped."""
        rest, self._buffer = self._buffer, ""
        return "" if self._inside else self._let(rest)

    def _let(self, text: str) -> str:
        if self.seen and not self._told:
            text = text.lstrip()
        self._told = self._told or bool(text.strip())
        return text


_TAG = re.compile(f"{_OPENING.pattern}|{_CLOSING.pattern}")


class JsonAlone:
    """Lets through the first JSON object or list of an answer; an answer that has none, whole, at its end."""

    _STARTS = re.compile(r"\{|\[(?=\s*[\[{\"\]])")

    def __init__(self) -> None:
        self._buffer = ""
        self._depth = 0
        self._quoted = self._escaped = self._begun = self._over = False

    def feed(self, piece: str) -> str:
        """Take a piece and return what of it belongs to the JSON."""
        if self._over:
            return ""
        if not self._begun:
            self._buffer += piece
            start = self._STARTS.search(self._buffer)
            if start is None:
                return ""
            self._begun, piece, self._buffer = True, self._buffer[start.start() :], ""
        return self._through(piece)

    def end(self) -> str:
        """Return an answer that was no JSON, without the fences that may stand round it."""
        text, self._buffer = self._buffer, ""
        return _FENCE.sub("", text.strip()) if not self._begun else ""

    def _through(self, piece: str) -> str:
        for index, letter in enumerate(piece):
            if self._quoted:
                if self._escaped:
                    self._escaped = False
                elif letter == "\\":
                    self._escaped = True
                elif letter == '"':
                    self._quoted = False
            elif letter == '"':
                self._quoted = True
            elif letter in "{[":
                self._depth += 1
            elif letter in "}]":
                self._depth -= 1
                if self._depth == 0:
                    self._over = True
                    return piece[: index + 1]
        return piece


class UntilStop:
    """Ends where one of some texts begins, for a server that was not told to."""

    def __init__(self, stops: Sequence[str]) -> None:
        self._stops = [stop for stop in stops if stop]
        self._buffer = ""
        self._over = False

    def feed(self, piece: str) -> str:
        """Take a piece and return what of it comes before every stop."""
        if self._over:
            return ""
        self._buffer += piece
        at = min((at for stop in self._stops if (at := self._buffer.find(stop)) >= 0), default=-1)
        if at >= 0:
            self._over = True
            return self._buffer[:at]
        kept = max((_overlap(self._buffer, stop) for stop in self._stops), default=0)
        ready = self._buffer[: len(self._buffer) - kept]
        self._buffer = self._buffer[len(ready) :]
        return ready

    def end(self) -> str:
        """Return what might have become a stop and did not."""
        return "" if self._over else self._buffer


def sieved(pieces: Iterator[str], *sieves: Sieve) -> Iterator[str]:
    """Yield what some sieves, one after the other, let through."""
    for piece in pieces:
        for sieve in sieves:
            piece = sieve.feed(piece)
        if piece:
            yield piece
    if rest := rest_of(sieves):
        yield rest


def rest_of(sieves: Sequence[Sieve]) -> str:
    """Return what sieves, one after the other, kept back until the end."""
    text = ""
    for sieve in sieves:
        text = (sieve.feed(text) if text else "") + sieve.end()
    return text


def text_of(content: Any) -> str:
    """Return the text of a piece, which some servers send as a list of parts; parts that are no answer are left out."""
    if content is None or isinstance(content, str):
        return content or ""
    if isinstance(content, Mapping):
        spoken = content.get("type", "text") in SPOKEN
        return text_of(content.get("text") or content.get("value") or "") if spoken else ""
    if isinstance(content, Sequence):
        return "".join(map(text_of, content))
    raise TypeError(f"a piece of text was expected, not {type(content).__name__}")


def _overlap(text: str, stop: str) -> int:
    """Return how many letters at the end of a text begin a stop."""
    return next((n for n in range(min(len(text), len(stop) - 1), 0, -1) if text.endswith(stop[:n])), 0)
