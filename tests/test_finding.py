"""The author's text that answers a line best, however it is put: what is found, and how finding is taught."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sampling import examples
from typer.testing import CliRunner

from npc_engine.cli.main import app
from npc_engine.dialogue.understand.finding import Finder, Tuning, tuning
from npc_engine.dialogue.understand.learned import ear
from npc_engine.lang import HOME
from npc_engine.talking_points import Wordings
from npc_engine.text import Language
from npc_engine.training import finding
from npc_engine.training.finding import read_chosen, taught

ROOT = Path(__file__).parents[1]
TOPICS = (
    Wordings(
        "topic:evening",
        {"en": ["What do you do in the evening?", "How do you spend your nights?"], "zh": ["你晚上都干什么？"]},
    ),
    Wordings("topic:married", {"en": ["Are you married?", "Do you have a wife?"], "zh": ["你成亲了吗？"]}),
    Wordings(
        "topic:drink", {"en": ["What do you have to drink?", "What ale do you serve?"], "zh": ["你这儿有什么喝的？"]}
    ),
    Wordings("topic:afraid", {"en": ["I'm afraid.", "I am so scared."], "zh": ["我害怕。"]}),
    Wordings(
        "passage:0", {"en": ["I was born by the river."], "zh": ["我在河边出生。"]}, are_answers=True, topic="past"
    ),
)


def finder(language: Language, wordings: tuple[Wordings, ...] = TOPICS) -> Finder:
    tuned = tuning(language)
    assert tuned is not None
    return Finder(wordings, language, tuned)


def whole(text: str) -> list[tuple[int, int]]:
    return [(0, len(text))]


@pytest.mark.parametrize(
    ("said", "language", "key"),
    [
        ("so what do you do to relax after work? i just crash on the couch", "en", "topic:evening"),
        ("is there a missus waiting for you at home", "en", "topic:married"),
        ("what ale have you got for me tonight my friend", "en", "topic:drink"),
        ("下了班你一般怎么打发时间啊", "zh", "topic:evening"),
        ("家里有媳妇没", "zh", "topic:married"),
        ("有酒没有？走得口渴", "zh", "topic:drink"),
    ],
)
def test_a_topic_is_found_though_nobody_foresaw_the_words(said: str, language: Language, key: str) -> None:
    assert finder(language).found(said, whole(said))[0][0] == key


def test_one_stretch_of_a_long_line_may_ask_for_it() -> None:
    said = "My feet hurt and the rain got in my boots again. Are you married?"
    found = dict(finder("en").found(said, [(0, 48), (49, len(said))]))
    assert max(found, key=found.__getitem__) == "topic:married"


def test_who_has_nothing_to_say_finds_nothing() -> None:
    assert finder("en", ()).found("Are you married?", whole("Are you married?")) == ()
    assert tuning("de") is None, "nobody taught it German, and it does without"


@settings(max_examples=examples(60), deadline=None)
@given(text=st.text(max_size=120), language=st.sampled_from(HOME), at=st.integers(0, 40))
def test_whatever_is_said_the_likelihoods_are_shares_of_one(text: str, language: Language, at: int) -> None:
    cut = min(at, len(text))
    spans = [span for span in ((0, cut), (cut, len(text))) if span[0] < span[1]]
    found = finder(language).found(text, spans)
    assert sum(likely for _, likely in found) <= 1.0 + 1e-6
    assert [likely for _, likely in found] == sorted((likely for _, likely in found), reverse=True)


@pytest.mark.parametrize("language", HOME)
def test_texts_read_together_are_read_as_each_alone(language: Language) -> None:
    texts = ["", "Hi", "Are you married?", "What do you do in the evening?", "你成亲了吗？", "Are you merry now?"]
    together, labels = ear(language).impressions(texts)
    for at, text in enumerate(texts):
        alone, label = ear(language).impressions_within(text, whole(text))
        assert np.allclose(together[at], alone[0], atol=1e-4)
        assert np.allclose(labels[at], label[0], atol=1e-4)


@pytest.mark.slow
def test_what_is_taught_finds_more_than_chance_of_persons_it_was_not_taught(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(finding, "STEPS", 500)  # eight times as many are taken for the weights that come along
    chosen = read_chosen(ROOT / "training/finding/en.tsv")
    few = [one for one in chosen if one.world == "world"][::6]
    tuned, right = taught(few, [one.text for one in chosen], ROOT, "en")
    assert isinstance(tuned, Tuning)
    assert right > 0.15, "one of a hundred texts would be right by chance"


def test_a_line_without_its_parts_is_told_by_its_place(tmp_path: Path) -> None:
    (tmp_path / "en.tsv").write_text("world\tbram\tonly three\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"en\.tsv:1: expected world, persona"):
        read_chosen(tmp_path / "en.tsv")


def test_the_command_says_what_it_needs() -> None:
    done = CliRunner().invoke(app, ["ear", "find", "--help"])
    assert done.exit_code == 0
    assert "training/finding/" in done.output
