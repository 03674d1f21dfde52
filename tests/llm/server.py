"""A small OpenAI-compatible server that answers from a function and misbehaves on demand, over real HTTP."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any

Payload = dict[str, Any]
# A fault takes over one call: it may write to the handler as it likes. None lets the call be answered.
Fault = Callable[["Handler"], None]
Plan = Callable[[int, Payload], Fault | None]


def speak(payload: Payload, sample: int = 0) -> tuple[str, str, int]:
    """Text, finish reason and token count: the same words and seed, which counts up with the samples, say the same."""
    words = payload["prompt"] if "prompt" in payload else payload["messages"][-1]["content"]
    text = (
        f"answer to {words} ({payload['seed'] + sample if 'seed' in payload else sample or None}) STOP and more of it"
    )
    for stop in payload.get("stop", ()):
        text = text.split(stop)[0]
    limit = payload.get("max_tokens", 10**9)
    tokens = text.split(" ")
    if len(tokens) > limit:
        return " ".join(tokens[:limit]), "length", limit
    return text, "stop", len(tokens)


class Handler(BaseHTTPRequestHandler):
    """One connection of the fake server."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    server: _Server

    def do_GET(self) -> None:
        """The list of models."""
        status, body = self.server.fake.models
        self.reply(status, body)

    def do_POST(self) -> None:
        """One completion, or the fault that the plan holds for it."""
        payload = json.loads(self.rfile.read(int(self.headers["content-length"])))
        fake = self.server.fake
        with fake.lock:
            number = len(fake.calls)
            fake.calls.append(payload)
            fake.keys.append(self.headers.get("authorization", ""))
            fake.in_flight += 1
            fake.most_in_flight = max(fake.most_in_flight, fake.in_flight)
        try:
            fault = fake.plan(number, payload)
            if fault:
                fault(self)
            else:
                time.sleep(fake.delay_s)
                self.reply(200, completion(payload))
        finally:
            with fake.lock:
                fake.in_flight -= 1

    def reply(self, status: int, body: Any, headers: dict[str, str] | None = None) -> None:
        """A whole answer; `body` is bytes, or is written as JSON."""
        raw = body if isinstance(body, bytes) else json.dumps(body).encode()
        self.send_response(status)
        for name, value in {"Content-Type": "application/json", **(headers or {})}.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(raw)))
        self.end_headers()
        self.wfile.write(raw)

    def log_message(self, format: str, *args: object) -> None:
        """Silence."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 256
    fake: FakeServer

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that hangs up is part of the tests."""


class FakeServer:
    """Runs while its block lasts; `url` is its base URL, `calls` what it was asked."""

    def __init__(self, plan: Plan = lambda number, payload: None, *, delay_s: float = 0.0, port: int = 0) -> None:
        self.plan, self.delay_s, self._port = plan, delay_s, port
        self.models: tuple[int, Any] = (200, {"data": [{"id": "fake"}]})
        self.calls: list[Payload] = []
        self.keys: list[str] = []
        self.lock = threading.Lock()
        self.in_flight = self.most_in_flight = 0

    @property
    def answers(self) -> int:
        """How many answers it was asked for; a call may ask for several."""
        return sum(payload.get("n", 1) for payload in self.calls)

    def __enter__(self) -> FakeServer:
        self._server = _Server(("127.0.0.1", self._port), Handler)
        self._server.fake = self
        self.port = self._server.server_address[1]
        self.url = f"http://127.0.0.1:{self.port}/v1"
        threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._server.server_close()


def completion(payload: Payload, text: str | Callable[[int], str] | None = None) -> Payload:
    """The body of a good answer; its text is one for all samples, or made for each."""
    choices, tokens = [], 0
    for sample in range(payload.get("n", 1)):
        said, reason, count = speak(payload, sample)
        if text is not None:
            said = text if isinstance(text, str) else text(sample)
        spoken: Payload = (
            {"message": {"role": "assistant", "content": said}} if "messages" in payload else {"text": said}
        )
        choices.append({"index": sample, "finish_reason": reason, **spoken})
        tokens += count
    return {"choices": choices, "usage": {"prompt_tokens": 7, "completion_tokens": tokens}}


def status(code: int, body: Any = b"{}", **headers: str) -> Fault:
    """Answer with a status; `retry_after="1"` becomes a header."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return lambda handler: handler.reply(code, body, named)


def hang(seconds: float) -> Fault:
    """Say nothing for a while, then hang up."""

    def fault(handler: Handler) -> None:
        time.sleep(seconds)
        handler.close_connection = True

    return fault


def half(handler: Handler) -> None:
    """Announce a long answer, send half of it, hang up."""
    handler.send_response(200)
    handler.send_header("Content-Length", "1000")
    handler.end_headers()
    handler.wfile.write(b'{"choices": [{"message": {"content": "half an')
    handler.close_connection = True


def cut(handler: Handler) -> None:
    """Hang up without a word."""
    handler.close_connection = True
