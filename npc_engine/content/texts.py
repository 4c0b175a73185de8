"""Texts and their languages: what is not translated, what is worded wrongly, what reads badly in a prompt."""

from __future__ import annotations

import re
from typing import Any

from npc_engine.content.common import check_common
from npc_engine.content.declared_names import DeclaredNames, Sources
from npc_engine.content.params import params_of
from npc_engine.content.schema import Text, several, texts_in
from npc_engine.content.spot import Findings, Spot
from npc_engine.content.templates import ACTION_SLOTS, FACT_SLOTS, slots_in, template_mistakes
from npc_engine.errors import did_you_mean, join_names
from npc_engine.lang import pack
from npc_engine.persona import PHRASES, Persona, occasion_of
from npc_engine.talking_points import FollowUp, Passage, Question, Sample, Story, Topic
from npc_engine.text import is_han, language_of, languages, words
from npc_engine.world.definitions import ActionDefinition, Beat, Entity, Predicate, WorldDefinition

MAX_SUMMARY_WORDS = 60
MAX_SUMMARY_HAN = 100

SCHEMA: dict[str, Any] = {
    "world.yaml": WorldDefinition,
    "places.yaml": list[Entity],
    "things.yaml": list[Entity],
    "predicates.yaml": list[Predicate],
    "actions.yaml": list[ActionDefinition],
    "story.yaml": list[Beat],
}
# Words that one language may have and another lack.
_OWN_TO_A_LANGUAGE = ("aliases", "never", "words")
_SLOTS = re.compile(r"\{[^{}]*\}")
_MAY_LACK = (Sample, Passage, Topic, FollowUp, Story, Question)
_LABELS = ("aliases", "words", "never", "traits")
_WIDE_COMMA = re.compile("[，、]")
_SAID_AS_WRITTEN = ("hint", "cover", "reveal", "comply", "refuse")


def check_texts(sources: Sources, names: DeclaredNames, findings: Findings) -> None:
    """Note every text that is missing in a language, and every template that names what is not there."""
    for path, spot in sources.spots.items():
        texts = list(texts_in(SCHEMA.get(path, Persona if path.startswith("personas/") else None), spot))
        for text in texts:
            _languages(text, names, findings)
        _copied([(text, same) for text in texts if (same := _same(text, names))], findings)
        _untranslated([(text, lacking) for text in texts if (lacking := _lacking(text, names))], findings)
    _wordings(sources, findings)
    check_common(sources, findings)
    for _, persona in sources.personas():
        _phrases(persona["phrases"], findings)
        for part in ("secrets", "offers"):
            for entry in persona[part]:
                for key in _SAID_AS_WRITTEN:
                    for _, _, said in entry[key].pairs():
                        _template(said, (), findings, forms=False)
        _secrets(persona["secrets"], names, findings)


def _languages(text: Text, names: DeclaredNames, findings: Findings) -> None:
    for language, key, value in text.spot.pairs():
        if language not in languages() and value.value is None:
            findings.wrong(key, f"a text with a comma in it needs quotes: {language!r} is taken for a language")
        elif language not in languages():
            near = did_you_mean(language, names.languages or languages())
            findings.wrong(key, f"unknown language {language!r}{near}")
        elif isinstance(value.value, str) and not value.value.strip():
            findings.wrong(value, f"`{text.name}` is empty in {pack(language).name}")
        elif text.name in ("summary", "role") and text.owner in (Persona, Entity):
            _length(text.name, value, findings)
        for entry in several(value) if text.many else [value]:
            _comma(text, entry, language, findings)


def _lacking(text: Text, names: DeclaredNames) -> list[str]:
    """Return the languages of the world that a text is not written in."""
    if not isinstance(text.spot.value, dict) or (text.many and text.name in _OWN_TO_A_LANGUAGE):
        return []
    if not text.required and not text.spot.value:
        return []
    return [language for language in names.languages if language not in text.spot.value]


def is_untranslated(key: str, text: str) -> bool:
    """Return whether a text under a key that stands in two languages was but copied: proper names and slots may be."""
    said = _SLOTS.sub("", text)
    if key == "names":
        return any(map(is_han, said)) or (said.islower() and said.isascii())
    return key not in _OWN_TO_A_LANGUAGE and (len(words(said)) > 1 or any(map(is_han, said)))


def _same(text: Text, names: DeclaredNames) -> list[str]:
    """Return the languages of the world in which a text stands as it does in another that it is in."""
    if not isinstance(text.spot.value, dict):
        return []
    told = {code: {entry.text for entry in several(text.spot[code])} for code in names.languages}
    copied = {said for code in told for other in told if code != other for said in told[code] & told[other]}
    copied = {said for said in copied if is_untranslated(text.name, said)}
    return [code for code, said in told.items() if any(language_of(each) != code for each in said & copied)]


def _copied(copied: list[tuple[Text, list[str]]], findings: Findings) -> None:
    """Note what stands in a language as it does in another: one text in its place, several in one line."""
    for language in dict.fromkeys(each for _, same in copied for each in same):
        texts = [text for text, same in copied if language in same]
        named = join_names(list(dict.fromkeys(f"`{text.name}`" for text in texts)))
        verb, it = ("stands", "it") if len(texts) == 1 else ("stand", "them")
        message = f"{named} {verb} in {pack(language).name} as in another language: translate {it}"
        findings.better(texts[0].spot[language], message)


def _untranslated(lacking: list[tuple[Text, list[str]]], findings: Findings) -> None:
    """Note what a file lacks in a language: one text in its place, several in one line, at the first of them."""
    if len(lacking) == 1:
        ((text, missing),) = lacking
        message = f"`{text.name}` is missing in {join_names([pack(each).name for each in missing])}"
        if _needed(text):
            findings.wrong(text.spot, f"{message}; add `{missing[0]}: …`")
        else:
            findings.better(text.spot, message)
        return
    for language in dict.fromkeys(each for _, missing in lacking for each in missing):
        texts = [text for text, missing in lacking if language in missing]
        needed = [text for text in texts if _needed(text)]
        kinds = list(dict.fromkeys(f"`{text.name}`" for text in texts))
        named = ", ".join(kinds[:3]) + (", …" if len(kinds) > 3 else "")
        message = (
            f"{len(texts)} texts are missing in {pack(language).name} ({named}): "
            f"`npc strings export WORLD --to {language}` lists them for a translator"
        )
        if needed:
            findings.wrong(needed[0].spot, message)
        else:
            findings.better(texts[0].spot, message)


def _needed(text: Text) -> bool:
    """Return whether nobody can do without a text; what people say of themselves may stand in one language alone."""
    return text.required and text.owner not in _MAY_LACK


def _comma(text: Text, entry: Spot, language: str, findings: Findings) -> None:
    """Note a full-width comma that was to part two entries, or that stands in a language that has none."""
    if not (found := _WIDE_COMMA.search(entry.text)):
        return
    speech = pack(language) if language in languages() else None
    wide = speech is not None and speech.full_width
    if text.many and entry.indent == 0 and (text.name in _LABELS or not wide):
        findings.better(entry, f"{entry.text!r} is one entry; entries are parted by ', '")
    elif not wide and not any(map(is_han, entry.text)):
        name = speech.name if speech else language
        message = f"{found[0]} is a full-width comma, which {name} does not have: write ', '"
        findings.better(entry, message, found.start())


def _length(name: str, value: Spot, findings: Findings) -> None:
    han = sum(is_han(character) for character in value.text)
    others = sum(not is_han(word[0]) for word in words(value.text))
    if han / MAX_SUMMARY_HAN + others / MAX_SUMMARY_WORDS > 1.1:
        length = f"{han} characters" if han > others else f"{others} words"
        most = f"{MAX_SUMMARY_HAN} characters" if han > others else f"{MAX_SUMMARY_WORDS} words"
        message = f"this `{name}` has {length}; it is read in every prompt, so keep it under {most}"
        findings.better(value, message)


def _wordings(sources: Sources, findings: Findings) -> None:
    used = _qualifiers_used(sources)
    for predicate in sources["predicates.yaml"]:
        for key in ("wording", "denial"):
            for _, _, text in predicate[key].pairs():
                if _template(text, FACT_SLOTS, findings, qualifiers=True):
                    _qualifier_slots(text, used.get(predicate["id"].text, set()), findings)
                if text.text.rstrip().endswith((".", "。")):
                    findings.better(text, "a wording is part of a sentence, and ends without a full stop")
    for action in sources["actions.yaml"]:
        for _, _, text in action["wording"].pairs():
            _template(text, (*ACTION_SLOTS, *params_of(action)), findings, forms=False)


def _template(
    text: Spot, slots: tuple[str, ...], findings: Findings, *, qualifiers: bool = False, forms: bool = True
) -> bool:
    """Return whether a template is sound, and note what is not."""
    mistakes = template_mistakes(text.text, slots, qualifiers=qualifiers, forms=forms)
    for offset, message in mistakes:
        findings.wrong(text, message, offset)
    return not mistakes


def _qualifiers_used(sources: Sources) -> dict[str, set[str]]:
    """Return the qualifiers that facts and beliefs give each predicate."""
    used: dict[str, set[str]] = {}
    entries = list(sources["facts.yaml"])
    for _, persona in sources.personas():
        entries += [*persona["beliefs"], *(secret["lie"] for secret in persona["secrets"])]
    for entry in entries:
        said = (entry.text or entry["fact"].text).split()
        if len(said) == 3:
            used.setdefault(said[1], set()).update(key for key, _, _ in entry["with"].pairs())
    for predicate in sources["predicates.yaml"]:  # what is said one way round follows the other
        one, other = predicate["id"].text, predicate["inverse"].text
        if other:
            used[one] = used[other] = used.get(one, set()) | used.get(other, set())
    return used


def _qualifier_slots(text: Spot, used: set[str], findings: Findings) -> None:
    for slot, offset in slots_in(text.text):
        if slot in FACT_SLOTS or slot in used or not slot.isidentifier():
            continue
        near = did_you_mean(slot, used)
        if near.startswith("; did"):
            findings.wrong(text, f"no fact has {{{slot}}} in its `with`{near}", offset)
        else:
            message = f"no fact has {{{slot}}} in its `with`, so nothing will stand here"
            findings.better(text, message, offset)


def _phrases(phrases: Spot, findings: Findings) -> None:
    for phrase, key, by_language in phrases.pairs():
        if (occasion := occasion_of(phrase)) is None:
            near = did_you_mean(phrase, PHRASES) or f"; there are {join_names(sorted(PHRASES))}"
            findings.wrong(key, f"unknown phrase {phrase!r}{near}")
            continue
        slots = tuple(re.findall(r"\{(\w+)\}", occasion))
        for language, spot, variants in by_language.pairs():
            count = 0
            for variant in several(variants):
                count += 1
                _template(variant, slots, findings, forms=False)
            if count == 1:
                name = pack(language).name if language in languages() else language
                findings.better(spot, f"`{phrase}` has one variant in {name}; with two or more it wears less")


def _secrets(secrets: Spot, names: DeclaredNames, findings: Findings) -> None:
    for secret in secrets:
        if not isinstance(secret.value, dict):
            continue
        missing = [pack(each).name for each in names.languages if not list(secret["words"][each])]
        if missing:
            message = f"this secret has no `words` that would give it away in {join_names(missing)}"
            findings.better(secret, message)
