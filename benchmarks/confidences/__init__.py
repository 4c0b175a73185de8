"""Who is told what was said in confidence or is somebody's own affair: nobody who may not know, and all who may.

People meet, whisper, confide and gossip; late ones join; then everybody is asked for what they know, before this
company or that, and again after some nights. Who may be told is kept here, by rules of this file's own.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count
from random import Random

from benchmarks.audiences import PLACES, PLAYER
from benchmarks.confidences.world import AILMENTS, PEOPLE, Ground, Item, village
from npc_engine import Engine, Event, Line
from npc_engine.payloads import Claimed, Heard, Reflected
from npc_engine.text import Language

GAMES = 12
SCENES = 24
NIGHTS = 6
PROBES = 110
"""Probes in each game before the nights, and as many after them."""
BUDGET = 26
REMARKS = {
    "plain": {"en": "I saw {owner} by the water, token{n}.", "zh": "我在水边看见{owner}，token{n}。"},
    "affair": {"en": "{owner} is in love, token{n}.", "zh": "{owner}爱上了一个人，token{n}。"},
}
ASKED = {
    "who has": {"en": "Who has {thing}?", "zh": "谁有{thing}？"},
    "has": {"en": "Does {owner} have {thing}?", "zh": "{owner}有{thing}吗？"},
    "ails": {"en": "What is {owner} suffering from?", "zh": "{owner}得了什么病？"},
    "about": {"en": "What do you know about {owner}?", "zh": "说说{owner}吧。"},
    "claim": {"en": "{owner} has {thing}.", "zh": "{owner}有{thing}。"},
    "said": {"en": "What did {teller} say?", "zh": "{teller}说了什么？"},
    "said of": {"en": "What did {teller} say about {owner}?", "zh": "你还记得{teller}说{owner}什么吗？"},
    "talked": {"en": "What did you talk about?", "zh": "你们聊了什么？"},
    "news": {"en": "Any news?", "zh": "有什么新闻吗？"},
}
DIRECT = frozenset({"who has", "has", "ails", "claim"})
OF_TALK = frozenset({"said", "said of", "talked"})


@dataclass
class Count:
    """What came of the probes: how many of each kind, and what went wrong."""

    probes: Counter[str] = field(default_factory=Counter)
    languages: Counter[str] = field(default_factory=Counter)
    leaks: list[str] = field(default_factory=list)
    may: int = 0
    held: list[str] = field(default_factory=list)
    declined: int = 0
    gossip: int = 0
    summaries: int = 0


class Talks:
    """One game: what is told in it, to whom, and how; and what each is then told on asking."""

    def __init__(self, seed: int, tally: Count) -> None:
        self.chance = Random(seed)
        self.tally = tally
        self.language: Language = "zh" if seed % 2 else "en"
        self.content = village(self.chance)
        self.engine = Engine.load(self.content, model="none", seed=seed, language=self.language, memory_budget=BUDGET)
        self.items: list[Item] = []
        self.numbers = count(1)
        self.things = [one.id for one in self.content.entities.values() if "_" in one.id and one.kind == "thing"]
        self.ailing = [(who, ail) for who, ail in zip(PEOPLE, AILMENTS, strict=False)]
        self.chance.shuffle(self.things)
        self.seen = len(self.engine.events)

    def play(self) -> None:
        """Let things be told, and ask; let nights go by, with gossip, and ask again."""
        with self.engine:
            for _ in range(SCENES):
                self.chance.choice([self.told, self.told, self.said, self.met, self.confided])()
            self.ask()
            for _ in range(NIGHTS):
                self.go_about()
                self.conclude()
            self.tally.summaries += sum(Reflected.read(event).summary for event in self.engine.events)
            self.ask()

    # -- what is told ----------------------------------------------------------------------------------

    def item(self, *, remark: bool) -> Item:
        """Return something new to tell."""
        n = next(self.numbers)
        owner = self.chance.choice(PEOPLE)
        if remark:
            private = self.chance.random() < 0.4
            text = REMARKS["affair" if private else "plain"][self.language].format(owner=self.name(owner), n=n)
            item = Item(n, owner, None, private, text=text)
        elif self.ailing and self.chance.random() < 0.35:
            owner, ail = self.ailing.pop()
            item = Item(n, owner, (owner, "suffers_from", ail), True)
        else:
            thing = self.things.pop()
            item = Item(n, owner, (owner, "has", thing), False, thing)
        self.items.append(item)
        return item

    def some(self, number: int, *without: str) -> list[str]:
        """Return some people."""
        return self.chance.sample([who for who in PEOPLE if who not in without], number)

    def told(self) -> None:
        """One tells another something: openly, in confidence, or for a third to hear as well."""
        item = self.item(remark=False)
        by, npc, third = self.some(3, item.owner)
        how = self.chance.choice(["openly", "between", "pass on", "both"])
        let_know = [self.chance.choice([third, item.owner])] if how == "pass on" else []
        assert item.statement
        if how == "both":
            self.note(self.engine.tell(npc, item.statement, by=third), item)
        event = self.engine.tell(npc, item.statement, by=by, between_us=how in ("between", "both"), pass_on=let_know)
        self.note(event, item, frozenset({by, npc, *let_know}) if how != "openly" else None)

    def said(self) -> None:
        """Somebody says something before some: aloud, in a whisper, or to one of them with the others in earshot."""
        item = self.item(remark=True)
        by, *there = self.some(self.chance.randint(2, 4), item.owner)
        how = self.chance.choice(["aloud", "whisper", "overheard"])
        event = self.engine.record(
            item.text,
            speaker=by,
            audience=there,
            volume="whisper" if how == "whisper" else "speech",
            to=there[:1] if how == "overheard" else (),
        )
        between = frozenset({by, *there}) if how == "whisper" else None
        self.note(event, item, between, frozenset(there[1:]) if how == "overheard" else frozenset())

    def met(self) -> None:
        """Some meet; one talks; another joins late, and hears only what is said from then on."""
        speaker, one, other, late = self.some(4)
        table = self.engine.gather([one, other], speaker=speaker)
        for turn in range(4):
            item = self.item(remark=True)
            if turn == 1:
                table.join(late)
            whisper = self.chance.random() < 0.3
            to = self.chance.choice([one, other])
            line = table.say(item.text, to=to, language=self.language, volume="whisper" if whisper else None).line()
            heard = self.engine.events[line.event_id - 2].audience
            self.note(line.event_id - 1, item, heard if whisper else None)
            self.brought_up(line)

    def confided(self) -> None:
        """Somebody asks in so many words to keep what they say."""
        item = self.item(remark=True)
        by, npc, near = self.some(3, item.owner)
        asked = {"en": "Don't tell anyone, but ", "zh": "别告诉别人，"}[self.language]
        overheard = [near] if self.chance.random() < 0.3 else []
        talk = self.engine.talk_to(npc, speaker=by)
        line = talk.say(asked + item.text, language=self.language, overheard_by=overheard).line()
        self.note(line.event_id - 1, item, frozenset({by, npc, *overheard}), frozenset(overheard))
        self.brought_up(line)

    def note(
        self, event_id: int, item: Item, between: frozenset[str] | None = None, overheard: frozenset[str] = frozenset()
    ) -> None:
        """Note an event in which something was told."""
        event = self.engine.events[event_id - 1]
        item.learned(Ground(event_id, event.audience, between, event.actor, overheard))

    def go_about(self) -> None:
        """Let a day and a night go by, in which people move about and talk."""
        for _ in range(10):
            self.engine.move(self.chance.choice(PEOPLE), self.chance.choice(PLACES))
            self.engine.advance(144)
            for event in self.engine.events[self.seen :]:
                if event.kind == "gossip":
                    self.passed_on(event)
            self.seen = len(self.engine.events)

    def conclude(self) -> None:
        """Somebody concludes something from what they remember."""
        npc = self.chance.choice(PEOPLE)
        kept = [one.event_id for one in self.engine.memories(npc) if not one.basis]
        chosen = self.chance.sample(kept, min(2, len(kept)))
        if chosen:
            item = self.item(remark=True)
            there = frozenset.intersection(*(self.engine.events[one - 1].audience for one in chosen))
            event_id = self.engine.summarise(npc, chosen, item.text)
            item.known[npc] = [Ground(event_id, there, there, npc)]

    def brought_up(self, line: Line) -> None:
        """See that news somebody told of themself may be known by who heard it; they know it from then on."""
        if line.initiative is not None and line.initiative.kind == "news":
            self.passed_on(self.engine.events[line.event_id - 1])

    def passed_on(self, event: Event) -> None:
        """See that what was passed on may be known by who heard it; they know it from then on."""
        for item in self.items:
            if item.id in {claim.statement_id for claim in event.claims}:
                self.tally.gossip += 1
                assert event.actor
                hearers = event.audience - {event.actor}
                free = [one for one in item.known[event.actor] if self.may(item, one, event.actor, hearers)]
                if not free:
                    self.tally.leaks.append(f"gossip: {event.actor} to {sorted(hearers)}: {event.text}")
                circles = [one.between for one in free]
                between = None if None in circles or not free else circles[0]
                if Heard.read(event).volume == "whisper" and event.kind == "said":  # said in answer to a whisper
                    between = event.audience if between is None else between
                before = frozenset(Claimed.read(event).chain.get(item.id, ()))
                item.learned(Ground(event.id, event.audience, between, event.actor, through=before))

    # -- what is asked ---------------------------------------------------------------------------------

    def ask(self) -> None:
        """Ask people things, each time as if it had never been asked."""
        began = len(self.engine.events)
        for _ in range(PROBES):
            item = self.chance.choice(self.items)
            knowing = [who for who in item.known if who != PLAYER]
            npc = self.chance.choice(knowing if knowing and self.chance.random() < 0.85 else PEOPLE)
            others = [PLAYER, *(who for who in PEOPLE if who != npc)]
            in_on_it = [who for ground in item.known.get(npc, ()) for who in sorted(ground.heard - {npc})]
            asker = self.chance.choice(in_on_it if in_on_it and self.chance.random() < 0.35 else others)
            near = self.some(self.chance.choice([0, 0, 0, 1]), npc, asker)
            self.probe(item, npc, asker, frozenset(near))
            self.engine.rewind(began)

    def probe(self, item: Item, npc: str, asker: str, near: frozenset[str]) -> None:
        """Ask one thing in one way, and see what comes out."""
        kinds = ["about", "said", "said of", "talked", "news"]
        kinds += ["has", "who has", "claim"] if item.thing else ["ails"] if item.statement else ["said of", "said"]
        kind = self.chance.choice(kinds)
        grounds = item.known.get(npc, [])
        teller = next((one.by for one in grounds if one.by and one.by != npc), None) or self.some(1, npc)[0]
        if kind in ("said", "said of") and (teller == asker or (kind == "said of" and item.owner in (npc, teller))):
            kind = "about"
        text = ASKED[kind][self.language].format(
            owner=self.name(item.owner), teller=self.name(teller), thing=self.name(item.thing) if item.thing else ""
        )
        talk = self.engine.talk_to(npc, speaker=asker)
        line = talk.say(text, language=self.language, overheard_by=near).line()
        self.tally.probes[kind] += 1
        self.tally.languages[self.language] += 1
        self.tally.declined += line.move == "deflect"
        listeners = near | {asker}
        told = list(self.told_in(line, kind, item))
        items = [one for one, _ in told]
        for one, words in told:
            if not self.may_tell(one, npc, listeners, words=words):
                self.tally.leaks.append(f"{npc} to {asker} {sorted(near)}: {text} -> {line.text}")
        wanted = self.wanted(kind, item, npc, asker, teller, listeners)
        if wanted:
            self.tally.may += 1
            if not any(one in items for one in wanted):
                self.tally.held.append(f"{npc} to {asker} {sorted(near)}: {text} -> {line.text} ({line.move})")

    def told_in(self, line: Line, kind: str, asked: Item) -> Iterator[tuple[Item, bool]]:
        """Yield what a line told or confirmed, each with whether it was quoted."""
        stated = {fact.id for fact in line.facts}
        for item in self.items:
            told_by = {ground.event for grounds in item.known.values() for ground in grounds}
            if told_by & set(line.memories) or (not item.statement and re.search(rf"token{item.n}(?!\d)", line.text)):
                yield item, True
            elif item.id in stated or (item is asked and kind == "claim" and line.move == "known"):
                yield item, False

    def wanted(self, kind: str, item: Item, npc: str, asker: str, teller: str, listeners: frozenset[str]) -> list[Item]:
        """Return the things of which one ought to be told in answer: asked for, remembered, and free to be told."""
        if kind == "claim":  # who said it themselves learns nothing from its being known
            others = [one for one in item.known.get(npc, ()) if one.by != asker]
            return [item] if any(self.may(item, one, npc, listeners) for one in others) else []
        if kind in DIRECT:
            return [item] if npc in item.known and self.may_tell(item, npc, listeners, words=False) else []
        if kind not in ("said", "said of"):
            return []
        kept = {memory.event_id for memory in self.engine.memories(npc)}
        found = []
        for one in self.items:
            mine = [ground for ground in one.known.get(npc, ()) if ground.by == teller and ground.event in kept]
            about = kind == "said" or one.owner == item.owner
            if about and any(self.may(one, g, npc, listeners, words=True) for g in mine):
                found.append(one)
        return found

    # -- who may know ----------------------------------------------------------------------------------

    def may_tell(self, item: Item, npc: str, listeners: frozenset[str], *, words: bool) -> bool:
        """Return whether something may be told before these, as this benchmark has it."""
        return any(self.may(item, ground, npc, listeners, words=words) for ground in item.known.get(npc, ()))

    def may(self, item: Item, ground: Ground, npc: str, listeners: frozenset[str], *, words: bool = False) -> bool:
        return all(self.may_hear(item, ground, npc, listener, words=words) for listener in listeners)

    def may_hear(self, item: Item, ground: Ground, npc: str, listener: str, *, words: bool) -> bool:
        """Return whether one of those who would hear it may know it from this ground."""
        nature = self.content.personas[npc].temperament
        reserved = min(1.0, max(0.0, nature.discreet + 0.25 - nature.talkative / 2))
        knowing = frozenset() if words else ground.through
        if listener in knowing | (ground.heard if ground.between is None else ground.between):
            return True
        if ground.between is not None:
            return False
        if item.private and npc != item.owner:
            felt = self.engine.feeling(npc, listener)
            near = max(0.0, felt.familiarity, felt.affinity, felt.trust)
            friend = reserved < 0.9 and near >= 0.6 * reserved
            return listener != item.owner and friend and not (words and reserved >= 0.3)
        return not (words and npc in ground.overheard and reserved >= 0.3)

    def name(self, who: str) -> str:
        return self.engine.name(who, self.language)


def probing() -> Count:
    """Play, ask, print what was found, and give it."""
    tally = Count()
    for seed in range(GAMES):
        Talks(seed, tally).play()
    asked = tally.probes.total()
    print("\nWhat was confided, whispered or private, asked for (model: none)")
    languages = ", ".join(f"{number} {language}" for language, number in sorted(tally.languages.items()))
    print(f"{'probes':<68}{asked:8}   ({languages})")
    for kind, number in sorted(tally.probes.items()):
        print(f"    {kind:<64}{number:8}")
    print(f"{'news passed on among themselves':<68}{tally.gossip:8}")
    print(f"{'talks summed up':<68}{tally.summaries:8}")
    print(f"{'declined in character':<68}{tally.declined:8}")
    print(f"{'told to someone who may not know':<68}{len(tally.leaks):8}")
    print(f"{'might be told, and was asked for':<68}{tally.may:8}")
    print(f"{'of that, held back':<68}{len(tally.held):8}   ({100 * len(tally.held) / max(1, tally.may):.1f}%)")
    for line in (*tally.leaks, *tally.held):
        print(f"    {line}")
    return tally
