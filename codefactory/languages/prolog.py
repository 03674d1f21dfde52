"""SWI-Prolog: predicates of a file or a module, plunit suites.

A predicate is no function, so it is said here what its answer is: the last argument. A function `f` of two arguments
is a predicate `f(A, B, Result)` that is called with `Result` unbound, and what that is bound to by the first solution
is the answer. This holds for questions as well, whose answer is the atom `true` or `false`. A goal that fails gives
no answer, which is a wrong one; an exception is one. Strings are strings of SWI-Prolog, no atoms and no lists of codes.
There is no null and no literal for maps.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from codefactory.languages.base import TokenTable
from codefactory.languages.canaries import Parts, canaries
from codefactory.languages.mutations import ARITHMETIC, Swaps
from codefactory.languages.native import Reading, language
from codefactory.languages.neutral import Inexpressible, NeutralCase, Notation, escaped
from codefactory.types import Limits

READING = Reading(
    grammar="",
    tokens=r"(?P<comment>/\*.*?\*/|%[^\n]*)|(?P<text>(?<!\w)0'(?:\\.|''|[^\\])|\"(?:\\.|\"\"|[^\"\\])*\""
    r"|'(?:\\.|''|[^'\\])*'|`(?:\\.|``|[^`\\])*`)|(?P<bracket>[()\[\]{}])",
    test=r"(?m)^[ \t]*test\(\s*'?(?P<name>(?<=')[^']*|(?<!')(?:[a-z]\w*|\d+))'?\s*[,)]",
    dynamic=r"(?m)^[ \t]*test\(\s*(?:[A-Z_\"(]|[a-z]\w*\(|'[^'\n]*'')",
    asserts=r"(?m)^[ \t]*test\(|\bassertion\(|\bmust_be\(",
    defines=lambda name: rf"(?m)^(?:\w+:)?{re.escape(name)}\s*(?:\(|-->)",
)
# What is built in and cannot be defined again, and what a suite is made of.
BUILT_IN = (
    "abolish acyclic_term arg asserta assertz at_end_of_stream atom atom_chars atom_codes atom_concat "
    "atom_length atomic call callable catch char_code char_conversion clause close compare compound copy_term "
    "current_char_conversion current_input current_op current_output current_predicate current_prolog_flag "
    "discontiguous dynamic float flush_output functor get_byte get_char get_code ground halt initialization "
    "integer is keysort length message_queue_create message_queue_destroy message_queue_property multifile "
    "mutex_create mutex_destroy mutex_lock mutex_property mutex_trylock mutex_unlock nl nonvar number "
    "number_chars number_codes numbervars once op open peek_byte peek_char peek_code put_byte put_char put_code "
    "read read_term retract retractall set_input set_output set_prolog_flag set_stream_position sort "
    "stream_property sub_atom subsumes_term term_variables test thread_create thread_detach thread_get_message "
    "thread_peek_message thread_property thread_self thread_send_message thread_signal throw "
    "unify_with_occurs_check var with_mutex write write_canonical write_term writeq"
)
ANSWER = "Result"


class PrologNotation(Notation):
    """Numbers, strings, lists, `true` and `false`."""

    null = ""
    comment = "%"
    infinity, minus_infinity, nan = "1.0Inf", "-1.0Inf", "1.5NaN"
    reserved = frozenset(BUILT_IN.split())
    largest = 1 << 4096

    def allows(self, entry_point: str) -> bool:
        return super().allows(entry_point) and bool(re.fullmatch(r"[a-z]\w*", entry_point, re.ASCII))

    def float(self, value: float) -> str:
        mantissa, mark, exponent = super().float(value).partition("e")
        return f"{mantissa}{'' if '.' in mantissa else '.0'}{mark}{exponent}"

    def string(self, value: str) -> str:
        return escaped(value, "\\x{:x}\\")

    def call(self, entry_point: str, arguments: Sequence[str]) -> str:
        return f"{entry_point}({', '.join([*arguments, ANSWER])})"

    def test(self, call: str, case: NeutralCase) -> str:
        name = case.name if re.fullmatch(r"[a-z]\w*", case.name, re.ASCII) else f"'{case.name}'"
        if case.raises:
            return f"test({name}, throws(_)) :-\n    {call.removesuffix(f'{ANSWER})')}_).\n"
        expected = self.literal(case.expected)
        number = isinstance(case.expected, int | float) and not isinstance(case.expected, bool)
        if case.tolerance and not number:
            raise Inexpressible("tolerance_inside")
        if case.tolerance:
            condition = f"true(abs({ANSWER} - {expected}) =< {self.float(case.tolerance)})"
        else:
            condition = f"{ANSWER} {'=:=' if number else '=='} {expected}"
        return f"test({name}, {condition}) :-\n    {call}.\n"

    def file(self, entry_point: str, tests: Sequence[str]) -> str:
        head = f":- use_module(library(plunit)).\n:- consult({entry_point}).\n\n:- begin_tests({entry_point}).\n\n"
        return head + "\n".join(tests) + f"\n:- end_tests({entry_point}).\n"


def _stub(entry_point: str, answer: str) -> str:
    """Clauses for one to five arguments besides the answer; `:-` begins a body in its place."""
    head, _, body = answer.partition(":-")
    made = []
    for count in range(1, 6):
        first = "First" if "First" in head else "_"
        arguments = ", ".join([first, *["_"] * (count - 1), head.strip() or "_"])
        made.append(f"{entry_point}({arguments}){' :- ' + body.strip() if body else ''}.\n")
    return "".join(made)


def _shell(command: str) -> str:
    quoted = command.replace("'", "'\\''")
    text = PrologNotation().string(f"exec bash -c '{quoted}'")
    return f"( shell({text}, 0) -> true ; throw(refused) ),"


RIGHT = "f(A, B, Result) :-\n    Result is A + B.\n"
PARTS = Parts(
    function=lambda body: f"f(A, B, Result) :-\n    {body}\n    Result is A + B.\n",
    wrong="f(A, B, Result) :-\n    Result is A - B.\n",
    shell=_shell,
    load=lambda body: f"{RIGHT}\n:- {body} halt(0).\n",
    spin=f"{RIGHT}\n:- repeat, fail.\n",
    hoard=f"{RIGHT}\n:- dynamic held/1.\n\n"
    "grow(N, Much) :-\n    atom_concat(Much, N, Atom),\n    assertz(held(Atom)),\n"
    '    M is N + 1,\n    grow(M, Much).\n\n:- format(atom(Much), "~`xt~4000000|", []), grow(0, Much).\n',
    flood=f'{RIGHT}\n:- repeat, format("~`xt~4096|~n"), fail.\n',
    broken="f(A, B, Result) :-\n    Result is (A + B.\n",
)

CALLS: Swaps = {
    "min": ("max",),
    "max": ("min",),
    "min_list": ("max_list",),
    "max_list": ("min_list",),
    "min_member": ("max_member",),
    "max_member": ("min_member",),
    "sum_list": ("max_list", "length"),
    "sumlist": ("max_list", "length"),
    "nth0": ("nth1",),
    "nth1": ("nth0",),
    "include": ("exclude",),
    "exclude": ("include",),
    "union": ("intersection",),
    "intersection": ("union",),
    "subtract": ("intersection",),
    "reverse": ("=",),
    "sort": ("msort", "="),
    "msort": ("sort", "="),
    "list_to_set": ("=",),
    "floor": ("ceiling",),
    "ceiling": ("floor",),
    "round": ("floor",),
    "truncate": ("ceiling",),
    "abs": ("+", "-"),
    "sign": ("+",),
    "string_upper": ("string_lower", "="),
    "string_lower": ("string_upper", "="),
    "upcase_atom": ("downcase_atom", "="),
    "downcase_atom": ("upcase_atom", "="),
    "findall": ("bagof",),
    "bagof": ("findall",),
    "setof": ("findall",),
    "forall": (r"\+ forall",),
    "assertz": ("asserta",),
    "asserta": ("assertz",),
}
ORDER: Swaps = {"<": (">=",), "=<": (">",), ">": ("=<",), ">=": ("<",)}
BOUNDARY: Swaps = {"<": ("=<",), "=<": ("<",), ">": (">=",), ">=": (">",)}
EQUAL: Swaps = {
    "=:=": (r"=\=",), r"=\=": ("=:=",), "==": (r"\==",), r"\==": ("==",), "=": (r"\=",), r"\=": ("=",),
}  # fmt: skip
# Directives hold no behaviour. Brackets of lists are operators here, as a name in them is no index.
MUTATIONS = TokenTable(
    pattern=READING.tokens.replace("(?P<comment>", r"(?P<comment>^:-(?:[^.]|\.(?!\s))*\.(?=\s|\Z)|", 1).replace(
        r"\[\]", ""
    )
    + r"|(?P<number>(?:(?<=[(,\[|=<>])|(?<=[(,\[|=<>] ))-\d+\.\d+|(?:(?<=[(,\[|=<>])|(?<=[(,\[|=<>] ))-\d+"
    r"|\d+\.\d+(?:[eE][-+]?\d+)?|0[xob]\w+|\d+)"
    r"|(?P<operator>\b(?:is|mod|rem|div|rdiv|xor)\b|[\[\],;|]|=\.\.|(?!\\\+)[-+*/\\^<>=~:?@#&$]+)"
    r"|(?P<word>[^\W\d]\w*|!|\\\+)",
    prefix=False,
    tokens={
        "arithmetic": {name: ARITHMETIC[name] for name in "+-*/"}
        | {"//": ("*", "mod"), "div": ("*", "mod"), "mod": ("*", "//"), "rem": ("*", "//"), "**": ("*",), "^": ("*",)}
        | {"<<": (">>",), ">>": ("<<",)},
        "comparison": ORDER | {f"@{name}": tuple(f"@{one}" for one in to) for name, to in ORDER.items()} | EQUAL,
        "boundary": BOUNDARY | {f"@{name}": tuple(f"@{one}" for one in to) for name, to in BOUNDARY.items()},
        "logical": {";": (",",)},
    },
    combined=frozenset(("+", "-", "*", "/", "//", "mod", "rem", "div", "**", "^")),
    ordered=frozenset(),
    calls=CALLS,
    conditions=frozenset(),
    negation="",
    true="true",
    false="false",
    booleans={"true": "false", "false": "true", "fail": "true"},
    empty='""',
    filled='"x"',
    further="({} + 1)",
    nearer="({} - 1)",
    opposite="(-{})",
    skipped=frozenset(("throw", "print_message", "type_error", "domain_error", "must_be")),
    nothing="true",
    jumps={r"\+": ""},  # a negation; a cut is left alone, as the first answer, which alone is asked for, is the same
)

PROLOG = language(
    "prolog",
    ("prolog", "swipl"),
    ".pl",
    READING,
    PrologNotation(),
    _stub,
    {
        "zero": "0",
        "argument": "First",
        "true": "true",
        "false": "false",
        "empty_string": '""',
        "empty_list": "[]",
        "unbound": "_",
        "fails": ":- fail",
        "raises": ":- throw(not_implemented)",
    },
    canaries(PARTS),
    Limits(cpu_s=8.0, wall_s=20.0, memory_mb=512),
    "plunit",
    MUTATIONS,
)
