"""`npc strings`: a world's texts out to a translator, and back."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from npc_engine.errors import AuthoringError

strings_app = typer.Typer(help="A world's texts for translators, as gettext's .po, and back.", no_args_is_help=True)

World = Annotated[Path, typer.Argument(metavar="WORLD", help="The folder that holds world.yaml.")]
Language = Annotated[str, typer.Option("--to", metavar="LANGUAGE", help="The language to translate into, such as zh.")]


@strings_app.command()
def export(
    world: World,
    to: Language,
    file: Annotated[
        Path | None, typer.Option("--file", metavar="FILE.po", help="The file to write.", show_default="the output")
    ] = None,
    source: Annotated[
        str | None, typer.Option("--from", metavar="LANGUAGE", help="From which.", show_default="the world's first")
    ] = None,
) -> None:
    """Write every text of a world for a translator, with its id, where it stands, and what is translated already.

    Poedit, Weblate, Crowdin and their like open it. A file that is there already is not written over.

    Example: npc strings export world/ --to zh --file world.po
    """
    from npc_engine.authoring.strings import exported

    text = exported(world, to, source)
    if file is None:
        typer.echo(text, nl=False)
        return
    try:
        with file.open("x", encoding="utf-8", newline="\n") as written:
            written.write(text)
    except FileExistsError:
        message = f"{file.as_posix()} exists already: choose another name, or delete that one first"
        raise AuthoringError(message) from None
    typer.echo(f"{file.as_posix()}: {text.count('msgctxt')} texts")


@strings_app.command("import")
def import_(
    world: World,
    file: Annotated[Path, typer.Argument(metavar="FILE.po", help="What the translator gave back.")],
    to: Language,
) -> None:
    """Put a translator's texts into a world's files; comments, order and every other line stay as they are.

    Entries that are empty or marked fuzzy are left out. A language that is new to the world is added to `languages`.

    Example: npc strings import world/ world.po --to zh
    """
    from npc_engine.authoring.strings import imported
    from npc_engine.content.whole_files import write_whole

    try:
        po = file.read_text("utf-8-sig")
    except UnicodeDecodeError:
        raise AuthoringError(f"{file.as_posix()} is not saved as UTF-8") from None
    changed, taken = imported(world, po, to)
    for path, text in changed.items():
        write_whole(world / path, text)
    typer.echo(f"{world.as_posix().rstrip('/')}/: {taken.put} texts put in, {len(changed)} files changed")
    for id in taken.gone:
        typer.echo(f"{file.as_posix()}: nothing has the id {id} any more")
