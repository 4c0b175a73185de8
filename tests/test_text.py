"""Where sentences end, and where they only look as if they did."""

from __future__ import annotations

import pytest

from npc_engine import Engine
from npc_engine.dialogue.speak.guided import whole_sentences
from npc_engine.models import Size
from npc_engine.testing import SMALL_WORLD, ScriptedModel
from npc_engine.text import sentences

WHOLE = [
    "The sky is... blue.",
    "The sky is… blue.",
    "Be there at 9:30 a.m. sharp.",
    "Ask Capt. Hook.",
    "Gen. Lee and Lt. Col. Smith met at St. Mary's.",
    "Ask J. R. Hook.",
    "No. 5 is mine.",
    "See vol. 2, p. 5, and fig. 3.",
    "Herbs, e.g. Mint, vs. roots.",
    "Bring approx. ten of them.",
    '"Stop!" she said.',
    "“Why?” he asked, “why now?”",
    "天空是……蓝的。",
    "嗯……好吧。",
    "“走吧！”她说。",
    "「走吧！」米拉笑道，「快。」",
    "我找Mr. 王。",
]


@pytest.mark.parametrize("text", WHOLE)
def test_a_sentence_that_goes_on_is_one(text: str) -> None:
    assert sentences(text) == [text]


@pytest.mark.parametrize(
    "parts",
    [
        ["No.", "I won't."],
        ["It is No. 5.", "Take it."],
        ["Hm...", "Greta knows."],
        ["At 9 a.m.", "The gate opens."],
        ["It was I.", "Then he came."],
        ["yes.", "he is.", "go."],
        ["“Go on.”", "Then he left."],
        ['"No..." he sighed.', "He left."],
        ["Well?!", "Yes."],
    ],
    ids=" ".join,
)
def test_sentences_are_parted_where_another_begins(parts: list[str]) -> None:
    assert sentences(" ".join(parts)) == parts


@pytest.mark.parametrize(
    "parts", [["他走了。", "她来了！"], ["“走吧！”", "他转身离开。"], ["我不知道……"], ["去吧！", "快？"]]
)
def test_chinese_sentences_are_parted_where_another_begins(parts: list[str]) -> None:
    assert sentences("".join(parts)) == parts


@pytest.mark.parametrize(
    "text",
    [*WHOLE, "It fell. No. 5 is mine.", "他走了。“走吧！”她说。好。", "“走吧！”他转身离开。", "Hm... Greta knows."],
)
def test_a_text_that_comes_letter_by_letter_has_the_same_sentences(text: str) -> None:
    assert list(whole_sentences(iter(text))) == sentences(text)


def test_a_long_text_without_an_end_is_read_quickly() -> None:
    assert len(sentences("I go on. and " * 20_000)) == 1


@pytest.mark.parametrize("size", ["small", "large"])
def test_a_models_sentence_is_not_cut_while_it_comes(size: Size) -> None:
    said = "The bridge is... destroyed, I fear."
    with Engine.load(SMALL_WORLD, model=ScriptedModel([said] * 2, size=size)) as engine:
        line = engine.talk_to("mira").say("What is the condition of the bridge?").line(timeout=10)
    assert (line.text, line.model) == (said, "scripted")
