"""A model with a stopwatch."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from npc_engine import LanguageModel, ModelInfo, Request


@dataclass
class Watched:
    """Passes all on to a model, and notes when its pieces came: seconds after the request, one list for each."""

    model: LanguageModel
    taken: list[list[float]] = field(default_factory=list)
    sentences: list[float] = field(default_factory=list)

    @property
    def info(self) -> ModelInfo:
        """What the model is."""
        return self.model.info

    def stream(self, request: Request, cancel: threading.Event) -> Iterator[str]:
        """Pass the model's pieces on."""
        began = time.perf_counter()
        times: list[float] = []
        self.taken.append(times)
        ended = False
        for piece in self.model.stream(request, cancel):
            times.append(time.perf_counter() - began)
            if not ended and piece.rstrip().endswith((".", "!", "?", "。", "！", "？", "…")):
                ended = True
                self.sentences.append(times[-1])
            yield piece

    def choose(self, request: Request, options: Sequence[str], cancel: threading.Event) -> list[float]:
        """Choose as the model does; no time is taken."""
        return self.model.choose(request, options, cancel)

    def figures(self) -> tuple[list[float], list[float], list[float]]:
        """Return milliseconds to the first piece and to the first sentence, and pieces (tokens) a second."""
        said = [times for times in self.taken if len(times) > 1]
        speeds = [(len(times) - 1) / max(1e-9, times[-1] - times[0]) for times in said]
        return [times[0] * 1000 for times in said], [t * 1000 for t in self.sentences], speeds

    def close(self) -> None:
        """Close the model."""
        self.model.close()
