"""Lines from a world's own people: what authors wrote for them, and what they said in a saved game.

Every reply is paired with the bare plan that the engine decided on; what does not say its plan, or adds to it, would
teach the voice to make things up, and is left out.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from npc_engine import Content, Engine
from npc_engine.acts import acts
from npc_engine.content import load_content
from npc_engine.lang import words_of
from npc_engine.lang.en import English
from npc_engine.payloads import Answered
from npc_engine.persona import PHRASES, Persona
from npc_engine.text import language_of, sentences
from npc_engine.training.lines import LineFile, SpeakerProfile, TrainingLine, opens, wrong_with
from npc_engine.world import Perspective, Statement, Wording

_SAID = {
    "greet": "Hello.", "part": "Goodbye.", "thank": "Thank you.", "flattered": "You are kind.", "insulted": "You fool.",
    "threatened": "I will make you pay.", "news": "Have you heard?", "chat": "Well, well.",
}  # fmt: skip
"""What the player says to bring a phrase about, by what the line does."""


@dataclass(frozen=True, slots=True)
class CastLines:
    """The lines of a world's people, and what was left out, a sentence each."""

    files: tuple[LineFile, ...]
    left_out: tuple[str, ...]


def cast_lines(world: Path, save: Path | None = None) -> CastLines:
    """Return the English lines of a world's personas: their samples and phrases, and what `save` has them say.

    Raises:
        ContentError: the world's files have mistakes.
        SaveError: the saved game can't be read.
    """
    content = load_content(world)
    files, left_out = [], []
    with Engine.load(content, model="none") as fresh, Engine.load(content, model="none", save=save) as played:
        for persona in content.personas.values():
            lines: list[TrainingLine] = []
            for line in (*_phrases(persona), *_samples(persona, fresh), *_talks(persona, played, content)):
                if wrong := list(wrong_with(line, line.replies[0])):
                    left_out.append(f"{persona.id}: {line.replies[0]!r}: {wrong[0]}")
                else:
                    lines.append(line)
            speaker = profile_of(persona, content.world.id, content.world.names.get(English.code, ""))
            files.append(LineFile(world / "personas" / f"{persona.id}.yaml", speaker, tuple(lines)))
    return CastLines(tuple(files), tuple(left_out))


def profile_of(persona: Persona, setting: str, place: str) -> SpeakerProfile:
    """Return a persona as a manner of speaking, at a place, filled from a setting."""
    spoken = [sample for sample in persona.voice.samples if English.code in sample.reply]
    samples = tuple((sample.said.get(English.code, ""), sample.reply[English.code]) for sample in spoken)
    return SpeakerProfile(
        persona.id,
        setting,
        persona.names.get(English.code, persona.id),
        persona.role.get(English.code, ""),
        place,
        tuple(persona.traits.get(English.code, ())),
        persona.voice.register_.get(English.code, ""),
        samples,
    )


def _phrases(persona: Persona) -> Iterator[TrainingLine]:
    """Yield the persona's phrases as ways to say what is common to all."""
    common = words_of(English.code).phrases
    for occasion, act in _occasions().items():
        for phrase in persona.says(occasion, English.code):
            yield TrainingLine(act, occasion, "neutral", "stranger", (_SAID[act],), common[occasion][0], (phrase,))


def _occasions() -> dict[str, str]:
    """Return the occasions for which authors write phrases, by what a line of theirs does."""
    replies = {act.reply.phrase: act.reply.move for act in acts().acts.values() if act.reply}
    found = {key: replies[key] for key in PHRASES if key in replies}
    greetings = {key: replies["greeting"] for key in PHRASES if key.startswith("greeting_")}
    return {key: move for key, move in {**found, **greetings, "learned": "news"}.items() if move in _SAID}


def _samples(persona: Persona, engine: Engine) -> Iterator[TrainingLine]:
    """Yield the persona's samples as ways to say what the engine would answer."""
    for sample in persona.voice.samples:
        said, reply = sample.said.get(English.code, ""), sample.reply.get(English.code, "")
        if not said or not reply:
            continue
        line = engine.talk_to(persona.id).say(said, language=English.code).line()
        facts = [sentence for fact in line.facts for sentence in sentences(f"{fact.wording.rstrip('.')}.")]
        if facts:
            yield _line(said, facts, reply)


def _talks(persona: Persona, engine: Engine, content: Content) -> Iterator[TrainingLine]:
    """Yield what a model had the persona say in a saved game, as ways to say what was claimed."""
    wording = Wording(content.entities, content.predicates)
    events = {event.id: event for event in engine.events}
    for event in events.values():
        asked = events.get(event.cause or 0)
        voiced = Answered.read(event).model != "none" and event.claims
        if event.actor != persona.id or not voiced or asked is None or language_of(event.text) != English.code:
            continue
        between = Perspective(persona.id, asked.actor)
        facts = [
            wording.sentence(
                Statement(c.subject, c.predicate, c.object, c.qualifiers), English.code, between, holds=c.holds
            )
            for c in event.claims
        ]
        yield _line(asked.text, facts, event.text)


def _line(said: str, facts: list[str], reply: str) -> TrainingLine:
    answer = [f"{word.capitalize()}." for word in ("yes", "no") if opens(reply, word)]
    return TrainingLine("answer", "said", "neutral", "stranger", (said,), " ".join([*answer, *facts]), (reply,))
