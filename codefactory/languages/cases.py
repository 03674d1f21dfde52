"""Reads Python test code into named cases, and each case, where it can be done, into a literal call.

A literal case (`assert f([1, 2]) == 3`) has a *reading*: the expression that goes into the container and the expected
value that stays on the host. What cannot be read (helpers, loops, fixtures) stays code, to be run beside the solution
at a weaker assurance. Nothing is guessed: a form that is not listed here has no reading.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

from codefactory.types import Call, Case, Check, Suite

# Constructors that the host can evaluate on its own side; anything else is not a literal.
CONSTRUCTORS = {"set", "frozenset", "float", "complex", "Decimal", "Fraction", "date", "datetime", "timedelta", "bytes"}
RELATIVE_TOLERANCE = 1e-9  # math.isclose's own default


@lru_cache(maxsize=16)  # whoever asks for a suite has just asked for its fault, which needs the suite
def read_suite(source: str, entry_point: str, *, alias: str = "") -> Suite:
    """Cases in order of appearance, named `case_1` ... or after their test function; the rest is the preamble.

    Args:
        alias: another name under which the tests call the function (HumanEval's `candidate`).

    Returns:
        A suite without cases when the source does not parse; `suite_fault` says why.
    """
    try:
        module = ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return Suite(())
    if alias:
        module = ast.fix_missing_locations(_Rename(alias, entry_point).visit(module))
    cases: list[Case] = []
    preamble: list[str] = []
    for node in module.body:
        found = list(_cases_of(node, entry_point))
        cases.extend(found)
        if not found and not _is_prose(node):
            preamble.append(ast.unparse(node))
    return Suite(tuple(_number(cases)), "\n".join(preamble))


def _cases_of(node: ast.stmt, entry_point: str) -> Iterator[Case]:
    """The cases that one top-level statement holds; none for imports, helpers and assignments."""
    if isinstance(node, ast.Assert | ast.With):
        call = read_call(node, entry_point)
        if call or isinstance(node, ast.Assert):
            yield Case("", ast.unparse(node), call)
    elif isinstance(node, ast.FunctionDef) and (node.name.startswith("test") or node.name == "check"):
        yield from _test_function(node, entry_point)
    elif isinstance(node, ast.ClassDef) and (node.name.startswith("Test") or _is_test_case(node)):
        for method in node.body:
            if isinstance(method, ast.FunctionDef) and method.name.startswith("test"):
                yield Case(f"{node.name}.{method.name}", ast.unparse(node))


def _is_test_case(node: ast.ClassDef) -> bool:
    """unittest's classes may have any name."""
    return any(ast.unparse(base).endswith("TestCase") for base in node.bases)


def _test_function(node: ast.FunctionDef, entry_point: str) -> Iterator[Case]:
    """One case for each readable statement when all of them are; otherwise the function is one case of code."""
    statements = [statement for statement in node.body if not _is_prose(statement)]
    calls = [read_call(statement, entry_point) for statement in statements]
    if calls and all(calls) and not node.decorator_list:
        for statement, call in zip(statements, calls, strict=True):
            yield Case(node.name, ast.unparse(statement), call)
    else:
        yield Case(node.name, ast.unparse(node))


def _number(cases: list[Case]) -> Iterator[Case]:
    """Give every case a name of its own: `case_3`, `test_empty`, `test_empty_2`."""
    seen: dict[str, int] = {}
    for position, case in enumerate(cases, 1):
        stem = case.name or f"case_{position}"
        seen[stem] = seen.get(stem, 0) + 1
        yield replace(case, name=stem if seen[stem] == 1 else f"{stem}_{seen[stem]}")


def read_call(node: ast.stmt, entry_point: str) -> Call | None:
    """The literal reading of one statement, or None."""
    if isinstance(node, ast.With):
        return _read_raises(node, entry_point)
    if not isinstance(node, ast.Assert):
        return None
    test = node.test
    if isinstance(test, ast.Compare) and len(test.ops) == 1:
        left, operator, right = test.left, test.ops[0], test.comparators[0]
        for one, other in ((left, right), (right, left)):
            call = _read_comparison(one, operator, other, entry_point)
            if call:
                return call
        return _read_difference(left, operator, right, entry_point)
    if isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not) and is_literal_call(test.operand, entry_point):
        return Call(f"not {ast.unparse(test.operand)}", "True")
    if is_literal_call(test, entry_point):
        # Plain `assert f(x)` accepts any true value: two nots make an exact bool of it inside.
        return Call(f"not not {ast.unparse(test)}", "True")
    return _read_isclose(test, entry_point)


def _read_comparison(one: ast.expr, operator: ast.cmpop, other: ast.expr, entry_point: str) -> Call | None:
    if not is_literal_call(one, entry_point):
        return None
    singleton = isinstance(other, ast.Constant) and (other.value is None or isinstance(other.value, bool))
    if isinstance(operator, ast.Is) and singleton:
        return Call(f"({ast.unparse(one)}) is {ast.unparse(other)}", "True")
    if not isinstance(operator, ast.Eq):
        return None
    approximate = _approx_argument(other)
    if approximate is not None:
        return _approx(one, approximate)
    return Call(ast.unparse(one), ast.unparse(other)) if is_literal(other) else None


def _read_difference(left: ast.expr, operator: ast.cmpop, right: ast.expr, entry_point: str) -> Call | None:
    """`abs(f(x) - 0.5) < 1e-6`."""
    if not (isinstance(operator, ast.Lt | ast.LtE) and isinstance(right, ast.Constant)):
        return None
    if not (_is_name_call(left, "abs") and isinstance(left, ast.Call) and len(left.args) == 1):
        return None
    inner = left.args[0]
    if not (isinstance(inner, ast.BinOp) and isinstance(inner.op, ast.Sub) and isinstance(right.value, int | float)):
        return None
    if is_literal_call(inner.left, entry_point) and is_literal(inner.right):
        return Call(ast.unparse(inner.left), ast.unparse(inner.right), Check.APPROX, tolerance=float(right.value))
    return None


def _read_isclose(test: ast.expr, entry_point: str) -> Call | None:
    if not (isinstance(test, ast.Call) and len(test.args) == 2 and not test.keywords):
        return None
    if ast.unparse(test.func) not in ("math.isclose", "isclose"):
        return None
    one, other = test.args
    return _approx(one, other) if is_literal_call(one, entry_point) else None


def _approx(call: ast.expr, expected: ast.expr) -> Call | None:
    value = expected.operand if isinstance(expected, ast.UnaryOp) else expected
    if not (isinstance(value, ast.Constant) and isinstance(value.value, int | float)):
        return None
    tolerance = max(abs(float(value.value)) * RELATIVE_TOLERANCE, 1e-12)
    return Call(ast.unparse(call), ast.unparse(expected), Check.APPROX, tolerance=tolerance)


def _approx_argument(node: ast.expr) -> ast.expr | None:
    """The 0.5 of `pytest.approx(0.5)`."""
    named = isinstance(node, ast.Call) and ast.unparse(node.func) in ("pytest.approx", "approx")
    return node.args[0] if named and isinstance(node, ast.Call) and len(node.args) == 1 and not node.keywords else None


def _read_raises(node: ast.With, entry_point: str) -> Call | None:
    """`with pytest.raises(ValueError): f(-1)`."""
    context = node.items[0].context_expr
    if len(node.items) != 1 or len(node.body) != 1 or not isinstance(context, ast.Call) or len(context.args) != 1:
        return None
    body, error = node.body[0], context.args[0]
    if ast.unparse(context.func) not in ("pytest.raises", "raises") or context.keywords:
        return None
    if isinstance(body, ast.Expr) and is_literal_call(body.value, entry_point) and isinstance(error, ast.Name):
        return Call(ast.unparse(body.value), error.id, Check.RAISES)
    return None


def is_literal_call(node: ast.expr, entry_point: str) -> bool:
    """Whether the node is `entry_point(literals ...)`."""
    if not (_is_name_call(node, entry_point) and isinstance(node, ast.Call)):
        return False
    arguments = [*node.args, *(keyword.value for keyword in node.keywords if keyword.arg)]
    return all(keyword.arg for keyword in node.keywords) and all(is_literal(argument) for argument in arguments)


def is_literal(node: ast.expr) -> bool:
    """Whether the host can evaluate the node without running anybody's code."""
    match node:
        case ast.Constant():
            return node.value is not Ellipsis
        case ast.List() | ast.Tuple() | ast.Set():
            return all(is_literal(item) for item in node.elts)
        case ast.Dict():
            return all(key is not None and is_literal(key) for key in node.keys) and all(map(is_literal, node.values))
        case ast.UnaryOp(op=ast.USub() | ast.UAdd()):
            return isinstance(node.operand, ast.Constant) and isinstance(node.operand.value, int | float | complex)
        case ast.Call(func=ast.Name(id=name)):
            return name in CONSTRUCTORS and not node.keywords and all(is_literal(argument) for argument in node.args)
    return False


def _is_name_call(node: ast.expr, name: str) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == name


def _is_prose(node: ast.stmt) -> bool:
    return isinstance(node, ast.Pass) or (isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant))


class _Rename(ast.NodeTransformer):
    def __init__(self, old: str, new: str) -> None:
        self.old, self.new = old, new

    def visit_Name(self, node: ast.Name) -> ast.Name:
        return ast.copy_location(ast.Name(self.new if node.id == self.old else node.id, node.ctx), node)
