"""Free mode: a large model chooses among what may be stated, and names what each sentence stands on."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from npc_engine.acts import acts
from npc_engine.dialogue.check.grounds import Ground
from npc_engine.dialogue.scene import Scene, Turn
from npc_engine.dialogue.secrets.guard import Guard
from npc_engine.dialogue.speak.prompt_files import prompts
from npc_engine.dialogue.speak.prompting import as_data, named, prefix
from npc_engine.dialogue.types import Fact, Plan
from npc_engine.dialogue.wants import Action
from npc_engine.mind import Recalled
from npc_engine.mind.discretion import kept_back, tellable
from npc_engine.models.model import Message, ModelInfo, Request
from npc_engine.phrasebook import filled
from npc_engine.text import join_sentences, terms
from npc_engine.world.wording import OF_THE_MOMENT

MOST_FACTS = 8
MOST_MEMORIES = 3
_TOKENS = {"small": 96, "large": 240}
_OUTER = re.compile(r'\{\s*"say"\s*:\s*')
_DECODER = json.JSONDecoder(strict=False)
_VOICED = 1 / 3
"""The share of a statement's words that a sentence must have for the statement to count as said."""


@dataclass(frozen=True, slots=True)
class Item:
    """Something a free answer may stand on: a statement, an action or a memory; `must` be said or may be."""

    id: str
    text: str
    must: bool = False
    fact: Fact | None = None
    action: Action | None = None
    memory: Recalled | None = None

    @property
    def kind(self) -> Literal["fact", "must", "action", "memory"]:
        """What it is called in the prompt."""
        if self.action:
            return "action"
        return "memory" if self.memory else "must" if self.must else "fact"


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a free answer: a text, and the items it says it stands on."""

    text: str
    uses: tuple[Item, ...]

    @property
    def ground(self) -> Ground:
        """What the text may state."""
        facts = tuple(item.fact for item in self.uses if item.fact)
        return Ground(facts, tuple(item.text for item in self.uses))

    def voiced(self) -> tuple[Item, ...]:
        """Return the items that the text really has in it."""
        given = set(terms(self.text))
        found = []
        for item in self.uses:
            wanted = set(terms(item.text))
            if not wanted or item.action or len(wanted & given) / len(wanted) >= _VOICED:
                found.append(item)
        return tuple(found)


def is_free(plan: Plan, scene: Scene, info: ModelInfo) -> bool:
    """Return whether the model may choose: as the persona says, else the world, else the model, else by its size."""
    set_by = scene.persona.freedom or scene.freedom or info.freedom
    wanted = set_by or ("free" if info.size == "large" else "guided")
    return wanted == "free" and acts().moves[plan.move].free


def offered(turn: Turn) -> tuple[Item, ...]:
    """Return all that a free answer may stand on: the plan's facts, others of the things named, actions, memories."""
    plan, reading, scene, guard = turn.plan, turn.reading, turn.scene, turn.guard
    items = [Item(f"f{n}", fact.wording, True, fact=fact) for n, fact in enumerate(plan.facts, start=1)]
    held = {fact.id for fact in plan.facts}
    for fact in _others(turn):
        if len(items) < MOST_FACTS and fact.id not in held and not _gives_away(fact.wording, guard):
            held.add(fact.id)
            items.append(Item(f"f{len(items) + 1}", fact.wording, fact=fact))
    items += [Item(f"a{n}", action.text, action=action) for n, action in enumerate(plan.possible, start=1)]
    act = reading.main
    about = [entity for entity in act.named if entity not in (scene.npc, scene.speaker)]
    asked = act.kind == "ask_fact"
    recalled = scene.mind.recall(reading.text, about, MOST_MEMORIES * 2, scene.now) if asked else []
    said = [
        one
        for one in recalled
        if one.text != reading.text and not _gives_away(one.text, guard) and not kept_back(one.memory, scene.company)
    ]
    items += [Item(f"m{n}", memory.text, memory=memory) for n, memory in enumerate(said[:MOST_MEMORIES], start=1)]
    return tuple(items)


def free_request(turn: Turn, items: Sequence[Item], gist: Sequence[str]) -> Request:
    """Return what a model is asked in free mode: to answer from a list, naming what it used."""
    plan, scene, info, language = turn.plan, turn.scene, turn.model.info, turn.language
    words = prompts(language)
    listed = [filled(words["kinds"][item.kind], id=item.id, text=item.text) for item in items]
    if any(item.must for item in items):
        key = "answer" if plan.polarity is None else "yes" if plan.polarity else "no"
        meant = words["gist"][key]
    else:
        meant = filled(words["gist"]["other"], content=join_sentences(list(gist), language))
    asked = filled(
        words["free_turn"],
        listener=named(scene, language),
        said=as_data(turn.reading.text, turn.guard),
        items="\n".join(listed) or words["kinds"]["nothing"],
        gist=meant + words["moods"][plan.mood],
    )
    return Request(
        messages=(*prefix(scene, info, language, free=True), Message("user", asked)),
        max_tokens=_TOKENS["large" if info.size == "large" else "small"],
        temperature=0.6,
        seed=scene.seed & 0x7FFFFFFF,
        json_schema=_schema(items),
        timeout=turn.left,
        extra={"slot_key": scene.npc},
    )


class Parts:
    """Reads a free answer while it comes, a piece at a time; `parts` counts those that were whole."""

    def __init__(self, items: Sequence[Item]) -> None:
        self._items = {item.id: item for item in items}
        self.text = ""
        self.parts = 0
        self._at = 0

    @property
    def structured(self) -> bool | None:
        """Whether the answer is JSON, fenced or not; None while it can't be told."""
        start = self.text.lstrip()
        return start[0] in "{[`" if start else None

    def feed(self, piece: str) -> Iterator[Part]:
        """Take in a piece and give the parts that are whole now."""
        self.text += piece
        while self.structured and (start := self.text.find("{", self._at)) >= 0:
            if outer := _OUTER.match(self.text, start):
                self._at = outer.end()
                continue
            try:
                found, self._at = _DECODER.raw_decode(self.text, start)
            except ValueError:
                return  # not whole yet
            if isinstance(found, dict) and (part := self._part(found)):
                self.parts += 1
                yield part

    def _part(self, found: dict[str, Any]) -> Part | None:
        text, uses = found.get("text"), found.get("uses")
        if not isinstance(text, str) or not text.strip():
            return None
        ids = [str(use).strip("!") for use in uses] if isinstance(uses, list) else []
        return Part(text.strip(), tuple(self._items[use] for use in dict.fromkeys(ids) if use in self._items))


def _others(turn: Turn) -> Iterator[Fact]:
    """Yield what else may be told of the things that were named or that the answer is about."""
    scene = turn.scene
    named_things = [entity for entity in turn.reading.main.named if entity != scene.speaker]
    answered = [fact.belief.statement.subject for fact in turn.plan.facts]
    beliefs = scene.mind.beliefs
    for entity in dict.fromkeys([*named_things, *answered]):
        for belief in tellable((*beliefs.ask(subject=entity), *beliefs.ask(object=entity)), scene.company):
            statement = belief.statement
            if statement.predicate in OF_THE_MOMENT or statement.predicate == "at" or belief.confidence < 0.75:
                continue
            if not statement.basis:
                wording = scene.wording.sentence(statement, turn.language, scene.perspective, holds=belief.holds)
                yield Fact(belief, wording)


def _gives_away(text: str, guard: Guard) -> bool:
    return bool(guard.names(text) or guard.states(text))


def _schema(items: Sequence[Item]) -> dict[str, Any]:
    uses: dict[str, Any] = {"type": "array", "items": {"type": "string", "enum": [item.id for item in items]}}
    if not items:
        uses = {"type": "array", "items": {"type": "string"}, "maxItems": 0}
    part = {
        "type": "object",
        "properties": {"uses": uses, "text": {"type": "string"}},
        "required": ["uses", "text"],
        "additionalProperties": False,
    }
    say = {"type": "array", "items": part, "minItems": 1, "maxItems": 3}
    return {"type": "object", "properties": {"say": say}, "required": ["say"], "additionalProperties": False}
