"""New worlds and new people: files to begin with, that pass every check and can be talked to at once."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any, get_args

from npc_engine.authoring import languages as spoken
from npc_engine.content import Content, load_content
from npc_engine.content.declared_names import heard
from npc_engine.errors import AuthoringError, UnknownNameError, join_names
from npc_engine.lang import HOME, pack
from npc_engine.packaged import read_yaml
from npc_engine.persona import Manner, Persona
from npc_engine.text import fold, language_of

SETTINGS = ("village", "station", "noir", "custom")
"""The worlds there are to begin with; `custom` has nothing that would have to be taken out again."""
PRONOUNS = get_args(Persona.model_fields["pronoun"].annotation)
"""What somebody may be called besides their name."""
OWN = "custom"
_PEOPLE = ("first_person", "second_person")
_PLACE = "first_place"
_NEW = "new_person"
_PLAIN = re.compile(r"\w[\w '-]{0,59}")


@dataclass(frozen=True, slots=True)
class Wishes:
    """What a new world is to be like: what is left out is as the setting has it.

    `name` is what the world is called; `place` and `people`, up to two names, are for the `custom` setting, as are
    `pronouns`, of its people in their order; who has none there is `they`.
    """

    setting: str = SETTINGS[0]
    languages: Sequence[str] = HOME
    name: str = ""
    place: str = ""
    people: Sequence[str] = field(default_factory=tuple)
    pronouns: Sequence[str] = field(default_factory=tuple)


def new_world(folder: Path, wishes: Wishes) -> dict[str, str]:
    """Return the files of a new world by their path inside of it; nothing is written.

    Raises:
        AuthoringError: there is something in the folder, or the wishes don't go together.
        UnknownNameError: there is no such setting.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise AuthoringError(
            f"{folder.as_posix()} is there already and is not written over: name a folder that is not there, "
            "or add somebody to that world with --persona NAME"
        )
    if wishes.setting not in SETTINGS:
        raise UnknownNameError("setting", wishes.setting, SETTINGS)
    if wishes.setting != OWN and (wishes.place or wishes.people or wishes.pronouns):
        raise AuthoringError(f"--place, --person and --pronoun are for a custom world: add --setting {OWN}")
    for pronoun in wishes.pronouns:
        _check_pronoun(pronoun)
    if len(wishes.pronouns) > len(_PEOPLE):
        raise AuthoringError(f"a new world has {len(_PEOPLE)} people, and --pronoun is for each of them once")
    if len(wishes.people) > len(_PEOPLE):
        raise AuthoringError(
            f"a new world has {len(_PEOPLE)} people: leave out {join_names([*wishes.people[len(_PEOPLE) :]])}, "
            "and add them afterwards with --persona NAME"
        )
    if wishes.name and not _PLAIN.fullmatch(wishes.name):
        raise AuthoringError(f"{wishes.name!r} can't be a world's name: it takes letters, digits, spaces, - and '")
    ids = _ids(wishes)
    named = read_yaml(_start(f"{wishes.setting}/world.yaml"))["names"].values()
    made: dict[str, str] = {}
    for path, text in _files(_start(wishes.setting)):
        name = path
        if path.startswith("tests/"):
            if not path.endswith(tuple(f"_{each}.yaml" for each in wishes.languages)):
                continue
            only_one = len(wishes.languages) == 1
            name = f"tests/{path.rpartition('_')[0].removeprefix('tests/')}.yaml" if only_one else path
        else:
            text = spoken.only(text, wishes.languages)
        text = spoken.with_values(text, _values(path, wishes))
        for old in named if wishes.name else ():
            text = text.replace(old, wishes.name)
        made[_renamed(name, ids)] = _renamed(text, ids)
    return made


def new_persona(folder: Path, name: str, *, role: str = "", manner: str = "", pronoun: str = "") -> tuple[str, str]:
    """Return the path inside a world, and the text, of somebody new in it; nothing is written.

    A `role` is in the language it looks to be in; in the world's others it stands as it is, marked as to be translated.

    Raises:
        AuthoringError: somebody or something has that name already, or there is no such name or pronoun.
        ContentError: the world has mistakes.
        UnknownNameError: there is no such manner.
    """
    content = load_content(folder)
    name = " ".join(name.split())
    id = _id_of(name, content)
    path = f"personas/{id}.yaml"
    if manner and manner not in get_args(Manner):
        raise UnknownNameError("manner", manner, get_args(Manner))
    text = spoken.only(_start("person.yaml").read_text("utf-8"), content.world.languages)
    values: dict[spoken.Path, Any] = {("names",): _in_each(name, content.world.languages)}
    if role:
        values[("role",)] = _in_each(role, content.world.languages)
    if manner:
        values[("temperament", "manner")] = manner
    if pronoun:
        _check_pronoun(pronoun)
        values[("pronoun",)] = pronoun
    if mark := _mark(role, content.world.languages):
        text = re.sub("^role: .*$", lambda found: f"{found[0]}  # {mark}", text, flags=re.MULTILINE)
    text = _renamed(spoken.with_values(text, values), {_NEW: id})
    places = [entity.id for entity in content.entities.values() if entity.kind == "place"]
    return path, text + (f"home: {places[0]}\n" if places else "")


def to_translate(text: str, languages: Sequence[str]) -> tuple[str, ...]:
    """Return the languages of a world in which a text, written in one of them, has still to be put."""
    written = language_of(text, languages[0]) if text.strip() else ""
    return tuple(code for code in languages if written and code != written)


def _mark(text: str, languages: Sequence[str]) -> str:
    """Return what to write beside a text that stands in every language as it was written in one."""
    return "; ".join(f"{code}: {pack(code).data('prose')['untranslated']}" for code in to_translate(text, languages))


def _check_pronoun(pronoun: str) -> None:
    if pronoun not in PRONOUNS:
        raise AuthoringError(f"a pronoun is one of {join_names(PRONOUNS)}, not {pronoun!r}")


def identifier(name: str) -> str:
    """Return an id made of a name; empty where it has no Latin letter to begin with."""
    slug = re.sub(r"[^a-z0-9]+", "_", fold(name)).strip("_")
    return slug if re.match("[a-z]", slug) else ""


def _id_of(name: str, content: Content) -> str:
    """Return a free id for somebody of a name that nobody has."""
    if not name:
        raise AuthoringError("somebody without a name can't be called: write --persona NAME")
    for entity in content.entities.values():
        called = [*entity.names.values(), *(alias for several in entity.aliases.values() for alias in several)]
        if heard(name) in map(heard, [*called, entity.id.replace("_", " ")]):
            raise AuthoringError(f"{name!r} also means {entity.id!r} in this world: choose another name")
    return free(identifier(name) or "person", content.entities)


def free(id: str, taken: Mapping[str, Any] | set[str]) -> str:
    """Return an id as it is, or with the lowest number behind it that makes it free."""
    return next(one for one in (id, *(f"{id}_{number}" for number in range(2, 10_000))) if one not in taken)


def _ids(wishes: Wishes) -> dict[str, str]:
    """Return what the ids of a custom world become."""
    if wishes.setting != OWN:
        return {}
    taken = {"player", OWN}
    ids: dict[str, str] = {}
    named = [*wishes.people, *("", "")][: len(_PEOPLE)]
    for old, name, default in zip((*_PEOPLE, _PLACE), (*named, wishes.place), ("robin", "ash", "square"), strict=True):
        ids[old] = free(identifier(name) or default, taken)
        taken.add(ids[old])
    return ids


def _values(path: str, wishes: Wishes) -> dict[spoken.Path, Any]:
    """Return what is wished for otherwise in a file."""
    if path == "world.yaml" and wishes.name:
        return {("id",): id} if (id := identifier(wishes.name)) else {}
    if path == "places.yaml" and wishes.place:
        return {(0, "names"): _in_each(wishes.place, wishes.languages)}
    found: dict[spoken.Path, Any] = {}
    for at, person in enumerate(_PEOPLE):
        if path == f"personas/{person}.yaml":
            if at < len(wishes.people):
                found[("names",)] = _in_each(wishes.people[at], wishes.languages)
            if at < len(wishes.pronouns):
                found[("pronoun",)] = wishes.pronouns[at]
    return found


def _in_each(text: str, languages: Sequence[str]) -> dict[str, str]:
    return dict.fromkeys(languages, " ".join(text.split()))


def _renamed(text: str, ids: Mapping[str, str]) -> str:
    for old, new in ids.items():
        text = re.sub(rf"\b{old}\b", new, text)
    return text


def _start(name: str) -> Traversable:
    return files(__package__).joinpath("starts", name)


def _files(folder: Traversable, before: str = "") -> list[tuple[str, str]]:
    """Return the files below a folder, each by its path and with its text, in order."""
    found: list[tuple[str, str]] = []
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if entry.is_dir():
            found += _files(entry, f"{before}{entry.name}/")
        elif entry.name.endswith(".yaml"):
            found.append((before + entry.name, entry.read_text("utf-8")))
    return found
