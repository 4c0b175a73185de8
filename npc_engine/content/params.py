"""What an action has to be told: its params, and where they are spoken of."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from npc_engine.content.declared_names import DeclaredNames, Sources
from npc_engine.content.facts import Facts
from npc_engine.content.spot import Findings, Spot
from npc_engine.errors import did_you_mean, join_names

ROLES = ("actor", "speaker")
"""Who does an action, and who asked for it."""
_NAMED = {"thing": ("thing", "idea", "group"), "place": ("place",), "person": ("person",), "entity": ()}
"""The types of params that stand for something with a name, and of which kinds that may be; none stand for any."""
_SLOT = re.compile(r"\{(\w+)\}")


def params_of(action: Spot) -> dict[str, Spot]:
    """Return the params of an action by their ids."""
    return {param["id"].text: param for param in action["params"] if param["id"].text}


def check_params(sources: Sources, names: DeclaredNames, facts: Facts, findings: Findings) -> None:
    """Note what is wrong with the params of actions, with facts and examples that speak of them, and with measures."""
    for action in sources["actions.yaml"]:
        params = params_of(action)
        _twice(action, findings)
        before: list[str] = []
        for id_, param in params.items():
            if id_ in ROLES:
                findings.wrong(
                    param["id"], f"{id_!r} is who {'does' if id_ == 'actor' else 'asks for'} it: take another id"
                )
            _where(id_, param, before, facts, findings)
            _numbers(param, findings)
            _default(param, names, facts, findings)
            before.append(id_)
        for key in ("changes", "not_changes"):
            for fact in action[key]:
                facts.check(fact, stand_ins=_braced(*ROLES, *_settled(params)))
                _unsettled(fact, params, findings)
        for _, _, examples in action["examples"].pairs():
            for example in [examples] if examples.text else examples:
                _slots(example, params, findings)
        if not any(action[key].there for key in ("words", "description", "examples")):
            message = "nothing asks for this: write `examples` of what players say, or `words`"
            findings.better(action["id"], message)
    _measures(sources, findings)


def _twice(action: Spot, findings: Findings) -> None:
    seen: dict[str, Spot] = {}
    for param in action["params"]:
        id_ = param["id"]
        if id_.text and (first := seen.setdefault(id_.text, id_)) is not id_:
            findings.wrong(id_, f"{id_.text!r} stands here twice, first in line {first.line}")


def _where(id_: str, param: Spot, before: list[str], facts: Facts, findings: Findings) -> None:
    """Note what is wrong with the condition of a param."""
    where = param["where"]
    if not where.text:
        return
    if param["type"].text in ("number", "text"):
        findings.wrong(where, f"a {param['type'].text} stands in no fact: take `where` out")
    elif "{" + id_ + "}" not in where.text.split():
        findings.wrong(
            where, f"{{{id_}}} does not stand in it, so it says nothing of `{id_}`: '{{actor}} sells {{{id_}}}'"
        )
    else:
        facts.check(where, stand_ins=_braced(*ROLES, *before, id_))


def _numbers(param: Spot, findings: Findings) -> None:
    """Note limits of what is no number, and limits that leave nothing."""
    least, most = param["min"], param["max"]
    if param["type"].text not in ("number", ""):
        for limit in (least, most):
            if limit.there:
                findings.wrong(limit, f"a {param['type'].text} has no limits: these are for a `number`")
    elif isinstance(least.value, int | float) and isinstance(most.value, int | float) and least.value > most.value:
        findings.wrong(most, f"no number is at least {least.value:g} and at most {most.value:g}")


def _default(param: Spot, names: DeclaredNames, facts: Facts, findings: Findings) -> None:
    default, type_ = param["default"], param["type"].text
    if default.there and param["optional"].value is True:
        findings.wrong(param["optional"], "what has a `default` is never missing: take `optional` out")
    if not default.there:
        needed = param["optional"].value is not True
        if needed and not param["ask"].there and param["id"].text:
            message = f"`ask` is missing, so they ask 'Which one?' where nobody said what `{param['id'].text}` is"
            findings.better(param["id"], message)
    elif type_ == "number":
        if not isinstance(default.value, int | float):
            findings.wrong(default, f"a number was expected, not {default.text!r}")
        elif not _within(default.value, param):
            findings.wrong(default, f"{default.value:g} is not within the limits")
    elif type_ in _NAMED and default.text:
        facts.check_entity(default, default.text, kinds=_NAMED[type_])


def _within(value: float, param: Spot) -> bool:
    least, most = param["min"].value, param["max"].value
    return (not isinstance(least, int | float) or value >= least) and (
        not isinstance(most, int | float) or value <= most
    )


def _settled(params: Mapping[str, Spot]) -> Iterator[str]:
    """Yield the params that may stand in a change: those that have a name and are always there."""
    for id_, param in params.items():
        if param["type"].text in _NAMED and param["optional"].value is not True:
            yield id_


def _unsettled(fact: Spot, params: Mapping[str, Spot], findings: Findings) -> None:
    """Note params in a change that can't stand there, in words that say why."""
    settled = set(_settled(params))
    for match in _SLOT.finditer(fact.text):
        if (param := params.get(match[1])) is None or match[1] in settled:
            continue
        why = "may be left out" if param["type"].text in _NAMED else f"is a {param['type'].text}"
        findings.wrong(fact, f"{match[0]} cannot stand in a fact, since it {why}", match.start())


def _slots(example: Spot, params: Mapping[str, Spot], findings: Findings) -> None:
    for match in _SLOT.finditer(example.text):
        if match[1] not in params:
            near = did_you_mean(match[1], params) or (f"; there are {join_names(list(params))}" if params else "")
            findings.wrong(example, f"unknown slot {match[0]}{near}", match.start())


def _braced(*names: str) -> tuple[str, ...]:
    """Return how params and roles stand in a fact."""
    return tuple("{" + name + "}" for name in names)


def _measures(sources: Sources, findings: Findings) -> None:
    """Note measures of a qualifier that no fact has."""
    used: dict[str, set[str]] = {}
    for entry in sources["facts.yaml"]:
        said = entry["fact"].text.split()
        if len(said) == 3:
            used.setdefault(said[1], set()).update(key for key, _, _ in entry["with"].pairs())
    for predicate in sources["predicates.yaml"]:
        of = predicate["measure"]["of"]
        known = used.get(predicate["id"].text, set())
        if of.text and known and of.text not in known:
            findings.wrong(of, f"no fact has {of.text!r} in its `with`{did_you_mean(of.text, known)}")
