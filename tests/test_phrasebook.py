"""Our own texts: found by key, filled in, and plain about what is missing."""

from __future__ import annotations

from pathlib import Path

import pytest

from npc_engine import ArgumentError, Phrasebook, UnknownNameError
from npc_engine.phrasebook import filled


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A package of a game's with a file of texts, in either layout."""
    folder = tmp_path / "tavern"
    folder.mkdir()
    (folder / "__init__.py").touch()
    (folder / "a.yaml").write_text(
        "en:\n  sign: {open: 'Open, {name}'}\nzh:\n  sign: {open: '{name}，开着'}\n", "utf-8"
    )
    (folder / "b.yaml").write_text("sign:\n  open: {en: 'Open, {name}', zh: '{name}，开着'}\n", "utf-8")
    (folder / "c.yaml").write_text("languages: [fr]\nsign: {open: {fr: Ouvert}}\n", "utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    return folder.name


@pytest.mark.parametrize("file", ["a.yaml", "b.yaml"])
def test_languages_stand_at_the_top_or_at_each_text(package: str, file: str) -> None:
    books = Phrasebook.load(package, file)
    assert books["en"]("sign.open", name="Mira") == "Open, Mira"
    assert books["zh"]("sign.open", name="米拉") == "米拉，开着"
    assert books["en"].under("sign") == {"open": "Open, {name}"}


def test_a_file_may_list_its_languages_and_others_get_the_first(package: str) -> None:
    books = Phrasebook.load(package, "c.yaml")
    assert list(books) == ["fr"]
    assert books["en"]("sign.open") == "Ouvert"


def test_a_text_or_a_slot_there_is_none_of_is_an_error(package: str) -> None:
    say = Phrasebook.load(package, "a.yaml")["en"]
    with pytest.raises(UnknownNameError, match=r"sign\.open"):
        say("sign.opne", name="Mira")
    with pytest.raises(ArgumentError, match=r"\{name\}"):
        say("sign.open", nmae="Mira")


def test_what_fills_a_slot_is_no_template() -> None:
    assert filled("{who}: {text}", who="Mira", text="I said {who}!") == "Mira: I said {who}!"
