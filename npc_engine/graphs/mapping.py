"""How the world and what is in minds look as nodes and relationships; docs/neo4j.md says it for people."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from npc_engine.mind.beliefs import Belief
from npc_engine.mind.feelings import Feeling
from npc_engine.world import Entity, Predicate, Statement
from npc_engine.world.periods import Placed

VERSION = 1
"""Which mapping a graph was written by: one more whenever the same events come to other rows."""

STATEMENT, VALUE = "Statement", "Value"
LABELS = {"person": "Person", "place": "Place", "thing": "Thing", "group": "Group", "idea": "Idea"}
"""A node's label, by the kind of an entity. What is no entity is a Value; a Statement is what beliefs are about."""

BELIEVES, FEELS, TOLD, KNOWS_OF, SUBJECT, OBJECT = "BELIEVES", "FEELS", "TOLD", "KNOWS_OF", "SUBJECT", "OBJECT"
OTHER = "OTHER"
"""The type of statements whose predicate nobody declared."""

_IDENTIFIER = re.compile(r"[a-z][a-z0-9_]*")
_LARGEST = 2**63


def entity_key(id_: str) -> str:
    """Return the key of the node of an entity or a value."""
    return f"e:{id_}"


def statement_key(id_: str) -> str:
    """Return the key of the node that stands for a statement."""
    return f"s:{id_}"


def types(predicates: Iterable[str]) -> dict[str, str]:
    """Return the type of the relationships for each declared predicate; our own types stay ours."""
    own = {BELIEVES, FEELS, TOLD, KNOWS_OF, SUBJECT, OBJECT, OTHER}
    named = {one: one.upper() for one in predicates if _IDENTIFIER.fullmatch(one)}
    return {one: f"{type_}_" if type_ in own else type_ for one, type_ in named.items()}


def entity(one: Entity) -> tuple[dict[str, Any], str]:
    """Return what an entity's node says, and its label."""
    said: dict[str, Any] = {"id": one.id, "kind": one.kind, "proper": one.proper, "common": one.common}
    said["pronoun"] = one.pronoun
    said |= {f"name_{language}": text for language, text in one.names.items()}
    said |= {f"summary_{language}": text for language, text in one.summary.items()}
    said |= {f"aliases_{language}": list(texts) for language, texts in one.aliases.items()}
    if one.since:
        said["since"] = one.since.isoformat()
    return said, LABELS[one.kind]


def values(predicates: Mapping[str, Predicate]) -> dict[str, dict[str, Any]]:
    """Return what the nodes of declared values say, by id."""
    found: dict[str, dict[str, Any]] = {}
    for rule in predicates.values():
        for id_, value in rule.values.items():
            found.setdefault(id_, {"id": id_} | {f"name_{language}": text for language, text in value.names.items()})
    return found


def period(placed: Placed) -> dict[str, Any]:
    """Return what the relationship of a period says in which a statement holds."""
    one = placed.statement
    said: dict[str, Any] = {"id": one.id, "predicate": one.predicate, "order": placed.order}
    return said | _when(one.since, one.until, one.event) | qualified(one.qualifiers)


def placed(subject: str, object_: str, said: Mapping[str, Any]) -> Placed:
    """Return the period that `period` made the properties of a relationship."""
    stated = Statement(
        subject,
        said["predicate"],
        object_,
        json.loads(said.get("qualifiers") or "{}"),
        _moment(said.get("since")),
        _moment(said.get("until")),
        said.get("event"),
    )
    return Placed(stated, said["order"])


def stated(one: Statement) -> dict[str, Any]:
    """Return what the node of a statement says."""
    return {"id": one.id, "subject": one.subject, "predicate": one.predicate, "object": one.object}


def belief(one: Belief) -> dict[str, Any]:
    """Return what the relationship from a believer to a statement says."""
    said: dict[str, Any] = {"holds": one.holds, "confidence": one.confidence, "how": one.how}
    said |= {"by": one.by} if one.by else {}
    said |= {"at": one.at.isoformat()} if one.at else {}
    said |= {"event": one.event} if one.event is not None else {}
    said |= {"chain": list(one.chain)} if one.chain else {}
    said |= {"backed_by": list(one.backed_by)} if one.backed_by else {}
    said |= {"between": sorted(one.between)} if one.between is not None else {}
    statement = one.statement
    said |= {f"true_{key}": value for key, value in _when(statement.since, statement.until, statement.event).items()}
    return said | qualified(statement.qualifiers)


def felt(one: Feeling) -> dict[str, Any]:
    """Return what the relationship from one person to another says."""
    return asdict(one)


def qualified(qualifiers: Mapping[str, Any]) -> dict[str, Any]:
    """Return qualifiers as properties: all of them as JSON, and each that is a plain value as `with_…` besides."""
    if not qualifiers:
        return {}
    said: dict[str, Any] = {"qualifiers": json.dumps(dict(qualifiers), ensure_ascii=False, separators=(",", ":"))}
    for name, value in qualifiers.items():
        if isinstance(value, bool | str | float) or (isinstance(value, int) and -_LARGEST <= value < _LARGEST):
            said[f"with_{name}"] = value
    return said


def _when(since: datetime | None, until: datetime | None, event: int | None) -> dict[str, Any]:
    said: dict[str, Any] = {"since": since.isoformat()} if since else {}
    said |= {"until": until.isoformat()} if until else {}
    return said | ({"event": event} if event is not None else {})


def _moment(iso: str | None) -> datetime | None:
    return datetime.fromisoformat(iso) if iso else None


def told(event: int, at: datetime, statement: Statement, holds: bool, confidence: float) -> dict[str, Any]:
    """Return what the relationship from a teller to a hearer says."""
    said = {"statement": statement.id, "holds": holds, "confidence": confidence, "at": at.isoformat(), "event": event}
    return said | qualified(statement.qualifiers)


def known(slot: str, about: str, words: str, event: int) -> dict[str, Any]:
    """Return what the relationship says from who was told something to who told it of themself."""
    return {"slot": slot, "about": about, "words": words, "event": event}


def edge_id(*parts: Sequence[str] | str | int) -> str:
    """Return what tells a relationship from others of its type between the same two."""
    return json.dumps(parts, ensure_ascii=False, separators=(",", ":"))
