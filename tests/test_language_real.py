"""The embedded model itself, and the same model as a server of its own that is spoken to over HTTP."""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from statistics import median
from typing import Any

import pytest
from typer.testing import CliRunner

from npc_engine import Engine
from npc_engine.cli.main import app
from npc_engine.errors import ModelError, ModelMissingError, ModelUnreachableError
from npc_engine.models import LanguageModel, LlamaCppModel, Message, OpenAIModel, Request, Usage, Warmable, open_model
from npc_engine.models.llama_cpp import default_threads, tight
from npc_engine.testing import SMALL_WORLD

pytestmark = pytest.mark.model

KEY = "a-key-for-this-test-only"
NUMBERS = count(time.time_ns() % 1000)
ENDLESS = {"ignore_eos": True}
SCHEMA = {
    "type": "object",
    "properties": {"name": {"type": "string", "maxLength": 12}, "mood": {"enum": ["glad", "sad"]}},
    "required": ["name", "mood"],
}


def ask(text: str = "Who are you?", system: str = "You are Mira, a smith.", **settings: Any) -> Request:
    return Request((Message("system", system), Message("user", text)), **{"timeout": 60.0, **settings})


def answer(model: LanguageModel, request: Request) -> str:
    return "".join(model.stream(request, threading.Event()))


def persona(name: str, rules: int = 12) -> str:
    """Instructions of about eleven tokens a rule, that no test has used before."""
    return f"{next(NUMBERS)} {name}. " + " ".join(
        f"Rule {n}: keep the {n} lamps of the mill lit." for n in range(rules)
    )


def first_word(model: LanguageModel, request: Request) -> float:
    """Seconds until the first piece of the answer."""
    began = time.perf_counter()
    stream = model.stream(request, threading.Event())
    next(stream)
    took = time.perf_counter() - began
    list(stream)
    return took


def busy(seconds: float = 0.3) -> float:
    """How much of a processor this whole process uses, of 1.0."""
    began = time.process_time()
    time.sleep(seconds)
    return (time.process_time() - began) / seconds


# In our own process


def test_it_speaks_in_pieces_and_says_what_it_is(embedded_model: LlamaCppModel) -> None:
    pieces = list(embedded_model.stream(ask(max_tokens=12), threading.Event()))
    assert 4 <= len(pieces) <= 12
    assert all(pieces)
    assert (embedded_model.info.size, embedded_model.info.languages) == ("small", frozenset({"en"}))
    assert embedded_model.info.grammars
    assert isinstance(embedded_model, Warmable)


@pytest.mark.slow
def test_the_same_seed_says_the_same(embedded_model: LlamaCppModel) -> None:
    said = [answer(embedded_model, ask(seed=seed, temperature=1.0, max_tokens=16)) for seed in (3, 3, 4)]
    assert said[0] == said[1] != said[2]


def test_it_goes_on_from_words_put_in_its_mouth(embedded_model: LlamaCppModel) -> None:
    begun = (*ask("What is the name of the river?").messages, Message("assistant", "The river is called the Green"))
    said = answer(embedded_model, Request(begun, max_tokens=10, temperature=0.0))
    assert said[0] == " "
    assert "assistant" not in said


def test_it_stops_where_it_is_told(embedded_model: LlamaCppModel) -> None:
    request = ask("Count from one to ten.", temperature=0.0, grammar='root ::= "one, two, three, four"')
    assert answer(embedded_model, request) == "one, two, three, four"
    stopped = Request(request.messages, temperature=0.0, grammar=request.grammar, stop=(", three",))
    assert answer(embedded_model, stopped) == "one, two"


def test_a_grammar_is_obeyed_in_any_script(embedded_model: LlamaCppModel) -> None:
    assert answer(embedded_model, ask(grammar='root ::= "yes" | "no"')) in ("yes", "no")
    assert answer(embedded_model, ask(grammar='root ::= "好的，旅人🙂"')) == "好的，旅人🙂"


@pytest.mark.slow
@pytest.mark.parametrize("seed", [1, 2])
def test_a_schema_is_obeyed_without_white_space(embedded_model: LlamaCppModel, seed: int) -> None:
    said = answer(embedded_model, ask("Name and mood?", json_schema=SCHEMA, seed=seed, temperature=1.0))
    found = json.loads(said)
    assert set(found) == {"name", "mood"}
    assert len(found["name"]) <= 12
    assert found["mood"] in ("glad", "sad")
    assert said == json.dumps(found, separators=(",", ":"), ensure_ascii=False)


def test_schemas_are_tightened_all_the_way_down() -> None:
    inner = {"type": "object", "properties": {"b": {"type": "string"}}}
    schema = tight({"type": "object", "properties": {"a": {"type": "array", "items": inner}}})
    assert schema["additionalProperties"] is False
    assert schema["properties"]["a"]["items"]["additionalProperties"] is False
    assert "additionalProperties" not in inner


def test_what_it_cannot_answer_is_one_sentence_and_does_no_harm(embedded_model: LlamaCppModel) -> None:
    with pytest.raises(ModelError, match=r"the prompt is \d+ tokens long and .* was opened for 2048"):
        answer(embedded_model, ask("and " * 3000))
    with pytest.raises(ModelError, match=r"can't answer this: .*grammar"):
        answer(embedded_model, ask(grammar="root ::= nowhere"))
    with pytest.raises(ModelError, match="can't follow this JSON schema"):
        answer(embedded_model, ask(json_schema={"const": {1, 2}}))
    with pytest.raises(ModelUnreachableError, match=r"did not finish its answer within 0\.2 seconds"):
        answer(embedded_model, ask(timeout=0.2, max_tokens=1000, extra=ENDLESS))
    assert answer(embedded_model, ask(grammar='root ::= "yes"')) == "yes"


@pytest.mark.slow
@pytest.mark.parametrize("moment", ["speaking", "reading"])
def test_cancelling_frees_the_reader_and_the_processor(embedded_model: LlamaCppModel, moment: str) -> None:
    text = "Tell me everything." if moment == "speaking" else persona("Mira", 120)
    cancel = threading.Event()
    ended: list[float] = []
    pieces: list[str] = []

    def listen() -> None:
        for piece in embedded_model.stream(ask(text, max_tokens=1500, extra=ENDLESS), cancel):
            pieces.append(piece)  # noqa: PERF402 -- looked at meanwhile
        ended.append(time.monotonic())

    thread = threading.Thread(target=listen)
    thread.start()
    if moment == "speaking":
        while len(pieces) < 3:
            time.sleep(0.005)
    else:
        time.sleep(0.1)
    assert busy(0.2) > 0.1
    cancelled = time.monotonic()
    cancel.set()
    thread.join()
    assert ended[0] - cancelled < 0.25
    assert bool(pieces) == (moment == "speaking")
    while busy(0.1) > 0.1:
        assert time.monotonic() - cancelled < 3.0, "llama.cpp still works on what nobody waits for"


def test_walking_away_from_the_words_stops_them(embedded_model: LlamaCppModel) -> None:
    stream = embedded_model.stream(ask("Tell me everything.", max_tokens=1500, extra=ENDLESS), threading.Event())
    next(stream)
    stream.close()  # type: ignore[attr-defined]
    left = time.monotonic()
    while busy(0.1) > 0.1:
        assert time.monotonic() - left < 3.0


def test_it_weighs_options_and_sums_to_one(embedded_model: LlamaCppModel) -> None:
    options = ["red", "wet", "loud"]
    request = ask("What is water? Answer with one word: red, wet or loud.", system="Answer in one word.")
    shares = embedded_model.choose(request, options, threading.Event())
    assert sum(shares) == pytest.approx(1.0)
    assert all(share > 0 for share in shares)
    turned = embedded_model.choose(request, options[::-1], threading.Event())
    assert turned == pytest.approx(shares[::-1], rel=1e-3)
    assert embedded_model.choose(request, ["wet"], threading.Event()) == [1.0]


@pytest.mark.slow
def test_what_was_said_before_moves_the_shares(embedded_model: LlamaCppModel) -> None:
    def share_of_sea(said: str) -> float:
        request = ask(f"{said} Do I sail the sea or herd sheep? Say sea or sheep.", system="Answer in one word.")
        return embedded_model.choose(request, ["sea", "sheep"], threading.Event())[0]

    assert share_of_sea("I am a sailor with a boat and a sail.") > share_of_sea("I am a shepherd on a meadow.")


@pytest.mark.slow
def test_options_of_several_tokens_and_in_chinese_are_told_apart(embedded_model: LlamaCppModel) -> None:
    options = ["好的，旅人", "好的，朋友", "不行"]
    shares = embedded_model.choose(ask("Say one of: " + ", ".join(options)), options, threading.Event())
    assert sum(shares) == pytest.approx(1.0)
    assert len({round(share, 6) for share in shares}) == 3


def test_a_choice_that_cannot_be_made_is_one_sentence(embedded_model: LlamaCppModel) -> None:
    with pytest.raises(ModelError, match="a choice needs options"):
        embedded_model.choose(ask(), [], threading.Event())
    with pytest.raises(ModelError, match=r"the prompt is \d+ tokens long"):
        embedded_model.choose(ask("and " * 3000), ["yes", "no"], threading.Event())


@pytest.mark.slow
def test_two_speak_at_once(embedded_model: LlamaCppModel) -> None:
    when: dict[str, list[float]] = {"Mira": [], "Tomas": []}

    def speak(name: str) -> None:
        for _ in embedded_model.stream(ask(f"Hello {name}.", max_tokens=30, extra=ENDLESS), threading.Event()):
            when[name].append(time.monotonic())

    threads = [threading.Thread(target=speak, args=(name,)) for name in when]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert all(len(moments) > 10 for moments in when.values())
    assert max(moments[0] for moments in when.values()) < min(moments[-1] for moments in when.values())


@pytest.mark.slow
def test_a_prefix_read_before_is_not_read_again_whoever_spoke_in_between(embedded_model: LlamaCppModel) -> None:
    people = [persona(name) for name in ("Mira", "Tomas", "Odo")]
    cold = [first_word(embedded_model, ask("Hello.", person, max_tokens=2)) for person in people]
    warm = [first_word(embedded_model, ask("Is it late?", person, max_tokens=2)) for person in people]
    assert median(warm) < median(cold) / 3


@pytest.mark.slow
def test_what_was_warmed_is_answered_sooner(embedded_model: LlamaCppModel) -> None:
    cold = first_word(embedded_model, ask("Hello.", persona("Ida"), max_tokens=2))
    system = Message("system", persona("Odo"))
    embedded_model.warm([system], threading.Event())
    warm = first_word(embedded_model, ask("Hello.", system.content, max_tokens=2))
    assert warm < cold / 2
    given_up = threading.Event()
    given_up.set()
    embedded_model.warm([Message("system", persona("Nobody", 900))], given_up)
    with pytest.raises(ModelError, match="tokens long"):
        embedded_model.warm([Message("system", persona("Nobody", 900))], threading.Event())


@pytest.mark.slow
def test_frames_go_on_while_it_speaks(embedded_model: LlamaCppModel) -> None:
    done = threading.Event()

    def speak() -> None:
        answer(embedded_model, ask("Tell me everything.", max_tokens=40, extra=ENDLESS))
        done.set()

    thread = threading.Thread(target=speak)
    frames: list[float] = []
    thread.start()
    while not done.is_set():
        began = time.perf_counter()
        time.sleep(0.002)
        frames.append(time.perf_counter() - began)
    thread.join()
    assert median(frames) < 0.016
    assert len(frames) > 10


@pytest.mark.skipif(not Path("/proc/self/net/tcp").exists(), reason="needs Linux's list of open ports")
def test_no_port_is_open(embedded_model: LlamaCppModel) -> None:
    answer(embedded_model, ask(max_tokens=1))
    mine = set()
    for entry in Path("/proc/self/fd").iterdir():
        with contextlib.suppress(OSError):
            mine.add(os.readlink(entry).removeprefix("socket:[").rstrip("]"))
    rows = [row.split() for row in Path("/proc/self/net/tcp").read_text().splitlines()[1:]]
    assert [row for row in rows if row[3] == "0A" and row[9] in mine] == []


@pytest.mark.slow
def test_closing_ends_what_is_being_said_and_leaves_other_models_alone(
    embedded_model: LlamaCppModel, embedded_model_path: Path
) -> None:
    model = open_model(embedded_model_path, threads=1, context=512, slots=1, name="Second", languages=["en", "zh"])
    assert (model.info.name, model.info.languages) == ("Second", frozenset({"en", "zh"}))
    stream = model.stream(ask("Tell me everything.", max_tokens=400, extra=ENDLESS), threading.Event())
    next(stream)
    model.close()
    with pytest.raises(ModelError, match="Second was closed while it spoke"):
        list(stream)
    with pytest.raises(ModelError, match="Second is closed"):
        answer(model, ask())
    model.close()
    assert answer(embedded_model, ask(grammar='root ::= "still here"')) == "still here"


@pytest.mark.parametrize(("keep", "words"), [(50_000_000, "is damaged or cut off"), (1000, "damaged or cut off")])
def test_half_a_file_is_refused_and_does_no_harm(
    embedded_model_path: Path, tmp_path: Path, keep: int, words: str
) -> None:
    half = tmp_path / "half.gguf"
    with embedded_model_path.open("rb") as whole:
        half.write_bytes(whole.read(keep))
    with pytest.raises(ModelError, match=words):
        LlamaCppModel(half)


def test_a_missing_library_says_what_to_install(embedded_model_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "xllamacpp", None)
    with pytest.raises(ModelMissingError, match="pip install xllamacpp"):
        LlamaCppModel(embedded_model_path)


@pytest.mark.slow
def test_it_is_quiet_and_lets_the_program_end_in_mid_sentence(embedded_model_path: Path) -> None:
    code = """
import sys, threading
from npc_engine.errors import ModelError
from npc_engine.models import LlamaCppModel, Message, Request
model = LlamaCppModel(sys.argv[1], threads=1)
request = Request((Message("user", "Go on."),), max_tokens=1500, timeout=60, extra={"ignore_eos": True})
heard = threading.Event()
def listen():
    try:
        for piece in model.stream(request, threading.Event()):
            heard.set()
    except ModelError:
        pass
threading.Thread(target=listen, daemon=True).start()
assert heard.wait(30)
"""
    began = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-c", code, str(embedded_model_path)], capture_output=True, text=True, timeout=60, check=False
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert time.monotonic() - began < 20


def test_one_processor_is_left_to_the_game(monkeypatch: pytest.MonkeyPatch) -> None:
    for cores, threads in ((16, 4), (4, 3), (2, 1), (1, 1)):
        monkeypatch.setattr(os, "sched_getaffinity", lambda pid, cores=cores: set(range(cores)), raising=False)
        assert default_threads() == threads
    monkeypatch.delattr(os, "sched_getaffinity")
    monkeypatch.setattr(os, "cpu_count", lambda: None)
    assert default_threads() == 1


# As a server


@pytest.fixture(scope="module")
def server_url(embedded_model_path: Path) -> Iterator[str]:
    import xllamacpp

    params = xllamacpp.CommonParams()
    params.model.path = str(embedded_model_path)
    params.n_ctx, params.n_parallel = 2048, 1
    params.cpuparams.n_threads = params.cpuparams_batch.n_threads = 1
    params.n_batch = params.n_ubatch = 32
    params.verbosity, params.ui = -1, False
    params.api_keys = [KEY]
    server = xllamacpp.Server(params)
    yield f"{server.listening_address}/v1"
    del server


@pytest.fixture(scope="module")
def far_model(server_url: str) -> Iterator[OpenAIModel]:
    model = OpenAIModel("smollm", base_url=server_url, api_key=KEY, size="small", grammars=True)
    model.prepare(threading.Event())
    yield model
    model.close()


@pytest.mark.slow
def test_a_real_server_speaks_in_pieces(far_model: OpenAIModel) -> None:
    pieces = list(far_model.stream(ask(max_tokens=12), threading.Event()))
    assert 4 <= len(pieces) <= 12


@pytest.mark.slow
def test_a_real_server_refuses_a_wrong_key(server_url: str) -> None:
    model = OpenAIModel("smollm", base_url=server_url, api_key="a-wrong-key")
    with pytest.raises(ModelUnreachableError, match=r"127\.0\.0\.1:\d+ refused the API key \(401\)") as caught:
        answer(model, ask())
    assert "a-wrong-key" not in str(caught.value)
    model.close()


@pytest.mark.slow
def test_a_real_server_obeys_grammars_and_schemas(far_model: OpenAIModel) -> None:
    assert answer(far_model, ask(grammar='root ::= "yes" | "no"')) in ("yes", "no")
    found = json.loads(answer(far_model, ask("Name and mood?", json_schema=SCHEMA, max_tokens=200)))
    assert found["mood"] in ("glad", "sad")


@pytest.mark.slow
def test_a_real_server_weighs_options_as_the_embedded_model_does(
    far_model: OpenAIModel, embedded_model: LlamaCppModel
) -> None:
    request = ask("Is snow cold? Answer with Yes or No.")
    near, far = (model.choose(request, ["Yes", "No"], threading.Event()) for model in (embedded_model, far_model))
    assert far == pytest.approx(near, abs=0.1)


@pytest.mark.slow
def test_a_real_server_tells_what_is_wrong(far_model: OpenAIModel) -> None:
    with pytest.raises(ModelError, match=r"did not accept the request \(400\): request \(\d+ tokens\) exceeds"):
        answer(far_model, ask("and " * 3000))
    assert answer(far_model, ask(grammar='root ::= "yes"')) == "yes"


@pytest.mark.slow
def test_a_real_server_counts_tokens_and_knows_what_it_read_before(far_model: OpenAIModel) -> None:
    told: list[Usage] = []
    request = ask(system=persona("Mira"), max_tokens=8, tell=told.append)
    answer(far_model, request)
    answer(far_model, request)
    first, second = told
    assert first.tokens_in == second.tokens_in > 100
    assert first.cached < second.cached
    assert 1 <= first.tokens_out <= 8


@pytest.mark.slow
def test_a_real_server_gives_an_npc_words_without_anything_it_refuses(server_url: str) -> None:
    settings = {"base_url": server_url, "api_key": KEY, "size": "large"}
    with Engine.load(SMALL_WORLD, model="openai:smollm", model_settings=settings, patience=60.0) as engine:
        assert engine.wait_for_voice(60).state == "ready"
        line = engine.talk_to("mira").say("What is the condition of the bridge?").line()
        status = engine.status()
    assert "destroyed" in line.text
    assert status.trouble == ""
    assert "refuse" not in line.trouble  # a model as small as this may ramble on behind its words and be cut off there
    assert line.usage.calls >= 1
    assert not line.usage.estimated
    assert status.usage.by_npc["mira"].tokens == line.usage.tokens


@pytest.mark.slow
def test_a_real_server_is_tried_from_the_command_line(server_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NPC_API_KEY", KEY)
    done = CliRunner().invoke(app, ["models", "try", server_url, "smollm2-135m"])
    assert (done.exit_code, done.stderr) == (0, "")
    for words in (
        "JSON: held to a schema",
        "settings it refuses: none",
        "system messages: taken",
        "thinks before it answers: no",
        "probabilities of tokens: told",
        "talked with as: small",
    ):
        assert words in done.stdout


@pytest.mark.slow
@pytest.mark.parametrize("pieces_first", [0, 3])
def test_a_real_server_stops_working_when_it_is_cancelled(far_model: OpenAIModel, pieces_first: int) -> None:
    text = "Tell me everything." if pieces_first else persona("Mira", 120)
    cancel = threading.Event()
    stream = far_model.stream(ask(text, max_tokens=1000, extra=ENDLESS), cancel)
    for _ in range(pieces_first):
        next(stream)
    timer = threading.Timer(0.3, cancel.set)
    timer.start()
    list(stream)
    timer.join()
    assert cancel.is_set()
    cancelled = time.monotonic()
    while busy(0.1) > 0.1:
        assert time.monotonic() - cancelled < 3.0, "the server still works on what nobody waits for"


@pytest.mark.slow
@pytest.mark.parametrize("times", [1, pytest.param(5, marks=pytest.mark.long)])
def test_a_game_may_end_right_after_it_began(embedded_model_path: Path, times: int) -> None:
    """Opened, asked and closed at once, or several times over: freeing a model that has hardly begun must not hang."""
    program = (
        "import sys\n"
        "from npc_engine import Engine\n"
        "from npc_engine.testing import SMALL_WORLD\n"
        "engine = Engine.load(SMALL_WORLD, model=sys.argv[1])\n"
        "engine.talk_to('mira').say('Who is Tomas?')\n"
        "if len(sys.argv) > 2:\n"
        "    engine.close()\n"
    )
    for extra in ([], ["close"]) * times:
        done = subprocess.run(
            [sys.executable, "-c", program, str(embedded_model_path), *extra], capture_output=True, timeout=60
        )
        assert (done.returncode, done.stderr) == (0, b"")
