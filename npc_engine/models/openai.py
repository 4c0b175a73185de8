"""A language model on a server that speaks OpenAI's chat completions: theirs, or one nearer by.

Answers are read by one background thread with an event loop, because only there can a connection be dropped
at any moment: while connecting, while the server thinks, or between two words. The API key appears in no text
that leaves this file, and no exception of the `openai` package, which may hold it, leaves it either.
"""

from __future__ import annotations

import asyncio
import threading
import weakref
from collections.abc import Callable, Coroutine, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future
from ipaddress import ip_address
from typing import Any, NoReturn, TypeVar
from urllib.parse import urlsplit

from npc_engine.errors import ModelError, ModelMissingError, ModelUnreachableError
from npc_engine.lang import HOME
from npc_engine.models.choosing import one_of, scores, steps_of
from npc_engine.models.model import ModelInfo, Request, Size
from npc_engine.models.relay import Relay
from npc_engine.models.sizes import billions_in, size_of

T = TypeVar("T")

OPENAI = "https://api.openai.com/v1"

AGAIN = frozenset({408, 409, 429, 500, 502, 503, 504, 529})
"""HTTP statuses after which the same request may well succeed."""

FIRST_PAUSE, LONGEST_PAUSE = 0.25, 8.0
"""Seconds to wait before the first try again; twice as long before each further one, up to the longest."""

SHARED_SETTINGS = frozenset({"top_p", "presence_penalty", "frequency_penalty", "reasoning_effort"})
"""What of `Request.extra` every such server may be sent."""

SPOKEN = frozenset({"text", "output_text"})
"""Types of the parts of a piece that are what is said, and not how it was thought of."""

NEEDED = frozenset({"model", "messages", "stream"})


PROBABILITIES = frozenset({"logprobs", "top_logprobs"})

TOLD = 20
"""How many of the likeliest tokens a server is asked for when options are weighed: the most that OpenAI's tells."""


class OpenAIModel:
    """The model that the server at `base_url` calls `model`.

    Without `base_url` it is OpenAI's own, which needs an `api_key`; a server on this machine may do without.
    Neither is read from the environment. `timeout` is how many seconds the server may be silent, while
    connecting (5 at most) or between two pieces; `Request.timeout` bounds the whole answer. Until the first
    piece has come, a request is tried up to `retries` times again after failures that may pass.
    Its size is read off its name (`qwen3:8b`), and large where that tells none. With `grammars` the server is taken to be llama.cpp's: it is sent `Request.grammar` and all of `extra`.

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
        size: Size | None = None,
        languages: Iterable[str] = HOME,
        name: str | None = None,
        grammars: bool = False,
    ) -> None:
        if not model:
            raise ModelError("say which model the server should use: openai:MODEL")
        url = base_url or OPENAI
        self._host = _host_of(url)
        local = _is_loopback(url)
        self._secret = _Secret(api_key, needed_by=None if local else self._host)
        self._model = model
        self._retries = retries
        spoken = frozenset(languages)
        self._info = ModelInfo(name=name or model, size=size or _size_of(model), languages=spoken, grammars=grammars)
        self._length = "max_completion_tokens" if urlsplit(url).hostname == "api.openai.com" else "max_tokens"
        self._refused: set[str] = set()
        self._library = _import_library()
        self._line = _Line(self._library, url, self._secret, timeout, local)
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

        Raises:
            ModelUnreachableError: the server can't be reached, refuses, breaks off or takes too long.
            ModelError: it finds something wrong with the request, or this model is closed.
        """
        if cancel.is_set():
            return
        yield from self._taken(request, _texts, cancel)

    def choose(self, request: Request, options: Sequence[str], cancel: threading.Event) -> list[float]:
        """Return the share of each option; see `LanguageModel`.

        They are read off the probabilities of tokens. A server that tells none is taken at its word: the option that
        it writes has all.

        Raises:
            ModelUnreachableError: the server can't be reached, refuses, breaks off or takes too long.
            ModelError: there are no options, it finds something wrong with the request, or this model is closed.
        """
        asked = one_of(request, options)
        return scores(self._taken(asked, steps_of, cancel, logprobs=True, top_logprobs=TOLD), options)

    def close(self) -> None:
        """Drop every connection."""
        self._finalizer()

    def _taken(
        self, request: Request, read: Callable[[Mapping[str, Any]], Iterable[T]], cancel: threading.Event, **more: Any
    ) -> Iterator[T]:
        """Yield what `read` returns of each choice as it comes; the server is asked for `more` besides."""
        relay: Relay[T] = Relay()
        answer = self._line.start(self._answer(request, read, relay, more))
        try:
            yield from relay.take(cancel, request.timeout, f"{self._info.name} at {self._host}")
        finally:
            answer.cancel()

    async def _answer(
        self,
        request: Request,
        read: Callable[[Mapping[str, Any]], Iterable[T]],
        relay: Relay[T],
        more: Mapping[str, Any],
    ) -> None:
        tries = 0
        while True:
            body = self._body(request, more)
            try:
                async for choice in self._choices(body):
                    for piece in read(choice):
                        relay.give(piece)
                    tries = self._retries  # what has been heard can't be taken back
                return relay.end()
            except asyncio.CancelledError:
                relay.end(ModelError(f"{self._info.name} was closed while it spoke"))
                raise
            except Exception as error:
                if self._do_without(error, body):
                    continue
                if tries >= self._retries or not self._may_pass(error):
                    return relay.end(self._mapped(error))
                tries += 1
                await asyncio.sleep(self._pause(error, tries))

    async def _choices(self, body: dict[str, Any]) -> Any:
        whole = False
        async with await self._line.client.chat.completions.create(**body) as stream:
            async for chunk in stream:
                for choice in chunk.choices or ():
                    if choice.delta is not None and choice.delta.content:
                        yield {"delta": {"content": _text_of(choice.delta.content)}, "logprobs": _logprobs_of(choice)}
                    whole = whole or choice.finish_reason is not None
        if not whole:
            raise ModelUnreachableError(f"{self._host} broke off before the answer was whole")

    def _body(self, request: Request, more: Mapping[str, Any]) -> dict[str, Any]:
        body: dict[str, Any] = {
            "model": self._model,
            "messages": [{"role": message.role, "content": message.content} for message in request.messages],
            "stream": True,
            self._length: request.max_tokens,
            "temperature": request.temperature,
            "seed": request.seed,
            **more,
        }
        if request.stop:
            body["stop"] = list(request.stop)
        if self._info.grammars:
            body["extra_body"] = {**request.extra, "cache_prompt": True}
            if request.grammar is not None:
                body["extra_body"]["grammar"] = request.grammar
        else:
            body.update({key: value for key, value in request.extra.items() if key in SHARED_SETTINGS})
        if request.json_schema is not None and not (self._info.grammars and request.grammar is not None):
            schema = {"name": "answer", "schema": dict(request.json_schema)}
            body["response_format"] = {"type": "json_schema", "json_schema": schema}
        return {key: value for key, value in body.items() if key not in self._refused}

    def _do_without(self, error: Exception, body: Mapping[str, Any]) -> bool:
        """Note a setting that this model refuses (some take no temperature); True if that was all."""
        param = str(getattr(error, "param", None))
        if getattr(error, "status_code", None) != 400:
            return False
        unnamed = param not in body and not PROBABILITIES.isdisjoint(body)  # some don't say what they can't do
        if unnamed or param in PROBABILITIES:
            self._refused |= PROBABILITIES
            return True
        if param not in body or param in NEEDED:
            return False
        if param == "max_tokens":
            self._length = "max_completion_tokens"
        else:
            self._refused.add(param)
        return True

    def _may_pass(self, error: Exception) -> bool:
        status = getattr(error, "status_code", None)
        if status is not None:
            return status in AGAIN
        return isinstance(error, (self._library.APIConnectionError, ModelUnreachableError))

    def _pause(self, error: Exception, tries: int) -> float:
        response = getattr(error, "response", None)
        try:
            asked = float(response.headers.get("retry-after")) if response is not None else 0.0
        except (TypeError, ValueError):
            asked = 0.0
        return float(min(max(asked, FIRST_PAUSE * 2.0 ** (tries - 1)), LONGEST_PAUSE))

    def _mapped(self, error: Exception) -> ModelError:
        library, who = self._library, f"{self._info.name} at {self._host}"
        if isinstance(error, ModelError):
            return error
        status = getattr(error, "status_code", None)
        if status in (401, 403):
            return ModelUnreachableError(f"{self._host} refused the API key ({status})")
        if status == 429:
            return ModelUnreachableError(f"{who} is asked too much, or the account has nothing left (429)")
        if status is not None and status >= 500:
            return ModelUnreachableError(f"{who} has failed ({status}): try again later")
        if status is not None:
            return ModelError(f"{who} did not accept the request ({status}): {self._said(error)}")
        if isinstance(error, library.APITimeoutError):
            return ModelUnreachableError(f"{who} did not answer in time")
        if isinstance(error, library.APIConnectionError):
            return ModelUnreachableError(f"{who} can't be reached, or broke off")
        if isinstance(error, library.APIError):
            return ModelUnreachableError(f"{who} broke off: {self._said(error)}")
        return ModelUnreachableError(f"{who} sent something that is no answer ({type(error).__name__})")

    def _said(self, error: Exception) -> str:
        body = getattr(error, "body", None)
        message = body.get("message") if isinstance(body, Mapping) else None
        return " ".join(self._secret.scrub(str(message or "it does not say why")).split())[:200]


def _size_of(model: str) -> Size:
    billions = billions_in(model)
    return size_of(billions) if billions else "large"


def open_openai(rest: str, **settings: Any) -> OpenAIModel:
    """Open the model that a server calls `rest`; the settings are those of `OpenAIModel`."""
    return OpenAIModel(rest, **settings)


def _texts(choice: Mapping[str, Any]) -> Iterator[str]:
    yield choice["delta"]["content"]


def _logprobs_of(choice: Any) -> Any:
    """Return what a choice says of its tokens' probabilities, as plain data; None for nothing."""
    logprobs = getattr(choice, "logprobs", None)
    return logprobs.model_dump() if logprobs is not None else None


def _text_of(content: Any) -> str:
    """Return the text of a piece, which some servers send as a list of parts; parts that are no answer are left out."""
    if isinstance(content, str):
        return content
    if isinstance(content, Mapping):
        spoken = content.get("type", "text") in SPOKEN
        return _text_of(content.get("text") or content.get("value") or "") if spoken else ""
    if isinstance(content, Sequence):
        return "".join(map(_text_of, content))
    raise TypeError(f"a piece of text was expected, not {type(content).__name__}")


class _Secret:
    """A key that does not show itself."""

    def __init__(self, key: str | None, needed_by: str | None) -> None:
        key = (key or "").strip()
        if not key and needed_by is not None:
            raise ModelMissingError(f"{needed_by} needs an API key: pass api_key=…")
        if not key.isascii() or not key.isprintable():
            raise ModelError("the API key holds letters or line breaks that no key has: copy it again")
        self._key = key or "none"

    def __repr__(self) -> str:
        return "…"

    def reveal(self) -> str:
        return self._key

    def scrub(self, text: str) -> str:
        return text.replace(self._key, "…")


class _Line:
    """The thread and event loop on which a model's answers are read, and the client they share."""

    def __init__(self, library: Any, url: str, secret: _Secret, timeout: float, local: bool) -> None:
        unsaid = library.Omit()  # what the package would else read from the environment
        self.client = library.AsyncOpenAI(
            base_url=url,
            api_key=secret.reveal(),
            timeout=library.Timeout(timeout, connect=min(timeout, 5.0)),
            max_retries=0,
            default_headers={"OpenAI-Organization": unsaid, "OpenAI-Project": unsaid},
            http_client=library.DefaultAsyncHttpxClient(trust_env=False) if local else None,
        )
        self._loop = asyncio.new_event_loop()
        self._lock = threading.Lock()
        self._closed = False
        self._thread = threading.Thread(target=self._loop.run_forever, name="npc-openai", daemon=True)
        self._thread.start()

    def start(self, answer: Coroutine[Any, Any, None]) -> Future[None]:
        with self._lock:
            if self._closed:
                answer.close()
                raise ModelError("this model is closed")
            return asyncio.run_coroutine_threadsafe(answer, self._loop)

    def close(self) -> None:
        with self._lock:
            if self._closed:
                return
            self._closed = True
        asyncio.run_coroutine_threadsafe(self._hang_up(), self._loop).result(timeout=10)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(timeout=10)
        self._loop.close()

    async def _hang_up(self) -> None:
        await self._ended(cancel=True)
        await self._loop.shutdown_asyncgens()  # older versions of the package leave some half-read
        await self._ended(cancel=False)
        await self.client.close()

    async def _ended(self, *, cancel: bool) -> None:
        await asyncio.sleep(0)  # what was only scheduled becomes a task
        tasks = asyncio.all_tasks() - {asyncio.current_task()}
        for task in tasks if cancel else ():
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


def _import_library() -> Any:
    try:
        import openai
    except ImportError as error:
        raise ModelMissingError(
            f"a model on a server needs a package that can't be imported ({error}): pip install openai"
        ) from None
    return openai


def _host_of(url: str) -> str:
    """Return the host and port of `url` for messages, without a user name or password that may stand in it."""
    try:
        parts = urlsplit(url)
        port = f":{parts.port}" if parts.port else ""
    except ValueError:
        parts, port = urlsplit(""), ""
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ModelError("base_url must be an address such as http://127.0.0.1:8080/v1")
    return parts.hostname + port


def _is_loopback(url: str) -> bool:
    host = urlsplit(url).hostname or ""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
