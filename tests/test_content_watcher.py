"""Reloading while a game runs: writers save, and the game is given the new world once it is whole."""

from __future__ import annotations

import os
import shutil
import time
from pathlib import Path

import pytest

from npc_engine.content import Content, ContentWatcher, load_content
from npc_engine.errors import ContentError

HAMLET = Path(__file__).parent / "content" / "hamlet"


class Clock:
    """Seconds that pass only when told to."""

    now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copytree(HAMLET, tmp_path / "w")
    return tmp_path / "w"


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def watcher(folder: Path, clock: Clock) -> ContentWatcher:
    watcher = ContentWatcher(folder, load_content(folder), clock=clock)
    assert polls(watcher, clock, 1.0) == []
    return watcher


def polls(watcher: ContentWatcher, clock: Clock, seconds: float) -> list[Content | ContentError]:
    """What a game that polls 50 times a second is given."""
    given = []
    for _ in range(round(seconds * 50)):
        clock.now += 0.02
        if (change := watcher.poll()) is not None:
            given.append(change)
    return given


def edit(folder: Path, was: str, becomes: str, path: str = "personas/greta.yaml") -> None:
    file = folder / path
    text = file.read_text("utf-8")
    assert was in text
    file.write_text(text.replace(was, becomes), "utf-8")


def test_a_change_is_given_once(folder: Path, watcher: ContentWatcher, clock: Clock) -> None:
    edit(folder, "talkative: 0.3", "talkative: 0.8")
    (content,) = polls(watcher, clock, 2.0)
    assert isinstance(content, Content)
    assert content.personas["greta"].temperament.talkative == 0.8


def test_a_mistake_is_told_once_and_its_mending_too(folder: Path, watcher: ContentWatcher, clock: Clock) -> None:
    edit(folder, "pronoun: she", "pronoun: shee")
    (error,) = polls(watcher, clock, 2.0)
    assert isinstance(error, ContentError)
    assert [mistake.line for mistake in error.mistakes] == [4]
    edit(folder, "pronoun: shee", "pronoun: she")
    (content,) = polls(watcher, clock, 2.0)
    assert isinstance(content, Content)


def test_another_mistake_is_another_change(folder: Path, watcher: ContentWatcher, clock: Clock) -> None:
    edit(folder, "pronoun: she", "pronoun: shee")
    assert len(polls(watcher, clock, 1.0)) == 1
    edit(folder, "talkative: 0.3", "talkative: 33")
    (error,) = polls(watcher, clock, 1.0)
    assert isinstance(error, ContentError)
    assert [mistake.line for mistake in error.mistakes] == [4, 10]


def test_a_file_caught_half_written_is_waited_for(folder: Path, watcher: ContentWatcher, clock: Clock) -> None:
    file = folder / "personas" / "greta.yaml"
    whole = file.read_text("utf-8").replace("talkative: 0.3", "talkative: 0.8")
    given = []
    for part in (0, 0.3, 0.7, 1):
        file.write_text(whole[: round(len(whole) * part)], "utf-8")
        given += polls(watcher, clock, 0.2)
    given += polls(watcher, clock, 1.0)
    (content,) = given
    assert isinstance(content, Content)


def test_saving_by_rename_is_one_change(folder: Path, watcher: ContentWatcher, clock: Clock) -> None:
    file = folder / "personas" / "greta.yaml"
    whole = file.read_text("utf-8").replace("talkative: 0.3", "talkative: 0.8")
    (file.parent / "greta.yaml~").write_text(whole, "utf-8")
    file.unlink()
    given = polls(watcher, clock, 0.1)
    (file.parent / "greta.yaml~").rename(file)
    given += polls(watcher, clock, 1.0)
    assert [type(change) for change in given] == [Content]


def test_files_that_appear_and_vanish_are_changes(folder: Path, watcher: ContentWatcher, clock: Clock) -> None:
    text = (folder / "personas" / "tomas.yaml").read_text("utf-8")
    pip = text.replace("tomas", "pip").replace("Tomas", "Pip").replace("托马斯", "皮普")
    (folder / "personas" / "pip.yaml").write_text(pip, "utf-8")
    (content,) = polls(watcher, clock, 1.0)
    assert isinstance(content, Content)
    assert "pip" in content.personas
    (folder / "personas" / "pip.yaml").unlink()
    (content,) = polls(watcher, clock, 1.0)
    assert isinstance(content, Content)
    assert "pip" not in content.personas


def test_saving_the_same_again_and_other_files_are_no_change(
    folder: Path, watcher: ContentWatcher, clock: Clock
) -> None:
    edit(folder, "pronoun: she", "pronoun: she")
    os.utime(folder / "world.yaml", (1, 1))
    (folder / "notes.txt").write_text("not content")
    (folder / "personas" / ".greta.yaml.swp").write_text("an editor's own")
    assert polls(watcher, clock, 2.0) == []


def test_a_folder_that_goes_away_is_an_error_and_may_come_back(
    folder: Path, watcher: ContentWatcher, clock: Clock
) -> None:
    folder.rename(folder.parent / "away")
    (error,) = polls(watcher, clock, 1.0)
    assert isinstance(error, ContentError)
    (folder.parent / "away").rename(folder)
    (content,) = polls(watcher, clock, 1.0)
    assert isinstance(content, Content)


def test_what_changed_between_loading_and_watching_is_noticed(folder: Path, clock: Clock) -> None:
    content = load_content(folder)
    edit(folder, "talkative: 0.3", "talkative: 0.8")
    watcher = ContentWatcher(folder, content, clock=clock)
    (changed,) = polls(watcher, clock, 1.0)
    assert isinstance(changed, Content)


def test_a_game_that_polls_seldom_is_given_changes_at_the_second_poll(
    folder: Path, watcher: ContentWatcher, clock: Clock
) -> None:
    edit(folder, "talkative: 0.3", "talkative: 0.8")
    clock.now += 5
    assert watcher.poll() is None
    clock.now += 5
    assert isinstance(watcher.poll(), Content)


def test_polling_costs_next_to_nothing(folder: Path) -> None:
    watcher = ContentWatcher(folder, load_content(folder), settle=0)
    watcher.poll()
    watcher.poll()
    start = time.perf_counter()
    for _ in range(100):
        assert watcher.poll() is None
    assert (time.perf_counter() - start) / 100 < 0.005
