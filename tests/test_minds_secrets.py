"""What opens a secret, what is said in its place, and what someone can't know for want of having been there."""

from __future__ import annotations

from datetime import datetime

import pytest
from company import company, person
from hypothesis import given, settings
from hypothesis import strategies as st
from sampling import examples

from npc_engine import Engine, UnknownNameError
from npc_engine.chronicle import Event
from npc_engine.content import Content, load_content
from npc_engine.mind import Belief
from npc_engine.mind.discretion import Company, Kept, as_told
from npc_engine.mind.reflection import reflection, shared_audience
from npc_engine.persona import Secret
from npc_engine.testing import SMALL_WORLD
from npc_engine.text import Language
from npc_engine.world import Statement
from npc_engine.world.definitions import Conditions

ASKED: dict[Language, str] = {"en": "Where is the gold?", "zh": "金子在哪儿？"}
GOLD = {
    "id": "gold",
    "facts": ["gold buried_at bridge"],
    "words": {"en": ["gold", "buried"], "zh": ["金子", "埋"]},
    "reveal": {"en": "The gold is buried under the bridge.", "zh": "金子埋在桥下面。"},
}


def keeper(**secret: object) -> Content:
    """Ana keeps a secret; Ben and Cleo live there too."""
    return company(person("ana", secrets=[{**GOLD, **secret}]), person("ben"), person("cleo"))


def load(content: Content) -> Engine:
    return Engine.load(content, model="none", gossip=False)


def ask(engine: Engine, language: Language = "en", near: set[str] | None = None) -> str:
    line = engine.talk_to("ana").say(ASKED[language], language=language, overheard_by=near or set()).line()
    return line.move


def test_showing_a_thing_opens_what_it_proves() -> None:
    with load(keeper(when={"shown": ["key"]})) as engine:
        assert ask(engine) == "deflect"
        engine.record("The traveller has a key.", changes=[("player", "has", "key")], audience={"player"})
        assert ask(engine) == "deflect", "having it is not showing it"
        engine.talk_to("ben").show("key")
        assert ask(engine) == "deflect", "Ben saw it, Ana did not"
        engine.talk_to("ana").show("key", text="The traveller holds up a key.")
        assert ask(engine, "zh") == "reveal"
        assert engine.beliefs("ana", "player", "has")[0].how == "saw"
        assert engine.recall("ana", "key held up")[0].text == "The traveller holds up a key."
        engine.rebuild()
        assert ask(engine) == "reveal"


def test_showing_can_be_recorded_too() -> None:
    with load(keeper(when={"shown": ["key"]})) as engine:
        event_id = engine.record("", speaker="player", shown=["key"], audience={"ana"})
        assert engine.events[event_id - 1].kind == "shown"
        assert engine.beliefs("ana", "player", "has") == [], "the world doesn't say so"
        assert ask(engine) == "reveal"
        with pytest.raises(UnknownNameError, match="did you mean 'key'"):
            engine.record("", speaker="player", shown=["keey"], audience={"ana"})


def test_the_story_opens_a_secret() -> None:
    story = load_content(SMALL_WORLD).story
    content = company(person("ana", secrets=[{**GOLD, "when": {"beats": ["key_in_hand"]}}]), story=story)
    with load(content) as engine:
        assert ask(engine) == "deflect"
        engine.record("He takes the key.", changes=[("player", "has", "key")], audience={"player"})
        engine.advance(0)
        assert ask(engine) == "reveal"


def test_one_step_of_the_story_may_lead_to_the_next_at_once() -> None:
    (first,) = load_content(SMALL_WORLD).story
    then = first.model_copy(update={"id": "then", "when": [Conditions(beats=["key_in_hand"])]})
    with load(company(person("ana"), story=(then, first))) as engine:
        engine.record("He takes the key.", changes=[("player", "has", "key")], audience={"player"})
        assert [event.data["beat"] for event in engine.advance(0)] == ["key_in_hand", "then"]
        assert engine.advance(0) == []


def test_who_is_near_keeps_a_secret_shut() -> None:
    with load(keeper(when={"not_near": ["ben"]})) as engine:
        assert ask(engine, near={"ben"}) == "deflect"
        assert ask(engine, near={"cleo"}) == "reveal"
    with load(keeper(when={"alone": True})) as engine:
        assert ask(engine, near={"cleo"}) == "deflect"
        assert ask(engine) == "reveal"


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_lie_is_believed_by_who_hears_it_and_by_nobody_else(language: Language) -> None:
    with load(keeper(when={"trust": 1.0}, lie="gold buried_at smithy")) as engine:
        before = list(engine.beliefs("ana", "gold"))
        conversation = engine.talk_to("ana")
        line = conversation.say(ASKED[language], language=language, overheard_by={"ben"}).line()
        assert {"en": "smithy", "zh": "铁匠铺"}[language] in line.text
        assert {"en": "bridge", "zh": "桥"}[language] not in line.text
        assert engine.events[-1].data["lies"] == ["gold.buried_at.smithy"]
        for listener in ("ben", "player"):
            (planted,) = engine.beliefs(listener, "gold", "buried_at")
            assert (planted.statement.object, planted.how, planted.by) == ("smithy", "told", "ana")
        assert engine.beliefs("ana", "gold") == before, "a liar knows better"
        assert engine.beliefs("cleo", "gold") == []
        assert {"en": "a lie", "zh": "谎话"}[language] in str(_why(engine, line.event_id, language))
        again = conversation.say(ASKED[language], language=language).line()
        assert [fact.id for fact in again.facts] == ["gold.buried_at.smithy"]


def _why(engine: Engine, event_id: int, language: Language) -> object:
    engine.language = language
    return engine.why(event_id)


def test_a_lie_may_have_words_of_its_own_or_be_a_denial() -> None:
    lie = {"fact": "gold buried_at bridge", "holds": False}
    cover = {"en": "Under the bridge? Fish and mud, no more.", "zh": "桥下？只有鱼和泥。"}
    with load(keeper(when={"trust": 1.0}, lie=lie, cover=cover)) as engine:
        line = engine.talk_to("ana").say(ASKED["en"]).line()
        assert line.text == cover["en"]
        assert [b.id for b in engine._timeline.projections.mind("player").beliefs.denials()] == [
            "gold.buried_at.bridge"
        ]
        (true,) = engine.beliefs("ana", "gold", "buried_at")
        assert true.statement.object == "bridge"
        assert engine.why(line).beliefs == ()


def test_nothing_that_a_closed_secret_covers_may_be_told_however_it_is_put() -> None:
    rules = {
        id: rule.model_copy(update={"inverse": "hides" if id == "buried_at" else rule.inverse})
        for id, rule in load_content(SMALL_WORLD).predicates.items()
    }
    content = company(person("ana", secrets=[{**GOLD, "when": {"trust": 0.5}}]), person("ben"), predicates=rules)
    with load(content) as engine:
        to_ben = Company(content.personas["ana"], "ben", engine._timeline.projections, engine.now)
        for fact in ("gold buried_at bridge", "bridge hides gold", "ben has gold"):
            assert isinstance(as_told(Belief(Statement(*fact.split()), "saw"), to_ben), Kept), fact
        assert isinstance(as_told(Belief(Statement("ben", "has", "key"), "saw"), to_ben), Belief)


# -- cut-offs ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("language", "asked"), [("en", "Is the bridge destroyed?"), ("zh", "桥塌了吗？")])
def test_who_left_before_the_flood_neither_confirms_nor_denies_it(language: Language, asked: str) -> None:
    base = load_content(SMALL_WORLD)
    fell = base.facts[0].model_copy(update={"since": datetime(1204, 5, 1)})
    content = company(person("ana"), person("ben", horizon="1204-04-01 08:00", knows=["bridge * *"]), facts=(fell,))
    with load(content) as engine:
        assert engine.talk_to("ana").say(asked, language=language).line().facts
        line = engine.talk_to("ben").say(asked, language=language).line()
        assert line.move == "unknown"
        assert line.facts == ()
        engine.tell("ben", ("bridge", "condition", "destroyed"), by="ana")
        line = engine.talk_to("ben").say(asked, language=language).line()
        assert [fact.id for fact in line.facts] == ["bridge.condition.destroyed"]


def test_nobody_knows_what_is_yet_to_come() -> None:
    base = load_content(SMALL_WORLD)
    later = base.facts[0].model_copy(update={"since": datetime(1204, 6, 1)})
    with load(company(person("ana"), facts=(later,))) as engine:
        assert engine.beliefs("ana", "bridge") == []


def test_what_came_after_their_time_they_never_heard_of() -> None:
    base = load_content(SMALL_WORLD)
    key = base.entities["key"].model_copy(update={"since": datetime(1204, 5, 1)})
    content = company(person("ana"), person("ben", horizon="1204-04-01 08:00"))
    with load(content) as engine:
        projections = engine._timeline.projections
        assert projections.mind("ana").heard_of(key)
        assert not projections.mind("ben").heard_of(key)
        engine.tell("ben", ("ana", "has", "key"), by="ana")
        assert projections.mind("ben").heard_of(key)


# -- reflections ---------------------------------------------------------------------------------------

someone = st.sampled_from(["ana", "ben", "cleo", "dan"])
audiences = st.lists(st.frozensets(someone, max_size=4), min_size=1, max_size=5)


@settings(max_examples=examples(200), deadline=None)
@given(audiences, someone, st.frozensets(someone, max_size=3))
def test_a_reflection_is_known_to_nobody_who_missed_any_of_it(
    heard: list[frozenset[str]], npc: str, others: frozenset[str]
) -> None:
    now = datetime(1204, 5, 4)
    events = [Event(n, now, "said", audience, "…") for n, audience in enumerate(heard, start=1)]
    allowed = shared_audience(events)
    assert all(who in event.audience for who in allowed for event in events)
    if {npc, *others} <= allowed:
        made = reflection(npc, events, "…", event_id=99, at=now, audience=others)
        assert made.audience == {npc, *others}
        assert (made.cause, made.data["of"]) == (len(events), [event.id for event in events])
    else:
        with pytest.raises(ValueError, match="was not perceived by"):
            reflection(npc, events, "…", event_id=99, at=now, audience=others)


def test_an_npc_concludes_something_and_keeps_it_to_those_who_were_there() -> None:
    with load(keeper(when={"trust": 1.0})) as engine:
        first = engine.record("It rains.", audience={"ana", "ben", "cleo"})
        second = engine.record("The river rises.", audience={"ana", "ben"})
        concluded = engine.summarise("ana", [first, second], "The bridge won't last.")
        (memory,) = engine.recall("ana", "bridge last", limit=1)
        assert (memory.event_id, memory.memory.basis) == (concluded, (first, second))
        assert engine.recall("ben", "bridge last") == []
        with pytest.raises(ValueError, match="event 2 was not perceived by cleo" if second == 2 else "by cleo"):
            engine.summarise("ana", [first, second], "…", audience={"cleo"})
        engine.summarise("ana", [concluded], "We must leave.")
        with pytest.raises(ValueError, match="by ben"):
            engine.summarise("ben", [concluded], "…")
        with pytest.raises(UnknownNameError, match="unknown event '99999'"):
            engine.summarise("ana", [99999], "…")
        with pytest.raises(ValueError, match="needs events"):
            engine.summarise("ana", [], "…")


def test_a_secret_that_lies_is_checked_where_it_stands() -> None:
    Secret.model_validate({**GOLD, "when": {}, "lie": "gold buried_at smithy"})
    with pytest.raises(ValueError, match="three words"):
        Secret.model_validate({**GOLD, "when": {}, "lie": "gold smithy"})
