"""How sure the rules may be of what they read: counted on lines and questions that were written by hand.

`python -m benchmarks calibration` counts, writes what it counted where the rules find it, and prints how far that is
from the truth on lines and questions that nothing was counted on.

An act is right where the labelled lines of `training/understanding` have one of its sort (a question, a statement, a
deed; else the act itself): the rules know fewer acts than the labels. A question about the world is right where an NPC
that understands by rules alone answers it rightly; those to which the answer is "I don't know" count for nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

import yaml

from benchmarks.questions import SEED, ask, folder
from benchmarks.questions.cases import cases
from benchmarks.questions.scoring import Scorer
from benchmarks.questions.world import Generated
from benchmarks.understanding import HELD_OUT, held_out
from npc_engine import Engine
from npc_engine.acts import acts
from npc_engine.dialogue.scene import Context
from npc_engine.dialogue.types import Act, Reading
from npc_engine.dialogue.understand.rules import certainty, hear
from npc_engine.lang import HOME
from npc_engine.testing import SMALL_WORLD, ScriptedUnderstander
from npc_engine.text import Language
from npc_engine.training.ear.labelled_lines import Labelled, read_folder

LABELLED = Path(__file__).parents[1] / "training" / "understanding"
COUNTED = Path(hear.__file__).with_name("certainty.yaml")
HEAD = "# How often the rules are right, of all that they read so; counted by `python -m benchmarks calibration`.\n"
EACH = 40
"""Questions of each kind in each language."""

Read = tuple[Act, bool]
"""An act, and whether it was read right."""


class Overhearing:
    """The rules, and every reading that was theirs."""

    def __init__(self) -> None:
        self.readings: list[Reading] = []
        self._rules = hear.open_rules()

    def understand(self, text: str, context: Context) -> Reading:
        self.readings.append(self._rules.understand(text, context))
        return self.readings[-1]


def calibrate() -> None:
    """Count, write the file, and print what is left of error."""
    lines = [line for voices in read_folder(LABELLED).values() for some in voices.values() for line in some]
    by_act: dict[str, list[bool]] = defaultdict(list)
    for act, right in read_lines(lines):
        by_act[act.kind].append(right)
    relating = [right for act, right in read_questions("dev") if certainty.relates(act)]
    counted = {"acts": _shares(by_act), "questions": _shares({"relation": relating})}
    COUNTED.write_text(HEAD + yaml.safe_dump(counted, sort_keys=False), encoding="utf-8")
    certainty.shares_counted.cache_clear()
    print(f"\nCertainty of the rules, counted on {len(lines)} lines and {len(relating)} questions")
    print(f"{'held out':<12}{'n':>7}{'right':>9}{'sure':>9}{'off by':>9}")
    tried = [line for language in HOME for line in held_out(HELD_OUT, language)]
    for name, read in (("lines", list(read_lines(tried))), ("questions", list(read_questions("test")))):
        print(f"{name:<12}{len(read):>7}{_mean(r for _, r in read):>9.3f}{_mean(sure(a) for a, _ in read):>9.3f}"
              f"{off_by(read):>9.3f}")  # fmt: skip


def read_lines(lines: Iterable[Labelled]) -> Iterator[Read]:
    """Yield how the rules read lines said to an NPC of a small world, before anything else was said."""
    rules, contexts = hear.open_rules(), {language: _context(language) for language in HOME}
    for line in lines:
        act = rules.understand(line.text, contexts[line.language]).main
        yield act, _is_of_a_sort(act.kind, line)


def read_questions(which: str, seed: int = SEED) -> Iterator[Read]:
    """Yield how the rules read the last question of each case of a set (`dev` or `test`) that has an answer."""
    world, rules = Generated(seed), Overhearing()
    scorer = Scorer(world)
    with folder(world) as content, Engine.load(content, model="none", understander=rules) as engine:
        for case in cases(world, which, EACH):
            if case.verdict != "unknown":
                line = ask(engine, case)
                said = [fact.belief for fact in line.facts if fact.belief.statement.predicate != "described"]
                facts = [((b.statement.subject, b.statement.predicate, b.statement.object), b.holds) for b in said]
                yield rules.readings[-1].main, scorer.score(case, line.text, facts).right


def sure(act: Act) -> float:
    """Return how sure the rules are of an act."""
    return certainty.certainty(act)


def off_by(read: list[Read]) -> float:
    """Return how far certainty is from the share that was right, over groups that are equally sure (0 is perfect)."""
    groups: dict[float, list[bool]] = defaultdict(list)
    for act, right in read:
        groups[sure(act)].append(right)
    return sum(len(group) * abs(_mean(group) - said) for said, group in groups.items()) / max(1, len(read))


def _is_of_a_sort(kind: str, line: Labelled) -> bool:
    every = acts()
    sort = every[kind]
    for label in line.kinds:
        other = every[label]
        if label == kind or (sort.question and other.question) or (sort.states and other.states):
            return True
        if sort.deed and other.deed:
            return True
    return False


def _context(language: Language) -> Context:
    script = ScriptedUnderstander({})
    with Engine.load(SMALL_WORLD, model="none", understander=script) as engine:
        engine.talk_to("mira").say(".", language=language).line(timeout=10)
    context: Context = script.contexts[-1]
    return context


def _shares(found: dict[str, list[bool]]) -> dict[str, float]:
    """Return the share of what was right, as if one more of each had been right and wrong."""
    return {key: round((sum(some) + 1) / (len(some) + 2), 3) for key, some in sorted(found.items())}


def _mean(values: Iterable[float]) -> float:
    some = list(values)
    return sum(some) / max(1, len(some))
