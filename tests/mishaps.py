"""Games that meet with mishaps, one after another in one slot: run by `test_mishaps.py` in a process of its own.

Each game plays in a forked process and says over a pipe what is safe on disk by the engine's own word. From outside
the slot is deleted, exchanged or overwritten, its disk fills, another game wants it, the engine is closed in the middle
of a turn, the process is killed. Whatever was said to be safe must be in the slot afterwards.
"""

from __future__ import annotations

import json
import os
import select
import shutil
import signal
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from itertools import count
from pathlib import Path
from random import Random

from npc_engine import Content, Engine, NpcError, SaveError, TurnCancelledError, load_content
from npc_engine.engine.conversation import Conversation
from npc_engine.stores.slot import read_slot
from npc_engine.testing import SMALL_WORLD

MISHAPS = ("kill", "full disk", "deleted", "swapped", "overwritten", "second process", "closed")
PATIENCE = 20.0
"""Seconds without a word from a game after which it hangs."""


class Game:
    """A game in a process of its own, as it is heard of outside."""

    def __init__(self, content: Content, slot: Path, mishap: str, seed: int) -> None:
        self.safe: list[str] = []
        self._rest, self._paused = b"", False
        self._hears, says = os.pipe()
        stops, self._stop = os.pipe()
        self._pid = os.fork()
        if not self._pid:
            os.close(self._hears)
            os.close(self._stop)
            status = 1
            try:
                _play(content, slot, mishap, seed, says, stops)
                status = 0
            except BaseException as error:
                print(repr(error), file=sys.stderr, flush=True)
            os._exit(status)
        os.close(says)
        os.close(stops)

    def pause(self) -> None:
        """Have it wait between two turns until `go_on`."""
        os.write(self._stop, b"p")
        while not self._paused and self._more():
            pass

    def go_on(self) -> None:
        """Let it play on after `pause`."""
        self._paused = False
        os.write(self._stop, b"g")

    def hear(self, turns: int) -> None:
        """Wait until so many more turns are safe than it has said by now, or the game is over."""
        while select.select([self._hears], [], [], 0)[0] and self._more():
            pass
        wanted = len(self.safe) + turns
        while len(self.safe) < wanted and self._more():
            pass

    def end(self, kill: bool) -> int:
        """Kill it, or have it end; return its exit status."""
        if kill:
            os.kill(self._pid, signal.SIGKILL)
        os.close(self._stop)
        while self._more():
            pass
        os.close(self._hears)
        _, status = os.waitpid(self._pid, 0)
        return os.waitstatus_to_exitcode(status)

    def _more(self) -> bool:
        ready, _, _ = select.select([self._hears], [], [], PATIENCE)
        assert ready, f"the game hangs; it said {self.safe[-1:]}"
        piece = os.read(self._hears, 65536)
        *lines, self._rest = (self._rest + piece).split(b"\n")
        self._paused |= b"paused" in lines
        self.safe += [line.decode() for line in lines if line != b"paused"]
        return bool(piece)


def _play(content: Content, slot: Path, mishap: str, seed: int, says: int, stops: int) -> None:
    """Play until told to stop, saying of each turn that it is safe once the engine says so."""
    chance = Random(seed)
    unsure: list[str] = []
    engine = Engine.load(content, model="none", save=slot)
    mira = engine.talk_to("mira")
    bad = chance.randrange(5, 20)
    for number in count():
        if number > 26 and select.select([stops], [], [], 0)[0]:
            if not os.read(stops, 1):
                break
            os.write(says, b"paused\n")
            os.read(stops, 1)
        text = f"Tomas has the key, I told you in game {seed} {number} times."
        if mishap == "full disk" and number in (bad, bad + 5):
            _fill_or_free(engine, full=number == bad)
        if mishap == "closed" and number == bad:
            _close_meanwhile(engine, mira, unsure, says)
            engine = Engine.load(content, model="none", save=slot)
            mira = engine.talk_to("mira")
        try:
            mira.say(text).line(PATIENCE)
            safe = [*unsure, text]
            unsure.clear()
            os.write(says, "".join(f"{one}\n" for one in safe).encode())
        except SaveError:
            unsure.append(text)  # it is written with the next that can be
        if number % 7 == 6:
            with suppress(SaveError):
                engine.save()
        if number % 11 == 10:
            with suppress(SaveError):
                engine.save(slot.with_suffix(".copy"))
    engine.close()


def _fill_or_free(engine: Engine, full: bool) -> None:
    database = engine._timeline._writer._slot._db
    pages = database.execute("PRAGMA page_count").fetchone()[0] if full else 2**30
    database.execute(f"PRAGMA max_page_count={pages}")


def _close_meanwhile(engine: Engine, mira: Conversation, unsure: list[str], says: int) -> None:
    """Close an engine that somebody is talking to, and see that nothing of it hangs."""
    closing = threading.Thread(target=engine.close, daemon=True)
    closing.start()
    for number in range(20):
        text = f"Goodbye, {number} of {time.monotonic_ns()}."
        with suppress(TurnCancelledError, SaveError):
            mira.say(text).line(PATIENCE)
            os.write(says, f"{text}\n".encode())
    closing.join(PATIENCE)
    assert not closing.is_alive(), "closing hangs"
    for call in (engine.flush, engine.save):
        try:
            call()
        except SaveError:
            continue
        raise AssertionError("a closed engine saved something")


def _another_game(content: Content, slot: Path) -> None:
    """Try to open the slot, and to save onto it, from another process."""
    for use in (
        lambda: Engine.load(content, model="none", save=slot),
        lambda: _save_onto(content, slot),
    ):
        try:
            use()
        except SaveError as error:
            if "in use by another game" not in str(error):
                raise
        else:
            raise AssertionError("two games in one slot")


def _save_onto(content: Content, slot: Path) -> None:
    with Engine.load(content, model="none") as other:
        other.record("Another game.", audience=["mira"])
        other.save(slot)


def _elsewhere(content: Content, slot: Path) -> None:
    pid = os.fork()
    if not pid:
        try:
            _another_game(content, slot)
        except BaseException as error:
            print(repr(error), file=sys.stderr, flush=True)
            os._exit(1)
        os._exit(0)
    assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 0


def _harm(mishap: str, slot: Path, older: Path, content: Content) -> None:
    if mishap == "second process":
        _elsewhere(content, slot)
    elif mishap == "deleted":
        slot.unlink()
    elif mishap == "swapped":
        shutil.copy(older, slot.with_suffix(".new"))
        slot.with_suffix(".new").replace(slot)
    elif mishap == "overwritten":
        slot.write_bytes(older.read_bytes())


def _mishaps(chance: Random) -> Iterator[str]:
    while True:
        yield from chance.sample(MISHAPS, len(MISHAPS))


def main(folder: Path, runs: int, seed: int) -> None:
    """Play so many games, and print what came of them."""
    content, chance = load_content(SMALL_WORLD), Random(seed)
    slot, older = folder / "slot.npc", folder / "older.npc"
    Engine.load(content, model="none", save=older).close()
    safe: list[str] = []
    met: Counter[str] = Counter()
    for run, mishap in zip(range(runs), _mishaps(chance), strict=False):
        game = Game(content, slot, mishap, seed * 1000 + run)
        game.hear(chance.randrange(1, 12))
        time.sleep(chance.uniform(0.0, 0.02))
        if mishap == "overwritten":  # in the very moment of a commit it could not be told from that
            game.pause()
        _harm(mishap, slot, older, content)
        if mishap == "overwritten":
            game.go_on()
        game.hear(2)  # one may have been on its way; what comes after it was written after the harm
        if mishap == "full disk":
            game.hear(26)
        kill = mishap == "kill" or chance.random() < 0.4
        status = game.end(kill)
        assert status in ((0, -signal.SIGKILL) if kill else (0,)), f"run {run}, {mishap}: exit status {status}"
        safe += game.safe
        try:
            there = {event.text for event in read_slot(slot)[0]}
        except SaveError as error:
            raise AssertionError(f"run {run}, {mishap}, killed: {kill}: {error}") from None
        assert not (lost := [text for text in safe if text not in there]), f"run {run}, {mishap}: lost {lost[:3]}"
        met[mishap] += 1
        met["killed"] += status != 0
        met["turns"] += len(game.safe)
        if run % 10 == 9:  # a new slot, so that it stays small
            shutil.copy(slot, older)
            for left in folder.glob("slot*"):
                left.unlink()
            safe = []
    print(json.dumps(met))


if __name__ == "__main__":
    try:
        main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
    except (AssertionError, NpcError) as error:
        sys.exit(f"{type(error).__name__}: {error}")
