"""What a memory is found by, as a line of text: small to keep, and quick to look through without reading it.

`9|"mira"|["bridge","tomas"]| bridg:1 gone:2`: the number of terms, who spoke, what it is about, and each term with how
often it stands there.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Sequence


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


def with_term(lines: Sequence[str], term: str, since: int) -> list[tuple[int, int]]:
    """Give the positions of the traces from one on that have a term, and how often it stands in each."""
    wanted, skip = f" {term}:", len(term) + 2
    return [
        (position, int(line[at + skip :].partition(" ")[0]))
        for position, line in enumerate(lines[since:], since)
        if (at := line.find(wanted)) >= 0
    ]


def with_entity(lines: Sequence[str], entity: str, since: int) -> list[int]:
    """Give the positions of the traces from one on whose memory is about an entity."""
    wanted = _plain(entity)
    return [position for position, line in enumerate(lines[since:], since) if wanted in line and entity in about(line)]


def with_speaker(lines: Sequence[str], speaker: str, since: int) -> list[int]:
    """Give the positions of the traces from one on whose memory is of what someone said or did."""
    wanted = f"|{_plain(speaker)}|["
    return [position for position, line in enumerate(lines[since:], since) if wanted in line]


def _plain(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
