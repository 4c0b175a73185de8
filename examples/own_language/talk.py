"""A language of your own, installed as a package: German, spoken in a village that knows no other.

Run it: `pip install examples/own_language`, then `python examples/own_language/talk.py`
"""

from __future__ import annotations

from pathlib import Path

from npc_engine import Engine

DORF = Path(__file__).parent / "dorf"

if __name__ == "__main__":
    with Engine.load(DORF, model="none") as engine:
        greta = engine.talk_to("greta")
        for said in ("Hallo!", "Wo wohnt Tomas?", "Wie viel schuldet Tomas dir?", "Ist die Brücke heil?"):
            print(f"> {said}\nGreta: {greta.say(said).line().text}")
