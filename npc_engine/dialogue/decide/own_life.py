"""Answering what somebody is asked of their own life: children, a dog, where from, who taught them.

First by what the author wrote on that very matter, then by what they believe, then by a passage that speaks of it.
Where the author gave what there is and it is not among it, there is none; where they gave nothing, a modest line does.
"""

from __future__ import annotations

from collections.abc import Iterable

from npc_engine.dialogue.decide.conversing import in_the_moment
from npc_engine.dialogue.decide.topics import passage_with
from npc_engine.dialogue.decide.wording import fact_of
from npc_engine.dialogue.query import LifeMatter
from npc_engine.dialogue.scene import Scene
from npc_engine.dialogue.types import Act, Phrase, Plan
from npc_engine.lang import pack
from npc_engine.mind import Belief
from npc_engine.mind.discretion import tellable
from npc_engine.text import Language

NONE, MODEST = "life_none_", "life_"
"""What the keys begin with of lines that say there is none, and of modest ones."""


def of_their_life(act: Act, plan: Plan, language: Language, scene: Scene, *, direct: bool) -> Plan | None:
    """Return the answer to a matter of the NPC's own life; None where none is asked about.

    `plan` is what is believed of it, `direct` tells that this answers the relation asked about.
    """
    matter = act.life
    if matter is None:
        return None
    others = _living_there(act, scene) if matter.name == "alone" else []
    if direct and plan.facts and matter.name != "alone":
        entry = pack(language).life["matters"][matter.name]
        said = _words_for(matter, language)
        return (passage_with(said, entry["topics"], language, scene) if matter.more and said else None) or plan
    if matter.name == "doing" and (now := scene.doing.get(language)):
        return Plan("answer", says=(Phrase("doing", {"doing": now}),), reasons=("asked:doing",))
    if others:
        facts = tuple(fact_of(belief, scene, language) for belief in others)
        return Plan("answer", polarity=False, facts=facts, reasons=("life:alone", "asked:relation"))
    entry = pack(language).life["matters"][matter.name]
    told = passage_with(_words_for(matter, language), entry["topics"], language, scene)
    if told is not None and not (entry.get("small") and told.before):  # small talk is not said twice
        return told
    if entry.get("small") and (nearer := _nearer(act, matter, language, scene)) is not None:
        return nearer
    return _not_written(matter, language, scene)


def _nearer(act: Act, matter: LifeMatter, language: Language, scene: Scene) -> Plan | None:
    """Return what comes nearer to small talk than a line on it: a passage on what a net took, or a clear moment."""
    net = pack(language).life["matters"][matter.name].get("net")
    told = passage_with((), (matter.heard,), language, scene) if net and matter.heard else None
    if told is not None and told.says and not told.before:
        return told
    return in_the_moment(act, language, scene) if act.clearly else None


def _not_written(matter: LifeMatter, language: Language, scene: Scene) -> Plan:
    """Return the answer where the author has nothing on a matter: that there is none, if they gave what there is."""
    entry = pack(language).life["matters"][matter.name]
    slots = {"what": pack(language).singular(matter.what)}
    reasons = (f"life:{matter.name}",)
    given = any(passage.topic in entry["topics"][:1] for passage in scene.persona.about)
    if not entry["none"] or not (given or not entry["says"]):
        return Plan("chat", says=(Phrase(MODEST + matter.name, slots),), reasons=reasons)
    none = Phrase(NONE + matter.name, slots)
    if (near := passage_with(_forms(entry["words"], language), entry["topics"][:1], language, scene)) is not None:
        return near  # which says what there is, and may well be what was asked for
    beside = passage_with((), entry["topics"][:1], language, scene) if entry["topic"] == "family" else None
    if beside is None or beside.before:  # what was told already need not be told beside
        return Plan("chat", says=(none,), reasons=reasons)
    if not beside.says:  # what there is is private, and so is what there is not
        return beside
    return Plan("chat", says=(none, *beside.says), written=beside.written, reasons=(*reasons, *beside.reasons))


def _words_for(matter: LifeMatter, language: Language) -> list[str]:
    """Return the words by which a passage speaks of a matter: of the kind asked for, where the matter has kinds."""
    entry = pack(language).life["matters"][matter.name]
    kinds = entry.get("kinds")
    if not matter.what or kinds is None:
        return _forms(entry["words"], language)
    one = pack(language).singular(matter.what)
    return _forms((matter.what, one, *kinds.get(one, ())), language)


def _forms(words: Iterable[str], language: Language) -> list[str]:
    """Return some words, each as it stands for one and for several."""
    speech = pack(language)
    return list(dict.fromkeys(form for word in words for form in (word, speech.singular(word), speech.plural(word))))


def _living_there(act: Act, scene: Scene) -> list[Belief]:
    """Return who else is believed to live where the NPC does."""
    people = scene.projections.compiled.entities
    found: list[Belief] = []
    for query in act.queries:
        for own in scene.mind.beliefs.ask(scene.npc, query.predicate):
            others = scene.mind.beliefs.ask(None, query.predicate, own.statement.object)
            found += [
                one
                for one in others
                if one.statement.subject not in (scene.npc, scene.speaker)
                and (known := people.get(one.statement.subject)) is not None
                and known.kind == "person"
            ]
    return tellable(found, scene.company)
