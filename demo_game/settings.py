"""What a player sets once and for all games: how fast and how large text is, how much moves, how strong colours are."""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, NamedTuple

from demo_game.palette import STARK, WARM, Palette


class Pace(NamedTuple):
    """How fast words appear: characters a second, and how many more for each that waits."""

    a_second: float
    catching_up: float


PACES = {
    "slow": Pace(24, 0.0),
    "normal": Pace(58, 2.5),
    "fast": Pace(140, 6.0),
    "at_once": Pace(1e6, 0.0),
}
SIZES = {"normal": 1.0, "large": 1.2, "largest": 1.4}
"""How much larger text is drawn than the window's size alone would have it."""
CHOICES: dict[str, tuple[Any, ...]] = {
    "text_speed": tuple(PACES),
    "text_size": tuple(SIZES),
    "reduced_motion": (False, True),
    "high_contrast": (False, True),
}


@dataclass(frozen=True)
class Settings:
    """What is set now; each field is one of its `CHOICES`."""

    text_speed: str = "normal"
    text_size: str = "normal"
    reduced_motion: bool = False
    """No gliding camera, fading, blinking and bobbing."""
    high_contrast: bool = False

    @property
    def pace(self) -> Pace:
        """How fast words appear."""
        return PACES[self.text_speed]

    @property
    def text_scale(self) -> float:
        """How much larger text is drawn."""
        return SIZES[self.text_size]

    @property
    def palette(self) -> Palette:
        """The colours everything is drawn in."""
        return STARK if self.high_contrast else WARM

    def changed(self, name: str, way: int = 1) -> Settings:
        """Return the settings with the next choice of one, or the one before."""
        choices = CHOICES[name]
        return replace(self, **{name: choices[(choices.index(getattr(self, name)) + way) % len(choices)]})


class SettingsFile:
    """Keeps settings as JSON; what cannot be read there, or is no choice, is as it was at first."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def read(self) -> Settings:
        """Return what is kept."""
        try:
            kept = json.loads(self.path.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return Settings()
        known = kept if isinstance(kept, dict) else {}
        good = {name: known[name] for name in CHOICES if known.get(name) in CHOICES[name]}
        return Settings(**good)

    def write(self, settings: Settings) -> None:
        """Keep settings; OSError where the folder cannot be written."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        part = self.path.with_suffix(".part")
        part.write_text(json.dumps(asdict(settings), indent=1), encoding="utf-8")
        os.replace(part, self.path)
