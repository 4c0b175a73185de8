"""Texts that stand in YAML in every language, and what fills their slots: for players, for writers, for models."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from npc_engine.errors import ArgumentError, UnknownNameError
from npc_engine.packaged import read_yaml
from npc_engine.text import Language, fill, languages

_SLOT = re.compile(r"\{([a-z_]+)\}")


def filled(template: str, /, **slots: object) -> str:
    """Return a text with each `{slot}` filled; what a slot is filled with is never read as a template itself.

    Slots that the text doesn't have are left out, so that each language may say what it needs to.

    Raises:
        ArgumentError: the text has a slot that nothing is given for.
    """
    for slot in _SLOT.findall(template):
        if slot not in slots:
            given = ", ".join(slots) or "none"
            raise ArgumentError(f"the text {template!r} has a slot {{{slot}}}, and is given {given}")
    return fill(template, slots)


class Phrasebook(Mapping[str, str]):
    """The texts of a file in one language, by dotted key: `say("menu.resume")`, `say("toast.saved", number=1)`.

    As a mapping it holds them as they are written, with their slots.
    """

    def __init__(self, texts: Mapping[str, str], source: str) -> None:
        """Hold texts by key; `source` is the file that they are from."""
        self._texts = texts
        self._source = source

    @staticmethod
    def load(package: str, file: str) -> Mapping[Language, Phrasebook]:
        """Return the texts of a YAML file inside a package, by language.

        The languages may stand at the top, each with all of its texts, or beside each other at each text. Which they
        are the file may list under `languages`; else they are those that are installed. In a language that it has no
        texts in, it speaks the first that it has.
        """
        return _load(package, file)

    def __call__(self, key: str, /, **slots: object) -> str:
        """Return a text with its slots filled in.

        Raises:
            UnknownNameError: there is no such text.
            ArgumentError: a slot of it is given nothing.
        """
        if key not in self._texts:
            raise UnknownNameError(f"text in {self._source}", key, self._texts)
        return filled(self._texts[key], **slots)

    def under(self, prefix: str) -> dict[str, str]:
        """Return the texts whose keys begin with `prefix.`, by the rest of their keys."""
        start = f"{prefix}."
        return {key.removeprefix(start): text for key, text in self._texts.items() if key.startswith(start)}

    def __getitem__(self, key: str) -> str:
        return self._texts[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._texts)

    def __len__(self) -> int:
        return len(self._texts)


class _Phrasebooks(dict[Language, Phrasebook]):
    """Phrasebooks by language; for a language that has none, the first."""

    def __missing__(self, language: Language) -> Phrasebook:
        return next(iter(self.values()))


@cache
def _load(package: str, file: str) -> Mapping[Language, Phrasebook]:
    tree: dict[str, Any] = read_yaml(files(package).joinpath(file))
    texts: dict[Language, dict[str, str]] = {language: {} for language in tree.pop("languages", languages())}

    def walk(node: Any, path: tuple[str, ...], language: Language | None) -> None:
        if not isinstance(node, dict):
            if language is None:
                raise ValueError(f"{package}/{file}: `{'.'.join(path)}` is in no language")
            texts[language][".".join(path)] = str(node)
            return
        for name, value in node.items():
            if language is None and name in texts:
                walk(value, path, name)
            else:
                walk(value, (*path, str(name)), language)

    walk(tree, (), None)
    return _Phrasebooks((language, Phrasebook(found, file)) for language, found in texts.items() if found)
