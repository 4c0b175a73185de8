"""The village plays its tour with a graph beside it: every line is the same, and the graph knows all of it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from tour.playing import GAME, RECORDED, SCRIPTS, WORLDS, Tour, read

from npc_engine import Engine

from .played import PATIENT, due, there
from .server import Server

VILLAGE = [
    script if script.stem == "reedwater_en" else pytest.param(script, marks=pytest.mark.long)
    for script in SCRIPTS
    if script.stem.startswith("reedwater")
]
"""In every run one of them: without a graph each is played by tests/test_tour.py."""


class FollowedTour(Tour):
    """A tour whose games are followed into a graph."""

    def __init__(self, server: Server, slot: str, *given: Any) -> None:
        self._server, self._slot = server, slot
        super().__init__(*given)

    def _opened(self) -> Engine:
        return Engine.load(
            self._world,
            model="none",
            save=self._folder / GAME,
            graph=self._server.uri,
            graph_password=self._server.password,
            graph_settings={"slot": self._slot, "timeout": 20.0},
            **self._settings,
        )


@pytest.mark.slow
@pytest.mark.parametrize("script", VILLAGE, ids=lambda script: script.stem)
def test_the_village_says_the_same_with_a_graph(server: Server, script: Path, tmp_path: Path) -> None:
    given = read(script)
    about = given["world"], given["language"], given["seed"], given.get("earshot", False)
    tour = FollowedTour(server, script.stem, *about, tmp_path)
    try:
        assert [tour.walk(step) for step in given["steps"]] == read(RECORDED / script.name)
        engine = tour.engine
        engine.flush()
        assert engine.wait_for_graph(PATIENT)
        rows = there(server, script.stem, read(WORLDS[given["world"]] / "world.yaml")["id"])
        assert rows == due(engine)
        assert engine.graph is not None
        for one in ("tomas", "bridge", "mira", "player"):
            assert engine.graph.ask(one, at=engine.now) == engine.ask(one)
        for who in engine.people:
            held = {key[2][2:] for key in rows if key[:2] == ("BELIEVES", f"e:{who}")}
            believed = engine.beliefs(who)
            assert {one.id for one in believed if not one.statement.basis and one.how != "inferred"} <= held
    finally:
        tour.engine.close()
