"""The connection to a server that speaks OpenAI's chat completions, and the key that it needs.

Answers are read by one background thread with an event loop, because only there can a connection be dropped
at any moment: while connecting, while the server thinks, or between two words. The API key appears in no text
that leaves this file.
"""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import AsyncGenerator, Coroutine, Mapping
from concurrent.futures import Future
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

from npc_engine.errors import ModelError, ModelMissingError
from npc_engine.models.troubles import trouble

NEEDED = ("model", "messages")

DONE = "[DONE]"


class ServerSaidError(Exception):
    """What a server said went wrong, in the midst of an answer; `body` is how it said it."""

    def __init__(self, body: Mapping[str, Any]) -> None:
        self.body = body
        super().__init__("the server said that something went wrong")


class Secret:
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
        """Return the key, for the client alone."""
        return self._key

    def scrub(self, text: str) -> str:
        """Return a text without the key."""
        return text.replace(self._key, "…")


class Connection:
    """The thread and event loop on which a model's answers are read, and the client they share."""

    def __init__(self, library: Any, url: str, secret: Secret, timeout: float, local: bool) -> None:
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

    async def events(self, body: Mapping[str, Any]) -> AsyncGenerator[Any, None]:
        """Yield what a server sends in answer to a chat completion, piece by piece; last `DONE`, if it says so.

        Raises:
            Exception: of the library's, where the server refuses or can't be reached; a ValueError for what is no JSON.
        """
        asked = {key: body[key] for key in NEEDED}
        more = {key: value for key, value in body.items() if key not in NEEDED}
        create = self.client.chat.completions.with_streaming_response.create
        async with create(**asked, stream=True, extra_body=more) as response:
            rest, other = b"", b""
            async for data in response.iter_bytes():
                *lines, rest = (rest + data).split(b"\n")
                for line in lines:
                    if line.startswith(b"data:"):
                        yield _event(line)
                    elif not line.startswith((b"event:", b"id:", b"retry:", b":")):
                        other += line
            if rest.startswith(b"data:"):
                yield _event(rest)
            elif (other + rest).strip().startswith(b"{"):  # a server that sends no pieces
                yield _event(other + rest)

    def start(self, answer: Coroutine[Any, Any, None]) -> Future[None]:
        """Begin to read an answer on the thread; cancelling the future drops its connection.

        Raises:
            ModelError: the connection is closed.
        """
        with self._lock:
            if self._closed:
                answer.close()
                raise trouble(ModelError, "closed")
            return asyncio.run_coroutine_threadsafe(answer, self._loop)

    def close(self) -> None:
        """Drop every connection and let the thread end."""
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


def _event(line: bytes) -> Any:
    """Return what a line of an event stream holds.

    Raises:
        ServerSaidError: it says that something went wrong.
        ValueError: it is no JSON.
    """
    text = line.removeprefix(b"data:").strip()
    if text == DONE.encode():
        return DONE
    event = json.loads(text)
    if isinstance(event, Mapping) and event.get("error"):
        raise ServerSaidError(event)
    return event


def import_library() -> Any:
    """Return the package `openai`.

    Raises:
        ModelMissingError: it can't be imported.
    """
    try:
        import openai
    except ImportError as error:
        raise ModelMissingError(
            f"a model on a server needs a package that can't be imported ({error}): pip install openai"
        ) from None
    return openai


def host_of(url: str) -> str:
    """Return the host and port of `url` for messages, without a user name or password that may stand in it."""
    try:
        parts = urlsplit(url)
        port = f":{parts.port}" if parts.port else ""
    except ValueError:
        parts, port = urlsplit(""), ""
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ModelError("base_url must be an address such as http://127.0.0.1:8080/v1")
    return parts.hostname + port


def is_loopback(url: str) -> bool:
    """Return whether a server is on this machine."""
    host = urlsplit(url).hostname or ""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
