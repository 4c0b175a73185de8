"""What several test files share."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from npc_engine.models import LlamaCppModel, weights

settings.register_profile("quick", max_examples=10)
"""Examples of a property that `make quick` tries; without it there are a hundred, or what the property asks for."""


@pytest.fixture(scope="session")
def embedded_model_path() -> Path:
    """The embedded model's weights, downloaded the first time into NPC_MODELS or the user's own folder."""
    return weights.pull()


@pytest.fixture(scope="session")
def embedded_model(embedded_model_path: Path) -> Iterator[LlamaCppModel]:
    """The embedded model, opened once and shared by every test that does not close it."""
    model = LlamaCppModel(embedded_model_path)
    yield model
    model.close()
