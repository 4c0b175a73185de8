"""Reads the few words at the beginning of a GGUF file that say what model it holds.

The format: https://github.com/ggml-org/ggml/blob/master/docs/gguf.md (version 2 and 3, little-endian).
"""

from __future__ import annotations

import struct
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from npc_engine.errors import ModelError, ModelMissingError
from npc_engine.models.sizes import billions_in

_SCALARS = {0: "B", 1: "b", 2: "H", 3: "h", 4: "I", 5: "i", 6: "f", 7: "?", 10: "Q", 11: "q", 12: "d"}
_STRING, _ARRAY = 8, 9
_LONGEST = 1 << 20


@dataclass(frozen=True, slots=True)
class Header:
    """What a model file says of itself: its names, and its billions of parameters (0.0: it does not say).

    `texts` holds all of its header that is text, by key.
    """

    names: str
    billions: float
    texts: Mapping[str, str]


def read_header(path: Path) -> Header:
    """Return the header of the GGUF file at `path`, without reading its vocabulary or weights.

    Raises:
        ModelMissingError: there is no such file.
        ModelError: it is not a GGUF file, or is cut off.
    """
    values: dict[str, str] = {}
    try:
        with path.open("rb") as file:
            magic, version, _tensors, count = struct.unpack("<4sIQQ", _take(file, 24))
            if magic != b"GGUF" or version not in (2, 3):
                raise ModelError(f"{path} is not a model file this engine can read (GGUF 2 or 3)")
            for _ in range(count):
                key = _string(file)
                if key.startswith("tokenizer."):
                    break
                value = _value(file, struct.unpack("<I", _take(file, 4))[0])
                if isinstance(value, str):
                    values[key] = value
    except FileNotFoundError:
        raise ModelMissingError(f"there is no model file {path}") from None
    except OSError as error:
        raise ModelMissingError(f"can't read the model file {path}: {error.strerror or error}") from None
    except (EOFError, KeyError):
        raise ModelError(f"{path} is damaged or cut off: fetch it again") from None
    names = [values.get(f"general.{key}", "") for key in ("basename", "name", "architecture")]
    size = values.get("general.size_label", "")
    return Header(names=" ".join([*names, path.name]).lower(), billions=billions_in(size), texts=values)


def _take(file: BinaryIO, size: int) -> bytes:
    data = file.read(size)
    if len(data) < size:
        raise EOFError
    return data


def _string(file: BinaryIO) -> str:
    length = struct.unpack("<Q", _take(file, 8))[0]
    if length > _LONGEST:
        raise EOFError
    return _take(file, length).decode("utf-8", errors="replace")


def _value(file: BinaryIO, kind: int) -> object:
    if kind == _STRING:
        return _string(file)
    if kind == _ARRAY:
        inner, length = struct.unpack("<IQ", _take(file, 12))
        if length > _LONGEST:
            raise EOFError
        return [_value(file, inner) for _ in range(length)]
    code = "<" + _SCALARS[kind]
    return struct.unpack(code, _take(file, struct.calcsize(code)))[0]
