"""The writers' page: its tables are made from the schema, and it names every key there is."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import BaseModel

from npc_engine import UnknownNameError, persona, talking_points
from npc_engine.content import reference
from npc_engine.content.schema import fields_of
from npc_engine.packaged import packaged_yaml
from npc_engine.world import definitions

PAGE = (Path(__file__).parent.parent / "docs" / "writing.md").read_text("utf-8")
MODELS = sorted(
    {
        model
        for module in (definitions, talking_points, persona)
        for model in vars(module).values()
        if isinstance(model, type) and issubclass(model, BaseModel)
    },
    key=lambda model: model.__name__,
)


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_every_key_is_explained(model: type[BaseModel]) -> None:
    missing = [key for key in fields_of(model) if f"`{key}`" not in PAGE]
    assert missing == []


@pytest.mark.slow
def test_the_tables_are_as_the_schema_has_them() -> None:
    assert reference.written(PAGE) == PAGE, "docs/writing.md is out of date: run `make docs`"


def test_a_key_that_the_schema_does_not_have_cannot_be_explained(monkeypatch: pytest.MonkeyPatch) -> None:
    row = {"keys": ["register", "accent"], "en": "how they talk", "zh": "怎么说话"}
    tables = {"voice": {"model": "Voice", "heading": ["Meaning", "含义"], "rows": [row]}}
    monkeypatch.setattr(reference, "packaged_yaml", lambda *_: tables)
    with pytest.raises(UnknownNameError, match="accent"):
        reference.written("<!-- keys: voice -->\n<!-- end of keys -->\n")


def test_no_key_is_explained_twice_in_a_table() -> None:
    for name, table in packaged_yaml("npc_engine.content", "reference.yaml").items():
        keys = [key for row in table["rows"] for key in row["keys"]]
        assert [key for key in dict.fromkeys(keys) if keys.count(key) > 1] == [], name


def test_every_phrase_is_explained() -> None:
    assert [key for key in persona.PHRASES if f"`{key}`" not in PAGE] == []
