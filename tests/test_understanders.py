"""Understanding is a room with a door: what makes something of a player's words can be exchanged."""

from __future__ import annotations

import pytest
from company import company, person

from npc_engine import Engine, UnknownNameError
from npc_engine.dialogue.query import Query, Term
from npc_engine.dialogue.scene import Context
from npc_engine.dialogue.types import Act, Reading
from npc_engine.dialogue.understand import open_understander
from npc_engine.testing import SMALL_WORLD, ScriptedUnderstander


def test_a_game_can_bring_its_own() -> None:
    query = Query("condition", Term("it", "bridge"), question_word="what")
    asked = Act("ask_fact", named=("bridge",), queries=(query,))
    script = ScriptedUnderstander({"blip blop": asked})
    with Engine.load(SMALL_WORLD, model="none", understander=script) as engine:
        line = engine.talk_to("mira").say("blip blop").line(timeout=10)
    assert (line.act, [fact.id for fact in line.facts]) == ("ask_fact", ["bridge.condition.destroyed"])


def test_it_sees_names_and_offers_and_the_talk_but_no_mind() -> None:
    script = ScriptedUnderstander({})
    with Engine.load(SMALL_WORLD, model="none", understander=script) as engine:
        talk = engine.talk_to("mira")
        talk.say("First.").line(timeout=10)
        talk.say("Second.").line(timeout=10)
    last = script.contexts[-1]
    assert (last.npc, last.speaker, [one.reading.text for one in last.exchanges]) == ("mira", "player", ["First."])
    assert "give_key" in last.actions
    assert not set(vars(Context)["__dataclass_fields__"]) & {"views", "mind", "persona"}


def test_of_several_acts_a_weighty_one_is_answered_then_the_surest_and_of_two_alike_the_later() -> None:
    acts = (Act("greet", confidence=0.9), Act("thank", confidence=0.9), Act("laugh", confidence=0.2))
    assert Reading("Hello, thanks, haha", "en", acts).main.kind == "thank"
    assert Reading("Hello, fool", "en", (acts[0], Act("insult", confidence=0.5))).main.kind == "insult"
    with Engine.load(company(person("ana")), model="none", understander=ScriptedUnderstander({"x": acts})) as engine:
        assert engine.talk_to("ana").say("x").line(timeout=10).move == "thank"


@pytest.mark.parametrize(
    ("surer", "less"),
    [
        ("Is the bridge destroyed?", "Is Gwyndolin destroyed?"),
        ("桥毁了吗？", "你好吗？"),
        ("Thanks a lot!", "The moon is a fine place to be tonight, or so they say."),
    ],
)
def test_rules_are_as_sure_as_they_were_right_about_the_like(surer: str, less: str) -> None:
    rules, script = open_understander("rules"), ScriptedUnderstander({})
    with Engine.load(SMALL_WORLD, model="none", understander=script) as engine:
        engine.talk_to("mira").say(".").line(timeout=10)
    more, fewer = (rules.understand(text, script.contexts[-1]).main.confidence for text in (surer, less))
    assert 0 < fewer < more < 1


def test_one_that_nobody_offers_is_refused_with_what_there_is() -> None:
    with pytest.raises(UnknownNameError, match="unknown understander 'ruls'; did you mean 'rules'"):
        Engine.load(SMALL_WORLD, model="none", understander="ruls")
