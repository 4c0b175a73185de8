"""What is said of a secret: all of it to those it is open to, a cover, a hint or a lie to others."""

from __future__ import annotations

from collections.abc import Mapping

from npc_engine.chronicle import Change
from npc_engine.dialogue.decide.wording import fact_of
from npc_engine.dialogue.scene import Scene
from npc_engine.dialogue.types import Plan, Withheld
from npc_engine.mind import Belief
from npc_engine.persona import Secret
from npc_engine.text import Language
from npc_engine.world import Statement


def reveal(secret: Secret, scene: Scene, language: Language) -> Plan:
    """Return the plan of telling a secret: its facts as the NPC believes them, or the author's words for them."""
    facts = tuple(
        fact_of(belief, scene, language)
        for fact in secret.facts
        if (belief := scene.mind.beliefs.stance(fact.replace(" ", "."))) is not None
    )
    says = written(secret.reveal, language)
    return Plan("reveal", facts=facts, says=says, reasons=(f"secret:{secret.id}", "conditions met"))


def deflect(secret: Secret, scene: Scene, language: Language) -> Plan:
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
            facts=(fact_of(Belief(Statement.of(change), "lie", holds=change.holds), scene, language),),
            says=written(secret.cover, language) if times == 0 else (),
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


def written(texts: Mapping[str, str], language: Language) -> tuple[str, ...]:
    """Return what an author wrote in a language to be said as it stands; nothing where there is none."""
    return (texts[language],) if texts.get(language) else ()
