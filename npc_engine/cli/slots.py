"""`npc slots` and `npc recover`: a save slot as lines of JSON, and back; and what to do when it is damaged."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from npc_engine.errors import SaveError

slots_app = typer.Typer(help="Carry a save slot elsewhere: as lines of JSON, and back.", no_args_is_help=True)

Slot = Annotated[Path, typer.Argument(metavar="SAVE", help="The save slot.")]


@slots_app.command()
def export(
    save: Slot,
    file: Annotated[
        Path | None, typer.Argument(metavar="FILE", help="The file to write.", show_default="the output")
    ] = None,
) -> None:
    """Write a save slot as JSON lines: what it is in the first, an event in each that follows.

    The slot is not changed. A file that is there already is not written over.

    Example: npc slots export slot.npc slot.jsonl

    Example: npc slots export slot.npc | grep bridge
    """
    from npc_engine import export_lines

    lines = export_lines(save)
    if file is None:
        for line in lines:
            typer.echo(line)
        return
    first = next(lines)  # a slot that can't be read leaves no file behind
    count = 0
    try:
        with file.open("x", encoding="utf-8", newline="\n") as written:
            written.write(f"{first}\n")
            for line in lines:
                written.write(f"{line}\n")
                count += 1
    except FileExistsError:
        raise SaveError(f"{file} exists already: choose another name, or delete that one first") from None
    typer.echo(f"{file}: {count} events")


@slots_app.command("import")
def import_(
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="The lines that npc slots export wrote; - reads the input.")
    ],
    save: Annotated[Path, typer.Argument(metavar="SAVE", help="The save slot to make.")],
) -> None:
    """Make a save slot of JSON lines that `npc slots export` wrote.

    Every line is checked before anything is written, and only SAVE is written. A slot that is there already is left
    as it is. The exit status is 2 when a line is wrong; the message says which, and what is wrong with it.

    Example: npc slots import slot.jsonl other.npc
    """
    from npc_engine import import_lines

    try:
        if str(file) == "-":
            count = import_lines(sys.stdin, save, name="input")
        else:
            with file.open(encoding="utf-8-sig") as lines:
                count = import_lines(lines, save, name=file.as_posix())
    except UnicodeDecodeError:
        raise SaveError(f"{file.as_posix()} is no text in UTF-8: npc slots export writes such files") from None
    typer.echo(f"{save}: {count} events")


def recover(save: Slot) -> None:
    """Put the last good copy of a damaged save slot in its place.

    Whenever a slot is opened and found whole, a copy of it is made beside it, as SAVE.bak. The damaged file is kept.

    Example: npc recover slot.npc
    """
    from npc_engine import recover_save

    kept = recover_save(save)
    typer.echo(f"{save} is its last good copy again; the damaged file is {kept}")
