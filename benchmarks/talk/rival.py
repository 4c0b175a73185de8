"""The rival: a model with a persona prompt and the chat so far, and no engine behind it.

The prompt has what a persona's page says in a few words, and all that the NPC knows when the game begins. A chat has
no memory of its own across saves; to be generous, the rival is given the whole chat again and told how long it has
been.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from benchmarks.talk.conversations import HERE, Later, Talk, world_folder
from benchmarks.talk.transcripts import Transcript, write_system, write_transcript
from npc_engine import Content, Engine, LanguageModel, Message, Request, load_content

MOST_TOKENS = 60
PATIENCE = 900.0
"""Seconds a reply may take: a cold prompt on one slow thread is read in a minute or two."""
_WHOLE = re.compile(r".*[.!?…。！？][\"'”’」]*", re.DOTALL)


def play_rival(talks: Sequence[Talk], out: Path, model: LanguageModel) -> int:
    """Play conversations with a model, write a transcript of each into a folder, and return how many there are.

    Raises:
        ModelError: the model can't answer, or took longer than `PATIENCE`.
    """
    about = {"engine": "none: a persona prompt", "model": model.info.name, "played": date.today().isoformat()}
    write_system(out, about)
    count = 0
    # One NPC after the other: the model then keeps what it has read of their prompt.
    for talk in sorted(talks, key=lambda talk: (talk.world, talk.language, talk.npc)):
        write_transcript(out, Transcript(talk, tuple({"reply": reply} for reply in _replies(talk, model))))
        count += 1
    return count


def _replies(talk: Talk, model: LanguageModel) -> Iterator[str]:
    words, content = _words(talk.language), load_content(world_folder(talk.world))
    player = content.world.player.names[talk.language]
    messages = [Message("system", _prompt(talk, content, words))]
    note = ""
    for line in talk.lines:
        if isinstance(line, Later):
            note = words["later"].format(span=_span(line, words), player=player) + "\n"
            continue
        messages.append(Message("user", note + line.text))
        note = ""
        request = Request(tuple(messages), max_tokens=MOST_TOKENS, temperature=0.3, seed=1, timeout=PATIENCE)
        said = _trimmed("".join(model.stream(request, threading.Event())))
        messages.append(Message("assistant", said))
        yield said


def _trimmed(said: str) -> str:
    """Return what a model said without a sentence that the limit cut off, where there is a whole one."""
    said = said.strip()
    whole = _WHOLE.match(said)
    return whole[0] if whole else said


def _prompt(talk: Talk, content: Content, words: dict[str, Any]) -> str:
    language, persona = talk.language, content.personas[talk.npc]
    kept_back = {fact for secret in persona.secrets for fact in secret.facts}
    known: list[str] = []
    secrets: list[str] = []
    with Engine.load(content, model="none", language=language) as engine:
        for belief in engine.beliefs(talk.npc):
            said = belief.statement
            whole = f"{said.subject} {said.predicate} {said.object}"
            (secrets if whole in kept_back else known).append(engine.word(said))
    joint = " " if language == "en" else ""
    return str(words["system"]).format(
        name=persona.names[language],
        role=persona.role[language],
        world=content.world.names[language],
        player=content.world.player.names[language],
        setting=content.world.setting[language],
        summary=persona.summary[language],
        traits=words["separator"].join(persona.traits.get(language, [])),
        register=persona.voice.register_[language],
        facts=joint.join(known),
        secrets=words["secrets"].format(facts=joint.join(secrets)) if secrets else "",
    )


def _words(language: str) -> dict[str, Any]:
    found: dict[str, dict[str, Any]] = yaml.safe_load((HERE / "rival.yaml").read_text(encoding="utf-8"))
    return found[language]


def _span(line: Later, words: dict[str, Any]) -> str:
    count, unit = line.words.split()
    spans = words.get("spans")
    return count + spans[unit.rstrip("s")] if spans else line.words
