"""A Tiled map under construction: layers whose cells may hold several pictures, objects, collision and reach."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from xml.sax.saxutils import quoteattr

from assets.source.canvas import Canvas
from assets.source.ground import TILE
from assets.source.tileset import Tileset

BODY_W, BODY_H = 10, 8  # a villager's feet, in pixels
STEP = 2  # the walk check moves this many pixels at a time


@dataclass
class Thing:
    """An object of an object layer: a rectangle, or a point if it has no size."""

    name: str
    x: int
    y: int
    width: int = 0
    height: int = 0
    kind: str = ""
    properties: dict[str, str | int | bool] = field(default_factory=dict)

    def xml(self, number: int) -> str:
        kind = f" type={quoteattr(self.kind)}" if self.kind else ""
        size = f' width="{self.width}" height="{self.height}"' if self.width else ""
        head = f'  <object id="{number}" name={quoteattr(self.name)}{kind} x="{self.x}" y="{self.y}"{size}'
        body = []
        if self.properties:
            body.append("   <properties>")
            for key, value in self.properties.items():
                typed = ' type="bool"' if isinstance(value, bool) else ' type="int"' if isinstance(value, int) else ""
                text = str(value).lower() if isinstance(value, bool) else str(value)
                body.append(f"    <property name={quoteattr(key)}{typed} value={quoteattr(text)}/>")
            body.append("   </properties>")
        if not self.width:
            body.append("   <point/>")
        return head + ("/>" if not body else ">\n" + "\n".join(body) + "\n  </object>")


class Layer:
    """Tiles by cell. Where pictures share a cell, a tile showing all of them is made for it."""

    def __init__(self, name: str, width: int, height: int, visible: bool = True) -> None:
        self.name, self.width, self.height, self.visible = name, width, height, visible
        self.cells: dict[tuple[int, int], list[int]] = {}

    def add(self, x: int, y: int, number: int) -> None:
        if 0 <= x < self.width and 0 <= y < self.height:
            self.cells.setdefault((x, y), []).append(number)

    def resolve(self, tiles: Tileset) -> dict[tuple[int, int], int]:
        out = {}
        for cell, numbers in sorted(self.cells.items(), key=lambda item: (item[0][1], item[0][0])):
            if len(numbers) == 1:
                out[cell] = numbers[0]
                continue
            stacks = [tiles.frames(n) for n in numbers]
            count = max(len(s) for s in stacks)
            frames = []
            for f in range(count):
                mixed = Canvas(TILE, TILE)
                for stack in stacks:
                    mixed.blit(stack[f % len(stack)], 0, 0)
                frames.append(mixed)
            out[cell] = tiles.add_frames(frames)
        return out


def merged(cells: set[tuple[int, int]], size: int) -> list[tuple[int, int, int, int]]:
    """Few rectangles (in pixels) that cover the cells of a grid exactly."""
    left = set(cells)
    out = []
    for x, y in sorted(cells, key=lambda c: (c[1], c[0])):
        if (x, y) not in left:
            continue
        w = 1
        while (x + w, y) in left:
            w += 1
        h = 1
        while all((x + i, y + h) in left for i in range(w)):
            h += 1
        left -= {(x + i, y + j) for i in range(w) for j in range(h)}
        out.append((x * size, y * size, w * size, h * size))
    return out


class Ground:
    """Where a body can stand: built from collision rectangles, asked by the walk check."""

    def __init__(self, width: int, height: int, solids: list[Thing]) -> None:
        self.width, self.height = width, height
        rows = [bytearray(width) for _ in range(height)]
        for s in solids:
            x0, x1 = max(0, s.x), min(width, s.x + s.width)
            for y in range(max(0, s.y), min(height, s.y + s.height)):
                rows[y][x0:x1] = b"\1" * (x1 - x0)
        # Narrow everything by the body: a position (its top left) is free if no solid pixel lies under the body.
        self._free = set()
        spans = [
            bytes(1 if 1 in row[x : x + BODY_W] else 0 for x in range(0, width - BODY_W + 1, STEP)) for row in rows
        ]
        for y in range(0, height - BODY_H + 1, STEP):
            band = spans[y : y + BODY_H]
            for i in range(len(band[0])):
                if not any(span[i] for span in band):
                    self._free.add((i, y // STEP))

    def free(self, x: int, y: int) -> bool:
        """Whether a body whose feet's middle is at this pixel stands clear."""
        return self.spot(x, y) in self._free

    @staticmethod
    def spot(x: int, y: int) -> tuple[int, int]:
        """The place on the walk check's grid for feet whose middle is at a pixel."""
        return ((x - BODY_W // 2) // STEP, (y - BODY_H // 2) // STEP)

    def reach(self, x: int, y: int) -> set[tuple[int, int]]:
        """Every position a body can walk to from here."""
        start = self.spot(x, y)
        seen, queue = {start}, deque([start])
        while queue:
            i, j = queue.popleft()
            for near in ((i + 1, j), (i - 1, j), (i, j + 1), (i, j - 1)):
                if near in self._free and near not in seen:
                    seen.add(near)
                    queue.append(near)
        return seen

    def stands(self, area: Thing, reached: set[tuple[int, int]]) -> int:
        """How many whole tiles of an area a walker can stand in the middle of."""
        return sum(
            self.spot(x, y) in reached
            for x in range(area.x + TILE // 2, area.x + area.width, TILE)
            for y in range(area.y + TILE // 2, area.y + area.height, TILE)
        )


def write(
    width: int,
    height: int,
    layers: list[tuple[Layer, dict[tuple[int, int], int]]],
    objects: list[tuple[str, list[Thing]]],
    properties: dict[str, str],
) -> str:
    out = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<map version="1.10" tiledversion="1.11.0" orientation="orthogonal" renderorder="right-down" width="{width}"'
        f' height="{height}" tilewidth="{TILE}" tileheight="{TILE}" infinite="0"'
        f' nextlayerid="{len(layers) + len(objects) + 1}"'
        f' nextobjectid="{sum(len(things) for _, things in objects) + 1}">',
        " <properties>",
        *(f"  <property name={quoteattr(k)} value={quoteattr(v)}/>" for k, v in properties.items()),
        " </properties>",
        ' <tileset firstgid="1" source="village.tsx"/>',
    ]
    for number, (layer, cells) in enumerate(layers, 1):
        hidden = "" if layer.visible else ' visible="0"'
        out.append(
            f' <layer id="{number}" name="{layer.name}" width="{width}" height="{height}"{hidden}>'
            '\n  <data encoding="csv">'
        )
        rows = [",".join(str(cells.get((x, y), -1) + 1) for x in range(width)) for y in range(height)]
        out.append(",\n".join(rows) + "\n</data>\n </layer>")
    number = 0
    for at, (name, things) in enumerate(objects, len(layers) + 1):
        hidden = ' visible="0"' if name == "collisions" else ""
        out.append(f' <objectgroup id="{at}" name="{name}"{hidden}>')
        for thing in things:
            number += 1
            out.append(thing.xml(number))
        out.append(" </objectgroup>")
    out.append("</map>\n")
    return "\n".join(out)
