"""What a large model reads: who it is and all it may tell, the talk as messages, and a note on what is answered now.

The system message has the same bytes for as long as what it says holds: first the author's words, then what is
believed, the oldest first, and at its end what depends on the listener or may change while they talk. The talk only
grows, but for what falls off its beginning, several exchanges at a time.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from npc_engine.dialogue.scene import Turn
from npc_engine.dialogue.speak.large_notes import notes
from npc_engine.dialogue.speak.page import Believed, Entry, Page
from npc_engine.dialogue.speak.possible import Possible
from npc_engine.dialogue.speak.prompt_files import prompts
from npc_engine.dialogue.speak.prompting import as_talk
from npc_engine.dialogue.speak.realization import SURE, Outline
from npc_engine.lang import pack
from npc_engine.models.model import Message, Request
from npc_engine.phrasebook import filled
from npc_engine.text import Language
from npc_engine.world.definitions import Improvise

EXCHANGES, DROPPED = 12, 6
"""Exchanges that are shown at most, and how many of them go at once when there are more."""
MOST_SAMPLES = 5
"""Samples that are shown."""
MOST_PASSAGES = 6
"""What the NPC says of themself, of which so many stand in the system message; others stand in the note of a line."""
MOST_TOKENS = 400
"""Tokens an answer may take, with all that comes beside its words."""
TEMPERATURE = 0.7
_HEAD = {True: 4, False: 6}
"""Words, or characters, of what is said once for several beliefs at most."""
NO_DEED = "none"
"""What stands in an answer for no action."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """The system message, and what its short ids (`f1`, `c2`) stand for: ids on the page."""

    text: str
    ids: Mapping[str, str]


def sheet(page: Page, improvise: Improvise, language: Language) -> Sheet:
    """Return who the NPC is and all they may tell, with an id for each thing that is known, told or kept back."""
    words = prompts(language)["large"]
    ids: dict[str, str] = {}

    def listed(letter: str, entries: Sequence[Entry]) -> str:
        ids.update({f"{letter}{number}": one.id for number, one in enumerate(entries, start=1)})
        told = [(one, f"{letter}{number}") for number, one in enumerate(entries, start=1)]
        return "\n".join(_lines(told, words, language))

    def bare(entries: Sequence[Entry]) -> str:
        return "\n".join(one.text for one in entries)

    comma = pack(language).comma
    sections: tuple[tuple[str, dict[str, str]], ...] = (
        ("who", {"name": page.name, "role": page.role, "setting": page.setting, "summary": page.summary}),
        ("surroundings", {"surroundings": page.surroundings}),
        ("traits", {"traits": comma.join(page.traits)}),
        ("register", {"register": page.register}),
        ("quirks", {"quirks": comma.join(page.quirks)}),
        ("never", {"never": comma.join(page.never)}),
        (
            "samples",
            {
                "listed": "\n".join(
                    filled(words["sample"], said=s.said, reply=s.reply) for s in page.samples[:MOST_SAMPLES]
                )
            },
        ),
        ("rules", _rules(page, improvise, words)),
        ("passages", {"listed": bare([*firsts(page.passages)][:MOST_PASSAGES])}),
        ("beliefs", {"listed": listed("f", steady(page.beliefs))}),
        ("relations", {"listed": "\n".join(_relations(page, words))}),
        ("goals", {"listed": bare(page.goals)}),
        ("private", {"listed": bare(page.private)}),
        ("disclosed", {"listed": listed("s", page.disclosed)}),
        ("covers", {"listed": listed("c", page.covers)}),
        ("improvised", {"listed": bare(page.improvised)}),
    )
    written = [filled(words["sections"][key], **slots) for key, slots in sections if any(slots.values())]
    return Sheet("\n".join(map(_trimmed, written)), ids)


def firsts(passages: Sequence[Entry]) -> Iterator[Entry]:
    """Yield the first of the passages on each topic."""
    topics = set()
    for one in passages:
        topic = one.id.rpartition("/")[0]
        if topic not in topics:
            topics.add(topic)
            yield one


def steady(beliefs: Sequence[Believed]) -> list[Believed]:
    """Return beliefs in an order in which new ones come last."""
    return sorted(beliefs, key=lambda one: (one.since, one.id))


def request(turn: Turn, page: Page, found: Sheet, parts: Outline, deeds: Sequence[Possible]) -> Request:
    """Return what a model is asked: to answer what was said, of what the page holds, in one JSON object."""
    language = turn.language
    words = prompts(language)["large"]
    said = json.dumps(as_talk(turn.reading.text, turn.guard, words["masked"]["said"]), ensure_ascii=False)
    noted = pack(language).gap.join(filter(None, notes(turn, page, parts, deeds, found.ids)))
    asked = filled(words["turn"], notes=noted, speaker=page.speaker[:1].upper() + page.speaker[1:], said=said)
    return Request(
        messages=(Message("system", found.text), *_talk(turn, page, words["masked"]), Message("user", asked)),
        max_tokens=MOST_TOKENS,
        temperature=TEMPERATURE,
        seed=turn.scene.seed & 0x7FFFFFFF,
        json_schema=schema(deeds, words),
        timeout=turn.left,
        extra={"slot_key": turn.scene.npc},
    )


def schema(deeds: Sequence[Possible], words: Mapping[str, Any]) -> dict[str, Any]:
    """Return the form of an answer: `say` first, so that it can be read while the rest is still to come."""
    text, texts = {"type": "string"}, {"type": "array", "items": {"type": "string"}}
    params = sorted({param for deed in deeds for param in deed.params})
    able = [deed.id for deed in deeds if not deed.refused]
    action = _object(
        {"name": {"type": "string", "enum": [NO_DEED, *able]}}
        | {param: {"type": ["string", "number", "null"]} for param in params}
    )
    slot = {"type": "string", "enum": [one.strip() for one in words["slots"].split(",")]}
    step = {"type": "integer", "enum": [-1, 0, 1]}
    return _object({
        "say": text,
        "intent": {"type": "string", "enum": [one.strip() for one in words["intents"].split(",")]},
        "about": texts,
        "action": action,
        "told": {"type": "array", "items": _object({"slot": slot, "about": text, "value": text})},
        "claims": texts,
        "feel": _object(dict.fromkeys(("affinity", "trust", "fear", "mood"), step)),
        "remember": text,
        "improvised": texts,
    })  # fmt: skip


def _object(properties: dict[str, Any]) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "required": [*properties], "additionalProperties": False}


def _rules(page: Page, improvise: Improvise, words: Mapping[str, Any]) -> dict[str, str]:
    said = words["improvise"][improvise]
    return {"name": page.name, "improvise": said, "intents": words["intents"], "slots": words["slots"]}


def _lines(told: Sequence[tuple[Entry, str]], words: Mapping[str, Any], language: Language) -> Iterator[str]:
    """Yield entries with their ids, a line each; beliefs in a row that begin with the same name share one."""
    for about, run in groupby(told, lambda one: one[0].about[:1] if isinstance(one[0], Believed) else one[0].id):
        entries = [(id, _worded(one, words)) for one, id in run]
        head = _head([text for _, text in entries], words["owned"], language) if about else ""
        shared = [
            (id, text[len(head) :].strip()) for id, text in entries if head and _begins(text, head, words["owned"])
        ]
        if shared:
            listed = words["apart"].join(_entry(id, text, words, language) for id, text in shared)
            yield filled(words["group"], head=head.strip(), listed=listed)
        taken = {id for id, _ in shared}
        yield from (_entry(id, text, words, language) for id, text in entries if id not in taken)


def _entry(id: str, text: str, words: Mapping[str, Any], language: Language) -> str:
    gap = " " if pack(language).gap or text[:1].isascii() else ""
    return filled(words["entry"], id=id, gap=gap, text=text)


def _head(texts: Sequence[str], owned: str, language: Language) -> str:
    """Return what texts begin with that is best said once for them all; empty where nothing is."""
    gap = pack(language).gap
    pieces = texts[0].split(gap) if gap else [*texts[0]]
    heads = [gap.join(pieces[:count]) + gap for count in range(1, min(len(pieces), _HEAD[bool(gap)]) + 1)]
    saved = {head: (sum(_begins(text, head, owned) for text in texts) - 1) * len(head) for head in heads}
    best = max(saved, key=lambda head: saved[head], default="")
    return best if saved.get(best) else ""


def _begins(text: str, head: str, owned: str) -> bool:
    return text.startswith(head) and len(text) > len(head) and not text[len(head) :].startswith(owned)


def _worded(one: Entry, words: Mapping[str, Any]) -> str:
    """Return an entry's text, a belief's with whom it is from and whether it is sure."""
    if not isinstance(one, Believed):
        return one.text
    source = filled(words["heard_from"], by=one.by) if one.how == "told" and one.by else ""
    return one.text.rstrip(".。") + source + (words["unsure"] if one.confidence < SURE else "")


def _relations(page: Page, words: Mapping[str, Any]) -> Iterator[str]:
    for one in page.relations:
        standing = words["standing"][one.feeling.standing]
        if standing or one.text:
            gap = words["between"] if standing and one.text else ""
            yield filled(words["relation"], name=one.name, standing=standing, note=gap + one.text)


def _trimmed(text: str) -> str:
    return "\n".join(" ".join(line.split()) for line in text.splitlines())


def _talk(turn: Turn, page: Page, masked: Mapping[str, str]) -> Iterator[Message]:
    """Yield the last exchanges, the NPC's part in the form in which it is wanted; `masked` is what may not be told."""
    count = len(page.exchanges)
    skipped = 0 if count <= EXCHANGES else DROPPED * -(-(count - EXCHANGES) // DROPPED)
    for one in page.exchanges[skipped:]:
        yield Message("user", as_talk(one.text, turn.guard, masked["said"]) or masked["said"])
        yield Message("assistant", json.dumps({"say": one.reply or masked["reply"]}, ensure_ascii=False))
