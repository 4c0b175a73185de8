"""YAML of an author's is changed in a place, and everything else stays as it was: comments, quotes, lines, order."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sampling import sampled

from npc_engine.content.round_trip import Sheet, appended, written
from npc_engine.content.source import parse
from npc_engine.content.spot import Findings
from npc_engine.errors import ContentError

ROOT = Path(__file__).parent.parent
FILES = sorted(
    path.relative_to(ROOT).as_posix()
    for folder in ("world", "npc_engine/testing/small_world", "tests/content/hamlet", "tests/starters")
    for path in (ROOT / folder).rglob("*.yaml")
)
PAGE = """\
# The one who mends things.
id: greta   # never change this
names: {en: Greta}

voice:   {register: {en: short,
                     zh: 短}}
schedule:
    - {from: 06:30, place: smithy}   # early

    - from: 18:00
      place: inn
phrases:
  greeting: {en: ['It''s you.', Well?]}
"""


def read(text: str) -> Any:
    findings = Findings()
    spot = parse(text.encode(), "page.yaml", findings)
    assert spot is not None
    assert not findings.mistakes
    return spot.plain()


VILLAGERS = [path for path in FILES if path.startswith("world/personas/")]
PEOPLE = [path for path in FILES if "/personas/" in path and path not in VILLAGERS[1:]]  # each takes seconds


@pytest.mark.slow
@pytest.mark.parametrize("path", sampled([path for path in FILES if "/personas/" not in path], 8))
def test_an_unchanged_file_is_the_same_byte_for_byte(path: str) -> None:
    text = (ROOT / path).read_bytes().decode()
    assert Sheet(text).text == text


@pytest.mark.parametrize("path", sampled(PEOPLE, 2))
def test_a_change_touches_no_other_line(path: str) -> None:
    text = (ROOT / path).read_text("utf-8")
    sheet = Sheet(text)
    sheet.data["names"]["de"] = written("Niemand")
    sheet.data["portrait"] = written("portraits/nobody.png")
    sheet.data.setdefault("goals", written([])).append(written({"id": "rest", "text": {"en": "rest", "zh": "歇着"}}))
    now, before = sheet.text.splitlines(), text.splitlines()
    assert {line.partition(":")[0] for line in before if line not in now} <= {"names", "portrait"}
    found = read(sheet.text)
    expected = read(text)
    expected["names"]["de"] = "Niemand"
    expected["portrait"] = "portraits/nobody.png"
    expected.setdefault("goals", []).append({"id": "rest", "text": {"en": "rest", "zh": "歇着"}})
    assert found == expected


def test_comments_quotes_and_odd_spacing_stay() -> None:
    sheet = Sheet(PAGE)
    sheet.data["names"]["zh"] = written("格蕾塔")
    sheet.data["schedule"][1]["doing"] = written({"en": "resting: at last", "zh": "歇着"})
    assert sheet.text == PAGE.replace("{en: Greta}", "{en: Greta, zh: 格蕾塔}").replace(
        "      place: inn\n", "      place: inn\n      doing: {en: 'resting: at last', zh: 歇着}\n"
    )


def test_entries_are_put_at_the_end_of_a_list_or_of_nothing() -> None:
    entry = {"id": "inn", "names": {"en": "inn"}, "proper": False}
    sheet = Sheet("# Places\n- id: mill\n  names: {en: mill}\n")
    appended(sheet, [entry])
    assert sheet.text == "# Places\n- id: mill\n  names: {en: mill}\n- id: inn\n  names: {en: inn}\n  proper: false\n"
    empty = Sheet("")
    appended(empty, [entry])
    assert read(empty.text) == [entry]


def test_what_is_no_yaml_is_pointed_at() -> None:
    with pytest.raises(ContentError, match=r"page.yaml:2:\d+: this is not YAML"):
        Sheet("a: 1\n  b: [\n", "page.yaml")


@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_line_ends_stay_as_they_are(line_end: str) -> None:
    sheet = Sheet(line_end.join(["id: a", "names: {en: A}", ""]))
    sheet.data["names"]["zh"] = written("甲")
    assert sheet.text == line_end.join(["id: a", "names: {en: A, zh: 甲}", ""])


TEXTS = st.one_of(
    st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\u2028\u2029\ufeff"), max_size=30),
    st.sampled_from(
        [
            "true",
            "~",
            "1984",
            "1e3",
            "06:30",
            "no",
            "- a",
            "a: b",
            "?0",
            ":0",
            "#",
            "{a}",
            "'",
            '"',
            "\\",
            " a ",
            "a\nb",
        ]
    ),
)
VALUES = st.recursive(
    st.one_of(TEXTS, st.integers(-999, 999), st.booleans(), st.none()),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(st.from_regex(r"[a-z]{1,8}", fullmatch=True), inner, max_size=3)
    ),
    max_leaves=8,
)


@settings(deadline=None)
@given(VALUES)
def test_whatever_is_put_in_is_read_back(value: Any) -> None:
    sheet = Sheet(PAGE)
    sheet.data["note"] = written(value)
    assert read(sheet.text) == {**read(PAGE), "note": value}
    again = Sheet(sheet.text)
    assert again.text == sheet.text
