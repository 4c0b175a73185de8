"""The llama.cpp server behind an embedded model, and the threads that listen to it.

llama.cpp always listens somewhere for other programs. It is given a socket file that is gone once it runs,
or, on Windows, a port with a key nobody knows.
"""

from __future__ import annotations

import os
import secrets
import shutil
import tempfile
import threading
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any, TypeVar

from npc_engine.errors import ModelError
from npc_engine.models.relay import Relay
from npc_engine.models.troubles import trouble
from npc_engine.models.usage import Usage, usage_of

T = TypeVar("T")

LEAVE_AFTER = 10.0
"""Seconds that closing waits for answers to let go."""


def start_server(library: Any, params: Any, path: Path) -> Any:
    """Return the `xllamacpp.Server` for `params`, which nothing outside this process can talk to.

    Raises:
        ModelError: llama.cpp can't load the model file at `path`.
    """
    params.api_keys = [secrets.token_urlsafe(32)]
    socket_folder = tempfile.mkdtemp(prefix="npc-")  # open to this user only
    socket = Path(socket_folder) / "s.sock"
    if os.name == "posix" and len(os.fsencode(socket)) < 100:  # the system's own bound is 104 or 108
        params.hostnames = [str(socket)]
    try:
        server = library.Server(params)
        # Its loop may not have begun yet, and if it were freed before, its destructor would wait for the loop for
        # ever, holding the interpreter's lock. One token answered is proof that it runs.
        server.handle_completions({"prompt": "a", "n_predict": 1, "cache_prompt": False})
        return server
    except RuntimeError:
        raise ModelError(
            f"llama.cpp can't load {path}: it is damaged or cut off, of a kind this xllamacpp does not know, "
            f"or too large for the memory"
        ) from None
    finally:
        shutil.rmtree(socket_folder, ignore_errors=True)


class RunningServer:
    """A llama.cpp server and the threads that listen to it; `name` and `context` are for messages."""

    def __init__(self, server: Any, name: str, context: int) -> None:
        self._server = server
        self._name = name
        self._context = context
        self._closing = threading.Event()
        self._lock = threading.Lock()
        self._threads: set[threading.Thread] = set()

    def ask(
        self,
        body: dict[str, Any],
        relay: Relay[T],
        read: Callable[[Mapping[str, Any]], Iterable[T]],
        tell: Callable[[Usage], None] | None = None,
    ) -> None:
        """Have the chat completion `body` answered into `relay`, on a thread of its own.

        `read` returns what a choice of an answer's chunk holds for who reads the relay; `tell` is called with what a
        whole answer took.

        Raises:
            ModelError: the server is closed.
        """
        with self._lock:
            if self._server is None:
                raise ModelError(f"{self._name} is closed")
            thread = threading.Thread(
                target=self._listen, args=(self._server, body, relay, read, tell), name="npc-llama", daemon=True
            )
            self._threads.add(thread)
            thread.start()

    def close(self) -> None:
        """Make every answer stop, wait until they have, and free the server."""
        self._closing.set()
        with self._lock:
            server, self._server = self._server, None
            threads = tuple(self._threads)
        for thread in threads:
            if thread is not threading.current_thread():
                thread.join(LEAVE_AFTER)
        del server  # its destructor stops llama.cpp's own threads

    def _listen(
        self,
        server: Any,
        body: dict[str, Any],
        relay: Relay[T],
        read: Callable[[Mapping[str, Any]], Iterable[T]],
        tell: Callable[[Usage], None] | None,
    ) -> None:
        usage = Usage()

        def hear(chunk: dict[str, Any]) -> bool:
            """Pass a piece on; True tells llama.cpp to stop."""
            if relay.stopped.is_set() or self._closing.is_set():
                return True
            if "error" in chunk:
                relay.end(self._error(chunk["error"]))
                return True
            nonlocal usage
            usage = usage_of(chunk, usage)
            for choice in chunk.get("choices", ()):
                for piece in read(choice):
                    relay.give(piece)
            return False

        try:
            server.handle_chat_completions(body, hear)
        except Exception as error:  # what C++ throws arrives as ValueError, RuntimeError and others
            relay.end(ModelError(f"{self._name} can't answer this: {' '.join(str(error).split())[:300]}"))
        else:
            if tell is not None and usage != Usage():
                tell(usage)
            relay.end(trouble(ModelError, "closed_speaking", who=self._name) if self._closing.is_set() else None)
        finally:
            del server
            with self._lock:
                self._threads.discard(threading.current_thread())

    def _error(self, error: Mapping[str, Any]) -> ModelError:
        if error.get("type") == "exceed_context_size_error":
            return ModelError(
                f"the prompt is {error.get('n_prompt_tokens')} tokens long and {self._name} was opened for "
                f"{self._context}: shorten it, or open the model with a larger context="
            )
        return ModelError(f"{self._name} can't answer this: {error.get('message', 'it does not say why')}")
