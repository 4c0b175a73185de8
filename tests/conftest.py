"""What several test files share."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from npc_engine.models import LlamaCppModel, weights


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
