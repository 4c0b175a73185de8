"""How well NPCs understand and answer: a generated world, a question set in two languages, and its scores."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.questions.cases import Case, cases
from benchmarks.questions.scoring import Scorer, Verdict
from benchmarks.questions.world import Generated
from npc_engine import Engine, LanguageModel, Line

SEED = 11
EACH = 14

Scored = tuple[Case, Verdict, str]


@contextmanager
def folder(world: Generated) -> Iterator[Path]:
    """Give a content folder with the world, for as long as it is needed."""
    with tempfile.TemporaryDirectory() as path:
        content = Path(path) / "world"
        content.mkdir()
        world.write(content)
        yield content


def ask(engine: Engine, case: Case) -> Line:
    """Ask a case's questions in a conversation of their own, and give the last answer."""
    start = engine.events[-1].id if engine.events else 0
    conversation = engine.talk_to(case.npc)
    lines = [conversation.say(turn, language=case.language).line() for turn in case.turns]
    if any(event.claims and event.actor != case.npc for event in engine.events[start:]):
        engine.rewind(start)  # it took a question for news
    return lines[-1]


def through_the_engine(
    which: str, model: str | LanguageModel, *, seed: int = SEED, each: int = EACH
) -> tuple[list[Scored], float]:
    """Give every case of a set with its score and the answer, and the seconds it took."""
    world = Generated(seed)
    scorer = Scorer(world)
    began = time.perf_counter()
    found: list[Scored] = []
    with folder(world) as content, Engine.load(content, model=model) as engine:
        engine.wait_for_voice()
        for case in cases(world, which, each):
            line = ask(engine, case)
            facts = [
                ((f.belief.statement.subject, f.belief.statement.predicate, f.belief.statement.object), f.belief.holds)
                for f in line.facts
                if f.belief.statement.predicate != "described"
            ]
            found.append((case, scorer.score(case, line.text, facts), line.text))
    return found, time.perf_counter() - began
