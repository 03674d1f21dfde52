"""The fork server: PID 1 of a sandbox, one job at a time, one fork a job.

Theory of operation. The server connects once to the host and never again. It warms itself (imports, one compile, one
assertion, one traceback: otherwise every child rebuilds those types), freezes its heap so that children share its
pages, then loops: read a job's *head* (limits), fork, let the child read the *body* (code, cases), so that nothing of
a job ever enters this process, whose memory the next child inherits. The child closes the socket, raises the walls,
says so on a pipe, and only then looks at the candidate's code. The server meanwhile waits on a pidfd, drains output
up to a cap and keeps the clocks. Main's exit is the end, not end-of-file on its pipes. Then everything alive is
killed and reaped, the scratch folders are checked, and one frame goes back: what the kernel says (head), what the
child wrote into its record, a shared mapping that survives its death (body, untrusted). A sandbox that cannot be
cleaned says so and ends. The server ends when its socket does: a dead host leaves nothing running.
"""

from __future__ import annotations

import gc
import importlib.util
import json
import mmap
import os
import select
import signal
import socket
import struct
import sys
import time
from collections.abc import Callable
from marshal import loads
from typing import Any

import building
import cleaning
import hugetext
import seccomp
import walls
from channels import LENGTH, RECORD_HEADER, Pipes, Record, Stdio, connect, receive
from counters import Counters
from watch import HostGoneError, Watch

FRAME = struct.Struct(">II")
READ_HEAD = json.JSONDecoder().scan_once  # what json.loads ends in, without the Python in front of it
QUOTE = json.encoder.encode_basestring_ascii
READY_S = 10.0
KEPT = 3  # the one descriptor beside stdin, stdout and stderr that a job may have
HARNESS: list[Any] = []  # the language's module, once warmed


class Server:
    """Reads jobs from a socket, runs each in a fork, answers in order."""

    def __init__(self, sock: socket.socket, uid: int, protocol: dict[str, Any], counters: Counters) -> None:
        self.sock, self.uid, self.protocol, self.counters = sock, uid, protocol, counters
        # Without namespaces /dev/shm is the whole machine's: not ours to empty.
        scratch = (protocol["box"], protocol["shm"]) if os.getpid() == 1 else (protocol["box"],)
        self.folders = tuple(folder for folder in scratch if os.path.isdir(folder))
        self.warmed: set[str] = set()
        self.ready_in, self.ready_out = os.pipe2(os.O_NONBLOCK)
        self.jobs = 0

    def serve(self) -> None:
        """Until the host hangs up, or the sandbox is worn out or dirty."""
        while self.jobs < self.protocol["jobs_per_box"]:
            try:
                head_size, _ = FRAME.unpack(receive(self.sock, FRAME.size))
                head, _ = READ_HEAD(receive(self.sock, head_size).decode(), 0)
            except (EOFError, ConnectionError):
                return
            self.reseed(head)
            self.warm(head["warm"])
            try:
                if not self.one(head):
                    return
            except (HostGoneError, BrokenPipeError, ConnectionResetError):
                return  # PID 1's end is everybody's
            self.jobs += 1

    def warm(self, modules: list[str]) -> None:
        """Imports what jobs are about to need, once, so that children find it loaded."""
        fresh = [name for name in modules if name not in self.warmed]
        for name in fresh:
            self.warmed.add(name)
            try:
                __import__(name)
            except ImportError:
                continue
        if fresh:
            gc.collect()
            gc.freeze()

    def reseed(self, head: dict[str, Any]) -> None:
        """Hash seeds are fixed when Python starts: another seed means starting over, in place, with this head."""
        if os.environ.get("PYTHONHASHSEED", "0") == str(head["seed"]):
            return
        os.environ["PYTHONHASHSEED"] = str(head["seed"])
        os.environ["SANDBOX_PENDING"] = json.dumps(head)
        again = ["--fd", str(self.sock.fileno())]
        if isinstance(self.sock, Stdio):
            again = ["--stdio", "-"]
            self.sock.restore()
        else:
            os.set_inheritable(self.sock.fileno(), True)
        os.execv(sys.executable, [sys.executable, *sys.orig_argv[1:-2], *again])

    def one(self, head: dict[str, Any]) -> bool:
        """Runs one job and answers; False when the sandbox must not be used again."""
        record = mmap.mmap(-1, self.protocol["record_bytes"])
        pipes = Pipes()
        if len(head["parts"]) == 2:
            pids = self.pair(head, record, pipes)
        else:
            pids = [
                self.fork(
                    head,
                    head["parts"][0],
                    self.uid,
                    pipes,
                    lambda texts: run(alone, head, texts, Record(record)),
                )
            ]
        pipes.close_writers()
        watch = Watch(pids, head, pipes.readers, self.counters, self.sock.fileno())
        watch.run()
        dirty, head_text = self.end(watch)
        body = self.read_record(record)
        record.close()
        pipes.close_readers()
        self.answer(head_text, body)
        return not dirty

    def fork(
        self, head: dict[str, Any], size: int, uid: int, pipes: Pipes, go: Callable[[Any], None], keep: int = -1
    ) -> int:
        """A child that takes its part of the body, lets go of everything of ours, raises the walls, then goes.

        Its working folder and its stdin are the server's own: the scratch folder, and nothing. `keep` is a descriptor
        that it finds again as number 3.
        """
        pid = os.fork()
        if pid:
            return pid
        try:  # each kind of call costs a child some pages of ours: what can be done once is done by the server
            texts = loads(receive(self.sock, size))
            os.dup2(pipes.out, 1)
            os.dup2(pipes.err, 2)
            os.setsid()
            walls.limit(head, not self.counters.memory_counted)
            walls.become(uid)
            os.write(self.ready_out, b"r")
            if keep >= 0:
                os.dup2(keep, KEPT, inheritable=False)
            os.closerange(KEPT + (keep >= 0), 1024)
        except BaseException as error:
            os.write(2, f"the walls could not be raised: {error!r}".encode())
            os._exit(113)
        go(texts)
        os._exit(1)

    def pair(self, head: dict[str, Any], record: mmap.mmap, pipes: Pipes) -> list[int]:
        """Tests and solution in two processes with two uids: [tests, solution].

        The tests' process comes first and has its walls up before a line of the solution's runs, so that the solution
        cannot keep it from coming up; the solution's process unmaps the record before it starts.
        """
        near, far = socket.socketpair()
        tests_uid = self.uid + 1 if self.uid >= 0 else self.uid

        def tests(texts: list[Any]) -> None:
            run(HARNESS[0].run_tests, texts, KEPT, Record(record))

        def solution(texts: list[Any]) -> None:
            record.close()
            run(solution_of_two, head, texts)

        first = self.fork(head, head["parts"][0], tests_uid, pipes, tests, keep=near.fileno())
        near.close()
        select.select([self.ready_in], [], [], READY_S)  # it has read its part of the body
        second = self.fork(head, head["parts"][1], self.uid, pipes, solution, keep=far.fileno())
        far.close()
        return [first, second]

    def end(self, watch: Watch) -> tuple[str, str]:
        """Kills and reaps what is left, reads the kernel's counters, checks the scratch folders.

        Returns why the sandbox must not be used again ('' if it may be), and the answer's head.
        """
        _, status, usage = os.wait4(watch.pids[0], 0)
        wall = time.monotonic() - watch.started
        cpu = usage.ru_utime + usage.ru_stime
        other = 0
        rss = usage.ru_maxrss
        if len(watch.pids) > 1:
            other, more = cleaning.wait_briefly(watch.pids[1])
            cpu, rss = cpu + more.ru_utime + more.ru_stime, max(rss, more.ru_maxrss)
        dirty = ""
        if cleaning.any_child():
            cleaning.kill_all(watch.pids)
            reaped, seconds = cleaning.reap_all()
            cpu += seconds
            dirty = "" if reaped else "processes are left"
        watch.finish()
        ready = self.were_ready() == len(watch.pids)
        if not ready:
            dirty = "the walls were not raised"
        elif not dirty and not self.emptied(len(watch.pids) > 1):
            dirty = "files are left"
        code = os.waitstatus_to_exitcode(status)
        out, err = watch.output.values()
        tail = self.protocol["tail_bytes"]
        said = QUOTE(str(out if watch.head["full"] else out[-tail:], "utf-8", "replace"))
        wrong = QUOTE(str(err[-tail:], "utf-8", "replace"))
        # As text at once: a general encoder would touch three times as many pages, each of them shared with a child.
        return dirty, (
            f'{{"id":{watch.head["id"]},"code":{code if code >= 0 else "null"},"signal":{-code if code < 0 else 0},'
            f'"other_signal":{other},"reason":"{watch.reason}","oom":{self.counters.oom_kills()},"cpu":{cpu:.6f},'
            f'"wall":{wall:.6f},"rss_kb":{rss},"out":{said},"err":{wrong},'
            f'"ready":{"true" if ready else "false"},"dirty":"{dirty}"}}'
        )

    def emptied(self, two_uids: bool) -> bool:
        """Whether the scratch folders are empty, after removing what is in them with the rights of who made it."""
        for uid in (self.uid, self.uid + 1) if two_uids and self.uid >= 0 else (self.uid,):
            if not cleaning.occupied(self.folders) or cleaning.clean(self.folders, lambda: walls.become(uid)):  # noqa: B023
                return True
        return False

    def were_ready(self) -> int:
        """How many children said that their walls are up. A pipe: what was said cannot be unsaid by the candidate."""
        try:
            return len(os.read(self.ready_in, 16))
        except BlockingIOError:
            return 0

    def read_record(self, record: mmap.mmap) -> bytes:
        (size,) = LENGTH.unpack_from(record, 0)
        return bytes(record[RECORD_HEADER : RECORD_HEADER + size])

    def answer(self, head: str, body: bytes) -> None:
        data = head.encode()
        self.sock.sendall(FRAME.pack(len(data), len(body)) + data + body)


def alone(head: dict[str, Any], texts: list[Any], record: Record) -> None:
    """Behind the walls: a compile step, or the whole of a job."""
    if head["mode"] == "compile":
        building.build(texts, record)
    if "artefact" in head:
        building.place(head["artefact"], texts.pop(), 0o700)
    HARNESS[0].run(head["mode"], texts, record)


def solution_of_two(head: dict[str, Any], texts: list[Any]) -> None:
    """Behind the walls: the solution's process of `separated`."""
    if "artefact" in head:
        building.place(head["artefact"], texts.pop(), 0o700)
    HARNESS[0].run_solution(texts, KEPT)


def run(go: Callable[..., None], *arguments: Any) -> None:
    """Hands over to the job. Never returns: nothing of the server's may run after a candidate."""
    gc.enable()
    try:
        go(*arguments)
    finally:
        os._exit(1)


def option(argv: list[str], name: str, default: int) -> int:
    return int(argv[argv.index(name) + 1]) if name in argv else default


def main(argv: list[str]) -> None:
    hugetext.take()
    here = os.path.dirname(os.path.abspath(__file__))
    language = os.environ.get("SANDBOX_LANGUAGE", "python")
    sys.path.insert(0, os.path.join(here, language))
    with open(os.path.join(here, "protocol.json"), encoding="utf-8") as file:
        protocol = json.load(file)
    protocol["box"] = os.environ.get("SANDBOX_BOX", protocol["box"])
    counters = Counters(option(argv, "--oom-fd", -1), option(argv, "--cpu-fd", -1))
    sock = connect(argv)
    server = Server(sock, option(argv, "--uid", -1), protocol, counters)
    enforced = raise_own_walls(server.uid)
    quarters(protocol["box"])
    HARNESS.append(importlib.import_module("harness"))
    HARNESS[0].warm_up()
    sys.path[:] = [entry for entry in sys.path if not entry.startswith(here)]
    for name in ("building", "channels", "cleaning", "hugetext", "seccomp", "walls", "watch", "counters"):
        sys.modules.pop(name, None)
    gc.collect()
    gc.disable()
    gc.freeze()
    pending = os.environ.pop("SANDBOX_PENDING", "")
    if pending:
        head = json.loads(pending)
        server.warm(head["warm"])
        if not server.one(head):
            return
    else:
        enforced |= {"memory_cgroup": counters.memory_counted, "pid1": os.getpid() == 1}
        bytecode = importlib.util.MAGIC_NUMBER.hex() if language == "python" else ""
        python = {"python": sys.version.split()[0], "bytecode": bytecode}
        server.answer(json.dumps({"protocol": protocol["version"], **python, "enforced": enforced}), b"")
    server.serve()


def quarters(box: str) -> None:
    """What every job finds: the scratch folder to work in, nothing on stdin, Ctrl-C as any program has it."""
    os.chdir(box)
    null = os.open("/dev/null", os.O_RDONLY)
    os.dup2(null, 0)
    os.close(null)
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def raise_own_walls(uid: int) -> dict[str, bool]:
    """What the server takes on for itself and so for every job."""
    os.umask(0o077)
    if uid >= 0:
        os.setgroups([])
    walls.limit_all()
    walls.undumpable()
    walls.no_new_privileges()
    return {"seccomp": seccomp.install()}


if __name__ == "__main__":
    main(sys.argv[1:])
