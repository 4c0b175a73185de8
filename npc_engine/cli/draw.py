"""`npc graph draw` and `npc memory --timeline`: pictures of a world, of a mind and of a life."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from npc_engine.cli.played import played
from npc_engine.cli.strings import Strings
from npc_engine.errors import NpcError

if TYPE_CHECKING:
    from npc_engine import Content, Engine
    from npc_engine.pictures import Known


class Look(StrEnum):
    """Which colours a picture has."""

    LIGHT = "light"
    DARK = "dark"


Lang = Annotated[
    str | None,
    typer.Option(
        "--lang",
        "--language",
        metavar="LANGUAGE",
        help="The language of the picture.",
        show_default="the world's first",
    ),
]
Theme = Annotated[
    Look | None, typer.Option(help="Its colours.", show_default="as the reader's system has it; light for .png")
]
Font = Annotated[
    list[Path] | None,
    typer.Option("--font", metavar="FILE", help="A font for .png, beside the system's.", show_default=False),
]
Force = Annotated[bool, typer.Option("--force", help="Write over a file that is there already.")]


def draw(
    folder: Annotated[Path, typer.Argument(metavar="WORLD", help="The folder that holds world.yaml.")],
    npc: Annotated[
        str | None, typer.Argument(metavar="NPC", help="Whose mind, by id or name; else everybody.", show_default=False)
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE", help="The file to write: .html, .svg or .png.", show_default="a page called as the world"
        ),
    ] = None,
    save: Annotated[
        Path | None,
        typer.Option(metavar="SLOT", help="A save: as things stand in its game.", show_default=False),
    ] = None,
    lang: Lang = None,
    theme: Theme = None,
    font: Font = None,
    without_secrets: Annotated[
        bool, typer.Option("--without-secrets", help="Leave out what is secret, and what was told in confidence.")
    ] = False,
    force: Force = False,
) -> None:
    """Draw who is who in a world; or what somebody believes, whom they have it from, and what they hide.

    What is believed and not so is marked, and so are secrets. The page can be searched and zoomed and needs no network.
    `npc graph WORLD [NPC]` is short for it.

    Example: npc graph draw world/ --out village.html

    Example: npc graph draw world/ bram --save slot1.npc --out bram.png
    """
    from npc_engine.content import load_content
    from npc_engine.pictures import Known, draw_mind, draw_society, write_picture

    content = load_content(folder)
    language = _language(content, lang, folder)
    secrets = not without_secrets
    if save is None:
        known = Known(content, language=language, secrets=secrets)
    else:
        with played(content, save) as engine:
            known = Known(content, engine.events, language=language, now=engine.now, secrets=secrets)
    who = None if npc is None else _whose(known, npc)
    picture = draw_society(known) if who is None else draw_mind(known, who)
    file = out or Path(f"{content.world.id}{f'-{who}' if who else ''}.html")
    write_picture(picture, file, theme=theme.value if theme else None, fonts=_fonts(font), over=force)
    key = "drawn_people" if who is None else "drawn_mind"
    typer.echo(Strings(language)(key, file=file, **picture.counts))


def draw_timeline(
    engine: Engine,
    world: Path,
    npc: str,
    file: Path,
    *,
    lang: str | None = None,
    theme: Look | None = None,
    font: Sequence[Path] | None = None,
    limit: int,
    force: bool = False,
) -> None:
    """Draw somebody's life in a game into a file, and say what is in it."""
    from npc_engine.content import load_content
    from npc_engine.pictures import Known, draw_life, write_picture

    content = load_content(world)
    language = _language(content, lang, world)
    events = engine.events
    known = Known(content, events, language=language, now=engine.now)
    picture = draw_life(known, events, npc, limit=limit)
    write_picture(picture, file, theme=theme.value if theme else None, fonts=_fonts(font), over=force)
    typer.echo(Strings(language)("drawn_life", file=file, **picture.counts))


def _language(content: Content, lang: str | None, folder: Path) -> str:
    if lang is not None and lang not in content.world.languages:
        spoken = " or ".join(content.world.languages)
        raise NpcError(f"{folder.as_posix()} does not speak {lang}: choose --lang {spoken}")
    return lang or content.world.languages[0]


def _whose(known: Known, npc: str) -> str:
    from npc_engine.cli.session import find

    return npc if npc in known.people else find(npc, known.content.personas)


def _fonts(font: Sequence[Path] | None) -> Sequence[Path]:
    for one in font or ():
        if not one.is_file():
            raise NpcError(f"there is no font at {one}")
    return font or ()
