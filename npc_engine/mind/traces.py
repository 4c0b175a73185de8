"""What a memory is found by, as a line of text: small to keep, and quick to look through without reading it.

`9|"mira"|["bridge","tomas"]| bridg:1 gone:2`: the number of terms, who spoke, what it is about, and each term with how
often it stands there.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator


def trace(terms: Iterable[str], about: Iterable[str], speaker: str | None) -> str:
    """Give the trace of a memory; terms hold no white space."""
    counts = Counter(terms)
    found_by = "".join(f" {term}:{count}" for term, count in counts.items())
    return f"{counts.total()}|{_plain(speaker)}|{_plain(sorted(about))}|{found_by}"


def length(line: str) -> int:
    """Give the number of terms in a trace."""
    return int(line[: line.index("|")])


def about(line: str) -> frozenset[str]:
    """Give the entities a trace's memory is about."""
    begins = line.index("|[") + 1
    return frozenset(json.JSONDecoder().raw_decode(line, begins)[0])


def with_term(lines: str, term: str, since: int) -> Iterator[tuple[int, int]]:
    """Give where, from a place in lines of traces on, a term stands in them, and how often in that trace."""
    wanted = f" {term}:"
    for at in _found(lines, wanted, since):
        begins = ends = at + len(wanted)
        while lines[ends : ends + 1].isdigit():
            ends += 1
        yield at, int(lines[begins:ends])


def with_entity(lines: str, entity: str, since: int) -> Iterator[int]:
    """Give where, from a place in lines of traces on, an entity stands among what a memory is about."""
    wanted = _plain(entity)
    for at in _found(lines, wanted, since):
        if lines[at + len(wanted)] != "|":  # which ends who spoke
            yield at


def with_speaker(lines: str, speaker: str, since: int) -> Iterator[int]:
    """Give where, from a place in lines of traces on, someone stands as who said or did it."""
    return _found(lines, f"|{_plain(speaker)}|[", since)


def _found(text: str, wanted: str, since: int) -> Iterator[int]:
    at = text.find(wanted, since)
    while at >= 0:
        yield at
        at = text.find(wanted, at + 1)


def _plain(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
