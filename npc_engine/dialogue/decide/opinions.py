"""What an NPC thinks of somebody: asked in many words, answered from what it concluded and what it feels."""

from __future__ import annotations

from collections.abc import Iterator

from npc_engine.dialogue.query import Term
from npc_engine.dialogue.scene import Scene
from npc_engine.dialogue.types import Phrase, Plan, Reading
from npc_engine.mind import Feeling, Memory, Recalled
from npc_engine.mind.conclusions import Conclusion, conclusions
from npc_engine.mind.discretion import kept_back
from npc_engine.text import Language, join_sentences, localized

EITHER_WAY = 0.15
"""Affinity or trust, up or down, from which someone would say that they like or trust another, or that they don't."""
AFRAID = 0.25
"""Fear from which someone would say that they are afraid."""
KNOWN = 0.15
"""Familiarity below which another is a stranger, whom nothing is thought of."""
WEIGHTY = 0.1
"""How much a conclusion must have moved a feeling to settle by itself whether it is one way or the other."""
MOST = 2
"""Conclusions that are told in one answer."""

_ASPECTS = {"trust": "trust", "mistrust": "trust", "like": "affinity", "dislike": "affinity"}
_PHRASES = {"trust": ("trusted", "mistrusted"), "affinity": ("liked", "disliked"), "fear": ("feared", "unafraid")}


def opinion(reading: Reading, scene: Scene) -> Plan | None:
    """Return the answer to what somebody is thought of; None where of a third person nothing is.

    What was concluded of them is told, and settles yes or no where it weighs much; what is felt does otherwise.
    """
    if reading.main.opinion is None:
        return None
    kind, whom = reading.main.opinion
    felt = scene.mind.feelings.toward(whom)
    thought = list(_concluded(whom, scene))
    if whom != scene.speaker and felt == Feeling() and not thought:
        return None
    if kind in ("fear", "no_fear"):
        said, verdict, backed = _afraid(felt, thought)
    elif kind in _ASPECTS:
        said, verdict, backed = _either_way(_ASPECTS[kind], felt, thought)
    else:
        said, verdict, backed = _all_in_all(felt, thought)
    turned = kind in ("mistrust", "dislike", "no_fear")
    told = [Phrase(key, {"whom": Term("", entity=whom)}) for key in said]
    grounds = [_says(one, whom, scene, reading.language) for one, _ in backed]
    return Plan(
        "answer",
        polarity=verdict if verdict is None or not turned else not verdict,
        says=(*grounds, *told) if kind == "view" else (*told, *grounds),
        memory=Recalled(backed[0][1], 0.0, {}) if backed else None,
        reasons=("asked:opinion", *(f"concluded:{one.id}" for one, _ in backed)),
    )


def remark(reading: Reading, scene: Scene) -> str:
    """Return what was concluded of a third person, to be told beside what is known of them; may be empty."""
    if reading.main.opinion is None or reading.main.opinion[1] == scene.speaker:
        return ""
    whom = reading.main.opinion[1]
    thought = list(_concluded(whom, scene))[:MOST]
    return join_sentences([_says(one, whom, scene, reading.language) for one, _ in thought], reading.language)


Thought = list[tuple[Conclusion, Memory]]


def _concluded(whom: str, scene: Scene) -> Iterator[tuple[Conclusion, Memory]]:
    """Yield what the NPC concluded of somebody and may say before all who hear it, the latest first."""
    memories = scene.mind.memories
    of_them = [(event_id, which) for (which, who), event_id in scene.mind.counters.concluded.items() if who == whom]
    for event_id, which in sorted(of_them, reverse=True):
        conclusion = conclusions().get(which)
        if conclusion is None or event_id not in memories.event_ids:
            continue
        memory = memories[memories.event_ids.index(event_id)]
        if kept_back(memory, scene.company) is None:
            yield conclusion, memory


def _says(conclusion: Conclusion, whom: str, scene: Scene, language: Language) -> str:
    if whom == scene.speaker:
        return localized(conclusion.to_them, language)
    return conclusion.says(scene.wording.name(whom, language), language)


def _either_way(aspect: str, felt: Feeling, thought: Thought) -> tuple[list[str], bool | None, Thought]:
    """Return what to say of liking or trusting somebody: phrases, yes or no, and the conclusions that speak for it."""
    level = getattr(felt, aspect)
    verdict = None if abs(level) < EITHER_WAY else level > 0
    for one, _ in thought:
        if abs(one.feelings.get(aspect, 0.0)) >= WEIGHTY:
            verdict = one.feelings[aspect] > 0
            break
    if verdict is None:
        return [_open(felt, thought)], None, []
    backed = [(one, memory) for one, memory in thought if one.feelings.get(aspect, 0.0) * (1 if verdict else -1) > 0]
    return [_PHRASES[aspect][0 if verdict else 1]], verdict, backed[:MOST]


def _afraid(felt: Feeling, thought: Thought) -> tuple[list[str], bool | None, Thought]:
    verdict = felt.fear >= AFRAID
    backed = [(one, memory) for one, memory in thought if one.feelings.get("fear", 0.0) > 0] if verdict else []
    return [_PHRASES["fear"][0 if verdict else 1]], verdict, backed[:MOST]


def _all_in_all(felt: Feeling, thought: Thought) -> tuple[list[str], None, Thought]:
    """Return what to say of somebody altogether: what was concluded, then what is felt most."""
    said = ["feared"] if felt.fear >= AFRAID else []
    for aspect in ("affinity", "trust"):
        _, verdict, _ = _either_way(aspect, felt, thought)
        if verdict is not None:
            said.append(_PHRASES[aspect][0 if verdict else 1])
    if not said and not thought:
        said = [_open(felt, thought)]
    return said[:MOST], None, thought[:MOST]


def _open(felt: Feeling, thought: Thought) -> str:
    return "undecided" if felt.familiarity >= KNOWN or thought else "stranger"
