"""Writing an adapter as llama.cpp reads it: a GGUF file with two matrices for each adapted layer.

Source of the format: llama.cpp's `convert_lora_to_gguf.py` and the GGUF specification of the ggml project.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import gguf
import numpy as np

_PARTS = {
    "self_attn.q_proj": "attn_q",
    "self_attn.k_proj": "attn_k",
    "self_attn.v_proj": "attn_v",
    "self_attn.o_proj": "attn_output",
    "mlp.gate_proj": "ffn_gate",
    "mlp.up_proj": "ffn_up",
    "mlp.down_proj": "ffn_down",
}
_LAYER = re.compile(r"layers\.(\d+)\.(.+)$")


@dataclass(frozen=True, slots=True)
class Card:
    """What an adapter carries in its header: what it is for, so that the engine can refuse a mismatch.

    `prompt` is the version of the prompt it was trained with (npc_engine.dialogue.speak.trained.version), `base` the
    SHA-256 of the model file it was trained for, `languages` those it speaks.
    """

    name: str
    prompt: str
    base: str
    languages: tuple[str, ...]
    alpha: float


@dataclass(frozen=True, slots=True)
class BaseShape:
    """What is said of a base: its `architecture` as llama.cpp names it, its attention heads, and those of its keys."""

    architecture: str
    heads: int
    key_heads: int


def write_adapter(path: Path, card: Card, matrices: Iterable[tuple[str, Any, Any]], shape: BaseShape) -> None:
    """Write an adapter for a model whose layers are a llama's.

    Of the architecture `llama`, halves of each head's rotary dimensions stand side by side in llama.cpp, so the rows
    of B for queries and keys are put in that order; others are left as they are.
    """
    writer = gguf.GGUFWriter(str(path), shape.architecture)
    writer.add_type("adapter")
    writer.add_name(card.name)
    writer.add_string("adapter.type", "lora")
    writer.add_float32("adapter.lora.alpha", card.alpha)
    writer.add_string("npc_engine.prompt", card.prompt)
    writer.add_string("npc_engine.base", card.base)
    writer.add_string("npc_engine.languages", " ".join(card.languages))
    for name, a, b in matrices:
        found = _LAYER.search(name)
        if found is None or found.group(2) not in _PARTS:
            raise ValueError(f"no layer of a llama: {name}")
        part = _PARTS[found.group(2)]
        if shape.architecture == "llama" and part in ("attn_q", "attn_k"):
            b = _side_by_side(b, shape.heads if part == "attn_q" else shape.key_heads)
        tensor = f"blk.{found.group(1)}.{part}.weight"
        writer.add_tensor(f"{tensor}.lora_a", np.ascontiguousarray(a.astype(np.float16)))
        writer.add_tensor(f"{tensor}.lora_b", np.ascontiguousarray(b.astype(np.float16)))
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


def _side_by_side(b: Any, heads: int) -> Any:
    rows, rank = b.shape
    return b.reshape(heads, 2, rows // heads // 2, rank).swapaxes(1, 2).reshape(rows, rank)
