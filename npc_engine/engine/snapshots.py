"""Snapshots of the projections beside the chronicle: a long game opens at once, and only what changed is written."""

from __future__ import annotations

import json
import time
import zlib
from collections.abc import Mapping
from contextlib import AbstractContextManager
from functools import cache, cached_property
from hashlib import blake2b
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from npc_engine.chronicle import Chronicle
from npc_engine.mind import CompiledWorld, Projections
from npc_engine.stores import SaveSlot

FOLD_VERSION = 4
"""Which folding made a snapshot: one more whenever the same events come to other projections, or are packed otherwise.

A chronicle in `tests/golden` sees to it: `python tests/golden.py` rewrites what comes of it.
"""

MANY_WAITING = 256
"""Events that a mind has noted and not taken in, from which on a save has it take them in."""
AT_A_TIME = 64
"""Events that a mind takes in at a time, so that the lock is never held for long."""
PATIENCE = 0.25
"""Seconds that a save spends on that at most."""

_STANDING = "standing"


class Snapshots:
    """What of the projections is in the slot. It is told what is written there, and gives what must be written."""

    def __init__(self, compiled: CompiledWorld) -> None:
        self._compiled = compiled
        self._written: dict[str, tuple[int, int]] = {}
        self._upto = 0
        self._whole = True

    @cached_property
    def stamp(self) -> str:
        """What a snapshot must have been made with to be of use: the same content, the same folding."""
        return stamp(self._compiled)

    def resume(self, chronicle: Chronicle, parts: Mapping[str, bytes]) -> Projections:
        """Return the projections for a chronicle, going on from a snapshot where there is one that fits it."""
        if _STANDING in parts:
            try:
                return self._resumed(chronicle, parts)
            except (LookupError, TypeError, ValueError, zlib.error):
                self._whole, self._written, self._upto = True, {}, 0
        return Projections(self._compiled, chronicle)

    def changed(
        self, projections: Projections, chronicle: Chronicle, lock: AbstractContextManager[Any]
    ) -> tuple[int, dict[str, bytes]]:
        """Return the id of the last event the snapshot covers, and the parts that were not written as they are now.

        The lock is taken for a mind at a time. Minds that nobody looked into since the last save go to sleep.
        """
        if self._whole:
            self._written, self._upto = {}, 0
        with lock:
            upto = len(chronicle)
            parts = {_STANDING: _plain_bytes({"upto": upto, **projections.standing()})}
            blocks = projections.impressions.blocks(self._upto)
            minds = dict(projections.minds)
        ends = time.monotonic() + PATIENCE
        for owner, mind in minds.items():
            while mind.waiting > MANY_WAITING and time.monotonic() < ends:
                with lock:
                    mind.take_in(AT_A_TIME)
            with lock:
                idle, mind.looked_into = not mind.looked_into and mind.is_awake, False
                if not idle and mind.extent == self._written.get(owner):
                    continue
                noted, inner = mind.packed()
                if mind.extent != self._written.get(owner):
                    parts[f"noted/{owner}"], parts[f"inner/{owner}"] = noted, inner
                    self._written[owner] = mind.extent
                if idle:
                    mind.sleep(inner)
        with lock:
            parts.update((f"traces/{number}", block) for number, block in blocks)
        self._upto = upto
        return upto, parts

    def write(self, slot: SaveSlot, upto: int, parts: Mapping[str, bytes]) -> None:
        """Write what `changed` gave; if that fails, or the one before is gone, the next snapshot is written whole.

        Raises:
            SaveError: it can't be written.
        """
        whole, self._whole = self._whole, True
        self._whole = not slot.keep_snapshot(self.stamp, upto, parts, whole=whole)

    def _resumed(self, chronicle: Chronicle, parts: Mapping[str, bytes]) -> Projections:
        standing = json.loads(zlib.decompress(parts[_STANDING]))
        upto = standing["upto"]
        if upto > len(chronicle):
            raise ValueError("the snapshot knows more than the chronicle")
        projections = Projections.resumed(self._compiled, chronicle, standing)
        for owner, mind in projections.minds.items():
            if noted := parts.get(f"noted/{owner}"):
                mind.unpack(noted, parts[f"inner/{owner}"])
                self._written[owner] = mind.extent
        for part, body in parts.items():
            kind, _, name = part.partition("/")
            if kind == "traces":
                projections.impressions.put_back(int(name), body)
        known = {owner: mind.event_ids[-1] for owner, mind in projections.minds.items() if mind.event_ids}
        projections.catch_up((chronicle[event_id] for event_id in range(upto + 1, chronicle.next_id)), known)
        self._upto, self._whole = upto, False
        return projections


def stamp(compiled: CompiledWorld) -> str:
    """Return a hash of what authors declared, and of which folding and stemming makes projections of it."""
    digest = blake2b(f"{FOLD_VERSION} {_stemmer()}\n".encode(), digest_size=16)
    digest.update(compiled.derived.get(_declared, lambda: _declared(compiled)))
    lacking = [sorted(gone) for gone in compiled.lacking or ()]
    digest.update(f"{compiled.start} {lacking}".encode())
    return digest.hexdigest()


def _declared(compiled: CompiledWorld) -> bytes:
    """Return what authors declared, a line for each kind of thing."""
    kinds = (compiled.entities.values(), compiled.predicates.values(), compiled.facts, compiled.personas.values())
    lines = ("".join(one.model_dump_json() for one in several) for several in kinds)
    return "".join(f"{line}\n" for line in lines).encode()


@cache
def _stemmer() -> str:
    """Return which release of the stemmer this is; a game that was packed without saying so has always the same."""
    try:
        return version("snowballstemmer")
    except PackageNotFoundError:
        return "packed"


def _plain_bytes(plain: Any) -> bytes:
    return zlib.compress(json.dumps(plain, ensure_ascii=False, separators=(",", ":")).encode(), 1)
