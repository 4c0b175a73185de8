"""What a model of medium size reads: who it is, the talk as exchanges, and a short note on what is answered now.

What it reads stays the same as long as it can, for the prefix cache: the persona, then the samples, then the talk. The
note stands at the very end, and is gone in the next turn; llama.cpp then moves what comes after it (`REUSE`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from npc_engine.dialogue.scene import Turn
from npc_engine.dialogue.speak.page import Page
from npc_engine.dialogue.speak.prompt_files import prompts
from npc_engine.dialogue.speak.prompting import as_data
from npc_engine.dialogue.types import ASKING
from npc_engine.lang import pack
from npc_engine.models.model import Message, Request
from npc_engine.phrasebook import filled
from npc_engine.text import Language, join_sentences, terms
from npc_engine.world.definitions import Improvise

MOST_PASSAGES = 6
"""What the NPC says of themself, of which so many stand in the head."""
MOST_SAMPLES = 4
"""Samples that are shown: the shortest, which are soonest read."""
EXCHANGES, DROPPED = 8, 4
"""Exchanges that are shown at most, and how many of them go at once when there are more."""
MOST_TOKENS = 64
"""Tokens an answer may take: two or three short sentences."""
TEMPERATURE = 0.6
REUSE = 16
"""How long a stretch of what was read must be, in tokens, to be taken over where something before it has gone."""
FITS_WITHIN = 3.0
"""Seconds that a model has to say whether code's words are an answer; they are said where it takes longer."""
FITTING = 0.25
"""How many of its words something the NPC says of themself must share with what is asked, to bear on it."""


@dataclass(frozen=True, slots=True)
class Direction:
    """What code decided of an answer that a model words: what bears on it, and whether it is known."""

    may: tuple[str, ...] = ()
    of_yourself: tuple[str, ...] = ()
    unknown: bool = False
    topic: str = ""
    moment: bool = False


def head(page: Page, improvise: Improvise, language: Language) -> tuple[Message, ...]:
    """Return who the NPC is and how they sound: the same bytes for as long as the persona is."""
    words = prompts(language)["medium"]
    passages = list(_firsts(page))[:MOST_PASSAGES]
    system = filled(
        words["system"],
        name=page.name,
        role=page.role,
        setting=page.setting,
        summary=page.summary,
        traits=filled(words["traits"], traits=pack(language).comma.join(page.traits)) if page.traits else "",
        register=page.register,
        improvise=words["improvise"][improvise],
        passages=filled(words["of_self"], passages=join_sentences(passages, language)) if passages else "",
    )
    shown = sorted(page.samples, key=lambda one: len(one.reply))[:MOST_SAMPLES]
    samples = [m for one in shown for m in (Message("user", one.said), Message("assistant", one.reply))]
    return (Message("system", " ".join(system.split())), *samples)


def request(turn: Turn, page: Page, improvise: Improvise, direction: Direction) -> Request:
    """Return what a model is asked: to answer what was said, with a note on what code decided."""
    language = turn.language
    words = prompts(language)["medium"]
    heard = as_data(turn.reading.text, turn.guard)
    notes = pack(language).gap.join(filter(None, _notes(turn, page, direction, language)))
    said = filled(words["note"], said=heard, notes=notes) if notes else heard
    return Request(
        messages=(*head(page, improvise, language), *_talk(turn, page), Message("user", said)),
        max_tokens=MOST_TOKENS,
        temperature=TEMPERATURE,
        seed=turn.scene.seed & 0x7FFFFFFF,
        stop=("\n", "[", "【"),
        timeout=turn.left,
        extra={"slot_key": turn.scene.npc, "n_cache_reuse": REUSE, "dry_multiplier": 0.8, "dry_allowed_length": 4},
    )


def fits(turn: Turn, said: str) -> Request:
    """Return the question whether what code would say is an answer to what was said: yes or no."""
    words = prompts(turn.language)["medium"]["fits"]
    asked = filled(words["asked"], said=as_data(turn.reading.text, turn.guard), answer=said)
    messages = (Message("system", words["system"]), Message("user", asked))
    return Request(messages, timeout=min(turn.left, FITS_WITHIN))


def given(page: Page, direction: Direction) -> tuple[str, ...]:
    """Return all that a model may speak of: what it reads, and what else it is told of the speaker."""
    return (
        *(page.name, page.role, page.setting, page.summary, page.surroundings, page.register, page.moment.doing),
        *page.traits, page.moment.place, *page.moment.near, page.speaker,
        *(text for one in page.samples for text in (one.said, one.reply)),
        *(one.text for one in (*page.passages, *page.private, *page.improvised, *page.told, *page.memories)),
        *(text for one in page.exchanges for text in (one.text, one.reply)),
        *direction.may, *direction.of_yourself,
    )  # fmt: skip


def _firsts(page: Page) -> Iterator[str]:
    """Yield the first of the passages on each topic."""
    topics = set()
    for one in page.passages:
        topic = one.id.rpartition("/")[0]
        if topic not in topics:
            topics.add(topic)
            yield one.text


def _talk(turn: Turn, page: Page) -> Iterator[Message]:
    """Yield the last exchanges; several go at once, so that what is left begins alike for a few turns."""
    count = len(page.exchanges)
    skipped = 0 if count <= EXCHANGES else DROPPED * -(-(count - EXCHANGES) // DROPPED)
    for one in page.exchanges[skipped:]:
        yield Message("user", as_data(one.text, turn.guard) or "…")
        yield Message("assistant", one.reply or "…")


def _notes(turn: Turn, page: Page, direction: Direction, language: Language) -> Iterator[str]:
    words = prompts(language)["medium"]
    if turn.plan.listener and not any(turn.plan.listener in one.text + one.reply for one in page.exchanges):
        yield filled(words["called"], name=turn.plan.listener)
    if direction.moment:
        moment = page.moment
        key = "moment" if moment.doing else "moment_idle"
        time = words["times"][_time_of_day(moment.at.hour)]
        yield filled(words[key], time=time, place=moment.place, doing=moment.doing)
        if moment.weather:
            yield moment.weather
    if not page.exchanges or page.toward.standing != "stranger":
        yield words["toward"][page.toward.standing]
    for key, texts in (("told", _bearing_told(turn, page)), ("of_yourself", direction.of_yourself)):
        if texts:
            yield filled(words[key], facts=join_sentences([*texts], language))
    said = (one for one in page.memories if one.by not in ("", page.name) and not one.text.endswith(ASKING))
    for memory in islice(said, 1):
        speaker = memory.by[:1].upper() + memory.by[1:]
        yield filled(words["memory"], speaker=speaker, text=as_data(memory.text, turn.guard))
    if direction.may:
        yield filled(words["may"], facts=join_sentences([*direction.may], language))
    if direction.topic in words["not_known"]:
        yield words["not_known"][direction.topic]
    if direction.unknown:
        yield words["unknown"]


def _bearing_told(turn: Turn, page: Page) -> tuple[str, ...]:
    """Return what the speaker told of themself that bears on what they say now, beside their name."""
    here = {one.text for one in page.exchanges}
    wanted = set(terms(turn.reading.text))
    of_it = [one for one in page.told if one.slot != "name" and wanted & set(terms(f"{one.about} {one.text}"))]
    lines = [f"{one.about}: {one.text}" if one.about else one.text for one in of_it if one.text not in here]
    return tuple(lines[:2])


def _time_of_day(hour: int) -> str:
    return "night" if hour < 5 or hour >= 22 else "morning" if hour < 11 else "day" if hour < 18 else "evening"


def bearing(page: Page, topic: str, text: str, *, asked: bool) -> Sequence[str]:
    """Return what the NPC says of themself that bears on what is said: two texts at most.

    Where nothing is `asked` that is only what was made up before, so that the model keeps to it.
    """
    written = (*page.passages, *page.private, *(entry for entry, _ in page.topics)) if asked else ()
    on_topic = [one.text for one in written if one.id.startswith(f"about:{topic}/")]
    wanted = set(terms(text))
    near = [
        one.text
        for one in (*page.improvised, *written)
        if wanted and len(wanted & set(terms(one.text))) >= max(1, FITTING * len(wanted))
    ]
    return [*dict.fromkeys([*near, *on_topic])][:2]
