"""The fourth step of a turn: the plan put into words, by a model where one is fit to, sentence by checked sentence."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass

from npc_engine.dialogue.check import Checker
from npc_engine.dialogue.plan import Check, Heard, Move, Plan
from npc_engine.dialogue.prompt import request
from npc_engine.dialogue.scene import Scene
from npc_engine.dialogue.wording import ENDS, Outline, joined, outline
from npc_engine.errors import ModelError
from npc_engine.language.model import LanguageModel, Request
from npc_engine.text import Language, sentences

Emit = Callable[[str], None]
"""Takes each sentence as soon as it may be seen."""

AS_WRITTEN: frozenset[Move] = frozenset(
    {"deflect", "reveal", "comply", "refuse", "remember", "fiction", "unknown_name"}
)
"""Moves said in the author's very words: a hint or a cover reworded is a hint or a cover spoilt."""

VOICED_BY_SMALL: frozenset[Move] = frozenset({"answer", "doubt"})
"""Moves whose facts a small model voices. What is said without facts (greetings, thanks) it only made worse: of its
rewordings of the authors' phrases nearly all had to be thrown away."""


@dataclass(frozen=True, slots=True)
class Spoken:
    """What was said: its sentences, the model that worded it (`none` for code), and what was mended."""

    sentences: tuple[str, ...]
    model: str
    checks: tuple[Check, ...] = ()
    trouble: str = ""
    first_at: float = 0.0
    checking: float = 0.0


def speak(
    plan: Plan,
    heard: Heard,
    scene: Scene,
    model: LanguageModel,
    *,
    cancel: threading.Event,
    emit: Emit,
    timeout: float,
) -> Spoken:
    """Put a plan into words and give each sentence to `emit` once it is checked.

    Where the model can't, fails, takes longer than `timeout` seconds or says what it may not, the plan is
    worded by code.
    """
    language = heard.language
    parts = outline(plan, scene, language)
    if not _fit(model, plan, language):
        return _by_code(parts.sentences(language), emit)
    teller = _Teller(plan, heard, scene, model, emit, timeout)
    if model.info.size == "large":
        return teller.tell(Outline((), tuple(parts.sentences(language)), ()), cancel)
    return teller.tell(parts, cancel)


def _fit(model: LanguageModel, plan: Plan, language: Language) -> bool:
    """Tell whether a model is to voice a plan."""
    info = model.info
    if info.size == "none" or language not in info.languages or plan.move in AS_WRITTEN or plan.fixed:
        return False
    return info.size == "large" or (plan.move in VOICED_BY_SMALL and bool(plan.facts))


def _by_code(said: list[str], emit: Emit) -> Spoken:
    for sentence in said:
        emit(sentence)
    return Spoken(tuple(said), "none", first_at=time.perf_counter())


class _Teller:
    """Tells one plan: its lead at once, its body as the model voices it, its tail at the end."""

    def __init__(
        self, plan: Plan, heard: Heard, scene: Scene, model: LanguageModel, emit: Emit, timeout: float
    ) -> None:
        self._plan, self._heard, self._scene = plan, heard, scene
        self._model, self._emit, self._timeout = model, emit, timeout
        self._emitted: list[str] = []
        self._checks: list[Check] = []
        self._first_at = self._checking = 0.0

    def tell(self, parts: Outline, cancel: threading.Event) -> Spoken:
        """Say the plan, and give what was said."""
        language = self._heard.language
        waiting = ""
        if parts.lead and parts.lead[-1][-1] not in ENDS:
            waiting = parts.lead[-1]  # 'Well,' waits for the sentence it leads into
        for sentence in joined([*parts.lead[: -1 if waiting else None]], language):
            self._show(sentence)
        bare = joined([*parts.body], language)
        voiced, trouble = self._voiced(bare, waiting, cancel)
        if not voiced and not cancel.is_set():
            for sentence in joined([waiting, *bare], language):
                self._show(sentence)
        for sentence in joined([*parts.tail], language):
            self._show(sentence)
        name = self._model.info.name if voiced else "none"
        return Spoken(tuple(self._emitted), name, tuple(self._checks), trouble, self._first_at, self._checking)

    def _show(self, sentence: str) -> None:
        if not self._emitted:
            self._first_at = time.perf_counter()
        self._emit(sentence)
        self._emitted.append(sentence)

    def _voiced(self, bare: list[str], waiting: str, cancel: threading.Event) -> tuple[bool, str]:
        """Let the model voice sentences; nothing is shown before what it said conveys them.

        Gives whether it did, and what kept it from answering at all.
        """
        language = self._heard.language
        info = self._model.info
        checker = Checker(self._plan, self._heard, bare, self._scene, language)
        held: list[str] = []
        conveyed = False
        ask = request(self._plan, self._heard, bare, self._scene, info, language, self._timeout)
        try:
            for sentence in _sentences(self._model, ask, cancel):
                began = time.perf_counter()
                if fault := checker.fault(sentence):
                    self._checks.append(Check(fault.rule, sentence, fault.detail, "dropped"))
                elif conveyed:
                    self._show(sentence)
                else:
                    held.append(sentence)
                    if checker.conveys(held):
                        conveyed = True
                        for ready in joined([waiting, *held], language):
                            self._show(ready)
                self._checking += time.perf_counter() - began
                if cancel.is_set() or (conveyed and info.size != "large"):
                    break
        except ModelError as error:
            return conveyed, str(error)
        if held and not conveyed:
            detail = "does not say what was to be said"
            self._checks.append(Check("content", " ".join(held), detail, "replaced"))
        return conveyed, ""


def _sentences(model: LanguageModel, ask: Request, cancel: threading.Event) -> Iterator[str]:
    """Give a model's answer sentence by sentence, as each is finished; the model stops when no more is asked for."""
    buffer = ""
    pieces = model.stream(ask, cancel)
    try:
        for piece in pieces:
            buffer += piece
            *whole, buffer = _split(buffer)
            yield from whole
        if buffer.strip():
            yield buffer.strip()
    finally:
        if isinstance(pieces, Generator):
            pieces.close()


def _split(buffer: str) -> list[str]:
    """Give the finished sentences of a text still growing, and last what is unfinished."""
    parts = sentences(buffer)
    if not parts:
        return [buffer]
    ended = buffer[-1:].isspace() or parts[-1][-1] in "。！？"
    if ended and parts[-1][-1] in ENDS:
        return [*parts, ""]
    return [*parts[:-1], buffer[buffer.rfind(parts[-1]) :]]
