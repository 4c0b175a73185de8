"""A model that is out of reach costs one wait, and is used again as soon as it is back."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from fake_server import Answer, FakeServer, breaks_after, fails, never_answers, says, serving
from typer.testing import CliRunner

from npc_engine import Engine, Line, ModelUnreachableError
from npc_engine.cli.main import app
from npc_engine.engine import circuit as circuits
from npc_engine.engine.circuit import Circuit
from npc_engine.models import ModelInfo, Request
from npc_engine.testing import SMALL_WORLD

ASKED = "What is the condition of the bridge?"
TEXT = "The bridge is destroyed, I fear."
REEDWATER = Path(__file__).parent.parent / "world"


@pytest.fixture(autouse=True)
def _quickly(monkeypatch: pytest.MonkeyPatch) -> None:
    """Look for a model that was lost at once."""
    monkeypatch.setattr(circuits, "SOON", 0.1)
    monkeypatch.setattr("npc_engine.models.failures.A_WHILE", 0.1)
    monkeypatch.setattr("npc_engine.models.failures.LONG", 0.1)
    monkeypatch.setattr("npc_engine.models.relay.SILENCE", 0.1)


def engine_at(server: FakeServer, **settings: Any) -> Engine:
    where = {"base_url": f"{server.url}/v1", "retries": 0}
    return Engine.load(**{"content": SMALL_WORLD, "model": "openai:m", "model_settings": where, **settings})


def asked(engine: Engine, npc: str = "mira") -> Line:
    return engine.talk_to(npc).say(ASKED).line(timeout=30)


def until(holds: Callable[[], bool], seconds: float = 10.0) -> bool:
    ends_at = time.monotonic() + seconds
    while not holds() and time.monotonic() < ends_at:
        time.sleep(0.01)
    return holds()


@pytest.mark.slow
def test_s6_four_people_wait_once_for_a_server_that_never_answers() -> None:
    patience = 1.5
    with Engine.load(REEDWATER, model="none") as engine:  # what their authors wrote for them is read beforehand
        for npc in list(engine.people)[:4]:
            engine.talk_to(npc).say("Hm.").line(timeout=60)
    with serving(never_answers) as server, engine_at(server, content=REEDWATER, patience=patience) as engine:
        engine.wait_for_voice(30)  # it answered when it was tried
        server.trial = never_answers
        began = time.monotonic()
        replies = [engine.talk_to(npc).say("Is the bridge safe?") for npc in list(engine.people)[:4]]
        lines = [reply.line(timeout=30) for reply in replies]
        waited = time.monotonic() - began
        began = time.monotonic()
        later = asked(engine, "mira")
        at_once = time.monotonic() - began
        status = engine.status("zh")
    assert waited < 2 * patience + 1.0, "not one after the other"
    assert at_once < 0.5
    assert [line.model for line in (*lines, later)] == ["none"] * 5
    for line in (*lines, later):
        assert line.text
        assert "did not begin to answer within" in line.trouble
    assert status.voice.state == "paused"
    assert "模型暂停使用，直到恢复为止" in status.trouble
    assert "没有开始回答" in status.trouble


def test_a_server_that_hangs_is_found_out_before_a_player_meets_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("npc_engine.models.trial.PATIENCE", 0.3)
    with serving(says(TEXT), trial=never_answers) as server, engine_at(server) as engine:
        assert engine.wait_for_voice(30).state == "paused"
        began = time.monotonic()
        line = asked(engine)
        assert time.monotonic() - began < 0.5
        assert "did not begin to answer" in line.trouble
        assert server.requests == []


@pytest.mark.parametrize(
    "failure",
    [fails(401), fails(429, headers={"retry-after": "30"}), fails(503, headers={"retry-after": "9"})],
    ids=["the key", "too many", "overloaded, with a pause"],
)
def test_a_server_that_wants_no_more_of_us_is_not_asked_again(failure: Answer) -> None:
    with serving(failure) as server, engine_at(server) as engine:
        engine.wait_for_voice(30)
        server.trial = failure
        first, second = asked(engine), asked(engine)
        assert len(server.requests) == 1
        assert first.trouble == second.trouble != ""
        assert engine.voice.state == "paused"


def test_the_model_is_used_again_once_it_is_back() -> None:
    with serving(fails(401), says(TEXT)) as server, engine_at(server) as engine:
        engine.wait_for_voice(30)
        tried = len(server.trials)
        assert asked(engine).model == "none"
        assert until(lambda: engine.voice.state == "ready")
        assert len(server.trials) == tried + 1
        line = asked(engine)
        assert (line.text, line.model, line.trouble) == (TEXT, "m", "")
        assert engine.status().trouble == ""


def test_one_answer_that_breaks_off_says_nothing_of_the_next() -> None:
    with serving(breaks_after(), says(TEXT)) as server, engine_at(server) as engine:
        engine.wait_for_voice(30)
        first = asked(engine)
        assert "broke off" in first.trouble
        assert "broke off" in engine.status().trouble
        assert engine.voice.state == "ready"
        assert asked(engine).model == "m"
        assert engine.status().trouble == ""


def test_two_that_break_off_in_a_row_are_enough() -> None:
    with serving(breaks_after()) as server, engine_at(server) as engine:
        engine.wait_for_voice(30)
        server.trial = breaks_after()
        for _ in range(3):
            asked(engine)
        assert len(server.requests) == 2


class Fragile:
    """A stranger's model, which is out of reach until it is mended."""

    def __init__(self) -> None:
        self.info = ModelInfo(name="fragile", size="large", languages=frozenset({"en", "zh"}))
        self.well = threading.Event()
        self.asked = 0

    def stream(self, request: Request, cancel: threading.Event) -> Iterator[str]:
        self.asked += 1
        if not self.well.is_set():
            raise ModelUnreachableError("the line is cut", wait=0.05)
        yield TEXT

    def choose(self, request: Request, options: Sequence[str], cancel: threading.Event) -> list[float]:
        raise NotImplementedError

    def close(self) -> None:
        """Nothing is held."""


def test_a_strangers_model_is_looked_after_as_ours_are() -> None:
    model = Fragile()
    with Engine.load(SMALL_WORLD, model=model) as engine:
        assert asked(engine).trouble == "the line is cut"
        model.well.set()
        assert until(lambda: engine.voice.state == "ready")
        assert asked(engine).model == "fragile"


def test_nothing_looks_on_after_closing_or_for_a_model_that_was_exchanged() -> None:
    others = set(threading.enumerate())  # another test's may still wait for a server that hangs

    def looking() -> bool:
        return any(thread.name == "npc-probe" for thread in set(threading.enumerate()) - others)

    model = Fragile()
    with Engine.load(SMALL_WORLD, model=model) as engine:
        asked(engine)
        engine.use_model("none")
        engine.wait_for_voice(10)
        assert until(lambda: not looking())
        engine.use_model(model)
        asked(engine)
    assert until(lambda: not looking())
    asked_then = model.asked
    time.sleep(0.2)
    assert model.asked == asked_then


@pytest.mark.slow
def test_looks_become_rarer_and_wait_as_long_as_they_are_told() -> None:
    looked: list[float] = []

    def look(cancel: threading.Event) -> None:
        looked.append(time.monotonic())
        if len(looked) < 4:
            raise ModelUnreachableError("no", wait=0.3 if len(looked) == 2 else None)

    circuit = Circuit(look)
    circuit.failed(ModelUnreachableError("no", wait=0.05))
    assert until(lambda: circuit.reason() is None)
    gaps = [b - a for a, b in pairwise(looked)]
    assert gaps[0] >= 0.1
    assert gaps[1] >= 0.3
    assert gaps[2] >= 0.6
    circuit.close()


def test_npc_chat_shows_what_was_used_and_says_a_trouble_once() -> None:
    with serving(says(TEXT), fails(401)) as server:
        where = ("--model", "openai:m", "--base-url", f"{server.url}/v1")
        told = [word for _ in range(4) for word in ("--say", ASKED)]
        done = CliRunner().invoke(app, ["chat", str(SMALL_WORLD), "mira", *where, "--json", *told])
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert [bool(line.get("trouble")) for line in lines] == [False, True, True, True]
    assert done.stderr.count("refused the API key") == 1
    assert lines[0]["usage"]["calls"] == 1
    assert lines[-1]["usage_so_far"]["by_npc"]["mira"]["calls"] == 2
