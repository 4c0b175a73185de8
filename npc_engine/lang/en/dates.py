"""Which stretch of time an English question names: 3 May, in April, last week, yesterday."""

from __future__ import annotations

import re
from datetime import datetime

from npc_engine.lang.days import Period, day_of, days_before, last_week

_MONTHS = "january february march april may june july august september october november december".split()
_MONTH = "|".join(_MONTHS)
_DAY_MONTH = re.compile(rf"\b(\d{{1,2}})(?:st|nd|rd|th)?(?: of)? ({_MONTH})\b(?:,? (\d{{3,4}})\b)?")
_MONTH_DAY = re.compile(rf"\b({_MONTH}) (\d{{1,2}})(?:st|nd|rd|th)?\b(?:,? (\d{{3,4}})\b)?")
_MONTH_ONLY = re.compile(rf"\b(?:in|of|last|this|during) ({_MONTH})\b(?:,? (\d{{3,4}})\b)?")
_DAYS_AGO = {"yesterday": 1, "last night": 1, "today": 0, "this morning": 0}
_AGO = re.compile(r"\b(\d+|two|three|four|five|six|seven) days ago\b")
_NUMBERS = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7}


def period(text: str, now: datetime) -> Period | None:
    """Return the stretch of time that a folded text names; None where it names none."""
    if matched := _DAY_MONTH.search(text):
        return day_of(matched[3], _MONTHS.index(matched[2]) + 1, int(matched[1]), now)
    if matched := _MONTH_DAY.search(text):
        return day_of(matched[3], _MONTHS.index(matched[1]) + 1, int(matched[2]), now)
    if matched := _MONTH_ONLY.search(text):
        return day_of(matched[2], _MONTHS.index(matched[1]) + 1, None, now)
    for words, days in _DAYS_AGO.items():
        if words in text:
            return days_before(now, days)
    if matched := _AGO.search(text):
        return days_before(now, _NUMBERS.get(matched[1]) or int(matched[1]))
    return last_week(now) if "last week" in text else None
