"""Dialogue tests as authors write them: what stands before, what is said, and what must come of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator, Field, ValidationError

from npc_engine.acts import Mood, acts
from npc_engine.content import Content
from npc_engine.content.rewording import reword
from npc_engine.content.source import parse
from npc_engine.content.spot import Findings, Spot
from npc_engine.errors import ContentError, Mistake, did_you_mean
from npc_engine.persona import ClockTime
from npc_engine.text import Language
from npc_engine.world.definitions import Definition, Fact, GameTime, Identifier, Signed, Unit

FOLDER = "tests"
"""The folder inside a world's that holds its dialogue tests."""

Direction = Literal["better", "worse", "same"]


def _listed(value: Any) -> Any:
    """Take one for a list of one."""
    return [value] if isinstance(value, str) else value


def _is_move(value: str) -> str:
    """Take the name of a move as it is.

    Raises:
        ValueError: there is no such move.
    """
    if value not in acts().moves:
        raise ValueError(f"there is no move {value!r}{did_you_mean(value, acts().moves)}")
    return value


Moves = Annotated[
    list[Annotated[str, AfterValidator(_is_move)]], BeforeValidator(_listed, json_schema_input_type=str | list[str])
]
Moods = Annotated[list[Mood], BeforeValidator(_listed, json_schema_input_type=Mood | list[Mood])]
"""One, or several of which any will do."""


class Happening(Definition):
    """Something that happened before: in words, what it changed, who was there, and whether it stays between them."""

    text: str
    changes: list[Fact] = Field(default_factory=list)
    not_changes: list[Fact] = Field(default_factory=list)
    audience: list[Identifier] = Field(min_length=1)
    speaker: Identifier | None = None
    place: Identifier | None = None
    between_us: bool = False


class ToldBefore(Definition):
    """A statement that someone was told before, by someone or by nobody in particular, perhaps in confidence."""

    to: Identifier
    fact: Fact
    by: Identifier | None = None
    between_us: bool = False


class InitialFeelings(Definition):
    """What the NPC feels toward the speaker when the talk begins."""

    affinity: Signed | None = None
    trust: Signed | None = None
    fear: Unit | None = None
    familiarity: Unit | None = None


class Given(Definition):
    """How things stand when a talk begins; what is left out is as the world has it.

    `time` is the first such time of day after the world begins, or a date and time. `places` puts people somewhere.
    """

    time: ClockTime | GameTime | None = None
    places: dict[Identifier, Identifier] = Field(default_factory=dict)
    feelings: InitialFeelings = InitialFeelings()
    events: list[Happening] = Field(default_factory=list)
    told: list[ToldBefore] = Field(default_factory=list)
    overheard_by: list[Identifier] = Field(default_factory=list)


class FeelingShift(Definition):
    """Which way a turn moves what the NPC feels toward the speaker."""

    affinity: Direction | None = None
    trust: Direction | None = None
    fear: Direction | None = None
    familiarity: Direction | None = None


class ExpectedTurn(Definition):
    """One thing said, and what must come of it; what is left out is not looked at.

    `mentions` must all stand in the answer, in any case, `never_mentions` none of them. `facts` must all back it,
    `not_facts` none. `move` is what the NPC does, or several of which one will do; `refuses` asks that they
    refuse or deflect. `actions` are those offered, no more and no less. `feeling` tells which way they move.
    """

    say: str
    language: Language | None = None
    move: Moves = Field(default_factory=list)
    mentions: list[str] = Field(default_factory=list)
    never_mentions: list[str] = Field(default_factory=list)
    facts: list[str] = Field(default_factory=list)
    not_facts: list[str] = Field(default_factory=list)
    actions: list[Identifier] | None = None
    refuses: bool | None = None
    withholds: list[Identifier] = Field(default_factory=list)
    mood: Moods = Field(default_factory=list)
    feeling: FeelingShift = FeelingShift()
    overheard_by: list[Identifier] | None = None


class ExpectedTalk(Definition):
    """A conversation to be had with someone, and what must come of each turn."""

    talk: Identifier
    name: str = ""
    speaker: Identifier | None = None
    language: Language | None = None
    given: Given = Given()
    never_mentions: list[str] = Field(default_factory=list)
    turns: list[ExpectedTurn] = Field(min_length=1)


@dataclass(frozen=True, slots=True)
class Written:
    """A talk with where it stands."""

    talk: ExpectedTalk
    file: str
    line: int
    lines: tuple[int, ...]

    @property
    def title(self) -> str:
        """What the talk is called in a report."""
        return f"{self.file}:{self.line}: {self.talk.talk}{f', {self.talk.name}' if self.talk.name else ''}"


def load_talks(content: Content, folder: Path | str | None = None) -> tuple[Written, ...]:
    """Return the dialogue tests of a world, from its folder `tests/` or another.

    Raises:
        ContentError: they have mistakes; all of them are named, each with its file, line and column.
    """
    place = Path(folder) if folder is not None else content.folder / FOLDER
    findings = Findings()
    found = _read_all(content, place, findings)
    if not found and not findings.mistakes:
        findings.mistakes.add(Mistake(place.as_posix(), 1, 1, "there is no dialogue test here, such as mira.yaml"))
    if findings.mistakes:
        raise ContentError(findings.mistakes)
    return tuple(found)


def check_talks(content: Content) -> tuple[Mistake, ...]:
    """Return what a world's own dialogue tests, in its folder `tests/`, have wrong with them; a world may have none."""
    findings = Findings()
    _read_all(content, content.folder / FOLDER, findings)
    return tuple(sorted(findings.mistakes))


def _read_all(content: Content, place: Path, findings: Findings) -> list[Written]:
    found: list[Written] = []
    for path in sorted(path for path in place.glob("*.y*ml") if not path.name.startswith(".")):
        if path.suffix != ".yaml":
            message = f"no file of this name is read; name it {path.stem}.yaml"
            findings.mistakes.add(Mistake(path.as_posix(), 1, 1, message))
            continue
        try:
            spot = parse(path.read_bytes(), path.as_posix(), findings)
        except OSError as error:
            message = f"the file cannot be read: {error.strerror or error}"
            findings.mistakes.add(Mistake(path.as_posix(), 1, 1, message))
            continue
        if spot is not None and spot.value is not None:
            found += _read(spot, content, findings)
    return found


def _read(spot: Spot, content: Content, findings: Findings) -> Iterator[Written]:
    if not isinstance(spot.value, list):
        findings.wrong(spot, "this file is a list of talks: each begins with a dash, `- talk: mira`")
        return
    for entry in spot:
        try:
            talk = ExpectedTalk.model_validate(entry.plain())
        except ValidationError as error:
            reword(error, ExpectedTalk, entry, findings)
            continue
        _check(talk, entry, content, findings)
        yield Written(talk, entry.file, entry.line, tuple(turn.line for turn in entry["turns"]))


def _check(talk: ExpectedTalk, spot: Spot, content: Content, findings: Findings) -> None:
    """Note the ids that the world doesn't know."""

    def known(kind: str, where: Spot, names: Iterable[str]) -> None:
        if where.there and where.text not in names:
            findings.wrong(where, f"unknown {kind} {where.text!r}{did_you_mean(where.text, names)}")

    known("NPC", spot["talk"], content.personas)
    known("speaker", spot["speaker"], content.entities)
    given = spot["given"]
    for _, key, place in given["places"].pairs():
        known("person", key, content.entities)
        known("place", place, content.entities)
    for happening in given["events"]:
        for person in (*happening["audience"], happening["speaker"]):
            known("person", person, content.entities)
        known("place", happening["place"], content.entities)
        for fact in (*happening["changes"], *happening["not_changes"]):
            _check_fact(fact, content, findings)
    for telling in given["told"]:
        known("person", telling["to"], content.entities)
        known("person", telling["by"], content.entities)
        _check_fact(telling["fact"], content, findings)
    secrets = [secret.id for p in content.personas.values() if p.id == talk.talk for secret in p.secrets]
    for turn in spot["turns"]:
        for fact in (*turn["facts"], *turn["not_facts"]):
            _check_fact(fact, content, findings)
        for action in turn["actions"]:
            known("action", action, content.actions)
        for secret in turn["withholds"]:
            known("secret", secret, secrets)
        for person in turn["overheard_by"]:
            known("person", person, content.entities)


def _check_fact(spot: Spot, content: Content, findings: Findings) -> None:
    parts = fact_id(spot.text).split(".")
    if len(parts) != 3:
        findings.wrong(spot, "a fact is three words: subject predicate object, such as 'tomas owes mira'")
        return
    rule = content.predicates.get(parts[1])
    objects = [*content.entities, *(rule.values if rule else ())]
    known = (("name", content.entities), ("predicate", content.predicates), ("name", objects))
    for part, (kind, names) in zip(parts, known, strict=True):
        if part not in names:
            findings.wrong(spot, f"unknown {kind} {part!r}{did_you_mean(part, names)}", spot.text.find(part))
            return


def fact_id(fact: str) -> str:
    """Return the id of a fact that was written with spaces or with dots."""
    return ".".join(fact.split()) if " " in fact.strip() else fact.strip()


def begins(given: Given, start: datetime) -> datetime:
    """Return the game time at which a talk begins."""
    if isinstance(given.time, datetime):
        return given.time
    if given.time is None:
        return start
    hour, minute = map(int, given.time.split(":"))
    then = start.replace(hour=hour, minute=minute, second=0)
    return then if then >= start else then + timedelta(days=1)
