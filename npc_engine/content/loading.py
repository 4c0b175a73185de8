"""From a folder of YAML to a world: read, parsed and checked whole, with every mistake found in one go."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, TypeAdapter, ValidationError

from npc_engine.content.declared_names import KINDS, Sources, gather
from npc_engine.content.files import LISTS, WORLD, File, digest, read_files
from npc_engine.content.giveaways import check_giveaways, check_secrets
from npc_engine.content.references import References
from npc_engine.content.rewording import reword
from npc_engine.content.source import parse
from npc_engine.content.spot import Findings, Spot
from npc_engine.content.texts import check_texts
from npc_engine.content.told_twice import check_told_twice
from npc_engine.errors import ContentError, Mistake
from npc_engine.mind.compiled_world import Derived
from npc_engine.persona import Persona
from npc_engine.world.definitions import (
    ActionDefinition,
    AnyFact,
    Beat,
    Entity,
    FactDefinition,
    Predicate,
    WorldDefinition,
)

STARTERS = "starters.yaml"
"""The file of predicates that are there for any world that uses them."""
LONGEST_FACT = 200
"""Characters of a text from which it is no fact."""

KEPT = 4
"""Worlds kept as they were last examined, for a game that is left and begun again, and for an author's tests."""

_M = TypeVar("_M", bound=BaseModel)

_ENTRIES: dict[str, Any] = {
    "places.yaml": Entity,
    "things.yaml": Entity,
    "predicates.yaml": Predicate,
    "facts.yaml": AnyFact,
    "actions.yaml": ActionDefinition,
    "story.yaml": Beat,
}


@dataclass(frozen=True, slots=True)
class Content:
    """A world as its authors wrote it, whole and checked.

    `entities` holds everything with a name: places, things, the player and the personas. `predicates`
    holds the built-in ones too. `digest` changes when any byte of any file does. `derived` keeps what any game in it
    works out from it, for the next one.
    """

    folder: Path
    world: WorldDefinition
    entities: Mapping[str, Entity]
    predicates: Mapping[str, Predicate]
    facts: tuple[FactDefinition, ...]
    actions: Mapping[str, ActionDefinition]
    story: tuple[Beat, ...]
    personas: Mapping[str, Persona]
    digest: str
    derived: Derived = field(default_factory=Derived, init=False, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Examination:
    """What a look through a content folder found: the world, if it can be used, and what to mend.

    `advice` is what had better be mended though nothing keeps the world from being played.
    """

    content: Content | None
    mistakes: tuple[Mistake, ...]
    advice: tuple[Mistake, ...]


@dataclass
class _Parsed:
    """What came out of the schema, as far as it did."""

    world: WorldDefinition | None = None
    lists: dict[str, list[Any]] = field(default_factory=dict)
    personas: list[Persona] = field(default_factory=list)


_EXAMINED: dict[tuple[object, ...], Examination] = {}


def load_content(folder: Path | str) -> Content:
    """Return the world that a folder holds.

    Raises ContentError with every mistake in it, each with its file, line and column. What an author is advised of is
    not looked for: a game begins the sooner, and `examine` tells it.
    """
    examination = _kept(Path(folder), advise=False)
    if examination.content is None:
        raise ContentError(examination.mistakes)
    return examination.content


def check_content(folder: Path | str) -> tuple[Mistake, ...]:
    """Return everything that must be mended before a folder can be loaded, in order; empty when it is fine."""
    return _kept(Path(folder), advise=False).mistakes


def examine(folder: Path | str) -> Examination:
    """Return the world that a folder holds together with mistakes and advice; never raises ContentError.

    A world without a mistake whose files are, byte for byte, as they were a while ago is not examined again.
    """
    return _kept(Path(folder), advise=True)


def _kept(folder: Path, *, advise: bool) -> Examination:
    findings = Findings()
    found = read_files(folder, findings)
    held = tuple((file.path, file.data) for file in found)
    read = (held, frozenset(findings.mistakes), frozenset(findings.advice))
    for key in ((*read, True, folder), (*read, advise, folder)):
        if key in _EXAMINED:
            return _EXAMINED[key]
    kept = list(_EXAMINED.items())  # other threads load worlds too
    alike = (one for key, one in kept if key[:-2] == read and key[-2] in (True, advise))
    examination = next(filter(None, (_in_folder(folder, one) for one in alike)), None)
    if examination is None:
        examination = _examined(folder, found, findings, advise=advise)
    if examination.content is not None:
        _EXAMINED[*read, advise, folder] = examination
        while len(_EXAMINED) > KEPT:
            _EXAMINED.pop(next(iter(_EXAMINED)), None)
    return examination


def _in_folder(folder: Path, examination: Examination) -> Examination | None:
    """Return what was found of a world for a folder that holds the same, byte for byte; None where it names files."""
    if examination.content is None or examination.advice:
        return None
    return replace(examination, content=replace(examination.content, folder=folder))


def _examined(folder: Path, found: list[File], findings: Findings, *, advise: bool) -> Examination:
    sources = Sources()
    for file in found:
        spot = None if file.data is None else parse(file.data, file.shown, findings)
        if spot is None:
            sources.broken.add(file.path)
        else:
            sources.spots[file.path] = spot
    parsed = _parse_all(sources, findings)
    given = (*_builtin(), *_starters(sources))
    if found:
        sources.note_missing()
        names = gather(sources, given, findings)
        References(sources, names, findings).check()
        check_texts(sources, names, findings)
        if advise:
            check_giveaways(sources, names, findings)
            check_secrets(sources, names, findings)
            check_told_twice(sources, names, findings)
    mistakes, advice = tuple(sorted(findings.mistakes)), tuple(sorted(findings.advice))
    content = None
    if not mistakes and parsed.world is not None:
        content = _assemble(folder, parsed.world, parsed, given, digest(found))
    return Examination(content, mistakes, advice)


@cache
def _builtin(name: str = "builtin.yaml") -> tuple[Spot, ...]:
    """Return the predicates that every world has, or those of another file beside them."""
    source = files("npc_engine.world") / name
    findings = Findings()
    spot = parse(source.read_bytes(), name, findings)
    if spot is None or findings.mistakes:
        raise ContentError(findings.mistakes)
    return tuple(spot)


def _starters(sources: Sources) -> tuple[Spot, ...]:
    """Return those of the predicates that any world may use that one does, with their inverses and opposites."""
    found = {entry["id"].text: entry for entry in _builtin(STARTERS)}
    used = {word for spot in sources.spots.values() for word in _predicates_in(spot)}
    used |= {found[id][other].text for id in used & set(found) for other in ("inverse", "opposite")}
    return tuple(entry for id, entry in found.items() if id in used)


def _predicates_in(spot: Spot) -> Iterator[str]:
    """Yield the middle word of whatever in a spot may be a fact."""
    waiting = [spot]
    while waiting:
        value = waiting.pop().value
        if isinstance(value, str):
            if len(value) < LONGEST_FACT and len(words := value.split()) == 3:
                yield words[1]
        elif isinstance(value, list):
            waiting += value
        elif isinstance(value, dict):
            waiting += value.values()


def _parse_all(sources: Sources, findings: Findings) -> _Parsed:
    parsed = _Parsed()
    predicates = {entry["id"].text for entry in (*_builtin(), *_builtin(STARTERS), *sources["predicates.yaml"])}
    for path, spot in sources.spots.items():
        if path in LISTS:
            parsed.lists[path] = _parse_list(path, sources, findings, predicates)
        elif path == WORLD:
            defaults = {"player": {"kind": KINDS[WORLD], "pronoun": "they"}}
            parsed.world = _parse_mapping(WorldDefinition, spot, findings, predicates, defaults)
        elif (persona := _parse_mapping(Persona, spot, findings, predicates)) is not None:
            parsed.personas.append(persona)
    return parsed


def _parse_mapping(
    model: type[_M],
    spot: Spot,
    findings: Findings,
    predicates: Collection[str],
    defaults: Mapping[str, Mapping[str, Any]] | None = None,
) -> _M | None:
    if spot.value is None:
        findings.wrong(spot, "this file is empty")
        return None
    if not isinstance(spot.value, dict):
        findings.wrong(spot, "this file is a mapping: it begins with `id: …`, without a dash")
        return None
    data = spot.plain()
    for key, values in (defaults or {}).items():
        if isinstance(data.get(key), dict):
            data[key] = {**values, **data[key]}
    found: _M | None = _validated(model.model_validate, model, data, spot, findings, predicates)
    return found


def _parse_list(path: str, sources: Sources, findings: Findings, predicates: Collection[str]) -> list[Any]:
    spot = sources[path]
    if spot.value is None:
        findings.better(spot, "this file is empty; it may as well be deleted")
        return []
    if not isinstance(spot.value, list):
        findings.wrong(spot, "this file is a list: each entry begins with a dash, `- id: …`")
        sources.broken.add(path)
        return []
    kind = _ENTRIES[path]
    validate = _adapter(path).validate_python
    entries = []
    for entry in spot:
        data = entry.plain()
        if path in KINDS and isinstance(data, dict):
            data = {"kind": KINDS[path], **data}
        if (model := _validated(validate, kind, data, entry, findings, predicates)) is not None:
            entries.append(model)
    return entries


@cache
def _adapter(path: str) -> TypeAdapter[Any]:
    return TypeAdapter(_ENTRIES[path])


def _validated(
    validate: Callable[[Any], Any], kind: Any, data: Any, spot: Spot, findings: Findings, predicates: Collection[str]
) -> Any:
    """Return data as what the schema says it is; None, with what is wrong noted, where it is not."""
    try:
        return validate(data)
    except ValidationError as error:
        reword(error, kind, spot, findings, predicates)
        return None


def _assemble(folder: Path, world: WorldDefinition, parsed: _Parsed, builtin: tuple[Spot, ...], hashed: str) -> Content:
    lists = {path: parsed.lists.get(path, []) for path in LISTS}
    personas = {persona.id: persona for persona in parsed.personas}
    entities = [*lists["places.yaml"], *lists["things.yaml"], world.player]
    entities += [persona.entity for persona in personas.values()]
    predicates = [Predicate.model_validate(entry.plain()) for entry in builtin] + lists["predicates.yaml"]
    return Content(
        folder=folder,
        world=world,
        entities={entity.id: entity for entity in entities},
        predicates={predicate.id: predicate for predicate in predicates},
        facts=tuple(lists["facts.yaml"]),
        actions={action.id: action for action in lists["actions.yaml"]},
        story=tuple(lists["story.yaml"]),
        personas=personas,
        digest=hashed,
    )
