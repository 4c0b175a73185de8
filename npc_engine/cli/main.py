"""The `npc` command: what it can do, and how it says that something can't be done."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from functools import cache
from typing import Annotated, Any

import typer

from npc_engine import __version__
from npc_engine.cli.canon import canon
from npc_engine.cli.cards import export, import_
from npc_engine.cli.chat import chat
from npc_engine.cli.check import check
from npc_engine.cli.ear import ear_app
from npc_engine.cli.graph import graph_app
from npc_engine.cli.leak import leak
from npc_engine.cli.memory import memory
from npc_engine.cli.models import models_app
from npc_engine.cli.new import new
from npc_engine.cli.schema import schema
from npc_engine.cli.slots import recover, slots_app
from npc_engine.cli.status import FAILED, STOPPED, UNREAD
from npc_engine.cli.test import try_talks
from npc_engine.cli.translate import strings_app
from npc_engine.cli.voice import voice_app
from npc_engine.errors import ContentError, NpcError

app = typer.Typer(
    name="npc",
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command()(new)
app.command()(chat)
app.command()(check)
app.command("test")(try_talks)
app.command()(schema)
app.command("import")(import_)
app.command()(export)
app.command()(leak)
app.command()(memory)
app.command()(canon)
app.command()(recover)
app.add_typer(ear_app, name="ear")
app.add_typer(graph_app, name="graph")
app.add_typer(models_app, name="models")
app.add_typer(slots_app, name="slots")
app.add_typer(strings_app, name="strings")
app.add_typer(voice_app, name="voice")


def _tell_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"npc-engine {__version__}")
        raise typer.Exit


@app.callback(invoke_without_command=True)
def npc(
    context: typer.Context,
    version: Annotated[
        bool, typer.Option("--version", callback=_tell_version, is_eager=True, help="Show the version and leave.")
    ] = False,
) -> None:
    """Game characters that know what they should, remember, and speak.

    Example: npc chat world/ mira

    Example: npc check world/
    """
    if context.invoked_subcommand is None:
        typer.echo(context.get_help())


def run(arguments: Sequence[str] | None = None) -> int:
    """Do what the command line says and give the exit status; whatever a user can cause is one sentence on stderr."""
    _write_utf8()
    status = _tried(sys.argv[1:] if arguments is None else arguments)
    try:
        sys.stdout.flush()
    except OSError as error:
        return _unwritable(error)
    return status


def _tried(arguments: Sequence[str]) -> int:
    try:
        # Not `app()`: that would word errors itself, in several lines.
        command = _command()
        with command.make_context("npc", list(arguments)) as context:
            command.invoke(context)
    except typer.Exit as leaving:
        return leaving.exit_code
    except (KeyboardInterrupt, typer.Abort):
        return _fail("stopped", STOPPED)
    except typer.TyperException as error:  # a word or an option too many, too few or wrong
        return _fail(_usage(error)) if error.format_message() else FAILED  # else help was shown
    except SystemExit:  # of rich, when the reader of its output has gone
        return UNREAD
    except ContentError as error:
        return _fail(_first(error))
    except NpcError as error:
        return _fail(str(error))
    except OSError as error:
        if isinstance(error, BrokenPipeError) or (error.errno == errno.ENOSPC and error.filename is None):
            return _unwritable(error)
        return _fail(f"{error.filename or 'a file'} can't be used: {error.strerror or error}")
    return 0


@cache
def _command() -> Any:
    """Return all commands, put together once."""
    return typer.main.get_command(app)


def _fail(message: str, status: int = FAILED) -> int:
    with suppress(OSError):
        typer.echo(message, err=True)
    return status


def _unwritable(error: OSError) -> int:
    """Return the status of a command whose output can't be shown, said where it is not just that nobody reads on.

    What was said is in the save all the same.
    """
    with suppress(OSError, ValueError):  # what is still buffered would be tried again at the end, with a traceback
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    if isinstance(error, BrokenPipeError):
        return UNREAD
    return _fail("the output can't be written any more: the disk is full")


def _usage(error: typer.TyperException) -> str:
    """Return what is wrong with the command line, and where to read what is right."""
    message = " ".join(error.format_message().split())
    context = getattr(error, "ctx", None)
    see = f"`{context.command_path if context else 'npc'} --help`"
    return f"{message} See {see}" if message.endswith("?") else f"{message.rstrip('.')}: see {see}"


def _first(error: ContentError) -> str:
    from npc_engine.content.numbers import with_number  # there by now: who found the mistakes has loaded it

    more = len(error.mistakes) - 1
    rest = f" (and {more} more: `npc check` lists them)" if more > 0 else ""
    return f"{with_number(error.mistakes[0])}{rest}"


def _write_utf8() -> None:
    """Let any language through pipes and files, and nothing fail for a letter that a terminal can't show."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding=None if stream.isatty() else "utf-8", errors="replace")
    if sys.stdin is not None and hasattr(sys.stdin, "reconfigure") and not sys.stdin.isatty():
        sys.stdin.reconfigure(encoding="utf-8", errors="replace")


if __name__ == "__main__":
    sys.exit(run())
