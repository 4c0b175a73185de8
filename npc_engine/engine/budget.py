"""What a game lets its language model use, and what that costs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields

from npc_engine.errors import ArgumentError
from npc_engine.models import Usage


@dataclass(frozen=True, slots=True)
class Prices:
    """What a million tokens of a model cost, in any one currency: read, read again from a cache, and written.

    Where `cached` is not told, what was read before costs as much as what is new.
    """

    tokens_in: float
    tokens_out: float
    cached: float | None = None

    def of(self, usage: Usage) -> float:
        """Return what was used costs."""
        again = self.tokens_in if self.cached is None else self.cached
        new = max(usage.tokens_in - usage.cached, 0)
        return (new * self.tokens_in + usage.cached * again + usage.tokens_out * self.tokens_out) / 1_000_000


@dataclass(frozen=True, slots=True)
class Limit:
    """The most that may be used of each; None is no limit."""

    calls: int | None = None
    tokens: int | None = None
    money: float | None = None

    def __post_init__(self) -> None:
        for one in fields(self):
            given = getattr(self, one.name)
            if given is not None and not (isinstance(given, int | float) and given >= 0):
                raise ArgumentError(f"a limit of {one.name} is a number from 0 on, or None, not {given!r}")

    def exceeded_by(self, usage: Usage) -> str:
        """Return which limit some use would exceed: `calls`, `tokens`, `money` or none of them."""
        used = {"calls": usage.calls, "tokens": usage.tokens, "money": usage.money}
        for name, amount in used.items():
            most = getattr(self, name)
            if most is not None and amount > most:
                return name
        return ""


@dataclass(frozen=True, slots=True)
class Budget:
    """What the language model may use: in a `turn`, for one `npc` in a game hour, and for all in a game `hour`.

    A call that might exceed one of them is not made: code words the line instead, and `Line.trouble` says so. `prices`
    are by the name of a model; limits of money need them.

    Raises:
        ArgumentError: a limit is no number, or money is limited without any prices.
    """

    turn: Limit = field(default_factory=Limit)
    npc: Limit = field(default_factory=Limit)
    hour: Limit = field(default_factory=Limit)
    prices: Mapping[str, Prices] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.in_money and not self.prices:
            raise ArgumentError(
                "a budget in money needs prices: Budget(prices={'NAME': Prices(tokens_in=…, tokens_out=…)})"
            )

    @property
    def in_money(self) -> bool:
        """Whether money is limited."""
        return any(limit.money is not None for limit in (self.turn, self.npc, self.hour))
