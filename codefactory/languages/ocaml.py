"""OCaml, as byte code: a module beside its tests, OUnit2 suites.

OCaml's values carry no types when a program runs, so a literal case says what its answer is of: the type comes from the
expected value's shape (never the value), the answer from the candidate. Lists have one type; null and maps have no
literal, and cases that need them are left out.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from codefactory.languages.canaries import Parts, canaries
from codefactory.languages.mutations import Swaps, table
from codefactory.languages.native import Reading, language
from codefactory.languages.neutral import Inexpressible, NeutralCase, Notation, Value, escaped
from codefactory.types import Limits

READING = Reading(
    grammar="ocaml",
    tokens=r"(?P<comment>\(\*.*?\*\))|(?P<text>\"(?:\\.|[^\"\\])*\"|'(?:\\[^']+|[^'\\])')|(?P<bracket>[()\[\]{}])",
    test=r"\"(?P<name>(?:\\.|[^\"\\])*)\"\s*>::(?!:)",
    dynamic=r"List\.(?:map|iter|concat)|[^\"\s]\s*>::(?!:)|\bfor\b",
    asserts=r"\bassert\b|assert_\w+|\bfailwith\b|>::",
    defines=lambda name: rf"\b(?:let|and)\s+(?:rec\s+)?{re.escape(name)}\b",
)
KINDS = {bool: "bool", int: "int", float: "float", str: "string"}
KEYWORDS = (
    "and as asr assert begin class constraint do done downto else end exception external false for fun "
    "function functor if in include inherit initializer land lazy let lor lsl lsr lxor match method mod module "
    "mutable new nonrec object of open or private rec sig struct then to true try type val virtual when while "
    "with"
)


class OCamlNotation(Notation):
    """Lists of one type."""

    null = ""
    infinity, minus_infinity, nan = "infinity", "neg_infinity", "nan"
    reserved = frozenset(KEYWORDS.split())
    typed = True
    largest = (1 << 62) - 1

    def allows(self, entry_point: str) -> bool:
        return super().allows(entry_point) and (entry_point[:1].islower() or entry_point.startswith("_"))

    def remark(self, text: str) -> str:
        # Strings are read inside comments too, and have to end there.
        return f"(* {text.replace('*)', '* )').replace('(*', '( *').replace(chr(34), chr(39) * 2)} *)\n"

    def integer(self, value: int) -> str:
        text = super().integer(value)
        return f"({text})" if value < 0 else text

    def float(self, value: float) -> str:
        text = super().float(value)
        return f"({text})" if text.startswith("-") else text

    def string(self, value: str) -> str:
        return escaped(value, "\\u{{{:x}}}")

    def list(self, items: Sequence[Value], depth: int) -> str:
        shape(list(items))
        return "[" + "; ".join(self.literal(item, depth + 1) for item in items) + "]"

    def call(self, entry_point: str, arguments: Sequence[str]) -> str:
        return f"({' '.join([entry_point, *(arguments or ['()'])])})"

    def answer(self, call: str, case: NeutralCase) -> str:
        return f"Reports.({_reporter(shape(case.expected))}) {call}"

    def test(self, call: str, case: NeutralCase) -> str:
        name = self.string(case.name)
        if case.raises:
            body = f'match ignore {call} with () -> assert_failure "no exception" | exception _ -> ()'
        elif case.tolerance and isinstance(case.expected, float):
            body = f"assert_bool {name} (Float.abs ({call} -. {self.literal(case.expected)}) <= {case.tolerance!r})"
        elif case.tolerance:  # its integers and truths are no floats
            raise Inexpressible("tolerance_inside")
        else:
            body = f"assert_equal {self.literal(case.expected)} {call}"
        return f"  {name} >:: (fun _ -> {body});\n"

    def file(self, entry_point: str, tests: Sequence[str]) -> str:
        module = f"{entry_point[:1].upper()}{entry_point[1:]}"
        head = f'open OUnit2\nopen {module}\n\nlet tests = "{entry_point}" >::: [\n'
        return head + "".join(tests) + "]\n\nlet () = run_test_tt_main tests\n"


def shape(value: Value) -> str:
    """The type of a value as OCaml writes it, `'a` where it is not known (the elements of an empty list).

    Raises:
        Inexpressible: if it has none.
    """
    if type(value) in KINDS:
        return KINDS[type(value)]
    if not isinstance(value, list):
        raise Inexpressible("no_null" if value is None else "no_map_literal")
    kinds = {shape(item) for item in value}
    known = {kind for kind in kinds if "'a" not in kind}
    if len(known) > 1 or (known and any(not _fits(kind, next(iter(known))) for kind in kinds)):
        raise Inexpressible("mixed_list")
    return f"{max(known or kinds or {chr(39) + 'a'}, key=len)} list"


def _fits(kind: str, known: str) -> bool:
    """Whether a type with an unknown inside can be the known one."""
    return kind == known or known.endswith(kind.removeprefix("'a"))


def _reporter(kind: str) -> str:
    """The function that reports answers of a type."""
    inner, found, _ = kind.rpartition(" list")
    if found:
        return f"list ({_reporter(inner)})"
    return "anything" if kind == "'a" else kind


PARTS = Parts(
    function=lambda body: f"let f a b =\n  {body}\n  a + b\n",
    wrong="let f a b = a - b\n",
    shell=lambda command: (
        f'if Sys.command ("exec bash -c " ^ Filename.quote {OCamlNotation().string(command)}) <> 0'
        ' then failwith "refused";'
    ),
    load=lambda body: f"let f a b = a + b\nlet () =\n  {body}\n  exit 0\n",
    spin="let f a b = a + b\nlet () = while true do () done\n",
    hoard="let f a b = a + b\nlet rec grow t = grow (Bytes.make 1000000 'x' :: t)\nlet () = grow []\n",
    flood="let f a b = a + b\nlet () = while true do print_endline (String.make 4096 'x') done\n",
    broken="let f a b = (a\n",
)

# Types decide what may stand where: swaps keep them, and an operation is one of its operands only where both are alike.
IDENTITY = "(fun it -> it)"
CALLS: Swaps = {
    "min": ("max",),
    "max": ("min",),
    "succ": ("pred",),
    "pred": ("succ",),
    "incr": ("decr",),
    "decr": ("incr",),
    "not": (IDENTITY,),
    "abs": (IDENTITY,),
    "floor": ("ceil",),
    "ceil": ("floor",),
    "List.rev": (IDENTITY,),
    "List.tl": (IDENTITY,),
    "List.concat": ("List.hd",),
    "List.for_all": ("List.exists",),
    "List.exists": ("List.for_all",),
    "List.mem": ("(fun _ _ -> false)",),
    "String.trim": (IDENTITY,),
    "String.strip": (IDENTITY,),
    "String.lowercase": ("String.uppercase",),
    "String.lowercase_ascii": ("String.uppercase_ascii", IDENTITY),
    "String.uppercase_ascii": ("String.lowercase_ascii", IDENTITY),
    "Char.lowercase_ascii": ("Char.uppercase_ascii", IDENTITY),
    "Char.uppercase_ascii": ("Char.lowercase_ascii", IDENTITY),
    "Array.length": ("(fun a -> Array.length a - 1)",),
    "List.length": ("(fun l -> List.length l - 1)",),
    "String.length": ("(fun s -> String.length s - 1)",),
}
MUTATIONS = replace(
    table(
        {"=": ("<>",), "<>": ("=",), "==": ("!=",), "!=": ("==",)},
        ("infix_expression",),
        ("if_expression", "while_expression", "guard"),
        "not ({})",
        ("true", "false"),
        ("string",),
        {},
        {
            "+.": ("-.",), "-.": ("+.",), "*.": ("+.", "/."), "/.": ("*.",), "mod": ("*", "/"),
            "land": ("lor",), "lor": ("land",), "lsl": ("lsr",), "lsr": ("lsl",),
        },
    ),
    operators=frozenset(
        {"add_operator", "mult_operator", "pow_operator", "rel_operator", "concat_operator"}
        | {"and_operator", "or_operator"}
    ),
    closed=frozenset(
        {"+", "-", "*", "/", "%", "mod", "+.", "-.", "*.", "/.", "**", "&&", "||", "^", "@", "land", "lor", "lxor"}
    ),
    ordered=frozenset({"-", "/", "-.", "/.", "mod", "%", "^", "@", "**"}),
    named=frozenset({"value_path"}),
    calls=CALLS,
    cases={"match_case": " when false"},
    further="({} +. 1.)",
    skipped=frozenset({"comment", "external", "type_definition", "attribute", "item_attribute", "floating_attribute"}),
    silent=frozenset({"failwith", "invalid_arg", "raise", "raise_notrace"}),
)  # fmt: skip

OCAML = language(
    "ocaml",
    ("ocaml", "ml"),
    ".ml",
    READING,
    OCamlNotation(),
    lambda entry_point, body: f"let {entry_point} {body}\n",
    {
        "zero": "_ = 0",
        "argument": "x = x",
        "false": "_ = false",
        "true": "_ = true",
        "empty_string": '_ = ""',
        "empty_list": "_ = []",
        "second_zero": "_ _ = 0",
        "second_argument": "_ x = x",
        "raises": '= Obj.magic (fun _ -> failwith "not implemented")',
    },
    canaries(PARTS),
    Limits(cpu_s=10.0, wall_s=30.0, memory_mb=384, disk_mb=64),
    "OUnit2",
    MUTATIONS,
)
