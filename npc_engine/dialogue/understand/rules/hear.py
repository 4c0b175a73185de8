"""The first step of a turn: what was said, as the NPC takes it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

from npc_engine.acts import acts
from npc_engine.chronicle import Change
from npc_engine.dialogue.query import Term
from npc_engine.dialogue.scene import Context
from npc_engine.dialogue.types import Act, Reading, Subject
from npc_engine.dialogue.understand.rules.asking import read, says_nothing
from npc_engine.dialogue.understand.rules.certainty import certainty
from npc_engine.dialogue.understand.rules.claiming import claimed
from npc_engine.dialogue.understand.rules.follow_ups import Asked, continued
from npc_engine.dialogue.understand.rules.grammar import Grammar, QuestionForm
from npc_engine.dialogue.understand.rules.lexicon import lexicon_of
from npc_engine.dialogue.understand.rules.linking import (
    Span,
    mentions_of,
    spans,
    without_framing,
    without_names,
)
from npc_engine.dialogue.understand.rules.opinion_asked import opinion_asked
from npc_engine.dialogue.understand.rules.promises import promises, requests_too
from npc_engine.dialogue.understand.rules.stating import Stated, claims_of, is_reserved, stated
from npc_engine.dialogue.understand.rules.talk import (
    asked_about,
    passed_on,
    reported,
    talked,
    whispered,
    without_confiding,
    without_question,
)
from npc_engine.dialogue.wants import Request, Want
from npc_engine.lang import LanguagePack, Words, pack
from npc_engine.lang.writing_system import CLAUSE
from npc_engine.text import Language, fold, language_of, words
from npc_engine.text import terms as terms_of
from npc_engine.world.names import Mention

LONGEST = 2000
"""Characters of one utterance that are listened to."""
CLOSE = 0.75
"""How much worse than the best a reading may be and still be tried when the best finds nothing."""

UNHEARD = 0.1
"""How sure it is that a text is a remark in a language that has no words to hear by."""

_DESCRIBING: frozenset[Subject] = frozenset({"description"})
_SOCIAL = ("thank", "part", "greet", "compliment")
"""Acts told by cues alone, the first that is found, where a text is short or nothing else is going on in it."""


class RulesUnderstander:
    """Reads declared relations, offers and cues by rules: one act to a line."""

    def understand(self, text: str, context: Context, *, claiming: bool = True) -> Reading:
        """Return what an NPC makes of an utterance; what comes after `LONGEST` characters is not listened to.

        With `claiming`, what it states is looked for. In a language whose pack has no words to hear by, it is a remark,
        and hardly sure of that.
        """
        said = " ".join(text[:LONGEST].split())
        speech = pack(_language(said, context))
        language, cues = speech.code, speech.words
        if not cues.cues:
            return Reading(said, language, (Act("remark", (0, len(said)), UNHEARD),))
        asked = without_confiding(said, context, cues)
        if not asked:
            act = Act("confide", (0, len(said)))
            act = replace(act, confidence=certainty(act))
            return Reading(said, language, (act,), confided=True, pass_on=passed_on(said, context, cues))
        reading = _read(Spoken(asked, context, speech))
        if claiming and reading.main.kind == "tell_fact":
            claims = claims_of(self.stated(asked, context, language))
            reading = replace(reading, acts=(replace(reading.main, claims=claims),))
        if asked == said or _marked_within(said):
            return replace(reading, text=said)
        return replace(reading, text=said, confided=True, pass_on=passed_on(said, context, cues))

    def stated(self, text: str, context: Context, language: Language) -> tuple[Stated, ...]:
        """Return what a text states of the world, and whether it is vouched for."""
        said = stated(text, context, language)
        if said is not None:
            return said
        reserved = is_reserved(text, language)
        found = _as_statement(Spoken(text, context, pack(language)))
        return tuple(Stated(one, 0, happened=False, reserved=reserved) for one in found)


def open_rules() -> RulesUnderstander:
    """Return an understander that goes by rules alone."""
    return RulesUnderstander()


@dataclass(frozen=True)
class Spoken:
    """An utterance, by whom and to whom it was said, and the language it is in."""

    text: str
    context: Context
    speech: LanguagePack

    @property
    def cues(self) -> Words:
        """The words it is heard by."""
        return self.speech.words

    @property
    def is_marked(self) -> bool:
        """Whether it ends as a question."""
        return self.text.rstrip().endswith(("?", "？"))

    @property
    def is_short(self) -> bool:
        """Whether it is a few words."""
        return self.speech.length(self.text) <= self.speech.short


@dataclass(frozen=True)
class Signs:
    """What was found in an utterance that tells what its speaker is doing.

    `acting`: words of an action stand in it, `wholly`: as most of it; `stating`: things and a relation do.
    """

    question_word: str | None
    yes_no: bool
    acting: bool
    wholly: bool
    stating: bool

    @property
    def asking(self) -> bool:
        """Whether anything is asked."""
        return bool(self.question_word or self.yes_no)


def _read(heard: Spoken) -> Reading:
    """Return a text as the one act it is taken for, with whatever that names, asks, claims or wants done."""
    text, context, cues = heard.text, heard.context, heard.cues
    language = heard.speech.code
    lexicon = lexicon_of(context.world)
    named, mentions = mentions_of(text, context, lexicon, language)
    found = spans(text, lexicon, mentions, language)
    asked = _question_word(without_framing(fold(text), language), heard.speech)
    form = _form_of(found, heard, asked, yes_no=asked is None and heard.speech.asks_yes_no(text))
    grammar = Grammar(text, heard.speech, lexicon, context.world.entities, context.world.predicates)
    queries, terms = read(found, form, grammar)
    signalled = any(span.meanings for span in found)
    actions, wholly = _actions(heard)
    signs = Signs(asked, form.yes_no, bool(actions), wholly, bool(mentions and signalled))
    kind = _act(heard, signs)
    opinion = None if acts()[kind].grave else opinion_asked(text, mentions, context, heard.speech)
    if opinion is not None:
        kind = "ask_fact"
    promise = opinion is None and not acts()[kind].grave and promises(text, context, heard.speech)
    if promise and not (_marked_within(text) or (kind == "request" and requests_too(text, heard.speech))):
        kind = "promise"
    if _of_somebody_unknown(text, mentions, heard):
        queries = [query for query in queries if query.subject is not None or query.object is not None]
    shape = re.search(heard.speech.life["what_like"] or "(?!)", fold(text))
    described = shape is not None and not _goes_on(fold(text)[shape.end() :], heard)
    if described:
        queries = [query for query in queries if query.subject is not None and query.object is not None]
    elif shape is not None:  # in 'What was he like when you met?' no liking is asked for
        queries = []
    if kind == "ask_fact" and not described:
        asked_alone = Asked(text, queries, terms, signalled, form, grammar)
        queries = continued(asked_alone, context.exchanges)
    best = queries[0] if queries else None
    act = Act(
        kind=kind,
        span=(0, len(text)),
        named=_named(mentions, terms),
        terms=tuple(terms),
        queries=tuple(query for query in queries if best and query.fits >= best.fits - CLOSE)[:4],
        question_word=asked,
        yes_no=form.yes_no,
        wants=(Want(tuple(map(Request, actions))),) if actions and acts()[kind].deed else (),
        unknown=heard.speech.unknown_name(text, [(mention.start, mention.end) for mention in named]),
        opinion=opinion,
        subject=_subject(text, context, cues) | (_DESCRIBING if described else frozenset()),
        said_by=reported(text, context, cues),
        topics=asked_about(text, context, cues),
        gist=frozenset(terms_of(without_question(without_names(text, context), cues))),
        beside=_says_more(found, grammar, heard),
    )
    return Reading(text, language, (replace(act, confidence=certainty(act)),), promises=promise)


def _as_statement(heard: Spoken) -> tuple[Change, ...]:
    text, context, language = heard.text, heard.context, heard.speech.code
    lexicon = lexicon_of(context.world)
    _, mentions = mentions_of(text, context, lexicon, language)
    found = spans(text, lexicon, mentions, language)
    grammar = Grammar(text, heard.speech, lexicon, context.world.entities, context.world.predicates)
    queries, terms = read(found, _form_of(found, heard, None, yes_no=False), grammar)
    return claimed(_named(mentions, terms), queries, found, grammar, context)


def _subject(text: str, context: Context, cues: Words) -> frozenset[Subject]:
    """Return what a question may be about that is no relation of the world's."""
    unnamed = without_names(text, context)
    anywhere: dict[Subject, str] = {
        "promises": "promised", "talk": "remember", "news": "news", "description": "about",
        "acquaintance": "acquaintance",
    }  # fmt: skip
    alone: tuple[Subject, ...] = ("name", "identity", "doing")
    bidding = cues.that_ask(text)  # 想找人聊聊 bids nobody to tell of anything
    found = {subject for subject, cue in anywhere.items() if cues.cued(cue, bidding if cue == "about" else text)}
    found |= {subject for subject in alone if cues.solely(subject, unnamed)}
    if cues.solely("cleft", unnamed):
        found.add("same")
    if talked(text, cues):
        found.add("company")
    if whispered(text, cues):
        found.add("whispered")
    return frozenset(found)


def _language(text: str, context: Context) -> Language:
    """Return the language that is spoken, whatever language the names in it are in."""
    default = context.language or (context.exchanges[-1].line.language if context.exchanges else None)
    bare = list(fold(text)) if len(fold(text)) == len(text) else list(text)
    for mention in context.names.find(text):
        bare[mention.start : mention.end] = " " * (mention.end - mention.start)
    return language_of("".join(bare), language_of(text, default))


def _says_more(found: list[Span], grammar: Grammar, heard: Spoken) -> bool:
    """Return whether a text has words that nothing was made of, beside those that ask what something is like."""
    listed, little = _saying_little(heard.speech)
    if not heard.speech.spaced:
        clauses = [one for one in CLAUSE.sub(" ", heard.text).split() if heard.context.names.find(one)] or [heard.text]
        rest = without_question(without_names(" ".join(clauses), heard.context), heard.cues)
        for word in listed:
            rest = rest.replace(word, " ")
        return any(len(run) > 2 for run in words(rest))
    return any(says_nothing(span, grammar) and span.text not in little and span.text[0].isalnum() for span in found)


@lru_cache(maxsize=8)
def _saying_little(speech: LanguagePack) -> tuple[list[str], frozenset[str]]:
    """Return the phrases that only ask what something is like or count for nothing, the longest first, and their words.

    Those that only make something stronger are among the phrases alone.
    """
    cues = speech.words
    describing = {word for kind in ("about", "identity", "acquaintance", "news") for word in cues.cues.get(kind, ())}
    listed = (*describing, *cues.framing, *cues.aside)
    little = frozenset(word for phrase in listed for word in speech.tokens(phrase))
    return sorted((*listed, *cues.intensifiers), key=len, reverse=True), little


def _goes_on(rest: str, heard: Spoken) -> bool:
    """Return whether a clause goes on after what is left of it: 'What is he like' and then 'when it is late'."""
    clause = CLAUSE.split(rest)[0] if rest[:1].isspace() else ""
    return bool(clause.strip()) and not heard.cues.means_nothing(clause)


def _of_somebody_unknown(text: str, mentions: list[Mention], heard: Spoken) -> bool:
    """Return whether a text speaks of somebody by a pronoun of whom nothing was said: 'What happened to her?'"""
    taken = {mention.start for mention in mentions}
    for person in ("she", "he", "it"):
        forms = heard.cues.pronouns.get(person, [])
        for form in forms[:1] if person == "it" else forms:  # 'this village' is no pronoun
            at = heard.speech.pronoun_at(form, fold(text))
            if at is not None and at not in taken and not any(one.start <= at < one.end for one in mentions):
                return True
    return False


def _question_word(text: str, speech: LanguagePack) -> str | None:
    """Return the question word that comes first, the longest there; none in 'Is it you who …?'"""
    if speech.opens_yes_no(text):
        return None
    text = speech.words.that_ask(text)
    found = [
        (text.find(phrase), -len(phrase), word)
        for word, phrases in speech.words.question.items()
        for phrase in speech.words.those_of(phrases, text)
    ]
    return min(found)[2] if found else None


def _form_of(found: list[Span], heard: Spoken, question_word: str | None, *, yes_no: bool) -> QuestionForm:
    """Return how something is asked."""
    classes = {one for span in found if not span.term for one in span.word_classes}
    men, women = "men" in classes, "women" in classes
    gender = None if men == women else "he" if men else "she"
    heads = bool(classes & {"people", "men", "women"}) or heard.cues.cued("head_count", heard.text) or _many_of(found)
    count = question_word == "how_many" and heads
    every = heard.cues.any_of(heard.cues.grammar.get("every", ()), heard.text)
    return QuestionForm(question_word, yes_no, count, every, "not" in classes and not yes_no, gender)


def _many_of(found: list[Span]) -> bool:
    """Return whether it is asked how many there are of those that a relation's noun names: 'How many debtors …'."""
    return any("many" in span.word_classes and after.predicates for span, after in pairwise(found))


def _named(mentions: list[Mention], terms: list[Term]) -> tuple[str, ...]:
    """Return what is named, in order."""
    spoken_of = {entity for term in terms for entity in term.named()}
    return tuple(dict.fromkeys(m.entity for m in mentions if m.entity in spoken_of))


def _actions(heard: Spoken) -> tuple[tuple[str, ...], bool]:
    """Return the actions that words of the text ask for, the longest words first, and whether they are most of it."""
    text, cues = heard.text, heard.cues
    found: list[tuple[int, str]] = []
    for action in heard.context.actions.values():
        words = action.words.get(heard.speech.code, ())
        longest = max(map(len, cues.those_of(words, text)), default=0)
        if longest:
            found.append((longest, action.id))
    found.sort(key=lambda entry: -entry[0])
    return tuple(action for _, action in found), bool(found) and found[0][0] * 2 > len(text)


def _act(heard: Spoken, signs: Signs) -> str:
    """Return what the speaker is doing, the weightiest reading first."""
    text, cues = heard.text, heard.cues
    if cues.cued("fiction", text):
        return "fiction"
    plain = cues.plainly(text)
    if cues.cued("threaten", plain):
        return "threaten"
    if cues.cued("insult", plain):
        return "insult"
    requesting, asking, stating = cues.cued("request", text), signs.asking, signs.stating
    verifying = cues.opens("verify", text)
    bidden = requesting or signs.wholly or not (stating or asking)
    if signs.acting and not signs.question_word and not verifying and bidden:
        return "request"
    if cues.cued("remember", text) or cues.cued("news", text):
        return "ask_fact"
    for kind in _SOCIAL:
        if cues.cued(kind, plain) and (heard.is_short or not (stating or asking)):
            return kind
    if cues.cued("apologise", plain) and not (stating or asking):
        return "apologise"
    describing = cues.cued("about", cues.that_ask(text)) or cues.cued("identity", text) or cues.solely("name", text)
    inquiring = stating and cues.opens("inquire", text)
    if asking or heard.is_marked or (describing and not stating) or inquiring:
        return "ask_fact"
    if heard.is_short and cues.begins("acknowledge", text):
        return "acknowledge"
    if requesting and not stating:
        return "request"
    return "tell_fact" if stating else "remark"


def _marked_within(text: str) -> bool:
    return "?" in text or "？" in text
