"""From lines to an adapter: what `npc voice train` does."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

from npc_engine.dialogue.manner import version
from npc_engine.training.adapter import Card, write_adapter
from npc_engine.training.examples import Pack, packs
from npc_engine.training.lora import Recipe, Say, Trainer
from npc_engine.training.material import Material

_HELD_PACKS = 24
"""Packs of held-out lines that the loss is taken on as training goes: enough to tell better from worse."""


def train(material: Material, base: Path, out: Path, recipe: Recipe, say: Say) -> None:
    """Train an adapter for the model file `base` and write it to `out`.

    A run that was stopped goes on where it was when it is started again; what it keeps lies beside `out`.
    """
    taught = material.taught
    plans, replies = sum(len(f.lines) for f in taught), sum(len(line.replies) for f in taught for line in f.lines)
    say(f"{replies} replies to {plans} plans, of {len(taught)} speakers")
    trainer = Trainer(base, recipe, say)

    def epoch(number: int) -> Sequence[Pack]:
        return packs(taught, material.learned, recipe.seed * 1000 + number, material.swaps)

    held = packs(material.held, material.tested, recipe.seed)[:_HELD_PACKS] if material.held else []
    trainer.train(epoch, held, out.with_suffix(".state"))
    card = Card(out.stem, version("en"), hashlib.sha256(base.read_bytes()).hexdigest(), ("en",), float(recipe.alpha))
    heads, key_heads = trainer.heads
    write_adapter(out, card, trainer.matrices(), heads=heads, key_heads=key_heads)
    say(f"wrote {out} ({out.stat().st_size / 1e6:.1f} MB)")
