"""The connections under the openai backend: kept open, through a proxy, over TLS, with real sockets."""

from __future__ import annotations

import asyncio
import json
import shutil
import socket
import ssl
import subprocess
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from codefactory.config import LlmConfig
from codefactory.errors import BackendError
from codefactory.llm import connection
from codefactory.llm.base import open_backend
from codefactory.llm.openai import OpenAIBackend
from tests.llm.conformance import ask
from tests.llm.server import FakeServer, Handler, Payload, completion, hang, status

ASKED: Payload = {"messages": [{"content": ""}]}


class Proxy:
    """A proxy that leads everybody to one server, and keeps what it was asked."""

    def __init__(self, port: int) -> None:
        self.heads: list[bytes] = []
        self._target = ("127.0.0.1", port)
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def close(self) -> None:
        self._listener.close()

    def _accept(self) -> None:
        while True:
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            threading.Thread(target=self._serve, args=(client,), daemon=True).start()

    def _serve(self, client: socket.socket) -> None:
        head = b""
        while b"\r\n\r\n" not in head:
            head += client.recv(65536)
        self.heads.append(head)
        server = socket.create_connection(self._target)
        if head.startswith(b"CONNECT"):
            client.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")
        else:
            server.sendall(head)
        threading.Thread(target=_pump, args=(server, client), daemon=True).start()
        _pump(client, server)


def _pump(source: socket.socket, sink: socket.socket) -> None:
    try:
        while data := source.recv(65536):
            sink.sendall(data)
        sink.shutdown(socket.SHUT_WR)
    except OSError:
        pass


@pytest.fixture
def fake() -> Iterator[FakeServer]:
    with FakeServer() as running:
        yield running


@pytest.fixture
def proxy(fake: FakeServer, monkeypatch: pytest.MonkeyPatch) -> Iterator[Proxy]:
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
    running = Proxy(fake.port)
    for name in ("HTTP_PROXY", "HTTPS_PROXY"):
        monkeypatch.setenv(name, f"http://me:pass%20word@127.0.0.1:{running.port}")
    yield running
    running.close()


@pytest.fixture
def secured(fake: FakeServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> FakeServer:
    """The server speaks TLS under the name model.test, and its certificate is trusted."""
    if not shutil.which("openssl"):
        pytest.skip("no openssl here, which makes the certificate")
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    command = (
        "openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=model.test -addext subjectAltName=DNS:model.test"
    )
    made = [*command.split(), "-keyout", str(key), "-out", str(certificate)]
    subprocess.run(made, check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    fake._server.socket = context.wrap_socket(fake._server.socket, server_side=True)
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    return fake


def config(url: str) -> LlmConfig:
    return LlmConfig(backend="openai", model="fake", base_url=url)


def told(handler: Handler, words: str) -> None:
    """A good answer with these words."""
    handler.reply(200, completion(ASKED, words))


async def test_one_connection_carries_many_calls(fake: FakeServer) -> None:
    ports = []

    def reply(handler: Handler) -> None:
        ports.append(handler.client_address[1])
        told(handler, "well")

    fake.plan = lambda number, payload: reply
    async with open_backend(config(fake.url)) as backend:
        for sample in range(5):
            assert (await backend.complete(ask(backend, sample=sample))).text == "well"
    assert len(ports) == 5
    assert len(set(ports)) == 1


async def test_answer_in_chunks_is_put_together(fake: FakeServer) -> None:
    def chunked(handler: Handler) -> None:
        raw = json.dumps(completion(ASKED, "half and half")).encode()
        handler.send_response(200)
        handler.send_header("Transfer-Encoding", "chunked")
        handler.end_headers()
        for part in (raw[:40], raw[40:]):
            handler.wfile.write(b"%x\r\n%s\r\n" % (len(part), part))
        handler.wfile.write(b"0\r\n\r\n")

    fake.plan = lambda number, payload: chunked
    async with open_backend(config(fake.url)) as backend:
        assert (await backend.complete(ask(backend))).text == "half and half"


async def test_server_that_hangs_up_after_each_answer_costs_no_second_try(fake: FakeServer) -> None:
    def last(handler: Handler) -> None:
        handler.reply(200, completion(ASKED, "bye"), {"Connection": "close"})
        handler.close_connection = True

    fake.plan = lambda number, payload: last
    async with open_backend(config(fake.url)) as backend:
        for sample in range(3):
            assert (await backend.complete(ask(backend, sample=sample))).text == "bye"
    assert len(fake.calls) == 3


@pytest.mark.parametrize("pause_s", [0.0, 0.1], ids=["at once", "later"])
async def test_answer_that_nobody_asked_for_is_not_taken_for_the_next(fake: FakeServer, pause_s: float) -> None:
    sent = threading.Event()

    def twice(handler: Handler) -> None:
        told(handler, "first")
        time.sleep(pause_s)
        told(handler, "stray")
        sent.set()

    fake.plan = lambda number, payload: (lambda handler: told(handler, "second")) if number else twice
    async with open_backend(config(fake.url)) as backend:
        assert (await backend.complete(ask(backend))).text == "first"
        assert await asyncio.to_thread(sent.wait, 20)
        await asyncio.sleep(0.1)  # it has been sent, and is to have arrived
        assert (await backend.complete(ask(backend, sample=1))).text == "second"


async def test_redirect_is_not_followed(fake: FakeServer) -> None:
    with FakeServer() as other:
        away = status(307, location=f"{other.url}/chat/completions")
        fake.plan = lambda number, payload: away
        async with open_backend(config(fake.url)) as backend:
            with pytest.raises(BackendError, match="307"):
                await backend.complete(ask(backend))
        assert other.calls == []


async def test_cookie_of_a_server_is_not_sent_back(fake: FakeServer) -> None:
    cookies = []

    def reply(handler: Handler) -> None:
        cookies.append(handler.headers.get("cookie"))
        handler.reply(200, completion(ASKED, "well"), {"Set-Cookie": "who=me"})

    fake.plan = lambda number, payload: reply
    async with open_backend(config(fake.url.replace("127.0.0.1", "localhost"))) as backend:
        for sample in range(2):
            await backend.complete(ask(backend, sample=sample))
    assert cookies == [None, None]


async def test_call_in_flight_is_told_that_the_model_was_closed(fake: FakeServer) -> None:
    arrived = threading.Event()

    def wait(handler: Handler) -> None:
        arrived.set()
        hang(1)(handler)

    fake.plan = lambda number, payload: wait
    async with open_backend(config(fake.url)) as backend:
        call = asyncio.create_task(backend.complete(ask(backend)))
        assert await asyncio.to_thread(arrived.wait, 20)
    with pytest.raises(BackendError, match="closed"):
        await call


async def test_proxy_of_the_environment_is_asked_for_the_whole_address(proxy: Proxy, fake: FakeServer) -> None:
    async with open_backend(config("http://model.test/v1")) as backend:
        assert "hello" in (await backend.complete(ask(backend))).text
    head = proxy.heads[-1].decode()
    assert head.startswith("POST http://model.test/v1/chat/completions HTTP/1.1\r\n")
    assert "basic bWU6cGFzcyB3b3Jk".lower() in head.lower()  # me:pass word


async def test_proxy_tunnels_to_a_server_with_tls(proxy: Proxy, secured: FakeServer) -> None:
    async with open_backend(config("https://model.test/v1")) as backend:
        answers = [await backend.complete(ask(backend, words)) for words in ("hello", "again")]
    assert ["hello" in answers[0].text, "again" in answers[1].text] == [True, True]
    assert proxy.heads[-1].startswith(b"CONNECT model.test:443 HTTP/1.1\r\n")
    assert b"Bearer" not in b"".join(proxy.heads)
    assert len(proxy.heads) == 2  # one for the list of models, one for both answers


def test_certificate_that_nobody_vouches_for_is_refused(
    proxy: Proxy, secured: FakeServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SSL_CERT_FILE")
    with pytest.raises(BackendError, match="certificate"):
        OpenAIBackend(config("https://model.test/v1"))


def test_proxy_that_refuses_is_named(fake: FakeServer, proxy: Proxy, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTPS_PROXY", fake.url)  # a server that knows no CONNECT
    with pytest.raises(BackendError, match=r"the proxy refuses \(501\)"):
        OpenAIBackend(config("https://model.test/v1"))


def test_proxy_that_is_no_http_proxy_is_named(proxy: Proxy, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "socks5://127.0.0.1:9")
    with pytest.raises(BackendError, match=r"socks5.*NO_PROXY"):
        OpenAIBackend(config("https://model.test/v1"))
    monkeypatch.setenv("NO_PROXY", "model.test")
    assert connection.proxy("https://model.test/v1") is None


def test_servers_of_this_machine_are_reached_without_a_proxy(proxy: Proxy, fake: FakeServer) -> None:
    OpenAIBackend(config(fake.url))
    assert proxy.heads == []
