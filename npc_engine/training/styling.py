"""The words of manner that the hand-written lines use: what the checker lets a trained voice add to a plan."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path

from npc_engine.dialogue.check.asides import blanked, groups, parted, write_book
from npc_engine.lang.en import English
from npc_engine.lang.zh import Chinese
from npc_engine.lang.zh.recitation import MARKS
from npc_engine.text import language_of, stem, stop_words, words
from npc_engine.training.lines import LineFile, filled

ALWAYS = 12
"""In how many manners a word must be used to count as one that everybody uses all the time."""

_HEADER = """\
# Words by which people colour what they say, as stems; none states a fact. Made from training/lines by
# `npc voice style`, less the words of training/facts.txt. `always` may be used in any world; `usual` are left out
# where a world tells its relations by them.
"""


def style_words(files: Iterable[LineFile], facts: frozenset[str]) -> tuple[list[str], list[str]]:
    """Return the stems that replies have beyond their plans, less `facts`: those everybody uses, and the others."""
    used: dict[str, set[str]] = defaultdict(set)
    for file in files:
        for line in file.lines:
            given = {stem(word) for word in words(filled(" ".join((line.say, *line.said))))}
            for reply in line.replies:
                for word in words(filled(reply)):
                    bare = word.removesuffix("'s")
                    if bare not in stop_words() and stem(bare) not in given | facts:
                        used[stem(bare)].add(file.speaker.id)
    always = sorted(word for word, manners in used.items() if len(manners) >= ALWAYS)
    return always, sorted(word for word, manners in used.items() if len(manners) < ALWAYS)


def phrase_groups(files: Iterable[LineFile], facts: frozenset[str]) -> set[int]:
    """Return the groups of three words that replies and samples are made of, what the plan says left blank.

    Chinese clauses that have one of the characters of `facts` beyond their plan are left out.
    """
    found: set[int] = set()
    for file in files:
        for _, reply in file.speaker.samples:
            found.update(groups(reply, ""))
        for line in file.lines:
            given = filled(" ".join((line.say, *line.said)))
            for reply in line.replies:
                found.update(group for part in _tellable(filled(reply), given, facts) for group in groups(part, given))
    return found


def _tellable(reply: str, given: str, facts: frozenset[str]) -> list[str]:
    """Return a reply whole, or a Chinese one's clauses that state no fact beyond the plan."""
    if language_of(reply) == English.code:
        return [reply]
    return [clause for clause, _ in parted(reply, MARKS) if not facts & set(blanked(clause, given))]


def write_style_words(folder: Path, files: Sequence[LineFile], facts: frozenset[str]) -> None:
    """Write what the engine reads of a language: `asides.bin`, and for English the words of manner, `style.yaml`."""
    language = files[0].speaker.language
    (folder / "asides.bin").write_bytes(write_book(phrase_groups(files, facts)))
    if language == Chinese.code:
        return
    always, usual = style_words(files, facts)
    rows = [_HEADER.rstrip()]
    for name, stems in (("always", always), ("usual", usual)):
        rows.append(f"{name}: >-")
        row = " "
        for word in stems:
            if len(row) + len(word) > 118:
                rows.append(row)
                row = " "
            row += f" {word}"
        rows.append(row)
    (folder / "style.yaml").write_text("\n".join(rows) + "\n", encoding="utf-8")
