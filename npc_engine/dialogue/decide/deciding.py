"""The third step of a turn: what the answer will convey. Pure code: no model has a say in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from npc_engine.acts import Mood, acts
from npc_engine.chronicle import FeelingChange
from npc_engine.dialogue.access import covering, is_open, near_closed, stated, touched
from npc_engine.dialogue.decide.advice import advice
from npc_engine.dialogue.decide.aims import asks_who, described, note_on
from npc_engine.dialogue.decide.answering import MANY, put_otherwise
from npc_engine.dialogue.decide.choosing import chosen
from npc_engine.dialogue.decide.conversing import (
    called_by,
    converse,
    in_the_moment,
    of_the_moment,
    passing,
    said_over,
)
from npc_engine.dialogue.decide.curiosity import answered
from npc_engine.dialogue.decide.declining import declined, kept_before, told_apart
from npc_engine.dialogue.decide.favours import goods, leaving, once_more, with_goodbye
from npc_engine.dialogue.decide.follow_ups import nearest_to_what_was_said, on_what_was_said
from npc_engine.dialogue.decide.framing import framed
from npc_engine.dialogue.decide.greeting import greeting
from npc_engine.dialogue.decide.guarding import deflect, reveal
from npc_engine.dialogue.decide.identity import whether_the_same
from npc_engine.dialogue.decide.improvised import made_up_before
from npc_engine.dialogue.decide.initiative import ends_talk, with_initiative
from npc_engine.dialogue.decide.listening import felt_beside
from npc_engine.dialogue.decide.nearest import in_nearest_words
from npc_engine.dialogue.decide.not_knowing import not_known
from npc_engine.dialogue.decide.opinions import opinion, remark
from npc_engine.dialogue.decide.own_life import of_their_life
from npc_engine.dialogue.decide.own_lines import of_their_lines
from npc_engine.dialogue.decide.own_remarks import of_own_remark
from npc_engine.dialogue.decide.reactions import reaction, stale
from npc_engine.dialogue.decide.recollection import Recollection, untold
from npc_engine.dialogue.decide.reminding import KNOWS_NOTHING, asked_after, is_back, known_name, reminded
from npc_engine.dialogue.decide.requests import dropped, in_earnest, requested, would_do
from npc_engine.dialogue.decide.returning import TAKEN_UP, recognised
from npc_engine.dialogue.decide.stories import told_on
from npc_engine.dialogue.decide.tastes import taste
from npc_engine.dialogue.decide.topics import foreseen, going_on, in_own_words, in_their_words, of_topic, word_for_word
from npc_engine.dialogue.decide.wording import fact_of, provenance
from npc_engine.dialogue.scene import Scene
from npc_engine.dialogue.secrets.guard import Guard
from npc_engine.dialogue.types import SURELY, Act, Phrase, Plan, Reading, Withheld
from npc_engine.mind import Belief, discretion
from npc_engine.mind.counters import PROMISED
from npc_engine.mind.discretion import Kept
from npc_engine.mind.feelings import mood_word
from npc_engine.persona import Secret
from npc_engine.text import Language
from npc_engine.world import Statement
from npc_engine.world.wording import OF_THE_MOMENT


def decide(reading: Reading, recollection: Recollection, scene: Scene) -> Plan:
    """Return the plan of an answer: what is said, what is withheld and why, what is done, how it feels."""
    reading = in_earnest(reading, scene)
    act = reading.main
    kind, rule = act.kind, acts()[act.kind]
    if (settled := dropped(reading, scene)) is not None:
        plan = settled
    elif (foreseen_so := _word_for_word(act, reading, scene)) is not None:
        plan = foreseen_so
    elif (answer := reminded(reading, scene) or answered(act, reading, scene)) is not None:
        plan = answer
    elif (ending := ends_talk(reading, scene)) is not None:
        plan = ending
    elif act.wants:
        plan = requested(reading, scene)
    elif kind == "greet" or _only_comes_back(reading, scene):
        plan = Plan("greet", phrase=greeting(scene), reasons=("act:greet",))
    elif rule.question:
        plan = _asked(act, reading, recollection, scene)
        plan = asked_after(plan, reading, scene) or plan
    elif (written := _as_written(act, reading, scene)) is not None:
        plan = written
    elif rule.deed and (spoken_of := _spoken_of(act, reading, scene)) is not None:  # 'Tell me of …' bids them speak
        plan = spoken_of
    elif rule.deed and (act.actions or rule.reply is None):
        of_talk = None if act.actions or act.named else in_the_moment(act, reading.language, scene)
        plan = of_talk or requested(reading, scene)
    elif (rule.states and reading.claims) or (not rule.light and touched(reading, scene)):
        plan = _told(reading, scene)
    else:
        plan = (
            _known_already(act, reading, scene)
            or converse(act, reading, scene)
            or Plan("chat", phrase="small_talk", reasons=(f"act:{kind}",))
        )
        if stale(kind, scene):
            plan = replace(plan, phrase="enough", says=(), reasons=(*plan.reasons, f"again:{kind}"))
    followed = on_what_was_said(plan, reading, scene)
    nearest = in_nearest_words(plan, reading, scene) or nearest_to_what_was_said(plan, reading, scene)
    plan = leaving(plan, reading, scene) or followed or nearest or of_own_remark(plan, reading, scene) or plan
    beside = passing(reading, scene)
    if plan.move in KNOWS_NOTHING and (felt := felt_beside(reading)) is not None:
        beside = (felt,)
    if beside and plan.phrase == "heard":  # what was done beside is answered, which says that all of it was heard
        plan, beside = replace(plan, phrase=None, says=beside[-1:]), beside[:-1]
    plan = replace(plan, before=(*beside, *plan.before), listener=called_by(reading, scene))
    plan = recognised(plan, reading, scene)
    plan = with_initiative(plan, reading, scene) if TAKEN_UP not in plan.reasons else plan
    feelings = reaction(kind, plan, scene)
    possible = tuple(action for want in reading.wants for action in would_do(want, reading.language, scene))
    return replace(plan, feelings=feelings, mood=_mood(plan, feelings, scene), possible=possible)


def _only_comes_back(reading: Reading, scene: Scene) -> bool:
    """Return whether who comes again greets, or tells their name again, and says nothing else that is understood."""
    act, rule = reading.main, acts()[reading.main.kind]
    known = known_name(scene)
    if known and act.kind == "introduce" and any(one.value == known for one in act.told):
        return is_back(scene)
    weighs = rule.deed or rule.grave or act.confidence >= SURELY or act.mood
    return is_back(scene) and not weighs and any(act.kind == "greet" for act in reading.acts)


def _asked(act: Act, reading: Reading, recollection: Recollection, scene: Scene) -> Plan:
    """Return the answer to a question of any kind: what is believed of it, else what the author or anybody says."""
    elsewhere = set(act.named) - {scene.npc, scene.speaker}
    here = act.kind == "ask_scene" and (not elsewhere or act.topic == "weather") and not in_their_words(act)
    if here and (seen := of_the_moment(act, scene)):
        return (_as_written(act, reading, scene) if seen.move == "unknown" else None) or seen
    follows = told_on(act, reading.language, scene) or going_on(act, reading.language, scene)
    if (more := follows or note_on(act, reading, scene)) is not None:
        return more
    if (same := whether_the_same(act, reading.language, scene)) is not None and not near_closed(reading, scene):
        return same
    if (compared := chosen(act, reading, scene)) is not None and not near_closed(reading, scene):
        return compared
    if (moment := _of_clear_moment(act, reading, scene)) is not None:
        return moment
    plan = _question(reading, recollection, scene)
    if plan.withheld and not plan.stated and in_their_words(act):  # the author answers it in the open
        return in_own_words(act, reading.language, scene) or plan
    # What is kept back of the NPC matters where it is asked for, and not where it is only of them too.
    kept = bool(plan.withheld) and (recollection.direct or near_closed(reading, scene))
    if act.life is not None and not kept:
        known = (recollection.direct and plan.facts and not foreseen(act)) or near_closed(reading, scene)
        written = None if known else in_own_words(act, reading.language, scene)
        own_life = of_their_life(act, plan, reading.language, scene, direct=recollection.direct)
        if (of_life := written or own_life) is not None:
            return of_life
    if act.taste is not None and foreseen(act) and (written := _as_written(act, reading, scene)) is not None:
        return written
    own_taste = None if kept else taste(act, plan, reading.language, scene)
    if (own := own_taste or (None if plan.withheld else advice(act, reading, scene))) is not None:
        return own
    if plan.move in ("unknown", "confused", "unknown_name"):
        theirs = replace(act, kind="ask_npc", topic=act.of_npc) if _of_the_npc(act, scene) else act
        before = made_up_before(act, reading.language, scene)
        in_own = [one for one in (_as_written(act, reading, scene), _spoken_of(act, reading, scene)) if one is not None]
        in_own.sort(key=lambda one: not one.says)  # what one text keeps to themself another may tell
        written = next(iter(in_own), None) or before or goods(act, reading.language, scene)
        written = written or once_more(act, scene) or converse(theirs, reading, scene)
        return written or (None if act.unknown else _of_ourselves(act, reading.language, scene)) or plan
    if act.supposed and plan.polarity is not None and not plan.withheld:  # it is not asked whether it is so now
        return _nearer(act, reading, scene) or not_known(reading, scene, supposed=True)
    if recollection.strays and plan.move == "answer" and not plan.withheld and (nearer := _nearer(act, reading, scene)):
        return nearer
    if _gives_way(plan, act, recollection, scene):
        of_it = None if near_closed(reading, scene) else of_topic(act, reading.language, scene)
        written = _as_written(act, reading, scene) or of_it
        if written is not None:
            return written
    # Who asks about the NPC is not answered by what the NPC is called, where that is all that came to mind.
    beside = (
        bool(plan.facts)
        and not plan.withheld
        and not recollection.direct
        and not elsewhere
        and not asks_who(act, scene)
    )
    return (converse(act, reading, scene) if beside else None) or described(plan, act, reading.language, scene)


def _of_the_npc(act: Act, scene: Scene) -> bool:
    """Return whether an act asks for something of the NPC's own: it names nothing else, or asks it of them."""
    if not act.of_npc or act.question_word in ("who", "how_many"):
        return False
    first = act.queries[0].subject if act.queries else None
    return not set(act.named) - {scene.npc, scene.speaker} or (first is not None and first.entity == scene.npc)


def _gives_way(plan: Plan, act: Act, recollection: Recollection, scene: Scene) -> bool:
    """Return whether an answer is less than the author's own to what is asked, if there is one.

    What says no more than who or where the NPC is gives way to whatever the author wrote. A yes or a no, and the answer
    to a relation that is asked about, give way to that very question alone; what only came to mind of somebody or
    something named gives way to a question that was foreseen beyond doubt.
    """
    if plan.move not in ("answer", "remember") or (plan.memory is not None and recollection.direct):
        return False
    if "name" in act.subject and act.means and act.means[0][1] < 1.0:
        return False  # who asks for a name is told it, unless the author put the question so
    if plan.polarity is None and _only_present([fact.belief for fact in plan.facts], scene):
        return True
    asked = plan.polarity is not None or (recollection.direct and bool(act.predicates))
    named = bool(set(act.named) - {scene.npc, scene.speaker}) and bool(plan.facts)
    return (in_their_words(act) if asked else foreseen(act)) or not (asked or recollection.direct or named)


def _nearer(act: Act, reading: Reading, scene: Scene) -> Plan | None:
    """Return what answers a question that asks more than is believed of it: the author's words, or itself said over."""
    if near_closed(reading, scene):
        return None
    written = _as_written(act, reading, scene)
    return written or _of_ourselves(act, reading.language, scene)


def _of_ourselves(act: Act, language: Language, scene: Scene) -> Plan | None:
    """Return the answer to a question that two who talk have for each other, of which nothing is known."""
    elsewhere = set(act.named) - {scene.npc, scene.speaker}
    of_both = act.clearly or not elsewhere  # 'Do you believe in ghosts?', whatever the world knows of them
    return (in_the_moment(act, language, scene) if of_both else None) or said_over(act, scene)


def _of_clear_moment(act: Act, reading: Reading, scene: Scene) -> Plan | None:
    """Return the answer to a moment that is heard beyond doubt, and in which nothing of the world is named."""
    world = set(act.named) - {scene.npc, scene.speaker} or act.choice or act.life or act.taste or act.unknown
    if not act.clearly or world or acts()[act.kind].reply is None or touched(reading, scene) is not None:
        return None
    language = reading.language
    written = in_own_words(act, language, scene) if foreseen(act, word_for_word=True) else None
    return written or of_topic(act, language, scene) or in_the_moment(act, language, scene)


def _as_written(act: Act, reading: Reading, scene: Scene) -> Plan | None:
    """Return the author's own answer to what calls on no offer, states nothing and comes near no closed secret."""
    buys = acts()[act.kind].deed and act.goods and not in_their_words(act)
    if buys or act.actions or reading.claims or acts()[act.kind].grave or near_closed(reading, scene):
        return None
    return in_own_words(act, reading.language, scene)


def _spoken_of(act: Act, reading: Reading, scene: Scene) -> Plan | None:
    """Return what the NPC's own lines say of what is asked after, where nothing else answers it."""
    if act.actions or act.opinion or reading.claims or acts()[act.kind].grave or near_closed(reading, scene):
        return None
    return of_their_lines(act, reading.language, scene)


def _word_for_word(act: Act, reading: Reading, scene: Scene) -> Plan | None:
    """Return the author's answer to what they foresaw in these words: it comes before all but a deed and a secret."""
    if act.wants or reading.claims or acts()[act.kind].grave or near_closed(reading, scene):
        return None
    plan = word_for_word(act, reading.language, scene)
    return plan and with_goodbye(plan, reading, scene)


def _question(reading: Reading, recollection: Recollection, scene: Scene) -> Plan:
    if (put := stated(reading, scene)) is not None and not is_open(put, scene):
        return deflect(put, scene, reading.language)
    if recollection.memories:
        return Plan("remember", phrase="remember", memory=recollection.memories[0], reasons=("asked:memory",))
    if recollection.kept is not None:
        return declined(recollection.kept, reading, scene)
    if reading.main.opinion is not None and (held := _held_of(reading, recollection, scene)) is not None:
        return held
    if recollection.predicate == PROMISED and recollection.direct:
        return _promised_nothing(reading, scene)
    elsewhere = set(reading.main.named) - {scene.npc, scene.speaker}
    if "doing" in reading.main.subject and not elsewhere and (doing := scene.doing.get(reading.language)):
        return Plan("answer", says=(Phrase("doing", {"doing": doing}),), reasons=("asked:doing",))
    recollection, free, kept = told_apart(recollection, scene)
    secrets = [secret for belief in recollection.all if (secret := covering(belief, scene))]
    closed = [secret for secret in secrets if not is_open(secret, scene)]
    told = [secret for secret in secrets if is_open(secret, scene)]
    near = touched(reading, scene)
    if closed and recollection.strays and near is None:  # what came to mind is not what was asked for
        return not_known(reading, scene)
    direct = recollection.direct and not (near and _only_present(free, scene))
    if near and not is_open(near, scene):
        free = [belief for belief in free if not _hints_at(belief, near, reading, scene)]
        if not direct or not free:
            closed.append(near)
    if (told and direct) or (near and is_open(near, scene) and not closed and not direct):
        return reveal(told[0] if told else near, scene, reading.language)  # type: ignore[arg-type]
    if closed and (not free or (near in closed and not direct)):
        return deflect(closed[-1], scene, reading.language)
    if not free:
        kept += filter(None, [kept_before(reading, scene), untold(reading, scene)])
        return declined(kept[0], reading, scene) if kept else not_known(reading, scene)
    if reading.main.opinion is not None:  # what they are to each other says more than what the other one does
        free.sort(key=lambda belief: scene.npc not in (belief.statement.subject, belief.statement.object))
    voiced = free[: MANY if recollection.direct else 2]
    plan = framed(recollection, voiced)
    if reading.main.opinion is not None and not recollection.direct:
        voiced = [*voiced, *discretion.tellable(recollection.opinion, scene.company)]
        plan = replace(plan, remark=remark(reading, scene))
    withheld = [Withheld(secret.id, "conditions not met") for secret in closed]
    return replace(
        plan,
        facts=tuple(fact_of(belief, scene, reading.language) for belief in voiced),
        withheld=(*withheld, *(Withheld(one.what, one.reason) for one in kept)),
        reasons=(*plan.reasons, "asked:relation" if recollection.direct else "asked:about", *provenance(voiced)),
    )


def _held_of(reading: Reading, recollection: Recollection, scene: Scene) -> Plan | None:
    """Return the answer to what somebody is thought of: from what was concluded and is felt, where no belief says it.

    What is thought of a third person is not said where a secret is near, and adds to what is known of them.
    """
    kind, whom = reading.main.opinion or ("", "")
    said = [belief for belief in recollection.beliefs if recollection.direct]
    said = [one for one in said if (one.statement.subject, one.statement.object) == (scene.npc, whom)]
    if any(one.how == "authored" for one in said):
        return None
    if whom != scene.speaker:
        near = touched(reading, scene)
        secret = covering(Belief(Statement(scene.npc, "likes", whom), "inferred"), scene)
        if said or kind == "view" or near or (secret and not is_open(secret, scene)):
            return None
    return opinion(reading, scene)


def _promised_nothing(reading: Reading, scene: Scene) -> Plan:
    nothing = Statement(scene.speaker, PROMISED, scene.npc)
    said = scene.wording.sentence(nothing, reading.language, scene.perspective, holds=False)
    return Plan("answer", polarity=False if reading.main.yes_no else None, says=(said,), reasons=("asked:promise",))


def _only_present(beliefs: Sequence[Belief], scene: Scene) -> bool:
    """Return whether beliefs say no more than who or where the NPC is: no answer to what touches on a secret."""
    moment = (*OF_THE_MOMENT, "at")
    return all(b.statement.subject == scene.npc and b.statement.predicate in moment for b in beliefs)


def _hints_at(belief: Belief, secret: Secret, reading: Reading, scene: Scene) -> bool:
    """Return whether saying a belief would bring up words of a secret's that the speaker has not used."""
    guard = Guard([secret], scene.npc, scene.projections.compiled).grant(reading.text)
    return guard.words(fact_of(belief, scene, reading.language).wording) is not None


def _told(reading: Reading, scene: Scene) -> Plan:
    """React to something asserted: it may be news, known already, or against what is believed."""
    near = touched(reading, scene)
    if near is not None:
        if is_open(near, scene):
            return reveal(near, scene, reading.language)
        return deflect(near, scene, reading.language)
    beliefs = scene.mind.beliefs
    claim = reading.claims[0]
    stance = beliefs.stance(claim.statement_id)
    same = [stance] if stance and stance.holds == claim.holds else []
    if claim.holds and not same:
        same = beliefs.ask(claim.subject, claim.predicate, claim.object)
    if same:
        confirmed = discretion.as_told(same[0], scene.company)
        if isinstance(confirmed, Kept):
            return declined(confirmed, reading, scene)
        partial = discretion.is_partial(confirmed, same[0])
        if partial and confirmed.by == scene.speaker:  # to know it from them only would confirm it
            return Plan("chat", phrase="tell_fact", reasons=("act:tell_fact",))
        return Plan("known", phrase="known", reasons=("claim:known",))
    heard_so = scene.mind.told_by(scene.speaker, claim, scene.now, chain=(scene.speaker,))
    if not beliefs.would_hold(heard_so):  # with all that was said for it before
        rule = scene.projections.compiled.predicates[claim.predicate]
        rivals = [stance] if stance else beliefs.ask(claim.subject, claim.predicate) if rule.single_valued else []
        weighed = [discretion.as_told(rival, scene.company) for rival in rivals if not covering(rival, scene)]
        if weighed and isinstance(weighed[0], Kept):
            return declined(weighed[0], reading, scene)
        facts = tuple(fact_of(rival, scene, reading.language) for rival in weighed[:1] if isinstance(rival, Belief))
        return Plan("doubt", facts=facts, phrase="doubt", reasons=("claim:doubted",))
    return Plan("learned", phrase="learned", reasons=("claim:news",))


def _known_already(act: Act, reading: Reading, scene: Scene) -> Plan | None:
    """Return the answer to what is guessed or passed on, where the NPC knows and may say so; None where they don't."""
    for put in act.brought_up:
        held = scene.mind.beliefs.stance(put.statement_id)
        if held is None or held.holds != put.holds or covering(held, scene):
            continue
        confirmed = discretion.as_told(held, scene.company)
        if not isinstance(confirmed, Kept) and not discretion.is_partial(confirmed, held):
            if act.amount is not None and put_otherwise(held, act.amount):
                facts = (fact_of(confirmed, scene, reading.language),)
                return Plan("doubt", facts=facts, phrase="doubt", reasons=(f"{act.kind}:doubted",))
            return Plan("known", phrase="known", reasons=(f"{act.kind}:known",))
    return None


def _mood(plan: Plan, feelings: Sequence[FeelingChange], scene: Scene) -> Mood:
    shown = acts().moves[plan.move].mood
    if shown and plan.phrase != "enough":
        return shown
    level = scene.mind.feelings.mood(scene.now) + sum(c.amount for c in feelings if c.aspect == "mood")
    felt = scene.mind.feelings.toward(scene.speaker)
    if plan.move == "greet" and felt.affinity >= 0.3:
        return "happy"
    return mood_word(level, felt.affinity)
