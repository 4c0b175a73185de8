"""Keeps the books of what the language model used: by NPC and game hour, against the game's budget."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from npc_engine.engine.budget import Budget, Limit
from npc_engine.errors import BudgetError
from npc_engine.models import Usage
from npc_engine.models.troubles import trouble, worded
from npc_engine.text import languages

NOBODY = ""
"""Whose the calls are that no NPC made: finding out what a server can do, and whether it is back."""


@dataclass(frozen=True, slots=True)
class UsageReport:
    """What the model used since the engine was opened: in all, and by the NPC who spoke ("" for none)."""

    total: Usage
    by_npc: Mapping[str, Usage]

    def as_dict(self) -> dict[str, Any]:
        """Return it as plain data for JSON."""
        return self.total.as_dict() | {"by_npc": {npc: usage.as_dict() for npc, usage in self.by_npc.items()}}


class Ledger:
    """What was used, and what is being used now, by all who speak."""

    def __init__(self, budget: Budget | None) -> None:
        self.budget = budget or Budget()
        self._lock = threading.Lock()
        self._by_npc: dict[str, Usage] = {}
        self._by_hour: dict[tuple[datetime, str], Usage] = {}
        self._running: dict[int, tuple[Account, Usage]] = {}
        self._calls = 0

    def account(self, npc: str, name: str, now: datetime) -> Account:
        """Return the account of a turn in which an NPC, called `name`, may use the model."""
        return Account(self, npc, name, now.replace(minute=0, second=0, microsecond=0))

    def report(self) -> UsageReport:
        """Return what was used so far."""
        with self._lock:
            by_npc = dict(self._by_npc)
        return UsageReport(sum(by_npc.values(), Usage()), by_npc)

    def priced(self, model: str, usage: Usage) -> Usage:
        """Return a use of a model with what it costs."""
        prices = self.budget.prices.get(model)
        return replace(usage, money=prices.of(usage)) if prices else usage

    def begin(self, account: Account, need: Usage) -> int:
        """Note that an account is about to use as much as `need`, and give what `end` wants to know the call by.

        Raises:
            BudgetError: that might be more than the budget has.
        """
        with self._lock:
            if error := self._exceeded(account, need):
                raise error
            self._calls += 1
            self._running[self._calls] = (account, need)
            return self._calls

    def end(self, call: int, usage: Usage) -> None:
        """Note what a call used in the end."""
        with self._lock:
            account, _ = self._running.pop(call)
            self._book(account, usage)

    def book(self, account: Account, usage: Usage) -> None:
        """Note what was used outside of any call that was begun."""
        with self._lock:
            self._book(account, usage)

    def _book(self, account: Account, usage: Usage) -> None:
        account.spent += usage
        at = (account.hour, account.npc)
        self._by_hour[at] = self._by_hour.get(at, Usage()) + usage
        self._by_npc[account.npc] = self._by_npc.get(account.npc, Usage()) + usage

    def refusal(self, account: Account, model: str) -> BudgetError | None:
        """Return why an account may not use a model at all now; None where it may."""
        if self.budget.in_money and model not in self.budget.prices:
            return trouble(BudgetError, "no_price", name=model)
        with self._lock:
            return self._exceeded(account, Usage(calls=1, tokens_in=1))

    def _exceeded(self, account: Account, need: Usage) -> BudgetError | None:
        running = [(one, reserved) for one, reserved in self._running.values() if one.hour == account.hour]
        here = {npc: usage for (hour, npc), usage in self._by_hour.items() if hour == account.hour}
        mine = sum((reserved for one, reserved in running if one.npc == account.npc), here.get(account.npc, Usage()))
        everyone = sum((reserved for _, reserved in running), sum(here.values(), Usage()))
        turn = sum((reserved for one, reserved in running if one is account), account.spent)
        budget, until = self.budget, f"{account.hour + timedelta(hours=1):%H:%M}"
        scopes = (
            ("budget_turn", budget.turn, turn),
            ("budget_npc", budget.npc, mine),
            ("budget_hour", budget.hour, everyone),
        )
        for key, limit, used in scopes:
            if which := limit.exceeded_by(used + need):
                return _used_up(key, limit, which, name=account.name, until=until)
        return None


@dataclass(eq=False, slots=True)
class Account:
    """What one turn uses, and on whose account: the NPC's, in a game hour."""

    ledger: Ledger
    npc: str
    name: str
    hour: datetime
    spent: Usage = field(default_factory=Usage)

    def refusal(self, model: str) -> BudgetError | None:
        """Return why this turn may not use a model; None where it may."""
        return self.ledger.refusal(self, model)

    def book(self, model: str, usage: Usage) -> None:
        """Note a use of a model that no turn waits for."""
        self.ledger.book(self, self.ledger.priced(model, usage))


def _used_up(key: str, limit: Limit, which: str, **slots: str) -> BudgetError:
    most = worded(f"limit.{which}", many=f"{getattr(limit, which):g}")
    told = {language: worded(key, limit=most[language], **slots)[language] for language in languages()}
    error = trouble(BudgetError, key, limit=next(iter(most.values())), **slots)
    error.worded = told
    return error
