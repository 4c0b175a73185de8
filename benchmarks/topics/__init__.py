"""Whether authored topics are found by meaning: precision and recall on paraphrases and on other questions.

`python -m benchmarks topics` prints both sets: `dev`, on which the matcher was fitted, and `held out`.
"""

from __future__ import annotations

import time
from importlib.resources import files
from typing import Any

from npc_engine.dialogue.decide.topics import SURE
from npc_engine.dialogue.understand.gists import gists_of
from npc_engine.packaged import read_yaml


def measure() -> None:
    """Print, for each set and language, how often the right topic was found, and how often a found one was right."""
    for name in ("dev", "held_out"):
        for language, rows in read_yaml(files(__name__).joinpath(f"{name}.yaml")).items():
            print(f"{name:9}{language}: {measured(rows, language)}")


def measured(rows: dict[str, Any], language: str) -> str:
    """Return precision, recall and time of a set, in words."""
    gists = gists_of(language)
    wordings = [(topic, gists.read(text)) for topic, texts in rows["topics"].items() for text in texts]
    found = right = wanted = 0
    began = time.perf_counter()
    for text, topic in rows["lines"]:
        line = gists.read(text)
        likely, best = max((gists.likeness(line, wording), key) for key, wording in wordings)
        wanted += topic != "-"
        if likely >= SURE:
            found += 1
            right += best == topic
    spent = (time.perf_counter() - began) * 1000 / len(rows["lines"])
    return (
        f"precision {right / found:.2f} ({right} of {found}), recall {right / wanted:.2f} ({right} of {wanted}), "
        f"{len(rows['lines'])} lines, {spent:.2f} ms each"
    )
