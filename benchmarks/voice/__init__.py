"""How well a voice says what it is given: held-out manners, relations, settings and names.

`python -m benchmarks voice` has every held-out plan said by the embedded model with and without its adapter, and
prints what the checker let through, whether the manner is heard, how fresh the lines are, and how fast they come, in
the language that the adapter was trained for.
"""

from __future__ import annotations

import json
import time
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from statistics import median

from benchmarks.voice.manners import Classifier, bare
from benchmarks.voice.stage import Stage, Trial, held_out, trials
from benchmarks.voice.watched import Watched
from npc_engine import LanguageModel, open_model
from npc_engine.dialogue.speak.guided import Spoken
from npc_engine.text import join_sentences
from npc_engine.training.lines import FACTUAL, opening_of
from npc_engine.training.material import Material

SEED = 5
TIMES = 10
"""How often the same is asked, of some plans, to see how fresh the answers are."""
FRESH = 12
PAIRS = 100
"""Plans that two speakers say, to see whether they can be told apart."""
UNTRAINED = 3
"""Of so many plans the model without its voice is asked one: nearly all it says is thrown away."""


@dataclass(frozen=True, slots=True)
class Said:
    """A plan and how it was said."""

    trial: Trial
    spoken: Spoken

    @property
    def text(self) -> str:
        """All of it."""
        return join_sentences([*self.spoken.sentences], self.trial.language)

    @property
    def voiced(self) -> bool:
        """Whether it is in the model's words, not the plan's."""
        return self.spoken.model != "none"

    @property
    def at_once(self) -> bool:
        """Whether the first try held as a whole: nothing dropped, nothing asked again."""
        return self.voiced and not self.spoken.checks


def every(model: LanguageModel, stage: Stage, some: Sequence[Trial]) -> list[Said]:
    """Have plans said, with a word on how far it has come."""
    found: list[Said] = []
    for number, trial in enumerate(some, start=1):
        found.append(Said(trial, stage.say(trial, model, seed=number)))
        if number % 100 == 0:
            print(f"  {number} plans said, {sum(said.at_once for said in found) / number:.1%} held at once", flush=True)
    return found


def print_content(columns: Sequence[tuple[str, Sequence[Said]]]) -> None:
    """Print what the checker let through: at first try, and what code had to say in the end."""
    print(f"\n{'What the checker let through':<34}" + "".join(f"{name:>30}" for name, _ in columns))
    print(f"{'':<22}{'plans':>12}" + f"{'at first try':>15}{'replaced':>15}" * len(columns))
    acts = list(dict.fromkeys(said.trial.line.act for said in columns[0][1]))
    for name, wanted in [*((act, {act}) for act in acts), ("all", set(acts))]:
        row = ""
        for _, lines in columns:
            some = [said for said in lines if said.trial.line.act in wanted]
            held = sum(said.at_once for said in some) / max(1, len(some))
            row += f"{held:>15.1%}{sum(not said.voiced for said in some) / max(1, len(some)):>15.1%}"
        print(f"{name:<22}{sum(said.trial.line.act in wanted for said in columns[0][1]):>12}{row}")
    for name, lines in columns:
        why = Counter(check.rule for said in lines for check in said.spoken.checks)
        print(f"what was wrong, {name}: " + ", ".join(f"{rule} {count}" for rule, count in why.most_common()))
        first = Counter(opening_of(said.text) for said in lines).most_common(3)
        print(f"commonest openings, {name}: " + ", ".join(f"{o!r} {n / len(lines):.1%}" for o, n in first))


def print_manner(columns: Sequence[tuple[str, LanguageModel]], material: Material, stage: Stage) -> None:
    """Print how often lines are told to be whose they are, of two speakers with the same plan (chance: half).

    The classifier learns from the hand-written lines of every other plan. Its row for lines written by hand is how
    often it agrees with those who wrote them.
    """
    learned: dict[str, list[str]] = defaultdict(list)
    tested: list[Trial] = []
    for number, trial in enumerate(trials(material.held, material.tested, SEED)):
        if number % 2 and trial.line.act in FACTUAL:
            tested.append(trial)
        else:
            learned[trial.speaker.id] += [bare(reply, _given(trial)) for reply in trial.example.replies]
    judge = Classifier(learned)
    chance = Random(SEED)
    some = chance.sample(tested, min(PAIRS, len(tested)))
    others = [
        chance.choice([file.speaker for file in material.held if file.speaker != trial.speaker]) for trial in some
    ]
    print(f"\nWhose line it is, of two speakers with the same plan ({len(some)} plans; chance is 50 %)")
    hand = [_told(judge, t, o.id, t.example.replies[0]) for t, o in zip(some, others, strict=True)]
    print(f"{'written by hand':<34}{sum(hand) / len(hand):>10.1%}")
    for name, model in columns:
        right, differ = [], 0
        for number, (trial, other) in enumerate(zip(some, others, strict=True)):
            own = Said(trial, stage.say(trial, model, seed=number)).text
            theirs = Said(trial, stage.say(trial, model, seed=number, by=other)).text
            right += [_told(judge, trial, other.id, own), 1 - _told(judge, trial, other.id, theirs)]
            differ += own != theirs
        print(f"{name:<34}{sum(right) / len(right):>10.1%}   {differ} of {len(some)} pairs of lines differ", flush=True)


def _given(trial: Trial) -> str:
    return f"{trial.example.content} {trial.example.said} {trial.example.listener}"


def _told(judge: Classifier, trial: Trial, other: str, line: str) -> float:
    """Return 1.0 if a line sounds like the trial's speaker rather than another, 0.0 if not, 0.5 if like neither."""
    found = judge.prefers(trial.speaker.id, other, bare(line, _given(trial)))
    return 0.5 if found is None else float(found)


def print_freshness(columns: Sequence[tuple[str, LanguageModel]], material: Material, stage: Stage) -> None:
    """Print how many different lines of its own a model finds when the same is asked ten times in one conversation."""
    every_plan = [t for t in trials(material.held, material.tested, SEED) if t.line.act in FACTUAL]
    some = Random(SEED).sample(every_plan, min(FRESH, len(every_plan)))
    print(f"\nDifferent good lines when the same is asked {TIMES} times in a conversation ({len(some)} plans)")
    for name, model in columns:
        found = []
        for trial in some:
            lines: list[Said] = []
            for number in range(TIMES):
                before = [said.text for said in lines]
                lines.append(Said(trial, stage.say(trial, model, seed=1000 + number, after=before)))
            found.append(len({said.text for said in lines if said.voiced}))
        print(f"{name:<34}least {min(found)}, median {median(found):g}, most {max(found)}", flush=True)


def print_speed(columns: Sequence[tuple[str, Watched]]) -> None:
    """Print how fast the lines came, warm: every speaker's introduction had been read before."""
    print(f"\n{'How fast':<34}{'first piece':>14}{'first sentence':>16}{'tokens a second':>18}")
    for name, model in columns:
        first, sentence, speed = (median(values) for values in model.figures())
        print(f"{name:<34}{first:>11.0f} ms{sentence:>13.0f} ms{speed:>18.0f}")


def write_lines(path: Path, columns: Sequence[tuple[str, Sequence[Said]]]) -> None:
    """Write the lines that hold, those written by hand and the bare plans, for training/perplexity.py."""
    rows = [{"source": name, "text": said.text} for name, lines in columns for said in lines if said.voiced]
    for said in columns[0][1]:
        rows.append({"source": "hand", "text": said.trial.example.replies[0]})
        rows.append({"source": "plan", "text": said.trial.example.content})
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")


def measure(spec: str = "embedded", lines: Path | None = None) -> None:
    """Print all of it, for a model with and without its voice; `lines` is a file for what was said."""
    with_voice = open_model(spec)
    material = held_out(next(iter(with_voice.info.voices), "en"))
    some = trials(material.held, material.tested, SEED)
    stage = Stage([*material.tested.values()])
    print(
        f"\n{spec}: {len(some)} held-out plans, {len({t.line.about for t in some})} relations and occasions, "
        f"{len(material.held)} manners; learned from {sum(len(li.replies) for f in material.lines for li in f.lines)} "
        f"lines of {len(material.lines)} other manners"
    )
    began = time.monotonic()
    models = [("with its voice", Watched(with_voice)), ("untrained", Watched(open_model(spec, adapter=None)))]
    try:
        said = [
            (name, every(model, stage, some[:: UNTRAINED if number else 1]))
            for number, (name, model) in enumerate(models)
        ]
        print_content(said)
        if lines:
            write_lines(lines, said)
        print_speed(models)
        print_manner(models, material, stage)
        print_freshness(models[:1], material, stage)
    finally:
        for _, model in models:
            model.close()
    print(f"({time.monotonic() - began:.0f} s)")
