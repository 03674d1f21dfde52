"""A wrong candidate that changes what judges it, or speaks in its place, is not passed, beside its tests either."""

from __future__ import annotations

import pytest

from codefactory.languages import LANGUAGES
from codefactory.languages.base import Language
from codefactory.languages.neutral import NeutralCase, compile_cases
from codefactory.runner.base import open_runner
from codefactory.types import Assurance, Job, Status
from tests.languages.conftest import ECHO, require_language

# What a program does before it answers 1, where 2 is right.
BEFORE = {
    "elixir": {
        "defines the assertions again": "defmodule ExUnit.Assertions do\n  defmacro assert(_), do: true\nend\n",
        "leaves the tests out": "ExUnit.start(autorun: false)\nExUnit.configure(exclude: [:test])\n",
        "speaks in the driver's place": (
            'Port.command(Sandbox.Reports, ~s([0,"v",2]\\n["test","two","ok",""]\\n["done",""]\\n))\n'
        ),
    },
    "commonlisp": {
        "defines the assertions again": "(defmacro fiveam:is (&rest all) (declare (ignore all)) t)\n",
        "unlocks them before": (
            "(sb-ext:unlock-package :fiveam)\n"
            '(defmacro fiveam:is (&rest all) (declare (ignore all)) \'(fiveam:pass ""))\n'
        ),
        "speaks in the driver's place": (
            '(with-open-file (out "/proc/self/fd/3" :direction :output :if-exists :append)\n'
            '  (format out "[0,\\"v\\",2]~%[\\"test\\",\\"two\\",\\"ok\\",\\"\\"]~%[\\"done\\",\\"\\"]~%"))\n'
        ),
    },
    "prolog": {
        "defines the assertions again": (
            "plunit:failure(Unit, Name, Line, _, _) :- assertz(plunit:passed(Unit, Name, Line, true, 0)).\n"
        ),
        "rewrites the tests": (
            "user:goal_expansion(_ =:= _, true).\nuser:term_expansion((test(N, _) :- _), (test(N) :- true)).\n"
        ),
        "defines the driver again": "sandbox_suites:outcome(_, _, _, ok, '').\nsandbox_reports:tagged(_, \"2\").\n",
        "defines who looks at the driver again": (
            "sandbox_driver:sealed(_, _).\nsandbox_suites:outcome(_, _, _, ok, '').\n"
        ),
        "speaks in the driver's place": (
            ':- format(sandbox_out, \'[0,"v",2]~n["test","two","ok",""]~n["done",""]~n\', []),'
            " flush_output(sandbox_out).\n"
        ),
    },
}


@pytest.mark.docker
@pytest.mark.parametrize("name", BEFORE)
async def test_who_changes_what_judges_is_not_passed(name: str) -> None:
    require_language(name)
    language: Language = LANGUAGES.load(name)
    assert language.notation is not None
    made = compile_cases(language.notation, "f", [NeutralCase("two", (1,), 2)])
    suite = language.read_suite(made.native, "f")
    passed = []
    async with open_runner("docker", slots=1, language=name) as runner:
        for trick, before in BEFORE[name].items():
            code = before + ECHO[name]
            beside = Job(name, code, "f", suite.cases, suite.preamble, Assurance.SHARED, language.limits)
            for job in (Job(name, code, "f", made.suite.cases, limits=language.limits), beside):
                outcome = await runner.execute(job)
                passed += [f"{job.assurance}: {trick}"] if outcome.status is Status.PASSED else []
    assert passed == []
