"""A card read as somebody of a world: what it says goes where an author would have written it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, get_args

from npc_engine.authoring.cards import prose
from npc_engine.authoring.cards.age import age_in, ageless, manner_of
from npc_engine.authoring.cards.examples import exchanges, without_exchanges
from npc_engine.authoring.cards.formats import OURS, Card
from npc_engine.authoring.cards.macros import Macros
from npc_engine.authoring.cards.plain import mapping_of, text_of, texts_of
from npc_engine.authoring.cards.voicing import Voicing, topic_of
from npc_engine.lang import LanguagePack, pack
from npc_engine.phrasebook import filled
from npc_engine.talking_points import PassageTopic
from npc_engine.text import fold, is_han, sentences, words

GREETING, SAID, TOLD = 90, 60, 45
"""Words of a greeting, of an answer, and of a piece of lore, at most: what goes beyond comes when they are asked on."""
SUMMARY = 55
MOST_TRAITS, MOST_PASSAGES, MOST_TOPICS, MOST_SAMPLES = 12, 120, 60, 12
_MOST_LISTED = 12
LOOKS = "looks"
_MET = 0.01
"""How well somebody is known who was talked to before: the first greeting of a card is for those who were not."""
_ROLE_WORDS = 9
_TRAIT_WORDS, _TRAIT_LETTERS = 8, 60
SCENARIO = "scenario"
_UNSAID = (SCENARIO, "system_prompt", "post_history_instructions", "creator_notes")
"""Fields that speak to a model, or to whoever plays: nobody in a world would say them."""
_ABOUT = {
    "age": "age", "tastes": "tastes", "dislikes": "tastes", "fears": "fears", "skills": "skills", "goals": "dreams",
    "possessions": "possessions", "home": "home", "belief": "belief", "kind": "identity", "looks": "",
}  # fmt: skip
_PARTS = re.compile(r"[,;/、，；\n+|]+")


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a card is read against: the language it is in, and those of the world."""

    language: str
    languages: Sequence[str]


@dataclass
class Character:
    """Somebody made of a card: `persona` as it will be written, but for its id; `unused` is what has no place."""

    name: str
    persona: dict[str, Any]
    unused: dict[str, str] = field(default_factory=dict)
    wished_id: str = ""


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
        self._looks: list[dict[str, Any]] = []
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
        about = self._about()
        topics = self._topics()
        if about:
            persona["about"] = about[:MOST_PASSAGES]
        if topics := [*self._looks, *topics]:
            persona["topics"] = topics[:MOST_TOPICS]
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
        return Character(self.name, persona, self._unused, text_of(wished[0] if isinstance(wished, list) else wished))

    def _move_sentences(self) -> None:
        """Take for prose what stands in a list of traits and is a sentence: `Description("She loves rain" + "shy")`."""
        forms = [form for several in self._data["first_person"]["subjects"].values() for form in several]
        begins = tuple(f"{fold(one)}{self._speech.gap}" for one in (self.name, *self._own_names(), *forms))
        traits = self._listed.get("traits", [])

        def is_told(one: str) -> bool:
            begun = next((len(each) for each in begins if fold(one).startswith(each)), 0)
            return begun > 0 and not _PARTS.match(fold(one)[begun:]) and _is_sentence(one)

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
        bare = [word for word in self.name.split() if fold(word) not in titles]
        if len(bare) < len(self.name.split()):
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

    def _role(self) -> str:
        if listed := self._listed.get("role"):
            role = prose.shortened(listed[0], _ROLE_WORDS, self._speech)
            bare = role.casefold().startswith(self._speech.articles)
            return role if bare or not self._speech.articles else filled(self._data["with_article"], role=role)
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
        parts = [part.strip(" .。\"'“”-*()[]") for one in told for part in _PARTS.split(one)]
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

    def _about(self) -> list[dict[str, Any]]:
        """Return what they say of themself: what the card lists, then its sentences in the first person."""
        passages = self._listed_passages()
        covered: set[str] = set()
        private: list[str] = []
        worked = False
        if role := self._role():
            passages["work"] = [filled(self._data["says"]["role"], value=role)]
        if (age := self._age()) and "age" not in passages:
            passages["age"] = [filled(self._data["says"]["age"], value=age)]
        left: list[str] = []
        told = [self._prose, *self._listed.get("past", []), *self._listed.get("family", [])]
        if not self._traits():
            told.append(self._macros.resolve(self._card["personality"]))
        for at, sentence in enumerate(sentence for text in told for sentence in sentences(prose.plain(text))):
            mine = self.voicing.first_person(sentence) if prose.size(sentence) <= SAID else None
            if mine is None or not _is_sentence(mine):
                left.append(self.voicing.to_listener(sentence))
                continue
            if self._is_private(sentence):
                private.append(mine)
                continue
            topic = topic_of(mine, self._speech)
            topic = "work" if role and fold(role) in fold(ageless([mine], self._speech)[0]) else topic
            if topic == LOOKS:
                passages.setdefault(f"#{LOOKS}", []).append(mine)
                continue
            first_of_it = topic in get_args(PassageTopic) and topic not in covered  # the rest is found by its own words
            if topic == "work" and not worked:
                passages.pop("work", None)
                worked = first_of_it = True
            covered.add(topic)
            passages.setdefault(topic if first_of_it else f"#{at}", []).append(mine)
        if left:
            self._unused["description"] = "\n".join(left)
        if seen := passages.get(f"#{LOOKS}"):
            says, *then = seen
            asked: dict[str, Any] = {
                "asks": {self._code: list(self._data["asks_of"][LOOKS])},
                "says": {self._code: [says]},
            }
            self._looks = [asked | ({"then": {self._code: then}} if then else {})]
        own = [{"says": {self._code: [prose.plain(said)]}} for said in self._listed.get("own", [])]
        kept = [{"says": {self._code: [said]}, "confidence": "private"} for said in private]
        return [
            *own,
            *(
                {**({} if key.startswith("#") else {"topic": key}), "says": {self._code: said}}
                for key, said in passages.items()
            ),
            *kept,
        ]

    def _listed_passages(self) -> dict[str, list[str]]:
        """Return what the card's lists come to, by topic; what is too long to be said so is kept aside."""
        passages: dict[str, list[str]] = {}
        unsaid = set(self._data["unsaid_kinds"])
        for kind, topic in _ABOUT.items():
            listed = [one for one in self._listed.get(kind, []) if kind != "kind" or fold(one) not in unsaid]
            values = [value for value in listed if prose.size(value) <= 25]
            parts = [part.strip(" .。") for value in values for part in _parts(value)]
            parts = [self.voicing.to_listener(part) for part in parts if part]
            left = [*(value for value in listed if value not in values), *parts[_MOST_LISTED:]]
            if left:
                self._unused[f"listed: {kind}"] = "\n".join(map(self.voicing.to_listener, left))
            if parts:
                value = self._speech.listed(parts[:_MOST_LISTED])
                passages.setdefault(topic or f"#{kind}", []).append(filled(self._data["says"][kind], value=value))
        if setting := self._listed.get("setting"):
            self._unused["listed: setting"] = "\n".join(map(self.voicing.of_somebody, setting))
        return passages

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


def _parts(value: str) -> list[str]:
    """Return the things that a value lists; itself where it is no plain list."""
    parts = _PARTS.split(value)
    return parts if all(prose.size(part) <= 4 for part in parts) else [value]


def _asks(said: str) -> bool:
    return said.rstrip().endswith(("?", "？"))


def _is_sentence(text: str) -> bool:
    return len(words(text)) >= 3 or sum(map(is_han, text)) >= 3
