"""What pictures are drawn from: who there is, what is so between them, what each believes, feels and was told."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any, Literal

from npc_engine.chronicle import Change, Event
from npc_engine.content import Content
from npc_engine.content.compiling import compile_world
from npc_engine.graphs import folded
from npc_engine.graphs.mapping import BELIEVES, FEELS, TOLD, statement_key
from npc_engine.graphs.rows import EdgeKey, Row
from npc_engine.lang import pack
from npc_engine.payloads import Claimed
from npc_engine.phrasebook import Phrasebook
from npc_engine.text import Language, cleaned, date_and_time, localized
from npc_engine.world import Statement, Wording
from npc_engine.world.wording import OF_THE_MOMENT

Verdict = Literal["true", "false", "unsettled"]
"""Whether the world bears out what somebody believes; `unsettled` is what only its first teller can know."""

_A, _B = "\ue000", "\ue001"
"""Stand for the two people in a statement whose words between them are wanted; no text has them."""
_LEFT_OUT = re.compile(
    f"(?P<owner>[{_A}{_B}]'s)|(?<=[^\x00-\u2fff])(?P<within>[{_A}{_B}])(?=[^\x00-\u2fff])|[{_A}{_B}]"
)
"""Where a name is left out: of an owner, or between characters that stand without spaces, or else."""
_WHEREABOUTS = OF_THE_MOMENT | {"at"}


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody in the picture: `here` if they have a persona, `player`, or else `spoken_of`.

    `secrets` is how many secrets they keep, `wrong` how much of what they believe is not so.
    """

    id: str
    name: str
    role: str
    home: str | None
    kind: Literal["here", "player", "spoken_of"]
    secrets: int = 0
    wrong: int = 0


@dataclass(frozen=True, slots=True)
class Held:
    """Something that somebody believes, or with `holds=False` denies, in words; `truth` says what is so instead.

    `secret` are those whose secret it is; `common` is what everybody knows; `event` is what it was learned from.
    """

    statement: Statement
    holds: bool
    text: str
    verdict: Verdict
    truth: str
    how: str
    by: str | None
    at: datetime | None
    event: int | None
    sure: float
    secret: tuple[str, ...]
    common: bool
    confided: bool


@dataclass(frozen=True, slots=True)
class Telling:
    """Something that somebody told another; `at` is None where it was before the game begins."""

    teller: str
    hearer: str
    statement: str
    text: str
    verdict: Verdict
    at: datetime | None
    confided: bool
    lie: bool


@dataclass(frozen=True, slots=True)
class Tie:
    """What is so between two people: `label` are the words between their names."""

    a: str
    b: str
    label: str
    text: str
    secret: bool
    mutual: bool


@dataclass(frozen=True, slots=True)
class Felt:
    """What somebody feels toward another: affinity and trust from -1 to 1, fear and familiarity from 0 to 1."""

    who: str
    toward: str
    affinity: float
    trust: float
    fear: float
    familiarity: float
    note: str


class Known:
    """A world at a game time as designers may see it, in one language.

    Without `secrets` there is nothing in it of what some persona keeps secret, nor of what was told in confidence.
    """

    def __init__(
        self,
        content: Content,
        events: Iterable[Event] = (),
        *,
        language: Language,
        now: datetime | None = None,
        secrets: bool = True,
    ) -> None:
        self.content = content
        self.language = language
        self.now = now or content.world.start
        self.secrets = secrets
        self.say = Phrasebook.load("npc_engine.pictures", "pictures.yaml")[language]
        self._events = {event.id: event for event in events}
        self._wording = Wording(content.entities, content.predicates)
        self._fold = folded(compile_world(content), self._events.values(), secrets=secrets)
        self._rows = self._fold.delta().new
        self._common = {".".join(fact.triple) for fact in content.facts if fact.common}
        self._hidden: dict[str, list[str]] = {}
        for who, persona in content.personas.items():
            for secret in persona.secrets:
                for fact in secret.facts:
                    self._hidden.setdefault(fact.replace(" ", "."), []).append(who)

    # -- words ---------------------------------------------------------------------------------------

    def name(self, id_: str) -> str:
        """Return what somebody or something is called, as a line begins."""
        named = cleaned(self._wording.name(id_, self.language, article=False)).strip() or id_
        return named[:1].upper() + named[1:]

    def word(self, statement: Statement, *, holds: bool = True) -> str:
        """Return a statement, or its denial, as a sentence."""
        return cleaned(self._wording.sentence(statement, self.language, holds=holds))

    def claim(self, fact: str, qualifiers: Mapping[str, Any], *, holds: bool) -> str:
        """Return what an author writes as a fact, in words."""
        return self.word(Statement.of(Change.of_fact(fact, holds, qualifiers)), holds=holds)

    def when(self, moment: datetime) -> str:
        """Return a game time in words."""
        return date_and_time(moment, self.language)

    def names(self, ids: Iterable[str]) -> str:
        """Return what several are called, one after the other."""
        return self.say("joint").join(map(self.name, ids))

    def perceived(self, event_id: int) -> str:
        """Return what was perceived of an event, in words; empty where there were none."""
        event = self._events.get(event_id)
        return cleaned(event.text) if event else ""

    def day(self, moment: datetime) -> str:
        """Return the day of a game time in words."""
        return pack(self.language).date(moment)

    def source(self, how: str, by: str | None, at: datetime | None) -> str:
        """Return how somebody came to believe something, and when: 'told by Pip, 1 May, 09:10'."""
        said = self.say(f"how.{how}", who=self.name(by) if by else self.say("somebody"))
        return self.say("dated", what=said, when=self.when(at)) if at else said

    # -- people --------------------------------------------------------------------------------------

    @cached_property
    def people(self) -> dict[str, Person]:
        """Everybody, by id: those with a persona first, then the player, then who is only spoken of."""
        personas = self.content.personas
        others = [one for one in self._nodes("Person") if one not in personas]
        return {one: self._person(one) for one in (*personas, *sorted(others, key=self._is_absent))}

    def _is_absent(self, id_: str) -> bool:
        return id_ != self.content.world.player.id

    def _person(self, id_: str) -> Person:
        persona = self.content.personas.get(id_)
        if persona is None:
            kind: Literal["player", "spoken_of"] = "spoken_of" if self._is_absent(id_) else "player"
            wrong = sum(1 for held in self.beliefs(id_) if held.verdict == "false")
            return Person(id_, self.name(id_), self.say(kind), None, kind, wrong=wrong)
        return Person(
            id_,
            self.name(id_),
            cleaned(localized(persona.role, self.language)),
            persona.home,
            "here",
            len(persona.secrets) if self.secrets else 0,
            sum(1 for held in self.beliefs(id_) if held.verdict == "false"),
        )

    def _nodes(self, label: str) -> list[str]:
        return [row.said["id"] for key, row in self._rows.items() if isinstance(key, str) and row.label == label]

    # -- what is so ----------------------------------------------------------------------------------

    @cached_property
    def ties(self) -> list[Tie]:
        """What is so between two people now, in the order of the world's facts."""
        found = []
        for one in self._fold.world.ask(at=self.now):
            between = one.subject in self.people and one.object in self.people and one.subject != one.object
            if not between or one.basis or one.predicate in _WHEREABOUTS:
                continue
            if one.id in self._hidden and not self.secrets:
                continue
            rule = self.content.predicates.get(one.predicate)
            mutual = rule is not None and rule.symmetric
            label = self._label(one)
            found.append(Tie(one.subject, one.object, label, self.word(one), one.id in self._hidden, mutual))
        return found

    def _label(self, one: Statement) -> str:
        """Return what a statement says between the names: 'owes 12 silver coins', 'is …\'s aunt'."""
        bare = Statement(_A, one.predicate, _B, one.qualifiers)
        words = cleaned(self._wording.statement(bare, self.language))
        words = _LEFT_OUT.sub(lambda name: "…'s" if name["owner"] else "…" if name["within"] else " ", words)
        return " ".join(words.split()).strip(" …,，") or one.predicate.replace("_", " ")

    @cached_property
    def feelings(self) -> list[Felt]:
        """What people feel toward each other."""
        found = []
        for (_, a, b, _), row in self._edges(FEELS):
            persona = self.content.personas.get(a)
            relationship = persona.relationships.get(b) if persona else None
            note = cleaned(localized(relationship.note, self.language)) if relationship and self.secrets else ""
            said = row.said
            found.append(Felt(a, b, said["affinity"], said["trust"], said["fear"], said["familiarity"], note))
        return found

    # -- what is believed ----------------------------------------------------------------------------

    def believers(self, one: Held) -> list[str]:
        """Return all who hold the same of a statement."""
        return [
            who
            for who, several in self._beliefs.items()
            if any(each.statement.id == one.statement.id and each.text == one.text for each in several)
        ]

    def beliefs(self, who: str) -> list[Held]:
        """Return what somebody believes or denies now; whereabouts are left out."""
        return self._beliefs.get(who, [])

    @cached_property
    def _beliefs(self) -> dict[str, list[Held]]:
        found: dict[str, list[Held]] = {}
        for (_, who, about, _), row in self._edges(BELIEVES):
            held = self._held(who, self._statement(about, row.said), row.said)
            if held is not None:
                found.setdefault(who, []).append(held)
        return found

    def _statement(self, id_: str, said: Mapping[str, Any]) -> Statement:
        node = self._rows[statement_key(id_)]
        qualifiers = json.loads(said.get("qualifiers") or "{}")
        return Statement(node.said["subject"], node.said["predicate"], node.said["object"], qualifiers)

    def _held(self, who: str, statement: Statement, said: Mapping[str, Any]) -> Held | None:
        if statement.predicate in _WHEREABOUTS:
            return None
        holds, by = said["holds"], said.get("by")
        verdict, truth = self.verdict(statement, holds, (said.get("chain") or [by or who])[0])
        at = datetime.fromisoformat(said["at"]) if "at" in said else None
        return Held(
            statement,
            holds,
            self.word(statement, holds=holds),
            verdict,
            truth,
            said["how"],
            by,
            at,
            said.get("event"),
            said["confidence"],
            tuple(self._hidden.get(statement.id, ())) if holds else (),
            verdict == "true" and holds and statement.id in self._common,
            "between" in said,
        )

    def verdict(self, statement: Statement, holds: bool, source: str) -> tuple[Verdict, str]:
        """Return whether the world bears a statement out, and what is so instead in words, where something is.

        `source` said it first: of themself they may know what nobody else can.
        """
        subject, predicate, object_ = statement.subject, statement.predicate, statement.object
        found = self._fold.world.ask(subject, predicate, object_, at=self.now)
        same = [one for one in found if _agree(statement, one)]
        if not holds:
            return ("false", self._truth(same)) if same else ("true", "")
        if same:
            return "true", ""
        rule = self.content.predicates.get(predicate)
        if not found and rule is not None and rule.single_valued:
            found = self._fold.world.ask(subject, predicate, at=self.now)
        if found:
            return "false", self._truth(found)
        if statement.id in self._hidden or subject == source:
            return "unsettled", ""
        return "false", ""

    def _truth(self, found: list[Statement]) -> str:
        told = [one for one in found if self.secrets or one.id not in self._hidden]
        return self.word(told[0]) if told else ""

    # -- what was told -------------------------------------------------------------------------------

    @cached_property
    def tellings(self) -> list[Telling]:
        """Who told whom what, the earliest first; what authors say was told before the game begins comes before."""
        before = [
            Telling(held.by, who, held.statement.id, held.text, held.verdict, None, held.confided, False)
            for who, several in self._beliefs.items()
            for held in several
            if held.by and held.at is None
        ]
        return [*before, *sorted(self._told(), key=lambda one: one.at or datetime.min)]

    def _told(self) -> Iterator[Telling]:
        for (_, teller, hearer, _), row in self._edges(TOLD):
            said, event = row.said, self._events[row.said["event"]]
            statement = Statement.of(next(one for one in event.claims if one.statement_id == said["statement"]))
            if statement.predicate in _WHEREABOUTS:
                continue
            claimed = Claimed.read(event)
            chain = claimed.chain.get(statement.id) or [teller]
            verdict, _ = self.verdict(statement, said["holds"], chain[0])
            text = self.word(statement, holds=said["holds"])
            confided, lie = "between" in said, statement.id in claimed.lies
            yield Telling(teller, hearer, statement.id, text, verdict, event.at, confided, lie)

    def _edges(self, type_: str) -> Iterator[tuple[EdgeKey, Row]]:
        """Yield the relationships of a type, with plain ids at their ends."""
        for key, row in self._rows.items():
            if not isinstance(key, str) and key[0] == type_:
                yield (key[0], key[1][2:], key[2][2:], key[3]), row


def _agree(one: Statement, other: Statement) -> bool:
    """Return whether two statements of the same say nothing that the other gainsays."""
    return all(other.qualifiers.get(key, value) == value for key, value in one.qualifiers.items())
