"""Plays conversations through whichever npc_engine Python finds: `played.py` runs it as a script, in its own process.

It uses the front door alone, and nothing of this checkout, so that an older engine can be played by the same hand.
Reads one JSON object from standard input: `model`, a spec or `none`; `settings` for it; `older`, whether worlds may
hold what this engine does not know yet; and `talks`, each with `id`, `world` (a folder), `npc`, `language` and `lines`:
texts to say, and numbers of minutes after which the player comes back. Writes a JSON object a line for each
conversation played: `id` and `replies`.
"""

from __future__ import annotations

import json
import shutil
import sys
import tempfile
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Any

import yaml

from npc_engine import Content, ContentError, Conversation, Engine, LanguageModel, Mistake, load_content, open_model

PLAYER = "player"
WAIT = 600.0
"""Seconds that a reply may take: far more than it does on a machine that others use too."""
PATIENCE = 500.0
"""Seconds that a model has for a line, so that what is judged does not hang on how busy the machine was."""
PAUSE = 0.5
"""Game minutes that go by before each line of the player's but the first."""
ROUNDS = 20
"""How often a world is looked through for what an older engine does not know: what goes may leave other things bare."""

Place = tuple[int, int]
"""Line and column, counted from 0."""


@cache
def _content(world: str, older: bool) -> Content:
    if not older:
        return load_content(world)
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / Path(world).name
        shutil.copytree(world, copy)
        for _ in range(ROUNDS):
            try:
                return load_content(copy)
            except ContentError as error:
                print(f"{world}: {len(error.mistakes)} things left out for this engine", file=sys.stderr)
                for file, mistakes in groupby(error.mistakes, key=lambda mistake: mistake.file):
                    _leave_out(Path(file), mistakes)
    return load_content(world)  # says what is still wrong


def _leave_out(file: Path, mistakes: Iterable[Mistake]) -> None:
    """Write a file of a world without the keys and entries that hold these mistakes."""
    root = yaml.compose(file.read_text(encoding="utf-8"), Loader=yaml.SafeLoader)
    assert root is not None, f"{file} holds nothing, and cannot hold a mistake"
    places = [(mistake.line - 1, mistake.column - 1) for mistake in mistakes]
    for entries, entry in [_innermost(root, place) for place in places]:
        if entry in entries:
            entries.remove(entry)
    file.write_text(yaml.serialize(root, allow_unicode=True), encoding="utf-8")


def _innermost(node: yaml.Node, place: Place) -> tuple[list[Any], Any]:
    """Return the entry that a place is in, and the list it stands in: a key with its value, or one of a list."""
    for entry, start, value in _entries(node):
        if start <= place < _end(value):
            inner = _innermost(value, place)
            return inner if inner[0] else (node.value, entry)
    return [], None


def _entries(node: yaml.Node) -> Iterator[tuple[Any, Place, yaml.Node]]:
    if isinstance(node, yaml.MappingNode):
        yield from ((pair, _start(pair[0]), pair[1]) for pair in node.value)
    elif isinstance(node, yaml.SequenceNode):
        yield from ((one, _start(one), one) for one in node.value)


def _start(node: yaml.Node) -> Place:
    return node.start_mark.line, node.start_mark.column


def _end(node: yaml.Node) -> Place:
    return node.end_mark.line, node.end_mark.column


def _opened(talk: dict[str, Any], slot: Path, model: LanguageModel) -> Engine:
    content = _content(talk["world"], talk["older"])
    return Engine.load(content, save=slot, model=model, language=talk["language"], patience=PATIENCE)


def _approach(engine: Engine, npc: str) -> Conversation:
    """Walk up to an NPC and begin to talk."""
    if place := engine.place_of(npc):
        engine.move(PLAYER, place)
    return engine.talk_to(npc)


def play(talk: dict[str, Any], model: LanguageModel) -> list[dict[str, str]]:
    """Return what the NPC said to each of the player's lines, with the act it was heard as and who worded it."""
    with tempfile.TemporaryDirectory() as folder:
        slot = Path(folder) / "slot.npc"
        engine = _opened(talk, slot, model)
        try:
            conversation = _approach(engine, talk["npc"])
            replies: list[dict[str, str]] = []
            for line in talk["lines"]:
                if not isinstance(line, str):
                    conversation.leave()
                    engine.save()
                    engine.close()
                    engine = _opened(talk, slot, model)
                    engine.advance(minutes=line)
                    conversation = _approach(engine, talk["npc"])
                    continue
                if replies:
                    engine.advance(minutes=PAUSE)
                said = conversation.say(line).line(timeout=WAIT)
                replies.append({"reply": said.text, "act": said.act, "move": said.move, "worded_by": said.model})
                if said.trouble:
                    replies[-1]["trouble"] = said.trouble
            return replies
        finally:
            engine.close()


def main() -> None:
    """Play what standard input holds."""
    task = json.load(sys.stdin)
    model = open_model(task["model"], **task["settings"])
    try:
        for talk in task["talks"]:
            talk["older"] = task["older"]
            print(json.dumps({"id": talk["id"], "replies": play(talk, model)}, ensure_ascii=False), flush=True)
    finally:
        model.close()


if __name__ == "__main__":
    main()
