"""The first step of a turn: what was said, as the NPC takes it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from npc_engine.chronicle import Change
from npc_engine.dialogue.plan import Act, Heard
from npc_engine.dialogue.scene import Scene
from npc_engine.dialogue.words import Words, found_in, whole_words, words_of
from npc_engine.text import Language, fold, is_han, language_of, words
from npc_engine.world.names import Mention

LONGEST = 2000
"""Characters of one utterance that are listened to."""

_CAPITALISED = re.compile(r"(?<=[a-z,;:] )([A-Z][a-z]{2,}(?: [A-Z][a-z]{2,})*)")
_ASKED_FOR = re.compile(
    "(?:谁是|认识|听说过|知道)((?:(?![你我他她它的])[\u4e00-\u9fff·]){2,6}?)(?:吗|么|是谁|这个人|$|[？?。])"
    "|^((?:(?![你我他她它的])[\u4e00-\u9fff·]){2,6})是谁"
)


@dataclass(frozen=True, slots=True)
class _Cue:
    """A relation signalled by a word: where in the text, and how strongly."""

    predicate: str
    start: int
    weight: float
    value: str | None = None


def hear(text: str, scene: Scene) -> Heard:
    """Give what an NPC makes of an utterance: language, act, who and what is meant, what is asked or claimed."""
    text = " ".join(text[:LONGEST].split())
    language = language_of(text, scene.language or (scene.exchanges[-1].line.language if scene.exchanges else "en"))
    cues = words_of(language)
    named = scene.views.names.find(text, misspelt=True)
    mentions = sorted([*named, *_pronouns(text, cues, scene, named)], key=lambda mention: mention.start)
    signals = _signals(text, language, scene)
    asks = next((word for word, phrases in cues.question.items() if _any(phrases, text, language)), None)
    polar = asks is None and _polar(text, cues)
    actions, wholly = _actions(text, language, scene)
    ranked = _ranked(signals, asks, language, scene)
    act = _act(text, cues, asks, polar, wholly, bool(actions), bool(mentions and signals))
    heard = Heard(
        text=text,
        language=language,
        act=act,
        entities=tuple(dict.fromkeys(mention.entity for mention in mentions)),
        predicates=tuple(ranked),
        values=tuple((cue.predicate, cue.value) for cue in signals if cue.value is not None),
        asks=asks,
        polar=polar,
        actions=actions,
        unknown=_unknown_name(text, language, named, cues),
    )
    if act == "question":
        heard = _continued(heard, scene, cues)
    subject, object_ = _roles(mentions, signals, heard)
    heard = replace(heard, subject=subject, object=object_)
    if act == "statement":
        heard = replace(heard, claims=_claims(heard, mentions, signals, cues, scene))
    return heard


def _any(phrases: list[str] | tuple[str, ...], text: str, language: Language) -> bool:
    return any(found_in(phrase, text, language) for phrase in phrases)


def _polar(text: str, cues: Words) -> bool:
    if cues.language == "zh":
        return _any(cues.polar, text, "zh") or bool(re.search(r"(.)[不没]\1", text))
    opening = words(text)[:3]
    asks = text.rstrip().endswith("?")
    return bool(opening) and (opening[0] in cues.polar or (asks and any(w in cues.polar for w in opening)) or asks)


def _actions(text: str, language: Language, scene: Scene) -> tuple[tuple[str, ...], bool]:
    """Give the actions that words of the text ask for, the longest words first, and whether they are most of it."""
    found: list[tuple[int, str]] = []
    for action in scene.actions.values():
        longest = max((len(p) for p in action.words.get(language, ()) if found_in(p, text, language)), default=0)
        if longest:
            found.append((longest, action.id))
    found.sort(key=lambda entry: -entry[0])
    return tuple(action for _, action in found), bool(found) and found[0][0] * 2 > len(text)


def _act(text: str, cues: Words, asks: str | None, polar: bool, wholly: bool, acting: bool, stating: bool) -> Act:
    """Give what the speaker is doing, the weightiest reading first.

    `acting`: words of an action stand in the text, `wholly`: as most of it; `stating`: things and a relation do.
    """
    asking = bool(asks or polar)
    marked = text.rstrip().endswith(("?", "？"))
    if cues.cued("fiction", text):
        return "fiction"
    plain = cues.plainly(text)
    if cues.cued("threat", plain):
        return "threat"
    if cues.cued("insult", plain):
        return "insult"
    requesting = cues.cued("request", text)
    if acting and not asks and (requesting or wholly or not (stating or asking)):
        return "request"
    if cues.cued("remember", text) or cues.cued("news", text):
        return "question"
    short = len(words(text)) <= 5 if cues.language == "en" else len(text) <= 8
    social: tuple[Act, ...] = ("thanks", "farewell", "greeting", "compliment")
    for kind in social:
        if cues.cued(kind, plain) and (short or not (stating or asking)):
            return kind
    if asking or marked or (cues.cued("about", text) and not stating):
        return "question"
    if short and cues.begins("agreement", text):
        return "agreement"
    if requesting and not stating:
        return "request"
    return "statement" if stating else "small_talk"


def _pronouns(text: str, cues: Words, scene: Scene, named: list[Mention]) -> list[Mention]:
    """Give whom pronouns mean: the two who talk, or who was last spoken of."""
    found: list[Mention] = []
    folded = fold(text)
    for person, forms in cues.pronouns.items():
        for form in sorted(forms, key=len, reverse=True):
            at = _position(form, folded, cues.language)
            if at is None or any(mention.start <= at < mention.end for mention in (*named, *found)):
                continue
            if person not in ("i", "you") and any(mention.start == at + len(form) + 1 for mention in named):
                continue  # 'his ale': it is the ale that is meant
            entity = {"i": scene.speaker, "you": scene.npc}.get(person) or _last(person, scene)
            if entity:
                found.append(Mention(entity, at, at + len(form), exact=False))
                break
    return found


def _position(form: str, folded: str, language: Language) -> int | None:
    if language == "zh":
        at = folded.find(form)
        if at >= 0 and folded[at + 1 : at + 2] == "们" and not form.endswith("们"):
            return None
        return at if at >= 0 else None
    match = whole_words(form).search(folded)
    return match.start() if match else None


def _last(pronoun: str, scene: Scene) -> str | None:
    """Give who or what a third-person pronoun most likely means, from the turns before."""
    for exchange in reversed(scene.exchanges[-4:]):
        spoken_of = [
            *(
                part
                for fact in exchange.line.facts
                for part in (fact.belief.statement.subject, fact.belief.statement.object)
            ),
            *reversed(exchange.heard.entities),
        ]
        for candidate in spoken_of:
            entity = scene.views.cast.entities.get(candidate)
            if entity is None or candidate in (scene.npc, scene.speaker):
                continue
            if pronoun == "there":
                if entity.kind == "place":
                    return candidate
            elif entity.pronoun == pronoun and (pronoun != "it" or entity.kind != "person"):
                return candidate
    return None


def _signals(text: str, language: Language, scene: Scene) -> list[_Cue]:
    """Give the relations that words of the text signal, longer cues weighing more."""
    folded = fold(text)
    found: list[_Cue] = []
    for predicate in scene.views.cast.predicates.values():
        best: _Cue | None = None
        for phrase in predicate.words.get(language, ()):
            at = _position_of(phrase, folded, language)
            if at is not None:
                weight = _weight(phrase, language)
                if best is None or weight > best.weight:
                    best = _Cue(predicate.id, at, weight)
        if best:
            found.append(best)
        for value_id, value in predicate.values.items():
            phrases = [*value.words.get(language, ()), *value.names.values()]
            hits = [(phrase, at) for phrase in phrases if (at := _position_of(phrase, folded, language)) is not None]
            if hits:
                phrase, at = max(hits, key=lambda hit: len(hit[0]))
                found.append(_Cue(predicate.id, at, _weight(phrase, language) + 0.5, value_id))
    return sorted(found, key=lambda cue: -cue.weight)


def _weight(phrase: str, language: Language) -> float:
    length = len(phrase) / 2 if language == "zh" else len(phrase.split())
    return 1.0 + 0.3 * (length - 1)


def _position_of(phrase: str, folded: str, language: Language) -> int | None:
    phrase = fold(phrase)
    if not phrase:
        return None
    if is_han(phrase[0]):
        at = folded.find(phrase)
        return at if at >= 0 else None
    if phrase not in folded:  # far quicker than the search below, and nearly always so
        return None
    match = whole_words(phrase).search(folded)
    return match.start() if match else None


def _ranked(signals: list[_Cue], asks: str | None, language: Language, scene: Scene) -> list[str]:
    """Order predicates by how strongly they are signalled; those that answer the question word come first."""
    strength: dict[str, float] = {}
    for cue in signals:
        strength[cue.predicate] = strength.get(cue.predicate, 0.0) + cue.weight
    if signals and language == "en":
        # the verb that is asked about comes first: 'What do you need to mend the bridge?'
        strength[min(signals, key=lambda cue: cue.start).predicate] += 0.8
    for predicate in strength:
        if asks and asks in scene.views.cast.predicates[predicate].asks:
            strength[predicate] += 0.75
    return sorted(strength, key=lambda predicate: -strength[predicate])


def _continued(heard: Heard, scene: Scene, cues: Words) -> Heard:
    """Fill in what a follow-up leaves out: 'And Greta?' asks of Greta what was asked before."""
    brief = len(words(heard.text)) <= 4 if heard.language == "en" else len(heard.text) <= 8
    if not (brief and scene.exchanges and not heard.predicates and heard.entities):
        return heard
    last = scene.exchanges[-1].heard
    follows = cues.begins("about", heard.text) or heard.text.rstrip("？?").endswith("呢")
    if not (follows and last.act == "question" and last.predicates):
        return heard
    return replace(heard, predicates=last.predicates, values=last.values, asks=last.asks, polar=last.polar)


def _roles(mentions: list[Mention], signals: list[_Cue], heard: Heard) -> tuple[str | None, str | None]:
    """Give which named thing is the subject and which the object, by where they stand around the relation's word."""
    if not mentions:
        return None, None
    if not heard.predicates:
        return mentions[0].entity, None
    at = next((cue.start for cue in signals if cue.predicate == heard.predicates[0]), None)
    if at is None:
        return mentions[0].entity, mentions[1].entity if len(mentions) > 1 else None
    left = [mention.entity for mention in mentions if mention.start <= at]
    right = [mention.entity for mention in mentions if mention.start > at and mention.entity not in left]
    if len(left) > 1 and not right:
        return left[0], left[1]
    if not left and len(right) > 1:
        return right[0], right[1]
    return (left[-1] if left else None), (right[0] if right else None)


def _claims(
    heard: Heard, mentions: list[Mention], signals: list[_Cue], cues: Words, scene: Scene
) -> tuple[Change, ...]:
    """Give what the speaker asserts, as statements the world has words for."""
    holds = not cues.cued("negation", heard.text)
    predicates = scene.views.cast.predicates
    subject, object_ = heard.subject, heard.object
    for cue in signals:  # 'the spirit broke the bridge': what stands between two things relates them
        around = [m.start < cue.start for m in mentions]
        if cue.value is None and not predicates[cue.predicate].values and True in around and False in around:
            before, after = around.index(False) - 1, around.index(False)
            return (Change(mentions[before].entity, cue.predicate, mentions[after].entity, holds),)
    for predicate in heard.predicates:
        value = next((v for p, v in heard.values if p == predicate), None)
        about = next((m.entity for m in mentions if m.entity not in (scene.npc, scene.speaker)), None)
        if value is not None and about:
            return (Change(about, predicate, value, holds),)
        if not predicates[predicate].values and subject and object_:
            return (Change(subject, predicate, object_, holds),)
    return ()


def _unknown_name(text: str, language: Language, named: list[Mention], cues: Words) -> str | None:
    """Give a name in the text that nobody in this world bears."""
    if language == "en":
        for match in _CAPITALISED.finditer(text):
            taken = any(mention.start < match.end() and match.start() < mention.end for mention in named)
            if not taken and fold(match.group()) not in cues.pronouns["i"]:
                return match.group()
        return None
    if named:
        return None
    asked = _ASKED_FOR.search(text)
    return next((group for group in asked.groups() if group), None) if asked else None
