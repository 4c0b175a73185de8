"""A model that is made to choose says how likely it holds each option."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

import pytest
from fake_server import FakeServer, fails, hangs_after, says, serving, weighs

from npc_engine.errors import ModelError, ModelUnreachableError
from npc_engine.models import LanguageModel, Message, OpenAIModel, RecordedModel, Request, ScriptedModel, SilentModel

ASKED = Request((Message("user", "Is the bridge safe? Answer yes or no."),), timeout=5.0)


def choose(model: LanguageModel, *options: str) -> list[float]:
    return model.choose(ASKED, options, threading.Event())


def at(server: FakeServer, **settings: Any) -> OpenAIModel:
    return OpenAIModel("m", base_url=f"{server.url}/v1", **settings)


def test_a_script_says_how_likely_each_option_is_or_which_it_takes() -> None:
    model = ScriptedModel([{"yes": 3, "no": 1}, "no", "neither"])
    assert choose(model, "yes", "no", "perhaps") == [0.75, 0.25, 0.0]
    assert choose(model, "yes", "no") == [0.0, 1.0]
    assert choose(model, "yes", "no") == [0.5, 0.5]
    assert model.requests == [ASKED] * 3


def test_a_script_can_fail_when_it_is_to_choose() -> None:
    with pytest.raises(ModelUnreachableError, match="gone"):
        choose(ScriptedModel([ModelUnreachableError("gone")]), "yes", "no")


def test_there_is_nothing_to_choose_without_options_or_a_model() -> None:
    with pytest.raises(ModelError, match="a choice needs options, none of them empty"):
        choose(ScriptedModel(["yes"]), "yes", " ")
    with pytest.raises(ModelError, match="there is no language model"):
        choose(SilentModel(), "yes", "no")


def test_what_was_chosen_is_chosen_again_without_the_model(tmp_path: Path) -> None:
    path = tmp_path / "choices.jsonl"
    live = ScriptedModel([{"yes": 3, "no": 1}, "Good day."])
    recording = RecordedModel(path, live=live)
    assert choose(recording, "yes", "no") == [0.75, 0.25]
    assert choose(recording, "yes", "no") == [0.75, 0.25], "asked once"
    assert "".join(recording.stream(ASKED, threading.Event())) == "Good day.", "an answer is no choice"
    again = RecordedModel(path)
    assert choose(again, "yes", "no") == [0.75, 0.25]
    assert "".join(again.stream(ASKED, threading.Event())) == "Good day."
    with pytest.raises(ModelError, match=r"holds no choice between \['no', 'yes'\]: record it"):
        choose(again, "no", "yes")


@pytest.mark.slow
def test_a_server_is_asked_for_probabilities() -> None:
    with serving(weighs((" Yes", {" Yes": 0.6, "No": 0.2, "yes": 0.1, "Well": 0.1}))) as server:
        model = at(server)
        assert choose(model, "yes", "no") == pytest.approx([7 / 9, 2 / 9])
        model.close()
    body = server.requests[0].body
    assert (body["logprobs"], body["top_logprobs"], body["temperature"]) == (True, 20, 0.0)
    assert "grammar" not in body


@pytest.mark.slow
def test_options_that_begin_alike_are_told_apart_where_they_part() -> None:
    tokens = ("The ", {"The ": 0.75, "A ": 0.25}), ("mill", {"mill": 0.8, "bridge": 0.2})
    with serving(weighs(*tokens)) as server:
        model = at(server, grammars=True)
        shares = choose(model, "the bridge", "the mill", "a boat")
        model.close()
    assert shares == pytest.approx([0.15, 0.6, 0.25])
    assert server.requests[0].body["grammar"] == 'root ::= "the bridge" | "the mill" | "a boat"'


@pytest.mark.slow
def test_an_option_that_is_not_told_counts_as_the_least_likely_that_is() -> None:
    with serving(weighs(("yes", {"yes": 0.9, "no": 0.08, "so": 0.02}))) as server:
        model = at(server)
        assert choose(model, "yes", "no", "hardly") == pytest.approx([0.9, 0.08, 0.02])
        model.close()


@pytest.mark.parametrize("refusal", [fails(400, param="logprobs"), fails(400, "unknown field")], ids=["named", "not"])
def test_a_server_that_tells_no_probabilities_is_taken_at_its_word(refusal: Any) -> None:
    with serving(refusal, says("N", "o."), says("Who knows?")) as server:
        model = at(server)
        assert choose(model, "yes", "no") == [0.0, 1.0]
        assert choose(model, "yes", "no") == [0.5, 0.5]
        model.close()
    assert ["logprobs" in request.body for request in server.requests] == [True, False, False]


def test_a_choice_is_bounded_in_time_and_can_be_called_off() -> None:
    with serving(hangs_after()) as server:
        model = at(server)
        with pytest.raises(ModelUnreachableError, match=r"did not begin to answer within 0\.1 seconds"):
            model.choose(Request(ASKED.messages, timeout=0.1), ["yes", "no"], threading.Event())
        cancel = threading.Event()
        cancel.set()
        assert model.choose(ASKED, ["yes", "no"], cancel) == [0.5, 0.5]
        model.close()
