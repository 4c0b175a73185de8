"""Running an author's dialogue tests: each talk in a game of its own, each turn held against what was expected.

```python
from npc_engine.testing import run_talks

def test_the_village():
    for result in run_talks("world/"):
        assert result.passed, result.report()
```
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from npc_engine.chronicle import Change, FeelingChange
from npc_engine.content import Content, load_content
from npc_engine.dialogue.types import Line
from npc_engine.engine import Conversation, Engine
from npc_engine.mind import Feeling
from npc_engine.models import LanguageModel, open_model
from npc_engine.testing.talks import ExpectedTalk, ExpectedTurn, Written, begins, fact_id, load_talks
from npc_engine.text import fold

REFUSALS = frozenset({"refuse", "deflect"})
"""Moves that count as refusing."""


@dataclass(frozen=True, slots=True)
class Failure:
    """A turn that did not go as it should: where it stands, what was said, what was wrong, and why it came so."""

    file: str
    line: int
    said: str
    answer: Line
    wrong: tuple[str, ...]
    trace: tuple[str, ...]

    def as_dict(self) -> dict[str, Any]:
        """Return it as plain data for JSON."""
        return {
            "file": self.file,
            "line": self.line,
            "say": self.said,
            "wrong": list(self.wrong),
            "trace": list(self.trace),
            "answer": self.answer.as_dict(),
        }


@dataclass(frozen=True, slots=True)
class Result:
    """How one talk went, with one seed: it goes on after a failure, so there may be several."""

    talk: Written
    seed: int
    failures: tuple[Failure, ...]

    @property
    def passed(self) -> bool:
        """Whether every turn went as it should."""
        return not self.failures

    def report(self) -> str:
        """Return in lines what did not go as it should: what was said, the answer, what is wrong, how it came so."""
        seed = f" (seed {self.seed})" if self.seed else ""
        lines: list[str] = []
        for failure in self.failures:
            lines += [f"{failure.file}:{failure.line}: {failure.said}", f"    {failure.answer.text}"]
            lines += [f"  x {wrong}{seed}" for wrong in failure.wrong]
            lines += [f"    - {line}" for line in failure.trace]
        return "\n".join(lines) or f"{self.talk.title}: all went as written"


def run_talks(
    world: Content | Path | str,
    talks: Sequence[Written] | None = None,
    *,
    model: str | LanguageModel = "none",
    model_settings: dict[str, Any] | None = None,
    runs: int = 1,
    seed: int = 0,
) -> Iterator[Result]:
    """Run dialogue tests, those in the world's folder `tests/` unless told otherwise; give each result as it comes.

    Every talk is had `runs` times, with seeds counting up from `seed`, each time in a new game.

    Raises:
        ContentError: the world or its tests have mistakes.
        ModelError: the model can't be opened.
    """
    content = world if isinstance(world, Content) else load_content(world)
    talks = load_talks(content) if talks is None else talks
    voice = open_model(model, **(model_settings or {})) if isinstance(model, str) else model
    try:
        for written in talks:
            for number in range(seed, seed + runs):
                yield run_talk(content, written, voice, number)
    finally:
        if isinstance(model, str):
            voice.close()


def run_talk(content: Content, written: Written, model: LanguageModel, seed: int = 0) -> Result:
    """Have one talk in a new game, and give how it went."""
    talk = written.talk
    speaker = talk.speaker or content.world.player.id
    failures: list[Failure] = []
    with Engine.load(content, model=model, seed=seed, language=talk.language) as engine:
        _set_up(engine, talk, speaker)
        conversation = engine.talk_to(talk.talk, speaker=speaker)
        for turn, at in zip(talk.turns, written.lines, strict=True):
            before = engine.feeling(talk.talk, speaker)
            line = _said(conversation, turn, talk)
            after = engine.feeling(talk.talk, speaker)
            if wrong := tuple(_wrong(turn, talk, line, before, after)):
                trace = engine.why(line).lines
                failures.append(Failure(written.file, at, turn.say, line, wrong, trace))
            for action in line.actions:
                engine.perform(action, place=engine.place_of(action.actor))
            engine.advance(1)
    return Result(written, seed, tuple(failures))


def _said(conversation: Conversation, turn: ExpectedTurn, talk: ExpectedTalk) -> Line:
    near = talk.given.overheard_by if turn.overheard_by is None else turn.overheard_by
    return conversation.say(turn.say, language=talk.language, overheard_by=near).line()


def _set_up(engine: Engine, talk: ExpectedTalk, speaker: str) -> None:
    given = talk.given
    minutes = (begins(given, engine.now) - engine.now).total_seconds() / 60
    if minutes > 0:
        engine.advance(minutes)
    for who, place in given.places.items():
        engine.move(who, place)
    for event in given.events:
        changes = [Change.of_fact(fact) for fact in event.changes]
        changes += [Change.of_fact(fact, False) for fact in event.not_changes]
        engine.record(
            event.text,
            speaker=event.speaker,
            changes=changes,
            audience=event.audience,
            place=event.place,
            between_us=event.between_us,
        )
    for telling in given.told:
        subject, predicate, object_ = telling.fact.split()
        engine.tell(telling.to, (subject, predicate, object_), by=telling.by, between_us=telling.between_us)
    felt = engine.feeling(talk.talk, speaker)
    moves = [
        FeelingChange(talk.talk, speaker, aspect, wanted - getattr(felt, aspect))
        for aspect, wanted in given.feelings
        if wanted is not None
    ]
    if moves:
        engine.record("", audience=[talk.talk], kind="set_up", feelings=moves)


def _wrong(turn: ExpectedTurn, talk: ExpectedTalk, line: Line, before: Feeling, after: Feeling) -> Iterator[str]:
    """Yield everything about a line that is not as expected."""
    text = fold(line.text)
    backed = {fact.id for fact in line.facts}
    for words in turn.mentions:
        if fold(words) not in text:
            yield f"does not mention {words!r}"
    for words in (*turn.never_mentions, *talk.never_mentions):
        if fold(words) in text:
            yield f"mentions {words!r}"
    yield from (f"does not use {fact}" for fact in map(fact_id, turn.facts) if fact not in backed)
    yield from (f"uses {fact}" for fact in map(fact_id, turn.not_facts) if fact in backed)
    if turn.move and line.move not in turn.move:
        yield f"the move is {line.move}, not {' or '.join(turn.move)}"
    if turn.refuses is not None and (line.move in REFUSALS) != turn.refuses:
        yield "does not refuse" if turn.refuses else f"refuses ({line.move})"
    offered = [action.name for action in line.actions]
    if turn.actions is not None and offered != turn.actions:
        yield f"offers {', '.join(offered) or 'no action'}, not {', '.join(turn.actions) or 'none'}"
    withheld = [kept.secret for kept in line.withheld]
    yield from (f"does not keep back {secret}" for secret in turn.withholds if secret not in withheld)
    if turn.language and line.language != turn.language:
        yield f"is in {line.language}, not {turn.language}"
    if turn.mood and line.mood not in turn.mood:
        yield f"the mood is {line.mood}, not {' or '.join(turn.mood)}"
    for aspect, way in turn.feeling:
        moved = getattr(after, aspect) - getattr(before, aspect)
        went = "same" if abs(moved) < 1e-9 else "better" if moved > 0 else "worse"
        if way is not None and way != went:
            yield f"{aspect} is {went}, not {way} ({moved:+.3f})"
