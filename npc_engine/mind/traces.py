"""What a memory is found by: a line of text in the save, and in memory the same with one character for each word.

In the save `bridg gone gone`, tab, `by "mira"`, tab, `of "bridge"`, tab, `of "tomas"`: its terms as often as they stand
there, who spoke, and what it is about. In memory each of these, the *keys*, is one character: that is small, and the
memories with a key are found in a long row of traces as quickly as a character is found in a text.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable

_FIRST = 32
_HEAD, _END = "\t", "\n"


class Codes(dict[str, str]):
    """The character that stands for each key, given out in the order in which keys come; never stored."""

    def __init__(self) -> None:
        self._keys: list[str] = []

    def __missing__(self, key: str) -> str:
        code = chr(min(_FIRST + len(self._keys), sys.maxunicode))  # past a million, all further ones are alike
        self._keys.append(key)
        self[key] = code
        return code

    def trace(self, terms: Iterable[str], about: Iterable[str], speaker: str | None) -> str:
        """Return the trace of a memory; terms hold no white space."""
        heads = [by(speaker), *map(of, sorted(about))]
        return "".join(map(self.__getitem__, terms)) + _HEAD + "".join(map(self.__getitem__, heads)) + _END

    def packed(self, trace: str) -> str:
        """Return a trace as it is saved."""
        terms, heads = trace[:-1].split(_HEAD)
        return _HEAD.join([" ".join(self._key(code) for code in terms), *map(self._key, heads)])

    def unpacked(self, line: str) -> str:
        """Return the trace that `packed` gave a line for."""
        terms, *heads = line.split(_HEAD)
        return "".join(map(self.__getitem__, terms.split())) + _HEAD + "".join(map(self.__getitem__, heads)) + _END

    def about(self, trace: str) -> frozenset[str]:
        """Return the entities a trace's memory is about."""
        keys = map(self._key, trace[trace.index(_HEAD) + 1 : -1])
        return frozenset(json.loads(key[3:]) for key in keys if key.startswith("of "))

    def _key(self, code: str) -> str:
        return self._keys[ord(code) - _FIRST]


def length(trace: str) -> int:
    """Return the number of terms in a trace."""
    return trace.index(_HEAD)


def of(entity: str) -> str:
    """Return the key of what is about an entity."""
    return f"of {json.dumps(entity, ensure_ascii=False)}"


def by(speaker: str | None) -> str:
    """Return the key of what someone said or did."""
    return f"by {json.dumps(speaker, ensure_ascii=False)}"
