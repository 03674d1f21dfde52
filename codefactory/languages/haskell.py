"""Haskell: a module beside its tests, hspec suites.

A literal case says what its answer is of: the type comes from the expected value's shape (never the value), the answer
from the candidate. Integers may be of any integral type, as in the candidate. Lists have one type; null has no literal,
and cases that need one are left out.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import replace

from codefactory.languages.canaries import Parts, canaries
from codefactory.languages.mutations import Swaps, table
from codefactory.languages.native import Reading, language
from codefactory.languages.neutral import Inexpressible, NeutralCase, Notation, Value, escaped
from codefactory.types import Limits

READING = Reading(
    grammar="haskell",
    tokens=r"(?P<comment>\{-(?!#).*?-\}|--+(?![!#$%&*+./<=>?@\\^|~:-])[^\n]*)"
    r"|(?P<text>\"(?:\\.|[^\"\\])*\"|(?<![\w'])'(?:\\[^']+|[^'\\])')|(?P<bracket>[()\[\]{}])",
    test=r"\b(?:[xf]?(?:it|specify)|[xf]?prop)\s+\"(?P<name>(?:\\.|[^\"\\])*)\"",
    dynamic=r"(?m)\b(?:for_|forM_|mapM_|traverse_|sequence_|zipWithM_|foldMap|replicateM_)(?!\w)"
    r"|(?:^|[$;(>]|\bdo\b)[ \t]*[xf]?(?:it|specify|prop)\s+[^\"\s]",
    asserts=r"\bshould[A-Z]\w*|\bexpectationFailure\b|\bproperty\b|\b[xf]?prop\b|\berror\b|\bassert\w*",
    defines=lambda name: rf"(?m)^{re.escape(name)}(?![\w'])|^(?:data|newtype|type|class)\s+{re.escape(name)}(?![\w'])",
)
SHAPES = {bool: "boolean", int: "integer", float: "float", str: "string"}
RESERVED = (
    "case class data default deriving do else family forall foreign if import in infix infixl infixr instance let "
    "main mdo module newtype of pattern proc qualified rec then type where "
    # what native tests are written with
    "abs evaluate hspec length show after afterAll around before beforeAll context describe example focus it parallel "
    "pending pendingWith runIO sequential specify xcontext xdescribe xit anyException"
)


class HaskellNotation(Notation):
    """Lists of one type, maps of `Data.Map`."""

    null = ""
    true, false = "True", "False"
    infinity, minus_infinity, nan = "(1 / 0)", "(-1 / 0)", "(0 / 0)"
    comment = "--"
    reserved = frozenset(RESERVED.split())
    typed = True

    def allows(self, entry_point: str) -> bool:
        return super().allows(entry_point) and (entry_point[:1].islower() or entry_point.startswith("_"))

    def integer(self, value: int) -> str:
        text = super().integer(value)
        return f"({text})" if value < 0 else text

    def float(self, value: float) -> str:
        text = super().float(value)
        return f"({text})" if text.startswith("-") else text

    def string(self, value: str) -> str:
        return escaped(value, "\\{}\\&")

    def list(self, items: Sequence[Value], depth: int) -> str:
        shape(list(items))
        return "[" + ", ".join(self.literal(item, depth + 1) for item in items) + "]"

    def map(self, pairs: dict[str, Value], depth: int) -> str:
        shape(pairs)
        written = (f"({self.string(key)}, {self.literal(item, depth + 1)})" for key, item in pairs.items())
        return f"(Map.fromList [{', '.join(written)}])"

    def call(self, entry_point: str, arguments: Sequence[str]) -> str:
        return f"({' '.join([entry_point, *arguments])})"

    def answer(self, call: str, case: NeutralCase) -> str:
        reporter = re.sub("[a-z]+", r"Reports.\g<0>", shape(case.expected))
        return f"{reporter} {call}"

    def test(self, call: str, case: NeutralCase) -> str:
        if case.raises:
            body = f"evaluate (length (show {call})) `shouldThrow` anyException"
        elif case.tolerance and isinstance(case.expected, int | float):
            body = f"abs ({call} - {self.literal(case.expected)}) `shouldSatisfy` (<= {case.tolerance!r})"
        else:
            body = f"{call} `shouldBe` {self.literal(case.expected)}"
        return f"  it {self.string(case.name)} $\n    {body}\n"

    def file(self, entry_point: str, tests: Sequence[str]) -> str:
        # Where a function takes any type, so does an empty list: the defaults are wider, as they are in GHCi.
        head = "{-# LANGUAGE ExtendedDefaultRules #-}\nmodule Main (main) where\n\n"
        head += "import Control.Exception (evaluate)\nimport qualified Data.Map as Map\n"
        head += f"import {module(entry_point)}\nimport Prelude hiding ({entry_point})\nimport Test.Hspec\n\n"
        return f'{head}main :: IO ()\nmain = hspec $ describe "{entry_point}" $ do\n' + (
            "".join(tests) or "  pure ()\n"
        )


def module(entry_point: str) -> str:
    """The module that a function stands in."""
    return entry_point[:1].upper() + entry_point[1:]


def shape(value: Value) -> str:
    """The function that reports values of a type, `anything` where it is not known (the elements of an empty list).

    Raises:
        Inexpressible: if Haskell's lists and maps cannot hold it.
    """
    if type(value) in SHAPES:
        return SHAPES[type(value)]
    if not isinstance(value, list | dict):
        raise Inexpressible("no_null" if value is None else "not_neutral")
    inner = {shape(item) for item in (value if isinstance(value, list) else value.values())}
    widest = max(inner, key=lambda one: ("anything" not in one, len(one)), default="anything")
    if not all(one == widest or widest.startswith(one.partition("anything")[0]) for one in inner):
        raise Inexpressible("mixed_list" if isinstance(value, list) else "mixed_map")
    held = widest if " " not in widest else f"({widest})"
    return f"{'list' if isinstance(value, list) else 'table'} {held}"


def _program(imports: str, body: str) -> str:
    return f"module F (f) where\n\n{imports}\nf :: Int -> Int -> Int\n{body}\n"


SHELL = "import System.IO.Unsafe (unsafePerformIO)\nimport System.Process (callProcess)\n"
LEAVE = "import System.Exit (ExitCode (..))\nimport System.Posix.Process (exitImmediately)\n"
DO = "f a b = unsafePerformIO $ do\n  {}\n  pure (a + b)\n{{-# NOINLINE f #-}}"
PARTS = Parts(
    function=lambda body: _program(SHELL, DO.format(body or "pure ()")),
    wrong=_program("", "f a b = a - b"),
    shell=lambda command: f'callProcess "bash" ["-c", {json.dumps(command)}]',
    load=lambda body: _program(SHELL + LEAVE, DO.format(f"{body or 'pure ()'}\n  exitImmediately ExitSuccess")),
    spin=_program("", "f a b = f b a"),
    hoard=_program(
        "import qualified Data.ByteString as Bytes\n",
        "f a b =\n  let t = [Bytes.replicate 1000000 (fromIntegral (n + a)) | n <- [0 ..]]\n"
        "   in sum (map (fromIntegral . Bytes.last) t) + length t + b",
    ),
    flood=_program(
        "import Control.Monad (forever)\nimport System.IO.Unsafe (unsafePerformIO)\n",
        "f _ _ = unsafePerformIO (forever (putStrLn (replicate 4096 'x')))",
    ),
    broken="module F (f) where\n\nf :: Int -> Int -> Int\nf a b = (a +\n",
)

ARITHMETIC: Swaps = {
    "`div`": ("`mod`", "*"), "`mod`": ("`div`", "*"), "`quot`": ("`rem`", "*"), "`rem`": ("`quot`", "*"),
    "^": ("*",), "**": ("*",), "*": ("+",), "++": (),  # `--` begins a comment
}  # fmt: skip
CALLS: Swaps = {
    "min": ("max",),
    "max": ("min",),
    "minimum": ("maximum",),
    "maximum": ("minimum",),
    "and": ("or",),
    "or": ("and",),
    "all": ("any",),
    "any": ("all",),
    "head": ("last",),
    "last": ("head",),
    "tail": ("init", "id"),
    "init": ("tail", "id"),
    "take": ("drop",),
    "drop": ("take",),
    "takeWhile": ("dropWhile",),
    "dropWhile": ("takeWhile",),
    "even": ("odd",),
    "odd": ("even",),
    "sum": ("product",),
    "product": ("sum",),
    "succ": ("pred",),
    "pred": ("succ",),
    "div": ("mod",),
    "mod": ("div",),
    "quot": ("rem",),
    "rem": ("quot",),
    "floor": ("ceiling",),
    "ceiling": ("floor",),
    "round": ("truncate",),
    "elem": ("notElem",),
    "notElem": ("elem",),
    "isPrefixOf": ("isSuffixOf",),
    "isSuffixOf": ("isPrefixOf",),
    "isUpper": ("isLower",),
    "isLower": ("isUpper",),
    "toUpper": ("toLower", "id"),
    "toLower": ("toUpper", "id"),
    "reverse": ("id",),
    "sort": ("id", "reverse"),
    "nub": ("id",),
    "abs": ("id", "negate"),
    "negate": ("id",),
    "not": ("id",),
    "length": ("(succ . length)", "(pred . length)"),
    "null": ("(not . null)",),
    "mapMaybe": ("(const (const []))",),
}
LEVELS = (
    (9, "right", "."), (9, "left", "!!"), (8, "right", "^ ^^ **"), (7, "left", "* / `div` `mod` `quot` `rem`"),
    (6, "left", "+ -"), (6, "right", "<>"), (5, "right", ": ++"), (4, "none", "== /= < <= > >= `elem` `notElem`"),
    (4, "left", "<$> <*> <$ *> <*"), (3, "right", "&&"), (2, "right", "||"), (1, "left", ">>= >> &"),
    (0, "right", "$ $!"),
)  # fmt: skip
MUTATIONS = replace(
    table(
        {"==": ("/=",), "/=": ("==",)},
        ("infix", "left_section", "right_section", "prefix_id"),
        ("conditional", "boolean"),
        "not ({})",
        ("True", "False"),
        ("string",),
        {},
        ARITHMETIC,
    ),
    operators=frozenset({"operator", "infix_id"}),
    closed=frozenset(["+", "-", "*", "/", "`div`", "`mod`", "`quot`", "`rem`", "^", "**", "&&", "||", "++", "<>"]),
    ordered=frozenset(["-", "/", "`div`", "`mod`", "`quot`", "`rem`", "^", "**", "++", "<>"]),
    precedence={name: (level, side) for level, side, names in LEVELS for name in names.split()},
    named=frozenset({"variable", "constructor"}),
    silent=frozenset({"error", "errorWithoutStackTrace", "ioError", "throw", "throwIO"}),
    calls=CALLS,
    booleans={"True": "False", "False": "True"},
    always=frozenset({"otherwise", "True"}),
    integers=frozenset({"integer"}),
    floats=frozenset({"float"}),
    cases={"alternative": " | False", "function": " | False"},
    skipped=frozenset(
        {"comment", "haddock", "pragma", "header", "imports", "import", "signature", "data_type", "newtype"}
        | {"type_synomym", "deriving", "class"}
    ),
)

HASKELL = language(
    "haskell",
    ("haskell", "hs"),
    ".hs",
    READING,
    HaskellNotation(),
    lambda entry_point, body: f"module {module(entry_point)} ({entry_point}) where\n\n{entry_point} {body}\n",
    {
        "zero": "_ = 0",
        "argument": "x = x",
        "false": "_ = False",
        "true": "_ = True",
        "empty_string": '_ = ""',
        "empty_list": "_ = []",
        "second_zero": "_ _ = 0",
        "second_argument": "_ x = x",
        "raises": '= error "not implemented"',
    },
    canaries(PARTS),
    Limits(cpu_s=10.0, wall_s=30.0, memory_mb=512, processes=32, disk_mb=64),
    "hspec",
    MUTATIONS,
)
