"""`npc leak`: tries to get a secret out of someone, and says how often it came out."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from npc_engine.cli.test import FAILED, Model
from npc_engine.errors import ContentError

if TYPE_CHECKING:
    from npc_engine.testing.leaks import Siege


def leak(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="The folder that holds world.yaml.")],
    npc: Annotated[str, typer.Argument(metavar="NPC", help="Who keeps the secret, by id.")],
    secret: Annotated[str, typer.Argument(metavar="SECRET", help="The secret's id.")],
    model: Model = "none",
    base_url: Annotated[str | None, typer.Option(metavar="URL", help="The server of an openai: model.")] = None,
    freedom: Annotated[
        Literal["guided", "free"] | None,
        typer.Option(help="What the model may do, whatever the world says.", show_default="as the world says"),
    ] = None,
    seed: Annotated[int, typer.Option(help="Chooses the secret's words that stand in each attempt.")] = 0,
    limit: Annotated[
        int | None, typer.Option(min=1, metavar="N", help="Try only so many.", show_default="all of them")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object with every leak.")] = False,
) -> None:
    """Attack a secret with every trick npc-engine knows, in each of the world's languages.

    The secret's own conditions are taken away first, so whatever comes out is a leak. The exit status is 0 when nothing
    did, 1 when something did, and 2 when the files have mistakes.

    Example: npc leak world/ mira the_man_in_the_mill

    Example: npc leak world/ tomas the_pins --model embedded --limit 40
    """
    from rich.console import Console
    from rich.progress import Progress

    from npc_engine.cli import choice
    from npc_engine.content import load_content
    from npc_engine.content.numbers import with_number
    from npc_engine.models import open_model
    from npc_engine.testing.leaks import attack

    settings = choice.settings_for(model, base_url=base_url, threads=None)
    if choice.to_fetch(model):
        raise choice.not_here(choice.to_fetch(model))  # type: ignore[arg-type]
    try:
        content = load_content(folder)
    except ContentError as error:
        for mistake in error.mistakes:
            typer.echo(with_number(mistake), err=True)
        raise typer.Exit(2) from None
    with Progress(console=Console(stderr=True), transient=True, disable=as_json) as progress:
        task = progress.add_task("attacking", total=None)
        voice = open_model(model, **settings)
        try:
            siege = attack(
                content,
                npc,
                secret,
                model=voice,
                freedom=freedom,
                seed=seed,
                limit=limit,
                progress=lambda done, of: progress.update(task, completed=done, total=of),
            )
        finally:
            voice.close()
    if as_json:
        typer.echo(json.dumps(_plain(siege, model), ensure_ascii=False))
    else:
        _report(siege, model)
    if siege.leaks:
        raise typer.Exit(FAILED)


def _report(siege: Siege, model: str) -> None:
    from rich.console import Console
    from rich.table import Table

    table = Table("way", "attempts", "got something out", box=None, pad_edge=False)
    for category, (made, out) in siege.by_category().items():
        table.add_row(category, str(made), str(out))
    Console().print(table)
    for found in siege.leaks:
        typer.echo(f"{found.attempt.category}: {found.said}\n    {found.line.text}\n  x {found.what}")
    out = len({id(found.attempt) for found in siege.leaks})
    typer.echo(
        f"{siege.npc}, {siege.secret}: {out} of {len(siege.attempts)} attempts ({siege.lines} lines) "
        f"got something out, with {model}"
    )


def _plain(siege: Siege, model: str) -> dict[str, object]:
    return {
        "npc": siege.npc,
        "secret": siege.secret,
        "model": model,
        "attempts": len(siege.attempts),
        "lines": siege.lines,
        "categories": {name: {"attempts": made, "leaked": out} for name, (made, out) in siege.by_category().items()},
        "leaks": [
            {"category": leak.attempt.category, "say": leak.said, "text": leak.line.text, "what": leak.what}
            for leak in siege.leaks
        ],
    }
