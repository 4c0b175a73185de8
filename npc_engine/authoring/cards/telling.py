"""What somebody says of themself, made of what their card says of them: passages, sentence by sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, get_args

from npc_engine.authoring.cards import prose
from npc_engine.authoring.cards.age import ageless
from npc_engine.authoring.cards.ties import Tie, ties_in
from npc_engine.authoring.cards.voicing import Voicing, topic_of
from npc_engine.lang import LanguagePack
from npc_engine.phrasebook import filled
from npc_engine.talking_points import PassageTopic
from npc_engine.text import fold, is_han, sentences, words

SAID = 60
"""Words of an answer, at most: what goes beyond comes when they are asked on."""
LOOKS = "looks"
NOT_SAID, SHORTENED = "not said", "shortened"
"""What became of a sentence that could not be put whole into the first person."""
_MOST_LISTED = 12
_ABOUT = {
    "age": "age", "tastes": "tastes", "dislikes": "tastes", "fears": "fears", "skills": "skills", "goals": "dreams",
    "possessions": "possessions", "home": "home", "belief": "belief", "kind": "identity", "looks": "",
}  # fmt: skip
_TOLD = ("past", "family")
"""Lists that hold sentences as well; what they hold belongs to the topic of that name."""
PARTS = re.compile(r"[,;/、，；\n+|]+")


@dataclass(frozen=True, slots=True)
class Told:
    """What a card tells of somebody: its lists, its prose, what else it has in sentences, and what they are."""

    listed: Mapping[str, Sequence[str]]
    prose: str
    more: str
    roles: Sequence[str]
    age: str


@dataclass
class OwnWords:
    """What a card comes to in its character's mouth; `left` is what of it was not, or not wholly, said, and how."""

    about: list[dict[str, Any]] = field(default_factory=list)
    topics: list[dict[str, Any]] = field(default_factory=list)
    unused: dict[str, str] = field(default_factory=dict)
    left: list[tuple[str, str]] = field(default_factory=list)
    ties: list[Tie] = field(default_factory=list)


class Telling:
    """Puts one card into its character's mouth."""

    def __init__(self, told: Told, voicing: Voicing, speech: LanguagePack) -> None:
        self._told = told
        self._voicing = voicing
        self._speech = speech
        self._data = prose.data_of(speech)
        self._passages: dict[str, list[str]] = {}
        self._private: list[str] = []
        self._own: list[str] = []
        self._found = OwnWords()

    def put(self) -> OwnWords:
        """Return what they say of themself: what the card lists, then its sentences in the first person."""
        self._put_lists()
        self._put_roles()
        if self._told.age and "age" not in self._passages:
            self._passages["age"] = [self._said("age", self._told.age)]
        self._put_sentences()
        if seen := self._passages.get(f"#{LOOKS}"):
            says, *then = seen
            code = self._speech.code
            asked = {"asks": {code: list(self._data["asks_of"][LOOKS])}, "says": {code: [says]}}
            self._found.topics = [asked | ({"then": {code: then}} if then else {})]
        if self._found.left:
            self._found.unused["description"] = "\n".join(text for _, text in self._found.left)
        self._found.about = list(self._all_passages())
        self._found.ties = ties_in(self._told.listed, self._own, self._speech)
        return self._found

    def _all_passages(self) -> Iterator[dict[str, Any]]:
        code = self._speech.code
        for said in self._told.listed.get("own", ()):
            yield {"says": {code: [prose.plain(said)]}}
        for key, several in self._passages.items():
            yield {**({} if key.startswith("#") else {"topic": key}), "says": {code: several}}
        for said in self._private:
            yield {"says": {code: [said]}, "confidence": "private"}

    def _said(self, kind: str, value: str) -> str:
        bare = kind == "age" and value.isdigit()
        return filled(self._data["says"]["years" if bare else kind], value=value)

    # -- what the card lists ---------------------------------------------------------------------------

    def _put_lists(self) -> None:
        """Put what the card's lists come to, by topic; what is too long to be said so is kept aside."""
        listed, unused = self._told.listed, self._found.unused
        unsaid = set(self._data["unsaid_kinds"])
        for kind, topic in _ABOUT.items():
            found = [one for one in listed.get(kind, []) if kind != "kind" or fold(one) not in unsaid]
            values = [value for value in found if prose.size(value) <= 25]
            parts = [part.strip(" .。") for value in values for part in parts_of(value)]
            parts = [self._voicing.to_listener(part) for part in parts if part]
            left = [*(value for value in found if value not in values), *parts[_MOST_LISTED:]]
            if left:
                unused[f"listed: {kind}"] = "\n".join(map(self._voicing.to_listener, left))
            if parts:
                said = self._said(kind, self._speech.listed(parts[:_MOST_LISTED]))
                self._passages.setdefault(topic or f"#{kind}", []).append(said)
        if setting := listed.get("setting"):
            unused["listed: setting"] = "\n".join(map(self._voicing.of_somebody, setting))
        if kin := [one for one in listed.get("family", ()) if not self._is_told(one)]:
            listing = [self._voicing.to_listener(part.strip(" .。")) for value in kin for part in parts_of(value)]
            self._passages["family"] = [self._said("family", self._speech.listed(listing))]

    def _put_roles(self) -> None:
        """Put what they are first as their work, and what else they are or were each by itself."""
        for at, role in enumerate(self._told.roles):
            past = re.search(self._data["former"], fold(role)) is not None
            key = "past" if at and past else f"#role {at}" if at else "work"
            self._passages.setdefault(key, []).append(self._said("role", role))

    # -- what it tells in sentences --------------------------------------------------------------------

    def _is_told(self, value: str) -> bool:
        """Return whether a value that a card lists is a sentence about them."""
        return self._voicing.begins_with_them(prose.plain(value)) or len(sentences(value)) > 1

    def _sentences(self) -> Iterator[tuple[str, str]]:
        """Yield each sentence on them, and the topic that it belongs to where no word of it tells."""
        texts = [(self._told.prose, "")]
        texts += [
            (text, key)
            for key in _TOLD
            for text in self._told.listed.get(key, ())
            if key != "family" or self._is_told(text)
        ]
        for text, topic in (*texts, (self._told.more, "")):
            for sentence in sentences(prose.plain(text)):
                yield sentence, topic

    def _put_sentences(self) -> None:
        covered: set[str] = set()
        for at, (sentence, belongs) in enumerate(self._sentences()):
            mine = self._mine(sentence)
            if mine is None:
                continue
            if prose.has_word(sentence, self._data["private"], self._speech):
                self._private.append(mine)
                continue
            self._own.append(mine)
            topic = self._topic(mine) or belongs
            if topic == LOOKS:
                self._passages.setdefault(f"#{LOOKS}", []).append(mine)
                continue
            first = topic in get_args(PassageTopic) and topic not in covered  # the rest is found by its own words
            if topic == "work" and first:
                self._passages.pop("work", None)
            covered.add(topic)
            self._passages.setdefault(topic if first else f"#{at}", []).append(mine)

    def _mine(self, sentence: str) -> str | None:
        """Return a sentence as they say it, or the part of it that is sure; None where nothing is."""
        mine = self._voicing.first_person(sentence) if prose.size(sentence) <= SAID else None
        if mine is not None and is_sentence(mine):
            return mine
        self._own.append(self._beginning(sentence))
        shorter = None if prose.has_word(sentence, self._data["private"], self._speech) else self._shortened(sentence)
        self._found.left.append((SHORTENED if shorter else NOT_SAID, self._voicing.to_listener(sentence)))
        return shorter

    def _shortened(self, sentence: str) -> str | None:
        """Return the longest beginning of a sentence about them that is a clause, and sure; None where none is."""
        if not self._voicing.begins_with_them(sentence):
            return None
        for edge in reversed(list(re.finditer(self._data["cuts"], sentence))):
            part = sentence[: edge.start()].rstrip()
            if prose.size(part) > SAID or not is_sentence(part):
                continue
            if (mine := self._voicing.first_person(part + self._data["full_stop"])) is not None:
                return mine
        return None

    def _beginning(self, sentence: str) -> str:
        """Return as much of a sentence's beginning as is sure, in the first person, though it be no clause."""
        edges = [found.start() for found in re.finditer(r"\s|(?<=\w)\b(?!\w)|[，。；]", sentence)]
        told = (self._voicing.first_person(sentence[:edge].rstrip()) for edge in reversed(edges) if edge)
        return next((mine for mine in told if mine), "")

    def _topic(self, mine: str) -> str:
        role = self._told.roles[0] if self._told.roles else ""
        if role and fold(role) in fold(ageless([mine], self._speech)[0]):
            return "work"
        return topic_of(mine, self._speech)


def parts_of(value: str) -> list[str]:
    """Return the things that a value lists; itself where it is no plain list."""
    parts = PARTS.split(value)
    return parts if all(prose.size(part) <= 4 for part in parts) else [value]


def is_sentence(text: str) -> bool:
    """Return whether a text is long enough to be one."""
    return len(words(text)) >= 3 or sum(map(is_han, text)) >= 3
