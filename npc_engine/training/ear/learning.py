"""Learning: a teacher from labelled lines; a small net from the teacher and the lines; a small net from lines alone."""

from __future__ import annotations

import itertools
import time
from collections.abc import Callable, Iterator, Sequence
from random import Random
from typing import Any

import torch

from npc_engine.dialogue.understand.pieces import PieceVocabulary
from npc_engine.text import Language
from npc_engine.training.ear.labelled_lines import Labelled
from npc_engine.training.ear.net import Net
from npc_engine.training.ear.samples import EncodedLine, batches, for_head, labelled, loss

Say = Callable[[str], None]
"""Takes a line of progress."""

Source = Iterator[list[EncodedLine]]

HEADS_OF_NET = ("label", "cut", "moment", "mood")
HEADS_RATE = 2e-3
"""How fast the heads learn, which begin as nothing."""
_WARM, _LEAST = 0.06, 0.02


def line_batches(
    lines: Sequence[Labelled], vocabulary: PieceVocabulary, names: dict[str, int], language: Language, seed: int
) -> Source:
    """Yield batches of labelled lines for ever, each epoch typed differently."""
    chance = Random(seed)
    while True:
        yield from batches(labelled(lines, vocabulary, names, language, chance), chance)


def head_batches(
    head: str,
    said: Sequence[tuple[str, int]],
    others: Sequence[str],
    vocabulary: PieceVocabulary,
    language: Language,
    seed: int,
) -> Source:
    """Yield batches of what a head should know, and of some of the others, which are nothing to it (0), for ever."""
    chance = Random(seed)
    while True:
        beside = [(text, 0) for text in chance.sample(others, min(len(others), len(said) // 3))]
        yield from batches(for_head(head, [*said, *beside], vocabulary, language, chance), chance)


def sample_batches(samples: Sequence[EncodedLine], seed: int) -> Source:
    """Yield batches of samples for ever."""
    chance = Random(seed)
    while True:
        yield from batches(samples, chance)


def by_turns(*sources: Source) -> Source:
    """Yield a batch of each source in turn, for ever."""
    for source in itertools.cycle(sources):
        yield next(source)


def in_shares(sources: Sequence[tuple[Source, int]], seed: int) -> Source:
    """Yield a batch of one of some sources at a time, for ever: of each as often as its number says."""
    chance = Random(seed)
    while True:
        yield next(chance.choices([source for source, _ in sources], [count for _, count in sources])[0])


def learn(
    net: Net,
    source: Source,
    steps: int,
    rate: float,
    say: Say,
    *,
    heads_rate: float = HEADS_RATE,
    heads: Sequence[str] = HEADS_OF_NET,
) -> Net:
    """Return the net after so many steps (AdamW; the rate rises at first, then falls to nearly nothing).

    With a `rate` of 0 the `heads` alone learn, at theirs.
    """
    of_heads = tuple(heads)
    for name, array in net.weights.items():
        array.requires_grad = rate > 0 or name.startswith(of_heads)
    heads_weights = [array for name, array in net.weights.items() if name.startswith(of_heads)]
    body = [array for name, array in net.weights.items() if rate > 0 and not name.startswith(of_heads)]
    optimiser = torch.optim.AdamW(
        [*([{"params": body, "lr": rate}] if body else []), {"params": heads_weights, "lr": heads_rate}],
        weight_decay=0.01,
    )

    def schedule(step: int) -> float:
        return min(1.0, (step + 1) / (_WARM * steps)) * max(_LEAST, 1 - step / steps)

    falling = torch.optim.lr_scheduler.LambdaLR(optimiser, schedule)
    net.train()
    began, total = time.monotonic(), 0.0
    for step in range(1, steps + 1):
        wrong: Any = loss(net, next(source))
        optimiser.zero_grad()
        wrong.backward()
        torch.nn.utils.clip_grad_norm_(net.parameters(), 1.0)
        optimiser.step()
        falling.step()
        total += float(wrong.detach())
        if step % 250 == 0 or step == steps:
            left = (time.monotonic() - began) / step * (steps - step)
            say(f"    step {step} of {steps}: loss {total / (step % 250 or 250):.3f}, {left / 60:.0f} min left")
            total = 0.0
    net.eval()
    return net
