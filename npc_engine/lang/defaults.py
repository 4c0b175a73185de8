"""What a language pack has where it lacks a file, or a key of it: empty tables."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

ABOUT_SELF: Mapping[type[str] | type[list[Any]] | type[dict[str, Any]], str] = {
    str: "back asking fillers closers goes_on of_theirs of_mine joins no_mood",
    list: "tell ask tastes relations alike no_names no_name_parts names_of no_tastes loathed mine yours third small "
    "because asked_of relative stand_ins sought averse",
    dict: "shapes moods kinds of_oneself",
}
"""What `self.yaml` may hold, by what it is where a pack has none of it."""

CHECKS: Mapping[str, Any] = {
    "recants": [], "machine": [], "time": [], "yes": [], "no": [], "numbers": [], "determiners": [], "plain": "",
    "begins": [], "persons": [], "saying": [], "joining": [], "unfinished": "", "dependent": "",
}  # fmt: skip
"""The tables that checking looks things up in, empty."""
