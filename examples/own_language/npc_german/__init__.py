"""German as a stranger's package would bring it: enough to greet, to be told and to be asked."""

from __future__ import annotations

import re
from datetime import datetime

from npc_engine.lang import LanguagePack, Period
from npc_engine.lang.days import day_of, days_before

_STATIVE = re.compile(r"\{(ist|war)\||\b(ist|war) ")
_PARTICIPLE = re.compile(r"(ge\w+(t|en)|(be|er|ver|zer)\w+(t|en))$")


class German(LanguagePack):
    """German: every noun has a capital, and verbs go to the end."""

    code = "de"
    name = "German"
    capitals_are_names = False
    comma, last_comma = ", ", " und "
    articles = ("die ", "der ", "das ", "den ", "dem ")
    snowball = "german"

    def is_inflected(self, word: str) -> bool:
        return word.endswith(("t", "en", "st", "te"))

    def is_past(self, word: str) -> bool:
        return self.is_participle(word)

    def is_participle(self, word: str) -> bool:
        return bool(_PARTICIPLE.search(word))

    def is_stative(self, wording: str) -> bool:
        return bool(_STATIVE.search(wording))

    def owner_in(self, noun: str, wording: str) -> str | None:
        owned = re.search(rf"{re.escape(noun)}\w* von \{{(subject|object)\}}", wording.casefold())
        return owned[1] if owned else super().owner_in(noun, wording.casefold())

    def possessive(self, name: str) -> str:
        return f"{name}s"

    def number(self, number: int) -> str:
        small: list[str] = self.wording["numbers"]
        return small[number] if 0 <= number < len(small) else str(number)

    def period(self, text: str, now: datetime) -> Period | None:
        months = "|".join(month.casefold() for month in self.wording["months"])
        if found := re.search(rf"\b(\d{{1,2}})\. ({months})\b(?: (\d{{3,4}})\b)?", text):
            return day_of(found[3], months.split("|").index(found[2]) + 1, int(found[1]), now)
        return days_before(now, 1) if "gestern" in text else None
