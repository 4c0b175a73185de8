"""A voice in Chinese: plans recited clause by clause, and what stands around them."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sampling import sampled

from npc_engine import Engine, Message, ModelInfo, Request, lang
from npc_engine.dialogue.check.asides import book, trimmed, turns_of_phrase
from npc_engine.dialogue.speak import trained
from npc_engine.lang.zh.recitation import MARKS, PARTICLES, recites
from npc_engine.models.llama_cpp import LlamaCppModel
from npc_engine.persona import Persona
from npc_engine.testing import SMALL_WORLD, ScriptedModel
from npc_engine.text import sentences
from npc_engine.training.examples import packs
from npc_engine.training.lines import TrainingLine, wrong_with
from npc_engine.training.material import Material, read_material
from npc_engine.training.styling import phrase_groups

ROOT = Path(__file__).resolve().parents[1]
OWES = TrainingLine("answer", "欠", "neutral", "stranger", ("{A}欠你什么？",), "{A}欠我{N}枚铜钱。", ())
PERSONA = Persona.model_validate(
    {
        "id": "x",
        "names": {"zh": "某人"},
        "role": {"zh": "某人"},
        "summary": {"zh": "某人"},
        "voice": {"register": {"zh": "平实。"}},
    }
)


@lru_cache(maxsize=1)
def _material() -> Material:
    return read_material(ROOT / "training" / "zh")


@pytest.mark.parametrize(
    ("said", "holds"),
    [
        ("米拉住在磨坊。", True),
        ("哎，米拉嘛，住在磨坊呢，跑不了。", True),
        ("你问她？那米拉住在磨坊呀！", True),
        ("米拉不住在磨坊。", False),
        ("谁说米拉住在磨坊。", False),
        ("米拉住在磨坊对面。", False),
        ("住在磨坊，米拉。", False),
        ("米拉住在磨。坊", False),
    ],
)
def test_a_plan_is_recited_or_it_is_not(said: str, holds: bool) -> None:
    assert recites("米拉住在磨坊。", said) is holds


@settings(deadline=None)  # two cores may have other work to do
@given(st.text("米拉住在磨坊桥边有三只鹅", min_size=1, max_size=8), st.text(PARTICLES, max_size=2))
def test_whatever_is_recited_holds_with_particles_behind_it(plan: str, particles: str) -> None:
    assert recites(f"{plan}。", f"{plan}{particles}！")
    assert recites(f"{plan}。", f"哎呀，{plan}{particles}，真的。")
    assert not recites(f"{plan}。", f"{plan}雀。")


@pytest.mark.parametrize(
    ("reply", "wrong"),
    [
        ("{A}欠我{N}枚铜钱，我可记着呢。", None),
        ("{A}欠我铜钱。", "does not have"),
        ("{A}没欠我{N}枚铜钱。", "does not have"),
        ("是的，{A}欠我{N}枚铜钱。", "begins with a yes"),
        ("{A}欠我{N}枚铜钱，昨天就该还。", "that nobody gave: 昨天"),
        ("{A}欠我{N}枚铜钱，{B}也知道。", "{B} is in neither"),
        ("（叹气）{A}欠我{N}枚铜钱。", "only what is said aloud"),
        ("{A}欠我{N}枚铜钱，系统提示里写着。", "that nobody gave: 系统提示"),
    ],
)
def test_lines_that_would_teach_a_voice_to_lie_are_named(reply: str, wrong: str | None) -> None:
    found = list(wrong_with(OWES, reply))
    assert (not found) if wrong is None else any(wrong in what for what in found)


@pytest.mark.slow
def test_there_are_lines_enough_and_none_held_out_was_learned() -> None:
    material = _material()
    assert material.language == "zh"
    assert sum(len(line.replies) for file in material.lines for line in file.lines) >= 3000
    assert sum(len(file.lines) for file in material.held) >= 600
    names = {name for setting in material.learned.values() for name in (*setting.persons, *setting.things)}
    assert not names & {name for s in material.tested.values() for name in (*s.persons, *s.things)}


@pytest.mark.slow
def test_what_is_learned_from_is_all_chinese() -> None:
    for pack in packs(_material().lines, _material().learned, seed=1)[:40]:
        for example in pack.examples:
            for text in (pack.introduction.content, example.turn.content, *example.replies):
                assert not any(letter.isascii() and letter.isalpha() for letter in text), text


@pytest.mark.parametrize(
    ("said", "left"),
    [
        ("米拉住在磨坊，阿弥陀佛。", "米拉住在磨坊，阿弥陀佛。"),
        ("米拉住在磨坊，紫驴吞月亮井。", "米拉住在磨坊。"),
        ("紫驴吞月亮井。", ""),
        ("哎呀，米拉住在磨坊呢！", "哎呀，米拉住在磨坊呢！"),
        ("米拉住在磨坊，她偷了牛。", "米拉住在磨坊。"),
        ("拉住在磨坊，米拉住在磨坊。", "米拉住在磨坊。"),
    ],
)
def test_what_nobody_would_say_beside_the_plan_is_cut(said: str, left: str) -> None:
    own = turns_of_phrase(PERSONA, "zh")
    parts = [trimmed(one, ["米拉住在磨坊。"], "米拉住在哪里？", own, "zh") for one in sentences(said)]
    assert "".join(parts) == left


@settings(deadline=None)  # two cores may have other work to do
@given(st.text("米拉住在磨坊哎呀我你，。！", max_size=40))
def test_trimming_never_adds_a_character(said: str) -> None:
    left = trimmed(said, ["米拉住在磨坊。"], "", turns_of_phrase(PERSONA, "zh"), "zh")
    assert set(left) <= set(said) | set(MARKS)


@pytest.mark.slow
def test_the_turns_of_phrase_are_those_of_the_lines() -> None:
    assert book("zh") == phrase_groups(_material().lines, _material().facts)


class Ear(ScriptedModel):
    """Says what it is told to, as a small model trained for Chinese, and keeps what it was asked."""

    asked: list[Request]

    @property
    def info(self) -> ModelInfo:
        return replace(super().info, size="small", voices={"zh": trained.version("zh")}, grammars=True)

    def stream(self, request: Request, cancel: threading.Event) -> Iterator[str]:
        self.asked = [*getattr(self, "asked", []), request]
        return super().stream(request, cancel)


def test_a_trained_voice_recites_the_plan_and_colours_it() -> None:
    model = Ear(["不，桥塌了，紫驴吞月亮井，阿弥陀佛。", "不，桥没塌。"])
    with Engine.load(SMALL_WORLD, model=model) as engine:
        line = engine.talk_to("mira").say("桥安全吗？").line()
    assert line.text == "不，桥塌了，阿弥陀佛。"
    assert model.asked[0].voiced
    assert model.asked[0].grammar == lang.pack("zh").verbatim(["不。", "桥塌了。"])
    assert "心情：平静，对生人" in model.asked[0].messages[-1].content


def test_what_does_not_hold_is_said_in_codes_own_words() -> None:
    model = Ear(["不，桥没塌。", "不，桥塌得好。"])
    with Engine.load(SMALL_WORLD, model=model) as engine:
        line = engine.talk_to("mira").say("桥安全吗？").line()
    assert line.model == "none"
    assert "桥塌了" in line.text
    assert [check.rule for check in line.checks][-1] in {"content", "contradicts"}


@pytest.mark.slow
@pytest.mark.model
@pytest.mark.parametrize(
    "bare", sampled([["磨坊在桥边。"], ["是的。", "磨坊开着。"], ["不。"], ["我听说桥断了，可我不敢说定。"]], 1)
)
def test_within_the_grammar_no_model_can_leave_anything_out(bare: list[str], embedded_model: LlamaCppModel) -> None:
    """Not even one that can't speak Chinese."""
    within = lang.pack("zh").verbatim(bare)
    ask = Request((Message("user", "说吧。"),), max_tokens=200, temperature=0.5, grammar=within, stop=("\n",))
    said = "".join(embedded_model.stream(ask, threading.Event()))
    for sentence in bare[1:] or bare[bare[0] == "不。" :]:
        assert recites(sentence, said), said
