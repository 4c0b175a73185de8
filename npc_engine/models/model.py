"""The contract between the engine and anything that can put words together."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol, runtime_checkable

from npc_engine.models.usage import Usage

Role = Literal["system", "user", "assistant"]
Size = Literal["none", "small", "medium", "large"]


@dataclass(frozen=True, slots=True)
class Message:
    """One message of a prompt."""

    role: Role
    content: str


@dataclass(frozen=True, slots=True)
class ModelInfo:
    """What the engine must know of a model to talk to it well.

    `size` picks how much the model is trusted with: `none` never speaks, `small` voices what it is
    given, `medium` talks along code's directions, `large` may choose among what is allowed.
    `languages` are those it writes well enough to show, as ISO 639-1 codes (`en`, `zh`).
    `grammars` is True when `Request.grammar` (GBNF) is obeyed.
    `voices` are the languages in which it was trained to voice what it is given, each with the version of the prompt
    it was trained with (npc_engine/dialogue/speak/trained.py). `note` says in a sentence what went wrong with it, if
    anything did.
    `chosen` says, by language, why it was taken, where nobody named it.
    `freedom` settles whether it is told what to say or may choose; the size does where it is None.
    """

    name: str
    size: Size
    languages: frozenset[str]
    grammars: bool = False
    freedom: Literal["guided", "free"] | None = None
    voices: Mapping[str, str] = field(default_factory=dict)
    note: str = ""
    chosen: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Request:
    """One thing to be written.

    `messages` begin with what is the same every turn, so that a prefix cache stays warm; start with a
    system message, or a model's own chat template may put one there. A last message of role `assistant`
    is the beginning of the answer: the model goes on from its last letter (remote servers may not).

    `max_tokens` bounds the answer, `timeout` (seconds) the whole of it, reading the prompt included.
    A model that can't obey `grammar` (GBNF) or `json_schema` ignores it: the caller must check what
    comes back anyway; where both are given, `grammar` counts. The same `seed` gives the same words only
    from a model that answers nothing else at the same time. `voiced` asks for the voice it was trained for, if it was
    (`ModelInfo.voices`). `extra` holds sampling settings by their
    llama.cpp names (`top_p`, `repeat_penalty`, `lora`); a model leaves out those it does not know. `tell` is called
    with the tokens of an answer that is whole, by models that count them.
    """

    messages: tuple[Message, ...]
    max_tokens: int = 96
    temperature: float = 0.7
    seed: int = 0
    stop: tuple[str, ...] = ()
    grammar: str | None = None
    json_schema: Mapping[str, Any] | None = None
    timeout: float = 20.0
    voiced: bool = False
    extra: Mapping[str, Any] = field(default_factory=dict)
    tell: Callable[[Usage], None] | None = field(default=None, compare=False)


@runtime_checkable
class LanguageModel(Protocol):
    """A voice. It is called from worker threads, several at a time when several NPCs speak."""

    @property
    def info(self) -> ModelInfo:
        """What this model is and can do."""
        ...

    def stream(self, request: Request, cancel: threading.Event) -> Iterator[str]:
        """Yield pieces of text as they come; end quietly, and soon, after `cancel` is set.

        Nothing happens before the first piece is asked for. Closing the iterator cancels too.

        Raises:
            ModelError: the model can't answer; what was yielded before is thrown away by the caller.
            ModelUnreachableError: among these, that it refused, broke off, or outlasted the timeout.
        """
        ...

    def choose(self, request: Request, options: Sequence[str], cancel: threading.Event) -> list[float]:
        """Return how likely the model holds each of some answers to a request: shares in their order that sum to 1.

        The prompt should name the options, and none should begin another. Blocks; after `cancel` is set it returns
        soon, with shares that mean nothing. `max_tokens`, `temperature`, `grammar` and `json_schema` of the request
        don't matter.

        Raises:
            ModelError: there are no options, or the model can't answer.
            ModelUnreachableError: among these, that it refused, broke off, or outlasted the timeout.
        """
        ...

    def close(self) -> None:
        """Free what the model holds; later calls of `stream` and `choose` raise ModelError."""
        ...


@runtime_checkable
class Warmable(Protocol):
    """What a model may offer besides: reading the beginning of a prompt before it is needed."""

    def warm(self, messages: Sequence[Message], cancel: threading.Event, *, voiced: bool = False) -> None:
        """Read `messages` ahead, so that a prompt which begins with them is answered sooner; `voiced` as in a request.

        Blocks for as long as the reading takes; ends soon after `cancel` is set.

        Raises:
            ModelError: the model can't read them.
        """
        ...


@runtime_checkable
class Preparable(Protocol):
    """What a model may offer besides: finding out how it has to be asked before anybody waits for it."""

    def prepare(self, cancel: threading.Event, tell: Callable[[Usage], None] | None = None) -> None:
        """Find out by asking something small. Blocks; ends soon after `cancel` is set. `tell` is as in a request.

        Raises:
            ModelError: the model can't answer.
        """
        ...
