"""What may be concluded for whom: a summary is known only to those who were there for all it was made from."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from npc_engine.chronicle import Event
from npc_engine.errors import ArgumentError
from npc_engine.payloads import Reflected

KIND = "reflection"
"""The kind of event that a summary or reflection is recorded as."""


def shared_audience(events: Iterable[Event]) -> frozenset[str]:
    """Return who perceived every one of some events; nobody where there are none.

    Of what was concluded, those count who were there for all that it was concluded from.
    """
    audiences = [
        event.audience if (there := Reflected.read(event).there) is None else frozenset(there) for event in events
    ]
    return frozenset.intersection(*audiences) if audiences else frozenset()


def reflection(
    npc: str, events: Iterable[Event], text: str, *, event_id: int, at: datetime, audience: Iterable[str] = ()
) -> Event:
    """Return the event of someone's concluding something from events they perceived.

    It is theirs alone, unless `audience` names others who were there for all of them too. What it was made from
    stands in `Reflected.of`, the latest of them is its cause; `Reflected.there` names all who were there for all of it:
    nobody else may come to know it from its owner.

    Raises:
        ArgumentError: there are no events, or someone in the audience was not there for one of them.
    """
    basis = sorted(events, key=lambda event: event.id)
    if not basis:
        raise ArgumentError("a reflection needs events it is made from")
    there = frozenset({npc, *audience})
    for event in basis:
        if missing := sorted(there - event.audience):
            raise ArgumentError(
                f"event {event.id} was not perceived by {', '.join(missing)}: "
                "a reflection may be known only to those who were there for all it is made from"
            )
    data = Reflected([event.id for event in basis], sorted(shared_audience(basis))).data()
    return Event(event_id, at, KIND, there, text, npc, cause=basis[-1].id, data=data)
