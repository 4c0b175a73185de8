"""Which kinds of things stand in which relation, learned from what a world's authors wrote."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from npc_engine.mind.projections import CompiledWorld
from npc_engine.world.definitions import ActionDefinition


@dataclass(frozen=True, slots=True)
class Shape:
    """Which kinds of things a relation holds between, as far as the world's facts tell; empty where they don't."""

    subjects: frozenset[str] = frozenset()
    objects: frozenset[str] = frozenset()


def shapes_of(compiled: CompiledWorld) -> dict[str, Shape]:
    """Return what kinds each relation holds between in the facts and beliefs that authors wrote."""
    kinds: dict[str, tuple[set[str], set[str]]] = {}
    facts = [fact.fact for fact in compiled.facts]
    facts += [belief.fact for persona in compiled.personas.values() for belief in persona.beliefs]
    facts += [fact for persona in compiled.personas.values() for secret in persona.secrets for fact in secret.facts]
    for fact in facts:
        subject, predicate, object_ = fact.split()
        rule = compiled.predicates.get(predicate)
        if rule is None or predicate == "at":  # anybody and anything is somewhere
            continue
        sides = [entity.kind if (entity := compiled.entities.get(part)) else "" for part in (subject, object_)]
        turned = [
            other.id for other in compiled.predicates.values() if rule.id == other.inverse or rule.inverse == other.id
        ]
        for id_, (first, second) in [
            (rule.id, (sides[0], sides[1])),
            *([(rule.id, (sides[1], sides[0]))] if rule.symmetric else []),
            *((other, (sides[1], sides[0])) for other in turned),
        ]:
            entry = kinds.setdefault(id_, (set(), set()))
            entry[0].add(first)
            entry[1].add(second)
    return {id_: Shape(frozenset(s - {""}), frozenset(o - {""})) for id_, (s, o) in kinds.items()}


def shape_by_actions(
    predicate: str, actions: Iterable[ActionDefinition], shapes: Mapping[str, Shape]
) -> frozenset[str]:
    """Return which kinds of things stand second in a relation that actions bring about, by what may be asked of them.

    Where '{speaker} took {quest}' comes of an action that asks for '{actor} posts {quest}', what is posted is taken.
    """
    found: set[str] = set()
    for action in actions:
        wanted = {f"{{{one.id}}}": one.where for one in action.params if one.where}
        for change in action.changes:
            _, brought, object_ = change.split()
            if brought != predicate or object_ not in wanted:
                continue
            subject, asked, other = (wanted[object_] or "").split()
            shape = shapes.get(asked, Shape())
            found |= shape.objects if other == object_ else shape.subjects if subject == object_ else frozenset()
    return frozenset(found)
