"""`npc check`: what a writer has to mend in a content folder."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from npc_engine.content import Content


def check(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="The folder that holds world.yaml.")],
    save: Annotated[
        Path | None, typer.Option("--save", metavar="SLOT", help="Also list what this save speaks of that is gone.")
    ] = None,
) -> None:
    """Check a folder of YAML and its dialogue tests: every mistake with its file, line and column, and how to mend it.

    Advice, marked as such, is worth following but keeps nothing from being played.

    The exit status is 0 when there are no mistakes and 2 when there are some, or when a save no longer fits.

    Example: npc check world/ --save slot1.npc
    """
    from npc_engine.content import examine  # takes a third of a second, which `npc --help` need not wait for

    found = examine(folder)
    mistakes = found.mistakes
    if found.content is not None:  # else the tests would be told that what can't be read is unknown
        from npc_engine.testing.talks import check_talks

        mistakes = check_talks(found.content)
    for mistake in mistakes:
        typer.echo(str(mistake))
    for advice in found.advice:
        typer.echo(f"{advice.file}:{advice.line}:{advice.column}: advice: {advice.message}")
    typer.echo(summary(folder, found.content, len(mistakes), len(found.advice)))
    if mistakes:
        raise typer.Exit(2)
    if save is not None and found.content is not None and _misfits(save, found.content):
        raise typer.Exit(2)


def _misfits(save: Path, content: Content) -> int:
    """List what a save speaks of that a world no longer has, and return how much that is."""
    from npc_engine import misfits_of

    found = misfits_of(save, content)
    for misfit in found:
        typer.echo(f"{save}: {misfit}")
    typer.echo(f"{save}: {_count(len(found), 'thing is', 'things are') + ' gone' if found else 'all of it fits'}")
    return len(found)


def summary(folder: Path, content: Content | None, mistakes: int, advice: int) -> str:
    """Return the line that closes a check: `world/: 6 personas, 41 facts, no mistakes`."""
    parts = []
    if content is not None:
        parts += [_count(len(content.personas), "persona"), _count(len(content.facts), "fact")]
    parts.append(_count(mistakes, "mistake") if mistakes else "no mistakes")
    if advice:
        parts.append(_count(advice, "piece of advice", "pieces of advice"))
    return f"{folder.as_posix().rstrip('/')}/: {', '.join(parts)}"


def _count(number: int, one: str, many: str = "") -> str:
    return f"{number} {one if number == 1 else many or f'{one}s'}"
