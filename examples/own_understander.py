"""An understander of your own: it takes what players of this game type that no other game's do, and leaves the rest.

Here, a gesture between asterisks is taken for the act it is. Yours may as well ask a classifier, or read a menu.

Run it: `python examples/own_understander.py`
"""

from __future__ import annotations

from pathlib import Path

from npc_engine import Engine
from npc_engine.dialogue.scene import Context
from npc_engine.dialogue.types import Act, Reading
from npc_engine.dialogue.understand import open_understander

WORLD = Path(__file__).parent / "first_game" / "saltmere"
GESTURES = {"*waves*": "greet", "*bows*": "thank", "*draws a knife*": "threaten", "*turns away*": "part"}


class Gestures:
    """Reads gestures itself, and has the engine's own understander read everything else."""

    def __init__(self) -> None:
        self._words = open_understander("cascade")

    def understand(self, text: str, context: Context) -> Reading:
        """Return the acts in a text; it is called on the thread of a turn, for several at once."""
        act = GESTURES.get(text.strip().lower())
        if act is None:
            return self._words.understand(text, context)
        return Reading(text, context.language or "en", (Act(act, (0, len(text)), confidence=1.0),))


if __name__ == "__main__":
    with Engine.load(WORLD, model="none", understander=Gestures()) as engine:
        corin = engine.talk_to("corin")
        for said in ("*waves*", "Who is your sister?", "*bows*", "*draws a knife*", "*turns away*"):
            line = corin.say(said).line()
            print(f"> {said}\nCorin: {line.text}  [{line.act}]")
        print(f"Corin's fear of you: {engine.feeling('corin').fear:.2f}")
