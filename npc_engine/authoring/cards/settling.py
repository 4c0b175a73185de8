"""Changes that cards bring, checked on a copy of the world and written only when it has no mistakes."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from npc_engine.authoring.cards import prose
from npc_engine.authoring.cards.bringing import Bringing, Found, Plan
from npc_engine.authoring.cards.character import SUMMARY, called
from npc_engine.authoring.cards.formats import Card
from npc_engine.authoring.cards.lore import Lore
from npc_engine.authoring.cards.macros import Macros
from npc_engine.authoring.cards.plain import text_of
from npc_engine.authoring.cards.voicing import Voicing
from npc_engine.authoring.languages import with_values
from npc_engine.authoring.scaffold import OWN, Wishes, new_world
from npc_engine.authoring.yaml_text import dumped
from npc_engine.content import Content, examine, load_content
from npc_engine.content.files import list_files
from npc_engine.content.json_schema import modeline
from npc_engine.errors import AuthoringError, UnknownNameError
from npc_engine.lang import pack
from npc_engine.text import language_of, languages


def bring_into(folder: Path, found: Sequence[Found], tellers: Sequence[str] = (), language: str | None = None) -> Plan:
    """Bring what was found into a world, made where there is none, and return what became of it.

    Raises:
        AuthoringError: it does not fit into this world; nothing was written.
        ContentError: the world has mistakes.
        UnknownNameError: a teller is nobody of this world, or the language is none.
    """
    if language is not None and language not in languages():
        raise UnknownNameError("language", language, languages())
    started: dict[str, bytes] = {}
    setting = ""
    if folder.is_dir() and any(folder.iterdir()):
        content = load_content(folder)
    else:
        content, started = _begun(found, language)
        setting = next(iter(content.world.setting.values()))
    for teller in tellers:
        if teller not in content.personas:
            raise UnknownNameError("persona", teller, content.personas)
    plan = Bringing(content, language, setting).bring(found, tellers)
    plan.files |= {path: data for path, data in started.items() if path not in plan.things}
    write(folder, settle(folder, plan, started))
    return plan


def _begun(found: Sequence[Found], language: str | None) -> tuple[Content, dict[str, bytes]]:
    """Return a world with nobody in it, of the language that what was found is in, and its files."""
    card = next((one.card for one in found if one.card is not None), None)
    if card is None:
        raise AuthoringError(
            "a lorebook by itself makes no world: bring in a character with it, or name a world --into"
        )
    code = language or language_of(f"{card['description']} {card['first_mes']} {card['name']}")
    with tempfile.TemporaryDirectory() as scratch:
        trial = Path(scratch) / "world"
        files = {path: text.encode() for path, text in new_world(trial, Wishes(OWN, (code,))).items()}
        told = _scenario(card, code) or prose.data_of(pack(code))["setting"]
        files["world.yaml"] = with_values(files["world.yaml"].decode(), {("setting",): {code: told}}).encode()
        write(trial, files)
        content = load_content(trial)
    left = {id: entity for id, entity in content.entities.items() if id not in content.personas}
    empty = replace(content, personas={}, entities=left, facts=())
    return empty, {path: data for path, data in files.items() if path in ("world.yaml", "places.yaml")}


def _scenario(card: Card, code: str) -> str:
    """Return where a card's talk takes place, as a sentence or two on its world."""
    speech = pack(code)
    name = called(text_of(card.get("nickname")) or card["name"])
    told = Voicing([], "", speech).of_somebody(Macros(name).resolve(card["scenario"]))
    text = " ".join(prose.plain(told).split())
    return prose.shortened(text, SUMMARY, speech) if text else ""


def settle(folder: Path, plan: Plan, started: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return the files that a plan comes to in a world, those that are changed among them, checked as a whole.

    Raises:
        AuthoringError: one of them is there already, or the world would have mistakes; nothing is written.
    """
    files = dict(plan.files)
    for path in files:
        if (folder / path).exists():
            raise AuthoringError(f"{(folder / path).as_posix()} is there already and is not written over")
    for path, entries in plan.things.items():
        before = started[path] if path in started else _read(folder / path)
        files[path] = _with_entries(before, path, entries).encode()
    for teller, lore in plan.told.items():
        path = f"personas/{teller}.yaml"
        files[path] = _with_lore(folder / path, lore).encode()
    with tempfile.TemporaryDirectory() as scratch:
        trial = Path(scratch) / "world"
        for path in list_files(folder):
            _put(trial / path, (folder / path).read_bytes())
        for path, data in files.items():
            if path.endswith(".yaml"):
                _put(trial / path, data)
        if mistakes := examine(trial).mistakes:
            first = mistakes[0]
            where = Path(first.file).relative_to(trial).as_posix()
            raise AuthoringError(f"this does not fit into the world, and nothing was written: {where}: {first.message}")
    return files


def write(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write the files of a settled plan."""
    for path, data in files.items():
        _put(folder / path, data)


def _put(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.part")
    part.write_bytes(data)
    part.replace(path)


def _read(file: Path) -> bytes:
    return file.read_bytes() if file.exists() else b""


def _with_entries(before: bytes, path: str, entries: list[Any]) -> str:
    """Return a list of a world's with more entries at its end; what stands in it stays as it is."""
    text = before.decode("utf-8-sig")
    if not text.strip():
        return modeline(path) + "".join(
            f"- {entry}\n" if isinstance(entry, str) else dumped([entry]) for entry in entries
        )
    from npc_engine.content.round_trip import Sheet, appended

    sheet = Sheet(text, path)
    appended(sheet, entries)
    return sheet.text


def _with_lore(file: Path, lore: Lore) -> str:
    from npc_engine.content.round_trip import Sheet, written

    sheet = Sheet.read(file)
    for key, told in (("about", lore.about), ("topics", lore.topics)):
        if told:
            page = sheet.data
            page[key] = page.get(key) or written([], flow=False)
            for entry in told:
                sheet.data[key].append(written(entry))
    return sheet.text
