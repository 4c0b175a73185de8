"""Which model is the best here, what it is like, and what a server can do: `auto`, `npc models list` and `try`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from fake_server import Answer, fails, says, serving
from hypothesis import given
from hypothesis import strategies as st
from kinds_of_server import like_deepseek, like_mistral, like_qwen3
from typer.testing import CliRunner

from npc_engine import Engine, ModelMissingError
from npc_engine.cli import trying
from npc_engine.cli.main import app
from npc_engine.models import LanguageModel, OpenAIModel, ScriptedModel, open_model, weights
from npc_engine.models.auto import Candidate, candidates, choose
from npc_engine.models.measured import Measured, keep, measured
from npc_engine.models.sizes import billions_in, size_of
from npc_engine.testing import SMALL_WORLD

GB = 10**9
MEASURED = Measured(1.0, 100.0, 2.0, GB, 0.5, 1.0, 0.9, 1)


def npc(*words: str) -> tuple[int, str, str]:
    done = CliRunner().invoke(app, list(words), env={"COLUMNS": "200"})
    return done.exit_code, done.stdout, done.stderr


def here(folder: Path, *billions: float) -> list[Candidate]:
    """Return made-up models of some sizes, each an empty file."""
    found = []
    for size in billions:
        path = folder / f"model-{size}b.gguf"
        path.touch()
        found.append(Candidate(path, f"model-{size}", size, int(size * 0.65 * GB), ("en", "zh")))
    return found


def taken(found: list[Candidate], **given: Any) -> float | None:
    choice = choose(found, **{"memory": 16 * GB, "threads": 1, **given})
    return choice.candidate.billions if choice else None


# How large


@pytest.mark.parametrize(
    ("name", "size"),
    [
        ("SmolLM2-135M-Instruct.Q4_1", "small"),
        ("qwen2.5-coder:0.5b", "small"),
        ("llama3.2:1b", "small"),
        ("llama3.2:3b", "medium"),
        ("Qwen3-8B-Q4_K_M", "medium"),
        ("qwen3-30b-a3b", "large"),
        ("mixtral-8x7b", "large"),
        ("mistral-small-24b-instruct-2501", "large"),
    ],
)
def test_the_size_is_read_off_the_name(name: str, size: str) -> None:
    assert size_of(billions_in(name)) == size


def test_a_server_s_model_is_as_large_as_its_name_says_or_else_large() -> None:
    where = {"base_url": "http://127.0.0.1:9/v1"}
    sizes = {name: OpenAIModel(name, **where) for name in ("qwen3:4b", "llama3.3:70b", "deepseek-chat")}
    assert {name: model.info.size for name, model in sizes.items()} == {
        "qwen3:4b": "medium",
        "llama3.3:70b": "large",
        "deepseek-chat": "large",
    }
    assert OpenAIModel("deepseek-chat", size="medium", **where).info.size == "medium"


# auto


def test_the_largest_that_memory_and_processors_carry_is_taken(tmp_path: Path) -> None:
    found = here(tmp_path, 0.135, 1.5, 4.0, 8.0)
    assert taken(found, threads=1) == 0.135, "below 3B none talks by itself"
    assert taken(found, threads=4) == 4.0
    assert taken(found, threads=6, memory=32 * GB) == 8.0
    assert taken(found, threads=6, memory=4 * GB) == 0.135
    assert taken(found, threads=6, memory=2 * GB) == 0.135
    assert taken(found, threads=6, memory=10**8) is None


def test_what_was_measured_here_counts_more_than_what_was_to_be_expected(tmp_path: Path) -> None:
    found = here(tmp_path, 0.135, 4.0)
    keep(found[1].path, MEASURED)
    assert taken(found, threads=4) == 0.135
    found[1].path.write_bytes(b"another file")
    assert measured(found[1].path) is None
    assert taken(found, threads=4) == 4.0


def test_of_small_ones_the_one_with_a_voice_is_taken_unless_it_can_not_write_the_language() -> None:
    rows = [weights.KNOWN[name] for name in ("smollm2-135m", "qwen2.5-coder-0.5b")]
    found = [Candidate(Path(row.file), row.name, row.billions, row.size, row.writes) for row in rows]
    assert taken(found) == 0.135
    assert taken(found, language="zh") == 0.5


@given(
    sizes=st.lists(st.sampled_from([0.135, 1.0, 1.5, 3.2, 8.2]), max_size=5, unique=True),
    memory=st.integers(0, 64).map(lambda gigabytes: gigabytes * GB),
    threads=st.integers(1, 8),
)
def test_nothing_is_taken_that_the_machine_can_not_carry(sizes: list[float], memory: int, threads: int) -> None:
    found = [Candidate(Path(f"none-{size}.gguf"), "", size, int(size * 0.65 * GB)) for size in sizes]
    choice = choose(found, memory=memory, threads=threads)
    fitting = [one for one in found if not memory or weights.memory_for(one.size) <= memory / 2]
    fitting = [one for one in fitting if one.billions <= 1.6 * threads]
    assert (choice is None) == (not fitting)
    if choice is not None:
        talking = [one.billions for one in fitting if one.billions >= 3]
        assert choice.candidate.billions == (max(talking) if talking else min(one.billions for one in fitting))
        assert set(choice.why) >= {"en", "zh"}
        assert all(choice.candidate.called in why for why in choice.why.values())


@pytest.mark.model
def test_auto_says_which_and_why(embedded_model_path: Path, tmp_path: Path) -> None:
    (tmp_path / embedded_model_path.name).symlink_to(embedded_model_path)
    with Engine.load(SMALL_WORLD, model="auto", model_settings={"folder": tmp_path}) as engine:
        voice = engine.wait_for_voice(60)
        assert (voice.state, voice.name) == ("ready", "SmolLM2-135M-Instruct.Q4_1")
        assert voice.chosen.startswith("smollm2-135m: the best model on this machine")
        engine.language = "zh"
        assert "最好的模型" in engine.voice.chosen
    assert [one.name for one in candidates(tmp_path)] == ["smollm2-135m"]


def test_auto_finds_nothing_in_an_empty_folder(tmp_path: Path) -> None:
    with pytest.raises(ModelMissingError, match="run `npc models pull smollm2-135m`") as caught:
        open_model("auto", folder=tmp_path)
    assert "没有带得动的语言模型" in caught.value.told("zh")
    (tmp_path / "broken.gguf").write_bytes(b"GGUF, not")
    assert candidates(tmp_path) == []


# npc models list


def test_the_list_shows_what_each_model_is_and_offers_the_step_up(tmp_path: Path) -> None:
    status, out, _ = npc("models", "list", "--folder", str(tmp_path))
    assert status == 0
    rows = {line.split()[0]: line for line in out.splitlines() if line}
    for name, realizer in (("smollm2-135m", "small"), ("qwen2.5-coder-1.5b", "small"), ("qwen3-8b", "medium")):
        assert realizer in rows[name]
        assert "missing" in rows[name]
        assert "–" in rows[name]
    assert "~2497 MB" in rows["qwen3-4b"]
    assert "1117 MB" in rows["qwen2.5-coder-1.5b"]
    assert "~1117 MB" not in rows["qwen2.5-coder-1.5b"]
    assert "npc models pull qwen3-4b (2497 MB)" in out
    assert "想要一个自己会聊的模型" in npc("models", "list", "--folder", str(tmp_path), "--lang", "zh")[1]


# npc models try


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        (says, ["JSON: held to a schema", "settings it refuses: none", "thinks before it answers: no"]),
        (lambda text: like_deepseek(says(text)), ["JSON: as an object, to no schema"]),
        (lambda text: like_mistral(says(text)), ["settings it refuses: logprobs, seed, stream_options, top_logprobs"]),
        (like_qwen3, ["thinks before it answers: yes, even when asked not to"]),
    ],
    ids=["takes all", "deepseek", "mistral", "thinks in tags that are empty at best"],
)
def test_trying_a_server_says_what_it_can_do(kind: Any, words: list[str]) -> None:
    behaviour: Answer = kind('{"say": "A penny.", "mood": "calm"}')
    with serving(behaviour, trial=behaviour) as server:
        status, out, err = npc("models", "try", f"{server.url}/v1", "qwen3:4b")
        again = npc("models", "try", f"{server.url}/v1", "qwen3:4b")[1]
    assert (status, err) == (0, "")
    for line in words:
        assert line in (again if "logprobs" in line else out)
    assert "talked with as: medium: it talks along code's directions" in out
    assert "tokens/s" in out


def test_a_server_that_can_not_be_tried_is_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NPC_API_KEY", "sk-secret")
    with serving(says("x"), trial=fails(401)) as server:
        status, out, err = npc("models", "try", f"{server.url}/v1", "m", "--lang", "zh")
    assert status == 2
    assert "拒绝了 API 密钥（401）" in err
    assert "sk-secret" not in out + err
    assert "say which model" in npc("models", "try", "http://127.0.0.1:9/v1")[2]
    assert "npc models pull qwen3-4b" in npc("models", "try", "qwen3-4b", "--folder", "/nowhere")[2]


def test_trying_a_model_tells_its_pace_its_talk_and_how_that_feels(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "mine.gguf"
    file.touch()
    opened: list[LanguageModel] = []

    def open_scripted(path: Path, **settings: Any) -> LanguageModel:
        opened.append(ScriptedModel(lambda request: "The bridge is destroyed.", name="mine"))
        return opened[-1]

    monkeypatch.setattr(trying, "open_model", open_scripted)
    monkeypatch.setattr(trying, "load", lambda: 0.1)
    status, out, err = npc("models", "try", str(file))
    assert (status, err) == (0, "")
    assert "mine, " in out
    assert out.count("->") == 10
    assert "Good morning, Mira!" in out
    assert "早上好，米拉！" in out
    assert "A player will " in out
    found = measured(file)
    assert found is not None
    assert f"{found.tokens_a_second:.1f} tokens/s" in out
    assert json.loads((tmp_path / "mine.gguf.tried").read_text("utf-8"))["threads"] == found.threads


def test_what_was_measured_while_the_machine_was_busy_is_not_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "mine.gguf"
    file.touch()
    scripted = ScriptedModel(lambda request: "The bridge is destroyed.", name="mine")
    monkeypatch.setattr(trying, "open_model", lambda path, **settings: scripted)
    monkeypatch.setattr(trying, "load", lambda: 1.5)
    assert "these figures are not kept" in npc("models", "try", str(file))[1]
    assert measured(file) is None


@pytest.mark.parametrize(
    ("first", "voiced", "feels"),
    [(0.2, 1.0, "at_once"), (2.0, 1.0, "short"), (5.0, 0.9, "long"), (9.0, 0.9, "too_long"), (0.1, 0.2, "mostly_code")],
)
def test_what_a_player_feels_follows_from_what_was_measured(first: float, voiced: float, feels: str) -> None:
    assert trying.feeling(first, voiced) == feels
