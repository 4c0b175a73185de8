"""What is said about talk itself: asking what others said, and asking to keep what one says to oneself."""

from __future__ import annotations

from collections.abc import Iterable

from npc_engine.dialogue.scene import Context
from npc_engine.dialogue.understand.rules.linking import without_names
from npc_engine.lang import Words
from npc_engine.text import fold, terms
from npc_engine.world.names import Mention

_WHOM = "{whom}"
_LEADS = " ,.;:!，。；：！—-"


def reported(text: str, context: Context, cues: Words) -> frozenset[str]:
    """Return whose words are asked for: 'What did Bram say?'; nobody where that is not asked."""
    return _with_whom("reported", text, context.names.find(text), context, cues) - {context.npc}


def asked_about(text: str, context: Context, cues: Words) -> frozenset[str]:
    """Return the terms of what it is asked whether somebody spoke of: 'mill' in 'What did Bram say about the mill?'

    There are none where it is asked what somebody said, whatever it was.
    """
    for mention in context.names.find(text):
        framed = _framed(text, mention)
        if not cues.cued("reported", framed):
            continue
        for kind in ("reported", "whispered", "when_said"):
            for cue in sorted(cues.cues.get(kind, ()), key=len, reverse=True):
                if cues.found(cue, framed):
                    framed = framed.replace(fold(cue), " ", 1)
        return frozenset(terms(framed))
    return frozenset()


def whispered(text: str, cues: Words) -> bool:
    """Return whether it is asked what was whispered or confided."""
    return cues.cued("whispered", text)


def without_question(text: str, cues: Words) -> str:
    """Return a text, folded, without the words that only make a question of it."""
    text = fold(text)
    for phrase in sorted((one for several in cues.question.values() for one in several), key=len, reverse=True):
        if cues.found(phrase, text):
            text = text.replace(fold(phrase), " ", 1)
    return text


def talked(text: str, cues: Words) -> bool:
    """Return whether it is asked what was talked of: 'What did you talk about?'"""
    return cues.cued("talked", text)


def without_confiding(text: str, context: Context, cues: Words) -> str:
    """Return a text without what asks to keep it: 'Between you and me, …'; nothing where it asks for that alone."""
    folded = (fold(text) if len(fold(text)) == len(text) else text.lower()).replace("’", "'")
    for cue in sorted(cues.cues.get("confide", ()), key=len, reverse=True):
        if cue in folded and cues.found(cue, folded):
            at = folded.find(cue)
            rest = f"{text[:at].rstrip()} {text[at + len(cue) :].lstrip(_LEADS)}".strip()
            return "" if _only_exempts(rest, context, cues) else rest
    return text


def _only_exempts(rest: str, context: Context, cues: Words) -> bool:
    """Return whether what stands beside asking to keep something says no more than who may know: 'but Kate, please'."""
    bare = fold(without_names(rest, context))
    for cue in cues.cues.get("exempt", ()):
        if cues.found(cue, bare):
            bare = bare.replace(cue, " ", 1)
    return cues.means_nothing(bare)


def passed_on(text: str, context: Context, cues: Words) -> frozenset[str]:
    """Return whom what is confided may be told all the same: 'Tell nobody but Kate.'"""
    return _with_whom("pass_on", text, context.names.find(text), context, cues)


def _with_whom(kind: str, text: str, mentions: Iterable[Mention], context: Context, cues: Words) -> frozenset[str]:
    """Return the people who are named where a cue of a kind has its `{whom}`."""
    found: set[str] = set()
    for mention in mentions:
        known = context.world.entities.get(mention.entity)
        if known is None or known.kind != "person":
            continue
        framed = _framed(text, mention)
        if cues.cued(kind, framed):
            found.add(mention.entity)
    return frozenset(found)


def _framed(text: str, mention: Mention) -> str:
    """Return a text, folded, with `{whom}` in the place of a name."""
    folded = fold(text) if len(fold(text)) == len(text) else text.lower()
    return f"{folded[: mention.start]}{_WHOM}{folded[mention.end :]}"
