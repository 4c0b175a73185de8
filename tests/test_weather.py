"""The weather: the game says it, everybody sees it, and whoever asks is told."""

from __future__ import annotations

from pathlib import Path

import pytest
from company import company, person

from npc_engine import Engine, UnknownNameError
from npc_engine.lang import pack
from npc_engine.testing import ScriptedModel
from npc_engine.weather import WEATHERS

ROOT = Path(__file__).parents[1]
ASKED = {
    "en": ["What's the weather like?", "how's the weather today", "is it gonna rain"],
    "zh": ["今天天气怎么样？", "外面下雨吗"],
}


@pytest.mark.parametrize("language", ["en", "zh"])
def test_who_asks_about_the_weather_is_told_what_the_game_says(language: str) -> None:
    with Engine.load(ROOT / "world", model="none", language=language) as engine:
        engine.set_weather("rain")
        raining = pack(language).words.phrases["weather_rain"]
        for said in ASKED[language]:
            assert engine.talk_to("mira").say(said).line().text in raining
        engine.set_weather("snow")
        assert (
            engine.talk_to("mira").say(ASKED[language][0]).line().text in pack(language).words.phrases["weather_snow"]
        )


@pytest.mark.parametrize("language", ["en", "zh"])
def test_where_the_game_says_nothing_nobody_makes_a_weather_up(language: str) -> None:
    with Engine.load(company(person("ana")), model="none", language=language) as engine:
        shrugs = pack(language).words.phrases["ask_weather"]
        for said in ASKED[language]:
            assert engine.talk_to("ana").say(said).line().text in shrugs


def test_an_authors_own_phrase_comes_first() -> None:
    wet = person("ana", phrases={"weather_rain": {"en": ["My knee said so at breakfast."], "zh": ["我膝盖早知道了。"]}})
    with Engine.load(company(wet), model="none") as engine:
        engine.set_weather("rain")
        assert engine.talk_to("ana").say("What's the weather like?").line().text == "My knee said so at breakfast."


def test_every_weather_has_words_and_no_other_is_taken() -> None:
    for language in ("en", "zh"):
        assert {f"weather_{one}" for one in WEATHERS} <= set(pack(language).words.phrases)
    with Engine.load(ROOT / "world", model="none") as engine:
        with pytest.raises(UnknownNameError, match="weather"):
            engine.set_weather("frogs")  # type: ignore[arg-type]
        engine.set_weather(None)


def test_a_model_is_told_the_weather() -> None:
    model = ScriptedModel(['{"say": "Rain again."}'] * 2)
    with Engine.load(ROOT / "world", model=model, realizer="large", language="en") as engine:
        engine.set_weather("rain")
        engine.talk_to("mira").say("What's the weather like?").line(timeout=20)
        assert "It's raining." in model.requests[0].messages[-1].content
