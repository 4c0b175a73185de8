"""How well lines are understood: the acts that are heard in lines nothing was trained or tuned on.

The lines lie beside this file, `en*.tsv` and `zh*.tsv`, in the format of `training/understanding/`. They are heard by
the rules alone and by the learned ear alone. Where somebody else labelled the lines of a file too, in `second/`, how
far the two agree tells how well anybody could do.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from npc_engine import Engine
from npc_engine.dialogue.scene import Context
from npc_engine.dialogue.understand import open_understander
from npc_engine.dialogue.understand.learned import Stretch, ear
from npc_engine.errors import ContentError, Mistake
from npc_engine.lang import HOME
from npc_engine.testing import SMALL_WORLD, ScriptedUnderstander
from npc_engine.text import Language
from npc_engine.training.ear.labelled_lines import Labelled, read_lines
from npc_engine.training.ear.scoring import Score, scored

HELD_OUT = Path(__file__).parent
CONFUSED = 12
"""Pairs of acts taken for one another that are told."""

Hear = Callable[[str], Sequence[Stretch]]


def measure(folder: Path | None = None) -> None:
    """Print how well the lines of a folder are heard, in each language that it has lines of."""
    for language in HOME:
        lines = held_out(folder or HELD_OUT, language)
        if not lines:
            print(f"\nUnderstanding, {language}: no lines ({language}*.tsv)")
            continue
        stretches = sum(len(line.labels) for line in lines)
        print(f"\nUnderstanding, {language}: {len(lines)} lines, {stretches} stretches")
        print(f"{'':<10}{'micro F1':>10}{'macro F1':>10}{'ECE':>8}{'topics':>8}{'stretches':>11}{'catch-all':>11}"
              f"{'median':>10}{'p95':>10}")  # fmt: skip
        _print_row("rules", scored(by_rules(language), lines))
        score = scored(ear(language).hear, lines)
        _print_row("learned", score)
        for name, agreed in sorted(agreement(folder or HELD_OUT, language).items()):
            print(f"two people who labelled the lines of {name} apart agree: micro F1 {agreed:.3f}")
        _print_acts(score)


def held_out(folder: Path, language: Language) -> list[Labelled]:
    """Return the lines of a language in a folder.

    Raises:
        ContentError: lines that can't be read, or labels that are not declared.
    """
    mistakes: list[Mistake] = []
    found = [line for path in sorted(folder.glob(f"{language}*.tsv")) for line in read_lines(path, language, mistakes)]
    if mistakes:
        raise ContentError(mistakes)
    return found


def agreement(folder: Path, language: Language) -> dict[str, float]:
    """Return how far two people agree who labelled the same lines, by file: F1 over all acts of all lines, 0 to 1.

    Raises:
        ContentError: lines that can't be read.
    """
    found: dict[str, float] = {}
    mistakes: list[Mistake] = []
    for second in sorted((folder / "second").glob(f"{language}*.tsv")):
        pairs = zip(*(read_lines(path, language, mistakes) for path in (folder / second.name, second)), strict=True)
        both = [(one.kinds, other.kinds) for one, other in pairs]
        right = sum(len(one & other) for one, other in both)
        found[second.name] = 2 * right / max(1, sum(len(one) + len(other) for one, other in both))
    if mistakes:
        raise ContentError(mistakes)
    return found


def by_rules(language: Language) -> Hear:
    """Return how the rules hear a line said to an NPC of a small world, before anything else was said."""
    script = ScriptedUnderstander({})
    with Engine.load(SMALL_WORLD, model="none", understander=script) as engine:
        engine.talk_to("mira").say(".", language=language).line(timeout=10)
    context: Context = script.contexts[-1]
    rules = open_understander("rules")

    def hear(text: str) -> Sequence[Stretch]:
        acts = rules.understand(text, context).acts
        return [Stretch(act.span, act.kind, None, act.confidence, {}) for act in acts]

    return hear


def _print_row(name: str, score: Score) -> None:
    def share(these: Sequence[bool]) -> float:
        return sum(these) / max(1, len(these))

    print(
        f"{name:<10}{score.micro:>10.3f}{score.macro:>10.3f}{score.calibration_error:>8.3f}{share(score.topics):>8.3f}"
        f"{share(score.parted):>11.3f}{share(score.caught):>11.3f}{score.time(0.5):>7.2f} ms{score.time(0.95):>7.2f} ms"
    )


def _print_acts(score: Score) -> None:
    print(f"\n{'learned, act':<16}{'F1':>6}{'right':>7}{'missed':>8}{'wrong':>7}")
    for kind in sorted(set(score.right) | set(score.missed), key=score.f1):
        print(f"{kind:<16}{score.f1(kind):>6.2f}{score.right[kind]:>7}{score.missed[kind]:>8}{score.wrong[kind]:>7}")
    pairs = ", ".join(f"{meant} as {taken} ({n})" for (meant, taken), n in score.confused.most_common(CONFUSED))
    print(f"most often taken for another: {pairs or 'none'}")
