"""The one palette of the village: every picture is made of these colours and no others.

Ramps run from dark to light and shift hue as they go (shadows lean to violet, lights to yellow), which is what
makes sprites, tiles and portraits look as if one hand had drawn them.
"""

from __future__ import annotations

CLEAR = "clear"
SHADE = "shade"

_HEX: dict[str, str] = {
    "ink": "1c1727",
    "night": "2d2a47",
    "slate0": "474963",
    "slate1": "6c7288",
    "slate2": "989fab",
    "slate3": "c7cbc6",
    "white": "f8f2e0",
    "wood0": "3b2531",
    "wood1": "603b37",
    "wood2": "8b5940",
    "wood3": "b68152",
    "wood4": "d6a96d",
    "sand": "e8cd95",
    "cream": "f6e9c2",
    "skin0": "8a4a41",
    "skin1": "bd7657",
    "skin2": "dd9f78",
    "skin3": "f2c59d",
    "skin4": "fde0c0",
    "red0": "5a2034",
    "red1": "94323c",
    "red2": "c9513f",
    "red3": "e8875c",
    "gold0": "b5692c",
    "gold1": "e0a03a",
    "gold2": "f6cf58",
    "gold3": "fdeea0",
    "green0": "1f3a3b",
    "green1": "2b5a45",
    "green2": "43814a",
    "green3": "6aa84f",
    "green4": "97c65c",
    "green5": "cfe583",
    "blue0": "1f2c54",
    "blue1": "2c4d80",
    "blue2": "3c7cab",
    "blue3": "62b0c8",
    "blue4": "a6dedb",
    "plum0": "3c2048",
    "plum1": "653268",
    "plum2": "98518b",
    "plum3": "cb88ad",
}

# One see-through colour: cast shadows on the ground.
SHADE_RGBA = (0x1C, 0x17, 0x27, 84)

NAMES: tuple[str, ...] = (CLEAR, *_HEX, SHADE)
INDEX: dict[str, int] = {name: i for i, name in enumerate(NAMES)}
RGBA: tuple[tuple[int, int, int, int], ...] = (
    (0, 0, 0, 0),
    *((int(h[:2], 16), int(h[2:4], 16), int(h[4:], 16), 255) for h in _HEX.values()),
    SHADE_RGBA,
)

Ramp = tuple[str, ...]


def ramp(stem: str, first: int = 0, last: int = 9) -> Ramp:
    """The colours of one material, dark to light: `ramp("wood", 1, 3)` is wood1, wood2, wood3."""
    return tuple(f"{stem}{i}" for i in range(first, last + 1) if f"{stem}{i}" in INDEX)


WOOD = ramp("wood")
GREEN = ramp("green")
BLUE = ramp("blue")
SLATE = ramp("slate")
RED = ramp("red")
GOLD = ramp("gold")
PLUM = ramp("plum")
SKIN = ramp("skin")

# The next darker colour of each: how a shadow falls on a picture without leaving the palette.
DARKER: dict[str, str] = {"ink": "ink", "night": "ink", "white": "slate3", "cream": "sand", "sand": "wood4"}
for _ramp, _floor in (
    (SLATE, "night"),
    (WOOD, "ink"),
    (GREEN, "ink"),
    (BLUE, "ink"),
    (RED, "wood0"),
    (GOLD, "wood2"),
    (PLUM, "ink"),
    (SKIN, "red0"),
):
    for _i, _name in enumerate(_ramp):
        DARKER[_name] = _ramp[_i - 1] if _i else _floor
