"""`npc new`: a world to begin with, or somebody new in one."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated

import typer

from npc_engine.cli.strings import Strings
from npc_engine.errors import AuthoringError, UnknownNameError
from npc_engine.lang import HOME

BOTH = "both"
_LANGUAGE = "Language · 语言 (en, zh, both)"
"""Asked before it is known which language to ask in."""


def new(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="The folder to make, or that of a world.")],
    persona: Annotated[
        str | None, typer.Option("--persona", metavar="NAME", help="Add somebody of this name to the world in FOLDER.")
    ] = None,
    language: Annotated[
        str | None, typer.Option(metavar="LANGUAGE", help="en, zh or both.", show_default="both")
    ] = None,
    setting: Annotated[
        str | None, typer.Option(metavar="SETTING", help="village, station, noir or custom.", show_default="village")
    ] = None,
    name: Annotated[str, typer.Option(metavar="NAME", help="What the world is called.")] = "",
    place: Annotated[str, typer.Option(metavar="NAME", help="What the place is called, in a custom world.")] = "",
    person: Annotated[
        list[str] | None,
        typer.Option(metavar="NAME", help="What somebody in a custom world is called; twice for both."),
    ] = None,
    role: Annotated[str, typer.Option(metavar="TEXT", help="With --persona: what they are, such as 'the smith'.")] = "",
    manner: Annotated[
        str, typer.Option(metavar="MANNER", help="With --persona: whose lines they draw on, such as dry or warm.")
    ] = "",
) -> None:
    """Make a world of two people, a place and a test, to be talked to at once; or add somebody to a world.

    In a terminal it asks for what no option says. Nothing that is there already is written over.

    Example: npc new hamlet/ --setting village --language en

    Example: npc new hamlet/ --persona "Old Bess"
    """
    if persona is not None:
        _add(folder, persona, role, manner)
        return
    if role or manner:
        raise AuthoringError("--role and --manner are for somebody new: add --persona NAME")
    asking = sys.stdin is not None and sys.stdin.isatty() and language is None and setting is None
    spoken = _languages(language or (typer.prompt(_LANGUAGE, default=BOTH) if asking else BOTH))
    strings = Strings(spoken[0])
    people = list(person or ())
    if asking:
        setting = typer.prompt(strings("ask_setting"), default="village")
        name = name or typer.prompt(strings("ask_name"), default="", show_default=False)
        if setting == "custom":
            place = place or typer.prompt(strings("ask_place"), default="", show_default=False)
            while len(people) < 2 and (one := typer.prompt(strings("ask_person"), default="", show_default=False)):
                people.append(one)
    _make(folder, spoken, setting or "village", name, place, people)


def _make(folder: Path, spoken: Sequence[str], setting: str, name: str, place: str, people: Sequence[str]) -> None:
    from npc_engine.authoring.scaffold import Wishes, new_world
    from npc_engine.cli.schema import schemas
    from npc_engine.content import load_content
    from npc_engine.content.json_schema import FOLDER

    wishes = Wishes(setting, spoken, " ".join(name.split()), place, people)
    _write(folder, new_world(folder, wishes))
    _write(folder / FOLDER, schemas(folder))
    content = load_content(folder)
    first = max(content.personas.values(), key=lambda persona: persona.temperament.talkative)
    strings = Strings(spoken[0])
    count = sum(1 for path in folder.rglob("*.yaml") if path.is_file())
    typer.echo(strings("made", folder=_shown(folder), files=count))
    typer.echo(strings("made_next", folder=_shown(folder), npc=first.id, name=first.names[spoken[0]]))


def _add(folder: Path, name: str, role: str, manner: str) -> None:
    from npc_engine.authoring.scaffold import new_persona
    from npc_engine.content import load_content

    languages = load_content(folder).world.languages
    strings = Strings(languages[0] if languages[0] in HOME else HOME[0])
    if not role and sys.stdin is not None and sys.stdin.isatty():
        role = typer.prompt(strings("ask_role"), default="", show_default=False)
    path, text = new_persona(folder, name, role=role, manner=manner)
    _write(folder, {path: text})
    typer.echo(strings("added", file=(folder / path).as_posix()))
    typer.echo(strings("added_next", folder=_shown(folder), npc=Path(path).stem, name=name))


def _write(folder: Path, files: Mapping[str, str]) -> None:
    """Write files that are not there yet; one that is keeps the rest from being written."""
    there = [path for path in files if (folder / path).exists()]
    if there:
        raise AuthoringError(f"{(folder / there[0]).as_posix()} is there already and is not written over")
    for path, text in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        with (folder / path).open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)


def _languages(wanted: str) -> tuple[str, ...]:
    if wanted == BOTH:
        return HOME
    if wanted not in HOME:
        raise UnknownNameError("language", wanted, (*HOME, BOTH))
    return (wanted,)


def _shown(folder: Path) -> str:
    text = f"{folder.as_posix().rstrip('/')}/"
    return f'"{text}"' if " " in text else text
