"""What a judge is told of a world and of one of its people: who they are, what they know, believe wrongly and hide."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

import yaml

from benchmarks.talk.conversations import world_folder
from npc_engine import Content, Engine, Statement, load_content

_LEFT_OUT = frozenset(
    "id names aliases formerly knows beliefs phrases topics asks portrait offers freedom secrets pronoun "
    "temperament".split()
)
"""Keys of a persona's page that tell a judge nothing of the person, or stand elsewhere on the sheet."""
_LANGUAGES = frozenset({"en", "zh"})


@dataclass(frozen=True, slots=True)
class Hidden:
    """A secret: the sentences that are kept back, and the conditions, as written, under which they are told."""

    sentences: tuple[str, ...]
    conditions: str


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody as a judge needs to know them; `page` is the persona's YAML in one language."""

    name: str
    page: str
    known: tuple[str, ...]
    wrong: tuple[str, ...]
    unknown: tuple[str, ...]
    secrets: tuple[Hidden, ...]


@dataclass(frozen=True, slots=True)
class WorldTruth:
    """A world in one language as a judge needs to know it."""

    name: str
    setting: str
    common: tuple[str, ...]
    people: dict[str, Person]


@cache
def world_truth(world: str, language: str) -> WorldTruth:
    """Return what there is to know of a world when the game begins, worded in a language."""
    content = load_content(world_folder(world))
    with Engine.load(content, model="none", language=language) as engine:
        true = {_key(one): engine.word(one) for one in engine.ask()}
        believed = {npc: _beliefs(engine, npc) for npc in engine.people}
        common = [key for key in true if all(key in beliefs for beliefs in believed.values())]
        people = {npc: _person(content, npc, language, true, believed[npc], frozenset(common)) for npc in engine.people}
    texts = content.world
    return WorldTruth(texts.names[language], texts.setting[language], tuple(true[key] for key in common), people)


def _key(statement: Statement) -> str:
    return f"{statement.subject} {statement.predicate} {statement.object}"


def _beliefs(engine: Engine, npc: str) -> dict[str, str]:
    return {_key(belief.statement): engine.word(belief.statement) for belief in engine.beliefs(npc) if belief.holds}


def _person(
    content: Content,
    npc: str,
    language: str,
    true: dict[str, str],
    believed: dict[str, str],
    common: frozenset[str],
) -> Person:
    persona = content.personas[npc]
    page = yaml.safe_load((content.folder / "personas" / f"{npc}.yaml").read_text(encoding="utf-8"))
    told = _localised({key: value for key, value in page.items() if key not in _LEFT_OUT}, language)
    told.get("voice", {}).pop("samples", None)
    return Person(
        name=persona.names[language],
        page=yaml.safe_dump(told, allow_unicode=True, sort_keys=False, width=120).strip(),
        known=tuple(said for key, said in believed.items() if key not in common),
        wrong=tuple(said for key, said in believed.items() if key not in true),
        unknown=tuple(said for key, said in true.items() if key not in believed),
        secrets=tuple(
            Hidden(
                tuple(believed.get(fact) or true[fact] for fact in secret.facts if fact in believed or fact in true),
                yaml.safe_dump(written.get("when"), default_flow_style=True, width=1000, allow_unicode=True).strip(),
            )
            for secret, written in zip(persona.secrets, page.get("secrets", []), strict=True)
        ),
    )


def _localised(value: Any, language: str) -> Any:
    """Return data with each text that stands in several languages in one of them."""
    if isinstance(value, dict):
        if value and value.keys() <= _LANGUAGES:
            return value.get(language, next(iter(value.values())))
        return {key: _localised(one, language) for key, one in value.items()}
    if isinstance(value, list):
        return [_localised(one, language) for one in value]
    return value
