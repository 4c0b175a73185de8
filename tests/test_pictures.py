"""`npc graph draw` and `npc memory --timeline`: who is who, what somebody believes and hides, how a life went."""

from __future__ import annotations

import base64
import hashlib
import io
import re
import shutil
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from crowd import crowd
from hypothesis import given, settings
from hypothesis import strategies as st

from npc_engine import Engine, load_content
from npc_engine.cli.main import run
from npc_engine.pictures import writing
from npc_engine.pictures.arranging import arranged
from npc_engine.testing import SMALL_WORLD

VILLAGE = Path(__file__).parent.parent / "world"
SVG = "{http://www.w3.org/2000/svg}"
EVIL = """<script>alert(1)</script><img src=x onerror="alert(2)"> ]]> '"& </style>"""

Draw = Callable[..., ET.Element]


@pytest.fixture
def draw(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Draw:
    """Draws by `npc graph draw` and gives the SVG's root."""

    def call(world: Path, *options: object) -> ET.Element:
        file = tmp_path / "drawn.svg"
        assert run(["graph", "draw", str(world), *map(str, options), "--out", str(file), "--force"]) == 0
        assert capsys.readouterr().out.startswith(str(file))
        return ET.parse(file).getroot()

    return call


def of_class(root: ET.Element, *names: str) -> list[ET.Element]:
    """Return the elements that are of all these classes."""
    return [one for one in root.iter() if set(names) <= set(one.get("class", "").split())]


def words(element: ET.Element) -> str:
    """Return all that is written in an element, without what is only shown under the pointer."""
    return " ".join(one.text or "" for one in element.iter(f"{SVG}text"))


def people(root: ET.Element) -> dict[str, ET.Element]:
    return {one.get("data-id", ""): one for one in of_class(root, "person")}


def boxes(root: ET.Element) -> dict[str, tuple[float, float, float, float]]:
    """Return the left, top, right and bottom of everybody's box."""
    found = {}
    for who, one in people(root).items():
        rect = one.find(f"{SVG}rect")
        assert rect is not None
        x, y, w, h = (float(rect.get(name, "")) for name in ("x", "y", "width", "height"))
        found[who] = (x, y, x + w, y + h)
    return found


# -- who is who --------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["en", "zh"])
def test_everybody_is_there_with_what_they_hide_and_have_wrong(draw: Draw, language: str) -> None:
    root = draw(VILLAGE, "--lang", language)
    content = load_content(VILLAGE)
    drawn = people(root)
    assert drawn.keys() >= content.personas.keys() | {"player", "courier", "xia"}
    for who, persona in content.personas.items():
        assert persona.names[language] in words(drawn[who])
        assert of_class(drawn[who], "mark", "secret"), "everybody in Reedwater has a secret"
        assert of_class(drawn[who], "mark", "false"), "and believes something that is not so"
    assert not of_class(drawn["courier"], "mark")
    legend = words(of_class(root, "legend")[0])
    assert ("keeps secrets" if language == "en" else "有秘密") in legend


def test_lines_say_what_is_between_two(draw: Draw) -> None:
    root = draw(VILLAGE)
    labels = [words(one) for one in of_class(root, "tie", "fact") if words(one)]
    assert any("owes twelve silver coins" in label for label in labels)
    assert of_class(root, "tie", "hidden"), "Mira nurses the courier, which is a secret"
    told = [one.findtext(f"{SVG}title") or "" for one in of_class(root, "tie", "told")]
    assert any("Tomas owes Mira twenty silver coins. (not so)" in text for text in told)
    assert of_class(root, "tie", "warm")
    assert any(
        "The best listener I have" in (one.findtext(f"{SVG}title") or "") for one in of_class(root, "tie", "warm")
    )


def test_nothing_secret_is_drawn_for_others_to_see(tmp_path: Path) -> None:
    for name, options in (("all", []), ("some", ["--without-secrets"])):
        assert run(["graph", str(VILLAGE), "--out", str(tmp_path / f"{name}.html"), *options]) == 0
    everything, some = ((tmp_path / f"{name}.html").read_text("utf-8") for name in ("all", "some"))
    for secret in ("is nursing", "waters down Heron ale", "hidden in the mill"):
        assert secret in everything
        assert secret not in some


@pytest.mark.parametrize("number", [1, 2, 60])
def test_no_two_people_lie_on_each_other(draw: Draw, tmp_path: Path, number: int) -> None:
    ids = crowd(tmp_path / "town", number)
    placed = boxes(draw(tmp_path / "town", "--lang", "zh"))
    assert placed.keys() == {*ids, "player"}
    for one, (left, top, right, bottom) in placed.items():
        for other, (a, b, c, d) in placed.items():
            assert one == other or right <= a or c <= left or bottom <= b or d <= top, (one, other)


sizes = st.tuples(st.floats(20, 300), st.floats(20, 200))


@pytest.mark.slow
@settings(deadline=None, max_examples=20)
@given(st.data())
def test_boxes_are_put_apart(data: st.DataObject) -> None:
    wanted = {f"b{n}": size for n, size in enumerate(data.draw(st.lists(sizes, min_size=1, max_size=7)))}
    pairs = st.tuples(st.sampled_from(sorted(wanted)), st.sampled_from(sorted(wanted)))
    pulls = data.draw(st.dictionaries(pairs, st.floats(0.1, 9), max_size=8))
    places = arranged(wanted, pulls, gap=20)
    assert places == arranged(wanted, pulls, gap=20)
    assert places.keys() == wanted.keys()
    for one, (x, y) in places.items():
        assert x >= wanted[one][0] / 2 - 0.1
        assert y >= wanted[one][1] / 2 - 0.1
        for other, (a, b) in places.items():
            apart_x = abs(x - a) - (wanted[one][0] + wanted[other][0]) / 2
            apart_y = abs(y - b) - (wanted[one][1] + wanted[other][1]) / 2
            assert one == other or apart_x > 0 or apart_y > 0


@pytest.mark.slow
def test_labels_lie_on_no_box_and_on_no_other_label(draw: Draw) -> None:
    root = draw(VILLAGE, "--lang", "zh")
    halos = [one for one in of_class(root, "halo") if not of_class(one, "at_home")]
    middles = [(float(one.get("x", "")), float(one.get("y", "")) - 3.5) for one in halos]
    assert len(middles) > 10
    for left, top, right, bottom in boxes(root).values():
        assert not any(left < x < right and top < y < bottom for x, y in middles)
    assert len(set(middles)) == len(middles)


# -- what somebody believes --------------------------------------------------------------------------


def test_a_mind_shows_what_is_not_so_whom_it_is_from_and_what_is_hidden(draw: Draw) -> None:
    root = draw(VILLAGE, "bram")
    wrong = {words(one) for one in of_class(root, "row", "false")}
    assert any("Tomas owes Mira twenty" in text and "In truth: Tomas owes Mira twelve" in text for text in wrong)
    assert any("river spirit broke the bridge" in text for text in wrong)
    hidden = " ".join(words(one) for one in of_class(root, "row", "secret"))
    assert "Bram waters down Heron ale." in hidden
    assert "Told when: " in hidden
    assert "affinity 0.35 or more" in hidden
    sources = [words(one) for one in of_class(root, "person")]
    assert "Pip" in sources, "he told him what Tomas owes"
    assert of_class(root, "flow", "false")
    assert "things that everybody knows" in words(root)


def test_the_same_in_chinese_by_name(draw: Draw) -> None:
    root = draw(VILLAGE, "布拉姆", "--lang", "zh")
    assert any("其实：托马斯欠米拉" in words(one) for one in of_class(root, "row", "false"))
    assert not re.search("[A-Za-z]{2,}", words(root))


def test_what_came_to_be_believed_in_play_is_drawn_from_a_save(draw: Draw, tmp_path: Path) -> None:
    slot = tmp_path / "slot.npc"
    with Engine.load(SMALL_WORLD, save=slot, model="none", gossip=False) as engine:
        engine.tell("tomas", ("tomas", "owes", "mira", True, {"amount": 20}), by="mira")
        engine.tell("mira", ("player", "has", "gold"), by="player", between_us=True)
        engine.save()
    before = slot.read_bytes()
    tomas = draw(SMALL_WORLD, "tomas", "--save", slot)
    (row,) = [one for one in of_class(tomas, "row", "false") if "owes Mira twenty" in words(one)]
    assert "In truth: Tomas owes Mira twelve silver coins." in words(row)
    assert "told by Mira, 4 May, 08:00" in (row.findtext(f"{SVG}title") or "")
    mira = draw(SMALL_WORLD, "mira", "--save", slot)
    (row,) = [one for one in of_class(mira, "row") if "has buried gold" in words(one)]
    assert of_class(row, "mark", "unsettled"), "what one says of oneself nobody else can know"
    assert "Tomas" in [words(one) for one in of_class(mira, "person")], "whom she told"
    assert "has buried gold" not in words(draw(SMALL_WORLD, "mira", "--save", slot, "--without-secrets"))
    assert slot.read_bytes() == before


def test_words_that_told_more_than_a_belief_stay_with_the_secrets(tmp_path: Path) -> None:
    slot, said = tmp_path / "slot.npc", "The bell fell, and the gold with it."
    with Engine.load(SMALL_WORLD, save=slot, model="none", gossip=False) as engine:
        engine.record(said, changes=[("tomas", "works_at", "inn")], audience=["mira"])
        engine.save()
    for name, options in (("all", []), ("some", ["--without-secrets"])):
        file = tmp_path / f"{name}.html"
        call = ["graph", str(SMALL_WORLD), "mira", "--save", str(slot), "--out", str(file), *options]
        assert run(call) == 0
        text = file.read_text("utf-8")
        assert "Tomas works at the inn." in text
        assert (said in text) == (name == "all")


# -- a life ------------------------------------------------------------------------------------------


@pytest.fixture
def lived(tmp_path: Path) -> tuple[Path, Path]:
    """A world whose people remember little, and a save of some days in it."""
    world, slot = tmp_path / "ford", tmp_path / "slot.npc"
    shutil.copytree(SMALL_WORLD, world)
    with (world / "world.yaml").open("a", encoding="utf-8") as file:
        file.write("memory_budget: 10\n")
    with Engine.load(world, save=slot, model="none", gossip=False) as engine:
        for day in range(5):
            talk = engine.talk_to("mira", speaker="player")
            for text in ("Hello!", "You are kind.", "Nice weather.", "What is new?"):
                talk.say(text).line()
                engine.advance(1)
            talk.leave()
            engine.record(f"Bell {day} rings.", audience=["mira"], feelings=[("mira", "player", "trust", -0.1)])
            engine.advance(24 * 60)
        engine.tell("mira", ("gold", "buried_at", "inn"), by="tomas")
        engine.save()
    return world, slot


def test_a_life_by_days(lived: tuple[Path, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    world, slot = lived
    file, before = tmp_path / "mira.svg", slot.read_bytes()
    assert run(["memory", str(slot), "mira", "--world", str(world), "--timeline", str(file)]) == 0
    assert "moments of 6 days" in capsys.readouterr().out
    root = ET.parse(file).getroot()
    assert [one.text for one in of_class(root, "head")] == [f"{day} May" for day in range(4, 10)]
    rows = of_class(root, "row")
    assert any("Bell 0 rings." in words(row) and of_class(row, "mark") for row in rows)
    gone = of_class(root, "row", "gone")
    assert gone
    assert all("forgotten" in words(row) or "summed up" in words(row) for row in gone)
    (told,) = [row for row in rows if "buried under the inn" in words(row)]
    assert "Tomas" in words(told)
    assert of_class(told, "mark", "false")
    assert "trust toward" in words(of_class(root, "legend")[-1])
    assert of_class(root, "curve", "c0")
    assert slot.read_bytes() == before


def test_a_life_needs_a_world_and_somebody_in_it(
    lived: tuple[Path, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    world, slot = lived
    for options, said in (
        (["mira", "--timeline", tmp_path / "x.html"], "add --world FOLDER"),
        (["mirra", "--world", world, "--timeline", tmp_path / "x.html"], "did you mean 'mira'?"),
        (["mira", "--world", world, "--timeline", tmp_path / "x.html", "--lang", "fr"], "choose --lang en or zh"),
    ):
        assert run(["memory", str(slot), *map(str, options)]) == 2
        assert said in capsys.readouterr().err
    assert not (tmp_path / "x.html").exists()
    file = tmp_path / "mira.html"
    assert run(["memory", str(slot), "mira", "--world", str(world), "--timeline", str(file), "--lang", "zh"]) == 0
    assert "一生中的日子" in file.read_text("utf-8")


# -- pages -------------------------------------------------------------------------------------------


class Page(HTMLParser):
    """What a browser makes of a page: its elements with their attributes, and what stands in scripts and styles."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.inside: dict[str, list[str]] = {"script": [], "style": []}
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        if self.elements and self.elements[-1][0] in self.inside and self.cdata_elem:
            self.inside[self.elements[-1][0]].append(data)


def evil_world(folder: Path) -> None:
    """Write a town whose author, or whose import, put markup wherever words may stand."""
    crowd(folder, 3)
    quoted = EVIL.replace("'", "''")
    for persona in (folder / "personas").iterdir():
        text = re.sub(r"(?m)^(  en: )(.*)$", lambda line: f"{line[1]}'{line[2]} {quoted}'", persona.read_text("utf-8"))
        persona.write_text(text, "utf-8")


def test_what_is_written_is_never_executed(tmp_path: Path) -> None:
    evil_world(tmp_path / "town")
    slot = tmp_path / "slot.npc"
    with Engine.load(tmp_path / "town", save=slot, model="none") as engine:
        engine.talk_to("person_0", speaker="player").say(EVIL).line()
        engine.record(EVIL, audience=["person_0"])
        engine.save()
    world = str(tmp_path / "town")
    calls = {
        "all.html": ["graph", "draw", world, "--out"],
        "mind.html": ["graph", "draw", world, "person_0", "--save", str(slot), "--out"],
        "life.html": ["memory", str(slot), "person_0", "--world", world, "--timeline"],
        "life.svg": ["memory", str(slot), "person_0", "--world", world, "--timeline"],
    }
    for name, call in calls.items():
        assert run([*call, str(tmp_path / name)]) == 0
        text = (tmp_path / name).read_text("utf-8")
        assert "alert(1)" in text, "it is shown"
        if name.endswith(".svg"):
            tags = {one.tag.removeprefix(SVG) for one in ET.fromstring(text).iter()}
            assert tags <= {"svg", "style", "title", "rect", "g", "path", "text", "circle", "polygon"}
            continue
        page = Page(text)
        tags = [tag for tag, _ in page.elements]
        assert "img" not in tags
        assert (tags.count("script"), tags.count("style")) == (1, 1)
        attributes = {name for _, said in page.elements for name in said}
        assert not {name for name in attributes if name.startswith("on") or name in ("src", "href", "style")}
        (policy,) = [said["content"] or "" for _, said in page.elements if said.get("http-equiv")]
        for tag, kind in (("script", "script-src"), ("style", "style-src")):
            (inside,) = page.inside[tag]
            digest = base64.b64encode(hashlib.sha256(inside.encode()).digest()).decode()
            assert f"{kind} 'sha256-{digest}'" in policy
            assert "alert(" not in inside
        assert policy.startswith("default-src 'none'")


@pytest.mark.slow
def test_a_page_needs_no_network_and_has_what_is_read_beside(tmp_path: Path) -> None:
    file = tmp_path / "village.html"
    assert run(["graph", "draw", str(VILLAGE), "--out", str(file)]) == 0
    text = file.read_text("utf-8")
    assert "//" not in re.sub(r"(?m)^\s*// .*$", "", text), "no address of any server"
    assert "url(" not in text
    page = Page(text)
    ids = [said["id"] for _, said in page.elements if "id" in said]
    assert len(set(ids)) == len(ids)
    asked = {said["data-detail"] for _, said in page.elements if "data-detail" in said}
    assert asked <= set(ids)
    assert len(asked) > 40
    assert "search" in ids
    for sentence in ("Tomas owes Mira twenty silver coins.", "told by Pip", "In truth: Tomas owes Mira twelve"):
        assert sentence in text


# -- files -------------------------------------------------------------------------------------------


def pixels(file: Path) -> tuple[int, float, int]:
    """Return how wide a picture is, how bright on the whole from 0 to 255, and how many colours a part of it has."""
    pygame = pytest.importorskip("pygame")
    image = pygame.image.load(io.BytesIO(file.read_bytes()))
    small = pygame.transform.smoothscale(image.convert(24) if pygame.display.get_init() else image, (160, 160))
    seen = [tuple(small.get_at((x, y)))[:3] for x in range(160) for y in range(160)]
    return image.get_width(), sum(map(sum, seen)) / len(seen) / 3, len(set(seen))


@pytest.mark.slow
def test_pixels(tmp_path: Path) -> None:
    pytest.importorskip("resvg_py")
    pytest.importorskip("pygame_gui")
    shown = {}
    for theme in ("light", "dark"):
        file = tmp_path / f"{theme}.png"
        assert run(["graph", str(SMALL_WORLD), "--out", str(file), "--theme", theme, "--lang", "zh"]) == 0
        shown[theme] = pixels(file)
        assert shown[theme][0] > 1000
        assert shown[theme][2] > 100, "it is not blank"
    assert shown["light"][1] > 200
    assert shown["dark"][1] < 80


def test_pixels_say_what_they_lack(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    call = ["graph", str(SMALL_WORLD), "--lang", "zh", "--out", str(tmp_path / "x.png")]
    with monkeypatch.context() as patch:
        patch.setattr(writing, "find_spec", lambda name: None)
        assert run(call) == 2
    assert "pip install resvg-py" in capsys.readouterr().err
    pytest.importorskip("resvg_py")
    monkeypatch.setattr(writing, "_rendered", lambda svg, fonts, zoom: b"a box for what is missing")
    assert run(call) == 2
    assert "name one that has with --font FILE" in capsys.readouterr().err
    assert run([*call, "--font", str(tmp_path / "none.ttf")]) == 2
    assert "there is no font at" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_the_short_form_and_the_name_of_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(["graph", str(SMALL_WORLD)]) == 0
    assert run(["graph", str(SMALL_WORLD), "mira"]) == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == ["ford-mira.html", "ford.html"]
    assert capsys.readouterr().out.startswith("ford.html: ")
    before = (tmp_path / "ford.html").read_bytes()
    for call, said in (
        (["graph", str(SMALL_WORLD)], "ford.html exists already: choose another name, or add --force"),
        (["graph", "drwa", str(SMALL_WORLD)], "No such command 'drwa'"),
        (["graph", str(SMALL_WORLD), "mirra"], "did you mean 'mira'?"),
        (["graph", str(SMALL_WORLD), "--out", "x.gif"], "x.gif ends in none of .html, .svg, .png"),
        (["graph", str(SMALL_WORLD), "--save", "none.npc"], "there is no save slot at none.npc"),
        (["graph", str(SMALL_WORLD), "--lang", "fr"], "does not speak fr: choose --lang en or zh"),
    ):
        assert run(call) == 2
        assert said in capsys.readouterr().err
    assert run(["graph", str(SMALL_WORLD), "--force"]) == 0
    assert (tmp_path / "ford.html").read_bytes() == before, "the same world comes to the same picture"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["ford-mira.html", "ford.html"]
    capsys.readouterr()
    assert run(["graph", str(SMALL_WORLD), "--force", "--lang", "zh"]) == 0
    assert "个人" in capsys.readouterr().out
