"""What is said about talk itself: asking what others said, and asking to keep what one says to oneself."""

from __future__ import annotations

from collections.abc import Iterable

from npc_engine.dialogue.scene import Context
from npc_engine.dialogue.words import Words, found_in
from npc_engine.text import fold, terms
from npc_engine.world.names import Mention

_WHOM = "{whom}"
_LEADS = " ,.;:!，。；：！—-"


def reported(text: str, context: Context, cues: Words) -> frozenset[str]:
    """Return whose words are asked for: 'What did Bram say?'; nobody where that is not asked."""
    return _with_whom("reported", text, context.names.find(text), context, cues) - {context.npc}


def about_nothing_else(text: str, context: Context, cues: Words) -> bool:
    """Tell whether it is asked what somebody said, whatever it was: not 'What did Bram say about the mill?'"""
    mentions = [one for one in context.names.find(text) if one.entity in reported(text, context, cues)]
    if len(mentions) != 1:
        return False
    framed = _framed(text, mentions[0])
    for kind in ("reported", "when_said"):
        for cue in sorted(cues.cues[kind], key=len, reverse=True):
            if found_in(cue, framed, cues.language):
                framed = framed.replace(fold(cue), " ", 1)
    return not terms(framed)


def talked(text: str, cues: Words) -> bool:
    """Tell whether it is asked what was talked of: 'What did you talk about?'"""
    return cues.cued("talked", text)


def without_confiding(text: str, cues: Words) -> str:
    """Return a text without what asks to keep it: 'Between you and me, …'; as it is where nothing or all of it does."""
    folded = fold(text) if len(fold(text)) == len(text) else text.lower()
    for cue in sorted(cues.cues["confide"], key=len, reverse=True):
        if found_in(cue, text, cues.language):
            at = folded.find(fold(cue))
            rest = f"{text[:at].rstrip()} {text[at + len(cue) :].lstrip(_LEADS)}".strip()
            return rest if rest.strip(_LEADS) else text
    return text


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
        if any(found_in(cue, framed, cues.language) for cue in cues.cues[kind]):
            found.add(mention.entity)
    return frozenset(found)


def _framed(text: str, mention: Mention) -> str:
    """Return a text, folded, with `{whom}` in the place of a name."""
    folded = fold(text) if len(fold(text)) == len(text) else text.lower()
    return f"{folded[: mention.start]}{_WHOM}{folded[mention.end :]}"
