"""Answering what is no question about the world: what is said of oneself, asked of the NPC, or done by talking.

The author's words come first: a sample that was said, a passage about the NPC. Then what is known of the speaker, and
of the moment. Else the occasion is named, and those who speak find words for it.
"""

from __future__ import annotations

from dataclasses import replace

from npc_engine.acts import acts
from npc_engine.dialogue.decide.aims import aim
from npc_engine.dialogue.decide.grounds import grounds, is_why_of_nothing
from npc_engine.dialogue.decide.listening import ECHOED, SAID_BACK, listened, may_echo, met_in_tone
from npc_engine.dialogue.decide.not_knowing import NOTHING
from npc_engine.dialogue.decide.reminding import NAME, is_back, known_name
from npc_engine.dialogue.decide.topics import GOING_ON, OF_THE_LAST, in_own_words, of_topic
from npc_engine.dialogue.query import Term
from npc_engine.dialogue.scene import Scene
from npc_engine.dialogue.types import SAID_OVER, Act, Phrase, Plan, Reading, SelfDisclosure
from npc_engine.lang import pack
from npc_engine.text import Language, fill

_OF_MOOD = frozenset({"tell_self", "request_help", "remark", "tell_fact", "tell_news", "complain"})
"""Acts that are answered by what fits their speaker's mood, where they show one."""
_TOLD_OF_NAMES = frozenset({"introduce", "correct", "part"})
"""Acts that are answered as such, whatever else they sound like."""
_SAID_BACK = frozenset({"mishap", "relieved", "angry", "ashamed", "poor", "heartache"})
"""Moods of which what showed them is said back before they are met: not those that want no more than a word."""
OF_A_THEME = 2
"""How often in a talk something is said of one theme."""
_THEMATIC = {
    ("tell_self", "likes"),
    ("tell_self", "dislikes"),
    ("ask_npc", "tastes"),
    ("ask_npc", "belief"),
}
"""Acts, with their topics, that are met by a word on what they are about."""
_PASSED = ("apologise", "introduce", "congratulate", "thank", "compliment", "greet")
"""Acts that are answered in passing, the most pressing first, where something else is said in the same breath."""
IN_PASSING = 0.8
"""Confidence from which such an act is answered before something else is: a word on what was not done spoils both."""
_OUTRIGHT = frozenset({"introduce", "greet"})
"""Those of them that are so however surely they are heard: what is told tells them."""
_PRESSING = frozenset({"grief", "heartache", "hurt", "sad", "afraid", "ashamed", "angry", "mishap"})
"""Moods that want a word before anything else is answered."""


def converse(act: Act, reading: Reading, scene: Scene) -> Plan | None:
    """Return the plan of an answer to an act that its kind alone, or the author, settles; None where neither does."""
    reply = acts()[act.kind].reply
    if reply is None:
        return None
    if (written := in_own_words(act, reading.language, scene)) is not None:
        return written
    if (found := grounds(act, reading, scene) or _of_their_name(act, scene)) is not None:
        return found
    sought = next((one for one in act.told if one.slot == "seeks"), None)
    if sought is not None and act.mood in ("", "mishap"):
        return Plan("chat", says=(Phrase("tell_seeks", {"value": sought.value}),), reasons=("told:seeks",))
    if not act.mood and not act.echo and [one.slot for one in act.told] == ["age"]:
        return Plan("chat", says=(Phrase("heard_age", {"value": act.told[-1].value}),), reasons=("told:age",))
    language = reading.language
    told = of_topic(act, language, scene) or _of_moments_topic(act, language, scene)
    if (common := told or aim(act, language, scene) or in_the_moment(act, language, scene)) is not None:
        return common
    if act.kind == "ask_npc" and not act.topic and (over := said_over(act, scene)) is not None:
        return over
    if (plan := met_in_tone(act, reading, scene) or on_theme(act, scene) or listened(act, reading, scene)) is not None:
        return plan
    if act.kind == "ask_npc" and not act.topic:
        return None if act.question_word or act.yes_no else Plan("chat", phrase="remark", reasons=("act:remark",))
    key = occasion(act) if act.kind != "accept" or _has_offered(scene) else "acknowledge"
    if _is_of_mood(act) and act.mood in _SAID_BACK and may_echo(act, scene):
        says = (Phrase(SAID_BACK, {"value": act.echo}), Phrase(key))
        return Plan(reply.move, says=says, reasons=(f"act:{act.kind}", ECHOED))
    return Plan(reply.move, phrase=key, reasons=(f"act:{act.kind}",))


def _has_offered(scene: Scene) -> bool:
    """Return whether what the NPC said last can be accepted: a question, a deed or a bargain."""
    if not scene.exchanges:
        return False
    last = scene.exchanges[-1]
    return bool(last.line.actions) or last.line.text.endswith(("?", "？")) or acts()[last.reading.main.kind].deed


def in_the_moment(act: Act, language: Language, scene: Scene) -> Plan | None:
    """Return the answer to a moment that comes in any talk, the first time it does; None where it is none.

    What it asks of the NPC and the author wrote of comes first, every time; so do an author's words for a mood. What
    asks for a deed, shows a mood or is about the last answer is a moment only where it is clearly heard as one.
    """
    rule = acts()[act.kind]
    surely = rule.deed or act.mood or act.kind in (*GOING_ON, *OF_THE_LAST)
    if not act.moment or (surely and not act.clearly) or rule.light or rule.grave or act.kind in _TOLD_OF_NAMES:
        return None
    if is_why_of_nothing(act, scene):
        return None
    if (written := _of_moments_topic(act, language, scene)) is not None:
        return written
    if act.mood and scene.persona.says(f"tell_{act.mood}", language, scene.holds):
        return None
    reason = f"moment:{act.moment}"
    if any(reason in exchange.line.reasons for exchange in scene.exchanges):
        return None
    move = rule.reply.move if rule.reply else "chat"
    return Plan(move, phrase=f"exchange_{act.moment}", reasons=(f"act:{act.kind}", reason))


def _of_moments_topic(act: Act, language: Language, scene: Scene) -> Plan | None:
    """Return the author's passage on what a moment asks of the NPC; None where it asks nothing, or none was written."""
    topic = pack(language).exchanges.get(act.moment, {}).get("topic", "")
    return of_topic(replace(act, kind="ask_npc", topic=topic), language, scene) if topic else None


def said_over(act: Act, scene: Scene) -> Plan | None:
    """Return a question about the NPC that nothing is known to answer, said over; None where it can't be.

    No question is said over right after another.
    """
    lately = scene.exchanges[-1].line.reasons if scene.exchanges else ()
    if not act.echo or SAID_OVER in lately:
        return None
    return Plan("chat", says=(Phrase("asked_over", {"question": act.echo}),), reasons=(f"act:{act.kind}", SAID_OVER))


def on_theme(act: Act, scene: Scene) -> Plan | None:
    """Return a word on the everyday matter that is spoken of, where that says more than the act."""
    if act.mood or (act.kind, act.topic) not in _THEMATIC:
        return None
    said = [reason for exchange in scene.exchanges for reason in exchange.line.reasons]
    for theme in act.themes:
        if said.count(f"theme:{theme}") < OF_A_THEME:
            return Plan("chat", phrase=f"theme_{theme}", reasons=(f"act:{act.kind}", f"theme:{theme}"))
    return None


def occasion(act: Act) -> str:
    """Return the key of the phrase that answers an act; how somebody is comes before what they talk about."""
    reply = acts()[act.kind].reply
    if _is_of_mood(act):
        return f"tell_{act.mood}"
    if act.kind == "tell_self" and act.topic == "state":
        return "acknowledge"
    return fill(reply.phrase, {"topic": act.topic}) if reply else "small_talk"


def passing(reading: Reading, scene: Scene) -> tuple[Phrase, ...]:
    """Return what is said first to what the speaker did beside the main act: a greeting, a name, an apology.

    A question is answered without a word on what was told with it, unless that shows a mood which presses.
    """
    main = reading.main
    if not _is_of_mood(main) and (felt := next((act.mood for act in reading.acts if act.mood in _PRESSING), "")):
        return (Phrase(f"tell_{felt}"),)
    once = {main.kind} if acts()[main.kind].light else set()  # who greets twice in a line is greeted once
    once |= {"greet"} if scene.exchanges else set()
    passed = tuple(kind for kind in _PASSED if kind not in once)
    others = [act for act in reading.acts if act is not main and act.kind in passed]
    others = [act for act in others if act.confidence >= IN_PASSING or act.kind in _OUTRIGHT]
    others.sort(key=lambda act: _PASSED.index(act.kind))
    for act in others[:1]:
        if act.kind == "greet" and is_back(scene):
            known = known_name(scene)
            reminded = main.own is not None  # which says who they are
            if reminded:
                return ()
            return (Phrase("hail", {"name": known}) if known else Phrase("hail_back"),)
        return (Phrase(occasion(act), {"topic": Term("", entity=scene.speaker)}),)
    return ()


def _is_of_mood(act: Act) -> bool:
    """Return whether an act is answered by what fits its speaker's mood."""
    return bool(act.mood) and act.kind in _OF_MOOD


def _of_their_name(act: Act, scene: Scene) -> Plan | None:
    """Return what is said to who claims to be somebody the NPC knows, or corrects their name; None for neither."""
    told = next((one for one in act.told if (one.slot, one.about) == NAME), None)
    if told is None:
        return None
    claimed = claims_to_be(told, scene)
    if claimed == scene.npc:
        return Plan("doubt", phrase="impostor_self", reasons=("name:own",))
    if claimed is not None:
        whom = Phrase("impostor", {"whom": Term("", entity=claimed)})
        return Plan("doubt", says=(whom,), reasons=("name:somebody else's",))
    if not told.value:
        return Plan("chat", phrase="name_taken_back", reasons=("name:taken back",))
    if told.value == known_name(scene):
        return Plan("chat", says=(Phrase("name_known", {"value": told.value}),), reasons=("name:known",))
    if act.kind != "correct":
        return None
    return Plan("chat", says=(Phrase("name_corrected", {"value": told.value}),), reasons=("name:corrected",))


def claims_to_be(told: SelfDisclosure, scene: Scene) -> str | None:
    """Return whom the NPC knows by the name that a speaker claims: somebody other than that speaker; else None."""
    if (told.slot, told.about) != NAME:
        return None
    for mention in scene.projections.names.find(told.value):
        known = scene.projections.compiled.entities.get(mention.entity)
        whole = mention.end - mention.start == len(told.value)
        if known and known.kind == "person" and whole and known.id != scene.speaker and scene.mind.heard_of(known):
            return known.id
    return None


def of_the_moment(act: Act, scene: Scene) -> Plan | None:
    """Return what everyone sees: the time, the day, the place, the weather, who is near."""
    at = scene.now
    slots: dict[str, str | Term]
    if act.topic == "time":
        slots = {"hour": str(at.hour % 12 or 12), "part": f"part_{_part_of_day(at.hour)}"}
    elif act.topic == "date":
        slots = {"day": str(at.day), "month": f"month_{at.month}", "weekday": f"weekday_{at.weekday()}"}
    elif act.topic == "place" and scene.place:
        slots = {"place": Term("", entity=scene.place)}
    elif act.topic == "weather" and scene.weather:
        return Plan("chat", phrase=f"weather_{scene.weather}", reasons=("scene:weather",))
    elif act.topic == "weather":  # the game doesn't say, and so nobody may
        return Plan("unknown", phrase="ask_weather", reasons=(NOTHING,))
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
    told = [one for act in reading.acts for one in act.told if (one.slot, one.about) == NAME]
    now = [one.value for one in told if claims_to_be(one, scene) is None]
    return now[-1] if now else known_name(scene)
