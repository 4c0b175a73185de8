"""Three lines that fit the moment, for who would rather choose than type.

They come from what the game may ask of the engine, and from no model: an answer to what was asked, a greeting, what
the last line and the journal speak of, what the villager's writer expects to be asked, a farewell. What a villager
keeps secret is never among them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice

from demo_game.strings import Strings
from demo_game.talk import PLAYER, Talk
from npc_engine import Engine, Persona

SHOWN = 3
LONGEST = 56
"""Characters a suggestion may have, a Chinese one half as many."""
LOOKED_BACK = 400
"""Events that are looked through for what the player has said already."""
A_WHILE = 4
"""Utterances after which a farewell is offered."""
ASKING = ("?", "？")
COMMON = ("work", "news", "feeling", "people")
"""What anybody can be asked."""


def suggest(engine: Engine, talk: Talk, say: Strings) -> list[str]:
    """Return up to three lines that the player could say now, the best first, none that they said lately."""
    said = {event.text for event in islice(reversed(engine.events), LOOKED_BACK) if event.actor == PLAYER}
    said |= {utterance.text for utterance in talk.said if utterance.speaker == PLAYER}
    chosen = list(dict.fromkeys(_answers(engine, talk, say)))[:2]
    last = list(_last(talk, say)) if len(chosen) < 2 else []
    for line in _others(engine, talk, say):
        if len(chosen) + len(last) >= SHOWN:
            break
        if line not in said and line not in chosen:
            chosen.append(line)
    return [*chosen, *last][:SHOWN]


def _answers(engine: Engine, talk: Talk, say: Strings) -> Iterator[str]:
    """Yield answers to what the villager has just asked."""
    line = talk.line
    if line is None:
        return
    if (waits := line.waits_for) is not None:
        names = [engine.name(one) for one in waits.among if one in engine.entities]
        yield from names or ([] if waits.missing else [say("suggest.please"), say("suggest.never_mind")])
    if any(one.yes or one.no for one in engine.people[talk.who].asks if one.key in line.reasons):
        yield from (say("suggest.yes"), say("suggest.no"))


def _last(talk: Talk, say: Strings) -> Iterator[str]:
    """Yield the line offered after the others: a way out of a question, or of the talk."""
    if talk.line is not None and talk.line.text.endswith(ASKING):
        yield say("suggest.unsure")
    elif len(talk.said) >= A_WHILE:
        yield say("suggest.farewell")


def _others(engine: Engine, talk: Talk, say: Strings) -> Iterator[str]:
    """Yield what else could be said, what fits best first."""
    who = talk.who
    if not talk.said:
        yield say("suggest.greeting", name=engine.name(who))
    for belief in engine.beliefs(PLAYER, who, "has"):
        thing = belief.statement.object
        if belief.holds and thing in engine.entities and engine.ask(who, "has", thing):
            yield say("suggest.give", thing=engine.name(thing))
    authored = _authored(engine.people[who], say.language)
    things = (say("suggest.about", thing=engine.name(thing)) for thing in _spoken_of(engine, talk))
    common = (say(f"suggest.{topic}") for topic in COMMON)
    yield from _in_turns(things, authored)
    yield from common


def _spoken_of(engine: Engine, talk: Talk) -> Iterator[str]:
    """Yield things and people that the last line was about, then those of the journal, the latest first."""
    facts = [fact.id for fact in talk.line.facts] if talk.line else []
    journal = [entry.statement_id for entry in islice(engine.journal(PLAYER), 12)]
    seen = {PLAYER, talk.who}
    for statement in [*facts, *journal]:
        subject, _, object = statement.split(".", 2)
        for one in (object, subject):
            if one in engine.entities and one not in seen:
                seen.add(one)
                yield one


def _authored(persona: Persona, language: str) -> Iterator[str]:
    """Yield the first wording of what the writer expects to be asked, at any time, and nothing that is a secret's."""
    secret = [word.casefold() for one in persona.secrets for word in one.words.get(language, ())]
    expected = [one.asks for one in persona.topics if not one.when]
    expected += [one.asks for one in persona.stories if not one.when]
    for wordings in expected:
        for line in wordings.get(language, [])[:1]:
            if _short(line) and not any(word in line.casefold() for word in secret):
                yield line


def _short(line: str) -> bool:
    return sum(1 if char < "\u2e80" else 2 for char in line) <= LONGEST


def _in_turns(*several: Iterable[str]) -> Iterator[str]:
    """Yield one of each in turn, until all are through."""
    waiting = [iter(one) for one in several]
    while waiting:
        for one in list(waiting):
            try:
                yield next(one)
            except StopIteration:
                waiting.remove(one)
