"""The network of the learned ear: pieces of a line in; where its stretches begin, and what each of them does, out.

A transformer encoder (Vaswani et al., 2017) of a layer or two, computed with numpy. Its weights are kept in four bits
each, in groups that share a scale, and unfolded when they are loaded.
"""

from __future__ import annotations

import json
import struct
import threading
import zlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING, Any, TypeAlias

from npc_engine.text import Language

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array: TypeAlias = NDArray[Any]

MAGIC = b"NPCEAR1\n"
GROUP = 32
"""Weights that share a scale."""

_MATRICES = ("qkv", "out", "up", "down")
_LAYER = tuple(name + suffix for name in (*_MATRICES, "norm1", "norm2") for suffix in ("", ".bias"))


def pack(parts: Mapping[Language, tuple[dict[str, Any], Mapping[str, Array]]]) -> bytes:
    """Return the ears of several languages as the bytes of a file: for each its head (plain data) and its arrays.

    Arrays of two dimensions whose rows can be grouped are rounded to four bits a weight, all others to sixteen.
    """
    import numpy as np

    blocks: list[tuple[str, bytes]] = []
    for language, (head, arrays) in parts.items():
        shapes: list[tuple[str, tuple[int, ...], bool]] = []
        data = bytearray()
        for name, array in arrays.items():
            small = array.ndim == 2 and array.shape[1] % GROUP == 0
            shapes.append((name, array.shape, small))
            if small:
                steps, scale = quantised(array)
                nibbles = (steps + 8).astype(np.uint8).reshape(-1, 2)
                data += scale.astype("<f2").tobytes() + (nibbles[:, 0] | nibbles[:, 1] << 4).tobytes()
            else:
                data += array.astype("<f2").tobytes()
        text = json.dumps({**head, "arrays": shapes}, ensure_ascii=False, sort_keys=True).encode()
        blocks.append((language, zlib.compress(struct.pack("<I", len(text)) + text + bytes(data), 9)))
    table = json.dumps([(language, len(block)) for language, block in blocks]).encode()
    return MAGIC + struct.pack("<I", len(table)) + table + b"".join(block for _, block in blocks)


def quantised(array: Array) -> tuple[Array, Array]:
    """Return an array's weights as whole steps from -7 to 7 in groups, a row each, and each group's step."""
    import numpy as np

    groups = array.reshape(-1, GROUP).astype(np.float32)
    scale = (np.abs(groups).max(axis=1, keepdims=True) / 7).astype(np.float16).astype(np.float32)
    scale[scale == 0] = 1
    return np.clip(np.rint(groups / scale), -7, 7), scale


def unpack(data: bytes, language: Language) -> tuple[dict[str, Any], dict[str, Array]] | None:
    """Return the head and the arrays of a language from a file's bytes; None where it has none of that language.

    Raises:
        ValueError: these are not the bytes of an ear.
    """
    import numpy as np

    if not data.startswith(MAGIC):
        raise ValueError("these are not the weights of an ear of this version")
    (length,) = struct.unpack_from("<I", data, len(MAGIC))
    start = len(MAGIC) + 4 + length
    for name, size in json.loads(data[start - length : start]):
        if name == language:
            break
        start += size
    else:
        return None
    block = zlib.decompress(data[start : start + size])
    (length,) = struct.unpack_from("<I", block)
    head, at = json.loads(block[4 : 4 + length]), 4 + length
    arrays: dict[str, Array] = {}
    for name, shape, small in head.pop("arrays"):
        count = int(np.prod(shape))
        if small:
            scale = np.frombuffer(block, "<f2", count // GROUP, at).astype(np.float32)[:, None]
            at += count // GROUP * 2
            nibbles = np.frombuffer(block, np.uint8, count // 2, at)
            at += count // 2
            steps = np.empty((count // 2, 2), np.float32)
            steps[:, 0], steps[:, 1] = nibbles & 15, nibbles >> 4
            arrays[name] = ((steps.reshape(-1, GROUP) - 8) * scale).reshape(shape)
        else:
            arrays[name] = np.frombuffer(block, "<f2", count, at).astype(np.float32).reshape(shape)
            at += count * 2
    return head, arrays


_COMPUTING = threading.Lock()


@contextmanager
def one_thread() -> Iterator[None]:
    """Compute on this thread alone: helpers of numpy's would wait, busily, for cores that the game needs.

    How many there may be is a setting of the whole process, so only one at a time changes it, and puts it back.
    """
    with _COMPUTING, _blas().limit(limits=1):
        yield


@cache
def _blas() -> Any:
    from importlib import import_module

    from threadpoolctl import ThreadpoolController

    import_module("numpy")  # its library has to be loaded to be found
    return ThreadpoolController().select(user_api="blas")


class Network:
    """The encoder and its heads; `arrays` are as `npc ear train` wrote them."""

    def __init__(self, head: Mapping[str, Any], arrays: Mapping[str, Array]) -> None:
        self._heads = int(head["heads"])
        self._layers = [{name: arrays[f"{index}.{name}"] for name in _LAYER} for index in range(int(head["layers"]))]
        for layer in self._layers:
            for name in _MATRICES:
                layer[name] = layer[name].T.copy()
        self._pieces = arrays["pieces"]
        self._project = arrays["project"].T.copy()
        self._middle = self._pieces.mean(axis=0) @ self._project
        self.width = self._project.shape[1]
        self._places = arrays["places"] + arrays["project.bias"]
        self._norm = (arrays["norm"], arrays["norm.bias"])
        self._label = arrays["label"].T.copy()
        self._label_bias = arrays["label.bias"]
        heads = [name.removesuffix(".in") for name in arrays if name.endswith(".in")]
        self._more = {
            head: (arrays[f"{head}.in"].T.copy(), arrays[head].T.copy(), arrays[f"{head}.bias"]) for head in heads
        }
        self._cut, self._cut_bias = arrays["cut"], float(arrays["cut.bias"][0])

    def states(self, numbers: Sequence[int]) -> Array:
        """Return what the network makes of each piece of a line: a row each."""
        line: Array = self.states_of([numbers])[0]
        return line

    def states_of(self, lines: Sequence[Sequence[int]]) -> Array:
        """Return the same for several lines of equally many pieces: a table each."""
        import numpy as np

        several, count = len(lines), len(lines[0])
        x = self._pieces[np.asarray(lines).reshape(-1)] @ self._project
        x = _normed(x + np.tile(self._places[:count], (several, 1)), *self._norm)
        width = x.shape[1]
        for layer in self._layers:
            mixed = x @ layer["qkv"] + layer["qkv.bias"]
            mixed = mixed.reshape(several, count, 3, self._heads, -1).transpose(2, 0, 3, 1, 4)
            weight = mixed[0] @ mixed[1].swapaxes(-1, -2) * (width // self._heads) ** -0.5
            weight = np.exp(weight - weight.max(axis=-1, keepdims=True))
            weight /= weight.sum(axis=-1, keepdims=True)
            seen = (weight @ mixed[2]).swapaxes(1, 2).reshape(several * count, width)
            x = _normed(x + seen @ layer["out"] + layer["out.bias"], layer["norm1"], layer["norm1.bias"])
            inner = x @ layer["up"] + layer["up.bias"]
            inner /= 1 + np.exp(-1.702 * np.maximum(inner, -30))
            x = _normed(x + inner @ layer["down"] + layer["down.bias"], layer["norm2"], layer["norm2.bias"])
        return x.reshape(several, count, width)

    def apart(self, numbers: Sequence[int]) -> Array:
        """Return what the network takes each piece to mean by itself, from the middle of all pieces: a row each."""
        import numpy as np

        return np.asarray(self._pieces[np.asarray(numbers)] @ self._project - self._middle)

    def cuts(self, states: Array) -> Array:
        """Return, for each piece but the first, the probability that a stretch begins with it."""
        import numpy as np

        width = states.shape[1]
        logits = states[:-1] @ self._cut[:width] + states[1:] @ self._cut[width:] + self._cut_bias
        return np.asarray(1 / (1 + np.exp(-np.clip(logits, -30, 30))), dtype=np.float32)

    def labels(self, states: Array, stretches: Sequence[tuple[int, int]], temperature: float) -> Array:
        """Return the probability of each label for each stretch of pieces: a row each."""
        return _softmax((_pooled(states, stretches) @ self._label + self._label_bias) / temperature)

    def whole(self, lines: Array, temperature: float) -> Array:
        """Return the probability of each label for lines of equally many pieces, each as one stretch: a row each."""
        import numpy as np

        pooled = np.concatenate([lines.mean(axis=1), lines.max(axis=1), lines[:, 0]], axis=1)
        return _softmax((pooled @ self._label + self._label_bias) / temperature)

    def headed(self, head: str, states: Array, stretches: Sequence[tuple[int, int]]) -> Array | None:
        """Return what one more head, such as that of moments, makes of each stretch: a probability for each it knows.

        The first stands for none. There is nothing where the file has no such head.
        """
        if head not in self._more:
            return None
        narrow, wide, bias = self._more[head]
        return _softmax(_pooled(states, stretches) @ narrow @ wide + bias)


def _pooled(states: Array, stretches: Sequence[tuple[int, int]]) -> Array:
    """Return stretches of pieces as one row each: their mean, their greatest, their first."""
    import numpy as np

    parts = (states[start:end] for start, end in stretches)
    return np.stack([np.concatenate([part.mean(axis=0), part.max(axis=0), part[0]]) for part in parts])


def _softmax(logits: Array) -> Array:
    import numpy as np

    logits = np.exp(logits - logits.max(axis=1, keepdims=True))
    return np.asarray(logits / logits.sum(axis=1, keepdims=True), dtype=np.float32)


def _normed(x: Array, gain: Array, bias: Array) -> Array:
    """Return rows with their mean taken out and their spread made one, then scaled and moved."""
    import numpy as np

    x = x - x.mean(axis=1, keepdims=True)
    normed: Array = x * (gain / np.sqrt((x * x).mean(axis=1, keepdims=True) + 1e-12)) + bias
    return normed
