"""Training the adapter (LoRA): small matrices beside each linear layer of a frozen base, learned with PyTorch.

Needs torch, transformers and gguf, which the engine itself does not: see training/README.md.

Source of the method: Hu et al., "LoRA: Low-Rank Adaptation of Large Language Models" (2021), W + (alpha / rank) B A.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import torch
from torch import nn
from torch.nn import functional
from transformers import AttentionInterface, AutoModelForCausalLM, AutoTokenizer

from npc_engine.training.adapter import BaseShape
from npc_engine.training.examples import Pack
from npc_engine.training.packing import SKIP, Packed, packed

Say = Callable[[str], None]
"""Takes a line of progress."""


@dataclass(frozen=True, slots=True)
class Recipe:
    """How to train: `rank` of the adapter, `rate` of learning at its highest, packs in a `batch`.

    `last` epochs at the end are of steady lines only, at `last_rate`. `warm_up` is in steps, at the beginning of
    either; `seed` settles everything left to chance.
    """

    rank: int = 16
    rate: float = 1e-3
    epochs: int = 3
    last: int = 1
    last_rate: float = 4e-4
    batch: int = 2
    warm_up: int = 20
    seed: int = 1
    threads: int = 2

    @property
    def alpha(self) -> int:
        """What the adapter is scaled by, times its rank."""
        return 2 * self.rank


class Adapted(nn.Module):
    """A frozen linear layer with an adapter beside it, which begins as nothing."""

    def __init__(self, layer: nn.Linear, recipe: Recipe) -> None:
        super().__init__()
        self.layer = layer
        self.scale = recipe.alpha / recipe.rank
        self.a = nn.Parameter(torch.randn(recipe.rank, layer.in_features) / math.sqrt(layer.in_features))
        self.b = nn.Parameter(torch.zeros(layer.out_features, recipe.rank))

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """Return what the layer gives, and what the adapter adds."""
        down = functional.linear(x, self.a.to(x.dtype))
        added: torch.Tensor = functional.linear(down, (self.b * self.scale).to(x.dtype))
        return self.layer(x) + added


def attend_by_turn(
    module: nn.Module,
    query: torch.Tensor,
    key: torch.Tensor,
    value: torch.Tensor,
    attention_mask: torch.Tensor,
    scaling: float,
    turns: Sequence[range],
    **_: Any,
) -> tuple[torch.Tensor, None]:
    """Return the attention of a pack, turn by turn: most pairs of its tokens can't see each other anyway.

    A fifth faster over all than one mask over the whole pack.
    """
    groups: int = query.shape[1] // key.shape[1]
    key, value = key.repeat_interleave(groups, dim=1), value.repeat_interleave(groups, dim=1)
    start = turns[0].start

    def part(rows: slice, columns: torch.Tensor | slice) -> torch.Tensor:
        scores = query[:, :, rows] @ key[:, :, columns].transpose(2, 3) * scaling
        shares = functional.softmax(scores + attention_mask[:, :, rows][..., columns], dim=-1, dtype=torch.float32)
        return shares.to(query.dtype) @ value[:, :, columns]

    found = [part(slice(0, start), slice(0, start))]
    for turn in turns:
        columns = torch.tensor([*range(start), *turn], device=query.device)
        found.append(part(slice(turn.start, turn.stop), columns))
    return torch.cat(found, dim=2).transpose(1, 2).contiguous(), None


_BY_TURN = "by_turn"
AttentionInterface.register(_BY_TURN, attend_by_turn)


class Trainer:
    """Trains one adapter for the base model in a GGUF file."""

    def __init__(self, base: Path, recipe: Recipe, say: Say) -> None:
        torch.set_num_threads(recipe.threads)
        torch.manual_seed(recipe.seed)
        self._recipe, self._say = recipe, say
        say(f"reading {base.name} (its weights are unpacked: about a minute)")
        self.tokenizer: Any = AutoTokenizer.from_pretrained(str(base.parent), gguf_file=base.name)
        self._device = "cuda" if torch.cuda.is_available() else "cpu"
        model: Any = AutoModelForCausalLM.from_pretrained(
            str(base.parent), gguf_file=base.name, dtype=torch.bfloat16, attn_implementation=_BY_TURN
        )
        self._model = model.to(self._device).requires_grad_(False).eval()
        self._layers = {name: self._adapt(name, layer) for name, layer in self._linear()}
        self._parameters = [p for layer in self._layers.values() for p in (layer.a, layer.b)]
        self._optimizer = torch.optim.AdamW(self._parameters, lr=recipe.rate, betas=(0.9, 0.98), weight_decay=0.0)
        self._step = 0

    def _linear(self) -> list[tuple[str, nn.Linear]]:
        return [(n, m) for n, m in self._model.named_modules() if isinstance(m, nn.Linear) and "lm_head" not in n]

    def _adapt(self, name: str, layer: nn.Linear) -> Adapted:
        adapted = Adapted(layer, self._recipe).to(self._device)
        parent, _, child = name.rpartition(".")
        setattr(self._model.get_submodule(parent), child, adapted)
        return adapted

    def train(self, stages: Sequence[tuple[float, Sequence[Pack]]], held: Sequence[Pack], keep: Path) -> None:
        """Learn from each stage's packs, at a rate that rises to the stage's own and falls again.

        `keep` is where the state is kept from which a stopped run goes on. Prints the loss as it goes, and the loss on
        what is `held` out.
        """
        steps = [step for rate, some in stages for step in self._steps(rate, some)]
        tests = [self._packed(pack) for pack in held]
        self._say(f"{len(steps)} steps, {sum(len(pack.tokens) for batch, _ in steps for pack in batch):,} tokens")
        self._resume(keep)
        began, first, seen, mean = time.monotonic(), self._step, 0, None
        for batch, rate in steps[first:]:
            loss = self._learn(batch, rate)
            mean = loss if mean is None else 0.95 * mean + 0.05 * loss
            seen += sum(len(pack.tokens) for pack in batch)
            if self._step % 10 == 0:
                passed = time.monotonic() - began
                speed = seen / passed
                left = (len(steps) - self._step) * passed / (self._step - first) / 60
                self._say(f"step {self._step}/{len(steps)}  loss {mean:.3f}  {speed:.0f} tokens/s  {left:.0f} min left")
            if self._step % 100 == 0 or self._step == len(steps):
                self._say(f"step {self._step}/{len(steps)}  loss on held-out lines {self.loss(tests):.3f}")
                self._keep(keep)

    def _steps(self, highest: float, packs: Sequence[Pack]) -> list[tuple[list[Packed], float]]:
        """Return what each step of a stage learns from, and its rate of learning: up in a line, down by a cosine."""
        recipe, found = self._recipe, [self._packed(pack) for pack in packs]
        batches = [found[at : at + recipe.batch] for at in range(0, len(found), recipe.batch)]
        return [
            (
                batch,
                highest
                * min(1.0, (number + 1) / recipe.warm_up)
                * (0.03 + 0.97 * 0.5 * (1 + math.cos(math.pi * number / len(batches)))),
            )
            for number, batch in enumerate(batches)
        ]

    def loss(self, tests: Sequence[Packed]) -> float:
        """Return the mean loss a token, weighted, on packs that nothing is learned from."""
        with torch.no_grad():
            total = sum(self._loss(pack).item() for pack in tests)
        return total / max(1.0, sum(pack.weight for pack in tests))

    @property
    def shape(self) -> BaseShape:
        """What the adapter's file has to know of the base."""
        config = self._model.config
        return BaseShape(config.model_type, config.num_attention_heads, config.num_key_value_heads)

    def matrices(self) -> Iterator[tuple[str, Any, Any]]:
        """Yield each adapted layer's name, and its A and B as float32 arrays."""
        for name, layer in self._layers.items():
            yield name, layer.a.detach().float().cpu().numpy(), layer.b.detach().float().cpu().numpy()

    def _packed(self, pack: Pack) -> Packed:
        return packed(pack, lambda text: self.tokenizer(text, add_special_tokens=False).input_ids)

    def _learn(self, batch: list[Packed], rate: float) -> float:
        for group in self._optimizer.param_groups:
            group["lr"] = rate
        count, total = sum(pack.weight for pack in batch), 0.0
        for pack in batch:
            loss = self._loss(pack) / count
            loss.backward()
            total += loss.item()
        nn.utils.clip_grad_norm_(self._parameters, 1.0)
        self._optimizer.step()
        self._optimizer.zero_grad(set_to_none=True)
        self._step += 1
        return total

    def _loss(self, pack: Packed) -> torch.Tensor:
        """Return the summed loss of the tokens of a pack's replies, each times its weight."""
        tokens, positions, branches, targets = (
            torch.tensor(row, device=self._device) for row in (pack.tokens, pack.positions, pack.branches, pack.targets)
        )
        leads = torch.zeros(len(pack.paths), len(pack.paths), dtype=torch.bool)
        for branch, path in enumerate(pack.paths):
            leads[branch, list(path)] = True
        length = len(tokens)
        earlier = torch.ones(length, length, dtype=torch.bool, device=self._device).tril()
        seen = leads.to(self._device)[branches][:, branches] & earlier
        mask = torch.zeros(seen.shape, dtype=torch.bfloat16, device=self._device)
        mask = mask.masked_fill(~seen, torch.finfo(torch.bfloat16).min)[None, None]
        hidden = self._model.model(
            input_ids=tokens[None], attention_mask=mask, position_ids=positions[None], use_cache=False, turns=pack.turns
        ).last_hidden_state[0]
        learned = targets != SKIP
        scores = hidden[learned] @ self._model.get_output_embeddings().weight.T
        losses = functional.cross_entropy(scores.float(), targets[learned], reduction="none")
        return losses @ torch.tensor(pack.weights, device=self._device)[learned]

    def _keep(self, path: Path) -> None:
        """Keep the state, whole or not at all."""
        state = {
            "recipe": asdict(self._recipe),
            "step": self._step,
            "layers": {name: (layer.a.detach(), layer.b.detach()) for name, layer in self._layers.items()},
            "optimizer": self._optimizer.state_dict(),
        }
        part = path.with_suffix(".part")
        torch.save(state, part)
        part.replace(path)

    def _resume(self, path: Path) -> None:
        if not path.exists():
            return
        state = torch.load(path, weights_only=True, map_location=self._device)  # never runs what a file holds
        if state["recipe"] != asdict(self._recipe):
            self._say(f"{path.name} is of another recipe: starting over")
            return
        for name, (a, b) in state["layers"].items():
            self._layers[name].a.data.copy_(a)
            self._layers[name].b.data.copy_(b)
        self._optimizer.load_state_dict(state["optimizer"])
        self._step = state["step"]
        self._say(f"going on from step {self._step}")
