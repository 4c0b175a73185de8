"""The third step of a turn: what the answer will convey. Pure code: no model has a say in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from npc_engine.chronicle import Change, FeelingChange
from npc_engine.dialogue.plan import Act, Action, Fact, Heard, Move, Plan, Withheld
from npc_engine.dialogue.recall import Recollection
from npc_engine.dialogue.scene import Scene
from npc_engine.dialogue.words import found_in, words_of
from npc_engine.mind import Belief, met
from npc_engine.mind.beliefs import YIELDS_AT
from npc_engine.mind.feelings import Mood, mood_word
from npc_engine.persona import Secret
from npc_engine.text import Language
from npc_engine.world.definitions import ActionDefinition

REACTIONS: dict[Act, dict[str, float]] = {
    "greeting": {"familiarity": 0.06, "affinity": 0.02},
    "farewell": {"familiarity": 0.02},
    "question": {"familiarity": 0.03, "trust": 0.01},
    "statement": {"familiarity": 0.04, "trust": 0.01},
    "request": {"familiarity": 0.03},
    "small_talk": {"familiarity": 0.04, "affinity": 0.01},
    "agreement": {"familiarity": 0.02},
    "thanks": {"affinity": 0.05, "trust": 0.03, "mood": 0.1},
    "compliment": {"affinity": 0.08, "trust": 0.01, "mood": 0.2},
    "insult": {"affinity": -0.15, "trust": -0.08, "mood": -0.35},
    "threat": {"affinity": -0.2, "trust": -0.15, "fear": 0.25, "mood": -0.4},
    "fiction": {},
}
"""How each act of the speaker moves the NPC's feelings toward them; authored by hand, see `_feelings`."""

_SOCIAL: dict[Act, tuple[Move, str]] = {
    "farewell": ("part", "farewell"),
    "thanks": ("thank", "thanks"),
    "compliment": ("flattered", "compliment"),
    "insult": ("insulted", "insult"),
    "threat": ("threatened", "threat"),
    "fiction": ("fiction", "fiction"),
    "small_talk": ("chat", "small_talk"),
    "agreement": ("chat", "small_talk"),
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
    if heard.act in _SOCIAL:
        move, phrase = _SOCIAL[heard.act]
        plan = Plan(move, phrase=phrase, reasons=(f"act:{heard.act}",))
    elif heard.act == "greeting":
        plan = Plan("greet", phrase=_greeting(scene), reasons=("act:greeting",))
    elif heard.act == "request":
        plan = _request(heard, scene)
    elif heard.act == "statement":
        plan = _told(heard, scene)
    else:
        plan = _question(heard, recollection, scene)
    feelings = _feelings(heard, plan, scene)
    return replace(plan, feelings=feelings, mood=_mood(plan, feelings, scene))


def is_open(secret: Secret, scene: Scene) -> bool:
    """Tell whether a secret may be told to this speaker, here and now."""
    return met(
        secret.when,
        scene.views,
        now=scene.now,
        npc=scene.npc,
        speaker=scene.speaker,
        alone=not scene.overheard_by,
    )


def covering(belief: Belief, scene: Scene) -> Secret | None:
    """Give the secret of the NPC's that a belief falls under, itself or by what it follows from."""
    ids = {belief.id, *belief.statement.basis}
    for secret in scene.persona.secrets:
        if any(fact.replace(" ", ".") in ids for fact in secret.facts):
            return secret
    return None


def touched(heard: Heard, scene: Scene) -> Secret | None:
    """Give the secret that an utterance comes near, by the words that give it away."""
    for secret in scene.persona.secrets:
        if any(found_in(word, heard.text, heard.language) for word in secret.words.get(heard.language, ())):
            return secret
    return None


def _question(heard: Heard, recollection: Recollection, scene: Scene) -> Plan:
    if recollection.memories:
        return Plan("remember", phrase="remember", memory=recollection.memories[0], reasons=("asked:memory",))
    words = words_of(heard.language)
    if words.cued("doing", heard.text) and (doing := scene.doing.get(heard.language)):
        said = words.frames["doing"].replace("{doing}", doing)
        return Plan("answer", fixed=said, reasons=("asked:doing",))
    guarded = [(belief, covering(belief, scene)) for belief in recollection.beliefs]
    closed = [secret for _, secret in guarded if secret and not is_open(secret, scene)]
    told = [secret for _, secret in guarded if secret and is_open(secret, scene)]
    free = [belief for belief, secret in guarded if secret is None or is_open(secret, scene)]
    near = touched(heard, scene)
    if near and not is_open(near, scene) and (not recollection.direct or not free):
        closed.append(near)
    if (told and recollection.direct) or (near and is_open(near, scene) and not closed and not recollection.direct):
        return _reveal(told[0] if told else near, scene, heard.language)  # type: ignore[arg-type]
    if closed and (not free or (near in closed and not recollection.direct)):
        return _deflect(closed[-1], scene, heard.language)
    if not free:
        return _unknown(heard, scene)
    polarity, facts = _polarity(heard, recollection, free)
    if heard.polar and recollection.direct and polarity is None and recollection.predicate and not facts:
        return _unknown(heard, scene)
    kept = facts[: 3 if recollection.direct else 2]
    return Plan(
        "answer",
        facts=tuple(_fact(belief, scene, heard.language) for belief in kept),
        polarity=polarity,
        withheld=tuple(Withheld(secret.id, "conditions not met") for secret in closed),
        reasons=("asked:relation" if recollection.direct else "asked:about", *_provenance(kept)),
    )


def _polarity(heard: Heard, recollection: Recollection, beliefs: Sequence[Belief]) -> tuple[bool | None, list[Belief]]:
    """Answer a yes-or-no question from what is believed, with the beliefs that say so."""
    if not (heard.polar and recollection.direct):
        return None, list(beliefs)
    asked = [value for predicate, value in heard.values if predicate == recollection.predicate]
    if asked:
        agreeing = [belief for belief in beliefs if belief.statement.object in asked]
        return any(belief.holds for belief in agreeing), agreeing or list(beliefs)[:1]
    wanted = {entity for entity in (heard.subject, heard.object) if entity}
    if len(wanted) == 2:
        agreeing = [b for b in beliefs if (b.statement.subject, b.statement.object) == (heard.subject, heard.object)]
        if agreeing:
            return agreeing[0].holds, agreeing
        same = [b for b in beliefs if b.statement.subject == heard.subject]
        return (False, same) if same else (None, list(beliefs))
    return None, list(beliefs)


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
            alone=not scene.overheard_by,
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
    if (stance and stance.holds == claim.holds) or (
        claim.holds and beliefs.ask(claim.subject, claim.predicate, claim.object)
    ):
        return Plan("known", phrase="known", reasons=("claim:known",))
    rule = scene.views.cast.predicates[claim.predicate]
    rivals = [stance] if stance else beliefs.ask(claim.subject, claim.predicate) if rule.single_valued else []
    credence = scene.mind.credence(scene.speaker)
    firm = [rival for rival in rivals if credence < min(rival.confidence, YIELDS_AT)]
    if firm:
        free = [rival for rival in firm if covering(rival, scene) is None]
        facts = tuple(_fact(rival, scene, heard.language) for rival in free[:1])
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
    """Say the cover the first time a secret is asked for, the hint to those who ask on, then no more of it."""
    times = sum(
        any(withheld.secret == secret.id for withheld in exchange.line.withheld) for exchange in scene.exchanges
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
    if felt.affinity <= -0.25:
        return "greeting_cold"
    if felt.affinity >= 0.3 and felt.familiarity >= 0.25:
        return "greeting_friend"
    if felt.familiarity >= 0.15 or not 5 <= scene.now.hour < 19:
        if 5 <= scene.now.hour < 11:
            return "greeting_morning"
        if scene.now.hour >= 18 or scene.now.hour < 5:
            return "greeting_evening"
    return "greeting"


def _feelings(heard: Heard, plan: Plan, scene: Scene) -> tuple[FeelingChange, ...]:
    """Give how the turn moves what the NPC feels.

    Kindness counts less the more one is liked already, and hardly at all said again and again; someone
    forgiving takes less offence.
    """
    felt = scene.mind.feelings.toward(scene.speaker)
    moves = dict(REACTIONS[heard.act])
    if plan.move == "learned":
        moves["trust"] = moves.get("trust", 0.0) + 0.03
    repeats = sum(exchange.heard.act == heard.act for exchange in scene.exchanges)
    again = heard.act in ("compliment", "thanks", "greeting") and repeats > 0
    gentle = 1.5 - scene.persona.temperament.forgiving
    changes = []
    for aspect, amount in moves.items():
        if amount > 0 and aspect in ("affinity", "trust"):
            amount *= 1 - max(0.0, getattr(felt, aspect))
        if amount < 0:
            amount *= gentle
        if again:
            amount *= 0.5**repeats
        if abs(amount) >= 0.0005:
            changes.append(FeelingChange(scene.npc, scene.speaker, aspect, round(amount, 4)))
    return tuple(changes)


def _mood(plan: Plan, feelings: Sequence[FeelingChange], scene: Scene) -> Mood:
    if plan.move in _MOODS:
        return _MOODS[plan.move]
    level = scene.mind.feelings.mood(scene.now) + sum(c.amount for c in feelings if c.aspect == "mood")
    felt = scene.mind.feelings.toward(scene.speaker)
    if plan.move == "greet" and felt.affinity >= 0.3:
        return "happy"
    return mood_word(level, felt.affinity)


def _provenance(beliefs: Sequence[Belief]) -> tuple[str, ...]:
    return tuple(f"{belief.id}:{belief.how}{f':{belief.by}' if belief.by else ''}" for belief in beliefs)
