"""What a stretch tells of its speaker, or asks of what they told, and what is done by it then."""

from __future__ import annotations

from npc_engine.acts import acts
from npc_engine.dialogue.scene import Context
from npc_engine.dialogue.types import ASKING, Act, Reading, SelfDisclosure
from npc_engine.dialogue.understand import about_self
from npc_engine.lang import pack
from npc_engine.text import Language, fold

SPOKEN_OF = 3
"""For how many lines whoever was spoken of is meant by a pronoun."""
_OF_WORDS = frozenset({"half_known", "either"})
"""Questions after words that were said, in which a pronoun stands for nobody."""
CERTAIN = 0.9
"""Confidence of the ear from which somebody introduces themself though no name is found."""


def as_said(part: str, start: int, whole: Reading, context: Context) -> about_self.Said:
    """Return a stretch with what the speaker said before and after it."""
    before = [exchange.reading.text for exchange in context.exchanges[-SPOKEN_OF:]]
    return about_self.Said(
        part,
        part + whole.text[start:].partition(part)[2],
        (*before, whole.text[:start]),
        named=_named_before(context),
        is_known=lambda name: any(True for _ in context.names.find(name)),
    )


def told(said: about_self.Said, topic: str, language: Language, kind: str) -> tuple[SelfDisclosure, ...]:
    """Return what a stretch, by which an act of a `kind` is done, tells of its speaker."""
    asks = acts()[kind].question and _put_as_question(said.text, language)
    return about_self.told(said, topic, language, kind, asking=asks)


def asked(said: about_self.Said, act: Act, context: Context, language: Language) -> SelfDisclosure | None:
    """Return what a speaker asks of what they told; None where they tell something, or ask it of the world."""
    if {one.slot for one in act.told} - about_self.BESIDE:
        return None
    asking = acts()[act.kind].question or (said.text.rstrip().endswith(ASKING) and not act.told)
    own = about_self.asked(said, language, asking=asking)
    named = act.named
    if own is not None and own.slot in _OF_WORDS:  # 'it' is what was told
        named = tuple(mention.entity for mention in context.names.find(said.text))
    elsewhere = set(named) - {context.npc, context.speaker}
    if own is not None and own.slot != "yours" and elsewhere and (own.value or own.loose):
        return None  # somebody the world knows is asked of the world
    return own


def asking(own: SelfDisclosure) -> str:
    """Return what is done by asking for what was told, or to hear the hearer's last words once more."""
    return "ask_mean" if own.slot in ("again", "plainly") else "ask_talk"


def comes_back(kind: str, said: about_self.Said, context: Context, language: Language) -> bool:
    """Return whether a stretch begins a talk as somebody does who was here before."""
    return not context.exchanges and not acts()[kind].question and about_self.comes_back(said.text, language)


def telling(kind: str, found: tuple[SelfDisclosure, ...], sure: float, others: dict[str, float]) -> str:
    """Return what is done by a stretch that tells of its speaker; who gives no name introduces nobody.

    `sure` is the ear's confidence, `others` what else it may have heard.
    """
    if kind == "introduce" and not any(one.slot in ("name", "surname") for one in found):
        if found:
            return "tell_self"
        likely = {p: other for other, p in others.items() if other != "introduce"}
        return likely[max(likely)] if likely and sure < CERTAIN else kind
    slots = {one.slot for one in found} - about_self.BESIDE
    if not slots or kind in ("introduce", "correct"):
        return kind
    if "name" not in slots or (kind == "tell_self" and slots != {"name"}):
        return "tell_self"
    return "correct" if kind in ("disagree", "no") else "introduce"


def _named_before(context: Context) -> bool:
    """Return whether the speaker told their name a moment ago, or was called by it."""
    before = context.exchanges[-1].reading.acts if context.exchanges else ()
    return any(one.slot == "name" for act in before for one in (*act.told, *([act.own] if act.own else [])))


def _put_as_question(part: str, language: Language) -> bool:
    """Return whether a stretch has the form of a question, or its mark."""
    return part.endswith(ASKING) or pack(language).puts_question(fold(part))
