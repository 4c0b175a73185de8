"""What failures of a server mean: which may pass, how long to wait, and the sentence that says so without the key."""

from __future__ import annotations

import time
from email.utils import parsedate_to_datetime
from typing import Any

from npc_engine.errors import ModelError, ModelUnreachableError
from npc_engine.models.connection import Secret, ServerSaidError
from npc_engine.models.dialect import refusal_of
from npc_engine.models.troubles import trouble, unreachable

AGAIN = frozenset({408, 409, 429, 500, 502, 503, 504, 529})
"""HTTP statuses after which the same request may well succeed."""

FIRST_PAUSE, LONGEST_PAUSE = 0.25, 8.0
"""Seconds to wait before the first try again; twice as long before each further one, up to the longest."""

WORTH_WAITING = 2.0
"""Seconds that a server may ask for before the next try; a player waits for no more."""

A_WHILE, LONG = 5.0, 60.0
"""Seconds for which a server that can't be reached, and one that wants no more of us, is not asked again."""


class Failures:
    """Words the failures of one model, `who`, on one host."""

    def __init__(self, library: Any, secret: Secret, host: str, who: str) -> None:
        self._library = library
        self._secret = secret
        self._host = host
        self.who = who

    def may_pass(self, error: Exception) -> bool:
        """Return whether the same request may succeed if it is put again soon."""
        status = getattr(error, "status_code", None)
        if status is not None:
            return status in AGAIN
        return isinstance(error, self._library.APIConnectionError | ModelUnreachableError) or _of_transport(error)

    def mapped(self, error: Exception) -> ModelError:
        """Return an error in the engine's own terms."""
        library, who = self._library, self.who
        if isinstance(error, ModelError):
            return error
        status = getattr(error, "status_code", None)
        if status in (401, 403):
            return unreachable("key_refused", LONG, host=self._host, status=status)
        if status == 429:
            seconds = retry_after(error)
            if seconds > WORTH_WAITING:
                return unreachable("too_many_for", seconds, who=who, seconds=f"{seconds:.0f}")
            return unreachable("too_many", A_WHILE, who=who)
        if status is not None and status >= 500:
            return unreachable("failed", retry_after(error) or None, who=who, status=status)
        if status is not None:
            return trouble(ModelError, "not_accepted", who=who, status=status, said=self.said(error))
        if isinstance(error, library.APITimeoutError):
            return unreachable("late", A_WHILE, who=who)
        if isinstance(error, library.APIConnectionError):
            return unreachable("unreachable", A_WHILE, who=who)
        if isinstance(error, library.APIError | ServerSaidError):
            return unreachable("broke_off_saying", who=who, said=self.said(error))
        if _of_transport(error):
            return unreachable("unreachable", who=who)
        return unreachable("no_answer", who=who, kind=type(error).__name__)

    def said(self, error: Exception) -> str:
        """Return what a server said, in one line and without the key."""
        message = refusal_of(getattr(error, "body", None)).message
        return self._secret.scrub(message or "it does not say why")[:200]


def _of_transport(error: Exception) -> bool:
    """Return whether an error is of the library beneath, as while an answer is read."""
    return type(error).__module__.startswith(("httpx", "httpcore"))


def retry_after(error: Exception) -> float:
    """Return the seconds after which a server wants to be asked again; 0.0 where it names none."""
    response = getattr(error, "response", None)
    named = response.headers.get("retry-after") if response is not None else None
    try:
        return max(float(named or 0), 0.0)
    except ValueError:
        pass
    try:
        return max(parsedate_to_datetime(str(named)).timestamp() - time.time(), 0.0)
    except (TypeError, ValueError):
        return 0.0
