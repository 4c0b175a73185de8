"""The fourth step of a turn: the plan put into words, by a model where one is fit to, sentence by checked sentence."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Generator
from dataclasses import dataclass, replace

from npc_engine.dialogue.check import Checker
from npc_engine.dialogue.plan import Check, Heard, Plan
from npc_engine.dialogue.prompt import request
from npc_engine.dialogue.scene import Scene
from npc_engine.dialogue.wording import content, worded
from npc_engine.errors import ModelError
from npc_engine.language.model import LanguageModel
from npc_engine.text import Language, sentences

Emit = Callable[[str], None]
"""Takes each sentence as soon as it may be seen."""

VOICED_AS_WRITTEN = frozenset({"deflect", "reveal", "comply", "refuse", "remember", "fiction", "unknown_name"})
"""Moves said in the author's very words: a hint or a cover reworded is a hint or a cover spoilt."""


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
    fit = model.info.size != "none" and language in model.info.languages
    if not fit or plan.move in VOICED_AS_WRITTEN:
        return _by_code(plan, scene, language, emit)
    voiced = _voiced(plan, heard, scene, model, cancel, emit, timeout)
    if voiced.sentences or cancel.is_set():
        return voiced
    plain = _by_code(plan, scene, language, emit)
    return replace(plain, checks=voiced.checks, trouble=voiced.trouble, checking=voiced.checking)


def _by_code(plan: Plan, scene: Scene, language: Language, emit: Emit) -> Spoken:
    said = worded(plan, scene, language)
    first = time.perf_counter()
    for sentence in said:
        emit(sentence)
    return Spoken(tuple(said), "none", first_at=first)


def _voiced(
    plan: Plan,
    heard: Heard,
    scene: Scene,
    model: LanguageModel,
    cancel: threading.Event,
    emit: Emit,
    timeout: float,
) -> Spoken:
    """Let the model voice the plan; nothing is emitted before what was said conveys the plan."""
    language = heard.language
    bare = content(plan, scene, language)
    checker = Checker(plan, heard, bare, scene, language)
    ask = request(plan, heard, bare, scene, model.info, language, timeout)
    large = model.info.size == "large"
    enough = False
    held: list[str] = []
    emitted: list[str] = []
    checks: list[Check] = []
    first_at = checking = 0.0
    trouble = ""

    def take(sentence: str) -> None:
        nonlocal first_at, checking, enough
        began = time.perf_counter()
        fault = checker.fault(sentence)
        if fault:
            checks.append(Check(fault.rule, sentence, fault.detail, "dropped"))
        else:
            held.append(sentence)
        if held and (emitted or checker.conveys(held)):
            if not emitted:
                first_at = time.perf_counter()
            for ready in held[len(emitted) :]:
                emit(ready)
                emitted.append(ready)
            if not large:
                enough = True
        checking += time.perf_counter() - began

    buffer = ""
    try:
        pieces = model.stream(ask, cancel)
        for piece in pieces:
            buffer += piece
            *whole, buffer = _split(buffer)
            for sentence in whole:
                take(sentence)
            if enough or cancel.is_set():
                break
        else:
            if buffer.strip() and not cancel.is_set():
                take(buffer.strip())
        if isinstance(pieces, Generator):
            pieces.close()  # the rest is not wanted: the model may stop
    except ModelError as error:
        trouble = str(error)
    if not emitted and held:
        checks.append(Check("content", " ".join(held), "does not say what was to be said", "replaced"))
    return Spoken(tuple(emitted), model.info.name, tuple(checks), trouble, first_at, checking)


def _split(buffer: str) -> list[str]:
    """Give the finished sentences of a text still growing, and last what is unfinished."""
    parts = sentences(buffer)
    if not parts:
        return [buffer]
    ended = buffer[-1:].isspace() or parts[-1][-1] in "。！？"
    if ended and parts[-1][-1] in '.!?…。！？”"':
        return [*parts, ""]
    return [*parts[:-1], buffer[buffer.rfind(parts[-1]) :]]
