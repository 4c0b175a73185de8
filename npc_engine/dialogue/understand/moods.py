"""In which mood a stretch is to be answered: how its speaker is by what it tells, and in what tone it is said."""

from __future__ import annotations

from npc_engine.acts import acts
from npc_engine.dialogue.scene import Context
from npc_engine.dialogue.types import Act
from npc_engine.dialogue.understand import about_self
from npc_engine.dialogue.understand.contract import LabelledStretch
from npc_engine.lang import pack, words_of
from npc_engine.text import Language

TOLD = 0.55
"""Confidence of the ear from which a tone is answered: what is said to it fits much."""
BOLDLY = 0.7
"""The same where an answer to it would hurt if it was misheard."""
_BOLD = frozenset({"playful", "rude", "kind", "glad", "relieved", "in_love", "angry", "poor", "uneasy", "bored"})
"""Tones whose answers go wrong where something else was meant."""
MOODS = frozenset({
    "grief", "heartache", "hurt", "tired", "bored", "afraid", "sad", "ashamed", "angry", "mishap", "poor", "glad",
    "relieved", "in_love",
})  # fmt: skip
"""Tones that show how a speaker is."""
_TASTES = frozenset({"likes", "dislikes", "belief", "skill", "possession"})
"""What people tell of themselves that says nothing of how they are."""
_FELT = frozenset({
    "tell_fact", "tell_news", "confess", "remark", "complain", "request_help", "beg", "confide", "show", "part",
})  # fmt: skip
"""What else people do by words that show how they are."""
_OF_WHAT_IS_TOLD = {"hurt": "hurt", "lost": "grief"}
"""How somebody is who tells something of a slot, in whatever words: 'my knee is killing me'."""
_OF_ONESELF = frozenset({"afraid", "tired", "bored", "in_love", "hurried", "ashamed", "angry", "poor", "lost"})
"""Moods that are met only where they are the speaker's own."""


def mood_of(act: Act, part: str, heard: LabelledStretch, context: Context, language: Language) -> str:
    """Return how the speaker is by what a stretch tells; how others feel of whom they tell is not how they do."""
    told = next((_OF_WHAT_IS_TOLD[one.slot] for one in act.told if one.slot in _OF_WHAT_IS_TOLD), "")
    if told:
        return told
    mood = about_self.mood(part, language) if _shows_mood(act, part, context, language) else ""
    if mood and heard.mood in MOODS and heard.mood_confidence >= BOLDLY:  # 'She passed in March.'
        mood = heard.mood or mood
    return "" if mood in _OF_ONESELF and _of_others(part, language) else mood


def _shows_mood(act: Act, part: str, context: Context, language: Language) -> bool:
    """Return whether a stretch may show how its speaker is: by telling of them, or of nobody the world knows."""
    if act.kind == "tell_self":
        return act.topic not in _TASTES
    others = {mention.entity for mention in context.names.find(part)} - {context.npc, context.speaker}
    told = act.kind in ("tell_fact", "remark") and not others
    return told or (act.kind in _FELT and words_of(language).any_of(words_of(language).pronouns["i"], part))


def tone_of(act: Act, part: str, heard: LabelledStretch, language: Language) -> str:
    """Return in what tone a statement is made, as far as the ear can tell; empty where it can't, or none is made."""
    rule = acts()[act.kind]
    least = BOLDLY if heard.mood in _BOLD else TOLD
    if rule.question or rule.deed or heard.mood_confidence < least:
        return ""
    tone = heard.mood or ""
    of_others = tone in _OF_ONESELF and _of_others(part, language)
    return "" if of_others or (tone in MOODS and about_self.denies_mood(part, language)) else tone


def _of_others(part: str, language: Language) -> bool:
    """Return whether a stretch speaks of others than its speaker alone."""
    words, third = words_of(language), pack(language).about_self["third"]
    return words.any_of(third, part) and not words.any_of(words.pronouns["i"], part)
