"""A server on this machine that behaves, and misbehaves, as a language model's server can."""

from __future__ import annotations

import contextlib
import json
import math
import select
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from npc_engine.models.dialect import forget
from npc_engine.models.trial import small_request

Answer = Callable[["Handler"], None]


class Handler(BaseHTTPRequestHandler):
    """One request: `body` is what was sent, and the server's `answers` say what to do with it."""

    protocol_version = "HTTP/1.1"
    server: FakeServer
    body: Any = None

    def do_POST(self) -> None:
        self.body = json.loads(self.rfile.read(int(self.headers["content-length"])))
        self._reply()

    def do_GET(self) -> None:
        self._reply()

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""

    def _reply(self) -> None:
        if self.body and self.body["messages"][-1]["content"].endswith(small_request().messages[-1].content):
            self.server.trials.append(self)
            answer = self.server.trial
        else:
            answer = self.server.answers[min(len(self.server.requests), len(self.server.answers) - 1)]
            self.server.requests.append(self)
        try:
            answer(self)
        except ConnectionError:  # whoever hangs up with something unread in their buffer resets the connection
            self.server.dropped.append(time.monotonic())

    def start_stream(self) -> None:
        self.send_response(200)
        self.send_header("content-type", "text/event-stream")
        self.send_header("connection", "close")
        self.end_headers()
        self.close_connection = True

    def piece(self, text: str, finish: str | None = None, **more: Any) -> None:
        chunk = {"id": "x", "object": "chat.completion.chunk", "created": 0, "model": "m"}
        choice = {"index": 0, "delta": {"content": text}, "finish_reason": finish, **more}
        self.event(json.dumps({**chunk, "choices": [choice]}))

    def event(self, data: str) -> None:
        self.wfile.write(f"data: {data}\n\n".encode())
        self.wfile.flush()

    def wait_for_goodbye(self, seconds: float = 10.0) -> None:
        """Wait until the other side drops the connection, and note when it did."""
        ready, _, _ = select.select([self.connection], [], [], seconds)
        if ready and self.connection.recv(1) == b"":
            self.server.dropped.append(time.monotonic())
        self.close_connection = True


class FakeServer(ThreadingHTTPServer):
    """Gives the n-th of `answers` to the n-th request, and the last one to those after it.

    What a model is asked only to try it is no request: `trial` answers that.
    """

    daemon_threads = True

    def __init__(self, *answers: Answer, trial: Answer) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.answers = answers
        self.trial = trial
        self.trials: list[Handler] = []
        self.requests: list[Handler] = []
        self.dropped: list[float] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


@contextlib.contextmanager
def serving(*answers: Answer, trial: Answer | None = None) -> Iterator[FakeServer]:
    server = FakeServer(*answers, trial=trial or says('{"say": "A penny.", "mood": "calm"}'))
    forget(server.url)  # the port may have been another's
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def says(*pieces: str) -> Answer:
    def answer(handler: Handler) -> None:
        handler.start_stream()
        for piece in pieces:
            handler.piece(piece)
        handler.piece("", "stop")
        handler.event("[DONE]")

    return answer


def weighs(*tokens: tuple[str, dict[str, float]]) -> Answer:
    """Writes tokens, each with the probabilities of what might have stood there."""

    def answer(handler: Handler) -> None:
        handler.start_stream()
        for said, likely in tokens:
            told = [{"token": one, "bytes": None, "logprob": math.log(share)} for one, share in likely.items()]
            token = next((one for one in told if one["token"] == said), {"token": said, "logprob": -9.0})
            handler.piece(said, logprobs={"content": [{"bytes": None, **token, "top_logprobs": told}]})
        handler.piece("", "stop")
        handler.event("[DONE]")

    return answer


def breaks_after(*pieces: str) -> Answer:
    def answer(handler: Handler) -> None:
        handler.start_stream()
        for piece in pieces:
            handler.piece(piece)

    return answer


def hangs_after(*pieces: str) -> Answer:
    def answer(handler: Handler) -> None:
        handler.start_stream()
        for piece in pieces:
            handler.piece(piece)
        handler.wait_for_goodbye()

    return answer


def never_answers(handler: Handler) -> None:
    handler.wait_for_goodbye()


def fails(status: int, message: str = "no", headers: dict[str, str] | None = None, **error: str) -> Answer:
    def answer(handler: Handler) -> None:
        gives_json({"error": {"message": message, **error}}, status, headers)(handler)

    return answer


def gives_json(value: Any, status: int = 200, headers: dict[str, str] | None = None) -> Answer:
    return gives_bytes(json.dumps(value).encode(), status, headers)


def gives_bytes(
    data: bytes, status: int = 200, headers: dict[str, str] | None = None, length: int | None = None
) -> Answer:
    def answer(handler: Handler) -> None:
        handler.send_response(status)
        for key, value in (headers or {}).items():
            handler.send_header(key, value)
        handler.send_header("content-length", str(len(data) if length is None else length))
        handler.send_header("connection", "close")
        handler.end_headers()
        handler.wfile.write(data)
        handler.close_connection = True

    return answer
