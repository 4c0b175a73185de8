"""Which things a selection comes to, by what the NPC believes there is and what was spoken of last."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import takewhile

from npc_engine.dialogue.scene import Exchange, Scene
from npc_engine.dialogue.wants import Limit, Rank, Selection, Value
from npc_engine.lang import LanguagePack, pack
from npc_engine.mind import Belief
from npc_engine.text import Language, fold
from npc_engine.world.definitions import Entity, Param

KIND_OF = "kind_of"
"""The relation that says what kind of thing something is."""
BEGINS = 4
"""Letters from which a word may be the beginning of one in a name."""
LOOKED_BACK = 5
"""Exchanges in which it is looked for what 'it' means."""


def picked(selection: Selection, among: Sequence[str] | None, scene: Scene, language: Language) -> list[str]:
    """Return the things that a selection may mean, of those `among` which it is made; None leaves that open.

    Where what was picked out is not among them, or nothing says which one, there are none, or more than one.
    """
    found = _meant(selection, among, scene, language)
    for limit in selection.limits:
        found = [one for one in found if _within(one, limit, scene)]
    if selection.rank is not None:
        found = _ranked(found, selection.rank, scene)
    if len(found) != 1 and selection.beside:
        found = _beside(found or list(among or ()), selection, scene)
    if selection.ordinal is not None and found:
        at = selection.ordinal - 1 if selection.ordinal > 0 else -1
        found = [found[at]] if at < len(found) else []
    return found


def _meant(selection: Selection, among: Sequence[str] | None, scene: Scene, language: Language) -> list[str]:
    """Return what is spoken of, before bounds and ranks: those named, those of a kind, or those spoken of last."""
    if selection.named:
        found = _named(selection.named, among, scene)
        wholly = _by_part_of_name(selection, found, scene, language, wholly=True) if len(found) > 1 else []
        return wholly or found
    focus = spoken_of(scene, among)
    last = focus[0] if focus else []
    if selection.other:
        return _other(focus)
    if selection.ordinal is not None or selection.every:
        return _one_after_another(focus) or last or list(among or ())
    if selection.rank is not None and selection.rank.two:
        several = next((group for group in focus if len(group) > 1), None)
        singles = list(dict.fromkeys(group[0] for group in focus if len(group) == 1))[:2]
        if len(singles) == 2 and (several is None or focus.index(several) > 1):
            several = singles
        if several is None and last:
            limit = Limit(selection.rank.predicate, beside=last[0], more=selection.rank.high)
            fitting = [
                one for one in among or everything_measured(limit.predicate, scene) if _within(one, limit, scene)
            ]
            return _alike(fitting, last, scene) or fitting
        return several or []
    if selection.rank is not None or selection.limits:
        kind = _kind_spoken_of(scene) if selection.back else None
        measured = selection.rank.predicate if selection.rank else selection.limits[0].predicate
        universe = list(among) if among is not None else everything_measured(measured, scene)
        just_told = [one for one in scene.exchanges[-1].line.chosen if one in universe] if scene.exchanges else []
        if len(just_told) > 1:
            return just_told
        return [one for one in universe if kind is None or one in _of_kind(kind, scene)] or universe
    if len(last) > 1 and (partly := _by_part_of_name(selection, last, scene, language)):
        return partly
    if partly := _by_part_of_name(selection, among, scene, language, wholly=True):
        known = [selection.near] if selection.near else last
        return _alike(partly, known, scene) or partly
    return last if selection.back else []


def _alike(found: Sequence[str], known: Sequence[str], scene: Scene) -> list[str]:
    """Return those that are of a kind with what is known."""
    kinds = {kind for one in known for kind in _kinds(one, scene)}
    return [one for one in found if kinds & _kinds(one, scene)]


def _kinds(entity: str, scene: Scene) -> set[str]:
    if KIND_OF not in scene.projections.compiled.predicates:
        return set()
    return {belief.statement.object for belief in scene.mind.beliefs.ask(entity, KIND_OF) if belief.holds}


def _one_after_another(focus: Sequence[Sequence[str]]) -> list[str]:
    """Return the things that were spoken of last, each by itself, in that order; none where there is but one."""
    alone = list(takewhile(lambda group: len(group) == 1, focus))
    found = list(dict.fromkeys(group[0] for group in alone[:2]))
    return found[::-1] if len(found) > 1 else []


def _beside(found: Sequence[str], selection: Selection, scene: Scene) -> list[str]:
    """Return those that the NPC believes to have to do with what is spoken of beside: 'the one in the marsh'."""
    beliefs = scene.mind.beliefs
    near = [
        one
        for one in found
        if all(beliefs.ask(one, None, other) or beliefs.ask(other, None, one) for other in selection.beside)
    ]
    return near or list(found)


def _named(named: Sequence[str], among: Sequence[str] | None, scene: Scene) -> list[str]:
    found: list[str] = []
    kinds = {one: _of_kind(one, scene) for one in named}
    for one in named:
        kind = kinds[one]
        if any(other in kind for other in named):
            continue  # 'the wolf quest' is no other quest
        if among is None:
            found += kind or [one]
        elif one in among:
            found.append(one)
        else:
            found += [other for other in among if other in kind]
    return list(dict.fromkeys(found))


def _of_kind(kind: str, scene: Scene) -> list[str]:
    """Return what the NPC believes to be of a kind."""
    if KIND_OF not in scene.projections.compiled.predicates:
        return []
    return [belief.statement.subject for belief in scene.mind.beliefs.ask(None, KIND_OF, kind)]


def _kind_spoken_of(scene: Scene) -> str | None:
    """Return the kind of things that was spoken of last: 'the cheapest one' of bows is a bow."""
    for exchange in reversed(scene.exchanges[-LOOKED_BACK:]):
        for act in exchange.reading.acts:
            for one in (*act.named, *(act.choice.selection.named if act.choice else ())):
                if _of_kind(one, scene):
                    return one
        if exchange.line.chosen:
            return None
    return None


def _other(focus: Sequence[Sequence[str]]) -> list[str]:
    """Return the one of two that was not meant last."""
    if not focus:
        return []
    meant = focus[0][0] if len(focus[0]) == 1 else None
    for group in focus:
        rest = [one for one in group if one != meant]
        if rest and (len(group) == 2 or meant is None or rest != list(group)):
            return rest
    return next(([one for one in group if one != meant] for group in focus[1:] if set(group) - {meant}), [])


def _by_part_of_name(
    selection: Selection, among: Sequence[str] | None, scene: Scene, language: Language, *, wholly: bool = False
) -> list[str]:
    """Return those whose names have a word that was said and not all have: 'the long one'.

    If it is `wholly`, they must have all that was said of them.
    """
    speech, entities = pack(language), scene.projections.compiled.entities
    names = {
        one: [set(speech.tokens(fold(name))) for name in _called(entities[one], language)]
        for one in among or ()
        if one in entities
    }
    if len(names) < 2 or not selection.said:
        return []
    every: list[set[str]] = [set().union(*listed) for listed in names.values()]
    said = {_begun(word, names.values(), speech) for word in selection.said} - speech.stop_words
    telling = said - set[str].intersection(*every) if every else said
    fits = {
        one: max((len(name & telling) for name in listed if not wholly or said <= name), default=0)
        for one, listed in names.items()
    }
    best = max(fits.values())
    return [one for one, number in fits.items() if number == best] if best else []


def _called(entity: Entity, language: Language) -> list[str]:
    """Return what a thing is called in a language."""
    return [one for one in (entity.names.get(language), *entity.aliases.get(language, ())) if one]


def _begun(word: str, names: Iterable[list[set[str]]], speech: LanguagePack) -> str:
    """Return the word of a name that begins with a word, where words stand apart: the long one is the longsword."""
    if not speech.spaced or len(word) < BEGINS:
        return word
    told = {one for listed in names for name in listed for one in name}
    return word if word in told else next((one for one in sorted(told) if one.startswith(word)), word)


def spoken_of(scene: Scene, among: Sequence[str] | None) -> list[list[str]]:
    """Return the things that were spoken of, the last first, a list for each time; only those `among` which it is."""
    found: list[list[str]] = []
    for exchange in reversed(scene.exchanges[-LOOKED_BACK:]):
        for group in _groups(exchange):
            fitting = [one for one in dict.fromkeys(group) if among is None or one in among]
            if fitting and fitting not in found:
                found.append(fitting)
    return found


def _groups(exchange: Exchange) -> Iterable[list[str]]:
    """Yield the things that an exchange is about, the nearest first."""
    line, acts = exchange.line, exchange.reading.acts
    done = [value for action in line.actions for value in action.params.values() if isinstance(value, str)]
    if done:
        yield done
    if line.chosen:
        yield list(line.chosen)
    if line.pending:
        waiting = [value for value in line.pending.values.values() if isinstance(value, str)]
        yield waiting or list(line.pending.among)
    for act in reversed(acts):
        if act.choice and act.choice.among:
            yield list(act.choice.among)
        if act.named:
            yield list(act.named)
    sides = [side for fact in line.facts for side in (fact.belief.statement.subject, fact.belief.statement.object)]
    if sides:
        yield [fact.belief.statement.subject for fact in line.facts]
        yield sides


# -- numbers -------------------------------------------------------------------------------------------


def measured(entity: str, predicate: str, scene: Scene) -> tuple[float, Belief] | None:
    """Return the number that a thing has by a relation, as the NPC believes, with the belief; None for none."""
    rule = scene.projections.compiled.predicates.get(predicate)
    if rule is None or rule.measure is None:
        return None
    for belief in scene.mind.beliefs.ask(entity, predicate):
        number = belief.statement.qualifiers.get(rule.measure.of)
        if isinstance(number, int | float):
            return float(number), belief
    return None


def everything_measured(predicate: str, scene: Scene) -> list[str]:
    """Return all that has a number by a relation."""
    return list(dict.fromkeys(one.statement.subject for one in scene.mind.beliefs.ask(None, predicate)))


def _within(entity: str, limit: Limit, scene: Scene) -> bool:
    number = measured(entity, limit.predicate, scene)
    if number is None or entity == limit.beside:
        return False
    if limit.beside is not None:
        other = measured(limit.beside, limit.predicate, scene)
        return other is not None and (number[0] > other[0] if limit.more else number[0] < other[0])
    least, most = limit.least, limit.most
    return (least is None or number[0] >= least) and (most is None or number[0] <= most)


def _ranked(found: Sequence[str], rank: Rank, scene: Scene) -> list[str]:
    """Return those that have most, or least; several where they are even."""
    numbers = {one: number[0] for one in found if (number := measured(one, rank.predicate, scene))}
    if not numbers:
        return []
    best = max(numbers.values()) if rank.high else min(numbers.values())
    return [one for one, number in numbers.items() if number == best]


def offered_here(scene: Scene) -> list[str]:
    """Return all that the NPC's offers may be about: what they sell, the quests that they have."""
    found: list[str] = []
    for offer in scene.persona.offers:
        action = scene.actions.get(offer.action)
        for param in action.params if action else ():
            if param.where is not None and param.where.startswith("{actor}"):
                found += open_to(param, {}, scene) or []
    return list(dict.fromkeys(found))


# -- what a param may be -------------------------------------------------------------------------------


def open_to(param: Param, values: dict[str, Value], scene: Scene) -> list[str] | None:
    """Return all that a param may be, by its condition and what the NPC believes; None where anything may be."""
    entities = scene.projections.compiled.entities
    if param.where is None:
        kinds = {"thing": ("thing",), "place": ("place",), "person": ("person",)}.get(param.type)
        return [one.id for one in entities.values() if kinds is None or one.kind in kinds] if kinds else None
    known = {"actor": scene.npc, "speaker": scene.speaker, **{k: str(v) for k, v in values.items()}}
    words = param.where.split()
    sides = [None if word == "{" + param.id + "}" else known.get(word.strip("{}"), word) for word in words]
    beliefs = scene.mind.beliefs.ask(sides[0], words[1], sides[2])
    found = [one.statement.subject if sides[0] is None else one.statement.object for one in beliefs if one.holds]
    return list(dict.fromkeys(found))
