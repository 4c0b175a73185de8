"""All that a turn may look at: who speaks with whom, where things stand, what was said just before."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from npc_engine.dialogue.plan import Heard, Line
from npc_engine.mind import Mind, Views
from npc_engine.mind.discretion import Company
from npc_engine.persona import Persona
from npc_engine.text import Language
from npc_engine.world import Perspective, Wording
from npc_engine.world.definitions import ActionDefinition, Freedom


@dataclass(frozen=True, slots=True)
class Exchange:
    """One turn that was finished: what was heard, and the line it was answered with."""

    heard: Heard
    line: Line


@dataclass(frozen=True)
class Scene:
    """The stage of one turn.

    `doing` is what the NPC is busy with, in each language; `usual_places` says where each person's day has them
    at this hour. `language` is the one the answer should be in where what is said leaves it open; `overheard_by`
    are the others within earshot; `exchanges` the turns before this one in the conversation, oldest first;
    `freedom` is what the world lets a model do; `seed` settles every choice left to chance.
    """

    npc: str
    speaker: str
    persona: Persona
    views: Views
    wording: Wording
    now: datetime
    actions: Mapping[str, ActionDefinition] = field(default_factory=dict)
    setting: Mapping[str, str] = field(default_factory=dict)
    place: str | None = None
    doing: Mapping[str, str] = field(default_factory=dict)
    usual_places: Mapping[str, str] = field(default_factory=dict)
    language: Language | None = None
    overheard_by: frozenset[str] = frozenset()
    exchanges: tuple[Exchange, ...] = ()
    freedom: Freedom | None = None
    seed: int = 0

    @property
    def mind(self) -> Mind:
        """The mind of the NPC who is spoken to."""
        return self.views.mind(self.npc)

    @property
    def perspective(self) -> Perspective:
        """The NPC speaks, the speaker listens."""
        return Perspective(self.npc, self.speaker)

    @property
    def company(self) -> Company:
        """Before whom the NPC would say something: what of it they keep back is decided for all of these."""
        return Company(self.persona, self.speaker, self.views, self.now, self.overheard_by)

    @property
    def audience(self) -> frozenset[str]:
        """Everyone who hears what is said."""
        return self.overheard_by | {self.npc, self.speaker}
