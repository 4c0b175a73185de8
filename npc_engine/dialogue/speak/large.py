"""A large model: it is shown all that may be told, answers as it likes, and says besides what it heard and did.

Each sentence is shown once it is checked, while the rest is still to come. What it claims beside its words is weighed
by code (`Turn.weigh`); a sentence that stands on such a claim, a deed or what was made up, waits until that is done.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace

from npc_engine.dialogue.answer import Answer, Weighed
from npc_engine.dialogue.check.doing import Waiting
from npc_engine.dialogue.check.given import terms_of
from npc_engine.dialogue.check.grounds import Fault
from npc_engine.dialogue.check.large import LargeChecker
from npc_engine.dialogue.check.own_life import made_up
from npc_engine.dialogue.check.tables import plain, tables
from npc_engine.dialogue.check.trimming import trimmed
from npc_engine.dialogue.scene import Scene, Turn
from npc_engine.dialogue.speak.freedom import improvises, is_guided
from npc_engine.dialogue.speak.guarded import guard_of, guarded
from npc_engine.dialogue.speak.guided import GuidedSpeaker, whole_sentences
from npc_engine.dialogue.speak.large_answer import AnswerReader
from npc_engine.dialogue.speak.large_prompt import Sheet, request, sheet
from npc_engine.dialogue.speak.page import MOST_BELIEFS, Page, page
from npc_engine.dialogue.speak.possible import Possible, possible
from npc_engine.dialogue.speak.prompt_files import prompts
from npc_engine.dialogue.speak.prompting import prefix
from npc_engine.dialogue.speak.realization import Outline, joined, outline
from npc_engine.dialogue.speak.small import is_for_models
from npc_engine.dialogue.types import ASKING, Check, Initiative, Spoken
from npc_engine.errors import ModelError
from npc_engine.lang import pack
from npc_engine.models.model import Message, ModelInfo, Request
from npc_engine.models.troubles import trouble
from npc_engine.phrasebook import filled
from npc_engine.text import Language, join_sentences, sentences, terms
from npc_engine.world.definitions import Improvise

VOICED = 0.5
"""The share of what the NPC might add of their own that an answer must have, to have added it."""


class Large:
    """Lets a model answer, and holds it to what is so; guided, it words what was decided and no more."""

    def say(self, turn: Turn, parts: Outline) -> Spoken:
        """Say a turn's plan; see `Realizer`."""
        if is_guided(turn.scene, turn.model.info):
            if not is_for_models(turn.plan):
                return GuidedSpeaker(turn).say_by_code(parts)
            return GuidedSpeaker(turn).say(Outline((), tuple(parts.sentences(turn.language)), ()))
        if "large" not in prompts(turn.language):
            return GuidedSpeaker(turn).say_by_code(parts)
        return LargeSpeaker(turn, parts).answer()

    def beginning(
        self, scene: Scene, info: ModelInfo, language: Language, improvise: Improvise | None = None
    ) -> tuple[Message, ...]:
        """Return what every prompt begins with; see `Realizer`."""
        if is_guided(scene, info) or "large" not in prompts(language):
            return prefix(scene, info, language)
        return (Message("system", sheet(page(scene, language), improvises(scene, improvise), language).text),)


class LargeSpeaker(GuidedSpeaker):
    """Says one plan through a model that decides what to say."""

    def __init__(self, turn: Turn, parts: Outline) -> None:
        super().__init__(turn)
        self._parts = parts
        self._answered = Answer()
        self._weighed = Weighed(turn.reading, turn.plan)
        self._by_model: list[str] = []
        self._told: tuple[str, ...] = ()
        self._gone = ""
        self._leaning = ""

    def answer(self) -> Spoken:
        """Say what the model answers, as far as it holds; code says its own where nothing does."""
        turn, free = self._turn, improvises(self._turn.scene, self._turn.leading.improvise)
        with turn.state:
            found = page(turn.scene, self._language, turn.reading.text, turn.reading.main.named)
            steady = page(turn.scene, self._language) if len(found.beliefs) == MOST_BELIEFS else found
            deeds = possible(turn.scene, self._language)
        read = sheet(steady, free, self._language)
        ask = request(turn, found, read, self._parts, deeds)
        self._told = given(found, ask)
        raw = self._heard(ask, found, read, deeds, free)
        if not self._by_model and raw and self._may_mend():
            self._heard(self._mending(ask, raw), found, read, deeds, free)
        if turn.cancel.is_set():
            return self._spoken("none")
        if not self._by_model:
            return self._by_code()
        return self._finished(free)

    def _heard(self, ask: Request, found: Page, read: Sheet, deeds: Sequence[Possible], free: Improvise) -> str:
        """Show what holds of an answer, and weigh what came with it; return the answer as it came."""
        turn = self._turn
        reader = AnswerReader(read.ids)
        rules = prompts(self._language)["large"]["sections"]["rules"]
        words = [text for one in deeds for text in (one.text, one.why, *one.words)]
        with turn.state:
            authored = [*written(found), *self._parts.sentences(self._language)]
            checker = LargeChecker(
                turn, self._told, said=self._emitted, improvise=free, deeds=words, rules=rules, authored=authored
            )
        waiting: list[tuple[str, Fault | None]] = []
        try:
            with self._patience():
                for sentence in whole_sentences(reader.words(self._stream(ask))):
                    self._take(trimmed(sentence, found.name, turn.scene.persona, self._language), checker, waiting)
                    if turn.cancel.is_set():
                        return reader.text
            self._lean(waiting)
        except ModelError as error:
            self._trouble = str(error)
            return ""
        answered = reader.answer()
        if answered is None:
            self._trouble = trouble(ModelError, "half_json", who=turn.model.info.name).told(self._language)
        said = (*self._by_model, *(sentence for sentence, _ in waiting))
        self._answered = replace(answered or Answer(), said=said)
        self._weighed = turn.weigh(self._answered)
        self._gone = ""
        for sentence, fault in waiting:
            held = isinstance(fault, Waiting) and not fault.holds(self._weighed.plan, self._answered.improvised)
            fault = fault if held else self._hanging(sentence)
            self._gone = sentence if fault else ""
            if fault is not None:
                self._checks.append(Check(fault.rule, sentence, fault.detail, "dropped"))
            else:
                self._say(sentence)
        return reader.text

    def _take(self, sentence: str, checker: LargeChecker, waiting: list[tuple[str, Fault | None]]) -> None:
        """Show a sentence that holds, unless one before it still waits; what does not hold is dropped."""
        if not sentence or checker.is_over:
            return
        first = not self._by_model and not waiting and not self._leaning
        fault = checker.fault(sentence) or self._hanging(sentence)
        self._gone = ""
        if fault is not None and not isinstance(fault, Waiting):
            self._checks.append(Check(fault.rule, sentence, fault.detail, "dropped"))
            self._gone = sentence if fault.rule == "invented" else ""
            if fault.rule == "secret" and self._leaning:
                self._checks.append(Check(fault.rule, self._leaning, f"goes on: {sentence}", "dropped"))
                self._leaning = ""
            return
        self._lean(waiting)
        if fault is not None or waiting:
            waiting.append((sentence, fault))
        elif first and checker.leans(sentence):
            self._leaning = sentence
        else:
            self._say(sentence)

    def _lean(self, waiting: list[tuple[str, Fault | None]]) -> None:
        """Show what waited for the sentence after it: what says little by itself may begin a secret's telling."""
        sentence, self._leaning = self._leaning, ""
        if sentence and waiting:
            waiting.insert(0, (sentence, None))
        elif sentence:
            self._say(sentence)

    def _hanging(self, sentence: str) -> Fault | None:
        """Return what is wrong with a sentence about whoever was named in the one dropped before: 'He cuts it thin.'"""
        speech = pack(self._language)
        begins = speech.tokens(plain(sentence))[:1] if speech.spaced else [sentence[:1]]
        third = set(begins) & tables(self._language).listed("third")
        return Fault("invented", f"goes on from: {self._gone}") if self._gone and third else None

    def _say(self, sentence: str) -> None:
        self._show([sentence])
        self._by_model.append(sentence)

    def _may_mend(self) -> bool:
        """Return whether the model may say it once more: not what touched on a secret, nor what is no fault of its."""
        faults = [check.rule for check in self._checks]
        return bool(faults) and "secret" not in faults and not self._turn.cancel.is_set() and self._turn.left > 0

    def _mending(self, ask: Request, raw: str) -> Request:
        """Return a request once more, with the whole answer and the one fault in it."""
        words, fault = prompts(self._language)["large"], self._checks[-1]
        reason = words["reasons"].get(fault.rule, words["reasons"]["character"])
        told = filled(words["mend"], answer=json.dumps(raw, ensure_ascii=False), reason=reason, sentence=fault.sentence)
        messages = (*ask.messages, Message("user", told))
        return replace(ask, messages=messages, seed=ask.seed + 1, timeout=self._turn.left)

    def _by_code(self) -> Spoken:
        """Say what code has to say, by what was decided again where the answer touched on a secret."""
        parts = self._parts
        if self._weighed.guarded:
            turn = self._turn
            turn.plan = self._weighed.plan
            with turn.state:
                turn.guard = guard_of(turn.plan, turn.reading, turn.scene)
            parts = guarded(outline(turn.plan, turn.scene, self._language), turn)
            turn.plan = replace(turn.plan, initiative=parts.initiative)
        self._show(parts.sentences(self._language))
        return self._spoken("none")

    def _finished(self, free: Improvise) -> Spoken:
        """Return what was said, with what holds of the rest."""
        turn, weighed = self._turn, self._weighed
        plan = weighed.plan
        if plan.pending is not None and not any(one.endswith(ASKING) for one in self._emitted):
            self._show(joined([*self._parts.lead, *self._parts.body], self._language))
        turn.reading = weighed.reading
        if any(check.rule == "secret" for check in self._checks) and turn.plan.facts and not plan.facts:
            self._show(joined([*self._parts.body], self._language))  # the answer was cut off before it was given
            plan = replace(plan, facts=turn.plan.facts)
        plan = replace(plan, initiative=self._added(plan.initiative), reasons=(*plan.reasons, "model:answered"))
        improvised = self._improvised() if free != "none" else ()
        return replace(self._spoken(turn.model.info.name, plan), improvised=improvised, note=weighed.note)

    def _improvised(self) -> tuple[str, ...]:
        """Return what was made up of the NPC's life, as it was said: by the model's own word, or as code finds."""
        known = {term for text in self._told for term in terms_of(text)}
        claimed = [set(terms(one)) for one in self._answered.improvised]
        return tuple(
            sentence
            for sentence in self._by_model
            if set(terms(sentence)) - known
            and (
                any(one and 2 * len(one & set(terms(sentence))) >= len(one) for one in claimed)
                or made_up(sentence, self._told, self._language) == "own life"
            )
        )

    def _added(self, one: Initiative | None) -> Initiative | None:
        """Return what the NPC was to add of their own, if they did."""
        if one is None or not self._parts.tail:
            return None
        wanted = set(terms(join_sentences([*self._parts.tail], self._language)))
        said = set(terms(join_sentences(self._emitted, self._language)))
        return one if wanted and len(wanted & said) / len(wanted) >= VOICED else None


def given(found: Page, ask: Request) -> tuple[str, ...]:
    """Return all that a model was told, which what it says may stand on, each thing by itself."""
    return (
        *(found.name, found.role, found.setting, found.register, found.speaker, *found.traits, *found.quirks),
        *sentences(found.summary), *sentences(found.surroundings),
        *(text for one in found.samples for text in (one.said, one.reply)),
        *(one.text for one in (*found.passages, *found.beliefs, *found.goals, *found.private, *found.disclosed)),
        *(one.text for one in (*found.covers, *found.improvised, *found.told, *found.noted, *found.memories)),
        *(f"{one.name} {one.text}" for one in found.relations),
        *(text for one in found.exchanges for text in (one.text, one.reply)),
        *sentences(ask.messages[-1].content.rpartition("\n")[0]),
    )  # fmt: skip


def written(found: Page) -> tuple[str, ...]:
    """Return what an author wrote for the NPC to say, of all that a model was told."""
    topics = (entry for entry, _ in found.topics)
    told = (*found.passages, *found.private, *topics, *found.disclosed, *found.covers)
    return (*(one.reply for one in found.samples), *(one.text for one in told))
