"""How long hearing, recalling and deciding take with a mind full of beliefs."""

from __future__ import annotations

from itertools import permutations
from random import Random

from benchmarks.measure import header, row
from benchmarks.questions import SEED, cases, folder
from benchmarks.questions.world import NPCS, Generated
from npc_engine import Engine

BELIEFS = 2000
STEPS = ("understand", "recall", "decide")


def with_many_beliefs() -> None:
    """Print milliseconds a turn for NPCs who hold two thousand beliefs each."""
    world = Generated(SEED)
    pairs = list(permutations(world.people, 2))
    chance = Random(SEED)
    drawn = [(s, p, o) for p in ("owes", "taught", "likes", "parent_of") for s, o in chance.sample(pairs, BELIEFS // 4)]
    with folder(world) as content, Engine.load(content, model="none") as engine:
        engine.record("A long winter of talk.", changes=drawn, audience=set(NPCS))
        held = min(len(engine.beliefs(npc)) for npc in NPCS)
        lines = []
        for case in cases(world, "test", 8):
            conversation = engine.talk_to(case.npc)
            lines += [conversation.say(turn, language=case.language).line() for turn in case.turns]
    print(header(f"Hearing, recalling and deciding with {held} beliefs or more"))
    print(row("all three", [sum(line.timing.steps.get(step, 0.0) for step in STEPS) for line in lines]))
    for step in STEPS:
        print(row(f"  {step}", [line.timing.steps.get(step, 0.0) for line in lines]))
