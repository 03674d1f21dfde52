"""One kept-open connection to a server: HTTP/1.1 by h11 over asyncio, with TLS, and through the environment's proxy.

A call of httpx is 1.1 ms of this process's time (its pools, locks and hooks), here it is 0.15 ms; at thousands of
calls a minute that decides. What has been read is on its way to whoever asked in the same turn of the event loop, so
that a kill finds few answers between the socket and the ledger.

A connection carries one call at a time. Whatever goes wrong closes it, and the next call opens it again.
"""

from __future__ import annotations

import asyncio
import base64
from collections.abc import Iterable
from dataclasses import dataclass
from typing import cast
from urllib.parse import SplitResult, unquote, urlsplit
from urllib.request import getproxies, proxy_bypass

import h11
import httpx

from codefactory.errors import BackendError

LARGEST_BODY = 16 << 20
LOOPBACK = ("127.0.0.1", "localhost", "::1")
PORTS = {"http": 80, "https": 443}


class Unreachable(Exception):
    """No connection could be made: nothing listens there, the name is unknown, the certificate is not trusted."""


class Cut(Exception):
    """The connection broke before the answer was whole, or what came is not HTTP."""


class TooLarge(Exception):
    """The answer is longer than LARGEST_BODY."""


@dataclass(frozen=True, slots=True)
class Answer:
    """A whole answer; header names are in lower case."""

    status: int
    headers: dict[str, str]
    body: bytes


class Server:
    """Where to connect, and what every request says. A proxy of the environment is used, but not on this machine.

    Raises:
        BackendError: if the port is none, or the environment names a proxy that is no `http://` one.
    """

    def __init__(self, url: str, headers: Iterable[tuple[str, str]] = ()) -> None:
        parts = urlsplit(url)
        try:
            self.host, self.port = parts.hostname or "", parts.port or PORTS[parts.scheme]
        except ValueError as error:
            raise BackendError(f"base_url '{url}': {error}; correct it") from None
        self.path = parts.path.rstrip("/")
        self.proxy = proxy(parts)
        name = parts.netloc.rpartition("@")[2]
        # No compressed answers: few servers compress what they compute token by token.
        self.headers = [("Host", name), ("Accept-Encoding", "identity"), ("Content-Type", "application/json"), *headers]
        self.tls = (
            httpx.create_ssl_context(trust_env=parts.hostname not in LOOPBACK) if parts.scheme == "https" else None
        )
        if self.proxy and not self.tls:  # such a proxy is asked for the whole address (RFC 9112, 3.2.2)
            self.path = f"http://{name}{self.path}"
            self.headers += _proxy_key(self.proxy)


def proxy(parts: SplitResult) -> SplitResult | None:
    """The proxy that the environment names for a URL (`HTTPS_PROXY`, `ALL_PROXY`, `NO_PROXY`, ...)."""
    named = getproxies()
    found = named.get(parts.scheme) or named.get("all")
    if not found or parts.hostname in LOOPBACK or proxy_bypass(parts.netloc.rpartition("@")[2]):
        return None
    there = urlsplit(found if "://" in found else f"http://{found}")
    if there.scheme != "http" or not there.hostname:
        raise BackendError(
            f"the environment's proxy for {parts.scheme}:// is no http:// proxy ({there.scheme}://...); "
            f"set {parts.scheme.upper()}_PROXY to one, or name {parts.hostname} in NO_PROXY"
        )
    return there


class Connection(asyncio.Protocol):
    """One connection. It opens when it is first used, and is `closed` for good after whatever went wrong."""

    def __init__(self, server: Server) -> None:
        self.closed = False
        self._server = server
        self._transport: asyncio.Transport | None = None
        self._http = h11.Connection(h11.CLIENT)
        self._busy = False
        self._more: asyncio.Future[None] | None = None

    async def post(self, path: str, body: bytes) -> Answer:
        """The answer to a POST; waits for as long as it takes.

        Raises:
            Unreachable, Cut, TooLarge: as they say; it is closed then, and when the call is cancelled.
        """
        self._busy = True
        try:
            if self._transport is None:
                await self._open()
            length = ("Content-Length", str(len(body)))
            answer = await self._exchange("POST", self._server.path + path, [*self._server.headers, length], body)
        except BaseException:
            self.close()
            raise
        self._busy = False
        if self._http.our_state is h11.DONE and self._http.their_state is h11.DONE and not self._http.trailing_data[0]:
            self._http.start_next_cycle()
        else:  # it said that it will hang up, or more than it was asked
            self.close()
        return answer

    def close(self) -> None:
        """Hang up; a call that waits is told that the connection was cut."""
        self.closed = True
        if self._transport:
            self._transport.abort()
        self._http.receive_data(b"")
        self._wake()

    async def _open(self) -> None:
        server, loop = self._server, asyncio.get_running_loop()
        there = server.proxy
        host, port = (there.hostname or "", there.port or 80) if there else (server.host, server.port)
        try:
            tls = None if there else server.tls
            self._transport, _ = await loop.create_connection(lambda: self, host, port, ssl=tls)
            if there and server.tls:
                await self._tunnel(there)
                inner = await loop.start_tls(self._transport, self, server.tls, server_hostname=server.host)
                self._transport, self._http = cast(asyncio.Transport, inner), h11.Connection(h11.CLIENT)
        except OSError as error:  # a certificate that is not trusted is one, too
            raise Unreachable(str(error)) from None

    async def _tunnel(self, there: SplitResult) -> None:
        """Have the proxy connect us through (RFC 9110, 9.3.6)."""
        name = f"{self._server.host}:{self._server.port}"
        answer = await self._exchange("CONNECT", name, [("Host", name), *_proxy_key(there)], b"")
        if not 200 <= answer.status < 300:
            raise Unreachable(f"the proxy {there.hostname} refuses ({answer.status})")

    async def _exchange(self, method: str, target: str, headers: list[tuple[str, str]], body: bytes) -> Answer:
        request = h11.Request(method=method, target=target, headers=headers)
        events = (request, h11.Data(data=body), h11.EndOfMessage()) if body else (request, h11.EndOfMessage())
        try:
            data = b"".join(filter(None, map(self._http.send, events)))
            if self._transport:
                self._transport.write(data)
            return await self._read()
        except h11.ProtocolError as error:
            raise Cut(str(error)) from None

    async def _read(self) -> Answer:
        status, headers, parts, size = 0, {}, [], 0
        while True:
            event = self._http.next_event()
            if isinstance(event, h11.Data):
                size += len(event.data)
                if size > LARGEST_BODY:
                    raise TooLarge
                parts.append(bytes(event.data))
            elif isinstance(event, h11.Response):
                status = event.status_code
                headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in event.headers}
            elif event is h11.NEED_DATA:
                self._more = asyncio.get_running_loop().create_future()
                await self._more
            elif not isinstance(event, h11.InformationalResponse):  # the end; after CONNECT, a pause
                return Answer(status, headers, b"".join(parts))

    # ── what asyncio says ────────────────────────────────────────────────────────────────────────────────────────────

    def data_received(self, data: bytes) -> None:
        """More of the answer; what nobody asked for makes the connection useless."""
        if not self._busy:
            self.close()
        elif not self.closed:
            self._http.receive_data(data)
            self._wake()

    def connection_lost(self, error: Exception | None) -> None:
        """The other side hung up, or we did."""
        self.close()

    def _wake(self) -> None:
        if self._more and not self._more.done():
            self._more.set_result(None)


def _proxy_key(there: SplitResult) -> list[tuple[str, str]]:
    """What a proxy wants to see, where its address holds a name and a password."""
    if not there.username:
        return []
    words = f"{unquote(there.username)}:{unquote(there.password or '')}"
    return [("Proxy-Authorization", f"Basic {base64.b64encode(words.encode()).decode()}")]
