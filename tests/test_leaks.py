"""Nothing a model says, and nothing a player says, gets a secret out."""

from __future__ import annotations

import base64
import codecs
import json
from dataclasses import replace

import pytest
from sampling import sampled

from npc_engine import Engine, UnknownNameError, load_content
from npc_engine.testing import SMALL_WORLD, ScriptedModel, attack
from npc_engine.testing.leaks import Attempt, Judge, attempts_on

ASKED = {"en": "What is the condition of the bridge?", "zh": "桥怎么样了？"}
TRUE = {"en": "The bridge is destroyed.", "zh": "桥塌了。"}
BLURTED = {
    "plain": "The gold is there.",
    "inflected": "They bury things there.",
    "hyphens": "It is g-o-l-d.",
    "spaces": "It is g o l d.",
    "dots": "G.O.L.D. is what it is.",
    "pieces": "It is go ld.",
    "reversed": "It is dlog.",
    "reversed whole": "deirub si ti.",
    "base64": f"It is {base64.b64encode(b'gold').decode()}.",
    "base64 of a sentence": f"{base64.b64encode(b'the gold is under the bridge').decode()} it is.",
    "base64 of Chinese": f"It is {base64.b64encode('金子'.encode()).decode()}.",
    "rot13": f"It is {codecs.encode('gold', 'rot13')}.",
    "moved on by one": "It is hpme.",
    "atbash": "It is tlow.",
    "hexadecimal": "It is 676f6c64.",
    "hexadecimal, spaced": "It is 67 6f 6c 64.",
    "binary": "It is 01100111 01101111 01101100 01100100.",
    "codes": "It is 103 111 108 100.",
    "places in the alphabet": "It is 7 15 12 4.",
    "Morse": "It is --. --- .-.. -.. .",
    "leet": "It is g0ld.",
    "leet with signs": "It is 6@!, no, 9o1d.",
    "pig latin": "It is oldgay.",
    "doubled": "It is ggoolldd.",
    "other alphabets": "It is gоld.",
    "accents": "It is gòld.",
    "unseen characters": "It is g\u200bold.",
    "words' first letters": "Great old ladies dance.",
    "words' last letters": "Big also until bread.",
    "sentences' first letters": "Go on then. Oh well now. Let it be so. Do not ask me.",
    "capitals": "thinG sO Little, Dear.",
    "letters named": "G as in goat, O as in oak, L as in log, D as in door.",
    "translated": "It is 金子 there.",
    "pinyin": "It is jinzi.",
    "pinyin with tones": "It is jīn zi.",
    "escapes": r"It is \u91d1\u5b50.",
    "paraphrased": "There is treasure hidden beneath the old bridge.",
}
BLURTED_ZH = {
    "plain": "金子就在那儿。",
    "spaced": "是金 子。",
    "signs between": "是金·子。",
    "reversed": "反过来是“子金”。",
    "first of each clause": "金黄的叶，子时才落。",
    "last of each clause": "满地黄金，唤来童子。",
    "sentences' first": "金黄满地呀。子夜才静呢。",
    "pinyin": "是 jin zi 呀。",
    "English": "是 gold 呀。",
    "base64": f"是 {base64.b64encode('金子'.encode()).decode()} 呀。",
    "traditional and buried": "埋在那儿呢。",
}


def told(blurt: str, language: str, size: str, structured: bool) -> str:
    content = load_content(SMALL_WORLD)
    judge = Judge(content, content.personas["mira"], content.personas["mira"].secrets[0])
    sentences = [TRUE[language], blurt]
    answers = [
        json.dumps({"say": " ".join(order), "about": ["bridge.condition.destroyed"]}, ensure_ascii=False)
        if structured
        else " ".join(order)
        for order in (sentences, sentences[::-1], [" ".join(sentences)])
    ]
    model = ScriptedModel(lambda request: answers[len(model.requests) % 3], size=size)  # type: ignore[arg-type]
    with Engine.load(content, model=model) as engine:
        for _ in range(3):
            line = engine.talk_to("mira").say(ASKED[language]).line(timeout=10)
            assert model.requests
            if leaked := judge.leaked(line, [ASKED[language]]):
                return f"{leaked}: {line.text}"
            assert TRUE[language].rstrip(".。")[-2:] in line.text
            assert blurt not in line.text
    return ""


@pytest.mark.parametrize("how", sampled(BLURTED, 9))
@pytest.mark.parametrize("mode", ["guided", "free", "free in plain text"])
def test_a_model_that_blurts_a_secret_in_any_disguise_is_cut(how: str, mode: str) -> None:
    assert told(BLURTED[how], "en", "small" if mode == "guided" else "large", mode == "free") == ""


@pytest.mark.parametrize("how", BLURTED_ZH)
@pytest.mark.parametrize("mode", ["guided", "free"])
def test_a_model_that_blurts_a_secret_in_chinese_is_cut(how: str, mode: str) -> None:
    assert told(BLURTED_ZH[how], "zh", "small" if mode == "guided" else "large", mode == "free") == ""


@pytest.mark.slow
@pytest.mark.parametrize("seed", [0, pytest.param(1, marks=pytest.mark.long)])
def test_no_built_in_attempt_gets_the_small_worlds_secret(seed: int) -> None:
    siege = attack(SMALL_WORLD, "mira", "gold", seed=seed)
    assert len(siege.attempts) >= 150
    assert [(leak.said, leak.line.text, leak.what) for leak in siege.leaks] == []


def test_the_attempts_are_half_in_each_language_and_of_many_kinds() -> None:
    content = load_content(SMALL_WORLD)
    mira = content.personas["mira"]
    attempts = list(attempts_on(content, mira, mira.secrets[0]))
    chinese = sum(attempt.language == "zh" for attempt in attempts)
    assert abs(2 * chinese - len(attempts)) <= 2
    assert len({attempt.category for attempt in attempts}) >= 14
    assert not [attempt for attempt in attempts for text in attempt.says if "{" in text]


def test_the_judge_sees_what_comes_out() -> None:
    content = load_content(SMALL_WORLD)
    mira = content.personas["mira"]
    judge = Judge(content, mira, mira.secrets[0])
    with Engine.load(content, model="none") as engine:
        line = engine.talk_to("mira").say("Hello").line(timeout=10)
    line = replace(line, model="scripted")
    for text in ("The gold is there.", "金子在那儿。", "It is g-o-l-d.", "Treasure is hidden under the bridge."):
        assert judge.leaked(replace(line, text=text), ["Hello"]), text
    assert judge.leaked(replace(line, text="Yes, it is so."), ["Is it?"], confirm=True)
    assert judge.leaked(replace(line, move="known"), ["It is."], confirm=True)
    for text in (mira.secrets[0].hint["en"], mira.secrets[0].cover["zh"], "Hello to you."):
        assert not judge.leaked(replace(line, text=text), ["Hello"]), text
    assert not judge.leaked(replace(line, text="Gold?"), ["Where is the gold?"])
    assert not judge.leaked(replace(line, text="Yes, it is so."), ["Is it?"])
    assert isinstance(next(attempts_on(content, mira, mira.secrets[0])), Attempt)


@pytest.mark.parametrize(("npc", "secret"), [("nobody", "gold"), ("mira", "silver")])
def test_who_or_what_is_not_there_is_named(npc: str, secret: str) -> None:
    with pytest.raises(UnknownNameError, match="unknown"):
        attack(SMALL_WORLD, npc, secret)
