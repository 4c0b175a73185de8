"""The demo's pictures and map: what the scripts draw, whole, and walkable."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

os.environ.setdefault("SDL_VIDEODRIVER", "dummy")
os.environ.setdefault("SDL_AUDIODRIVER", "dummy")
ROOT = Path(__file__).resolve().parent.parent
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

from assets import draw  # noqa: E402
from assets.source import cast, faces, layout, people, portraits, tmx, ui  # noqa: E402
from assets.source.canvas import read_png  # noqa: E402
from assets.source.palette import RGBA  # noqa: E402

ASSETS = ROOT / "assets"
PLACES = set("square inn smithy herb_hut tea_house ferry_landing bridge mill orchard shrine".split())
TILE_LAYERS = ["ground", "detail", "buildings", "bridge_broken", "bridge_mended", "above"]


def frames(path: Path, width: int, height: int) -> list[list[bytes]]:
    """A sheet's frames as pixels, by row and column."""
    w, h, pixels = read_png(path.read_bytes())
    assert w % width == 0
    assert h % height == 0
    return [
        [
            b"".join(pixels[((j * height + y) * w + i * width) * 4 :][: width * 4] for y in range(height))
            for i in range(w // width)
        ]
        for j in range(h // height)
    ]


@pytest.mark.slow
@pytest.mark.parametrize("part", draw.PARTS)
def test_committed_files_are_what_the_script_draws(part):
    assert draw.differences([part]) == []


def test_every_pixel_is_in_the_palette():
    allowed = set(RGBA)
    for path in ASSETS.rglob("*.png"):
        _, _, pixels = read_png(path.read_bytes())
        used = {tuple(pixels[i : i + 4]) for i in range(0, len(pixels), 4)}
        assert used <= allowed, path.name


def test_assets_stay_small():
    assert sum(p.stat().st_size for p in ASSETS.rglob("*") if p.suffix in {".png", ".tmx", ".tsx"}) < 1_500_000


@pytest.mark.parametrize("name", cast.CAST)
def test_sprite_sheets(name):
    rows = frames(ASSETS / "sprites" / f"{name}.png", people.FRAME_W, people.FRAME_H)
    assert [len(row) for row in rows] == [4, 4, 4, 4]
    for stand, left, again, right in rows:
        assert stand == again
        assert len({stand, left, right}) == 3
    assert len({row[0] for row in rows}) == 4


def test_people_do_not_look_alike():
    assert len({(ASSETS / "sprites" / f"{name}.png").read_bytes() for name in cast.CAST}) == len(cast.CAST)


@pytest.mark.parametrize("name", portraits.PEOPLE)
def test_portraits_have_six_moods(name):
    (row,) = frames(ASSETS / "portraits" / f"{name}.png", portraits.SIZE, portraits.SIZE)
    assert len(row) == len(faces.MOODS) == len(set(row)) == 6


def test_everyone_has_a_portrait():
    assert set(portraits.PEOPLE) == {"player", *cast.VILLAGERS}


@pytest.mark.parametrize("name", ui.ICONS)
def test_icons_are_sixteen_square(name):
    assert all(len(row) == 16 for row in ui.ICONS[name])
    assert read_png((ASSETS / "ui" / "icons" / f"{name}.png").read_bytes())[:2] == (16, 16)


def test_title_and_window_icon():
    assert read_png((ASSETS / "ui" / "title.png").read_bytes())[:2] == (640, 200)
    assert read_png((ASSETS / "ui" / "window_icon.png").read_bytes())[:2] == (32, 32)


@pytest.fixture(scope="module")
def village():
    pygame = pytest.importorskip("pygame")
    pytmx = pytest.importorskip("pytmx")
    pygame.display.init()
    pygame.display.set_mode((16, 16))
    yield pytmx.load_pygame(str(ASSETS / "map" / "village.tmx"))
    pygame.display.quit()


def objects(village, layer):
    return {o.name: o for o in village.get_layer_by_name(layer)}


def test_the_map_loads_with_its_layers(village):
    assert (village.width, village.height, village.tilewidth) == (layout.WIDTH, layout.HEIGHT, 16)
    assert [layer.name for layer in village.layers if hasattr(layer, "data")] == TILE_LAYERS
    assert not village.get_layer_by_name("bridge_mended").visible
    assert village.get_layer_by_name("bridge_broken").visible
    assert all(gid for row in village.get_layer_by_name("ground").data for gid in row)


def test_places_have_labels_in_both_languages(village):
    places = objects(village, "places")
    assert set(places) == PLACES
    for place in places.values():
        assert place.width >= 48
        assert place.properties["label_en"]
        assert place.properties["label_zh"]


def test_places_do_not_overlap(village):
    places = list(objects(village, "places").values())
    for i, a in enumerate(places):
        for b in places[i + 1 :]:
            apart = a.x + a.width <= b.x or b.x + b.width <= a.x or a.y + a.height <= b.y or b.y + b.height <= a.y
            assert apart, (a.name, b.name)


def test_everyone_has_a_home_to_start_from(village):
    spawns = objects(village, "spawns")
    assert set(spawns) == {"player", *cast.VILLAGERS}
    assert {s.properties["facing"] for s in spawns.values()} <= set(people.ROWS)


def walk(village, mended):
    solids = [
        tmx.Thing(o.name, int(o.x), int(o.y), int(o.width), int(o.height), o.type)
        for o in village.get_layer_by_name("collisions")
        if not (mended and o.type == "bridge_gap")
    ]
    ground = tmx.Ground(layout.WIDTH * 16, layout.HEIGHT * 16, solids)
    player = objects(village, "spawns")["player"]
    return ground, ground.reach(int(player.x), int(player.y))


def test_every_place_and_person_can_be_reached_on_foot(village):
    ground, reached = walk(village, mended=False)
    for name, spawn in objects(village, "spawns").items():
        assert ground.spot(int(spawn.x), int(spawn.y)) in reached, name
    for name, o in objects(village, "places").items():
        area = tmx.Thing(name, int(o.x), int(o.y), int(o.width), int(o.height))
        assert ground.stands(area, reached) >= 4, name


def test_the_far_bank_needs_the_mended_bridge(village):
    ground, reached = walk(village, mended=False)
    assert ground.spot(*layout.FAR_BANK) not in reached
    ground, reached = walk(village, mended=True)
    assert ground.spot(*layout.FAR_BANK) in reached


def test_it_draws_in_a_game(village):
    pygame = pytest.importorskip("pygame")
    pyscroll = pytest.importorskip("pyscroll")
    view = pyscroll.BufferedRenderer(pyscroll.TiledMapData(village), (320, 180), clamp_camera=True)
    screen = pygame.Surface((320, 180))
    pyscroll.PyscrollGroup(map_layer=view, default_layer=TILE_LAYERS.index("bridge_broken")).draw(screen)
    assert len({tuple(screen.get_at((x, 90))) for x in range(0, 320, 4)}) > 5
