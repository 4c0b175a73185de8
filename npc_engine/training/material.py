"""What a voice is trained on and tested with: a folder of lines, held-out lines, and settings."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from npc_engine.lang.en import English
from npc_engine.text import Language, stem
from npc_engine.training.lines import LineFile, TrainingLine, keeps_order, lets_through, load_all
from npc_engine.training.settings import Setting, load_settings
from npc_engine.training.swaps import Swaps, load_swaps


@dataclass(frozen=True, slots=True)
class Material:
    """What a voice learns from, and what it is only tested on; settings without a line to learn from are for tests.

    `swaps` are words that may stand for one another, `facts` the stems of words that may state a fact.
    """

    lines: tuple[LineFile, ...]
    held: tuple[LineFile, ...]
    settings: dict[str, Setting]
    swaps: Swaps = field(default_factory=Swaps)
    facts: frozenset[str] = frozenset()

    @property
    def language(self) -> Language:
        """The language of its lines."""
        return self.lines[0].speaker.language if self.lines else English.code

    @property
    def taught(self) -> tuple[LineFile, ...]:
        """The lines with those of their replies that the engine would let the model say."""
        return _with_replies(self.lines, lambda line, reply: lets_through(line, reply, self.facts))

    @property
    def steady(self) -> tuple[LineFile, ...]:
        """Of what is taught, what keeps its plan's words in their order: what a small model can be sure of.

        Plans of several facts are there twice: they are the fewest, and the hardest.
        """
        found = _with_replies(self.taught, keeps_order)
        return tuple(replace(file, lines=(*file.lines, *_several(file.lines))) for file in found)

    @property
    def learned(self) -> dict[str, Setting]:
        """The settings that lines to learn from are filled from."""
        own = {file.speaker.setting for file in self.lines}
        return {name: setting for name, setting in self.settings.items() if name in own}

    @property
    def tested(self) -> dict[str, Setting]:
        """The settings that held-out lines are filled from, which nothing was learned from where there are any."""
        unseen = {name: setting for name, setting in self.settings.items() if name not in self.learned}
        own = {file.speaker.setting for file in self.held}
        return {n: s for n, s in unseen.items() if n in own} or self.settings

    def with_cast(self, files: Sequence[LineFile]) -> Material:
        """Return this with a world's own lines, which have no slots to fill."""
        own = {file.speaker.setting: _one_setting(file) for file in files}
        return replace(self, lines=(*self.lines, *files), settings={**self.settings, **own})


def read_material(folder: Path) -> Material:
    """Read `lines/`, `held/`, `settings/`, `swaps.yaml` and `facts.txt` of a folder; all but the lines may be missing.

    Raises:
        ValueError: lines are wrong; the message has all that is wrong with them.
    """
    settings = load_settings(folder / "settings")
    listed = folder / "facts.txt"
    rows = listed.read_text(encoding="utf-8").splitlines() if listed.exists() else []
    facts = frozenset(stem(word) for row in rows if row[:1] != "#" for word in row.split())
    lines, held = load_all(folder / "lines"), load_all(folder / "held")
    return Material(lines, held, settings, load_swaps(folder / "swaps.yaml"), facts)


def _with_replies(files: Sequence[LineFile], wanted: Callable[[TrainingLine, str], bool]) -> tuple[LineFile, ...]:
    """Return lines with those of their replies that are wanted, and without the lines that have none of these."""
    found = []
    for file in files:
        lines = [
            replace(line, replies=tuple(reply for reply in line.replies if wanted(line, reply))) for line in file.lines
        ]
        found.append(replace(file, lines=tuple(line for line in lines if line.replies)))
    return tuple(found)


def _several(lines: Sequence[TrainingLine]) -> Iterator[TrainingLine]:
    return (line for line in lines if line.act == "several")


def _one_setting(file: LineFile) -> Setting:
    """Return a setting for lines without slots, which need none of it."""
    some = ("a", "b", "c")
    return Setting(file.speaker.setting, dict.fromkeys(some, "he"), some, some, ("traveller", "stranger", "friend"))
