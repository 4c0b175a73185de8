"""What somebody said, taken apart so that it can be put to them again: its clauses, and what each is about."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise

from npc_engine.lang.base import LanguagePack
from npc_engine.lang.writing_system import fill, fold, words

_ENDS = r"(?<=[.!?。！？\n])\s*|…+"
ACTED = re.compile(r"\*[^*]*\*?|^\s*（[^）]*）")
"""What somebody does and does not say: between asterisks, or in brackets that a Chinese line begins with."""
_MARKS = " \t\n,.;:!，。；：！、—–-~～…"
_EDGE = f"[{re.escape(_MARKS)}]*"
_CALLED = 2
"""Words, or characters, before a question that only call somebody."""
_BRIEF = 9
"""Words, or characters, of a sentence of the speaker's that may go with what was said of somebody of theirs."""
_SHORT = 4
"""Words of the shortest clause that means something by itself."""
_LONG = 18
"""Words of a sentence from which on only the clause that bears on a question is said again; in Chinese characters, half
as many again."""


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause of what somebody said, without the words at its ends that say nothing.

    `sentence` counts the sentences of the text from 0; it `asks`, or speaks of its speaker's `own`, or `to` whom it is
    said; `of` is which of the speaker's kin or things it is about, `pronoun` the word that stands for that.
    `mark` is what joins it to the clause before it in its sentence.
    """

    text: str
    sentence: int
    asks: bool = False
    own: bool = False
    to: bool = False
    of: str = ""
    pronoun: str = ""
    goes_on: bool = False
    mark: str = ""

    @property
    def length(self) -> int:
        """How long it is, in words or characters."""
        return len(words(self.text)) if " " in self.text or self.text.isascii() else len(self.text)


def clauses(text: str, speech: LanguagePack, of: str = "") -> list[Clause]:
    """Return the clauses of a text in order; `of` is whom the talk was about before."""
    found: list[Clause] = []
    for number, sentence in enumerate(filter(str.strip, _sentence_ends(speech).split(ACTED.sub(" ", text)))):
        asking = sentence.rstrip().endswith(("?", "？"))
        parts = _clause_ends(speech).split(sentence.rstrip("?？ "))
        said = [(part, mark) for part, mark in zip(parts[::2], ["", *parts[1::2]], strict=True) if part.strip(_MARKS)]
        for at, (part, mark) in enumerate(said):
            called = asking and len(speech.tokens(part)) <= _CALLED  # 'Lian, who sells honey cake?'
            clause = _clause(part, number, of, speech, asks=called or (asking and at == len(said) - 1))
            of = clause.of
            if clause.text:
                found.append(replace(clause, mark=mark))
    return found


def retold(found: Sequence[Clause], best: Clause, speech: LanguagePack) -> str:
    """Return what is said again of a text for the sake of one of its clauses: that, and what goes with it.

    Whom it is about stands by name in it, where a pronoun stood for them.
    """
    at = list(found).index(best)
    limit = _LONG if speech.spaced else _LONG * 3 // 2
    taken = [best]
    for before, one in reversed(list(pairwise(found[: at + 1]))):
        if (one.of and not one.pronoun) or before.sentence != one.sentence or not _fits(taken, before, limit):
            break
        taken.insert(0, before)
    for before, one in pairwise(found[at:]):
        more = one.goes_on or (one.length <= 3 and not one.own) or (best.of and one.own and one.length <= _BRIEF)
        if not (before.sentence == one.sentence or more) or not _fits(taken, one, limit):
            break
        taken.append(one)
    taken = [one for one in taken if one is best or set(speech.tokens(one.text)) - speech.stop_words]
    leans = best.goes_on or speech.words.any_of(speech.about_self["third"], fold(best.text))
    while len(taken) > 1 and taken[0] is not best and not leans and not (taken[0].own or taken[0].of):
        taken.pop(0)
    first = taken[0]
    start = _with_name(first, speech)
    comma = "，" if speech.full_width else ", "
    return start + "".join(
        f"{_joined(one.mark, comma)}{one.text}"
        if one.sentence == before.sentence
        else f"{comma}{speech.continued(one.text)}"
        for before, one in pairwise(taken)
    )


def is_short(text: str, speech: LanguagePack) -> bool:
    """Return whether a text is short enough to be brought up unasked."""
    return len(words(text)) <= _LONG * 2 // 3 if speech.spaced else len(text) <= _LONG


def without_greeting(text: str, speech: LanguagePack) -> str:
    """Return a text without what somebody says who comes back: 'It's me again', 我又回来了."""
    back = speech.about_self["back"]
    return _back(speech).sub(" ", text) if back else text


@cache
def _back(speech: LanguagePack) -> re.Pattern[str]:
    return re.compile(
        fill(speech.about_self["back"], {"stops": _MARKS.replace("\n", "").replace("-", "")}), re.IGNORECASE
    )


def stands_alone(clause: Clause, speech: LanguagePack) -> bool:
    """Return whether a clause that its speaker says of themself means the same by itself: short, and begun with 'I'."""
    mine = speech.about_self["mine"]
    begun = clause.text.casefold().startswith(tuple(f"{one} " if speech.spaced else one for one in mine))
    enough = _SHORT if speech.spaced else _SHORT * 3 // 2
    return begun and not clause.to and not clause.asks and enough <= clause.length and is_short(clause.text, speech)


def _joined(mark: str, comma: str) -> str:
    """Return what stands between two clauses that are said again: a colon or an 'and' as it was, else a comma."""
    return mark if mark.strip().isalpha() or mark.strip() in (":", "：", "、") else comma


def _fits(taken: Sequence[Clause], one: Clause, limit: int) -> bool:
    beside = any(other.of and one.of and other.of != one.of for other in taken)
    beside = beside or (one.to and not any(other.to or other.sentence == one.sentence for other in taken))
    return not one.asks and not beside and sum(other.length for other in taken) + one.length <= limit


def _with_name(clause: Clause, speech: LanguagePack) -> str:
    """Return a clause that begins with a pronoun with whom it means in its place: 'my mother makes a soup'."""
    if not clause.pronoun or not clause.of:
        return clause.text
    named = fill(speech.wording.get("whose", "{rel}"), {"rel": clause.of})
    rest = clause.text[len(clause.pronoun) :]
    if rest_of_verb := speech.wording.get("contracted", {}).get(clause.pronoun):
        return f"{named}{rest_of_verb}{rest}"
    if clause.pronoun.endswith(("'s", "'re")):
        return f"{named}{clause.pronoun[clause.pronoun.index(chr(39)) :]}{rest}"
    possessive = clause.pronoun in speech.wording.get("owning", ())
    return f"{speech.possessive(named) if possessive else named}{rest}"


def _clause(part: str, number: int, of: str, speech: LanguagePack, *, asks: bool) -> Clause:
    text = without_fillers(part, speech)
    if text.casefold() in (*speech.about_self["mine"], *speech.about_self["yours"]):
        return Clause("", number, of=of)  # 'And you?'
    folded = fold(text).replace("’", "'")
    kin = [one["rel"].casefold() for one in _theirs(speech).finditer(text)]
    goes_on = _goes_on(speech).match(folded)
    pronoun = (goes_on.groupdict().get("pro") or "") if goes_on else ""
    own, to, third = (speech.words.any_of(speech.about_self[who], folded) for who in ("mine", "yours", "third"))
    carried = kin[0] if kin else of if goes_on or third else ""
    asks = asks or speech.puts_question(folded)
    at_start = pronoun if pronoun and folded.startswith(pronoun) and not kin else ""
    return Clause(text, number, asks, own, to, carried, text[: len(at_start)], bool(goes_on))


def without_fillers(part: str, speech: LanguagePack) -> str:
    """Return a clause without what opens or closes it and says nothing."""
    fillers = speech.about_self["fillers"]
    if not fillers:
        return part.strip(_MARKS)
    opening, closing = _fillers(speech)
    text = part.strip(_MARKS)
    while True:
        less = closing.sub("", opening.sub("", text)).strip(_MARKS)
        if less == text:
            return text
        text = less


def without_closing(text: str, speech: LanguagePack) -> str:
    """Return what somebody told without the words that close it and say nothing: 'storms tbh'."""
    return _fillers(speech)[1].sub("", text).strip() if speech.about_self["closers"] else text


@cache
def _fillers(speech: LanguagePack) -> tuple[re.Pattern[str], re.Pattern[str]]:
    fillers = speech.about_self["fillers"]
    edge = r"\b" if speech.spaced else ""
    return (
        re.compile(rf"^(?:{fillers}){edge}(?!'){_EDGE}", re.IGNORECASE),
        re.compile(rf"{_EDGE}{edge}(?:{speech.about_self['closers']})$", re.IGNORECASE),
    )


@cache
def _sentence_ends(speech: LanguagePack) -> re.Pattern[str]:
    """Return where a sentence ends: not after a title, 'Mrs.'."""
    titles = speech.about_self["shapes"].get("titles", "")
    short = "".join(rf"(?<!\b{re.escape(one)}\.)" for one in titles.split("|") if one)
    return re.compile(f"{short}(?:{_ENDS})", re.IGNORECASE)


@cache
def _clause_ends(speech: LanguagePack) -> re.Pattern[str]:
    marks = r"[,;:—–]+\s+|[;—–]+|\.\.+" if speech.spaced else r"[，,；;：、~～\s]+"
    joins = speech.about_self["joins"]
    return re.compile(f"({marks}|{joins})" if joins else f"({marks})", re.IGNORECASE)


@cache
def _goes_on(speech: LanguagePack) -> re.Pattern[str]:
    return re.compile(speech.about_self["goes_on"] or "(?!)")


@cache
def _theirs(speech: LanguagePack, put: str = "of_theirs") -> re.Pattern[str]:
    named = fill(speech.about_self[put] or "(?!)(?P<rel>)", {"rel": f"(?P<rel>{_listed(speech)})"})
    return re.compile(named, re.IGNORECASE)


def _listed(speech: LanguagePack) -> str:
    return "|".join(map(re.escape, sorted(speech.about_self["relations"], key=len, reverse=True))) or "(?!)"


@cache
def relations(speech: LanguagePack) -> re.Pattern[str]:
    """Return what finds the words for kin, animals and things that people speak of as theirs."""
    listed = _listed(speech)
    return re.compile(rf"\b(?:{listed})(?=(?:'?s)?\b)" if speech.spaced else listed, re.IGNORECASE)


def theirs_in(text: str, speech: LanguagePack) -> str:
    """Return of whom or what of the speaker's a text speaks first: 'sister' in 'How old is my sister?'; else empty."""
    found = _theirs(speech).search(text)
    return found["rel"].casefold() if found else ""


def is_mine(text: str, start: int, end: int, speech: LanguagePack) -> bool:
    """Return whether a stretch of a text names one of its speaker's own: the cat of 'my cat'."""
    return any(
        found.start("rel") < end and start < found.end("rel") for found in _theirs(speech, "of_mine").finditer(text)
    )


def theirs_meant(pronoun: str, text: str, speech: LanguagePack) -> str:
    """Return whom of the speaker's, of whom a text speaks, a pronoun may mean: a sister is no 'he', a cat may be."""
    gender = speech.words.gender
    about = theirs_in(text, speech) if text and pronoun in gender else ""
    others = [listed for one, listed in gender.items() if one != pronoun]
    return "" if any(about in listed for listed in others) else about


def alike(one: str, other: str, speech: LanguagePack) -> bool:
    """Return whether two words for kin or things mean the same: mother, mum."""
    return one == other or any(one in group and other in group for group in speech.about_self["alike"])


def asked_for(question: str, speech: LanguagePack) -> str:
    """Return what a question after something that was said is about: without what only says that talk is meant."""
    asking = speech.about_self["asking"]
    return re.sub(asking, " ", fold(question)) if asking else question
