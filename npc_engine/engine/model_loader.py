"""The model in use: opened in the background, exchanged while the game runs, closed by the side that opened it."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from os import PathLike, fspath
from typing import Any, Literal

from npc_engine.dialogue.speak.trained import mismatch
from npc_engine.engine.circuit import Circuit
from npc_engine.engine.ledger import Account
from npc_engine.engine.metered import try_out
from npc_engine.engine.workers import GoneError, Workers
from npc_engine.errors import ModelError
from npc_engine.models import LanguageModel, Preparable, Request, SilentModel, Warmable, open_model
from npc_engine.models.troubles import worded
from npc_engine.text import Language

Named = str | PathLike[str]
"""A model as a game names it; see `open_model`."""

CLOSING = 10.0
"""Seconds that closing a model may take."""


@dataclass(frozen=True, slots=True)
class VoiceState:
    """How it stands with the model: `none` is asked for, it is `loading`, `ready`, `paused` or `failed`.

    `name` is the model's, `message` says in one sentence what failed and what to do: also of a model that is ready, but
    without the voice it should have, and of one that is `paused` until it can be reached again. `chosen` says why it is
    this model, where the game left that open (`auto`).
    """

    name: str
    state: Literal["none", "loading", "ready", "paused", "failed"]
    message: str = ""
    chosen: str = ""


class ModelLoader:
    """Opens and holds the model. NPCs go on speaking without one while it loads or when it fails."""

    def __init__(self, spec: Named | LanguageModel, settings: dict[str, Any], account: Callable[[], Account]) -> None:
        """Begin to open a model; what it is asked before anybody talks is booked on an `account`."""
        self._account = account
        self._lock = threading.Lock()
        self._silent = SilentModel()
        self._workers = Workers(1, "voice")
        self._closed = False
        self._reading: set[threading.Event] = set()
        self._future: Future[LanguageModel]
        self._owned = False
        self._name = ""
        self.circuit = Circuit(self._look)
        self._trying = threading.Event()
        self._tried: Future[None] = Future()
        self._tried.set_result(None)
        self.use(spec, settings)

    def use(self, spec: Named | LanguageModel, settings: dict[str, Any]) -> None:
        """Begin to open another model; the one in use is closed when that is done."""
        with self._lock:
            before = getattr(self, "_future", None)
            owned = self._owned
            self._owned = isinstance(spec, str | PathLike)
            self._name = fspath(spec) if isinstance(spec, str | PathLike) else spec.info.name
            self.circuit.close()
            self.circuit = Circuit(self._look)
            self._trying.set()
            self._trying = threading.Event()

            def change() -> LanguageModel:
                try:
                    return open_model(spec, **settings)
                finally:
                    if before is not None and owned:
                        _close(before)

            with suppress(GoneError):  # closed: nobody will speak
                if isinstance(spec, str | PathLike):
                    self._future = self._workers.submit(change)
                else:
                    self._future = Future()
                    self._future.set_result(spec)
                    if before is not None and owned:
                        self._workers.submit(lambda: _close(before))
                if isinstance(spec, str | PathLike | Preparable):
                    self._tried = self._workers.submit(partial(self._try, self._future, self.circuit, self._trying))

    def model(self, timeout: float) -> LanguageModel:
        """Return the model, waiting up to `timeout` seconds for one that is loading; else one that says nothing."""
        try:
            return self._future.result(timeout)
        except Exception:  # too slow, missing, or a fault of its own: `state` says which
            return self._silent

    def trouble(self, language: Language) -> str:
        """Return why there is no model to speak with though one was asked for; empty where there is one."""
        state = self.state(language)
        if state.state == "loading":
            return "" if self._future.done() else worded("opening", name=state.name)[language]
        return state.message if state.state == "failed" else ""

    def state(self, language: Language) -> VoiceState:
        """Return how it stands now, with its message in a language; never waits."""
        future = self._future
        if not future.done() or not self._tried.done():
            return VoiceState(self._name, "loading")
        error = future.exception()
        if error is not None:
            return VoiceState(self._name, "failed", _told(error, language))
        info = future.result().info
        if reason := self.circuit.reason():
            return VoiceState(info.name, "paused", worded("paused", reason=reason.told(language))[language])
        state: Literal["none", "ready"] = "none" if info.size == "none" else "ready"
        return VoiceState(info.name, state, info.note or mismatch(info), info.chosen.get(language, ""))

    def wait(self, timeout: float | None = None) -> None:
        """Wait until the model is ready or has failed."""
        ends_at = None if timeout is None else time.monotonic() + timeout
        with suppress(Exception):
            self._future.result(timeout)
            self._tried.result(None if ends_at is None else max(0.0, ends_at - time.monotonic()))

    def warm(self, start: Callable[[LanguageModel], Request], cancel: threading.Event) -> None:
        """Have the model read the beginning of a request ahead, if it can, in the background."""

        def read() -> None:
            model = self.model(timeout=60)
            if not isinstance(model, Warmable) or self._closed:
                return
            self._reading.add(cancel)
            try:
                with suppress(ModelError):
                    request = start(model)
                    model.warm(request.messages, cancel, voiced=request.voiced)
            finally:
                self._reading.discard(cancel)

        with suppress(GoneError):  # closed: nobody will speak
            self._workers.submit(read)

    def _try(self, future: Future[LanguageModel], circuit: Circuit, cancel: threading.Event) -> None:
        """Have a model that has to find out how it is asked do so, before anybody talks with it."""
        if future.exception() is not None or not isinstance(future.result(), Preparable):
            return
        try:
            try_out(future.result(), self._account(), cancel)
        except ModelError as error:
            if not cancel.is_set():
                circuit.failed(error)

    def _look(self, cancel: threading.Event) -> None:
        """See whether a model that was out of reach is back."""
        try_out(self.model(timeout=0), self._account(), cancel)

    def close(self) -> None:
        """Close the model, if it was opened here, and wait for that.

        A process must not end while a thread is inside a model's native code: that aborts it.
        """
        self._closed = True
        self.circuit.close()
        self._trying.set()
        for cancel in list(self._reading):
            cancel.set()
        with self._lock:
            if self._owned:
                with suppress(GoneError):  # in a forked copy of the game the model is the first one's to close
                    self._workers.submit(lambda: _close(self._future))
            self._workers.close()
        self._workers.join(timeout=CLOSING)


def _close(future: Future[LanguageModel]) -> None:
    with suppress(Exception):  # a model of the game's own may raise whatever it likes
        future.result().close()


def _told(error: BaseException, language: Language) -> str:
    return error.told(language) if isinstance(error, ModelError) else str(error)
