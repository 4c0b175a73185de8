"""What somebody wants done, and which of several things they mean: as it is heard, whatever there may be."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from npc_engine.chronicle import Change

Value = str | int | float
"""What an action is told: the id of something, a number, or a text."""


@dataclass(frozen=True, slots=True)
class Limit:
    """A bound: the number of `predicate` is at least `least` and at most `most`, or compares with that of `beside`."""

    predicate: str
    least: float | None = None
    most: float | None = None
    beside: str | None = None
    more: bool = True
    """Whether more is wanted than `beside` has, rather than less."""


@dataclass(frozen=True, slots=True)
class Rank:
    """The one that has most (or, not `high`, least) by a `predicate`; of `two`, rather than of all there are."""

    predicate: str
    high: bool
    two: bool = False


@dataclass(frozen=True, slots=True)
class Selection:
    """What is picked out: things by their ids or their kinds (`named`), within `limits`, by `rank` or by `ordinal`.

    `back` tells that it is among what was spoken of last ('it', 'one', 'the cheaper one'), `other` that it is the one
    of two that was not meant last, `every` that all of them are. `beside` are other people, places and things that are
    spoken of with it: 'the one in the marsh', 'the job from Joran'. `said` are the words it stands in, by which part
    of a name may be found: 'the long one'. It is `implied` where nothing at all was said of it: 'I'm off.'; `near` is
    what the line named last before it.
    """

    named: tuple[str, ...] = ()
    limits: tuple[Limit, ...] = ()
    rank: Rank | None = None
    ordinal: int | None = None
    back: bool = False
    other: bool = False
    every: bool = False
    beside: tuple[str, ...] = ()
    said: frozenset[str] = frozenset()
    implied: bool = False
    near: str | None = None

    @property
    def is_open(self) -> bool:
        """Whether nothing in it says which one."""
        return not (self.named or self.limits or self.rank or self.ordinal or self.other)


Slot = Selection | Value


@dataclass(frozen=True, slots=True)
class Request:
    """One reading of what is wanted: an action, what it was told, and how well the words bear that out.

    `agreed` tells that the speaker said yes to it when they were asked; `bid` that nothing but a number that was put
    asks for it: it has to be one that may be meant so.
    """

    action: str
    slots: Mapping[str, Slot] = field(default_factory=dict)
    fits: float = 1.0
    agreed: bool = False
    bid: bool = False


@dataclass(frozen=True, slots=True)
class Want:
    """One thing that is wanted done: its readings, the likeliest first; at least one.

    It is `unsure` where the words may as well mean something else: then the NPC asks first.
    """

    readings: tuple[Request, ...]
    unsure: bool = False

    @property
    def action(self) -> str:
        """The likeliest action."""
        return self.readings[0].action


@dataclass(frozen=True, slots=True)
class Pending:
    """An action that waits for a word of the speaker's: what it was told, and which param is `missing`.

    Where none is, it waits for a yes. `among` are those that are in question.
    """

    action: str
    values: Mapping[str, Value] = field(default_factory=dict)
    missing: str | None = None
    among: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Choice:
    """A question that picks out or compares things: which they are, what is asked of them, whether only if it is so."""

    selection: Selection
    predicates: tuple[str, ...] = ()
    yes_no: bool = False
    among: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Action:
    """Something the game is asked to do.

    `params` are what it is told, by the ids that its author gave them: the id of a thing, place or person, a number, a
    text. When the game has done it, or could not, it says so with `engine.perform(action, audience=…)`; until then
    nothing has changed.
    """

    name: str
    actor: str
    target: str
    text: str
    changes: tuple[Change, ...] = ()
    params: Mapping[str, Value] = field(default_factory=dict, hash=False)


Verdict = bool | str | Mapping[str, str] | None
"""A game's word on a deed: True or None lets it be done; a text, or one for each language, is said in its place."""

Allows = Callable[[Action], Verdict]
"""What a game is asked by before an NPC agrees to an action."""


def all_allowed(action: Action) -> Verdict:
    """Allow whatever an NPC would do."""
    return True
