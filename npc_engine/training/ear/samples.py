"""What the network is shown: lines as numbers of pieces, their stretches, and what each of them should be taken for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from random import Random
from typing import Any

import numpy as np
import torch
from torch.nn import functional

from npc_engine.dialogue.understand.pieces import LONGEST, PieceVocabulary
from npc_engine.text import Language
from npc_engine.training.ear.labelled_lines import Labelled
from npc_engine.training.ear.net import Net
from npc_engine.training.ear.noise import noisy

BATCH = 24
JOINED = 0.3
"""How often a line is lengthened by another, and that by a third: lines of several acts are what it should learn."""
OF_A_STRETCH = 40
_SMOOTHING = 0.05
_CUTS_COUNT = 0.5


@dataclass(frozen=True, slots=True)
class EncodedLine:
    """A line: numbers of pieces, stretches of them, and for each a label or what a teacher made of it.

    `soft` holds the teacher's logits, a row a stretch, and `cuts` its logits of where stretches begin. A line that is
    shown to one more `head` alone has one stretch and what that head should take it for.
    """

    numbers: list[int]
    stretches: list[tuple[int, int]]
    labels: list[int]
    soft: Any = None
    cuts: Any = None
    head: str = ""
    taken_for: int = 0


def sample(vocabulary: PieceVocabulary, stretches: Sequence[list[int]], labels: Sequence[int] = ()) -> EncodedLine:
    """Return a line of stretches, given as numbers of pieces, as far as the ear listens."""
    numbers, found = [vocabulary.opens], []
    for stretch in stretches:
        if len(numbers) + len(stretch) > LONGEST:
            break
        found.append((len(numbers), len(numbers) + len(stretch)))
        numbers += stretch
    return EncodedLine([*numbers, vocabulary.closes], found, list(labels[: len(found)]))


def labelled(
    lines: Sequence[Labelled], vocabulary: PieceVocabulary, names: dict[str, int], language: Language, chance: Random
) -> list[EncodedLine]:
    """Return labelled lines for one epoch: typed with some noise, and now and then several in one."""
    found: list[EncodedLine] = []
    for line in lines:
        joined = [line]
        while len(joined) < 3 and chance.random() < JOINED:
            joined.append(lines[chance.randrange(len(lines))])
        stretches, labels = [], []
        for one in joined:
            for stretch, marks in zip(one.stretches, one.labels, strict=True):
                pieces = numbers(noisy(stretch, language, chance), vocabulary)
                if pieces:
                    stretches.append(pieces)
                    labels.append(names[marks[0]])
        if stretches:
            made = sample(vocabulary, stretches, labels)
            if made.stretches:
                found.append(made)
    return found


def for_head(
    head: str, said: Sequence[tuple[str, int]], vocabulary: PieceVocabulary, language: Language, chance: Random
) -> list[EncodedLine]:
    """Return lines with what a head should take each for, such as the moment it is said in, typed with some noise."""
    found = []
    for text, taken_for in said:
        if pieces := numbers(noisy(text, language, chance), vocabulary):
            found.append(replace(sample(vocabulary, [pieces]), head=head, taken_for=taken_for))
    return found


def numbers(text: str, vocabulary: PieceVocabulary) -> list[int]:
    """Return a stretch as numbers of its pieces."""
    return [piece.number for piece in vocabulary.split(text)[:OF_A_STRETCH]]


def batches(samples: Sequence[EncodedLine], chance: Random) -> Iterator[list[EncodedLine]]:
    """Yield samples in batches of lines about as long, in an order of chance."""
    order = sorted(samples, key=lambda one: len(one.numbers) + 4 * chance.random())
    cut = [order[start : start + BATCH] for start in range(0, len(order), BATCH)]
    chance.shuffle(cut)
    yield from cut


def rows(batch: Sequence[EncodedLine]) -> tuple[Any, list[tuple[int, int, int]]]:
    """Return a batch's pieces as a row a line, filled up with zeros, and its stretches with their rows."""
    filled = torch.zeros(len(batch), max(len(one.numbers) for one in batch), dtype=torch.long)
    for row, one in enumerate(batch):
        filled[row, : len(one.numbers)] = torch.tensor(one.numbers)
    return filled, [(row, start, end) for row, one in enumerate(batch) for start, end in one.stretches]


def loss(net: Net, batch: Sequence[EncodedLine]) -> Any:
    """Return how far a net is from what it should make of a batch, which has a teacher for all or for none."""
    filled, stretches = rows(batch)
    states = net(filled)
    if head := batch[0].head:
        wanted = torch.tensor([one.taken_for for one in batch])
        return functional.cross_entropy(net.headed(head, states, stretches), wanted, label_smoothing=_SMOOTHING)
    logits = net.labels(states, stretches)
    if batch[0].soft is None:
        wanted = torch.tensor([label for one in batch for label in one.labels])
        wrong = functional.cross_entropy(logits, wanted, label_smoothing=_SMOOTHING)
    else:
        soft = torch.tensor(np.concatenate([one.soft for one in batch])).float()
        wrong = functional.kl_div(logits.log_softmax(1), soft.log_softmax(1), log_target=True, reduction="batchmean")
    guessed = net.cuts(states)
    wanted, counts = torch.zeros_like(guessed), torch.zeros_like(guessed)
    for row, one in enumerate(batch):
        counts[row, 1 : len(one.numbers) - 2] = 1
        if one.cuts is not None:
            wanted[row, : len(one.numbers) - 1] = torch.tensor(one.cuts).float().sigmoid()
        else:
            for start, _ in one.stretches[1:]:
                wanted[row, start - 1] = 1
    missed = functional.binary_cross_entropy_with_logits(guessed, wanted, reduction="none") * counts
    return wrong + _CUTS_COUNT * missed.sum() / len(batch)
