"""What was told in confidence, or is somebody's own affair: who may hear it, and what the others are told instead."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from company import company, person

from benchmarks.confidences import Count, Talks
from npc_engine import Engine, Line, UnknownNameError, load_content
from npc_engine.content import Content
from npc_engine.testing import SMALL_WORLD, ScriptedModel
from npc_engine.text import Language
from npc_engine.world import Predicate

CLOSE = {"player": {"affinity": 0.8, "trust": 0.8, "familiarity": 0.8}}
ILL = Predicate.model_validate(
    {
        "id": "suffers_from",
        "wording": {"en": "{subject} {suffers|suffer} from {object}", "zh": "{subject}得了{object}"},
        "words": {"en": ["suffer", "suffers", "suffering"], "zh": ["得了", "得了什么"]},
        "asks": ["what", "who"],
        "values": {"ague": {"names": {"en": "the ague", "zh": "疟疾"}, "words": {"en": ["ague"], "zh": ["疟疾"]}}},
        "private": True,
    }
)
RULES = {**load_content(SMALL_WORLD).predicates, ILL.id: ILL}
KEEPS = {
    "en": ["to tell", "have to ask", "keep that to myself", "in confidence", "stay where"],
    "zh": ["自己说", "去问", "不该由我", "托我", "私下", "留在哪儿"],
}


def village(**ana: Any) -> Content:
    people = [person("ana", **ana), person("ben"), person("cleo", pronoun="she"), person("dan")]
    return company(*people, predicates=RULES)


def load(language: Language = "en", **ana: Any) -> Engine:
    return Engine.load(village(**ana), model="none", gossip=False, language=language)


def ask(engine: Engine, text: str, speaker: str = "player", near: tuple[str, ...] = ()) -> Line:
    return engine.talk_to("ana", speaker=speaker).say(text, overheard_by=near).line(timeout=10)


WHISPERED = {"en": "I pawned my mother's ring at the smithy.", "zh": "我把母亲的戒指当在铁匠铺了。"}
TALKED = {"en": "What did you talk about?", "zh": "你们聊了什么？"}
EARLIER = {"en": "What did Ben say earlier?", "zh": "阿本刚才说了什么？"}


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_whisper_is_not_repeated_to_a_stranger(language: Language) -> None:
    with load(language) as engine:
        engine.record(WHISPERED[language], speaker="ben", volume="whisper", audience=["ana"])
        line = ask(engine, EARLIER[language])
        assert line.move == "deflect"
        assert any(words in line.text for words in KEEPS[language]), line.text
        assert WHISPERED[language] not in line.text
        assert line.withheld[0].reason == "confided"


@pytest.mark.parametrize("language", ["en", "zh"])
def test_who_whispered_it_may_be_reminded_but_not_before_others(language: Language) -> None:
    with load(language) as engine:
        engine.record(WHISPERED[language], speaker="player", volume="whisper", audience=["ana"])
        asked = {"en": "What did I say earlier?", "zh": "我刚才说了什么？"}[language]
        there = {"en": ("alone", "others", "ears", "Not here"), "zh": ("方便", "咱俩", "旁边", "耳朵")}[language]
        assert any(words in ask(engine, asked, near=("cleo",)).text for words in there)
        assert WHISPERED[language][-8:-1] in ask(engine, asked).text


def test_public_talk_may_be_told() -> None:
    with load() as engine:
        engine.record("The moon fell into the river.", speaker="ben", audience=["ana", "cleo"])
        assert "The moon fell into the river." in ask(engine, "What did Ben say?").text


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("by", [None, "cleo"])
def test_what_is_told_between_us_is_kept(by: str | None, language: Language) -> None:
    asked = {"en": "Does Ben have the key?", "zh": "阿本有钥匙吗？"}[language]
    about = {"en": "What do you know about Ben?", "zh": "说说阿本吧。"}[language]
    claimed = {"en": "Ben has the key.", "zh": "阿本有钥匙。"}[language]
    with load(language) as engine:
        engine.tell("ana", ("ben", "has", "key"), by=by, between_us=True)
        for text in (asked, about, claimed):
            line = ask(engine, text)
            assert [fact.id for fact in line.facts if fact.id == "ben.has.key"] == []
            assert line.move not in ("known", "unknown"), "neither confirmed nor denied"
        if by:
            assert [fact.id for fact in ask(engine, asked, speaker=by).facts] == ["ben.has.key"]


def test_what_may_be_passed_on_goes_to_them_alone_and_stays_a_confidence() -> None:
    with load() as engine:
        engine.tell("ana", ("ben", "has", "key"), by="cleo", between_us=True, pass_on=["dan"])
        assert ask(engine, "Does Ben have the key?").move == "deflect"
        assert ask(engine, "Does Ben have the key?", speaker="dan").facts
        line = engine.talk_to("dan").say("Does Ben have the key?").line(timeout=10)
        assert line.move == "deflect", "Dan had it in confidence too"


def test_what_is_known_otherwise_too_may_be_told_as_known_otherwise() -> None:
    with load() as engine:
        engine.tell("ana", ("ben", "has", "key"), by="cleo", between_us=True)
        engine.tell("ana", ("ben", "has", "key"), by="dan")
        line = ask(engine, "Does Ben have the key?")
        assert "Dan" in line.text
        assert "Cleo" not in line.text
        engine.tell("ana", ("ben", "has", "gold"), by="dan")
        engine.tell("ana", ("ben", "has", "gold"), by="dan", between_us=True)
        assert ask(engine, "Does Ben have the gold?").facts, "said openly before it was whispered"


def test_what_follows_from_it_is_told_as_known_otherwise_too() -> None:
    with load() as engine:
        engine.tell("ana", ("ben", "sibling_of", "dan"), by="cleo", between_us=True)
        assert ask(engine, "Who is Dan's brother?").move == "deflect"
        engine.tell("ana", ("ben", "sibling_of", "dan"), by="ben")
        line = ask(engine, "Who is Dan's brother?")
        assert "Ben" in line.text
        assert "Cleo" not in line.text


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "Between you and me, Ben has the key."),
        ("en", "Ben has the key. Don't tell anyone but Cleo."),
        ("zh", "阿本有钥匙，别告诉别人。"),
        ("zh", "阿本有钥匙。除了克丽，别告诉任何人。"),
    ],
)
def test_a_speaker_may_ask_to_keep_it_in_so_many_words(language: Language, said: str) -> None:
    asked = {"en": "Does Ben have the key?", "zh": "阿本有钥匙吗？"}[language]
    with load(language) as engine:
        ask(engine, said)
        assert ask(engine, asked, speaker="dan").move == "deflect"
        assert bool(ask(engine, asked, speaker="cleo").facts) == ("Cleo" in said or "克丽" in said)
        (fact,) = ask(engine, asked).facts
        assert fact.belief.holds, "whoever confided it knows, and 'don't' denies nothing of it"


@pytest.mark.parametrize(
    ("language", "told", "asked", "then"),
    [
        ("en", "Ben has the key.", "Does Ben have the key?", "Keep that to yourself."),
        ("en", "Ben has the key.", "Does Ben have the key?", "Don't tell anyone!"),
        ("zh", "阿本有钥匙。", "阿本有钥匙吗？", "别说出去啊。"),
    ],
)
def test_a_speaker_may_ask_afterwards_to_keep_it(language: Language, told: str, asked: str, then: str) -> None:
    with load(language) as engine:
        talk = engine.talk_to("ana")
        talk.say(told).line(timeout=10)
        assert ask(engine, asked, speaker="dan").facts
        talk.say(then).line(timeout=10)
        for _ in range(2):
            assert ask(engine, asked, speaker="cleo").move == "deflect"
            assert told.rstrip("。.") not in ask(engine, TALKED[language], speaker="cleo").text
            engine.rebuild()


MATTER = {"en": "Cleo is with child.", "zh": "克丽有喜了。"}


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("speaker", ["cleo", "dan"])
def test_a_private_matter_is_kept_from_whom_it_is_about_and_from_who_came_late(
    speaker: str, language: Language
) -> None:
    with load(language) as engine:
        table = engine.gather(["ana", "ben"])
        table.say(MATTER[language], to="ben").line(timeout=10)
        line = ask(engine, TALKED[language], speaker=speaker)
        assert MATTER[language].rstrip(".。") not in line.text
        assert line.move == "deflect"
        told = ask(engine, TALKED[language], speaker="ben")
        assert MATTER[language].rstrip("。") in told.text, "who was there may be reminded"


@pytest.mark.parametrize("language", ["en", "zh"])
def test_private_statements_go_neither_to_strangers_nor_before_whom_they_are_about(language: Language) -> None:
    asked = {"en": "What is Cleo suffering from?", "zh": "克丽得了什么？"}[language]
    with load(language, relationships=CLOSE) as engine:
        engine.tell("ana", ("cleo", "suffers_from", "ague"), by="ben")
        assert [fact.id for fact in ask(engine, asked).facts] == ["cleo.suffers_from.ague"], "to a friend"
        assert ask(engine, asked, near=("cleo",)).move == "deflect"
        assert ask(engine, asked, speaker="dan").move == "deflect"


@pytest.mark.parametrize(("discreet", "told"), [(0.0, True), (0.5, False), (1.0, False)])
def test_the_discreet_take_longer_to_trust_somebody_with_others_affairs(discreet: float, told: bool) -> None:
    felt = {"player": {"familiarity": 0.2}}
    with load(relationships=felt, temperament={"discreet": discreet}) as engine:
        engine.tell("ana", ("cleo", "suffers_from", "ague"), by="ben")
        assert bool(ask(engine, "What is Cleo suffering from?").facts) is told


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_indiscreet_let_slip_who_has_a_secret_and_never_what(language: Language) -> None:
    nature = {"discreet": 0.0, "talkative": 1.0}
    asked = {"en": "Does Cleo have the key?", "zh": "克丽有钥匙吗？"}[language]
    with load(language, temperament=nature) as engine:
        engine.tell("ana", ("cleo", "has", "key"), by="ben", between_us=True)
        line = ask(engine, asked)
        assert line.move == "deflect"
        assert engine.name("ben", language) in line.text
        assert engine.name("key", language) not in line.text


@pytest.mark.parametrize(("honest", "denied"), [(0.8, False), (0.1, True)])
def test_only_the_dishonest_deny_knowing_what_they_keep(honest: float, denied: bool) -> None:
    with load(temperament={"honest": honest}) as engine:
        engine.tell("ana", ("cleo", "has", "key"), by="ben", between_us=True)
        line = ask(engine, "Does Cleo have the key?")
        assert line.move == "deflect"
        assert ("lie" in line.reasons) is denied
        assert ("know" in line.text or "couldn't tell" in line.text) is denied, line.text


def test_words_that_were_merely_overheard_are_not_repeated() -> None:
    with load() as engine:
        engine.talk_to("ben", speaker="cleo").say("The moon fell into the river.", overheard_by=["ana"]).line()
        assert ask(engine, "What did Cleo say?").withheld[0].reason == "overheard"
        assert "moon" in ask(engine, "What did Cleo say?", speaker="ben").text, "who was there"


@pytest.mark.parametrize("said", ["I pawned my mother's ring.", "我把母亲的戒指当了。"])
def test_what_was_heard_in_confidence_is_not_denied(said: str) -> None:
    zh = not said.isascii()
    with load("zh" if zh else "en") as engine:
        engine.record(said, speaker="ben", volume="whisper", audience=["ana"])
        asked = ["阿本把戒指当了吗？", "戒指在哪儿？"] if zh else ["Did Ben pawn his ring?", "Where is the ring?"]
        for text in asked:
            assert ask(engine, text).move == "deflect", text
            assert ask(engine, text, speaker="ben").move != "deflect", text


def test_asking_on_gets_no_more_out() -> None:
    with load() as engine:
        engine.tell("ana", ("cleo", "has", "key"), by="ben", between_us=True)
        talk = engine.talk_to("ana")
        for text in ("Does Cleo have the key?", "So it is true?", "Why not?"):
            assert talk.say(text).line(timeout=10).move == "deflect"


def test_an_author_may_say_that_something_was_told_in_confidence() -> None:
    belief = {"fact": "cleo has key", "source": "told by ben", "between_us": True}
    with load(beliefs=[belief]) as engine:
        assert ask(engine, "Does Cleo have the key?").move == "deflect"
        assert ask(engine, "Does Cleo have the key?", speaker="ben").facts


def test_a_confidence_survives_saving_and_folding_anew(tmp_path: Any) -> None:
    slot = tmp_path / "kept.db"
    with Engine.load(village(), model="none", gossip=False, save=slot) as engine:
        engine.tell("ana", ("cleo", "has", "key"), by="ben", between_us=True)
        engine.beliefs("ana")
    with Engine.load(village(), model="none", gossip=False, save=slot) as engine:
        assert ask(engine, "Does Cleo have the key?").move == "deflect"
        engine.rebuild()
        assert ask(engine, "Does Cleo have the key?").move == "deflect"


def test_a_large_model_is_not_given_what_it_may_not_tell() -> None:
    model = ScriptedModel(lambda request: '{"say": [{"uses": [], "text": "Hm."}]}')
    content = replace(village(), world=village().world.model_copy(update={"freedom": "free"}))
    with Engine.load(content, model=model, gossip=False) as engine:
        engine.wait_for_voice()
        engine.record("Ben hid the key, whispers Dan.", speaker="dan", volume="whisper", audience=["ana"])
        engine.tell("ana", ("ben", "has", "gold"), by="cleo", between_us=True)
        engine.record("Ben mended the old cart.", speaker="cleo", audience=["ana", "dan"])
        for text in ("What do you know about Ben?", "Does Ben have the gold?", "Hello!", "Is Ben at the inn?"):
            ask(engine, text)
        read = "\n".join(message.content for request in model.requests for message in request.messages)
        assert "mended the old cart" in read
        assert "whispers" not in read
        assert "Ben has the gold" not in read


def test_why_says_what_was_kept_back_and_for_what_reason() -> None:
    with load() as engine:
        engine.tell("ana", ("cleo", "has", "key"), by="ben", between_us=True)
        told = str(engine.why(ask(engine, "Does Cleo have the key?")))
        assert "Cleo has the key" in told
        assert "confidence" in told


def test_whom_it_may_be_passed_on_to_must_be_somebody() -> None:
    with load() as engine:
        with pytest.raises(UnknownNameError, match="did you mean 'cleo'"):
            engine.tell("ana", ("ben", "has", "key"), by="dan", pass_on=["cloe"])
        with pytest.raises(UnknownNameError, match="did you mean 'cleo'"):
            engine.talk_to("ana").say("Ben has the key.", pass_on=["cloe"])


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_worlds_own_words_for_private_matters_count(language: Language) -> None:
    said = {"en": "Cleo has the grey sleep.", "zh": "克丽得了灰眠。"}[language]
    words = {"en": ["the grey sleep"], "zh": ["灰眠"]}
    content = replace(village(), world=village().world.model_copy(update={"private": words}))
    for world, kept in ((village(), False), (content, True)):
        with Engine.load(world, model="none", gossip=False, language=language) as engine:
            engine.record(said, speaker="ben", audience=["ana"])
            line = ask(engine, EARLIER[language], speaker="dan")
            assert (line.move == "deflect") is kept


def test_a_confidence_is_kept_after_nights_of_forgetting_and_summing_up() -> None:
    with Engine.load(village(), model="none", gossip=False, memory_budget=10) as engine:
        engine.tell("ana", ("cleo", "has", "key"), by="ben", between_us=True)
        for day in range(6):
            for n in range(4):
                engine.record(f"Cleo counted {day}{n} gulls.", speaker="ben", audience=["ana"], volume="whisper")
            engine.advance(60 * 24)
        for text in ("What did Ben say?", "What did you talk about?", "What do you know about Cleo?", "Any news?"):
            said = ask(engine, text).text
            assert "gulls" not in said
            assert "key" not in said


@pytest.mark.parametrize(
    "seed",
    [pytest.param(100, marks=pytest.mark.slow), *(pytest.param(other, marks=pytest.mark.long) for other in (101, 102))],
)
def test_nobody_is_told_what_they_may_not_know_in_generated_meetings(seed: int) -> None:
    tally = Count()
    Talks(seed, tally).play()
    assert tally.leaks == []
    assert tally.may > 16
    assert len(tally.held) <= 0.02 * tally.may, tally.held
