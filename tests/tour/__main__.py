"""Record the tours again: `python -m tests.tour`, or only some, `python -m tests.tour ford_en`."""

from __future__ import annotations

import sys

from .playing import RECORDED, SCRIPTS, dump, played

for script in SCRIPTS:
    if len(sys.argv) == 1 or script.stem in sys.argv[1:]:
        steps = played(script)
        RECORDED.mkdir(exist_ok=True)
        (RECORDED / script.name).write_text(dump(steps), encoding="utf-8")
        print(f"{script.stem}: {len(steps)} steps")
