"""The first step of a turn: what was said, as the NPC takes it."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

from npc_engine.acts import acts
from npc_engine.chronicle import Change
from npc_engine.dialogue.query import Query, Term
from npc_engine.dialogue.scene import Context
from npc_engine.dialogue.types import Act, Reading, Subject
from npc_engine.dialogue.understand.rules.asking import read
from npc_engine.dialogue.understand.rules.grammar import Grammar, Manner
from npc_engine.dialogue.understand.rules.lexicon import lexicon_of
from npc_engine.dialogue.understand.rules.linking import (
    Element,
    elements,
    mentions_of,
    without_manners,
    without_names,
)
from npc_engine.dialogue.understand.rules.opinion_asked import opinion_asked
from npc_engine.dialogue.understand.rules.promises import promises, requests_too
from npc_engine.dialogue.understand.rules.talk import (
    asked_about,
    passed_on,
    reported,
    talked,
    whispered,
    without_confiding,
    without_question,
)
from npc_engine.dialogue.words import Words, found_in, words_of
from npc_engine.text import Language, fold, language_of, words
from npc_engine.text import terms as terms_of
from npc_engine.world.names import Mention

LONGEST = 2000
"""Characters of one utterance that are listened to."""
CLOSE = 0.75
"""How much worse than the best a reading may be and still be tried when the best finds nothing."""

_SOCIAL = ("thank", "part", "greet", "compliment")
"""Acts told by cues alone, the first that is found, where a text is short or nothing else is going on in it."""

_CAPITALISED = re.compile(r"(?<=[a-z,;:] )([A-Z][a-z]{2,}(?: [A-Z][a-z]{2,})*)")
_ASKED_FOR = re.compile(
    "(?:谁是|认识|听说过|知道)((?:(?![你我他她它的])[\u4e00-\u9fff·]){2,6}?)(?:吗|么|是谁|这个人|$|[？?。])"
    "|^((?:(?![你我他她它的])[\u4e00-\u9fff·]){2,6})是谁"
)


class RulesUnderstander:
    """Reads declared relations, offers and cues by rules: one act to a line."""

    def understand(self, text: str, context: Context) -> Reading:
        """Return what an NPC makes of an utterance; what comes after `LONGEST` characters is not listened to."""
        said = " ".join(text[:LONGEST].split())
        language = _language(said, context)
        cues = words_of(language)
        asked = without_confiding(said, context, cues)
        if not asked:
            act = Act("confide", (0, len(said)))
            return Reading(said, language, (act,), confided=True, pass_on=passed_on(said, context, cues))
        reading = _read(asked, language, context, cues)
        if asked == said or _marked_within(said):
            return replace(reading, text=said)
        return replace(reading, text=said, confided=True, pass_on=passed_on(said, context, cues))

    def claims(self, text: str, context: Context, language: Language) -> tuple[Change, ...]:
        """Return what a text would claim if it were said as a statement."""
        return _as_statement(text, language, context, words_of(language))


def _as_statement(text: str, language: Language, context: Context, cues: Words) -> tuple[Change, ...]:
    lexicon = lexicon_of(context.world)
    _, mentions = mentions_of(text, context, lexicon, cues)
    found = elements(text, lexicon, mentions)
    grammar = Grammar(text, language, lexicon, context.world.entities, context.world.predicates)
    queries, terms = read(found, _manner(found, text, None, False, cues), grammar)
    act = Act("tell_fact", named=_named(mentions, terms), queries=tuple(queries))
    return _claims(act, text, queries, found, cues, context)


def open_rules() -> RulesUnderstander:
    """Return an understander that goes by rules alone."""
    return RulesUnderstander()


def _read(text: str, language: Language, context: Context, cues: Words) -> Reading:
    """Return a text as the one act it is taken for, with whatever that names, asks, claims or wants done."""
    lexicon = lexicon_of(context.world)
    named, mentions = mentions_of(text, context, lexicon, cues)
    found = elements(text, lexicon, mentions)
    plain = without_manners(fold(text))
    asks = _question_word(plain, cues)
    polar = asks is None and _polar(text, cues)
    grammar = Grammar(text, language, lexicon, context.world.entities, context.world.predicates)
    manner = _manner(found, text, asks, polar, cues)
    queries, terms = read(found, manner, grammar)
    signalled = any(element.meanings for element in found)
    actions, wholly = _actions(text, language, context)
    kind = _act(text, cues, asks, polar, wholly, bool(actions), bool(mentions and signalled))
    opinion = None if acts()[kind].grave else opinion_asked(text, mentions, context, cues)
    if opinion is not None:
        kind = "ask_fact"
    promise = opinion is None and not acts()[kind].grave and promises(text, context, cues)
    if promise and not (_marked_within(text) or (kind == "request" and requests_too(text, cues))):
        kind = "promise"
    if kind == "ask_fact":
        queries = _continued(queries, terms, signalled, manner, text, grammar, context, cues)
    best = queries[0] if queries else None
    act = Act(
        kind=kind,
        span=(0, len(text)),
        named=_named(mentions, terms),
        terms=tuple(terms),
        queries=tuple(query for query in queries if best and query.fits >= best.fits - CLOSE)[:4],
        question_word=asks,
        yes_no=polar,
        actions=actions,
        unknown=_unknown_name(text, language, named, cues),
        opinion=opinion,
        subject=_subject(text, context, cues),
        said_by=reported(text, context, cues),
        topics=asked_about(text, context, cues),
        gist=frozenset(terms_of(without_question(without_names(text, context), cues))),
    )
    if kind == "tell_fact":
        act = replace(act, claims=_claims(act, text, queries, found, cues, context))
    return Reading(text, language, (act,), promises=promise)


def _subject(text: str, context: Context, cues: Words) -> frozenset[Subject]:
    """Return what a question may be about that is no relation of the world's."""
    unnamed = without_names(text, context)
    anywhere: dict[Subject, str] = {
        "promises": "promised", "talk": "remember", "news": "news", "description": "about",
        "acquaintance": "acquaintance",
    }  # fmt: skip
    alone: tuple[Subject, ...] = ("name", "identity", "doing")
    found = {subject for subject, cue in anywhere.items() if cues.cued(cue, text)}
    found |= {subject for subject in alone if cues.solely(subject, unnamed)}
    if talked(text, cues):
        found.add("company")
    if whispered(text, cues):
        found.add("whispered")
    return frozenset(found)


def _language(text: str, context: Context) -> Language:
    """Give the language that is spoken, whatever language the names in it are in."""
    default = context.language or (context.exchanges[-1].line.language if context.exchanges else "en")
    bare = list(fold(text)) if len(fold(text)) == len(text) else list(text)
    for mention in context.names.find(text):
        bare[mention.start : mention.end] = " " * (mention.end - mention.start)
    return language_of("".join(bare), language_of(text, default))


def _any(phrases: list[str] | tuple[str, ...], text: str, language: Language) -> bool:
    return any(found_in(phrase, text, language) for phrase in phrases)


def _question_word(text: str, cues: Words) -> str | None:
    """Give the question word that comes first, the longest there; none in 'Is it you who …?'"""
    if cues.language == "en" and text.rstrip().endswith("?") and words(text)[:1] and words(text)[0] in cues.polar:
        return None
    found = [
        (text.find(phrase), -len(phrase), word)
        for word, phrases in cues.question.items()
        for phrase in phrases
        if found_in(phrase, text, cues.language)
    ]
    return min(found)[2] if found else None


def _polar(text: str, cues: Words) -> bool:
    if cues.language == "zh":
        rising = text.rstrip().endswith(("？", "?")) and not text.rstrip("？? ").endswith(
            tuple(cues.cues["also_ending"])
        )
        return rising or _any(cues.polar, text, "zh") or bool(re.search(r"(.)[不没]\1", text))
    opening = words(text)[:3]
    asks = text.rstrip().endswith("?")
    return bool(opening) and (opening[0] in cues.polar or (asks and any(w in cues.polar for w in opening)) or asks)


def _manner(found: list[Element], text: str, asks: str | None, polar: bool, cues: Words) -> Manner:
    """Give how something is asked."""
    kinds = {kind for element in found if not element.term for kind in element.kinds}
    men, women = "men" in kinds, "women" in kinds
    gender = None if men == women else "he" if men else "she"
    heads = bool(kinds & {"people", "men", "women"}) or cues.cued("head_count", text) or _many_of(found)
    count = asks == "how_many" and heads
    every = _any(cues.grammar["every"], text, cues.language)
    return Manner(asks, polar, count, every, "not" in kinds and not polar, gender)


def _many_of(found: list[Element]) -> bool:
    """Tell whether it is asked how many there are of those that a relation's noun names: 'How many debtors …'."""
    return any(element.text == "many" and after.predicates for element, after in pairwise(found))


def _named(mentions: list[Mention], terms: list[Term]) -> tuple[str, ...]:
    """Give what is named, in order."""
    spoken_of = {entity for term in terms for entity in term.named()}
    return tuple(dict.fromkeys(m.entity for m in mentions if m.entity in spoken_of))


def _actions(text: str, language: Language, context: Context) -> tuple[tuple[str, ...], bool]:
    """Give the actions that words of the text ask for, the longest words first, and whether they are most of it."""
    found: list[tuple[int, str]] = []
    for action in context.actions.values():
        longest = max((len(p) for p in action.words.get(language, ()) if found_in(p, text, language)), default=0)
        if longest:
            found.append((longest, action.id))
    found.sort(key=lambda entry: -entry[0])
    return tuple(action for _, action in found), bool(found) and found[0][0] * 2 > len(text)


def _act(text: str, cues: Words, asks: str | None, polar: bool, wholly: bool, acting: bool, stating: bool) -> str:
    """Return what the speaker is doing, the weightiest reading first.

    `acting`: words of an action stand in the text, `wholly`: as most of it; `stating`: things and a relation do.
    """
    asking = bool(asks or polar)
    marked = text.rstrip().endswith(("?", "？"))
    if cues.cued("fiction", text):
        return "fiction"
    plain = cues.plainly(text)
    if cues.cued("threaten", plain):
        return "threaten"
    if cues.cued("insult", plain):
        return "insult"
    requesting = cues.cued("request", text)
    verifying = cues.cued("verify", text) if cues.language == "zh" else cues.begins("verify", text)
    if acting and not asks and not verifying and (requesting or wholly or not (stating or asking)):
        return "request"
    if cues.cued("remember", text) or cues.cued("news", text):
        return "ask_fact"
    short = len(words(text)) <= 5 if cues.language == "en" else len(text) <= 8
    for kind in _SOCIAL:
        if cues.cued(kind, plain) and (short or not (stating or asking)):
            return kind
    if cues.cued("apologise", plain) and not (stating or asking):
        return "apologise"
    describing = cues.cued("about", text) or cues.cued("identity", text)
    if asking or marked or (describing and not stating) or (stating and _inquires(text, cues)):
        return "ask_fact"
    if short and cues.begins("acknowledge", text):
        return "acknowledge"
    if requesting and not stating:
        return "request"
    return "tell_fact" if stating else "remark"


def _marked_within(text: str) -> bool:
    return "?" in text or "？" in text


def _inquires(text: str, cues: Words) -> bool:
    return cues.cued("inquire", text) if cues.language == "zh" else cues.begins("inquire", text)


# -- what a follow-up leaves out -----------------------------------------------------------------------


def _continued(
    queries: list[Query],
    terms: list[Term],
    signalled: bool,
    manner: Manner,
    text: str,
    grammar: Grammar,
    context: Context,
    cues: Words,
) -> list[Query]:
    """Fill in what a follow-up leaves out: 'And her brother?' asks of him what was asked before."""
    brief = len(words(text)) <= 6 if cues.language == "en" else len(text) <= 12
    last = context.exchanges[-1].reading.main if context.exchanges else None
    if not (brief and last and last.kind == "ask_fact" and last.queries):
        return queries
    before = last.queries[0]
    if not terms:
        rule = grammar.predicates[before.predicate]
        return [replace(before, asks=manner.asks)] if not signalled and manner.asks in rule.asks else queries
    phrase = len(terms) == 1 and (not queries or terms[0].link is not None)
    asked_of = terms[0].link.predicates if terms[0].link else ()
    if not (phrase and _follows(text, manner.asks, cues)) or before.predicate in asked_of:
        return queries
    told = {fact.belief.statement.predicate for fact in context.exchanges[-1].line.facts}
    again = [_instead(query, terms[0], grammar) for query in last.queries]
    fit = [query for query in again if query is not None]
    return sorted(fit, key=lambda query: query.predicate not in told) or queries


def _follows(text: str, asks: str | None, cues: Words) -> bool:
    """Tell whether a text adds to the question before: 'And her brother?', 'What about her?', 那她呢."""
    if text.rstrip("？?!. ").endswith(tuple(cues.cues["also_ending"])):
        return True
    if asks is not None and cues.language == "en":
        return cues.begins("also_what", text)
    return asks is None and cues.begins("also", text)


def _instead(query: Query, term: Term, grammar: Grammar) -> Query | None:
    """Give a question again, of something else; None where it can't be asked of that."""
    if query.subject is not None and grammar.fits(term, query.predicate, "subject"):
        return replace(query, subject=term)
    if query.object is not None and grammar.fits(term, query.predicate, "object"):
        return replace(query, object=term)
    return None


# -- what is claimed -----------------------------------------------------------------------------------


def _claims(
    act: Act, text: str, queries: list[Query], found: list[Element], cues: Words, context: Context
) -> tuple[Change, ...]:
    """Give what the speaker asserts, as statements the world has words for.

    What stands between two things relates them, before anything else does: 'the spirit broke the bridge'.
    """
    holds = not cues.cued("negation", text)
    valued = context.world.predicates
    things = [at for at, element in enumerate(found) if element.term]
    inside = found[things[0] : things[-1]] if things else []
    between = {predicate for element in inside for predicate in element.predicates}
    for query in sorted(queries, key=lambda query: query.predicate not in between):
        if query.values:
            about = next((entity for entity in act.named if entity not in (context.npc, context.speaker)), None)
            if about:
                return (Change(about, query.predicate, query.values[0], holds),)
        elif not valued[query.predicate].values and query.subject and query.object:
            subject, object_ = query.subject.entity, query.object.entity
            if subject and object_:
                return (Change(subject, query.predicate, object_, holds),)
    return ()


def _unknown_name(text: str, language: Language, named: list[Mention], cues: Words) -> str | None:
    """Give a name in the text that nobody in this world bears."""
    if language == "en":
        for match in _CAPITALISED.finditer(text):
            taken = any(mention.start < match.end() and match.start() < mention.end for mention in named)
            if not taken and fold(match.group()) not in cues.pronouns["i"]:
                return match.group()
        return None
    if named:
        return None
    asked = _ASKED_FOR.search(text)
    return next((group for group in asked.groups() if group), None) if asked else None
