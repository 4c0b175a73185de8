"""What the speaker told of themself, put to them where they ask for it, and when they come back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta

from npc_engine.acts import acts
from npc_engine.dialogue.decide.bearing import SHARE, bearing, is_of_hearer, names_what, on_matter, suggested
from npc_engine.dialogue.decide.declining import declined
from npc_engine.dialogue.decide.own_words import ASKED, said_again
from npc_engine.dialogue.decide.stories import said_last
from npc_engine.dialogue.decide.utterances import confided, lately, passed_on, weightiest
from npc_engine.dialogue.scene import Scene
from npc_engine.dialogue.types import BACK, SAID_OVER, Act, Phrase, Plan, Reading, SelfDisclosure
from npc_engine.lang import LanguagePack, pack
from npc_engine.lang.retelling import alike, relations, theirs_in, theirs_meant
from npc_engine.mind import Recalled
from npc_engine.mind.discretion import Kept, kept_back
from npc_engine.text import Language, fold, terms

Known = dict[tuple[str, str], tuple[str, int]]
"""What somebody told of themself: by slot and what it is about, their words and the event."""

KNOWS_NOTHING = frozenset({"unknown", "confused"})
"""Moves of who has no answer."""
SURELY_TOLD = 0.25
"""How much of a question a clause must have to bear on it, where it is plain that it was told."""
NAME = ("name", "")
LATELY = 4
"""Lines back to which a pronoun may mean somebody of the speaker's own."""
APART = timedelta(hours=1)
"""How long after what they said last somebody who begins a talk is back, and not still there."""
_WHO_THEY_ARE = ("work", "trade", "worked", "hurt", "seeks", "quarrel", "home", "lives", "family", "age", "lost")
"""What somebody is reminded of beside their name who asks whether they are remembered, what comes first first."""
_ALSO = {
    "work": ("work", "trade", "worked", "sacked"),
    "home": ("home", "lives"),
    "lives": ("lives", "home"),
    "wanted": ("seeks", "needs", "wish", "plan"),
    "called": ("family",),
    "about": ("family", "kin_work", "lost"),
}
"""The slots that answer a question after one, where it is not that one alone."""
_MATTERS = {
    "work": ("work", "past"),
    "home": ("home",),
    "lives": ("home",),
    "likes": ("likes",),
    "dislikes": ("dislikes",),
    "fears": ("fear",),
    "wanted": ("plan", "wish"),
    "heading": ("plan",),
    "seeks": ("plan", "wish"),
    "hurt": ("state",),
    "sacked": ("work", "past"),
}
"""What that which answers a question after a slot was heard to be about, where no words were found for the slot."""
_GENERAL = frozenset({"me", "everything", "judged", "talked", "lately", "kept"})
"""Questions after no slot of its own: whether somebody is remembered, what they told, how they behaved."""
_OF_ANY = frozenset({"talked", "everything", "lately", "kept", *ASKED, "spoken"})
"""Questions that what others said may answer as well."""
_NOT_THEIRS = (ASKED - {"either"}) | {"spoken"}
"""Questions that what the speaker told does not answer."""
_REASONS = frozenset({"ask_why", "ask_advice"})
"""Acts that ask for what the speaker does not know, and so did not tell."""
_PLAIN = frozenset({"name", "family", "surname"})
"""Slots that answer a question after themselves."""
_THEIRS = frozenset({"topic", "about", "story", "follow_up", "author", "secret", "life", "own"})
"""What the reasons of a line begin with by which the NPC spoke of their own."""
_MOST = 4
"""How many of what somebody told is put to them at once who asks for all of it."""


def known_of_speaker(scene: Scene) -> Known:
    """Return what the NPC was told by the speaker of themself, and may say to them before all who hear it."""
    known = scene.mind.counters.told.get(scene.speaker, {})
    if not scene.overheard_by - {scene.npc, scene.speaker}:
        return known
    return {key: row for key, row in known.items() if not _is_kept(row[1], scene)}


def known_name(scene: Scene) -> str:
    """Return the name that the speaker told the NPC; empty where they told none."""
    return known_of_speaker(scene).get(NAME, ("", 0))[0]


def is_back(scene: Scene) -> bool:
    """Return whether the speaker, who begins a talk, talked to the NPC before and was away meanwhile."""
    said = scene.mind.memories.said_by(scene.speaker)
    return not scene.exchanges and bool(said) and scene.now - scene.mind.memories[said[-1]].at >= APART


def reminded(reading: Reading, scene: Scene) -> Plan | None:
    """Return the answer to what a speaker asks of themself: what they told, put to them; None where they ask nothing.

    What may as well be asked of something else is answered only where they told it.
    """
    reading = _of_theirs(reading, scene)
    asking = [act for act in reading.acts if act.own is not None and not act.said_by]
    asking = [act for act in asking if act.kind not in _REASONS or not (act.own and act.own.loose and act.own.about)]
    told = [(at, one.value) for at, act in enumerate(reading.acts) for one in act.told if one.slot in _PLAIN]
    if asking and told and told[-1][0] > reading.acts.index(asking[-1]):  # who asks and says it at once asks nothing
        return Plan("chat", says=(Phrase("name_corrected", {"value": told[-1][1]}),), reasons=("told:at once",))
    rule = acts()[reading.main.kind]
    wants = (rule.question and "talk" not in reading.main.subject) or rule.deed or rule.grave
    if not asking or (reading.main not in asking and wants):
        return None
    if (again := next(filter(None, (said_again(act, reading, scene) for act in asking)), None)) is not None:
        return again
    if _asks_of_theirs(reading, scene) and all(act.own is not None and act.own.loose for act in asking):
        return None
    asking = [_of_either(act) for act in asking if act.own is not None and act.own.slot not in _NOT_THEIRS]
    says: list[Phrase] = []
    memory: Recalled | None = None
    for act in sorted(asking, key=lambda act: act.own is not None and act.own.loose):
        if says and act.own is not None and act.own.loose:
            break
        found, said, kept = _answer(act, reading, scene)
        if kept is not None and not says:
            return declined(kept, reading, scene)
        says += [one for one in found if one not in says]
        memory = memory or said
    if asking and asking[0].own is not None and asking[0].own.slot == "kept" and says:
        return Plan("chat", says=tuple(says), memory=memory, reasons=("told:kept",))
    if says:
        return Plan("remember", says=tuple(says), memory=memory, reasons=("told:before",))
    if all(act.own is not None and (act.own.loose or act.own.slot in _OF_ANY) for act in asking):
        return None
    nothing = Phrase(_nothing(asking[0].own, scene))
    kept_instead = [
        Phrase("told_instead", {"value": one.text}) for one in weightiest(scene, reading.language, clear=True)
    ]
    return Plan("chat", says=(nothing, *kept_instead), reasons=("told:nothing",))


def _asks_of_theirs(reading: Reading, scene: Scene) -> bool:
    """Return whether a line asks about what the NPC said last, and that was of their own."""
    return reading.asks_back >= BACK and _was_of_their_own(scene)


def _was_of_their_own(scene: Scene) -> bool:
    """Return whether what the NPC said last was of their own."""
    return any(one.partition(":")[0] in _THEIRS for one in said_last(scene))


def asked_after(plan: Plan, reading: Reading, scene: Scene) -> Plan | None:
    """Return what the speaker told of a thing they ask after: 'Did the daisies last?'; None where a `plan` has more.

    Who asks about what the NPC said last is not answered with what they said themself.
    """
    act = reading.main
    if _asks_of_theirs(reading, scene):
        return None
    if plan.move not in KNOWS_NOTHING and plan.phrase != "ask_talk" and SAID_OVER not in plan.reasons:
        return None
    if (
        act.kind in ("ask_npc", "ask_advice")
        or act.said_by
        or "company" in act.subject
        or set(act.named) - {scene.npc, scene.speaker}
    ):
        return None
    language = reading.language
    least = SURELY_TOLD if act.own is not None and act.own.slot == "spoken" else SHARE
    for question in dict.fromkeys((_question(act, reading), reading.filled or reading.text)):
        if act.kind == "ask_talk" or not is_of_hearer(question, language):
            said, _ = bearing(question, scene, language, least=least)
            if said is not None:
                return Plan("remember", says=(_again(said),), memory=said, reasons=("told:before",))
    return None


def _of_theirs(reading: Reading, scene: Scene) -> Reading:
    """Return a reading whose question is taken to be about somebody of the speaker's, where it names or means them."""
    act, speech = reading.main, pack(reading.language)
    by_pronoun = act.own is not None and speech.words.any_of(_persons(speech), act.own.value)
    if act.own is not None and not by_pronoun:
        return reading
    if not acts()[act.kind].question or act.kind in _REASONS or set(act.named) - {scene.npc, scene.speaker}:
        return reading
    question = (reading.filled or reading.text)[slice(*act.span)]
    asked = set(terms(question))
    named = next(
        (
            about
            for (slot, about), (value, _) in known_of_speaker(scene).items()
            if slot == "family" and about and set(terms(value)) <= asked
        ),
        "" if acts()[act.kind].idle else _meant(question, reading.language, scene),
    )
    if not named:
        return reading
    slot = act.own.slot if act.own is not None else "about"
    of_them = replace(act, own=SelfDisclosure(slot, named, loose=True))
    return replace(reading, acts=tuple(of_them if one is act else one for one in reading.acts))


def _persons(speech: LanguagePack) -> list[str]:
    """Return the pronouns that mean somebody of whom a woman's or a man's word is said."""
    return [form for pronoun in speech.words.gender for form in speech.words.pronouns.get(pronoun, ())]


def _meant(question: str, language: Language, scene: Scene) -> str:
    """Return which of the speaker's own a pronoun of a question means: whom they spoke of last; empty for none.

    Who asks of 'your mother', or names any kin, means her.
    """
    speech = pack(language)
    if is_of_hearer(question, language) or relations(speech).search(question):
        return ""
    for pronoun in speech.words.gender:
        forms = speech.words.pronouns.get(pronoun, ())
        if not speech.words.any_of(forms, fold(question)) or _speak_of_theirs(forms, speech, scene):
            continue
        for exchange in reversed(scene.exchanges[-LATELY:]):
            if about := theirs_meant(pronoun, exchange.reading.text, speech):
                return about
    return ""


def _speak_of_theirs(forms: Sequence[str], speech: LanguagePack, scene: Scene) -> bool:
    """Return whether the NPC said a pronoun last of somebody of their own."""
    return _was_of_their_own(scene) and speech.words.any_of(forms, fold(scene.exchanges[-1].line.text))


def _of_either(act: Act) -> Act:
    """Return an act that asks what either said as one that asks what the speaker did."""
    if act.own is None or act.own.slot != "either":
        return act
    return replace(act, own=SelfDisclosure("said", loose=True))


def _answer(act: Act, reading: Reading, scene: Scene) -> tuple[list[Phrase], Recalled | None, Kept | None]:
    """Return what answers one question: phrases, what was said where it is that, or why that is kept back."""
    asked, language = act.own, reading.language
    assert asked is not None
    if asked.slot in _GENERAL:
        return _general(asked, scene, language)
    slots = [_as_phrase(one) for one in _fitting(asked, scene, language)]
    if slots and asked.slot != "about":
        return slots, None, None
    if asked.slot in ("name", "surname"):
        return [], None, None
    question = _question(act, reading)
    if asked.slot == "said" and not asked.loose and not names_what(question, language):
        return _general(SelfDisclosure("everything"), scene, language)
    about = asked.about or theirs_in(question, pack(language))
    named = frozenset(act.named) - {scene.npc, scene.speaker}
    if asked.slot == "half_known":  # in which 'it' stands for nothing of the world's
        named &= {mention.entity for mention in scene.projections.names.find(question)}
    least = SURELY_TOLD if asked.slot == "half_known" else SHARE
    said, kept = bearing(question, scene, language, about, named, least)
    if about and said is None and kept is None and not slots:
        said, kept = bearing(question, scene, language, named=named, least=least)
    if said is None and kept is None and not slots:
        said, kept = on_matter(_MATTERS.get(asked.slot, ()), scene, language)
    if (
        said is None
        and kept is None
        and not slots
        and (asked.slot == "half_known" or (asked.slot == "said" and not asked.loose))
    ):
        said, kept = suggested(question, scene, language)
    if said is not None:
        return [_again(said)], said, None
    return slots, None, kept


def _general(
    asked: SelfDisclosure, scene: Scene, language: Language
) -> tuple[list[Phrase], Recalled | None, Kept | None]:
    rows = [SelfDisclosure(slot, about, value) for (slot, about), (value, _) in known_of_speaker(scene).items()]
    names = [one for one in rows if (one.slot, one.about) == NAME]
    if asked.slot == "kept":
        secret, kept = confided(scene, language)
        told = [Phrase("kept_quiet")] if (secret or kept) and not passed_on(scene) else []
        words = [Phrase("kept_words", {"value": secret.text})] if told and secret else []
        return [*told, *words], secret, None
    if asked.slot == "lately":
        last, kept = lately(scene, language)
        return ([_again(last)] if last else []), last, kept
    if asked.slot == "everything":
        of_them = [one for one in rows if (one.slot, one.about) != NAME][-_MOST + 1 :]
        told = [_as_phrase(one) for one in (*names, *of_them)]
    elif asked.slot == "me":
        ranked = [one for slot in _WHO_THEY_ARE for one in rows if one.slot == slot]
        told = [_as_phrase(one) for one in (*names, *ranked[:1])]
    else:
        told = []
    wanted = 2 if asked.slot in ("talked", "judged") else 0 if len(told) > len(names) else 1
    said = weightiest(scene, language, wanted, clear=True) if wanted else []
    if wanted and not said and asked.slot != "me":
        said = weightiest(scene, language, wanted)
    opening = [Phrase("said_nothing_bad")] if asked.slot == "judged" else []
    found = [*told, *map(_again, said)]
    if not found and asked.slot in ("everything", "talked"):
        last, kept = lately(scene, language)
        return ([_again(last)] if last else []), last, kept
    return [*opening, *found], said[0] if said else None, None


def _fitting(asked: SelfDisclosure, scene: Scene, language: Language) -> Iterator[SelfDisclosure]:
    """Yield what was told that answers what is asked, what is told of the same person or thing too."""
    speech = pack(language)
    rows = [SelfDisclosure(slot, about, value) for (slot, about), (value, _) in known_of_speaker(scene).items()]
    about = asked.about
    if asked.value:  # 'What does Rosa do?': anyone of that name
        about = next((one.about for one in rows if one.slot == "family" and one.value == asked.value), asked.value)
    if asked.slot == "surname":
        rows = [one for one in rows if one.slot in ("name", "surname") and not one.about]
        yield from rows[:1]
        return
    if asked.slot == "name":
        yield from [one for one in rows if (one.slot, one.about) == NAME] or [o for o in rows if o.slot == "surname"]
        return
    for slot in _ALSO.get(asked.slot, (asked.slot,)):
        found = [one for one in rows if one.slot == slot and (not about or alike(one.about, about, speech))]
        if asked.slot in ("family", "kin_work") and not about:
            found = [one for one in found if not one.about]
        yield from found
        if found and asked.slot in ("home", "lives", "wanted"):
            return


def _as_phrase(one: SelfDisclosure) -> Phrase:
    if one.slot == "family" and not one.about:
        return Phrase("told_called", {"value": one.value})
    return Phrase(f"told_{one.slot}", {"value": one.value, "rel": one.about})


def _again(said: Recalled) -> Phrase:
    """Return the phrase that puts to somebody what they said."""
    return Phrase("told_said", {"value": said.text})


def _nothing(asked: SelfDisclosure | None, scene: Scene) -> str:
    """Return the key of the phrase for what somebody never told."""
    if asked is None or asked.slot in ("name", "surname"):
        return "name_unknown"
    met = bool(scene.mind.memories.said_by(scene.speaker))
    if asked.slot == "me":
        return "known_face" if met else "not_met"
    return "not_told" if asked.slot not in ("talked", "everything") else "ask_talk"


def _question(act: Act, reading: Reading) -> str:
    """Return the words of a question, with what follows it in the same sentence: a cut may fall into it."""
    return (reading.filled or reading.text)[act.span[0] :].split("?")[0].split("？")[0]


def _is_kept(event_id: int, scene: Scene) -> bool:
    ids = scene.mind.memories.event_ids
    return event_id in ids and kept_back(scene.mind.memories[ids.index(event_id)], scene.company) is not None
