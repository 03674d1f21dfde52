"""HTTP to a model's server, by aiohttp: kept-open connections, TLS, and the environment's proxy where there is one.

An answer that has been read is on its way to whoever asked in the same turn of the event loop, so that a kill finds
few answers between the socket and the ledger. Connections have no limit here: the backend decides how many calls are
out at once. Nothing is tried again, no redirect is followed, no cookie is kept and no `.netrc` is read.
"""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

import aiohttp
from aiohttp.client_reqrep import ClientRequest
from aiohttp.connector import Connection
from aiohttp.tracing import Trace

from codefactory.errors import BackendError

LARGEST_BODY = 16 << 20
LOOPBACK = ("127.0.0.1", "localhost", "::1")


class NoAnswer(Exception):
    """There is no whole answer."""


class Unreachable(NoAnswer):
    """No connection could be made: nothing listens there, the name is unknown, the certificate is not trusted."""


class Cut(NoAnswer):
    """The connection broke before the answer was whole, or what came is not HTTP."""


class TooLarge(NoAnswer):
    """The answer is longer than LARGEST_BODY."""


@dataclass(frozen=True, slots=True)
class Answer:
    """A whole answer; headers are found by their names in any case."""

    status: int
    headers: Mapping[str, str]
    body: bytes


class Client:
    """Whom to ask, and what every request says. It belongs to the event loop in which it is first used.

    Raises:
        BackendError: if the environment names a proxy that is no `http://` one.
    """

    def __init__(self, url: str, headers: Mapping[str, str]) -> None:
        parts = urlsplit(url)
        self._url = parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl().rstrip("/")
        # No compressed answers: few servers compress what they compute token by token.
        self._headers = {"Accept-Encoding": "identity", "Content-Type": "application/json", **headers}
        self._proxy = proxy(url)
        self._session: aiohttp.ClientSession | None = None

    async def ask(self, path: str, body: bytes | None = None) -> Answer:
        """The answer to a POST of the body, or to a GET where there is none; waits for as long as it takes.

        Raises:
            NoAnswer: one of its kinds.
        """
        session = self._session = self._session or self._open()
        if session.closed:
            raise Cut("closed")
        method = "GET" if body is None else "POST"
        try:
            async with session.request(method, self._url + path, data=body, allow_redirects=False) as answer:
                return Answer(answer.status, answer.headers, await _read(answer))
        except aiohttp.ClientHttpProxyError as error:
            raise Unreachable(f"the proxy refuses ({error.status})") from None
        except (aiohttp.ClientConnectorError, ValueError) as error:  # a certificate that is not trusted, a bad name
            raise Unreachable(str(error)) from None
        except aiohttp.ClientError as error:
            raise Cut(str(error) or type(error).__name__) from None

    async def close(self) -> None:
        """Hang up; calls that wait are cut."""
        if self._session:
            await self._session.close()

    def _open(self) -> aiohttp.ClientSession:
        trusted = ssl.create_default_context() if self._url.startswith("https:") else True
        return aiohttp.ClientSession(
            connector=_Connector(limit=0, ssl=trusted),
            headers=self._headers,
            timeout=aiohttp.ClientTimeout(total=None, sock_connect=None),
            cookie_jar=aiohttp.DummyCookieJar(),
            proxy=self._proxy,
        )


def fetch(url: str, headers: Mapping[str, str], body: bytes | None = None, *, timeout_s: float) -> Answer:
    """One answer over a connection of its own, for code that is not asynchronous; see `Client.ask`.

    Raises:
        NoAnswer: one of its kinds; Cut where it takes too long.
        BackendError: as Client says.
    """

    async def ask() -> Answer:
        client = Client(url, headers)
        try:
            async with asyncio.timeout(timeout_s):
                return await client.ask("", body)
        except TimeoutError:
            raise Cut(f"no answer within {timeout_s:g} s") from None
        finally:
            await client.close()

    with ThreadPoolExecutor(1) as thread:  # this one may have an event loop, which would not run a second
        return thread.submit(asyncio.run, ask()).result()


def proxy(url: str) -> str | None:
    """The proxy that the environment names for a URL (`HTTPS_PROXY`, `ALL_PROXY`, ...); none for this machine.

    Raises:
        BackendError: if it is no `http://` one.
    """
    parts, named = urlsplit(url), getproxies()
    found = named.get(parts.scheme) or named.get("all")
    if not found or parts.hostname in LOOPBACK or proxy_bypass(parts.netloc.rpartition("@")[2]):
        return None
    there = urlsplit(found if "://" in found else f"http://{found}")
    if there.scheme != "http" or not there.hostname:
        raise BackendError(
            f"the environment's proxy for {parts.scheme}:// is no http:// proxy ({there.scheme}://...); "
            f"set {parts.scheme.upper()}_PROXY to one, or name {parts.hostname} in NO_PROXY"
        )
    return there.geturl()


class _Connector(aiohttp.TCPConnector):
    """Passes over connections on which something came that nobody had asked for: it would answer the next question."""

    async def connect(
        self,
        req: ClientRequest,
        traces: list[Trace],
        timeout: aiohttp.ClientTimeout,  # noqa: ASYNC109 - aiohttp's own signature
    ) -> Connection:
        while True:
            found = await super().connect(req, traces, timeout)
            if not (found.protocol and found.protocol.should_close):
                return found
            found.close()


async def _read(answer: aiohttp.ClientResponse) -> bytes:
    parts, size = [], 0
    async for part in answer.content.iter_any():
        size += len(part)
        if size > LARGEST_BODY:
            answer.close()  # hang up: the rest would have to be read
            raise TooLarge(f"more than {LARGEST_BODY >> 20} MiB")
        parts.append(part)
    return b"".join(parts)
