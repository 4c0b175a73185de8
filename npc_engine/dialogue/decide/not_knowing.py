"""Saying that one doesn't know, as what was asked wants it said: a why, a how, a yes or no, or a mere supposition."""

from __future__ import annotations

from npc_engine.dialogue.query import Term
from npc_engine.dialogue.scene import Scene
from npc_engine.dialogue.types import LISTENED, NO_SUCH_OFFER, SAID_OVER, Act, Plan, Reading
from npc_engine.lang import pack
from npc_engine.text import fold

FOLLOWED = 0.6
"""Confidence from which a question is taken for one, though nothing in it is known."""
NOTHING, UNHEARD = "nothing believed of it", "nothing understood"
"""The reason of a plan to say that one doesn't know."""
SAYS_NOTHING = frozenset({NOTHING, UNHEARD, SAID_OVER, LISTENED, NO_SUCH_OFFER})
"""Reasons of plans by which nothing is answered: anything better may take their place."""
_BY_WORD = {
    "why": "unknown_why",
    "how": "unknown_how",
    "how_many": "unknown_how",
    "when": "unknown_how",
    "what": "unknown_what",
    "who": "unknown_what",
    "where": "unknown_what",
}
"""The phrase for each word that a question begins with."""
OF_ONESELF = "unknown_self"
"""The phrase for what is asked of the NPC's own self: nobody says they don't know what they do with their hands."""
_OF_ONE = frozenset({"why", "how", "what", "who", "where"})
"""Words by which somebody is asked about themself; a number or a time is known, or it isn't."""


def not_known(reading: Reading, scene: Scene, *, supposed: bool = False) -> Plan:
    """Return the plan of saying that nothing is known of what is asked, or that it was not understood.

    What is asked may be `supposed`, though what it is about is known.
    """
    act = reading.main
    elsewhere = [entity for entity in act.named if entity not in (scene.npc, scene.speaker)]
    if act.unknown and not elsewhere:
        name = (Term(act.unknown),)
        return Plan("unknown_name", phrase="unknown_name", topic=name, reasons=("nobody bears that name",))
    if act.confidence < FOLLOWED and not (act.named or act.predicates or act.question_word):
        return Plan("confused", phrase="confused", reasons=(UNHEARD,))
    if supposed:
        return Plan("unknown", phrase="unknown_suppose", reasons=(NOTHING,))
    if not elsewhere and act.question_word in _OF_ONE and _is_put_to_hearer(reading):
        return Plan("unknown", phrase=OF_ONESELF, reasons=(NOTHING,))
    return Plan("unknown", phrase=_phrase(act, elsewhere), topic=_topic(act, elsewhere, scene), reasons=(NOTHING,))


def _is_put_to_hearer(reading: Reading) -> bool:
    """Return whether a question is about the one it is put to, and does not only ask them for what they know."""
    speech = pack(reading.language)
    asked = fold(reading.text[slice(*reading.main.span)])
    return speech.words.any_of(speech.about_self["yours"], speech.words.framing_pattern.sub(" ", asked))


def _phrase(act: Act, elsewhere: list[str]) -> str:
    """Return which phrase says it: plainly where a fact of the world is asked for, else as it is asked."""
    if act.queries:
        return "unknown"
    if act.supposed:
        return "unknown_suppose"
    phrase = _BY_WORD.get(act.question_word or "", "unknown_yes_no" if act.yes_no else "unknown")
    return "unknown" if elsewhere and phrase in ("unknown_what", "unknown_how") else phrase


def _topic(act: Act, elsewhere: list[str], scene: Scene) -> tuple[Term, ...]:
    """Return what an answer that knows nothing is about: the thing named, where no more than that is asked of it.

    Of what the NPC knows something, they do not say that they know nothing.
    """
    if len(elsewhere) != 1 or act.beside:
        return ()
    beliefs = scene.mind.beliefs
    known = any(
        one.statement.predicate != "at"
        for one in (*beliefs.ask(subject=elsewhere[0]), *beliefs.ask(object=elsewhere[0]))
    )
    return () if known else (Term("", entity=elsewhere[0]),)
