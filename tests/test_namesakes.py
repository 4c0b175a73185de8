"""Two of one name: told apart by the place that is named, by who is near, by what they are."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from npc_engine import Engine
from npc_engine.cli.main import run
from npc_engine.content import examine

GUARD = """\
id: {id}
names: {{en: Guard, zh: 卫兵}}
role: {role}
summary: {{en: I watch., zh: 我看着。}}
voice: {{register: {{en: short, zh: 话短}}}}
home: {home}
"""


def with_guards(folder: Path, **second: str) -> Path:
    run(["new", str(folder)])
    gate = {"id": "gate_watch", "role": "{en: the gate guard, zh: 守门的}", "home": "gate"}
    oven = {"id": "oven_watch", "role": "{en: the oven guard, zh: 看炉子的}", "home": "bakery", **second}
    for one in (gate, oven):
        (folder / "personas" / f"{one['id']}.yaml").write_text(GUARD.format(**one), "utf-8")
    facts = folder / "facts.yaml"
    more = "- {fact: gate_watch likes geese, common: true}\n- {fact: oven_watch likes rye_bread, common: true}\n"
    facts.write_text(facts.read_text("utf-8") + more, "utf-8")
    return folder


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return with_guards(tmp_path_factory.mktemp("two") / "world")


@pytest.mark.parametrize(
    ("npc", "asked", "who"),
    [
        ("hanne", "What does the guard like?", "oven_watch"),  # who is at this place
        ("corin", "What does the guard like?", "gate_watch"),
        ("hanne", "What does the gate guard like?", "gate_watch"),  # the place that is named
        ("corin", "What does the bakery guard like?", "oven_watch"),
        ("corin", "What does the oven guard like?", "oven_watch"),  # what they are
        ("hanne", "卫兵喜欢什么？", "oven_watch"),
        ("corin", "卫兵喜欢什么？", "gate_watch"),
        ("corin", "面包房的卫兵喜欢什么？", "oven_watch"),
    ],
)
def test_the_right_one_is_meant(npc: str, asked: str, who: str, world: Path) -> None:
    with Engine.load(world, model="none") as engine:
        line = engine.talk_to(npc).say(asked).line(timeout=10)
    assert {fact.belief.statement.subject for fact in line.facts} == {who}, line.text


def test_people_of_one_name_need_something_to_be_told_apart_by(tmp_path: Path) -> None:
    same = {"role": "{en: the gate guard, zh: 守门的}", "home": "gate"}
    mistakes = examine(with_guards(tmp_path / "alike", **same)).mistakes
    assert any("people of one name need another `home` or `role`" in mistake.message for mistake in mistakes)
    assert examine(with_guards(tmp_path / "apart")).mistakes == ()


def test_things_of_one_name_are_a_mistake_still(tmp_path: Path) -> None:
    folder = tmp_path / "world"
    run(["new", str(folder)])
    things = folder / "things.yaml"
    things.write_text(things.read_text("utf-8") + "- {id: other, names: {en: geese, zh: 雁}}\n", "utf-8")
    assert any("who hears it cannot tell which" in mistake.message for mistake in examine(folder).mistakes)
    shutil.rmtree(folder)
