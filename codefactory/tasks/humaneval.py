"""HumanEval, 164 hand-written problems (Chen et al. 2021, arXiv 2107.03374; MIT): for evaluation, never for training.

A task's `check(candidate)` becomes one case for each assert; from the first statement on that is not an assert (a loop
over random inputs, say) the rest is one case of code. Asserts that hold whatever the candidate does are left out.
"""

from __future__ import annotations

import ast
import copy
import inspect
from dataclasses import replace
from pathlib import Path

from codefactory.errors import InputError
from codefactory.languages.python import read_suite
from codefactory.tasks.base import only_split
from codefactory.tasks.rows import Row, field, file_rows, hub_rows
from codefactory.types import Case, Problem, Record, Solution, Suite

DATASET = "openai/openai_humaneval"
Definition = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


def load(split: str, path: Path | None) -> list[Record]:
    """The tasks in the file's order; their only split is `test`.

    Raises:
        InputError: if neither the file nor the hub gives HumanEval.
    """
    rows = file_rows(path) if path else hub_rows(DATASET, None, "humaneval@HumanEval.jsonl.gz")
    where = str(path or DATASET)
    records = [record_of(row, f"{where}: row {number}") for number, row in enumerate(rows, 1)]
    return only_split([replace(record, split="test", licence="mit") for record in records], split, "humaneval")


def record_of(row: Row, where: str) -> Record:
    """Any row in HumanEval's shape: task_id, prompt, canonical_solution, test, entry_point.

    The benchmark's own prompt is kept in `meta["prompt"]`; the solution's code starts with it.

    Raises:
        InputError: if a field is missing or the prompt does not define the entry point.
    """
    prompt, entry_point = str(field(row, "prompt", where)), str(field(row, "entry_point", where))
    code = prompt + str(field(row, "canonical_solution", where))
    try:
        body = ast.parse(code).body
    except SyntaxError as error:
        raise InputError(f"{where}: prompt and canonical_solution are not Python together ({error.msg})") from error
    function = next((node for node in body if isinstance(node, Definition) and node.name == entry_point), None)
    if function is None:
        raise InputError(f"{where}: prompt and canonical_solution do not define {entry_point}")
    before = body[: body.index(function)]
    return Record(
        problem=Problem(_statement(function, before), entry_point),
        solution=Solution(code),
        tests=_suite(str(field(row, "test", where)), entry_point, before, where),
        origin="human",
        name=str(field(row, "task_id", where)),
        expected_from="human",
        meta={"prompt": prompt},
    )


def _statement(function: Definition, before: list[ast.stmt]) -> str:
    """The entry point's docstring with its examples as they stand; else the first text in it, or before it.

    One task (HumanEval/115) has an import above its docstring, which makes it a mere text.
    """
    own = ast.get_docstring(function)
    if own:
        return own.strip()
    nodes = [node.value for node in (*function.body, *before) if isinstance(node, ast.Expr)]
    texts = [node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)]
    return inspect.cleandoc(texts[0]).strip() if texts else ""


def _suite(test: str, entry_point: str, before: list[ast.stmt], where: str) -> Suite:
    try:
        body = ast.parse(test).body
    except SyntaxError as error:
        raise InputError(f"{where}: test is not Python ({error.msg})") from error
    check = next((node for node in body if isinstance(node, ast.FunctionDef) and node.name == "check"), None)
    if check is None:
        raise InputError(f"{where}: test does not define check(candidate)")
    imports, asserts, rest = _divide(check.body)
    source = "\n".join(ast.unparse(ast.Assert(node.test, None)) for node in asserts)
    suite = read_suite(source, entry_point, alias="candidate")
    if rest:
        function = _function(check, imports + rest)
        case = Case(f"case_{len(suite.cases) + 1}", f"{ast.unparse(function)}\ncheck({entry_point})")
        suite = replace(suite, cases=(*suite.cases, case))
    if all(case.call for case in suite.cases):
        return suite
    helpers = (*_helpers(before), *_helpers(body), *imports)
    return replace(suite, preamble="\n".join(ast.unparse(node) for node in helpers))


def _divide(statements: list[ast.stmt]) -> tuple[list[ast.stmt], list[ast.Assert], list[ast.stmt]]:
    """The imports, the leading asserts, and what follows from the first other statement on."""
    imports: list[ast.stmt] = [node for node in statements if isinstance(node, ast.Import | ast.ImportFrom)]
    useful = [node for node in statements if not (node in imports or _prose(node) or _vacuous(node))]
    asserts: list[ast.Assert] = []
    for node in useful:
        if not isinstance(node, ast.Assert):
            break
        asserts.append(node)
    return imports, asserts, useful[len(asserts) :]


def _vacuous(node: ast.stmt) -> bool:
    return isinstance(node, ast.Assert) and isinstance(node.test, ast.Constant)


def _function(check: ast.FunctionDef, body: list[ast.stmt]) -> ast.FunctionDef:
    function = copy.copy(check)
    function.body = body
    return function


def _prose(node: ast.stmt) -> bool:
    return isinstance(node, ast.Pass) or (isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant))


def _helpers(nodes: list[ast.stmt]) -> list[ast.stmt]:
    """What cases of code may call besides the candidate: a prompt's and a test's imports and helper functions."""
    kinds = ast.Import | ast.ImportFrom | ast.FunctionDef | ast.ClassDef
    return [node for node in nodes if isinstance(node, kinds) and getattr(node, "name", "") != "check"]
