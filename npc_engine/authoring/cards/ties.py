"""Whom and what somebody is tied to, as their card says it: what they like and dislike, and their kin by name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from npc_engine.authoring.cards import prose
from npc_engine.lang import LanguagePack
from npc_engine.text import fold, is_everywhere, is_han

MOST = 16
"""How many ties are taken of a card, at most."""
_WORDS, _HAN = 3, 5
"""Words, or characters of Chinese, of what can stand as a name of its own."""


@dataclass(frozen=True, slots=True)
class Tie:
    """A fact between somebody and what a card names: that one stands first in it where they are `first`.

    Of what has a name of its own, and nothing tells of which `kind` it is, that is empty.
    """

    relation: str
    name: str
    kind: str
    pronoun: str = ""
    proper: bool = True
    first: bool = True


def ties_in(listed: Mapping[str, Sequence[str]], own: Iterable[str], speech: LanguagePack) -> list[Tie]:
    """Return the ties in what a card lists, and in sentences in the first person, each once."""
    found: dict[tuple[str, str], Tie] = {}
    for tie in (*_listed(listed, speech), *(tie for sentence in own for tie in _in_sentence(sentence, speech))):
        found.setdefault((tie.relation, fold(tie.name)), tie)
    both = {name for relation, name in found if relation == "likes"} & {
        name for relation, name in found if relation == "dislikes"
    }
    return [tie for (_, name), tie in found.items() if name not in both][:MOST]


def _listed(listed: Mapping[str, Sequence[str]], speech: LanguagePack) -> Iterator[Tie]:
    for kind, relation in (("tastes", "likes"), ("dislikes", "dislikes")):
        for value in listed.get(kind, ()):
            yield from _liked(value, relation, speech)


def _in_sentence(sentence: str, speech: LanguagePack) -> Iterator[Tie]:
    yield from _tastes(sentence, speech)
    yield from _kin(sentence, speech)


def _tastes(sentence: str, speech: LanguagePack) -> Iterator[Tie]:
    """Yield what somebody says of themself that they like or dislike."""
    data: Mapping[str, Any] = prose.data_of(speech)["liking"]
    verbs = {fold(verb): relation for relation in ("likes", "dislikes") for verb in data[relation]}
    listed = "|".join(re.escape(verb) for verb in sorted(verbs, key=len, reverse=True))
    found = list(re.finditer(data["before"] + f"(?P<verb>{listed})" + data["after"], sentence, re.IGNORECASE))
    for at, one in enumerate(found):
        end = found[at + 1].start() if at + 1 < len(found) else len(sentence)
        said = re.split(data["ends"], sentence[one.end() : end], maxsplit=1)[0]
        for tie in _liked(said, verbs[fold(one["verb"])], speech):
            yield replace(tie, kind="") if tie.name[0].isupper() else tie


def _liked(value: str, relation: str, speech: LanguagePack) -> Iterator[Tie]:
    data: Mapping[str, Any] = prose.data_of(speech)["liking"]
    for part in re.split(data["parts"], value):
        name = part.strip(" .。!！\"'“”")
        bare = next((name[len(one) :] for one in data["definite"] if fold(name).startswith(one)), name)
        if _can_be_named(bare, data["unnamed"], speech):
            kind = "idea" if re.search(data["doing"], bare) else "thing"
            yield Tie(relation, bare, kind, proper=bare == name)


def _can_be_named(name: str, unnamed: Sequence[str], speech: LanguagePack) -> bool:
    """Return whether what somebody likes can be a thing with a name: no clause, and nothing that is everywhere."""
    if not name or is_everywhere(name) or any(not (each.isalpha() or each in " '’-·") for each in name):
        return False
    if any(map(is_han, name)):
        return 2 <= len(name) <= _HAN and not any(word in name for word in unnamed)
    words = fold(name).split()
    return speech.spaced and len(words) <= _WORDS and len(name) > 2 and not set(words) & set(unnamed)


def _kin(sentence: str, speech: LanguagePack) -> Iterator[Tie]:
    """Yield those of somebody's family whom they name in a sentence of their own."""
    data: Mapping[str, Any] = prose.data_of(speech)["kin"]
    words = {
        fold(word): (relation, pronoun)
        for relation, by_pronoun in data["relations"].items()
        for pronoun, listed in by_pronoun.items()
        for word in listed
    }
    listed = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
    for pattern in data["named"]:
        for found in re.finditer(pattern.replace("KIN", f"(?P<kin>{listed})"), sentence):
            relation, pronoun = words[fold(found["kin"])]
            yield Tie(relation, found["name"], "person", pronoun, first=False)
