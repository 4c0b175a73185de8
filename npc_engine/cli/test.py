"""`npc test`: has the conversations an author wrote down, and says which did not go as they should."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from npc_engine.errors import ContentError

if TYPE_CHECKING:
    from npc_engine.testing.running import Result

FAILED = 1
"""Exit status when a talk did not go as it should."""

Model = Annotated[
    str,
    typer.Option(
        envvar="NPC_TEST_MODEL",
        metavar="MODEL",
        help="What gives the words: none, embedded, FILE.gguf, hf:OWNER/REPO or openai:NAME.",
    ),
]


def try_talks(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="The folder that holds world.yaml and tests/.")],
    tests: Annotated[
        Path | None, typer.Option(metavar="FOLDER", help="Where the tests are.", show_default="FOLDER/tests")
    ] = None,
    model: Model = "none",
    base_url: Annotated[str | None, typer.Option(metavar="URL", help="The server of an openai: model.")] = None,
    runs: Annotated[int, typer.Option(min=1, help="How often each talk is had, with another seed each time.")] = 1,
    seed: Annotated[int, typer.Option(help="The first seed.")] = 0,
    only: Annotated[str, typer.Option(metavar="TEXT", help="Only talks with this in their title or file.")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object with every failure.")] = False,
) -> None:
    """Have the conversations in FOLDER/tests/ and say which did not go as written, and why.

    The exit status is 0 when all went well, 1 when some did not, and 2 when the files have mistakes.

    Example: npc test world/

    Example: npc test world/ --model embedded --runs 5
    """
    from rich.console import Console
    from rich.progress import Progress

    from npc_engine.cli import choice
    from npc_engine.content import load_content
    from npc_engine.content.numbers import with_number
    from npc_engine.testing.running import run_talks
    from npc_engine.testing.talks import load_talks

    settings = choice.settings_for(model, base_url=base_url, threads=None)
    if choice.to_fetch(model):
        raise choice.not_here(choice.to_fetch(model))  # type: ignore[arg-type]
    try:
        content = load_content(folder)
        talks = [talk for talk in load_talks(content, tests) if only in talk.title]
    except ContentError as error:
        for mistake in error.mistakes:
            typer.echo(with_number(mistake), err=True)
        raise typer.Exit(2) from None
    results: list[Result] = []
    with Progress(console=Console(stderr=True), transient=True, disable=as_json) as progress:
        task = progress.add_task("talking", total=len(talks) * runs)
        for result in run_talks(content, talks, model=model, model_settings=settings, runs=runs, seed=seed):
            results.append(result)
            progress.advance(task)
    if as_json:
        typer.echo(json.dumps(_plain(results, model), ensure_ascii=False))
    else:
        _report(results, folder)
    if not all(result.passed for result in results):
        raise typer.Exit(FAILED)


def _report(results: list[Result], folder: Path) -> None:
    for result in results:
        if not result.passed:
            typer.echo(result.report())
    failed = sum(not result.passed for result in results)
    turns = sum(len(result.talk.talk.turns) for result in results)
    went = f"{failed} {'talk' if failed == 1 else 'talks'} did not go as written" if failed else "all went as written"
    typer.echo(f"{folder.as_posix().rstrip('/')}/: {len(results)} talks, {turns} turns, {went}")


def _plain(results: list[Result], model: str) -> dict[str, object]:
    return {
        "model": model,
        "talks": len(results),
        "failed": sum(not result.passed for result in results),
        "failures": [
            {"talk": result.talk.title, "seed": result.seed} | failure.as_dict()
            for result in results
            for failure in result.failures
        ],
    }
