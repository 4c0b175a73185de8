"""What can happen to a save ends in one clear sentence, and nothing that was committed is lost."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from random import Random

import pytest
from test_snapshots import agree, load, play

from npc_engine import SaveDamagedError, SaveError, recover_save
from npc_engine.cli.main import run
from npc_engine.stores.faults import last_good_copy
from npc_engine.stores.slot import read_slot

ROOT = Path(__file__).parents[1]

_KILLER = """
import os, random, signal, sys, time
from npc_engine import Engine, load_content
from npc_engine.stores.slot import read_slot
from npc_engine.testing import SMALL_WORLD

slot, kills, seed = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
content, chance = load_content(SMALL_WORLD), random.Random(seed)

def play(says):
    with Engine.load(content, model="none", save=slot) as engine:
        mira = engine.talk_to("mira")
        for number in range(100000):
            line = mira.say(f"Tomas has the key, I told you {number} times.").line()
            os.write(says, f"{line.event_id} {number}\\n".encode())
            if number % 3 == 2:
                engine.save()
            if number % 7 == 6:
                engine.save(slot + ".copy")
            if number % 11 == 10:
                engine.restore(slot + ".copy")  # what came after it has not happened now
                os.write(says, b"restored\\n")

checked = 0
for kill in range(kills):
    hears, says = os.pipe()
    child = os.fork()
    if not child:
        os.close(hears)
        play(says)
        os._exit(1)
    os.close(says)
    heard = os.read(hears, 4096)  # the first turn is safe on disk
    time.sleep(chance.uniform(0.0, 0.15))
    os.kill(child, signal.SIGKILL)
    while more := os.read(hears, 4096):
        heard += more
    os.close(hears)
    os.waitpid(child, 0)
    told = heard.decode().splitlines()
    if "restored" in told:
        told = told[len(told) - told[::-1].index("restored"):]
    turns = [tuple(map(int, line.split())) for line in told]
    if turns and turns[-1][1] % 11 == 10:
        continue  # it may have been restoring
    by_id = {event.id: event for event in read_slot(slot)[0]}
    for event_id, number in turns:
        assert event_id in by_id, f"event {event_id} was committed and is gone"
        assert by_id[event_id].actor == "mira", event_id
        assert by_id[event_id - 1].text.endswith(f" {number} times."), event_id
    checked += len(turns)
assert checked > kills, checked
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="kills processes it forked")
@pytest.mark.slow
@pytest.mark.parametrize("kills", [6, pytest.param(1000, marks=pytest.mark.long)])
def test_a_game_killed_at_any_moment_loses_nothing_that_was_committed(kills: int, tmp_path: Path) -> None:
    for batch in range(max(1, kills // 50)):  # each in a new slot, which then stays small
        slot = tmp_path / f"slot{batch}.npc"
        done = subprocess.run(
            [sys.executable, "-c", _KILLER, str(slot), str(min(kills, 50)), str(batch)],
            capture_output=True,
            text=True,
            cwd=ROOT,
        )
        assert done.returncode == 0, done.stderr
        events = read_slot(slot)[0]
        with load(slot) as engine:
            assert engine.events == events
            agree(engine)


@pytest.fixture
def played(tmp_path: Path) -> Path:
    """A slot that was opened, played in and opened again."""
    slot = tmp_path / "slot.npc"
    for seed in range(2):
        with load(slot) as engine:
            play(engine, Random(seed), 40)
    return slot


@pytest.mark.parametrize("harm", ["truncate", "flip", "overwrite"])
def test_a_damaged_slot_is_noticed_and_its_last_good_copy_offered(
    harm: str, played: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    copy = last_good_copy(played)
    good = read_slot(copy)[0]
    assert read_slot(played)[0][: len(good)] == good
    whole = bytearray(played.read_bytes())
    if harm == "truncate":
        played.write_bytes(whole[: len(whole) // 2])
    elif harm == "flip":
        at = whole.index(b"The bridge was looked at")
        whole[at] ^= 1
        played.write_bytes(whole)
    else:
        played.write_bytes(b"not a save at all" * 99)
    damaged = played.read_bytes()
    with pytest.raises(SaveDamagedError, match=r"slot\.npc\.bak beside it is the last good copy, of \d{4}-") as caught:
        load(played)
    assert caught.value.last_good == copy
    assert not caught.value.can_continue
    assert "\n" not in str(caught.value)
    assert run(["recover", str(played)]) == 0
    kept = played.with_name("slot.npc.damaged1")
    assert str(kept) in capsys.readouterr().out
    assert kept.read_bytes()[100:] == damaged[100:], "but for the counters in its head"
    with load(played) as engine:
        assert engine.events == good
        agree(engine)


def test_without_a_good_copy_nothing_is_recovered(tmp_path: Path) -> None:
    slot = tmp_path / "slot.npc"
    slot.write_bytes(b"nonsense" * 99)
    with pytest.raises(SaveDamagedError, match="load another slot") as caught:
        load(slot)
    assert caught.value.last_good is None
    with pytest.raises(SaveError, match="there is no last good copy"):
        recover_save(slot)
    last_good_copy(slot).write_bytes(b"as bad" * 99)
    with pytest.raises(SaveDamagedError):
        recover_save(slot)
    assert slot.read_bytes() == b"nonsense" * 99


def test_a_damaged_slot_never_becomes_the_good_copy(played: Path) -> None:
    copy = last_good_copy(played)
    before = copy.read_bytes()
    whole = bytearray(played.read_bytes())
    whole[whole.index(b"The bridge was looked at")] ^= 1
    played.write_bytes(whole)
    for _ in range(2):
        with pytest.raises(SaveDamagedError):
            load(played)
    assert copy.read_bytes() == before


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of one megabyte, where this user may mount one."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = shutil.which("mount")
    if mount is None or subprocess.run([mount, "-t", "tmpfs", "-o", "size=1m", "none", disk]).returncode:
        pytest.skip("no disk can be mounted here")
    yield disk
    subprocess.run(["umount", "-l", disk], check=True)


def fill(path: Path) -> None:
    """Write a file until the disk is full."""
    hog = os.open(path, os.O_WRONLY | os.O_CREAT)
    try:
        with suppress(OSError):
            while True:
                os.write(hog, b"\0" * 4096)
    finally:
        os.close(hog)


def test_a_disk_that_is_full_is_said_so_and_what_was_saved_stays(small_disk: Path) -> None:
    slot = small_disk / "slot.npc"
    with load(slot) as engine:
        engine.record("It rains.", audience=["mira"])
        engine.save()
        hog = small_disk / "hog"
        fill(hog)
        saved = engine.events
        for number in range(40):
            engine.record(f"It rains, for the {number}th day. " * 200, audience=["mira"])
        for path in (None, small_disk / "copy.npc"):
            with pytest.raises(SaveError, match=r"the disk is full, so .* could not be written: free some space"):
                engine.save(path)
        assert not [one for one in small_disk.iterdir() if "copy" in one.name]
        hog.unlink()
        engine.save()
        events = engine.events
    assert read_slot(slot)[0] == events
    assert events[: len(saved)] == saved


_READER = """
import os, sys
from npc_engine import Engine, NpcError, load_content
from npc_engine.testing import SMALL_WORLD
content = load_content(SMALL_WORLD)
with Engine.load(content, model="none"):
    pass  # whatever is imported late is imported now: another user may not read it
os.setuid(65534)
for slot in sys.argv[1:]:
    try:
        Engine.load(content, model="none", save=slot)
    except NpcError as error:
        print(error)
"""


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="becomes another user")
def test_a_folder_that_may_only_be_read_is_said_so(tmp_path: Path) -> None:
    for folder in (tmp_path, *tmp_path.parents):
        if folder.stat().st_uid == os.geteuid() and len(folder.parts) > 2:
            folder.chmod(0o755)
    slot = tmp_path / "slot.npc"
    with load(slot) as engine:
        engine.record("It rains.", audience=["mira"])
    before = slot.read_bytes()
    done = subprocess.run(
        [sys.executable, "-c", _READER, str(slot), str(tmp_path / "new.npc")], capture_output=True, text=True, cwd=ROOT
    )
    assert done.stdout.count("can't be written: check that its folder exists and may be written to") == 2, done
    assert done.stdout.count("\n") == 2
    assert slot.read_bytes() == before


_HOLDER = """
import sys, time
from npc_engine import Engine
from npc_engine.testing import SMALL_WORLD
with Engine.load(SMALL_WORLD, model="none", save=sys.argv[1]):
    print("open", flush=True)
    sys.stdin.readline()
"""


@pytest.mark.slow
def test_a_slot_that_another_process_plays_in_is_said_so(tmp_path: Path) -> None:
    slot = tmp_path / "slot.npc"
    with subprocess.Popen(
        [sys.executable, "-c", _HOLDER, str(slot)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT
    ) as other:
        assert other.stdout is not None
        assert other.stdin is not None
        assert other.stdout.readline() == "open\n"
        with pytest.raises(SaveError, match="is in use by another game: close that one, or play in another slot"):
            load(slot)
        shutil.copy(slot, last_good_copy(slot))
        with pytest.raises(SaveError, match="is in use by another game"):
            recover_save(slot)
        other.stdin.write("\n")
        other.stdin.close()
        assert other.wait(20) == 0
    with load(slot) as engine:
        agree(engine)


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs a way to kill a process outright")
def test_a_killed_holder_lets_go_of_the_slot(tmp_path: Path) -> None:
    slot = tmp_path / "slot.npc"
    with subprocess.Popen(
        [sys.executable, "-c", _HOLDER, str(slot)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "open\n"
        other.kill()
        other.wait(20)
    with load(slot) as engine:
        agree(engine)
