"""The ear's network in PyTorch, to be trained; what it computes is what `understand/network.py` computes with numpy."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import torch
from torch import nn
from torch.nn import functional

from npc_engine.dialogue.understand.network import GROUP
from npc_engine.training.ear.encoders import HEADS, Encoder

DROPPED = 0.1
"""The share of numbers that training leaves out at random."""


class Net(nn.Module):
    """An encoder with the ear's heads: what a stretch of pieces does, in which moment and mood, where one begins.

    With `rounded` set it computes with its matrices as four bits a weight will hold them, so that it learns to do with
    that.
    """

    def __init__(self, arrays: Mapping[str, Any], layers: int) -> None:
        super().__init__()
        self.layers, self.rounded = layers, False
        self.weights = nn.ParameterDict(
            {
                name.replace(".", "/"): nn.Parameter(torch.as_tensor(array).float().clone())
                for name, array in arrays.items()
            }
        )

    def w(self, name: str) -> Any:
        """Return an array by its name."""
        found = self.weights[name.replace(".", "/")]
        if self.rounded and found.ndim == 2 and found.shape[1] % GROUP == 0:
            return found + (_rounded(found) - found).detach()
        return found

    def arrays(self) -> dict[str, Any]:
        """Return all arrays by name, for numpy."""
        return {name.replace("/", "."): array.detach().float().numpy() for name, array in self.weights.items()}

    def _linear(self, x: Any, name: str) -> Any:
        return functional.linear(x, self.w(name), self.w(f"{name}.bias"))

    def _normed(self, x: Any, name: str) -> Any:
        return functional.layer_norm(x.float(), x.shape[-1:], self.w(name), self.w(f"{name}.bias"), 1e-12)

    def _dropped(self, x: Any) -> Any:
        return functional.dropout(x, DROPPED, self.training)

    def forward(self, numbers: Any) -> Any:
        """Return what the encoder makes of each piece; `numbers` is a row a line, filled up with zeros."""
        batch, count = numbers.shape
        mask = (numbers != 0)[:, None, None, :]
        x = self._linear(functional.embedding(numbers, self.w("pieces")), "project") + self.w("places")[:count]
        x = self._dropped(self._normed(x, "norm"))
        for index in range(self.layers):
            qkv = self._linear(x, f"{index}.qkv").view(batch, count, 3, HEADS, -1).permute(2, 0, 3, 1, 4)
            seen = functional.scaled_dot_product_attention(
                qkv[0], qkv[1], qkv[2], attn_mask=mask, dropout_p=DROPPED if self.training else 0.0
            )
            seen = self._linear(seen.transpose(1, 2).reshape(batch, count, -1), f"{index}.out")
            x = self._normed(x + self._dropped(seen), f"{index}.norm1")
            inner = self._linear(x, f"{index}.up")
            inner = self._linear(inner * torch.sigmoid(1.702 * inner), f"{index}.down")
            x = self._normed(x + self._dropped(inner), f"{index}.norm2")
        return x

    def labels(self, states: Any, stretches: Sequence[tuple[int, int, int]]) -> Any:
        """Return the logits of each label for stretches: a line's row, the first piece, the one after the last."""
        return self._linear(self._dropped(_pooled(states, stretches)), "label")

    def headed(self, head: str, states: Any, stretches: Sequence[tuple[int, int, int]]) -> Any:
        """Return the logits of one more head, such as of each moment, for stretches; the first stands for none."""
        narrowed = functional.linear(_pooled(states, stretches), self.w(f"{head}.in"))
        return self._linear(self._dropped(narrowed), head)

    def cuts(self, states: Any) -> Any:
        """Return the logits that a stretch begins with each piece but the first."""
        both = torch.cat([states[:, :-1], states[:, 1:]], 2)
        return both @ self.w("cut") + self.w("cut.bias")


def _pooled(states: Any, stretches: Sequence[tuple[int, int, int]]) -> Any:
    """Return stretches as one row each: their mean, their greatest, their first."""
    rows = torch.tensor([row for row, _, _ in stretches])
    longest = max(end - start for _, start, end in stretches)
    places = torch.tensor([[min(s + i, e - 1) for i in range(longest)] for _, s, e in stretches])
    inside = torch.tensor([[s + i < e for i in range(longest)] for _, s, e in stretches])[:, :, None]
    part = states[rows[:, None], places]
    mean = (part * inside).sum(1) / inside.sum(1)
    top = part.masked_fill(~inside, -1e4).amax(1)
    return torch.cat([mean, top, part[:, 0]], 1)


def _rounded(array: Any) -> Any:
    """Return an array as four bits a weight hold it (`quantised` in understand/network.py)."""
    groups = array.detach().reshape(-1, GROUP)
    scale = (groups.abs().amax(1, keepdim=True) / 7).half().float()
    scale = torch.where(scale == 0, torch.ones_like(scale), scale)
    return ((groups / scale).round().clamp(-7, 7) * scale).reshape(array.shape)


def begun(
    encoder: Encoder, labels: int, *, layers: Sequence[int], inner: int | None = None, narrow: int | None = None
) -> Net:
    """Return a net that begins as an encoder: as some of its layers, fewer of their inner rows, narrower pieces.

    `inner` keeps the rows of a layer's middle that weigh most, `narrow` the main directions of the pieces.
    """
    source = {name: torch.tensor(array).float() for name, array in encoder.arrays.items()}
    width = source["pieces"].shape[1]
    arrays: dict[str, Any] = {name: source[name] for name in ("places", "norm", "norm.bias")}
    middle = source["pieces"].mean(0)
    if narrow:
        u, s, v = torch.linalg.svd(source["pieces"] - middle, full_matrices=False)
        arrays |= {"pieces": u[:, :narrow] * s[:narrow], "project": v[:narrow].T, "project.bias": middle}
    else:
        arrays |= {"pieces": source["pieces"], "project": torch.eye(width), "project.bias": torch.zeros(width)}
    for index, layer in enumerate(layers):
        for name in ("qkv", "out", "up", "down", "norm1", "norm2"):
            for suffix in ("", ".bias"):
                arrays[f"{index}.{name}{suffix}"] = source[f"{layer}.{name}{suffix}"]
        up, down = arrays[f"{index}.up"], arrays[f"{index}.down"]
        if inner and inner < len(up):
            rows = (up.norm(dim=1) * down.norm(dim=0)).topk(inner).indices.sort().values
            arrays |= {f"{index}.up": up[rows], f"{index}.down": down[:, rows]}
            arrays[f"{index}.up.bias"] = arrays[f"{index}.up.bias"][rows]
    arrays |= {"label": torch.randn(labels, 3 * width) * 0.02, "label.bias": torch.zeros(labels)}
    arrays |= {"cut": torch.randn(2 * width) * 0.02, "cut.bias": torch.full((1,), -2.0)}
    return Net(arrays, len(layers))
