"""What events say beside what every event does: each kind of it is written into `Event.data` and read back here.

A key of `Event.data` is a field of one class below, and spelt nowhere else. Slots keep the keys as they stand, so a
field that is renamed, or means something else from now on, needs a migration of saves.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, Self, get_args

from npc_engine.chronicle import Event
from npc_engine.text import Language

Volume = Literal["whisper", "speech", "shout"]
"""How loud something is said."""

REMARK = "remark"
"""The kind of event in which an NPC says something without being spoken to; see `Remarked`."""

Occasion = Literal["greeting", "goodbye", "comment", "meeting"]
"""On which occasion something is said unasked: the player comes or goes, something happened, two NPCs meet."""

Check = Callable[[Any, int], bool]
"""Tells whether a value that stands in an event's data, whose id is given, can be what it is taken for."""


def _text(value: Any, _: int) -> bool:
    return isinstance(value, str)


def _volume(value: Any, _: int) -> bool:
    return value in get_args(Volume)


def _occasion(value: Any, _: int) -> bool:
    return value in get_args(Occasion)


def _texts(value: Any, _: int) -> bool:
    return isinstance(value, list) and all(isinstance(one, str) for one in value)


def _flag(value: Any, _: int) -> bool:
    return isinstance(value, bool)


def _whole(value: Any, _: int) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _number(value: Any, _: int) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _earlier(value: Any, event_id: int) -> bool:
    return _whole(value, event_id) and 0 < value < event_id


def _all_earlier(value: Any, event_id: int) -> bool:
    return isinstance(value, list) and all(_earlier(one, event_id) for one in value)


def _numbers_by_name(value: Any, _: int) -> bool:
    return isinstance(value, dict) and all(_number(one, 0) for one in value.values())


def _texts_by_name(value: Any, _: int) -> bool:
    return isinstance(value, dict) and all(_texts(one, 0) for one in value.values())


def _worded(value: Any, _: int) -> bool:
    return isinstance(value, dict) and _texts([*value.values()], 0)


def _pairs(value: Any, _: int) -> bool:
    return isinstance(value, list) and all(_texts(one, 0) and len(one) == 2 for one in value)


def _triples(value: Any, _: int) -> bool:
    return isinstance(value, list) and all(_texts(one, 0) and len(one) == 3 for one in value)


def _confided(value: Any, _: int) -> bool:
    return _flag(value, 0) or _texts(value, 0)


def _key(default: Any, check: Check, *, always: bool = False, ids: bool = True) -> Any:
    """Declare a key: left out where it has its default, unless it is `always` written.

    Without `ids` nothing in it is the id of anything in the world.
    """
    said = {"check": check, "default": default, "always": always, "ids": ids}
    return field(default_factory=dict, metadata=said) if default == {} else field(default=default, metadata=said)


@dataclass(frozen=True, slots=True)
class Payload:
    """Some of what an event says; see its subclasses."""

    @classmethod
    def read(cls, source: Event | Mapping[str, Any]) -> Self:
        """Return what an event, or its data alone, says of this; each field has its default where nothing is said."""
        data = source.data if isinstance(source, Event) else source
        if not data:
            return cls()
        return cls(**{key: data[key] for key in cls.__dataclass_fields__ if key in data})

    def data(self) -> dict[str, Any]:
        """Return it as an event's data has it."""
        said = {}
        for key, declared in self.__dataclass_fields__.items():
            value = _plain(getattr(self, key))
            if declared.metadata["always"] or value != _plain(declared.metadata["default"]):
                said[key] = value
        return said


@dataclass(frozen=True, slots=True)
class Addressed(Payload):
    """To whom of the audience something is said."""

    to: str | None = _key(None, _text)


@dataclass(frozen=True, slots=True)
class Met(Payload):
    """The event in which those came together who talk."""

    met: int | None = _key(None, _earlier)


@dataclass(frozen=True, slots=True)
class Answered(Payload):
    """How an NPC took what was said, and answered: the act, their move in return and why, the language, the model."""

    act: str | None = _key(None, _text, ids=False)
    move: str | None = _key(None, _text, ids=False)
    language: str = _key("", _text, always=True, ids=False)
    model: str = _key("none", _text, always=True, ids=False)
    reasons: Sequence[str] = _key((), _texts, always=True, ids=False)


@dataclass(frozen=True, slots=True)
class Claimed(Payload):
    """Of an event's claims, by statement id: how sure the actor is, whom they have it from (the first to say it first).

    `lies` names those that the actor made up.
    """

    confidence: Mapping[str, float] = _key({}, _numbers_by_name)
    chain: Mapping[str, Sequence[str]] = _key({}, _texts_by_name)
    lies: Sequence[str] = _key((), _texts)


@dataclass(frozen=True, slots=True)
class KeptBack(Payload):
    """What was asked for and not told: secrets by id; other things (a statement, or `event 12`) with the reason."""

    withheld: Sequence[str] = _key((), _texts)
    kept: Sequence[Sequence[str]] = _key((), _pairs)


@dataclass(frozen=True, slots=True)
class Conveyed(Payload):
    """What an answer came with: actions by name, and the event whose memory it put into words."""

    actions: Sequence[str] = _key((), _texts)
    memory: int | None = _key(None, _earlier)


@dataclass(frozen=True, slots=True)
class Recorded(Payload):
    """What a game says of an event: things the actor showed, and whether it is `lasting`: nobody there forgets it."""

    shown: Sequence[str] = _key((), _texts)
    lasting: bool = _key(False, _flag)


@dataclass(frozen=True, slots=True)
class Heard(Payload):
    """How loud it was, and who of the audience heard it without being spoken to."""

    volume: Volume = _key("speech", _volume, ids=False)
    overheard: Sequence[str] = _key((), _texts)


@dataclass(frozen=True, slots=True)
class Confided(Payload):
    """Whether it was told in confidence (or which statements of it were), and whom it may be told all the same.

    None leaves that to `pass_on`: what may be told to some is not for others. `confides` are earlier events that were
    told in confidence, as it turns out.
    """

    confided: bool | Sequence[str] | None = _key(None, _confided)
    pass_on: Sequence[str] = _key((), _texts)
    confides: Sequence[int] = _key((), _all_earlier)


@dataclass(frozen=True, slots=True)
class Told(Payload):
    """What a speaker tells of themself: each time the slot, what it is about, and their words.

    Without words what they told before is taken back. `matters` are what all of it was about, as it was heard: 'work'.
    """

    told: Sequence[Sequence[str]] = _key((), _triples)
    matters: Sequence[str] = _key((), _texts, ids=False)


@dataclass(frozen=True, slots=True)
class Remarked(Payload):
    """On which occasion an NPC said something unasked; the event's `cause` is what made them."""

    occasion: Occasion | None = _key(None, _occasion, ids=False)


@dataclass(frozen=True, slots=True)
class Raised(Payload):
    """What the actor brought up of themself: what kind of thing, and which; see `Initiative`."""

    raised: Sequence[str] = _key((), _texts)


@dataclass(frozen=True, slots=True)
class Tasted(Payload):
    """A matter of taste that the actor was asked about, and what theirs comes to."""

    taste: Sequence[str] = _key((), _texts, ids=False)


@dataclass(frozen=True, slots=True)
class Improvised(Payload):
    """What a model made up of the actor's own life as it spoke, in these words: it holds from then on."""

    improvised: Sequence[str] = _key((), _texts, ids=False)


@dataclass(frozen=True, slots=True)
class Noted(Payload):
    """What the actor means to remember of the talk, in a few words of their own: a note for nobody else."""

    noted: str = _key("", _text, ids=False)


@dataclass(frozen=True, slots=True)
class Written(Payload):
    """What of the author's words was used, by the keys of a persona's talking points."""

    written: Sequence[str] = _key((), _texts, ids=False)


@dataclass(frozen=True, slots=True)
class Reflected(Payload):
    """What a reflection was made from, who was there for all of that, and what it is, in each language.

    It is a conclusion (`concluded` is its id), or a `summary` of talk, about or with `who`; a game's own is neither.
    """

    of: Sequence[int] = _key((), _all_earlier)
    there: Sequence[str] | None = _key(None, _texts)
    worded: Mapping[Language, str] = _key({}, _worded, ids=False)
    concluded: str | None = _key(None, _text)
    summary: bool = _key(False, _flag)
    who: str = _key("", _text)


@dataclass(frozen=True, slots=True)
class Forgotten(Payload):
    """The events whose memory the actor lets go, and how many memories are left; None where nobody counted."""

    forgets: Sequence[int] = _key((), _all_earlier, always=True)
    left: int | None = _key(None, _whole)


@dataclass(frozen=True, slots=True)
class Weighed(Payload):
    """The event whose memory somebody says how much it matters of, and how much, from 0 to 1."""

    weighs: int | None = _key(None, _earlier)
    importance: float = _key(0.0, _number, always=True, ids=False)


@dataclass(frozen=True, slots=True)
class StoryStep(Payload):
    """The step that the story has come to, by its id."""

    beat: str | None = _key(None, _text)


@dataclass(frozen=True, slots=True)
class CameTrue(Payload):
    """The fact whose time has come, as its author writes it."""

    fact: str | None = _key(None, _text)


@dataclass(frozen=True, slots=True)
class Edit(Payload):
    """What an event does to a mind other than through its senses.

    It `amends` or `forgets` the memory of an event, or `unlearns` a statement; or its claims are believed, as sure as
    `confidence`.
    """

    amends: int | None = _key(None, _earlier)
    forgets: int | None = _key(None, _earlier)
    unlearns: str | None = _key(None, _text)
    confidence: float | None = _key(None, _number)


@dataclass(frozen=True, slots=True)
class Edited(Payload):
    """Whether an event is an edit of a mind, and which."""

    edit: Edit | None = _key(None, lambda value, event_id: isinstance(value, dict) and _sound(Edit, value, event_id))

    @classmethod
    def read(cls, source: Event | Mapping[str, Any]) -> Self:
        """Return which edit an event is, if any."""
        data = source.data if isinstance(source, Event) else source
        edit = data.get("edit") if data else None
        return cls() if edit is None else cls(Edit.read(edit))

    def data(self) -> dict[str, Any]:
        """Return it as an event's data has it."""
        return {} if self.edit is None else {"edit": self.edit.data()}


PAYLOADS: tuple[type[Payload], ...] = (
    *(Addressed, Met, Answered, Claimed, KeptBack, Conveyed, Recorded, Heard, Confided),
    *(Told, Improvised, Noted, Written, Remarked, Raised, Tasted, Reflected),
    *(Forgotten, Weighed, StoryStep, CameTrue, Edited),
)
_KEYS = {key: declared for payload in PAYLOADS for key, declared in payload.__dataclass_fields__.items()}

WITHOUT_IDS = frozenset(key for key, declared in _KEYS.items() if not declared.metadata["ids"])
"""Keys of an event's data in which nothing is an id of anything in the world."""


def details(*payloads: Payload) -> dict[str, Any]:
    """Return the data of an event that says all of these."""
    said: dict[str, Any] = {}
    for payload in payloads:
        said |= payload.data()
    return said


def faulty(data: Mapping[str, Any], event_id: int) -> str | None:
    """Return the first key of an event's data whose value can't be what it is taken for; None where all is sound."""
    return next((key for key, one in data.items() if key in _KEYS and not _check(_KEYS[key], one, event_id)), None)


def _sound(payload: type[Payload], data: Mapping[str, Any], event_id: int) -> bool:
    declared = payload.__dataclass_fields__
    return all(_check(declared[key], one, event_id) for key, one in data.items() if key in declared)


def _check(declared: Any, value: Any, event_id: int) -> bool:
    check: Check = declared.metadata["check"]
    return check(value, event_id)


def _plain(value: Any) -> Any:
    """Return a value as JSON has it."""
    if isinstance(value, frozenset | set):
        return sorted(value)
    if isinstance(value, Mapping):
        return {key: _plain(one) for key, one in value.items()}
    return [_plain(one) for one in value] if isinstance(value, list | tuple) else value
