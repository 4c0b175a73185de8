"""What a large model writes round its speech, cut off so that the speech can be kept: labels, gestures, marks."""

from __future__ import annotations

import re

from npc_engine.dialogue.check.tables import Tables, plain, tables
from npc_engine.lang import pack
from npc_engine.persona import Persona
from npc_engine.text import Language, fold

_SPANS = re.compile(
    r"\*\*?([^*]{1,200})\*\*?|\(([^()]{1,200})\)|（([^（）]{1,200})）|\[([^\[\]]{1,200})\]|_([^_]{2,80})_"
)
_OPEN_SPAN = re.compile(r"^[*(（\[][^*)）\]]{1,200}$")
_MARKS = re.compile(r"^(?:[>#]+\s+)|[`*#|]+|</?\w+>")
_QUOTED = re.compile(r"[“\"「『]([^”\"」』]+)[”\"」』]?")
_QUOTES = '“”"「」『』'


def trimmed(sentence: str, name: str, persona: Persona, language: Language) -> str:
    """Return what is speech of a sentence; empty where none of it is.

    A name before it, gestures in marks and told ones ('Mira smiles.') go, as do marks of their own; words that are only
    stressed stay. A persona with stage directions keeps theirs.
    """
    words = tables(language)
    text = _unlabelled(sentence.strip(), name, persona, language)
    if not persona.voice.stage_directions:
        text = "" if _OPEN_SPAN.match(text) else _SPANS.sub(lambda match: _kept(match, text, words, language), text)
        text = _MARKS.sub("", text)
    text = " ".join(text.split()).strip(" ,，")
    text = _spoken(text, name, persona, words, language)
    return text if any(letter.isalnum() for letter in text) else ""


def _unlabelled(text: str, name: str, persona: Persona, language: Language) -> str:
    """Return a text without the name of who speaks before it."""
    own = {name, *persona.aliases.get(language, ()), persona.id}
    for one in sorted(filter(None, own), key=len, reverse=True):
        label = re.match(
            rf"[*_\[(（“\"]*{re.escape(one)}[*_\])）]*\s*(?:[（(][^）)]*[)）])?\s*[:：][*_]*\s*", text, re.IGNORECASE
        )
        if label:
            return text[label.end() :]
    return text


def _kept(match: re.Match[str], text: str, words: Tables, language: Language) -> str:
    """Return what stays of something in marks: a word that is only stressed."""
    inner: str = next(group for group in match.groups() if group is not None)
    stressed = match.group()[0] in "*_" and (pack(language).spaced or match.group().startswith("**"))
    inside = bool(text[: match.start()].strip()) and bool(text[match.end() :].strip(" .!?。！？"))
    tells = bool(words.words_pattern("gestures").search(fold(inner)))
    whole = not text[: match.start()].strip(_QUOTES + " ") and not text[match.end() :].strip(" .!?。！？")
    if stressed and not tells and (inside or not pack(language).spaced or whole or len(inner.split()) < 3):
        return inner
    return " " if pack(language).spaced else ""


def _spoken(text: str, name: str, persona: Persona, words: Tables, language: Language) -> str:
    """Return what is said in a sentence that tells of its saying: 'Morning,' she says, wiping her hands."""
    telling = _tells_of(text, name, persona, words)
    quoted: list[str] = [one.strip() for one in _QUOTED.findall(text)]
    if telling is None:
        bare = text.strip()
        if bare[:1] in _QUOTES and bare[-1:] in _QUOTES and len(quoted) == 1:
            return quoted[0]
        if sum(mark in text for mark in _QUOTES) and (text.count('"') % 2 or text.count("“") != text.count("”")):
            return text.strip(_QUOTES + " ")
        return text
    said = " ".join(quoted) if quoted else text[: telling.start()].strip(_QUOTES + " ,，") if telling.start() else ""
    if said and said[-1] not in ".!?…。！？":
        said = said.rstrip(",，") + ("." if pack(language).spaced else "。")
    return said


def _tells_of(text: str, name: str, persona: Persona, words: Tables) -> re.Match[str] | None:
    """Return where a sentence tells of the NPC as of somebody else, by name or pronoun."""
    told = plain(text)
    own = "|".join(re.escape(fold(one)) for one in filter(None, (name, words.by_key("pronouns", persona.pronoun))))
    gestures, says = words.words_pattern("gestures").pattern, words.words_pattern("says").pattern
    if not own or any(fold(name) in fold(reply) for one in persona.voice.samples for reply in one.reply.values()):
        own = re.escape(words.by_key("pronouns", persona.pronoun)) or r"(?!)"
    if not words.spaced:
        return re.search(rf"^(?:{own})[^，。！？“「]{{0,6}}?{gestures}|[”」』][，,]?\s*(?:{own}).{{0,8}}?{says}", told)
    adverb = r"(?: \w+ly| just| only)?"
    begins = rf"^(?:{own}){adverb} {gestures}"
    after = rf"(?<=[\"”'’,]) ?(?:(?:{own}){adverb} {says}|{says} (?:{own})\b)"
    return re.search(f"{begins}|{after}", told)
