"""A save slot as JSON lines, for looking at, comparing, mending and sending: written from a slot, and read into one.

The first line says what it is and what time it is in the game; each line after it is an event. Reading one makes a slot
and nothing else: nothing in it is a path, and nothing in it is run.
"""

from __future__ import annotations

import json
import os
import uuid
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any

from npc_engine.chronicle import Change, Event, FeelingChange
from npc_engine.errors import SaveError
from npc_engine.payloads import faulty
from npc_engine.stores.slot import SaveSlot, read_slot

LINES_VERSION = 1
"""The form of the lines that this engine writes, and the latest it reads."""
LONGEST = 1_000_000
"""Characters that a line may have at most."""

_CLOCK = "now"
_WORLD = "world"
_ASPECTS = ("affinity", "trust", "fear", "familiarity", "mood")
_KNOWN = {"id", "at", "kind", "audience", "text", "actor", "place", "cause", "changes", "claims", "feelings", "data"}


class _Wrong(Exception):
    """What is wrong with a line, in words."""


def export_lines(save: Path | str) -> Iterator[str]:
    """Yield a slot as lines of JSON without line breaks; the slot is not changed.

    Raises:
        SaveError: the slot can't be read.
    """
    events, meta = read_slot(save)
    head: dict[str, Any] = {"npc-engine": "save", "lines": LINES_VERSION, "events": len(events)}
    if _CLOCK in meta:
        head[_CLOCK] = meta[_CLOCK]
    if _WORLD in meta:
        head[_WORLD] = json.loads(meta[_WORLD])
    yield _json(head)
    for event in events:
        yield _json({"id": event.id, "at": event.at.isoformat(), **event.as_dict()})


def import_lines(lines: Iterable[str], save: Path | str, *, name: str = "line") -> int:
    """Make a slot of lines that `export_lines` gave, whole or not at all; give how many events it holds.

    `name` is what the lines are called where one is wrong: `name:12: …`.

    Raises:
        SaveError: a line is wrong; the slot exists already, or can't be written.
    """
    save = Path(save)
    if save.exists():
        raise SaveError(f"{save} exists already: import into a new slot, or delete that one first")
    meta, events = _read(lines, name)
    partial = save.with_name(f".{save.name}.{uuid.uuid4().hex[:8]}.part")
    try:
        slot = SaveSlot(partial)
        try:
            slot.append(events, meta)
        finally:
            slot.close()
        os.replace(partial, save)
    except OSError as error:
        raise SaveError(f"{save} can't be written: {error.strerror or error}") from error
    finally:
        for left in (partial, partial.with_name(f"{partial.name}-journal")):
            with suppress(OSError):
                left.unlink(missing_ok=True)
    return len(events)


def _read(lines: Iterable[str], name: str) -> tuple[dict[str, str], list[Event]]:
    now: datetime | None = None
    meta: dict[str, str] = {}
    promised: int | None = None
    events: list[Event] = []
    number = 0
    for number, line in enumerate(lines, start=1):
        try:
            plain = _object(line)
            if number == 1:
                now, promised = _head(plain)
                if _WORLD in plain:
                    meta[_WORLD] = _world(plain[_WORLD])
            else:
                events.append(_event(plain, len(events) + 1))
        except _Wrong as wrong:
            raise SaveError(f"{name}:{number}: {wrong}") from None
    if number == 0:
        raise SaveError(f"{name} is empty: the first line of an export says what it is")
    if now is not None:
        now = max(now, *(event.at for event in events)) if events else now
    if promised is not None and promised != len(events):
        raise SaveError(f"{name}:{number}: the file ends after {len(events)} events of {promised}: it is not whole")
    if now is not None:
        meta[_CLOCK] = now.isoformat()
    return meta, events


def _object(line: str) -> dict[str, Any]:
    if len(line) > LONGEST:
        raise _Wrong(f"the line is longer than {LONGEST} characters")
    try:
        plain = json.loads(line, parse_constant=_no_number)
    except json.JSONDecodeError as error:
        raise _Wrong(f"this is not JSON: {error.msg} at character {error.pos + 1}") from None
    except RecursionError:
        raise _Wrong("this is nested too deeply") from None
    if not isinstance(plain, dict):
        raise _Wrong("a line holds one JSON object, {…}")
    return plain


def _no_number(constant: str) -> None:
    raise _Wrong(f"{constant} is not a number that a save can hold")


def _head(plain: Mapping[str, Any]) -> tuple[datetime | None, int | None]:
    if plain.get("npc-engine") != "save":
        raise _Wrong('this is no export of a save: its first line begins with {"npc-engine":"save"')
    version = plain.get("lines")
    if not isinstance(version, int) or version < 1:
        raise _Wrong(f"`lines` is the number of a form, not {version!r}")
    if version > LINES_VERSION:
        raise _Wrong(f"a newer npc-engine wrote this (form {version}; this one reads up to {LINES_VERSION}): update it")
    promised = plain.get("events")
    if promised is not None and not _whole(promised):
        raise _Wrong(f"`events` is a whole number, not {promised!r}")
    return (_moment(plain[_CLOCK], _CLOCK) if _CLOCK in plain else None), promised


def _world(plain: Any) -> str:
    named = isinstance(plain, dict) and plain.keys() == {"id", "names"} and isinstance(plain["names"], dict)
    if not named or not all(isinstance(text, str) for text in (plain["id"], *plain["names"].values())):
        raise _Wrong('`world` has an id and names, {"id":"reedwater","names":{"en":"Reedwater"}}')
    return _json(plain)


def _event(plain: Mapping[str, Any], expected: int) -> Event:
    """Return an event from plain data of which nothing is taken on trust."""
    if unknown := sorted(plain.keys() - _KNOWN):
        raise _Wrong(f"an event has no `{unknown[0]}`")
    if plain.get("id", expected) != expected:
        raise _Wrong(f"event {expected} comes next, and this is {plain['id']!r}")
    for key in ("at", "kind", "audience"):
        if key not in plain:
            raise _Wrong(f"the event has no `{key}`")
    audience = plain["audience"]
    if not isinstance(audience, list) or not all(isinstance(who, str) for who in audience):
        raise _Wrong("`audience` is a list of ids")
    for key in ("kind", "text", "actor", "place"):
        if not isinstance(plain.get(key, ""), str):
            raise _Wrong(f"`{key}` is a text, not {_shown(plain[key])}")
    cause, data = plain.get("cause"), plain.get("data", {})
    if cause is not None and not (_whole(cause) and 0 < cause < expected):
        raise _Wrong(f"`cause` is the id of an earlier event, not {_shown(cause)}")
    if not isinstance(data, dict):
        raise _Wrong(f"`data` is an object, {{…}}, not {_shown(data)}")
    if (wrong := faulty(data, expected)) is not None:
        raise _Wrong(f"`data` has {_shown(data[wrong])} as `{wrong}`, which it can't be")
    return Event(
        id=expected,
        at=_moment(plain["at"], "at"),
        kind=plain["kind"],
        audience=frozenset(audience),
        text=plain.get("text", ""),
        actor=plain.get("actor"),
        place=plain.get("place"),
        changes=tuple(_change(entry, "changes") for entry in _list(plain, "changes")),
        claims=tuple(_change(entry, "claims") for entry in _list(plain, "claims")),
        feelings=tuple(_feeling(entry) for entry in _list(plain, "feelings")),
        cause=cause,
        data=data,
    )


def _change(entry: Any, key: str) -> Change:
    if not isinstance(entry, list) or not 3 <= len(entry) <= 5 or not _texts(entry[:3]):
        raise _Wrong(f'`{key}` holds lists such as ["bridge","condition","sound"], not {_shown(entry)}')
    if not isinstance(entry[3] if len(entry) > 3 else True, bool):
        raise _Wrong(f"`{key}` says with true or false whether it holds, not with {_shown(entry[3])}")
    if not isinstance(entry[4] if len(entry) > 4 else {}, dict):
        raise _Wrong(f"`{key}` has qualifiers as an object, {{…}}, not {_shown(entry[4])}")
    return Change(*entry)


def _feeling(entry: Any) -> FeelingChange:
    if not isinstance(entry, list) or len(entry) != 4 or not _texts(entry[:3]) or not _number(entry[3]):
        raise _Wrong(f'`feelings` holds lists such as ["mira","player","trust",0.1], not {_shown(entry)}')
    if entry[2] not in _ASPECTS:
        raise _Wrong(f"a feeling has no {entry[2]!r}; there are {', '.join(_ASPECTS)}")
    return FeelingChange(*entry)


def _list(plain: Mapping[str, Any], key: str) -> list[Any]:
    found = plain.get(key, [])
    if not isinstance(found, list):
        raise _Wrong(f"`{key}` is a list, not {_shown(found)}")
    return found


def _moment(value: Any, key: str) -> datetime:
    try:
        moment = datetime.fromisoformat(value)
    except (TypeError, ValueError):
        raise _Wrong(f"`{key}` is a time such as 1204-05-04T08:00:00, not {_shown(value)}") from None
    if moment.tzinfo is not None:
        raise _Wrong(f"`{key}` is in the world's own time, without a zone, not {_shown(value)}")
    return moment


def _texts(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(one, str) for one in value)


def _whole(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _shown(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 40 else f"{text[:40]}…"


def _json(plain: Mapping[str, Any]) -> str:
    return json.dumps(plain, ensure_ascii=False, separators=(",", ":"))
