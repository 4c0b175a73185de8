"""Blind judging sheets: what was said to several systems, and what each answered, under letters."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from random import Random
from string import ascii_uppercase

import yaml

from benchmarks.talk.conversations import HERE, BadConversationError, Later, Talk
from benchmarks.talk.transcripts import Transcript, read_transcripts
from benchmarks.talk.truth import Person, WorldTruth, world_truth

PER_SHEET = 12

Key = dict[str, dict[str, list[str]]]
"""By conversation and letter, whose replies stand there: several systems', where they said the same throughout."""


@dataclass(frozen=True, slots=True)
class Lettered:
    """A conversation, and the replies that stand under each letter."""

    talk: Talk
    replies: Mapping[str, Sequence[str]]


def write_sheets(
    talks: Sequence[Talk],
    systems: Mapping[str, Path],
    out: Path,
    key: Path,
    *,
    per_sheet: int = PER_SHEET,
    seed: int = 0,
) -> int:
    """Write sheets of the conversations that all systems have played, and the key; return how many sheets there are.

    `systems` maps names to folders of transcripts. Letters are shuffled for each conversation, by `seed` and its id.

    Raises:
        BadConversationError: a system lacks conversations.
    """
    played = {name: read_transcripts(folder, talks) for name, folder in systems.items()}
    if lacking := [
        f"{name} has no transcript of {talk.id}" for name in played for talk in talks if talk.id not in played[name]
    ]:
        raise BadConversationError("\n".join(lacking))
    lettered, keys = [], Key()
    for talk in sorted(talks, key=lambda talk: (talk.world, talk.language, talk.npc, talk.id)):
        one, keys[talk.id] = _under_letters(talk, {name: played[name][talk.id] for name in played}, seed)
        lettered.append(one)
    count = -(-len(lettered) // per_sheet)
    size = -(-len(lettered) // count) if count else 1  # sheets of like length
    out.mkdir(parents=True, exist_ok=True)
    for number in range(count):
        text = "\n\n".join(_sheet(lettered[number * size : (number + 1) * size], number + 1, count)) + "\n"
        (out / f"sheet-{number + 1:02}.md").write_text(text, encoding="utf-8")
    (out / "rubric.md").write_text((HERE / "rubric.md").read_text(encoding="utf-8"), encoding="utf-8")
    key.write_text(yaml.safe_dump(keys, sort_keys=False, allow_unicode=True), encoding="utf-8")
    return count


def _under_letters(talk: Talk, played: Mapping[str, Transcript], seed: int) -> tuple[Lettered, dict[str, list[str]]]:
    said: dict[tuple[str, ...], list[str]] = {}
    for name, transcript in played.items():
        said.setdefault(tuple(transcript.texts), []).append(name)
    texts = sorted(said)
    Random(f"{seed}/{talk.id}").shuffle(texts)
    letters = dict(zip(ascii_uppercase, texts, strict=False))
    return Lettered(talk, letters), {letter: said[tuple(replies)] for letter, replies in letters.items()}


def _sheet(lettered: Sequence[Lettered], number: int, count: int) -> Iterator[str]:
    words = _words()
    lines = sum(len(one.replies) for one in lettered)
    first = lettered[0].talk
    yield words["title"].format(number=number, count=count)
    yield words["intro"].format(says=len(first.says), example=first.id, lines=lines)
    for (world, language), there in groupby(lettered, key=lambda one: (one.talk.world, one.talk.language)):
        truth = world_truth(world, language)
        yield from _world(truth)
        for npc, with_them in groupby(there, key=lambda one: one.talk.npc):
            person = truth.people[npc]
            yield from _person(npc, person)
            for one in with_them:
                yield from _talk(one, person)


def _world(truth: WorldTruth) -> Iterator[str]:
    words = _words()
    yield words["world"].format(name=truth.name)
    yield truth.setting.strip()
    yield f"{words['common']} {_listed(truth.common)}"


def _person(npc: str, person: Person) -> Iterator[str]:
    words = _words()
    yield words["person"].format(name=person.name, id=npc)
    yield f"```yaml\n{person.page}\n```"
    for title in ("known", "wrong", "unknown"):
        yield f"{words[title].format(name=person.name)} {_listed(getattr(person, title))}"
    for secret in person.secrets:
        yield f"{words['secret'].format(name=person.name, conditions=secret.conditions)} {_listed(secret.sentences)}"


def _talk(one: Lettered, person: Person) -> Iterator[str]:
    words, said = _words(), 0
    yield words["talk"].format(id=one.talk.id)
    yield words["player"].format(player=one.talk.player, name=person.name)
    for line in one.talk.lines:
        if isinstance(line, Later):
            yield words["later"].format(span=line.words)
            continue
        answers = [
            f"- **{letter}:** {_flat(replies[said]) or words['nothing']}" for letter, replies in one.replies.items()
        ]
        said += 1
        asked = words["line"].format(number=said, say=line.text, note=line.note)
        yield "\n".join([asked, "", *answers])


def _flat(text: str) -> str:
    return " ".join(text.split())


def _listed(sentences: Sequence[str]) -> str:
    return " ".join(sentences) or "—"


def _words() -> dict[str, str]:
    found: dict[str, str] = yaml.safe_load((HERE / "sheets.yaml").read_text(encoding="utf-8"))
    return found
