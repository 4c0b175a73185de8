"""Record the tours again: `python -m tests.tour`, or only some: `python -m tests.tour ford_en`."""

from __future__ import annotations

import argparse

from .playing import RECORDED, SCRIPTS, SLOTS, dump, played

parser = argparse.ArgumentParser(prog="python -m tests.tour", description="Record the tours again.")
parser.add_argument("tours", nargs="*", metavar="TOUR", help="only these, e.g. ford_en")
parser.add_argument("--slot", help="make a save of slots/SLOT.yaml instead, where there is none yet")
asked = parser.parse_args()
if asked.slot:
    made = SLOTS / f"{asked.slot}.npc"
    if made.exists():
        parser.error(f"{made} stands for saves of its time: give a new slot another name")
    print(f"{made}: {len(played(made.with_suffix('.yaml'), keep=made))} steps")
else:
    for script in SCRIPTS:
        if not asked.tours or script.stem in asked.tours:
            steps = played(script)
            (RECORDED / script.name).write_text(dump(steps), encoding="utf-8")
            print(f"{script.stem}: {len(steps)} steps")
