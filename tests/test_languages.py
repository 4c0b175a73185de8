"""A language is a pack that any package may bring: German, and one of which nothing but the name is known."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from npc_engine import Engine, load_content
from npc_engine.errors import UnknownNameError
from npc_engine.lang import LanguagePack, languages, pack, rescan
from npc_engine.mind.named_times import period
from npc_engine.text import join_sentences, language_of, terms

HERE = Path(__file__).parent
ROOT = HERE.parent
EXAMPLE = ROOT / "examples" / "own_language"
"""The stranger's package, which readers find among the examples; its metadata is as an installer leaves it."""

OUTSIDE = {
    "demo_game/gui.py": "pygame_gui's own code for the fonts of its locale files",
}
"""Files beside `npc_engine/lang/` that may name a language, and why."""


@pytest.fixture
def strangers() -> Iterator[None]:
    """Have a stranger's package installed that offers two languages by their entry points."""
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(EXAMPLE))
        patch.syspath_prepend(str(HERE / "german"))
        rescan()
        yield
    rescan()


@pytest.fixture
def village(strangers: None) -> Iterator[Engine]:
    with Engine.load(load_content(EXAMPLE / "dorf"), model="none") as engine:
        yield engine


def test_our_own_languages_come_through_the_same_door() -> None:
    assert languages() == ("en", "zh")
    assert [pack(code).name for code in languages()] == ["English", "Chinese"]
    with pytest.raises(UnknownNameError, match="unknown language 'de'"):
        pack("de")


@pytest.mark.slow
def test_no_code_names_a_language_outside_its_folder() -> None:
    """What differs from language to language is asked of the pack; texts are picked by the code at hand."""
    named: dict[str, list[int]] = {}
    for path in [*(ROOT / "npc_engine").rglob("*.py"), *(ROOT / "demo_game").rglob("*.py")]:
        name = path.relative_to(ROOT).as_posix()
        if name.startswith("npc_engine/lang/") or name in OUTSIDE:
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and node.value in ("en", "zh"):
                named.setdefault(name, []).append(node.lineno)
    assert named == {}


@pytest.mark.parametrize(
    ("asked", "answer"),
    [
        ("Wo wohnt Tomas?", "Tomas wohnt in der Mühle."),
        ("Wo lebt Tomas?", "Tomas wohnt in der Mühle."),  # another word for the same
        ("Wer wohnt in der Mühle?", "Tomas wohnt in der Mühle."),
        ("Wohnt Tomas in der Mühle?", "Ja. Tomas wohnt in der Mühle."),
        ("Wo wohnst du?", "Ich wohne in der Schmiede."),
        ("Wie viel schuldet Tomas dir?", "Tomas schuldet mir zwölf Silberlinge."),
        ("Wer schuldet dir Silber?", "Tomas schuldet mir zwölf Silberlinge."),
        ("Wer ist die Schwester von Tomas?", "Mira ist die Schwester von Tomas."),
        ("Ist Mira die Schwester von Tomas?", "Ja. Mira ist die Schwester von Tomas."),
        ("Was verkauft Tomas?", "Tomas verkauft Brot."),
        ("Wer verkauft Brot?", "Tomas verkauft Brot."),
        ("Ist die Brücke kaputt?", "Ja. Die Brücke ist kaputt."),
        ("Ist die Brücke heil?", "Nein. Die Brücke ist kaputt."),
    ],
)
def test_a_dozen_facts_are_asked_in_german(village: Engine, asked: str, answer: str) -> None:
    line = village.talk_to("greta").say(asked).line()
    assert (line.text, line.language) == (answer, "de")


def test_a_greeting_thanks_and_news_in_german(village: Engine) -> None:
    talk = village.talk_to("greta")
    assert talk.say("Hallo!").line().text in ("Guten Tag.", "Grüß dich.")
    assert talk.say("Mira verkauft Brot.").line().text == "Das wusste ich nicht."
    assert "Mira verkauft Brot." in talk.say("Wer verkauft Brot?").line().text
    assert talk.say("Die Brücke ist heil.").line().text == "Das glaube ich kaum. Die Brücke ist kaputt."
    assert talk.say("Vielen Dank!").line().text == "Gern geschehen."
    assert talk.say("Auf Wiedersehen!").line().text == "Leb wohl."


def test_a_capital_is_no_name_in_german(village: Engine) -> None:
    """In English an unknown word with a capital is taken for somebody; in German every noun has one."""
    line = village.talk_to("greta").say("Hast du hier im Dorf den Drachen gesehen?").line()
    assert line.move != "unknown_name"
    assert "Drachen" not in line.text


def test_a_memory_is_found_by_any_form_of_its_german_words(village: Engine) -> None:
    village.record("Der Sturm hat drei Häuser zerstört.", audience={"greta"})
    village.record("Tomas hat Brot gebacken.", audience={"greta"})
    found = village.recall("greta", "Was wurde aus dem Haus?", limit=1)
    assert [recalled.text for recalled in found] == ["Der Sturm hat drei Häuser zerstört."]


def test_german_dates(strangers: None) -> None:
    now = datetime(2024, 5, 10, 12)
    assert period("Was war am 3. Mai?", now) == (datetime(2024, 5, 3), datetime(2024, 5, 4))
    assert period("Was geschah gestern?", now) == (datetime(2024, 5, 9), datetime(2024, 5, 10))


def test_languages_of_one_script_are_told_apart_by_their_common_words(strangers: None) -> None:
    assert language_of("Wer hat die Brücke gebaut?", "en") == "de"
    assert language_of("Who has built the bridge?", "de") == "en"
    assert language_of("桥是谁建的？", "de") == "zh"
    assert language_of("Tomas!", "de") == "de", "where words tell nothing, the language that is spoken"
    assert language_of("Tomas!", "en") == "en"


@pytest.mark.slow
def test_english_and_chinese_are_as_they_were_with_german_beside_them(strangers: None) -> None:
    assert languages()[:2] == ("en", "zh")
    assert "bridg" in terms("the bridges")
    assert join_sentences(["桥断了。", "真的。"], "zh") == "桥断了。真的。"
    with Engine.load(load_content(HERE / "content" / "hamlet"), model="none") as engine:
        talk = engine.talk_to("greta")
        assert talk.say("Is the bridge broken?").line().text.endswith("The bridge is broken.")
        assert talk.say("桥断了吗？").line().text.endswith("桥断了。")


def test_a_language_of_which_nothing_is_known_is_not_understood_and_answered_in_the_writers_words(
    strangers: None, tmp_path: Path
) -> None:
    assert pack("bare").stem("words") == "words"
    assert isinstance(pack("bare"), LanguagePack)
    (tmp_path / "personas").mkdir()
    (tmp_path / "world.yaml").write_text(
        "id: isle\nnames: {bare: Isle}\nlanguages: [bare]\nstart: 2024-05-01 08:00\nsetting: {bare: Zu.}\n"
        "player: {id: player, names: {bare: Zo}}\n"
    )
    (tmp_path / "personas" / "ka.yaml").write_text(
        "id: ka\nnames: {bare: Ka}\nrole: {bare: zum}\nsummary: {bare: Zum.}\nvoice: {register: {bare: zum}}\n"
        "phrases: {small_talk: {bare: [Zum zum.]}}\n"
    )
    with Engine.load(load_content(tmp_path), model="none") as engine:
        talk = engine.talk_to("ka")
        line = talk.say("Wuzu?").line()
        assert (line.act, line.language, line.text) == ("remark", "bare", "Zum zum.")
        assert talk.exchanges[-1].reading.main.confidence < 0.5, "it says that it did not understand"
