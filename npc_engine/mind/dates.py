"""Which stretch of time a question names: 3 May, in April, last week, 三月五日, 昨天."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import datetime

from npc_engine.text import fold

_MONTHS = "january february march april may june july august september october november december".split()
_MONTH = "|".join(_MONTHS)
_DAY_MONTH = re.compile(rf"\b(\d{{1,2}})(?:st|nd|rd|th)?(?: of)? ({_MONTH})\b(?:,? (\d{{3,4}})\b)?")
_MONTH_DAY = re.compile(rf"\b({_MONTH}) (\d{{1,2}})(?:st|nd|rd|th)?\b(?:,? (\d{{3,4}})\b)?")
_MONTH_ONLY = re.compile(rf"\b(?:in|of|last|this|during) ({_MONTH})\b(?:,? (\d{{3,4}})\b)?")
_CHINESE = re.compile(
    r"(?:(\d{3,4})年)?([\d一二三四五六七八九十]{1,2})月(?:初?([\d一二三四五六七八九十廿]{1,3})(?:日|号|$|[^个年月天]))?"
)
_DIGITS = {character: value for value, character in enumerate("〇一二三四五六七八九十")}

_DAYS_AGO = {"yesterday": 1, "last night": 1, "today": 0, "this morning": 0, "昨": 1, "前天": 2, "今天": 0, "今早": 0}
_AGO = re.compile(r"\b(\d+|two|three|four|five|six|seven) days ago\b|([\d一二两三四五六七八九十]+)天(?:以)?前")
_WEEKS = ("last week", "上周", "上星期", "上个星期")
_NUMBERS = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7}

_ENDS = (datetime.min, datetime.max)

Period = tuple[datetime, datetime]


def period(query: str, now: datetime) -> Period | None:
    """Give the time that a question names, from and until, or None where it names none.

    `now` is what `yesterday` counts from. A date without a year is the latest that is not after `now`.
    """
    text = fold(query)
    if matched := _DAY_MONTH.search(text):
        return _day(matched[3], _MONTHS.index(matched[2]) + 1, int(matched[1]), now)
    if matched := _MONTH_DAY.search(text):
        return _day(matched[3], _MONTHS.index(matched[1]) + 1, int(matched[2]), now)
    if matched := _MONTH_ONLY.search(text):
        return _day(matched[2], _MONTHS.index(matched[1]) + 1, None, now)
    if matched := _CHINESE.search(text):
        return _day(matched[1], _number(matched[2]), _number(matched[3]) if matched[3] else None, now)
    for words, days in _DAYS_AGO.items():
        if words in text:
            return _days_before(now, days, 1)
    if matched := _AGO.search(text):
        return _days_before(now, _NUMBERS.get(matched[1] or "") or _number(matched[1] or matched[2]), 1)
    if any(words in text for words in _WEEKS):
        return _days_before(now, now.weekday() + 7, 7)
    return None


def _days_before(now: datetime, ago: int, long: int) -> Period:
    """Return so many whole days, the first of them so long ago; at the ends of the calendar what there is of them."""
    today = now.toordinal()

    def midnight(day: int) -> datetime:
        return datetime.fromordinal(day) if 1 <= day <= datetime.max.toordinal() else _ENDS[day > 1]

    return midnight(today - ago), midnight(today - ago + long)


def _day(year: str | None, month: int, day: int | None, now: datetime) -> Period | None:
    try:
        begins = datetime(int(year) if year else now.year, month, day or 1)
        if not year and begins > now:
            begins = begins.replace(year=now.year - 1)
        if day:
            return _days_before(begins, 0, 1)
        return _days_before(begins, 0, monthrange(begins.year, month)[1])
    except (ValueError, OverflowError):
        return None  # the thirtieth of February


def _number(written: str) -> int:
    """Give a number to 99 that is written in digits or in Chinese."""
    if written.isdecimal():
        return int(written)
    tens, ten, ones = written.replace("两", "二").replace("廿", "二十").rpartition("十")
    return (_DIGITS.get(tens, 1) * 10 if ten else 0) + _DIGITS.get(ones, 0)
