"""What stands in double braces in a card, put into words; what means nothing here is taken out and named."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

_MACRO = re.compile(r"\{\{([^{}]{0,2000})\}\}")
_ANGLE = re.compile(r"<(user|bot|char)>", re.IGNORECASE)
_ROUNDS = 4
"""How deep macros may stand in one another."""
USER = "\x00"
"""Stands for whom the character talks to, until it is known as what."""
_BRACES = str.maketrans("{}", "()")
_NOTHING = ("noop", "trim", "comment", "hidden_key", "original")
_CHOICES = ("random", "pick")


@dataclass
class Macros:
    """Puts macros into words for one character; `unknown` collects those that mean nothing here."""

    name: str
    unknown: set[str] = field(default_factory=set)

    def resolve(self, text: str) -> str:
        """Return a text without macros: the character's name in its place, `USER` for the other."""
        text = _ANGLE.sub(lambda found: USER if found[1].lower() == "user" else self.name, text.replace(USER, ""))
        for _ in range(_ROUNDS):
            resolved = _MACRO.sub(self._put, text)
            if resolved == text:
                break
            text = resolved
        return text.translate(_BRACES)

    def _put(self, found: re.Match[str]) -> str:
        inside = found[1].strip()
        name, _, rest = inside.partition(":")
        name, rest = name.strip().lower(), rest.removeprefix(":")
        if name in ("user", "persona") and not rest:
            return USER
        if name in ("char", "bot") and not rest:
            return self.name
        if name == "newline":
            return "\n"
        if inside.startswith("//") or name in _NOTHING:
            return ""
        if name in _CHOICES and rest:
            return rest.split("::" if "::" in rest else ",")[0].strip()
        if name in ("roll", "dice") or inside.lower().startswith("roll "):
            sides = re.search(r"(\d{1,4})\s*$", inside)
            return str((int(sides[1]) + 1) // 2) if sides else ""
        if name == "reverse":
            return rest[::-1]
        self.unknown.add(f"{{{{{name[:30]}}}}}")
        return ""
