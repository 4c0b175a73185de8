"""Statements: what can be true, from when until when."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from npc_engine.chronicle import Change, Qualifiers


@dataclass(frozen=True, slots=True)
class Statement:
    """Subject, predicate and object, with qualifiers, true from `since` (inclusive) until `until` (exclusive).

    None for `since` means always, for `until` means still. `event` is the id of the event that made it
    true, None for what an author declared. `basis` holds the ids of the statements it was inferred from. Its `id` is
    `subject.predicate.object`: the same for the same claim, whenever it is true.
    """

    subject: str
    predicate: str
    object: str
    qualifiers: Qualifiers = field(default_factory=dict, hash=False)
    since: datetime | None = None
    until: datetime | None = None
    event: int | None = None
    basis: tuple[str, ...] = ()
    id: str = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        # Made once, for it is asked for many times whenever somebody learns something.
        object.__setattr__(self, "id", f"{self.subject}.{self.predicate}.{self.object}")

    def holds_at(self, moment: datetime | None) -> bool:
        """Return whether it is true at a game time; None asks whether it still is, the last anyone heard."""
        if moment is None:
            return self.until is None
        return (self.since is None or self.since <= moment) and (self.until is None or moment < self.until)

    @classmethod
    def of(cls, change: Change, *, since: datetime | None = None, event: int | None = None) -> Statement:
        """Return the statement a change is about."""
        return cls(change.subject, change.predicate, change.object, change.qualifiers, since, None, event)
