"""Models as a game names them: where they lie, whose voice they have, and what is said when there is none."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from fake_server import Answer, serving

from npc_engine import Engine, Line
from npc_engine.models import LanguageModel, ModelInfo, Request, open_model, weights
from npc_engine.testing import SMALL_WORLD, ScriptedModel

ASKED = "What is the condition of the bridge?"


def line_of(model: Any = "embedded", **settings: Any) -> Line:
    with Engine.load(SMALL_WORLD, model=model, model_settings=settings) as engine:
        engine.wait_for_voice(30)
        return engine.talk_to("mira").say(ASKED).line(timeout=30)


# Where they lie


@pytest.mark.slow
@pytest.mark.parametrize(
    "folder",
    [
        "as a path",
        "from home",
        *(pytest.param(one, marks=pytest.mark.long) for one in ("as text", "in the environment", "from here")),
    ],
)
@pytest.mark.model
def test_a_folder_of_models_is_named_in_any_way(
    folder: str, embedded_model_path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.delenv("NPC_MODELS", raising=False)
    monkeypatch.chdir(tmp_path)
    place = tmp_path / ("home/m" if folder == "from home" else "m")
    place.mkdir(parents=True)
    (place / embedded_model_path.name).symlink_to(embedded_model_path)
    settings: dict[str, Any] = {"as text": {"folder": "m"}, "as a path": {"folder": place}}.get(folder, {})
    if not settings:
        monkeypatch.setenv("NPC_MODELS", {"from here": "m", "from home": "~/m"}.get(folder, str(place)))
    line = line_of(**settings)
    assert (line.model, line.trouble) == ("SmolLM2-135M-Instruct.Q4_1", "")


@pytest.mark.slow
@pytest.mark.model
def test_a_known_model_has_its_voice_wherever_it_lies(embedded_model_path: Path, tmp_path: Path) -> None:
    mine = tmp_path / "mine.gguf"
    mine.symlink_to(embedded_model_path)
    for spec in (mine, str(mine), f"file:{mine}"):
        model = open_model(spec)
        assert dict(model.info.voices)
        model.close()
    mute = open_model(mine, adapter=None)
    assert not mute.info.voices
    mute.close()


def test_a_file_of_the_same_size_is_another_model(tmp_path: Path) -> None:
    other = tmp_path / weights.KNOWN[weights.DEFAULT].file
    other.touch()
    with other.open("r+b") as file:
        file.truncate(weights.KNOWN[weights.DEFAULT].size)
    assert weights.recognise(other) is None
    assert weights.recognise(tmp_path / "gone.gguf") is None


# What is said when there is none


@pytest.mark.parametrize(
    ("model", "settings", "words"),
    [
        ("embedded", {"folder": "nowhere"}, "run `npc models pull smollm2-135m`"),
        ("embedded", {"foldr": "m"}, "it takes no setting 'foldr'"),
        (Path("gone.gguf"), {}, "no model file gone.gguf"),
        ("nonsense", {}, "unknown model 'nonsense'"),
        ("openai:m", {"base_url": "http://127.0.0.1:9/v1", "timeout": "soon"}, "the model 'openai:m' can't be opened"),
        ("openai:m", {}, "needs an API key"),
    ],
    ids=str,
)
def test_a_line_tells_why_no_model_gave_its_words(model: Any, settings: dict[str, Any], words: str) -> None:
    line = line_of(model, **settings)
    assert "destroyed" in line.text
    assert line.model == "none"
    assert words in line.trouble
    assert "\n" not in line.trouble


def test_a_line_tells_that_the_model_is_still_being_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    ready = threading.Event()

    def slowly(spec: Any, **settings: Any) -> LanguageModel:
        ready.wait(30)
        return ScriptedModel(["Good day."] * 9)

    monkeypatch.setattr("npc_engine.engine.model_loader.open_model", slowly)
    with Engine.load(SMALL_WORLD, model="embedded", patience=0.1) as engine:
        talk = engine.talk_to("mira")
        assert talk.say(ASKED).line(timeout=30).trouble == "the model embedded is still being opened"
        ready.set()
        engine.wait_for_voice(30)
        assert talk.say("Hello!").line(timeout=30).trouble == ""


def test_without_a_model_there_is_no_trouble() -> None:
    assert line_of("none").trouble == ""


# Models that misbehave


def sends(*contents: Any) -> Answer:
    def answer(handler: Any) -> None:
        handler.start_stream()
        for content in contents:
            handler.piece(content)
        handler.piece("", "stop")
        handler.event("[DONE]")

    return answer


TEXT = "The bridge is destroyed, I fear."


@pytest.mark.parametrize(
    "contents",
    [
        [[{"type": "text", "text": "The bridge is "}], [{"type": "text", "text": "destroyed, I fear."}]],
        [[{"type": "thinking", "thinking": [{"type": "text", "text": "Hm."}]}, {"type": "text", "text": TEXT}]],
        [["The bridge is ", "destroyed, I fear."]],
        [[], [{"type": "output_text", "text": {"value": TEXT}}], [{"type": "image_url", "image_url": {}}]],
    ],
    ids=["a part each", "with thoughts", "bare texts", "others between"],
)
def test_a_server_may_send_its_words_in_parts(contents: list[Any]) -> None:
    with serving(sends(*contents)) as server:
        line = line_of("openai:m", base_url=f"{server.url}/v1")
    assert (line.text, line.model, line.trouble) == (TEXT, "m", "")


def test_a_server_that_sends_no_text_does_not_stop_the_turn() -> None:
    with serving(sends(7)) as server:
        line = line_of("openai:m", base_url=f"{server.url}/v1")
    assert "destroyed" in line.text
    assert "sent something that is no answer" in line.trouble


class Odd:
    """A stranger's model that does `what` instead of speaking."""

    def __init__(self, what: Any) -> None:
        self._what = what
        self.info = ModelInfo(name="odd", size="large", languages=frozenset({"en", "zh"}))

    def stream(self, request: Request, cancel: threading.Event) -> Iterator[str]:
        if isinstance(self._what, Exception):
            raise self._what
        yield self._what

    def choose(self, request: Request, options: Sequence[str], cancel: threading.Event) -> list[float]:
        raise NotImplementedError

    def close(self) -> None:
        """Nothing is held."""


@pytest.mark.parametrize(
    "what", [RuntimeError("out of memory"), KeyError("x"), OSError(), None, b"The bridge"], ids=str
)
def test_whatever_a_model_does_the_line_is_said_and_its_trouble_told(what: Any) -> None:
    model: LanguageModel = Odd(what)
    line = line_of(model)
    assert "destroyed" in line.text
    assert line.trouble.startswith("odd failed: ")
