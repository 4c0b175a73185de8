"""What reading a question needs to know: the words of the world it is asked in, and how it is asked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from npc_engine.dialogue.query import Role, Term
from npc_engine.dialogue.understand.rules.lexicon import Lexicon
from npc_engine.dialogue.understand.rules.shapes import Shape
from npc_engine.lang import LanguagePack, registry
from npc_engine.world.definitions import Entity, Predicate


@dataclass(frozen=True)
class Grammar:
    """What reading a question needs: its text, and what the world has to say of words."""

    text: str
    speech: LanguagePack
    lexicon: Lexicon
    entities: Mapping[str, Entity]
    predicates: Mapping[str, Predicate]

    @property
    def question_words(self) -> frozenset[str]:
        """The words that questions begin with."""
        return frozenset(word for listed in self.speech.words.question.values() for word in listed)

    @property
    def pronouns(self) -> frozenset[str]:
        """The pronouns, no matter whom they mean."""
        return frozenset(form for forms in self.speech.words.pronouns.values() for form in forms)

    @property
    def anyone(self) -> frozenset[str]:
        """The pronouns that may mean anyone at all."""
        pronouns = self.speech.words.pronouns
        return frozenset((*pronouns.get("i", ()), *pronouns.get("you", ())))

    def words(self, kind: str) -> tuple[str, ...]:
        """Return the little words of a kind, for every way of writing."""
        packs = registry().alongside(self.speech.code)
        return tuple(word for one in packs for word in one.words.grammar.get(kind, ()))

    def shape(self, predicate: str) -> Shape:
        """Return what kinds of things a relation holds between."""
        return self.lexicon.shapes.get(predicate, Shape())

    def fits(self, term: Term | None, predicate: str, role: Role) -> bool:
        """Return whether a term can stand on a side of a relation."""
        shape = self.shape(predicate)
        kinds = shape.subjects if role == "subject" else shape.objects
        if term is None or not kinds:
            return True
        if term.parts:
            return all(self.fits(part, predicate, role) for part in term.parts)
        return not (found := self.kinds(term)) or bool(found & kinds)

    def kinds(self, term: Term) -> frozenset[str]:
        """Return what kinds of things a term may stand for; empty where that is open."""
        if term.entity:
            known = self.entities.get(term.entity)
            return frozenset({known.kind}) if known else frozenset()
        if term.link and term.link.predicates:
            shape = self.shape(term.link.predicates[0])
            if term.link.value or term.link.role == "object":
                return shape.subjects
            if term.link.role == "subject":
                valued = self.predicates[term.link.predicates[0]].values
                return frozenset({"value"}) if valued else shape.objects
        return frozenset()


@dataclass(frozen=True)
class QuestionForm:
    """How something is asked: the question word, whether yes or no is wanted, how many, or all."""

    question_word: str | None
    yes_no: bool
    count: bool
    every: bool
    negated: bool
    gender: str | None
