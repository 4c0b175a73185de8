"""The note before a line that a large model answers: the moment, who speaks, what comes to mind, how code takes it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from npc_engine.dialogue.scene import Turn
from npc_engine.dialogue.speak.page import Page
from npc_engine.dialogue.speak.possible import Possible
from npc_engine.dialogue.speak.prompt_files import prompts
from npc_engine.dialogue.speak.prompting import as_talk
from npc_engine.dialogue.speak.realization import Outline
from npc_engine.dialogue.types import NO_SUCH_OFFER, Act
from npc_engine.lang import pack
from npc_engine.phrasebook import filled
from npc_engine.text import Language, fold, join_sentences, sentences, terms

MOST_NOTED = 4
"""Notes of the NPC's own about the speaker: those that bear on the line before the latest."""
MOST_TOLD = 6
"""Things that the speaker told of themself that a note has at most, the latest."""
MOST_NEAREST = 12
"""Beliefs on what a line names that a note has, where there are too many for the system message."""
EXACTLY, LIKELY = 1.0, 0.85
"""How sure it is that a line is one the author foresaw: by its very words, and by what it seems to mean."""
SURE_OF_FACT = 0.7
"""How sure it must be that a fact is asked for, for the model to be told that none is known."""
_STANCES = ("known", "learned", "doubt")


def notes(turn: Turn, page: Page, parts: Outline, deeds: Sequence[Possible], told: Mapping[str, str]) -> Iterator[str]:
    """Yield what stands in the note, in order; what was `told` already, by its ids, is not told again."""
    words = prompts(turn.language)["large"]["notes"]
    yield from _of_the_moment(page, turn.scene.projections.compiled.start, words, turn.language)
    yield from _of_the_speaker(turn, page, words)
    yield from _noted(turn, page, words)
    yield from _remembered(turn, page, words)
    nearest = [one.text for one in page.beliefs if one.id not in told.values()][:MOST_NEAREST]
    if nearest:
        yield filled(words["also"], listed=join_sentences(nearest, turn.language))
    yield from _of_deeds(deeds, words, turn.language)
    act = turn.reading.main
    yield filled(words["read"], act=f"{act.kind} ({act.topic})" if act.topic else act.kind)
    yield from _directions(turn, page, parts, words)


def _directions(turn: Turn, page: Page, parts: Outline, words: Mapping[str, Any]) -> Iterator[str]:
    """Yield what code decided of the answer."""
    plan, act, language = turn.plan, turn.reading.main, turn.language
    own = parts.tail if parts.initiative else ()
    said = join_sentences([*parts.lead, *parts.body, *(() if own else parts.tail)], language)
    facts = join_sentences([fact.wording for fact in plan.facts], language)
    if plan.withheld:
        yield filled(words["withheld"], words=said)
    elif plan.actions:
        yield filled(words["does"], deeds=join_sentences([action.text for action in plan.actions], language))
    elif plan.pending is not None:
        yield filled(words["waits"], words=said)
    elif plan.move == "refuse" and NO_SUCH_OFFER not in plan.reasons:
        yield filled(words["refuses"], words=said)
    elif plan.move in _STANCES:
        yield filled(words["stance"], stance=words["stances"][plan.move])
        if facts:
            yield filled(words["stated"], facts=facts)
    elif facts:
        if plan.polarity is not None:
            yield words["answer"]["yes" if plan.polarity else "no"]
        yield filled(words["stated"], facts=facts)
    elif plan.move == "remember":
        yield from _recalled(turn, page, said, words)
    elif _is_foreseen(act, plan.written):
        yield filled(words["written"], words=said)
    elif plan.written and not _others(act, turn):
        yield filled(words["might"], words=said)
    elif plan.move in ("unknown", "unknown_name") and _is_of_the_world(act, page, turn):
        yield words["unknown"]
    if own:
        yield filled(words["initiative"], words=join_sentences([*own], language))


def _is_foreseen(act: Act, written: Sequence[str]) -> bool:
    """Return whether the author wrote an answer to a line in these very words."""
    return any(key in written and sure >= EXACTLY for key, sure in act.means)


def _recalled(turn: Turn, page: Page, said: str, words: Mapping[str, Any]) -> Iterator[str]:
    """Yield what comes to mind, as who said it put it; in code's words where nobody did."""
    one = turn.plan.memory
    if one is None:
        yield filled(words["stated"], facts=said)
    elif all(one.event_id != int(memory.id.rpartition(" ")[2]) for memory in page.memories):
        by = turn.scene.wording.name(one.speaker, turn.language) if one.speaker else ""
        yield _remembering(one.text, by, one.at, page, turn, words)


def _others(act: Act, turn: Turn) -> set[str]:
    """Return what a line names beside those who talk."""
    return set(act.named) - {turn.scene.npc, turn.scene.speaker}


def _is_of_the_world(act: Act, page: Page, turn: Turn) -> bool:
    """Return whether a line surely asks for what could be listed, and was not: not what the talk, or life, answers."""
    if act.kind != "ask_fact" or act.confidence < SURE_OF_FACT or any(sure >= LIKELY for _, sure in act.means):
        return False
    talked = fold(" ".join(part for one in page.exchanges for part in (one.text, one.reply)))
    if act.unknown:
        return fold(act.unknown) not in talked
    asked = _others(act, turn)
    spoken = {mention.entity for mention in turn.scene.projections.names.find(talked)}
    return bool(act.queries and asked) and not act.supposed and not asked & spoken


def _of_the_moment(page: Page, started: datetime | None, words: Mapping[str, Any], language: Language) -> Iterator[str]:
    moment = page.moment
    day = pack(language).date(moment.at)
    yield filled(words["moment"], date=day, time=f"{moment.at:%H:%M}", place=moment.place or page.setting)
    if moment.weather:
        yield moment.weather
    if started is not None and (days := (moment.at.date() - started.date()).days) > 0:
        yield filled(words["since"], count=days)
    asleep = pack(language).words.any_of(words["sleeping"], moment.doing)
    if moment.doing:
        yield filled(words["asleep" if asleep else "doing"], doing=moment.doing)
    if moment.near:
        yield filled(words["near"], near=pack(language).comma.join(moment.near))
    if moment.mood != "neutral":
        yield filled(words["mood"], mood=words["moods"][moment.mood])


def _of_the_speaker(turn: Turn, page: Page, words: Mapping[str, Any]) -> Iterator[str]:
    if toward := words["toward"][page.toward.standing]:
        yield filled(words["speaker"], speaker=_capital(page.speaker), toward=toward)
    if turn.plan.listener:
        yield filled(words["called"], name=turn.plan.listener)
    told = [f"{one.about} {one.text}" if one.about else f"{one.slot} {one.text}" for one in page.told]
    if told:
        comma = pack(turn.language).comma
        yield filled(words["told"], listed=comma.join(as_talk(one, turn.guard) for one in told[-MOST_TOLD:]))


def _noted(turn: Turn, page: Page, words: Mapping[str, Any]) -> Iterator[str]:
    if page.noted:
        said = set(terms(turn.reading.text))

        def bearing(at: int) -> tuple[int, int]:
            return len(said & set(terms(page.noted[at].text))), at

        nearest = sorted(sorted(range(len(page.noted)), key=bearing)[-MOST_NOTED:])
        listed = [as_talk(page.noted[at].text, turn.guard) for at in nearest]
        yield filled(words["noted"], listed=words["apart"].join(listed))


def _remembered(turn: Turn, page: Page, words: Mapping[str, Any]) -> Iterator[str]:
    for memory in page.memories:
        yield _remembering(memory.text, memory.by, memory.at, page, turn, words)


def _remembering(text: str, by: str, at: datetime, page: Page, turn: Turn, words: Mapping[str, Any]) -> str:
    when, told = _when(at, page.moment.at, words), as_talk(text, turn.guard)
    return (
        filled(words["memory"], when=when, speaker=by, text=told)
        if by
        else filled(words["happened"], when=when, text=told)
    )


def _of_deeds(deeds: Sequence[Possible], words: Mapping[str, Any], language: Language) -> Iterator[str]:
    speech = pack(language)
    able, refused = [], []
    for one in deeds:
        if one.refused:
            why = sentences(one.why)[0].rstrip(".。") if one.why else words["closed"]
            refused.append(filled(words["refusal"], id=one.id, text=one.text, reason=why))
        else:
            told = filled(words["params"], params=speech.comma.join(one.params)) if one.params else ""
            asks = words["asks_first"] if one.asks else ""
            able.append(filled(words["deed"], id=one.id, text=one.text, params=told + asks))
    for key, listed in (("deeds", able), ("refused", refused)):
        if listed:
            yield filled(words[key], listed=words["apart"].join(listed))


def _when(at: datetime, now: datetime, words: Mapping[str, Any]) -> str:
    days = (now.date() - at.date()).days
    key = "today" if days == 0 else "yesterday" if days == 1 else "days"
    return filled(words["days"][key], count=days)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
