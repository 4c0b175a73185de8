"""`npc new`: a world to begin with, or somebody new in one."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from npc_engine.cli.strings import Strings
from npc_engine.errors import AuthoringError, UnknownNameError
from npc_engine.lang import HOME, pack

if TYPE_CHECKING:
    from npc_engine.authoring.scaffold import Wishes

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
    pronoun: Annotated[
        list[str] | None,
        typer.Option(
            metavar="PRONOUN",
            help="she, he, they or it: of whom --persona adds, or of each in a custom world in turn.",
            show_default="they",
        ),
    ] = None,
    role: Annotated[str, typer.Option(metavar="TEXT", help="With --persona: what they are, such as 'the smith'.")] = "",
    manner: Annotated[
        str, typer.Option(metavar="MANNER", help="With --persona: whose lines they draw on, such as dry or warm.")
    ] = "",
) -> None:
    """Make a world of two people, a place and a test, to be talked to at once; or add somebody to a world.

    In a terminal it asks for what no option says. Nothing that is there already is written over.

    Example: npc new hamlet/ --setting village --language en

    Example: npc new hamlet/ --persona "Old Bess" --pronoun she
    """
    from npc_engine.authoring.scaffold import Wishes

    if persona is not None:
        _add(folder, persona, role, manner, list(pronoun or ()))
        return
    if role or manner:
        raise AuthoringError("--role and --manner are for somebody new: add --persona NAME")
    asking = sys.stdin is not None and sys.stdin.isatty() and language is None and setting is None
    spoken = _languages(language or (typer.prompt(_LANGUAGE, default=BOTH) if asking else BOTH))
    strings = Strings(spoken[0])
    people, pronouns = list(person or ()), list(pronoun or ())
    if asking:
        setting = typer.prompt(strings("ask_setting"), default="village")
        name = name or typer.prompt(strings("ask_name"), default="", show_default=False)
        if setting == "custom":
            place = place or typer.prompt(strings("ask_place"), default="", show_default=False)
            while len(people) < 2 and (one := typer.prompt(strings("ask_person"), default="", show_default=False)):
                people.append(one)
            pronouns += [_ask_pronoun(one, strings) for one in people[len(pronouns) :]]
    _make(folder, Wishes(setting or "village", spoken, " ".join(name.split()), place, people, pronouns))


def _make(folder: Path, wishes: Wishes) -> None:
    from npc_engine.authoring.scaffold import OWN, new_world
    from npc_engine.cli.schema import schemas
    from npc_engine.content import load_content
    from npc_engine.content.json_schema import FOLDER

    spoken = wishes.languages
    _write(folder, new_world(folder, wishes))
    _write(folder / FOLDER, schemas(folder))
    content = load_content(folder)
    first = max(content.personas.values(), key=lambda persona: persona.temperament.talkative)
    strings = Strings(spoken[0])
    count = sum(1 for path in folder.rglob("*.yaml") if path.is_file())
    typer.echo(strings("made", folder=_shown(folder), files=count))
    typer.echo(strings("made_next", folder=_shown(folder), npc=first.id, name=first.names[spoken[0]]))
    if wishes.setting == OWN:
        they = [one for one in content.personas.values() if one.pronoun == "they"]
        if they and len(wishes.pronouns) < len(content.personas):
            files = [folder / f"personas/{one.id}.yaml" for one in they]
            _tell_they(strings, [one.names[spoken[0]] for one in they], files)


def _tell_they(strings: Strings, names: Sequence[str], files: Sequence[Path]) -> None:
    """Say of whom nobody said which pronoun they have."""
    listed = pack(strings.language).listed
    typer.echo(strings("wrote_they", names=listed(names), files=listed([file.as_posix() for file in files])))


def _ask_pronoun(name: str, strings: Strings) -> str:
    """Return which pronoun somebody has, asked again until it is one."""
    from npc_engine.authoring.scaffold import PRONOUNS

    while (found := typer.prompt(strings("ask_pronoun", name=name), default="they").strip()) not in PRONOUNS:
        pass
    return str(found)


def _add(folder: Path, name: str, role: str, manner: str, pronouns: Sequence[str]) -> None:
    from npc_engine.authoring.scaffold import new_persona, to_translate
    from npc_engine.content import load_content

    if len(pronouns) > 1:
        raise AuthoringError("somebody has one pronoun: say --pronoun once")

    languages = load_content(folder).world.languages
    strings = Strings(languages[0] if languages[0] in HOME else HOME[0])
    asking = sys.stdin is not None and sys.stdin.isatty()
    if not role and asking:
        role = typer.prompt(strings("ask_role"), default="", show_default=False)
    if not pronouns and asking:
        pronouns = [_ask_pronoun(name, strings)]
    path, text = new_persona(folder, name, role=role, manner=manner, pronoun="".join(pronouns))
    _write(folder, {path: text})
    typer.echo(strings("added", file=(folder / path).as_posix()))
    typer.echo(strings("added_next", folder=_shown(folder), npc=Path(path).stem, name=name))
    if not pronouns:
        _tell_they(strings, [name], [folder / path])
    if left := [pack(code).name for code in to_translate(role, languages)]:
        typer.echo(
            strings("to_translate", languages=pack(strings.language).listed(left), file=(folder / path).as_posix())
        )


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
