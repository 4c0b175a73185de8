"""Values of files that nobody vouches for, taken as texts, lists and numbers of bounded size."""

from __future__ import annotations

import json
from typing import Any

from npc_engine.content.source import UNPRINTABLE
from npc_engine.errors import AuthoringError
from npc_engine.text import cleaned

MAX_JSON = 16_000_000
"""Bytes of JSON that are read; the largest cards with a lorebook have about 2 MB."""
MAX_TEXT = 40_000
"""Characters of one text that are looked at."""
MAX_ENTRIES = 2_000
"""Entries of a list, such as a lorebook's."""
MAX_DEPTH = 60


def json_of(data: bytes, name: str) -> Any:
    """Return what JSON holds.

    Raises:
        AuthoringError: it is none, or too large, or nested too deep.
    """
    if len(data) > MAX_JSON:
        raise AuthoringError(f"{name} holds more than {MAX_JSON // 10**6} MB of JSON, and no card does")
    try:
        found = json.loads(data.decode("utf-8-sig"))
    except (UnicodeDecodeError, ValueError) as error:
        at = f" (line {error.lineno})" if isinstance(error, json.JSONDecodeError) else ""
        raise AuthoringError(f"{name} is neither a picture nor JSON in UTF-8{at}") from None
    except RecursionError:
        raise AuthoringError(f"{name} is nested deeper than any card is") from None
    if not _shallow(found):
        raise AuthoringError(f"{name} is nested deeper than any card is")
    return found


def _shallow(value: Any) -> bool:
    level = [value]
    for _ in range(MAX_DEPTH):
        level = [
            inner
            for one in level
            if isinstance(one, dict | list)
            for inner in (one.values() if isinstance(one, dict) else one)
        ]
        if not level:
            return True
    return False


def text_of(value: Any) -> str:
    """Return a value as a text: several are put a line each, what is no text is nothing."""
    if isinstance(value, str):
        return UNPRINTABLE.sub("", cleaned(value[:MAX_TEXT])).strip()
    if isinstance(value, list):
        return "\n".join(text for one in value[:MAX_ENTRIES] if (text := text_of(one)))[:MAX_TEXT]
    if isinstance(value, bool) or value is None or isinstance(value, dict):
        return ""
    return str(value)[:40]


def texts_of(value: Any) -> list[str]:
    """Return a value as a list of texts, none of them empty; one with commas in it is not taken apart."""
    several = value if isinstance(value, list) else [value]
    return [text for one in several[:MAX_ENTRIES] if not isinstance(one, list) and (text := text_of(one))]


def parted(value: Any) -> list[str]:
    """Return keywords as a list: a list as it is, a text taken apart at its commas."""
    if isinstance(value, str):
        return [part.strip() for part in text_of(value).replace("，", ",").split(",") if part.strip()]
    return texts_of(value)


def mapping_of(value: Any) -> dict[str, Any]:
    """Return a mapping, or an empty one."""
    return value if isinstance(value, dict) else {}


def list_of(value: Any) -> list[Any]:
    """Return a list, or the values of a mapping, as far as any card goes."""
    found = list(value.values()) if isinstance(value, dict) else value if isinstance(value, list) else []
    return found[:MAX_ENTRIES]


def number_of(value: Any, default: float = 0) -> float:
    """Return a number, or the default."""
    fits = isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < 1e9
    return value if fits else default
