"""Runs turns on worker threads: thinking, speaking and checking there, committing all or nothing."""

from __future__ import annotations

import time
from collections.abc import Iterator
from concurrent.futures import Future, wait
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from random import Random

from npc_engine.chronicle import Event
from npc_engine.dialogue.decide.commit import events_of
from npc_engine.dialogue.leading import Leading
from npc_engine.dialogue.scene import Exchange, Scene, Turn
from npc_engine.dialogue.speak.realizers import realizer_for
from npc_engine.dialogue.speak.trained import is_trained
from npc_engine.dialogue.timing import Timing
from npc_engine.dialogue.turn import take
from npc_engine.dialogue.types import Line, Plan, Spoken
from npc_engine.dialogue.understand import ReadsAhead, Understander
from npc_engine.engine.authored import line_ids
from npc_engine.engine.ledger import Account, Ledger
from npc_engine.engine.metered import MeteredModel
from npc_engine.engine.model_loader import ModelLoader
from npc_engine.engine.reply import Reply
from npc_engine.engine.stage import Stage
from npc_engine.engine.utterance import OngoingTalk, Utterance
from npc_engine.engine.workers import GoneError, Workers
from npc_engine.errors import NpcError, SaveError, TurnCancelledError, in_one_line
from npc_engine.models import LanguageModel, Request, SilentModel
from npc_engine.text import Language, join_sentences, languages

AT_ONCE = 2
"""Turns that run at the same time; a third waits for one of them."""


@dataclass(frozen=True, slots=True)
class _Task:
    """A turn that somebody waits for, the epoch it belongs to, and when it was begun (`time.perf_counter`)."""

    talk: OngoingTalk
    utterance: Utterance
    reply: Reply
    epoch: int
    began: float


class Turns:
    """Begins turns and sees them through."""

    def __init__(
        self,
        stage: Stage,
        voice: ModelLoader,
        ledger: Ledger,
        understander: Understander,
        patience: float,
        leading: Leading | None = None,
    ) -> None:
        """See turns through on a stage; the model, led as `leading` says, may take `patience` seconds for each.

        What it uses is booked in a ledger.
        """
        self.stage = stage
        self._timeline = stage.timeline
        self._voice = voice
        self._ledger = ledger
        self._understander = understander
        self._patience = patience
        self._leading = leading or Leading()
        self._workers = Workers(AT_ONCE, "turn")
        self._running: set[Reply] = set()
        self._ahead: dict[str, Future[None]] = {}
        self._closed = False

    @property
    def epoch(self) -> int:
        """Counts how often the past was exchanged."""
        return self._timeline.epoch

    def event(self, event_id: int) -> Event:
        """Return an event of the chronicle."""
        with self._timeline.lock:
            return self._timeline.chronicle[event_id]

    def begin(self, talk: OngoingTalk, utterance: Utterance) -> Reply:
        """Begin a turn and give its reply at once."""
        reply = Reply()
        task = _Task(talk, utterance, reply, self._timeline.epoch, time.perf_counter())
        self._running.add(reply)

        def run() -> None:
            try:
                reply.finish(self._turn(task))
            except (SaveError, TurnCancelledError) as error:
                reply.fail(error)
            except BaseException as error:  # the caller who waits for the reply is told, in the engine's own terms
                reply.fail(TurnCancelledError(f"the turn could not be held: {in_one_line(error)}"))
            finally:
                self._running.discard(reply)

        def submit() -> None:
            try:
                self._workers.submit(run)
            except GoneError:
                reply.cancel()
                run()  # which only tells that it was given up

        if utterance.after is None:
            submit()
        else:
            utterance.after.when_done(submit)
        return reply

    def warm(self, talk: OngoingTalk) -> None:
        """Have the model, and hearing, read what every turn of a conversation needs before it is needed."""
        with self._timeline.lock:
            scene = self.stage.scene(talk, Utterance(""), 0)
        self._voice.warm(partial(_beginning, scene, self._leading), talk.left)
        if isinstance(self._understander, ReadsAhead):
            with suppress(GoneError):
                self._ahead[talk.npc] = self._workers.submit(partial(self._understander.read_ahead, scene.context))

    def _wait_for_reading(self, npc: str) -> None:
        """Wait for what is being read ahead of a talk with an NPC; what was not begun is left to the turn."""
        ahead = self._ahead.pop(npc, None)
        if ahead is not None and not ahead.cancel():
            wait((ahead,))

    def prepare(self, steps: Iterator[None]) -> None:
        """Take some steps in the background, until the engine is closed."""

        def run() -> None:
            while not self._closed and next(steps, self) is not self:
                pass

        self._workers.submit(run)

    def give_up(self) -> None:
        """Cancel every turn that is running."""
        for reply in list(self._running):
            reply.cancel()

    def close(self) -> None:
        """Cancel every turn, and let the threads end."""
        self._closed = True
        self.give_up()
        self._workers.close()
        self._workers.join(timeout=5)

    def _turn(self, task: _Task) -> Line:
        talk, utterance, reply = task.talk, task.utterance, task.reply
        self._stop_if(task)
        if utterance.after is not None and not utterance.after.said:
            raise TurnCancelledError("the answer before this one was never given")
        if meanings := self._timeline.projections.compiled.meanings:
            meanings.prepare(utterance.text)
        self._wait_for_reading(talk.npc)
        with self._timeline.lock:
            # Chance comes from the seed and what has happened so far, so that a replay chooses alike.
            chance = Random(f"{self.stage.seed}/{self._timeline.chronicle.next_id}/{talk.npc}")
            seed = chance.getrandbits(31)
            scene = self.stage.scene(talk, utterance, seed)
        account = self._ledger.account(talk.npc, self.stage.wording.name(talk.npc, self.stage.language), scene.now)
        model = self._model_for(account)
        turn = Turn(
            utterance.text, scene, model, cancel=reply.cancelling, state=self._timeline.lock, leading=self._leading
        )
        turn.emit = lambda sentence: reply.show(sentence, turn.language)
        turn.ends_at = time.monotonic() + self._patience
        spoken = take(turn, self._understander)
        spoken = replace(spoken, trouble=self._trouble(spoken, model, turn.language))
        self._stop_if(task)
        with turn.watch.step("commit"):
            line, safe = self._commit(turn, spoken, task)
        line = replace(
            line,
            line_ids=line_ids(line.text, scene, line.language, self._source),
            timing=_timing(turn, spoken, task.began),
            usage=account.spent,
        )
        try:
            talk.remember(Exchange(turn.reading, line))
        except Exception as error:
            line = replace(line, trouble=line.trouble or f"the turn is not looked back on: {in_one_line(error)}")
        safe.result()
        return line

    def _model_for(self, account: Account) -> LanguageModel:
        """Return the model as a turn may use it; one that says nothing, and why, where it may not."""
        model = self._voice.model(timeout=self._patience)
        if model.info.size == "none":
            return model
        metered = MeteredModel(model, account, self._voice.circuit)
        refusal = metered.refusal()
        return SilentModel(refusal) if refusal else metered

    def _trouble(self, spoken: Spoken, model: LanguageModel, language: Language) -> str:
        """Return why a line was worded without the model, in its language; empty where it was not, or had not to be."""
        failed = model.trouble if isinstance(model, MeteredModel | SilentModel) else None
        if failed is not None and spoken.trouble in ("", str(failed)) and (spoken.trouble or spoken.model == "none"):
            return failed.told(language)
        if model.info.size == "none" and not spoken.trouble:
            return self._voice.trouble(language)
        return spoken.trouble

    def _commit(self, turn: Turn, spoken: Spoken, task: _Task) -> tuple[Line, Future[None]]:
        def build(first_id: int) -> tuple[Event, ...]:
            self._stop_if(task)  # from here on it counts as said
            return task.utterance.events(*events_of(turn, spoken, first_id))

        try:
            (*_, answered), safe = self._timeline.commit(build, epoch=task.epoch)
        except NpcError:
            raise
        except Exception as error:  # the words are recorded alone, and nothing follows from them
            bare = Plan(spoken.plan.move, reasons=spoken.plan.reasons)
            spoken = replace(spoken, plan=bare, trouble=f"nothing but the words was recorded: {in_one_line(error)}")
            turn.reading = turn.reading.without_claims()
            (*_, answered), safe = self._timeline.commit(build, epoch=task.epoch)
        scene, plan = turn.scene, spoken.plan
        line = Line(
            speaker=scene.npc,
            listener=scene.speaker,
            text=join_sentences(list(spoken.sentences), turn.language),
            language=turn.language,
            at=scene.now,
            event_id=answered.id,
            act=turn.reading.main.kind,
            move=plan.move,
            facts=plan.stated,
            actions=plan.actions,
            mood=plan.mood,
            checks=spoken.checks,
            withheld=plan.withheld,
            reasons=plan.reasons,
            trouble=spoken.trouble,
            initiative=plan.initiative,
            pending=plan.pending,
            chosen=plan.chosen,
            memories=((plan.memory.event_id,) if plan.memory else ()) + spoken.memories,
            model=spoken.model,
        )
        return line, safe

    @property
    def _source(self) -> str:
        """The language that the ids of authored texts are made from: the world's first."""
        content = self.stage.content
        return content.world.languages[0] if content else languages()[0]

    def _stop_if(self, task: _Task) -> None:
        if self._closed:
            raise TurnCancelledError("the engine is closed")
        if task.reply.cancelling.is_set():
            raise TurnCancelledError("the answer was given up")
        if task.epoch != self._timeline.epoch:
            raise TurnCancelledError("a save was loaded meanwhile")


def _timing(turn: Turn, spoken: Spoken, began: float) -> Timing:
    """Return how long a turn took, from when it was begun."""
    return Timing((spoken.first_at - began) * 1000, (time.perf_counter() - began) * 1000, turn.watch.steps)


def _beginning(scene: Scene, leading: Leading, model: LanguageModel) -> Request:
    """Return what a model should have read before a conversation's first turn, in the language it is likely in."""
    likely = scene.language if scene.language in model.info.languages else None
    language = likely or next((one for one in languages() if one in model.info.languages), languages()[0])
    messages = realizer_for(model.info, leading.realizer).beginning(scene, model.info, language, leading.improvise)
    return Request(messages, voiced=is_trained(model.info, language))
