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
    "lua": {
        "reads the mark and speaks": (
            'local plan, out = io.open("/proc/self/fd/4", "r"), io.open("/proc/self/fd/3", "a")\n'
            'local mark = plan and plan:read("l") or ""\n'
            'out:write(\'[0,"v",2]\\n["test","two","ok",""]\\n["done","\' .. mark .. \'"]\\n\')\n'
            "out:close()\nos.exit(0)\n"
        ),
    },
    "javascript": {
        "reads the mark and speaks": (
            "const fs = require('fs');\nlet mark = '';\n"
            "for (const plan of [4, '/proc/self/fd/4']) {\n"
            "  try { mark ||= fs.readFileSync(plan, 'utf8').trim(); } catch {}\n}\n"
            'fs.writeSync(3, `[0,"v",2]\\n["test","two","ok",""]\\n["done","${mark}"]\\n`);\nprocess.exit(0);\n'
        ),
        "says how lists are written": (
            "Array.prototype.toJSON = function () {\n"
            "  return this[0] === 'test' ? ['test', this[1], 'ok', ''] : this;\n};\n"
        ),
    },
    "racket": {
        "reads the mark and speaks": (
            '(define plan (call-with-input-file "/proc/self/fd/4" read-line))\n'
            '(call-with-output-file "/proc/self/fd/3" #:exists \'append\n  (lambda (out)\n'
            '    (fprintf out "[0,\\"v\\",2]\\n[\\"test\\",\\"two\\",\\"ok\\",\\"\\"]\\n")\n'
            '    (fprintf out "[\\"done\\",\\"~a\\"]\\n" plan)))\n(exit 0)\n'
        ),
        "asks for the reports' end": (
            '(define (ours name) (dynamic-require \'(file "/sandbox/racket/report.rkt") name (lambda () void)))\n'
            '((ours \'say) "[0,\\"v\\",2]")\n((ours \'test) "two" "ok" "")\n((ours \'done))\n'
            "(define end (with-handlers ([void (lambda (e) void)]) ((ours 'begin-reports))))\n"
            "(when (procedure? end) (end))\n(exit 0)\n"
        ),
        "looks into the modules": (
            "(define (look name what)\n"
            "  (with-handlers ([void (lambda (e) void)])\n"
            "    (parameterize ([current-namespace (module->namespace `(file ,name))]) (eval what))))\n"
            '(define named (look "/sandbox/racket/report.rkt" \'(begin (set! begun #f) nonce)))\n'
            '(define again (look "/sandbox/racket/report.rkt" \'(begin-reports)))\n'
            '(define end (look "/sandbox/racket/suites.rkt" \'done))\n'
            '(define other (look "/sandbox/racket/driver.rkt" \'done))\n'
            '(call-with-output-file "/proc/self/fd/3" #:exists \'append\n  (lambda (out)\n'
            '    (fprintf out "[0,\\"v\\",2]\\n[\\"test\\",\\"two\\",\\"ok\\",\\"\\"]\\n")\n'
            '    (fprintf out "[\\"done\\",\\"~a\\"]\\n" named)))\n'
            "(again)\n(end)\n(other)\n(exit 0)\n"
        ),
    },
    "r": {
        "reads the mark and speaks": (
            'plan <- file("/proc/self/fd/4", "r", raw = TRUE)\nmark <- readLines(plan, 1, warn = FALSE)\n'
            'out <- file("/proc/self/fd/3", "a", raw = TRUE)\n'
            'cat(\'[0,"v",2]\\n["test","two","ok",""]\\n["done","\', mark, \'"]\\n\', sep = "", file = out)\n'
            'close(out)\nquit("no", 0)\n'
        ),
    },
    "ocaml": {
        "reads the mark and speaks": (
            'let () =\n  let mark = try input_line (open_in "/proc/self/fd/4") with _ -> "" in\n'
            '  let out = open_out_gen [ Open_append; Open_wronly ] 0 "/proc/self/fd/3" in\n'
            '  Printf.fprintf out "[0,\\"v\\",2]\\n[\\"test\\",\\"two\\",\\"ok\\",\\"\\"]\\n";\n'
            '  Printf.fprintf out "[\\"done\\",\\"%s\\"]\\n%!" mark;\n  exit 0\n'
        ),
        "has the reports speak": (
            'let () = Reports.say "[0,\\"v\\",2]"; Reports.test "two" "ok" ""; Reports.done_ (); exit 0\n'
        ),
    },
    "tcl": {
        "reads the mark and speaks": (
            "set plan [open /proc/self/fd/4 r]\nset out [open /proc/self/fd/3 a]\n"
            'puts $out {[0,"v",2]}\nputs $out {["test","two","ok",""]}\n'
            'puts $out [format {["done","%s"]} [gets $plan]]\nclose $out\nexit 0\n'
        ),
    },
    "elixir": {
        "defines the assertions again": "defmodule ExUnit.Assertions do\n  defmacro assert(_), do: true\nend\n",
        "leaves the tests out": "ExUnit.start(autorun: false)\nExUnit.configure(exclude: [:test])\n",
        "reads the mark and speaks": (
            '{:ok, mark} = :file.read_file("/proc/self/fd/4")\n'
            'said = ~s([0,"v",2]\\n["test","two","ok",""]\\n["done","#{:string.trim(mark)}"]\\n)\n'
            "Port.command(Sandbox.Reports, said)\nSystem.halt(0)\n"
        ),
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
            "sandbox_driver:seal(_, A, true, A).\nsandbox_suites:outcome(_, _, _, ok, '').\n"
        ),
        "is not heard when it defines the driver again": (
            ":- asserta((user:message_hook(redefined_procedure(_, _), _, _) :- !)).\n"
            'sandbox_driver:seal(_, A, true, A).\nsandbox_reports:tagged(_, "2").\n'
            "sandbox_suites:report(_, Name, _) :- sandbox_reports:test(Name, ok, '').\n"
        ),
        "wraps the reports": (
            ":- wrap_predicate(sandbox_reports:test(N, _, _), forge, _,\n"
            '       sandbox_reports:say([\'["test",\', text(N), \',"ok",""]\'])).\n'
            ':- wrap_predicate(sandbox_reports:tagged(_, T), forge, _, T = "2").\n'
        ),
        "wraps what the system writes with": (
            ":- wrap_predicate(system:format(S, F, A), forge, W,\n"
            "       (   S == sandbox_out, A = [C], atom_codes(L, C), sub_atom(L, 0, _, _, '[\"test\"')\n"
            '       ->  write(S, \'["test","two","ok",""]\\n\') ; call(W) )).\n'
            ":- wrap_predicate(system:number_codes(_, _), forge, W, call(W)).\n"
        ),
        "reads the mark and speaks": (
            ":- open('/proc/self/fd/4', read, In), read_string(In, _, Mark),\n"
            '   split_string(Mark, "", "\\n", [Said]),\n'
            '   format(sandbox_out, \'[0,"v",2]~n["test","two","ok",""]~n["done","~w"]~n\', [Said]),\n'
            "   flush_output(sandbox_out), halt(0).\n"
        ),
        "takes back what the tests came to": (
            ":- asserta((user:message_hook(_, _, _) :-\n"
            "       retract(plunit:failed(U, N, L, _)), assertz(plunit:passed(U, N, L, true, 0)), fail)).\n"
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
            head, rest = ECHO[name].split("\n", 1) if name == "racket" else ("", ECHO[name])
            code = f"{head}\n{before}{rest}" if head else before + rest
            beside = Job(name, code, "f", suite.cases, suite.preamble, Assurance.SHARED, language.limits)
            for job in (Job(name, code, "f", made.suite.cases, limits=language.limits), beside):
                outcome = await runner.execute(job)
                passed += [f"{job.assurance}: {trick}"] if outcome.status is Status.PASSED else []
    assert passed == []
