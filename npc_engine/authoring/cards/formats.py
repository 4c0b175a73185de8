"""Characters as other programs have them, read as character cards V3: the one form that everything else goes by."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping
from typing import Any

from npc_engine.authoring.cards.lorebooks import book, lorebook_in
from npc_engine.authoring.cards.plain import (
    MAX_ENTRIES,
    list_of,
    mapping_of,
    text_of,
    texts_of,
)
from npc_engine.errors import AuthoringError

SPEC, VERSION = "chara_card_v3", "3.0"
OURS = "npc_engine"
"""The key under `extensions` for what other programs have no field for."""
_TEXTS = (
    "name", "description", "personality", "scenario", "first_mes", "mes_example", "creator_notes", "system_prompt",
    "post_history_instructions", "creator", "character_version",
)  # fmt: skip
_LISTS = ("alternate_greetings", "tags", "group_only_greetings")
_COLUMNS = {
    "id": ("id", "key", "编号", "标识"),
    "name": ("name", "character", "名字", "姓名", "名称"),
    "bio": ("bio", "biography", "description", "about", "简介", "介绍", "描述"),
    "voice": ("voice", "speech", "style", "语气", "口吻", "说话方式"),
}

Card = dict[str, Any]


def card_in(found: Any, name: str) -> tuple[str, Card]:
    """Return what kind of character some JSON is, and the data of its card, as they are.

    Raises:
        AuthoringError: it is none that is known.
    """
    data = mapping_of(found)
    spec, inner = text_of(data.get("spec")), mapping_of(data.get("data"))
    if spec == SPEC:
        return "character card V3", inner
    if spec == "chara_card_v2" or (inner and "first_mes" in inner):
        return "character card V2", inner
    if data.get("kind") == "character" and "persona" in data:
        return "Agnai character", _agnai(data)
    if "bio" in data and ("messageExamples" in data or "style" in data or "lore" in data or "adjectives" in data):
        return "elizaOS character", _eliza(data)
    if "char_name" in data:
        return "Pygmalion character", _pygmalion(data)
    if "name" in data and any(key in data for key in ("description", "personality", "first_mes", "mes_example")):
        return "character card V1", data
    raise AuthoringError(
        f"{name} is JSON, but no card or lorebook that is known: character cards V1 to V3, lorebooks of SillyTavern, "
        "NovelAI, Agnai and Risu, and elizaOS characters are"
    )


def cards_in_table(data: bytes, name: str) -> Iterator[tuple[str, Card]]:
    """Yield the card of each row of a table with the columns `id`, `name`, `bio` and `voice`.

    Raises:
        AuthoringError: it is no table in UTF-8, or has no column of names.
    """
    try:
        text = data.decode("utf-8-sig")
        first = text.partition("\n")[0]
        mark = next((mark for mark in ("\t", ";", ",") if mark in first), ",")
        rows = csv.DictReader(io.StringIO(text, newline=""), delimiter=mark, strict=False)
        columns = {_column(heading): heading for heading in rows.fieldnames or ()}
        if "name" not in columns:
            raise AuthoringError(
                f"{name} has no column `name`: its first line says what stands below, id,name,bio,voice"
            )
        for number, row in enumerate(rows):
            if number >= MAX_ENTRIES:
                raise AuthoringError(f"{name} has more than {MAX_ENTRIES} rows: take it in several files")
            said = {key: text_of(row.get(heading)) for key, heading in columns.items() if key}
            if said.get("name"):
                card = whole({"name": said["name"], "description": said.get("bio", "")})
                card["extensions"] = {OURS: {key: said[key] for key in ("id", "voice") if said.get(key)}}
                yield "row of a table", card
    except (UnicodeDecodeError, csv.Error):
        raise AuthoringError(f"{name} is no table in UTF-8: save it as CSV in UTF-8") from None


def _column(heading: str | None) -> str:
    bare = (heading or "").strip().casefold()
    return next((key for key, names in _COLUMNS.items() if bare in names), "")


def whole(data: Mapping[str, Any]) -> Card:
    """Return a card's data with every field that a V3 card has, texts and lists as such; the rest stays as it is."""
    card: Card = dict(data)
    for key in _TEXTS:
        card[key] = text_of(data.get(key))
    for key in _LISTS:
        card[key] = texts_of(data.get(key)) if data.get(key) else []
    card["extensions"] = mapping_of(data.get("extensions"))
    if "character_book" in data:
        if isinstance(data["character_book"], dict):
            card["character_book"] = book(data["character_book"])
        else:
            del card["character_book"]
    if "nickname" in data:
        card["nickname"] = text_of(data["nickname"])
    return card


def _pygmalion(data: dict[str, Any]) -> Card:
    return whole(
        {
            "name": data.get("char_name"),
            "description": data.get("char_persona"),
            "first_mes": data.get("char_greeting"),
            "mes_example": data.get("example_dialogue"),
            "scenario": data.get("world_scenario"),
        }
    )


def _agnai(data: dict[str, Any]) -> Card:
    persona = mapping_of(data.get("persona"))
    in_prose = persona.get("kind") == "text"
    lines = []
    for key, values in mapping_of(persona.get("attributes")).items():
        listed = texts_of(values)
        lines.append("\n".join(listed) if in_prose else f"{key}: {', '.join(listed)}")
    card = whole(
        {
            "name": data.get("name"),
            "description": "\n".join(lines) or text_of(data.get("description")),
            "scenario": data.get("scenario"),
            "first_mes": data.get("greeting"),
            "alternate_greetings": data.get("alternateGreetings"),
            "mes_example": data.get("sampleChat"),
            "creator": data.get("creator"),
            "creator_notes": data.get("description") if lines else "",
            "system_prompt": data.get("systemPrompt"),
            "post_history_instructions": data.get("postHistoryInstructions"),
            "tags": data.get("tags"),
        }
    )
    found = lorebook_in({"kind": "memory", **mapping_of(data.get("characterBook"))})
    if found is not None:
        card["character_book"] = found[1]
    return card


def _eliza(data: dict[str, Any]) -> Card:
    """Return an elizaOS character: what it knows and is told of stands in its description, a line each."""
    style = mapping_of(data.get("style"))
    known = [text_of(one) or text_of(mapping_of(one).get("content")) for one in list_of(data.get("knowledge"))]
    card = whole(
        {
            "name": data.get("name"),
            "description": "\n".join([*texts_of(data.get("bio")), *texts_of(data.get("lore")), *filter(None, known)]),
            "personality": ", ".join(texts_of(data.get("adjectives"))),
            "mes_example": "\n".join(_exchanges(data.get("messageExamples"), text_of(data.get("name")))),
            "system_prompt": data.get("system"),
            "tags": data.get("topics"),
        }
    )
    quirks = [*texts_of(style.get("all")), *texts_of(style.get("chat"))]
    ours: dict[str, Any] = {"quirks": quirks, "barks": texts_of(data.get("postExamples"))}
    if id := re.sub(r"\W+", "_", text_of(data.get("username")), flags=re.ASCII).strip("_").lower():
        ours["id"] = id
    card["extensions"] = {OURS: {key: value for key, value in ours.items() if value}}
    return card


def _exchanges(found: Any, name: str) -> Iterator[str]:
    for exchange in list_of(found):
        yield "<START>"
        for message in list_of(exchange):
            said = mapping_of(message)
            who = text_of(said.get("user")) or text_of(said.get("name"))
            text = text_of(mapping_of(said.get("content")).get("text")) or text_of(said.get("content"))
            if text:
                is_own = who.casefold() == name.casefold()
                yield f"{'{{char}}' if is_own else '{{user}}'}: {text}"
