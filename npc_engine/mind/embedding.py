"""Nearness in meaning, as a game's own embedder sees it: vectors of what was said, made in the background."""

from __future__ import annotations

import math
import threading
import warnings
from array import array
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from operator import mul
from typing import Protocol

AT_A_TIME = 16
"""Texts that are embedded at a time: a question waits for no more than those."""
CLOSING = 5.0
"""Seconds that closing waits for an embedder."""


class Embedder(Protocol):
    """Turns texts into vectors whose cosine says how near they are in meaning; called by one thread at a time."""

    def embed(self, texts: Sequence[str]) -> Sequence[Sequence[float]]:
        """Return a vector for each text, all of the same length."""


class Meanings:
    """The vectors of texts. They are never stored: after loading they are made again when somebody is asked."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder
        self._embedding = threading.Lock()
        self._lock = threading.Lock()
        self._vectors: dict[str, array[float]] = {}
        self._waiting: dict[str, None] = {}
        self._busy = False
        self._failed = False
        self._question = lru_cache(maxsize=64)(self._of_one)

    def learn(self, texts: Iterable[str]) -> None:
        """Have texts embedded soon, on a thread of their own."""
        with self._lock:
            self._waiting.update(dict.fromkeys(text for text in texts if text not in self._vectors))
            if self._busy or self._failed or not self._waiting:
                return
            self._busy = True
        threading.Thread(target=self._work, name="npc-embedder", daemon=True).start()

    def prepare(self, question: str) -> None:
        """Embed a question ahead, while nobody else has to wait for it."""
        if not self._failed:
            self._question(question)

    def near(self, question: str, texts: Mapping[int, str]) -> dict[int, float]:
        """Return the cosines of a question and those of some texts that are embedded; the others will be soon."""
        if self._failed or not (asked := self._question(question)):
            return {}
        self.learn(texts.values())
        there, none = tuple(asked), array("f")
        known = ((at, self._vectors.get(text, none)) for at, text in texts.items())
        apart = ((at, math.dist(there, vector)) for at, vector in known if len(vector) == len(there))
        return {at: 1 - distance * distance / 2 for at, distance in apart}  # twice as quick as the sum of products

    def close(self) -> None:
        """Give up what is waiting, and wait a while for what is being embedded: it may be in native code."""
        with self._lock:
            self._waiting.clear()
        if self._embedding.acquire(timeout=CLOSING):
            self._embedding.release()

    def _of_one(self, text: str) -> array[float]:
        return self._vectors.get(text) or next(iter(self._embed([text])), array("f"))

    def _work(self) -> None:
        while True:
            with self._lock:
                texts = list(self._waiting)[:AT_A_TIME]
                if not texts or self._failed:
                    self._waiting.clear()
                    self._busy = False
                    return
            vectors = self._embed(texts)
            with self._lock:
                self._vectors.update(zip(texts, vectors, strict=False))
                for text in texts:
                    self._waiting.pop(text, None)

    def _embed(self, texts: Sequence[str]) -> list[array[float]]:
        """Return vectors of length 1, or none for an embedder that fails: it is not asked again."""
        try:
            with self._embedding:
                vectors = [array("f", vector) for vector in self._embedder.embed(texts)]
            if len(vectors) != len(texts):
                raise ValueError(f"it gave {len(vectors)} vectors for {len(texts)} texts")
        except Exception as error:  # the game's own code, which must not take a turn down
            try:
                warnings.warn(f"recall does without the embedder: {error!r}", RuntimeWarning, stacklevel=2)
            finally:
                self._failed = True
            return []
        return [_of_length_one(vector) for vector in vectors]


def _of_length_one(vector: array[float]) -> array[float]:
    size = math.sqrt(sum(map(mul, vector, vector)))
    return array("f", (part / size for part in vector)) if size else array("f")
