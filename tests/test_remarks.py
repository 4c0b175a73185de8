"""What NPCs say without being spoken to: to the player who comes and goes, of what happens, and to each other."""

from __future__ import annotations

from pathlib import Path

import pytest
from company import company, person

from npc_engine import Engine, Event, FeelingChange
from npc_engine.payloads import Remarked
from npc_engine.text import Language, language_of

WORLD = Path(__file__).parent.parent / "world"
TALKATIVE = {"talkative": 1.0, "cheerful": 0.9}


def remarks(events: list[Event], occasion: str = "") -> list[Event]:
    said = [event for event in events if event.kind == "remark"]
    return [event for event in said if occasion in ("", Remarked.read(event).occasion)]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_who_comes_near_is_greeted_once_in_the_games_language(language: Language) -> None:
    with Engine.load(WORLD, model="none", language=language) as engine:
        engine.move("player", "inn")
        (said,) = remarks(engine.advance(0))
        assert (said.actor, said.data["to"], said.data["occasion"]) == ("bram", "player", "greeting")
        assert language_of(said.text, language) == language
        assert "player" in said.audience
        engine.move("player", "square")
        engine.move("player", "inn")
        assert not [one for one in remarks(engine.advance(1), "greeting") if one.actor == "bram"]


@pytest.mark.parametrize(
    ("language", "told", "words"),
    [
        ("en", ["My name is Anna.", "My heel hurts."], ["Anna", "heel"]),
        ("zh", ["我叫小红。", "我脚后跟疼。"], ["小红", "脚后跟"]),
    ],
)
def test_who_comes_back_after_a_day_is_greeted_with_what_they_told(
    language: Language, told: list[str], words: list[str]
) -> None:
    with Engine.load(WORLD, model="none", language=language) as engine:
        talk = engine.talk_to("mira")
        for line in told:
            talk.say(line).line(timeout=10)
        engine.advance(24 * 60)
        engine.move("player", engine.place_of("mira") or "")
        (said,) = remarks(engine.advance(0))
        assert all(word in said.text for word in words), said.text
        assert not any(word in engine.talk_to("mira").say("...").line(timeout=10).text for word in words[1:])


def test_who_walks_away_from_a_talk_is_said_goodbye_to() -> None:
    with Engine.load(WORLD, model="none") as engine:
        engine.move("player", "inn")
        engine.advance(0)
        engine.talk_to("bram").say("What a day.").line(timeout=10)
        engine.move("player", "square")
        assert [one.actor for one in remarks(engine.advance(0), "goodbye")] == ["bram"]


@pytest.mark.parametrize(
    ("felt", "key"),
    [
        (("fear", 0.4), "saw_fear"),
        (("affinity", -0.3), "saw_bad"),
        (("affinity", 0.3), "saw_good"),
        (("mood", 0.0), "saw_odd"),
    ],
)
def test_what_happens_in_their_sight_is_remarked_on_by_what_it_means_to_them(felt: tuple[str, float], key: str) -> None:
    phrases = {one: {"en": [one.upper()]} for one in ("saw_fear", "saw_bad", "saw_good", "saw_odd")}
    with Engine.load(company(person("ana", temperament=TALKATIVE, phrases=phrases)), model="none") as engine:
        moved = [FeelingChange("ana", "player", *felt)]
        engine.record("The roof came down.", kind="crash", audience=["ana", "player"], feelings=moved)
        for _ in range(5):
            said = remarks(engine.advance(15), "comment")
            if said:
                break
            engine.record("Another roof came down.", kind="crash", audience=["ana", "player"], feelings=moved)
        assert [one.text for one in said] == [key.upper()]
        assert engine.events[(said[0].cause or 0) - 1].kind == "crash"


def test_an_author_may_write_words_for_one_kind_of_event() -> None:
    phrases = {"saw_crash": {"en": ["There goes the roof."]}}
    with Engine.load(company(person("ana", temperament=TALKATIVE, phrases=phrases)), model="none") as engine:
        said: list[Event] = []
        for _ in range(6):
            engine.record("The roof came down.", kind="crash", audience=["ana", "player"])
            said += remarks(engine.advance(15), "comment")
        assert {one.text for one in said} == {"There goes the roof."}


def test_what_the_player_did_not_see_is_not_remarked_on_to_them() -> None:
    with Engine.load(company(person("ana", temperament=TALKATIVE)), model="none") as engine:
        engine.record("The roof came down.", kind="crash", audience=["ana"])
        assert remarks(engine.advance(1)) == []


def meetings(engine: Engine) -> list[list[Event]]:
    """Let a day pass with the player at the inn; return the exchanges that were heard there."""
    engine.move("player", "inn")
    heard: dict[int, list[Event]] = {}
    for _ in range(96):
        for event in engine.advance(15):
            if event.kind in ("remark", "gossip") and "player" in event.audience and event.data.get("met"):
                heard.setdefault(event.data["met"], []).append(event)
    return list(heard.values())


@pytest.mark.slow
@pytest.mark.parametrize("language", ["en", "zh"])
def test_two_who_meet_talk_and_the_player_hears_it_and_can_join(language: Language) -> None:
    with Engine.load(WORLD, model="none", language=language) as engine:
        exchanges = meetings(engine)
        assert exchanges
        for lines in exchanges:
            assert 2 <= len(lines) <= 6
            assert len({line.actor for line in lines}) == 2
            assert all(line.actor != line.data["to"] for line in lines)
        last = exchanges[-1][-1]
        asked = {"en": "What did you talk about?", "zh": "你们聊了什么？"}[language]
        assert engine.gather([last.actor or "", last.data["to"]]).say(asked).line(timeout=10).text
        assert not engine.voice.name or engine.voice.state == "none", "no model was asked for any of it"


def test_nobody_keeps_in_mind_what_was_said_in_passing() -> None:
    with Engine.load(WORLD, model="none") as engine:
        chatter = {line.id for lines in meetings(engine) for line in lines if line.kind == "remark" and not line.claims}
        assert chatter
        assert not any(chatter & {one.event_id for one in engine.memories(who)} for who in engine.people)


def test_no_secret_and_no_confidence_is_said_in_the_players_hearing() -> None:
    with Engine.load(WORLD, model="none") as engine:
        engine.tell("bram", ("lian", "owes", "mira"), by="lian", between_us=True)
        secrets = {
            fact.replace(" ", ".") for one in engine.people.values() for secret in one.secrets for fact in secret.facts
        }
        told = {claim.statement_id for lines in meetings(engine) for line in lines for claim in line.claims}
        assert not told & {*secrets, "lian.owes.mira"}


def test_a_game_may_have_none_of_it() -> None:
    with Engine.load(WORLD, model="none", remarks=False) as engine:
        engine.move("player", "inn")
        assert not [event for _ in range(48) for event in engine.advance(30) if event.kind == "remark"]
