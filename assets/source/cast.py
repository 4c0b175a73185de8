"""Who is drawn: the colours of each villager, shared by their sprite and their portrait."""

from __future__ import annotations

from dataclasses import dataclass, field

Key = dict[str, str]

# Letters in sprite stamps: h hair (H light, d dark), s skin (S light, k shade), c clothes (C light, x dark),
# a second cloth (A light, z dark), p legs (q dark), f shoes, e eye, r cheek, m metal or trim (M light).
_SKIN = {"s": "skin3", "S": "skin4", "k": "skin2", "K": "skin1", "e": "ink", "r": "skin2", "n": "skin1"}


@dataclass(frozen=True)
class Look:
    hair: str
    body: str
    key: Key
    short: bool = False
    wide: bool = False
    extras: tuple[str, ...] = field(default=())


def _key(
    hair: tuple[str, str, str],
    cloth: tuple[str, str, str],
    second: tuple[str, str, str],
    legs: tuple[str, str],
    shoes: str = "wood1",
    metal: tuple[str, str] = ("gold1", "gold2"),
    skin: Key | None = None,
) -> Key:
    return {
        **_SKIN,
        **(skin or {}),
        "d": hair[0],
        "h": hair[1],
        "H": hair[2],
        "x": cloth[0],
        "c": cloth[1],
        "C": cloth[2],
        "z": second[0],
        "a": second[1],
        "A": second[2],
        "q": legs[0],
        "p": legs[1],
        "f": shoes,
        "m": metal[0],
        "M": metal[1],
    }


TAN = {"s": "skin2", "S": "skin3", "k": "skin1", "K": "skin0", "r": "skin1", "n": "skin0"}

CAST: dict[str, Look] = {
    "player": Look(
        "swept",
        "tunic",
        _key(("wood0", "wood1", "wood2"), ("blue0", "blue1", "blue2"), ("wood1", "wood2", "wood3"), ("wood1", "wood2")),
        extras=("cape",),
    ),
    "mira": Look(
        "braid",
        "dress",
        _key(("red0", "red1", "gold0"), ("green1", "green2", "green3"), ("wood2", "sand", "cream"), ("wood1", "wood2")),
        extras=("satchel",),
    ),
    "tomas": Look(
        "cap",
        "coat",
        _key(
            ("wood0", "wood1", "wood2"),
            ("slate0", "blue1", "slate1"),
            ("night", "slate0", "slate1"),
            ("night", "slate0"),
            "wood0",
        ),
        extras=("beard",),
    ),
    "greta": Look(
        "crop",
        "apron",
        _key(
            ("ink", "wood0", "wood1"),
            ("slate1", "slate2", "slate3"),
            ("wood1", "wood2", "wood3"),
            ("night", "slate0"),
            "wood0",
            ("red1", "red2"),
            skin=TAN,
        ),
        wide=True,
    ),
    "bram": Look(
        "bald",
        "waistcoat",
        _key(
            ("slate2", "slate3", "white"),
            ("red0", "red1", "red2"),
            ("slate3", "white", "white"),
            ("wood0", "wood1"),
            "ink",
            skin={"r": "red3"},
        ),
        wide=True,
        extras=("moustache",),
    ),
    "lian": Look(
        "bun",
        "hanfu",
        _key(
            ("ink", "night", "slate0"),
            ("plum0", "plum1", "plum2"),
            ("blue0", "blue1", "blue2"),
            ("plum0", "plum1"),
            "red1",
        ),
    ),
    "pip": Look(
        "straw",
        "tunic",
        _key(
            ("gold0", "gold1", "gold2"),
            ("wood1", "wood2", "wood3"),
            ("gold1", "gold2", "gold3"),
            ("green0", "green1"),
            "wood0",
        ),
        short=True,
        extras=("scarf",),
    ),
    "villager_1": Look(
        "swept",
        "tunic",
        _key(
            ("gold0", "wood3", "wood4"), ("green0", "green1", "green2"), ("wood1", "wood2", "wood3"), ("wood0", "wood1")
        ),
    ),
    "villager_2": Look(
        "bun",
        "dress",
        _key(
            ("wood0", "wood1", "wood2"),
            ("red0", "red1", "red2"),
            ("slate2", "slate3", "white"),
            ("wood0", "wood1"),
            skin=TAN,
        ),
    ),
    "villager_3": Look(
        "cap",
        "tunic",
        _key(
            ("slate1", "slate2", "slate3"),
            ("gold0", "gold1", "gold2"),
            ("wood1", "wood2", "wood3"),
            ("night", "slate0"),
        ),
        extras=("moustache",),
    ),
    "villager_4": Look(
        "braid",
        "dress",
        _key(("ink", "night", "slate0"), ("blue0", "blue1", "blue2"), ("wood3", "wood4", "sand"), ("wood0", "wood1")),
    ),
}
VILLAGERS = ("mira", "tomas", "greta", "bram", "lian", "pip")
