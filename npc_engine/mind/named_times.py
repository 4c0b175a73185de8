"""Which stretch of time a question names, in any language: 3 May, in April, last week, 三月五日, 昨天."""

from __future__ import annotations

from datetime import datetime

from npc_engine.lang import Period, registry
from npc_engine.text import fold


def period(query: str, now: datetime) -> Period | None:
    """Return the time that a question names, from and until, or None where it names none.

    `now` is what `yesterday` counts from. A date without a year is the latest that is not after `now`.
    """
    text = fold(query)
    return next((found for one in registry().packs.values() if (found := one.period(text, now))), None)
