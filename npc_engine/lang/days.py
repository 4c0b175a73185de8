"""Stretches of days, as languages speak of them: yesterday, three days ago, last week."""

from __future__ import annotations

from calendar import monthrange
from datetime import datetime

Period = tuple[datetime, datetime]
"""A stretch of time: from, and until."""
_ENDS = (datetime.min, datetime.max)


def days_before(now: datetime, ago: int, long: int = 1) -> Period:
    """Return so many whole days, the first of them so long ago; at the ends of the calendar what there is of them."""
    today = now.toordinal()

    def midnight(day: int) -> datetime:
        return datetime.fromordinal(day) if 1 <= day <= datetime.max.toordinal() else _ENDS[day > 1]

    return midnight(today - ago), midnight(today - ago + long)


def last_week(now: datetime) -> Period:
    """Return the week before the one of `now`, from Monday to Monday."""
    return days_before(now, now.weekday() + 7, 7)


def day_of(year: str | None, month: int, day: int | None, now: datetime) -> Period | None:
    """Return a date, or a month where `day` is None; without a year the latest that is not after `now`."""
    try:
        begins = datetime(int(year) if year else now.year, month, day or 1)
        if not year and begins > now:
            begins = begins.replace(year=now.year - 1)
        return days_before(begins, 0, 1 if day else monthrange(begins.year, month)[1])
    except (ValueError, OverflowError):
        return None  # the thirtieth of February
