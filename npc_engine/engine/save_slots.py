"""The save slot of a game: made sure of, copied, taken back and exchanged."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from npc_engine.engine.routine import Routine
from npc_engine.engine.stage import Stage
from npc_engine.engine.turns import Turns
from npc_engine.errors import UnknownNameError


class SaveSlots:
    """What a game does with its save slot. All of it blocks until it is done."""

    def __init__(self, stage: Stage, turns: Turns, routine: Routine) -> None:
        self._stage = stage
        self._timeline = stage.timeline
        self._turns = turns
        self._routine = routine

    def flush(self) -> None:
        """Wait until all that happened is safe on disk; a slot that was deleted or exchanged is written whole again.

        Raises:
            SaveError: it can't be written; the game goes on, nothing is lost yet, and it is tried again. Or the engine
                is closed.
            UnstoredError: the disk would not take some events, `event_ids`; all else is safe. It is said once.
        """
        self._timeline.flush()

    def save(self, path: Path | str | None = None) -> None:
        """Make sure that the slot is up to date; with a path, also write a copy there, whole or not at all.

        Raises:
            SaveError: it can't be written, or another game plays in the slot at that path; the game goes on.
            UnstoredError: as `flush`.
        """
        self._timeline.save(Path(path) if path is not None else None)

    def restore(self, path: Path | str) -> None:
        """Load what another slot holds into this one: everyone forgets what has not happened yet.

        An answer still on its way is thrown away.

        Raises:
            SaveError: it can't be read, or is of another world; then all is as it was.
        """
        self._turns.give_up()
        self._timeline.restore(Path(path))
        self._stage.reword()
        self._routine.look_ahead()

    def rewind(self, to: int | datetime) -> None:
        """Let what came after an event (its id), or after a game time, not have happened.

        Raises:
            UnknownNameError: there is no such event.
        """
        self._turns.give_up()
        with self._timeline.lock:
            chronicle = self._timeline.chronicle
            last = to if isinstance(to, int) else chronicle.last_id_at(to)
            if not 0 <= last < chronicle.next_id:
                raise UnknownNameError("event", str(to))
        self._timeline.rewind(last)
        self._routine.look_ahead()

    def rebuild(self) -> None:
        """Rebuild every projection from the chronicle; they come out as they were."""
        self._timeline.refold(self._timeline.projections.compiled)
