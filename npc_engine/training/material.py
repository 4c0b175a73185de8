"""What a voice is trained on and tested with: a folder of lines, held-out lines, and settings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from npc_engine.training.lines import LineFile, load_all
from npc_engine.training.settings import Setting, load_settings


@dataclass(frozen=True, slots=True)
class Material:
    """What a voice learns from, and what it is only tested on; settings without a line to learn from are for tests."""

    lines: tuple[LineFile, ...]
    held: tuple[LineFile, ...]
    settings: dict[str, Setting]

    @property
    def learned(self) -> dict[str, Setting]:
        """The settings that lines to learn from are filled from."""
        own = {file.manner.setting for file in self.lines}
        return {name: setting for name, setting in self.settings.items() if name in own}

    @property
    def tested(self) -> dict[str, Setting]:
        """The settings that held-out lines are filled from, which nothing was learned from where there are any."""
        unseen = {name: setting for name, setting in self.settings.items() if name not in self.learned}
        own = {file.manner.setting for file in self.held}
        return {n: s for n, s in unseen.items() if n in own} or self.settings

    def with_cast(self, files: Sequence[LineFile]) -> Material:
        """Give this with a world's own lines, which have no slots to fill."""
        own = {file.manner.setting: _one_setting(file) for file in files}
        return Material((*self.lines, *files), self.held, {**self.settings, **own})


def read_material(folder: Path) -> Material:
    """Read `lines/`, `held/` (may be missing) and `settings/` of a folder.

    Raises:
        ValueError: lines are wrong; the message has all that is wrong with them.
    """
    settings = load_settings(folder / "settings")
    return Material(load_all(folder / "lines"), load_all(folder / "held"), settings)


def _one_setting(file: LineFile) -> Setting:
    """Give a setting for lines without slots, which need none of it."""
    some = ("a", "b", "c")
    return Setting(file.manner.setting, dict.fromkeys(some, "he"), some, some, ("traveller", "stranger", "friend"))
