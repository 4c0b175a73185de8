"""Answering what is no question about the world: what is said of oneself, asked of the NPC, or done by talking.

The author's words come first: a sample that was said, a passage about the NPC. Then what is known of the speaker, and
of the moment. Else the occasion is named, and those who speak find words for it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from npc_engine.acts import acts
from npc_engine.dialogue.query import Term
from npc_engine.dialogue.scene import Scene
from npc_engine.dialogue.types import Act, Phrase, Plan, Reading, SelfDisclosure
from npc_engine.mind import met
from npc_engine.text import fill, fold, terms

Known = dict[tuple[str, str], tuple[str, int]]
"""What somebody told of themself: by slot and what it is about, their words and the event."""

NAME = ("name", "")
SAME = 0.8
"""The share of terms that a line and a sample's must have in common to be taken for the same."""
_MARKS = re.compile(r"[^\w]+")
_PASSED = ("apologise", "introduce", "tell_self", "congratulate", "thank", "compliment", "greet")
"""Acts that are answered in passing, the most pressing first, where something else is said in the same breath."""


def known_of_speaker(scene: Scene) -> Known:
    """Return what the NPC was told by the speaker of themself."""
    return scene.mind.counters.told.get(scene.speaker, {})


def converse(act: Act, reading: Reading, scene: Scene) -> Plan | None:
    """Return the plan of an answer to an act that its kind alone, or the author, settles; None where neither does."""
    reply = acts()[act.kind].reply
    if reply is None:
        return None
    if (written := _as_written(act, reading, scene)) is not None:
        return written
    if act.own is not None:
        return _told_before(act.own, reading, scene)
    if act.kind in ("ask_how_known", "ask_sure", "ask_why") and (found := _grounds(scene)) is not None:
        return found
    key, idle = occasion(act), acts()[act.kind].idle
    return Plan(reply.move, phrase=key, asks_back=idle, reasons=(f"act:{act.kind}",))


def occasion(act: Act) -> str:
    """Return the key of the phrase that answers an act; how somebody is comes before what they talk about."""
    reply = acts()[act.kind].reply
    if act.kind == "tell_self" and act.topic == "state" and not act.mood:
        return "acknowledge"
    return fill(reply.phrase, {"topic": act.mood or act.topic}) if reply else "small_talk"


def passing(reading: Reading, scene: Scene) -> tuple[Phrase, ...]:
    """Return what is said first to what the speaker did beside the main act: a greeting, a name, an apology."""
    main = reading.main
    others = [act for act in reading.acts if act is not main and act.kind in _PASSED]
    others.sort(key=lambda act: _PASSED.index(act.kind))
    for act in others[:1]:
        return (Phrase(occasion(act), {"topic": Term("", entity=scene.speaker)}),)
    return ()


def _as_written(act: Act, reading: Reading, scene: Scene) -> Plan | None:
    """Return the author's own answer: to a sample's line said again, or of what is asked about the NPC."""
    said = reading.text[act.span[0] : act.span[1]] or reading.text
    reply_to = acts()[act.kind].reply
    move = reply_to.move if reply_to else "chat"
    for sample in scene.persona.voice.samples:
        asked, reply = sample.said.get(reading.language, ""), sample.reply.get(reading.language, "")
        if reply and _same(said, asked) and not _said_lately(reply, scene):
            return Plan(move, says=(reply,), reasons=("author:sample",))
    if act.kind != "ask_npc":
        return None
    for passage in scene.persona.about:
        told = passage.says.get(reading.language, [])
        fresh = [text for text in told if not _said_lately(text, scene)]
        if passage.topic == act.topic and fresh and _is_told(passage.when, scene):
            return Plan("chat", says=(fresh[0],), reasons=(f"author:{act.topic}",))
    return None


def _is_told(when: Iterable[object], scene: Scene) -> bool:
    near = scene.overheard_by
    return met(when, scene.projections, now=scene.now, npc=scene.npc, speaker=scene.speaker, near=near)  # type: ignore[arg-type]


def _same(said: str, sample: str) -> bool:
    """Return whether two lines say the same but for marks and little words."""
    if _MARKS.sub("", fold(said)) == _MARKS.sub("", fold(sample)):
        return True
    one, other = set(terms(said)), set(terms(sample))
    return len(one & other) >= SAME * max(len(one | other), 3)


def _said_lately(text: str, scene: Scene) -> bool:
    return any(fold(text) in fold(exchange.line.text) for exchange in scene.exchanges)


def answered_by_told(act: Act, scene: Scene) -> bool:
    """Whether a question of the speaker's about themself is for what they told: not where only their words help."""
    if act.own is None:
        return False
    return not act.said_by or any(True for _ in _fitting(act.own, known_of_speaker(scene)))


def _told_before(asked: SelfDisclosure, reading: Reading, scene: Scene) -> Plan:
    """Return the answer to what a speaker asks of themself: what they told, put to them."""
    known = known_of_speaker(scene)
    found = list(_fitting(asked, known))
    if not found:
        phrase = "name_unknown" if asked.slot == "name" else "ask_talk"
        return Plan("chat", phrase=phrase, reasons=("told:nothing",))
    return Plan(
        "remember",
        says=tuple(Phrase(f"told_{one.slot}", {"value": one.value, "rel": one.about}) for one in found),
        reasons=("told:before",),
    )


def _fitting(asked: SelfDisclosure, known: Known) -> Iterable[SelfDisclosure]:
    """Yield what was told that answers what is asked, what is told of the same person or thing too."""
    rows = [SelfDisclosure(slot, about, value) for (slot, about), (value, _) in known.items()]
    about = asked.about
    if asked.value:  # 'What does Rosa do?': anyone of that name
        about = next((one.about for one in rows if one.slot == "family" and one.value == asked.value), asked.value)
    for one in rows:
        everything = asked.slot == "everything" and one.slot in ("name", "home", "work", "family")
        if everything or (one.about == about and asked.slot in ("about", one.slot)):
            yield one


def _grounds(scene: Scene) -> Plan | None:
    """Return how the NPC knows what they said last: seen, told by somebody, worked out; None where it was no fact."""
    told = scene.exchanges[-1].line.facts if scene.exchanges else ()
    beliefs = [fact.belief for fact in told if fact.belief.how != "lie"]
    if not beliefs:
        return None
    belief = beliefs[0]
    if belief.how == "told" and belief.by and belief.by != scene.npc:
        says = Phrase("known_from", {"whom": Term("", entity=belief.by)})
    else:
        says = Phrase("known_inferred" if belief.statement.basis else "known_self")
    return Plan("chat", says=(says,), reasons=("asked:grounds",))


def of_the_moment(act: Act, scene: Scene) -> Plan | None:
    """Return what everyone sees: the time, the day, the place, who is near."""
    at = scene.now
    slots: dict[str, str | Term]
    if act.topic == "time":
        slots = {"hour": str(at.hour % 12 or 12), "part": f"part_{_part_of_day(at.hour)}"}
    elif act.topic == "date":
        slots = {"day": str(at.day), "month": f"month_{at.month}", "weekday": f"weekday_{at.weekday()}"}
    elif act.topic == "place" and scene.place:
        slots = {"place": Term("", entity=scene.place)}
    elif act.topic == "near" and (others := sorted(scene.overheard_by - {scene.npc, scene.speaker})):
        named = tuple(Term("", entity=one) for one in others)
        return Plan("chat", phrase="scene_near", topic=named, reasons=("scene:near",))
    else:
        return None
    return Plan("chat", says=(Phrase(f"scene_{act.topic}", slots),), reasons=(f"scene:{act.topic}",))


def _part_of_day(hour: int) -> str:
    return "night" if hour < 5 or hour >= 22 else "morning" if hour < 12 else "afternoon" if hour < 18 else "evening"


def called_by(reading: Reading, scene: Scene) -> str:
    """Return what the speaker is called by the NPC, if they told their name, now or before; empty where not."""
    now = [one.value for act in reading.acts for one in act.told if (one.slot, one.about) == NAME]
    return now[-1] if now else known_of_speaker(scene).get(NAME, ("", 0))[0]
