"""What designers changed in a content graph, and the same in the YAML it came from."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from npc_engine.content import Content, check_content
from npc_engine.content.compiling import compile_world
from npc_engine.errors import ContentError, GraphError
from npc_engine.graphs import mapping
from npc_engine.graphs.bolt import Bolt
from npc_engine.graphs.cypher import NODE
from npc_engine.graphs.fold import Fold
from npc_engine.graphs.yaml_edits import Entries

CONTENT = "content"
"""The slot that content has in a database, beside the games played in it."""

_TEXTS = {"name": "names", "summary": "summary"}


class FactKey(NamedTuple):
    """What a fact is known by: `subject predicate object`, and since when."""

    fact: str
    since: str


@dataclass(frozen=True, slots=True)
class ContentGraph:
    """Facts and texts of a world, as its YAML or as a graph has them."""

    facts: dict[FactKey, dict[str, Any]] = field(default_factory=dict)
    texts: dict[tuple[str, str], str] = field(default_factory=dict)


class Difference(NamedTuple):
    """One thing that a graph has otherwise than YAML: `before` is None for what is new, `after` for what is gone."""

    what: FactKey | tuple[str, str]
    before: Any
    after: Any

    def __str__(self) -> str:
        if isinstance(self.what, FactKey):
            name = self.what.fact + (f" since {self.what.since}" if self.what.since else "")
            if self.after is None:
                return f"- {name}"
            sign = "+" if self.before is None else "~"
            return f"{sign} {name}" + "".join(f" {key}={value}" for key, value in _flat(self.after))
        entity, text = self.what
        return f"~ {entity} {text}: {self.before or ''} -> {self.after}"


def in_yaml(content: Content) -> ContentGraph:
    """Return what the graph of a world's content should hold."""
    rows = Fold(compile_world(content)).delta().new
    relationships = [
        {"type": key[0], "a": key[1][2:], "b": key[2][2:], "said": row.said}
        for key, row in rows.items()
        if not isinstance(key, str)
    ]
    nodes = [row.said for key, row in rows.items() if isinstance(key, str) and row.said.get("id") in content.entities]
    return _graph(content, relationships, nodes)


def in_graph(content: Content, bolt: Bolt, slot: str = CONTENT) -> ContentGraph:
    """Return what the graph of a world's content holds now.

    Raises:
        GraphError: there is no such graph, or somebody joined to it what is not of this world.
    """
    game = {"game": f"{content.world.id}/{slot}"}
    nodes = bolt.read((f"MATCH (n:{NODE} {{game: $game}}) RETURN properties(n) AS said", game))
    if not nodes:
        raise GraphError(f"there is no graph of {game['game']!r} here: `npc graph push` makes it")
    strangers = f"MATCH (n:{NODE} {{game: $game}})-[r]-(m) WHERE m.game IS NULL OR m.game <> $game"
    if found := bolt.read((f"{strangers} RETURN n.id AS id, type(r) AS type LIMIT 1", game)):
        raise GraphError(f"a {found[0]['type']} joins {found[0]['id']!r} to a node that is not of this world: "
                         "declare it in things.yaml or places.yaml, push, and join it then")  # fmt: skip
    given = {**game, "types": _types(content)}
    among = f"MATCH (a:{NODE} {{game: $game}})-[r]->(b:{NODE}) WHERE type(r) IN $types"
    rows = bolt.read((f"{among} RETURN type(r) AS type, a.id AS a, b.id AS b, properties(r) AS said", given))
    return _graph(content, rows, [row["said"] for row in nodes if row["said"].get("id") in content.entities])


def differences(before: ContentGraph, after: ContentGraph) -> list[Difference]:
    """Return what is otherwise in one graph than in another, in order."""
    found: list[Difference] = []
    for fact in sorted(before.facts.keys() | after.facts.keys()):
        one, other = before.facts.get(fact), after.facts.get(fact)
        if one != other:
            found.append(Difference(fact, one, other))
    for text in sorted(before.texts.keys() | after.texts.keys()):
        was, is_ = before.texts.get(text), after.texts.get(text)
        if was != is_:
            found.append(Difference(text, was, is_))
    return found


def pull(content: Content, found: list[Difference]) -> list[Path]:
    """Write differences into a world's YAML, and return the files that changed; all else in them stays as it is.

    Raises:
        ContentError: it would not pass `npc check`; nothing is written.
    """
    with tempfile.TemporaryDirectory() as scratch:
        draft = Path(scratch) / content.folder.resolve().name
        shutil.copytree(content.folder, draft)
        changed = _edited(content, draft, found)
        if mistakes := check_content(draft):
            shown = content.folder.as_posix()
            raise ContentError(
                type(one)(one.file.replace(draft.as_posix(), shown), one.line, one.column, one.message)
                for one in mistakes
            )
        written = []
        for path in sorted(changed):
            target = content.folder / path
            partial = target.with_name(f".{target.name}.part")
            partial.write_bytes((draft / path).read_bytes())
            partial.replace(target)
            written.append(target)
    return written


def _edited(content: Content, draft: Path, found: list[Difference]) -> set[str]:
    """Edit the files of a draft, and return those that changed."""
    files: dict[str, Entries] = {}
    changed = set()
    for one in found:
        path = "facts.yaml" if isinstance(one.what, FactKey) else _home(draft, content, one.what[0])
        entries = files.setdefault(path, Entries.of(draft / path))
        if isinstance(one.what, FactKey):
            _edit_fact(entries, one.what, one.before, one.after)
        else:
            _edit_text(entries, content, *one.what, one.after)
        changed.add(path)
    for path in changed:
        files[path].write(draft / path)
    return changed


def _edit_fact(entries: Entries, fact: FactKey, before: Mapping[str, Any] | None, after: Any) -> None:
    def is_it(entry: Any) -> bool:
        plain = {"fact": entry} if isinstance(entry, str) else entry
        since = plain.get("since")
        same = " ".join(str(plain.get("fact")).split()) == fact.fact
        return same and (_iso(since) if since else "") == fact.since

    if after is None:
        entries.remove(is_it)
        return
    said = {"fact": fact.fact, **after, **({"since": _moment(fact.since)} if fact.since else {})}
    said |= {"until": _moment(after["until"])} if after.get("until") else {}
    if before is None:
        entries.append(said if len(said) > 1 else fact.fact)
    else:
        # What a later fact of the same matter ended has an end in the graph that nobody wrote.
        unchanged = {name for name in ("until",) if before.get(name) == after.get(name)}
        entries.change(is_it, {name: value for name, value in said.items() if name not in unchanged},
                       [name for name in before if name not in after])  # fmt: skip


def _edit_text(entries: Entries, content: Content, entity: str, text: str, after: str | None) -> None:
    kind, _, language = text.partition("_")
    key = "role" if kind == "summary" and entity in content.personas else _TEXTS[kind]
    if entries.is_list:
        entries.set_in(lambda entry: isinstance(entry, dict) and entry.get("id") == entity, key, language, after)
    else:
        entries.set_in(None, key, language, after)


def _home(draft: Path, content: Content, entity: str) -> str:
    """Return the file in which an entity is declared."""
    if entity in content.personas:
        for path in sorted((draft / "personas").glob("*.y*ml")):
            if Entries.of(path).plain().get("id") == entity:
                return f"personas/{path.name}"
    for name in ("places.yaml", "things.yaml"):
        if (draft / name).exists() and any(one.get("id") == entity for one in Entries.of(draft / name).plain()):
            return name
    raise GraphError(f"what {entity!r} is called is not pulled: edit world.yaml by hand")


def _graph(content: Content, relationships: list[dict[str, Any]], nodes: list[Mapping[str, Any]]) -> ContentGraph:
    named = {type_: one for one, type_ in mapping.types(content.predicates).items()}
    graph = ContentGraph()
    for row in relationships:
        predicate, said = named.get(row["type"]), row["said"]
        if predicate is None or said.get("event") is not None:
            continue
        key = FactKey(f"{row['a']} {predicate} {row['b']}", str(said.get("since", "")))
        graph.facts[key] = dict(_fact(said))
    for one in nodes:
        for name, value in one.items():
            if name.partition("_")[0] in _TEXTS and "_" in name:
                graph.texts[one["id"], name] = value
    return graph


def _fact(said: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """Yield what a relationship says of a fact, as YAML has it."""
    if qualifiers := {name.removeprefix("with_"): one for name, one in said.items() if name.startswith("with_")}:
        yield "with", dict(sorted(qualifiers.items()))
    if said.get("until"):
        yield "until", str(said["until"])
    if said.get("common"):
        yield "common", True


def _flat(said: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    for name, value in said.items():
        yield from value.items() if isinstance(value, dict) else [(name, value)]


def _types(content: Content) -> list[str]:
    return list(mapping.types(content.predicates).values())


def _iso(value: Any) -> str:
    moment = _moment(str(value))
    return moment.isoformat() if hasattr(moment, "isoformat") else str(value)


def _moment(text: str) -> Any:
    """Return a time as YAML writes it; what is none stays a text, and `npc check` says so."""
    from datetime import datetime

    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return text
