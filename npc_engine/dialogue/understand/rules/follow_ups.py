"""What a follow-up leaves out of a question: 'And her brother?', 'So who?', 'Was it Bram?'"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from npc_engine.dialogue.query import Query, Term
from npc_engine.dialogue.scene import Exchange
from npc_engine.dialogue.understand.rules.grammar import Grammar, QuestionForm
from npc_engine.dialogue.understand.rules.talk import without_question
from npc_engine.lang import Words


@dataclass(frozen=True)
class Asked:
    """A question as it was read by itself: the readings, the things it speaks of, whether it names a relation."""

    text: str
    queries: list[Query]
    terms: list[Term]
    signalled: bool
    form: QuestionForm
    grammar: Grammar

    @property
    def cues(self) -> Words:
        """The words it is heard by."""
        return self.grammar.speech.words

    @property
    def is_bare(self) -> bool:
        """Whether it is a question word and nothing else that counts: 'So who?'"""
        return self.cues.means_nothing(without_question(self.text, self.cues))


def continued(asked: Asked, exchanges: Sequence[Exchange]) -> list[Query]:
    """Fill in what a follow-up leaves out: 'And her brother?' asks of him what was asked before."""
    queries, terms, question_word = asked.queries, asked.terms, asked.form.question_word
    speech = asked.grammar.speech
    brief = speech.length(asked.text) <= speech.brief
    before = _asked_before(exchanges)
    if not (brief and before):
        return queries
    if not terms:
        if asked.signalled or question_word is None:
            return queries
        opened = _opened(before, question_word, asked.grammar) if asked.is_bare else None
        if opened is not None:
            return [opened]
        again = question_word in asked.grammar.predicates[before.predicate].asks
        return [replace(before, question_word=question_word)] if again else queries
    if len(terms) == 1 and not asked.signalled and asked.cues.cued("cleft", asked.text):
        closed = _closed(before, terms[0], asked.grammar)
        return queries if closed is None else [closed]
    phrase = len(terms) == 1 and (not queries or terms[0].link is not None)
    asked_of = terms[0].link.predicates if terms[0].link else ()
    if not (phrase and _follows(asked, question_word)) or before.predicate in asked_of:
        return queries
    told = {fact.belief.statement.predicate for fact in exchanges[-1].line.facts}
    last = [query for act in exchanges[-1].reading.acts for query in act.queries] or [before]
    fit = [query for one in last if (query := _instead(one, terms[0], asked.grammar)) is not None]
    return sorted(fit, key=lambda query: query.predicate not in told) or queries


def _asked_before(exchanges: Sequence[Exchange]) -> Query | None:
    """Return the likeliest reading of the question that was put last, two turns ago at most."""
    for exchange in reversed(exchanges[-2:]):
        acts_of = sorted(exchange.reading.acts, key=lambda act: act is not exchange.reading.main)
        for act in acts_of:
            if act.queries:
                return act.queries[0]
        if exchange.reading.main.question_word or exchange.reading.main.named:
            return None
    return None


def _opened(before: Query, word: str, grammar: Grammar) -> Query | None:
    """Return a question again with the side open that a bare question word asks for: 'So who?'"""
    if word not in grammar.predicates[before.predicate].asks:
        return None
    again = replace(before, question_word=word, yes_no=False, only=False)
    if before.subject is None or before.object is None:
        return again
    return replace(again, subject=None) if word == "who" else replace(again, object=None)


def _closed(before: Query, term: Term, grammar: Grammar) -> Query | None:
    """Return a question again with somebody or something on the side that it left open: 'Was it Bram?'"""
    whole = replace(before, question_word=None, yes_no=True, only=True)
    if before.subject is None and grammar.fits(term, before.predicate, "subject"):
        return replace(whole, subject=term)
    if before.object is None and grammar.fits(term, before.predicate, "object"):
        return replace(whole, object=term)
    if before.yes_no and before.subject is not None and grammar.fits(term, before.predicate, "subject"):
        return replace(whole, subject=term)
    return None


def _follows(asked: Asked, question_word: str | None) -> bool:
    """Return whether a text adds to the question before: 'And her brother?', 'What about her?', 那她呢."""
    if asked.text.rstrip("？?!. ").endswith(tuple(asked.cues.cues.get("also_ending", ()))):
        return True
    return asked.cues.begins("also" if question_word is None else "also_what", asked.text)


def _instead(query: Query, term: Term, grammar: Grammar) -> Query | None:
    """Return a question again, of something else; None where it can't be asked of that."""
    if query.subject is not None and grammar.fits(term, query.predicate, "subject"):
        return replace(query, subject=term)
    if query.object is not None and grammar.fits(term, query.predicate, "object"):
        return replace(query, object=term)
    return None
