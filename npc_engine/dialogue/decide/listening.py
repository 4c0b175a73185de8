"""Showing that one listened: a statement nobody has words for is said back, with what invites the speaker to go on."""

from __future__ import annotations

from random import Random

from npc_engine.acts import acts
from npc_engine.dialogue.scene import Scene
from npc_engine.dialogue.types import LISTENED, SURELY, Act, Phrase, Plan, Reading
from npc_engine.lang import pack
from npc_engine.lang.tones import tones_of
from npc_engine.persona import PHRASES

ECHOED = "said:back"
"""The reason of a plan that says back what the speaker said."""
SAID_BACK = "said_back"
"""The phrase that says a statement back and no more, before something else."""
EAGER = 0.75
"""How often a statement that is understood is said back, where it can be and there are words for its kind."""
BRIEF = 4
"""Words, or twice as many characters, of a remark that says too little to be asked about: 'Cold tonight.'"""
STATED = frozenset({"tell_self", "tell_fact", "tell_news", "remark", "complain"})
"""Acts by which somebody states what need not be taken up as true."""
_TONED = STATED | {"report", "guess", "confess", "confide"}
"""Acts that are met in the tone in which they are done."""
_UNREPEATED = frozenset({"grief", "hurt", "sad", "afraid", "tired", "glad", "in_love", "bored"})
"""Tones that are met with no more than a word: what hurts is not said back."""
_OF_ANYTHING = frozenset({"tell_fact", "remark"})
"""Acts by which anything may be stated, so that what is said to their kind alone may miss what was said."""
_SETTLED = frozenset({"likes", "dislikes"})
"""What people tell of themselves that has answers of its own."""


def is_brief(act: Act, reading: Reading) -> bool:
    """Return whether an act is put in so few words that something else may be brought up after it."""
    speech = pack(reading.language)
    return len(speech.tokens(reading.text[slice(*act.span)])) <= (BRIEF if speech.spaced else 2 * BRIEF)


def _states(act: Act) -> bool:
    """Return whether an act states something, or is only guessed to be more than a statement."""
    rule = acts()[act.kind]
    other = rule.question or rule.deed or rule.light or rule.grave
    return act.kind in STATED or bool(act.echo and act.confidence < SURELY and not other)


def may_echo(act: Act, scene: Scene) -> bool:
    """Return whether an act can be said back, and the NPC did not say something back in their last line."""
    return bool(act.echo) and not (scene.exchanges and ECHOED in scene.exchanges[-1].line.reasons)


def met_in_tone(act: Act, reading: Reading, scene: Scene) -> Plan | None:
    """Return a plan that says a statement back, where it can be, and meets the tone of it; None where none is heard."""
    if act.mood or act.kind not in _TONED or act.tone not in tones_of(pack(reading.language)):
        return None
    met = Phrase(f"tell_{act.tone}" if f"tell_{act.tone}" in PHRASES else f"tone_{act.tone}")
    reasons = (f"act:{act.kind}", LISTENED, f"tone:{act.tone}")
    if may_echo(act, scene) and not is_brief(act, reading) and act.tone not in _UNREPEATED:
        return Plan("chat", says=(Phrase(SAID_BACK, {"value": act.echo}), met), reasons=(*reasons, ECHOED))
    return Plan("chat", says=(met,), reasons=reasons)


def listened(act: Act, reading: Reading, scene: Scene) -> Plan | None:
    """Return a plan that says a statement back, or else asks for more of it; None where it has an answer of its own.

    Nobody is echoed twice running.
    """
    if act.mood or not _states(act) or (act.kind == "remark" and is_brief(act, reading)):
        return None
    unsure = act.confidence < SURELY or act.kind in _OF_ANYTHING
    reasons = (f"act:{act.kind}", LISTENED)
    eager = Random(f"{scene.seed}/{scene.npc}/echo").random() < EAGER and act.topic not in _SETTLED
    if may_echo(act, scene) and (unsure or eager):
        return Plan("chat", says=(Phrase("heard_echo", {"value": act.echo}),), reasons=(*reasons, ECHOED))
    return Plan("chat", phrase="heard", reasons=reasons) if unsure else None


def felt_beside(reading: Reading) -> Phrase | None:
    """Return a word on the mood that was told beside a question which nobody can answer; None where none was."""
    beside = (act for act in reading.acts if act is not reading.main and act.kind in STATED)
    return next((Phrase(f"tell_{act.mood}") for act in beside if act.mood), None)
