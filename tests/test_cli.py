"""The `npc` command: what it prints, and how it fails."""

from __future__ import annotations

import io
import json
import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import pytest
from fake_server import breaks_after, fails, hangs_after, says, serving

from npc_engine import Engine, SaveError, __version__
from npc_engine.cli.main import run
from npc_engine.models import weights
from npc_engine.stores import SaveSlot
from npc_engine.testing import SMALL_WORLD

KEY = "sk-very-secret-0123456789"
WORLD = str(SMALL_WORLD)
POSIX = pytest.mark.skipif(os.name != "posix", reason="needs a POSIX system")


@dataclass(frozen=True)
class Done:
    """What a command left behind."""

    status: int
    out: str
    err: str

    @property
    def turns(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.out.splitlines()]

    @property
    def complaint(self) -> str:
        """The one sentence that a failure is told in."""
        assert self.status == 2
        assert "Traceback" not in self.out + self.err
        assert self.err.count("\n") == 1
        assert self.err.endswith("\n")
        return self.err.strip()


class Npc(Protocol):
    def __call__(self, *arguments: str, typed: str = "") -> Done: ...


@pytest.fixture
def npc(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Npc:
    """Run the command in this process, with nobody at the terminal and no settings in the environment."""
    for name in ("NPC_MODEL", "NPC_MODELS", "NPC_API_KEY", "OPENAI_API_KEY", "HF_TOKEN"):
        monkeypatch.delenv(name, raising=False)

    def call(*arguments: str, typed: str = "") -> Done:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(typed.encode())))
        status = run(arguments)
        out, err = capsys.readouterr()
        return Done(status, out, err)

    return call


def started(*arguments: str, **settings: Any) -> subprocess.Popen[bytes]:
    """Start the command as a program of its own, which hears Ctrl-C as in a terminal.

    What runs in the background of a shell without jobs has it ignored, and hands that down.
    """
    command = [sys.executable, "-m", "npc_engine.cli", *arguments]
    pipes = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    if os.name == "posix":
        settings.setdefault("preexec_fn", lambda: signal.signal(signal.SIGINT, signal.SIG_DFL))
    return subprocess.Popen(command, **{**pipes, **settings})


def chat(npc: Npc, *arguments: str, world: str = WORLD, who: str = "mira", typed: str = "") -> Done:
    return npc("chat", world, who, "--model", "none", *arguments, typed=typed)


@pytest.fixture
def closed_port() -> str:
    """The address of a server that is not there."""
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{server.getsockname()[1]}/v1"


# What is said


def test_answers_are_printed_a_line_each(npc: Npc) -> None:
    done = chat(npc, "--say", "Hello!", "--say", "Is the bridge safe?")
    assert (done.status, done.err) == (0, "")
    first, second = done.out.splitlines()
    assert first.startswith("Mira: ")
    assert "destroyed" in second


def test_json_holds_all_that_backs_a_line(npc: Npc) -> None:
    greeting, answer = chat(npc, "--json", "--say", "Hello!", "--say", "Is the bridge safe?").turns
    assert {"text", "facts", "actions", "mood", "checks", "model", "timing", "story"} <= greeting.keys()
    assert answer["facts"] == [{"id": "bridge.condition.destroyed", "wording": "The bridge is destroyed."}]
    assert answer["model"] == "none"
    assert answer["mood"] in ("neutral", "happy", "angry", "sad", "afraid", "surprised")
    timing = answer["timing"]
    assert 0 <= timing["first_words"] <= timing["end"]
    assert {"understand", "recall", "decide", "speak", "check", "commit"} <= timing["steps"].keys()


def test_what_was_told_in_one_run_is_remembered_in_the_next(npc: Npc, tmp_path: Path) -> None:
    slot = str(tmp_path / "slots" / "one.npc")
    assert chat(npc, "--save", slot, "--say", "My horse is called Pepper.").status == 0
    (again,) = chat(npc, "--save", slot, "--json", "--say", "Do you remember my horse?").turns
    assert again["move"] == "remember"
    assert "Pepper" in again["text"]
    (elsewhere,) = chat(npc, "--json", "--say", "Do you remember my horse?").turns
    assert "Pepper" not in elsewhere["text"]


def test_actions_are_performed_and_the_story_goes_on(npc: Npc, tmp_path: Path) -> None:
    slot = str(tmp_path / "slot.npc")
    greetings = ("--say", "Good morning, nice to meet you", "--say", "I like the rain")
    done = chat(npc, "--save", slot, *greetings, "--say", "May I have the key, please?")
    assert "* Mira gives the traveller the key." in done.out
    assert "A key: You have the key." in done.out
    with Engine.load(SMALL_WORLD, save=slot, model="none") as engine:
        assert engine.ask("player", "has", "key")
    *_, last = chat(npc, *greetings, "--json", "--say", "May I have the key, please?").turns
    assert [action["name"] for action in last["actions"]] == ["give_key"]
    assert last["story"] == [{"id": "key_in_hand", "title": "A key", "text": "You have the key.", "ending": True}]


def test_chinese(npc: Npc) -> None:
    done = chat(npc, "--lang", "zh", "--say", "你好", "--say", "桥安全吗？")
    assert done.out.count("米拉：") == 2
    assert "桥" in done.out.splitlines()[1]
    (answer,) = chat(npc, "--language", "zh", "--json", "--say", "桥安全吗？").turns
    assert answer["language"] == "zh"
    assert answer["text"] in json.dumps(answer, ensure_ascii=False)


@pytest.mark.parametrize("who", ["mira", "Mira", "米拉", "the herbalist"])
def test_someone_is_found_by_id_and_by_name(npc: Npc, who: str) -> None:
    assert chat(npc, "--say", "Hello", who=who).out.startswith("Mira: ")


def test_piped_lines_are_said(npc: Npc) -> None:
    done = chat(npc, "--json", typed="Hello!\n\n   \nIs the bridge safe?\r\n桥安全吗？")
    assert [turn["language"] for turn in done.turns] == ["en", "en", "zh"]
    assert chat(npc, typed="").out == ""


def test_the_same_seed_makes_the_same_choices(npc: Npc) -> None:
    words = ("--say", "Hello!", "--say", "I like the rain", "--say", "Tell me about Tomas", "--seed", "7")
    assert chat(npc, *words).out == chat(npc, *words).out


def test_a_piped_talk_is_left_as_a_typed_one(npc: Npc) -> None:
    said = chat(npc, typed="Hello\n").out
    assert chat(npc, typed="Hello\n/quit\nWho are you?\n").out == said


@pytest.mark.parametrize(("lang", "hello", "heard"), [("en", "Hello!", "a greeting"), ("zh", "你好！", "打招呼")])
def test_commands_are_commands_without_a_terminal_too(npc: Npc, lang: str, hello: str, heard: str) -> None:
    typed = f"{hello}\n/why\n/help\n/talk tomas\n/wyh\n{hello}\n/quit\n{hello}\n"
    done = chat(npc, "--lang", lang, typed=typed)
    assert done.status == 0
    assert heard in done.out
    assert "/journal" in done.out
    assert "/wyh" in done.out.replace("> /wyh", "")
    assert done.out.count(f"> {hello}") == 2
    (first, second) = chat(npc, "--lang", lang, "--json", typed=typed).turns
    assert (first["speaker"], second["speaker"]) == ("mira", "tomas")


def test_a_command_that_can_not_be_done_ends_a_script(npc: Npc) -> None:
    done = chat(npc, typed="/talk tom\nHello!\n")
    assert (done.status, done.err) == (2, "unknown NPC 'tom'; did you mean 'tomas'?\n")
    assert "Mira:" not in done.out


def test_odd_input_is_survived(npc: Npc) -> None:
    odd = ["", "   ", "\0", "a" * 5000, "[bold]x[/bold] {name}", "\udcff\udcfe", "🦊", "'; DROP TABLE events; --"]
    done = chat(npc, "--json", *(part for text in odd for part in ("--say", text)))
    assert done.status == 0
    assert all(turn["text"] for turn in done.turns)
    assert len(done.turns) == len(odd)


def test_a_model_on_a_server_gives_the_words(npc: Npc, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NPC_API_KEY", KEY)
    monkeypatch.setenv("OPENAI_API_KEY", "sk-not-this-one")
    with serving(says("No, the bridge is destroyed.")) as server:
        where = ("--model", "openai:m", "--base-url", server.url)
        done = npc("chat", WORLD, "mira", *where, "--json", "--say", "Is the bridge safe?")
    assert done.turns[0]["model"] == "m"
    assert done.turns[0]["text"] == "No, the bridge is destroyed."
    assert server.requests[0].headers["authorization"] == f"Bearer {KEY}"
    assert KEY not in done.out + done.err


@pytest.mark.slow
@pytest.mark.model
def test_the_embedded_model_gives_the_words(
    npc: Npc, embedded_model_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NPC_MODELS", str(embedded_model_path.parent))
    done = npc("chat", WORLD, "mira", "--json", "--threads", "1", "--patience", "60", "--say", "Is the bridge safe?")
    assert done.status == 0
    assert "destroyed" in done.turns[0]["text"]
    rows = [line.split() for line in npc("models", "list").out.splitlines()]
    assert ["smollm2-135m", "ready"] in [row[:2] for row in rows]


# What goes wrong


def test_no_such_world(npc: Npc, tmp_path: Path) -> None:
    assert "there is no folder nowhere: name a folder" in chat(npc, "--say", "Hi", world="nowhere").complaint
    file = tmp_path / "world.yaml"
    file.touch()
    assert "is a file: name a folder" in chat(npc, "--say", "Hi", world=str(file)).complaint


def test_bad_yaml_is_pointed_at(npc: Npc, tmp_path: Path) -> None:
    world = tmp_path / "world"
    shutil.copytree(SMALL_WORLD, world)
    persona = world / "personas" / "mira.yaml"
    persona.write_text(persona.read_text(encoding="utf-8") + "mood: [\n", encoding="utf-8")
    complaint = chat(npc, "--say", "Hi", world=str(world)).complaint
    path, line, column, _ = complaint.removeprefix(persona.as_posix()[:2]).split(":", 3)
    assert path.endswith("personas/mira.yaml")
    assert int(line) > 20
    assert int(column) >= 1
    checked = npc("check", str(world))
    assert checked.status == 2
    assert "mira.yaml:" in checked.out
    (world / "facts.yaml").write_text("- {fact: nobody has nothing}\n", encoding="utf-8")
    assert "more: `npc check` lists them" in chat(npc, "--say", "Hi", world=str(world)).complaint


def test_a_good_world_passes_the_check(npc: Npc) -> None:
    done = npc("check", WORLD)
    assert done.status == 0
    assert "2 personas" in done.out


def test_unknown_npc(npc: Npc) -> None:
    assert chat(npc, "--say", "Hi", who="mria").complaint == "unknown NPC 'mria'; did you mean 'mira'?"
    assert "there are mira and tomas" in chat(npc, "--say", "Hi", who="xyz").complaint


def test_a_model_that_is_not_here(npc: Npc, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NPC_MODELS", str(tmp_path))
    slot = tmp_path / "slot.npc"
    complaint = npc("chat", WORLD, "mira", "--save", str(slot), "--say", "Hi").complaint
    assert "npc models pull" in complaint
    assert "--model none" in complaint
    assert not slot.exists()
    assert list(tmp_path.iterdir()) == []  # and nothing was fetched
    listed = npc("models", "list")
    assert listed.status == 0
    assert "missing" in listed.out


@pytest.mark.parametrize(
    ("model", "words"),
    [
        ("gone.gguf", "no model file gone.gguf"),
        ("garbage.gguf", "garbage.gguf is not a model"),
        ("cut.gguf", "cut.gguf"),
        ("nonsense", "unknown model 'nonsense'"),
        ("embedded:nonsense", "unknown model 'nonsense'"),
        ("hf:nonsense", "hf:OWNER/REPO"),
        ("openai:", "openai:MODEL"),
        ("openai:m", "NPC_API_KEY"),
    ],
)
def test_a_model_that_cannot_be_opened(
    npc: Npc, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, model: str, words: str
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "garbage.gguf").write_bytes(b"garbage" * 100)
    (tmp_path / "cut.gguf").write_bytes(b"GGUF\x03\0\0\0" + b"\x01\0\0\0\0\0\0\0" * 2)
    assert words in npc("chat", WORLD, "mira", "--model", model, "--say", "Hi").complaint


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--base-url", "http://127.0.0.1:1"], "--base-url is for a model on a server"),
        (["--threads", "2"], "--threads is for a model that runs here"),
        (["--threads", "0"], "--threads"),
        (["--patience", "0"], "--patience"),
        (["--lang", "fr"], "--lang"),
        (["--seed", "x"], "--seed"),
        (["--sya", "Hi"], "--say"),
        (["--say"], "--say"),
        (["one", "two"], "two"),
    ],
)
def test_wrong_options(npc: Npc, options: list[str], words: str) -> None:
    complaint = chat(npc, *options).complaint
    assert words in complaint
    assert not words.startswith("--") or "--" in complaint


def test_wrong_commands(npc: Npc) -> None:
    assert "Did you mean 'chat'? See `npc --help`" in npc("chatt").complaint
    assert "see `npc chat --help`" in npc("chat", WORLD).complaint


@pytest.mark.slow
def test_an_unreachable_server(npc: Npc, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, closed_port: str) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    slot = str(tmp_path / "slot.npc")
    assert chat(npc, "--save", slot, "--say", "My horse is called Pepper.").status == 0
    where = ("--model", "openai:m", "--base-url", closed_port, "--save", slot)
    done = npc("chat", WORLD, "mira", *where, "--say", "Is the bridge safe?", "--say", "Said anyway?")
    assert "m at 127.0.0.1:" in done.complaint
    assert "can't be reached" in done.complaint
    assert "--base-url" in done.complaint
    assert "destroyed" in done.out.splitlines()[0]  # it was said all the same, without the model
    assert len(done.out.splitlines()) == 2  # and so was the rest; why, is told once
    assert KEY not in done.out + done.err
    assert "Pepper" in chat(npc, "--save", slot, "--say", "Do you remember my horse?").out
    with Engine.load(SMALL_WORLD, save=slot, model="none") as engine:
        texts = [event.text for event in engine.events]
    assert "Is the bridge safe?" in texts
    assert "Said anyway?" in texts


@pytest.mark.slow
def test_a_key_is_never_shown(npc: Npc, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NPC_API_KEY", KEY)
    for trouble in (fails(401, f"bad key {KEY}"), fails(400, f"bad request with {KEY}"), fails(500, KEY)):
        with serving(trouble) as server:
            where = ("--model", "openai:m", "--base-url", f"{server.url}/v1")
            done = npc("chat", WORLD, "mira", *where, "--json", "--say", "Is the bridge safe?")
        assert done.complaint
        assert KEY not in done.out + done.err
    monkeypatch.setenv("NPC_API_KEY", f"{KEY}\nx")
    assert KEY not in npc("chat", WORLD, "mira", "--model", "openai:m", "--say", "Hi").complaint


def test_a_save_of_garbage_is_left_as_it_is(npc: Npc, tmp_path: Path) -> None:
    garbage = tmp_path / "garbage.npc"
    garbage.write_bytes(b"garbage" * 1000)
    assert "not a save slot" in chat(npc, "--save", str(garbage), "--say", "Hi").complaint
    assert garbage.read_bytes() == b"garbage" * 1000
    other = tmp_path / "other.sqlite"
    with sqlite3.connect(other) as database:
        database.execute("CREATE TABLE mine (x)")
    database.close()
    assert "not a save slot" in chat(npc, "--save", str(other), "--say", "Hi").complaint


def test_a_slot_where_none_can_be(npc: Npc, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    for path in (tmp_path, tmp_path / "file" / "slot.npc"):
        assert "can't be written" in chat(npc, "--save", str(path), "--say", "Hi").complaint


@POSIX
@pytest.mark.skipif(hasattr(os, "geteuid") and os.geteuid() == 0, reason="root may write anywhere")
def test_a_read_only_folder(npc: Npc, tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    assert "can't be written" in chat(npc, "--save", str(tmp_path / "slot.npc"), "--say", "Hi").complaint
    tmp_path.chmod(0o700)


@pytest.mark.slow
def test_a_slot_in_use(npc: Npc, tmp_path: Path) -> None:
    slot = str(tmp_path / "slot.npc")
    with Engine.load(SMALL_WORLD, save=slot, model="none"):
        assert "in use" in chat(npc, "--save", slot, "--say", "Hi").complaint


FULL = "the disk is full, so slot.npc could not be written: free some space and save again; nothing is lost yet"


def fill_the_disk(monkeypatch: pytest.MonkeyPatch, after: int, free_again_at: int | None = None) -> None:
    """Let the disk be full from a write on, until another one."""
    write, writes = SaveSlot.append_packed, [0]

    def append(self: SaveSlot, *arguments: Any) -> None:
        writes[0] += 1
        if writes[0] > after and (free_again_at is None or writes[0] < free_again_at):
            raise SaveError(FULL)
        write(self, *arguments)

    monkeypatch.setattr(SaveSlot, "append_packed", append)


def test_a_full_disk(npc: Npc, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    slot = str(tmp_path / "slot.npc")
    assert chat(npc, "--save", slot, "--say", "My horse is called Pepper.").status == 0
    with monkeypatch.context() as patch:
        fill_the_disk(patch, after=1)
        done = chat(npc, "--save", slot, "--json", "--say", "Hello!", "--say", "Is the bridge safe?", "--say", "Bye")
    assert "the disk is full" in done.complaint
    assert "nothing is lost" not in done.complaint
    assert done.turns[-1]["text"]
    assert len(done.turns) < 3
    assert "Pepper" in chat(npc, "--save", slot, "--say", "Do you remember my horse?").out


@pytest.mark.slow
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full here")
def test_a_device_that_is_always_full(npc: Npc) -> None:
    assert "disk is full" in chat(npc, "--save", "/dev/full", "--say", "Hi").complaint
    with open("/dev/full", "w") as full:
        program = started("chat", WORLD, "mira", "--model", "none", "--say", "Hi", stdout=full)
        _, err = program.communicate(timeout=60)
    assert (program.returncode, err.count(b"\n")) == (2, 1)
    assert b"output can't be written" in err


# As a program


@pytest.mark.slow
@POSIX
def test_a_reader_that_goes_away() -> None:
    program = started("chat", WORLD, "mira", "--model", "none", *["--say", "Hello"] * 200)
    assert program.stdout is not None
    assert program.stderr is not None
    program.stdout.readline()
    program.stdout.close()
    assert program.stderr.read() == b""
    program.stderr.close()
    assert program.wait(timeout=60) == 141


@pytest.mark.slow
@POSIX
@pytest.mark.parametrize("command", [["models", "list"], ["check", WORLD], ["--help"], ["chat", "--help"]])
def test_a_command_whose_output_nobody_reads_ends_quietly(command: list[str]) -> None:
    program = started(*command)
    assert program.stdout is not None
    program.stdout.close()
    _, err = program.communicate(timeout=60)
    assert (program.returncode, err) == (141, b"")


@pytest.mark.slow
def test_a_script_goes_on_after_a_servers_fault(npc: Npc, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NPC_API_KEY", KEY)
    voiced = says("The bridge is destroyed, I fear.")
    with serving(*[breaks_after("The ")] * 3, voiced) as server:
        where = ("--model", "openai:m", "--base-url", f"{server.url}/v1", "--json")
        done = npc("chat", WORLD, "mira", *where, "--say", "Hello!", "--say", "What is the condition of the bridge?")
    assert "broke off" in done.complaint
    first, second = done.turns
    assert (first["model"], second["model"]) == ("none", "m")
    assert "broke off" in first["trouble"]
    assert "trouble" not in second


@pytest.mark.slow
@POSIX
def test_control_c_in_the_middle_leaves_a_whole_save(tmp_path: Path, npc: Npc) -> None:
    slot = str(tmp_path / "slot.npc")
    assert chat(npc, "--save", slot, "--say", "My horse is called Pepper.").status == 0
    with serving(hangs_after("The ")) as server:
        where = ("--model", "openai:m", "--base-url", server.url, "--save", slot)
        program = started("chat", WORLD, "mira", *where, "--patience", "60", "--say", "Is the bridge safe?")
        deadline = time.monotonic() + 30
        while not server.requests and time.monotonic() < deadline:
            time.sleep(0.05)
        program.send_signal(signal.SIGINT)
        _, err = program.communicate(timeout=30)
    assert (program.returncode, err) == (130, b"stopped\n")
    (turn,) = chat(npc, "--save", slot, "--json", "--say", "Do you remember my horse?").turns
    assert "Pepper" in turn["text"]


@pytest.mark.slow
def test_piped_bytes_come_and_go_as_utf8() -> None:
    environment = {**os.environ, "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "PYTHONIOENCODING": ""}
    arguments = ("chat", WORLD, "mira", "--model", "none", "--lang", "zh")
    program = started(*arguments, stdin=subprocess.PIPE, env=environment)
    out, err = program.communicate("你好\n".encode() + b"\xff\xfe\n", timeout=60)
    assert (program.returncode, err) == (0, b"")
    assert out.decode().count("米拉") == 2


def test_help_and_version(npc: Npc) -> None:
    assert npc("--version").out == f"npc-engine {__version__}\n"
    assert "npc chat world/ mira" in npc().out
    for command in (
        ["--help"],
        ["chat", "-h"],
        ["check", "--help"],
        ["models", "--help"],
        ["models", "pull", "--help"],
    ):
        done = npc(*command)
        assert done.status == 0
        assert "Usage" in done.out
    for command in (["chat", "-h"], ["check", "-h"], ["models", "list", "-h"], ["models", "pull", "-h"]):
        assert "Example: npc" in npc(*command).out


def test_help_loads_nothing_heavy() -> None:
    code = (
        "import sys, npc_engine.cli.main as m; m.run(['--help'])\n"
        "print([x for x in ('networkx', 'openai', 'xllamacpp', 'pygame', 'snowballstemmer') if x in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout.splitlines()[-1] == "[]"


# Face to face


@pytest.fixture
def talk(monkeypatch: pytest.MonkeyPatch, npc: Npc) -> Any:
    """Run a conversation as if someone typed these lines at a terminal; what is not text is called or raised."""

    def converse(*typed: Any, options: tuple[str, ...] = ("--model", "none"), world: str = WORLD) -> Done:
        lines = iter([*typed, EOFError])

        def read(prompt: str = "") -> str:
            line = next(lines)
            if isinstance(line, str):
                return line
            if isinstance(line, type):
                raise line
            text: str = line()
            return text

        monkeypatch.setattr("npc_engine.cli.chat._is_terminal", lambda: True)
        monkeypatch.setattr("builtins.input", read)
        return npc("chat", world, "mira", *options)

    return converse


def test_a_conversation(talk: Any, tmp_path: Path) -> None:
    copy = tmp_path / "copy.npc"
    done = talk("/why", "Is the bridge safe?", "/why", "/journal", f"/save {copy}", "/quit", "never said")
    assert (done.status, done.err) == (0, "")
    for shown in (
        "Ford, 4 May, 08:00",
        "with Mira, at",
        "inn",
        "brewing tea",
        "Nothing was said yet",
        "known from the beginning",
    ):
        assert shown in done.out
    assert "4 May, 08:00  The bridge is destroyed. (Mira)" in done.out
    assert "never said" not in done.out
    assert copy.exists()


def test_someone_else_and_another_language(talk: Any) -> None:
    done = talk(
        "/talk", "/talk nobody", "/talk Tomas", "Hello", "/lang", "/lang zh", "你好", "/what", "/help", "/talk mira"
    )
    assert done.status == 0
    for shown in (
        "There are mira, tomas",
        "unknown NPC 'nobody'",
        "Tomas: ",
        "/lang en / zh",
        "托马斯：",
        "没有 /what",
        "米拉",
    ):
        assert shown in done.out


def test_help_offers_another_language_only_where_there_is_one(talk: Any, tmp_path: Path) -> None:
    assert "/lang zh     speak another language" in talk("/help").out
    one = Path(__file__).parents[1] / "examples" / "shop" / "curios"
    world = tmp_path / "curios"
    shutil.copytree(one, world)
    (world / "personas" / "odile.yaml").rename(world / "personas" / "mira.yaml")
    for path in world.rglob("*.yaml"):
        path.write_text(path.read_text("utf-8").replace("odile", "mira"), "utf-8")
    shown = talk("/help", world=str(world)).out
    assert "/quit" in shown
    assert "/lang" not in shown


def test_words_are_not_taken_for_markup(talk: Any) -> None:
    assert talk("[bold]I like the rain[/bold]", "/[red]").status == 0


def test_control_c_at_the_prompt_leaves(talk: Any) -> None:
    done = talk("Hello", KeyboardInterrupt, "never said")
    assert done.status == 0
    assert "Farewell." in done.out


def test_control_c_gives_up_an_answer(talk: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from npc_engine.cli import session

    pauses = iter(range(100_000))

    def interrupted(seconds: float) -> None:
        if next(pauses) == 30:
            raise KeyboardInterrupt
        time.sleep(seconds)

    monkeypatch.setattr(session, "time", type("Clock", (), {"sleep": staticmethod(interrupted)}))
    with serving(hangs_after("The ")) as server:
        where = ("--model", "openai:m", "--base-url", server.url, "--patience", "60")
        done = talk("Is the bridge safe?", "/why", options=where)
    assert done.status == 0
    assert "You did not wait for the answer" in done.out
    assert "Nothing was said yet" in done.out  # it left no trace


@pytest.mark.slow
def test_a_server_that_goes_away_is_noted_dimly(talk: Any, closed_port: str) -> None:
    done = talk("Is the bridge safe?", "Hello", options=("--model", "openai:m", "--base-url", closed_port))
    assert done.status == 0
    assert "Worded without the model" in done.out
    assert "destroyed" in done.out


def test_a_full_disk_can_be_mended_before_leaving(
    talk: Any, npc: Npc, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    slot = tmp_path / "slot.npc"
    options = ("--model", "none", "--save", str(slot))
    with monkeypatch.context() as patch:
        fill_the_disk(patch, after=2, free_again_at=7)
        done = talk("My horse is called Pepper.", "/quit", *[""] * 8, options=options)
    assert done.status == 0
    assert "Not saved yet" in done.out
    assert "Pepper" in chat(npc, "--save", str(slot), "--say", "Do you remember my horse?").out
    with monkeypatch.context() as patch:
        fill_the_disk(patch, after=0)
        assert "the disk is full" in talk("Hello", "/quit", "leave", options=options).complaint


def test_the_model_is_fetched_only_when_asked(
    talk: Any, npc: Npc, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fetched: list[str] = []

    def pull(name: str, folder: Path | None = None, progress: Any = None) -> Path:
        fetched.append(name)
        return tmp_path / "model.gguf"

    monkeypatch.setenv("NPC_MODELS", str(tmp_path))
    monkeypatch.setattr(weights, "pull", pull)
    monkeypatch.setattr("typer.confirm", lambda *_, **__: False)
    assert "npc models pull" in talk(options=()).complaint
    assert fetched == []
    monkeypatch.setattr("typer.confirm", lambda *_, **__: True)
    assert talk(options=()).status == 2  # what was fetched is no model
    assert fetched == [weights.DEFAULT]


@pytest.mark.slow
def test_content_is_read_again_while_talking(talk: Any, tmp_path: Path) -> None:
    world = tmp_path / "world"
    shutil.copytree(SMALL_WORLD, world)
    persona = world / "personas" / "mira.yaml"
    text = persona.read_text(encoding="utf-8")

    def edit(added: str) -> str:
        persona.write_text(text + added, encoding="utf-8")
        time.sleep(2)
        return ""

    greeting = "phrases: {greet_again: {en: [Ahoy there.], zh: [喂。]}}\n"
    done = talk("Hello!", lambda: edit(greeting), "Hello!", lambda: edit("mood: ["), "Hello!", world=str(world))
    assert done.out.count("files have changed; from now on") == 1
    assert done.out.count("can't be used: ") == 1
    assert "mira.yaml:" in done.out.replace("\n", "")
    assert done.out.count("Ahoy there.") >= 1


@POSIX
@pytest.mark.slow
def test_a_real_terminal(tmp_path: Path) -> None:
    import pty
    import select

    ours, theirs = pty.openpty()
    arguments = ("chat", WORLD, "mira", "--model", "none", "--save", str(tmp_path / "slot.npc"))
    program = started(*arguments, stdin=theirs, stdout=theirs, stderr=theirs, env={**os.environ, "TERM": "xterm"})
    os.close(theirs)
    seen, looked = b"", 0

    def wait_for(words: str) -> None:
        """Read on until these words come, after those that were waited for before."""
        nonlocal seen, looked
        deadline = time.monotonic() + 30
        while (at := seen.find(words.encode(), looked)) < 0 and time.monotonic() < deadline:
            if select.select([ours], [], [], 0.2)[0]:
                seen += os.read(ours, 4096)
        assert at >= 0, seen.decode()
        looked = at + len(words.encode())

    try:
        wait_for("you> ")
        os.write(ours, b"Is the bridge safe?\r")
        wait_for("destroyed")
        wait_for("you> ")
        os.write(ours, b"/lang zh\r")
        wait_for("你> ")
        os.write(ours, "桥安全吗？\r".encode())
        wait_for("米拉：")
        wait_for("你> ")
        os.write(ours, b"\x04")
        wait_for("再会")
        assert program.wait(timeout=30) == 0
    finally:
        program.kill()
        program.wait()
        os.close(ours)
