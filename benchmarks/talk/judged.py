"""What judges wrote, read and held against the key."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

from benchmarks.talk.sheets import Key

FLAGS = {
    "i": "invented",
    "s": "leak",
    "g": "grammar",
    "r": "repeated",
    "x": "ignored",
    "f": "forgot",
}
_JUDGEMENT = re.compile(rf"([012])([{''.join(FLAGS)}]*)")


class BadJudgementError(ValueError):
    """Judges' files that cannot be counted; the text has a line for each mistake."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a judge made of one reply: 0, 1 or 2, and flags."""

    score: int
    flags: frozenset[str]


Judged = dict[tuple[str, str], dict[str, tuple[Judgement, ...]]]
"""By conversation and letter, each judge's judgements of the replies in order."""


def read_key(path: Path) -> Key:
    """Return which systems stand under which letter."""
    found: Key = yaml.safe_load(path.read_text(encoding="utf-8"))
    return found


def read_judged(paths: Iterable[Path], key: Key, replies: int) -> Judged:
    """Return what was judged in some files, each by the judge that it is named for.

    Raises:
        BadJudgementError: a line isn't a judgement of what is in the key, is there twice, or some are missing.
    """
    judged: Judged = defaultdict(dict)
    mistakes: list[str] = []
    for path in paths:
        for number, written in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            words = written.partition("#")[0].split()
            if not words:
                continue
            where = f"{path.name}:{number}"
            if len(words) < 2 or words[1] not in key.get(words[0], {}):
                mistakes.append(f"{where}: no such conversation and letter: {' '.join(words[:2])}")
                continue
            talk, letter, *rest = words
            if path.stem in judged[talk, letter]:
                mistakes.append(f"{where}: {talk} {letter} is judged twice in this file")
                continue
            try:
                judged[talk, letter][path.stem] = _judgements(rest, replies)
            except BadJudgementError as error:
                mistakes.append(f"{where}: {talk} {letter}: {error}")
    mistakes += [
        f"{talk} {letter} is judged by nobody"
        for talk, letters in key.items()
        for letter in letters
        if not judged.get((talk, letter))
    ]
    if mistakes:
        raise BadJudgementError("\n".join(mistakes))
    return dict(judged)


def _judgements(words: Sequence[str], replies: int) -> tuple[Judgement, ...]:
    if len(words) != replies:
        raise BadJudgementError(f"{len(words)} judgements for {replies} replies")
    found = []
    for word in words:
        read = _JUDGEMENT.fullmatch(word)
        if not read:
            raise BadJudgementError(f"{word!r} is no judgement: 0, 1 or 2, then any of {''.join(FLAGS)}")
        found.append(Judgement(int(read[1]), frozenset(read[2])))
    return tuple(found)
