"""Whatever is typed, and whatever becomes of the slot's file, what was played is kept, or an error says why."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing, suppress
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sampling import sampled

from npc_engine import (
    Change,
    Engine,
    FeelingChange,
    LanguageModel,
    ModelInfo,
    Request,
    SaveError,
    TurnCancelledError,
    export_lines,
    import_lines,
    load_content,
)
from npc_engine.cli.main import run
from npc_engine.stores.slot import read_slot
from npc_engine.testing import SMALL_WORLD

ROOT = Path(__file__).parents[1]
CONTENT = load_content(SMALL_WORLD)


def load(save: Path | None, model: str | LanguageModel = "none") -> Engine:
    return Engine.load(CONTENT, model=model, save=save)


def within(seconds: float, call: Callable[[], object]) -> object:
    """Return what a call gives; TimeoutError where it has not come back in time."""
    future: Future[object] = Future()

    def run() -> None:
        try:
            future.set_result(call())
        except BaseException as error:
            future.set_exception(error)

    threading.Thread(target=run, daemon=True).start()
    return future.result(seconds)


def texts(path: Path) -> list[str]:
    return [event.text for event in read_slot(path)[0] if event.text]


# -- what is typed -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Hi \ud83d there", "Hi \ufffd there"),
        ("Caf\udce9 opens.", "Caf\ufffd opens."),
        ("A \ud83d\ude42 in two halves", "A 🙂 in two halves"),
        ("my horse is \x1b[31mRed\x1b[0m", "my horse is Red"),
        ("my \x1b]0;title\x07horse \x9b1mis\x00 Red\x7f", "my horse is Red"),
        ("我的马\u200b叫\u202e红\ufeff", "我的马叫红"),
        ("one\r\ntwo\u2028three", "one\ntwo\nthree"),
        ("👩🏽‍🚀 stays, p\u200di\u200dn does not", "👩🏽‍🚀 stays, pin does not"),
        ("你好　世界", "你好　世界"),
    ],
)
def test_what_cannot_be_seen_or_stored_stays_outside(typed: str, kept: str, tmp_path: Path) -> None:
    slot = tmp_path / "slot.npc"
    with load(slot) as engine:
        mira = engine.talk_to("mira")
        mira.say(typed).line()
        words = kept.split()
        assert mira.history[0][1].split() == words
        engine.gather(["mira", "tomas"]).say(typed).line()
        engine.record(typed, audience=["mira"])
        engine.tell("mira", Change("tomas", "has", "key"), text=typed)
        heard = engine.record("The gate is shut.", audience=["mira"])
        engine.amend("mira", heard, typed)
        engine.summarise("mira", [heard], typed)
        engine.save()
        assert [one.text.split() for one in engine.memories("mira")].count(words) == 6
    assert [text.split() for text in texts(slot)].count(words) == 6


def test_a_text_without_anything_in_it_is_answered() -> None:
    with load(None) as engine:
        for typed in ("\x1b", "\u200b\u200d", "\x00", "\ud83d"):
            assert engine.talk_to("mira").say(typed).line().text


class Muttering:
    """A model that writes what no terminal should see."""

    info = ModelInfo(name="muttering", size="large", languages=frozenset({"en", "zh"}))

    def stream(self, request: Request, cancel: threading.Event) -> Iterator[str]:
        yield from ("\x1b[1mGood day\x1b[0m to \u202eyou", " \ud83d", "\ude42.")

    def choose(self, request: Request, options: Sequence[str], cancel: threading.Event) -> list[float]:
        raise NotImplementedError

    def close(self) -> None:
        """Nothing to free."""


def test_what_a_model_writes_is_cleaned_as_well() -> None:
    with load(None, Muttering()) as engine:
        reply = engine.talk_to("mira").say("Good day!")
        line = reply.line()
        assert not set(line.text + reply.text) & set("\x1b\u202e\ud83d\ude42")
        assert engine.events[-1].text == line.text


@pytest.mark.parametrize(
    "event",
    [
        {"changes": [Change("bridge\ud83d", "is", "open")]},
        {"changes": [Change("bridge", "costs", "toll", True, {"amount": float("nan")})]},
        {"changes": [Change("bridge", "costs", "toll", True, {"by": object()})]},
        {"changes": [Change("bridge", "costs", 5)]},
        {"feelings": [FeelingChange("mira", "player", "trust", float("inf"))]},
        {"at": datetime(2024, 5, 1, tzinfo=UTC)},
        {"kind": "\udce9"},
    ],
    ids=["half a character", "no number", "an object", "a number for an id", "infinite", "a time zone", "kind"],
)
def test_an_event_that_cannot_be_stored_is_refused_and_blocks_nothing(event: dict[str, object], tmp_path: Path) -> None:
    slot = tmp_path / "slot.npc"
    with Engine.new(save=slot) as engine:
        engine.record("Before.", audience=["mira"])
        with pytest.raises(ValueError, match=r"can't be stored|are texts|time zone"):
            engine.record("This one.", audience=["mira"], **event)  # type: ignore[arg-type]
        engine.record("After.", audience=["mira"])
        engine.save()
        assert engine.recall("mira", "after")
    assert texts(slot) == ["Before.", "After."]
    with Engine.new(save=slot) as engine:
        assert [one.text for one in engine.memories("mira")] == ["Before.", "After."]


def test_what_the_disk_will_not_take_is_reported_and_the_rest_written(tmp_path: Path) -> None:
    slot = tmp_path / "slot.npc"
    with load(slot) as engine:
        engine.flush()
        database = engine._timeline._writer._slot._db
        database.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, 50_000)  # a gigabyte, otherwise
        engine.record("Before.", audience=["mira"])
        huge = engine.record("word " * 20_000, audience=["mira"])
        engine.record("After.", audience=["mira"])
        with pytest.raises(SaveError, match=f"event {huge} could not be stored"):
            engine.flush()
        engine.flush()
        assert engine.talk_to("mira").say("Hello").line().text
    with load(slot) as engine:
        assert [one.text for one in engine.memories("mira")][:3] == ["Before.", "…", "After."]


def test_an_event_that_no_mind_can_take_in_is_not_recorded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    slot = tmp_path / "slot.npc"
    with load(slot) as engine:
        engine.record("Before.", audience=["mira"])
        projections = engine._timeline.projections
        monkeypatch.setattr(projections.whereabouts, "follow", lambda _: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            engine.record("This one.", audience=["mira"])
        engine.record("After.", audience=["mira"])
        assert [one.text for one in engine.memories("mira")] == ["Before.", "After."]
    assert texts(slot) == ["Before.", "After."]


# -- after closing -------------------------------------------------------------------------------------


def test_a_closed_engine_says_so_at_once(tmp_path: Path) -> None:
    slot = tmp_path / "slot.npc"
    engine = load(slot)
    mira, both = engine.talk_to("mira"), engine.gather(["mira", "tomas"])
    mira.say("Hello").line()
    engine.close()
    before = read_slot(slot)[0]
    for reply in (mira.say("Hello"), both.say("Hello"), engine.talk_to("tomas").say("Hello")):
        with pytest.raises(TurnCancelledError, match="closed"):
            reply.line(5)
        assert reply.done
        assert reply.cancelled
    for call in (
        engine.flush,
        engine.save,
        lambda: engine.save(tmp_path / "copy.npc"),
        lambda: engine.restore(slot),
        lambda: engine.rewind(1),
        lambda: engine.fork(tmp_path / "fork.npc"),
        lambda: engine.record("It rains.", audience=["mira"]),
    ):
        with pytest.raises(SaveError, match="closed"):
            within(5, call)
    engine.use_model("none")
    assert engine.check_content() is None
    engine.close()
    assert engine.recall("mira", "hello"), "one may still look"
    assert read_slot(slot)[0] == before
    assert {path.name for path in tmp_path.iterdir()} == {"slot.npc"}


def test_a_turn_begun_while_the_engine_closes_ends(tmp_path: Path) -> None:
    for _ in range(10):
        engine = load(tmp_path / "slot.npc")
        conversations = [engine.talk_to("mira") for _ in range(8)]
        with ThreadPoolExecutor(8) as players:
            replies = list(players.map(lambda one: one.say("Hello"), conversations[:4]))
            late = players.map(lambda one: one.say("Hello"), conversations[4:])
            within(10, engine.close)
            replies += late
        for reply in replies:
            with suppress(TurnCancelledError, SaveError):
                assert reply.line(5).text


_FORKING = """
import os, sys
from npc_engine import Engine, SaveError
from npc_engine.testing import SMALL_WORLD
engine = Engine.load(SMALL_WORLD, model="none", save=sys.argv[1])
mira = engine.talk_to("mira")
mira.say("Hello").line()
child = os.fork()
if not child:
    assert mira.say("Hello").done
    try:
        engine.save()
    except SaveError as error:
        print(error, flush=True)
    sys.exit(0)
assert os.waitpid(child, 0)[1] == 0
mira.say("Goodbye").line()
engine.close()
"""


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="there is no fork")
def test_a_forked_copy_of_a_game_waits_for_no_thread(tmp_path: Path) -> None:
    slot = tmp_path / "slot.npc"
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", _FORKING, str(slot)],
        capture_output=True, text=True, cwd=ROOT, timeout=30,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    assert "was forked" in done.stdout
    assert [text for text in texts(slot) if text in ("Hello", "Goodbye")] == ["Hello", "Goodbye"]


# -- what goes wrong in a turn -------------------------------------------------------------------------


class Breaking:
    """A model that fails as no model should: at a given moment, with any error at all."""

    def __init__(self, error: BaseException, after: int) -> None:
        self.info = ModelInfo(name="breaking", size="large", languages=frozenset({"en", "zh"}))
        self._error, self._after = error, after

    def stream(self, request: Request, cancel: threading.Event) -> Iterator[str]:
        if self._after < 0:
            raise self._error
        return self._pieces()

    def _pieces(self) -> Iterator[str]:
        yield from ["I know nothing of that. "] * self._after
        raise self._error

    def choose(self, request: Request, options: Sequence[str], cancel: threading.Event) -> list[float]:
        raise self._error

    def close(self) -> None:
        raise self._error


@pytest.mark.parametrize("error", [TypeError("a list"), RecursionError(), MemoryError(), OSError(5, "gone")], ids=repr)
@pytest.mark.parametrize("after", [-1, 0, 2])
def test_whatever_a_model_raises_the_line_is_worded_by_code_and_says_so(error: Exception, after: int) -> None:
    with load(None, Breaking(error, after)) as engine:
        reply = engine.talk_to("mira").say("Where is the bridge?")
        line = reply.line(10)
        assert line.text
        assert reply.text == line.text
        assert type(error).__name__ in line.trouble
        assert engine.talk_to("mira").say("你好").line(10).text


@pytest.mark.parametrize(
    "step",
    ["turn.recall", "turn.decide", "understand.rules.hear.RulesUnderstander.understand"],
    ids=["recall", "decide", "understand"],
)
@pytest.mark.parametrize("typed", ["Where is the bridge?", "桥在哪里？"])
def test_a_fault_of_the_engines_own_is_worded_and_reported(
    step: str, typed: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise KeyError("the kettle")

    with load(None) as engine:
        mira = engine.talk_to("mira")
        with monkeypatch.context() as patched:
            patched.setattr(f"npc_engine.dialogue.{step}", broken)
            line = mira.say(typed).line(10)
        assert line.text
        assert "KeyError" in line.trouble
        assert (line.language, line.move) == ("zh" if "桥" in typed else "en", "confused")
        after = mira.say(typed).line(10)
        assert after.trouble == ""
        assert [event.text for event in engine.events[-4:]] == [typed, line.text, typed, after.text]


def test_what_follows_from_a_turn_and_cannot_be_recorded_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    def not_numbers(*_: object) -> tuple[FeelingChange, ...]:
        return (FeelingChange("mira", "player", "trust", float("nan")),)

    with load(None) as engine:
        monkeypatch.setattr("npc_engine.dialogue.decide.deciding.reaction", not_numbers)
        line = engine.talk_to("mira").say("You are wonderful!").line(10)
        assert "only" in line.trouble or "nothing but the words" in line.trouble
        assert engine.events[-1].text == line.text
        assert engine.events[-1].feelings == ()


# -- the slot's file meanwhile -------------------------------------------------------------------------


def deleted(slot: Path, older: Path) -> None:
    slot.unlink()


def folder_deleted(slot: Path, older: Path) -> None:
    shutil.rmtree(slot.parent)


def swapped(slot: Path, older: Path) -> None:
    shutil.copy(older, slot.with_name("new"))
    slot.with_name("new").replace(slot)


def overwritten(slot: Path, older: Path) -> None:
    slot.write_bytes(older.read_bytes())


def truncated(slot: Path, older: Path) -> None:
    with open(slot, "rb+") as file:
        file.truncate(100)


def moved(slot: Path, older: Path) -> None:
    slot.rename(slot.with_name("moved.npc"))


HARMS = [deleted, folder_deleted, swapped, overwritten, truncated, moved]


@pytest.mark.filterwarnings("ignore:.*was deleted or exchanged:RuntimeWarning")
@pytest.mark.parametrize("harm", HARMS)
@pytest.mark.parametrize("then", sampled(["say", "flush", "save", "save as", "close", "rewind"], 1))
def test_a_slot_that_is_gone_is_written_again_whole(harm, then: str, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    folder = tmp_path / "saves"
    folder.mkdir()
    slot, older = folder / "slot.npc", tmp_path / "older.npc"
    engine = load(slot)
    mira = engine.talk_to("mira")
    mira.say("My horse is called Pepper.").line()
    engine.save(older)
    mira.say("My cat is called Soot.").line()
    engine.save()
    harm(slot, older)
    if then == "say":
        mira.say("My dog is called Rex.").line(10)
    elif then == "save as":
        engine.save(folder / "copy.npc")
        assert read_slot(folder / "copy.npc")[0] == engine.events
    elif then == "rewind":
        engine.rewind(len(engine.events) - 2)
    elif then != "close":
        getattr(engine, then)()
    if then == "close":
        events = engine.events
        engine.close()
    else:
        events = engine.events
        assert read_slot(slot)[0] == events, f"after {then}"
        mira.say("My hen is called Dot.").line(10)
        engine.save()
        mira.say("My hen is well.").line(10)
        events = engine.events
        state = engine._timeline.projections.state()
        engine.close()
    assert read_slot(slot)[0] == events
    assert not list(folder.glob("*-journal"))
    assert not list(folder.glob(".*"))
    with load(slot) as again:
        assert again.events == events
        if then != "close":
            assert again._timeline.projections.state() == state
    aside = folder / "slot.npc.other1"
    assert aside.exists() == (harm in (swapped, overwritten, truncated)), "what stood there is kept"
    if harm in (swapped, overwritten):
        assert read_slot(aside)[0] == read_slot(older)[0]


def test_it_is_said_when_a_slot_had_to_be_written_again(tmp_path: Path) -> None:
    slot = tmp_path / "slot.npc"
    with load(slot) as engine:
        engine.record("It rains.", audience=["mira"])
        engine.flush()
        slot.unlink()
        with pytest.warns(RuntimeWarning, match="was deleted or exchanged while the game was open"):
            engine._timeline._writer._see_to_place()


_HOLDER = """
import sys
from npc_engine import Engine
from npc_engine.testing import SMALL_WORLD
with Engine.load(SMALL_WORLD, model="none", save=sys.argv[1]) as engine:
    for word in sys.stdin:
        engine.record(f"The other game: {word.strip()}.", audience=["mira"])
        engine.save()
        print("open", flush=True)
"""


class Other:
    """A game in another process."""

    def __init__(self, slot: Path) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-c", _HOLDER, str(slot)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=ROOT,
        )
        self.say("it rains")

    def say(self, word: str) -> None:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(f"{word}\n")
        self._process.stdin.flush()
        assert self._process.stdout.readline() == "open\n"

    def close(self) -> None:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.close()
        assert self._process.wait(20) == 0
        self._process.stdout.close()


@pytest.mark.slow
@pytest.mark.parametrize("where", ["another engine", "another process"])
def test_saving_onto_a_slot_in_which_somebody_plays_is_refused(where: str, tmp_path: Path) -> None:
    mine, theirs = tmp_path / "mine.npc", tmp_path / "theirs.npc"
    with load(mine) as engine:
        engine.record("My game.", audience=["mira"])
        with closing(Other(theirs) if where == "another process" else load(theirs)) as other:
            if isinstance(other, Engine):
                other.record("The other game: it rains.", audience=["mira"])
                other.save()
            with pytest.raises(SaveError, match=r"theirs\.npc is in use by another game"):
                engine.save(theirs)
            with pytest.raises(SaveError, match="exists already"):
                engine.fork(theirs)
            if isinstance(other, Engine):
                other.record("The other game: it pours.", audience=["mira"])
                other.save()
            else:
                other.say("it pours")
        assert texts(theirs) == ["The other game: it rains.", "The other game: it pours."]
        engine.save(theirs)  # nobody plays there any more
        assert read_slot(theirs)[0] == engine.events
    assert sorted(path.name for path in tmp_path.iterdir() if "journal" in path.name) == []


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore:.*was deleted or exchanged:RuntimeWarning")
def test_a_slot_exchanged_for_one_that_another_process_plays_is_an_error_and_harms_neither(tmp_path: Path) -> None:
    slot, rescue = tmp_path / "slot.npc", tmp_path / "rescue.npc"
    engine = load(slot)
    engine.record("My game.", audience=["mira"])
    engine.save()
    slot.rename(tmp_path / "mine.npc")
    with closing(Other(slot)) as other:
        engine.record("It goes on.", audience=["mira"])
        for write in (engine.flush, engine.save):
            with pytest.raises(SaveError, match="is in use by another game"):
                write()
        other.say("it pours")
    engine.save(rescue)
    assert texts(rescue) == ["My game.", "It goes on."]
    engine.close()
    assert texts(slot) == ["My game.", "It goes on."]
    assert texts(tmp_path / "slot.npc.other1") == ["The other game: it rains.", "The other game: it pours."]


@pytest.mark.slow
def test_looking_into_an_open_slot_does_not_unlock_it(tmp_path: Path) -> None:
    slot = tmp_path / "slot.npc"
    with load(slot) as engine:
        engine.record("It rains.", audience=["mira"])
        engine.flush()
        assert texts(slot) == ["It rains."]
        engine.restore(slot)
        code = f"from npc_engine import *; Engine.load({str(SMALL_WORLD)!r}, model='none', save={str(slot)!r})"
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, timeout=60)
        assert "is in use by another game" in done.stderr


def test_what_happens_while_a_save_is_loaded_belongs_to_the_past_that_is_over(tmp_path: Path) -> None:
    slot, monday = tmp_path / "slot.npc", tmp_path / "monday.npc"
    with load(slot) as engine:
        for number in range(40):
            engine.record(f"Monday {number}.", audience=["mira"])
        engine.save(monday)
        stop = threading.Event()

        def play() -> None:
            while not stop.is_set():
                engine.record("Meanwhile.", audience=["mira"])
                engine.advance(1)
                time.sleep(0.001)

        other = threading.Thread(target=play)
        other.start()
        try:
            for _ in range(5):
                engine.restore(monday)
                engine.rewind(20)
        finally:
            stop.set()
            other.join()
        engine.save()
        events = engine.events
    assert read_slot(slot)[0] == events
    assert [event.id for event in events] == list(range(1, len(events) + 1))
    with load(slot) as engine:
        assert engine.events == events


def test_a_snapshot_that_could_not_be_written_is_whole_the_next_time(tmp_path: Path) -> None:
    slot = tmp_path / "slot.npc"
    with load(slot) as engine:
        engine.talk_to("tomas").say("My horse is called Pepper.").line()
        engine.save()
        engine.talk_to("mira").say("My cat is called Soot.").line()
        keep = engine._timeline._writer._slot.keep_snapshot

        def full(*_: object, **__: object) -> bool:
            raise SaveError("the disk is full")

        engine._timeline._writer._slot.keep_snapshot = full  # type: ignore[assignment,method-assign]
        with pytest.raises(SaveError):
            engine.save()
        engine._timeline._writer._slot.keep_snapshot = keep  # type: ignore[method-assign]
        engine.save()
        state = engine._timeline.projections.state()
    with load(slot) as engine:
        assert engine._timeline.projections.state() == state
        assert engine.recall("tomas", "horse Pepper")


def test_an_older_save_with_escapes_in_it_does_not_reach_the_terminal(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    slot, lines = tmp_path / "slot.npc", tmp_path / "slot.jsonl"
    with load(slot) as engine:
        engine.talk_to("mira").say("My horse is called PEPPER.").line()
    lines.write_text("\n".join(export_lines(slot)).replace("PEPPER", "\\u001b[31mRed\\u001b[0m"), "utf-8")
    import_lines(lines.read_text("utf-8").splitlines(), tmp_path / "old.npc")
    assert any("\x1b" in text for text in texts(tmp_path / "old.npc"))
    for arguments in (["--find", "horse"], ["--find", "horse", "--json"], []):
        assert run(["memory", str(tmp_path / "old.npc"), "mira", *arguments]) == 0
    shown = capsys.readouterr().out
    assert shown.count("Red") >= 3
    assert "\x1b" not in shown
    with load(tmp_path / "old.npc") as engine:
        assert "\x1b" not in engine.talk_to("mira").say("Do you remember my horse?").line().text
