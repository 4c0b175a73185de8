"""`npc check`: what a writer has to mend in a content folder."""

from __future__ import annotations

import json
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from npc_engine.cli.status import FAILED

if TYPE_CHECKING:
    from npc_engine import Misfit
    from npc_engine.content import Content
    from npc_engine.errors import Mistake

POLL = 0.3
"""Seconds between two looks at the files."""


@dataclass(frozen=True, slots=True)
class Found:
    """What a look through a content folder found, and what a save speaks of that is gone."""

    folder: Path
    content: Content | None
    mistakes: Sequence[Mistake]
    advice: Sequence[Mistake]
    save: Path | None
    misfits: Sequence[Misfit]

    @property
    def is_wrong(self) -> bool:
        """Whether there is something that has to be mended."""
        return bool(self.mistakes or self.misfits)


def check(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="The folder that holds world.yaml.")],
    save: Annotated[
        Path | None, typer.Option("--save", metavar="SLOT", help="Also list what this save speaks of that is gone.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object, for editors and builds.")] = False,
    strict: Annotated[bool, typer.Option("--strict", help="Advice fails too, for a build.")] = False,
    watch: Annotated[bool, typer.Option("--watch", help="Check again whenever a file is saved, until Ctrl-C.")] = False,
) -> None:
    """Check a folder of YAML and its dialogue tests: every mistake with its file, line and column, and how to mend it.

    Advice, marked as such, is worth following but keeps nothing from being played. The number behind each line
    stands in docs/writing.md, with what to do.

    The exit status is 0 when there are no mistakes and 2 when there are some, when a save no longer fits, or, with
    --strict, when there is advice.

    Example: npc check world/ --save slot1.npc

    Example: npc check world/ --strict
    """
    found = _look(folder, save)
    _tell(found, as_json=as_json)
    while watch:
        _wait_for_a_change(folder)
        _tell(_look(folder, save), as_json=as_json)
    if found.is_wrong or (strict and found.advice):
        raise typer.Exit(FAILED)


def _look(folder: Path, save: Path | None) -> Found:
    from npc_engine.content import examine  # takes a third of a second, which `npc --help` need not wait for

    found = examine(folder)
    mistakes, misfits = found.mistakes, []
    if found.content is not None:  # else the tests would be told that what can't be read is unknown
        from npc_engine.testing.talks import check_talks

        mistakes = check_talks(found.content)
        if save is not None and not mistakes:
            from npc_engine import misfits_of

            misfits = list(misfits_of(save, found.content))
    return Found(folder, found.content, mistakes, found.advice, save, misfits)


def _tell(found: Found, *, as_json: bool) -> None:
    if as_json:
        typer.echo(json.dumps(_plain(found), ensure_ascii=False))
        return
    from npc_engine.content.numbers import ADVICE, with_number

    for mistake in found.mistakes:
        typer.echo(with_number(mistake))
    for advice in found.advice:
        typer.echo(with_number(replace(advice, message=f"{ADVICE}{advice.message}")))
    typer.echo(summary(found.folder, found.content, len(found.mistakes), len(found.advice)))
    if found.save is not None and found.content is not None and not found.mistakes:
        for misfit in found.misfits:
            typer.echo(f"{found.save}: {misfit}")
        gone = f"{_count(len(found.misfits), 'thing is', 'things are')} gone" if found.misfits else "all of it fits"
        typer.echo(f"{found.save}: {gone}")


def _plain(found: Found) -> dict[str, Any]:
    from npc_engine.content.numbers import number_of

    def plain(one: Mistake) -> dict[str, Any]:
        return {**asdict(one), "number": number_of(one.message)}

    return {
        "folder": found.folder.as_posix(),
        "personas": len(found.content.personas) if found.content else None,
        "facts": len(found.content.facts) if found.content else None,
        "mistakes": [plain(mistake) for mistake in found.mistakes],
        "advice": [plain(advice) for advice in found.advice],
        **({"gone": [str(misfit) for misfit in found.misfits]} if found.save is not None else {}),
    }


def _wait_for_a_change(folder: Path) -> None:
    """Return once a file was saved, and no other for as long as an editor needs to save it whole."""
    from npc_engine.content.watcher import stamp

    def seen() -> tuple[Any, ...]:
        return stamp(folder), stamp(folder / "tests")

    before = now = seen()
    while now == before:
        time.sleep(POLL)
        now = seen()
    while True:
        time.sleep(POLL)
        if (later := seen()) == now:
            return
        now = later


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
