"""The labelled lines that the ear learns from: what people type to game characters, each stretch with its act.

A file is one voice, a line of it one typed line: `labels<TAB>text`, both parted by `|` where there are several acts.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

from npc_engine.acts import acts
from npc_engine.errors import ContentError, Mistake, did_you_mean
from npc_engine.lang import HOME, pack
from npc_engine.lang.tones import tones_of
from npc_engine.text import Language


@dataclass(frozen=True, slots=True)
class Labelled:
    """A typed line: its stretches in order, and for each the labels of what it does, `act` or `act/topic`."""

    stretches: tuple[str, ...]
    labels: tuple[tuple[str, ...], ...]
    language: Language

    @property
    def text(self) -> str:
        """The line as it was typed."""
        return pack(self.language).gap.join(self.stretches)

    @property
    def kinds(self) -> frozenset[str]:
        """The acts in it, without their topics."""
        return frozenset(label.partition("/")[0] for labels in self.labels for label in labels)


Voices = Mapping[str, Sequence[Labelled]]
"""Lines by the voice that typed them."""


def read_folder(folder: Path) -> dict[Language, dict[str, list[Labelled]]]:
    """Return the lines of a folder by language (its folders `en` and `zh`) and voice (their files).

    Raises:
        ContentError: lines that can't be read, or labels that `acts.yaml` does not declare; every one is told.
    """
    found: dict[Language, dict[str, list[Labelled]]] = {}
    mistakes: list[Mistake] = []
    for language in HOME:
        for path in sorted((folder / language).glob("*.txt")):
            lines = found.setdefault(language, {}).setdefault(path.stem, [])
            lines += read_lines(path, language, mistakes)
    if not found and not mistakes:
        mistakes.append(Mistake(str(folder), 1, 1, "no lines here: en/*.txt and zh/*.txt are looked for"))
    if mistakes:
        raise ContentError(mistakes)
    return found


def read_lines(path: Path, language: Language, mistakes: list[Mistake]) -> Iterator[Labelled]:
    """Yield the lines of a file; what is wrong with others is added to `mistakes`."""
    seen: dict[str, int] = {}
    for number, raw in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not raw.strip():
            continue
        labels, tab, text = raw.partition("\t")
        parts = [part.strip() for part in text.split("|")]
        marks = [tuple(label.strip() for label in part.split("+")) for part in labels.split("|")]
        line = Labelled(tuple(parts), tuple(marks), language)
        wrong = _wrong(line, tab)
        if not wrong and line.text in seen:
            wrong = f"the same line stands in line {seen[line.text]}: leave out one of them"
        seen.setdefault(line.text, number)
        if wrong:
            mistakes.append(Mistake(str(path), number, 1, wrong))
        else:
            yield line


def read_slang(folder: Path) -> dict[Language, dict[str, str]]:
    """Return what slang is read as, from a folder's `slang.yaml`; nothing where there is none."""
    path = folder / "slang.yaml"
    plain = yaml.safe_load(path.read_text(encoding="utf-8")) if path.exists() else {}
    return {language: {str(k): str(v) for k, v in plain.get(language, {}).items()} for language in HOME}


def read_moods(folder: Path) -> dict[Language, dict[str, list[str]]]:
    """Return what people say in each mood, from a folder's `moods-en.tsv` and its like: a mood, a tab, a stretch.

    Raises:
        ContentError: lines that can't be read, or moods to which nobody has anything to say; every one is told.
    """
    found: dict[Language, dict[str, list[str]]] = {}
    mistakes: list[Mistake] = []
    for language in HOME:
        path, known = folder / f"moods-{language}.tsv", tones_of(pack(language))
        rows = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
        for number, row in enumerate(rows, 1):
            mood, tab, text = row.partition("\t")
            if not tab or not text.strip():
                mistakes.append(Mistake(str(path), number, 1, "a mood, a tab and what is said in it are needed"))
            elif mood not in known:
                mistakes.append(Mistake(str(path), number, 1, f"unknown mood {mood!r}{did_you_mean(mood, known)}"))
            else:
                found.setdefault(language, {}).setdefault(mood, []).append(text.strip())
    if mistakes:
        raise ContentError(mistakes)
    return found


def _wrong(line: Labelled, tab: str) -> str:
    if not tab:
        return "labels, a tab and the typed line are needed"
    if len(line.stretches) != len(line.labels):
        return f"{len(line.labels)} labels for {len(line.stretches)} stretches: one each, parted by |"
    if not all(line.stretches):
        return "a stretch is empty"
    known = acts().labels
    for label in (label for labels in line.labels for label in labels):
        if label not in known:
            return f"unknown label {label!r}{did_you_mean(label, known)}"
    return ""
