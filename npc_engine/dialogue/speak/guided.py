"""Saying a plan through a model: each sentence shown only once it is checked, code's own words where none holds."""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace

from npc_engine.dialogue.check.asides import trimmed, turns_of_phrase
from npc_engine.dialogue.check.checker import Checker
from npc_engine.dialogue.check.grounds import Ground
from npc_engine.dialogue.scene import Turn
from npc_engine.dialogue.speak.prompting import mending, named, request, times_said
from npc_engine.dialogue.speak.realization import ENDS, Outline, joined
from npc_engine.dialogue.speak.spelling import spelt
from npc_engine.dialogue.speak.thinking import Patience, sign_of
from npc_engine.dialogue.speak.trained import is_trained
from npc_engine.dialogue.types import Check, Plan, Spoken
from npc_engine.errors import ModelError
from npc_engine.lang import pack
from npc_engine.models.model import Request
from npc_engine.text import cleaned, fold, join_sentences, sentences

_QUOTES = (("“", "”"), ("「", "」"), ("『", "』"))
"""A sentence in quotes goes on after its last mark: “走吧！”她说。"""

_BEGUN = re.compile(r"[\u3400-\u9fff]{1,7}")
"""What may yet turn out to say whose words those in quotes were."""

TRIES = 2
"""How often a model may try to say a plan: the second time it is told what was wrong."""

AGAIN_WITHIN = 0.5
AGAIN_WITHIN_VOICED = 2.5
"""Seconds within which a small model must have failed to be let try again, and one trained to voice plans, whose
second try mostly holds: a player waits for every word of it, and code has words ready that hold."""


class GuidedSpeaker:
    """Says one plan in guided mode: its lead at once, its body as the model voices it, its tail at the end."""

    def __init__(self, turn: Turn) -> None:
        self._turn = turn
        self._language = turn.language
        self._small = turn.model.info.size != "large"
        self._voiced = is_trained(turn.model.info, turn.language)
        self._emitted: list[str] = []
        self._sign: list[str] = []
        self._showing = threading.Lock()
        self._checks: list[Check] = []
        self._trouble = ""
        self._first_at = self._checking = 0.0

    def say_by_code(self, parts: Outline) -> Spoken:
        """Say the plan in the authors' and the code's own words."""
        self._show(parts.sentences(self._language))
        return self._spoken("none")

    def say(self, parts: Outline, instead: Outline | None = None) -> Spoken:
        """Say the plan, its body in the model's words if these hold; else as it is, or as `instead` has it."""
        waiting = ""
        if parts.lead and parts.lead[-1][-1] not in ENDS:
            waiting = parts.lead[-1]  # 'Well,' waits for the sentence it leads into
        self._show(joined([*parts.lead[: -1 if waiting else None]], self._language))
        bare = joined([*parts.body], self._language)
        ask = request(self._turn, bare)
        within = pack(self._language).verbatim(bare) if ask.voiced and self._turn.model.info.grammars else None
        voiced = self._tried(ask, lambda pieces: self._listen(whole_sentences(pieces), bare, waiting), within)
        if not voiced and not self._turn.cancel.is_set():
            self._show(instead.sentences(self._language) if instead else joined([waiting, *bare], self._language))
        self._show(joined([*parts.tail], self._language))
        return self._spoken(self._turn.model.info.name if voiced else "none")

    def _tried(self, ask: Request, listen: Callable[[Iterator[str]], bool], within: str | None = None) -> bool:
        """Ask the model, and once more with the reason if what it said does not hold; tell whether it did.

        `within` is a grammar for what is said the second time.
        """
        began = time.monotonic()
        for _ in range(TRIES):
            before = len(self._checks)
            try:
                with self._patience():
                    told = listen(self._stream(ask))
                if told:
                    return True
            except ModelError as error:
                self._trouble = str(error)
                return False
            if self._turn.cancel.is_set() or len(self._checks) == before or not self._turn.left:
                return False
            if self._small and time.monotonic() - began > (AGAIN_WITHIN_VOICED if self._voiced else AGAIN_WITHIN):
                return False
            last = self._checks[-1]
            ask = mending(self._turn, ask, last)
            ask = replace(ask, grammar=within or ask.grammar)
        return False

    def _listen(self, said: Iterable[str], bare: list[str], waiting: str) -> bool:
        """Check sentences as they come; nothing is shown before those that hold convey what is to be said.

        What a trained voice said before in this conversation is shown at the end only, and if it comes out otherwise.
        """
        checker = self._checker(bare)
        again = self._voiced and times_said(bare, self._turn.scene) > 0
        held: list[str] = []
        conveyed = False
        try:
            for whole in said:
                sentence = self._mended(whole, bare)
                said_before = self._voiced and fold(sentence) in map(fold, (*held, *self._emitted))
                if not sentence or said_before or not self._holds(checker, sentence):
                    pass
                elif conveyed and not again:
                    self._show([sentence])
                else:
                    held.append(sentence)
                    if not conveyed and checker.conveys(held):
                        conveyed = True
                        if not again:
                            self._show(joined([waiting, *held], self._language))
                if self._turn.cancel.is_set() or (conveyed and self._small and not self._voiced):
                    break
        except ModelError as error:
            if not conveyed:
                raise
            self._trouble = str(error)
        if held and not conveyed:
            self._reject(" ".join(held), "content", "does not say what was to be said")
        elif again and conveyed:
            line = joined([waiting, *held], self._language)
            if self._said_before(line):
                self._reject(" ".join(held), "repeated", "said like that before")
                return False
            self._show(line)
        return conveyed

    def _said_before(self, said: Sequence[str]) -> bool:
        """Return whether the line, as far as it goes, is one of this conversation."""
        line = fold(join_sentences([*self._emitted, *said], self._language))
        return any(line == fold(exchange.line.text) for exchange in self._turn.scene.exchanges)

    def _mended(self, sentence: str, bare: list[str]) -> str:
        """Return a sentence with its names spelt right, and without what a trained voice made up beside its plan."""
        sentence = spelt(sentence, bare, self._turn.scene.projections.names)
        if not self._voiced:
            return sentence
        heard = f"{self._turn.reading.text} {named(self._turn.scene, self._language)}"
        persona, language = self._turn.scene.persona, self._language
        kept = self._turn.scene.projections.compiled.derived
        own = kept.get(("turns of phrase", persona.id, language), lambda: turns_of_phrase(persona, language))
        return trimmed(sentence, bare, heard, own, language)

    def _checker(self, bare: list[str], said: list[str] | None = None) -> Checker:
        began = time.perf_counter()
        checker = Checker(self._turn, bare, said or (), close=self._small, styled=self._voiced)
        self._checking += time.perf_counter() - began
        return checker

    def _holds(self, checker: Checker, sentence: str, ground: Ground | None = None) -> bool:
        began = time.perf_counter()
        fault = checker.fault(sentence, ground)
        self._checking += time.perf_counter() - began
        if fault:
            self._checks.append(Check(fault.rule, sentence, fault.detail, "dropped"))
        return fault is None

    def _reject(self, said: str, rule: str, why: str) -> None:
        self._checks.append(Check(rule, said, why, "replaced"))

    def _show(self, said: Iterable[str]) -> None:
        for sentence in map(cleaned, said):
            with self._showing:
                self._first_at = self._first_at or time.perf_counter()
                self._turn.emit(sentence)
                self._emitted.append(sentence)

    def _show_thinking(self, words: str) -> None:
        """Show that the NPC is thinking, unless something was said meanwhile; called on another thread."""
        with self._showing:
            if not self._emitted and not self._turn.cancel.is_set():
                self._first_at = time.perf_counter()
                self._turn.emit(words)
                self._sign.append(words)

    def _patience(self) -> Patience:
        """Return what to ask a model within: after a while the NPC shows that they are thinking, once."""
        waits = not self._emitted and not self._sign
        return Patience(sign_of(self._turn) if waits else "", self._show_thinking)

    def _stream(self, ask: Request) -> Iterator[str]:
        """Yield a model's pieces; it stops when no more are asked for.

        Raises:
            ModelError: the model failed, in whatever way: a stranger's model may raise anything.
        """
        pieces: Iterator[str] = iter(())
        try:
            pieces = self._turn.model.stream(ask, self._turn.cancel)
            for piece in pieces:
                if not isinstance(piece, str):
                    raise TypeError(f"a piece of text was expected, not {type(piece).__name__}")
                yield piece
        except ModelError:
            raise
        except Exception as error:
            reason = str(error) or "it does not say why"
            raise ModelError(f"{self._turn.model.info.name} failed: {reason} ({type(error).__name__})") from error
        finally:
            if isinstance(pieces, Generator):
                with suppress(Exception):
                    pieces.close()

    def _spoken(self, model: str, plan: Plan | None = None, memories: tuple[int, ...] = ()) -> Spoken:
        return Spoken(
            (*self._sign, *self._emitted),
            plan or self._turn.plan,
            model,
            tuple(self._checks),
            self._trouble,
            self._first_at,
            self._checking,
            memories,
        )


def whole_sentences(pieces: Iterator[str]) -> Iterator[str]:
    """Yield what comes in pieces sentence by sentence, each as soon as it is finished."""
    buffer = ""
    try:
        for piece in pieces:
            buffer += piece
            *whole, buffer = _split(buffer)
            yield from map(cleaned, whole)
        if buffer.strip():
            yield cleaned(buffer.strip())
    finally:
        if isinstance(pieces, Generator):
            pieces.close()


def _split(buffer: str) -> list[str]:
    """Return the finished sentences of a text still growing, and last what is unfinished.

    A sentence is finished once it is seen that the next word begins another; in Chinese its last mark tells.
    """
    parts = sentences(buffer)
    if not parts:
        return [buffer]
    if len(parts) > 1 and parts[-2][-1] in "”」』" and _BEGUN.fullmatch(parts[-1]):
        return [*parts[:-2], buffer[buffer.rfind(parts[-2]) :]]
    quoting = any(parts[-1].count(opened) > parts[-1].count(closed) for opened, closed in _QUOTES)
    if buffer[-1] == "\n" or (buffer[-1] in "。！？" and not quoting):
        return [*parts, ""]
    return [*parts[:-1], buffer[buffer.rfind(parts[-1]) :]]
