"""A model of medium size: it converses, with code's plan as its direction; what settles anything stays code's.

What an author wrote, what withholds, does or claims something, and facts that answer the very question are said by
code, at once. What code has for it only loosely is first held against the question, by the model, in one word.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import chain

from npc_engine.acts import acts
from npc_engine.dialogue.check.medium import MediumChecker
from npc_engine.dialogue.check.own_life import made_up
from npc_engine.dialogue.scene import Scene, Turn
from npc_engine.dialogue.speak.freedom import improvises, is_guided
from npc_engine.dialogue.speak.guided import GuidedSpeaker, whole_sentences
from npc_engine.dialogue.speak.medium_prompt import Direction, bearing, fits, given, head, request
from npc_engine.dialogue.speak.page import Page, page
from npc_engine.dialogue.speak.prompt_files import prompts
from npc_engine.dialogue.speak.realization import Outline, has_own_words, joined
from npc_engine.dialogue.speak.small import Small
from npc_engine.dialogue.types import ASKING, LISTENED, SAID_OVER, Act, Plan, Spoken
from npc_engine.errors import ModelError
from npc_engine.lang import pack
from npc_engine.models.model import Message, ModelInfo
from npc_engine.text import Language, fold
from npc_engine.world.definitions import Improvise

SURE = 0.85
"""How sure it must be that an authored text is meant, to be said without a look at whether it fits."""
MISFIT = 0.38
"""How likely the model must hold it that code's words are an answer, for them to be said."""
GREETING = 3
"""How long a mere greeting may be, in words or characters."""
_BY_HEART = ("greet", "part", "thank", "forgive", "flattered", "doubt", "known", "learned")
"""Moves whose words people know by heart."""
MOST_SENTENCES = 3
"""Sentences of a model's that are shown."""
PLAIN = frozenset({"small_talk", "unknown", "confused", "remark", "tell_fact", "ask_opinion"})
"""Phrases that fit any line, an author's too: a model answers the very line."""


class Medium:
    """Lets a model answer what is open in a plan, and sees to what is not."""

    def say(self, turn: Turn, parts: Outline) -> Spoken:
        """Say a turn's plan; see `Realizer`. Guided, the model voices what was decided, as a small one does."""
        if is_guided(turn.scene, turn.model.info):
            return Small().say(turn, parts)
        words = prompts(turn.language).get("medium")
        return MediumSpeaker(turn, parts).answer() if words else GuidedSpeaker(turn).say_by_code(parts)

    def beginning(
        self, scene: Scene, info: ModelInfo, language: Language, improvise: Improvise | None = None
    ) -> tuple[Message, ...]:
        """Return what every prompt begins with; see `Realizer`."""
        if is_guided(scene, info) or "medium" not in prompts(language):
            return Small().beginning(scene, info, language)
        return head(page(scene, language), improvises(scene, improvise), language)


class MediumSpeaker(GuidedSpeaker):
    """Says one plan through a model that converses."""

    def __init__(self, turn: Turn, parts: Outline) -> None:
        super().__init__(turn)
        self._parts = parts
        self._by_model = 0

    def answer(self) -> Spoken:
        """Say the plan: by code where it is settled, else by the model as far as what it says holds."""
        turn, plan = self._turn, self._turn.plan
        if is_settled(turn):
            return self.say_by_code(self._parts)
        loose = is_loose(plan, turn.reading.main, turn.scene)
        with self._patience():
            if loose and self._fits(self._parts.sentences(self._language)[:2]):
                return self.say_by_code(self._parts)
            with turn.state:
                found = page(turn.scene, self._language, turn.reading.text, turn.reading.main.named)
            if not self._converse(found, directed(turn, found, loose=loose)):
                return self.say_by_code(self._parts)
        goes_on = self._parts.initiative or (plan.question and not loose)
        own = self._parts.tail if goes_on and not self._emitted[-1].endswith(ASKING) else ()
        self._show(joined([*own], self._language))
        reasons = (*(one for one in plan.reasons if own or not one.startswith("question:")), "model:conversed")
        kept = replace(plan, initiative=plan.initiative if own else None, reasons=reasons)
        if loose or plan.says:
            kept = replace(kept, move="chat", facts=(), says=(), polarity=None, written=(), question="", remark="")
        made = own_life(self._emitted[: self._by_model], found, self._language)
        return replace(self._spoken(turn.model.info.name, kept), improvised=made)

    def _fits(self, said: list[str]) -> bool:
        """Return whether the model takes code's words for an answer; they stand where it can't say."""
        words = prompts(self._language)["medium"]["fits"]
        ask = fits(self._turn, " ".join(said))
        try:
            share = self._turn.model.choose(ask, [words["yes"], words["no"]], self._turn.cancel)[0]
        except ModelError:
            return True
        return share >= MISFIT

    def _converse(self, found: Page, direction: Direction) -> bool:
        """Have the model answer, each sentence shown once it is checked; tell whether anything was."""
        turn = self._turn
        free = improvises(turn.scene, turn.leading.improvise)
        ask = request(turn, found, free, direction)
        checker = MediumChecker(
            turn, given(found, direction), said=self._emitted, owns_up=direction.unknown, improvise=free
        )
        try:
            for sentence in whole_sentences(_speech(self._stream(ask), found.name)):
                if not self._holds(checker, sentence):
                    continue
                self._show([sentence])
                self._by_model += 1
                if self._by_model >= MOST_SENTENCES or sentence.endswith(ASKING) or turn.cancel.is_set():
                    break
        except ModelError as error:
            self._trouble = str(error)
        return self._by_model > 0


def is_settled(turn: Turn) -> bool:
    """Return whether code's words stand: they are an author's, or something follows from them."""
    plan, reading, scene = turn.plan, turn.reading, turn.scene
    act = reading.main
    if acts().moves[plan.move].voiced == "nobody" or plan.withheld or plan.actions or plan.possible or plan.taste:
        return True
    if reading.claims or reading.promises or reading.confided or acts()[act.kind].grave or act.actions or plan.memory:
        return True
    open_to_any = LISTENED in plan.reasons or SAID_OVER in plan.reasons or _is_small_talk(plan, turn.language)
    if open_to_any or is_loose(plan, act, scene):
        return False
    if plan.says or plan.facts or plan.written or plan.polarity is not None or act.mood or _is_of(plan, "moment:"):
        return True
    if plan.move == "unknown":
        return bool(act.unknown or act.opinion)
    if plan.move == "greet" and _says_more(turn):
        return False
    if acts()[act.kind].light or plan.move in _BY_HEART:
        return True
    return plan.phrase not in PLAIN and has_own_words(plan, scene, turn.language, authored=True)


def is_loose(plan: Plan, act: Act, scene: Scene) -> bool:
    """Return whether what code has to say only came to mind: it may be about something else than was asked."""
    if plan.move not in ("answer", "chat") or plan.withheld or plan.actions:
        return False
    if plan.facts:
        told = {part for fact in plan.facts for part in (fact.belief.statement.subject, fact.belief.statement.object)}
        elsewhere = set(act.named) - {scene.npc, scene.speaker}
        beside = not told & elsewhere and (act.yes_no or not act.named)
        return "asked:about" in plan.reasons or "asked:advice" in plan.reasons or beside
    asked_for = {key for key, share in act.means if share >= SURE}
    told = {one for one in (*plan.written, *plan.reasons) if one.startswith("about:")}
    passages = enumerate(scene.persona.about)
    sure = {one.key for at, one in passages if {one.key, scene.persona.by_its_words(at)} & asked_for}
    return bool(told) and not sure & told


def own_life(said: Sequence[str], found: Page, language: Language) -> tuple[str, ...]:
    """Return what of an answer the model made up, as far as it is nowhere on the page."""
    known = given(found, Direction())
    return tuple(sentence for sentence in said if made_up(sentence, known, language) is not None)


def _is_of(plan: Plan, kind: str) -> bool:
    return any(reason.startswith(kind) for reason in plan.reasons)


def _is_small_talk(plan: Plan, language: Language) -> bool:
    """Return whether a plan says what anybody might of their own life, where the author wrote nothing of it."""
    matters = pack(language).life.get("matters", {})
    asked = (reason.removeprefix("life:") for reason in plan.reasons if reason.startswith("life:"))
    return any(matters.get(one, {}).get("small") for one in asked)


def _says_more(turn: Turn) -> bool:
    """Return whether somebody who greets says or asks something besides."""
    text = turn.reading.text
    return text.rstrip().endswith(ASKING) or pack(turn.language).length(text) > GREETING


def directed(turn: Turn, found: Page, *, loose: bool) -> Direction:
    """Return what a model is told of the plan."""
    plan, act = turn.plan, turn.reading.main
    asked = acts()[act.kind].question
    return Direction(
        may=tuple(fact.wording for fact in plan.facts) if loose else (),
        of_yourself=tuple(bearing(found, act.topic, turn.reading.text, asked=asked)),
        unknown=plan.move == "unknown",
        topic="" if act.kind != "ask_npc" or _has(found, act.topic) else act.topic,
        moment=act.kind == "ask_scene",
    )


def _has(found: Page, topic: str) -> bool:
    return any(one.id.startswith(f"about:{topic}/") for one in (*found.passages, *found.private))


def _others(act: Act, scene: Scene) -> bool:
    return bool(set(act.named) - {scene.npc, scene.speaker})


def _speech(pieces: Iterator[str], name: str) -> Iterator[str]:
    """Yield what is said, without the speaker's name before it."""
    begun = ""
    for piece in pieces:
        begun += piece
        if len(begun) > len(name) + 2:
            break
    for mark in (":", "："):
        if fold(begun).lstrip().startswith(f"{fold(name)}{mark}"):
            begun = begun.lstrip()[len(name) + 1 :].lstrip()
    yield from chain([begun], pieces)
