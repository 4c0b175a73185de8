"""Builds the map of Reedwater: lays the ground, sets the pictures, marks what is solid, checks the ways."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from assets.source import bridge, houses, plants, props, waterside, yard
from assets.source import layout as at
from assets.source.canvas import Canvas, noise, smooth_noise
from assets.source.ground import TERRAINS, TILE, WATER_FRAMES, ground_tile, variants
from assets.source.tileset import Tileset
from assets.source.tmx import Ground, Layer, Thing, merged, write

LAYERS = ("ground", "detail", "buildings", "bridge_broken", "bridge_mended", "above")
LIGHTS = {"lamp": (8, 9, 44), "stone_lantern": (8, 14, 26)}  # picture: x, y of the flame in it, and reach, in pixels

PICTURES: dict[str, Callable[[], Canvas]] = {
    **{
        f.__name__: f
        for f in (houses.inn, houses.smithy, houses.herb_hut, houses.tea_house, houses.mill, houses.shrine)
    },
    **{f.__name__: f for f in (props.well, props.notice_board, props.lamp, props.signpost, props.stone_lantern)},
    **{
        f.__name__: f
        for f in (yard.barrel, yard.crate, yard.sacks, yard.basket, yard.log_pile, yard.anvil, yard.trough)
    },
    **{f.__name__: f for f in (yard.planter, yard.ladder, yard.cart, yard.tea_table, yard.bench)},
    **{f.__name__: f for f in (waterside.boat, waterside.mooring, waterside.nets, waterside.driftwood)},
    **{f.__name__: f for f in (waterside.duck, waterside.hen, waterside.cat)},
    **{f"herb_bed{k}": partial(yard.herb_bed, k) for k in range(4)},
    "stump": plants.stump,
}


Solids = Sequence[at.Solid]
Spots = tuple[tuple[int, int], ...]


class Village:
    """The map while it is being built."""

    def __init__(self) -> None:
        self.tiles = Tileset()
        self.layers = {n: Layer(n, at.WIDTH, at.HEIGHT, n != "bridge_mended") for n in LAYERS}
        self.solids: list[Thing] = []
        self.lights: list[Thing] = []
        self._pictures: dict[str, Canvas] = {}
        self._taken: set[tuple[int, int]] = set()

    # -- ground ----------------------------------------------------------------------------------------------
    def lay_ground(self) -> None:
        wet: set[tuple[int, int]] = set()
        for y in range(at.HEIGHT):
            for x in range(at.WIDTH):
                c = (at.terrain(x, y), at.terrain(x + 1, y), at.terrain(x, y + 1), at.terrain(x + 1, y + 1))
                count = variants(c)
                v = int(noise(x, y, 9) * count)
                if count == 12:  # grass grows thicker in patches
                    thick = smooth_noise(x / 2.5, y / 2.5, 77)
                    v = (0 if thick < 0.5 else 4 if thick < 0.72 else 8) + v % 4
                self.layers["ground"].add(x, y, self._ground(c, v))
                if set(c) != {"grass"}:
                    self._taken.add((x, y))
                if "water" in c or "deep" in c:
                    tile = ground_tile(c, v)
                    wet |= {
                        (x * 4 + i, y * 4 + j)
                        for j in range(4)
                        for i in range(4)
                        if sum(tile.get(i * 4 + k % 4, j * 4 + k // 4).startswith(("blue", "wood")) for k in range(16))
                        > 7
                    }
        self._water(wet)

    def _ground(self, corners: tuple[str, str, str, str], variant: int) -> int:
        frames = WATER_FRAMES if {"water", "deep"} & set(corners) else 1
        number = self.tiles.add_frames([ground_tile(corners, variant, f) for f in range(frames)], "ground")
        self.tiles.corners[number] = corners
        return number

    def _water(self, wet: set[tuple[int, int]]) -> None:
        """The river is solid but for the jetty and the bridge; the bridge's missing span is solid by itself."""
        bx, by = at.BRIDGE_AT[0] * TILE, (at.BRIDGE_AT[1] + 1) * TILE - bridge.HEIGHT
        jx, jy = at.JETTY_AT[0] * TILE, (at.JETTY_AT[1] + 1) * TILE - 48
        dry = [
            (bx, by + bridge.DECK_TOP, bridge.WIDTH, bridge.DECK_LOW - 4 - bridge.DECK_TOP),
            (jx, jy + 12, 92, 24),
        ]
        decks = {(x // 4, y // 4) for dx, dy, w, h in dry for y in range(dy, dy + h, 4) for x in range(dx, dx + w, 4)}
        self.solids += [Thing("water", x, y, w, h, "water") for x, y, w, h in merged(wet - decks, 4)]
        dx, dy, w, h = dry[0]
        self.solids += [
            Thing("rail", dx, dy - 6, w, 6, "wall"),
            Thing("rail", dx, dy + h, w, 6, "wall"),
            Thing("bridge_gap", bx + 42, dy, bridge.GAP_RIGHT + 6 - 42, h, "bridge_gap"),
        ]

    # -- pictures --------------------------------------------------------------------------------------------
    def picture(self, name: str) -> Canvas:
        if name not in self._pictures:
            self._pictures[name] = PICTURES[name]()
        return self._pictures[name]

    def put(
        self,
        name: str,
        frames: Sequence[Canvas],
        x: int,
        y: int,
        hides: int = 0,
        solids: Sequence[at.Solid] = (),
        layer: str = "buildings",
        kind: str = "wall",
    ) -> None:
        """Set a picture with its bottom-left tile at (x, y); its top `hides` rows go above people."""
        wide, high = frames[0].width // TILE, frames[0].height // TILE
        top = y - high + 1
        for j in range(high):
            for i in range(wide):
                cut = [f.cut(i * TILE, j * TILE, TILE, TILE) for f in frames]
                if all(f.empty for f in cut):
                    continue
                self.layers["above" if j < hides else layer].add(x + i, top + j, self.tiles.add_frames(cut, name))
                if j >= hides:
                    self._taken.add((x + i, top + j))
        for sx, sy, w, h in solids:
            self.solids.append(Thing(name, x * TILE + sx, top * TILE + sy, w, h, kind))
        if name in LIGHTS:
            lx, ly, reach = LIGHTS[name]
            self.lights.append(Thing(name, x * TILE + lx, top * TILE + ly, kind="light", properties={"radius": reach}))

    def build(self) -> None:
        """Everything that stands, drawn from the far edge to the near one."""
        todo: list[tuple[int, int, Callable[[], None]]] = []

        def later(name: str, frames: Sequence[Canvas], x: int, y: int, hides: int, solids: Solids, kind: str) -> None:
            todo.append((y, x, partial(self.put, name, frames, x, y, hides, solids, kind=kind)))

        for name, x, y, hides, solids in at.BUILDINGS + at.PROPS:
            later(name, [self.picture(name)], x, y, hides, solids, "wall")
        for name, x, y, hides, solids in at.ANIMATED:
            later(name, [houses.mill_wheel(f) for f in range(houses.WHEEL_FRAMES)], x, y, hides, solids, "wall")
        for name, spots, pictures, solid, kind in _growing():
            for k, (x, y) in enumerate(spots):
                picture = pictures[k % len(pictures)]
                hides = picture.height // TILE - 1
                later(name, [picture], x, y, hides, (solid,) if solid else (), kind)
        for left, y, length in at.FENCES:
            for i in range(length):
                shape = "left" if i == 0 else "right" if i == length - 1 else "h"
                box = (6 if i == 0 else 0, 6, 10 if i in (0, length - 1) else 16, 8)
                later("fence", [props.fence(shape)], left + i, y, 0, (box,), "fence")
        for x, y in at.FENCE_POSTS:
            later("fence", [props.fence("v")], x, y, 0, ((6, 0, 4, 16),), "fence")
        for _, _, job in sorted(todo, key=lambda item: item[:2]):
            job()
        for k, (x, y) in enumerate(at.LILIES):
            self.put("lily", [plants.lily(k % 2, k % 3 == 1)], x, y, layer="detail")
        for name, x, y in at.ANIMALS:
            self.put(name, [self.picture(name)], x, y, layer="detail")
        self.put("jetty", [bridge.jetty()], *at.JETTY_AT, layer="detail")
        self.put("boat", [waterside.boat()], *at.BOAT_AT, solids=((2, 4, 44, 18),))
        self.put("bridge", [bridge.broken()], *at.BRIDGE_AT, layer="bridge_broken")
        self.put("bridge", [bridge.mended()], *at.BRIDGE_AT, layer="bridge_mended")

    def scatter(self) -> None:
        """Flowers and long grass where nothing else is."""
        for y in range(at.HEIGHT):
            for x in range(at.WIDTH):
                if (x, y) in self._taken:
                    continue
                r, bed = (
                    noise(x, y, 17),
                    min(((x - bx) ** 2 + (y - by) ** 2) ** 0.5 / reach for bx, by, reach in at.FLOWER_BEDS),
                )
                seed = int(noise(x, y, 18) * 3)
                if r < (0.75 if bed < 0.6 else 0.4 if bed < 1 else 0.07):
                    kind = int(noise(x // 3, y // 3, 19) * 6)
                    self.put("flowers", [plants.flowers(kind, seed)], x, y, layer="detail")
                elif r > 0.86:
                    self.put("tall_grass", [plants.tall_grass(seed)], x, y, layer="detail")
                elif 0.5 < r < 0.512:
                    self.put("mushrooms", [plants.mushrooms(seed)], x, y, layer="detail")

    def full_terrain(self) -> None:
        """All corner tiles of each pair a map maker needs, so that Tiled's terrain brush works beyond this map."""
        for terrain in TERRAINS:
            for v in range(variants((terrain,) * 4)):
                self._ground((terrain,) * 4, v)
        for low, high in (
            ("grass", "lush"),
            ("grass", "path"),
            ("grass", "plaza"),
            ("grass", "water"),
            ("water", "deep"),
            ("path", "plaza"),
        ):
            for bits in range(1, 15):
                c = tuple(high if bits >> k & 1 else low for k in range(4))
                self._ground((c[0], c[1], c[2], c[3]), 0)


def _growing() -> list[tuple[str, Spots, list[Canvas], at.Solid | None, str]]:
    """Trees, bushes, stones and reeds: name, where, the pictures in turn, what is solid of each."""
    berries = ("", "red2", "plum3", "")
    return [
        ("oak", at.OAKS, [plants.oak(k) for k in range(3)], (19, 38, 10, 8), "tree"),
        ("pine", at.PINES, [plants.pine(k) for k in range(2)], (12, 39, 8, 7), "tree"),
        ("blossom", at.BLOSSOMS, [plants.oak(4, plants.BLOSSOM)], (19, 38, 10, 8), "tree"),
        ("willow", at.WILLOWS, [plants.willow()], (26, 52, 12, 10), "tree"),
        ("apple", at.APPLES, [plants.apple(k) for k in range(3)], (12, 38, 8, 8), "tree"),
        ("bush", at.BUSHES, [plants.bush(k, berries[k]) for k in range(4)], (2, 7, 12, 7), "plant"),
        ("rock", at.ROCKS, [plants.rock(k) for k in range(3)], (2, 7, 12, 7), "rock"),
        ("reeds", at.REEDS, [plants.reeds(k) for k in range(3)], None, "plant"),
    ]


def glow(village: Village) -> None:
    """Where windows and the forge shine, for a night that the game may draw."""
    for x, y, reach in at.GLOWS:
        village.lights.append(Thing("window", x, y, kind="light", properties={"radius": reach}))


def draw() -> tuple[Tileset, str, Village]:
    """The tileset, the map file's text, and the village they came from."""
    village = Village()
    village.lay_ground()
    village.full_terrain()
    village.build()
    village.scatter()
    glow(village)
    layers = [(village.layers[n], village.layers[n].resolve(village.tiles)) for n in LAYERS]
    objects = [
        ("places", at.places()),
        ("spawns", at.spawns()),
        ("lights", village.lights),
        ("collisions", village.solids),
    ]
    text = write(at.WIDTH, at.HEIGHT, layers, objects, {"name_en": "Reedwater", "name_zh": "苇水村"})
    return village.tiles, text, village


def unreachable(solids: list[Thing]) -> list[str]:
    """What is wrong with the map for someone on foot; empty if every place and spawn can be reached.

    The far bank must be out of reach while the bridge is broken, and in reach once it is mended.
    """
    size = at.WIDTH * TILE, at.HEIGHT * TILE
    ground = Ground(*size, solids)
    spots = at.spawns()
    trouble = [f"{s.name} spawns inside something" for s in spots if not ground.free(s.x, s.y)]
    reached = ground.reach(spots[0].x, spots[0].y)
    trouble += [f"{s.name} cannot be reached" for s in spots if ground.spot(s.x, s.y) not in reached]
    for place in at.places():
        room = ground.stands(place, reached)
        if room < 4:
            trouble.append(f"{place.name} has room for {room}, not 4")
    if ground.spot(*at.FAR_BANK) in reached:
        trouble.append("the far bank can be reached over the broken bridge")
    mended = Ground(*size, [s for s in solids if s.kind != "bridge_gap"])
    if mended.spot(*at.FAR_BANK) not in mended.reach(spots[0].x, spots[0].y):
        trouble.append("the far bank cannot be reached over the mended bridge")
    return trouble
