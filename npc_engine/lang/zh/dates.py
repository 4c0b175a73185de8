"""Which stretch of time a Chinese question names: 三月五日, 昨天, 上个星期."""

from __future__ import annotations

import re
from datetime import datetime

from npc_engine.lang.days import Period, day_of, days_before, last_week

_DATE = re.compile(
    r"(?:(\d{3,4})年)?([\d一二三四五六七八九十]{1,2})月(?:初?([\d一二三四五六七八九十廿]{1,3})(?:日|号|$|[^个年月天]))?"
)
_DIGITS = {character: value for value, character in enumerate("〇一二三四五六七八九十")}
_DAYS_AGO = {"昨": 1, "前天": 2, "今天": 0, "今早": 0}
_AGO = re.compile(r"([\d一二两三四五六七八九十]+)天(?:以)?前")
_WEEKS = ("上周", "上星期", "上个星期")


def period(text: str, now: datetime) -> Period | None:
    """Return the stretch of time that a folded text names; None where it names none."""
    if matched := _DATE.search(text):
        return day_of(matched[1], _number(matched[2]), _number(matched[3]) if matched[3] else None, now)
    for words, days in _DAYS_AGO.items():
        if words in text:
            return days_before(now, days)
    if matched := _AGO.search(text):
        return days_before(now, _number(matched[1]))
    return last_week(now) if any(words in text for words in _WEEKS) else None


def _number(written: str) -> int:
    """Return a number to 99 that is written in digits or in characters."""
    if written.isdecimal():
        return int(written)
    tens, ten, ones = written.replace("两", "二").replace("廿", "二十").rpartition("十")
    return (_DIGITS.get(tens, 1) * 10 if ten else 0) + _DIGITS.get(ones, 0)
