"""A picture as one page: the drawing, what there is to read beside it, and the script that searches and zooms.

The page asks nothing of any server. What authors and players wrote stands in it as text alone; its policy lets no
script run but ours, which is named there by its hash, so that even a fault of ours in escaping could execute nothing.
"""

from __future__ import annotations

import base64
import copy
import hashlib
from importlib.resources import files
from xml.etree import ElementTree as ET

from npc_engine.phrasebook import Phrasebook
from npc_engine.pictures.look import STYLES, Theme, variables
from npc_engine.pictures.picture import Detail, Picture
from npc_engine.pictures.svg import put

_HERE = files("npc_engine.pictures")


def page(picture: Picture, theme: Theme | None) -> str:
    """Return a picture as an HTML page; without a theme it follows the reader's system."""
    say = Phrasebook.load("npc_engine.pictures", "pictures.yaml")[picture.language]
    script = _HERE.joinpath("page.js").read_text("utf-8")
    styles = _variables() + STYLES + _HERE.joinpath("page.css").read_text("utf-8")
    root = ET.Element("html", {"lang": picture.language})
    if theme:
        root.set("data-theme", theme)
    head = put(root, "head")
    put(head, "meta", charset="utf-8")
    ours = f"script-src {_hash(script)}; style-src {_hash(styles)}"
    policy = f"default-src 'none'; {ours}; base-uri 'none'; form-action 'none'"
    put(head, "meta", http_equiv="Content-Security-Policy", content=policy)
    put(head, "meta", name="viewport", content="width=device-width, initial-scale=1")
    put(head, "meta", name="generator", content="npc-engine")
    put(head, "title", picture.title)
    put(head, "style").text = styles
    body = put(root, "body")
    _bar(body, picture, say)
    main = put(body, "main")
    canvas = put(main, "div", id="canvas")
    canvas.append(copy.deepcopy(picture.root))
    aside = put(main, "aside")
    put(aside, "p", say("lead"), class_="lead")
    for detail in picture.details:
        _section(aside, detail)
    put(body, "script").text = script
    return f"<!doctype html>\n{ET.tostring(root, encoding='unicode', method='html')}\n"


def _variables() -> str:
    day, night = variables("light"), variables("dark")
    return (
        f":root{{{day}}}@media (prefers-color-scheme: dark){{:root{{{night}}}}}"
        f":root[data-theme=light]{{{day}color-scheme:light}}:root[data-theme=dark]{{{night}color-scheme:dark}}\n"
    )


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def _bar(body: ET.Element, picture: Picture, say: Phrasebook) -> None:
    bar = put(body, "header")
    put(bar, "h1", picture.title)
    search = put(bar, "input", id="search", type="search", placeholder=say("search"), aria_label=say("search"))
    search.set("autocomplete", "off")
    put(bar, "span", id="found", role="status", data_words=say("found", number="#"))
    put(bar, "button", say("whole"), id="whole", type="button")
    put(bar, "button", say("day_or_night"), id="theme", type="button")


def _section(aside: ET.Element, detail: Detail) -> None:
    section = put(aside, "section", id=detail.id)
    put(section, "h2", detail.title)
    if detail.subtitle:
        put(section, "p", detail.subtitle)
    for head, lines in detail.blocks:
        if head:
            put(section, "h3", head)
        several = put(section, "ul")
        for line in lines:
            item = put(several, "li", line.text, **({"class_": line.kind} if line.kind else {}))
            if line.note:
                put(item, "small", line.note)
