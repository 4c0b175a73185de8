"""`npc import` and `npc export`: characters as other programs have them, into a world and out again."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from npc_engine.cli.status import FAILED
from npc_engine.errors import AuthoringError, NpcError, UnknownNameError

if TYPE_CHECKING:
    from npc_engine.authoring.cards.bringing import Brought, Found
    from npc_engine.content import Content


_SHOWN = 90
"""Characters of a line to look at that are shown."""
_HINTS = {"private": "  (told to friends; a secret is better: docs/guides/import.md)"}


def import_(
    files: Annotated[
        list[Path], typer.Argument(metavar="FILE…", help="Cards (JSON, PNG, .charx), lorebooks (JSON), tables (CSV).")
    ],
    into: Annotated[
        Path, typer.Option("--into", metavar="WORLD", help="The world's folder; made where there is none.")
    ],
    tellers: Annotated[
        list[str] | None,
        typer.Option("--for", metavar="NPC", help="Who tells what stands in a lorebook that comes by itself."),
    ] = None,
    language: Annotated[
        str | None, typer.Option(metavar="LANGUAGE", help="The language they are in.", show_default="as they look")
    ] = None,
) -> None:
    """Bring characters and lorebooks of other programs into a world, as personas, things and places.

    Character cards V1, V2 and V3, lorebooks of SillyTavern, NovelAI, Agnai and Risu, elizaOS and Agnai characters, and
    tables with the columns id, name, bio and voice. What has no place is kept in a comment and listed; the card itself
    in WORLD/cards. Nothing in them is run, and nothing that is there already is written over.

    A file that is no card is told in a sentence, and the others are brought in all the same; the exit status is then 2.

    Example: npc import sable.png islands.json --into harbour/
    """
    from npc_engine.authoring.cards.bringing import read

    found: list[Found] = []
    troubled = False
    for file in files:
        try:
            found += read(file)
        except AuthoringError as error:
            troubled = True
            typer.echo(str(error), err=True)
    if found:
        troubled |= not _bring(into, found, tellers or [], language)
    if troubled:
        raise typer.Exit(FAILED)


def export(
    world: Annotated[Path, typer.Argument(metavar="WORLD", help="The folder that holds world.yaml.")],
    npc: Annotated[str, typer.Argument(metavar="NPC", help="The persona's id.")],
    file: Annotated[
        Path | None, typer.Argument(metavar="FILE", help="The .json or .png to write.", show_default="the output")
    ] = None,
    card: Annotated[bool, typer.Option("--card", help="As a character card V3: the one form there is.")] = True,
    picture: Annotated[
        Path | None, typer.Option(metavar="FILE.png", help="The picture of a .png card.", show_default="the portrait")
    ] = None,
    language: Annotated[str | None, typer.Option(metavar="LANGUAGE", help="The language to write it in.")] = None,
) -> None:
    """Write somebody of a world as a character card V3, for other programs.

    What was imported comes out as it came, with what you changed since. No file is written over.

    Example: npc export world/ mira --card

    Example: npc export world/ mira mira.json --card
    """
    from npc_engine.authoring.cards.bringing import json_bytes
    from npc_engine.authoring.cards.exporting import card_of
    from npc_engine.content import load_content

    content = load_content(world)
    if npc not in content.personas:
        raise UnknownNameError("persona", npc, content.personas)
    if language is not None and language not in content.world.languages:
        raise UnknownNameError("language", language, content.world.languages)
    data = json_bytes(card_of(content, npc, language))
    if file is None:
        typer.echo(data.decode().rstrip())
        return
    if file.suffix.lower() == ".png":
        data = _in_picture(data, picture or _portrait(content, npc))
    try:
        with file.open("xb") as written:
            written.write(data)
    except FileExistsError:
        message = f"{file.as_posix()} exists already: choose another name, or delete that one first"
        raise AuthoringError(message) from None
    typer.echo(f"{file.as_posix()}: {content.personas[npc].names[content.world.languages[0]]}")


def _portrait(content: Content, npc: str) -> Path:
    portrait = content.personas[npc].portrait
    if portrait is None or not portrait.lower().endswith(".png"):
        raise AuthoringError(f"{npc} has no portrait that is a PNG: name one with --picture, or write a .json")
    return content.folder / portrait


def _in_picture(card: bytes, picture: Path) -> bytes:
    """Return a picture that holds a card, for programs that read V3 and for those that read V2."""
    from npc_engine.authoring.cards.png import CARD_V2, CARD_V3, with_cards

    older = json.dumps({**json.loads(card), "spec": "chara_card_v2", "spec_version": "2.0"}).encode()
    return with_cards(picture.read_bytes(), {CARD_V2: older, CARD_V3: card}, picture.as_posix())


def _bring(folder: Path, found: list[Found], tellers: list[str], language: str | None) -> bool:
    """Bring in each card by itself, so that one that does not fit keeps out no other, and say how it went."""
    from npc_engine.authoring.cards.settling import bring_into
    from npc_engine.cli.check import summary
    from npc_engine.content import examine
    from npc_engine.content.numbers import ADVICE, with_number

    books = [one for one in found if one.card is None]
    done = True
    for batch in [[one, *books] for one in found if one.card is not None] or [books]:
        try:
            plan = bring_into(folder, batch, tellers, language)
        except NpcError as error:
            done = False
            typer.echo(str(error).split("\n")[0], err=True)
        else:
            for brought in plan.brought:
                _tell(brought)
    if folder.exists():
        after = examine(folder)
        for advice in after.advice:
            typer.echo(with_number(replace(advice, message=f"{ADVICE}{advice.message}")))
        typer.echo(summary(folder, after.content, len(after.mistakes), len(after.advice)))
    return done


def _tell(brought: Brought) -> None:
    one = brought.found
    counts = [f"{number} {what if number != 1 else what.removesuffix('s')}" for what, number in brought.counts.items()]
    name = f"{one.card['name']}, " if one.card else ""
    typer.echo(f"{brought.path}: {name}{one.kind} ({one.source}): {', '.join(counts) or 'as above'}")
    if brought.unused:
        typer.echo(f"  kept in a comment, for it has no place here: {', '.join(brought.unused)}")
    if brought.look:
        typer.echo("  look at these, which a card says least surely:")
    for what, text in brought.look:
        typer.echo(f"    {what}: {text if len(text) <= _SHOWN else f'{text[:_SHOWN]}…'}{_HINTS.get(what, '')}")
