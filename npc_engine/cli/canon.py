"""`npc canon`: what a model made up of someone, as YAML for the author to take into their persona."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from npc_engine.errors import SaveError, UnknownNameError


def canon(
    save: Annotated[Path, typer.Argument(metavar="SAVE", help="The save slot.")],
    npc: Annotated[str, typer.Argument(metavar="NPC", help="Of whom, by id.")],
    to: Annotated[Path | None, typer.Option(metavar="FILE", help="Write it there, instead of showing it.")] = None,
) -> None:
    """Show what a model made up of someone's own life in a save, as it goes into their persona.

    In that save it holds already; taken into the persona it holds in every game. The save is not touched.

    Example: npc canon slot.npc mira

    Example: npc canon slot.npc mira --to mira_additions.yaml
    """
    found = _made_up(save, npc)
    if not found:
        typer.echo(f"nothing was made up of {npc} in {save}")
        return
    text = _yaml(npc, found)
    if to is None:
        typer.echo(text, nl=False)
    else:
        to.write_text(text, encoding="utf-8")
        typer.echo(f"{len(found)} written to {to}: take what you like into personas/{npc}.yaml")


def _made_up(save: Path, npc: str) -> list[str]:
    from npc_engine import Engine

    if not save.is_file():
        raise SaveError(f"there is no save slot at {save}")
    with Engine.new() as engine:
        engine.restore(save)
        known = {who for event in engine.events for who in event.audience}
        if npc not in known:
            raise UnknownNameError("NPC", npc, known)
        return list(engine.improvised(npc))


def _yaml(npc: str, found: list[str]) -> str:
    import yaml

    from npc_engine.text import language_of, languages

    about = [{"says": {language_of(text, languages()[0]): [text]}} for text in found]
    told = f"# Made up of {npc} in play: what you take over goes under `about:` in personas/{npc}.yaml.\n"
    return told + yaml.safe_dump({"about": about}, allow_unicode=True, sort_keys=False, width=120)
