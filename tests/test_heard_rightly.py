"""What players say is taken for no request and no fact where it is none; numbers that are put are compared."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from npc_engine import Engine, Line

WORLD = Path(__file__).parent.parent / "world"


@pytest.fixture(scope="module")
def engine() -> Iterator[Engine]:
    with Engine.load(WORLD, model="none", gossip=False, remarks=False) as engine:
        yield engine


def said(engine: Engine, npc: str, text: str) -> Line:
    return engine.talk_to(npc).say(text).line(timeout=20)


@pytest.mark.parametrize(
    ("npc", "text"),
    [
        ("mira", "Don't give me some herbs."),
        ("lian", "Never pour me some tea!"),
        ("lian", "别给我倒茶"),
        ("pip", "Please do not give me the pin."),
        ("pip", "Tomas said: give me the pin."),
        ("pip", "I told Tomas to give me the pin."),
        ("pip", "If I asked, would you give me the pin?"),
        ("greta", "I want to mend the bridge."),
        ("mira", "dont give me some herbs"),
        ("tomas", "Bram asked you to lend him the rope."),
        ("lian", "我昨天喝过茶"),
    ],
)
def test_what_is_denied_told_of_or_imagined_is_not_done(engine: Engine, npc: str, text: str) -> None:
    line = said(engine, npc, text)
    assert not line.actions
    assert line.act not in ("request", "order", "accept")


@pytest.mark.parametrize("text", ["Stop following me.", "Stay here.", "Wait here, Pip.", "别跟着我了"])
def test_what_is_to_be_left_may_be_a_deed_too(engine: Engine, text: str) -> None:
    assert "offers:stop_following" in said(engine, "pip", text).reasons


@pytest.mark.parametrize(
    ("npc", "text", "facts"),
    [
        ("mira", "Can Greta mend the bridge?", ["greta.can_mend.bridge"]),
        ("mira", "格蕾塔会修桥吗？", ["greta.can_mend.bridge"]),
        ("mira", "Does Tomas owe you 12 silver coins?", ["tomas.owes.mira"]),
        ("mira", "Does Tomas owe you 20 silver coins?", ["tomas.owes.mira"]),
        ("mira", "托马斯欠你二十枚银币吗？", ["tomas.owes.mira"]),
        ("bram", "Does ale cost 4 copper?", ["ale.costs.copper"]),
    ],
)
def test_what_is_asked_of_somebody_and_of_numbers_is_answered(
    engine: Engine, npc: str, text: str, facts: list[str]
) -> None:
    line = said(engine, npc, text)
    assert [fact.id for fact in line.facts] == facts
    assert line.move == "answer"


def test_another_number_is_no_and_doubted(engine: Engine) -> None:
    right, wrong = (said(engine, "mira", f"Does Tomas owe you {n} silver coins?").text for n in (12, 20))
    assert right != wrong
    doubted = said(engine, "mira", "Tomas owes you 50 silver.")
    assert doubted.move == "doubt"
    assert [fact.id for fact in doubted.facts] == ["tomas.owes.mira"]
    assert not engine.events[doubted.event_id - 2].claims


@pytest.mark.parametrize(
    ("npc", "text"),
    [
        ("greta", "Are you Greta?"),
        ("greta", "Are you the smith?"),
        ("greta", "Is Mira the herbalist?"),
        ("mira", "你好，请问你是米拉吗？"),
        ("mira", "您是米拉大夫吗"),
        ("mira", "你是不是大夫"),
        ("mira", "你是格蕾塔吗"),
    ],
)
def test_who_somebody_is_is_a_matter_of_yes_or_no(engine: Engine, npc: str, text: str) -> None:
    line = said(engine, npc, text)
    assert line.move == "answer"
    assert "asked:identity" in line.reasons


@pytest.mark.parametrize(
    "text",
    [
        "My father was a blacksmith too.",
        "Tomas seems sad since the flood.",
        "I brought you the herbs you wanted.",
        "I used to work at the mill as a boy.",
        "I think Greta made the lamp, or maybe not.",
        "You broke the bridge.",
        "Tomas says that you owe Bram money.",
        "I wish the bridge were mended.",
        "Greta will mend the bridge.",
        "If the bridge is mended, I'll go.",
        "The mill was abandoned once.",
        "I love you.",
        "也许桥修好了。",
        "要是桥修好了就好了。",
        "托马斯说桥修好了。",
    ],
)
def test_what_nobody_vouches_for_is_not_taken_up(engine: Engine, text: str) -> None:
    line = said(engine, "mira", text)
    assert engine.events[line.event_id - 2].claims == ()
