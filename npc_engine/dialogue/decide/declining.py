"""Declining to say something: in words that are true, unless the one who declines is a liar."""

from __future__ import annotations

from dataclasses import replace

from npc_engine.dialogue.decide.recollection import Recollection
from npc_engine.dialogue.scene import Scene
from npc_engine.dialogue.types import Plan, Reading, Withheld
from npc_engine.mind import Belief
from npc_engine.mind.discretion import Kept, Reason, as_told, denies, is_partial, lets_slip

REASONS: tuple[Reason, ...] = ("confided", "private", "overheard")
"""Why something is kept back that is no secret of an author's."""


def told_apart(recollection: Recollection, scene: Scene) -> tuple[Recollection, list[Belief], list[Kept]]:
    """Return what came to mind with what of it may be told here, and what is kept back beside secrets.

    Where who is meant must be kept back, so must all of it; a yes, a no or a number that rests on what is kept is none.
    """
    found = recollection.answer
    weighed = [as_told(belief, scene.company) for belief in recollection.beliefs]
    on_the_way = [as_told(belief, scene.company) for belief in found.via] if found else []
    free = [one for one in weighed if isinstance(one, Belief)]
    barred = [one for one in on_the_way if isinstance(one, Kept)]
    kept = [*(one for one in weighed if isinstance(one, Kept)), *barred]
    pairs = zip(weighed, recollection.beliefs, strict=True)
    if found and (kept or any(isinstance(one, Belief) and is_partial(one, held) for one, held in pairs)):
        recollection = replace(recollection, answer=replace(found, verdict=None, number=None))
    return recollection, [] if barred else free, [one for one in kept if one.reason != "secret"]


def declined(kept: Kept, reading: Reading, scene: Scene) -> Plan:
    """Return the plan of not saying what is kept back: why, without a word of what it is.

    Whose it is, is named to those who named them; the indiscreet let it slip. Liars claim not to know.
    """
    reasons: tuple[str, ...] = (f"kept:{kept.reason}",)
    if denies(scene.persona):
        phrase, reasons = "learned" if reading.main.kind == "tell_fact" else "unknown", (*reasons, "lie")
    elif kept.only_here:
        phrase = "not_here"
    elif lets_slip(kept, scene.persona):
        phrase, reasons = "lets_slip", (*reasons, "indiscreet")
    elif kept.whose == scene.speaker or kept.reason == "secret":
        phrase = "deflect"
    else:
        phrase = kept.reason
    named = kept.whose in reading.main.named or phrase == "lets_slip"
    return Plan(
        "deflect",
        phrase=phrase,
        whom=kept.whose if named and kept.whose != scene.speaker else None,
        withheld=(Withheld(kept.what, kept.reason),),
        reasons=reasons,
    )


def kept_before(reading: Reading, scene: Scene) -> Kept | None:
    """Return what was kept back a moment ago, where someone now only asks on: 'So it is true?'"""
    act = reading.main
    if not scene.exchanges or act.predicates or not (act.yes_no or act.question_word == "why"):
        return None
    before = scene.exchanges[-1]
    if set(act.named) - set(before.reading.main.named):
        return None
    given = {(withheld.reason, withheld.secret) for withheld in before.line.withheld}
    return next((Kept(reason, what=what) for reason in REASONS for why, what in given if why == reason), None)
