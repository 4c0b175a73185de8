"""What the language model may use, and what it used: in a turn, for one person, in a game hour, in tokens and money."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from fake_server import serving
from hypothesis import given, settings
from hypothesis import strategies as st
from kinds_of_server import ends_without_a_reason
from sampling import examples

from npc_engine import ArgumentError, Budget, Engine, Limit, Line, Prices
from npc_engine.models import Usage
from npc_engine.testing import SMALL_WORLD, ScriptedModel

ASKED = "What is the condition of the bridge?"
ASKED_ZH = "桥现在怎么样？"
TEXT = "The bridge is destroyed, I fear."
PRICES = {"m": Prices(tokens_in=1000.0, tokens_out=5000.0, cached=100.0)}


@pytest.fixture
def engine_with() -> Iterator[Any]:
    """Return what opens an engine whose model says the same whatever it is asked, with a budget."""
    opened: list[Engine] = []

    def begin(budget: Budget | None = None, model: Any = None, **more: Any) -> Engine:
        model = model or ScriptedModel(lambda request: TEXT, name="m")
        opened.append(Engine.load(SMALL_WORLD, model=model, budget=budget, **more))
        return opened[-1]

    yield begin
    for engine in opened:
        engine.close()


def asked(engine: Engine, npc: str = "mira", text: str = ASKED) -> Line:
    return engine.talk_to(npc).say(text).line(timeout=30)


def test_without_a_budget_everything_is_counted_and_nothing_bounded(engine_with: Any) -> None:
    engine = engine_with()
    lines = [asked(engine), asked(engine), asked(engine, "tomas")]
    report = engine.usage()
    assert [line.trouble for line in lines] == ["", "", ""]
    assert all(line.usage.calls >= 1 and line.usage.tokens_out > 0 for line in lines)
    assert set(report.by_npc) == {"mira", "tomas"}
    assert report.total.calls == sum(line.usage.calls for line in lines)
    assert report.by_npc["mira"].tokens == lines[0].usage.tokens + lines[1].usage.tokens
    assert report.total.seconds > 0
    assert report.total.estimated


def one_call() -> Usage:
    """Return the most that the first answer might use, as it is reserved before it is asked for."""
    model = ScriptedModel(lambda request: TEXT, name="m")
    with Engine.load(SMALL_WORLD, model=model) as engine:
        asked_for = asked(engine).usage.tokens_in
    return Usage(1, tokens_in=asked_for, tokens_out=model.requests[0].max_tokens)


@pytest.mark.parametrize("limited", ["calls an hour", "calls an NPC", "tokens", "money"])
def test_what_goes_beyond_the_budget_is_worded_by_code_until_the_next_hour(engine_with: Any, limited: str) -> None:
    most = one_call()
    some = replace(most, tokens_in=most.tokens_in * 3 // 2)  # and less than a second one needs
    price = round(PRICES["m"].of(some), 3)
    budget, words = {
        "calls an hour": (Budget(hour=Limit(calls=1)), "the budget for the model is used up until {} (1 calls)"),
        "calls an NPC": (Budget(npc=Limit(calls=1)), "Mira's budget for the model is used up until {} (1 calls)"),
        "tokens": (Budget(hour=Limit(tokens=some.tokens)), f"until {{}} ({some.tokens} tokens)"),
        "money": (Budget(hour=Limit(money=price), prices=PRICES), f"until {{}} ({price:g} in money)"),
    }[limited]
    engine = engine_with(budget)
    first, second = asked(engine), asked(engine)
    assert (first.text, first.model, first.trouble) == (TEXT, "m", "")
    assert "destroyed" in second.text
    assert second.model == "none"
    assert words.format(f"{engine.now.hour + 1:02}:00") in second.trouble
    assert second.usage == Usage()
    engine.advance(60)
    assert asked(engine).model == "m"


def test_one_persons_budget_is_not_anothers(engine_with: Any) -> None:
    engine = engine_with(Budget(npc=Limit(calls=1)))
    assert asked(engine).model == "m"
    assert asked(engine).model == "none"
    assert asked(engine, "tomas").model == "m"


def test_a_turn_that_is_mended_stays_within_its_own_budget(engine_with: Any) -> None:
    model = ScriptedModel(lambda request: "The moon is made of cheese.", name="m")
    tries = asked(engine_with(model=model)).usage.calls
    assert tries == 2
    line = asked(engine_with(Budget(turn=Limit(calls=1)), ScriptedModel(model.requests and (lambda _: "Cheese."))))
    assert line.usage.calls == 1
    assert "this turn's budget for the model is used up (1 calls)" in line.trouble


def test_nothing_at_all_means_no_call(engine_with: Any) -> None:
    model = ScriptedModel(lambda request: TEXT, name="m")
    line = asked(engine_with(Budget(hour=Limit(tokens=0)), model))
    assert line.model == "none"
    assert model.requests == []


def test_the_trouble_is_told_in_the_language_that_is_spoken(engine_with: Any) -> None:
    engine = engine_with(Budget(hour=Limit(calls=0)))
    assert "预算已用完" in asked(engine, text=ASKED_ZH).trouble
    assert "used up" in asked(engine).trouble
    assert "used up" in engine.status().trouble
    assert "（0 次调用）" in engine.status("zh").trouble


def test_a_budget_in_money_needs_the_price_of_the_model_that_is_used(engine_with: Any) -> None:
    with pytest.raises(ArgumentError, match="a budget in money needs prices"):
        Budget(hour=Limit(money=1.0))
    line = asked(engine_with(Budget(hour=Limit(money=1.0), prices={"other": PRICES["m"]})))
    assert line.model == "none"
    assert "needs the price of m" in line.trouble


@pytest.mark.parametrize("wrong", ["many", -1, float("nan")])
def test_a_limit_is_a_number(wrong: Any) -> None:
    with pytest.raises(ArgumentError, match="a limit of calls is a number"):
        Limit(calls=wrong)


@pytest.mark.slow
def test_what_a_server_counted_is_what_is_booked_and_priced() -> None:
    with (
        serving(ends_without_a_reason(TEXT)) as server,
        Engine.load(
            SMALL_WORLD,
            model="openai:m",
            model_settings={"base_url": f"{server.url}/v1"},
            budget=Budget(prices=PRICES),
        ) as engine,
    ):
        engine.wait_for_voice(30)
        line = asked(engine)
    assert (line.usage.calls, line.usage.tokens_in, line.usage.tokens_out) == (1, 120, 9)
    assert not line.usage.estimated
    assert line.usage.money == pytest.approx((120 * 1000 + 9 * 5000) / 1e6)
    assert json.loads(json.dumps(line.as_dict()))["usage"]["tokens_in"] == 120


def test_what_is_read_again_has_its_own_price() -> None:
    usage = Usage(1, tokens_in=1000, cached=900, tokens_out=10)
    assert PRICES["m"].of(usage) == pytest.approx((100 * 1000 + 900 * 100 + 10 * 5000) / 1e6)
    assert Prices(1000.0, 5000.0).of(usage) == pytest.approx((1000 * 1000 + 10 * 5000) / 1e6)


@given(
    calls=st.integers(0, 6), tokens=st.integers(0, 4000), talks=st.lists(st.sampled_from(["mira", "tomas"]), max_size=6)
)
@settings(max_examples=examples(8), deadline=None)
def test_no_hour_costs_more_than_its_budget(calls: int, tokens: int, talks: list[str]) -> None:
    budget = Budget(hour=Limit(calls=calls, tokens=tokens), npc=Limit(calls=2))
    model = ScriptedModel(lambda request: TEXT, name="m")
    with Engine.load(SMALL_WORLD, model=model, budget=budget) as engine:
        replies = [engine.talk_to(npc).say(ASKED) for npc in talks]
        for reply in replies:
            assert "destroyed" in reply.line(timeout=30).text
        report = engine.usage()
    assert report.total.calls <= calls
    assert report.total.tokens <= tokens
    assert all(usage.calls <= 2 for usage in report.by_npc.values())
