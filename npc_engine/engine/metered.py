"""The model as one turn sees it: what it uses is booked, and it is not waited for once it is out of reach."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from typing import Any, TypeVar

from npc_engine.engine.circuit import Circuit
from npc_engine.engine.ledger import Account
from npc_engine.errors import ModelError, ModelUnreachableError
from npc_engine.models import LanguageModel, ModelInfo, Preparable, Request, Usage
from npc_engine.models.relay import GLANCE
from npc_engine.models.trial import small_request
from npc_engine.models.usage import about

T = TypeVar("T")

_END: Any = object()


class MeteredModel:
    """A language model on the account of a turn, behind a circuit breaker. `trouble` is what went wrong last."""

    def __init__(self, model: LanguageModel, account: Account, circuit: Circuit) -> None:
        self._model = model
        self._account = account
        self._circuit = circuit
        self.trouble: ModelError | None = None

    @property
    def info(self) -> ModelInfo:
        """What the model is."""
        return self._model.info

    def refusal(self) -> ModelError | None:
        """Return why the model may not be asked in this turn; None where it may."""
        return self._circuit.reason() or self._account.refusal(self.info.name)

    def stream(self, request: Request, cancel: threading.Event) -> Iterator[str]:
        """Yield the model's answer; see `LanguageModel`.

        Raises:
            BudgetError: it might use more than is left.
            ModelError: it fails, or is found to be out of reach while nothing was heard of it.
        """
        call = _Call(self._account, self.info.name, request)
        stopped = _Either(cancel, self._circuit.broken)
        pieces: Iterator[str] = iter(())
        try:
            pieces = self._noted(lambda: self._model.stream(call.request, stopped))
            while (piece := self._noted(lambda: next(pieces, _END))) is not _END:
                stopped.heard()
                call.heard(piece)
                yield piece
            self._see_to(stopped, cancel)
        finally:
            if isinstance(pieces, Generator):
                with suppress(Exception):
                    pieces.close()
            call.end()

    def choose(self, request: Request, options: Sequence[str], cancel: threading.Event) -> list[float]:
        """Return the share of each option; see `LanguageModel`.

        It is asked in passing, with little time, behind whatever else the model is busy with. So that it was too slow
        is no trouble, nor a sign that it is out of reach: the answer itself shows that.

        Raises:
            BudgetError: it might use more than is left.
            ModelError: it fails, or is found to be out of reach.
        """
        call = _Call(self._account, self.info.name, request)
        stopped = _Either(cancel, self._circuit.broken)
        try:
            shares = self._noted(lambda: self._model.choose(call.request, options, stopped), in_passing=True)
            self._see_to(stopped, cancel)
            return shares
        finally:
            call.end()

    def close(self) -> None:
        """Leave the model open: it is not the turn's."""

    def _noted(self, ask: Callable[[], T], *, in_passing: bool = False) -> T:
        """Return what the model gives, and note where it fails."""
        try:
            return ask()
        except ModelError as error:
            if in_passing and isinstance(error, ModelUnreachableError) and error.wait is None:
                raise
            self.trouble = error
            self._circuit.failed(error)
            raise

    def _see_to(self, stopped: _Either, cancel: threading.Event) -> None:
        """Note that the model answered; raise why it did not, where it was given up."""
        if stopped.is_set() and not cancel.is_set():
            self.trouble = self._circuit.reason() or ModelError(f"{self.info.name} was given up")
            raise self.trouble
        if not cancel.is_set():
            self._circuit.worked()


def try_out(model: LanguageModel, account: Account, cancel: threading.Event) -> None:
    """Ask a model something small, so that it finds out how it has to be asked, and see that it answers.

    Raises:
        BudgetError: nothing is left to ask it with.
        ModelError: it can't answer.
    """
    if refusal := account.refusal(model.info.name):
        raise refusal

    def book(usage: Usage) -> None:
        account.book(model.info.name, replace(usage, calls=1, estimated=not usage.tokens))

    if isinstance(model, Preparable):
        model.prepare(cancel, book)
    else:
        for _ in model.stream(small_request(book), cancel):
            pass


class _Call:
    """One call while it runs: it is booked with what the model tells, or else with what can be guessed."""

    def __init__(self, account: Account, model: str, request: Request) -> None:
        self._account = account
        self._model = model
        self._began = time.monotonic()
        self._asked = sum(about(message.content) for message in request.messages)
        self._answered = 0
        self._told: Usage | None = None
        need = Usage(1, tokens_in=self._asked, tokens_out=request.max_tokens)
        self._id = account.ledger.begin(account, account.ledger.priced(model, need))
        self.request = replace(request, tell=self._tell)

    def heard(self, piece: str) -> None:
        """Note a piece of the answer."""
        self._answered += about(piece) if isinstance(piece, str) else 0

    def end(self) -> None:
        """Book what was used."""
        guess = Usage(tokens_in=self._asked, tokens_out=self._answered, estimated=True)
        told = self._told if self._told is not None and self._told.tokens else guess
        used = replace(told, calls=1, seconds=time.monotonic() - self._began)
        self._account.ledger.end(self._id, self._account.ledger.priced(self._model, used))

    def _tell(self, usage: Usage) -> None:
        self._told = usage


class _Either(threading.Event):
    """Is set when nobody waits for an answer any more, or the model is out of reach before anything was `heard`."""

    def __init__(self, cancel: threading.Event, broken: threading.Event) -> None:
        super().__init__()
        self._cancel = cancel
        self._broken: threading.Event | None = broken

    def heard(self) -> None:
        """Wait on, whatever becomes of the model for others."""
        self._broken = None

    def is_set(self) -> bool:
        """Return whether it is no use to go on."""
        return self._cancel.is_set() or (self._broken is not None and self._broken.is_set())

    def wait(self, timeout: float | None = None) -> bool:
        """Wait until it is no use to go on, or `timeout` seconds."""
        ends_at = None if timeout is None else time.monotonic() + timeout
        while not self.is_set():
            left = GLANCE if ends_at is None else min(GLANCE, ends_at - time.monotonic())
            if left <= 0:
                break
            self._cancel.wait(left)
        return self.is_set()
