"""Saying any statement without a model: templates, names, persons and numbers as each language has them.

A template is a sentence without its full stop: `{subject} {owes|owe} {object} {amount} silver coins`.
`{subject}` and `{object}` become names, or I, you, me, 我, 你 as fits who speaks to whom; `{subject's}` and
`{object's}` their possessives; any other slot is a qualifier of the statement. `{owes|owe}` agrees with the
subject: third person singular first, then every other; `{is|am|are}` third person, I, and you or they.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from npc_engine.lang import Case, pack
from npc_engine.text import Language
from npc_engine.world.definitions import Entity, Predicate
from npc_engine.world.statements import Statement

_SLOT = re.compile(r"\{([^{}]+)\}")
DESCRIBED = "described"
"""The built-in predicate that says what something is: its object is worded by the entity's summary."""
NAMED = "named"
"""The built-in predicate that says what someone is called: its object is worded by the entity's name."""
USUALLY_AT = "usually_at"
"""The built-in predicate that says where someone's day has them at this hour."""
OF_THE_MOMENT = frozenset({DESCRIBED, NAMED, USUALLY_AT})
"""Built-in predicates that say what anyone may know at any time: hearing them is nothing to remember."""


@dataclass(frozen=True, slots=True)
class Perspective:
    """Who speaks to whom: they are I and you. `mentioned` may be called by its pronoun."""

    speaker: str | None = None
    listener: str | None = None
    mentioned: str | None = None

    def person(self, entity: str) -> str | None:
        """Return `I` or `you` for an entity, or None for a third person."""
        if entity == self.speaker:
            return "I"
        return "you" if entity == self.listener else None


class Wording:
    """Words statements and names in the languages of a world."""

    def __init__(self, entities: Mapping[str, Entity], predicates: Mapping[str, Predicate]) -> None:
        self._entities = entities
        self._predicates = predicates

    def name(self, entity: str, language: Language, *, article: bool = True) -> str:
        """Return what something is called: `Mira`, `the bridge`, 桥; its id where it has no name."""
        known = self._entities.get(entity)
        if known is None:
            return entity.replace("_", " ")
        name = known.names.get(language) or next(iter(known.names.values()), known.id)
        return pack(language).with_article(name) if article and not known.proper else name

    def statement(
        self,
        statement: Statement,
        language: Language,
        perspective: Perspective = Perspective(),
        *,
        holds: bool = True,
    ) -> str:
        """Return a statement, or with `holds=False` its denial, as a clause: no capital, no full stop."""
        predicate = self._predicates.get(statement.predicate)
        templates = (predicate.wording if holds else predicate.denial) if predicate else {}
        template = templates.get(language)
        if template is None:
            template = _plain_template(statement.predicate, language, holds)
        joint: str = pack(language).wording.get("joint", "")
        case: Case = "object"
        if joint and joint in template:  # both are its subject, and who speaks comes last: 'Tomas and I are siblings'
            case = "subject"
            if perspective.person(statement.subject) == "I":
                template = template.replace(joint, _turned(joint))

        def fill(slot: re.Match[str]) -> str:
            return self._slot(slot.group(1), statement, language, perspective, case)

        return re.sub(r"\s+", " ", _SLOT.sub(fill, template)).strip()

    def together(
        self,
        statements: Sequence[Statement],
        language: Language,
        perspective: Perspective = Perspective(),
        *,
        holds: bool = True,
    ) -> str | None:
        """Return statements that differ on one side only as one clause: 'Mira, Pip and I live at the inn'.

        None where no grammatical clause comes of it; the sides, the predicate and the qualifiers must be alike.
        """
        first = statements[0]
        subjects = list(dict.fromkeys(statement.subject for statement in statements))
        objects = list(dict.fromkeys(statement.object for statement in statements))
        predicate = self._predicates.get(first.predicate)
        template = ((predicate.wording if holds else predicate.denial) if predicate else {}).get(language)
        if template is None or min(len(subjects), len(objects)) != 1:
            return None
        value, speech = self._value(first, language), pack(language)
        if not speech.joinable(template, value, several_subjects=len(subjects) > 1):
            return None

        def several(entities: list[str], case: Case) -> str:
            entities = sorted(entities, key=lambda entity: entity == perspective.speaker)
            named = [self._value(_of(first, entity), language) or self._mention(entity, language, perspective, case)
                     for entity in entities]  # fmt: skip
            return speech.listed(named)

        def fill(slot: re.Match[str]) -> str:
            name = slot.group(1)
            if name == "subject":
                return several(subjects, "subject")
            if name == "object":
                return several(objects, "object")
            if "|" in name and len(subjects) > 1:
                return _agree(name.split("|"), "they")
            return self._slot(name, first, language, perspective)

        return re.sub(r"\s+", " ", _SLOT.sub(fill, template)).strip()

    def sentence(
        self,
        statement: Statement,
        language: Language,
        perspective: Perspective = Perspective(),
        *,
        holds: bool = True,
    ) -> str:
        """Return a statement as a whole sentence, with a capital and a full stop."""
        return as_sentence(self.statement(statement, language, perspective, holds=holds), language)

    def _slot(
        self, slot: str, statement: Statement, language: Language, perspective: Perspective, case: Case = "object"
    ) -> str:
        if "|" in slot:
            return _agree(slot.split("|"), self._person_of(statement.subject, perspective))
        role = slot.removesuffix("'s")
        possessive = role != slot
        if role == "subject":
            return self._mention(statement.subject, language, perspective, "possessive" if possessive else "subject")
        if role == "object":
            value = self._value(statement, language)
            if value is not None:
                return value
            return self._mention(statement.object, language, perspective, "possessive" if possessive else case)
        qualifier = statement.qualifiers.get(slot, "")
        if isinstance(qualifier, int) and not isinstance(qualifier, bool):
            return number_words(qualifier, language)
        text = str(qualifier)
        return self.name(text, language) if text in self._entities else text

    def _value(self, statement: Statement, language: Language) -> str | None:
        if statement.predicate == DESCRIBED:
            return self._summary(statement.object, language)
        if statement.predicate == NAMED:
            return self.name(statement.object, language)
        predicate = self._predicates.get(statement.predicate)
        value = predicate.values.get(statement.object) if predicate else None
        return value.names.get(language, statement.object) if value else None

    def _summary(self, entity: str, language: Language) -> str:
        """Return an entity's summary as it stands within a sentence."""
        known = self._entities.get(entity)
        summary = known.summary.get(language, "").strip().rstrip(".。") if known else ""
        return pack(language).within(summary)

    def _person_of(self, entity: str, perspective: Perspective) -> str:
        known = self._entities.get(entity)
        plural = known is not None and known.pronoun == "they" and known.kind == "group"
        if perspective.mentioned == entity and known is not None and known.pronoun == "they":
            plural = True
        return perspective.person(entity) or ("they" if plural else "third")

    def _mention(self, entity: str, language: Language, perspective: Perspective, case: Case) -> str:
        known = self._entities.get(entity)
        pronoun = perspective.person(entity)
        if pronoun is None and entity == perspective.mentioned and known is not None:
            pronoun = known.pronoun
        if pronoun is not None and (called := pack(language).pronoun(pronoun, case)):
            return called
        name = self.name(entity, language)
        return pack(language).possessive(name) if case == "possessive" else name


def _turned(joint: str) -> str:
    """Return how two are named together with the second first."""
    first, between, second = re.split(r"(?<=\})([^{}]*)(?=\{)", joint)
    return f"{second}{between}{first}"


def _of(statement: Statement, object_: str) -> Statement:
    return Statement(statement.subject, statement.predicate, object_)


def _agree(forms: list[str], person: str) -> str:
    if person == "third":
        return forms[0]
    return forms[1] if person == "I" or len(forms) == 2 else forms[2]


def _plain_template(predicate: str, language: Language, holds: bool) -> str:
    """Return a template for a predicate nobody worded, so that it can be said all the same."""
    return pack(language).plain_template(predicate.replace("_", " "), holds)


def as_sentence(clause: str, language: Language) -> str:
    """Return a clause a capital and a full stop, unless it has one."""
    return pack(language).sentence(clause)


def number_words(number: int, language: Language) -> str:
    """Return a whole number in words, as people say it, up to 99; digits beyond."""
    return pack(language).number(number)
