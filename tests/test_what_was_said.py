"""What players ask about the talk itself: what they said, what they were told, the last words once more."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from company import company, person
from sampling import sampled

from npc_engine import Engine, Line
from npc_engine.text import Language

QUIET = {"talkative": 0.0}
LATER = "…"
"""Stands between two talks for more than a day."""


def talk(*lines: str, ana: dict[str, object] | None = None) -> Line:
    language: Language = "en" if all(line.isascii() for line in lines if line != LATER) else "zh"
    content = company(person("ana", temperament=QUIET, **(ana or {})))
    with Engine.load(content, model="none", language=language) as engine:
        conversation = engine.talk_to("ana")
        for line in lines[:-1]:
            if line == LATER:
                engine.advance(60 * 26)
                conversation = engine.talk_to("ana")
            else:
                conversation.say(line).line(timeout=10)
        return conversation.say(lines[-1]).line(timeout=10)


TOLD = [
    (["my wife liked music. june, her name was."], "i bet you hear a lot. do you recall my wifes name", "June"),
    (["i study piano, two years at the conservatory"], "do u still know what i told you i do?", "study piano"),
    (["i work the till at the five and dime"], "remember my job?", "work the till"),
    (["i keep bees up at carrow"], "what's my job, remember?", "keep bees"),
    (["been fired. cargo clerk. name's Harlan"], "bet you don't know what they sacked me from", "cargo clerk"),
    (["got sacked as a night porter last week"], "what was i sacked from", "night porter"),
    (["thats what they told my uncle and he lived to be 91"], "what did i say about my uncle, i forget", "to be 91"),
    (["call me auntie Bev everyone does"], "and if they ask who invited you, you say...?", "Bev"),
    (["i need the coupling for the tug. hand it over"], "what was it i came in for lol", "the coupling for the tug"),
    (["hi, i came for some lamp oil"], "what did i come in here for", "some lamp oil"),
    (["My name is Mrs. Abernathy and my dog has got out."], "what's my name?", "Mrs. Abernathy"),
    (["My little dog has got out. His name is Biscuit."], "You do remember his name?", "Biscuit"),
    (["i have a frog. his name is king gregory and he jumps"], "what was my frogs name", "King Gregory"),
    (["i draw the funnies for the Courier"], "bye from, what paper was it again?", "the Courier"),
    (["name's Calloway. Rosa Marchetti's paying my fare"], "remember who sent me?", "Rosa Marchetti"),
    (["i had a partner once", "he shot badly and sang worse. like a door"], "sang like a what was it", "like a door"),
    (["we walked to the quarry and a dog bit my cousin"], "what was I on about", "walked to the quarry"),
    (["i came here because my house burned down"], "why did i come here", "burned down"),
    (["i lost three sheep on the ridge"], "how many sheep did i lose", "three"),
    (["my wife left me", "three years now. you get used to it"], "how long ago did i say my wife left?", "three years"),
    (["The box is sealed. It frightens me."], "What did I say the box was?", "box is sealed, it frightens you"),
    (["我也是一个人 老婆跟人跑了", "三年了 习惯了"], "我刚才说我老婆走了几年了？", "三年了"),
    (["im scared of storms tbh"], "do you remember what im scared of", "afraid of storms."),
    (["can i pay with a song?", "the moon fell in the river"], "remember the song i paid with?", "moon"),
    (["i study piano"], "remember anything about me?", "study piano"),
    (["我叫朵朵 今年8岁"], "考考你 我几岁", "8岁"),
    (["苏大夫好 我叫程小满 十七了"], "我几岁来着", "十七岁"),
    (["我今年六十七了 牙都掉光了"], "我多大岁数了", "六十七"),
    (["我叫阿福 是个铁匠"], "你还记得我是干啥的不", "铁匠"),
    (["鄙人姓陈 单名一个默字"], "你还记得我姓什么吗", "陈"),
    (["我叫小鹿 第一次自己出远门"], "嘿 猜猜我是谁", "小鹿"),
    (["我最爱吃的是炸糕"], "我爱吃啥来着", "你喜欢炸糕"),
    (["我家也养猫 橘的 胖得跟猪似的"], "我家那猫你还记得啥色不", "橘的"),
    (["家里有个女儿叫小满"], "我女儿的名字你还记得吗", "小满"),
    (["咳了五天了"], "我刚说我咳了几天来着 你记了没", "五天"),
    (["我想跟您学医", "我不怕苦 我妹妹小时候就是病死的 大夫来晚了"], "您还记得我为啥想学医吗", "大夫来晚了"),
    (["小生可否以诗抵茶钱？", "月落虹桥水不流，一壶秋色压人愁"], "那日的诗，掌柜可还记得一句？", "月落虹桥"),
    (["我叫马克。我从很冷的国家来了。"], "你记住我的国家吗 是热还是冷的？", "很冷的国家"),
    (["我是来买绳子的 船绳断了"], "我来干嘛来着", "绳子"),
    (["昨天碰见一个卖刀的 他说北边要打仗"], "我上次说到哪儿了", "卖刀的"),
    (["我丢了三只羊 就在后山那边"], "我在哪儿丢的羊", "后山"),
]  # fmt: skip


@pytest.mark.parametrize(("told", "asked", "wanted"), TOLD)
@pytest.mark.parametrize("later", sampled([True, False], 1))
def test_the_part_that_is_asked_for_is_put_to_who_told_it(
    told: Sequence[str], asked: str, wanted: str, later: bool
) -> None:
    line = talk(*told, *([LATER] if later else []), asked)
    assert line.move == "remember", line.text
    assert wanted.casefold() in line.text.casefold(), line.text


@pytest.mark.parametrize(
    ("told", "asked"),
    [
        (["two goats are waiting on me"], "how long and how much, i havent got all day"),
        (["i brought you daisies"], "did the storm pass"),
        (["i keep bees"], "what do you keep"),
        (["我养了三只羊"], "这儿谁家养羊"),
    ],
)
def test_what_is_asked_of_the_world_is_not_answered_with_what_they_told(told: list[str], asked: str) -> None:
    assert talk(*told, asked).move != "remember"


def test_whose_doing_is_asked_for_may_stand_in_a_pronoun() -> None:
    line = talk("my mum is a baker and she makes the best rye bread", "what bread does she make")
    assert "rye bread" in line.text, line.text


EATS = {"asks": {"en": ["What do you eat?"]}, "says": {"en": ["I eat bread, and nothing on it."]}}
RULE = {
    "asks": {"en": ["What is the first thing you would teach somebody?"]},
    "says": {"en": ["First rule: hands off the belt."]},
}


@pytest.mark.parametrize(
    ("asked", "again"),
    [
        ("wait say that again i want to write it down", "bread, and nothing on it"),
        ("come again?", "bread, and nothing on it"),
        ("sorry what did you say", "bread, and nothing on it"),
        ("please slow, what is it mean?", "bread, and nothing on it"),
        ("can you repeat that please", "bread, and nothing on it"),
        ("what did you say about bread", "bread, and nothing on it"),
    ],
)
def test_the_last_words_are_said_once_more(asked: str, again: str) -> None:
    line = talk("What do you eat?", asked, ana={"topics": [EATS]})
    assert again in line.text, line.text


@pytest.mark.parametrize("asked", ["再说一遍", "没听清", "你刚才说什么", "可以说慢一点吗"])
def test_the_last_words_are_said_once_more_in_chinese(asked: str) -> None:
    assert "安娜" in talk("你叫什么名字？", asked).text


def test_what_they_told_before_is_said_again_in_a_later_talk() -> None:
    asked = "What is the first thing you would teach somebody?"
    line = talk(asked, LATER, "whats the first rule again", ana={"topics": [RULE]})
    assert "hands off the belt" in line.text, line.text


@pytest.mark.parametrize(
    ("lines", "wanted"),
    [
        (["name's Harlan", LATER, "same stool."], "Harlan"),
        (["im tavi", LATER, "reporting for duty! practised on my bunk hinge"], "Tavi"),
        (["my eyelid twitches all day", LATER, "its me, guess what, the twitch stopped!"], "your eyelid twitches"),
        (["its my heel, theres a blister on it", LATER, "me again. heels better"], "it's your heel"),
        (["hi, im Edgar. i brought daisies not roses", LATER, "did the daisies last"], "brought daisies"),
        (["my dog has got out. his name is biscuit", LATER, "good evening. he came home!"], "Biscuit"),
        (["i have a frog. his name is gregory", LATER, "hello", "gregory ran away :("], "frog"),
        (["小生柳慕白，途经宝地", "小生囊中羞涩，可否欠着", LATER, "掌柜的，小生又回来了"], "柳慕白"),
    ],
)  # fmt: skip
def test_who_comes_again_is_known_whatever_they_say_first(lines: list[str], wanted: str) -> None:
    said = talk(*lines).text
    assert wanted.casefold() in said.casefold(), said


@pytest.mark.parametrize(
    ("told", "never"),
    [
        (["thats what they told my uncle and he lived to be 91 in pain"], "91"),
        (["苏大夫好 我想学医"], "苏大夫好"),
        (["*苦笑* 这名字，水上人听了怕是要赶我下船"], "水上人"),
    ],
)
def test_what_means_little_by_itself_is_not_brought_up_unasked(told: list[str], never: str) -> None:
    hello = "good evening, its me again" if told[0].isascii() else "苏大夫 我又来了"
    assert never not in talk(*told, LATER, hello).text


@pytest.mark.parametrize(
    ("told", "asked", "wanted"),
    [
        ("don't tell anyone, i stole a cake", "you didnt tell anyone right?", "you stole a cake"),
        ("我跟你讲个秘密 我偷吃了妈妈藏的饼干 你不许说哦", "我上次讲的那个 你没告诉别人吧??", "偷吃了妈妈藏的饼干"),
    ],
)
def test_who_asks_whether_a_secret_was_kept_hears_that_it_was(told: str, asked: str, wanted: str) -> None:
    line = talk(told, LATER, asked)
    assert line.reasons == ("told:kept",)
    assert wanted in line.text.casefold(), line.text


def test_before_others_it_is_not_said_which_secret_was_kept() -> None:
    with Engine.load(company(person("ana", temperament=QUIET), person("ben")), model="none") as engine:
        conversation = engine.talk_to("ana")
        conversation.say("Don't tell anyone, but I stole a horse.", volume="whisper").line(timeout=10)
        said = conversation.say("you didn't tell anyone, right?", overheard_by={"ben"}).line(timeout=10).text
        assert "horse" not in said


@pytest.mark.parametrize(
    ("told", "asked", "part"),
    [
        (["my sister writes", "her names dani. shes a vet", "we talk a lot"], "what does she do?", "sister's a vet"),
        (["my brother lives in oslo", "hes an actor"], "what's he do again", "brother's an actor"),
        (["我姐姐老给我寄茶", "她叫小云 是个大夫"], "她是做什么的", "是个大夫"),
    ],
)
def test_she_is_the_sister_whom_the_player_spoke_of_last(told: list[str], asked: str, part: str) -> None:
    line = talk(*told, asked)
    assert part in line.text
    assert line.move == "remember"


def test_who_never_told_how_old_their_sister_is_is_not_told_something_else_of_her() -> None:
    line = talk("my sister sends me recordings of rain", "how old is she?")
    assert line.move != "remember"


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ("my sister sends me recordings of rain", "would you tell me of your mother? i gather she rowed"),
        ("its handle is a duck's head", "you remind me of my second boy. he never smiles either"),
    ],
)
def test_who_speaks_of_somebody_else_means_them_and_not_who_was_spoken_of_before(told: str, said: str) -> None:
    assert talk(told, said).move != "remember"
