"""`python -m benchmarks [turns] [frames] [audiences] …`: figures; all that there are, or those named.

`python -m benchmarks talk …` has commands of its own, since people judge between its steps (talk/README.md).
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from pathlib import Path

from benchmarks import (
    audiences,
    calibration,
    claims,
    confidences,
    frames,
    gossip,
    graph,
    leaks,
    questions,
    recall,
    requests,
    save,
    size,
    strong,
    topics,
    turns,
    understanding,
    voice,
)
from benchmarks.measure import machine
from benchmarks.questions import pace
from benchmarks.talk import commands


def main() -> None:
    """Print the figures asked for."""
    if sys.argv[1:2] == ["talk"]:
        sys.exit(commands.main(sys.argv[2:]))
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description="Print npc-engine's figures.")
    every = ["turns", "frames", "audiences", "leaks", "questions", "recall", "save", "size", "topics"]
    every += ["understanding", "voice", "requests", "claims", "gossip", "strong"]
    parser.add_argument(
        "what", nargs="*", choices=[*every, "calibration", "graph", []], help="which; by default all that write nothing"
    )
    parser.add_argument("--model", default="embedded", help="the model to talk with")
    parser.add_argument("--lines", type=Path, metavar="FILE", help="where to write the lines that `voice` has said")
    parser.add_argument("--graph", metavar="URI", help="the Neo4j server to measure; one of the tests' own otherwise")
    parser.add_argument("--data", type=Path, help=f"the conversations recall is measured on ({recall.DATA})")
    parser.add_argument("--folder", type=Path, help="lines to play in place of those that are here")
    parser.add_argument("--show", action="store_true", help="print the lines of --folder that went wrong")
    parser.add_argument("--check", type=Path, metavar="FILE", help="see whether entries for `strong` can be played")
    options = parser.parse_args()
    if options.check:
        sys.exit(_check(options.check))
    show = options.show and options.folder is not None
    what = options.what or every
    print(machine())
    if "turns" in what:
        turns.without_a_model()
        turns.with_the_model(options.model)
    if "frames" in what:
        frames.while_an_npc_answers(options.model)
    if "audiences" in what:
        audiences.replaying()
        audiences.recording()
        confidences.probing()
    if "leaks" in what:
        leaks.print_leaks(options.model)
    if "questions" in what:
        questions.measure(options.model)
        pace.with_many_beliefs()
    if "recall" in what:
        recall.measure(options.data)
    if "save" in what:
        save.saving_and_loading()
    if "size" in what:
        size.a_crowd()
    if "topics" in what:
        topics.measure()
    if "understanding" in what:
        understanding.measure(options.folder)
    if "requests" in what:
        requests.measure(options.folder, show=show)
    if "gossip" in what:
        gossip.measure()
    if "strong" in what:
        strong.measure(options.folder, show=show)
    if "claims" in what:
        claims.measure(options.folder, show=show)
    if "graph" in options.what:
        graph.measure(options.graph)
    if "calibration" in options.what:
        calibration.calibrate()
    if "voice" in what:
        voice.measure(options.model, options.lines)


def _check(file: Path) -> str | None:
    """Return what keeps the entries of a file from being played; None where nothing does; their kinds are printed."""
    try:
        found = list(strong.entries(file))
    except strong.CorpusError as error:
        return str(error)
    for kind, count in sorted(Counter(entry.kind for entry in found).items()):
        print(f"{kind:<15}{count}")
    return None


if __name__ == "__main__":
    main()
