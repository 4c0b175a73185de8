"""How long the demo's frames take while an NPC answers and a crowd walks about."""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks.measure import WORLD, header, row

CROWD = 30
ASKED = ["Who is Greta?", "Is the bridge safe?", "Tell me about the mill", "Who sells tea?", "Where do you live?"]
SECONDS = 20.0


def while_an_npc_answers(model: str = "embedded") -> None:
    """Print frame times of the real game loop at 1280×720, under SDL's dummy driver, paced at 60 frames a second."""
    os.environ["SDL_VIDEODRIVER"] = os.environ["SDL_AUDIODRIVER"] = "dummy"
    os.environ.setdefault("PYGAME_HIDE_SUPPORT_PROMPT", "1")
    with tempfile.TemporaryDirectory() as saves:
        walking, talking, name = _play(Path(saves), model)
    print(header(f"Frames of the demo at 1280x720 with {CROWD} people walking, beside {name}"))
    print(row("walking about", walking))
    print(row("while an NPC answers", talking))
    print(f"frames over 16.7 ms: {sum(t > 16.7 for t in talking)} of {len(talking)} while an NPC answers")


def _play(saves: Path, model: str) -> tuple[list[float], list[float], str]:
    from demo_game.app import App, Options
    from demo_game.saves import Saves
    from demo_game.scenes import Title
    from demo_game.script import Script

    # The six villagers are part of the crowd.
    app = App(Options(world=WORLD, saves=saves, model=model, crowd=CROWD - 6))
    app.show(Title(app))
    assert isinstance(app.saves, Saves)
    script = Script(app, [])
    try:
        _timed(app, script._do_new_game(None), [])
        app.engine.wait_for_voice(60)
        walking: list[float] = []
        _timed(app, script._do_walk_to("square"), walking)
        _timed(app, script._do_talk("mira"), walking)
        _timed(app, script._do_wait(3.0), [])  # she has read her part by now
        talking: list[float] = []
        ends = time.monotonic() + SECONDS
        while time.monotonic() < ends:
            for asked in ASKED:
                _timed(app, script._do_say(asked), talking)
        return walking, talking, app.engine.voice.name
    finally:
        app.close()


def _timed(app: object, steps: Iterator[None], into: list[float]) -> None:
    """Play steps at 60 frames a second, noting how many milliseconds each frame took."""
    for _ in steps:
        began = time.perf_counter()
        app.frame(1 / 60)  # type: ignore[attr-defined]
        took = time.perf_counter() - began
        into.append(took * 1000)
        time.sleep(max(0.0, 1 / 60 - took))
