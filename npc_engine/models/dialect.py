"""What a server and its model take: a setting that was refused is put otherwise, or left out, from then on.

Servers that speak OpenAI's chat completions differ in what they take, and in how they say that they don't. What was
found out is kept for as long as the program runs, by server and model, so that a player never waits for it twice.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal

Format = Literal["json_schema", "json_object", "text"]

LENGTHS = ("max_tokens", "max_completion_tokens")
PROBABILITIES = ("logprobs", "top_logprobs")
FIXED = frozenset({"model", "messages", "stream"})
"""What no request can do without."""

NAMED_IN = frozenset({400, 404, 422, 500, 501})
"""HTTP statuses whose message may name a setting that is not taken."""

IMPLIED_BY = frozenset({400, 422})
"""Those that may mean so without naming it."""

_NOT_A_SETTING = re.compile(
    r"context.{0,3}(length|window|size)|maximum context|too (long|large)|content.{0,14}(filter|polic)|safety|quota"
)

_SIGNS = {
    "response_format": r"response.?format|json.?(schema|object|mode)|structured.?output|guided|invalid schema",
    "logprobs": r"log.?prob",
    "top_logprobs": r"log.?prob",
    "stream_options": r"stream.?options|include.?usage",
    "chat_template_kwargs": r"chat.?template.?kwargs",
    "reasoning_effort": r"reasoning|thinking",
    "max_tokens": r"max.?tokens",
    "max_completion_tokens": r"max.?completion.?tokens",
    "seed": r"\bseed\b",
    "stop": r"\bstop\b",
    "temperature": r"\btemperature\b",
    "top_p": r"\btop_p\b",
    "presence_penalty": r"presence.?penalty",
    "frequency_penalty": r"frequency.?penalty",
}
_SYSTEM = re.compile(r"\bsystem\b.{0,24}\b(role|messages?|prompt|instruction)|\brole.{0,12}\bsystem|messages\W{0,2}0\b")
_LONGEST = 600
"""Letters of a refusal that are read: behind them servers repeat the request, with the player's words in it."""

SYSTEM = "the system role"
"""Stands among the names of settings for a message of role `system`."""

_SUSPECTS = ("response_format", *PROBABILITIES, "seed", "stream_options", "chat_template_kwargs", "reasoning_effort")
SUSPECTS = (*_SUSPECTS, "stop", "temperature", *LENGTHS, SYSTEM)
"""What a refusal without a reason may be about, the likeliest first."""


@dataclass(frozen=True, slots=True)
class Dialect:
    """How a model on a server is asked.

    `formats`, `lengths` and `efforts` are the ways that are left to ask for JSON, to bound the answer and to say how
    much to think, the best first; `without` are settings left out. Without `system`, what a system message says leads
    the first message of the user's.
    """

    formats: tuple[Format, ...] = ("json_schema", "json_object")
    lengths: tuple[str, ...] = LENGTHS
    efforts: tuple[str, ...] = ("none", "minimal", "low")
    system: bool = True
    without: frozenset[str] = frozenset()

    @property
    def format(self) -> Format:
        """How JSON is asked for."""
        return self.formats[0] if self.formats else "text"

    def put(self, body: Mapping[str, Any]) -> dict[str, Any]:
        """Return the body of a request as this model takes it.

        It has `max_tokens` and, for JSON, a strict `response_format`; where it is asked not to think, its
        `reasoning_effort` is `none`.
        """
        told = {key: value for key, value in body.items() if key not in self.without}
        length = told.pop("max_tokens", None)
        if length is not None and self.lengths:
            told[self.lengths[0]] = length
        if "response_format" in told and self.format != "json_schema":
            del told["response_format"]
            if self.format == "json_object":
                told["response_format"] = {"type": "json_object"}
        if told.get("reasoning_effort") == "none":
            del told["reasoning_effort"]
            if self.efforts:
                told["reasoning_effort"] = self.efforts[0]
        if not self.system:
            told["messages"] = _without_system(told["messages"])
        return told

    def less(self, setting: str) -> Dialect:
        """Return how to ask without a setting, or with another way of it."""
        if setting == "response_format":
            return replace(self, formats=self.formats[1:])
        if setting in LENGTHS:
            return replace(self, lengths=tuple(one for one in self.lengths if one != setting))
        if setting == "reasoning_effort" and self.efforts:
            return replace(self, efforts=self.efforts[1:])
        if setting == SYSTEM:
            return replace(self, system=False)
        more = PROBABILITIES if setting in PROBABILITIES else (setting,)
        return replace(self, without=self.without.union(more))


@dataclass(slots=True)
class Server:
    """What is known of one model on one server; all who talk with it share this.

    `heard` is True once an answer of its was whole; `thinks` once it was seen to think before it answers, `thought`
    where it did so the last time, `aloud` where its answers begin within its thoughts. `taken` are the sets of settings
    that it took.
    """

    dialect: Dialect = field(default_factory=Dialect)
    heard: bool = False
    thinks: bool = False
    thought: bool = False
    aloud: bool = False
    taken: set[frozenset[str]] = field(default_factory=set)
    baffling: bool = False
    """It refused a request in every way there is, so that a refusal of its without a reason means nothing."""


@dataclass(frozen=True, slots=True)
class Abilities:
    """What a server and its model can do, as far as that was seen.

    `json` is the strictest way in which JSON can be asked for, `left_out` are settings that it refused, `system` tells
    whether it takes system messages, `thinks` whether the model was seen to think, `thinks_on` whether it still does
    when it is asked not to.
    """

    json: Format
    left_out: frozenset[str]
    system: bool
    thinks: bool
    thinks_on: bool


_servers: dict[tuple[str, str], Server] = {}
_lock = threading.Lock()


def server_of(url: str, model: str) -> Server:
    """Return what is known of a model on the server at `url`."""
    with _lock:
        return _servers.setdefault((url.rstrip("/"), model), Server())


def forget(url: str) -> None:
    """Forget all that is known of the server at `url`, as when another one listens there now."""
    with _lock:
        for key in [key for key in _servers if key[0].startswith(url.rstrip("/"))]:
            del _servers[key]


class Attempt:
    """One request, put again and again until the server takes it or nothing is left to be left out."""

    def __init__(self, server: Server) -> None:
        self._server = server
        self._guess: Dialect | None = None
        self._guesses: Iterator[Dialect] | None = None
        self.dialect = server.dialect

    def again(self, status: int, refusal: Refusal, body: Mapping[str, Any]) -> bool:
        """Take note of what a server said to `body`; tell whether it should be put again, otherwise."""
        if status not in NAMED_IN or _NOT_A_SETTING.search(refusal.text):
            return False
        if named := [setting for setting in refusal.settings(body) if self.dialect.less(setting) != self.dialect]:
            for setting in named:
                self.dialect = self.dialect.less(setting)
                self._server.dialect = self._server.dialect.less(setting)
            return True
        if status not in IMPLIED_BY or self._server.baffling or _shape(body) in self._server.taken:
            return False
        if self._guesses is None:
            self._guesses = guesses(self.dialect, body)
        self._guess = next(self._guesses, None)
        if self._guess is None:
            self._server.baffling = True
            return False
        self.dialect = self._guess
        return True

    def taken(self, body: Mapping[str, Any]) -> None:
        """Note that the server took `body`, and with it whatever was guessed."""
        self._server.taken.add(_shape(body))
        self._server.baffling = False
        if self._guess is not None:
            self._server.dialect, self._guess = self._guess, None


def guesses(dialect: Dialect, body: Mapping[str, Any]) -> Iterator[Dialect]:
    """Yield ways of asking with less than in `body`: without each suspect alone, then without more and more of them."""
    suspects = [one for one in SUSPECTS if _has(body, one)]
    for suspect in suspects:
        less = dialect.less(suspect)
        yield less
        if suspect == "response_format" and less.formats:
            yield less.less(suspect)
    for suspect in suspects:
        while suspect == "response_format" and dialect.formats:
            dialect = dialect.less(suspect)
        dialect = dialect.less(suspect)
        if suspect != suspects[0]:
            yield dialect


@dataclass(frozen=True, slots=True)
class Refusal:
    """What a server said when it refused: `param` and `places` where it names a setting, and its message."""

    text: str = ""
    message: str = ""
    param: str = ""
    places: tuple[str, ...] = ()

    def settings(self, body: Mapping[str, Any]) -> list[str]:
        """Return the settings of `body` that it names."""
        for exact in filter(None, (self.param, *self.places)):
            if exact.startswith(("messages[0]", "messages.0")) and _has(body, SYSTEM):
                return [SYSTEM]
        exactly = [name for name in body if name not in FIXED and name in _heads(self.param, self.places)]
        if exactly:
            return exactly
        sign = {name: re.search(_SIGNS[name], self.text) for name in body if name in _SIGNS}
        found = [name for name, match in sign.items() if match]
        if _has(body, SYSTEM) and _SYSTEM.search(self.text):
            return [SYSTEM]
        return found


def refusal_of(said: Any) -> Refusal:
    """Return what the body of a refusal says, in whichever of the usual forms it comes."""
    if isinstance(said, Mapping):
        inner = said.get("error", said)
        inner = inner if isinstance(inner, Mapping) else {"message": inner}
        details = inner.get("detail") or inner.get("message") or inner.get("msg")
        if isinstance(details, Sequence) and not isinstance(details, str):
            return _of_details(details)
        if isinstance(details, Mapping):
            return refusal_of(details)
        param = inner.get("param")
        return Refusal(_plain(details), _one_line(details), param if isinstance(param, str) else "")
    if isinstance(said, list):
        return _of_details(said)
    return Refusal(_plain(said), _one_line(said))


def _of_details(details: Sequence[Any]) -> Refusal:
    """Return what a list of details says, each with the place (`loc`) it is about."""
    places, messages = [], []
    for one in details:
        if isinstance(one, Mapping):
            at = [str(part) for part in one.get("loc") or () if part != "body"]
            places.append(".".join(at))
            messages.append(f"{places[-1]}: {one.get('msg') or one.get('message') or ''}")
        else:
            messages.append(str(one))
    said = "; ".join(messages)
    return Refusal(_plain(said), _one_line(said), places=tuple(places))


def _heads(param: str, places: Sequence[str]) -> Iterator[str]:
    for place in (param, *places):
        yield re.split(r"[.\[]", place, maxsplit=1)[0]


def _plain(said: Any) -> str:
    return str(said or "")[:_LONGEST].lower()


def _one_line(said: Any) -> str:
    return " ".join(str(said or "").split())


def _has(body: Mapping[str, Any], setting: str) -> bool:
    if setting == SYSTEM:
        return any(message["role"] == "system" for message in body["messages"])
    return setting in body


def _shape(body: Mapping[str, Any]) -> frozenset[str]:
    """Return which settings a request has, whatever their values, and what kind of JSON it asks for."""
    kind = (body.get("response_format") or {}).get("type", "text")
    system = {SYSTEM} if _has(body, SYSTEM) else set()
    return frozenset({*body, *system, kind})


def _without_system(messages: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Return messages with what the system's say put before what the user says first."""
    said = [message["content"] for message in messages if message["role"] == "system"]
    rest = [dict(message) for message in messages if message["role"] != "system"]
    first = next((message for message in rest if message["role"] == "user"), None)
    if first is None:
        return [{"role": "user", "content": "\n\n".join(said)}, *rest]
    first["content"] = "\n\n".join([*said, first["content"]])
    return rest


def strict_schema(schema: Any) -> Any:
    """Return a schema that names nothing it does not list, as servers ask for that hold a model to it."""
    if isinstance(schema, Mapping):
        inner = {key: strict_schema(value) for key, value in schema.items()}
        if isinstance(inner.get("properties"), dict):
            inner.setdefault("additionalProperties", False)
        return inner
    return [strict_schema(one) for one in schema] if isinstance(schema, list | tuple) else schema


def is_strict(schema: Any) -> bool:
    """Return whether a schema requires all that it lists, which `strict` servers insist on."""
    if isinstance(schema, Mapping):
        listed = schema.get("properties")
        whole = not isinstance(listed, Mapping) or set(listed) == set(schema.get("required", ()))
        return whole and all(is_strict(part) for part in schema.values())
    return all(is_strict(part) for part in schema) if isinstance(schema, list | tuple) else True
