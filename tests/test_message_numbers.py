"""What `npc check` says has a number, and the writers' page says by it what to do."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml
from test_content_yaml import SYNTAX

from npc_engine.content.numbers import number_of, numbered, with_number
from npc_engine.errors import Mistake

CONTENT = Path(__file__).parent / "content"
PLACE = re.compile(r"^(\S+\.yaml:)?\d+:\d+: ")
TOLD = [("yaml", PLACE.sub("", told)) for _, told in SYNTAX]
for file in ("schema", "references", "advice"):
    listed = yaml.safe_load((CONTENT / f"{file}.yaml").read_text("utf-8"))
    TOLD += [(file, PLACE.sub("", one["told"])) for one in listed]
TOLD += [("muddle", PLACE.sub("", line)) for line in (CONTENT / "muddle.txt").read_text("utf-8").splitlines()]


@pytest.mark.parametrize(("file", "message"), TOLD)
def test_every_message_has_one_and_advice_has_another(file: str, message: str) -> None:
    number = number_of(message.removeprefix("advice: "))
    assert re.fullmatch("A[0-9]{3}" if file == "advice" else "E[0-9]{3}", number)


def test_each_is_known_by_what_the_page_shows_of_it() -> None:
    assert [one.number for one in numbered() if number_of(one.like.replace("<…>", "x")) != one.number] == []


def test_no_number_stands_for_two_and_each_says_what_to_do_in_both_languages() -> None:
    numbers = [one.number for one in numbered()]
    assert len(set(numbers)) == len(numbers)
    assert all(one.en and re.search(r"[\u4e00-\u9fff]", one.zh) for one in numbered())


def test_a_message_of_no_kind_stands_as_it_is() -> None:
    assert with_number(Mistake("w/x.yaml", 1, 2, "the moon is down")) == "w/x.yaml:1:2: the moon is down"
