"""From lines to an adapter: what `npc voice train` does."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

from npc_engine.dialogue.speak.trained import version
from npc_engine.training.adapter import Card, write_adapter
from npc_engine.training.examples import Pack, packs
from npc_engine.training.lines import LineFile
from npc_engine.training.lora import Recipe, Say, Trainer
from npc_engine.training.material import Material

_HELD_PACKS = 24
"""Packs of held-out lines that the loss is taken on as training goes: enough to tell better from worse."""


def train(material: Material, base: Path, out: Path, recipe: Recipe, say: Say) -> None:
    """Train an adapter for the model file `base` and write it to `out`.

    A run that was stopped goes on where it was when it is started again; what it keeps lies beside `out`.
    """
    taught, steady = material.taught, material.steady
    say(f"{_counted(taught)}, of {len(taught)} speakers; at the end {_counted(steady)}, all in their plans' order")
    trainer = Trainer(base, recipe, say)

    def epochs(files: Sequence[LineFile], first: int, count: int) -> list[Pack]:
        seeds = (recipe.seed * 1000 + number for number in range(first, first + count))
        return [pack for seed in seeds for pack in packs(files, material.learned, seed, material.swaps)]

    stages = [
        (recipe.rate, epochs(taught, 0, recipe.epochs)),
        (recipe.last_rate, epochs(steady, recipe.epochs, recipe.last)),
    ]
    held = packs(material.held, material.tested, recipe.seed)[:_HELD_PACKS] if material.held else []
    trainer.train(stages, held, out.with_suffix(".state"))
    language = material.language
    digest = hashlib.sha256(base.read_bytes()).hexdigest()
    card = Card(out.stem, version(language), digest, (language,), float(recipe.alpha))
    write_adapter(out, card, trainer.matrices(), trainer.shape)
    say(f"wrote {out} ({out.stat().st_size / 1e6:.1f} MB)")


def _counted(files: Sequence[LineFile]) -> str:
    replies = sum(len(line.replies) for file in files for line in file.lines)
    return f"{replies} replies to {sum(len(file.lines) for file in files)} plans"
