"""What a sentence may stand on: the plan's facts and texts, the persona, the conversation, plain words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from npc_engine.dialogue.scene import Scene
from npc_engine.dialogue.types import Fact
from npc_engine.lang import pack, registry, words_of
from npc_engine.persona import Persona
from npc_engine.text import Language, stem, terms, words


@dataclass(frozen=True, slots=True)
class Ground:
    """What backs a sentence: statements, and the texts that word them."""

    facts: tuple[Fact, ...]
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a sentence: the rule it breaks, and where."""

    rule: str
    detail: str


@dataclass(frozen=True, slots=True)
class Likely(Fault):
    """What is only like a fault, by likeness of words: it costs its own sentence, and nothing that follows."""


def check_words(language: Language) -> Mapping[str, Any]:
    """Return a language's words to check by."""
    return pack(language).checks


def persona_texts(persona: Persona, language: Language) -> Iterable[str]:
    """Yield what an author wrote for a persona to say, and of them."""
    yield persona.summary.get(language, "")
    yield persona.role.get(language, "")
    yield persona.voice.register_.get(language, "")
    yield from persona.traits.get(language, ())
    yield from persona.voice.quirks.get(language, ())
    for sample in persona.voice.samples:
        yield sample.reply.get(language, "")
    for phrases in persona.phrases.values():
        yield from (saying.text for saying in phrases.get(language, ()))
    said = [one.says for one in persona.about] + [one.says for one in persona.topics]
    for texts in (*said, *(one.says for one in persona.asks), *(one.parts for one in persona.stories)):
        yield from texts.get(language, ())


def vocabulary(scene: Scene, language: Language) -> Vocabulary:
    """Return the words that are nothing anybody made up: plain ones, and the persona's own."""
    persona = scene.persona
    return scene.projections.compiled.derived.get(
        ("vocabulary", persona.id, language), lambda: Vocabulary(persona, language)
    )


class Vocabulary:
    """Words of a persona's that name nothing in particular."""

    def __init__(self, persona: Persona, language: Language) -> None:
        self.text = "\n".join(persona_texts(persona, language))
        plain: list[str] = []
        if pack(language).spaced:
            tables = check_words(language)
            cues = words_of(language)
            common = registry().common_words
            plain = [*tables["plain"].split(), *tables["begins"], *common, *cues.pronouns.get("i", ())]
            plain += [word for phrases in cues.phrases.values() for phrase in phrases for word in words(phrase)]
        self._pack = pack(language)
        self.own = frozenset(terms(self.text))
        self._stems = {stem(word) for word in (*plain, *words(self.text))}

    def __contains__(self, word: str) -> bool:
        return stem(self._pack.bare(word)) in self._stems
