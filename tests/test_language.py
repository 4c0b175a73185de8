"""The room of voices without a real model: the registry, made-up models, and servers that misbehave."""

from __future__ import annotations

import json
import pickle
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fake_server import (
    FakeServer,
    breaks_after,
    fails,
    gives_bytes,
    hangs_after,
    never_answers,
    says,
    serving,
)
from hypothesis import given
from hypothesis import strategies as st

from npc_engine.errors import ModelError, ModelMissingError, ModelUnreachableError
from npc_engine.models import (
    Breaks,
    LanguageModel,
    Message,
    OpenAIModel,
    RecordedModel,
    Request,
    ScriptedModel,
    SilentModel,
    Warmable,
    installed_schemes,
    open_model,
    opening,
)
from npc_engine.models.scripted import in_pieces

KEY = "sk-very-secret-1234567890"


def ask(text: str = "Is the bridge safe?", **settings: Any) -> Request:
    return Request((Message("system", "You are Mira."), Message("user", text)), **settings)


def answer(model: LanguageModel, request: Request | None = None) -> str:
    return "".join(model.stream(request or ask(), threading.Event()))


def at(server: FakeServer, **settings: Any) -> OpenAIModel:
    """Return a model that was tried: what it says comes piece by piece from the first answer on."""
    model = OpenAIModel("m", base_url=f"{server.url}/v1", **{"api_key": KEY, **settings})
    model.prepare(threading.Event())
    return model


# The door


def test_importing_the_room_loads_no_model_library() -> None:
    code = "import sys, npc_engine.models; print([m for m in ('openai', 'xllamacpp') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_our_own_models_are_registered_as_a_strangers_would_be() -> None:
    assert {"embedded", "file", "hf", "none", "openai"} <= set(installed_schemes())


def test_a_model_object_is_given_back_as_it_is() -> None:
    model = ScriptedModel(["Hello."])
    assert open_model(model) is model
    with pytest.raises(TypeError, match="open already"):
        open_model(model, threads=1)


def test_none_never_speaks() -> None:
    model = open_model("none")
    assert isinstance(model, SilentModel)
    assert (model.info.size, model.info.languages) == ("none", frozenset())
    stream = model.stream(ask(), threading.Event())
    with pytest.raises(ModelError, match="no language model"):
        next(stream)
    model.close()
    with pytest.raises(ModelError, match="takes nothing"):
        open_model("none:whatever")


def test_an_unknown_scheme_suggests_the_nearest() -> None:
    with pytest.raises(ModelError, match="unknown model 'opanai:gpt'; did you mean 'openai'"):
        open_model("opanai:gpt")


@pytest.mark.parametrize("spec", ["nowhere/x.gguf", "file:nowhere/x.gguf", Path("nowhere/x.gguf")])
def test_a_path_is_a_file(spec: str | Path) -> None:
    with pytest.raises(ModelMissingError, match=r"no model file nowhere.x\.gguf"):
        open_model(spec)


def test_a_drive_letter_is_no_scheme() -> None:
    with pytest.raises(ModelMissingError, match="no model file C:"):
        open_model(r"C:\models\x.GGUF")


@pytest.fixture
def stranger(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A package somebody else has installed, with one model that works and one that doesn't."""
    about = tmp_path / "parrots-1.0.dist-info"
    about.mkdir()
    (about / "METADATA").write_text("Metadata-Version: 2.1\nName: parrots\nVersion: 1.0\n")
    (about / "entry_points.txt").write_text(
        "[npc_engine.models]\nparrot = parrots_for_tests:open_parrot\ndodo = parrots_for_tests:open_dodo\n"
    )
    (tmp_path / "parrots_for_tests.py").write_text(
        "from npc_engine.models import ScriptedModel\n"
        "def open_parrot(rest, *, loud=False):\n"
        "    return ScriptedModel(lambda r: (rest + ' ' + r.messages[-1].content) * (1 + loud))\n"
    )
    monkeypatch.syspath_prepend(str(tmp_path))
    yield
    sys.modules.pop("parrots_for_tests", None)


@pytest.mark.usefixtures("stranger")
def test_a_strangers_package_adds_a_scheme() -> None:
    assert "parrot" in installed_schemes()
    assert answer(open_model("parrot:Arr!", loud=True), ask("Hello.")) == "Arr! Hello.Arr! Hello."


@pytest.mark.usefixtures("stranger")
def test_a_strangers_broken_package_is_named() -> None:
    with pytest.raises(ModelMissingError, match="'dodo' comes from the package parrots, which can't be loaded"):
        open_model("dodo:x")


def test_without_an_installation_it_says_how_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "installed", lambda group: {})
    with pytest.raises(ModelMissingError, match="pip install -e"):
        open_model("embedded")


def test_a_missing_embedded_model_says_how_to_get_it(tmp_path: Path) -> None:
    with pytest.raises(ModelMissingError, match="npc models pull smollm2-135m"):
        open_model("embedded", folder=tmp_path)


# Made-up models


def test_a_script_is_said_in_order_and_keeps_what_was_asked() -> None:
    model = ScriptedModel(["It fell.", "桥塌了，旅人。"])
    pieces = list(model.stream(ask("Is it safe?"), threading.Event()))
    assert pieces == ["It", " fell."]
    assert answer(model, ask("桥安全吗？")) == "桥塌了，旅人。"
    assert [request.messages[-1].content for request in model.requests] == ["Is it safe?", "桥安全吗？"]
    with pytest.raises(ModelError, match="ends after 2 replies"):
        answer(model)


def test_a_script_may_depend_on_what_is_asked() -> None:
    model = ScriptedModel({"bridge": "It fell.", "inn": "Up the hill."})
    assert answer(model, ask("Where is the inn?")) == "Up the hill."
    with pytest.raises(ModelError, match="no reply to 'And the mill"):
        answer(model, ask("And the mill?"))
    assert answer(ScriptedModel({"bridge": "It fell.", "": "Who knows."}), ask("And the mill?")) == "Who knows."
    assert answer(ScriptedModel(lambda request: f"{request.max_tokens} words"), ask(max_tokens=7)) == "7 words"


def test_a_script_can_fail_at_once_or_halfway() -> None:
    gone = ModelUnreachableError("gone")
    model = ScriptedModel([gone, Breaks("one two three", gone, after=2)])
    with pytest.raises(ModelUnreachableError):
        answer(model)
    heard = []
    with pytest.raises(ModelUnreachableError):
        heard.extend(model.stream(ask(), threading.Event()))
    stream = ScriptedModel([Breaks("one two three", gone, after=2)]).stream(ask(), threading.Event())
    assert [next(stream), next(stream)] == ["one", " two"]
    with pytest.raises(ModelUnreachableError):
        next(stream)


def test_a_slow_script_stops_when_it_is_cancelled() -> None:
    model = ScriptedModel(["one two three"], delay=5.0)
    cancel = threading.Event()
    threading.Timer(0.1, cancel.set).start()
    began = time.monotonic()
    assert list(model.stream(ask(), cancel)) == []
    assert time.monotonic() - began < 2.0


def test_a_closed_script_says_nothing() -> None:
    model = ScriptedModel(["one"])
    model.close()
    with pytest.raises(ModelError, match="closed"):
        answer(model)


@given(st.text())
def test_pieces_are_the_text_again(text: str) -> None:
    assert "".join(in_pieces(text)) == text
    assert all(in_pieces(text))


def test_what_was_recorded_is_said_again_without_the_model(tmp_path: Path) -> None:
    file = tmp_path / "talk.jsonl"
    live = ScriptedModel(["It fell.\u2028Truly.", "桥塌了。"], size="small", languages=["en"])
    with_live = RecordedModel(file, live)
    said = [answer(with_live, ask("one", timeout=3)), answer(with_live, ask("two"))]
    assert answer(with_live, ask("one")) == said[0]
    assert len(live.requests) == 2
    again = RecordedModel(file)
    assert [answer(again, ask("one", timeout=99)), answer(again, ask("two"))] == said
    assert list(again.stream(ask("one"), threading.Event())) == in_pieces("It fell.\u2028Truly.")
    assert again.info == live.info
    again.close()
    with pytest.raises(ModelError, match="closed"):
        answer(again, ask("one"))


@pytest.mark.parametrize(
    "other", [ask("x"), ask(seed=1), ask(grammar="g"), ask(stop=("s",)), ask(extra={"top_p": 0.1})]
)
def test_another_request_is_not_in_the_recording(tmp_path: Path, other: Request) -> None:
    file = tmp_path / "talk.jsonl"
    answer(RecordedModel(file, ScriptedModel(["It fell."])))
    with pytest.raises(ModelError, match=r"talk\.jsonl holds no answer to '.*: record it with RecordedModel"):
        answer(RecordedModel(file), other)


def test_half_an_answer_is_not_recorded(tmp_path: Path) -> None:
    file = tmp_path / "talk.jsonl"
    model = RecordedModel(file, ScriptedModel(["one two", Breaks("one two", ModelError("gone"))]))
    cancel = threading.Event()
    for _ in model.stream(ask(), cancel):
        cancel.set()
    with pytest.raises(ModelError, match="gone"):
        answer(model)
    assert not file.exists()


def test_a_recording_is_of_one_model_and_whole(tmp_path: Path) -> None:
    file = tmp_path / "talk.jsonl"
    with pytest.raises(ModelError, match="no recording"):
        RecordedModel(file)
    answer(RecordedModel(file, ScriptedModel(["It fell."])))
    with pytest.raises(ModelError, match="recorded from scripted, not from other"):
        RecordedModel(file, ScriptedModel([], name="other"))
    file.write_text(file.read_text(encoding="utf-8")[:-20], encoding="utf-8")
    with pytest.raises(ModelError, match=r"talk\.jsonl:2:1: not a line of a recording"):
        RecordedModel(file)


# Servers


def test_a_server_is_asked_what_the_request_says_and_heard_piece_by_piece() -> None:
    schema = {"type": "object", "properties": {"a": {"type": "string"}}}
    with serving(says("It ", "fell."), says("{}")) as server:
        model = open_model("openai:m", base_url=f"{server.url}/v1", api_key=KEY, name="Far voice")
        assert isinstance(model, OpenAIModel)
        model.prepare(threading.Event())
        request = ask(stop=("\n",), seed=5, max_tokens=9, temperature=0.1, extra={"top_p": 0.5, "lora": 1})
        assert list(model.stream(request, threading.Event())) == ["It ", "fell."]
        answer(model, ask(json_schema=schema, grammar="root ::= x"))
        first, second = (asked.body for asked in server.requests)
        assert server.requests[0].headers["authorization"] == f"Bearer {KEY}"
        assert server.requests[0].path == "/v1/chat/completions"
        model.close()
    assert first.pop("messages")[1] == {"role": "user", "content": "Is the bridge safe?"}
    settings = {"max_tokens": 9, "temperature": 0.1, "seed": 5, "stop": ["\n"], "top_p": 0.5}
    assert first.pop("stream_options") == {"include_usage": True}
    assert first == {"model": "m", "stream": True, **settings}
    assert second["response_format"]["json_schema"]["schema"] == schema | {"additionalProperties": False}
    assert "grammar" not in second
    assert (model.info.name, model.info.size, model.info.grammars) == ("Far voice", "large", False)


def test_a_llama_cpp_server_is_given_grammars() -> None:
    with serving(says("yes")) as server:
        model = at(server, grammars=True)
        answer(model, ask(grammar='root ::= "yes"', extra={"repeat_penalty": 1.1}))
        assert server.requests[0].body["grammar"] == 'root ::= "yes"'
        assert server.requests[0].body["repeat_penalty"] == 1.1
        assert model.info.grammars
        model.close()


@pytest.mark.slow
@pytest.mark.parametrize("behaviour", [never_answers, hangs_after("It "), hangs_after()])
def test_cancelling_drops_the_connection_at_once(behaviour: Any) -> None:
    with serving(behaviour) as server:
        model = at(server)
        cancel = threading.Event()
        when: list[float] = []

        def give_up() -> None:
            when.append(time.monotonic())
            cancel.set()

        threading.Timer(0.3, give_up).start()
        heard = list(model.stream(ask(), cancel))
        ended = time.monotonic()
        while not server.dropped and time.monotonic() < ended + 5:
            time.sleep(0.01)
        model.close()
    assert heard in ([], ["It "])
    assert ended - when[0] < 0.5
    assert server.dropped


def test_a_reader_who_walks_away_drops_the_connection() -> None:
    with serving(hangs_after("It ", "fell")) as server:
        model = at(server)
        stream = model.stream(ask(), threading.Event())
        assert next(stream) == "It "
        stream.close()  # type: ignore[attr-defined]
        until = time.monotonic() + 5
        while not server.dropped and time.monotonic() < until:
            time.sleep(0.01)
        assert server.dropped
        model.close()


@pytest.mark.slow
@pytest.mark.parametrize(
    "trouble", [fails(500), fails(503), fails(429, headers={"retry-after": "0"}), breaks_after(), fails(408)]
)
def test_what_may_pass_is_tried_again_before_the_first_word(trouble: Any) -> None:
    with serving(trouble, says("It ", "fell.")) as server:
        model = at(server)
        assert answer(model) == "It fell."
        assert len(server.requests) == 2
        model.close()


def test_tries_are_bounded() -> None:
    with serving(fails(500)) as server:
        model = at(server, retries=1)
        with pytest.raises(ModelUnreachableError, match=r"m at 127\.0\.0\.1:\d+ has failed \(500\)"):
            answer(model)
        assert len(server.requests) == 2
        model.close()


def test_what_was_heard_is_not_said_twice() -> None:
    with serving(breaks_after("It "), says("It ", "fell.")) as server:
        model = at(server)
        stream = model.stream(ask(), threading.Event())
        assert next(stream) == "It "
        with pytest.raises(ModelUnreachableError, match="broke off"):
            next(stream)
        assert len(server.requests) == 1
        model.close()


@pytest.mark.parametrize(
    ("trouble", "error", "words"),
    [
        (fails(401, f"bad key {KEY}"), ModelUnreachableError, r"refused the API key \(401\)"),
        (fails(403), ModelUnreachableError, r"refused the API key \(403\)"),
        (fails(404, "no such model"), ModelError, "did not accept the request .404.: no such model"),
        (fails(400, f"{KEY} is odd"), ModelError, "did not accept the request .400.: … is odd"),
        (gives_bytes(b"<html>Welcome</html>"), ModelUnreachableError, "broke off"),
        (lambda handler: (handler.start_stream(), handler.event("{oh")), ModelUnreachableError, "no answer"),
        (lambda handler: (handler.start_stream(), handler.event("[1]")), ModelUnreachableError, "no answer"),
        (
            lambda h: (h.start_stream(), h.event(json.dumps({"error": {"message": f"full {KEY}"}}))),
            ModelUnreachableError,
            "broke off: full …",
        ),
    ],
)
def test_every_failure_is_one_sentence_without_the_key(trouble: Any, error: type[ModelError], words: str) -> None:
    with serving(trouble) as server:
        model = at(server, retries=0)
        with pytest.raises(error, match=words) as caught:
            answer(model)
        model.close()
    failure: BaseException | None = caught.value
    while failure is not None:
        assert KEY not in str(failure) + repr(failure) + repr(getattr(failure, "__dict__", ""))
        failure = failure.__cause__ or failure.__context__


def test_a_silent_server_is_given_up_in_time() -> None:
    with serving(never_answers) as server:
        model = at(server, retries=5)
        began = time.monotonic()
        with pytest.raises(ModelUnreachableError, match=r"did not begin to answer within 0\.3 seconds"):
            answer(model, ask(timeout=0.3))
        assert time.monotonic() - began < 1.5
        model.close()
        model = at(server, retries=0, timeout=0.3)
        with pytest.raises(ModelUnreachableError, match="did not answer in time"):
            answer(model)
        model.close()


def test_nobody_there() -> None:
    with serving(says("x")) as server:
        url = server.url
    model = OpenAIModel("m", base_url=url, retries=1)
    with pytest.raises(ModelUnreachableError, match="can't be reached"):
        answer(model)
    model.close()


def test_a_setting_the_model_refuses_is_left_out_from_then_on() -> None:
    refusals = (fails(400, param="temperature"), fails(400, param="max_tokens"))
    with serving(*refusals, says("It fell.")) as server:
        model = at(server, retries=0)
        assert answer(model) == "It fell."
        assert answer(model) == "It fell."
        bodies = [asked.body for asked in server.requests]
        model.close()
    assert len(bodies) == 4
    assert "temperature" not in bodies[-1]
    assert bodies[-1]["max_completion_tokens"] == 96


def test_the_key_does_not_show_and_does_not_travel() -> None:
    model = OpenAIModel("m", base_url="http://mira:hunter2@127.0.0.1:9/v1", api_key=KEY)
    shown = repr(model) + repr(vars(model)) + repr(vars(model._line))
    assert KEY not in shown
    assert "hunter2" not in shown
    with pytest.raises(TypeError, match="can't be pickled"):
        pickle.dumps(model)
    model.close()


def test_the_environment_is_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    monkeypatch.setenv("OPENAI_ORG_ID", "org-of-someone")
    monkeypatch.setenv("OPENAI_PROJECT_ID", "project-of-someone")
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    with pytest.raises(ModelMissingError, match=r"api\.openai\.com needs an API key: pass api_key"):
        OpenAIModel("gpt")
    with serving(says("x")) as server:
        model = at(server, api_key=None)
        assert answer(model) == "x"
        sent = str(server.requests[0].headers)
        model.close()
    assert KEY not in sent
    assert "of-someone" not in sent


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"model": ""}, "openai:MODEL"),
        ({"base_url": "localhost:80"}, "base_url must be an address"),
        ({"base_url": "http://[::1"}, "base_url must be an address"),
        ({"api_key": f"{KEY}\nx"}, "no key has"),
    ],
)
def test_wrong_settings_are_refused_at_once(settings: dict[str, Any], words: str) -> None:
    with pytest.raises(ModelError, match=words) as caught:
        OpenAIModel(**{"model": "m", "base_url": "http://127.0.0.1:9", **settings})
    assert KEY not in str(caught.value)


def test_closing_ends_what_is_being_said_and_all_that_comes_after() -> None:
    before = threading.active_count()
    with serving(hangs_after("It ")) as server:
        model = at(server)
        stream = model.stream(ask(), threading.Event())
        assert next(stream) == "It "
        model.close()
        with pytest.raises(ModelError, match="closed while it spoke"):
            next(stream)
        with pytest.raises(ModelError, match="is closed"):
            answer(model)
        model.close()
    assert threading.active_count() <= before + 1
    assert not isinstance(model, Warmable)
    assert isinstance(model, LanguageModel)


def test_a_cancelled_request_is_not_even_sent() -> None:
    cancel = threading.Event()
    cancel.set()
    with serving(says("x")) as server:
        model = at(server)
        assert list(model.stream(ask(), cancel)) == []
        assert server.requests == []
        model.close()
