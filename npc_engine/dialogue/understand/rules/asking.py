"""Reading a question: which relation it asks about, what stands on either side, and what is wanted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from npc_engine.dialogue.query import Query, RelationPhrase, Term
from npc_engine.dialogue.understand.rules.grammar import Grammar, QuestionForm
from npc_engine.dialogue.understand.rules.linking import Span
from npc_engine.dialogue.understand.rules.phrases import reduced
from npc_engine.dialogue.understand.rules.roles import Clause, roles
from npc_engine.text import fold, is_common

_ASKED = 0.75
"""What it counts for a relation that it answers the question word."""
_UNFIT = 0.9
"""What it counts against a relation that what stands beside it can't."""
_FIRST = 0.8
"""What being asked about first counts where order says no more: 'What do you need to mend the bridge?'"""
_LITTLE = frozenset({"article", "definite", "beside", "of", "placed", "counting", "many", "toward", "inside"})
"""Kinds of words that only lead up to what a relation is asked of."""
_LEFT_OUT = 0.45
"""What it counts against a reading that it leaves out something that was named."""


def read(found: Sequence[Span], form: QuestionForm, grammar: Grammar) -> tuple[list[Query], list[Term]]:
    """Return the readings of a question, the likeliest first, and the things it speaks of."""
    parts = reduced(found, grammar)
    things = [part for part in parts if part.term]
    cues = [part for part in parts if part.meanings]
    terms = [part.term for part in things if part.term]
    if cues and not _there_are(parts, cues, things, grammar) and not _only_asking(cues, things, grammar):
        queries = _clauses(parts, cues, form, grammar)
    else:
        queries = _of_phrases(parts, things, form, grammar)
    if terms or _of_nobody(parts):
        queries = [query for query in queries if query.subject or query.object]
    if not any(_apt(query, grammar) for query in queries):
        queries = [*_inside(parts, things, form, grammar), *queries]
    queries.sort(key=lambda query: -query.fits)
    unread = bool(queries) and _left_unread(parts, grammar)
    return [replace(query, unread=unread) for query in queries], terms


def _left_unread(parts: list[Span], grammar: Grammar) -> bool:
    """Return whether words say nothing here, but for those that change nothing in a question: 刀 in 刀多少钱."""
    speech, text = grammar.speech, fold(grammar.text)
    left = [part for part in parts if says_nothing(part, grammar) and part.text[0].isalnum()]
    left = [part for part in left if part.text not in speech.words.aside]
    if not left:
        return False
    read = {at for word in grammar.question_words for at in _places(word, text)}  # the 点 of 几点 is asked with
    for number in speech.numerals(text):
        read.update(range(number.start, number.end + speech.isolating))  # 一包 is counted with its measure word
    return any(part.start not in read for part in left)


def _places(word: str, text: str) -> Iterator[int]:
    """Yield every place of a text that a word covers."""
    at = text.find(word)
    while at >= 0:
        yield from range(at, at + len(word))
        at = text.find(word, at + 1)


def _of_nobody(parts: list[Span]) -> bool:
    """Return whether a relation is asked of somebody whose name says nothing: 某某的妹妹是谁."""
    return any("owner" in first.word_classes and second.predicates for first, second in pairwise(parts))


def _there_are(parts: list[Span], cues: list[Span], things: list[Span], grammar: Grammar) -> bool:
    """Return whether a sentence only says that there are such: 有几个人卖酒."""
    only = grammar.speech.isolating and len(things) == 1 and all("light" in cue.word_classes for cue in cues)
    if not (only and things[0].term and things[0].term.link):
        return False
    after = next((part for part in parts if part.start >= cues[-1].end), None)
    return cues[0].start < things[0].start or bool(after and after.word_classes & {"wh:who", "wh:how_many", "every"})


def _only_asking(cues: list[Span], things: list[Span], grammar: Grammar) -> bool:
    """Return whether a relation's word is but a question word, and a phrase has what is asked: 米拉的出生地是哪儿."""
    linked = [part.term.link for part in things if part.term and part.term.link and part.term.link.predicates]
    answering = any("where" in grammar.predicates[link.predicates[0]].asks for link in linked)
    said = {predicate for link in linked for predicate in link.predicates}
    return bool(linked) and all(
        any(cue.text.startswith(word) for word in grammar.question_words)
        and (answering or bool(said & set(cue.predicates)))
        for cue in cues
    )


# -- the relation that is asked about ------------------------------------------------------------------


def _of_phrases(parts: list[Span], things: list[Span], form: QuestionForm, grammar: Grammar) -> list[Query]:
    """Read a question that has no relation but that of a phrase: 'Who is Mira's sister?', 'Is Anke her sister?'"""
    linked = [part for part in things if part.term and part.term.link]
    if owned := _belonging(parts, things, form, grammar):
        return owned
    if not linked:
        return []
    phrase = linked[-1]
    link = phrase.term.link if phrase.term else None
    if link is None:
        return []
    other = next((part.term for part in things if part is not phrase), None)
    if form.yes_no and other is None and any(says_nothing(part, grammar) for part in parts):
        return []  # 'Is your aunt strict?' does not ask whether there is one
    if link.value is not None:
        values = (link.value,)
        return [Query(link.predicates[0], other, None, values, form.question_word, form.yes_no, fits=1.0)]
    found = []
    for rank, predicate in enumerate(link.predicates):
        fits = 1.0 - 0.1 * rank + (_ASKED if form.question_word in grammar.predicates[predicate].asks else 0.0)
        sides = (link.given, other) if link.role == "subject" else (other, link.given)
        query = Query(predicate, *sides, question_word=form.question_word, gender=link.gender or form.gender, fits=fits)
        found.append(_in_form(query, form, grammar))
        if link.role is None:
            turned = replace(query, subject=query.object, object=query.subject, fits=fits - 0.05)
            found.append(_in_form(turned, form, grammar))
    return found


def _belonging(parts: list[Span], things: list[Span], form: QuestionForm, grammar: Grammar) -> list[Query]:
    """Read 'Is the harp Mira's?', 竖琴是米拉的吗, by the relation that is worded so."""
    if not things or not (predicate := grammar.lexicon.belonging):
        return []
    owner, thing = things[-1], things[-2] if len(things) > 1 else None
    after = [part for part in parts if part.start >= owner.end]
    closed = bool(after) and "owner" in after[-1].word_classes
    if form.question_word == "who" and closed and len(after) <= 3 and "be" in after[0].word_classes:  # 竖琴是谁的
        return [_in_form(Query(predicate, None, owner.term, question_word="who", fits=1.0), form, grammar)]
    owned = "owner" in after[0].word_classes if after else owner.owner
    if not owned or any(not part.word_classes & {"owner", "particle"} for part in after):
        return []
    if thing is None and form.question_word != "what":
        return []
    query = Query(predicate, owner.term, thing.term if thing else None, question_word=form.question_word, fits=1.0)
    return [_in_form(query, form, grammar)]


def _inside(parts: list[Span], things: list[Span], form: QuestionForm, grammar: Grammar) -> list[Query]:
    """Read 'Who is at the mill?', 磨坊里有什么, by every relation that says where its subject is."""
    if (
        len(things) not in (1, 2)
        or form.question_word not in (None, "who", "what")
        or (len(things) == 1) == form.yes_no
    ):
        return []
    place = things[-1]
    before = {part.text for part in parts if part.start < place.start}
    having = any("light" in part.word_classes and part.start > place.start for part in parts)
    if not (before & set(grammar.words("inside")) or (grammar.speech.isolating and having)):
        return []
    asking = next((at for at, part in enumerate(parts) if "wh:what" in part.word_classes), len(parts))
    if any(
        says_nothing(part, grammar)
        for part in parts[asking:]
        if asking > parts.index(place) or part.start < place.start
    ):
        return []  # 磨坊里有什么好喝的 is not what there is in the mill
    of_person = form.yes_no and things[0].term is not None and _person(things[0].term, grammar)
    if of_person and any(part.predicates and "inside" not in part.word_classes for part in parts):
        return []  # 'Do you have family in the village?' does not ask whether the hearer is there
    found = []
    for predicate, rule in grammar.predicates.items():
        shape = grammar.shape(predicate)
        if rule.symmetric or (of_person and predicate != "at"):
            continue  # who lives there may yet be out
        people = not shape.subjects or "person" in shape.subjects
        fits = people if form.question_word == "who" else not shape.subjects or bool(shape.subjects - {"person"})
        fits = fits or form.yes_no
        if "where" in rule.asks and fits and place.term and grammar.fits(place.term, predicate, "object"):
            inside = things[0].term if len(things) == 2 else None
            query = Query(predicate, inside, place.term, question_word=form.question_word, fits=0.5)
            if grammar.fits(inside, predicate, "subject"):
                found.append(_in_form(query, form, grammar))
    return found


def _person(term: Term, grammar: Grammar) -> bool:
    return "person" in grammar.kinds(term)


def _in_form(query: Query, form: QuestionForm, grammar: Grammar) -> Query:
    counted = form.question_word == "how_many" and not grammar.lexicon.measured(query.predicate)
    return replace(
        query,
        yes_no=form.yes_no,
        count=form.count or counted,
        every=form.every,
        negated=form.negated and not form.yes_no,
    )


def _clauses(parts: list[Span], cues: list[Span], form: QuestionForm, grammar: Grammar) -> list[Query]:
    heavy = [cue for cue in cues if "light" not in cue.word_classes] or cues
    heavy = [
        cue
        for cue in heavy  # in 是谁的家, 是谁的 only leads up to what is asked
        if not (cue.text.endswith(grammar.words("owner")) and any(other.start == cue.end for other in heavy))
    ]
    placing = [cue for cue in heavy if any("where" in grammar.predicates[p].asks and p != "at" for p in cue.predicates)]
    if placing and form.question_word == "where":  # in 在哪儿干活 the first word but asks
        heavy = [cue for cue in heavy if set(cue.predicates) != {"at"}]
    strength: dict[str, float] = {}
    first: dict[str, Span] = {}
    values: dict[str, list[str]] = {}
    for cue in heavy:
        weights: dict[str, float] = {}
        for meaning in cue.meanings:
            weights[meaning.predicate] = max(weights.get(meaning.predicate, 0.0), meaning.weight)
            if meaning.value is not None and meaning.value not in values.setdefault(meaning.predicate, []):
                values[meaning.predicate].append(meaning.value)
        for predicate, weight in weights.items():
            strength[predicate] = strength.get(predicate, 0.0) + weight
            first.setdefault(predicate, cue)
    if not grammar.speech.isolating:
        verb = next((cue for cue in heavy if cue.text.split(" ")[0] not in grammar.question_words), heavy[0])
        for predicate in {meaning.predicate for meaning in verb.meanings}:
            strength[predicate] += _FIRST
    named = sum(1 for part in parts if part.term or (part.meanings and not part.predicates))
    found = []
    for predicate, weight in strength.items():
        rule = grammar.predicates[predicate]
        if form.question_word in rule.asks:
            weight += _ASKED
        query = roles(Clause(parts, first[predicate], predicate, form, grammar))
        nowhere = predicate == "at" and form.question_word == "where" and query.object is not None
        if nowhere or not _apt(query, grammar):  # 'What can you buy from Mira?', 'Where do I find Mira?': anyone could
            others = [part for part in parts if part.text not in grammar.anyone]
            query = roles(Clause(others, first[predicate], predicate, form, grammar))
        query = replace(query, values=tuple(values.get(predicate, ())), gender=form.gender)
        query = _as_far_as_read(query, parts, first[predicate], grammar)
        for term, role in ((query.subject, "subject"), (query.object, "object")):
            if not grammar.fits(term, predicate, role):  # type: ignore[arg-type]
                weight -= _UNFIT
        weight -= _LEFT_OUT * max(0, min(named, 2) - _sides(query))
        if not _wanted(query, form, grammar):
            weight -= _UNFIT
        yes_no = query.yes_no
        found.append(replace(_in_form(replace(query, fits=weight), form, grammar), yes_no=yes_no))
    return found


def _as_far_as_read(query: Query, parts: list[Span], cue: Span, grammar: Grammar) -> Query:
    """Return a question with what stands beside its relation in words that say nothing here: 'Do you sell hats?'

    Such a side is not open. Of what else is known of the other side neither yes nor no is said; where there is no
    other side, as in 这儿有什么好喝的, nobody can answer.
    """
    if query.values or grammar.predicates[query.predicate].values:
        return query
    at = parts.index(cue)
    after = None if query.object else _unread(parts[at + 1 :], grammar)
    in_front = query.subject is None or grammar.speech.isolating  # 你在皇宫干活吗
    before = _unread(parts[:at][::-1], grammar) if in_front and not (query.subject and query.object) else None
    if query.subject is None and query.object is None:
        if query.question_word in ("who", "where", None) and (unread := after or before):
            return replace(query, object=Term(unread.text, link=RelationPhrase(())))
        if "light" in cue.word_classes:
            return replace(query, object=Term(cue.text, link=RelationPhrase(())))
    elif query.yes_no and "light" in cue.word_classes and query.object is None and (had := _had(parts[at + 1 :])):
        return replace(query, object=Term(had.text, link=RelationPhrase(())))  # 'Have you got a sweetheart?'
    elif query.yes_no and (after or before):
        return replace(query, yes_no=False)
    return query


def _had(parts: Sequence[Span]) -> Span | None:
    """Return the word for what somebody is asked to have, where it is no word of the world's."""
    left = [part for part in parts if not part.word_classes & _LITTLE and part.text[0].isalnum()]
    return left[-1] if left and not any(part.term or part.meanings for part in left) else None


def _unread(parts: Sequence[Span], grammar: Grammar) -> Span | None:
    """Return the word next in a row of parts if it says nothing here, little words left aside."""
    for part in parts:
        if part.term or part.meanings or part.word_classes - _LITTLE:
            return None
        if says_nothing(part, grammar):
            return part
    return None


def says_nothing(part: Span, grammar: Grammar) -> bool:
    """Return whether a word is none that this world or the language's little words give a meaning to."""
    known = part.term or part.meanings or part.word_classes or is_common(part.text) or part.text in grammar.pronouns
    return not known and not grammar.speech.is_adverb(part.text)


def _wanted(query: Query, form: QuestionForm, grammar: Grammar) -> bool:
    """Return whether what a reading would find may answer the question word: somebody to who, a place to where."""
    rule = grammar.predicates[query.predicate]
    shape = grammar.shape(query.predicate)
    wanted = shape.subjects if query.subject is None else shape.objects if query.object is None else None
    if rule.values or not wanted or form.question_word not in ("who", "where"):
        return True
    if form.question_word == "where":
        return "place" in wanted or "where" in rule.asks
    return bool(wanted & {"person", "group", "idea"})


def _apt(query: Query, grammar: Grammar) -> bool:
    """Return whether what stands on either side of a reading can stand there."""
    subject = grammar.fits(query.subject, query.predicate, "subject")
    return subject and grammar.fits(query.object, query.predicate, "object")


def _sides(query: Query) -> int:
    """Return how many of the things named a reading has a place for."""
    return (query.subject is not None) + (query.object is not None or bool(query.values))
