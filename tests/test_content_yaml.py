"""Files that are not YAML, or more YAML than is good for them: what their writers are told."""

from __future__ import annotations

import pytest

from npc_engine.content import source
from npc_engine.content.spot import Findings

# What stands in a file, and what is said of it.
SYNTAX = [
    ("id: x\n\trole: y", "2:1: a tab stands here, and YAML knows only spaces: put two spaces in its place"),
    ("text: @mira", "1:7: a text cannot begin with @: put the whole text in quotes"),
    ("knows:\n  - * owes mira", "2:5: a text that begins with * needs quotes, such as '* owes mira'"),
    ("knows: *mira", "1:8: there is no &mira before *mira; a text that begins with * needs quotes"),
    ("text: & more", "1:7: a text that begins with & needs quotes"),
    ('path: "C:\\dir"', "1:10: this escape is unknown: in \"…\" a backslash is written twice; or use '…'"),
    ('a: "never\nb: closed', "1:4: this quote is never closed"),
    ("a: b\nc d\ne: f", "2:1: a key with a colon and a space was expected here, `key: …`"),
    (
        "a: x\nb：y\nc: d",
        "2:1: a key with a colon and a space was expected here, `key: …`; "
        "the full-width colon ： is no colon to YAML, write ': '",
    ),
    (
        "says: Listen: go home",
        "1:13: this ': ' cannot stand here: a text with ': ' in it needs quotes, or the indentation is wrong",
    ),
    (
        "a: [b, c\nd: e",
        "2:2: a comma or the closing ] is missing before this; "
        "a text with commas, quotes or braces in it needs quotes around the whole",
    ),
    (
        "a: 'It's cold'",
        "1:8: the text in quotes ended just before this: an apostrophe inside '…' is written twice, "
        'or use "…"; or an earlier quote was never closed',
    ),
    (
        "a:\n  - b\n c: d",
        "3:2: this line does not line up with those above it: the keys of one mapping, "
        "and the dashes of one list, begin in the same column",
    ),
    ("a: - b", "1:4: this cannot stand here: put the whole text in quotes, or begin a new line"),
    ("a: {b: [c}", "1:10: this } has no { before it; a text with braces in it needs quotes"),
    ("a: [b,", "1:7: the file ends before a [ or { is closed"),
    (
        'text:\n  en: "Hello there.\n  zh: 你好\nb:\n  - c: "Hm."\n  - * owes mira',
        "2:7: this quote is not closed in its line, so that the text runs on to line 5: close it",
    ),
    (
        'a: "b\nc: d\ne: f"',
        "1:4: this quote is not closed in its line, so that the text runs on to line 3: close it",
    ),
    (
        "- a: 'x\n  b: y\n- c: 'z'",
        "1:6: this quote is not closed in its line, so that the text runs on to line 3: close it",
    ),
    ("a: {b: c｝\nd: e", "1:9: ｝ is no brace to YAML: write }"),
    ("names:\n　　en: x", "2:1: a wide space stands here, and YAML knows only plain ones: indent with those"),
    ("a: >x\n b", "1:5: after > or | the text begins on the next line, indented"),
    ("a: 1\n---\nb: 2", "2:1: a second document begins here: one file holds one, so take out this '---'"),
    ("a: b\x07", "1:5: an invisible character stands here: delete it"),
    ("a: &a [*a]", "1:8: *a stands inside of what it names"),
    ("a: 1\nb: 2\na: 3", "3:1: 'a' stands here twice, first in line 1: keep one of them"),
    ("<<: {a: 1}", "1:1: '<<' is not understood here: write the keys out"),
    ("? [a, b]\n: c", "1:3: a key must be a word; a text that begins with { or [ needs quotes"),
]
TAG = "tags are refused, for files are only read, never executed; a text that begins with ! needs quotes"


def complaints(data: str | bytes) -> list[str]:
    findings = Findings()
    source.parse(data.encode() if isinstance(data, str) else data, "f", findings)
    return [str(mistake).removeprefix("f:") for mistake in sorted(findings.mistakes)]


@pytest.fixture(params=["fast", "portable"])
def _either_parser(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if request.param == "portable":
        monkeypatch.setattr(source, "_FAST", None)
    elif source._FAST is None:
        pytest.skip("this PyYAML has no parser in C")


@pytest.mark.usefixtures("_either_parser")
@pytest.mark.parametrize(("text", "message"), SYNTAX, ids=[text[:20] for text, _ in SYNTAX])
def test_yaml_that_cannot_be_read(text: str, message: str) -> None:
    if message.startswith("1:10: this escape") and source._FAST is None:
        message = message.replace("1:10", "1:11")  # the parser in Python points behind the backslash
    assert complaints(text) == [message]


@pytest.mark.parametrize("tag", ["!!python/object/apply:os.system [echo]", "!!str x", "!mine x", "! x", "!!set {a}"])
def test_tags_are_refused_and_nothing_is_executed(tag: str) -> None:
    assert complaints(f"id: {tag}") == [f"1:5: a tag stands here, and {TAG}"]


def test_a_billion_laughs_are_not_written_out() -> None:
    lines = ["a0: &a0 [ha, ha, ha, ha, ha, ha, ha, ha, ha, ha]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 30)]
    assert complaints("\n".join(lines)) == [
        "5:45: the file holds more than 100,000 values with its *aliases written out"
    ]


@pytest.mark.usefixtures("_either_parser")
@pytest.mark.parametrize("levels", [51, 900, 1_100, 100_000])
@pytest.mark.parametrize(
    ("level", "where"),
    [("[", "1:51"), ("{a: ", "1:201"), ("- ", "1:101"), ("['[', # ]\n ", "51:2")],
    ids=["lists", "mappings", "dashes", "beside brackets that open nothing"],
)
def test_depth_is_bounded_and_told_by_where_it_was_exceeded(level: str, where: str, levels: int) -> None:
    assert complaints(level * levels) == [f"{where}: this is nested more than 50 levels deep"]


@pytest.mark.slow
def test_the_number_of_values_is_bounded() -> None:
    assert complaints("[" + "a," * 200_000 + "]") == ["1:200000: the file holds more than 100,000 values"]


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ("id: 米拉".encode("utf-16"), "1:1: the file is saved as UTF-16: save it as UTF-8"),
        (
            "id: x\nname: 米拉".encode("gbk"),
            "2:7: the file is not saved as UTF-8 (perhaps as GBK or Windows-1252): save it as UTF-8",
        ),
    ],
)
def test_other_encodings_than_utf_8(data: bytes, message: str) -> None:
    assert complaints(data) == [message]


def test_a_byte_order_mark_and_windows_line_ends_are_fine() -> None:
    findings = Findings()
    spot = source.parse(b"\xef\xbb\xbfid: mira\r\nrole: x\r\n", "f", findings)
    assert not findings.mistakes
    assert spot is not None
    assert spot.plain() == {"id": "mira", "role": "x"}
    assert (spot["role"].line, spot["role"].column) == (2, 7)


@pytest.mark.usefixtures("_either_parser")
@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("06:30", "06:30"),
        ("no", "no"),
        ("On", "On"),
        ("2024-05-01", "2024-05-01"),
        ("2024-05-01 08:00", "2024-05-01 08:00"),
        ("0x10", "0x10"),
        ("007", "007"),
        ("1_000", "1_000"),
        (".inf", ".inf"),
        ("12", 12),
        ("-3", -3),
        ("+0.5", 0.5),
        ("2e3", 2000.0),
        ("9" * 5000, "9" * 5000),
        ("1e999", "1e999"),
        ("true", True),
        ("False", False),
        ("null", None),
        ("~", None),
        ("", None),
        ('"12"', "12"),
        ("[Well?, {a?: b?}]", ["Well?", {"a?": "b?"}]),
        ("{1: a, true: b, no: c}", {"1": "a", "true": "b", "no": "c"}),
        ('"one\n  two: three"', "one two: three"),
        ("[don't, won't]", ["don't", "won't"]),
        ("|\n  “a: 'b\n  c: d", "“a: 'b\nc: d"),
        ("你好，“朋友”", "你好，“朋友”"),
        ("[&x {y: 1}, *x]", [{"y": 1}, {"y": 1}]),
    ],
)
def test_what_unquoted_words_stand_for(written: str, value: object) -> None:
    findings = Findings()
    spot = source.parse(f"key: {written}".encode(), "f", findings)
    assert not findings.mistakes
    assert spot is not None
    assert spot.plain() == {"key": value}
