"""What players want done: told in many words, asked about where something is missing, chosen among what there is."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks import claims, requests
from benchmarks.gossip import DAYS, LINES, after_gossip
from npc_engine import ArgumentError, Engine, Line
from npc_engine.content import load_content
from npc_engine.errors import ContentError
from npc_engine.lang import pack

CONTENT = Path(__file__).parent / "content"
Deeds = list[tuple[str, dict[str, object]]]


@pytest.fixture(scope="module")
def shop() -> Iterator[Engine]:
    with requests.opened("shop") as engine:
        yield engine


@pytest.fixture(scope="module")
def quests() -> Iterator[Engine]:
    with requests.opened("quests") as engine:
        yield engine


def said(engine: Engine, *lines: str) -> Line:
    """Return the answer to the last of some lines, those before it answered and done."""
    talk = engine.talk_to("hild" if "hild" in engine.people else "osric")
    for text in lines[:-1]:
        requests.perform(engine, talk.say(text).line(timeout=20))
    return talk.say(lines[-1]).line(timeout=20)


def done(line: Line) -> Deeds:
    return [(action.name, dict(action.params)) for action in line.actions]


@pytest.mark.parametrize(
    "text",
    ["I'll take two healing potions.", "Can I have 2 healing potions, please?", "给我来两瓶治疗药水", "治疗药水来两瓶"],
)
def test_the_game_is_told_what_and_how_many_as_ids_and_numbers(shop: Engine, text: str) -> None:
    assert done(said(shop, text)) == [("buy", {"item": "healing_potion", "amount": 2})]


@pytest.mark.parametrize(
    ("text", "item"),
    [
        ("Could I get rid of this old helmet?", "old_helmet"),
        ("I'm trading in my helmet.", "old_helmet"),
        ("头盔我想出手", "old_helmet"),
        ("这张狼皮拿去吧", "wolf_pelt"),
    ],
)
def test_what_is_often_asked_for_is_known_however_it_is_put(shop: Engine, text: str, item: str) -> None:
    assert done(said(shop, text)) == [("buy_from_customer", {"item": item})]


@pytest.mark.parametrize(
    "text",
    ["There's a marsh on my map but it's in the wrong place.", "我的地图掉沼泽里了"],
)
def test_who_may_not_have_asked_is_asked_first(quests: Engine, text: str) -> None:
    asked = said(quests, text)
    assert not asked.actions
    if asked.pending is not None:
        assert asked.pending.missing is None


@pytest.mark.parametrize(
    "text",
    ["The long bow is 450, is it?", "Three hundred wolves and not one dagger.", "长弓四百五是吧", "匕首九十我可买不起"],
)
def test_a_number_that_repeats_a_price_is_no_bid(shop: Engine, text: str) -> None:
    assert not done(said(shop, text))


@pytest.mark.parametrize(
    ("lines", "items"),
    [
        (["How much is the dagger?", "What about the short sword?", "I'll take both."], {"dagger", "short_sword"}),
        (["长弓多少钱", "短弓呢", "两把都要了"], {"long_bow", "short_bow"}),
        (["I'll take the short bow.", "And two bundles of arrows."], {"arrows"}),
        (["I'll go with the wooden one."], {"oak_shield"}),
    ],
)
def test_few_words_mean_what_was_spoken_of(shop: Engine, lines: list[str], items: set[str]) -> None:
    assert {told["item"] for _, told in done(said(shop, *lines))} == items


@pytest.mark.parametrize(
    ("lines", "item"),
    [
        (["I want a bow.", "The long one."], "long_bow"),
        (["I want a bow.", "The cheapest, please."], "short_bow"),
        (["I want a bow.", "the second one"], "short_bow"),
        (["我要一把弓", "猎弓吧"], "hunting_bow"),
        (["我要一把弓", "最便宜的那把"], "short_bow"),
    ],
)
def test_what_is_missing_is_asked_for_and_told_in_few_words(shop: Engine, lines: list[str], item: str) -> None:
    asked = said(shop, lines[0])
    assert not asked.actions
    assert asked.pending is not None
    assert asked.pending.missing == "item"
    assert set(asked.pending.among) == {"long_bow", "short_bow", "hunting_bow"}
    assert done(said(shop, *lines)) == [("buy", {"item": item, "amount": 1})]


@pytest.mark.parametrize(
    ("asked", "yes", "no"),
    [
        ("Send two fire potions to the mill.", "Yes, do that.", "No, never mind."),
        ("送两瓶火焰药水到磨坊", "好的", "算了，不用了"),
    ],
)
def test_what_is_to_be_confirmed_is_done_after_a_yes(shop: Engine, asked: str, yes: str, no: str) -> None:
    deed = ("deliver", {"item": "fire_potion", "amount": 2, "place": "mill"})
    assert said(shop, asked).pending is not None
    assert done(said(shop, asked)) == []
    assert done(said(shop, asked, yes)) == [deed]
    assert done(said(shop, asked, no)) == []
    assert said(shop, asked, no).pending is None


def test_one_line_may_want_several_things_done(shop: Engine) -> None:
    line = said(shop, "I'd like the dagger and three bundles of arrows, and could you show me the longsword?")
    assert done(line) == [
        ("buy", {"item": "dagger", "amount": 1}),
        ("buy", {"item": "arrows", "amount": 3}),
        ("show", {"item": "longsword"}),
    ]


@pytest.mark.parametrize(
    ("text", "chosen", "answer"),
    [
        ("Which is stronger, the longsword or the Morning Star?", ["morning_star"], None),
        ("What's the cheapest bow?", ["short_bow"], None),
        ("Do you have a bow under 200 gold?", ["short_bow"], True),
        ("What bow can I get for 200 gold?", ["short_bow"], None),
        ("200金币能买哪把弓？", ["short_bow"], None),
        ("Is the longsword heavier than the Morning Star?", ["morning_star"], False),
        ("What bows do you have?", ["long_bow", "short_bow", "hunting_bow"], None),
        ("长剑和晨星锤哪个厉害？", ["morning_star"], None),
        ("最便宜的弓是哪把？", ["short_bow"], None),
    ],
)
def test_questions_compare_and_choose(shop: Engine, text: str, chosen: list[str], answer: bool | None) -> None:
    line = said(shop, text)
    assert list(line.chosen) == chosen
    assert line.facts
    assert not line.actions
    if answer is not None:
        assert said(shop, text, "Sure.").text  # and it can be gone on from


@pytest.mark.parametrize(
    ("lines", "item"),
    [
        (["How much is the long bow?", "I'll take it."], "long_bow"),
        (["Which is stronger, the longsword or the Morning Star?", "Give me the other one."], "longsword"),
        (["How much is the longsword?", "And the short sword?", "I'll take the cheaper one."], "short_sword"),
        (["长弓多少钱？", "我要了。"], "long_bow"),
    ],
)
def test_it_and_the_other_one_are_what_was_spoken_of(shop: Engine, lines: list[str], item: str) -> None:
    assert done(said(shop, *lines)) == [("buy", {"item": item, "amount": 1})]


@pytest.mark.parametrize(
    "text",
    [
        "Don't give me the dagger.",
        "Rolf said I should buy the dagger.",
        "If I had the money I'd take the dagger.",
        "I bought a dagger here last week.",
        "My brother wants the dagger.",
        "Can Rolf carry the dagger?",
        "Maybe I'll take the dagger.",
        "How much is the dagger?",
        "I'll come back for the dagger tomorrow.",
        "别给我匕首",
        "罗尔夫让我买匕首",
        "要是有钱我就买匕首",
        "我昨天买过匕首",
        "我弟弟想要匕首",
        "匕首多少钱？",
    ],
)
def test_only_what_the_hearer_is_to_do_now_is_a_request(shop: Engine, text: str) -> None:
    assert done(said(shop, text)) == []


def test_what_the_game_did_is_believed_and_what_it_could_not_is_remembered(quests: Engine) -> None:
    (action,) = said(quests, "I'll take the wolf hunt.").actions
    with pytest.raises(ArgumentError):
        quests.perform(action, done=False)
    event = quests.perform(action, done=False, text="The board is locked.")
    assert quests.events[event - 1].kind == "undone"
    assert not quests.ask("player", "took", "wolf_hunt")
    quests.perform(action)
    assert quests.ask("player", "took", "wolf_hunt")
    assert done(said(quests, "I'm ready to start.")) == [("start_quest", {"quest": "wolf_hunt"})]


MISTAKES = [
    ('where: "{actor} sells {item}"', 'where: "{actor} sels {item}"', "unknown predicate 'sels'; did you mean 'sells'"),
    ('where: "{actor} sells {item}"', 'where: "{actor} sells dagger"', "{item} does not stand in it"),
    ("max: 20", "max: 0", "no number is at least 1 and at most 0"),
    ("default: 1", "default: 30", "30 is not within the limits"),
    ('changes: ["{speaker} has {item}"]', 'changes: ["{speaker} has {amount}"]', "since it is a number"),
    ("{amount} of them", "{amout} of them", "unknown slot {amout}; did you mean {amount}?"),
    ("I'll take it.", '"I\'ll take {itm}."', "unknown slot {itm}; did you mean 'item'"),
    ("id: amount", "id: item", "stands here twice"),
    ("type: thing", "type: things", "things"),
]


@pytest.mark.parametrize(("right", "wrong", "message"), MISTAKES)
def test_mistakes_in_params_are_found(tmp_path: Path, right: str, wrong: str, message: str) -> None:
    world = tmp_path / "shop"
    shutil.copytree(CONTENT / "shop", world)
    path = world / "actions.yaml"
    text = path.read_text("utf-8")
    assert right in text
    path.write_text(text.replace(right, wrong, 1), "utf-8")
    with pytest.raises(ContentError) as caught:
        load_content(world)
    assert message in str(caught.value)
    assert "actions.yaml:" in str(caught.value)


@given(number=st.integers(1, 99), language=st.sampled_from(["en", "zh"]))
def test_numbers_are_read_as_they_are_said(number: int, language: str) -> None:
    speech = pack(language)
    assert [one.value for one in speech.numerals(speech.number(number))] == [number]
    assert [one.value for one in speech.numerals(str(number))] == [number]


@pytest.mark.slow
@pytest.mark.parametrize("every", [4, pytest.param(1, marks=pytest.mark.long)])
def test_the_shop_and_the_board_are_played(every: int) -> None:
    entries = requests.entries(requests.HERE / "dev")[::every]
    played = [requests.play(entry, requests.perform) for entry in entries]
    right = sum(one.done == one.wanted for one in played)
    assert right >= 0.93 * len(played)
    assert sum(bool(one.done - one.wanted) for one in played) <= 0.04 * len(played)


@pytest.mark.slow
@pytest.mark.parametrize("every", [8, pytest.param(1, marks=pytest.mark.long)])
def test_statements_are_taken_up_where_words_say_them(every: int) -> None:
    found = [claims.taken(entry) for entry in claims.entries(claims.HERE / "dev")[::every]]
    hit, taken = sum(len(one.taken & one.wanted) for one in found), sum(len(one.taken) for one in found)
    assert hit >= 0.98 * taken
    assert hit >= 0.95 * sum(len(one.wanted) for one in found)


@pytest.mark.slow
@pytest.mark.parametrize(("lines", "days"), [(60, 6), pytest.param(LINES, DAYS, marks=pytest.mark.long)])
def test_days_of_everyday_talk_leave_nothing_that_no_one_said(lines: int, days: int) -> None:
    assert list(after_gossip(lines, days)) == []


@pytest.mark.slow
def test_what_is_said_in_so_many_words_goes_round() -> None:
    (one,) = after_gossip(lines=10, days=4, also=[("Bram works at the smithy.", "en")])
    assert (one.statement, one.holds) == ("bram.works_at.smithy", True)
    assert len(one.believers) > 1
