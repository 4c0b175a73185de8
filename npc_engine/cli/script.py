"""`npc chat` without a terminal: says one thing after another and prints the answers."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

import typer

from npc_engine import NpcError, SaveError, StoryBeat
from npc_engine.cli.commands import LEAVING, Commands
from npc_engine.cli.session import Session, TurnResult, follow
from npc_engine.cli.status import FAILED


def run_script(session: Session, says: Iterable[str], *, as_json: bool, served: bool, echo: bool = False) -> None:
    """Say each text in turn and print what comes of it: plain lines, each after what was said where it is to `echo`, or
    JSON, an object a line. What begins with a slash is a command, as face to face, of which JSON is told on stderr.

    Stops at the first line that could not be saved. Lines that the model failed to word are said without it, and why
    is told on stderr, each reason once; with a model on a server (`served`) the command then ends as one that failed.

    Raises:
        NpcError: a command can't be done.
        SaveError: the slot can't be written.
        typer.Exit: all was said, but the server did not give the words.
    """
    troubles: set[str] = set()
    begun = session.new_beats()
    if not as_json and not session.resumed:
        _print_beats(begun, session)
    complaints: list[str] = []
    commands = Commands(session, lambda text: typer.echo(text, err=as_json), complaints.append)
    for text in says:
        if text.partition(" ")[0] in LEAVING:
            break
        if not as_json and echo:
            print(f"> {text}")
        if commands.did(text):
            if complaints:  # what comes after it may be for somebody else
                raise NpcError(complaints[-1])
            continue
        reply = session.say(text)
        if as_json:
            turn = session.finish(reply)
            so_far = {"usage_so_far": session.engine.usage().as_dict()}
            print(json.dumps(as_object(turn) | so_far, ensure_ascii=False), flush=True)
        else:
            print(session.strings("says", name=session.name(session.npc)), end="", flush=True)
            follow(reply, lambda piece: print(piece, end="", flush=True))
            turn = session.finish(reply)
            print()
            for action in turn.line.actions:
                print(session.strings("did", action=action.text))
            _print_beats(turn.beats, session)
        commands.line = turn.line
        if turn.unsaved:
            saved = str(turn.unsaved).removesuffix("; nothing is lost yet")
            raise SaveError(f"{saved}; all but what was said last is in it")
        if turn.trouble and turn.trouble not in troubles:
            troubles.add(turn.trouble)
            mend = ": check --model, --base-url and that the server is up" if served else ""
            typer.echo(f"{turn.trouble}; the last line was worded without it{mend}", err=True)
    if troubles and served:
        raise typer.Exit(FAILED)


def as_object(turn: TurnResult) -> dict[str, Any]:
    """Return a turn as plain data for JSON: the line's own, and the steps of the `story` that it led to."""
    return turn.line.as_dict() | {
        "story": [{"id": b.id, "title": b.title, "text": b.text, "ending": b.ending} for b in turn.beats]
    }


def _print_beats(beats: list[StoryBeat], session: Session) -> None:
    for beat in beats:
        print(session.strings("beat", title=beat.title, text=beat.text), flush=True)
