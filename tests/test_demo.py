"""The demo, played through its keys: everything here happens as a player would make it happen."""

from __future__ import annotations

import gc
import string
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from demo_player import ROOT, Game, games, playing, post, pygame

from demo_game.app import App
from demo_game.play import Play
from demo_game.scenes import Title, Trouble
from demo_game.script import Script, ScriptError
from demo_game.strings import LANGUAGES, catalogue
from demo_game.text_entry import TextEntry
from demo_game.village_map import labels, village_map
from npc_engine.models.scripted import ScriptedModel

SIZES = [(800, 500), (900, 600), (1280, 720), (1920, 1080)]


@pytest.fixture
def game(tmp_path: Path) -> Iterator[Game]:
    yield from games(tmp_path)


def shown(app: App) -> str:
    """What stands in the conversation's panel."""
    box = playing(app).box
    assert box is not None
    return " ".join(text for text, _ in box.rows_drawn)


def slow() -> ScriptedModel:
    """A model whose words come so slowly that one can walk away or ask again meanwhile."""
    return ScriptedModel(["No. The bridge is destroyed."] * 9, delay=0.2)


# -- walking ---------------------------------------------------------------------------------------------------


@pytest.mark.slow
def test_keys_walk_and_walls_stop(game: Game) -> None:
    app = game()
    play = playing(app)
    x = play.village.player.x
    pygame.event.post(pygame.event.Event(pygame.KEYDOWN, key=pygame.K_d, mod=0, unicode="d"))
    game({"wait": 0.5}, app=app)
    assert play.village.player.x > x + 20
    game({"wait": 12}, app=app)
    where = play.village.player.x, play.village.player.y
    game({"wait": 1}, app=app)
    assert (play.village.player.x, play.village.player.y) == where, "the river should have stopped them"
    assert play.village.terrain.fits(*where)
    pygame.event.post(pygame.event.Event(pygame.KEYUP, key=pygame.K_d, mod=0))
    game({"wait": 0.1}, app=app)
    assert not play.village.player.walking


@pytest.mark.slow
def test_every_place_can_be_walked_to(game: Game) -> None:
    play = playing(game())
    start = play.village.terrain.nearest_open(play.village.player.cell)
    for place in play.village.terrain.places:
        goal = play.village.terrain.free_cells(place)[0]
        assert goal == start or play.village.paths.find(start, goal)[-1] == goal, place


@pytest.mark.slow
def test_the_bridge_can_be_crossed_only_when_mended(game: Game) -> None:
    village = playing(game()).village
    near, far = village.terrain.nearest_open((29, 18)), village.terrain.nearest_open((46, 17))
    assert village.paths.find(near, far)[-1] != far
    village.engine.record("mended", changes=[("bridge", "condition", "mended")], audience={"player"})
    assert village.mend()
    assert village.paths.find(near, far)[-1] == far


@pytest.mark.slow
def test_villagers_go_where_their_day_takes_them(game: Game) -> None:
    app = game()
    village = playing(app).village
    before = village.villagers["pip"].place
    game({"advance": 180}, {"wait": 10}, app=app)
    pip = village.villagers["pip"]
    assert pip.place != before
    assert village.terrain.place_at(pip.x, pip.y) == village.engine.place_of("pip") == pip.place


@pytest.mark.slow
def test_who_comes_in_is_greeted_in_a_bubble(game: Game) -> None:
    app = game({"walk_to": "inn"})
    for _ in range(300):
        app.frame(1 / 30)
        remarks = {event.text for event in app.engine.events if event.kind == "remark"}
        if {bubble.text for bubble in playing(app).hud.bubbles} & remarks:
            return
    pytest.fail("nobody's greeting was shown")


@pytest.mark.slow
def test_who_is_asked_to_come_along_follows_and_stays_when_told(game: Game) -> None:
    app = game({"talk": "pip"}, {"say": "Come with me, Pip!"}, "leave", {"walk_to": "bridge"}, {"wait": 2})
    village = playing(app).village
    pip = village.villagers["pip"]
    assert pip.distance_to(village.player) < 60
    game({"talk": "pip"}, {"say": "Stop following me."}, "leave", {"wait": 8}, app=app)
    assert village.terrain.place_at(pip.x, pip.y) == "square"


# -- talking ---------------------------------------------------------------------------------------------------


def test_asking_gives_an_answer_on_the_screen(game: Game) -> None:
    app = game({"talk": "greta"}, {"say": "Is the bridge safe?"})
    play = playing(app)
    assert play.last is not None
    assert play.last.speaker == "greta"
    assert play.last.text.split()[-1] in shown(app)
    assert "You: Is the bridge safe?" in shown(app)


@pytest.mark.slow
def test_chinese_is_typed_and_answered(game: Game) -> None:
    app = game({"language": "zh"}, {"talk": "greta"}, {"say": "桥还能走吗？"}, {"expect": "桥"})
    assert "桥还能走吗" in shown(app)


@pytest.mark.slow
def test_the_composition_is_drawn_and_its_keys_are_left_to_it(game: Game) -> None:
    app = game({"talk": "greta"}, {"type": "ab"})
    box = playing(app).box
    assert box is not None
    entry_rect = box.places.entry
    before = app.screen.subsurface(entry_rect).copy()
    game({"compose": "qiao"}, app=app)
    after = app.screen.subsurface(entry_rect).copy()
    assert pygame.image.tobytes(before, "RGB") != pygame.image.tobytes(after, "RGB")
    game({"key": "Backspace"}, {"key": "Return"}, app=app)
    assert (box.entry.text, box.entry.composing) == ("ab", "qiao")
    pygame.event.post(pygame.event.Event(pygame.TEXTINPUT, text="桥"))
    game({"wait": 0.1}, app=app)
    assert (box.entry.text, box.entry.composing) == ("ab桥", "")


@pytest.mark.slow
def test_losing_the_window_in_the_middle_of_a_composition_leaves_the_talk_open(game: Game) -> None:
    app = game({"talk": "greta"}, {"type": "ab"}, {"compose": "qiao"})
    post(pygame.WINDOWFOCUSLOST)
    post(pygame.WINDOWFOCUSGAINED)
    game({"say": "Is the bridge safe?"}, app=app)
    assert playing(app).last.act != "unclear"
    assert playing(app).box.talk.said[0].text == "abIs the bridge safe?"  # type: ignore[union-attr]
    game({"compose": "qiao"}, "leave", app=app)
    assert playing(app).box is not None, "Escape ends the composition first"
    game("leave", app=app)
    assert playing(app).box is None


@pytest.mark.slow
def test_the_talk_key_that_goes_up_elsewhere_does_not_swallow_what_is_typed(game: Game) -> None:
    app = game({"walk_to": "greta"})
    post(pygame.KEYDOWN, key=pygame.K_e, mod=0, unicode="e")
    post(pygame.TEXTINPUT, text="e")
    post(pygame.WINDOWFOCUSLOST)
    game({"type": "hello"}, app=app)
    assert playing(app).box.entry.text == "hello"  # type: ignore[union-attr]


@pytest.mark.slow
def test_keys_of_a_composition_open_no_menu(game: Game) -> None:
    app = game({"talk": "greta"}, {"compose": "qiao"}, {"key": "F1"}, {"key": "F5"}, {"key": "F2"})
    play = playing(app)
    assert (play.menu, app.say.language) == (None, "en")
    game({"key": "Escape"}, {"key": "F1"}, app=app)
    assert play.menu is not None


@pytest.mark.slow
def test_pasted_lines_keep_their_spaces(game: Game, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pygame.scrap, "get_text", lambda: "Is  the bridge\r\nsafe to\tcross?\n")
    app = game({"talk": "greta"})
    post(pygame.KEYDOWN, key=pygame.K_v, mod=pygame.KMOD_CTRL, unicode="")
    game({"wait": 0.1}, app=app)
    assert playing(app).box.entry.text.rstrip() == "Is  the bridge safe to cross?"  # type: ignore[union-attr]


@pytest.mark.slow
def test_typing_edits_like_a_text_field(game: Game) -> None:
    app = game({"talk": "greta"}, {"type": "hello world"}, {"key": "Home"}, {"type": "oh "})
    entry = playing(app).box.entry  # type: ignore[union-attr]
    assert entry.text == "oh hello world"
    game({"key": "End"}, {"key": "Backspace"}, {"key": "Left"}, {"key": "Delete"}, app=app)
    assert entry.text == "oh hello wor"
    pygame.event.post(pygame.event.Event(pygame.KEYDOWN, key=pygame.K_a, mod=pygame.KMOD_CTRL, unicode=""))
    game({"type": "x"}, app=app)
    assert entry.text == "x"


@pytest.mark.slow
def test_leaving_in_the_middle_of_an_answer(game: Game) -> None:
    app = game({"talk": "greta"}, {"say": "Is the bridge safe?", "wait": False}, model=slow())
    play = playing(app)
    assert play.box is not None
    assert play.box.talk.reply is not None
    events = len(play.engine.events)
    game("leave", {"wait": 0.5}, app=app)
    assert len(play.engine.events) == events, "an answer that was given up leaves no trace"
    assert play.box is None
    assert not play.village.villagers["greta"].busy
    game({"talk": "greta"}, {"say": "Hello"}, app=app)
    assert play.last is not None


@pytest.mark.slow
def test_asking_again_while_an_answer_comes(game: Game) -> None:
    app = game({"talk": "greta"}, {"say": "Is the bridge safe?", "wait": False}, {"wait": 0.1}, model=slow())
    box = playing(app).box
    assert box is not None
    assert box.talk.reply is not None, "she should still be speaking"
    game({"say": "Who are you?"}, app=app)
    assert [u.text for u in box.talk.said if u.speaker == "player"] == ["Is the bridge safe?", "Who are you?"]
    assert box.talk.said[-1].text == playing(app).last.text


@pytest.mark.slow
def test_the_key_that_opens_a_conversation_is_not_typed_into_it(game: Game) -> None:
    app = game({"walk_to": "greta"})
    pygame.event.post(pygame.event.Event(pygame.KEYDOWN, key=pygame.K_e, mod=0, unicode="e"))
    pygame.event.post(pygame.event.Event(pygame.TEXTINPUT, text="e"))
    pygame.event.post(pygame.event.Event(pygame.KEYUP, key=pygame.K_e, mod=0))
    game({"wait": 0.1}, app=app)
    assert playing(app).box.entry.text == ""  # type: ignore[union-attr]


@pytest.mark.slow
def test_who_stands_near_overhears_and_remembers(game: Game) -> None:
    app = game()
    play = playing(app)
    bram = play.village.villagers["bram"]
    greta = play.village.villagers["greta"]
    bram.x, bram.y, bram.rest = greta.x + 24, greta.y + 4, 1000
    game({"talk": "greta"}, {"wait": 0.5}, {"say": "The iron pin is in the orchard."}, app=app)
    assert play.village.listeners("greta") == {"bram"}
    remembered = [recalled.memory.text for recalled in play.engine.recall("bram", "iron pin orchard")]
    assert any("orchard" in text for text in remembered)
    far_away = [recalled.memory.text for recalled in play.engine.recall("mira", "iron pin orchard")]
    assert not any("The iron pin is in the orchard" in text for text in far_away)
    game("leave", {"talk": "bram"}, {"say": "Where is the iron pin?"}, app=app)


# -- journal, why, saves ---------------------------------------------------------------------------------------


@pytest.mark.slow
def test_what_one_is_told_stands_in_the_journal(game: Game) -> None:
    app = game({"talk": "greta"}, {"say": "Is the bridge safe?"}, "leave", {"key": "J"})
    play = playing(app)
    assert play.menu is not None
    entries = play.engine.journal("player")
    assert entries[0].teller == "greta"
    game({"key": "J"}, app=app)
    assert play.menu is None


@pytest.mark.slow
def test_a_hint_is_shown_when_it_is_asked_for_and_goes_on_with_the_story(game: Game) -> None:
    app = game({"key": "J"})
    play = playing(app)
    first = play.engine.hint()
    assert "Pip's window" in first
    items = {button.text: button for button, _ in play.menu.choices}  # type: ignore[union-attr]
    assert items["A hint"].is_enabled
    height = play.menu.height  # type: ignore[union-attr]
    game({"key": "Right"}, {"key": "Return"}, app=app)
    assert play.menu.height > height  # type: ignore[union-attr]
    assert not {button.text: button for button, _ in play.menu.choices}.get("A hint")  # type: ignore[union-attr]
    play.engine.record("seen", changes=[("pip", "saw", "green_lantern")], audience={"player"})
    play.village.pass_time(1)
    assert play.engine.hint() not in ("", first)
    assert play.engine.hint("zh") != play.engine.hint("en")


@pytest.mark.slow
def test_the_map_shows_every_place_and_where_one_stands(game: Game) -> None:
    app = game({"key": "M"})
    play = playing(app)
    look, terrain = app.look, play.village.terrain
    names = {place: app.place_name(place) for place in terrain.places}
    here = pygame.Rect(0, 0, 18, 18)
    here.center = round(play.village.player.x), round(play.village.player.y)
    room = pygame.Rect((0, 0), terrain.size)
    plates = list(labels(look, names, terrain.places, here, room).values())
    assert len(plates) == len(terrain.places) > 5
    assert here.collidelist(plates) < 0
    assert all(plate.collidelist(plates[:at]) < 0 and room.contains(plate) for at, plate in enumerate(plates))
    picture = village_map(look, play.village, app.place_name, (600, 450))
    assert picture.get_size() == (600, 450)
    at = here.centerx * 600 // terrain.size[0], here.centery * 600 // terrain.size[0]
    assert picture.get_at(at)[:3] == look.palette.trouble
    game({"key": "M"}, app=app)
    assert play.menu is None


@pytest.mark.slow
def test_f1_says_why(game: Game) -> None:
    app = game({"talk": "greta"}, {"say": "Is the bridge safe?"}, {"key": "F1"})
    assert playing(app).menu is not None
    game({"key": "Escape"}, app=app)
    assert playing(app).menu is None
    assert playing(app).box is not None, "closing the panel should not end the conversation"


@pytest.mark.slow
def test_loading_forgets_what_came_after_saving(game: Game) -> None:
    app = game({"talk": "greta"}, {"say": "Is the bridge safe?"}, "leave", {"save": 2})
    play = playing(app)
    told = len(play.engine.journal("player"))
    events = len(play.engine.events)
    spot = play.village.player.x, play.village.player.y
    game({"talk": "pip"}, {"say": "Hello"}, {"say": "Who are you?"}, app=app)
    assert len(play.engine.events) > events
    game("leave", {"load": 2}, app=app)
    assert len(play.engine.journal("player")) == told
    assert (play.village.player.x, play.village.player.y) == pytest.approx(spot)
    game({"talk": "greta"}, {"say": "Is the bridge safe?"}, app=app)
    assert playing(app).last is not None


@pytest.mark.slow
def test_a_game_goes_on_where_it_was_left(game: Game, tmp_path: Path) -> None:
    app = game({"talk": "greta"}, {"say": "Is the bridge safe?"}, "leave")
    said = len(playing(app).engine.events)
    app.scene.close()
    app.show(Title(app))
    game({"key": "Return"}, {"wait": 0.1}, app=app, new=False)
    for _ in range(2000):
        app.frame(1 / 60)
        if isinstance(app.scene, Play):
            break
        pygame.time.wait(2)
    assert len(playing(app).engine.events) >= said


@pytest.mark.slow
def test_a_damaged_save_is_offered_to_be_set_aside(game: Game, tmp_path: Path) -> None:
    (tmp_path / "current.npc").write_bytes(b"not a save at all" * 100)
    app = game({"key": "Return"}, {"wait": 0.1}, new=False)
    _until(app, lambda: isinstance(app.scene, Trouble))
    game({"key": "Return"}, app=app, new=False)
    _until(app, lambda: isinstance(app.scene, Play))
    assert (tmp_path / "damaged1.npc").read_bytes().startswith(b"not a save")


def _until(app: App, done: Callable[[], bool]) -> None:
    for _ in range(2000):
        if done():
            return
        app.frame(1 / 60)
        pygame.time.wait(2)
    raise AssertionError("it never came to that")


@pytest.mark.slow
def test_of_the_games_before_nothing_stays_in_memory(game: Game) -> None:
    app = game({"talk": "greta"}, {"say": "Hello"})
    held = []
    for _ in range(3):
        app.scene.close()
        app.show(Title(app))
        game("new_game", {"talk": "greta"}, {"say": "Hello"}, app=app)
        held.append(gc.get_freeze_count())
    assert held[2] - held[0] < 1000  # one game is over 2,000 objects that nothing else holds


@pytest.mark.slow
def test_a_server_is_chosen_in_the_menu_and_its_key_written_nowhere(game: Game, tmp_path: Path) -> None:
    down = [{"key": "Down"}] * 5
    app = game({"key": "Escape"}, *down, {"key": "Return"}, {"key": "Tab"}, {"type": "http://127.0.0.1:9/v1"})
    game({"key": "Tab"}, {"type": "tiny"}, {"key": "Tab"}, {"type": "sesame-open"}, {"key": "Tab"}, app=app)
    game(*[{"key": "Down"}] * 3, {"key": "Return"}, {"wait": 0.3}, app=app)
    assert app.options.model == "openai:tiny"
    assert app.options.model_settings == {"base_url": "http://127.0.0.1:9/v1", "api_key": "sesame-open"}
    game({"save": 1}, app=app)
    assert not any(b"sesame-open" in path.read_bytes() for path in tmp_path.iterdir() if path.is_file())
    game({"talk": "greta"}, {"say": "Is the bridge safe?"}, app=app)
    assert playing(app).last is not None, "without its server the village speaks all the same"


# -- language, sizes, pictures ---------------------------------------------------------------------------------


@pytest.mark.slow
def test_the_language_is_switched_everywhere(game: Game) -> None:
    app = game({"talk": "greta"}, {"key": "F2"})
    assert app.say.language == app.engine.language == "zh"
    assert "格蕾塔" in shown(app)


def test_every_string_is_there_in_both_languages() -> None:
    english, chinese = (catalogue()[language] for language in LANGUAGES)
    assert set(english) == set(chinese)
    for key in english:
        slots = [{name for _, name, _, _ in string.Formatter().parse(book[key]) if name} for book in (english, chinese)]
        assert slots[0] == slots[1], key


@pytest.mark.slow
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("size", SIZES)
def test_text_stays_inside_its_panels(game: Game, size: tuple[int, int], language: str) -> None:
    longest = "The miller's great-grandmother, " * 5 if language == "en" else "磨坊主的曾祖母说了很多很多话，" * 9
    app = game({"resize": list(size)}, {"language": language}, {"talk": "greta"}, {"say": longest})
    play = playing(app)
    box = play.box
    assert box is not None
    for text, rect in box.rows_drawn:
        assert box.places.words.contains(rect), text
    window = app.look.window
    for rect in (box.places.panel, box.places.entry, box.places.face):
        assert window.contains(rect)
    game("leave", app=app)
    for key in ("Escape", "F5", "F9", "J", "F1"):
        game({"key": key}, app=app)
        menu = play.menu
        assert menu is not None
        assert window.contains(menu.panel), key
        for button, _ in menu.choices:
            assert menu.panel.contains(button.rect), (key, button.text)
            assert app.look.fonts.body.width(button.text) <= button.rect.w, (key, button.text)
        game({"key": "Escape"}, app=app)


@pytest.mark.slow
def test_a_script_leaves_its_pictures(tmp_path: Path) -> None:
    from demo_game.__main__ import main

    script = tmp_path / "short.yaml"
    script.write_text("- new_game:\n- talk: greta\n- say: Hello\n- screenshot: hello\n", encoding="utf-8")
    given = ["--headless", "--model", "none", "--saves", str(tmp_path / "saves"), "--script", str(script)]
    assert main([*given, "--screenshot", str(tmp_path / "out")]) == 0
    picture = pygame.image.load(tmp_path / "out" / "hello.png")
    assert picture.get_size() == (1280, 720)
    script.write_text("- new_game:\n- talk: greta\n- say: Hello\n- expect: a purple elephant\n", encoding="utf-8")
    assert main(given) == 1


@pytest.mark.slow
def test_a_step_nobody_knows_is_named(game: Game) -> None:
    with pytest.raises(ScriptError, match="no step called 'dance'"):
        game({"dance": 1})


@pytest.mark.slow
@pytest.mark.parametrize("script", ["tour_en", "tour_zh", "story_en"])
def test_the_scripts_that_come_along_play_to_their_end(game: Game, script: str) -> None:
    app = game(new=False)
    Script.read(app, ROOT / "demo_game" / "scripts" / f"{script}.yaml").run()


@pytest.mark.slow
def test_no_frame_is_long_with_a_crowd(game: Game) -> None:
    app = game({"talk": "greta"}, crowd=24)
    play = playing(app)
    assert len(play.village.everyone()) == 31
    play.village.pass_time(180)
    frames = []
    for _ in range(240):
        start = time.thread_time()  # this thread's own work: other programs on the machine do not count
        app.frame(1 / 60)
        frames.append((time.thread_time() - start) * 1000)
    frames.sort()
    assert frames[-3] < 16.7
    assert frames[-1] < 33


@pytest.mark.parametrize(
    ("pasted", "typed"),
    [
        ("\x1b[31mRed\x1b[0m", "Red"),
        ("one\r\n  two\tthree", "one two three"),
        ("\ud83d", "\ufffd"),
        ("你好　吗", "你好　吗"),
    ],
)
def test_what_is_pasted_is_a_line_of_plain_text(pasted: str, typed: str) -> None:
    entry = TextEntry()
    entry.insert(pasted)
    assert entry.text == typed
