"""The third step of a turn: what the answer will convey. Pure code: no model has a say in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from npc_engine.chronicle import Change, FeelingChange
from npc_engine.dialogue.answering import MANY
from npc_engine.dialogue.declining import declined, kept_before, told_apart
from npc_engine.dialogue.linking import without_names
from npc_engine.dialogue.opinions import opinion, remark
from npc_engine.dialogue.plan import Act, Action, Fact, Heard, Move, Plan, Withheld
from npc_engine.dialogue.reactions import reaction, stale
from npc_engine.dialogue.recall import Recollection, untold
from npc_engine.dialogue.replying import framed
from npc_engine.dialogue.scene import Scene
from npc_engine.dialogue.secrets import Guard
from npc_engine.dialogue.words import words_of
from npc_engine.mind import Belief, discretion, met
from npc_engine.mind.discretion import Kept
from npc_engine.mind.feelings import Mood, mood_word
from npc_engine.mind.keepsakes import PROMISED
from npc_engine.persona import Secret
from npc_engine.text import Language, fold
from npc_engine.world import Statement
from npc_engine.world.definitions import ActionDefinition
from npc_engine.world.wording import OF_THE_MOMENT

_SOCIAL: dict[Act, tuple[Move, str]] = {
    "farewell": ("part", "farewell"),
    "thanks": ("thank", "thanks"),
    "compliment": ("flattered", "compliment"),
    "insult": ("insulted", "insult"),
    "threat": ("threatened", "threat"),
    "fiction": ("fiction", "fiction"),
    "small_talk": ("chat", "small_talk"),
    "agreement": ("chat", "small_talk"),
    "promise": ("chat", "promise"),
}
_MOODS: dict[Move, Mood] = {
    "insulted": "angry",
    "threatened": "afraid",
    "flattered": "happy",
    "thank": "happy",
    "fiction": "surprised",
    "learned": "surprised",
    "reveal": "sad",
}


def decide(heard: Heard, recollection: Recollection, scene: Scene) -> Plan:
    """Give the plan of an answer: what is said, what is withheld and why, what is done, how it feels."""
    if heard.confides_before:
        plan = Plan("chat", phrase="keeps", reasons=("act:statement",))
    elif heard.act == "promise" and touched(heard, scene) is not None:
        plan = _told(heard, scene)
    elif heard.act in _SOCIAL:
        move, phrase = _SOCIAL[heard.act]
        plan = Plan(move, phrase=phrase, reasons=(f"act:{heard.act}",))
        if stale(heard, scene):
            plan = Plan(move, phrase="enough", reasons=(*plan.reasons, f"again:{heard.act}"))
    elif heard.act == "greeting":
        plan = Plan("greet", phrase=_greeting(scene), reasons=("act:greeting",))
    elif heard.act == "request":
        plan = _request(heard, scene)
    elif heard.act == "statement":
        plan = _told(heard, scene)
    else:
        plan = _question(heard, recollection, scene)
    feelings = reaction(heard, plan, scene)
    return replace(plan, feelings=feelings, mood=_mood(plan, feelings, scene))


def is_open(secret: Secret, scene: Scene) -> bool:
    """Tell whether a secret may be told to this speaker, here and now."""
    return discretion.is_open(secret, scene.company)


def covering(belief: Belief, scene: Scene) -> Secret | None:
    """Give the secret of the NPC's that a belief falls under, itself or by what it follows from."""
    return next(iter(discretion.covering(belief.statement, scene.persona, scene.views)), None)


def touched(heard: Heard, scene: Scene) -> Secret | None:
    """Give the secret that an utterance comes near: by its words in either language, disguised or not, or by claims."""
    cast = scene.views.cast
    claimed = {claim.statement_id.replace(".", " ") for claim in heard.claims}
    for secret in scene.persona.secrets:
        guard = Guard([secret], scene.npc, cast.entities, cast.predicates, asked=True)
        if claimed & set(secret.facts) or guard.anything(_other_things_aside(heard.text, secret, guard, scene)):
            return secret
    if heard.polar and not heard.predicates and scene.exchanges:  # 'So it is true?', of what was just kept back
        kept = {withheld.secret for withheld in scene.exchanges[-1].line.withheld}
        return next((secret for secret in scene.persona.secrets if secret.id in kept), None)
    return None


def _other_things_aside(text: str, secret: Secret, guard: Guard, scene: Scene) -> str:
    """Give a text without the names that have a secret's word in them but mean something else: 'Greta's sister'."""
    folded = fold(text)
    about = {part for fact in secret.facts for part in fact.split()}
    for mention in reversed(scene.views.names.find(text)):
        if mention.entity not in about and guard.words(folded[mention.start : mention.end]):
            folded = f"{folded[: mention.start]} {folded[mention.end :]}"
    return folded


def stated(heard: Heard, scene: Scene) -> Secret | None:
    """Give the secret whose statement an utterance makes, as a claim or to have it confirmed or denied."""
    cast = scene.views.cast
    claimed = {claim.statement_id.replace(".", " ") for claim in heard.claims}
    for secret in scene.persona.secrets:
        guard = Guard([secret], scene.npc, cast.entities, cast.predicates, asked=True)
        if claimed & set(secret.facts) or guard.states(heard.text):
            return secret
    return None


def _question(heard: Heard, recollection: Recollection, scene: Scene) -> Plan:
    if (put := stated(heard, scene)) is not None and not is_open(put, scene):
        return _deflect(put, scene, heard.language)
    if recollection.memories:
        return Plan("remember", phrase="remember", memory=recollection.memories[0], reasons=("asked:memory",))
    if recollection.kept is not None:
        return declined(recollection.kept, heard, scene)
    if heard.opinion is not None and (held := _held_of(heard, recollection, scene)) is not None:
        return held
    if recollection.predicate == PROMISED and recollection.direct:
        return _promised_nothing(heard, scene)
    words = words_of(heard.language)
    elsewhere = set(heard.entities) - {scene.npc, scene.speaker}
    if (
        words.solely("doing", without_names(heard.text, scene))
        and not elsewhere
        and (doing := scene.doing.get(heard.language))
    ):
        said = words.frames["doing"].replace("{doing}", doing)
        return Plan("answer", fixed=said, reasons=("asked:doing",))
    recollection, free, kept = told_apart(recollection, scene)
    secrets = [secret for belief in recollection.all if (secret := covering(belief, scene))]
    closed = [secret for secret in secrets if not is_open(secret, scene)]
    told = [secret for secret in secrets if is_open(secret, scene)]
    near = touched(heard, scene)
    direct = recollection.direct and not (near and _only_present(free, scene))
    if near and not is_open(near, scene):
        free = [belief for belief in free if not _hints_at(belief, near, heard, scene)]
        if not direct or not free:
            closed.append(near)
    if (told and direct) or (near and is_open(near, scene) and not closed and not direct):
        return _reveal(told[0] if told else near, scene, heard.language)  # type: ignore[arg-type]
    if closed and (not free or (near in closed and not direct)):
        return _deflect(closed[-1], scene, heard.language)
    if not free:
        kept += filter(None, [kept_before(heard, scene), untold(heard, scene)])
        return declined(kept[0], heard, scene) if kept else _unknown(heard, scene)
    voiced = free[: MANY if recollection.direct else 2]
    plan = framed(heard, recollection, voiced, scene)
    if heard.opinion is not None and not recollection.direct:
        voiced = [*voiced, *discretion.tellable(recollection.opinion, scene.company)]
        plan = replace(plan, remark=remark(heard, scene))
    withheld = [Withheld(secret.id, "conditions not met") for secret in closed]
    return replace(
        plan,
        facts=tuple(_fact(belief, scene, heard.language) for belief in voiced),
        withheld=(*withheld, *(Withheld(one.what, one.reason) for one in kept)),
        reasons=(*plan.reasons, "asked:relation" if recollection.direct else "asked:about", *_provenance(voiced)),
    )


def _held_of(heard: Heard, recollection: Recollection, scene: Scene) -> Plan | None:
    """Give the answer to what somebody is thought of: from what was concluded and is felt, where no belief says it.

    What is thought of a third person is not said where a secret is near, and adds to what is known of them.
    """
    kind, whom = heard.opinion or ("", "")
    said = [belief for belief in recollection.beliefs if recollection.direct]
    said = [one for one in said if (one.statement.subject, one.statement.object) == (scene.npc, whom)]
    if any(one.how == "authored" for one in said):
        return None
    if whom != scene.speaker:
        near = touched(heard, scene)
        secret = covering(Belief(Statement(scene.npc, "likes", whom), "inferred"), scene)
        if said or kind == "view" or near or (secret and not is_open(secret, scene)):
            return None
    return opinion(heard, scene)


def _promised_nothing(heard: Heard, scene: Scene) -> Plan:
    nothing = Statement(scene.speaker, PROMISED, scene.npc)
    said = scene.wording.sentence(nothing, heard.language, scene.perspective, holds=False)
    return Plan("answer", polarity=False if heard.polar else None, fixed=said, reasons=("asked:promise",))


def _only_present(beliefs: Sequence[Belief], scene: Scene) -> bool:
    """Tell whether beliefs say no more than who or where the NPC is: no answer to what touches on a secret."""
    moment = (*OF_THE_MOMENT, "at")
    return all(b.statement.subject == scene.npc and b.statement.predicate in moment for b in beliefs)


def _hints_at(belief: Belief, secret: Secret, heard: Heard, scene: Scene) -> bool:
    """Tell whether saying a belief would bring up words of a secret's that the speaker has not used."""
    guard = Guard([secret], scene.npc, scene.views.cast.entities, scene.views.cast.predicates).grant(heard.text)
    return guard.words(_fact(belief, scene, heard.language).wording) is not None


def _request(heard: Heard, scene: Scene) -> Plan:
    offers = {offer.action: offer for offer in scene.persona.offers}
    wanted = [action for action in heard.actions if action in offers]
    language = heard.language
    for name in wanted:
        offer, action = offers[name], scene.actions[name]
        if met(
            offer.when,
            scene.views,
            now=scene.now,
            npc=scene.npc,
            speaker=scene.speaker,
            near=scene.overheard_by,
        ):
            return Plan(
                "comply",
                phrase="comply",
                fixed=offer.comply.get(language, ""),
                actions=(_action(action, scene, language),),
                reasons=(f"offers:{name}",),
            )
    if wanted:
        offer = offers[wanted[0]]
        return Plan(
            "refuse",
            phrase="refuse",
            fixed=offer.refuse.get(language, ""),
            reasons=(f"offers:{wanted[0]}", "conditions not met"),
        )
    near = touched(heard, scene)
    if near and not is_open(near, scene):
        return _deflect(near, scene, language)
    return Plan("refuse", phrase="refuse", reasons=("no such offer",))


def _told(heard: Heard, scene: Scene) -> Plan:
    """React to something asserted: it may be news, known already, or against what is believed."""
    near = touched(heard, scene)
    if near is not None:
        if is_open(near, scene):
            return _reveal(near, scene, heard.language)
        return _deflect(near, scene, heard.language)
    if not heard.claims:
        return Plan("chat", phrase="small_talk", reasons=("act:statement",))
    beliefs = scene.mind.beliefs
    claim = heard.claims[0]
    stance = beliefs.stance(claim.statement_id)
    same = [stance] if stance and stance.holds == claim.holds else []
    if claim.holds and not same:
        same = beliefs.ask(claim.subject, claim.predicate, claim.object)
    if same:
        confirmed = discretion.as_told(same[0], scene.company)
        if isinstance(confirmed, Kept):
            return declined(confirmed, heard, scene)
        if (
            discretion.is_partial(confirmed, same[0]) and confirmed.by == scene.speaker
        ):  # to know it from them only would confirm it
            return Plan("chat", phrase="small_talk", reasons=("act:statement",))
        return Plan("known", phrase="known", reasons=("claim:known",))
    heard_so = scene.mind.told_by(scene.speaker, claim, scene.now, chain=(scene.speaker,))
    if not beliefs.would_hold(heard_so):  # with all that was said for it before
        rule = scene.views.cast.predicates[claim.predicate]
        rivals = [stance] if stance else beliefs.ask(claim.subject, claim.predicate) if rule.single_valued else []
        weighed = [discretion.as_told(rival, scene.company) for rival in rivals if not covering(rival, scene)]
        if weighed and isinstance(weighed[0], Kept):
            return declined(weighed[0], heard, scene)
        facts = tuple(_fact(rival, scene, heard.language) for rival in weighed[:1] if isinstance(rival, Belief))
        return Plan("doubt", facts=facts, phrase="doubt", reasons=("claim:doubted",))
    return Plan("learned", phrase="learned", reasons=("claim:news",))


def _reveal(secret: Secret, scene: Scene, language: Language) -> Plan:
    facts = tuple(
        _fact(belief, scene, language)
        for fact in secret.facts
        if (belief := scene.mind.beliefs.stance(fact.replace(" ", "."))) is not None
    )
    fixed = secret.reveal.get(language, "")
    return Plan("reveal", facts=facts, fixed=fixed, reasons=(f"secret:{secret.id}", "conditions met"))


def _deflect(secret: Secret, scene: Scene, language: Language) -> Plan:
    """Say the cover the first time a secret is asked for, the hint to those who ask on, then no more of it.

    Where the author wrote a lie, that is told instead, each time.
    """
    times = sum(
        any(withheld.secret == secret.id for withheld in exchange.line.withheld) for exchange in scene.exchanges
    )
    if secret.lie is not None:
        change = Change.of_fact(secret.lie.fact, secret.lie.holds, secret.lie.qualifiers)
        return Plan(
            "deflect",
            facts=(_fact(Belief(Statement.of(change), "lie", holds=change.holds), scene, language),),
            fixed=secret.cover.get(language, "") if times == 0 else "",
            withheld=(Withheld(secret.id, "conditions not met"),),
            reasons=(f"secret:{secret.id}", "conditions not met", "lie"),
        )
    said = [text for text in (secret.cover.get(language), secret.hint.get(language)) if text]
    return Plan(
        "deflect",
        phrase="deflect",
        fixed=said[times] if times < len(said) else "",
        withheld=(Withheld(secret.id, "conditions not met"),),
        reasons=(f"secret:{secret.id}", "conditions not met"),
    )


def _unknown(heard: Heard, scene: Scene) -> Plan:
    if heard.unknown and not any(entity not in (scene.npc, scene.speaker) for entity in heard.entities):
        return Plan("unknown_name", phrase="unknown_name", topic=heard.unknown, reasons=("nobody bears that name",))
    if not (heard.entities or heard.predicates or heard.asks):
        return Plan("confused", phrase="confused", reasons=("nothing understood",))
    return Plan("unknown", phrase="unknown", topic=_topic(heard, scene), reasons=("nothing believed of it",))


def _topic(heard: Heard, scene: Scene) -> str:
    spoken_of = [entity for entity in heard.entities if entity not in (scene.npc, scene.speaker)]
    if spoken_of:
        return scene.wording.name(spoken_of[0], heard.language)
    return words_of(heard.language).frames["about_that"]


def _fact(belief: Belief, scene: Scene, language: Language) -> Fact:
    wording = scene.wording.sentence(belief.statement, language, scene.perspective, holds=belief.holds)
    return Fact(belief, wording)


def offered_action(name: str, scene: Scene, language: Language) -> Action | None:
    """Give an action that the NPC would do for the speaker now; None where they would not."""
    offer = next((offer for offer in scene.persona.offers if offer.action == name), None)
    near = scene.overheard_by
    if offer and met(offer.when, scene.views, now=scene.now, npc=scene.npc, speaker=scene.speaker, near=near):
        return _action(scene.actions[name], scene, language)
    return None


def _action(action: ActionDefinition, scene: Scene, language: Language) -> Action:
    """Give the action with its parts filled in: who does it, for whom, and what it will have changed."""
    ids = {"actor": scene.npc, "speaker": scene.speaker}

    def change(fact: str, holds: bool) -> Change:
        return Change.of_fact(" ".join(ids.get(word.strip("{}"), word) for word in fact.split()), holds)

    names = {role: scene.wording.name(entity, language) for role, entity in ids.items()}
    text = action.wording.get(language) or f"{names['actor']}: {action.names.get(language, action.id)}"
    for role, name in names.items():
        text = text.replace(f"{{{role}}}", name)
    changes = [change(fact, True) for fact in action.changes] + [change(f, False) for f in action.not_changes]
    return Action(action.id, scene.npc, scene.speaker, text[:1].upper() + text[1:], tuple(changes))


def _greeting(scene: Scene) -> str:
    """Give the occasion of a greeting: how they feel comes before the time of day."""
    felt = scene.mind.feelings.toward(scene.speaker)
    if felt.standing != "stranger":
        return "greeting_cold" if felt.standing == "foe" else "greeting_friend"
    if felt.familiarity >= 0.15 or not 5 <= scene.now.hour < 19:
        if 5 <= scene.now.hour < 11:
            return "greeting_morning"
        if scene.now.hour >= 18 or scene.now.hour < 5:
            return "greeting_evening"
    return "greeting"


def _mood(plan: Plan, feelings: Sequence[FeelingChange], scene: Scene) -> Mood:
    if plan.move in _MOODS and plan.phrase != "enough":
        return _MOODS[plan.move]
    level = scene.mind.feelings.mood(scene.now) + sum(c.amount for c in feelings if c.aspect == "mood")
    felt = scene.mind.feelings.toward(scene.speaker)
    if plan.move == "greet" and felt.affinity >= 0.3:
        return "happy"
    return mood_word(level, felt.affinity)


def _provenance(beliefs: Sequence[Belief]) -> tuple[str, ...]:
    return tuple(f"{belief.id}:{belief.how}{f':{belief.by}' if belief.by else ''}" for belief in beliefs)
