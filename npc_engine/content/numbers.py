"""The number of what an author is told: what `npc check` prints behind a message, and the writers' page explains."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from npc_engine.errors import Mistake
from npc_engine.packaged import packaged_yaml

ADVICE = "advice: "
"""What stands before a message that may be left as it is."""
_ANYTHING = re.compile("<…>")


@dataclass(frozen=True, slots=True)
class Numbered:
    """A kind of message: its number, what it is like (<…> stands for anything), and what to do, by language."""

    number: str
    like: str
    en: str
    zh: str

    @property
    def pattern(self) -> str:
        """A regular expression for such messages."""
        return ".*?".join(map(re.escape, _ANYTHING.split(self.like)))

    @property
    def told(self) -> int:
        """How many characters of such a message are always there."""
        return len(_ANYTHING.sub("", self.like))

    def __str__(self) -> str:
        anchor, like = f'<a id="{self.number.lower()}"></a>', _ANYTHING.sub("…", self.like)
        return f"| {anchor}{self.number} | {like} | {self.en} | {self.zh} |".replace("owes|owe", "owes\\|owe")


@cache
def numbered() -> Sequence[Numbered]:
    """Return every kind of message, in the order of the page."""
    return tuple(Numbered(**entry) for entry in packaged_yaml("npc_engine.content", "messages.yaml"))


def number_of(message: str) -> str:
    """Return the number of a message: that of the kind which says most of it; empty where none does."""
    found = [one for one in numbered() if re.match(one.pattern, message)]
    return max(found, key=lambda one: one.told).number if found else ""


def with_number(mistake: Mistake) -> str:
    """Return a mistake, or a piece of advice, as a line with its number: `world/places.yaml:3:7: … [E301]`."""
    number = number_of(mistake.message.removeprefix(ADVICE))
    return f"{mistake} [{number}]" if number else str(mistake)


def table() -> str:
    """Return the table of all of them, in Markdown."""
    head = ["| Number · 号码 | Message · 报错 | What to do | 怎么办 |", "|---|---|---|---|"]
    return "\n".join([*head, *map(str, numbered())]) + "\n"
