"""What a talk through a large model costs: calls, what of the prompt stays as it was, tokens, the engine's own share.

Honest entries of one person in one language are played as a single talk, so that each prompt follows on another. The
model answers at once: what a turn takes is the engine's. No tokenizer is at hand offline, so tokens are counted as
`npc_engine.models.usage.about` guesses them: four ASCII characters are one, any other character is one.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from benchmarks.measure import header, quantile, row
from npc_engine import Engine
from npc_engine.content import Content
from npc_engine.models.model import Request
from npc_engine.models.usage import about
from npc_engine.testing import ScriptedModel

_BELIEF = re.compile(r"\bf\d+(?![a-zA-Z\d])")
LONGEST = 12
"""Lines of one talk."""
PATIENCE = 30
"""Seconds that an answer may take."""
BELIEFS = 130
"""Beliefs of a persona that the aim for tokens is meant for."""
CALLS, SAME, TOKENS, OWN = 1.05, 0.9, 2600, 25
"""What is aimed at: calls a turn, the share of a prompt's bytes that stay, tokens in of such a persona, ms."""


@dataclass(frozen=True, slots=True)
class Said:
    """A line that is said in a talk, and the model's answer to it."""

    npc: str
    language: str
    line: str
    reply: str


@dataclass(frozen=True, slots=True)
class Cost:
    """What one turn took: `same` is the share of its prompt that was the last one's too, None where there was none."""

    npc: str
    language: str
    beliefs: int
    calls: int
    tokens: int
    same: float | None
    own: float


def measure(worlds: Iterable[tuple[Content, Sequence[Said]]]) -> None:
    """Print what talks in some worlds cost a turn."""
    costs = [cost for content, lines in worlds for cost in _played(content, lines)]
    if not costs:
        return
    print(header("A turn with a large model that answers at once"))
    print(row(f"calls (aim {CALLS} on average)", [one.calls for one in costs], "calls"))
    print(f"calls on average: {sum(one.calls for one in costs) / len(costs):.3f}")
    same = [one.same for one in costs if one.same is not None]
    print(row(f"of the prompt's bytes as before (aim {SAME:.0%})", [100 * one for one in same], "%"))
    for language in sorted({one.language for one in costs}):
        these = [one for one in costs if one.language == language]
        print(row(f"tokens in, {language}", [one.tokens for one in these], "tokens"))
        nearest = min(these, key=lambda one: abs(one.beliefs - BELIEFS))
        of_one = [one.tokens for one in these if one.npc == nearest.npc]
        median = f"{quantile(of_one, 0.5):,.0f} at the median"
        print(f"    {nearest.npc}, {nearest.beliefs} beliefs: {median} (aim {TOKENS:,} for {BELIEFS})")
    print(row(f"the engine's own share (aim {OWN} ms)", [one.own for one in costs]))


def _played(content: Content, lines: Sequence[Said]) -> Iterator[Cost]:
    talks: defaultdict[tuple[str, str], list[Said]] = defaultdict(list)
    for one in lines:
        talks[one.npc, one.language].append(one)
    for (npc, language), said in talks.items():
        yield from _talk(content, npc, language, said[:LONGEST])


def _talk(content: Content, npc: str, language: str, lines: Sequence[Said]) -> Iterator[Cost]:
    """Yield what each line of one talk costs."""
    prompts: list[str] = []
    reply = ""

    def answer(request: Request) -> str:
        prompts.append("\n".join(message.content for message in request.messages))
        return reply

    with Engine.load(content, model=ScriptedModel(answer)) as engine:
        talk = engine.talk_to(npc)
        before = ""
        for one in lines:
            reply = one.reply
            asked = len(prompts)
            line = talk.say(one.line, language=language).line(timeout=PATIENCE)
            calls = prompts[asked:]
            if not calls:
                yield Cost(npc, language, 0, 0, 0, None, line.timing.end)
                continue
            last, now = before.encode(), calls[0].encode()
            same = _begins_alike(last, now) / len(now) if before else None
            beliefs = len(set(_BELIEF.findall(now.decode())))
            yield Cost(npc, language, beliefs, len(calls), sum(map(about, calls)), same, line.timing.end)
            before = calls[0]


def _begins_alike(one: bytes, other: bytes) -> int:
    """Return how many bytes two texts begin with alike."""
    return next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
