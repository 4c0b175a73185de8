"""The third step of a turn: what the answer will convey. Pure code: no model has a say in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta

from npc_engine.acts import Mood, acts
from npc_engine.chronicle import Change, FeelingChange
from npc_engine.dialogue.access import covering, is_open, stated, touched
from npc_engine.dialogue.decide.answering import MANY
from npc_engine.dialogue.decide.conversing import answered_by_told, called_by, converse, of_the_moment, passing
from npc_engine.dialogue.decide.declining import declined, kept_before, told_apart
from npc_engine.dialogue.decide.framing import framed
from npc_engine.dialogue.decide.opinions import opinion, remark
from npc_engine.dialogue.decide.reactions import reaction, stale
from npc_engine.dialogue.decide.recollection import Recollection, untold
from npc_engine.dialogue.query import Term
from npc_engine.dialogue.scene import Scene
from npc_engine.dialogue.secrets.guard import Guard
from npc_engine.dialogue.types import Act, Action, Fact, Phrase, Plan, Reading, Withheld
from npc_engine.mind import Belief, discretion, met
from npc_engine.mind.counters import PROMISED
from npc_engine.mind.discretion import Kept
from npc_engine.mind.feelings import mood_word
from npc_engine.persona import Secret
from npc_engine.text import Language, fill
from npc_engine.world import Statement
from npc_engine.world.definitions import ActionDefinition
from npc_engine.world.wording import OF_THE_MOMENT

AWAY = timedelta(hours=20)
"""After how long somebody who comes again is welcomed back."""


def decide(reading: Reading, recollection: Recollection, scene: Scene) -> Plan:
    """Return the plan of an answer: what is said, what is withheld and why, what is done, how it feels."""
    act = reading.main
    kind, rule = act.kind, acts()[act.kind]
    if kind == "greet":
        plan = Plan("greet", phrase=_greeting(scene), asks_back=True, reasons=("act:greet",))
    elif rule.question and not answered_by_told(act, scene):
        plan = _asked(act, reading, recollection, scene)
    elif rule.deed and (act.actions or rule.reply is None):
        plan = _request(reading, scene)
    elif rule.reply is None or (rule.states and reading.claims) or (not rule.light and touched(reading, scene)):
        plan = _told(reading, scene)
    else:
        plan = converse(act, reading, scene) or Plan("chat", phrase="small_talk", reasons=(f"act:{kind}",))
        if stale(kind, scene):
            plan = replace(plan, phrase="enough", says=(), reasons=(*plan.reasons, f"again:{kind}"))
    plan = replace(plan, before=passing(reading, scene), listener=called_by(reading, scene))
    feelings = reaction(kind, plan, scene)
    possible = tuple(filter(None, (_offered(name, reading.language, scene) for name in reading.main.actions)))
    return replace(plan, feelings=feelings, mood=_mood(plan, feelings, scene), possible=possible)


def _asked(act: Act, reading: Reading, recollection: Recollection, scene: Scene) -> Plan:
    """Return the answer to a question of any kind: what is believed of it, else what the author or anybody says."""
    elsewhere = set(act.named) - {scene.npc, scene.speaker}
    if act.kind == "ask_scene" and not elsewhere and (seen := of_the_moment(act, scene)):
        return seen
    plan = _question(reading, recollection, scene)
    if plan.move in ("unknown", "confused", "unknown_name"):
        return converse(act, reading, scene) or plan
    # Who asks about the NPC is not answered by what the NPC is called, where that is all that came to mind.
    beside = bool(plan.facts) and not recollection.direct and not elsewhere
    return (converse(act, reading, scene) if beside else None) or plan


def _question(reading: Reading, recollection: Recollection, scene: Scene) -> Plan:
    if (put := stated(reading, scene)) is not None and not is_open(put, scene):
        return _deflect(put, scene, reading.language)
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
    direct = recollection.direct and not (near and _only_present(free, scene))
    if near and not is_open(near, scene):
        free = [belief for belief in free if not _hints_at(belief, near, reading, scene)]
        if not direct or not free:
            closed.append(near)
    if (told and direct) or (near and is_open(near, scene) and not closed and not direct):
        return _reveal(told[0] if told else near, scene, reading.language)  # type: ignore[arg-type]
    if closed and (not free or (near in closed and not direct)):
        return _deflect(closed[-1], scene, reading.language)
    if not free:
        kept += filter(None, [kept_before(reading, scene), untold(reading, scene)])
        return declined(kept[0], reading, scene) if kept else _unknown(reading, scene)
    voiced = free[: MANY if recollection.direct else 2]
    plan = framed(recollection, voiced)
    if reading.main.opinion is not None and not recollection.direct:
        voiced = [*voiced, *discretion.tellable(recollection.opinion, scene.company)]
        plan = replace(plan, remark=remark(reading, scene))
    withheld = [Withheld(secret.id, "conditions not met") for secret in closed]
    return replace(
        plan,
        facts=tuple(_fact(belief, scene, reading.language) for belief in voiced),
        withheld=(*withheld, *(Withheld(one.what, one.reason) for one in kept)),
        reasons=(*plan.reasons, "asked:relation" if recollection.direct else "asked:about", *_provenance(voiced)),
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
    return guard.words(_fact(belief, scene, reading.language).wording) is not None


def _request(reading: Reading, scene: Scene) -> Plan:
    offers = {offer.action: offer for offer in scene.persona.offers}
    wanted = [action for action in reading.main.actions if action in offers]
    language = reading.language
    for name in wanted:
        offer, action = offers[name], scene.actions[name]
        if met(
            offer.when,
            scene.projections,
            now=scene.now,
            npc=scene.npc,
            speaker=scene.speaker,
            near=scene.overheard_by,
        ):
            return Plan(
                "comply",
                phrase="comply",
                says=_written(offer.comply, language),
                actions=(_action(action, scene, language),),
                reasons=(f"offers:{name}",),
            )
    if wanted:
        offer = offers[wanted[0]]
        return Plan(
            "refuse",
            phrase="refuse",
            says=_written(offer.refuse, language),
            reasons=(f"offers:{wanted[0]}", "conditions not met"),
        )
    near = touched(reading, scene)
    if near and not is_open(near, scene):
        return _deflect(near, scene, language)
    return Plan("refuse", phrase="refuse", reasons=("no such offer",))


def _told(reading: Reading, scene: Scene) -> Plan:
    """React to something asserted: it may be news, known already, or against what is believed."""
    near = touched(reading, scene)
    if near is not None:
        if is_open(near, scene):
            return _reveal(near, scene, reading.language)
        return _deflect(near, scene, reading.language)
    if not reading.claims:
        return Plan("chat", phrase="small_talk", reasons=("act:tell_fact",))
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
            return Plan("chat", phrase="small_talk", reasons=("act:tell_fact",))
        return Plan("known", phrase="known", reasons=("claim:known",))
    heard_so = scene.mind.told_by(scene.speaker, claim, scene.now, chain=(scene.speaker,))
    if not beliefs.would_hold(heard_so):  # with all that was said for it before
        rule = scene.projections.compiled.predicates[claim.predicate]
        rivals = [stance] if stance else beliefs.ask(claim.subject, claim.predicate) if rule.single_valued else []
        weighed = [discretion.as_told(rival, scene.company) for rival in rivals if not covering(rival, scene)]
        if weighed and isinstance(weighed[0], Kept):
            return declined(weighed[0], reading, scene)
        facts = tuple(_fact(rival, scene, reading.language) for rival in weighed[:1] if isinstance(rival, Belief))
        return Plan("doubt", facts=facts, phrase="doubt", reasons=("claim:doubted",))
    return Plan("learned", phrase="learned", reasons=("claim:news",))


def _reveal(secret: Secret, scene: Scene, language: Language) -> Plan:
    facts = tuple(
        _fact(belief, scene, language)
        for fact in secret.facts
        if (belief := scene.mind.beliefs.stance(fact.replace(" ", "."))) is not None
    )
    says = _written(secret.reveal, language)
    return Plan("reveal", facts=facts, says=says, reasons=(f"secret:{secret.id}", "conditions met"))


def _deflect(secret: Secret, scene: Scene, language: Language) -> Plan:
    """Return the plan of keeping a secret. First ask: the cover. Second: the hint. After that: a generic deflection.

    Where the author wrote a lie, every ask is answered with it.
    """
    times = sum(
        any(withheld.secret == secret.id for withheld in exchange.line.withheld) for exchange in scene.exchanges
    )
    if secret.lie is not None:
        change = Change.of_fact(secret.lie.fact, secret.lie.holds, secret.lie.qualifiers)
        return Plan(
            "deflect",
            facts=(_fact(Belief(Statement.of(change), "lie", holds=change.holds), scene, language),),
            says=_written(secret.cover, language) if times == 0 else (),
            withheld=(Withheld(secret.id, "conditions not met"),),
            reasons=(f"secret:{secret.id}", "conditions not met", "lie"),
        )
    said = [text for text in (secret.cover.get(language), secret.hint.get(language)) if text]
    return Plan(
        "deflect",
        phrase="deflect",
        says=(said[times],) if times < len(said) else (),
        withheld=(Withheld(secret.id, "conditions not met"),),
        reasons=(f"secret:{secret.id}", "conditions not met"),
    )


def _unknown(reading: Reading, scene: Scene) -> Plan:
    if reading.main.unknown and not any(entity not in (scene.npc, scene.speaker) for entity in reading.main.named):
        name = (Term(reading.main.unknown),)
        return Plan("unknown_name", phrase="unknown_name", topic=name, reasons=("nobody bears that name",))
    if not (reading.main.named or reading.main.predicates or reading.main.question_word):
        return Plan("confused", phrase="confused", reasons=("nothing understood",))
    return Plan("unknown", phrase="unknown", topic=_topic(reading, scene), reasons=("nothing believed of it",))


def _topic(reading: Reading, scene: Scene) -> tuple[Term, ...]:
    """Return what an answer that knows nothing is about: the first thing named, if anything is."""
    spoken_of = [entity for entity in reading.main.named if entity not in (scene.npc, scene.speaker)]
    return tuple(Term("", entity=entity) for entity in spoken_of[:1])


def _written(texts: Mapping[str, str], language: Language) -> tuple[str, ...]:
    """Return what an author wrote in a language to be said as it stands; nothing where there is none."""
    return (texts[language],) if texts.get(language) else ()


def _fact(belief: Belief, scene: Scene, language: Language) -> Fact:
    wording = scene.wording.sentence(belief.statement, language, scene.perspective, holds=belief.holds)
    return Fact(belief, wording)


def _offered(name: str, language: Language, scene: Scene) -> Action | None:
    """Return an action that the NPC would do for the speaker now; None where they would not."""
    offer = next((offer for offer in scene.persona.offers if offer.action == name), None)
    near = scene.overheard_by
    if offer and met(offer.when, scene.projections, now=scene.now, npc=scene.npc, speaker=scene.speaker, near=near):
        return _action(scene.actions[name], scene, language)
    return None


def _action(action: ActionDefinition, scene: Scene, language: Language) -> Action:
    """Return the action with its parts filled in: who does it, for whom, and what it will have changed."""
    ids = {"actor": scene.npc, "speaker": scene.speaker}

    def change(fact: str, holds: bool) -> Change:
        return Change.of_fact(" ".join(ids.get(word.strip("{}"), word) for word in fact.split()), holds)

    names = {role: scene.wording.name(entity, language) for role, entity in ids.items()}
    text = action.wording.get(language) or f"{names['actor']}: {action.names.get(language, action.id)}"
    text = fill(text, names)
    changes = [change(fact, True) for fact in action.changes] + [change(f, False) for f in action.not_changes]
    return Action(action.id, scene.npc, scene.speaker, text[:1].upper() + text[1:], tuple(changes))


def _greeting(scene: Scene) -> str:
    """Return the occasion of a greeting: how they feel comes before the time of day."""
    felt = scene.mind.feelings.toward(scene.speaker)
    if any(act.kind == "greet" for exchange in scene.exchanges for act in exchange.reading.acts):
        return "greet_again"
    met = scene.mind.memories.said_by(scene.speaker)
    if met and felt.standing != "foe" and scene.now - scene.mind.memories[met[-1]].at >= AWAY:
        return "welcome_back"
    if felt.standing != "stranger":
        return "greeting_cold" if felt.standing == "foe" else "greeting_friend"
    if felt.familiarity >= 0.15 or not 5 <= scene.now.hour < 19:
        if 5 <= scene.now.hour < 11:
            return "greeting_morning"
        if scene.now.hour >= 18 or scene.now.hour < 5:
            return "greeting_evening"
    return "greeting"


def _mood(plan: Plan, feelings: Sequence[FeelingChange], scene: Scene) -> Mood:
    shown = acts().moves[plan.move].mood
    if shown and plan.phrase != "enough":
        return shown
    level = scene.mind.feelings.mood(scene.now) + sum(c.amount for c in feelings if c.aspect == "mood")
    felt = scene.mind.feelings.toward(scene.speaker)
    if plan.move == "greet" and felt.affinity >= 0.3:
        return "happy"
    return mood_word(level, felt.affinity)


def _provenance(beliefs: Sequence[Belief]) -> tuple[str, ...]:
    return tuple(f"{belief.id}:{belief.how}{f':{belief.by}' if belief.by else ''}" for belief in beliefs)
