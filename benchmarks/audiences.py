"""Who knows what after people came and went: nothing in the mind of anyone who was not there, nothing missing.

What each should know is kept here, by rules of this file's own, from what was done and what lines came back; the
engine is then asked what each mind holds.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from itertools import count
from random import Random

from benchmarks.measure import header, row
from npc_engine import Change, Earshot, Engine, Line, Persona, load_content
from npc_engine.content import Content
from npc_engine.testing import SMALL_WORLD
from npc_engine.world import Entity, Predicate
from npc_engine.world.definitions import FactDefinition
from npc_engine.world.wording import OF_THE_MOMENT

GAMES = 24
CONVERSATIONS = 10
TURNS = 9
PLAYER = "player"
PLACES = ["inn", "smithy", "bridge", "mill"]
BESIDE = {("inn", "smithy"), ("smithy", "bridge")}
RADII = {"whisper": 2.0, "speech": 9.0, "shout": 25.0}
NAMES = {
    "ana": "安娜", "ben": "阿本", "cleo": "克丽", "dan": "阿丹", "eve": "伊芙", "finn": "阿芬",
    "gwen": "格温", "hal": "阿哈", "ida": "艾达", "jon": "阿强", "kit": "小吉", "lou": "阿露",
}  # fmt: skip
_SAID = {
    "en": ["{name} lost token{n} by the water.", "Have you seen token{n}, {other}?", "{other} told {name} of {n}."],
    "zh": ["{name}在水边丢了第token{n}号。", "{other}，你见过token{n}吗？", "{other}跟{name}说起过token{n}。"],
}


def world() -> Content:
    """Return a village of twelve, of whom each knows all the others, with four places, some within call."""
    base = load_content(SMALL_WORLD)
    people = {who: _person(who, zh) for who, zh in NAMES.items()}
    mill = Entity(id="mill", kind="place", names={"en": "mill", "zh": "磨坊"}, proper=False)
    entities = {id: one for id, one in base.entities.items() if id not in base.personas}
    beside = Predicate(
        id="beside",
        wording={"en": "{subject} is beside {object}", "zh": "{subject}在{object}旁边"},
        symmetric=True,
        within_call=True,
    )
    return replace(
        base,
        entities={**entities, "mill": mill, **{who: one.entity for who, one in people.items()}},
        predicates={**base.predicates, "beside": beside},
        facts=tuple(FactDefinition(fact=f"{one} beside {other}") for one, other in sorted(BESIDE)),
        personas=people,
        story=(),
    )


def _person(who: str, zh: str) -> Persona:
    return Persona.model_validate(
        {
            "id": who,
            "names": {"en": who.title(), "zh": zh},
            "role": {"en": "a villager", "zh": "村民"},
            "summary": {"en": "A villager.", "zh": "村民。"},
            "voice": {"register": {"en": "Plain.", "zh": "朴实。"}},
        }
    )


@dataclass
class Truth:
    """What each person should know, as this benchmark has it: events, and statements they heard or saw."""

    events: dict[int, frozenset[str]] = field(default_factory=dict)
    statements: dict[str, set[str]] = field(default_factory=dict)
    own: dict[str, set[str]] = field(default_factory=dict)

    def happened(self, event_id: int, there: set[str], statements: list[str] | None = None, by: str = "") -> None:
        """Note an event, who was there, and what it told them."""
        self.events[event_id] = frozenset(there)
        for statement in statements or ():
            self.own.setdefault(by, set()).add(statement)
            for who in there - {by}:
                self.statements.setdefault(who, set()).add(statement)


class Village:
    """Where everyone stands, and who therefore hears what: this file's own rules, beside the engine's."""

    def __init__(self, chance: Random, *, measured: bool) -> None:
        self.chance = chance
        self.measured = measured
        self.place: dict[str, str] = {}
        self.spot: dict[str, tuple[float, float]] = {}
        for who in [*NAMES, PLAYER]:
            self.wander(who)

    def wander(self, who: str) -> None:
        """Let someone go somewhere."""
        self.place[who] = self.chance.choice(PLACES)
        self.spot[who] = (self.chance.uniform(0, 30), self.chance.uniform(0, 30))

    def walled(self, one: str, other: str) -> bool:
        """Return whether the wall through the middle stands between two people."""
        return (self.spot[one][0] < 15) != (self.spot[other][0] < 15)

    def hears(self, source: str, volume: str | None) -> set[str]:
        """Return who hears what someone says so loud."""
        if volume is None and not self.measured:
            return set()
        found = set()
        for who in [*NAMES, PLAYER]:
            if self.measured:
                (x, y), (u, v) = self.spot[source], self.spot[who]
                reach = RADII[volume or "speech"]
                near = (x - u) ** 2 + (y - v) ** 2 <= reach**2 and not self.walled(source, who)
            else:
                here, there = self.place[source], self.place[who]
                beside = (here, there) in BESIDE or (there, here) in BESIDE
                near = volume != "whisper" and (here == there or (volume == "shout" and beside))
            if near:
                found.add(who)
        return found


@dataclass
class Tally:
    """What was found: each should be 0 but the counts of what was looked at."""

    seen: Counter[str] = field(default_factory=Counter)
    wrong: Counter[str] = field(default_factory=Counter)


class Game:
    """One game: people wander, meet in groups, talk, whisper and shout; nobody gossips."""

    def __init__(self, content: Content, seed: int, numbers: Iterator[int], tally: Tally) -> None:
        self.chance = Random(seed)
        self.village = Village(self.chance, measured=seed % 2 == 1)
        self.language = "zh" if seed % 4 >= 2 else "en"
        self.numbers = numbers
        self.tally = tally
        self.truth = Truth()
        ears = Earshot(positions=self.village.spot.get, blocked=self.village.walled, radii=RADII)  # type: ignore[arg-type]
        earshot = ears if self.village.measured else None
        self.engine = Engine.load(
            content, model="none", seed=seed, gossip=False, language=self.language, earshot=earshot
        )
        for who in self.village.place:
            self.move(who)

    def play(self) -> None:
        """Hold the conversations, then look into every mind: as it is, after consolidation, and rebuilt."""
        with self.engine:
            for _ in range(CONVERSATIONS):
                self.converse()
            self.look("before consolidation")
            self.consolidate()
            self.look("after consolidation")
            self.engine.rebuild()
            self.look("rebuilt from the chronicle")

    def move(self, who: str) -> None:
        """Take someone to where the village has them; it is seen at both ends."""
        before = self.engine.place_of(who)
        place = self.village.place[who]
        there = {one for one in self.village.place if self.engine.place_of(one) in {before, place} - {None}}
        event_id = self.engine.move(who, place)
        self.truth.happened(event_id, there | {who}, [f"{who}.at.{place}"])

    def converse(self) -> None:
        """Hold one conversation, in which people come and go."""
        self.tally.seen["conversations"] += 1
        people = list(NAMES)
        self.chance.shuffle(people)
        there, others = people[: self.chance.randint(3, 6)], people[6:]
        table = self.engine.gather(there)
        for _ in range(TURNS):
            chance = self.chance.random()
            if chance < 0.2 and len(there) > 1:
                gone = there.pop(self.chance.randrange(len(there)))
                table.leave(gone)
                self.tally.seen["left"] += 1
            elif chance < 0.4 and others and len(there) < 6:
                there.append(others.pop())
                table.join(there[-1])
                self.tally.seen["joined"] += 1
            elif chance < 0.55:
                who = self.chance.choice([*NAMES, PLAYER])
                self.village.wander(who)
                self.move(who)
            self.speak(table, there)
            if self.chance.random() < 0.5:
                self.happen()
        table.leave()

    def speak(self, table: object, there: list[str]) -> None:
        """Say something in company; perhaps more than one answers."""
        to = self.chance.choice(there)
        volume = self.chance.choice([None, None, "speech", "whisper", "shout"])
        nosy = set(self.chance.sample(sorted(set(NAMES) - set(there)), k=self.chance.choice([0, 0, 1])))
        reply = table.say(self.words(), to=to, volume=volume, language=self.language, overheard_by=nosy)  # type: ignore[attr-defined]
        line = reply.line()
        company = nosy | ({to, PLAYER} if volume == "whisper" else {*there, PLAYER})
        heard = company | self.village.hears(PLAYER, volume)
        self.truth.happened(line.event_id - 1, heard, [claim.statement_id for claim in self.claims(line)], PLAYER)
        self.answered(line, company | self.village.hears(to, volume))
        if volume is None and self.chance.random() < 0.3:
            more = table.and_you()  # type: ignore[attr-defined]
            if more is not None:
                line = more.line()
                self.answered(line, heard | {*there} | self.village.hears(line.speaker, volume))

    def claims(self, line: Line) -> tuple[Change, ...]:
        """Return what the player's words were taken to state; who hears them hears that too."""
        return self.engine.events[line.event_id - 2].claims

    def answered(self, line: Line, there: set[str]) -> None:
        self.tally.seen["lines"] += 1
        told = [fact.id for fact in line.facts if fact.belief.statement.predicate not in OF_THE_MOMENT]
        self.truth.happened(line.event_id, there, told, line.speaker)

    def happen(self) -> None:
        """Something is seen, shouted or told beside the conversation."""
        who, number = self.chance.choice(list(NAMES)), next(self.numbers)
        statement = ("key", "buried_at", f"hole{number}")
        kind = self.chance.choice(["seen", "told", "named"])
        if kind == "told":
            other = self.chance.choice([one for one in NAMES if one != who])
            event_id = self.engine.tell(other, statement, by=who)
            self.truth.happened(event_id, {who, other}, [".".join(statement)], who)
            return
        if kind == "named":
            audience = set(self.chance.sample(list(NAMES), k=self.chance.randint(0, 5)))
            event_id = self.engine.record(self.words(), changes=[statement], audience=audience)
            self.truth.happened(event_id, audience, [".".join(statement)])
            return
        volume = self.chance.choice(["whisper", "speech", "shout"])
        event_id = self.engine.record(self.words(), speaker=who, changes=[statement], volume=volume)  # type: ignore[arg-type]
        self.truth.happened(event_id, self.village.hears(who, volume) | {who}, [".".join(statement)])

    def words(self) -> str:
        """Return something to say that names people, most of whom are not there, and a number nobody else has said."""
        name, other = self.chance.sample(list(NAMES), k=2)
        called = {"zh": NAMES, "en": {who: who.title() for who in NAMES}}[self.language]
        said = self.chance.choice(_SAID[self.language])
        return said.format(name=called[name], other=called[other], n=next(self.numbers))

    def consolidate(self) -> None:
        """Let people draw conclusions from what they remember, and some from what they don't."""
        ids = sorted(self.truth.events)
        for who in NAMES:
            mine = [event_id for event_id in ids if who in self.truth.events[event_id]]
            for _ in range(6):
                chosen = self.chance.sample(mine, k=min(len(mine), self.chance.randint(1, 4)))
                if self.chance.random() < 0.3:
                    chosen.append(self.chance.choice(ids))
                others = set(self.chance.sample(list(NAMES), k=self.chance.choice([0, 0, 1, 2])))
                allowed = all({who, *others} <= self.truth.events[event_id] for event_id in chosen)
                self.tally.seen["reflections tried"] += 1
                try:
                    event_id = self.engine.summarise(who, chosen, self.words(), audience=others)
                except ValueError:
                    self.tally.wrong["reflections refused wrongly"] += allowed
                    continue
                self.tally.seen["reflections made"] += 1
                self.tally.wrong["reflections allowed wrongly"] += not allowed
                self.truth.happened(event_id, {who, *others})

    def look(self, when: str) -> None:
        """Compare every mind with what it should hold."""
        wrong = self.tally.wrong
        texts = {event.id: bool(event.text) for event in self.engine.events}
        for who in [*NAMES, PLAYER]:
            mind = self.engine._timeline.projections.mind(who)
            kept = {memory.event_id for memory in mind.memories}
            should = {event for event, there in self.truth.events.items() if who in there and texts[event]}
            wrong[f"{when}: memories in the wrong mind"] += len(kept - should)
            wrong[f"{when}: memories missing"] += len(should - kept)
            learned = {belief.id for belief in mind.beliefs.log() if belief.event is not None}
            told = self.truth.statements.get(who, set())
            wrong[f"{when}: statements in the wrong mind"] += len(learned - told)
            missing = told - learned - self.truth.own.get(who, set())
            wrong[f"{when}: statements missing"] += len(missing)
            self.tally.seen[f"{when}: memories and statements"] += len(kept) + len(learned)


def replaying() -> Tally:
    """Replay the conversations, print what was found, and give it."""
    content, tally, numbers = world(), Tally(), count(1)
    for seed in range(GAMES):
        Game(content, seed, numbers, tally).play()
    print("\nConversations with people coming and going (model: none)")
    for name, number in tally.seen.items():
        print(f"{name:<68}{number:8}")
    for name, number in tally.wrong.items():
        print(f"{name:<68}{number:8}")
    return tally


@contextmanager
def _stopped(taken: list[float]) -> Iterator[None]:
    began = time.perf_counter()
    yield
    taken.append((time.perf_counter() - began) * 1000)


def recording(people: int = 20, times: int = 400) -> None:
    """Print how long it takes to record something that many perceive."""
    ids = [f"p{n}" for n in range(people)]
    content = world()
    entities = {one: Entity(id=one, kind="person", names={"en": one.title(), "zh": one}) for one in ids}
    spots = {one: (n % 5 * 1.0, n // 5 * 1.0) for n, one in enumerate(ids)}
    crowd = replace(content, entities={**content.entities, **entities})
    told: Callable[[int], str] = "The bridge creaked for the {}th time, and Ana saw it.".format
    print(header(f"Recording an event that {people} perceive"))
    with Engine.load(crowd, model="none", gossip=False, earshot=Earshot(positions=spots.get)) as engine:
        given: list[float] = []
        found: list[float] = []
        for n in range(times):
            with _stopped(given):
                engine.record(told(n), changes=[("bridge", "condition", "sound")], audience=ids)
        for n in range(times):
            with _stopped(found):
                engine.record(told(n), speaker="p0", volume="speech")
        assert len(engine.events[-1].audience) == people
    print(row("audience given by the game", given))
    print(row("audience found by distance", found))
