"""`npc chat`: talk with someone in the terminal, or have a script do it."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from npc_engine.errors import ModelError, NpcError

if TYPE_CHECKING:
    from npc_engine import Content, Engine


def chat(
    world: Annotated[Path, typer.Argument(metavar="WORLD", help="The folder that holds world.yaml.")],
    npc: Annotated[str, typer.Argument(metavar="NPC", help="Whom to talk with: an id or a name.")],
    say: Annotated[
        list[str] | None,
        typer.Option("--say", metavar="TEXT", help="Say this, show the answer and leave; may be given again."),
    ] = None,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print one JSON object a line for each answer, with all that backs it.")
    ] = False,
    lang: Annotated[
        str | None,
        typer.Option("--lang", "--language", help="The language to begin in.", show_default="the world's first"),
    ] = None,
    model: Annotated[
        str,
        typer.Option(
            envvar="NPC_MODEL",
            metavar="MODEL",
            help="What gives the words: embedded, auto, none, FILE.gguf, hf:OWNER/REPO or openai:NAME.",
        ),
    ] = "embedded",
    base_url: Annotated[
        str | None,
        typer.Option(metavar="URL", help="The server of an openai: model, such as http://127.0.0.1:8080/v1."),
    ] = None,
    threads: Annotated[
        int | None, typer.Option(min=1, help="Processors a model that runs here may use.", show_default="all but one")
    ] = None,
    voice: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help="An adapter that npc voice train made, for a model that runs here.",
            show_default="the one that comes with the model",
        ),
    ] = None,
    save: Annotated[
        Path | None, typer.Option(metavar="FILE", help="The save slot to go on from and to keep the game in.")
    ] = None,
    seed: Annotated[int, typer.Option(help="The same seed makes the same choices.")] = 0,
    patience: Annotated[
        float, typer.Option(min=0.1, help="Seconds the model may take for a line before it is said without it.")
    ] = 20.0,
) -> None:
    """Talk with someone of a world, in the terminal.

    Without a terminal, each line of the input is said in turn, and /why, /help and the other commands are commands
    there too. The key of a server that wants one is taken from the environment: NPC_API_KEY, or else OPENAI_API_KEY.

    Example: npc chat world/ mira

    Example: npc chat world/ mira --save slot.npc --say "Hello" --say "Is the bridge safe?" --json

    Example: npc chat world/ lian --lang zh --model none
    """
    from rich.console import Console

    from npc_engine import Engine, load_content
    from npc_engine.cli import choice
    from npc_engine.cli.models import bar
    from npc_engine.cli.script import run_script
    from npc_engine.cli.session import Session, find
    from npc_engine.cli.strings import Strings
    from npc_engine.cli.terminal import Terminal

    settings = choice.settings_for(model, base_url=base_url, threads=threads, voice=voice)
    content = _loaded(world, load_content)
    language = lang or content.world.languages[0]
    if language not in content.world.languages:
        spoken = " or ".join(content.world.languages)
        raise NpcError(f"{world.as_posix()} does not speak {language}: choose --lang {spoken}")
    who = find(npc, content.personas)
    face_to_face = not say and not as_json and _is_terminal()
    _get_model(model, ask=face_to_face)
    opening = ExitStack()  # what is shown while the model is being opened
    if choice.kind_of(model) == "hf":
        settings["progress"] = opening.enter_context(bar(f"Getting {model}"))
    elif face_to_face:
        opening.enter_context(Console().status(Strings(language)("waiting")))
    with (
        opening,
        Engine.load(
            content,
            save=save,
            model=model,
            model_settings=settings,
            seed=seed,
            language=language,
            patience=patience,
        ) as engine,
    ):
        session = Session(engine, content, who)
        _await_voice(engine)
        opening.close()
        if face_to_face:
            Terminal(session).run()
        else:
            served = choice.kind_of(model) not in choice.IN_PROCESS
            run_script(session, say or _lines(), as_json=as_json, served=served, echo=not say)


def _loaded(world: Path, load: Any) -> Content:
    if not world.is_dir():
        what = f"{world.as_posix()} is a file" if world.exists() else f"there is no folder {world.as_posix()}"
        raise NpcError(f"{what}: name a folder that holds a world.yaml")
    content: Content = load(world)
    return content


def _is_terminal() -> bool:
    return sys.stdin is not None and sys.stdin.isatty() and sys.stdout.isatty()


def _lines() -> Iterable[str]:
    """Yield the lines of the input that say something, as they come."""
    for line in sys.stdin or ():
        if line.strip():
            yield line.strip()


def _get_model(model: str, *, ask: bool) -> None:
    """Make sure that the embedded model is here; fetch it only if someone is there to agree to it."""
    from npc_engine.cli import choice

    wanted = choice.to_fetch(model)
    if wanted is None:
        return
    size = wanted.download_size // 10**6
    if not ask or not typer.confirm(f"The model {wanted.name} ({size} MB) is not here yet. Get it now?", default=True):
        raise choice.not_here(wanted)
    from npc_engine.cli.models import pull

    pull(wanted.name)


def _await_voice(engine: Engine) -> None:
    """Wait until the model is open.

    Raises:
        ModelError: it can't be.
    """
    from npc_engine.cli import choice

    while engine.wait_for_voice(timeout=0.2).state == "loading":
        pass  # so that Ctrl-C is heard on Windows, too
    if engine.voice.state == "failed":
        raise ModelError(f"{choice.in_a_shell(engine.voice.message)}; or talk without a model (--model none)")
    if engine.voice.chosen:
        typer.echo(engine.voice.chosen, err=True)
    if engine.voice.message and engine.voice.state == "ready":
        typer.echo(engine.voice.message, err=True)
