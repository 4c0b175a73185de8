"""Servers of language models as they are met in the world: each takes what it takes, and says so in its own way."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

from fake_server import Answer, Handler, fails, gives_bytes, gives_json, says

Body = Mapping[str, Any]


def refusing(when: Callable[[Body], bool], refusal: Answer, otherwise: Answer) -> Answer:
    """Refuses the requests of which something holds, and answers the others."""

    def answer(handler: Handler) -> None:
        (refusal if when(handler.body) else otherwise)(handler)

    return answer


def has(*settings: str) -> Callable[[Body], bool]:
    return lambda body: any(setting in body for setting in settings)


def schema(body: Body) -> bool:
    return bool(body.get("response_format", {}).get("type") == "json_schema")


def json_of_any_kind(body: Body) -> bool:
    return "response_format" in body


def system(body: Body) -> bool:
    return any(message["role"] == "system" for message in body["messages"])


def like_deepseek(otherwise: Answer) -> Answer:
    said = {"message": "This response_format type is unavailable now", "type": "invalid_request_error", "param": None}
    return refusing(schema, gives_json({"error": said}, 400), otherwise)


def like_mistral(otherwise: Answer) -> Answer:
    """Lists every setting that it does not know."""
    unknown = ("seed", "stream_options", "logprobs", "top_logprobs")

    def answer(handler: Handler) -> None:
        extra = [name for name in unknown if name in handler.body]
        detail = [
            {"type": "extra_forbidden", "loc": ["body", name], "msg": "Extra inputs are not permitted"}
            for name in extra
        ]
        (gives_json({"detail": detail}, 422) if extra else otherwise)(handler)

    return answer


def like_openai_when_it_reasons(otherwise: Answer) -> Answer:
    """Refuses one setting after the other, each by its name."""
    for name in ("stop", "temperature"):
        said = f"Unsupported parameter: '{name}' is not supported with this model."
        otherwise = refusing(has(name), fails(400, said, param=name, code="unsupported_parameter"), otherwise)
    said = "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead."
    return refusing(has("max_tokens"), fails(400, said, param="max_tokens"), otherwise)


def like_gemma_behind_a_template(otherwise: Answer) -> Answer:
    return refusing(
        system, gives_json({"error": {"code": 500, "message": "System role not supported"}}, 500), otherwise
    )


def says_it_in_text(when: Callable[[Body], bool], text: str, otherwise: Answer) -> Answer:
    return refusing(when, gives_bytes(text.encode(), 400), otherwise)


def says_an_error_that_is_text(when: Callable[[Body], bool], otherwise: Answer, status: int = 400) -> Answer:
    return refusing(when, gives_json({"error": "invalid request"}, status), otherwise)


def like_qwen3(text: str) -> Answer:
    """Thinks in tags, unless its template is told not to: then they are empty."""

    def answer(handler: Handler) -> None:
        off = handler.body.get("chat_template_kwargs", {}).get("enable_thinking") is False
        says("<th", "ink>\n", "" if off else "They ask about the bridge.", "\n</thi", "nk>\n\n", text)(handler)

    return answer


def like_r1_behind_its_template(text: str) -> Answer:
    """Its template opens the thoughts, so that only their end is heard."""
    return says("Let me see. ", "The bridge: down.\n", "</think>", "\n\n", text)


def reasons_apart(*pieces: str, finish: str = "stop", thoughts: int = 80) -> Answer:
    """Sends its thoughts as `reasoning_content`, and `pieces` after them."""

    def answer(handler: Handler) -> None:
        handler.start_stream()
        for _ in range(thoughts):
            delta = {"role": "assistant", "content": None, "reasoning_content": " hm"}
            handler.event(json.dumps({"choices": [{"index": 0, "delta": delta, "finish_reason": None}]}))
        for piece in pieces:
            handler.piece(piece)
        handler.piece("", finish)
        handler.event("[DONE]")

    return answer


def reasons_in_a_budget(text: str, needs: int = 500) -> Answer:
    """Says something only when its thoughts have room."""

    def answer(handler: Handler) -> None:
        room = handler.body.get("max_tokens", 0)
        (reasons_apart(text) if room >= needs else reasons_apart(finish="length"))(handler)

    return answer


def ends_without_a_reason(text: str) -> Answer:
    """Sends `[DONE]` and no finish_reason, and pieces without choices in between."""

    def answer(handler: Handler) -> None:
        handler.start_stream()
        handler.event(json.dumps({"choices": []}))
        handler.piece(text)
        handler.event(json.dumps({"choices": [], "usage": {"prompt_tokens": 120, "completion_tokens": 9}}))
        handler.event("[DONE]")

    return answer


def answers_in_one_piece(text: str) -> Answer:
    """Ignores that a stream was asked for."""
    choice = {"index": 0, "message": {"role": "assistant", "content": text}, "finish_reason": "stop"}
    return gives_json({"choices": [choice], "usage": {"prompt_tokens": 120, "completion_tokens": 9}})
