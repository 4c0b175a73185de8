"""What is kept of a large model's honest replies, and what of its bad ones is stopped: `python -m benchmarks strong`.

Replies were written as a very good model would answer the engine's very requests, or as a bad one would, by kind of
fault. They lie in `tests/strong`: what checks were tuned on in `dev`, what nobody tuned on in `held`.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from benchmarks.measure import ROOT, WORLD
from benchmarks.strong import cost
from npc_engine import Engine, Line
from npc_engine.content import Content, load_content
from npc_engine.models.model import Request
from npc_engine.testing import ScriptedModel
from npc_engine.text import fold, sentences

HERE = ROOT / "tests/strong"
_TALK = ROOT / "benchmarks/talk/worlds"
WORLDS = {
    "reedwater": WORLD,
    "shop": ROOT / "tests/content/shop",
    **{name: _TALK / name for name in ("noir", "station", "jiangnan")},
}
"""The worlds that replies were written in."""
HONEST = "honest"
KINDS = frozenset(
    "secret secret_yes handover free price promise open amount date relation kin name event contradiction gesture "
    "label markup refusal recital machine clerk abuse language length repeat speaker".split()
)
"""What can be wrong with a reply; /tests/strong/README.md says what each is."""
SURE = frozenset({"secret", "secret_yes", "handover", "free"})
"""Kinds of which none may get through."""
PATIENCE = 30
"""Seconds that an answer may take."""


class CorpusError(ValueError):
    """Entries that can't be played, each with its place and what is wrong."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A line said after a talk, and a reply as a model would give it: text, or the object it was asked for.

    `bad` are the sentences of it that must not be shown; of an honest one there are none.
    """

    place: str
    world: str
    language: str
    npc: str
    history: tuple[tuple[str, str], ...]
    said: str
    reply: str
    words: str
    kind: str
    bad: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Played:
    """What came of an entry: the line that was said, and which of its sentences were `kept` and which `cut`."""

    entry: Entry
    line: Line
    kept: tuple[str, ...]
    cut: tuple[str, ...]

    @property
    def stopped(self) -> bool:
        """Whether none of what is bad was said by the model: code may begin a line of its own with the same 'I was'."""
        return self.line.model == "none" or not any(_is_in(one, self.line.text) for one in self.entry.bad)


def measure(folder: Path | None = None, *, show: bool = False) -> None:
    """Print what is kept and stopped, held-out replies apart, and what a turn costs; `show` prints what went wrong."""
    folders = [folder] if folder else [HERE / "dev", HERE / "held"]
    honest: defaultdict[str, list[cost.Said]] = defaultdict(list)
    for one in folders:
        found = list(entries(one))
        print(f"\nStrong replies, {one.name}: {len(found)} entries")
        if found:
            _print([play(entry) for entry in found], show=show)
        for entry in found:
            if entry.kind == HONEST and not entry.history:
                honest[entry.world].append(cost.Said(entry.npc, entry.language, entry.said, entry.reply))
    cost.measure((_content(world), lines) for world, lines in honest.items())


def entries(folder: Path) -> Iterator[Entry]:
    """Yield the entries of a folder's files, or of one file.

    Raises:
        CorpusError: some of them can't be played.
    """
    files = [folder] if folder.is_file() else sorted(folder.glob("*.yaml"))
    faults: list[str] = []
    for file in files:
        for number, row in enumerate(yaml.safe_load(file.read_text(encoding="utf-8")) or [], start=1):
            try:
                yield _entry(row, f"{file.name}:{number}")
            except CorpusError as error:
                faults.append(str(error))
    if faults:
        raise CorpusError("\n".join(faults))


def play(entry: Entry) -> Played:
    """Return what is said where a model gives an entry's reply."""
    replies = [reply for _, reply in entry.history]

    def answer(request: Request) -> str:
        done = sum(message.role == "assistant" for message in request.messages)
        return replies[done] if done < len(replies) else entry.reply

    with Engine.load(_content(entry.world), model=ScriptedModel(answer)) as engine:
        talk = engine.talk_to(entry.npc)
        for said, _ in entry.history:
            talk.say(said, language=entry.language).line(timeout=PATIENCE)
        line = talk.say(entry.said, language=entry.language).line(timeout=PATIENCE)
    parts = [one for one in sentences(entry.words) if _bare(one)]
    good = [one for one in parts if not any(_is_in(one, bad) or _is_in(bad, one) for bad in entry.bad)]
    return Played(
        entry,
        line,
        tuple(one for one in good if _is_in(one, line.text)),
        tuple(one for one in good if not _is_in(one, line.text)),
    )


def _print(played: Sequence[Played], *, show: bool) -> None:
    honest = [one for one in played if one.entry.kind == HONEST]
    for language in ("", *sorted({one.entry.language for one in played})):
        these = [one for one in honest if language in ("", one.entry.language)]
        kept, all_ = sum(len(one.kept) for one in these), sum(len(one.kept) + len(one.cut) for one in these)
        whole = sum(not one.cut for one in these)
        if all_:
            share = f"{kept}/{all_} sentences kept, {kept / all_:.1%}"
            print(f"honest {language or 'all':<5}{share}; {whole}/{len(these)} whole")
    bad = [one for one in played if one.entry.kind != HONEST]
    stopped, count = Counter(one.entry.kind for one in bad if one.stopped), Counter(one.entry.kind for one in bad)
    for kind in sorted(count):
        print(f"bad {kind:<15}{stopped[kind]}/{count[kind]} stopped{'' if kind not in SURE else ' (all wanted)'}")
    if bad:
        print(f"bad all            {sum(stopped.values())}/{len(bad)} stopped, {sum(stopped.values()) / len(bad):.1%}")
        beside = [(len(one.kept), len(one.kept) + len(one.cut)) for one in bad]
        print(f"honest beside bad  {sum(kept for kept, _ in beside)}/{sum(all_ for _, all_ in beside)} kept")
    if show:
        for one in played:
            if (one.cut and one.entry.kind == HONEST) or not one.stopped:
                _print_wrong(one)


def _print_wrong(one: Played) -> None:
    entry = one.entry
    print(f"{entry.place} {entry.kind} {entry.npc}: {entry.said}\n    said: {one.line.text} [{one.line.model}]")
    for check in one.line.checks:
        print(f"    {check.rule}: {check.detail} | {check.sentence}")
    if not one.line.checks:
        print(f"    cut: {one.cut}; bad: {entry.bad}; {one.line.trouble}")


def _entry(row: Any, place: str) -> Entry:
    """Return an entry as a file has it.

    Raises:
        CorpusError: it can't be played.
    """

    def refuse(why: str) -> CorpusError:
        return CorpusError(f"{place}: {why}")

    if not isinstance(row, Mapping):
        raise refuse("an entry is a mapping with world, language, npc, said, reply and kind")
    known = {"world", "language", "npc", "history", "said", "reply", "kind", "bad"}
    if strange := set(row) - known:
        raise refuse(f"unknown keys: {', '.join(sorted(map(str, strange)))}")
    for key in ("world", "language", "npc", "said", "kind"):
        if not isinstance(row.get(key), str) or not row[key].strip():
            raise refuse(f"{key} is missing, or no text (put it in quotes)")
    if row["world"] not in WORLDS or row["npc"] not in _content(row["world"]).personas:
        raise refuse(f"nobody is called {row['npc']!r} in {row['world']!r}; worlds: {', '.join(WORLDS)}")
    kind, reply, bad = row["kind"], row.get("reply"), tuple(row.get("bad") or ())
    words = reply if isinstance(reply, str) else reply.get("say") if isinstance(reply, Mapping) else None
    if not isinstance(words, str) or not words.strip():
        raise refuse("reply is a text, or a mapping with `say`")
    if kind not in KINDS | {HONEST}:
        raise refuse(f"no kind {kind!r}: {HONEST}, {', '.join(sorted(KINDS))}")
    if (kind == HONEST) == bool(bad):
        raise refuse("an honest reply has no `bad`, any other lists its bad sentences")
    if missing := [one for one in bad if not isinstance(one, str) or not _is_in(one, words)]:
        raise refuse(f"not in the reply word for word: {missing[0]!r}")
    history = row.get("history") or ()
    for one in history:
        if not isinstance(one, Mapping) or set(one) != {"said", "reply"}:
            raise refuse("each of `history` has `said` and `reply`")
    given = reply if isinstance(reply, str) else json.dumps(reply, ensure_ascii=False)
    talk = tuple((str(one["said"]), str(one["reply"])) for one in history)
    return Entry(place, row["world"], row["language"], row["npc"], talk, row["said"], given, words, kind, bad)


def _is_in(part: str, whole: str) -> bool:
    """Return whether a sentence stands in a text, its marks and spaces aside."""
    return bool(_bare(part)) and _bare(part) in _bare(whole)


def _bare(text: str) -> str:
    return "".join(letter for letter in fold(text) if letter.isalnum())


@cache
def _content(world: str) -> Content:
    return load_content(WORLDS[world])
