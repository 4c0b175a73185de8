"""Dialogue acts and the moves in reply, as `acts.yaml` declares them; whatever depends on an act is looked up here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from npc_engine.packaged import packaged_yaml

Mood = Literal["neutral", "happy", "angry", "sad", "afraid", "surprised"]
"""What a face shows."""


class ReplyDefinition(BaseModel):
    """What an NPC does in return, and the key of the phrase that says so."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    move: str
    phrase: str


class ActDefinition(BaseModel):
    """One dialogue act; the head of `acts.yaml` says what each field means."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    iso: str = ""
    formerly: str = ""
    reply: ReplyDefinition | None = None
    topics: tuple[str, ...] = ()
    light: bool = False
    idle: bool = False
    empty: bool = False
    grave: bool = False
    question: bool = False
    states: bool = False
    deed: bool = False
    chat: bool = False
    flatters: bool = False
    feelings: Mapping[str, float] = Field(default_factory=dict)
    wears: frozenset[str] = frozenset()


class MoveDefinition(BaseModel):
    """One move of an NPC's in reply; `acts.yaml` says what each field means."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    voiced: Literal["small", "trained", "nobody"]
    mood: Mood | None = None


@dataclass(frozen=True, slots=True)
class Acts:
    """Every act and every move by its name."""

    acts: Mapping[str, ActDefinition]
    moves: Mapping[str, MoveDefinition]
    renamed: Mapping[str, str]
    labels: tuple[str, ...]
    """Every act, and for one that has topics every topic of it: `greet`, `ask_npc/home` …"""

    def __getitem__(self, kind: str) -> ActDefinition:
        """Return an act by the name it has today or had in an older save.

        Raises:
            KeyError: no act has that name.
        """
        return self.acts[self.today(kind)]

    def today(self, kind: str) -> str:
        """Return today's name of an act that an older save may call otherwise."""
        return self.renamed.get(kind, kind)

    def is_chat(self, kind: str) -> bool:
        """Return whether an act is small talk, of no weight in memory; False for a name that is no act's."""
        found = self.acts.get(self.today(kind))
        return found is not None and found.chat


@lru_cache(maxsize=1)
def acts() -> Acts:
    """Return what `acts.yaml` declares.

    Raises:
        ValueError: an act replies by a move that is not declared.
    """
    data: dict[str, Any] = packaged_yaml("npc_engine", "acts.yaml")
    moves = {name: MoveDefinition.model_validate(fields) for name, fields in data["moves"].items()}
    found = {kind: ActDefinition.model_validate(fields) for kind, fields in data["acts"].items()}
    for kind, act in found.items():
        if act.reply and act.reply.move not in moves:
            raise ValueError(f"acts.yaml: {kind} replies by {act.reply.move!r}, which is no move")
    labels = (
        label
        for kind, act in found.items()
        for label in ([f"{kind}/{topic}" for topic in act.topics] if act.topics else [kind])
    )
    return Acts(found, moves, {act.formerly: kind for kind, act in found.items() if act.formerly}, tuple(labels))
