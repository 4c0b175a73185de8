"""Which of an author's wordings a line means: by what both are about, and by how the ear takes them.

Lines that are put alike are near to one another for the ear, whatever they are about ("Have you been to sea?", "Have
you been to town?"), so what they are about has to agree too: the words that are left without those of the question's
frame (`frames.yaml`), the rarer the weightier, other forms and words for the same included (`gists`).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import cached_property, lru_cache, partial
from typing import TYPE_CHECKING

from npc_engine.dialogue.scene import Context
from npc_engine.dialogue.types import ASKING
from npc_engine.dialogue.understand import about_self, own_life
from npc_engine.dialogue.understand.gists import LIKE_IT, NEAR, Gist, gists_of, stacked
from npc_engine.dialogue.understand.learned import ear
from npc_engine.dialogue.understand.qualifiers import qualifiers
from npc_engine.lang import pack
from npc_engine.talking_points import ANY_STORY, BY_ITS_WORDS, Wordings
from npc_engine.text import Language, fold
from npc_engine.world.names import Names

if TYPE_CHECKING:
    from npc_engine.dialogue.understand.network import Array

MEANT = 0.5
"""How sure it must be that a wording is meant to be named at all, from 0 to 1."""
MOST = 5
"""Wordings that are named, the nearest."""
ABOUT_IT = 0.75
"""How much of what a line is about a passage must speak of to be what is asked for."""
OTHERWISE = 2.5
"""What a wording that asks loses where a line states something, one that is denied where a line is not, the other way
round, and one that tells of another mood, in log odds."""
COMMON, TAKEN_SO, BY_A_WORD = 3.0, 0.5, 0.3
"""How much all that a line is about tells at most, for the ear's word to count: 'like' tells 1.9, 'scar' 4.5.

How likely it must take a wording for what it surely takes such a line for; how sure it is else that it is meant."""
THE_SAME = 0.995
"""How sure it must be that a wording is meant for it to stand for a matter of somebody's life that it does not name."""
BESIDE_NAMES = 4096
"""Texts of which it is kept what they say beside names."""
BY_NAME_ALONE = 0.6
"""How sure it is at most that a wording is meant which has no more in common with a line than a name."""
HALF = 0.5
"""How much of what both say beside the name they must have in common for it to be more."""
MOSTLY = 0.4
"""How many of a topic's wordings must be on a matter of somebody's life for it to be on that."""


Put = tuple[bool | None, bool, str | None]
"""How a text is put: whether it asks, whether it is denied, and how whoever says it is, if it tells."""


class Matcher:
    """Matches lines with the wordings of one person, `npc`, in one language; `names` are those of the world."""

    def __init__(self, wordings: tuple[Wordings, ...], npc: str, names: Names, language: Language) -> None:
        self.wordings, self._npc, self._names = wordings, npc, names
        self._beside_names = lru_cache(maxsize=BESIDE_NAMES)(self._read_beside_names)
        self._gists, self._language = gists_of(language), language
        asked = [(one.key, text, one.are_answers) for one in wordings for text in one.texts.get(language, ())]
        if any(one.key.startswith(f"{ANY_STORY}:") for one in wordings):
            asked += [(ANY_STORY, text, False) for text in pack(language).data("frames").get("story", ())]
        self._asked = [(key, self._gists.of(text), is_answer) for key, text, is_answer in asked]
        self._texts = [text for _, text, _ in asked]
        self._heard_as: Array | None = None
        if self._texts and self._gists.hears:  # all at once, which takes a fifth of the time
            self._heard_as = self._gists.impressions(self._texts)[1]
        self._put = lru_cache(maxsize=None)(self._how_put)
        self._means = stacked([gist for _, gist, _ in self._asked])
        self._bare: dict[str, list[int]] = {}
        self._marked: dict[str, list[int]] = {}
        for at, (_, gist, _) in enumerate(self._asked):
            self._bare.setdefault(gist.bare, []).append(at)
            for mark in gist.marks:
                self._marked.setdefault(mark, []).append(at)

    def meant(
        self, text: str, matter: str = "", *, small: bool = False, asks: bool | None = None, label: str = ""
    ) -> tuple[tuple[str, float], ...]:
        """Return the keys of what a text asks for, the likeliest first, each with how sure that is (0 to 1).

        `asks` says whether the text is a question, where that is known; `label` what the ear surely takes it for.
        Of who asks about a `matter` of somebody's life, no other topic is meant than what was written on that; of a
        `small` one, which is put in many ways, those that are put so too by any of their wordings.
        """
        found = self._likely(text, asks, label)
        if small:
            found = {key: sure for key, sure in found.items() if sure >= 1.0 or matter in self._matters_of.get(key, ())}
        elif matter:
            found = self._on_matter(matter, text) or {key: sure for key, sure in found.items() if sure >= THE_SAME}
        likely = sorted(found.items(), key=lambda one: -one[1])
        foreseen = [one for one in likely if not one[0].startswith(BY_ITS_WORDS)]
        return (*foreseen[:MOST], *(one for one in likely if one not in foreseen))

    def _likely(self, text: str, asks: bool | None, label: str) -> dict[str, float]:
        """Return what a text may ask for, by its key, with how sure that is."""
        line, put = self._gists.of(text), self._how(text, asks)
        found: dict[str, float] = {}
        for at in self._near(line):
            key, wording, is_answer = self._asked[at]
            if is_answer:
                covered = self._gists.covered(line, wording) if asks is not False else 0.0
                likely = covered if covered >= ABOUT_IT else 0.0
            else:
                likely = self._gists.likeness(line, wording)
                if MEANT <= likely < 1.0:
                    likely = self._put_otherwise(likely, text, put, wording.text)
                    otherwise = sum(line.weights) < COMMON and self._is_taken_otherwise(at, label, text)
                    likely = min(likely, BY_A_WORD) if otherwise else likely
            if likely >= MEANT:
                found[key] = max(likely, found.get(key, 0.0))
        return found

    def _put_otherwise(self, likely: float, text: str, put: Put, wording: str) -> float:
        """Return how sure it is that a wording is meant by a text which is put otherwise, or names something else."""
        if self._shares_a_name_alone(text, wording):
            likely = min(likely, BY_NAME_ALONE)
        as_written, of_asker = self._put(wording)
        otherwise = sum(None not in (one, other) and one != other for one, other in zip(put, as_written, strict=True))
        otherwise += bool(put[2] and not as_written[2])  # who tells of a death asks for no joke
        of_another = of_asker and self._persons(text) == (True, False)  # 'Do you believe in ghosts?' is not 'in me?'
        otherwise += of_another or self._asks_of_another(text, wording)
        return likely / (likely + (1 - likely) * math.exp(OTHERWISE * otherwise))

    def _is_taken_otherwise(self, at: int, label: str, text: str) -> bool:
        """Return whether the ear takes a wording for something else than it surely takes a line for.

        'What do you like?' asks after tastes, 'Do you like it here?' after a home, though both are about liking.
        """
        if self._heard_as is None or label not in (labels := ear(self._language).labels):
            return False
        of_asker = self._persons(text) == (True, False) and self._persons(self._texts[at]) == (False, True)  # 我住哪
        return of_asker or bool(self._heard_as[at, labels.index(label)] < TAKEN_SO)

    def _shares_a_name_alone(self, line: str, wording: str) -> bool:
        """Return whether a line and a wording both name something, and not the same or to ask otherwise of it."""
        (named, of_line, rest), (others, of_wording, its_rest) = map(self._beside_names, (line, wording))
        if not (named and others):
            return False
        if of_line.words or of_wording.words:
            alike = min(self._gists.shared(of_line, of_wording))
        else:
            alike = len(rest & its_rest) / max(1, len(rest), len(its_rest))
        return named != others or alike < HALF

    def _asks_of_another(self, line: str, wording: str) -> bool:
        """Return whether a line asks of somebody or something else what a wording asks its hearer: 'Does he snore?'"""
        named, others = self._beside_names(line)[0], self._beside_names(wording)[0]
        return bool(named) and not (named & others or self._persons(line)[0]) and self._persons(wording)[0]

    def _read_beside_names(self, text: str) -> tuple[frozenset[str], Gist, frozenset[str]]:
        """Return whom and what a text names, its gist without those names, and all words that are left of it."""
        found, rest = self._names.find(text), list(text)
        for one in found:
            rest[one.start : one.end] = " " * (one.end - one.start)
        left = "".join(rest)
        return (
            frozenset(one.entity for one in found) - {self._npc},
            self._gists.of(left),
            frozenset(pack(self._language).tokens(left)) - {" "},
        )

    def _persons(self, text: str) -> tuple[bool, bool]:
        """Return whether a text speaks to its hearer, and of its speaker."""
        words, folded = pack(self._language).words, fold(text)
        to, of = (words.any_of(words.pronouns.get(person, ()), folded) for person in ("you", "i"))
        return to, of

    def _how_put(self, wording: str) -> tuple[Put, bool]:
        """Return how a wording is put, and whether it speaks both to its hearer and of its speaker."""
        return self._how(wording, wording.rstrip().endswith(ASKING)), self._persons(wording) == (True, True)

    def _how(self, text: str, asks: bool | None) -> Put:
        """Return how a text is put: whether it asks, whether it is denied, and how whoever says it is, if it tells."""
        mood = about_self.mood(text, self._language) or None  # who is broke has broken nothing
        return asks, "negated" in qualifiers(fold(text), self._language), mood

    def _on_matter(self, name: str, text: str) -> dict[str, float]:
        """Return the topics that ask for a matter of the NPC's life, the one that is put most like a text first.

        A topic asks for it where most of its wordings do, or the one that does is put much like the text; where none
        does, one whose first wording is on it.
        """
        line = self._gists.of(text)
        alike: dict[str, list[float]] = {}
        for (key, wording, is_answer), matter in zip(self._asked, self._matters, strict=True):
            if not is_answer:
                alike.setdefault(key, []).append(self._gists.likeness(line, wording) if matter == name else -1.0)
        found = {
            key: 0.99 + 0.01 * max(of_it)
            for key, of_it in alike.items()
            if max(of_it) >= LIKE_IT or (max(of_it) >= 0 and sum(one >= 0 for one in of_it) >= MOSTLY * len(of_it))
        }
        return found or {key: 0.99 for key, of_it in alike.items() if of_it[0] >= 0}

    @cached_property
    def _matters(self) -> list[str]:
        """The matter of somebody's life that each wording asks for; empty where it asks for none."""
        found = (own_life.asked(text, self._language) for text in self._texts)
        return [one.name if one else "" for one in found]

    @cached_property
    def _matters_of(self) -> dict[str, set[str]]:
        """The matters of somebody's life that each topic asks for by any of its wordings."""
        found: dict[str, set[str]] = {}
        for (key, _, is_answer), matter in zip(self._asked, self._matters, strict=True):
            if matter and not is_answer:
                found.setdefault(key, set()).add(matter)
        return found

    def _near(self, line: Gist) -> list[int]:
        """Return which wordings have a word that a line has too, or one like it: no other can be meant."""
        near = {*self._bare.get(line.bare, ()), *(at for mark in line.marks for at in self._marked.get(mark, ()))}
        if self._means is not None and line.means is not None:
            rows, owners = self._means
            near.update(owners[(rows @ line.means.T).max(axis=1) > NEAR].tolist())
        return sorted(near)


def matcher_of(context: Context, language: Language) -> Matcher:
    """Return what matches lines with the wordings of whom one talks with, made once for each in a world."""
    wordings = context.wordings
    # A matcher holds its wordings, and so their id is no other's.
    made = partial(Matcher, wordings, context.npc, context.names, language)
    return context.world.derived.get((Matcher, id(wordings), language), made)


def unread(context: Context, language: Language, most: int) -> Sequence[str]:
    """Return the first wordings of whom one talks with, to be read ahead; none where they were asked for before."""
    wordings = context.wordings
    if not context.world.derived.is_new((unread, id(wordings), language), wordings):  # kept, their id is no other's
        return ()
    return [text for one in wordings for text in one.texts.get(language, ())[:1]][:most]


def is_foreseen(means: tuple[tuple[str, float], ...], least: float) -> bool:
    """Return whether it is as sure as that that some wording of an author's is meant, and not only words of theirs."""
    return any(sure >= least for key, sure in means if not key.startswith(BY_ITS_WORDS))


def surest(*found: tuple[tuple[str, float], ...]) -> tuple[tuple[str, float], ...]:
    """Return keys that some texts mean, each as sure as the surest text has it, the likeliest first."""
    sure: dict[str, float] = {}
    for key, likely in (one for several in found for one in several):
        sure[key] = max(likely, sure.get(key, 0.0))
    return tuple(sorted(sure.items(), key=lambda one: -one[1]))
