"""pygame_gui dressed in the village's parchment and wood, at the window's scale, with the Chinese font loaded."""

from __future__ import annotations

import json
import warnings
from importlib.resources import files
from typing import Any

import pygame_gui
from pygame_gui.core import ObjectID

from demo_game.look import Look

FONT = "noto_sans_sc"
BASE_SIZE = 20
SMALL_SIZE = 16


def theme(look: Look) -> dict[str, Any]:
    """Return the theme of `theme.json` with its lengths, written for 1280×720, scaled to the window."""
    styles = _styles("theme.json")
    if look.palette.plain:
        for name, colours in _styles("theme_stark.json").items():
            styles[name].setdefault("colours", {}).update(colours["colours"])
    for style in styles.values():
        for name, value in style.get("misc", {}).items():
            if value.isdigit() and name != "tool_tip_delay":
                style["misc"][name] = str(max(int(value > "0"), look.px(int(value))))
        if "font" in style:
            style["font"] = {**style["font"], "name": FONT, "size": str(point_size(look, int(style["font"]["size"])))}
    return styles


def _styles(name: str) -> dict[str, Any]:
    styles: dict[str, Any] = json.loads((files(__package__) / name).read_text(encoding="utf-8"))
    return styles


def point_size(look: Look, size: int) -> int:
    """Return a font's size in the window from its size at 1280×720."""
    return max(12, round(size * look.text_unit))


def manager(look: Look) -> pygame_gui.UIManager:
    """Return a manager for the window as it is now."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it reminds of fonts that it loads itself while reading a theme
        made = pygame_gui.UIManager(look.size, starting_language="zh", enable_live_theme_updates=False)
        made.preload_fonts(
            [
                {"name": FONT, "point_size": point_size(look, size), "style": style, "antialiased": "1"}
                for size in (SMALL_SIZE, BASE_SIZE)
                for style in ("regular", "bold")
            ]
        )
        made.get_theme().load_theme(theme(look))
    return made


def style(name: str) -> ObjectID:
    """Return the theme's object id, such as `#quiet` for a button without weight."""
    return ObjectID(object_id=name)
