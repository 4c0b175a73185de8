"""How a language counts and compares; the plain defaults of a pack."""

from __future__ import annotations

from npc_engine.lang.deeds import Deeds
from npc_engine.lang.numerals import Numeral, in_digits


class Counting:
    """What of a language pack has to do with numbers, with several of a thing, and with more and most."""

    @property
    def deeds(self) -> Deeds:
        """The words of requests."""
        raise NotImplementedError

    def plural(self, noun: str) -> str:
        """Return a noun as it stands for several; the same where it has no form for that."""
        return noun

    def numerals(self, text: str) -> list[Numeral]:
        """Return the numbers that a folded text names, in order."""
        return in_digits(text)

    def compared(self, adjective: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Return how it is said that something is more so than another, and most so: cheaper, cheapest."""
        return self.deeds.compared(adjective)
