"""What kind of thing a piece of lore is about: a place, a group, somebody, or a thing; and which pronoun it has."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from npc_engine.authoring.cards import prose
from npc_engine.lang import LanguagePack
from npc_engine.text import fold, sentences

PERSON, PLACE, GROUP, THING = "person", "place", "group", "thing"
ASKED = {PERSON: (PERSON, "people"), GROUP: (THING, "people"), PLACE: (PLACE, "things")}
"""How something of a kind is asked for, one and several of it, by the keys of `asks_of`; other things as things."""
_PEOPLE = ("she", "he")
"""Pronouns that are for people alone, but for ships and beasts."""


def kind_of(name: str, content: str, speech: LanguagePack) -> str:
    """Return the kind of what is called `name`, by what its lore says that it is.

    What it is said to be comes first ("Ilya was my partner at the customs house"), then its name ("the Salt Guild"),
    then the pronoun it has, then whatever word for a kind comes first.
    """
    found = sentences(prose.plain(content))
    first = found[0] if found else ""
    of_pronoun = PERSON if pronoun_of(content, speech) in _PEOPLE else ""
    return (
        _last_kind(_said_to_be(first, name, speech), speech)
        or _last_kind(name, speech)
        or of_pronoun
        or _first_kind(first, speech)
        or THING
    )


def kind_of_word(word: str, speech: LanguagePack) -> str:
    """Return the kind of what a common noun means: `partner`, `tavern`; that of a thing where nothing tells."""
    return _last_kind(word, speech) or THING


def is_several(word: str, speech: LanguagePack) -> bool:
    """Return whether a common noun means more than one."""
    return re.search(prose.data_of(speech)["is_a"]["several"], fold(word)) is not None


def pronoun_of(content: str, speech: LanguagePack) -> str:
    """Return the pronoun by which lore goes on about what it is of; empty where no sentence begins with one."""
    begins: Mapping[str, Mapping[str, str]] = prose.data_of(speech)["beginnings"]
    for sentence in sentences(prose.plain(content))[1:]:
        for pronoun, forms in begins.items():
            if any(sentence.startswith(f"{form}{speech.gap}") for form in forms):
                return pronoun
    return ""


def _said_to_be(sentence: str, name: str, speech: LanguagePack) -> str:
    """Return the noun by which a sentence says what something is, with what stands before it; empty where none does."""
    data = prose.data_of(speech)["is_a"]
    told = re.search(data["says"], sentence, re.IGNORECASE)
    if told is None:
        bare = fold(name) not in fold(sentence) and re.match(data["bare"], sentence, re.IGNORECASE)
        told = re.match("", sentence) if bare else None
    return re.split(data["ends"], sentence[told.end() :].strip(), maxsplit=1)[0] if told else ""


def _kinds(text: str, speech: LanguagePack) -> list[tuple[int, int, str]]:
    """Return where words for a kind stand in a text: where each ends, how long it is, and the kind."""
    folded = fold(text)
    plural: str = prose.data_of(speech)["is_a"]["plural"]
    found: list[tuple[int, int, str]] = []
    kinds: Mapping[str, Sequence[str]] = prose.data_of(speech)["kinds"]
    for kind, listed in kinds.items():
        for word in listed:
            edge = r"\b" if speech.spaced else ""
            standing = re.finditer(rf"{edge}{re.escape(fold(word))}({plural}){edge}", folded)
            found += [(one.end(), len(word), GROUP if one[1] and kind == PERSON else kind) for one in standing]
    return found


def _last_kind(text: str, speech: LanguagePack) -> str:
    found = _kinds(text, speech)
    return max(found)[2] if found else ""


def _first_kind(text: str, speech: LanguagePack) -> str:
    found = _kinds(text, speech)
    return min((end - length, -length, kind) for end, length, kind in found)[2] if found else ""


def describing(name: str, sentence: str, speech: LanguagePack) -> tuple[str, bool]:
    """Return what a sentence calls something, with the article or the owner before it, and whether it is an article."""
    articles = "|".join(map(re.escape, speech.articles)) or "(?!)"
    owners: str = prose.data_of(speech)["is_a"]["owners"]
    edge = r"\b" if speech.spaced else ""
    found = re.search(rf"(?:({articles})|{owners})?{edge}{re.escape(name)}{edge}", sentence, re.IGNORECASE)
    return (found[0], bool(found[1])) if found else ("", False)


def beginnings(kind: str, pronoun: str, speech: LanguagePack) -> dict[str, str]:
    """Return what a sentence on something of a kind may begin with in its place, and what to put there."""
    begins: Mapping[str, Mapping[str, str]] = prose.data_of(speech)["beginnings"]
    own = {PERSON: (pronoun,) if pronoun else (*_PEOPLE, "they"), THING: tuple(begins)}.get(kind, ("it", "they"))
    forms = {form: put for each in own for form, put in begins.get(each, {}).items()}
    return dict(sorted(forms.items(), key=lambda entry: -len(entry[0])))


def is_event(name: str, sentence: str, speech: LanguagePack) -> bool:
    """Return whether a sentence says when something begins or is held."""
    return fold(name) in fold(sentence) and re.search(prose.data_of(speech)["times"], fold(sentence)) is not None
