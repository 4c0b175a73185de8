"""What a game passes, looked at where it comes in: one sentence says what is wrong, before anything has happened."""

from __future__ import annotations

import math
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any, get_args

from npc_engine.chronicle import Change, FeelingChange
from npc_engine.dialogue.leading import Leading, Length, RealizerName
from npc_engine.errors import ArgumentError, UnknownNameError
from npc_engine.mind import Volume
from npc_engine.mind.feelings import ASPECTS
from npc_engine.text import Language, known_language
from npc_engine.weather import WEATHERS, Weather
from npc_engine.world.definitions import Improvise

_VOLUMES = get_args(Volume)
_REALIZERS, _IMPROVISE = get_args(RealizerName), get_args(Improvise)
_MOVABLE = (*ASPECTS, "mood")


def leading(realizer: Any, improvise: Any, length: Any = None) -> Leading:
    """Return how a model is led.

    Raises:
        UnknownNameError: there is no such realizer, or nothing of that name may be made up.
        ArgumentError: the length is not two whole numbers from 1 on.
    """
    for what, given, known in (("realizer", realizer, _REALIZERS), ("improvise", improvise, _IMPROVISE)):
        if given is not None and given not in known:
            raise UnknownNameError(what, str(given), known)
    if length is None:
        return Leading(realizer, improvise)
    whole = isinstance(length, tuple | list) and all(isinstance(one, int) and one >= 1 for one in length)
    if not whole or len(length) != 2:
        raise ArgumentError(f"length is two whole numbers, sentences and characters, such as (4, 350), not {length!r}")
    return Leading(realizer, improvise, Length(*length))


def text(name: str, given: Any) -> str:
    """Return a text.

    Raises:
        ArgumentError: it is none.
    """
    if not isinstance(given, str):
        raise ArgumentError(f"`{name}` is a text, not {shown(given)}")
    return given


def one(name: str, given: Any) -> str:
    """Return an id.

    Raises:
        ArgumentError: it is none, or several.
    """
    if not isinstance(given, str):
        raise ArgumentError(f"`{name}` is an id such as 'mira', not {shown(given)}")
    return given


def maybe(name: str, given: Any) -> str | None:
    """Return an id, or None where none is given.

    Raises:
        ArgumentError: it is neither.
    """
    return None if given is None else one(name, given)


def ids(name: str, given: Iterable[str]) -> tuple[str, ...]:
    """Return several ids.

    Raises:
        ArgumentError: it is a single text, of which each letter would count as one, or no ids at all.
    """
    if isinstance(given, str):
        raise ArgumentError(f"`{name}` takes several ids: write {{{given!r}}}, not {given!r}")
    if not isinstance(given, Iterable):
        raise ArgumentError(f"`{name}` takes several ids, such as {{'mira', 'tomas'}}, not {shown(given)}")
    listed = tuple(given)
    for one in listed:
        if not isinstance(one, str):
            raise ArgumentError(f"`{name}` takes ids, which are texts, and {shown(one)} is none")
    return listed


def changes(given: Any) -> tuple[Change, ...]:
    """Return changes, each of which may be a plain tuple.

    Raises:
        ArgumentError: they are none.
    """
    return tuple(map(Change.of, _entries("changes", given)))


def feelings(given: Any) -> tuple[FeelingChange, ...]:
    """Return changes of feelings, each of which may be a plain tuple.

    Raises:
        ArgumentError: they are none.
        UnknownNameError: a feeling has no such aspect.
    """
    moved = tuple(map(FeelingChange.of, _entries("feelings", given)))
    for change in moved:
        if change.aspect not in _MOVABLE:
            raise UnknownNameError("aspect of a feeling", change.aspect, _MOVABLE)
    return moved


def _entries(name: str, given: Any) -> tuple[Any, ...]:
    if isinstance(given, str) or not isinstance(given, Iterable):
        raise ArgumentError(f"`{name}` takes a list, not {shown(given)}")
    return tuple(given)


def minutes(given: Any, now: datetime) -> float:
    """Return how many minutes of game time go by.

    Raises:
        ArgumentError: it is no number, less than 0, or leads beyond the last year there is.
    """
    if isinstance(given, bool) or not isinstance(given, int | float) or not math.isfinite(given):
        raise ArgumentError(f"`minutes` is a number of game minutes, not {shown(given)}")
    if given < 0:
        raise ArgumentError(
            f"time goes forward only, so `minutes` can't be {given:g}: `rewind` takes back what happened"
        )
    try:
        now + timedelta(minutes=given)
    except OverflowError:
        raise ArgumentError(f"{given:g} minutes lead beyond the year 9999, where the calendar ends") from None
    return given


def moment(name: str, given: Any) -> datetime | None:
    """Return a game time, or None where none is given.

    Raises:
        ArgumentError: it is none, or has a time zone, which the game's calendar hasn't.
    """
    if given is None:
        return None
    if not isinstance(given, datetime):
        raise ArgumentError(f"`{name}` is a datetime of the game's calendar, not {shown(given)}")
    if given.tzinfo is not None:
        raise ArgumentError(f"`{name}` has a time zone, and the game's calendar has none: leave out {given.tzinfo}")
    return given


def volume(given: Any) -> Volume:
    """Return how loud something is.

    Raises:
        UnknownNameError: there is no such volume.
    """
    if given not in _VOLUMES:
        raise UnknownNameError("volume", str(given), _VOLUMES)
    found: Volume = given
    return found


def weather(given: Any) -> Weather | None:
    """Return what the sky does, or None where a game doesn't say.

    Raises:
        UnknownNameError: there is no such weather.
    """
    if given is not None and given not in WEATHERS:
        raise UnknownNameError("weather", str(given), WEATHERS)
    found: Weather | None = given
    return found


def said(given: Any, language: str | None, loud: Any) -> tuple[str, Language | None]:
    """Return what is said to an NPC and the language it is meant to be in, if any.

    Raises:
        ArgumentError: it is no text.
        UnknownNameError: there is no such language, or no such volume.
    """
    if loud is not None:
        volume(loud)
    return text("text", given), None if language is None else known_language(language)


def share(name: str, given: Any) -> float:
    """Return a number from 0 to 1.

    Raises:
        ArgumentError: it is none.
    """
    if isinstance(given, bool) or not isinstance(given, int | float) or not 0 <= given <= 1:
        raise ArgumentError(f"`{name}` runs from 0 to 1, so it can't be {shown(given)}")
    return given


def shown(given: Any) -> str:
    """Return a value as a message shows it."""
    if given is None or isinstance(given, str | int | float):
        return repr(given)[:60]
    return f"a {type(given).__name__}"
