"""How well NPCs understand and answer: a generated world, a question set in two languages, and its scores.

`python -m benchmarks questions` asks the held-out phrasings (`test.yaml`) through the engine, and a random part of
them of the model alone, with all that the NPC knows in its prompt.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from random import Random

from benchmarks.questions.cases import Case, cases
from benchmarks.questions.prompted import Prompted
from benchmarks.questions.scoring import Scorer, Verdict
from benchmarks.questions.world import NPCS, Generated
from npc_engine import Engine, LanguageModel, Line, open_model

SEED = 11
EACH = 14
"""Cases of each kind in each language; what can be asked as a plain question twice as many."""
COMPARED = 100
"""Cases that the model alone is asked, of two NPCs: a second or two each, and a minute to read what an NPC knows."""

Scored = tuple[Case, Verdict, str]


@contextmanager
def folder(world: Generated) -> Iterator[Path]:
    """Yield a content folder with the world, for as long as it is needed."""
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
) -> tuple[list[Scored], list[Line]]:
    """Return every case of a set (`dev` or `test`) with its score and the answer's text, and the lines themselves."""
    world = Generated(seed)
    scorer = Scorer(world)
    found: list[Scored] = []
    lines: list[Line] = []
    with folder(world) as content, Engine.load(content, model=model) as engine:
        engine.wait_for_voice()
        for case in cases(world, which, each):
            line = ask(engine, case)
            said = [fact.belief for fact in line.facts if fact.belief.statement.predicate != "described"]
            facts = [((b.statement.subject, b.statement.predicate, b.statement.object), b.holds) for b in said]
            found.append((case, scorer.score(case, line.text, facts), line.text))
            lines.append(line)
    return found, lines


def through_a_prompt(which: str, model: LanguageModel, *, seed: int = SEED, each: int = EACH) -> list[Scored]:
    """Return a random part of a set as the model answers it with all the NPC's facts in its prompt."""
    world = Generated(seed)
    scorer = Scorer(world)
    every = [case for case in cases(world, which, each) if case.npc in NPCS[:2]]
    chosen = sorted(Random(seed).sample(every, min(COMPARED, len(every))), key=lambda case: (case.npc, case.language))
    prompted = Prompted(world, model)
    return [(case, scorer.score(case, text, None), text) for case in chosen for text in [prompted.answer(case)]]


def table(columns: Sequence[tuple[str, Sequence[Scored]]]) -> None:
    """Print how many answers were right and how many claimed what is not believed, by kind and language."""
    print(f"\n{'':<22}" + "".join(f"{name:>36}" for name, _ in columns))
    print(f"{'':<22}" + f"{'n':>12}{'right':>12}{'unsupported':>12}" * len(columns))
    rows = list(dict.fromkeys((case.kind, case.language) for case, _, _ in columns[0][1]))
    _rows(columns, [(f"{kind}, {language}", _of(kind, language)) for kind, language in rows])
    _rows(columns, [("all, en", _of(None, "en")), ("all, zh", _of(None, "zh")), ("all", _of(None, None))])


def _of(kind: str | None, language: str | None) -> Callable[[Case], bool]:
    return lambda case: kind in (None, case.kind) and language in (None, case.language)


def _rows(columns: Sequence[tuple[str, Sequence[Scored]]], rows: Sequence[tuple[str, Callable[[Case], bool]]]) -> None:
    for name, fits in rows:
        line = f"{name:<22}"
        for _, scored in columns:
            some = [verdict for case, verdict, _ in scored if fits(case)]
            if some:
                right = sum(verdict.right for verdict in some) / len(some)
                made_up = sum(verdict.unsupported for verdict in some) / len(some)
                line += f"{len(some):>12}{right:>12.1%}{made_up:>12.1%}"
            else:
                line += f"{'–':>12}{'–':>12}{'–':>12}"
        print(line)


def measure(model: str = "embedded") -> None:
    """Print the table of the held-out set: the engine without a model, with one, and that model alone."""
    columns = [("the engine, no model", through_the_engine("test", "none")[0])]
    if model != "none":
        opened = open_model(model)
        scored, lines = through_the_engine("test", opened)
        voiced = sum(line.model != "none" for line in lines)
        columns.append((f"the engine, {opened.info.name}", scored))
        if model == "embedded":
            opened = open_model(model, context=8192, slots=1, batch=256)
        columns.append(("all facts in one prompt", through_a_prompt("test", opened)))
        opened.close()
        table(columns)
        spoken = ", ".join(sorted(opened.info.languages))
        print(f"lines that {opened.info.name} voiced (it writes {spoken}): {voiced} of {len(lines)}")
        print(
            f"the model alone was asked {len(columns[-1][1])} of these questions, "
            "chosen by chance among those to two of the NPCs"
        )
    else:
        table(columns)
