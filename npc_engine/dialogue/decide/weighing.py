"""What holds of what a model says it heard and did: by the line itself, the world, and the rules that bind code too."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from npc_engine.acts import acts
from npc_engine.chronicle import Change, FeelingChange
from npc_engine.dialogue.access import closed
from npc_engine.dialogue.answer import FELT, Answer, Weighed
from npc_engine.dialogue.decide.conversing import claims_to_be
from npc_engine.dialogue.decide.deeds import done
from npc_engine.dialogue.decide.guarding import deflect
from npc_engine.dialogue.decide.reactions import reaction, stale, worn
from npc_engine.dialogue.decide.wording import fact_of
from npc_engine.dialogue.scene import Scene, Turn
from npc_engine.dialogue.types import SURELY, Fact, Plan, Reading, SelfDisclosure, Withheld
from npc_engine.lang import pack, words_of
from npc_engine.mind.discretion import tellable
from npc_engine.text import Language, fold, terms

STEPS = {"affinity": 0.02, "trust": 0.02, "fear": 0.03, "mood": 0.08}
"""How far a model may move a feeling in a turn, where code does not."""
VOICED = 1 / 3
"""The share of a statement's words that must have been said for it to count as told."""
UNVOUCHED = frozenset({"conditional", "reported", "hedged", "wished", "habit", "later", "asked"})
"""What keeps a line from vouching for anything."""
_OWNING_UP = frozenset({"confess", "correct"})
"""Acts by which somebody takes back what they said."""
_CLAUSES = re.compile(r"[,;.!?，；。！？]")
LONGEST_NOTE = 120
"""Characters that a note of the NPC's may have."""


def weigh(turn: Turn, answer: Answer, claimed: Sequence[Reading], reserves: frozenset[str]) -> Weighed:
    """Return what of an answer holds; call it with the state held.

    `claimed` are the claims of the answer, each as understood by itself; `reserves` say how the line was qualified.
    """
    scene = turn.scene
    reading = _heard(turn, answer, claimed, reserves)
    plan = _told(turn.plan, answer, scene, turn)
    plan = done(plan, answer, reading, reserves, scene)
    plan, guarded = _kept(plan, answer, reading, scene)
    plan = replace(plan, feelings=_moved(plan, answer, reading, scene))
    return Weighed(reading, plan, guarded, _noted(answer, turn))


# -- what was heard ------------------------------------------------------------------------------------


def _heard(turn: Turn, answer: Answer, claimed: Sequence[Reading], reserves: frozenset[str]) -> Reading:
    """Return the reading with what the ear had missed: the act where it only guessed, what was told and claimed."""
    reading, main = turn.reading, turn.reading.main
    act = main
    if answer.intent and answer.intent != main.kind and main.confidence < SURELY and not main.wants:
        act = replace(act, kind=answer.intent, topic="")
    told = [_bare(one, reading.language) for one in answer.told if _was_told(one, reading, reserves, turn.scene)]
    gone = [*_taken_back(answer, reading, reserves, turn.scene)]
    slots = {one.slot for one in told}  # of which the model's word counts more than code's ear
    act = replace(act, told=(*gone, *(one for one in act.told if one.slot not in slots), *told))
    if not reading.claims and not reserves & UNVOUCHED:
        claims = [claim for one in claimed for claim in one.claims if _was_said(claim, one.text, turn, reserves)]
        if claims and (acts()[main.kind].states or main.confidence < SURELY):
            act = replace(act, claims=tuple(claims[:1]))
    if act is main or act == main:
        return reading
    others = {id(one): replace(one, told=tuple(x for x in one.told if x.slot not in slots)) for one in reading.acts}
    return replace(reading, acts=tuple(act if one is main else others[id(one)] for one in reading.acts))


def _bare(one: SelfDisclosure, language: Language) -> SelfDisclosure:
    """Return what was told without its 'I' or 'I am': of who says 'I repair watches' it is no trade that they are."""
    forms: Mapping[str, Sequence[str]] = pack(language).about_self["of_oneself"]
    gap = pack(language).gap
    for how, openings in forms.items():
        for opening in openings:
            if fold(one.value).startswith(f"{opening}{gap}") and (rest := one.value[len(opening) :].strip()):
                doing = how == "doing" and one.slot == "work"
                return replace(one, slot="trade" if doing else one.slot, value=rest)
    return one


def _was_told(one: SelfDisclosure, reading: Reading, reserves: frozenset[str], scene: Scene) -> bool:
    """Return whether a speaker told of themself what a model says they did: in these words, and outright."""
    if not one.value:
        return False
    said = fold(reading.text)
    clause = next((part for part in _CLAUSES.split(said) if fold(one.value) in part), said)
    in_words = fold(one.value) in said and (not one.about or fold(one.about) in said)
    denied = "not" in reserves and words_of(reading.language).cued("negation", clause)
    return in_words and claims_to_be(one, scene) is None and not denied and not reserves & UNVOUCHED


def _taken_back(answer: Answer, reading: Reading, reserves: frozenset[str], scene: Scene) -> Iterator[SelfDisclosure]:
    """Yield what a model says was no truth of what the speaker told: they own up to it, or deny it by its words."""
    owned_up = not {answer.intent, reading.main.kind}.isdisjoint(_OWNING_UP)
    said = set(terms(reading.text))
    empty = {one.slot for one in answer.told if not one.value}
    for (slot, about), (value, _) in scene.mind.counters.told.get(scene.speaker, {}).items():
        if slot in empty and (owned_up or ("not" in reserves and said & set(terms(value)))):
            yield SelfDisclosure(slot, about)


def _was_said(claim: Change, put: str, turn: Turn, reserves: frozenset[str]) -> bool:
    """Return whether the line states a claim that a model put in words of its own: its ends, its words, its not."""
    scene, names = turn.scene, turn.scene.projections.names
    texts = [turn.reading.text, *(part for x in scene.exchanges[-1:] for part in (x.reading.text, x.line.text))]
    named = {mention.entity for mention in names.find(texts[0])}
    lately = {mention.entity for text in texts for mention in names.find(text)}
    ends = {claim.subject, claim.object} & set(scene.projections.compiled.entities)
    if scene.npc in ends or not ends & named or not ends <= lately | {scene.speaker}:
        return False
    if claim.holds == ("not" in reserves):
        return False
    own = put
    for mention in reversed(names.find(put)):
        own = own[: mention.start] + " " + own[mention.end :]
    return set(terms(own)) <= set(terms(turn.reading.text))


# -- what was told -------------------------------------------------------------------------------------


def _told(plan: Plan, answer: Answer, scene: Scene, turn: Turn) -> Plan:
    """Return the plan with the facts that were said, and without those that were not."""
    said = set(terms(" ".join(answer.said)))
    kept = [fact for fact in plan.facts if plan.polarity is not None or _is_voiced(fact.wording, said)]
    held = {fact.id for fact in kept}
    for fact in _facts(answer, scene, turn):
        if fact.id not in held and _is_voiced(fact.wording, said):
            held.add(fact.id)
            kept.append(fact)
    move = "answer" if kept and plan.move in ("unknown", "unknown_name", "confused") else plan.move
    return replace(plan, facts=tuple(kept), move=move)


def _facts(answer: Answer, scene: Scene, turn: Turn) -> Iterator[Fact]:
    """Yield what an answer is about, as far as it is believed and may be told."""
    open_ones = {f"secret:{one.id}": one for one in scene.persona.secrets if one not in closed(scene)}
    for id in answer.about:
        ids = [fact.replace(" ", ".") for fact in open_ones[id].facts] if id in open_ones else [id]
        for one in ids:
            belief = scene.mind.beliefs.stance(one)
            for told in tellable([belief], scene.company) if belief is not None else ():
                yield fact_of(told, scene, turn.language)


def _is_voiced(wording: str, said: set[str]) -> bool:
    wanted = set(terms(wording))
    return not wanted or len(wanted & said) / len(wanted) >= VOICED


# -- what is kept back ---------------------------------------------------------------------------------


def _kept(plan: Plan, answer: Answer, reading: Reading, scene: Scene) -> tuple[Plan, bool]:
    """Return the plan with the secret that was asked after and that code had not noticed, and whether there is one.

    Where nothing was said yet, what is said is decided again.
    """
    shut = {f"cover:{one.id}": one for one in closed(scene)}
    near = next((shut[id] for id in answer.about if id in shut), None)
    noticed = {one.secret for one in plan.withheld}
    if near is None or near.id in noticed or not (acts()[reading.main.kind].question or not answer.said):
        return plan, False
    again = deflect(near, scene, reading.language)
    if not answer.said:
        return replace(again, before=plan.before, listener=plan.listener, mood=plan.mood), True
    withheld = (*plan.withheld, Withheld(near.id, "conditions not met"))
    return replace(plan, withheld=withheld, reasons=(*plan.reasons, *again.reasons)), True


# -- what it moves -------------------------------------------------------------------------------------


def _moved(plan: Plan, answer: Answer, reading: Reading, scene: Scene) -> tuple[FeelingChange, ...]:
    """Return how feelings move: as code has it, and at most a step where the model feels what code does not."""
    kind = reading.main.kind
    changes = list(reaction(kind, plan, scene))
    moved = {change.aspect for change in changes}
    felt = scene.mind.feelings.toward(scene.speaker)
    tired = stale(kind, scene)
    for aspect in FELT:
        step = answer.feel.get(aspect, 0)
        if not step or aspect in moved or (step > 0 and tired):
            continue
        amount = step * STEPS[aspect] * worn(kind, scene)
        if step > 0 and aspect in ("affinity", "trust"):
            amount *= 1 - max(0.0, getattr(felt, aspect))
        if abs(amount) >= 0.0005:
            changes.append(FeelingChange(scene.npc, scene.speaker, aspect, round(amount, 4)))
    return tuple(changes)


def _noted(answer: Answer, turn: Turn) -> str:
    """Return what the NPC notes for themself, where it is about what was said: of nobody and no number beside it."""
    note = answer.remember[:LONGEST_NOTE]
    heard = " ".join((turn.reading.text, *answer.said))
    names = turn.scene.projections.names
    spoken_of = {mention.entity for mention in names.find(heard)} | {turn.scene.npc, turn.scene.speaker}
    if not note or {mention.entity for mention in names.find(note)} - spoken_of:
        return ""
    wanted = set(terms(note))
    shared = wanted & set(terms(heard))
    return note if wanted and 2 * len(shared) >= len(wanted) else ""
