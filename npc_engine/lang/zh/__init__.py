"""Chinese, in simplified characters."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from functools import cached_property

from npc_engine.lang.base import LanguagePack
from npc_engine.lang.days import Period
from npc_engine.lang.numerals import Numeral, apart, in_characters, in_digits
from npc_engine.lang.writing_system import is_han
from npc_engine.lang.zh import dates, promising, recitation
from npc_engine.lang.zh.recitation import MARKS, PARTICLES, reciting

_ASKED_FOR = re.compile(
    "(?:谁是|认识|听说过|知道)((?:(?![你我他她它的是谁什啥])[\u4e00-\u9fff·]){2,6}?)(?:吗|么|是谁|这个人|$|[？?。])"
    "|^((?:(?![你我他她它的那这会])[\u4e00-\u9fff·]){2,6})是谁"
)
_ASCII = re.compile(r"[\w]+(?:'[\w]+)*", re.ASCII)
_A_NOT_A = re.compile(r"(.)[不没]\1")
_NUMBER = re.compile("[零一二两三四五六七八九十百千万\\d]+(?=[个枚只位块条头年月天日夜次斤两])")
_FIRST_LEVEL = b"\xb0\xa1", b"\xd7\xf9"
"""The first-level characters of GB 2312, which stand in the order of their sounds."""


class Chinese(LanguagePack):
    """Chinese: no spaces, no endings, full-width marks."""

    code = "zh"
    name = "Chinese"
    spaced = False
    isolating = True
    full_width = True
    gap = ""
    comma, last_comma, full_stop = "、", "和", "。"
    particles = PARTICLES
    short, brief, near = 8, 12, 6

    # -- words -----------------------------------------------------------------------------------------

    @cached_property
    def _sounds(self) -> tuple[list[bytes], list[str]]:
        entries = self.data("sounds")["sounds"].split()
        return [entry[0].encode("gb2312") for entry in entries], [entry[1:] for entry in entries]

    def sound(self, character: str) -> str:
        """Return how a character is said (pinyin), without its tone; empty for rare ones."""
        try:
            code = character.encode("gb2312")
        except UnicodeEncodeError:
            return ""
        if not _FIRST_LEVEL[0] <= code <= _FIRST_LEVEL[1]:
            return ""
        codes, sounds = self._sounds
        return sounds[bisect_right(codes, code) - 1]

    # -- understanding ---------------------------------------------------------------------------------

    def even(self, text: str) -> str:
        """Return a folded text with the polite 您 as 你."""
        return super().even(text).replace("您", "你")

    def opens_yes_no(self, text: str) -> bool:
        """Return False: no question begins as only those do that ask for yes or no."""
        return False

    def asks_yes_no(self, text: str) -> bool:
        """Return whether a text without a question word asks for yes or no: by its mark, 吗, 是不是, 好不好."""
        also = tuple(self.words.cues["also_ending"])
        rising = text.rstrip().endswith(("？", "?")) and not text.rstrip("？? ").endswith(also)
        return rising or self.words.any_of(self.words.yes_no, text) or bool(_A_NOT_A.search(text))

    def puts_question(self, clause: str) -> bool:
        """Return whether a clause has the form of a question: a question word, or 吗, or A不A."""
        clause = self.words.that_ask(clause)
        asking = (one for several in self.words.question.values() for one in several)
        return "哪" in clause or any(one in clause for one in asking) or self.asks_yes_no(clause)

    def unknown_name(self, text: str, taken: Iterable[tuple[int, int]]) -> str | None:
        """Return the name that is asked for where nobody is named: 谁是某某, 某某是谁."""
        if any(True for _ in taken):
            return None
        asked = _ASKED_FOR.search(text)
        return next((group for group in asked.groups() if group), None) if asked else None

    def gives_word(self, clause: str, clauses: Sequence[str], is_named: Callable[[str], bool]) -> bool:
        """Return whether a clause, among others of a text, promises a deed."""
        return promising.gives_word(clause, clauses, self)

    def pronoun_at(self, form: str, folded: str) -> int | None:
        """Return where a pronoun stands: not 他 in 他们."""
        at = folded.find(form)
        if at >= 0 and folded[at + 1 : at + 2] == "们" and not form.endswith("们"):
            return None
        return at if at >= 0 else None

    def says_belonging(self, wording: str) -> bool:
        """Return whether a relation's wording says no more than whose something is."""
        return wording.startswith("{object}是{subject}的") and wording.endswith("的")

    def owner_in(self, noun: str, wording: str) -> str | None:
        """Return whose a relation's noun is: the object's in {object}的外甥."""
        owned = re.search(rf"\{{(subject|object)(?:'s\}}|\}}(?:的))[^{{}}]*{re.escape(noun)}", wording)
        return owned[1] if owned else None

    def period(self, text: str, now: datetime) -> Period | None:
        """Return the stretch of time that a text names: 三月五日, 昨天."""
        return dates.period(text, now)

    def numerals(self, text: str) -> list[Numeral]:
        """Return the numbers that a text names: 12, 三, 两百五."""
        few = [
            Numeral(value, *match.span())
            for phrase, value in self.deeds.few.items()
            for match in re.finditer(re.escape(phrase), text)
        ]
        digits = {digit: at for at, digit in enumerate(self.wording["digits"])} | self.deeds.extra
        found = apart([*few, *in_digits(text), *in_characters(text, digits, self.deeds.scales)])
        none = [match.span() for match in re.finditer(self.deeds.no_number, text)]
        return [one for one in found if not any(a <= one.start < b for a, b in none)]

    # -- wording ---------------------------------------------------------------------------------------

    def possessive(self, name: str) -> str:
        """Return a name as it stands before what is its: 米拉的."""
        return f"{name}的"

    def joinable(self, template: str, value: str | None, *, several_subjects: bool) -> bool:
        """Return True: any template stays grammatical with several names: nothing agrees with anything."""
        return True

    def number(self, number: int) -> str:
        """Return a whole number in characters up to 99, in digits beyond."""
        if not 0 <= number < 100:
            return str(number)
        digits: str = self.wording["digits"]
        tens, ones = divmod(number, 10)
        if number < 10:
            return "两" if number == 2 else digits[number]
        return ("" if tens == 1 else digits[tens]) + "十" + (digits[ones] if ones else "")

    def own_words(self, template: str) -> list[str]:
        """Return the words of a template that are its own, as runs of characters between its slots."""
        bare = re.sub(r"[{}|]", " ", re.sub(r"\{[^}|]*\}", " ", template))
        return [run for run in re.findall(r"[\u4e00-\u9fff]+", bare) if len(run) > 1]

    # -- a model's words -------------------------------------------------------------------------------

    recited = True
    marks = MARKS

    def recites(self, bare: str, said: str) -> bool:
        """Return whether what was said has every clause of a plan's sentence, with but particles and pauses between."""
        return recitation.recites(bare, said)

    def clauses_of(self, bare: str) -> list[str]:
        """Return a sentence's clauses, without the marks between them."""
        return recitation.clauses_of(bare)

    def is_clause(self, bare: str, said: str) -> bool:
        """Return whether a clause that was said is one of a plan's, particles aside."""
        return recitation.is_clause(bare, said)

    def verbatim(self, bare: Sequence[str]) -> str:
        """Return a grammar of a plan recited, with room for clauses of a voice's own around its sentences."""
        return reciting(bare, self.words, self.checks)

    def foreign(self, word: str, known: str) -> str:
        """Return a word in letters, or a character that is not one of simplified Chinese, unless `known` has it."""
        if is_han(word[0]):
            return next((letter for letter in word if not _simple(letter) and letter not in known), "")
        return word if word not in known and (word.isalpha() or not _ASCII.fullmatch(word)) else ""

    def new_numbers(self, sentence: str, content: str) -> set[str]:
        """Return the numbers before measure words in a sentence that a content has not; 一 is none."""
        return {number for number in _NUMBER.findall(sentence) if number != "一" and number not in content}


def _simple(letter: str) -> bool:
    """Return whether a character is one of simplified Chinese (GB 2312)."""
    try:
        letter.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True
