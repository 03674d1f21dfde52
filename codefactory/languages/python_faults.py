"""What is wrong with Python test code can often be read off it: each fault has a reason slug of its own.

`suite_syntax`; `suite_redefines_entry_point` (a new meaning at the top level), `suite_shadows_entry_point` (one inside
a test, or one put into the solution's module); `suite_async` (a test is a coroutine, which nothing here would await, so
that it would pass whatever it says); `suite_no_cases`; `suite_never_calls`; `suite_no_assertion` (nothing
that could fail); `suite_skipped` (every case is); `suite_needs_fixtures` (every case does: pytest would hand it
arguments, and there is no pytest in the sandbox). Whether it needs what is not in its row is found by running the row.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from codefactory.languages.cases import read_suite
from codefactory.types import Case

SKIPS = re.compile(r"\b(skip|skipif|xfail|skipTest|SkipTest|skipIf|skipUnless|expectedFailure)\b")
FAILING = re.compile(r"^(assert|raises$|warns$|fail$|deprecated_call$)")
OWN_MODULE = "solution"  # under which tests may import what they test


@lru_cache(maxsize=64)  # one row is asked about many times before the next one comes
def parse(source: str) -> ast.Module | None:
    """The module, to be read and never changed; None for what is not Python."""
    try:
        return ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


def defines(module: ast.Module, name: str) -> bool:
    """Whether a top-level statement binds the name."""
    return any(name in _bound(node) for node in module.body)


def _bound(node: ast.stmt) -> set[str | None]:
    """Names that a top-level statement gives a meaning; importing them from the solution gives none."""
    match node:
        case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
            return {node.name}
        case ast.Assign():
            return {target.id for target in node.targets if isinstance(target, ast.Name)}
        case ast.AnnAssign(target=ast.Name(id=name)):
            return {name}
        case ast.ImportFrom(module=module) if module == OWN_MODULE and node.names[0].name != "*":
            return {alias.asname for alias in node.names if alias.asname not in (None, alias.name)}
        case ast.Import() | ast.ImportFrom():
            return {alias.asname or alias.name for alias in node.names}
    return set()


def suite_fault(source: str, entry_point: str) -> str:
    """The first fault by the order in the module's docstring, or ""."""
    module = parse(source)
    if module is None:
        return "suite_syntax"
    if defines(module, entry_point) or any(
        isinstance(n, ast.Import | ast.ImportFrom) and "*" in _bound(n) for n in module.body
    ):
        return "suite_redefines_entry_point"
    if _shadows(module, entry_point):
        return "suite_shadows_entry_point"
    if any(_awaited(node) for node in module.body):
        return "suite_async"
    cases = read_suite(source, entry_point).cases
    if not cases:
        return "suite_no_cases"
    if not any(_mentions(node, entry_point) for node in ast.walk(module)):
        return "suite_never_calls"
    if not any(_can_fail(node) for node in ast.walk(module)):
        return "suite_no_assertion"
    if _skips_all(module, cases):
        return "suite_skipped"
    return "suite_needs_fixtures" if _needs_fixtures(module, cases) else ""


def _awaited(node: ast.stmt) -> bool:
    """Whether it is a test, or has one, that must be awaited."""
    if isinstance(node, ast.ClassDef):
        return any(_awaited(method) for method in node.body)
    return isinstance(node, ast.AsyncFunctionDef) and node.name.startswith("test")


def _mentions(node: ast.AST, name: str) -> bool:
    return (isinstance(node, ast.Name) and node.id == name) or (isinstance(node, ast.Attribute) and node.attr == name)


def _shadows(module: ast.Module, name: str) -> bool:
    """Whether anything below the top level gives the name a meaning, or writes it into another namespace."""
    for node in ast.walk(module):
        match node:
            case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef() if node.name == name:
                return True
            case ast.Name(id=found, ctx=ast.Store() | ast.Del()) if found == name:
                return True
            case ast.Attribute(attr=found, ctx=ast.Store() | ast.Del()) if found == name:
                return True
            case ast.Subscript(slice=ast.Constant(value=found), ctx=ast.Store() | ast.Del()) if found == name:
                return isinstance(node.value, ast.Call)  # globals()["f"] = ..., and not a table of one's own
            case ast.FunctionDef(name=test, args=arguments) if test.startswith("test"):
                # A helper may be handed the function under its own name; a test gets a fixture of that name.
                if any(one.arg == name for one in (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs)):
                    return True
            case ast.Import() | ast.ImportFrom() if name in _bound(node):
                return True
            case ast.Call(args=[_, ast.Constant(value=found), _]) if found == name and _called(node) == "setattr":
                return True
            case ast.Call(args=[ast.Constant(value=str(found)), *_]) if found.rpartition(".")[2] == name:
                return _called(node) in ("patch", "setattr")
    return False


def _called(node: ast.Call) -> str:
    return node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")


def _can_fail(node: ast.AST) -> bool:
    if isinstance(node, ast.Assert | ast.Raise):
        return True
    return isinstance(node, ast.Call) and bool(FAILING.match(_called(node)))


def _skips_all(module: ast.Module, cases: tuple[Case, ...]) -> bool:
    """Whether the module or every case is marked as skipped, or as expected to fail."""
    marks = [ast.unparse(node) for node in module.body if isinstance(node, ast.Assign | ast.Expr)]
    if any(SKIPS.search(mark) and "pytest" in mark for mark in marks):
        return True
    marked = {name for name, text in _marked(module) if SKIPS.search(text)}
    return all(case.name in marked or case.name.partition(".")[0] in marked for case in cases)


def _marked(module: ast.Module) -> Iterator[tuple[str, str]]:
    """(name as a case has it, decorators and first statement as text) of tests and of test classes."""
    for node in module.body:
        if not isinstance(node, ast.FunctionDef | ast.ClassDef):
            continue
        first = ast.unparse(node.body[0]) if isinstance(node, ast.FunctionDef) else ""
        first = "" if isinstance(node.body[0], ast.Assert) else first
        yield node.name, " ".join([*map(ast.unparse, node.decorator_list), first])
        for method in node.body if isinstance(node, ast.ClassDef) else ():
            if isinstance(method, ast.FunctionDef):
                text = " ".join(map(ast.unparse, (*method.decorator_list, method.body[0])))
                yield f"{node.name}.{method.name}", text


def _needs_fixtures(module: ast.Module, cases: tuple[Case, ...]) -> bool:
    needing = {name for name, missing in _arguments(module) if missing}
    return all(case.call is None and case.name in needing for case in cases)


def _arguments(module: ast.Module) -> Iterator[tuple[str, set[str]]]:
    """(name as a case has it, arguments that nothing gives) of tests and of methods of test classes."""
    for node in module.body:
        if isinstance(node, ast.FunctionDef):
            yield node.name, _asked(node, 0) - _given(node, ())
        for method in node.body if isinstance(node, ast.ClassDef) else ():
            if isinstance(node, ast.ClassDef) and isinstance(method, ast.FunctionDef):
                yield f"{node.name}.{method.name}", _asked(method, 1) - _given(method, node.decorator_list)


def _asked(function: ast.FunctionDef, own: int) -> set[str]:
    """Parameters that have no value of their own, without the first `own` ones."""
    arguments = function.args
    named = [*arguments.posonlyargs, *arguments.args]
    plain = named[own : len(named) - len(arguments.defaults)]
    return {one.arg for one in (*plain, *arguments.kwonlyargs)}


def _given(function: ast.FunctionDef, outer: Sequence[ast.expr]) -> set[str]:
    """What decorators hand over: parametrize marks the names that they list, decorators of other kinds anything."""
    found: set[str] = set()
    for mark in (*function.decorator_list, *outer):
        text = ast.unparse(mark)
        if "parametrize" in text and isinstance(mark, ast.Call) and mark.args:
            found |= set(re.findall(r"\w+", ast.unparse(mark.args[0])))
        elif "mark" not in text:
            found |= _asked(function, 0)
    return found
