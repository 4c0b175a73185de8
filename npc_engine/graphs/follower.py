"""Follows a game's chronicle into a graph, on a thread of its own; the game neither waits for it nor hears of it.

What is to be written is read from the chronicle, a bounded batch at a time, once it is safe in the save: so the graph
is never ahead of what a killed game would find again. Each batch is one transaction with the id of its last event.
"""

from __future__ import annotations

import secrets
import threading
from array import array
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import blake2b
from time import monotonic
from typing import Literal, NamedTuple

from npc_engine.chronicle import Chronicle, Packed, packed
from npc_engine.errors import GraphError, in_one_line
from npc_engine.graphs.bolt import Bolt
from npc_engine.graphs.fold import Fold
from npc_engine.graphs.mapping import VERSION
from npc_engine.graphs.opening import open_bolt
from npc_engine.graphs.rows import Delta
from npc_engine.graphs.settings import GraphSettings
from npc_engine.graphs.store import GraphStore, Mark, TakenOverError
from npc_engine.mind.compiled_world import CompiledWorld

BATCH = 500
"""Events that are followed at a time."""

GATHERING = 0.1
"""Seconds in which events gather before they are followed, so that the game's thread is seldom interrupted."""

PATIENCE = (0.2, 5.0)
"""Seconds until a server that failed is tried again: the first time, and at most."""


class Standing(NamedTuple):
    """Where a game stands: its chronicle, how much of it is safe, and what authors declare."""

    chronicle: Chronicle
    safe: int
    compiled: CompiledWorld
    stamp: Callable[[], str]


@dataclass(frozen=True, slots=True)
class GraphStatus:
    """How it stands with the graph: `lag` is how many events it is behind, `trouble` why, in one sentence, or empty.

    `server` and `library` are what it is reached with, once it was.
    """

    state: Literal["connecting", "following", "waiting", "stopped"]
    last: int
    lag: int
    trouble: str = ""
    server: str = ""
    library: str = ""


class Follower:
    """Keeps one game's graph as the chronicle is."""

    def __init__(
        self,
        settings: GraphSettings,
        world: str,
        standing: Callable[[], Standing],
        opened: Callable[[GraphSettings], Bolt] = open_bolt,
    ) -> None:
        """Begin to follow; `standing` tells where the game stands, and is called on the follower's thread."""
        self._settings, self._world = settings, world
        self._standing, self._open = standing, opened
        self._store: GraphStore | None = None
        self._fold: _Position | None = None
        self._pending: tuple[Delta, Mark] | None = None
        self._mark: Mark | None = None
        self._wake = threading.Event()
        self._closed = threading.Event()
        self._state: Literal["connecting", "following", "waiting", "stopped"] = "connecting"
        self._trouble, self._server, self._library = "", "", ""
        self._thread = threading.Thread(target=self._run, name="npc-graph", daemon=True)
        self._thread.start()

    def nudge(self) -> None:
        """Say that there may be something new; returns at once."""
        self._wake.set()

    def status(self) -> GraphStatus:
        """Return how it stands; never waits for the server."""
        last = self._mark.last if self._mark else 0
        lag = max(0, len(self._standing().chronicle) - last)
        return GraphStatus(self._state, last, lag, self._trouble, self._server, self._library)

    def wait(self, timeout: float | None = None) -> bool:
        """Wait until all that is safe in the save is in the graph; return whether it is."""
        caught_up = threading.Event()
        deadline = None if timeout is None else monotonic() + timeout
        while not self._caught_up():
            if self._closed.is_set() or (deadline is not None and monotonic() > deadline):
                return False
            caught_up.wait(0.01)
        return True

    def close(self, timeout: float = 2.0) -> None:
        """Write what is left if that can be done in some seconds, and hang up."""
        if self._state == "following":
            self.wait(timeout)
        self._closed.set()
        self._wake.set()
        self._thread.join(timeout)

    def _caught_up(self) -> bool:
        standing, fold, mark = self._standing(), self._fold, self._mark
        if fold is None or mark is None or self._pending is not None or self._state != "following":
            return False
        if fold.chronicle is not standing.chronicle or fold.compiled is not standing.compiled:
            return False
        # As many events may have been written of what the game was before an edit: the whole mark must agree.
        return mark == fold.mark() and mark.last == min(standing.safe, len(standing.chronicle))

    # -- the thread ----------------------------------------------------------------------------------

    def _run(self) -> None:
        pause = PATIENCE[0]
        while not self._closed.is_set():
            self._wake.clear()
            try:
                while self._step():
                    if self._closed.is_set():
                        break
                self._state, self._trouble, pause = "following", "", PATIENCE[0]
                if self._wake.wait(1.0):
                    self._closed.wait(GATHERING)
            except GraphError as error:
                self._failed(error)
                if isinstance(error, TakenOverError):
                    return
                self._closed.wait(pause)
                pause = min(pause * 2, PATIENCE[1])
            except Exception as error:  # a fault of ours must not cost the game more than its graph
                self._failed(error)
                return
        self._hang_up()

    def _failed(self, error: Exception) -> None:
        self._hang_up()
        goes_on = isinstance(error, GraphError) and not isinstance(error, TakenOverError)
        self._trouble = str(error) if isinstance(error, GraphError) else in_one_line(error)
        self._state = "waiting" if goes_on else "stopped"

    def _hang_up(self) -> None:
        store, self._store = self._store, None
        if store is not None:
            store.bolt.close()

    def _step(self) -> bool:
        """Do the next piece of work; return whether there may be more."""
        standing = self._standing()
        if self._store is None:
            self._connect(standing)
            return True
        if self._pending is None:
            self._pending = self._next(standing)
        if self._pending is None:
            return False
        delta, mark = self._pending
        self._store.write(delta, mark)
        self._mark, self._pending = mark, None
        return True

    def _connect(self, standing: Standing) -> None:
        """Open a connection, and see how far the graph has come."""
        bolt = self._open(self._settings)
        try:
            store = GraphStore(bolt, self._world, self._settings.slot, secrets.token_hex(8))
            store.prepare()
            self._agree(store, store.mark(), standing)
        except BaseException:
            bolt.close()
            raise
        self._store = store
        self._server, self._library = f"Neo4j {bolt.server}", bolt.library

    def _agree(self, store: GraphStore, mark: Mark | None, standing: Standing) -> None:
        """Go on from where the graph is, or begin again where it is not of this game's past."""
        if self._pending is not None and mark == self._pending[1]:
            self._mark, self._pending = mark, None  # it was written, and only the answer got lost
            return
        if self._fold is not None and mark is not None and mark == self._mark:
            return
        fold = _Position(standing, self._settings.secrets)
        self._pending = None
        if mark is not None and mark.stamp == fold.stamp and mark.last <= min(standing.safe, len(standing.chronicle)):
            fold.take(mark.last)
            if fold.mark() == mark:
                fold.fold.delta()  # stands there
                self._fold, self._mark = fold, mark
                return
            fold = _Position(standing, self._settings.secrets)
        self._fold, self._mark = None, None
        store.clear()
        self._fold = fold
        self._pending = fold.fold.delta(), fold.mark()

    def _next(self, standing: Standing) -> tuple[Delta, Mark] | None:
        """Return what is to be written next; None when all is."""
        position = self._fold
        assert position is not None
        if position.chronicle is not standing.chronicle or position.compiled is not standing.compiled:
            moved = _Position(standing, self._settings.secrets)
            if moved.stamp == position.stamp and moved.begins_with(position):
                position.chronicle, position.compiled = standing.chronicle, standing.compiled
            else:
                moved.take(min(position.last, moved.safe))
                moved.fold.rows.after(position.fold.rows)
                self._fold = moved
                return moved.fold.delta(), moved.mark()
        safe = min(standing.safe, len(standing.chronicle))
        if position.last >= safe:
            return None
        position.take(min(safe, position.last + BATCH))
        return position.fold.delta(), position.mark()


class _Position:
    """How far a chronicle was folded, and a digest of all that was."""

    def __init__(self, standing: Standing, secret: bool) -> None:
        self.chronicle, self.compiled = standing.chronicle, standing.compiled
        self.safe = min(standing.safe, len(standing.chronicle))
        self.stamp = f"{VERSION}:{'all' if secret else 'open'}:{standing.stamp()}"
        self.fold = Fold(standing.compiled, secrets=secret)
        self.digest = b""
        self._prints = array("Q")

    @property
    def last(self) -> int:
        """The id of the last event that was folded."""
        return len(self._prints)

    def take(self, upto: int) -> None:
        """Fold the events up to an id."""
        for event_id in range(self.last + 1, upto + 1):
            event = self.chronicle[event_id]
            print_ = _print(packed(event))
            self._prints.append(int.from_bytes(print_[:8], "big"))
            self.digest = blake2b(self.digest + print_, digest_size=16).digest()
            self.fold.take(event)

    def begins_with(self, earlier: _Position) -> bool:
        """Return whether this chronicle begins with all that was folded of an earlier one."""
        if earlier.last > self.safe:
            return False
        return all(
            int.from_bytes(_print(packed(self.chronicle[event_id]))[:8], "big") == print_
            for event_id, print_ in enumerate(earlier._prints, 1)
        )

    def mark(self) -> Mark:
        """Return how far it has come, as it stands in the graph."""
        return Mark(self.last, self.digest.hex(), self.stamp)


def _print(row: Packed) -> bytes:
    return blake2b("\n".join(row).encode(), digest_size=16).digest()
