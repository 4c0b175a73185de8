"""A shop: it sells, haggles and buys, and the game has the last word, for the purse is the game's.

Before Odile agrees to anything the till is asked (`allows`); what she agreed to comes as an action with ids and
numbers, which `engine.perform` makes true.

Run it: `python examples/shop/shop.py`
"""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from npc_engine import Action, Engine

CURIOS = Path(__file__).parent / "curios"


class Till:
    """What things cost today, and what the customer can pay."""

    def __init__(self, engine: Engine, purse: int = 50) -> None:
        self.engine, self.purse = engine, purse
        self.agreed: dict[str, int] = {}  # prices that were haggled over

    def price(self, thing: str) -> int:
        """Return what something costs: what was agreed on, or what the world says."""
        for fact in self.engine.ask(thing, "sells_for"):
            return self.agreed.get(thing, int(fact.qualifiers["amount"]))
        return 10  # what the shop gives for anything else

    def cost(self, action: Action) -> int:
        """Return what the customer pays for what is to be done; less than nothing is what they get."""
        if action.name == "haggle":
            return 0
        price = self.price(str(action.params["item"]))
        return price if action.name == "sell" else -price

    def allows(self, action: Action) -> bool | str:
        """Return whether the customer can pay for it, or else what Odile says to that."""
        cost = self.cost(action)
        return cost <= self.purse or f"That is {cost} coins, and you have {self.purse}."

    def settle(self, action: Action) -> str:
        """Do what was agreed on, and return what the player reads of it."""
        thing = str(action.params["item"])
        if action.name == "haggle":
            return self._haggle(thing, int(action.params["price"]))
        self.purse -= self.cost(action)
        self.engine.perform(action)
        return f"{action.text} You have {self.purse} coins."

    def _haggle(self, thing: str, offer: int) -> str:
        """Odile takes what is no less than three quarters of the price, and more gladly from those she likes."""
        least = self.price(thing) * (0.75 - 0.25 * self.engine.feeling("odile").affinity)
        words = f"“{offer}, then,” says Odile." if offer >= least else f"“Not for {offer},” says Odile."
        if offer >= least:
            self.agreed[thing] = offer
        self.engine.record(words, speaker="odile", audience={"odile", "player"})  # she will remember it
        return words


def main() -> None:
    """Serve until the customer leaves."""
    with (
        Engine.load(CURIOS, model="none", allows=lambda action: till.allows(action)) as engine,
        suppress(EOFError, KeyboardInterrupt),
    ):
        till, odile = Till(engine), engine.talk_to("odile")
        print(f"A bell rings over the door. You have {till.purse} coins. (`leave` leaves.)")
        while (said := input("> ").strip()) != "leave":
            line = odile.say(said).line()
            print(f"Odile: {line.text}")
            for action in line.actions:
                print(f"* {till.settle(action)}")
            engine.advance(1)


if __name__ == "__main__":
    main()
