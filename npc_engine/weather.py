"""What the sky does, as a game says it and everybody in it sees it."""

from __future__ import annotations

from typing import Literal, get_args

Weather = Literal["clear", "cloudy", "rain", "storm", "snow", "fog", "wind", "hot", "cold"]
WEATHERS: tuple[str, ...] = get_args(Weather)
