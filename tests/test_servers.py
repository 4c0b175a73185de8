"""Servers as they are met: what one refuses is left out from then on, and what it thinks is not said."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable
from email.utils import formatdate
from typing import Any

import pytest
from fake_server import Answer, FakeServer, fails, gives_json, says, serving
from hypothesis import given
from hypothesis import strategies as st
from kinds_of_server import (
    answers_in_one_piece,
    ends_without_a_reason,
    has,
    json_of_any_kind,
    like_deepseek,
    like_gemma_behind_a_template,
    like_mistral,
    like_openai_when_it_reasons,
    like_qwen3,
    like_r1_behind_its_template,
    reasons_apart,
    reasons_in_a_budget,
    says_an_error_that_is_text,
    says_it_in_text,
    schema,
    system,
)

from npc_engine import Engine, Line
from npc_engine.errors import ModelError, ModelUnreachableError
from npc_engine.models import Message, OpenAIModel, Request, Usage
from npc_engine.models.speech import JsonAlone, Thoughts, UntilStop, sieved
from npc_engine.testing import SMALL_WORLD

ASKED = "What is the condition of the bridge?"
TEXT = "The bridge is destroyed, I fear."
SCHEMA = {"type": "object", "properties": {"say": {"type": "string"}}, "required": ["say"]}


def lines_of(server: FakeServer, count: int = 1, **settings: Any) -> list[Line]:
    """Return what an NPC answers, asked `count` times, through a model on a server."""
    given = {"base_url": f"{server.url}/v1", **settings}
    with Engine.load(SMALL_WORLD, model="openai:m", model_settings=given) as engine:
        engine.wait_for_voice(30)
        return [engine.talk_to("mira").say(ASKED).line(timeout=30) for _ in range(count)]


def at(server: FakeServer, **settings: Any) -> OpenAIModel:
    return OpenAIModel("m", base_url=f"{server.url}/v1", **settings)


def ask(**settings: Any) -> Request:
    return Request((Message("system", "You are Mira."), Message("user", "Is the bridge safe?")), **settings)


def answer(model: OpenAIModel, request: Request) -> str:
    return "".join(model.stream(request, threading.Event()))


# s1: thoughts in tags


@pytest.mark.parametrize(
    "behaviour",
    [
        like_qwen3(TEXT),
        says(f"<think>\nHm.\n</think>\n\n{TEXT}"),
        says(*f"<think>\n\n</think>\n\n{TEXT}"),
        like_r1_behind_its_template(TEXT),
        says("[THINK]Hm.[/THINK]", TEXT),
    ],
    ids=["qwen3", "in one piece", "empty, a letter at a time", "only the closing tag", "magistral"],
)
def test_s1_what_a_model_thinks_before_it_answers_is_not_said(behaviour: Answer) -> None:
    with serving(behaviour, trial=behaviour) as server:
        lines = lines_of(server, 2)
    assert [(line.text, line.model, line.trouble) for line in lines] == [(TEXT, "m", "")] * 2


def test_s1_a_model_that_was_seen_to_think_is_asked_not_to() -> None:
    with serving(like_qwen3(TEXT), trial=like_qwen3('{"say": "A penny.", "mood": "calm"}')) as server:
        lines_of(server)
        first, second = (trial.body for trial in server.trials)
        asked = server.requests[0].body
    assert "chat_template_kwargs" not in first
    for body in (second, asked):
        assert (body["chat_template_kwargs"], body["reasoning_effort"]) == ({"enable_thinking": False}, "none")


def test_s1_a_model_that_begins_to_think_aloud_is_kept_from_it_the_next_time() -> None:
    with serving(says("It "), like_r1_behind_its_template(TEXT)) as server:
        model = at(server)
        answer(model, ask())
        with pytest.raises(ModelError, match="said its thoughts aloud") as caught:
            answer(model, ask())
        assert answer(model, ask()) == TEXT
        model.close()
    assert "思考" in caught.value.told("zh")


# s2 and s3: settings that are refused


@pytest.mark.parametrize(
    ("kind", "left_out"),
    [
        (like_deepseek, set()),
        (like_mistral, {"seed", "stream_options"}),
        (like_openai_when_it_reasons, {"temperature", "max_tokens"}),
        (lambda other: says_it_in_text(json_of_any_kind, "json mode is not supported", other), {"response_format"}),
        (lambda other: says_an_error_that_is_text(schema, other), set()),
        (lambda other: says_an_error_that_is_text(json_of_any_kind, other, 422), {"response_format"}),
        (lambda other: says_an_error_that_is_text(has("seed"), other), {"seed"}),
        (lambda other: says_an_error_that_is_text(has("stream_options"), other, 422), {"stream_options"}),
    ],
    ids=[
        "s2 deepseek",
        "s3 mistral",
        "openai, reasoning",
        "s2 plain text",
        "s2 error is text",
        "s2 422 without a reason",
        "s3 seed, without a reason",
        "s3 stream_options, without a reason",
    ],
)
def test_what_a_server_refuses_is_left_out_before_a_player_meets_it(
    kind: Callable[[Answer], Answer], left_out: set[str]
) -> None:
    said = says('{"say": "The bridge is down."}')
    with serving(kind(said), trial=kind(said)) as server:
        model = at(server)
        model.prepare(threading.Event())
        assert answer(model, ask(json_schema=SCHEMA, seed=4)) == '{"say": "The bridge is down."}'
        assert len(server.requests) == 1  # nothing had to be asked again
        usual = {"seed", "temperature", "max_tokens", "stream_options", "response_format"}
        assert usual.difference(server.requests[0].body) == left_out
        model.close()
        other = at(server)  # another voice on the same server knows as much
        answer(other, ask(json_schema=SCHEMA))
        assert len(server.requests) == 2
        other.close()


def test_s2_json_is_asked_for_less_strictly_step_by_step() -> None:
    with serving(like_deepseek(says("{}"))) as server:
        model = at(server)
        answer(model, ask(json_schema=SCHEMA))
        kinds = [asked.body["response_format"]["type"] for asked in server.requests]
        assert server.requests[0].body["response_format"]["json_schema"]["strict"] is True
        model.close()
    assert kinds == ["json_schema", "json_object"]


def test_what_was_only_guessed_is_not_remembered_where_it_did_not_help() -> None:
    refused = gives_json({"error": "invalid request"}, 400)
    with serving(*[refused] * 20, says(TEXT)) as server:
        model = at(server)
        with pytest.raises(ModelError, match=r"did not accept the request \(400\): invalid request"):
            answer(model, ask(json_schema=SCHEMA))
        tries = len(server.requests)
        with pytest.raises(ModelError, match="did not accept"):
            answer(model, ask(json_schema=SCHEMA))
        assert len(server.requests) == tries + 1  # and is not guessed again
        assert server.requests[-1].body["response_format"]["type"] == "json_schema"
        assert "seed" in server.requests[-1].body
        model.close()


@pytest.mark.parametrize(
    "said",
    [
        "This model's maximum context length is 4096 tokens; max_tokens is too large",
        "The response was filtered due to the prompt triggering the content management policy; response_format",
    ],
)
def test_a_refusal_of_what_was_said_is_no_refusal_of_a_setting(said: str) -> None:
    with serving(fails(400, said)) as server:
        model = at(server)
        with pytest.raises(ModelError, match="did not accept"):
            answer(model, ask())
        assert len(server.requests) == 1
        model.close()


def test_what_a_system_message_says_leads_the_user_s_where_there_may_be_none() -> None:
    with serving(like_gemma_behind_a_template(says(TEXT))) as server:
        model = at(server)
        assert answer(model, ask()) == TEXT
        assert not system(server.requests[-1].body)
        assert server.requests[-1].body["messages"] == [
            {"role": "user", "content": "You are Mira.\n\nIs the bridge safe?"}
        ]
        model.close()


def test_where_a_server_can_not_be_told_where_to_stop_the_answer_is_cut_there() -> None:
    with serving(like_openai_when_it_reasons(says("It fell.\n", "You: ", "oh"))) as server:
        model = at(server)
        assert answer(model, ask(stop=("\nYou:",))) == "It fell."
        model.close()


# s4: thoughts beside the answer


def test_s4_a_model_that_only_thinks_is_told_of_and_can_be_given_room() -> None:
    with serving(reasons_in_a_budget(TEXT), trial=reasons_in_a_budget("{}")) as server:
        (line,) = lines_of(server)
        (roomy,) = lines_of(server, reasoning_tokens=600)
    assert "destroyed" in line.text
    assert line.model == "none"
    assert "only thought and said nothing" in line.trouble
    assert "reasoning_tokens" in line.trouble
    assert (roomy.text, roomy.model, roomy.trouble) == (TEXT, "m", "")


def test_s4_thoughts_beside_an_answer_are_not_said() -> None:
    with serving(reasons_apart(TEXT), trial=reasons_apart("{}")) as server:
        (line,) = lines_of(server)
    assert (line.text, line.model, line.trouble) == (TEXT, "m", "")


def test_an_empty_answer_is_told_of() -> None:
    with serving(says("")) as server:
        (line,) = lines_of(server)
    assert "answered with nothing" in line.trouble


# s5: too many requests


@pytest.mark.parametrize("as_date", [False, True], ids=["seconds", "a date"])
def test_s5_a_long_retry_after_is_not_waited_for(as_date: bool) -> None:
    after = formatdate(time.time() + 120, usegmt=True) if as_date else "120"
    with serving(fails(429, "slow down", {"retry-after": after})) as server:
        began = time.monotonic()
        (line,) = lines_of(server)
        took = time.monotonic() - began
        asked = len(server.requests)
    assert asked == 1
    assert took < 3
    assert "destroyed" in line.text
    assert "(429)" in line.trouble
    assert "seconds" in line.trouble


def test_a_short_retry_after_is_waited_for() -> None:
    with serving(fails(429, "slow down", {"retry-after": "0.2"}), says(TEXT)) as server:
        model = at(server)
        assert answer(model, ask()) == TEXT
        model.close()


# Other ways of answering


@pytest.mark.parametrize(
    "behaviour",
    [ends_without_a_reason(TEXT), answers_in_one_piece(TEXT)],
    ids=["[DONE] without a finish_reason, no choices", "no stream"],
)
def test_an_answer_is_taken_however_it_ends_and_its_tokens_are_counted(behaviour: Answer) -> None:
    told: list[Usage] = []
    with serving(behaviour) as server:
        model = at(server)
        assert answer(model, ask(tell=told.append)) == TEXT
        model.close()
    assert [(usage.tokens_in, usage.tokens_out) for usage in told] == [(120, 9)]


@pytest.mark.parametrize(
    "around",
    [
        "Sure! Here is the JSON:\n```json\n{}\n```\nAnything else?",
        "```\n{}\n```",
        "{}",
        "  {}  ",
        "<think>{{</think>{}",
    ],
)
def test_prose_and_fences_round_json_are_taken_off(around: str) -> None:
    wanted = '{"say": "A \\"brace\\": }", "more": [{"a": 1}]}'
    with serving(says(*around.replace("{}", wanted, 1).partition(": }"))) as server:
        model = at(server)
        assert json.loads(answer(model, ask(json_schema=SCHEMA))) == json.loads(wanted)
        model.close()


def in_pieces(text: str, cuts: list[int]) -> list[str]:
    at = sorted({cut % (len(text) + 1) for cut in cuts})
    return [text[a:b] for a, b in zip([0, *at], [*at, len(text)], strict=True)]


CUTS = st.lists(st.integers(0, 400), max_size=12)
PLAIN = st.text(st.characters(blacklist_characters="<[", blacklist_categories=["Cs"]), max_size=60)


@given(thought=PLAIN, said=PLAIN, cuts=CUTS, opened=st.booleans())
def test_thoughts_never_come_through_wherever_the_pieces_are_cut(
    thought: str, said: str, cuts: list[int], opened: bool
) -> None:
    text = f"{'<think>' if opened else ''}{thought}</think>\n{said}"
    for hold in (True, False) if opened else (True,):
        thoughts = Thoughts(hold=hold)
        assert "".join(sieved(iter(in_pieces(text, cuts)), thoughts)) == said.lstrip()
        assert thoughts.seen
        assert not thoughts.leaked


@given(said=st.text(max_size=80), cuts=CUTS)
def test_what_has_no_thoughts_and_no_stop_comes_through_whole(said: str, cuts: list[int]) -> None:
    if "think" in said.lower() or "thought" in said or "reasoning" in said:
        return
    for hold in (True, False):
        assert "".join(sieved(iter(in_pieces(said, cuts)), Thoughts(hold=hold), UntilStop(["\n\nEND"]))) == said


@given(before=PLAIN, stop=st.sampled_from(["\n", "You:", "。", "aab"]), after=PLAIN, cuts=CUTS)
def test_nothing_of_a_stop_or_behind_it_comes_through(before: str, stop: str, after: str, cuts: list[int]) -> None:
    text = before + stop + after
    assert "".join(sieved(iter(in_pieces(text, cuts)), UntilStop([stop]))) == text[: text.index(stop)]


@given(
    value=st.dictionaries(st.text(max_size=5), st.text(max_size=9) | st.lists(st.text(max_size=4)), max_size=4),
    cuts=CUTS,
)
def test_json_comes_through_alone_wherever_the_pieces_are_cut(value: dict[str, Any], cuts: list[int]) -> None:
    text = f"Here you are:\n```json\n{json.dumps(value, ensure_ascii=False, indent=1)}\n```\nBye :}}"
    assert json.loads("".join(sieved(iter(in_pieces(text, cuts)), JsonAlone()))) == value


def test_a_server_that_refuses_the_key_says_so_in_both_languages() -> None:
    with serving(fails(401)) as server:
        model = at(server)
        with pytest.raises(ModelUnreachableError, match=r"refused the API key \(401\)") as caught:
            answer(model, ask())
        model.close()
    assert "拒绝了 API 密钥" in caught.value.told("zh")
    assert caught.value.told("de") == str(caught.value)
