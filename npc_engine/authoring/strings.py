"""A world's texts for translators: out as gettext's `.po`, and back into the YAML without touching anything else.

Each text has an id that stays while it and what stands around it are edited: the ids of what it belongs to, and for one
of several texts what it says in the language it is translated from.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from npc_engine.content import examine
from npc_engine.content.files import PERSONAS, WORLD, list_files
from npc_engine.content.lines import line_id, step_of
from npc_engine.content.schema import SEVERAL, bare, fields_of, is_model
from npc_engine.content.source import parse
from npc_engine.content.spot import Findings, Spot
from npc_engine.content.texts import SCHEMA, is_untranslated
from npc_engine.errors import AuthoringError, ContentError
from npc_engine.lang import pack
from npc_engine.packaged import packaged_yaml
from npc_engine.persona import Persona, occasion_of
from npc_engine.world.definitions import Localized, LocalizedList

if TYPE_CHECKING:
    from pydantic import BaseModel

try:
    import polib
except ModuleNotFoundError as error:
    raise AuthoringError("translators' files need polib: pip install polib") from error

_NOTES: Mapping[str, Mapping[str, str]] = packaged_yaml("npc_engine.authoring", "notes.yaml")
"""What a translator should know of a text, by the model and the key it stands under."""


@dataclass(frozen=True, slots=True)
class String:
    """One text of a world: its id, where it stands, what it says in each language, and what a translator should know.

    `keys` lead to the texts by language in the file; `at` is its place among several, None where it is one.
    """

    id: str
    file: str
    line: int
    keys: tuple[str | int, ...]
    at: int | None
    texts: Mapping[str, str]
    note: str


def strings_of(folder: Path, source: str) -> list[String]:
    """Return every text of a world that stands in the language `source`, file by file, in order.

    Raises:
        ContentError: a file can't be read as YAML.
    """
    found: list[String] = []
    findings = Findings()
    for path in list_files(folder):
        kind = SCHEMA.get(path, Persona if path.startswith(f"{PERSONAS}/") else None)
        spot = parse((folder / path).read_bytes(), (folder / path).as_posix(), findings) if kind is not None else None
        if spot is not None:
            name = path.removesuffix(".yaml").replace("/", ".")
            found += _strings(kind, spot, path, (name,), (), source)
    if findings.mistakes:
        raise ContentError(findings.mistakes)
    return _told_apart(found)


def _told_apart(found: list[String]) -> list[String]:
    """Return texts with a number behind each id that another had before."""
    seen: Counter[str] = Counter()
    apart = []
    for string in found:
        seen[string.id] += 1
        number = seen[string.id]
        apart.append(string if number == 1 else replace(string, id=f"{string.id}.{number}"))
    return apart


def _strings(
    annotation: Any,
    spot: Spot,
    file: str,
    where: tuple[str, ...],
    keys: tuple[str | int, ...],
    source: str,
    note: str = "",
) -> Iterator[String]:
    """Yield the texts in a spot; `where` makes their ids, `keys` lead to them, `note` is for who translates them."""
    kind = bare(annotation)
    if kind == Localized or kind in SEVERAL:
        yield from _texts(kind, spot, file, where, keys, source, note)
    elif is_model(kind):
        shorthand = isinstance(spot.value, dict) and "says" in fields_of(kind) and "says" not in spot.value
        if shorthand:  # a passage that is its texts alone
            yield from _texts(LocalizedList, spot, file, (*where, "says"), keys, source, _note(kind, "says"))
            return
        for key, field in fields_of(kind).items():
            if spot[key].there:
                note = _note(kind, key)
                yield from _strings(field.annotation, spot[key], file, (*where, key), (*keys, key), source, note)
    elif getattr(kind, "__origin__", None) is list:
        for number, entry in enumerate([spot] if isinstance(spot.value, dict) else spot):
            inside = (*keys, number) if isinstance(spot.value, list) else keys
            yield from _strings(kind.__args__[0], entry, file, (*where, step_of(entry.plain(), source)), inside, source)
    elif getattr(kind, "__origin__", None) is dict:
        for key, _, value in spot.pairs():
            said = note or occasion_of(key) or ""
            yield from _strings(kind.__args__[1], value, file, (*where, key), (*keys, key), source, said)


def _texts(
    kind: Any, spot: Spot, file: str, where: tuple[str, ...], keys: tuple[str | int, ...], source: str, note: str
) -> Iterator[String]:
    original = spot[source]
    if not original.there:
        return
    several = list(original) if isinstance(original.value, list) else [original]
    for at, entry in enumerate(several):
        said = entry["text"].text if isinstance(entry.value, dict) else entry.text
        if not said.strip():
            continue
        texts = {source: said}
        for language, _, other in spot.pairs():
            if language != source and (told := _other(other, at)):
                texts[language] = told
        many = kind in SEVERAL
        id = line_id(where, said if many else "")
        yield String(id, file, entry.line, keys, at if many else None, texts, note)


def _other(spot: Spot, at: int) -> str:
    """Return what stands in another language at the same place."""
    several = list(spot) if isinstance(spot.value, list) else [spot]
    if at >= len(several):
        return ""
    entry = several[at]
    return entry["text"].text if isinstance(entry.value, dict) else entry.text


def _note(model: type[BaseModel], key: str) -> str:
    return _NOTES.get(model.__name__, {}).get(key, "")


def exported(folder: Path, to: str, source: str | None = None) -> str:
    """Return a world's texts as a `.po` for a translator into `to`, from `source` or the world's first other language.

    Raises:
        AuthoringError: the world stands in no other language.
        ContentError: its files can't be read.
        UnknownNameError: there is no such language.
    """
    pack(to)
    source = source or _source(folder, to)
    book = polib.POFile(wrapwidth=100)
    book.metadata = {
        "Project-Id-Version": folder.resolve().name,
        "Language": to,
        "X-Source-Language": source,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
    }
    for string in strings_of(folder, source):
        said, told = string.texts[source], string.texts.get(to, "")
        entry = polib.POEntry(
            msgctxt=string.id,
            msgid=said,
            msgstr=told,
            comment=string.note,
            occurrences=[(string.file, str(string.line))],
        )
        if told == said and is_untranslated(_key(string), said):
            entry.flags.append("fuzzy")
        book.append(entry)
    return str(book)


def _key(string: String) -> str:
    """Return the key that a text stands under."""
    return next((key for key in reversed(string.keys) if isinstance(key, str)), "")


def _source(folder: Path, to: str) -> str:
    """Return the language a world is translated from."""
    spot = parse((folder / WORLD).read_bytes(), WORLD, Findings())
    content = examine(folder).content
    spoken = list(content.world.languages) if content else [code.text for code in (spot["languages"] if spot else ())]
    spoken = spoken or ([code for code, _, _ in spot["names"].pairs()] if spot else [])
    other = next((code for code in spoken if code != to), None)
    if other is None:
        raise AuthoringError(f"{folder.as_posix()} stands in no language but {pack(to).name}: nothing is to translate")
    return other


@dataclass
class Taken:
    """What came of translations: how many texts were put in, and the ids that nothing has any more."""

    put: int = 0
    gone: tuple[str, ...] = ()
    files: tuple[str, ...] = ()


def imported(folder: Path, po: str, to: str) -> tuple[dict[str, str], Taken]:
    """Return a world's files with the translations of a `.po` in them, those that change alone, and what came of it.

    Comments, order and every other line stay. Unfinished entries (empty, or marked fuzzy) are left out.

    Raises:
        AuthoringError: it is no `.po`.
        ContentError: the world's files can't be read.
    """
    from npc_engine.content.round_trip import Sheet

    try:
        book = polib.pofile(po)
    except (OSError, ValueError, UnicodeError, IndexError) as error:
        raise AuthoringError(f"this is no .po that gettext would read: {str(error)[:200]}") from None
    pack(to)
    source = book.metadata.get("X-Source-Language") or _source(folder, to)
    told = {entry.msgctxt: entry.msgstr for entry in book if entry.msgstr and not entry.fuzzy and not entry.obsolete}
    known = strings_of(folder, source)
    sheets: dict[str, Sheet] = {}
    taken = Taken(gone=tuple(sorted(set(told) - {string.id for string in known} - {None})))
    for string in known:
        said = told.get(string.id)
        if said is None or said == string.texts.get(to):
            continue
        if string.file not in sheets:
            sheets[string.file] = Sheet.read(folder / string.file)
        _put(sheets[string.file].data, string, to, source, said)
        taken.put += 1
    if WORLD not in sheets:
        sheets[WORLD] = Sheet.read(folder / WORLD)
    world = sheets[WORLD].data
    listed = world.get("languages")
    if listed is not None and to not in listed and taken.put:
        listed.append(to)
    files = {path: sheet.text for path, sheet in sheets.items()}
    changed = {path: text for path, text in files.items() if text.encode() != (folder / path).read_bytes()}
    taken.files = tuple(changed)
    return changed, taken


def _put(data: Any, string: String, to: str, source: str, said: str) -> None:
    """Put a translation where its original stands: among several, at the same place."""
    from npc_engine.content.round_trip import written

    place = data
    for key in string.keys:
        place = place[key]
    original = place[source]
    if string.at is None or isinstance(original, str):
        place[to] = written(said)
        return
    if not isinstance(place.get(to), list):
        place[to] = written([place[to]] if to in place else [], flow=original.fa.flow_style())
    listed = place[to]
    pattern = original[string.at]
    entry = written(said)
    if isinstance(pattern, dict):
        entry = written({"text": said})
        entry |= {key: value for key, value in pattern.items() if key != "text"}
    if string.at < len(listed):
        listed[string.at] = entry
    else:
        listed.append(entry)
