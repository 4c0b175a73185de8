"""Answering a question from what an NPC believes: over one relation or several, yes or no, how many."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from npc_engine.dialogue.query import Query, RelationPhrase, Role, Term
from npc_engine.dialogue.scene import Scene
from npc_engine.mind import Belief

MANY = 12
"""Beliefs that one answer holds at the most."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What an NPC's beliefs say to a question.

    `verdict` is yes or no where that was asked, None where it is open. `beliefs` say so; with `instead` they
    are not what was asked, but what is known in its place. `via` are those that led from what was named to what
    is meant ('her brother'); `missing` are the terms of which nothing is believed; `number` is how many.
    """

    beliefs: tuple[Belief, ...] = ()
    verdict: bool | None = None
    instead: bool = False
    via: tuple[Belief, ...] = ()
    missing: tuple[Term, ...] = ()
    number: int | None = None

    @property
    def found(self) -> bool:
        """Return whether there is anything to say."""
        return bool(self.beliefs)


@dataclass(frozen=True, slots=True)
class Meant:
    """An entity that a term stands for (None: anything), and the beliefs that led to it."""

    entity: str | None
    via: tuple[Belief, ...] = ()


def answer(query: Query, scene: Scene) -> Answer:
    """Return what an NPC's beliefs say to a question."""
    if query.is_of_something_unread and not (query.values and query.question_word == "who"):
        return Answer()
    subjects, lost = meant(query.subject, scene)
    objects, lost_too = meant(query.object, scene)
    missing = (*lost, *lost_too)
    if not subjects or not objects:
        return Answer(missing=missing)
    rule = scene.projections.compiled.predicates[query.predicate]
    if query.negated and not query.yes_no:
        return _denials(query, subjects, objects, scene)
    if rule.values and query.values and (subjects[0].entity or query.yes_no):
        found = [_of_value(query, one, scene) for one in subjects if one.entity]
    elif rule.values and query.values:
        holders = [b for value in query.values for b in scene.mind.beliefs.ask(None, query.predicate, value)]
        return Answer(tuple(_fitting(holders, query, scene)[:MANY]))
    else:
        found = [_between(query, one, other, scene) for one in subjects for other in objects]
    several = [*subjects] if len(subjects) > 1 else [*objects] if len(objects) > 1 else []
    return _together(query, found, several, missing)


def denied(query: Query, scene: Scene) -> Answer | None:
    """Return the no to whether something is so, from the belief that its opposite is; None where there is none."""
    if query.predicate is None or not query.yes_no or query.subject is None or query.object is None:
        return None
    rules = scene.projections.compiled.predicates
    rule = rules.get(query.predicate)
    for other in rules.values():
        if other.opposite == query.predicate or (rule is not None and rule.opposite == other.id):
            found = answer(replace(query, predicate=other.id), scene)
            if found.verdict:
                return replace(found, verdict=False)
    return None


def _together(query: Query, found: list[Answer], several: list[Meant], missing: tuple[Term, ...]) -> Answer:
    """Put the answers about each of several things together."""
    if not found:
        return Answer(missing=missing)
    hits = [one for one in found if one.found and not one.instead] or [one for one in found if one.found]
    beliefs = list({belief.id: belief for one in hits for belief in one.beliefs}.values())
    via = tuple({belief.id: belief for one in hits for belief in one.via}.values())
    verdicts = {one.verdict for one in hits}
    lacking = [
        Term("", entity=other.entity)
        for other, one in zip(several, found, strict=False)
        if other.entity and one not in hits
    ]
    if len(several) != len(found):
        lacking = []
    return Answer(
        tuple(beliefs[:MANY]),
        verdict=verdicts.pop() if len(verdicts) == 1 else (False if False in verdicts and query.yes_no else None),
        instead=all(one.instead for one in hits) if hits else False,
        via=via,
        missing=(*missing, *lacking),
        number=len(beliefs) if query.count and beliefs and not hits[0].instead else None,
    )


# -- what a term stands for ----------------------------------------------------------------------------


def meant(term: Term | None, scene: Scene) -> tuple[list[Meant], tuple[Term, ...]]:
    """Return what a term stands for, and those parts of it that stand for nothing the NPC knows of."""
    if term is None:
        return [Meant(None)], ()
    if term.entity:
        return [Meant(term.entity)], ()
    if term.link:
        found = _linked(term.link, scene)
        return found, () if found else (term,)
    entities: list[Meant] = []
    lost: tuple[Term, ...] = ()
    for part in term.parts:
        some, none = meant(part, scene)
        entities += some
        lost += none
    return entities, lost


def _linked(link: RelationPhrase, scene: Scene) -> list[Meant]:
    beliefs = scene.mind.beliefs
    if link.value is not None:
        held = beliefs.ask(None, link.predicates[0], link.value)
        return [Meant(belief.statement.subject, (belief,)) for belief in held]
    givens, _ = meant(link.given, scene)
    for predicate in link.predicates:
        sides: tuple[Role, ...] = (link.role,) if link.role else ("object", "subject")
        for side in sides:
            found = [
                Meant(_other(belief, side), (*given.via, belief))
                for given in givens
                if given.entity
                for belief in _held(predicate, given.entity, side, scene)
            ]
            fit = [one for one in found if _gender(one.entity, scene) in (None, link.gender) or link.gender is None]
            if fit:
                return fit
    return []


def _held(predicate: str, entity: str, side: Role, scene: Scene) -> list[Belief]:
    beliefs = scene.mind.beliefs
    return beliefs.ask(entity, predicate) if side == "subject" else beliefs.ask(None, predicate, entity)


def _other(belief: Belief, side: Role) -> str:
    return belief.statement.object if side == "subject" else belief.statement.subject


def _gender(entity: str | None, scene: Scene) -> str | None:
    known = scene.projections.compiled.entities.get(entity or "")
    return known.pronoun if known and known.pronoun in ("she", "he") else None


# -- one relation --------------------------------------------------------------------------------------


def _between(query: Query, one: Meant, other: Meant, scene: Scene) -> Answer:
    """Answer about one thing on either side; either may be left open."""
    beliefs = scene.mind.beliefs
    via = (*one.via, *other.via)
    subject, object_ = one.entity, other.entity
    if subject is None or object_ is None:
        if subject is None and object_ is None:
            every = beliefs.ask(None, query.predicate)
            if lately := _spoken_of_last(every, scene):
                return Answer(tuple(lately))
            own = [] if query.every or query.count or query.question_word in ("who", "what") else _own(every, scene)
            return Answer(tuple(own or every) if own or len(every) <= 4 or query.every or query.count else ())
        found = _fitting(beliefs.ask(subject, query.predicate, object_), query, scene)
        found = [_own_side(belief, scene) for belief in _nearest(found, query, scene)]
        return Answer(tuple(found), verdict=_so(found, query) if found and query.yes_no else None, via=via)
    if found := beliefs.ask(subject, query.predicate, object_):
        return Answer(tuple(found), verdict=_so(found, query) if query.yes_no else None, via=via)
    if denied := _denied(subject, query.predicate, object_, scene):
        return Answer((denied,), verdict=False, via=via)
    if contrary := _contrary(subject, query.predicate, object_, scene):
        return Answer(tuple(contrary), verdict=False, via=via)
    holders = beliefs.ask(None, query.predicate, object_)
    if query.only and (others := holders or beliefs.ask(subject, query.predicate)):
        return Answer(tuple(others[:MANY]), verdict=False, via=via)
    instead = holders if query.question_word and not query.yes_no else []
    return Answer(tuple(instead[:2]), instead=bool(instead), via=via)


def _spoken_of_last(found: Sequence[Belief], scene: Scene) -> list[Belief]:
    """Return those of some beliefs that are of what the NPC told of last: 'I sell tea.' 'How much?'"""
    told = scene.exchanges[-1].line.facts if scene.exchanges else ()
    things = {side for fact in told for side in (fact.belief.statement.subject, fact.belief.statement.object)}
    return [one for one in found if one.statement.subject in things - {scene.npc, scene.speaker}]


def _own(found: Sequence[Belief], scene: Scene) -> list[Belief]:
    """Return those of some beliefs that are of the NPC or of something of theirs: 'When do you open?'"""
    known = scene.projections.compiled.entities
    beside = (one.statement.object for one in scene.mind.beliefs.ask(scene.npc) if one.holds)
    theirs = {scene.npc, *(one for one in beside if one in known and known[one].kind != "person")}
    return [one for one in found if one.statement.subject in theirs]


def _so(found: Sequence[Belief], query: Query) -> bool | None:
    """Return whether beliefs bear out a question that is put with a number: not if theirs is another, open if none is.

    A question without a number they bear out.
    """
    if query.amount is None or any(query.amount in _numbers(one) for one in found):
        return True
    return False if any(_numbers(one) for one in found) else None


def put_otherwise(belief: Belief, amount: float) -> bool:
    """Return whether a belief has numbers, and none of them is a given one."""
    numbers = _numbers(belief)
    return bool(numbers) and amount not in numbers


def _numbers(belief: Belief) -> list[float]:
    return [one for one in belief.statement.qualifiers.values() if isinstance(one, int | float)]


def _of_value(query: Query, one: Meant, scene: Scene) -> Answer:
    """Answer whether something has a value."""
    subject = one.entity or ""
    held = scene.mind.beliefs.ask(subject, query.predicate)
    agreeing = [belief for belief in held if belief.statement.object in query.values]
    if not query.yes_no:
        return Answer(tuple(held), via=one.via)
    if agreeing:
        return Answer(tuple(agreeing), verdict=_so(agreeing, query), via=one.via)
    for value in query.values:
        if denied := _denied(subject, query.predicate, value, scene):
            return Answer((denied,), verdict=False, via=one.via)
    single = scene.projections.compiled.predicates[query.predicate].single_valued
    if single:
        return Answer(tuple(held[:1]), verdict=False if held else None, via=one.via)
    return Answer(tuple(held), verdict=False if held else None, via=one.via)


def _own_side(belief: Belief, scene: Scene) -> Belief:
    """Return what is so both ways round with the speaker first: 'I and Mira are sisters'."""
    statement = belief.statement
    rule = scene.projections.compiled.predicates[statement.predicate]
    if (
        not rule.symmetric
        or statement.object != scene.npc
        or any("{object's}" in wording for wording in rule.wording.values())
    ):
        return belief
    turned = replace(statement, subject=statement.object, object=statement.subject)
    return replace(belief, statement=turned)


def _denied(subject: str, predicate: str, object_: str, scene: Scene) -> Belief | None:
    """Return the belief that something is not so, whichever way round it is held."""
    rules = scene.projections.compiled.predicates
    rule = rules[predicate]
    inverses = {rule.inverse, *(other.id for other in rules.values() if other.inverse == predicate)} - {None}
    if rule.symmetric:
        inverses.add(predicate)
    direct = scene.mind.beliefs.stance(f"{subject}.{predicate}.{object_}")
    if direct is not None and not direct.holds:
        return direct
    for other in sorted(str(one) for one in inverses):
        stance = scene.mind.beliefs.stance(f"{object_}.{other}.{subject}")
        if stance is not None and not stance.holds:
            turned = replace(stance.statement, subject=subject, predicate=predicate, object=object_)
            return replace(stance, statement=turned)
    return None


def _contrary(subject: str, predicate: str, object_: str, scene: Scene) -> list[Belief]:
    """Return what is believed that can't be true together with a statement."""
    rules = scene.projections.compiled.predicates
    rule = rules[predicate]
    beliefs = scene.mind.beliefs
    if rule.single_valued:
        if held := beliefs.ask(subject, predicate):
            return held
        if rule.symmetric and (held := beliefs.ask(object_, predicate)):
            return held
    for other in rules.values():
        turned = other.inverse == predicate or rule.inverse == other.id
        if other.single_valued and turned and (held := beliefs.ask(None, predicate, object_)):
            return held
    if beliefs.ask(object_, predicate, subject) and not rule.symmetric and _one_way(predicate, scene):
        return beliefs.ask(object_, predicate, subject)
    return []


def _one_way(predicate: str, scene: Scene) -> bool:
    """Return whether what holds one way can't hold the other way too, as of parents and places within places."""
    return scene.projections.compiled.predicates[predicate].transitive


def _denials(query: Query, subjects: list[Meant], objects: list[Meant], scene: Scene) -> Answer:
    held = [
        belief
        for one in subjects
        for belief in scene.mind.beliefs.denials(one.entity, query.predicate)
        if any(other.entity in (None, belief.statement.object) for other in objects)
    ]
    return Answer(tuple(held[:MANY]))


def _fitting(found: Iterable[Belief], query: Query, scene: Scene) -> list[Belief]:
    """Return the beliefs whose other side may be what is asked for: of its gender, somebody for 'who'."""
    wanted = "subject" if query.subject is None else "object"
    sides = [(belief, getattr(belief.statement, wanted)) for belief in found]
    if query.question_word == "who":
        sides = [(belief, side) for belief, side in sides if _is_somebody(side, scene)] or sides
    if query.gender is not None:
        sides = [(belief, side) for belief, side in sides if _gender(side, scene) in (None, query.gender)]
    return [belief for belief, _ in sides]


def _is_somebody(entity: str, scene: Scene) -> bool:
    """Return whether 'who' may ask for an entity: no place, and no thing but what is called he or she."""
    known = scene.projections.compiled.entities.get(entity)
    return known is None or known.kind not in ("thing", "place") or known.pronoun in ("he", "she")


def _nearest(found: list[Belief], query: Query, scene: Scene) -> list[Belief]:
    """Give, of what is nested, the nearest alone: where something is, not also what that lies in."""
    rule = scene.projections.compiled.predicates[query.predicate]
    if rule.transitive:
        return [belief for belief in found if len(belief.statement.basis) <= 1] or found
    return found
