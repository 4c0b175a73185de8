"""Lines for people whose author wrote none: enough of them, each its own, for occasions that there are."""

from __future__ import annotations

from collections import Counter
from typing import get_args

import pytest

from npc_engine.dialogue.speak.repertoire import Remark, _read
from npc_engine.lang import HOME, pack
from npc_engine.persona import PHRASES, Manner
from npc_engine.text import Language

LEAST = {"en": 3500, "zh": 2500}
"""Lines that there are at least, over all temperaments."""


def lines(language: Language) -> list[tuple[str, str, Remark]]:
    return [
        (manner, key, remark)
        for manner in get_args(Manner)
        for key, remarks in _read(pack(language), manner).items()
        for remark in remarks
    ]


@pytest.mark.parametrize("language", HOME)
def test_every_temperament_has_words_for_every_occasion_that_any_has(language: Language) -> None:
    keys = {manner: set(_read(pack(language), manner)) for manner in get_args(Manner)}
    everything = set().union(*keys.values())
    assert {manner: everything - found for manner, found in keys.items() if everything - found} == {}
    assert everything <= set(PHRASES), "an author can write phrases for whatever the repertoire has"
    assert len(lines(language)) >= LEAST[language]


@pytest.mark.parametrize("language", HOME)
def test_no_line_is_anywhere_twice(language: Language) -> None:
    counted = Counter(remark.text for _, _, remark in lines(language))
    assert [text for text, times in counted.items() if times > 1] == []


@pytest.mark.parametrize("language", HOME)
def test_lines_name_nobody_but_the_listener_and_have_no_marks_of_a_script(language: Language) -> None:
    for manner, key, remark in lines(language):
        assert ("{listener}" in remark.text) == remark.named, (manner, key, remark.text)
        assert not set("*()[]<>（）#") & set(remark.text), (manner, key, remark.text)
        assert remark.to in ("", "friend", "foe", "stranger")
        assert remark.mood in ("", "happy", "sad", "angry", "afraid", "neutral")
        assert remark.time in ("", "morning", "day", "evening", "night")


@pytest.mark.parametrize("language", HOME)
def test_there_are_traits_for_every_temperament(language: Language) -> None:
    assert set(pack(language).temperaments) == set(get_args(Manner))
