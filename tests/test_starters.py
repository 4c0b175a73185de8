"""A world needs no predicates of its own for what every world has: kin, work, home, tastes, fears, prices, friends."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from npc_engine import Engine, load_content

WORLD = Path(__file__).parent / "starters"


@pytest.fixture(scope="module")
def quay() -> Iterator[Engine]:
    with Engine.load(WORLD, model="none") as engine:
        yield engine


@pytest.mark.parametrize(
    ("npc", "asked", "told"),
    [
        ("ines", "Who is Nela married to?", "Nela is married to Rui."),
        ("nela", "Who is your husband?", "Rui"),
        ("ines", "Who are Ines's parents?", "Nela"),
        ("paulo", "Who is your sister?", "Ines"),
        ("ines", "Where does Nela work?", "Nela works at the bakery."),
        ("paulo", "Who does Ines work for?", "Ines works for Nela."),
        ("nela", "Where do you live?", "I live at the quay house."),
        ("nela", "Where were you born?", "I was born in Lisbon."),
        ("nela", "How old are you?", "I am forty-one years old."),
        ("ines", "What does Nela like?", "Nela likes the figs."),
        ("nela", "What do you hate?", "I dislike the gulls."),
        ("nela", "What is Paulo afraid of?", "Paulo is afraid of the sea."),
        ("nela", "What do you want?", "I want the ship's bell."),
        ("nela", "Who knows how to swim?", "Ines knows how to swim."),
        ("nela", "Who owns the blue boat?", "Rui owns the blue boat."),
        ("nela", "Whose is the blue boat?", "Rui owns the blue boat."),
        ("ines", "What does Nela sell?", "Nela sells the rye bread."),
        ("nela", "How much does the rye bread cost?", "two coins"),
        ("paulo", "Who is Nela's friend?", "Ines"),
        ("nela", "Who is Rui's enemy?", "Paulo"),
        ("ines", "内拉跟谁结婚了？", "鲁伊"),
        ("ines", "内拉在哪工作？", "内拉在面包房干活。"),
        ("paulo", "伊内斯给谁做事？", "伊内斯给内拉做事。"),
        ("nela", "你住在哪儿？", "我住在码头屋。"),
        ("nela", "你是在哪儿出生的？", "我是在里斯本出生的。"),
        ("nela", "你多大了？", "四十一岁"),
        ("nela", "你讨厌什么？", "我讨厌海鸥。"),
        ("nela", "保罗怕什么？", "保罗怕大海。"),
        ("nela", "你想要什么？", "我想要船钟。"),
        ("nela", "谁会游泳？", "伊内斯会游泳。"),
        ("nela", "蓝船是谁的？", "蓝船是鲁伊的。"),
        ("ines", "内拉卖什么？", "内拉卖黑面包。"),
        ("nela", "黑面包多少钱？", "两个铜板"),
        ("paulo", "内拉的朋友是谁？", "伊内斯"),
        ("nela", "鲁伊的冤家是谁？", "保罗"),
        ("paulo", "伊内斯的父母是谁？", "内拉"),
        ("nela", "Does Ines know how to swim?", "Yes"),
        ("nela", "Is Paulo afraid of the sea?", "Yes"),
        ("ines", "Does Nela like the gulls?", "No. Nela dislikes the gulls."),
        ("ines", "Does Nela hate the figs?", "No. Nela likes the figs."),
        ("paulo", "Are you Rui's friend?", "No. I am Rui's enemy."),
        ("ines", "内拉喜欢海鸥吗？", "不。内拉讨厌海鸥。"),
        ("paulo", "鲁伊是你朋友吗？", "不。鲁伊和我是冤家。"),
        ("ines", "Who is your brother?", "Paulo and I are siblings."),
    ],
)
def test_what_every_world_has_is_worded_and_asked_about(quay: Engine, npc: str, asked: str, told: str) -> None:
    assert told in quay.talk_to(npc).say(asked).line().text


def test_what_no_file_uses_is_not_there() -> None:
    assert "lives_at" in load_content(WORLD).predicates
    assert "misses" not in load_content(WORLD).predicates


def test_a_world_words_them_its_own_way(tmp_path: Path) -> None:
    for file in WORLD.rglob("*.yaml"):
        copy = tmp_path / file.relative_to(WORLD)
        copy.parent.mkdir(exist_ok=True)
        copy.write_text(file.read_text("utf-8"), "utf-8")
    own = (
        "- {id: lives_at, wording: {en: '{subject} {sleeps|sleep} in {object}', zh: '{subject}睡在{object}'}, "
        "words: {en: [live], zh: [住]}, asks: [where]}"
    )
    (tmp_path / "predicates.yaml").write_text(own, "utf-8")
    with Engine.load(tmp_path, model="none") as engine:
        assert "I sleep in the quay house." in engine.talk_to("nela").say("Where do you live?").line().text
