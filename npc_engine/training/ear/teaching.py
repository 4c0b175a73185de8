"""What a teacher makes of text that nobody labelled, so that a small net can learn it from there.

The text: the lines that the voice was trained on, said by players and characters, and the labelled lines with words put
for others near them in meaning. Source of the method: Jiao et al., "TinyBERT" (2020).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from random import Random

import torch
from torch.nn import functional

from npc_engine.dialogue.understand.pieces import PieceVocabulary
from npc_engine.text import Language, sentences
from npc_engine.training.ear.encoders import Encoder
from npc_engine.training.ear.labelled_lines import Labelled
from npc_engine.training.ear.net import Net
from npc_engine.training.ear.noise import noisy
from npc_engine.training.ear.samples import EncodedLine, numbers, rows, sample
from npc_engine.training.lines import load_all
from npc_engine.training.settings import choose, load_settings

_TIMES = 4
"""How often each labelled line is varied."""
_SWAPPED, _SWAPPED_ELSEWHERE = 0.3, 0.1
_NEAR = 12
_COMMON = 150
"""The commonest words, which say what a line does, are never swapped."""


def unlabelled(folder: Path, language: Language, chance: Random) -> list[str]:
    """Return every sentence of the voice's lines in a folder once, their slots filled from settings of chance."""
    settings = [one for one in load_settings(folder / "settings").values() if one.language == language]
    found: dict[str, None] = {}
    for file in load_all(folder / "lines"):
        said = [text for line in file.lines for text in (*line.said, *line.replies)]
        for text in [*said, *(text for pair in file.speaker.samples for text in pair)]:
            for sentence in sentences(choose(chance.choice(settings), text, chance).fill(text)):
                found[sentence.strip('"“”')] = None
    return list(found)


def neighbours(encoder: Encoder) -> Mapping[int, Sequence[int]]:
    """Return, for each piece that is a whole word of some length and not of the commonest, those nearest in meaning."""
    words = [row for row, piece in enumerate(encoder.pieces) if _is_word(piece)][_COMMON:]
    vectors = torch.tensor(encoder.arrays["pieces"]).float()[words]
    vectors = functional.normalize(vectors - vectors.mean(0), dim=1)
    found: dict[int, Sequence[int]] = {}
    for start in range(0, len(words), 1000):
        near = (vectors[start : start + 1000] @ vectors.T).topk(_NEAR + 1, dim=1).indices[:, 1:]
        for row, others in zip(words[start : start + 1000], near.tolist(), strict=True):
            found[row] = [words[other] for other in others]
    return found


def _is_word(piece: str) -> bool:
    return piece.isalpha() and (len(piece) > 2 or (len(piece) > 1 and not piece.isascii()))


def varied(
    lines: Sequence[Labelled],
    others: Iterable[str],
    vocabulary: PieceVocabulary,
    near: Mapping[int, Sequence[int]],
    chance: Random,
) -> Iterator[EncodedLine]:
    """Yield lines for a teacher to label: typed with noise, words put for others, now and then several in one."""
    language = vocabulary.language

    def swapped(text: str, share: float) -> list[int]:
        found = numbers(noisy(text, language, chance), vocabulary)
        return [chance.choice(near[n]) if n in near and chance.random() < share else n for n in found]

    pool = [[swapped(part, _SWAPPED) for part in line.stretches] for line in lines for _ in range(_TIMES)]
    pool += [[swapped(text, _SWAPPED_ELSEWHERE)] for text in others]
    chance.shuffle(pool)
    waiting = iter(pool)
    for parts in waiting:
        if chance.random() < 0.3:
            parts = [
                part for more in (parts, *(next(waiting, []) for _ in range(chance.choice((1, 1, 2))))) for part in more
            ]
        made = sample(vocabulary, [part for part in parts if part])
        if made.stretches:
            yield made


def taught(teacher: Net, samples: Sequence[EncodedLine]) -> list[EncodedLine]:
    """Return samples with what a teacher makes of them."""
    found: list[EncodedLine] = []
    order = sorted(samples, key=lambda one: len(one.numbers))
    with torch.no_grad():
        for start in range(0, len(order), 64):
            batch = order[start : start + 64]
            filled, stretches = rows(batch)
            states = teacher(filled)
            labels, cuts = teacher.labels(states, stretches).half().numpy(), teacher.cuts(states).half().numpy()
            at = 0
            for row, one in enumerate(batch):
                until = at + len(one.stretches)
                found.append(replace(one, soft=labels[at:until], cuts=cuts[row, : len(one.numbers) - 1]))
                at = until
    return found
