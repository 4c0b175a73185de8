"""What several test files share."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from npc_engine.dialogue.speak.thinking import Patience
from npc_engine.models import LlamaCppModel, weights

settings.register_profile("quick", max_examples=10)
settings.register_profile("some", max_examples=30)
"""Examples of a property: what `make quick` and `make test` try of a hundred, or of what the property asks for."""
CASES = 2
"""Cases of a table that `make quick` tries: the first, and one from the middle."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Leave to `make test` what is over a few cases of each table; `sampled` says where fewer are enough."""
    tables: dict[str, list[pytest.Item]] = {}
    for item in items:
        if hasattr(item, "callspec") and not item.get_closest_marker("slow"):
            tables.setdefault(item.nodeid.partition("[")[0], []).append(item)
    for cases in tables.values():
        stay = {round(place * len(cases) / CASES) for place in range(CASES)}
        for number, case in enumerate(cases):
            if len(cases) > CASES and number not in stay:
                case.add_marker(pytest.mark.slow)


@pytest.fixture
def unhurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a model take its time, without a sign of life: on a busy machine the first words of all may need a second."""
    monkeypatch.setattr(Patience.__init__, "__defaults__", (60.0,))


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
