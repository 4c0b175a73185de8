"""Cards as other programs pack them, made of the entries of people.yaml; and what is wrong with some."""

from __future__ import annotations

import base64
import csv
import io
import json
import struct
import zipfile
import zlib
from pathlib import Path
from typing import Any

import yaml

PEOPLE: list[dict[str, Any]] = yaml.safe_load(Path(__file__).with_name("people.yaml").read_text("utf-8"))


def chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def picture(*texts: bytes) -> bytes:
    """Return a picture of one pixel with text chunks in it."""
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0))
    return (
        b"\x89PNG\r\n\x1a\n" + head + b"".join(texts) + chunk(b"IDAT", zlib.compress(b"\0\0\0\0")) + chunk(b"IEND", b"")
    )


def text_chunk(keyword: str, value: Any, kind: bytes = b"tEXt") -> bytes:
    packed = base64.b64encode(json.dumps(value, ensure_ascii=False).encode())
    if kind == b"zTXt":
        return chunk(kind, keyword.encode() + b"\0\0" + zlib.compress(packed))
    if kind == b"iTXt":
        return chunk(kind, keyword.encode() + b"\0\0\0\0\0" + packed)
    return chunk(kind, keyword.encode() + b"\0" + packed)


def archive(card: Any, files: dict[str, bytes]) -> bytes:
    into = io.BytesIO()
    with zipfile.ZipFile(into, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("card.json", json.dumps(card, ensure_ascii=False))
        for path, data in files.items():
            packed.writestr(path, data)
    return into.getvalue()


def example(one: dict[str, Any]) -> str:
    return "\n".join(f"<START>\n{{{{user}}}}: {said}\n{{{{char}}}}: {reply}" for said, reply in one.get("ex", []))


def book(one: dict[str, Any]) -> dict[str, Any]:
    entries = [
        {"keys": keys, "content": content, "extensions": {}, "enabled": True, "insertion_order": at, "use_regex": False}
        for at, (keys, content) in enumerate(one.get("lore", []))
    ]
    return {"extensions": {}, "entries": entries}


def v1(one: dict[str, Any]) -> dict[str, Any]:
    return {
        "name": one["name"],
        "description": one.get("description", ""),
        "personality": one.get("personality", ""),
        "scenario": one.get("scenario", ""),
        "first_mes": one.get("first", ""),
        "mes_example": example(one),
    }


def v2(one: dict[str, Any]) -> dict[str, Any]:
    data = {
        **v1(one),
        "creator_notes": "",
        "system_prompt": one.get("system", ""),
        "post_history_instructions": "",
        "alternate_greetings": one.get("more", []),
        "tags": ["ours"],
        "creator": "the authors",
        "character_version": "1",
        "extensions": {"someone/else": {"kept": [1, 2.5, None, True]}},
        **({"character_book": book(one)} if one.get("lore") else {}),
    }
    return {"spec": "chara_card_v2", "spec_version": "2.0", "data": data}


def v3(one: dict[str, Any]) -> dict[str, Any]:
    data = {**v2(one)["data"], "group_only_greetings": one.get("group", []), "creation_date": 1700000000}
    if "nickname" in one:
        data["nickname"] = one["nickname"]
    data["assets"] = [{"type": "icon", "uri": "embeded://assets/icon/main.png", "name": "main", "ext": "png"}]
    return {"spec": "chara_card_v3", "spec_version": "3.0", "data": data}


def agnai(one: dict[str, Any]) -> dict[str, Any]:
    prose = "prose" in one
    found: dict[str, Any] = {
        "kind": "character",
        "name": one["name"],
        "persona": {
            "kind": "text" if prose else "attributes",
            "attributes": {"text": [one["prose"]]} if prose else one["attributes"],
        },
        "greeting": one["first"],
        "scenario": one.get("scenario", ""),
        "sampleChat": example(one).replace("<START>\n", ""),
    }
    if one.get("lore"):
        entries = [{"name": keys[0], "keywords": keys, "entry": content, "priority": 1, "weight": 1, "enabled": True}
                   for keys, content in one["lore"]]  # fmt: skip
        found["characterBook"] = {"kind": "memory", "name": "", "entries": entries}
    return found


def eliza(one: dict[str, Any]) -> dict[str, Any]:
    return {
        "name": one["name"],
        "clients": ["discord"],
        "settings": {"secrets": {"KEY": "sk-not-to-be-copied"}},
        "bio": one["bio"],
        "lore": one["lore"],
        "adjectives": one["adjectives"],
        "topics": ["weather"],
        "style": {"all": one["style"], "chat": [], "post": []},
        "postExamples": one["posts"],
        "messageExamples": [
            [
                {"user": "{{user1}}", "content": {"text": said}},
                {"user": one["name"], "content": {"text": reply}},
            ]
            for said, reply in one["ex"]
        ],
    }


def table(rows: list[dict[str, Any]], mark: str = ",") -> bytes:
    into = io.StringIO()
    columns = ["id", "name", "bio", "voice"]
    written = csv.DictWriter(into, columns, delimiter=mark, extrasaction="ignore")
    written.writeheader()
    written.writerows(rows)
    return into.getvalue().encode()


def packed(one: dict[str, Any]) -> tuple[str, bytes]:
    """Return a card as a file: how its name ends, and its bytes."""
    form, _, ending = one["form"].partition(".")
    match form, ending:
        case "row", "csv":
            return "csv", table([one])
        case ("v2", "png"):
            kind = (b"tEXt", b"zTXt", b"iTXt")[len(one["name"]) % 3]
            return "png", picture(text_chunk("chara", v2(one), kind))
        case ("v3", "png"):
            return "png", picture(text_chunk("chara", v2({**one, "first": "old"})), text_chunk("ccv3", v3(one)))
        case ("v3", "charx"):
            return "charx", archive(v3(one), {"assets/icon/main.png": picture(), "assets/other/readme.txt": b"hi"})
    makers: dict[str, Any] = {"v1": v1, "v2": v2, "v3": v3, "agnai": agnai, "eliza": eliza}
    if form == "pygmalion":
        data = {"char_name": one["name"], "char_persona": one["description"], "char_greeting": one["first"],
                "example_dialogue": example(one), "world_scenario": one.get("scenario", "")}  # fmt: skip
    else:
        data = makers[form](one)
    return "json", json.dumps(data, ensure_ascii=False).encode()
