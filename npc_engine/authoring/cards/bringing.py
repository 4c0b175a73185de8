"""Cards brought into a world: every file read and every change made in mind first, then checked, then written."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from npc_engine.authoring.cards import archive, png
from npc_engine.authoring.cards.character import SCENARIO, Character, Reader, Surroundings
from npc_engine.authoring.cards.formats import SPEC, VERSION, Card, card_in, cards_in_table, whole
from npc_engine.authoring.cards.lore import Lore, LoreReader
from npc_engine.authoring.cards.lorebooks import lorebook_in
from npc_engine.authoring.cards.macros import Macros
from npc_engine.authoring.cards.plain import json_of, list_of, mapping_of, text_of
from npc_engine.authoring.cards.voicing import Voicing
from npc_engine.authoring.scaffold import free, identifier
from npc_engine.authoring.yaml_text import dumped
from npc_engine.content import Content
from npc_engine.content.declared_names import heard
from npc_engine.content.json_schema import modeline
from npc_engine.errors import AuthoringError, join_names
from npc_engine.lang import pack
from npc_engine.text import language_of

MAX_FILE = 64_000_000
"""Bytes of a file that is read; a picture with a card in it has a few millions."""
KEPT = "cards"
"""The folder of a world in which cards lie as they came."""
PORTRAITS = "portraits"
_TABLES = (".csv", ".tsv")
_SHOWN = 1_500
"""Characters of what has no place that are shown in the comment; all of it is kept beside."""


@dataclass
class Found:
    """Something that a file holds: a character's card, or a lorebook; `raw` is the card as it came."""

    source: str
    kind: str
    card: Card | None = None
    raw: Mapping[str, Any] = field(default_factory=dict)
    book: dict[str, Any] | None = None
    picture: tuple[str, bytes] | None = None


@dataclass
class Brought:
    """What became of one of the things found: where it went, how much of it, and what has no place."""

    found: Found
    path: str
    counts: dict[str, int] = field(default_factory=dict)
    unused: tuple[str, ...] = ()
    look: tuple[tuple[str, str], ...] = ()
    """What an author had best look at first: what it is, and what stands there."""


@dataclass
class Plan:
    """Changes to a world, not made yet: files to write by their path inside of it, and what each thing became."""

    files: dict[str, bytes] = field(default_factory=dict)
    things: dict[str, list[Any]] = field(default_factory=dict)
    told: dict[str, Lore] = field(default_factory=dict)
    brought: list[Brought] = field(default_factory=list)


def read(path: Path) -> list[Found]:
    """Return what a file holds: one card, one lorebook, or the rows of a table.

    Raises:
        AuthoringError: it holds none that is known, or is damaged, or too large; the message says which.
    """
    name = path.name
    try:
        with path.open("rb") as file:
            data = file.read(MAX_FILE + 1)
    except OSError as error:
        raise AuthoringError(f"{path.as_posix()} can't be read: {error.strerror or error}") from None
    if len(data) > MAX_FILE:
        raise AuthoringError(f"{name} is larger than {MAX_FILE // 10**6} MB, and no card is")
    if not data.strip():
        raise AuthoringError(f"{name} is empty")
    if path.suffix.lower() in _TABLES:
        rows = [Found(name, kind, card, card) for kind, card in cards_in_table(data, name)]
        if not rows:
            raise AuthoringError(f"{name} has no row with a name in it")
        return rows
    if data.startswith(png.SIGNATURE):
        return [_found(png.card_in(data, name), name, (".png", data))]
    if data.startswith(b"PK") or path.suffix.lower() == ".charx":
        card, picture = archive.card_in(data, name)
        return [_found(card, name, picture)]
    return [_found(data, name, None)]


def _found(data: bytes, name: str, picture: tuple[str, bytes] | None) -> Found:
    found = json_of(data, name)
    if (book := lorebook_in(found)) is not None:
        return Found(name, book[0], book=book[1])
    kind, raw = card_in(found, name)
    card = whole(raw)
    if not text_of(card.get("name")):
        raise AuthoringError(f"the card in {name} names nobody: it has no `name`")
    return Found(name, kind, card, raw, picture=picture)


class Bringing:
    """Brings what was found into one world, and keeps apart what would clash there."""

    def __init__(self, content: Content, language: str | None = None, setting: str = "") -> None:
        self._content = content
        self._setting = setting
        self._language = language
        self._ids = {*content.entities, *content.predicates}
        self._taken = {(code, heard(name)): id for code, name, id in _names_of(content)}
        self._facts = {" ".join(fact.fact.split()) for fact in content.facts}
        self.plan = Plan()

    def bring(self, found: Sequence[Found], tellers: Sequence[str] = ()) -> Plan:
        """Return the changes that bring all in; lorebooks are told by the cards they come with, or by `tellers`.

        Raises:
            AuthoringError: something does not fit into this world; nothing was changed.
        """
        books = [one for one in found if one.book is not None]
        cards = [one for one in found if one.card is not None]
        for one in cards:
            self._character(one, books)
        for one in books:
            if cards:
                where = f"personas/{', '.join(Path(brought.path).stem for brought in self.plan.brought)}"
                self.plan.brought.append(Brought(one, where))
            else:
                self._book(one, tellers)
        return self.plan

    # -- characters ------------------------------------------------------------------------------------

    def _character(self, one: Found, books: Sequence[Found]) -> None:
        assert one.card is not None
        code = self._code_of(f"{one.card['description']} {one.card['first_mes']} {one.card['name']}", one.source)
        reader = Reader(one.card, Surroundings(code, self._content.world.languages))
        character = reader.read()
        self._refuse_taken(character.name, one)
        persona = character.persona
        id = free(identifier(character.wished_id) or identifier(character.name) or "person", self._ids)
        self._take(id, persona)
        lore = self._lore_of(one, books, reader, [character.name, *persona.get("aliases", {}).get(code, ())])
        for key, told in (("about", lore.about), ("topics", lore.topics)):
            if told:
                persona[key] = [*persona.get(key, ()), *told]
        self._put_things(lore)
        facts = self._put_ties(id, character, code)
        if facts:
            persona["knows"] = list(dict.fromkeys(_pattern(fact, id) for fact, _ in facts))
        if one.picture is not None:
            ending, picture = one.picture
            path = f"{PORTRAITS}/{id}{ending}"
            self.plan.files[path] = picture
            persona["portrait"] = path
        places = [entity.id for entity in self._content.entities.values() if entity.kind == "place"]
        if places:
            persona["home"] = places[0]
        unused = {**character.unused, **lore.unused}
        if self._setting and " ".join(unused.get(SCENARIO, "").split()) == self._setting:
            del unused[SCENARIO]
        if reader.macros.unknown:
            unused["macros"] = " ".join(sorted(reader.macros.unknown))
        if extensions := [key for key in one.card["extensions"] if key != "npc_engine"]:
            unused["extensions"] = ", ".join(text_of(str(key))[:60] for key in extensions[:40])
        look = [*_to_look_at(persona), *(("fact", f"{fact}: {name}") for fact, name in facts), *character.left]
        self._write(one, id, persona, unused, look)

    def _write(
        self, one: Found, id: str, persona: dict[str, Any], unused: dict[str, str], look: Sequence[tuple[str, str]]
    ) -> None:
        assert one.card is not None
        path = f"personas/{id}.yaml"
        who = _one_line(f"{one.card['name']}, from {one.source} ({one.kind})")
        maker = f", by {_one_line(one.card['creator'])}" if one.card["creator"] else ""
        head = f"{modeline(path)}# {who}{maker}\n"
        body = dumped({"id": id, **_ordered(persona)})
        self.plan.files[path] = f"{head}{body}{_comment(unused, id)}".encode()
        kept = {"spec": SPEC, "spec_version": VERSION, "data": one.raw}
        self.plan.files[f"{KEPT}/{id}.json"] = json_bytes(kept)
        counts = {
            "greetings": sum(map(len, persona.get("phrases", {}).get("greeting", {}).values())),
            "passages": len(persona.get("about", ())),
            "topics": len(persona.get("topics", ())),
            "samples": len(persona["voice"].get("samples", ())),
        }
        self.plan.brought.append(Brought(one, path, counts, tuple(unused), tuple(look)))

    def _code_of(self, text: str, source: str) -> str:
        """Return the language of a text, which must be one of the world's."""
        spoken = self._content.world.languages
        code = self._language or language_of(text, spoken[0])
        if code not in spoken:
            names = join_names([pack(each).name for each in spoken])
            raise AuthoringError(
                f"{source} is in {pack(code).name}, and this world speaks {names}: add `{code}` to `languages` in "
                "world.yaml, or say --language if it is not"
            )
        return code

    def _refuse_taken(self, name: str, one: Found) -> None:
        for code in self._content.world.languages:
            if (code, heard(name)) in self._taken:
                raise AuthoringError(
                    f"{name!r} of {one.source} is the name of somebody or something in this world already: "
                    "rename one of the two"
                )

    def _take(self, id: str, entity: dict[str, Any]) -> None:
        """Enter what somebody or something is called, without the aliases that are taken."""
        self._ids.add(id)
        for code, name in entity["names"].items():
            self._taken[code, heard(name)] = id
        for code, aliases in list(entity.get("aliases", {}).items()):
            fit = [alias for alias in aliases if heard(alias) and (code, heard(alias)) not in self._taken]
            self._taken |= {(code, heard(alias)): id for alias in fit}
            entity["aliases"][code] = fit
        if "aliases" in entity and not any(entity["aliases"].values()):
            del entity["aliases"]

    # -- lore ------------------------------------------------------------------------------------------

    def _lore_of(self, one: Found, books: Sequence[Found], reader: Reader, names: Sequence[str]) -> Lore:
        assert one.card is not None
        whole = Lore()
        told = [mapping_of(one.card.get("character_book")), *(book.book or {} for book in books)]
        for book in told:
            content = " ".join(text_of(mapping_of(entry).get("content")) for entry in list_of(book.get("entries"))[:20])
            if not content:
                continue
            code = self._code_of(content, one.source)
            lore = LoreReader(pack(code), reader.macros, reader.voicing, names, self._content.world.languages).read(
                book
            )
            whole.about += lore.about
            whole.topics += lore.topics
            whole.things += lore.things
            whole.unused |= lore.unused
        return whole

    def _book(self, one: Found, tellers: Sequence[str]) -> None:
        """Bring in a lorebook by itself: its things, and what is told of them by those who are named."""
        assert one.book is not None
        entries = [mapping_of(entry) for entry in list_of(one.book.get("entries"))]
        code = self._code_of(" ".join(text_of(entry.get("content")) for entry in entries[:50]), one.source)
        speech = pack(code)
        macros = Macros(self._content.world.names.get(code, ""))
        voicing = Voicing([], "they", speech)
        lore = LoreReader(speech, macros, voicing, [], self._content.world.languages).read(one.book, told=bool(tellers))
        count = self._put_things(lore)
        for teller in tellers:
            self.plan.told[teller] = lore
        counts = {"things and places": count, "passages": len(lore.about), "topics": len(lore.topics)}
        name = free(identifier(Path(one.source).stem) or "lore", set())
        kept = {"spec": "lorebook_v3", "data": one.book}
        self.plan.files[f"{KEPT}/{name}.json"] = json_bytes(kept)
        where = ", ".join(f"personas/{teller}.yaml" for teller in tellers) or "things.yaml, places.yaml"
        self.plan.brought.append(Brought(one, where, counts, tuple(lore.unused)))

    def _put_things(self, lore: Lore) -> int:
        """Enter the things and places of lore that this world has not yet, and return how many there are."""
        count = 0
        for thing in lore.things:
            name = next(iter(thing["names"].values()))
            if any((code, heard(name)) in self._taken for code in thing["names"]):
                continue
            self._put_thing(thing)
            count += 1
        return count

    def _put_thing(self, thing: dict[str, Any]) -> str:
        """Enter a thing or place, and return the id that it has."""
        id = free(identifier(next(iter(thing["names"].values()))) or thing["kind"], self._ids)
        self._take(id, thing)
        file = "places.yaml" if thing["kind"] == "place" else "things.yaml"
        kind = {} if thing["kind"] in ("place", "thing") else {"kind": thing["kind"]}
        rest = {key: value for key, value in thing.items() if key != "kind"}
        self.plan.things.setdefault(file, []).append({"id": id, **kind, **rest})
        return id

    def _put_ties(self, id: str, character: Character, code: str) -> list[tuple[str, str]]:
        """Enter what ties somebody to things and people that their card names; return each fact, and that name."""
        facts = {}
        for tie in character.ties:
            other = self._taken.get((code, heard(tie.name)))
            if other == id or (other is None and not tie.kind):
                continue
            if other is None:
                names = dict.fromkeys(self._content.world.languages, tie.name)
                thing = {"kind": tie.kind, "names": names} | ({} if tie.proper else {"proper": False})
                other = self._put_thing(thing | ({"pronoun": tie.pronoun} if tie.pronoun else {}))
            facts[f"{id} {tie.relation} {other}" if tie.first else f"{other} {tie.relation} {id}"] = tie.name
        new = [fact for fact in facts if fact not in self._facts]
        if new:
            self._facts |= set(new)
            self.plan.things.setdefault("facts.yaml", []).extend(new)
        return list(facts.items())


def _to_look_at(persona: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield what reading a card is least sure of, and what of it would be better as a secret."""
    said = [(one, next(iter(one["says"].values()))[0]) for one in persona.get("about", ())]
    yield "role", " / ".join(persona["role"].values())
    yield "pronoun", persona["pronoun"]
    yield from (("age", text) for one, text in said if one.get("topic") == "age")
    if manner := persona.get("temperament", {}).get("manner"):
        yield "manner", manner
    yield "summary", " / ".join(persona["summary"].values())
    yield from (("private", text) for one, text in said if one.get("confidence") == "private")


def _pattern(fact: str, id: str) -> str:
    """Return the pattern by which somebody knows a fact of their own, and those like it."""
    subject, relation, _ = fact.split()
    return f"{id} {relation} *" if subject == id else f"* {relation} {id}"


def _ordered(persona: dict[str, Any]) -> dict[str, Any]:
    order = (
        "names",
        "aliases",
        "pronoun",
        "role",
        "summary",
        "traits",
        "temperament",
        "voice",
        "knows",
        "about",
        "topics",
        "phrases",
    )
    keys = [*order, *(key for key in persona if key not in order)]
    return {key: persona[key] for key in keys if key in persona}


def _names_of(content: Content) -> Iterator[tuple[str, str, str]]:
    """Yield what everything in a world is called, with the language and its id; ids count as English, as in checks."""
    for entity in content.entities.values():
        yield from ((code, name, entity.id) for code, name in entity.names.items())
        yield from ((code, alias, entity.id) for code, aliases in entity.aliases.items() for alias in aliases)
        yield content.world.languages[0], entity.id.replace("_", " "), entity.id


def json_bytes(value: Any) -> bytes:
    """Return a value as JSON in UTF-8, with what can't be encoded written as it can."""
    try:
        return f"{json.dumps(value, ensure_ascii=False, indent=1)}\n".encode()
    except UnicodeEncodeError:  # half a character
        return f"{json.dumps(value, indent=1)}\n".encode()


def _comment(unused: Mapping[str, str], id: str) -> str:
    """Return what has no place in a persona as comments."""
    if not unused:
        return ""
    lines = ["", f"# What has no place here; the whole card is in {KEPT}/{id}.json."]
    for what, text in unused.items():
        shown = text if len(text) <= _SHOWN else f"{text[:_SHOWN]} …"
        lines += [f"# {what}:", *(f"#   {line}".rstrip() for line in shown.split("\n"))]
    return "\n".join(lines) + "\n"


def _one_line(text: str) -> str:
    return " ".join(text_of(text).split())[:200]
