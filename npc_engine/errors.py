"""What can go wrong, as one tree: every error says what happened, what to do, and whether the game can go on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher, get_close_matches
from pathlib import Path


class NpcError(Exception):
    """Any failure of the engine, worded for the person who can mend it.

    `can_continue` is True when the engine is as usable after the error as before it.
    """

    can_continue: bool = True


@dataclass(frozen=True, slots=True, order=True)
class Mistake:
    """One thing an author should mend: where it stands (line and column count from 1) and how to mend it."""

    file: str
    line: int
    column: int
    message: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}: {self.message}"


class ContentError(NpcError):
    """Authored files that cannot be used; `mistakes` holds every one found, not only the first."""

    can_continue = False

    def __init__(self, mistakes: Iterable[Mistake]) -> None:
        self.mistakes: tuple[Mistake, ...] = tuple(sorted(mistakes))
        super().__init__("\n".join(str(mistake) for mistake in self.mistakes))


class AuthoringError(NpcError):
    """Something of an author's that can't be made, read or written; what was there before is as it was."""


class UnknownNameError(NpcError, LookupError):
    """A name that nothing in this world answers to; the message suggests the nearest one."""

    def __init__(self, kind: str, name: str, known: Iterable[str] = ()) -> None:
        self.name = name
        super().__init__(f"unknown {kind} {name!r}{did_you_mean(str(name), known)}")

    __str__ = Exception.__str__


class ArgumentError(NpcError, ValueError):
    """An argument of the wrong kind, or out of its bounds; nothing has happened."""


class SaveError(NpcError):
    """A save slot that could not be read or written; what was committed before is still there."""


class SaveDamagedError(SaveError):
    """A file that is not a whole save slot: truncated, overwritten, or never one.

    `last_good` is the copy that was made when the slot was last opened whole, if there is one: `recover_save` puts it
    in the slot's place.
    """

    can_continue = False

    def __init__(self, message: str, last_good: Path | None = None) -> None:
        self.last_good = last_good
        super().__init__(message)


class UnstoredError(SaveError):
    """Events that the disk would not take, `event_ids`; a game goes on, and all that came after them is stored."""

    def __init__(self, event_ids: Sequence[int]) -> None:
        self.event_ids = tuple(event_ids)
        which = f"event {event_ids[0]}" if len(event_ids) == 1 else f"events {join_names([*map(str, event_ids)])}"
        super().__init__(f"{which} could not be stored and will be missing when the save is loaded: make it smaller")


class SaveTooNewError(SaveError):
    """A save slot made by a newer npc-engine than this one."""

    can_continue = False


class ModelError(NpcError):
    """A language model that cannot be had or did not answer; NPCs go on speaking without it.

    `worded` may hold the message in other languages, by code.
    """

    def __init__(self, message: str, worded: Mapping[str, str] | None = None) -> None:
        self.worded = dict(worded or {})
        super().__init__(message)

    def told(self, language: str) -> str:
        """Return the message in a language, where it has it in that, in one line."""
        return " ".join(self.worded.get(language, str(self)).split())


class ModelMissingError(ModelError):
    """Weights or a library that are not on this machine; the message says the command that gets them."""


class ModelUnreachableError(ModelError):
    """A model server that refused, broke off or did not answer in time.

    `wait` is for how many seconds it is of no use to ask again; None where the next request may well succeed.
    """

    def __init__(self, message: str, worded: Mapping[str, str] | None = None, wait: float | None = None) -> None:
        self.wait = wait
        super().__init__(message, worded)


class BudgetError(ModelError):
    """What a language model may use is used up; NPCs go on speaking without it."""


class GraphError(NpcError):
    """A graph server that can't be had, or did not do what it was asked; play goes on without it."""


class GraphUnreachableError(GraphError):
    """A graph server that is not there, or broke off; it may be back a moment later."""


class GraphRefusedError(GraphError):
    """A graph server that would not do it: a wrong password, a query it can't read, a disk that is full."""


class GraphTimeoutError(GraphError):
    """A query of a graph that took longer than it may."""


class TurnCancelledError(NpcError):
    """The answer was given up before it was finished: the speaker walked away or a save was loaded."""


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """Return `; did you mean 'x'?`, or what there is to choose from when nothing comes near, or nothing."""
    choices = sorted(set(known))
    near = nearest(name, choices)
    if near is not None:
        return f"; did you mean {near!r}?"
    if 0 < len(choices) <= 12:
        return f"; there are {join_names(choices)}"
    return ""


def nearest(name: str, known: Iterable[str]) -> str | None:
    """Return the one of several names that a misspelt one must be meant for; None where none comes near.

    What begins with the same letter is taken more easily: `likes` is nobody's slip for `beliefs`.
    """
    choices = {choice.lower(): choice for choice in known}
    for near in get_close_matches(name.lower(), choices, n=3, cutoff=0.6):
        if near[:1] == name[:1].lower() or SequenceMatcher(None, name.lower(), near).ratio() >= 0.75:
            return choices[near]
    return None


def join_names(names: Sequence[str]) -> str:
    """Return `a, b and c` for a message."""
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} and {names[-1]}"


def in_one_line(error: BaseException) -> str:
    """Return an error as a line of text: its kind, and what it says."""
    return " ".join(f"{type(error).__name__}: {error}".split()).rstrip(": ")
