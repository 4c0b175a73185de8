"""A model of your own: a class that yields text. This one voices what code decided as a sailor would.

A real one asks whatever you have, a local library or a server, in `stream`. What it says is checked like any model's:
what doesn't say what was to be said is not shown, and code says it instead.

Run it: `python examples/own_model.py`
"""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from pathlib import Path

from npc_engine import Engine, ModelInfo, Request

WORLD = Path(__file__).parent / "first_game" / "saltmere"


class Sailor:
    """Says just what it is told to say, and adds a word of the sea."""

    info = ModelInfo(name="sailor", size="small", languages=frozenset({"en"}))  # small: it is told what to say

    def stream(self, request: Request, cancel: threading.Event) -> Iterator[str]:
        """Yield the answer in pieces, until it is whole or `cancel` is set."""
        asked = request.messages[-1].content
        facts = asked.partition("Say: ")[2]
        for word in f"Aye. {facts}".split(" "):
            if cancel.is_set():
                return
            yield f"{word} "

    def choose(self, request: Request, options: Sequence[str], cancel: threading.Event) -> list[float]:
        """Return how likely each option is: this one can't tell, so all are alike."""
        return [1 / len(options)] * len(options)

    def close(self) -> None:
        """Free what it holds: nothing."""


if __name__ == "__main__":
    with Engine.load(WORLD, model=Sailor()) as engine:
        engine.wait_for_voice(timeout=10)
        hanne = engine.talk_to("hanne")
        for question in ("Who is your brother?", "How much is the honey cake?"):
            line = hanne.say(question).line()
            print(f"> {question}\n{line.text}  [{line.model}]")
