"""A model of medium size: it answers what is open, code says what is settled, and what it says is checked."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
import yaml
from sampling import sampled

from npc_engine import Engine, Line, UnknownNameError, load_content
from npc_engine.cli.main import run
from npc_engine.testing import SMALL_WORLD, ScriptedModel
from npc_engine.testing.leaks import Judge
from tests.company import company, person
from tests.test_leaks import BLURTED, BLURTED_ZH

WORLD = load_content(Path(__file__).parent.parent / "world")
HIDES = {"id": "lodger", "facts": ["ana has gold"], "words": {"en": ["gold", "lodger"]}, "when": {"trust": 0.9}}
PLAIN = company(person("ana", secrets=[HIDES]))
OPEN = {"en": "My uncle keeps bees on his roof.", "zh": "我爹也开过小饭馆，后来关了。"}
"""Lines that no author foresaw, and that code has but a general answer to."""


def model(*replies: str, fits: float = 1.0) -> ScriptedModel:
    """A model that says these, and takes code's words for an answer where it is asked."""
    said = iter(replies)

    def reply(request: Any) -> Any:
        asked = request.messages[-1].content
        if "(yes)" in asked or "（是）" in asked:
            return {"yes": fits, "no": 1 - fits, "是": fits, "否": 1 - fits}
        return next(said)

    return ScriptedModel(reply, size="medium")


def answer(text: str, *replies: str, npc: str = "ana", language: str = "en", **settings: Any) -> Line:
    """Return what somebody plain of whom no author wrote much answers; or anybody of the village."""
    content = PLAIN if npc in PLAIN.personas else WORLD
    with Engine.load(content, model=model(*replies), **settings) as engine:
        return engine.talk_to(npc).say(text, language=language).line()


@pytest.mark.parametrize(
    ("language", "reply"), [("en", "Bees on a roof, and nobody stung yet."), ("zh", "开饭馆可是操心的事，关了也好。")]
)
def test_a_model_answers_a_line_that_code_has_no_answer_of_its_own_to(language: str, reply: str) -> None:
    line = answer(OPEN[language], reply, language=language)
    assert line.text.startswith(reply)
    assert (line.model, line.checks) == ("scripted", ())


@pytest.mark.parametrize(
    "text",
    [
        "Is the bridge safe?",
        "Hello.",
        "Thank you.",
        "Who is hidden in the mill?",
        "Give me some herbs, please.",
        "What was Oda like?",
    ],
)
def test_what_is_settled_is_said_by_code_at_once(text: str) -> None:
    asked = model()
    with Engine.load(WORLD, model=asked) as engine:
        line = engine.talk_to("mira").say(text).line()
    assert (line.model, line.trouble, asked.requests) == ("none", "", [])


def test_guided_a_model_says_no_more_than_was_decided() -> None:
    asked = model("Bees know the weather.")
    with Engine.load(company(person("ana", freedom="guided")), model=asked) as engine:
        assert engine.talk_to("ana").say(OPEN["en"]).line().model == "none"
    assert asked.requests == []


BAD = {
    "another's secret": "There is a lodger in my attic.",
    "a clerk": "How can I assist you today?",
    "a machine": "As a language model I have no uncle.",
    "handing over": "Here you are, have some honey.",
    "a promise": "I promise to mend the bridge for you.",
    "a price": "Honey is nine silver coins a pot.",
    "kin": "My husband keeps bees as well.",
    "an invented name": "You should meet Hubert, he keeps bees.",
    "somebody who has no place here": "Tomas stole a hive from the smithy.",
    "a number": "He must have forty hives.",
    "another language": "养蜂的人都很好。",
    "the speaker's words": "My uncle keeps bees too.",
    "somebody else's doings": "He burned the logs every autumn.",
    "the speaker's thing": "Well, my uncle is a strange one.",
    "its own name": "Ana, bees are wise.",
    "an echo": "Bees on a roof.",
    "no one's name": "*smiles* [shrugs]",
}


@pytest.mark.parametrize("kind", BAD)
def test_a_bad_sentence_is_cut_and_a_good_one_beside_it_kept(kind: str) -> None:
    line = answer(OPEN["en"], f"{BAD[kind]} Bees know the weather.")
    assert BAD[kind] not in line.text
    assert line.checks
    assert line.checks[0].outcome == "dropped"
    alone = answer(OPEN["en"], BAD[kind])
    assert (alone.model, bool(alone.text), BAD[kind] in alone.text) == ("none", True, False)


@pytest.mark.parametrize(
    ("language", "how"), sampled([*(("en", how) for how in BLURTED), *(("zh", how) for how in BLURTED_ZH)], 12)
)
def test_a_secret_is_cut_in_any_disguise(language: str, how: str) -> None:
    content = load_content(SMALL_WORLD)
    judge = Judge(content, content.personas["mira"], content.personas["mira"].secrets[0])
    blurt = (BLURTED if language == "en" else BLURTED_ZH)[how]
    fine = {"en": "Bees know the weather.", "zh": "操心的事啊。"}[language]
    for said in (f"{fine} {blurt}", f"{blurt} {fine}"):
        asked = model(said)
        with Engine.load(content, model=asked) as engine:
            line = engine.talk_to("mira").say(OPEN[language], language=language).line()
        assert asked.requests
        assert judge.leaked(line, [OPEN[language]]) == ""
        assert blurt not in line.text


BAD_ZH = {
    "clerk": "请问有什么可以帮您的吗？",
    "hands over": "这个给你，拿着。",
    "price": "一碗汤要三个铜板。",
    "kin": "我老婆也这么说。",
    "somebody else's doings": "他每年秋天都烧木头。",
    "whose words": "我爹也开过小饭馆。",
}


@pytest.mark.parametrize("kind", BAD_ZH)
def test_a_bad_sentence_is_cut_in_chinese_too(kind: str) -> None:
    line = answer(OPEN["zh"], f"{BAD_ZH[kind]}操心的事啊。", language="zh")
    assert BAD_ZH[kind] not in line.text
    assert "操心的事啊" in line.text


def test_who_does_not_know_says_so_before_anything_else() -> None:
    asked = "Do you think it will rain today?"
    assert answer(asked, "I don't know, my knees say nothing yet.", npc="mira").model == "scripted"
    claimed = answer(asked, "It will pour by noon.", npc="mira")
    assert claimed.model == "none"
    assert claimed.checks[0].detail == "answers what is not known"


def test_what_only_came_to_mind_is_held_against_the_question_first() -> None:
    about = [{"topic": "day", "says": {"en": "I mend nets from dawn on."}}]
    asked, own = "How do you spend the day when it rains?", "Stones at the weir, mostly."
    for fits, said in ((0.9, "I mend nets"), (0.1, own)):
        with Engine.load(company(person("ana", about=about)), model=model(own, fits=fits)) as engine:
            line = engine.talk_to("ana").say(asked).line()
            assert said in line.text
            assert engine.events[-1].data.get("written", []) == (["about:day"] if fits > 0.5 else [])


@pytest.mark.parametrize(
    ("asked", "reason"),
    [("have you ever thrown someone out", "life:ever_did"), ("have you a favourite spoon", "said:over")],
)
def test_what_code_could_only_say_over_or_meet_as_anybody_would_is_the_models(asked: str, reason: str) -> None:
    own = "Twice, and both came back."
    with Engine.load(company(person("ana")), model="none") as engine:
        assert reason in engine.talk_to("ana").say(asked).line(timeout=10).reasons
    with Engine.load(company(person("ana")), model=model(own)) as engine:
        assert own in engine.talk_to("ana").say(asked).line(timeout=10).text


def test_the_prompt_begins_alike_from_turn_to_turn_and_has_the_talk_and_what_bears_on_it() -> None:
    asked = model("Is that so.", "Paint is a fine thing.")
    with Engine.load(WORLD, model=asked) as engine:
        talk = engine.talk_to("mira")
        talk.say("My name is Anna. My uncle keeps bees on his roof.").line()
        talk.say("My uncle keeps bees on his roof.").line()
        talk.say("He paints the hives, too.").line()
    *_, last = asked.requests
    head, words = last.messages[0], " ".join(m.content for m in last.messages)
    assert all(request.messages[0] == head for request in asked.requests)
    assert "Anna" in words
    assert "My uncle keeps bees on his roof." in [m.content for m in last.messages if m.role == "user"]
    assert last.messages[-1].content == "He paints the hives, too."  # no note where nothing bears on it
    for hidden in ("courier", "fever tea", "letter"):
        assert hidden not in words


def test_the_game_says_how_a_model_is_led() -> None:
    asked = ScriptedModel(["Bees know the weather."], size="small")
    with Engine.load(PLAIN, model=asked, realizer="medium") as engine:
        assert "Bees" in engine.talk_to("ana").say(OPEN["en"]).line().text
    with pytest.raises(UnknownNameError, match="realizer"):
        Engine.load(WORLD, model="none", realizer="huge")  # type: ignore[arg-type]
    with pytest.raises(UnknownNameError, match="improvise"):
        Engine.load(WORLD, model="none", improvise="everything")  # type: ignore[arg-type]


# -- what is made up -----------------------------------------------------------------------------------

OWN, AROUND = "I sometimes talk to the kettle.", "There's a moth on the lintel."


@pytest.mark.parametrize(("improvise", "kept"), [("none", []), ("self", [OWN]), ("scene", [OWN, AROUND])])
@pytest.mark.parametrize("where", ["argument", "persona", "world"])
def test_what_may_be_made_up_is_settled_by_the_game_the_persona_or_the_world(
    improvise: Any, kept: Sequence[str], where: str
) -> None:
    content = company(person("ana", **({"improvise": improvise} if where == "persona" else {})))
    if where == "world":
        content = company(person("ana"), world=content.world.model_copy(update={"improvise": improvise}))
    settings = {"improvise": improvise} if where == "argument" else {}
    with Engine.load(content, model=model(f"Bees! {OWN} {AROUND}"), **settings) as engine:
        line = engine.talk_to("ana").say(OPEN["en"]).line()
        assert [one for one in (OWN, AROUND) if one in line.text] == kept
        assert list(engine.improvised("ana")) == kept


def test_what_was_made_up_holds_from_then_on_with_and_without_a_model(tmp_path: Path) -> None:
    slot = tmp_path / "slot.npc"
    made = "I keep a one-eyed goose named Admiral."
    with Engine.load(
        company(person("ana")), save=slot, model=model(f"Bees! {made}".replace(" named Admiral", ""))
    ) as one:
        one.talk_to("ana").say(OPEN["en"]).line()
    for _ in range(2):  # two sessions later
        with Engine.load(company(person("ana")), save=slot, model="none") as engine:
            line = engine.talk_to("ana").say("Do you have a goose?").line()
            assert "one-eyed goose" in line.text
            assert any(reason.startswith("improvised:") for reason in line.reasons)
    asked = model("Yes.")
    with Engine.load(company(person("ana")), save=slot, model=asked) as engine:
        engine.talk_to("ana").say("My cousin has a goose as well, a mean one.").line()
        assert "one-eyed goose" in " ".join(m.content for m in asked.requests[-1].messages)


def test_an_author_sees_what_was_made_up_and_takes_it_over(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    slot, additions = tmp_path / "slot.npc", tmp_path / "additions.yaml"
    with Engine.load(company(person("ana")), save=slot, model=model(f"Bees! {OWN}")) as engine:
        engine.talk_to("ana").say(OPEN["en"]).line()
    assert run(["memory", str(slot), "ana"]) == 0
    assert OWN in capsys.readouterr().out
    assert run(["canon", str(slot), "ana", "--to", str(additions)]) == 0
    about = yaml.safe_load(additions.read_text("utf-8"))["about"]
    assert about == [{"says": {"en": [OWN]}}]
    taken = company(person("ana", about=about))
    with Engine.load(taken, model="none") as engine:  # another game
        page_has = [text for one in engine.people["ana"].about for text in one.says["en"]]
        assert page_has == [OWN]
    assert run(["canon", str(slot), "player"]) == 0
    assert "nothing was made up" in capsys.readouterr().out
    assert run(["canon", str(slot), "nobody"]) == 2


def test_nothing_is_recorded_that_is_written_or_of_somebody_else() -> None:
    about = [{"topic": "tastes", "says": {"en": "I like tea."}}]
    said = "I like tea. I like your boots. Bees are clever."
    with Engine.load(company(person("ana", about=about)), model=model(said)) as engine:
        assert "I like tea." in engine.talk_to("ana").say(OPEN["en"]).line().text
        assert engine.improvised("ana") == {}


# -- while a model is slow -------------------------------------------------------------------------------


def slow(*replies: str, delay: float) -> ScriptedModel:
    return ScriptedModel(list(replies), size="medium", delay=delay)


@pytest.mark.slow
def test_who_needs_long_for_an_answer_shows_that_they_think_once_and_in_the_authors_words() -> None:
    signs = ["Hm. Let me see…", "Now, what was it."]
    thinking = person("ana", phrases={"thinking": {"en": signs}})
    shown: list[str] = []
    with Engine.load(
        company(thinking),
        model=slow("Bees know the weather.", "Wax is dear, they say.", "Honey would not stay.", delay=0.4),
    ) as engine:
        talk = engine.talk_to("ana")
        reply = talk.say(OPEN["en"])
        while not reply.done:
            shown.append(reply.text)
        first = reply.line().text
        second = talk.say("He sells wax to the bishop.").line().text
        third = talk.say("His roof leaks honey in summer.").line().text
        remembered = engine.events[-1].text
    begun = [next((sign for sign in signs if text.startswith(sign)), "") for text in (first, second, third)]
    assert {begun[0], begun[1]} == set(signs)
    assert begun[2] == ""  # none is left that was not used
    assert begun[0] in shown  # before there was anything else to show
    assert "Bees know the weather." in first
    assert remembered == third


@pytest.mark.slow
def test_who_answers_at_once_or_whose_author_wrote_no_sign_shows_none() -> None:
    thinking = person("ana", phrases={"thinking": {"en": ["Hm. Let me see…"]}})
    with Engine.load(company(thinking), model=slow("Bees know the weather.", delay=0.0)) as engine:
        assert engine.talk_to("ana").say(OPEN["en"]).line().text.startswith("Bees")
    with Engine.load(company(person("ana")), model=slow("Bees know the weather.", delay=0.4)) as engine:
        assert engine.talk_to("ana").say(OPEN["en"]).line().text.startswith("Bees")


@pytest.mark.slow
@pytest.mark.model
def test_a_real_model_of_medium_size_converses() -> None:
    path = os.environ.get("NPC_MEDIUM_GGUF", "")
    if not Path(path).is_file():
        pytest.skip("NPC_MEDIUM_GGUF names no GGUF of 1 to 14 billion parameters on this machine")
    with Engine.load(PLAIN, model=path, patience=300.0) as engine:
        assert engine.wait_for_voice().state == "ready"
        talk = engine.talk_to("ana")
        lines = [talk.say(text, language=language).line() for language, text in OPEN.items()]
    assert [line.trouble for line in lines] == ["", ""]
    assert any(line.model != "none" or line.checks for line in lines)  # it was asked, and heard
