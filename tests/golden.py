"""A chronicle of every kind of event, and the views that the present folding makes of it, kept in `tests/golden`.

Where folding was changed on purpose, raise `FOLD_VERSION` and run `python tests/golden.py`: it writes the views anew.
With `--play` it plays the chronicle anew as well, for when there are new kinds of events.
"""

from __future__ import annotations

import base64
import json
import sys
import tempfile
from collections.abc import Mapping
from contextlib import nullcontext
from dataclasses import fields, is_dataclass
from datetime import datetime
from pathlib import Path
from random import Random
from typing import Any

from npc_engine import Change, Engine, FeelingChange, export_lines, import_lines, load_content
from npc_engine.chronicle import Chronicle
from npc_engine.engine.snapshots import FOLD_VERSION, Snapshots
from npc_engine.mind import CompiledWorld, Projections
from npc_engine.stores import read_contents

GOLDEN = Path(__file__).with_name("golden")
CHRONICLE, VIEWS = GOLDEN / "chronicle.jsonl", GOLDEN / "views.json"


def compiled() -> CompiledWorld:
    """Return what the authors of the golden world declared."""
    content = load_content(GOLDEN / "world")
    return CompiledWorld(content.entities, content.predicates, content.facts, content.personas, content.world.start)


def chronicle() -> Chronicle:
    """Return the golden chronicle."""
    with tempfile.TemporaryDirectory() as folder:
        slot = Path(folder) / "slot.npc"
        import_lines(CHRONICLE.read_text("utf-8").splitlines(), slot)
        return Chronicle.of(read_contents(slot).rows)


def plain(projections: Projections) -> Any:
    """Return all that views answer as plain data, as it is kept."""
    state = projections.state()
    recalled = {
        f"{owner}: {query}": [(one.memory.event_id, one.score) for one in projections.mind(owner).recall(query, [], 5)]
        for owner in sorted(projections.minds)
        for query in ("the bridge", "what was promised", "mended nets", "桥", "钥匙")
    }
    return json.loads(json.dumps(_plain({**state, "recalled": recalled}), ensure_ascii=False))


def written() -> dict[str, Any]:
    """Return what is kept of the views."""
    kept: dict[str, Any] = json.loads(VIEWS.read_text("utf-8"))
    return kept


def parts(kept: dict[str, Any]) -> dict[str, bytes]:
    """Return the golden snapshot's parts."""
    return {name: base64.b64decode(body) for name, body in kept["parts"].items()}


def _plain(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    if hasattr(value, "_asdict"):
        return _plain(value._asdict())
    if isinstance(value, Mapping):
        return {str(key): _plain(one) for key, one in value.items()}
    if isinstance(value, (set, frozenset)):
        return sorted(map(str, value))
    if isinstance(value, (list, tuple)):
        return [_plain(one) for one in value]
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, float):
        return round(value, 6)
    return value if isinstance(value, (str, int, bool, type(None))) else repr(value)


def play(slot: Path) -> None:
    """Let everything that can happen happen, over a week."""
    chance = Random(5)
    people = ["mira", "tomas", "player"]
    with Engine.load(GOLDEN / "world", model="none", save=slot, memory_budget=60) as engine:
        mira, both = engine.talk_to("mira"), engine.gather(["mira", "tomas"])
        mira.say("Hello! My horse is called Pepper.").line()
        mira.say("I promise I will mend the bridge.").line()
        mira.say("你真好！").line()
        both.say("Tomas has the key.", volume="whisper", to="mira").line()
        both.say("Where is the key?").line()
        mira.show("key", text="The player shows the key.")
        for day in range(7):
            engine.record(f"They mended nets, day {day}.", audience=people[: 1 + day % 3], place="inn")
            state = chance.choice(["sound", "destroyed"])
            engine.record("The bridge!", changes=[Change("bridge", "condition", state)], audience=people)
            engine.tell("tomas", Change("mira", "owes", "player", day % 3 > 0, {"amount": day + 2}), by="mira")
            engine.tell("mira", Change("tomas", "owes", "player", True, {"amount": 3}), by="player", between_us=True)
            engine.tell("mira", Change("tomas", "owes", "player", True, {"amount": 4}), by="tomas")
            engine.record("有人丢了钥匙。", audience=["mira", "tomas"], speaker="tomas", volume="shout")
            moved = FeelingChange("mira", "tomas", chance.choice(["trust", "fear", "mood"]), chance.uniform(-1, 1))
            engine.record("", audience=["mira"], speaker="tomas", feelings=[moved])
            mira.say("You are a stupid old fool.").line()
            engine.move("tomas", chance.choice(["inn", "smithy"]))
            engine.advance(24 * 60)
        first = engine.memories("mira")[0].event_id
        engine.amend("mira", first, "It was a mule, and called Salt.")
        engine.forget("mira", engine.memories("mira")[3].event_id)
        engine.believe("tomas", ("bridge", "condition", "sound"), confidence=0.4)
        engine.forget("mira", "tomas.owes.player")
        engine.weigh("mira", engine.memories("mira")[2].event_id, 0.9)
        last = [one.event_id for one in engine.memories("tomas")][-2:]
        engine.summarise("tomas", last, "It was a long week.")
        engine.record("Yesterday it had been broken.", changes=[Change("bridge", "condition", "destroyed")],
                      audience=["tomas"], at=engine.now.replace(hour=0))  # fmt: skip


def write(anew: bool) -> None:
    """Write the views of the chronicle that is there, or of one that is played now."""
    if anew:
        with tempfile.TemporaryDirectory() as folder:
            play(Path(folder) / "slot.npc")
            CHRONICLE.write_text("\n".join(export_lines(Path(folder) / "slot.npc")) + "\n", "utf-8")
    log = chronicle()
    projections = Projections(compiled(), log)
    for mind in projections.minds.values():
        mind.take_in(len(mind.event_ids) * 2 // 3)  # so that a snapshot has some of both
    _, packed = Snapshots(compiled()).changed(projections, log, nullcontext())
    kept = {
        "fold_version": FOLD_VERSION,
        "parts": {name: base64.b64encode(body).decode() for name, body in packed.items()},
        "views": plain(Projections(compiled(), log)),
    }
    VIEWS.write_text(json.dumps(kept, ensure_ascii=False, indent=1, sort_keys=True) + "\n", "utf-8")


if __name__ == "__main__":
    write(anew="--play" in sys.argv)
