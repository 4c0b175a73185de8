"""`npc memory`: what someone in a save remembers and believes, to look at and to change."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from npc_engine.cli.draw import Font, Force, Lang, Theme, draw_timeline
from npc_engine.errors import NpcError, SaveError, UnknownNameError

if TYPE_CHECKING:
    from npc_engine import Belief, Engine, Memory

MOST_MEMORIES, MOST_MOMENTS = 40, 200
"""How many memories are shown, and moments drawn, unless more are asked for."""


def memory(
    save: Annotated[Path, typer.Argument(metavar="SAVE", help="The save slot.")],
    npc: Annotated[str, typer.Argument(metavar="NPC", help="Whose mind, by id.")],
    world: Annotated[
        Path | None,
        typer.Option(
            metavar="FOLDER", help="The folder that holds world.yaml: names, and what they knew from the beginning."
        ),
    ] = None,
    find: Annotated[str, typer.Option(metavar="TEXT", help="Only what bears on this, the best first.")] = "",
    limit: Annotated[
        int | None,
        typer.Option(
            min=1, metavar="N", help="Show so many at most, the latest.", show_default="40 memories, 200 in a timeline"
        ),
    ] = None,
    add: Annotated[str, typer.Option(metavar="TEXT", help="Let them remember this.")] = "",
    edit: Annotated[
        int | None, typer.Option(metavar="ID", help="Let them remember this memory in the words of --text.")
    ] = None,
    text: Annotated[str, typer.Option(metavar="TEXT", help="The words for --edit.")] = "",
    believe: Annotated[
        str, typer.Option(metavar="FACT", help="Let them believe this: a subject, a predicate and an object.")
    ] = "",
    disbelieve: Annotated[str, typer.Option(metavar="FACT", help="Let them believe that this is not so.")] = "",
    sure: Annotated[float, typer.Option(min=0.0, max=1.0, help="How sure they are of it.")] = 1.0,
    forget: Annotated[
        str, typer.Option(metavar="ID|FACT", help="Take this memory, or what they hold of this fact, from them.")
    ] = "",
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
    timeline: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Draw their life by days into this .html, .svg or .png.", show_default=False),
    ] = None,
    lang: Lang = None,
    theme: Theme = None,
    font: Font = None,
    force: Force = False,
) -> None:
    """Show what someone in a save remembers and believes, or change it; or draw their life.

    Each change is an event in the save, so that a rewind takes it back; without one the save is not touched. What
    happened stays in the chronicle, and with others who were there.

    Example: npc memory slot.npc mira --world world/

    Example: npc memory slot.npc mira --find "the bridge"

    Example: npc memory slot.npc mira --edit 120 --text "The stranger paid for the bread."

    Example: npc memory slot.npc mira --forget 120

    Example: npc memory slot.npc mira --believe "bridge condition sound" --sure 0.8

    Example: npc memory slot.npc mira --world world/ --timeline mira.html
    """
    if (edit is None) != (not text):
        raise NpcError("--edit names a memory and --text its words: give both, or neither")
    changes = [bool(add), edit is not None, bool(believe), bool(disbelieve), bool(forget)]
    if not save.is_file():
        raise SaveError(f"there is no save slot at {save}")
    if timeline is not None and world is None:
        raise NpcError("--timeline draws with the names of a world: add --world FOLDER")
    with _opened(save, world, change=any(changes)) as engine:
        _someone(engine, npc, save)
        if add:
            engine.record(add, audience=[npc])
        if edit is not None:
            engine.amend(npc, edit, text)
        for fact, holds in ((believe, True), (disbelieve, False)):
            if fact:
                engine.believe(npc, (*_parts(fact), holds), confidence=sure)
        if forget:
            engine.forget(npc, int(forget) if forget.isdigit() else ".".join(_parts(forget)))
        if any(changes):
            engine.save()
        if timeline is not None and world is not None:
            most = limit or MOST_MOMENTS
            draw_timeline(engine, world, npc, timeline, lang=lang, theme=theme, font=font, limit=most, force=force)
            return
        found = _look(engine, npc, find, limit or MOST_MEMORIES)
    if as_json:
        typer.echo(
            json.dumps(
                {"npc": npc, "memories": found.memories, "beliefs": found.beliefs, "improvised": found.improvised},
                ensure_ascii=False,
            )
        )
    else:
        _show(found)


@dataclass(frozen=True, slots=True)
class _Found:
    """What is shown of a mind; `more` memories are not."""

    name: str
    memories: list[dict[str, Any]]
    beliefs: list[dict[str, Any]]
    improvised: list[dict[str, Any]]
    more: int


def _opened(save: Path, world: Path | None, *, change: bool) -> Engine:
    """Return the save's game, in its file when something is to be changed, otherwise as a copy in memory."""
    from npc_engine import Engine

    slot = save if change else None
    engine = Engine.new(save=slot) if world is None else Engine.load(world, save=slot, model="none", gossip=False)
    if not change:
        try:
            engine.restore(save)
        except BaseException:
            engine.close()
            raise
    return engine


def _someone(engine: Engine, npc: str, save: Path) -> None:
    if npc in engine.people:
        return
    known = {who for event in engine.events for who in event.audience} | engine.people.keys()
    if npc not in known:
        raise UnknownNameError("NPC", npc, known)


def _parts(fact: str) -> tuple[str, str, str]:
    parts = fact.split() if " " in fact else fact.split(".")
    if len(parts) != 3:
        raise NpcError(
            f'{fact!r} is no fact: give a subject, a predicate and an object, as in "bridge condition sound"'
        )
    return parts[0], parts[1], parts[2]


def _look(engine: Engine, npc: str, find: str, limit: int) -> _Found:
    kept = engine.memories(npc)
    shown = [one.memory for one in engine.recall(npc, find, limit)] if find else kept[-limit:]
    held = [belief for belief in engine.beliefs(npc) if _bears_on(engine, belief, find)]
    return _Found(
        engine.name(npc),
        [_memory(engine, one) for one in shown],
        [_belief(engine, one) for one in held],
        [{"event": event, "text": text} for text, event in engine.improvised(npc).items()],
        0 if find else len(kept) - len(shown),
    )


def _bears_on(engine: Engine, belief: Belief, find: str) -> bool:
    said = f"{belief.id.replace('.', ' ')} {engine.word(belief.statement)}".casefold()
    wanted = [
        word for word in find.casefold().split() if len(word) > 3 or not word.isascii()
    ] or find.casefold().split()
    return not wanted or any(word in said for word in wanted)


def _memory(engine: Engine, one: Memory) -> dict[str, Any]:
    return {
        "id": one.event_id,
        "at": one.at.isoformat(timespec="minutes"),
        "speaker": one.speaker,
        "name": engine.name(one.speaker) if one.speaker else "",
        "text": one.text,
    }


def _belief(engine: Engine, one: Belief) -> dict[str, Any]:
    return {
        "fact": one.id,
        "text": engine.word(one.statement),
        "confidence": one.confidence,
        "how": one.how,
        "by": one.by,
        "at": one.at.isoformat(timespec="minutes") if one.at else None,
        "event": one.event,
    }


def _show(found: _Found) -> None:
    from rich.console import Console
    from rich.markup import escape
    from rich.table import Table

    from npc_engine.text import cleaned

    def shown(text: str) -> str:
        return escape(cleaned(text))  # an older engine stored what was typed as it was

    console = Console()
    older = f" ({found.more} older ones not shown: --limit)" if found.more else ""
    name = cleaned(found.name)
    typer.echo(f"{name}: {_count(len(found.memories), 'memory', 'memories')}{older}")
    if found.memories:
        table = Table("id", "when", "who", "memory", box=None, pad_edge=False)
        for one in found.memories:
            when = one["at"].replace("T", " ")
            table.add_row(*map(shown, (str(one["id"]), when, one["name"], one["text"])))
        console.print(table)
    typer.echo(f"{name}: {_count(len(found.beliefs), 'belief', 'beliefs')}")
    if found.beliefs:
        table = Table("sure", "how", "belief", box=None, pad_edge=False)
        table.add_column("fact", overflow="fold")  # whole, for it is what --forget takes
        for one in found.beliefs:
            how = f"{one['how']} by {one['by']}" if one["by"] else one["how"]
            table.add_row(*map(shown, (f"{one['confidence']:.0%}", how, one["text"], one["fact"])))
        console.print(table)
    _show_made_up(found, name)


def _show_made_up(found: _Found, name: str) -> None:
    """Show what a model made up of their life, which holds; `npc canon` gives it as YAML."""
    if found.improvised:
        typer.echo(f"{name}: {_count(len(found.improvised), 'thing', 'things')} made up of their own life")
        for one in found.improvised:
            typer.echo(f"  {one['event']}  {one['text']}")


def _count(number: int, one: str, many: str) -> str:
    return f"{number or 'no'} {one if number == 1 else many}"
