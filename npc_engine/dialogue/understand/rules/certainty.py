"""How sure a reading by rules is: how often the rules were right where they found the same kind of evidence."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from npc_engine.dialogue.types import Act
from npc_engine.packaged import packaged_yaml

Shares = Mapping[str, Mapping[str, float]]
"""`acts`: how often an act is what the rules say; `questions`: how often one about a `relation` is read right."""


UNCOUNTED = 0.5
"""How sure an act is of whose kind none was counted."""


def certainty(act: Act) -> float:
    """Return the probability, 0 to 1, that an act is read right, by the counts in `certainty.yaml`."""
    shares = shares_counted()
    return shares["questions"]["relation"] if relates(act) else shares["acts"].get(act.kind, UNCOUNTED)


def relates(act: Act) -> bool:
    """Return whether an act asks about a relation and things of the world, with no name that nobody knows."""
    return act.kind == "ask_fact" and bool(act.queries and act.named) and not act.unknown


@lru_cache(maxsize=1)
def shares_counted() -> Shares:
    """Return the shares that were counted."""
    shares: Shares = packaged_yaml(__package__, "certainty.yaml")
    return shares
