"""Pictures as files: a page (.html), a drawing (.svg) or pixels (.png)."""

from __future__ import annotations

import copy
from collections.abc import Iterable
from importlib.util import find_spec
from pathlib import Path
from xml.etree import ElementTree as ET

from npc_engine.errors import NpcError
from npc_engine.pictures.look import Theme, is_wide, styled
from npc_engine.pictures.page import page
from npc_engine.pictures.picture import Picture

SUFFIXES = (".html", ".svg", ".png")
MOST_PIXELS = 48_000_000
"""How many pixels a picture may have: a long life is drawn less sharply rather than not at all."""
SHARP = 2.0
"""How many pixels a unit takes at best, for screens that have many."""


def write_picture(
    picture: Picture, file: Path, *, theme: Theme | None = None, fonts: Iterable[Path] = (), over: bool = False
) -> None:
    """Write a picture to a file, as what its name ends with: .html, .svg or .png.

    Without a theme a page and a drawing follow the reader's system, and pixels are light. `fonts` are files of fonts
    for pixels, beside those of the system. `over` writes over what stands there.

    Raises:
        NpcError: the name ends otherwise, there is such a file, or what pixels need is not here.
        OSError: the file can't be written.
    """
    suffix = file.suffix.lower()
    if suffix not in SUFFIXES:
        raise NpcError(f"{file} ends in none of {', '.join(SUFFIXES)}: name a file that does")
    if suffix == ".html":
        data = page(picture, theme).encode()
    elif suffix == ".svg":
        data = drawing(picture, theme).encode()
    else:
        data = pixels(picture, theme or "light", fonts)
    try:
        with file.open("wb" if over else "xb") as written:
            written.write(data)
    except FileExistsError:
        raise NpcError(f"{file} exists already: choose another name, or add --force to write over it") from None


def drawing(picture: Picture, theme: Theme | None) -> str:
    """Return a picture as SVG that stands alone; without a theme it is dark where the reader's system is."""
    root = copy.deepcopy(picture.root)
    root.set("xmlns", "http://www.w3.org/2000/svg")
    root.set("width", f"{picture.width:.0f}")
    root.set("height", f"{picture.height:.0f}")
    styles = ET.Element("style")
    styles.text = styled(theme or "light")
    if theme is None:
        styles.text += f"@media (prefers-color-scheme: dark) {{\n{styled('dark')}}}\n"
    root.insert(0, styles)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{ET.tostring(root, encoding="unicode")}\n'


def pixels(picture: Picture, theme: Theme, fonts: Iterable[Path] = ()) -> bytes:
    """Return a picture as PNG.

    Raises:
        NpcError: resvg-py is not installed, or no font has the picture's characters.
    """
    if find_spec("resvg_py") is None:
        raise NpcError("resvg-py is not installed, which makes pixels: pip install resvg-py, or write .svg or .html")
    files = [str(font) for font in (*fonts, *_own_fonts())]
    sharp = min(SHARP, (MOST_PIXELS / (picture.width * picture.height)) ** 0.5)
    text = "".join(picture.root.itertext())
    if not _has_glyphs(text, files):
        raise NpcError(
            "no font here has the characters of this picture: name one that has with --font FILE, "
            "or pip install pygame_gui, which brings one; or write .svg or .html"
        )
    return _rendered(drawing(picture, theme), files, sharp)


def _rendered(svg: str, fonts: list[str], zoom: float) -> bytes:
    import resvg_py

    return bytes(resvg_py.svg_to_bytes(svg_string=svg, font_files=fonts or None, zoom=zoom))


def _own_fonts() -> list[Path]:
    """Return the fonts that the demo's libraries bring, where they are installed: Noto Sans, Chinese too."""
    found = find_spec("pygame_gui")
    if found is None or not found.submodule_search_locations:
        return []
    folder = Path(found.submodule_search_locations[0]) / "data"
    names = ("NotoSans-Regular.ttf", "NotoSans-Bold.ttf", "NotoSansSC-Regular.otf", "NotoSansSC-Bold.otf")
    return [folder / name for name in names if (folder / name).is_file()]


def _has_glyphs(text: str, fonts: list[str]) -> bool:
    """Return whether the fonts that there are have what a text holds: letters, and Chinese where there is any.

    Two characters come out alike only where each is drawn as what stands for a missing one, or neither is drawn.
    """
    wide = sorted({character for character in text if is_wide(character) and character.isalpha()})
    pairs = [("A", "B"), (wide[0], wide[-1])] if len(wide) > 1 else [("A", "B")]
    return all(_rendered(_frame(one), fonts, 1.0) != _rendered(_frame(other), fonts, 1.0) for one, other in pairs)


def _frame(character: str) -> str:
    root = ET.Element("svg", {"xmlns": "http://www.w3.org/2000/svg", "class": "npc", "width": "40", "height": "40"})
    ET.SubElement(root, "style").text = styled("light")
    ET.SubElement(root, "text", {"x": "4", "y": "32", "font-size": "28"}).text = character
    return ET.tostring(root, encoding="unicode")
