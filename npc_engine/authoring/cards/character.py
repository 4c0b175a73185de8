"""A card read as somebody of a world: what it says goes where an author would have written it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from npc_engine.authoring.cards import prose
from npc_engine.authoring.cards.age import age_in, ageless, manner_of
from npc_engine.authoring.cards.examples import exchanges, without_exchanges
from npc_engine.authoring.cards.formats import OURS, Card
from npc_engine.authoring.cards.macros import Macros
from npc_engine.authoring.cards.plain import mapping_of, text_of, texts_of
from npc_engine.authoring.cards.telling import PARTS, SAID, OwnWords, Telling, Told, is_sentence, parts_of
from npc_engine.authoring.cards.ties import Tie
from npc_engine.authoring.cards.voicing import Voicing
from npc_engine.lang import LanguagePack, pack
from npc_engine.phrasebook import filled
from npc_engine.text import fold, sentences

GREETING = 90
"""Words of a greeting, at most: what goes beyond comes when they are asked on."""
SUMMARY = 55
MOST_TRAITS, MOST_PASSAGES, MOST_TOPICS, MOST_SAMPLES = 12, 120, 60, 12
_MET = 0.01
"""How well somebody is known who was talked to before: the first greeting of a card is for those who were not."""
_ROLE_WORDS = 9
_TRAIT_WORDS, _TRAIT_LETTERS = 8, 60
SCENARIO = "scenario"
_UNSAID = (SCENARIO, "system_prompt", "post_history_instructions", "creator_notes")
"""Fields that speak to a model, or to whoever plays: nobody in a world would say them."""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a card is read against: the language it is in, and those of the world."""

    language: str
    languages: Sequence[str]


@dataclass
class Character:
    """Somebody made of a card: `persona` as it will be written, but for its id; `unused` is what has no place.

    `ties` are the facts that the card states of them and of things or people whom it names.
    """

    name: str
    persona: dict[str, Any]
    unused: dict[str, str] = field(default_factory=dict)
    wished_id: str = ""
    left: Sequence[tuple[str, str]] = ()
    """Sentences that are not, or not wholly, said, each with what became of it."""
    ties: Sequence[Tie] = ()


class Reader:
    """Reads one card."""

    def __init__(self, card: Card, around: Surroundings) -> None:
        self._card = card
        self._around = around
        self._code = around.language
        self._speech: LanguagePack = pack(around.language)
        self._data = prose.data_of(self._speech)
        self.name = called(text_of(card.get("nickname")) or text_of(card.get("name"))) or "Nobody"
        self._macros = Macros(self.name)
        self._unused: dict[str, str] = {}
        description = self._macros.resolve(text_of(card.get("description")))
        self._examples = exchanges(description, self.name)
        self._listed, self._prose = prose.attributes(without_exchanges(description, self.name), self._speech)
        self._move_sentences()
        self._pronoun = self._which_pronoun()
        self.voicing = Voicing([self.name, *self._own_names()], self._pronoun, self._speech)

    @property
    def macros(self) -> Macros:
        """What puts this card's macros into words."""
        return self._macros

    def read(self) -> Character:
        """Return the character that the card describes."""
        ours = mapping_of(self._card["extensions"].get(OURS))
        persona: dict[str, Any] = {"names": dict.fromkeys(self._around.languages, self.name)}
        if aliases := [name for name in self._own_names() if fold(name) != fold(self.name)]:
            persona["aliases"] = {self._code: aliases[:4]}
        role = self._in_each("role", self._role())
        persona |= {"pronoun": self._pronoun or "they", "role": role, "summary": self._summary()}
        traits = self._traits()
        if traits:
            persona["traits"] = {self._code: traits}
        if manner := self._manner(ours):
            persona["temperament"] = {"manner": manner}
        persona["voice"] = self._voice(ours)
        own = self._own_words()
        about, topics = own.about, [*own.topics, *self._topics()]
        if about:
            persona["about"] = about[:MOST_PASSAGES]
        if topics:
            persona["topics"] = topics[:MOST_TOPICS]
        self._unused |= own.unused
        self._left_over(about[MOST_PASSAGES:], topics[MOST_TOPICS:])
        if phrases := self._phrases(ours):
            persona["phrases"] = phrases
        for key in _UNSAID:
            if text := self._macros.resolve(self._card[key]):
                put = self.voicing.of_somebody if key == SCENARIO else self.voicing.to_listener
                self._unused[key] = put(text)
        if greetings := self._card["group_only_greetings"]:
            self._unused["group_only_greetings"] = "\n".join(map(self._macros.resolve, greetings))
        wished = ours.get("id")
        persona, self._unused = self.voicing.everywhere(persona), self.voicing.everywhere(self._unused)
        id = text_of(wished[0] if isinstance(wished, list) else wished)
        return Character(self.name, persona, self._unused, id, own.left, own.ties)

    def _move_sentences(self) -> None:
        """Take for prose what stands in a list of traits and is a sentence: `Description("She loves rain" + "shy")`."""
        forms = [form for several in self._data["first_person"]["subjects"].values() for form in several]
        begins = tuple(f"{fold(one)}{self._speech.gap}" for one in (self.name, *self._own_names(), *forms))
        traits = self._listed.get("traits", [])

        def is_told(one: str) -> bool:
            begun = next((len(each) for each in begins if fold(one).startswith(each)), 0)
            return begun > 0 and not PARTS.match(fold(one)[begun:]) and is_sentence(one)

        told = [one for one in traits if is_told(one)]
        if told:
            self._listed["traits"] = [one for one in traits if one not in told]
            ended = [
                one if one.endswith((".", "。", "!", "?", "！", "？")) else one + self._data["full_stop"]
                for one in told
            ]
            self._prose = "\n".join(filter(None, [self._prose, *ended]))

    # -- who they are ----------------------------------------------------------------------------------

    def _own_names(self) -> list[str]:
        """Return what else the card calls the character."""
        found = [called(text_of(self._card.get("name"))), *map(called, self._listed.get("nickname", []))]
        titles = set(self._data.get("titles", ()))
        words = re.split(r"[\s·]+", self.name)
        bare = [word for word in words if fold(word) not in titles]
        if len(bare) < len(words):
            found.append(" ".join(bare))
        found += bare[:1]
        return list(dict.fromkeys(name for name in found if name and fold(name) != fold(self.name)))

    def _which_pronoun(self) -> str:
        """Return the pronoun that the card has for the character; empty where nothing tells."""
        pronouns: Mapping[str, list[str]] = self._data["pronouns"]
        told = " ".join(self._listed.get("gender", []))
        for pronoun, signs in pronouns.items():
            if told and prose.has_word(told, signs, self._speech):
                return pronoun
        text = fold(f"{self._prose} {self._card['personality']} {self._card['scenario']}")
        counted = {
            pronoun: sum(len(re.findall(rf"\b{sign}\b" if self._speech.spaced else sign, text)) for sign in signs[:4])
            for pronoun, signs in pronouns.items()
        }
        likeliest = max(("she", "he", "they"), key=lambda pronoun: counted[pronoun])
        if counted[likeliest]:
            return likeliest
        begins = tuple(f"{form}{self._speech.gap}" for form in self._data["first_person"]["subjects"]["it"])
        return "it" if any(fold(sentence).startswith(begins) for sentence in sentences(self._prose)) else ""

    def _roles(self) -> list[str]:
        """Return what they are, by what the card lists, each with its article; the first is what they are to others."""
        found = [role for value in self._listed.get("role", ()) for role in self._parts_of_role(value)]
        short = [prose.shortened(role, _ROLE_WORDS, self._speech) for role in dict.fromkeys(found)]
        bare = self._speech.articles
        return [
            role if not bare or role.casefold().startswith(bare) else filled(self._data["with_article"], role=role)
            for role in short
        ]

    def _parts_of_role(self, value: str) -> list[str]:
        """Return the roles that a value lists, unless one says but how they are it: 'baker, retired'."""
        parts = [part.strip() for part in parts_of(value) if part.strip()]
        mere = any(re.fullmatch(self._data["former"], fold(part)) or re.search(r"\d", part) for part in parts)
        return [value] if mere or not parts else parts

    def _role(self) -> str:
        if roles := self._roles():
            return roles[0]
        who = self._who()
        for sentence in ageless(sentences(prose.plain(self._prose))[:6], self._speech):
            for pattern in self._data["roles"]:
                found = re.search(pattern.replace("WHO", f"(?:{who})"), sentence, re.IGNORECASE)
                role = found["role"].strip() if found else ""
                if role and not any(edge in fold(role) for edge in self._data["role_edges"]):
                    return role[:1].lower() + role[1:] if self._speech.spaced else role
        return ""

    def _who(self) -> str:
        return "|".join(map(re.escape, [self.name, *self._own_names(), *self._forms("subjects")]))

    def _age(self) -> str:
        """Return how old the card says that they are; empty where it doesn't."""
        listed = self._listed.get("age", [""])[0]
        return listed or age_in(sentences(prose.plain(self._prose))[:6], self._who(), self._speech)

    def _manner(self, ours: Mapping[str, Any]) -> str:
        """Return whose lines they draw on, by all that the card says of their character."""
        told = [*self._listed.get("traits", []), self._card["personality"], *self._listed.get("speech", [])]
        return manner_of(" ".join([*told, *texts_of(ours.get("voice"))]), self._age(), self._role(), self._speech)

    def _forms(self, kind: str) -> list[str]:
        return list(self._data["first_person"].get(kind, {}).get(self._pronoun, ()))

    def _in_each(self, key: str, text: str) -> dict[str, str]:
        """Return a text that must stand in every language: what a language lacks, it says in general."""
        general = {code: prose.data_of(pack(code)).get(key, "…") for code in self._around.languages}
        return {**general, **({self._code: text} if text else {})}

    def _summary(self) -> dict[str, str]:
        told = [one for one in sentences(prose.plain(self._prose)) if not self._is_private(one)]
        text = self._speech.gap.join(told).replace("\n", " ")
        if not text:
            own = {fold(name) for name in (self.name, *self._own_names())}
            values = (value for values in self._listed.values() for value in values[:3])
            listed = "; ".join(dict.fromkeys(value for value in values if fold(value) not in own))
            text = f"{self.name}: {listed}" if listed else ""
        short = prose.shortened(self.voicing.to_listener(text), SUMMARY, self._speech) if text else ""
        found = self._in_each("role", short)
        return {code: self._capital(said) for code, said in found.items()}

    def _capital(self, text: str) -> str:
        return text[:1].upper() + text[1:]

    def _is_private(self, sentence: str) -> bool:
        return prose.has_word(sentence, self._data["private"], self._speech)

    def _traits(self) -> list[str]:
        """Return what the card lists of their character; what is too long or too much for that is kept aside."""
        told = [*self._listed.get("traits", []), self._macros.resolve(self._card["personality"])]
        own = {fold(name) for name in (self.name, *self._own_names())}
        parts = [part.strip(" .。\"'“”-*()[]") for one in told for part in PARTS.split(one)]
        parts = list(dict.fromkeys(part for part in parts if part and fold(part) not in own))
        fit = [part for part in parts if prose.size(part) <= _TRAIT_WORDS and len(part) <= _TRAIT_LETTERS]
        if fit and (left := [part for part in parts if part not in fit[:MOST_TRAITS]]):
            self._unused["personality"] = "\n".join(left)
        return fit[:MOST_TRAITS]

    def _voice(self, ours: Mapping[str, Any]) -> dict[str, Any]:
        speech = [*texts_of(ours.get("voice")), *self._listed.get("speech", [])]
        register = prose.shortened(speech[0], 25, self._speech) if speech else ""
        voice: dict[str, Any] = {"register": self._in_each("register", register)}
        quirks = [prose.plain(self._macros.resolve(one)) for one in (*speech[1:], *texts_of(ours.get("quirks")))]
        if quirks := [self.voicing.to_listener(one) for one in quirks if one]:
            voice["quirks"] = {self._code: quirks[:8]}
        pairs = [(said, reply) for said, reply in self._pairs() if not _asks(said)]
        if more := pairs[MOST_SAMPLES:]:
            self._unused["more examples"] = "\n".join(f"{said} / {reply}" for said, reply in more)
        samples = [
            {"said": {self._code: said}, "reply": {self._code: prose.first(reply, SAID, self._speech)[0]}}
            for said, reply in pairs[:MOST_SAMPLES]
        ]
        if samples:
            voice["samples"] = samples
        return voice

    # -- what they say ---------------------------------------------------------------------------------

    def _pairs(self) -> Iterator[tuple[str, str]]:
        """Yield what is said to them and what they answer, in the examples, spoken words alone."""
        told = self._macros.resolve(self._card["mes_example"])
        seen: set[str] = set()
        for said, reply in (*exchanges(told, self.name), *self._examples):
            said, reply = self._aloud(said), self._aloud(reply)
            if said and reply and fold(said) not in seen:
                seen.add(fold(said))
                yield said, reply

    def _aloud(self, text: str) -> str:
        return self.voicing.aloud(prose.spoken(text))

    def _topics(self) -> list[dict[str, Any]]:
        topics = []
        for said, reply in self._pairs():
            if _asks(said):
                says, *then = prose.chunks(reply, SAID, self._speech)
                topic: dict[str, Any] = {"asks": {self._code: [said]}, "says": {self._code: [says]}}
                topics.append(topic | ({"then": {self._code: then}} if then else {}))
        return topics

    def _phrases(self, ours: Mapping[str, Any]) -> dict[str, Any]:
        phrases: dict[str, Any] = {}
        greetings: list[str | dict[str, Any]] = []
        for told in (self._card["first_mes"], *self._card["alternate_greetings"]):
            aloud = self._aloud(self._macros.resolve(told))
            said, rest = prose.first(aloud, GREETING, self._speech) if aloud else ("", "")
            if said and not greetings:
                greetings.append(said)
            elif said and said not in texts_in(greetings):
                greetings.append({"text": said, "when": {"familiarity": _MET}})
            if told and (rest or not said):
                self._unused.setdefault("greeting", self.voicing.to_listener(self._macros.resolve(told)))
        if greetings:
            phrases["greeting"] = {self._code: greetings[:12]}
        if barks := [self._aloud(self._macros.resolve(one)) for one in texts_of(ours.get("barks"))]:
            phrases["bark"] = {self._code: [one for one in barks if one][:12]}
        return {key: texts for key, texts in phrases.items() if texts[self._code]}

    def _own_words(self) -> OwnWords:
        role = self._role()
        more = "" if self._traits() else self._macros.resolve(self._card["personality"])
        told = Told(self._listed, self._prose, more, self._roles() or ([role] if role else []), self._age())
        return Telling(told, self.voicing, self._speech).put()

    def _left_over(self, about: Sequence[dict[str, Any]], topics: Sequence[dict[str, Any]]) -> None:
        """Keep aside what is more than a persona holds."""
        told = [*(f"{each['says'][self._code][0]}" for each in (*about, *topics))]
        if told:
            self._unused["more than is kept"] = "\n".join(told)


def texts_in(sayings: Sequence[str | Mapping[str, Any]]) -> list[str]:
    """Return the texts of phrases, with a condition or without."""
    return [one if isinstance(one, str) else str(one["text"]) for one in sayings]


def called(name: str) -> str:
    """Return a name as people would say it: without what a card's title adds to it."""
    bare = re.split(r"[|(\[{<（【\n/:：]| - | – | — |, the ", name)[0]
    bare = " ".join("".join(c if c.isalnum() or c in " '’-.·" else " " for c in bare).split())
    return bare[:40].strip(" .-'’")


def _asks(said: str) -> bool:
    return said.rstrip().endswith(("?", "？"))
