"""From kernel facts and a child's untrusted words to an outcome.

The order, strongest fact first: the kernel killed for memory; the output cap; the deadlines; then what the record says
if it is complete (planned names come from the host's copy of the job, the completion mark carries this job's nonce); a
signal; an exit before every planned case had reported. Silence is never success.
"""

from __future__ import annotations

import ast
import json
import re
import signal
import sys
from dataclasses import replace
from typing import Any

from codefactory.runner import compare
from codefactory.runner.protocol import Reply
from codefactory.types import Assurance, Case, Check, Fact, Job, Outcome, Status

_SHARED = {
    "ok": Status.PASSED,
    "fail": Status.FAILED,
    "error": Status.ERRORED,
    "syntax": Status.ERRORED,
}  # skips and demotions: INCOMPLETE
_PLAIN = (int, str, bool, type(None))  # not float: a child tags those, and only a forger writes one as it is
_SHORT = 1000
_ORDER = (Status.FAILED, Status.ERRORED, Status.INCOMPLETE)
_REASONS = {
    "output": (Status.OUTPUT_LIMIT, "wrote more than limits.output_kb"),
    "cpu": (Status.TIMEOUT, "used more CPU time than limits.cpu_s"),
    "wall": (Status.TIMEOUT, "idle: took longer than limits.wall_s"),
    "memory": (Status.OUT_OF_MEMORY, "used more memory than limits.memory_mb"),
}


def judge(job: Job, reply: Reply, nonce: str) -> Outcome:
    """The outcome of a job whose cases the child reported on (`compared`, `separated`, `shared`)."""
    head = reply.head
    if not head["ready"] and not head["oom"]:
        return measured(job, head, Status.BROKEN, (), head["err"] or "the child never raised its walls")
    words, complete, ended = _read(reply.record, nonce, len(job.cases))
    facts = tuple(_fact(job, case, words.get(index)) for index, case in enumerate(job.cases))
    status, detail = kernel(head)
    if status is None and ended:
        status, detail = _ending(ended)
    full = complete and len(words) == len(job.cases)
    died = head["signal"] or (not full and head["other_signal"])
    if status is None and died:
        status, detail = Status.CRASHED, f"killed by {signal.Signals(died).name}"
    if status is None and not full:
        status, detail = Status.INCOMPLETE, f"{len(words)} of {len(job.cases)} cases reported"
    if status is None:
        return measured(job, head, *_worst(facts, words))
    return measured(job, head, status, facts=_blame(facts, words, status, bool(ended)), detail=detail)


def judge_program(job: Job, case: Case, reply: Reply) -> Outcome:
    """The outcome of one run of a script: its stdout against the expected text."""
    head = reply.head
    if not head["ready"]:
        return measured(job, head, Status.BROKEN, (), head["err"] or "the child never raised its walls")
    _, _, ended = _read(reply.record, "", 0)
    status, detail = kernel(head)
    if status is None and ended:
        status, detail = _ending(ended)
    if status is None and head["signal"]:
        status, detail = Status.CRASHED, f"killed by {signal.Signals(head['signal']).name}"
    if status is None and head["code"] != 0:
        status, detail = Status.ERRORED, f"exit code {head['code']}"
    value = ""
    if status is None:
        assert case.call is not None
        same = compare.same_text(head["out"], case.call.expected)
        status, detail = (Status.PASSED, "") if same else (Status.FAILED, "another output")
        value = repr(head["out"])[: compare.LONGEST_SOURCE]
    head = {**head, "out": head["out"][-2048:]}
    return measured(job, head, status, (Fact(case.name, status, value),), detail)


def refuse(job: Job) -> Outcome | None:
    """What can be said before anything is executed: no cases, or tests that replace what they test."""
    if not job.cases:
        return Outcome(Status.INCOMPLETE, (), job.assurance, "the suite has no cases")
    name = job.entry_point.partition(".")[0]
    if job.assurance is Assurance.COMPARED or not name or job.language != "python":
        return None
    for source in (job.preamble, *(case.source for case in job.cases)):
        if binds(source, name):
            facts = tuple(Fact(case.name, Status.ERRORED) for case in job.cases)
            return Outcome(Status.ERRORED, facts, job.assurance, f"the suite redefines '{name}'")
    return None


def binds(source: str, name: str) -> bool:
    """Whether a source gives its top level a new meaning of the name; importing it from the solution does not."""
    if not re.search(rf"\b(?:def|class|as|import|for)\s[^\n]*\b{name}\b|\b{name}\b[^=\n]*=(?!=)", source):
        return False
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return False  # the child will say so
    todo: list[ast.AST] = list(tree.body)
    while todo:
        node = todo.pop()
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef | ast.Lambda):
            if getattr(node, "name", "") == name:
                return True
            continue
        if isinstance(node, ast.Import | ast.ImportFrom):
            for alias in node.names:
                origin = node.module or "" if isinstance(node, ast.ImportFrom) else alias.name
                own = origin.partition(".")[0] not in sys.stdlib_module_names
                if (alias.asname or alias.name) == name and not own:
                    return True
        elif isinstance(node, ast.Name) and node.id == name and not isinstance(node.ctx, ast.Load):
            return True
        todo += ast.iter_child_nodes(node)
    return False


def merge(job: Job, outcomes: list[Outcome]) -> Outcome:
    """One outcome for a script's runs: the first that did not pass, the facts of all, the times added up."""
    if not outcomes:
        return Outcome(Status.INCOMPLETE, (), job.assurance, "the suite has no cases")
    chosen = next((outcome for outcome in outcomes if outcome.status is not Status.PASSED), outcomes[-1])
    facts = [fact for outcome in outcomes for fact in outcome.facts]
    facts += [Fact(case.name, chosen.status) for case in job.cases[len(facts) :]]
    return replace(
        chosen,
        facts=tuple(facts),
        cpu_s=sum(outcome.cpu_s for outcome in outcomes),
        wall_s=sum(outcome.wall_s for outcome in outcomes),
        memory_mb=max(outcome.memory_mb for outcome in outcomes),
    )


def out_of_memory(job: Job) -> Outcome:
    """The outcome where the whole sandbox died and the engine says that memory was why."""
    facts = tuple(Fact(case.name, Status.OUT_OF_MEMORY) for case in job.cases)
    return Outcome(Status.OUT_OF_MEMORY, facts, job.assurance, "the sandbox was killed for memory")


def broken(job: Job, detail: str) -> Outcome:
    """Our own fault: never recorded, always retried."""
    return Outcome(Status.BROKEN, (), job.assurance, detail)


def kernel(head: dict[str, Any]) -> tuple[Status | None, str]:
    """What the kernel or a limit stopped, with its reason; (None, '') where neither did."""
    if head["oom"]:
        return Status.OUT_OF_MEMORY, f"the kernel killed {head['oom']} process(es) for memory"
    if head["reason"]:
        return _REASONS[head["reason"]]
    if head["signal"] == signal.SIGXCPU:
        return _REASONS["cpu"]
    return None, ""


def _read(record: bytes, nonce: str, planned: int) -> tuple[dict[int, list[Any]], bool, list[Any]]:
    """(last words on each case by index, whether the completion mark is right, how the program ended before its cases).

    A record that is not what the harness writes (cases reported twice or unplanned, broken JSON) counts as no record.
    """
    try:
        entries = json.loads(b"[" + record.rstrip(b",") + b"]")
    except (ValueError, RecursionError):
        return {}, False, []
    words: dict[int, list[Any]] = {}
    complete = False
    for entry in entries:
        if type(entry) is not list or len(entry) < 2:
            return {}, False, []
        key = entry[0]
        if key == "done":
            complete = entry[1] == nonce
        elif type(key) is int and 0 <= key < planned and key not in words:
            words[key] = entry[1:]
        elif key in ("syntax", "left", "raised", "preamble") and not words:
            return {}, False, [str(part)[:500] for part in entry]
        else:
            return {}, False, []
    return words, complete, []


def _fact(job: Job, case: Case, word: list[Any] | None) -> Fact:
    if word is None:
        return Fact(case.name, Status.INCOMPLETE)
    if case.call is None or job.assurance is not Assurance.COMPARED:
        said = str(word[1])[:80] if word[0] == "ok" and len(word) > 1 else ""  # how many tests a whole file has run
        return Fact(case.name, _SHARED.get(str(word[0]), Status.INCOMPLETE), said)
    call = case.call
    if word[0] == "v" and len(word) == 2 and type(word[1]) in _PLAIN and call.check is Check.EQUAL:
        value = repr(word[1])
        if len(value) < _SHORT:  # most cases: what was tagged stands for itself
            return Fact(case.name, Status.PASSED if compare.agrees(call, word[1]) else Status.FAILED, value)
    if word[0] == "x" and len(word) > 1 and type(word[1]) is list and all(type(name) is str for name in word[1]):
        names = word[1] or ["Exception"]
        hit = call.check is Check.RAISES and compare.raised(call, names)
        return Fact(case.name, Status.PASSED if hit else Status.ERRORED, f"!{names[0][:80]}")
    if word[0] != "v" or len(word) != 2:
        return Fact(case.name, Status.INCOMPLETE)
    returned = compare.rebuild(word[1])
    hit = call.check is not Check.RAISES and compare.agrees(call, returned)
    return Fact(case.name, Status.PASSED if hit else Status.FAILED, compare.source(returned))


def _ending(ended: list[Any]) -> tuple[Status, str]:
    """What the child said about an end before the first case."""
    kind, *rest = ended
    if kind == "syntax":
        return Status.SYNTAX, rest[0]
    if kind == "left":
        return Status.INCOMPLETE, rest[0]
    if kind == "preamble":
        return Status.ERRORED, f"the suite's preamble: {rest[-1]}"
    return (Status.OUT_OF_MEMORY if rest[0] == "MemoryError" else Status.ERRORED), rest[-1]


def _worst(facts: tuple[Fact, ...], words: dict[int, list[Any]]) -> tuple[Status, tuple[Fact, ...], str]:
    for status in _ORDER:
        for index, fact in enumerate(facts):
            if fact.status is status:
                said = str(words[index][-1])[:300] if words[index][0] not in ("v",) else f"returned {fact.value[:200]}"
                return status, facts, f"{fact.name}: {said}"
    return Status.PASSED, facts, ""


def _blame(facts: tuple[Fact, ...], words: dict[int, list[Any]], status: Status, whole: bool) -> tuple[Fact, ...]:
    """The first case without a word was the one running; the whole program, where it ended before its cases."""
    blamed = []
    first = True
    for index, fact in enumerate(facts):
        silent = index not in words
        blamed.append(Fact(fact.name, status) if silent and (first or whole) else fact)
        first = first and not silent
    return tuple(blamed)


def measured(job: Job, head: dict[str, Any], status: Status, facts: tuple[Fact, ...] = (), detail: str = "") -> Outcome:
    """An outcome with the server's own measurements in it."""
    return Outcome(
        status=status,
        facts=facts,
        assurance=job.assurance,
        detail=detail,
        cpu_s=round(head["cpu"], 6),
        wall_s=round(head["wall"], 6),
        memory_mb=round(head["rss_kb"] / 1024, 2),
        stdout_tail=head["out"],
        stderr_tail=head["err"],
    )
