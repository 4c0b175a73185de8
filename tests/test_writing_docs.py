"""The writers' page: its examples load without a word, and it names every key there is."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import BaseModel

from npc_engine import persona
from npc_engine.content.schema import fields_of
from npc_engine.world import definitions

PAGE = (Path(__file__).parent.parent / "docs" / "writing.md").read_text("utf-8")
MODELS = sorted(
    {
        model
        for module in (definitions, persona)
        for model in vars(module).values()
        if isinstance(model, type) and issubclass(model, BaseModel)
    },
    key=lambda model: model.__name__,
)


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_every_key_is_explained(model: type[BaseModel]) -> None:
    missing = [key for key in fields_of(model) if f"`{key}`" not in PAGE]
    assert missing == []


def test_every_phrase_is_explained() -> None:
    assert [key for key in persona.PHRASES if f"`{key}`" not in PAGE] == []
