"""Dialogue acts are declared once: an apology, which nobody understood before, is one entry and words per language."""

from __future__ import annotations

import pytest
from company import company, person

from npc_engine import Engine
from npc_engine.acts import acts
from npc_engine.engine.frames import Frames

SORRY = {"apology": {"en": ["Water under the bridge."], "zh": ["没事，翻篇了。"]}}


@pytest.mark.parametrize("said", ["sorry", "I'm so sorry.", "My apologies, that was rude.", "对不起", "不好意思啊"])
def test_an_apology_is_taken_as_one(said: str) -> None:
    with Engine.load(company(person("ana", phrases=SORRY)), model="none") as engine:
        line = engine.talk_to("ana").say(said).line(timeout=10)
        assert (line.act, line.move) == ("apologise", "forgive")
        assert line.text in ("Water under the bridge.", "没事，翻篇了。")
        assert engine.feeling("ana", "player").affinity > 0


@pytest.mark.parametrize("said", ["Sorry, where is the bridge?", "I'm sorry to hear that the bridge broke."])
def test_sorry_in_passing_is_no_apology(said: str) -> None:
    with Engine.load(company(person("ana", phrases=SORRY)), model="none") as engine:
        assert engine.talk_to("ana").say(said).line(timeout=10).act != "apologise"


def test_every_act_is_explained_and_every_old_name_still_understood() -> None:
    for language in ("en", "zh"):
        frames = Frames(language)
        for kind, act in acts().acts.items():
            assert frames.act(kind) != kind, f"explanations.yaml has no name for {kind} in {language}"
            if act.formerly:
                assert frames.act(act.formerly) == frames.act(kind)
        for move in acts().moves:
            assert frames.reply(move) != move, f"explanations.yaml has no name for the move {move} in {language}"
