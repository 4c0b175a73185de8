"""Everything a world gives an id or a name to, and what clashes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from npc_engine.content.files import PERSONAS, WORLD
from npc_engine.content.spot import Findings, Spot
from npc_engine.errors import did_you_mean
from npc_engine.lang import HOME
from npc_engine.text import fold, languages

KINDS = {WORLD: "person", "places.yaml": "place", "things.yaml": "thing"}
"""What an entity is where its author does not say."""
_DECLARED_IN = {
    WORLD: "entity",
    PERSONAS: "entity",
    "places.yaml": "entity",
    "things.yaml": "entity",
    "predicates.yaml": "predicate",
    "actions.yaml": "action",
    "story.yaml": "beat",
    "facts.yaml": "fact",
}
_IDENTIFIER = re.compile("[a-z][a-z0-9_]*")
_ARTICLES = ("the ", "a ", "an ")


@dataclass
class Sources:
    """The files of a folder as spots, by their path inside it; `broken` could not be read."""

    spots: dict[str, Spot] = field(default_factory=dict)
    broken: set[str] = field(default_factory=set)

    def __getitem__(self, path: str) -> Spot:
        """Return a file, or an empty spot."""
        return self.spots.get(path, Spot(path, 1, 1, there=False))

    def note_missing(self) -> None:
        """Count the world's page as unreadable where there is none, and likewise all personas."""
        if WORLD not in self.spots:
            self.broken.add(WORLD)
        if not any(path.startswith(f"{PERSONAS}/") for path in (*self.spots, *self.broken)):
            self.broken.add(PERSONAS)

    def personas(self) -> Iterator[tuple[str, Spot]]:
        """Yield each persona's file name without its ending, and the persona."""
        for path, spot in self.spots.items():
            if path.startswith(f"{PERSONAS}/"):
                yield stem(path), spot

    def entities(self) -> Iterator[tuple[Spot, str]]:
        """Yield each entity and its kind: places, things, the player and the personas."""
        for path in ("places.yaml", "things.yaml"):
            for entry in self[path]:
                yield entry, entry["kind"].text or KINDS[path]
        if (player := self[WORLD]["player"]).there:
            yield player, player["kind"].text or KINDS[WORLD]
        for _, persona in self.personas():
            yield persona, "person"


def stem(path: str) -> str:
    """Return the id a persona's file is named after."""
    return path.removeprefix(f"{PERSONAS}/").removesuffix(".yaml")


@dataclass
class DeclaredNames:
    """What a world declares, by id; the kind of each entity; and the languages it speaks."""

    entities: dict[str, Spot] = field(default_factory=dict)
    kinds: dict[str, str] = field(default_factory=dict)
    predicates: dict[str, Spot] = field(default_factory=dict)
    actions: dict[str, Spot] = field(default_factory=dict)
    beats: dict[str, Spot] = field(default_factory=dict)
    languages: tuple[str, ...] = ()
    uncertain: set[str] = field(default_factory=set)
    """What may be incomplete, since a file or an id could not be read: `entity`, `predicate`, `action`, `fact` …"""

    def declare(self, what: str, known: dict[str, Spot], entry: Spot, findings: Findings) -> bool:
        """Enter a declaration under its id; False, and noted, where there is one of that id."""
        id = entry["id"].text
        if not id:
            self.uncertain.add(what)
        elif id in known:
            first = known[id]["id"]
            findings.wrong(entry["id"], f"there are two of the id {id!r}; the first is in {first.file}:{first.line}")
        else:
            known[id] = entry
            return True
        return False


def gather(sources: Sources, builtin: Iterable[Spot], findings: Findings) -> DeclaredNames:
    """Return all names of a world, noting ids that are declared twice and names that two entities share."""
    names = DeclaredNames(languages=_languages(sources[WORLD], findings))
    names.uncertain |= {_DECLARED_IN[path] for path in sources.broken if path in _DECLARED_IN}
    for entry, kind in sources.entities():
        if names.declare("entity", names.entities, entry, findings):
            names.kinds[entry["id"].text] = kind
    for path, known in (
        ("predicates.yaml", names.predicates),
        ("actions.yaml", names.actions),
        ("story.yaml", names.beats),
    ):
        for entry in sources[path]:
            names.declare(_DECLARED_IN[path], known, entry, findings)
    for entry in builtin:
        names.predicates.setdefault(entry["id"].text, entry)
    for path in sources.broken:
        if path.startswith(f"{PERSONAS}/"):
            names.kinds.setdefault(stem(path), "person")
    for file, persona in sources.personas():
        id = persona["id"]
        if id.text != file:
            names.kinds.setdefault(file, "person")
            if _IDENTIFIER.fullmatch(id.text):
                findings.wrong(id, f"the id is {id.text!r} but the file is {file}.yaml: give both one name")
    for known in (names.entities, names.predicates, names.actions, names.beats):
        _renamed(known, findings)
    for predicate in names.predicates.values():
        _renamed({id: value for id, _, value in predicate["values"].pairs()}, findings)
    _ambiguous(names, findings)
    return names


def _renamed(known: Mapping[str, Spot], findings: Findings) -> None:
    """Note ids that things are said to have had formerly and that another thing has now, or had as well."""
    had: dict[str, tuple[str, Spot]] = {}
    for id, entry in known.items():
        for old in entry["formerly"]:
            if not old.text:
                continue
            if old.text in known:
                whose = "its own id" if old.text == id else "the id of something else"
                findings.wrong(
                    old, f"{old.text!r} is {whose} now: a save could not tell which is meant; take it out here"
                )
            elif old.text in had:
                first = had[old.text][1]
                findings.wrong(
                    old, f"{old.text!r} was {had[old.text][0]!r} formerly, in {first.file}:{first.line}: not both"
                )
            else:
                had[old.text] = (id, old)


def _languages(world: Spot, findings: Findings) -> tuple[str, ...]:
    """Return the languages the world speaks; none when its file does not say it readably."""
    if not isinstance(world.value, dict):
        return ()
    if not world["languages"].there:
        return HOME
    spoken: list[str] = []
    for entry in world["languages"]:
        if entry.text in spoken:
            findings.wrong(entry, f"{entry.text!r} stands here twice")
        elif entry.text in languages():
            spoken.append(entry.text)
        elif entry.text:
            findings.wrong(entry, f"unknown language {entry.text!r}{did_you_mean(entry.text, languages())}")
    return tuple(spoken)


def _ambiguous(names: DeclaredNames, findings: Findings) -> None:
    """Note names and aliases that would make two entities out of one word."""
    taken: dict[tuple[str, str], tuple[str, Spot]] = {}
    declared = [entry for entry in names.entities.values() if entry["id"].there]
    for called in (_names, _aliases):  # so that the blame falls on the alias
        for entry in declared:
            id, blamed = entry["id"].text, set()
            for language, spot, name in called(entry):
                word = heard(name)
                owner, first = taken.setdefault((language, word), (id, spot))
                if owner != id and word and word not in blamed and not _told_apart(names, owner, id):
                    blamed.add(word)
                    also = f"{name!r} also means {owner!r}, in {first.file}:{first.line}"
                    people = names.kinds.get(owner) == names.kinds.get(id) == "person"
                    how = "; people of one name need another `home` or `role`" if people else ""
                    findings.wrong(spot, f"{also}: who hears it cannot tell which{how}")


def _told_apart(names: DeclaredNames, one: str, other: str) -> bool:
    """Return whether two are people of one name who live elsewhere or are something else, so that one can ask which."""
    if not names.kinds.get(one) == names.kinds.get(other) == "person":
        return False
    first, second = names.entities[one], names.entities[other]
    homes = (first["home"].text, second["home"].text)
    roles = ([role.text for _, _, role in first["role"].pairs()], [role.text for _, _, role in second["role"].pairs()])
    return (all(homes) and homes[0] != homes[1]) or (all(roles) and not set(roles[0]) & set(roles[1]))


def _names(entry: Spot) -> Iterator[tuple[str, Spot, str]]:
    """Yield what an entity is called: language, place in the file, and name. Its id counts as English."""
    for language, _, name in entry["names"].pairs():
        yield language, name, name.text
    yield HOME[0], entry["id"], entry["id"].text.replace("_", " ")


def _aliases(entry: Spot) -> Iterator[tuple[str, Spot, str]]:
    """Yield what else an entity answers to."""
    for language, _, aliases in entry["aliases"].pairs():
        for alias in aliases:
            yield language, alias, alias.text


def heard(name: str) -> str:
    """Return a name as it is recognised: without case, article and surrounding space."""
    folded = fold(name).strip()
    for article in _ARTICLES:
        folded = folded.removeprefix(article)
    return folded
