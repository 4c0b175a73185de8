"""A model that says what a test tells it to, in small pieces, and can break off where a real one might."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from npc_engine.errors import ModelError
from npc_engine.lang import HOME
from npc_engine.models.choosing import Step, one_of, scores
from npc_engine.models.model import ModelInfo, Request, Size


@dataclass(frozen=True)
class Breaks:
    """A reply that ends in an error: `after` pieces of `text` come, then `error` is raised."""

    text: str
    error: Exception
    after: int = 1


Reply = str | Breaks | Exception | Mapping[str, float]
"""What a script may hold: a line, a line that breaks off, an error raised at once, or how likely each option is."""


class ScriptedModel:
    """Says given lines, and keeps the requests it was asked in `requests`, oldest first.

    `replies` are said in order, or, as a mapping, chosen by the first key that occurs in the last user
    message (the key `""` occurs in every one), or made by a function of the request. A reply may be an
    exception, or `Breaks`, to fail as a real model can; where the model is made to choose, it may say how likely each
    option is. `delay` is in seconds before each piece.
    """

    def __init__(
        self,
        replies: Sequence[Reply] | Mapping[str, Reply] | Callable[[Request], Reply],
        *,
        delay: float = 0.0,
        languages: Iterable[str] = HOME,
        size: Size = "large",
        name: str = "scripted",
        grammars: bool = False,
    ) -> None:
        self.requests: list[Request] = []
        self._replies = [replies] if isinstance(replies, str) else replies
        self._delay = delay
        self._info = ModelInfo(name=name, size=size, languages=frozenset(languages), grammars=grammars)
        self._lock = threading.Lock()
        self._closed = False

    @property
    def info(self) -> ModelInfo:
        """What the script pretends to be."""
        return self._info

    def stream(self, request: Request, cancel: threading.Event) -> Iterator[str]:
        """Yield the next reply in pieces of a word, or of two letters where no spaces are written.

        Raises:
            ModelError: the script has no reply for this, or the model is closed.
            Exception: whatever the script holds in place of a reply.
        """
        reply = self._next(request)
        if isinstance(reply, Mapping):
            reply = max(reply.items(), key=lambda entry: entry[1])[0]
        pieces = in_pieces(reply.text if isinstance(reply, Breaks) else reply)
        for index, piece in enumerate(pieces):
            if isinstance(reply, Breaks) and index == reply.after:
                break
            if cancel.wait(self._delay) if self._delay else cancel.is_set():
                return
            yield piece
        if isinstance(reply, Breaks):
            raise reply.error

    def choose(self, request: Request, options: Sequence[str], cancel: threading.Event) -> list[float]:
        """Return the shares that the next reply gives the options, or all to the one that it says.

        Raises:
            ModelError: there are no options, the script has no reply for this, or the model is closed.
            Exception: whatever the script holds in place of a reply.
        """
        one_of(request, options)
        reply = self._next(request)
        if isinstance(reply, Breaks):
            raise reply.error
        if isinstance(reply, str):
            return scores([Step(reply.encode())], options)
        total = sum(reply.get(option, 0.0) for option in options)
        return [reply.get(option, 0.0) / total if total else 1 / len(options) for option in options]

    def close(self) -> None:
        """Refuse to say more."""
        self._closed = True

    def _next(self, request: Request) -> str | Breaks | Mapping[str, float]:
        with self._lock:
            if self._closed:
                raise ModelError(f"{self._info.name} is closed")
            self.requests.append(request)
            reply = self._reply(request)
        if isinstance(reply, Exception):
            raise reply
        return reply

    def _reply(self, request: Request) -> Reply:
        if callable(self._replies):
            return self._replies(request)
        if isinstance(self._replies, Mapping):
            asked = next((m.content for m in reversed(request.messages) if m.role == "user"), "")
            for key, reply in self._replies.items():
                if key in asked:
                    return reply
            raise ModelError(f"the script of {self._info.name} has no reply to {asked[-120:]!r}")
        turn = len(self.requests) - 1
        if turn >= len(self._replies):
            raise ModelError(f"the script of {self._info.name} ends after {len(self._replies)} replies")
        return self._replies[turn]


def in_pieces(text: str) -> list[str]:
    """Cut `text` as models send it, into words or two letters of Chinese; joined, they are `text` again."""
    return re.findall(r"\s*[\u2e80-\uffef]{1,2}|\s*[^\s\u2e80-\uffef]+|\s+", text)
