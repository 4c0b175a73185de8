"""Lorebooks of other programs, read as those of character cards V3: entries with keys and a content."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from npc_engine.authoring.cards.plain import list_of, mapping_of, number_of, parted, text_of, texts_of

Entry = dict[str, Any]
SPEC = "lorebook_v3"


def lorebook_in(found: Any) -> tuple[str, dict[str, Any]] | None:
    """Return what kind of lorebook some JSON is, and the lorebook; None where it is none."""
    data = mapping_of(found)
    if data.get("spec") == SPEC:
        return "lorebook V3", book(mapping_of(data.get("data")))
    if "lorebookVersion" in data and "entries" in data:
        return "NovelAI lorebook", _made(data, "", _novelai)
    if data.get("type") == "risu" and isinstance(data.get("data"), list):
        return "Risu lorebook", _made(data, "data", _risu)
    if data.get("kind") == "memory" and isinstance(data.get("entries"), list):
        return "Agnai memory book", _made(data, "", _agnai)
    entries = list_of(data.get("entries"))
    if entries and not any(key in data for key in ("first_mes", "data", "bio")):
        if any("content" in mapping_of(entry) and "keys" in mapping_of(entry) for entry in entries):
            return "lorebook", book(data)
        if any("content" in mapping_of(entry) for entry in entries):
            return "SillyTavern lorebook", _made(data, "", _sillytavern)
    return None


def book(data: dict[str, Any]) -> dict[str, Any]:
    """Return a card's own lorebook, its entries as mappings and nothing else."""
    return {**data, "entries": [mapping_of(entry) for entry in list_of(data.get("entries")) if mapping_of(entry)]}


def entries_of(data: dict[str, Any]) -> Iterator[Entry]:
    """Yield the entries of a lorebook that are in use, in their order."""
    entries = [entry for entry in book(data)["entries"] if entry.get("enabled") is not False]
    yield from sorted(entries, key=lambda entry: number_of(entry.get("insertion_order")))


def _made(data: dict[str, Any], under: str, reader: Callable[[dict[str, Any]], Entry]) -> dict[str, Any]:
    listed = list_of(data.get(under or "entries"))
    entries = [reader(mapping_of(entry)) for entry in listed if mapping_of(entry)]
    return {"name": text_of(data.get("name")), "extensions": {}, "entries": entries}


def _entry(keys: list[str], content: Any, **more: Any) -> Entry:
    return {
        "keys": keys,
        "content": text_of(content),
        "extensions": {},
        "enabled": True,
        "insertion_order": 0,
        "use_regex": False,
        "constant": False,
        **more,
    }


def _sillytavern(entry: dict[str, Any]) -> Entry:
    return _entry(
        texts_of(entry.get("key")),
        entry.get("content"),
        name=text_of(entry.get("comment")),
        secondary_keys=texts_of(entry.get("keysecondary")),
        selective=entry.get("selective") is True,
        constant=entry.get("constant") is True,
        enabled=entry.get("disable") is not True,
        insertion_order=number_of(entry.get("order"), 100),
        use_regex=any(key.startswith("/") for key in texts_of(entry.get("key"))),
    )


def _novelai(entry: dict[str, Any]) -> Entry:
    return _entry(
        texts_of(entry.get("keys")),
        entry.get("text"),
        name=text_of(entry.get("displayName")),
        enabled=entry.get("enabled") is not False,
        constant=entry.get("forceActivation") is True,
        insertion_order=-number_of(mapping_of(entry.get("contextConfig")).get("budgetPriority")),
        use_regex=any(key.startswith("/") for key in texts_of(entry.get("keys"))),
    )


def _agnai(entry: dict[str, Any]) -> Entry:
    return _entry(
        texts_of(entry.get("keywords")),
        entry.get("entry"),
        name=text_of(entry.get("name")),
        enabled=entry.get("enabled") is not False,
        insertion_order=-number_of(entry.get("priority")),
    )


def _risu(entry: dict[str, Any]) -> Entry:
    return _entry(
        parted(entry.get("key")),
        entry.get("content"),
        name=text_of(entry.get("comment")),
        secondary_keys=parted(entry.get("secondkey")),
        selective=entry.get("selective") is True,
        constant=entry.get("alwaysActive") is True,
        insertion_order=number_of(entry.get("insertorder"), 100),
        enabled=entry.get("mode") != "folder",
    )
