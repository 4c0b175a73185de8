"""A language model on a server that speaks OpenAI's chat completions: theirs, or one nearer by.

No exception of the `openai` package, which may hold the API key, leaves this room.
"""

from __future__ import annotations

import threading
import time
import weakref
from asyncio import sleep
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import aclosing
from typing import Any, NoReturn, TypeVar
from urllib.parse import urlsplit

from npc_engine.errors import ModelError, ModelUnreachableError
from npc_engine.lang import HOME
from npc_engine.models.answers import Tokens, Words
from npc_engine.models.choosing import one_of, scores
from npc_engine.models.connection import Connection, Secret, host_of, import_library, is_loopback
from npc_engine.models.dialect import LENGTHS, Abilities, Attempt, is_strict, refusal_of, server_of, strict_schema
from npc_engine.models.failures import FIRST_PAUSE, LONGEST_PAUSE, WORTH_WAITING, Failures, retry_after
from npc_engine.models.model import ModelInfo, Request, Size
from npc_engine.models.relay import Relay
from npc_engine.models.sizes import billions_in, size_of
from npc_engine.models.trial import small_request
from npc_engine.models.troubles import trouble
from npc_engine.models.usage import Usage, usage_of

T = TypeVar("T")

OPENAI = "https://api.openai.com/v1"

SHARED_SETTINGS = frozenset({"top_p", "presence_penalty", "frequency_penalty", "reasoning_effort"})
"""What of `Request.extra` every such server may be sent."""

TOLD = 20
"""How many of the likeliest tokens a server is asked for when options are weighed: the most that OpenAI's tells."""


class OpenAIModel:
    """The model that the server at `base_url` calls `model`.

    Without `base_url` it is OpenAI's own, which needs an `api_key`; a server on this machine may do without.
    Neither is read from the environment. `timeout` is how many seconds the server may be silent, while
    connecting (5 at most) or between two pieces; `Request.timeout` bounds the whole answer. Until the first
    piece has come, a request is tried up to `retries` times again after failures that may pass, unless the server
    asks for a longer pause than a player would wait.

    `reasoning_tokens` is how many tokens the model may think before it answers, beyond `Request.max_tokens`; 0 asks it
    not to think, and so does None once it was seen to. Thoughts are never part of an answer.
    Its size is read off its name (`qwen3:8b`), and large where that tells none. With `grammars` the server
    is taken to be llama.cpp's: it is sent `Request.grammar` and all of `extra`.

    Raises:
        ModelMissingError: the package `openai` is not installed, or a key is needed and not given.
        ModelError: `base_url` is no address, or `api_key` can't be a key.
    """

    def __init__(
        self,
        model: str,
        *,
        base_url: str | None = None,
        api_key: str | None = None,
        timeout: float = 30.0,
        retries: int = 2,
        reasoning_tokens: int | None = None,
        size: Size | None = None,
        languages: Iterable[str] = HOME,
        name: str | None = None,
        grammars: bool = False,
    ) -> None:
        if not model:
            raise ModelError("say which model the server should use: openai:MODEL")
        url = base_url or OPENAI
        host = host_of(url)
        local = is_loopback(url)
        self._secret = Secret(api_key, needed_by=None if local else host)
        self._model = model
        self._host = host
        self._retries = retries
        self._reasoning = reasoning_tokens
        spoken = frozenset(languages)
        self._info = ModelInfo(name=name or model, size=size or _size_of(model), languages=spoken, grammars=grammars)
        self._server = server_of(url, model)
        if urlsplit(url).hostname == "api.openai.com" and not self._server.taken:
            self._server.dialect = self._server.dialect.less(LENGTHS[0])
        library = import_library()
        self._failures = Failures(library, self._secret, host, f"{self._info.name} at {host}")
        self._line = Connection(library, url, self._secret, timeout, local)
        self._finalizer = weakref.finalize(self, self._line.close)  # at the interpreter's exit too

    def __repr__(self) -> str:
        return f"OpenAIModel({self._model!r}, server={self._host!r})"

    def __reduce__(self) -> NoReturn:
        raise TypeError("an OpenAIModel can't be pickled or copied: it holds a key and a connection")

    @property
    def info(self) -> ModelInfo:
        """What this model was said to be."""
        return self._info

    def stream(self, request: Request, cancel: threading.Event) -> Iterator[str]:
        """Yield the answer as it comes; on `cancel` the connection is dropped, so that the server stops too.

        Where `json_schema` is given, only the JSON of an answer comes, without what stands round it.

        Raises:
            ModelUnreachableError: the server can't be reached, refuses, breaks off or takes too long.
            ModelError: it finds something wrong with the request, says nothing, or this model is closed.
        """
        if cancel.is_set():
            return
        yield from self._taken(request, cancel, lambda relay: self._answer(request, relay))

    def choose(self, request: Request, options: Sequence[str], cancel: threading.Event) -> list[float]:
        """Return the share of each option; see `LanguageModel`.

        They are read off the probabilities of tokens. A server that tells none is taken at its word: the option that
        it writes has all.

        Raises:
            ModelUnreachableError: the server can't be reached, refuses, breaks off or takes too long.
            ModelError: there are no options, it finds something wrong with the request, or this model is closed.
        """
        asked = one_of(request, options)
        return scores(self._taken(asked, cancel, lambda relay: self._choice(asked, relay)), options)

    def prepare(self, cancel: threading.Event, tell: Callable[[Usage], None] | None = None) -> None:
        """Ask something small, to learn what this server takes and whether the model thinks; see `Preparable`.

        Raises:
            ModelUnreachableError: the server can't be reached, refuses, breaks off or takes too long.
            ModelError: it takes no request of ours, or this model is closed.
        """
        before = self._server.thinks
        self._ask_small(cancel, tell)
        if self._server.thinks and not before and self._reasoning is None:  # does it leave that off when asked to?
            self._ask_small(cancel, tell)

    def _ask_small(self, cancel: threading.Event, tell: Callable[[Usage], None] | None) -> None:
        try:
            for _ in self.stream(small_request(tell), cancel):
                pass
        except ModelUnreachableError:
            raise
        except ModelError:
            if not self._server.thinks:  # else it is known now what there was to learn
                raise

    @property
    def abilities(self) -> Abilities:
        """What is known of how the server has to be asked: more once it was tried (`prepare`)."""
        server, dialect = self._server, self._server.dialect
        left_out = dialect.without if dialect.lengths else dialect.without | {LENGTHS[0]}
        return Abilities(dialect.format, left_out, dialect.system, server.thinks, server.thought)

    def close(self) -> None:
        """Drop every connection."""
        self._finalizer()

    def _taken(self, request: Request, cancel: threading.Event, answer: Callable[[Relay[T]], Any]) -> Iterator[T]:
        """Yield what an answer gives to its relay, as it comes."""
        relay: Relay[T] = Relay()
        running = self._line.start(answer(relay))
        try:
            yield from relay.take(cancel, request.timeout, self._failures.who, remote=True)
        finally:
            running.cancel()

    async def _answer(self, request: Request, relay: Relay[str]) -> None:
        """Give a relay the words of an answer."""

        def begin() -> Words:
            return Words(request, self._server, relay, self._failures.who, self._thinks_by)

        await self._tried(request, {}, relay, begin)

    async def _choice(self, request: Request, relay: Relay[Any]) -> None:
        """Give a relay the tokens of an answer, each with what else might have stood there."""
        await self._tried(
            request, {"logprobs": True, "top_logprobs": TOLD}, relay, lambda: Tokens(relay, self._failures.who)
        )

    async def _tried(
        self, request: Request, more: Mapping[str, Any], relay: Relay[Any], begin: Callable[[], Words | Tokens]
    ) -> None:
        """Ask for an answer and end its relay, whatever becomes of it."""
        try:
            await self._asked(request, more, relay, begin)
        finally:
            relay.end(trouble(ModelError, "closed_speaking", who=self._info.name))  # unless it has ended

    async def _asked(
        self, request: Request, more: Mapping[str, Any], relay: Relay[Any], begin: Callable[[], Words | Tokens]
    ) -> None:
        """Ask until the server takes the request and answers, or there is no use in asking again."""
        attempt, tries, began = Attempt(self._server), 0, time.monotonic()
        while True:
            body, reader = attempt.dialect.put(self._body(request, more)), begin()
            try:
                usage = Usage()
                async with aclosing(self._line.events(body)) as events:
                    async for event in events:
                        relay.begun = True
                        attempt.taken(body)
                        usage = usage_of(event, usage)
                        reader.take(event)
                reader.end()
                if request.tell is not None:
                    request.tell(usage)
                return relay.end()
            except Exception as error:
                status = getattr(error, "status_code", None) or 0
                if not reader.told and attempt.again(status, refusal_of(getattr(error, "body", None)), body):
                    continue
                pause = max(retry_after(error), min(FIRST_PAUSE * 2.0**tries, LONGEST_PAUSE))
                left = request.timeout - (time.monotonic() - began)
                worth_it = pause <= max(WORTH_WAITING, FIRST_PAUSE * 2.0**tries) and pause < left
                if reader.told or tries >= self._retries or not worth_it or not self._failures.may_pass(error):
                    return relay.end(self._failures.mapped(error))
                tries += 1
                await sleep(pause)

    @property
    def _thinks_by(self) -> int:
        """How many tokens the model may think; 0 where it is asked not to, -1 where nothing is said about it."""
        if self._reasoning is not None:
            return self._reasoning
        return 0 if self._server.thinks else -1

    def _body(self, request: Request, more: Mapping[str, Any]) -> dict[str, Any]:
        thinking = self._thinks_by
        body: dict[str, Any] = {
            "model": self._model,
            "messages": [{"role": message.role, "content": message.content} for message in request.messages],
            "max_tokens": request.max_tokens + max(thinking, 0),
            "temperature": request.temperature,
            "seed": request.seed,
            "stream_options": {"include_usage": True},
            **more,
        }
        if thinking == 0:
            body.update(reasoning_effort="none", chat_template_kwargs={"enable_thinking": False})
        if request.stop and thinking <= 0:  # else a thought may hold what ends an answer
            body["stop"] = list(request.stop)
        if self._info.grammars:
            body.update({**request.extra, "cache_prompt": True})
            if request.grammar is not None:
                body["grammar"] = request.grammar
        else:
            body.update({key: value for key, value in request.extra.items() if key in SHARED_SETTINGS})
        if request.json_schema is not None and not (self._info.grammars and request.grammar is not None):
            schema = {"name": "answer", "schema": strict_schema(request.json_schema)}
            strict = {"strict": True} if is_strict(request.json_schema) else {}
            body["response_format"] = {"type": "json_schema", "json_schema": {**schema, **strict}}
        return body


def open_openai(rest: str, **settings: Any) -> OpenAIModel:
    """Open the model that a server calls `rest`; the settings are those of `OpenAIModel`."""
    return OpenAIModel(rest, **settings)


def _size_of(model: str) -> Size:
    billions = billions_in(model)
    return size_of(billions) if billions else "large"
