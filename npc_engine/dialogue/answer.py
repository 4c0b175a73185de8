"""What a large model hands over beside its words: what it heard, did and made up, as it says, and nothing settled."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from npc_engine.dialogue.types import Plan, Reading, SelfDisclosure
from npc_engine.dialogue.wants import Value

FELT = ("affinity", "trust", "fear", "mood")
"""What of somebody's feelings a turn may move."""


@dataclass(frozen=True, slots=True)
class Deed:
    """Something that a model says the NPC does: an action by its id, and what it is told, names as they stand."""

    name: str
    params: Mapping[str, Value] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Answer:
    """What came with the words of one answer, of which `said` are those that held so far.

    `intent` is the act that the model heard, `about` the ids on the page of what is spoken of, `told` what the speaker
    told of themself, `claims` what they stated, each in a sentence of its own with names in place of pronouns. `feel`
    moves feelings by -1, 0 or 1 step, `remember` is a note of the NPC's own, `improvised` what was made up.
    """

    said: tuple[str, ...] = ()
    intent: str = ""
    about: tuple[str, ...] = ()
    deed: Deed | None = None
    told: tuple[SelfDisclosure, ...] = ()
    claims: tuple[str, ...] = ()
    feel: Mapping[str, int] = field(default_factory=dict)
    remember: str = ""
    improvised: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Weighed:
    """What of an answer holds: the reading and the plan as they are with it.

    `guarded` tells that it touches on a secret that code had not noticed; `note` is what the NPC notes for themself.
    """

    reading: Reading
    plan: Plan
    guarded: bool = False
    note: str = ""


Weigh = Callable[[Answer], Weighed]
"""Says what of an answer holds, by code's own rules; it holds the state while it reads minds."""
