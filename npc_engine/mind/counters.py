"""What an NPC keeps count of: what came to mind how often, what happened how often, how used they are to being told."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from npc_engine.acts import acts
from npc_engine.chronicle import Event
from npc_engine.mind.conclusions import grounds
from npc_engine.payloads import (
    Addressed,
    Answered,
    Confided,
    Conveyed,
    Forgotten,
    Improvised,
    Noted,
    Raised,
    Reflected,
    Tasted,
    Told,
    Weighed,
    Written,
)

WEIGHED = "weighed"
"""The kind of event by which a game, or a model while it is idle, says how much a memory matters."""
FORGOT = "forgot"
"""The kind of event by which an NPC lets memories go; see `Forgotten`."""
WEARS_OFF = timedelta(hours=12)
"""Game time in which half of one's being used to something wears off."""
MOST_NOTES = 24
"""Notes of talks with one person that are kept, the latest."""
MOST_GROUNDS = 24
"""Events that are kept as grounds for one conclusion, and as promises of one person, the latest."""
PROMISED = "promised"
"""The built-in predicate of giving somebody a promise."""


class Counters:
    """One NPC's counts, folded from what they perceived.

    `recalled` says how often the memory of an event was put into words, `weighed` how much it matters where somebody
    said so, `grounds` what speaks for each conclusion not drawn yet, by its id and whom it is about, and `concluded`
    the events of those that were; `told` is what others told of themselves, by slot and what it is about, the latest,
    and the event of their telling; `raised` is what the owner brought up of themself before whom, so that they need
    not do so again, `tastes` what the owner said is to their taste, and `written` how often each of the author's texts
    was said to whom; `improvised` is what a model made up of the owner's own life as it spoke, in its words, with the
    event, `noted` the owner's notes of talks with somebody, each with the event; `promises` are the events in which
    somebody promised the owner something; `sealed` are events that somebody asked to keep afterwards, each with whom it
    may be told all the same; `left` is how many memories were left when the owner last went through them.
    """

    def __init__(self, owner: str) -> None:
        self.owner = owner
        self.recalled: dict[int, int] = {}
        self.weighed: dict[int, float] = {}
        self.grounds: dict[tuple[str, str], list[int]] = {}
        self.concluded: dict[tuple[str, str], int] = {}
        self.promises: dict[str, list[int]] = {}
        self.sealed: dict[int, list[str]] = {}
        self.told: dict[str, dict[tuple[str, str], tuple[str, int]]] = {}
        self.raised: dict[str, dict[tuple[str, str], int]] = {}
        self.tastes: dict[str, str] = {}
        self.written: dict[str, dict[str, int]] = {}
        self.improvised: dict[str, int] = {}
        self.noted: dict[str, dict[str, int]] = {}
        self.left = 0
        self._used_to: dict[tuple[str, str], tuple[float, datetime]] = {}

    def take_in(self, event: Event) -> None:
        """Take in an event that the owner perceived."""
        if event.actor == self.owner:
            self._take_in_own(event)
        confided = Confided.read(event)
        self.sealed.update((one, list(confided.pass_on)) for one in confided.confides)
        if event.actor and event.actor != self.owner:
            for slot, about, value in Told.read(event).told:
                known = self.told.setdefault(event.actor, {})
                known.pop((slot, about), None)  # what is told again is told last
                if value:
                    known[slot, about] = (value, event.id)
        for conclusion, who, ground in grounds(event, self.owner):
            found = self.grounds.setdefault((conclusion.id, who), [])
            if ground not in found:
                found.append(ground)
                del found[:-MOST_GROUNDS]
            if conclusion.against:
                self.grounds.pop((conclusion.against, who), None)
        for change in event.changes:
            if change.predicate == PROMISED and change.holds and change.object == self.owner:
                found = self.promises.setdefault(change.subject, [])
                found.append(event.id)
                del found[:-MOST_GROUNDS]

    def used_to(self, who: str, act: str, now: datetime) -> float:
        """Return how often someone has done an act of speech to the owner lately; each time counts less as it gets old.

        Half of it wears off every `WEARS_OFF`.
        """
        times, since = self._used_to.get((who, act), (0.0, now))
        return float(times * 0.5 ** (max(timedelta(0), now - since) / WEARS_OFF))

    def plain(self) -> dict[str, Any]:
        """Return all of it as plain data for `resume`, and for comparing."""
        return {
            "recalled": [list(entry) for entry in self.recalled.items()],
            "weighed": [list(entry) for entry in self.weighed.items()],
            "grounds": [[*key, list(found)] for key, found in self.grounds.items()],
            "concluded": [[*key, event_id] for key, event_id in self.concluded.items()],
            "promises": [[who, list(found)] for who, found in self.promises.items()],
            "told": [
                [who, [[*slot, value, event_id] for slot, (value, event_id) in rows.items()]]
                for who, rows in self.told.items()
            ],
            "raised": [
                [who, [[*one, event_id] for one, event_id in rows.items()]] for who, rows in self.raised.items()
            ],
            "tastes": [list(entry) for entry in self.tastes.items()],
            "written": {who: dict(times) for who, times in self.written.items()},
            **({"improvised": dict(self.improvised)} if self.improvised else {}),
            **({"noted": {who: dict(notes) for who, notes in self.noted.items()}} if self.noted else {}),
            "sealed": [list(entry) for entry in self.sealed.items()],
            "used_to": [[*key, times, at.isoformat()] for key, (times, at) in self._used_to.items()],
            "left": self.left,
        }

    def resume(self, plain: Mapping[str, Any]) -> None:
        """Go on from what `plain` made plain."""
        self.recalled = dict(plain["recalled"])
        self.weighed = dict(plain["weighed"])
        self.grounds = {(conclusion, who): found for conclusion, who, found in plain["grounds"]}
        self.concluded = {(conclusion, who): event_id for conclusion, who, event_id in plain["concluded"]}
        self.promises = dict(plain["promises"])
        self.told = {
            who: {(slot, about): (value, event_id) for slot, about, value, event_id in rows}
            for who, rows in plain.get("told", ())
        }
        self.raised = {
            who: {(kind, about): event_id for kind, about, event_id in rows} for who, rows in plain.get("raised", ())
        }
        self.tastes = dict(plain.get("tastes", ()))
        self.written = {who: dict(times) for who, times in plain.get("written", {}).items()}
        self.improvised = dict(plain.get("improvised", {}))
        self.noted = {who: dict(notes) for who, notes in plain.get("noted", {}).items()}
        self.sealed = dict(plain.get("sealed", ()))
        self._used_to = {
            (who, acts().today(act)): (times, datetime.fromisoformat(at)) for who, act, times, at in plain["used_to"]
        }
        self.left = plain["left"]

    def _take_in_own(self, event: Event) -> None:
        if (remembered := Conveyed.read(event).memory) is not None:
            self.recalled[remembered] = self.recalled.get(remembered, 0) + 1
        weighed, reflected, forgotten = Weighed.read(event), Reflected.read(event), Forgotten.read(event)
        if weighed.weighs is not None:
            self.weighed[weighed.weighs] = weighed.importance
        if reflected.concluded is not None:
            self.grounds.pop((reflected.concluded, reflected.who), None)
            self.concluded = {key: one for key, one in self.concluded.items() if one not in forgotten.forgets}
            self.concluded[reflected.concluded, reflected.who] = event.id
        said, who = Answered.read(event).act, Addressed.read(event).to
        for key in Written.read(event).written:
            times = self.written.setdefault(who or "", {})
            times[key] = times.get(key, 0) + 1
        if said is not None and who:
            act = acts().today(said)
            self._used_to[who, act] = (self.used_to(who, act, event.at) + 1, event.at)
        if who and len(raised := Raised.read(event).raised) == 2:
            self.raised.setdefault(who, {})[raised[0], raised[1]] = event.id
        if len(taste := Tasted.read(event).taste) == 2:
            self.tastes[taste[0]] = taste[1]
        self.improvised.update(dict.fromkeys(Improvised.read(event).improvised, event.id))
        if who and (note := Noted.read(event).noted):
            notes = self.noted.setdefault(who, {})
            notes.pop(note, None)  # what is noted again is noted last
            notes[note] = event.id
            for oldest in list(notes)[:-MOST_NOTES]:
                del notes[oldest]
        for gone in forgotten.forgets:
            self.recalled.pop(gone, None)
            self.weighed.pop(gone, None)
        self.left = self.left if forgotten.left is None else forgotten.left
