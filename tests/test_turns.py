"""A turn is all or nothing, and what a model says counts only once it is checked."""

from __future__ import annotations

import statistics
import threading
import time
from dataclasses import replace
from pathlib import Path

import pytest

from npc_engine import Content, Engine, ModelError, ModelUnreachableError, TurnCancelledError, load_content
from npc_engine.dialogue.scene import Context
from npc_engine.dialogue.types import Act, Reading
from npc_engine.testing import SMALL_WORLD, ScriptedModel

ASKED = "What is the condition of the bridge?"


def guided() -> Content:
    """Return the small world as one in which a model words what was decided, and no more."""
    content = load_content(SMALL_WORLD)
    return replace(content, world=content.world.model_copy(update={"freedom": "guided"}))


def load(model: ScriptedModel, **settings: object) -> Engine:
    return Engine.load(guided(), model=model, **settings)  # type: ignore[arg-type]


def wait_for_request(model: ScriptedModel) -> None:
    deadline = time.monotonic() + 5
    while not model.requests and time.monotonic() < deadline:
        time.sleep(0.002)
    assert model.requests


@pytest.mark.parametrize("how", ["cancel", "leave", "restore", "rewind", "close"])
def test_a_turn_that_did_not_finish_leaves_no_trace(how: str, tmp_path: Path) -> None:
    model = ScriptedModel(["The bridge is destroyed, and has been for days."] * 3, delay=0.05)
    slot = tmp_path / "slot.npc"
    with load(model, save=slot) as engine:
        engine.save(tmp_path / "other.npc")
        before, events = engine._timeline.projections.state(), engine.events
        mira = engine.talk_to("mira")
        reply = mira.say(ASKED)
        wait_for_request(model)
        {
            "cancel": reply.cancel,
            "leave": mira.leave,
            "restore": lambda: engine.restore(tmp_path / "other.npc"),
            "rewind": lambda: engine.rewind(len(events)),
            "close": engine.close,
        }[how]()
        with pytest.raises(TurnCancelledError):
            reply.line(timeout=10)
        assert reply.cancelled
        assert engine._timeline.projections.state() == before
        assert engine.events == events
    with load(ScriptedModel([]), save=slot) as again:
        assert again.events == events


@pytest.mark.parametrize(
    "trouble", [ModelUnreachableError("the server at 127.0.0.1 does not answer"), ModelError("out of memory")]
)
def test_when_the_model_fails_the_plan_is_said_without_it(trouble: ModelError) -> None:
    with load(ScriptedModel([trouble])) as engine:
        line = engine.talk_to("mira").say(ASKED).line(timeout=10)
        assert "The bridge is destroyed." in line.text
        assert line.model == "none"
        assert line.trouble == str(trouble)


@pytest.mark.parametrize(
    ("answer", "rule"),
    [
        ("The bridge is sound.", "contradicts"),
        ("The bridge is destroyed by Aldric.", "invented"),
        ("The bridge is destroyed since 40 years.", "invented"),
        ("The bridge is destroyed, as an AI language model I know.", "character"),
        ("*sighs* The bridge is destroyed.", "character"),
        ("Mira: The bridge is destroyed.", "character"),
        ("The bridge is destroyed and the gold buried.", "secret"),
        ("Well, well, who can tell.", "content"),
        ("The bridge is not destroyed.", "contradicts"),
        ("桥塌了。", "language"),
        ("", None),
        ("...", "empty"),
        ("What is the condition of the bridge?", "repeated"),
        ("Bridge, bridge, bridge, bridge, bridge, bridge destroyed.", "repeated"),
    ],
)
def test_a_bad_sentence_never_reaches_the_player(answer: str, rule: str | None) -> None:
    with load(ScriptedModel([answer])) as engine:
        reply = engine.talk_to("mira").say(ASKED)
        line = reply.line(timeout=10)
        assert "The bridge is destroyed." in line.text
        assert line.model == "none"
        assert answer == "" or answer not in line.text
        assert [check.rule for check in line.checks] == ([rule] if rule else [])


def test_a_good_sentence_is_the_models_own() -> None:
    with load(ScriptedModel(["Destroyed, I fear: the old bridge is gone for good."])) as engine:
        line = engine.talk_to("mira").say(ASKED).line(timeout=10)
        assert "Destroyed, I fear" in line.text
        assert line.model != "none"
        assert line.checks == ()


def test_yes_or_no_is_never_the_models_to_say() -> None:
    with load(ScriptedModel(["Yes, it is quite safe.", "The bridge is destroyed."])) as engine:
        for _ in range(2):
            text = engine.talk_to("mira").say("Is the bridge safe?").line(timeout=10).text
            assert text.startswith("No")
            assert "quite safe" not in text


def test_a_model_that_does_not_write_chinese_is_not_asked_to() -> None:
    model = ScriptedModel(["The bridge is destroyed."], languages={"en"})
    with load(model) as engine:
        line = engine.talk_to("mira").say("桥怎么样了？").line(timeout=10)
        assert "塌" in line.text
        assert model.requests == []


def test_a_secret_that_may_not_be_told_is_not_in_the_prompt() -> None:
    model = ScriptedModel(["The bridge is destroyed."] * 9, size="large")
    with load(model) as engine:
        mira = engine.talk_to("mira")
        for said in ("Where is the gold?", "Tell me about the bridge", ASKED, "Who owes you money?"):
            mira.say(said).line(timeout=10)
        prompts = " ".join(message.content for request in model.requests for message in request.messages)
        assert "destroyed" in prompts
        assert "buried" not in prompts


def test_two_who_talk_at_once_both_get_their_answer() -> None:
    with Engine.load(SMALL_WORLD, model="none") as engine:
        pairs = [("mira", "player"), ("mira", "tomas"), ("tomas", "player"), ("tomas", "mira")]
        talks = [engine.talk_to(who, speaker) for who, speaker in pairs]
        replies = [talk.say("Is the bridge safe?") for talk in talks for _ in range(1)]
        lines = [reply.line(timeout=10) for reply in replies]
        assert all("destroyed" in line.text for line in lines)
        assert len({line.event_id for line in lines}) == len(lines)
        assert [event.id for event in engine.events] == list(range(1, len(engine.events) + 1))


def test_the_games_thread_waits_for_nothing() -> None:
    model = ScriptedModel(["The bridge is destroyed."], delay=20.0)
    with load(model) as engine:
        reply = engine.talk_to("mira").say(ASKED)
        wait_for_request(model)
        took = []
        deadline = time.monotonic() + 0.5
        while time.monotonic() < deadline:
            began = time.perf_counter()
            engine.advance(0.02)
            engine.record("A gull cries.", audience={"mira"})
            _ = reply.text, reply.done, engine.voice, engine.recall("mira", "gull")
            took.append(time.perf_counter() - began)
        assert not reply.done
        assert statistics.median(took) < 0.05, f"calls took {statistics.median(took) * 1000:.0f} ms"
        assert max(took) < 10, "a call waited for the model"  # a busy machine may hold a thread up, but not so long
        assert threading.current_thread() is threading.main_thread()
        reply.cancel()


class _Attentive:
    """An understander that takes its time to read ahead, and tells when it was asked to do what."""

    def __init__(self, takes: float = 0.0, fails: bool = False) -> None:
        self.done: list[str] = []
        self._takes, self._fails = takes, fails
        self.began = threading.Event()

    def read_ahead(self, context: Context) -> None:
        self.began.set()
        time.sleep(self._takes)
        if self._fails:
            raise OSError("the book is stuck")
        self.done.append(f"read for {context.npc}")

    def understand(self, text: str, context: Context) -> Reading:
        self.done.append(text)
        return Reading(text, "en", (Act("remark", (0, len(text))),))


def test_a_talk_is_read_ahead_of_its_first_line() -> None:
    attentive = _Attentive(takes=0.2)
    with Engine.load(SMALL_WORLD, model="none", understander=attentive) as engine:
        talk = engine.talk_to("mira")
        assert attentive.began.wait(10)
        talk.say("Hm.").line()
        talk.say("Well.").line()
    assert attentive.done == ["read for mira", "Hm.", "Well."], "the first line waits for what is being read"


def test_what_fails_ahead_of_a_talk_costs_no_turn() -> None:
    attentive = _Attentive(fails=True)
    with Engine.load(SMALL_WORLD, model="none", understander=attentive) as engine:
        talk = engine.talk_to("mira")
        assert attentive.began.wait(10)
        assert talk.say("Hm.").line().text


def test_a_turn_waits_for_nothing_that_was_not_begun() -> None:
    attentive = _Attentive(takes=0.3)
    with Engine.load(SMALL_WORLD, model="none", understander=attentive) as engine:
        talks = [engine.talk_to(npc) for npc in ("mira", "tomas", "mira", "tomas")]
        assert [talk.say("Hm.").line().text for talk in talks]
    assert attentive.done.count("Hm.") == len(talks)
