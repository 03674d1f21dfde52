"""A headless Chromium, spoken to over its own debugging pipe (DevTools protocol): nothing is installed beside it.

It runs without a network: every name resolves to nothing. What a page asks for and complains about is kept.
"""

from __future__ import annotations

import base64
import fcntl
import json
import os
import select
import shutil
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

NAMES = ("chromium", "chromium-headless-shell", "chromium-browser", "google-chrome", "chrome")
FLAGS = (
    "--headless", "--remote-debugging-pipe", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-extensions", "--no-proxy-server",
    "--host-resolver-rules=MAP * ~NOTFOUND", "--hide-scrollbars",
)  # fmt: skip
PATIENCE_S = 180.0  # for one answer: a busy machine takes its time to start a browser

Json = dict[str, Any]


def executable() -> str:
    """Where a Chromium is; "" where there is none. CODEFACTORY_CHROMIUM names one elsewhere."""
    named = os.environ.get("CODEFACTORY_CHROMIUM", "")
    return named or next(filter(None, map(shutil.which, NAMES)), "") or ""


@dataclass
class Browser:
    """The browser's end of the pipe."""

    write: int
    read: int
    events: list[Json] = field(default_factory=list)
    answers: dict[int, Json] = field(default_factory=dict)
    rest: bytes = b""
    sent: int = 0

    def call(self, method: str, session: str = "", **params: Any) -> Json:
        """Send a command and wait for its answer."""
        self.sent += 1
        number = self.sent
        message = {"id": number, "method": method, "params": params} | ({"sessionId": session} if session else {})
        os.write(self.write, json.dumps(message).encode() + b"\0")
        while number not in self.answers:
            self.listen()
        answer = self.answers.pop(number)
        assert "error" not in answer, f"{method}: {answer['error']}"
        return dict(answer["result"])

    def listen(self) -> None:
        """Take in what the browser says next."""
        ready, _, _ = select.select([self.read], [], [], PATIENCE_S)
        assert ready, f"the browser said nothing for {PATIENCE_S:.0f} s"
        chunk = os.read(self.read, 1 << 20)
        assert chunk, "the browser is gone"
        *whole, self.rest = (self.rest + chunk).split(b"\0")
        for text in whole:
            message = json.loads(text)
            if "id" in message:
                self.answers[message["id"]] = message
            else:
                self.events.append(message)

    def show(self, path: Path, *, width: int) -> Page:
        """Load a file in a window of its own, so many pixels wide, up to its last picture."""
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        page = Page(self, self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"])
        for domain in ("Page", "Network", "Runtime", "Log"):
            page.call(f"{domain}.enable")
        page.resize(width)
        page.call("Page.navigate", url=path.as_uri())
        while not page.events("Page.loadEventFired"):
            self.listen()
        page.settle()
        return page


@dataclass(frozen=True)
class Page:
    """One loaded page."""

    browser: Browser
    session: str

    def call(self, method: str, **params: Any) -> Json:
        """A command to this page."""
        return self.browser.call(method, self.session, **params)

    def ask(self, expression: str) -> Any:
        """The value of a JavaScript expression."""
        found = self.call("Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True)
        assert "exceptionDetails" not in found, found["exceptionDetails"]
        return found["result"].get("value")

    def resize(self, width: int, *, paper: bool = False) -> None:
        """Make the window so many pixels wide (a phone's below 600), with the styles for a screen or for paper."""
        self.call(
            "Emulation.setDeviceMetricsOverride", width=width, height=900, deviceScaleFactor=1, mobile=width < 600
        )
        self.call("Emulation.setEmulatedMedia", media="print" if paper else "")
        self.settle()

    def settle(self) -> None:
        """Wait until every picture of this width is there; one that cannot be drawn is not waited for."""
        self.ask("Promise.all([...document.images].map(image => image.decode().catch(() => 0))).then(() => true)")

    def events(self, *methods: str) -> list[Json]:
        """What has happened of some kinds, in order."""
        mine = (event for event in self.browser.events if event.get("sessionId") == self.session)
        return [event["params"] for event in mine if event["method"] in methods]

    def requests(self) -> list[str]:
        """Every address that the page asked for, but for what it holds itself."""
        urls = (str(event["request"]["url"]) for event in self.events("Network.requestWillBeSent"))
        return [url for url in urls if not url.startswith("data:")]

    def complaints(self) -> list[Json]:
        """Console lines, exceptions and the browser's own errors and warnings."""
        return self.events("Runtime.consoleAPICalled", "Runtime.exceptionThrown", "Log.entryAdded")

    def printed(self) -> bytes:
        """The page as PDF on A4."""
        return base64.b64decode(self.call("Page.printToPDF", paperWidth=8.27, paperHeight=11.69)["data"])


@contextmanager
def browsing(folder: Path) -> Iterator[Browser]:
    """A browser with its profile in a folder; it is gone at the end, and every process of it."""
    # Above 10: Chromium wants its pipes at 3 and 4, and these must not be in the way there.
    ends = [fcntl.fcntl(end, fcntl.F_DUPFD_CLOEXEC, 10) for pair in (os.pipe(), os.pipe()) for end in pair]
    their_read, our_write, our_read, their_write = ends
    # Root has no sandbox to give to a page; these pages are our own.
    flags = [*FLAGS, f"--user-data-dir={folder}", *(["--no-sandbox"] if os.geteuid() == 0 else [])]
    quiet = os.open(os.devnull, os.O_RDWR)
    actions = [(os.POSIX_SPAWN_DUP2, quiet, place) for place in (0, 1, 2)]
    actions += [(os.POSIX_SPAWN_DUP2, their_read, 3), (os.POSIX_SPAWN_DUP2, their_write, 4)]
    program = executable()
    pid = os.posix_spawn(program, [program, *flags, "about:blank"], os.environ, file_actions=actions, setpgroup=0)
    for end in (their_read, their_write, quiet):
        os.close(end)
    browser = Browser(our_write, our_read)
    try:
        yield browser
    finally:
        with suppress(AssertionError, OSError):
            browser.call("Browser.close")
        time.sleep(0.1)
        with suppress(ProcessLookupError):
            os.killpg(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
        os.close(our_write)
        os.close(our_read)
