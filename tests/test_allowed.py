"""What a game does not allow: it is asked before an NPC agrees, and what it says is said in place of a yes."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from benchmarks import requests
from npc_engine import Action, Engine, Line
from npc_engine.dialogue.wants import Allows
from npc_engine.testing import ScriptedModel

SHOP = requests.WORLDS["shop"]


def said(allows: Allows, *lines: str, model: str | ScriptedModel = "none") -> list[Line]:
    """Return what the dealer answers to some lines, in a game that allows what it does."""
    with Engine.load(SHOP, model=model, gossip=False, remarks=False, allows=allows) as engine:
        talk = engine.talk_to("hild")
        return [talk.say(text).line(timeout=20) for text in lines]


def done(lines: Iterable[Line]) -> list[tuple[str, object]]:
    return [(action.name, action.params["item"]) for line in lines for action in line.actions]


def no_dagger(action: Action) -> bool | str:
    return action.params.get("item") != "dagger" or "Not with that purse."


@pytest.mark.parametrize("text", ["I'd like to buy the dagger.", "我想买匕首。"])
def test_what_the_game_says_is_said_in_place_of_a_yes(text: str) -> None:
    (line,) = said(no_dagger, text)
    assert (line.text, line.move, line.actions) == ("Not with that purse.", "refuse", ())


def test_the_game_may_speak_each_language() -> None:
    both = {"en": "Forty coins, and you have six.", "zh": "要四十个，你只有六个。"}
    english, chinese = said(lambda action: both, "I'd like to buy the dagger.", "我想买匕首。")
    assert (english.text, chinese.text) == (both["en"], both["zh"])


def test_without_a_text_the_npc_refuses_in_words_of_their_own() -> None:
    (line,) = said(lambda action: False, "I'd like to buy the dagger.")
    assert line.text
    assert (line.move, line.actions) == ("refuse", ())


def test_what_nobody_objects_to_is_done() -> None:
    assert done(said(lambda action: None, "I'd like to buy the dagger.")) == [("buy", "dagger")]


def test_of_two_things_the_one_that_is_allowed_is_done() -> None:
    (line,) = said(no_dagger, "I'd like the dagger and three bundles of arrows.")
    assert done([line]) == [("buy", "arrows")]
    assert line.text == "It's yours. Not with that purse."


def test_a_yes_is_not_asked_for_where_the_game_objects() -> None:
    asked, barred = (
        said(allows, "Send two fire potions to the mill.")[0] for allows in (lambda action: True, lambda action: False)
    )
    assert asked.pending is not None
    assert (barred.pending, barred.move) == (None, "refuse")


def test_the_game_is_told_the_whole_of_it() -> None:
    seen: list[Action] = []
    said(lambda action: seen.append(action), "I'll take two healing potions.")
    assert {(one.name, one.actor, one.target, one.params["item"], one.params["amount"]) for one in seen} == {
        ("buy", "hild", "player", "healing_potion", 2)
    }


def test_a_game_that_stumbles_stops_no_talk() -> None:
    def stumble(action: Action) -> bool:
        raise KeyError("coins")

    (line,) = said(stumble, "I'd like to buy the dagger.")
    assert line.actions == ()
    assert "coins" in line.trouble
