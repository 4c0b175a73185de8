"""`npc schema`: what an editor completes the keys of a world's files from."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

import typer

from npc_engine.errors import AuthoringError


def schema(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="The folder that holds world.yaml.")] = Path(),
    modelines: Annotated[
        bool, typer.Option("--modelines", help="Also put the line by which editors find them into files without one.")
    ] = False,
) -> None:
    """Write the JSON Schemas of a world's files into FOLDER/.schema, for editors: VS Code completes keys from them.

    Files name theirs in their first line, `# yaml-language-server: $schema=.schema/world.json`; `npc new` puts it in.

    Example: npc schema world/

    Example: npc schema world/ --modelines
    """
    from npc_engine.content.files import WORLD
    from npc_engine.content.json_schema import FOLDER
    from npc_engine.content.whole_files import write_whole

    if not (folder / WORLD).is_file():
        raise AuthoringError(f"{folder.as_posix()} holds no {WORLD}: name the folder of a world")
    found = schemas(folder)
    for name, text in found.items():
        write_whole(folder / FOLDER / name, text)
    typer.echo(f"{(folder / FOLDER).as_posix()}: {len(found)} schemas")
    if modelines:
        _put_modelines(folder)


def schemas(folder: Path) -> Mapping[str, str]:
    """Return the JSON Schemas for a world, by their file names; of its languages, where its page tells them."""
    from npc_engine.content.json_schema import FILES, name_of, schema_of
    from npc_engine.testing.talks import ExpectedTalk

    languages = _languages(folder)
    kinds = {**FILES, "tests.yaml": list[ExpectedTalk]}
    return {
        name_of(file): json.dumps(schema_of(kind, languages), ensure_ascii=False, indent=1) + "\n"
        for file, kind in kinds.items()
    }


def _languages(folder: Path) -> list[str]:
    from npc_engine.content import examine
    from npc_engine.text import languages

    content = examine(folder).content
    return list(content.world.languages if content else languages())


def _put_modelines(folder: Path) -> None:
    from npc_engine.content.files import LISTS, PERSONAS, WORLD
    from npc_engine.content.json_schema import modeline
    from npc_engine.content.whole_files import write_whole

    inside = [*(folder / PERSONAS).glob("*.yaml"), *(folder / "tests").glob("*.yaml")]
    for path in sorted(path for path in [*(folder / name for name in (WORLD, *LISTS)), *inside] if path.is_file()):
        text = path.read_bytes().decode("utf-8-sig")
        if "yaml-language-server:" not in text:
            write_whole(path, modeline(path.relative_to(folder).as_posix()) + text)
            typer.echo(path.as_posix())
