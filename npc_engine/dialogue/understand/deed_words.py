"""The words by which an action is asked for, learned from its author's description and examples.

A line and an example are compared by what is left of both without names, numbers, quotations and the words that any
request may have: what is to be done. Where nothing is left of an example ("I'll take it."), it stands for wanting to
have something, however that is put.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from npc_engine.dialogue.scene import Context
from npc_engine.dialogue.understand.asking import BESIDES, SENSED, Asking, Askings, Sense
from npc_engine.dialogue.understand.gists import NEAR, Gist, stacked
from npc_engine.dialogue.understand.picking import look_through
from npc_engine.dialogue.understand.qualifiers import unasked
from npc_engine.lang import pack
from npc_engine.text import Language, fold
from npc_engine.world.definitions import ActionDefinition

NAMED, NAMED_WHOLLY = 0.5, 0.6
"""How much words that an author listed count by themselves, and where they are most of what is said."""
MEANT, IN_PASSING = 0.05, 0.5
"""How likely the ear must have it that something is asked for, where somebody says that they mean to do it themself ('I
want to mend the bridge'), and where listed words stand in something else ('Now I have the key')."""
MET = 0.72
"""How much it counts that somebody wants to have something, where an action is asked for by no more than that."""
BESIDE = 0.7
"""What is left of that when other words stand beside it."""
ALIKE = 0.15
"""How much it counts beside that the words of some thing or other are alike too: 'have a look'."""
COMMITTED, COMMITTING = 0.5, 2
"""How much it counts that somebody says they will do something to what is named, where an action is asked for by no
more than that they will do it; and words that may say so at most."""
UNCOUNTED = 0.7
"""What is left where an example puts a number and a line doesn't."""
COUNTED = 0.55
"""How much it counts that a number is put, where an action is asked for by no more than that: 'How about 300?'"""
BID = 0.25
"""How likely the ear must have it that something is asked for, where a number stands among other words."""
MANY = 3
"""Actions whose examples have a word in common that then tells none from the others."""
THING = 0.2
"""How much a word of an example tells that only stands for some thing or other."""
_LEFT_OPEN = 0.62
"""How much an example counts of which a line has all, whatever else the line has."""
_DESCRIBED = 0.75
"""How much the description counts beside examples."""
OF_SENSE, SPREAD = 0.3, 0.3
"""How much of the greatest share an action's texts must have of a sense for it to be theirs, and how much less it fits
the less they have."""
OF_ITS_OWN = 0.2
"""How much of an action's own texts must have a sense, whatever others have of it: one 'start mending' of many does not
make setting out a way to ask for the bridge."""
BIDDING = "bid"
"""The sense of putting a number against one that stands."""
_CAPITAL = re.compile(r"(?<=[a-z,] )([A-Z][a-z]+)")
_SLOT = re.compile(r"\{\w+\}")


@dataclass(frozen=True, slots=True)
class Cue:
    """An action that words may ask for: how well they fit, from 0 to 1, and how the author's own example is qualified.

    `own` tells that the words name the deed, rather than only that something is wanted; `needs` is how likely the ear
    must have it that something is asked for at all.
    """

    action: str
    fits: float
    qualified: frozenset[str]
    own: bool
    needs: float = 0.0
    bid: bool = False
    """Whether nothing but that a number is put asks for it."""


class DeedWords:
    """What asks for some actions, in one language."""

    def __init__(self, context: Context, language: Language) -> None:
        self.actions = actions = context.actions
        self._language = language
        self.askings = Askings(language)
        self._gists = self.askings.gists
        self._examples = [
            (one.id, self._read(_SLOT.sub(" ", example), one, context))
            for one in actions.values()
            for example in one.examples.get(language, ())
        ]
        listed = {one.id: [fold(word) for word in one.words.get(language, ())] for one in actions.values()}
        self._words = {id_: pack(language).words.pattern(words) for id_, words in listed.items() if words}
        self._intending = re.compile(pack(language).deeds.intending)
        described = [(one.id, one.description.get(language, "")) for one in actions.values()]
        self._described = [(action, self._read(text, actions[action], context)) for action, text in described if text]
        shared = Counter(
            kin for action in actions for kin in {k for id_, e in self._examples if id_ == action for k in _kin(e)}
        )
        self._shared: Mapping[str, int] = shared
        put = [(id_, self._read(word, actions[id_], context)) for id_, words in listed.items() for word in words]
        self._texts = [read for _, read in (*self._examples, *self._described)]
        self._stacked = stacked([read.gist for read in self._texts])
        self._senses = _shared_senses([*self._examples, *self._described, *put])
        self._given = {
            id_: frozenset(one for name, read in (*self._examples, *put) if name == id_ for one in read.named)
            for id_, action in actions.items()
            if not any(param.names_something for param in action.params)
        }
        self._examples = [(action, self._without_common(example)) for action, example in self._examples]

    def _without_common(self, example: Asking) -> Asking:
        """Return an example in which the words that many actions' examples have count as those of some thing."""
        kin = zip(example.gist.words, example.gist.kin, strict=True)
        common = {word for word, own in kin if min(self._shared.get(one, 1) for one in own) >= MANY}
        return replace(example, nouns=example.nouns | common)

    def _read(self, text: str, action: ActionDefinition, context: Context) -> Asking:
        """Return what an author's text asks for; where a person is a param, others may do something in it."""
        words = look_through(text, context, self._language)
        read = self.askings.asking_in(words, 0, len(words.text))
        named = frozenset(one.entity for one in words.mentions if one.entity not in (context.npc, context.speaker))
        read = replace(read, qualified=read.qualified | self._of_others(action), named=named)
        if not pack(self._language).capitals_are_names:
            return read
        capitals = {match[1].lower() for match in _CAPITAL.finditer(text)}  # 'my brother Tom'
        return replace(read, nouns=read.nouns | capitals)

    def _of_others(self, action: ActionDefinition) -> frozenset[str]:
        """Return that others may do something in what asks for an action, where a person is a param."""
        return frozenset({"others"} if any(p.type == "person" and p.is_needed for p in action.params) else ())

    def given(self, named: Iterable[str]) -> Iterator[Cue]:
        """Yield the actions that are told nothing, and give what is named to whoever wants it."""
        told = frozenset(named)
        for action, things in self._given.items():
            if things & told:
                yield Cue(action, SENSED, frozenset(), own=True)

    def are_known(self, senses: Iterable[Sense]) -> bool:
        """Return whether some action does each of what is often asked for."""
        return all(one.name in self._senses or not self.askings.tells(one.said) for one in senses if one.put)

    def cues(self, asked: Asking, folded: str) -> list[Cue]:
        """Return the actions that a piece of a line may ask for, the likeliest first."""
        found: dict[str, Cue] = {}
        near = self._near(asked.gist)
        for at, (action, example) in enumerate(self._examples):
            alike = at in near
            bid, own = self._is_bid(asked, example), bool(example.gist.words)
            needs = BID if bid and asked.gist.words else 0.0
            self._enter(found, Cue(action, self._fits(asked, example, alike=alike), example.qualified, own, needs, bid))
        for at, (action, described) in enumerate(self._described, len(self._examples)):
            if at in near:
                of_line, of_words = self._shares(asked.gist, described.gist)
                self._enter(found, Cue(action, _DESCRIBED * of_line * of_words**0.3, frozenset(), own=True))
        for sense in asked.senses:
            needs = 0.0 if sense.put or asked.wants or asked.asks else IN_PASSING
            for action, share in self._senses.get(sense.name, {}).items():
                excused = unasked(sense.said, self._language) | self._of_others(self.actions[action])
                fits = sense.fits * (1 - SPREAD + SPREAD * share)
                self._enter(found, Cue(action, fits, excused, own=True, needs=needs, bid=sense.name == BIDDING))
        for action_id, words in self._words.items():
            literal = max(words.finditer(folded), key=lambda match: len(match.group()), default=None)
            if literal is not None:
                put = asked.wants or asked.asks
                most = 2 * len(literal.group()) > len(folded.strip())
                fits = 1.0 if put else NAMED_WHOLLY if most else NAMED
                needs = (
                    MEANT if self._intending.search(folded, 0, literal.start()) else 0.0 if put or most else IN_PASSING
                )
                fits += len(literal.group()) / 1000
                excused = unasked(literal.group(), self._language)  # 'stop following me'
                self._enter(found, Cue(action_id, fits, excused, own=True, needs=needs))
        return sorted(found.values(), key=lambda cue: -cue.fits)

    def _enter(self, found: dict[str, Cue], cue: Cue) -> None:
        known = found.get(cue.action)
        if cue.fits > 0 and (known is None or cue.fits > known.fits):
            found[cue.action] = cue

    def _is_bid(self, asked: Asking, example: Asking) -> bool:
        """Return whether a piece has no more in common with an example than that a number is put."""
        put = asked.wants or asked.asks
        return example.counts and not (put or example.wants or set(example.gist.words) - example.nouns)

    def _near(self, line: Gist) -> frozenset[int]:
        """Return which of the authors' texts have a word that a piece has too, or one like it."""
        if not line.words:
            return frozenset()
        near = {at for at, read in enumerate(self._texts) if read.gist.marks & line.marks}
        if self._stacked is not None and line.means is not None:
            rows, owners = self._stacked
            near.update(owners[(rows @ line.means.T).max(axis=1) > NEAR].tolist())
        return frozenset(near)

    def _fits(self, asked: Asking, example: Asking, *, alike: bool) -> float:
        if not set(example.gist.words) - example.nouns:
            if example.counts and not asked.counts:
                return 0.0
            if self._is_bid(asked, example):
                return COUNTED * BESIDES ** len(asked.gist.words)
            if not (example.wants or example.asks):
                return 0.0
            of_line, of_example = self._shares(asked.gist, example.gist) if alike else (0.0, 0.0)
            if not (asked.wants or (asked.asks and (not asked.gist.words or of_line == 1.0))):
                commits = asked.commits and example.commits and len(asked.gist.words) <= COMMITTING
                return COMMITTED if commits else 0.0  # 'I'll find the ring.'
            return MET * (BESIDE + (1 - BESIDE) * of_line if asked.gist.words else 1.0) + ALIKE * of_example
        if not alike:
            return 0.0
        of_line, of_example = self._shares(asked.gist, example.gist, example.nouns)
        fits = float(of_example**0.8) * (_LEFT_OPEN + (1 - _LEFT_OPEN) * of_line)
        return fits * UNCOUNTED if example.counts and not asked.counts else fits

    def _shares(self, line: Gist, example: Gist, nouns: frozenset[str] = frozenset()) -> tuple[float, float]:
        """Return how much of a line an example has, and how much of the example a line has."""
        if not line.words or not example.words:
            return 0.0, 0.0
        alike = self._gists.alike(line, example)
        weights = [
            weight / max(1, min(self._shared.get(kin, 1) for kin in own)) * (THING if word in nouns else 1.0)
            for word, weight, own in zip(example.words, example.weights, example.kin, strict=True)
        ]
        of_line = sum(max(row) * weight for row, weight in zip(alike, line.weights, strict=True)) / sum(line.weights)
        columns = [max(row[at] for row in alike) for at in range(len(example.words))]
        return of_line, sum(c * w for c, w in zip(columns, weights, strict=True)) / sum(weights)


def _shared_senses(texts: Sequence[tuple[str, Asking]]) -> Mapping[str, Mapping[str, float]]:
    """Return for each sense how much it is each action's, beside the one of whose texts most have it."""
    shares: dict[str, dict[str, float]] = {}
    numbers = Counter(action for action, _ in texts)
    for action, read in texts:
        for sense in read.senses:
            of_it = shares.setdefault(sense.name, {})
            of_it[action] = of_it.get(action, 0.0) + sense.fits / numbers[action]
    return {
        sense: {action: share / most for action, share in of_it.items() if share >= max(OF_SENSE * most, OF_ITS_OWN)}
        for sense, of_it in shares.items()
        for most in [max(of_it.values())]
    }


def _kin(asking: Asking) -> frozenset[str]:
    return frozenset().union(*asking.gist.kin)
