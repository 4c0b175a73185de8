"""How well memories are found: the share of a question's evidence among the first ten, and what that costs."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable, Iterable
from itertools import cycle
from pathlib import Path

from benchmarks.measure import ROOT, quantile
from benchmarks.recall.rivals import FullText, PlainBM25
from benchmarks.recall.sets import TURN, Dialogue, locomo, village
from npc_engine import Engine

DATA = ROOT.parent / "shared" / "data" / "locomo_dev.json"
FIRST = 10
MANY = 10_000

Finder = Callable[[str], list[str]]


class Remembered:
    """Dialogues as someone who heard them remembers them: the engine's own recall."""

    def __init__(self, dialogues: Iterable[Dialogue], most: int | None = None) -> None:
        dialogues = list(dialogues)
        people = {one.id: one for dialogue in dialogues for one in dialogue.people}
        first = dialogues[0].turns[0].at
        self.who = dialogues[0].people[0].id
        self.engine = Engine.new(entities=list(people.values()), start=first)
        self._ids: dict[int, str] = {}
        turns = [turn for dialogue in dialogues for turn in dialogue.turns]
        for number, turn in enumerate(turns if most is None else cycle(turns)):
            if number == most:
                break
            at = turn.at if most is None else first + number * TURN * 40
            event_id = self.engine.record(turn.text, speaker=turn.speaker, audience={self.who, turn.speaker}, at=at)
            self._ids[event_id] = turn.id

    def find(self, question: str, limit: int) -> list[str]:
        """Return the ids of the turns that come to mind first."""
        return [self._ids[memory.event_id] for memory in self.engine.recall(self.who, question, limit)]


RIVALS = {
    "npc-engine": lambda dialogue: Remembered([dialogue]),
    "BM25": PlainBM25,
    "SQLite FTS5": FullText,
}


def measure(data: Path | None = None) -> dict[str, float]:
    """Print the table; give R@10 over all questions for the engine, by what it was measured on.

    R@k is the mean over questions of the share of their evidence among the first k.
    """
    path = data or DATA
    sets = {"Chinese: ten days in a village, written for this": village()}
    if path.exists():
        sets = {f"English: {path.name} (LoCoMo, each turn a memory)": locomo(path)} | sets
    else:
        print(f"\nThe English conversations were expected at {path} and are not there: only Chinese is measured.")
    found = {}
    for title, dialogues in sets.items():
        found[title] = _quality(title, dialogues)
        _pace(dialogues)
    return found


def _quality(title: str, dialogues: list[Dialogue]) -> float:
    kinds = list(dict.fromkeys(question.kind for dialogue in dialogues for question in dialogue.questions))
    number = sum(len(dialogue.questions) for dialogue in dialogues)
    print(f"\nRecall: evidence found in the first {FIRST}, percent. {title}; {number} questions")
    print(f"{'':<14}" + "".join(f"{name:>13}" for name in [*kinds, "all", "ms median", "ms p95"]))
    overall = {}
    for name, make in RIVALS.items():
        shares: dict[str, list[float]] = defaultdict(list)
        taken: list[float] = []
        for dialogue in dialogues:
            finder = make(dialogue)
            for question in dialogue.questions:
                began = time.process_time()
                answered = finder.find(question.text, FIRST)
                taken.append((time.process_time() - began) * 1000)
                shares[question.kind].append(len(question.evidence & set(answered)) / len(question.evidence))
        each = [_mean(shares[kind]) for kind in kinds]
        overall[name] = _mean([share for several in shares.values() for share in several])
        times = [quantile(taken, 0.5), quantile(taken, 0.95)]
        print(f"{name:<14}" + "".join(f"{figure:13.1f}" for figure in [*each, overall[name], *times]))
    return overall["npc-engine"]


def _pace(dialogues: list[Dialogue]) -> None:
    """Print what a question costs someone with very many memories: of new words, and of words asked for before."""
    asked = [question.text for dialogue in dialogues for question in dialogue.questions]
    remembered = Remembered(dialogues, MANY)
    remembered.find(asked[0], FIRST)
    for when in ("asked for the first time", "asked again"):
        taken = []
        for question in asked:
            began = time.process_time()
            remembered.find(question, FIRST)
            taken.append((time.process_time() - began) * 1000)
        median, most = quantile(taken, 0.5), quantile(taken, 0.95)
        print(f"{MANY} memories, {when}: CPU ms a question, median {median:.1f}, p95 {most:.1f}")


def _mean(shares: list[float]) -> float:
    return 100 * sum(shares) / len(shares) if shares else float("nan")
