"""Somebody of a world as a character card V3: what was imported comes out again, with what the author changed since."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from npc_engine.authoring.cards.bringing import KEPT
from npc_engine.authoring.cards.character import Reader, Surroundings, texts_in
from npc_engine.authoring.cards.formats import OURS, SPEC, VERSION, whole
from npc_engine.authoring.cards.plain import json_of, mapping_of
from npc_engine.authoring.cards.prose import data_of
from npc_engine.content import Content
from npc_engine.errors import AuthoringError
from npc_engine.lang import pack
from npc_engine.persona import Persona
from npc_engine.phrasebook import filled
from npc_engine.text import fold, language_of, sentences

_LISTS = ("alternate_greetings", "group_only_greetings", "tags")
_FIELDS = (
    "name", "description", "personality", "scenario", "first_mes", "mes_example", "creator_notes", "system_prompt",
    "post_history_instructions", "creator", "character_version",
)  # fmt: skip


def card_of(content: Content, npc: str, language: str | None = None) -> dict[str, Any]:
    """Return the card V3 of somebody: fields that the author did not change are as they were imported.

    Raises:
        AuthoringError: the card that was kept from importing can't be read any more.
    """
    persona = content.personas[npc]
    kept = _kept(content.folder, npc)
    code = language or _language(persona, kept, content)
    data = {**dict.fromkeys(_FIELDS, ""), **{key: [] for key in _LISTS}, "extensions": {}}
    if kept is None:
        data |= _described(persona, code)
    else:
        data |= {**kept, **_changed(persona, kept, content, code)}
    return {"spec": SPEC, "spec_version": VERSION, "data": data}


def _kept(folder: Path, npc: str) -> dict[str, Any] | None:
    path = folder / KEPT / f"{npc}.json"
    if not path.is_file():
        return None
    data = mapping_of(mapping_of(json_of(path.read_bytes(), path.as_posix())).get("data"))
    if not data:
        raise AuthoringError(f"{path.as_posix()} is no card any more: take it back, or delete it to export without it")
    return data


def _language(persona: Persona, kept: Mapping[str, Any] | None, content: Content) -> str:
    """Return the language a card is in, or the first that the persona speaks."""
    spoken = content.world.languages
    if kept is not None:
        card = whole(kept)
        found = language_of(f"{card['description']} {card['first_mes']} {card['name']}", spoken[0])
        return found if found in spoken else spoken[0]
    return next((code for code in spoken if code in persona.summary), spoken[0])


def _changed(persona: Persona, kept: Mapping[str, Any], content: Content, code: str) -> dict[str, Any]:
    """Return the fields that no longer are what the kept card came to when it was imported."""
    around = Surroundings(code, content.world.languages)
    reader = Reader(whole(kept), around)
    before = reader.read().persona
    now = _described(persona, code)
    changed: dict[str, Any] = {}
    if persona.names.get(code) != before["names"][code]:
        changed["name"] = now["name"]
    if _said(persona, "greeting", code) != texts_in(before.get("phrases", {}).get("greeting", {}).get(code, [])):
        changed |= {key: now[key] for key in ("first_mes", "alternate_greetings")}
    if list(persona.traits.get(code, ())) != before.get("traits", {}).get(code, []):
        changed["personality"] = now["personality"]
    own = [one["says"][code] for one in before.get("about", [])]
    about = [list(one.says.get(code, ())) for one in persona.about]
    if persona.summary.get(code) != before["summary"][code] or any(says not in about for says in own):
        changed["description"] = _redescribed(persona, kept, reader, before, around)
    pairs = [(one.said.get(code, ""), one.reply.get(code, "")) for one in persona.voice.samples]
    samples = before["voice"].get("samples", [])
    if pairs != [(one["said"][code], one["reply"][code]) for one in samples]:
        changed["mes_example"] = now["mes_example"]
    return changed


def _redescribed(
    persona: Persona, kept: Mapping[str, Any], reader: Reader, before: Mapping[str, Any], around: Surroundings
) -> str:
    """Return a card's description with what the author took out gone, and what they wrote added in own words."""
    code = around.language
    card = whole(kept)
    speech = pack(code)
    mine = [text for one in before.get("about", []) for text in one["says"][code]]
    now = [text for passage in persona.about for text in passage.says.get(code, ())]
    lore = [text for topic in persona.topics for text in (*topic.says.get(code, ()), *topic.then.get(code, ()))]
    gone = {text for text in mine if text not in now}
    summary = persona.summary.get(code, "")
    resummed = summary != before["summary"][code]

    def stays(piece: str) -> bool:
        told = reader.macros.resolve(piece)
        listed = Reader(whole({"name": card["name"], "description": piece}), around).read().persona.get("about", [])
        said = {reader.voicing.first_person(told), *(text for one in listed for text in one["says"][code])}
        known = said & {*mine}
        return not (known and known <= gone) and not (resummed and told in before["summary"][code])

    lines = [speech.gap.join(filter(stays, sentences(line))) for line in card["description"].split("\n")]
    added = [text for text in now if text not in mine and text not in lore]
    return "\n".join([*([summary] if resummed else []), *filter(str.strip, lines), *_own_words(added, code)])


def _own_words(told: Sequence[str], code: str) -> list[str]:
    """Return what somebody says of themself as lines of a description, which are read as that again."""
    label = data_of(pack(code))["labels"]["own"][0]
    return [f"{label[:1].upper()}{label[1:]}: {text}" for text in told]


def _role(persona: Persona, code: str) -> str:
    """Return who somebody is, as a sentence; empty where the summary says it."""
    role = persona.role.get(code, "")
    if not role or fold(role) in fold(persona.summary.get(code, "")):
        return ""
    return filled(data_of(pack(code))["is_role"], name=persona.names.get(code, persona.id), role=role)


def _described(persona: Persona, code: str) -> dict[str, Any]:
    """Return the fields of somebody's card that a persona has the words for."""
    greetings = _said(persona, "greeting", code)
    about = [text for passage in persona.about for text in passage.says.get(code, ())]
    summary = persona.summary.get(code, "")
    return {
        "name": persona.names.get(code, persona.id),
        "description": "\n".join(filter(None, [summary, _role(persona, code), *_own_words(about, code)])),
        "personality": ", ".join(persona.traits.get(code, ())),
        "first_mes": greetings[0] if greetings else "",
        "alternate_greetings": greetings[1:],
        "mes_example": "\n".join(_examples(persona, code)),
        "character_book": {"extensions": {}, "entries": _entries(persona, code)},
        "extensions": {OURS: {"id": persona.id, "voice": persona.voice.register_.get(code, "")}},
    }


def _said(persona: Persona, key: str, code: str) -> list[str]:
    return [saying.text for saying in persona.phrases.get(key, {}).get(code, [])]


def _examples(persona: Persona, code: str) -> Sequence[str]:
    lines: list[str] = []
    for sample in persona.voice.samples:
        if code in sample.said and code in sample.reply:
            lines += ["<START>", f"{{{{user}}}}: {sample.said[code]}", f"{{{{char}}}}: {sample.reply[code]}"]
    return lines


def _entries(persona: Persona, code: str) -> list[dict[str, Any]]:
    """Return the topics of somebody as a lorebook's entries, found by how they are asked for."""
    told = [topic for topic in persona.topics if topic.says.get(code)]
    return [
        {
            "keys": list(topic.asks.get(code, ())),
            "content": "\n".join([*topic.says[code], *topic.then.get(code, ())]),
            "extensions": {},
            "enabled": True,
            "insertion_order": order,
            "use_regex": False,
            "constant": False,
        }
        for order, topic in enumerate(told)
    ]
