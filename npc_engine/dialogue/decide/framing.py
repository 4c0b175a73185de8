"""How an answer begins: with yes or no, with how many there are, with what is not so or not known."""

from __future__ import annotations

from collections.abc import Sequence

from npc_engine.dialogue.decide.recollection import Recollection
from npc_engine.dialogue.query import Term
from npc_engine.dialogue.scene import Scene
from npc_engine.dialogue.types import Heard, Plan
from npc_engine.dialogue.words import words_of
from npc_engine.mind import Belief
from npc_engine.text import Language
from npc_engine.world.wording import number_words


def framed(heard: Heard, recollection: Recollection, told: Sequence[Belief], scene: Scene) -> Plan:
    """Give the plan of an answer but for its facts; `told` are the beliefs it will state."""
    found = recollection.answer
    if found is None:
        return Plan("answer")
    if found.instead:
        return Plan("answer", phrase="not_known", reasons=("asked:otherwise",))
    if found.verdict is not None:
        return Plan("answer", polarity=found.verdict)
    if found.number is not None and found.number == len(told) > 1:
        topic = number_words(found.number, heard.language)
        return Plan("answer", phrase="count", topic=topic, reasons=("asked:number",))
    if found.missing:
        topic = called(found.missing, scene, heard.language)
        return Plan("answer", phrase="partly", topic=topic, reasons=("asked:partly",))
    return Plan("answer")


def called(terms: Sequence[Term], scene: Scene, language: Language) -> str:
    """Give things by their names, or in the speaker's own words where they were not named."""
    names = [scene.wording.name(term.entity, language) if term.entity else term.text for term in terms]
    both = words_of(language).grammar["and"][0]
    return (f" {both} " if language == "en" else both).join(names)
