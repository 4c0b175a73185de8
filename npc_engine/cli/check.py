"""`npc check`: what a writer has to mend in a content folder."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from npc_engine.content import Content


def check(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="The folder that holds world.yaml.")],
) -> None:
    """Check a folder of YAML and its dialogue tests: every mistake with its file, line and column, and how to mend it.

    Advice, marked as such, is worth following but keeps nothing from being played.

    The exit status is 0 when there are no mistakes and 2 when there are some.

    Example: npc check world/
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


def summary(folder: Path, content: Content | None, mistakes: int, advice: int) -> str:
    """Give the line that closes a check: `world/: 6 personas, 41 facts, no mistakes`."""
    parts = []
    if content is not None:
        parts += [_count(len(content.personas), "persona"), _count(len(content.facts), "fact")]
    parts.append(_count(mistakes, "mistake") if mistakes else "no mistakes")
    if advice:
        parts.append(_count(advice, "piece of advice", "pieces of advice"))
    return f"{folder.as_posix().rstrip('/')}/: {', '.join(parts)}"


def _count(number: int, one: str, many: str = "") -> str:
    return f"{number} {one if number == 1 else many or f'{one}s'}"
