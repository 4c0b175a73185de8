"""What a language is to the engine: one object, with its code, its words and its data in one folder.

`LanguagePack` is what another package derives its language from. What a pack lacks falls back plainly: without words
the rules understand nothing (and say so), without phrases people say what writers wrote, without prompts no model is
asked.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from functools import cached_property
from importlib.resources import files
from typing import Any, Literal

from npc_engine.lang.counting import Counting
from npc_engine.lang.days import Period
from npc_engine.lang.deeds import Deeds
from npc_engine.lang.defaults import ABOUT_SELF, CHECKS
from npc_engine.lang.statements import Stating
from npc_engine.lang.stemming import stems
from npc_engine.lang.words import Words
from npc_engine.lang.writing_system import fill, fold, is_han, words
from npc_engine.packaged import read_yaml

Case = Literal["subject", "object", "possessive"]
"""Where a pronoun stands: 'she', 'her', 'her'."""

_SLOT = re.compile(r"\{[^}|]*\}")


class LanguagePack(Counting, Stating):
    """One language. A subclass sets what differs; its YAML files stand in the folder of the module that defines it.

    What each of those holds is told by its head; those that a pack lacks are empty, and what they serve falls back: to
    the writer's own phrases, to no understanding but a model's, to no lines of the repertoire.
    """

    code: str
    """The code by which texts are keyed: `en`."""
    name: str
    """What the language is called, in English."""
    spaced = True
    """Words stand apart, with spaces between them."""
    isolating = False
    """Words have no endings: particles and order alone say who does what, and owners need no mark."""
    capitals_are_names = True
    """A capital within a sentence marks a name."""
    full_width = False
    """It is written with full-width marks: ，。！"""
    gap = " "
    """What stands between two sentences, and around an `and`."""
    comma, last_comma, full_stop = ", ", " and ", "."
    """What stands between the parts of a list, before its last, and behind a sentence."""
    articles: tuple[str, ...] = ()
    """Words before a name that are no part of it, each with its space; the definite one first."""
    describing: tuple[str, ...] = ()
    superlative: tuple[str, ...] = ()
    """Endings of words that say how something is or is done, and of those that say it is most so; they name nothing."""
    particles = ""
    """Characters that may stand behind a word and say nothing."""
    snowball: str | None = None
    """The Snowball algorithm that finds the stems of its words; None leaves words as they are."""
    short, brief, near = 5, 6, 3
    """Up to which length a text is a short one, or a brief follow-up, and how far a doer may stand from a verb."""

    # -- data ------------------------------------------------------------------------------------------

    def data(self, file: str) -> dict[str, Any]:
        """Return what one of the pack's YAML files holds, by its path without `.yaml`; nothing where it has none."""
        source = files(type(self).__module__).joinpath(*f"{file}.yaml".split("/"))
        return dict(read_yaml(source) or {}) if source.is_file() else {}

    @cached_property
    def words(self) -> Words:
        """The words it is understood by and answered in."""
        return Words(self.spaced, **self.data("words"))

    @cached_property
    def thesaurus(self) -> dict[str, Any]:
        """Forms of words, and words for the same."""
        return {"forms": {}, "synonyms": [], "related": [], "kinds": {}} | self.data("thesaurus")

    @cached_property
    def recall(self) -> dict[str, Any]:
        """What memory is asked by."""
        return {"asking": "", "begins": "", "when": [], "times": ""} | self.data("recall")

    @cached_property
    def text(self) -> dict[str, Any]:
        """Common words, and abbreviations that end no sentence."""
        return self.data("text")

    @cached_property
    def wording(self) -> dict[str, Any]:
        """Pronouns, months, and how a relation is put that nobody worded."""
        return self.data("wording")

    @cached_property
    def checks(self) -> dict[str, Any]:
        """What a model's sentences are checked by."""
        return {**CHECKS, **self.data("checks")}

    @cached_property
    def style(self) -> dict[str, str]:
        """The words by which people colour what they say, as stems: `always`, and `usual`."""
        return {"always": "", "usual": ""} | self.data("style")

    @cached_property
    def prompts(self) -> dict[str, Any]:
        """All that a model reads."""
        return self.data("prompts")

    @cached_property
    def private(self) -> dict[str, Any]:
        """Words by which talk is known to be of private matters, by kind, and those by which people mean themselves."""
        return {"matters": {}, "i": []} | self.data("private")

    @cached_property
    def about_self(self) -> dict[str, Any]:
        """The patterns by which people tell of themselves, and ask what they told."""
        return {key: kind() for kind, keys in ABOUT_SELF.items() for key in keys.split()} | self.data("self")

    @cached_property
    def temperaments(self) -> dict[str, list[str]]:
        """Words of authors by which it is told which temperament somebody has."""
        return self.data("temperaments")

    @cached_property
    def themes(self) -> dict[str, dict[str, Any]]:
        """The everyday matters that people talk about: the words of each, and what is said of it."""
        return self.data("themes")

    @cached_property
    def exchanges(self) -> dict[str, dict[str, Any]]:
        """Moments that come in any talk, by name: how people put them (`asks`), and what is answered (`says`)."""
        return self.data("exchanges")

    @cached_property
    def deeds(self) -> Deeds:
        """The words by which people ask for something to be done, pick out what is meant, and say that they don't."""
        return Deeds(**self.data("deeds"))

    @cached_property
    def life(self) -> dict[str, Any]:
        """What people ask of somebody's own life, by matter: how it is put, what is answered where nothing is known."""
        bare = {"shapes": {}, "speaks_of": {}, "matters": {}, "observed": [], "asks_which": "", "what_like": ""}
        return bare | self.data("life")

    @cached_property
    def ellipsis(self) -> dict[str, Any]:
        """What people leave out as they type, and how it is filled in; empty where the pack has none of it."""
        return self.data("ellipsis")

    @cached_property
    def asides(self) -> bytes:
        """The groups of words that a trained voice learned, as `dialogue/check/asides.py` packs them."""
        source = files(type(self).__module__).joinpath("asides.bin")
        return source.read_bytes() if source.is_file() else b""

    @cached_property
    def stop_words(self) -> frozenset[str]:
        """Words so common that they find nothing."""
        return frozenset(self.text.get("stop", "").split())

    @cached_property
    def common_words(self) -> frozenset[str]:
        """Words that are not another word misspelt, though a letter away from many."""
        return self.stop_words | frozenset(self.text.get("common", "").split())

    # -- words -----------------------------------------------------------------------------------------

    def stem(self, word: str) -> str:
        """Return what a folded word has in common with its other forms (Snowball)."""
        return word if self.snowball is None else self._stems(word)

    @cached_property
    def _stems(self) -> Callable[[str], str]:
        return stems(self.snowball or "")

    @cached_property
    def base_forms(self) -> dict[str, str]:
        """The word that an irregular form is one of: `broke` is `break`."""
        return {form: base for base, forms in self.thesaurus["forms"].items() for form in forms}

    @cached_property
    def uninflected(self) -> frozenset[str]:
        """Words that look like a form of another one and are none: 'goods' is not what is good."""
        return frozenset(self.thesaurus.get("uninflected", "").split())

    def tokens(self, text: str) -> list[str]:
        """Return the words of a text, folded; its characters where words do not stand apart."""
        return words(text) if self.spaced else list(text)

    def length(self, text: str) -> int:
        """Return how long a text is, in words or characters."""
        return len(self.tokens(text))

    def bare(self, word: str) -> str:
        """Return a word without its possessive ending."""
        return word

    def owns(self, word: str) -> bool:
        """Return whether a word has a possessive ending: Mira's."""
        return self.bare(word) != word

    def is_inflected(self, word: str) -> bool:
        """Return whether a word looks like a form of another."""
        return False

    def is_past(self, word: str) -> bool:
        """Return whether a word looks like what is done or was: broken, mended."""
        return False

    def is_participle(self, word: str) -> bool:
        """Return whether a word may say what is done to somebody: taught."""
        return False

    def is_gerund(self, word: str) -> bool:
        """Return whether a word looks like a deed as a thing: fishing."""
        return False

    def is_adverb(self, word: str) -> bool:
        """Return whether a word looks like one that only says how: kindly."""
        return False

    def sound(self, character: str) -> str:
        """Return how a character is said, in Latin letters; empty where letters say it themselves."""
        return ""

    # -- understanding ---------------------------------------------------------------------------------

    def even(self, text: str) -> str:
        """Return a folded text with what is said in two ways said in one: apostrophes, polite forms."""
        return text.replace("’", "'")

    def opens_yes_no(self, text: str) -> bool:
        """Return whether a question begins as only those do that ask for yes or no: 'Is it you who …?'"""
        first = words(text)[:1]
        return text.rstrip().endswith("?") and bool(first) and first[0] in self.words.yes_no

    def asks_yes_no(self, text: str) -> bool:
        """Return whether a text without a question word asks for yes or no."""
        first = words(text)[:1]
        return bool(first) and (first[0] in self.words.yes_no or text.rstrip().endswith("?"))

    def puts_question(self, clause: str) -> bool:
        """Return whether a folded clause has the form of a question, whatever mark it ends in."""
        first = re.split(r"[^\w']", clause, maxsplit=1)[0]
        bare = f"{first.removesuffix('s')}{clause[len(first) :]}"
        asking = tuple(f"{one} " for several in self.words.question.values() for one in several)
        return first in self.words.yes_no or f"{clause} ".startswith(asking) or f"{bare} ".startswith(asking)

    def unknown_name(self, text: str, taken: Iterable[tuple[int, int]]) -> str | None:
        """Return a name in a text that nobody bears, outside the stretches where somebody is named."""
        return None

    def gives_word(self, clause: str, clauses: Sequence[str], is_named: Callable[[str], bool]) -> bool:
        """Return whether a clause, among others of a text, promises a deed; `is_named` tells the name of a thing."""
        return False

    def intends(self, clause: str) -> bool:
        """Return whether a clause says what the speaker is going to do: 'I'll mend it'."""
        return self.words.any_of(self.words.cues.get("ahead", ()), clause)

    def pronoun_at(self, form: str, folded: str) -> int | None:
        """Return where a pronoun stands in a folded text for somebody or something; None where it does not."""
        match = re.search(rf"(?<![\w']){re.escape(form)}(?!\w)", folded) if form in folded else None
        return match.start() if match else None

    def is_stative(self, wording: str) -> bool:
        """Return whether a relation's wording says what is, rather than what is done: '{subject} was born in …'."""
        return False

    def says_belonging(self, wording: str) -> bool:
        """Return whether a relation's wording says no more than whose something is: {object}是{subject}的."""
        return False

    def owner_in(self, noun: str, wording: str) -> str | None:
        """Return whose a relation's noun is by its wording: 'subject', 'object', or None where that is open."""
        owned = re.search(rf"\{{(subject|object)'s\}}[^{{}}]*{re.escape(self.singular(noun))}", wording)
        return owned[1] if owned else None

    def singular(self, noun: str) -> str:
        """Return a noun as it stands for one."""
        return noun

    def period(self, text: str, now: datetime) -> Period | None:
        """Return the stretch of time that a folded text names; None where it names none."""
        return None

    # -- wording ---------------------------------------------------------------------------------------

    def with_article(self, name: str) -> str:
        """Return what is no proper name as it stands in a sentence: the bridge."""
        return name

    def pronoun(self, person: str, case: Case) -> str:
        """Return a pronoun: of `I`, `you`, `she`, `he`, `they` or `it`; empty where the pack has none."""
        forms: Sequence[str] = self.wording.get("persons", {}).get(person, ("", "", ""))
        return forms[("subject", "object", "possessive").index(case)]

    def possessive(self, name: str) -> str:
        """Return a name as it stands before what is its: Mira's."""
        return name

    def listed(self, names: Sequence[str]) -> str:
        """Return names as one list: Mira, Pip and Tomas."""
        return self.comma.join(names[:-1]) + self.last_comma + names[-1] if len(names) > 1 else "".join(names)

    def joinable(self, template: str, value: str | None, *, several_subjects: bool) -> bool:
        """Return whether a template stays grammatical with several subjects, or several objects."""
        return not several_subjects

    def plain_template(self, verb: str, holds: bool) -> str:
        """Return a template for a relation nobody worded, so that it can be said all the same."""
        template: str = self.wording.get("plain" if holds else "plain_denial", "{subject}: {verb} {object}")
        return fill(template, {"verb": verb})

    def within(self, text: str) -> str:
        """Return a text that stood by itself as it stands within a sentence: without its article's capital."""
        return text

    def continued(self, sentence: str) -> str:
        """Return a sentence as it goes on from an opening: 'Well, the bridge …'."""
        return sentence

    def sentence(self, clause: str) -> str:
        """Return a clause with a capital and a full stop, unless it has one."""
        clause = clause.strip()
        if not clause:
            return ""
        if clause[-1] not in ".!?…。！？":
            clause += self.full_stop
        return clause[0].upper() + clause[1:]

    def number(self, number: int) -> str:
        """Return a whole number in words, as people say it; in digits where the pack has none."""
        return str(number)

    def date(self, moment: datetime) -> str:
        """Return a day of the year as people say it: 3 May, 五月三日."""
        months: Sequence[str] = self.wording.get("months", ())
        month = months[moment.month - 1] if months else str(moment.month)
        frame: str = self.wording.get("date", "{month}/{day}")
        return fill(frame, {"day": moment.day, "month": month})

    def date_and_time(self, moment: datetime) -> str:
        """Return a game time as people write it: 3 May, 14:00."""
        frame: str = self.wording.get("date_and_time", "{date} {time}")
        return fill(frame, {"date": self.date(moment), "time": f"{moment:%H:%M}"})

    def own_words(self, template: str) -> list[str]:
        """Return the words of a template that are its own: 'is buried under' gives 'buried'."""
        bare = re.sub(r"[{}|]", " ", _SLOT.sub(" ", template))
        empty = {*self.stop_words, *self.words.grammar.get("not", ())}  # "can't stand" is told by 'stand' alone
        return [word for word in words(bare) if word not in empty and len(word) > 3]

    # -- a model's words -------------------------------------------------------------------------------

    recited = False
    """A trained voice says plans word for word, for words have no endings to tell them by in another form."""
    marks = ",.!?;:—–…"
    """The marks between clauses and behind sentences."""

    def recites(self, bare: str, said: str) -> bool:
        """Return whether what was said has every clause of a plan's sentence as a clause of its own, in order."""
        return bare in said

    def clauses_of(self, bare: str) -> list[str]:
        """Return a sentence's clauses, without the marks between them."""
        return [bare.rstrip(self.marks)]

    def is_clause(self, bare: str, said: str) -> bool:
        """Return whether a clause that was said is one of a plan's, particles aside."""
        return bare == said

    def verbatim(self, bare: Sequence[str]) -> str | None:
        """Return a grammar (GBNF) that has some sentences word for word, with room for an aside; None for none."""
        return None

    def plain_grammar(self, bare: Sequence[str]) -> str | None:
        """Return a grammar (GBNF) of plain sentences in which no name can be invented; None for none."""
        return None

    def foreign(self, word: str, known: str) -> str:
        """Return what of a folded word is no word of this language's letters, and not in `known` either."""
        return word if word not in known and any(map(is_han, word)) else ""

    def new_numbers(self, sentence: str, content: str) -> set[str]:
        """Return the numbers in a sentence that a content has not."""
        found = re.compile(r"(?<![\w-])\d+(?!\w)")
        return set(found.findall(fold(sentence))) - set(found.findall(fold(content)))
