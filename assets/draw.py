"""Draws every picture and the map of the demo: `python -m assets.draw`; `--check` compares instead of writing."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from assets.source import cast, people, portraits, title, ui, village_map
from assets.source.canvas import read_png

HERE = Path(__file__).parent


def sprites() -> Iterator[tuple[str, bytes]]:
    for name in cast.CAST:
        yield f"sprites/{name}.png", people.sheet(name).png()


def faces() -> Iterator[tuple[str, bytes]]:
    for name in portraits.PEOPLE:
        yield f"portraits/{name}.png", portraits.strip(name).png()


def interface() -> Iterator[tuple[str, bytes]]:
    for name, draw in ui.UI.items():
        yield f"ui/{name}.png", draw().png()
    for name in ui.ICONS:
        yield f"ui/icons/{name}.png", ui.icon(name).png()
    yield "ui/title.png", title.banner().png()


def village() -> Iterator[tuple[str, bytes]]:
    tiles, tmx, built = village_map.draw()
    trouble = village_map.unreachable(built.solids)
    if trouble:
        raise SystemExit("the village cannot be walked: " + "; ".join(trouble))
    yield "map/village.png", tiles.sheet().png()
    yield "map/village.tsx", tiles.tsx("village.png").encode()
    yield "map/village.tmx", tmx.encode()


PARTS: dict[str, Callable[[], Iterator[tuple[str, bytes]]]] = {
    "sprites": sprites,
    "portraits": faces,
    "ui": interface,
    "map": village,
}


def same(drawn: bytes, stored: bytes) -> bool:
    """Equal as pictures or as lines: zlib builds may pack differently, and a checkout may end lines its own way."""
    if drawn[:4] == stored[:4] == b"\x89PNG":
        return drawn == stored or read_png(drawn) == read_png(stored)
    return drawn.splitlines() == stored.splitlines()


def differences(parts: list[str] | None = None) -> list[str]:
    """The committed files that are not what this script draws, are missing, or are drawn by nothing."""
    out = []
    for part in parts or list(PARTS):
        drawn = dict(PARTS[part]())
        stored = {p.relative_to(HERE).as_posix(): p for p in (HERE / part).rglob("*") if p.is_file()}
        out += [f"{name} is missing" for name in sorted(drawn.keys() - stored.keys())]
        out += [f"{name} is drawn by nothing" for name in sorted(stored.keys() - drawn.keys())]
        out += [
            f"{name} is not what the script draws"
            for name in sorted(drawn.keys() & stored.keys())
            if not same(drawn[name], stored[name].read_bytes())
        ]
    return out


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m assets.draw", description=__doc__)
    parser.add_argument("parts", nargs="*", choices=[[], *PARTS], help="draw only these (default: all)")
    parser.add_argument("--check", action="store_true", help="only say which committed files differ from what is drawn")
    args = parser.parse_args()
    if args.check:
        wrong = differences(args.parts)
        print("\n".join(wrong) or "every picture is what the script draws")
        return 1 if wrong else 0
    for part in args.parts or PARTS:
        for name, data in PARTS[part]():
            path = HERE / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
            print(f"{len(data):7d}  {name}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
