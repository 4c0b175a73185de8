"""Tables of a language that a pack may leave out, empty."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

CHECKS: Mapping[str, Any] = {
    "recants": [], "machine": [], "time": [], "yes": [], "no": [], "numbers": [], "determiners": [], "plain": "",
    "begins": [], "persons": [], "saying": [], "joining": [], "unfinished": "", "dependent": "",
}  # fmt: skip
"""The tables that checking looks things up in, empty."""
