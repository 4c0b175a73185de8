"""English."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from functools import cached_property

from npc_engine.lang.base import LanguagePack
from npc_engine.lang.days import Period
from npc_engine.lang.en import dates, grammars, promising
from npc_engine.lang.numerals import Numeral, apart, in_digits, in_spaced_words
from npc_engine.lang.writing_system import fold, is_han, whole_words

_CAPITALISED = re.compile(r"(?<=[a-z,;:] )([A-Z][a-z]{2,}(?: [A-Z][a-z]{2,})*)")
_ASCII = re.compile(r"[\w]+(?:'[\w]+)*", re.ASCII)
_STATIVE = re.compile(r"\{(is|was)\||\b(is|was) ")
_ENDINGS = ("ed", "en", "wn", "ught", "lt", "ld", "nt", "de", "id")


class English(LanguagePack):
    """English, with British spelling where its own words are concerned."""

    code = "en"
    name = "English"
    articles = ("the ", "a ", "an ")
    describing, superlative = ("ly", "ing", "ed"), ("est",)
    snowball = "english"

    # -- words -----------------------------------------------------------------------------------------

    def bare(self, word: str) -> str:
        """Return a word without its 's."""
        return word.removesuffix("'s").removesuffix("’s")

    def is_inflected(self, word: str) -> bool:
        """Return whether a word looks like a form of another."""
        return word.endswith(("ing", "ed", "es"))

    def is_past(self, word: str) -> bool:
        """Return whether a word looks like what is done or was: broken, mended."""
        return word.endswith(("ed", "en"))

    def is_participle(self, word: str) -> bool:
        """Return whether a word may say what is done to somebody: taught."""
        return word.endswith(_ENDINGS) and not word.endswith("ing")

    def is_gerund(self, word: str) -> bool:
        """Return whether a word looks like a deed as a thing: fishing."""
        return word.endswith("ing")

    def is_adverb(self, word: str) -> bool:
        """Return whether a word looks like one that only says how: kindly."""
        return word.endswith("ly")

    # -- understanding ---------------------------------------------------------------------------------

    def puts_question(self, clause: str) -> bool:
        """Return whether a folded clause has the form of a question: 'Haven't touched it since' leaves out its 'I'."""
        first, second = (*_ASCII.findall(clause)[:2], "", "")[:2]
        leaves_out = first.endswith("n't") and second and second not in self.about_self["asked_of"]
        return not leaves_out and super().puts_question(clause)

    def unknown_name(self, text: str, taken: Iterable[tuple[int, int]]) -> str | None:
        """Return what has a capital within a sentence and is the name of nobody."""
        known = tuple(taken)
        for match in _CAPITALISED.finditer(text):
            named = any(start < match.end() and match.start() < end for start, end in known)
            if not named and fold(match.group()) not in self.words.pronouns["i"]:
                return match.group()
        return None

    def gives_word(self, clause: str, clauses: Sequence[str], is_named: Callable[[str], bool]) -> bool:
        """Return whether a clause, among others of a text, promises a deed; `is_named` tells the name of a thing."""
        return promising.gives_word(clause, clauses, is_named, self)

    def intends(self, clause: str) -> bool:
        """Return whether a clause says what the speaker is going to do: 'I'll mend it'."""
        return self.words.any_of((word for word in self.words.cues["ahead"] if word[0] in "iw"), clause)

    def pronoun_at(self, form: str, folded: str) -> int | None:
        """Return where a pronoun stands for somebody or something: not in 'there is', nor in 'that man'."""
        if form not in folded:
            return None
        following = r"(?=\s*[?!.,]*$)" if form in ("that", "this") else r"(?!\w)(?!\s+(?:true|who|that|in|takes?)\b)"
        if form == "there" and re.search(r"\b(is|are|was|were) there\b|\bthere(?:'s| is| are| was| were)\b", folded):
            return None  # it only says that there is such a thing
        match = re.search(rf"(?<![\w']){re.escape(form)}{following}", folded)
        return match.start() if match else None

    def is_stative(self, wording: str) -> bool:
        """Return whether a relation's wording says what is, rather than what is done."""
        return bool(_STATIVE.search(wording))

    def owner_in(self, noun: str, wording: str) -> str | None:
        """Return whose a relation's noun is: the object's in '{object's} nephew' and 'the nephew of {object}'."""
        bare = re.escape(self.singular(noun))
        owned = re.search(rf"\{{(subject|object)'s\}}[^{{}}]*{bare}", wording)
        owned = owned or re.search(rf"{bare}[^{{}}]* (?:of|to|for) \{{(subject|object)\}}", wording)
        return owned[1] if owned else None

    def singular(self, noun: str) -> str:
        """Return a noun without the s of its possessive and its plural."""
        return noun.removesuffix("'s").rstrip("s")

    def plural(self, noun: str) -> str:
        """Return a noun as it stands for several: swords, torches, knives."""
        if re.search("(s|x|z|ch|sh)$", noun):
            return noun if noun.endswith("s") else f"{noun}es"
        if re.search("[^aeiou]y$", noun):
            return f"{noun[:-1]}ies"
        return re.sub("fe$", "ve", noun) + "s"

    def period(self, text: str, now: datetime) -> Period | None:
        """Return the stretch of time that a folded text names: 3 May, in April, last week, yesterday."""
        return dates.period(text, now)

    @cached_property
    def _number_words(self) -> dict[str, float]:
        small, tens = self.wording["numbers"], self.wording["tens"]
        return {word: at for at, word in enumerate(small)} | {word: 10 * at for at, word in enumerate(tens) if at > 1}

    def numerals(self, text: str) -> list[Numeral]:
        """Return the numbers that a folded text names: 12, twenty-five, two hundred, a couple."""
        few = [
            Numeral(value, *match.span())
            for phrase, value in self.deeds.few.items()
            for match in whole_words(phrase).finditer(text)
        ]
        words = in_spaced_words(text, self._number_words, self.deeds.scales)
        found = apart([*sorted(few, key=lambda one: one.start - one.end), *in_digits(text), *words])
        none = [match.span() for match in re.finditer(self.deeds.no_number, text)]
        return [one for one in found if not any(a <= one.start < b for a, b in none)]

    def compared(self, adjective: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Return how it is said that something is more so, and most so: cheaper, more dangerous, best."""
        more, most = super().compared(adjective)
        if adjective in (irregular := self.deeds.irregular):
            own = (irregular[adjective][0], irregular[adjective][1])
        elif adjective.startswith("well"):
            return tuple(re.sub("^well", "better", one) for one in _hyphened(adjective)), tuple(
                re.sub("^well", "best", one) for one in _hyphened(adjective)
            )
        elif len(re.findall("[aeiouy]+", adjective.removesuffix("e"))) > 2 or "-" in adjective:
            return more, most
        else:
            base = re.sub(r"(?<=[^aeiou])y$", "i", adjective).removesuffix("e")
            base = base + base[-1] if re.search(r"(?<![aeiou])[aeiou][bdgmnpt]$", base) else base
            own = (f"{base}er", f"{base}est")
        return (own[0], *more), (own[1], *most)

    # -- wording ---------------------------------------------------------------------------------------

    def with_article(self, name: str) -> str:
        """Return what is no proper name as it stands in a sentence: the bridge."""
        return f"the {name}"

    def possessive(self, name: str) -> str:
        """Return a name as it stands before what is its: Mira's."""
        return f"{name}'s"

    def joinable(self, template: str, value: str | None, *, several_subjects: bool) -> bool:
        """Return whether a template stays grammatical with several subjects, or several objects."""
        if not several_subjects:
            return not template.startswith("{object")
        singular = value is not None and value.startswith(self.articles)
        return not singular and "'s}" not in template and template.startswith("{subject}")

    def within(self, text: str) -> str:
        """Return a text as it stands within a sentence: without its article's capital."""
        article, _, rest = text.partition(" ")
        return f"{article.lower()} {rest}" if article in ("A", "An", "The") else text

    def continued(self, sentence: str) -> str:
        """Return a sentence as it goes on from an opening: 'Well, the bridge …'."""
        first = re.split("[^a-z]", fold(sentence), maxsplit=1)[0]
        return sentence[0].lower() + sentence[1:] if first in self.wording["lowered"] else sentence

    def number(self, number: int) -> str:
        """Return a whole number in words up to 99, in digits beyond."""
        if not 0 <= number < 100:
            return str(number)
        small: list[str] = self.wording["numbers"]
        if number < 20:
            return small[number]
        tens, ones = divmod(number, 10)
        return f"{self.wording['tens'][tens]}" + (f"-{small[ones]}" if ones else "")

    # -- a model's words -------------------------------------------------------------------------------

    def verbatim(self, bare: Sequence[str]) -> str:
        """Return a grammar of sentences word for word, with an aside behind or none."""
        return grammars.verbatim(bare, self.stop_words)

    def plain_grammar(self, bare: Sequence[str]) -> str:
        """Return a grammar of one or two plain sentences in which no name can be invented."""
        return grammars.plain(bare)

    def foreign(self, word: str, known: str) -> str:
        """Return what of a folded word is not in Latin letters without marks, and not in `known` either."""
        strange = is_han(word[0]) or not _ASCII.fullmatch(word)
        return word if word not in known and strange else ""

    @cached_property
    def _number(self) -> re.Pattern[str]:
        compound = "|".join(self.number(n) for n in range(99, 1, -1) if n % 10)  # fifty is not what fifty-three says
        tens = "|".join(self.number(n) for n in range(10, 100, 10))
        return re.compile(rf"(?<![\w-])(?:{compound}|{tens}|\d+)(?!\w)")

    def new_numbers(self, sentence: str, content: str) -> set[str]:
        """Return the numbers in a sentence, in words or digits, that a content has not."""
        return set(self._number.findall(fold(sentence))) - set(self._number.findall(fold(content)))


def _hyphened(word: str) -> tuple[str, ...]:
    """Return a word with its hyphen and without: well-paid, well paid."""
    return tuple(dict.fromkeys((word, word.replace("-", " "))))
