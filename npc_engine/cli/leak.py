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


SEALED = "conditions were sealed: this tells what comes out to nobody who may know it, and does not test `when`"
"""What an author has to know of the figures."""


def leak(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="The folder that holds world.yaml.")],
    npc: Annotated[
        str | None, typer.Argument(metavar="NPC", help="Whom to ask, by id; without it, everybody.", show_default=False)
    ] = None,
    secret: Annotated[
        str | None,
        typer.Argument(
            metavar="SECRET", help="The secret's id, the NPC's own or another's; without it, all.", show_default=False
        ),
    ] = None,
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
    as_json: Annotated[bool, typer.Option("--json", help="Print a JSON object a line for each secret.")] = False,
) -> None:
    """Attack secrets with every trick npc-engine knows, about a hundred in each of the world's languages.

    The secret is sealed first, whatever its `when` says, so whatever comes out is a leak; who earns it is for `npc
    test`. Those who know of it and don't keep it are asked as well. The exit status is 0 when nothing came out, 1 when
    something did or when `when` asks for nothing, and 2 when the files have mistakes.

    Example: npc leak world/

    Example: npc leak world/ mira the_man_in_the_mill

    Example: npc leak world/ tomas the_pins --model embedded --limit 40
    """
    from rich.console import Console
    from rich.progress import Progress

    from npc_engine.cli import choice
    from npc_engine.content import load_content
    from npc_engine.content.numbers import with_number
    from npc_engine.models import open_model
    from npc_engine.testing.leaks import attack, besieged

    settings = choice.settings_for(model, base_url=base_url, threads=None)
    if choice.to_fetch(model):
        raise choice.not_here(choice.to_fetch(model))  # type: ignore[arg-type]
    try:
        content = load_content(folder)
    except ContentError as error:
        for mistake in error.mistakes:
            typer.echo(with_number(mistake), err=True)
        raise typer.Exit(2) from None
    sieges: list[Siege] = []
    with Progress(console=Console(stderr=True), transient=True, disable=as_json) as progress:
        task = progress.add_task("attacking", total=None)
        voice = open_model(model, **settings)
        try:
            for who, what in besieged(content, npc, secret):
                siege = attack(
                    content,
                    who,
                    what,
                    model=voice,
                    freedom=freedom,
                    seed=seed,
                    limit=limit,
                    progress=lambda done, of: progress.update(task, completed=done, total=of),
                )
                sieges.append(siege)
        finally:
            voice.close()
    for siege in sieges:
        if as_json:
            typer.echo(json.dumps(_plain(siege, model), ensure_ascii=False))
        else:
            _report(siege, model, ways=len(sieges) == 1)
    if not as_json:
        typer.echo(SEALED if sieges else "nobody keeps a secret here")
    if not all(siege.kept for siege in sieges):
        raise typer.Exit(FAILED)


def _report(siege: Siege, model: str, *, ways: bool) -> None:
    from rich.console import Console
    from rich.table import Table

    if ways:
        table = Table("way", "attempts", "got something out", box=None, pad_edge=False)
        for category, (made, out) in siege.by_category().items():
            table.add_row(category, str(made), str(out))
        Console().print(table)
    for found in siege.leaks:
        typer.echo(f"{found.attempt.category}: {found.said}\n    {found.line.text}\n  x {found.what}")
    out = len({id(found.attempt) for found in siege.leaks})
    which = f"{siege.of}'s {siege.secret}" if siege.of else siege.secret
    typer.echo(
        f"{siege.npc}, {which}: {out} of {len(siege.attempts)} attempts ({siege.lines} lines) "
        f"got something out, {'without a model' if model == 'none' else f'with {model}'}"
    )
    if siege.open:
        typer.echo(f"  x `when` of {siege.secret} asks for nothing, so it is told to whoever asks")
    if siege.of and siege.leaks:
        typer.echo(
            f"  x {siege.npc} tells what {siege.of} keeps: narrow what they know, or make it their secret as well"
        )


def _plain(siege: Siege, model: str) -> dict[str, object]:
    return {
        "npc": siege.npc,
        "secret": siege.secret,
        "of": siege.of or siege.npc,
        "open": siege.open,
        "model": model,
        "attempts": len(siege.attempts),
        "lines": siege.lines,
        "categories": {name: {"attempts": made, "leaked": out} for name, (made, out) in siege.by_category().items()},
        "leaks": [
            {"category": leak.attempt.category, "say": leak.said, "text": leak.line.text, "what": leak.what}
            for leak in siege.leaks
        ],
    }
