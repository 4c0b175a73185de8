"""What an NPC thinks of somebody: asked in many words, answered from what it concluded and what it feels."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from random import Random

from npc_engine.dialogue.plan import Heard, Plan
from npc_engine.dialogue.scene import Scene
from npc_engine.dialogue.wording import YOU, Phrases
from npc_engine.dialogue.words import Words, words_of
from npc_engine.mind import Feeling, Memory, Recalled
from npc_engine.mind.conclusions import Conclusion, conclusions
from npc_engine.mind.discretion import kept_back
from npc_engine.text import Language, fold, join_sentences
from npc_engine.world.names import Mention

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

_WHOM = "{whom}"
_SENTENCE = re.compile(r"(?<=[.!?。！？])\s*")
_CLAUSE = re.compile(r"[,.;:!?…，。；：！？—]+")
_ASPECTS = {"trust": "trust", "mistrust": "trust", "like": "affinity", "dislike": "affinity"}
_PHRASES = {"trust": ("trusted", "mistrusted"), "affinity": ("liked", "disliked"), "fear": ("feared", "unafraid")}


# -- what is asked -------------------------------------------------------------------------------------


def opinion_asked(text: str, mentions: Iterable[Mention], scene: Scene, cues: Words) -> tuple[str, str] | None:
    """Give what an utterance asks of the NPC's feelings and toward whom, where a clause asks that and nothing more."""
    folded = fold(text) if len(fold(text)) == len(text) else text.lower()
    patterns = _patterns(cues.language)
    for clause in _clauses(folded, cues):
        if found := patterns.get(clause):
            return found, scene.speaker
    for mention in mentions:
        known = scene.views.cast.entities.get(mention.entity)
        if known is None or known.kind not in ("person", "group") or mention.entity == scene.npc:
            continue
        for clause in _clauses(f"{folded[: mention.start]}{_WHOM}{folded[mention.end :]}", cues):
            if found := patterns.get(clause):
                return found, mention.entity
    return None


@lru_cache(maxsize=4)
def _patterns(language: Language) -> dict[str, str]:
    """Give every way of asking with what it asks; of who asks, it is also known without a name."""
    cues = words_of(language)
    found: dict[str, str] = {}
    for kind, listed in cues.opinions.items():
        if kind not in ("aside", "me"):
            for pattern in listed:
                found[_bare(pattern, cues)] = kind
                for me in cues.opinions["me"]:
                    found[_bare(pattern.replace(_WHOM, me), cues)] = kind
    return found


def _clauses(text: str, cues: Words) -> Iterator[str]:
    """Give the clauses of the last question in a text, or of all of it where nothing is marked as one."""
    marked = [sentence for sentence in _SENTENCE.split(text) if sentence.endswith(("?", "？"))]
    text = marked[-1] if marked else text
    for clause in _CLAUSE.split(text):
        if clause.strip():
            yield _bare(clause, cues)


def _bare(clause: str, cues: Words) -> str:
    """Give a clause without the words that change nothing in it."""
    gap = "" if cues.language == "zh" else " "
    clause = _aside(cues.language).sub(gap, clause.replace("’", "'").replace("您", "你"))
    return gap.join(clause.split())


@lru_cache(maxsize=4)
def _aside(language: Language) -> re.Pattern[str]:
    listed = "|".join(map(re.escape, sorted(words_of(language).opinions["aside"], key=len, reverse=True)))
    return re.compile(listed if language == "zh" else rf"(?<![\w'])(?:{listed})(?!\w)")


# -- what is answered ----------------------------------------------------------------------------------


def opinion(heard: Heard, scene: Scene) -> Plan | None:
    """Give the answer to what somebody is thought of; None where of a third person nothing is.

    What was concluded of them is told, and settles yes or no where it weighs much; what is felt does otherwise.
    """
    if heard.opinion is None:
        return None
    kind, whom = heard.opinion
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
    phrases = Phrases(scene, heard.language, Random(f"{scene.seed}/{scene.npc}"))
    called = YOU[heard.language] if whom == scene.speaker else scene.wording.name(whom, heard.language)
    told = [phrases.of(key, whom=called) for key in said]
    grounds = [_says(one, whom, scene, heard.language) for one, _ in backed]
    sentences = [*grounds, *told] if kind == "view" else [*told, *grounds]
    return Plan(
        "answer",
        polarity=verdict if verdict is None or not turned else not verdict,
        fixed=join_sentences(sentences, heard.language),
        memory=Recalled(backed[0][1], 0.0, {}) if backed else None,
        reasons=("asked:opinion", *(f"concluded:{one.id}" for one, _ in backed)),
    )


def remark(heard: Heard, scene: Scene) -> str:
    """Give what was concluded of a third person, to be told beside what is known of them; may be empty."""
    if heard.opinion is None or heard.opinion[1] == scene.speaker:
        return ""
    whom = heard.opinion[1]
    thought = list(_concluded(whom, scene))[:MOST]
    return join_sentences([_says(one, whom, scene, heard.language) for one, _ in thought], heard.language)


Thought = list[tuple[Conclusion, Memory]]


def _concluded(whom: str, scene: Scene) -> Iterator[tuple[Conclusion, Memory]]:
    """Give what the NPC concluded of somebody and may say before all who hear it, the latest first."""
    memories = scene.mind.memories
    of_them = [(event_id, which) for (which, who), event_id in scene.mind.kept.concluded.items() if who == whom]
    for event_id, which in sorted(of_them, reverse=True):
        conclusion = conclusions().get(which)
        if conclusion is None or event_id not in memories.event_ids:
            continue
        memory = memories[memories.event_ids.index(event_id)]
        if kept_back(memory, scene.company) is None:
            yield conclusion, memory


def _says(conclusion: Conclusion, whom: str, scene: Scene, language: Language) -> str:
    if whom == scene.speaker:
        return conclusion.to_them[language]
    return conclusion.says(scene.wording.name(whom, language), language)


def _either_way(aspect: str, felt: Feeling, thought: Thought) -> tuple[list[str], bool | None, Thought]:
    """Give what to say of liking or trusting somebody: phrases, yes or no, and the conclusions that speak for it."""
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
    """Give what to say of somebody altogether: what was concluded, then what is felt most."""
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
