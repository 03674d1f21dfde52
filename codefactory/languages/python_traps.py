"""Traps for Python functions: assertions that make one fail on a single kind of input, and on nothing else.

    assert xs                        nothing tests the empty list
    assert len(set(xs)) == len(xs)   nothing tests elements that repeat

What a parameter can be is read off the literal calls that suites make, so that a trap asks of it what its type has:
numbers are zero, one or negative; collections are empty, single, ordered, or hold repeated, empty or negative elements;
two parameters of one type are equal, or one of them is the larger. (Domain traps: Agrawal et al. 1989.) Where a trap
can be sprung, the function must answer: whoever uses one finds out with inputs that the function itself answers.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from itertools import combinations

from codefactory.languages.python_faults import parse
from codefactory.languages.python_probes import literal_calls

LOOKED_AT = 64  # calls that types are read from
PAIRED = 3  # parameters that are compared with each other
SIZED = (str, list, tuple, set, dict)
Values = list[object]


def traps(source: str, entry_point: str, calls: Sequence[str]) -> tuple[tuple[int, str], ...]:
    """(byte offset, source to insert there) of every trap for the entry point's parameters."""
    function = next((node for node in _functions(source) if node.name == entry_point), None)
    place = _place(source, function) if function else None
    if function is None or place is None:
        return ()
    offset, end = place
    given = _given(function, entry_point, calls)
    found = [trap for name, values in given.items() for trap in _alone(name, values)]
    for (one, first), (other, second) in combinations(list(given.items())[:PAIRED], 2):
        found += _paired(one, other, [*first, *second])
    return tuple((offset, f"assert {trap}{end}") for trap in dict.fromkeys(found))


def _functions(source: str) -> list[ast.FunctionDef]:
    """The module's functions, the last definition of a name first."""
    module = parse(source)
    return [node for node in reversed(module.body if module else []) if isinstance(node, ast.FunctionDef)]


def _place(source: str, function: ast.FunctionDef) -> tuple[int, str] | None:
    """Where the body begins, behind its docstring, in bytes; and what ends a statement there."""
    body = function.body[1:] if ast.get_docstring(function, clean=False) is not None else function.body
    if not body:
        return None
    # As the parser counts lines, which is not as str.splitlines does.
    lines = source.encode("utf-8", "surrogatepass").split(b"\n")
    line, column = body[0].lineno - 1, body[0].col_offset
    if line >= len(lines) or b"\r" in lines[line] or isinstance(body[0], ast.FunctionDef | ast.ClassDef):
        return None
    before = lines[line][:column].decode("utf-8", "replace")
    return sum(len(one) + 1 for one in lines[:line]) + column, f"\n{before}" if not before.strip() else "; "


def _given(function: ast.FunctionDef, entry_point: str, calls: Sequence[str]) -> dict[str, Values]:
    """What every parameter is given in the literal calls."""
    names = [argument.arg for argument in (*function.args.posonlyargs, *function.args.args)]
    found: dict[str, Values] = {name: [] for name in names}
    for text in calls[:LOOKED_AT]:
        for call in literal_calls(text, entry_point):
            node = ast.parse(call, mode="eval").body
            assert isinstance(node, ast.Call)
            for name, value in zip(names, node.args, strict=False):
                found[name].append(ast.literal_eval(value))
            for keyword in node.keywords:
                found.get(keyword.arg or "", []).append(ast.literal_eval(keyword.value))
    return {name: values for name, values in found.items() if values}


def _alone(name: str, values: Values) -> Iterator[str]:
    """What holds of a parameter except on one kind of input; mixed types have only their emptiness in common."""
    yield name
    if all(map(_is_number, values)):
        yield from (f"{name} != 1", f"{name} >= 0")
        if any(isinstance(value, float) for value in values):
            yield f"{name} == int({name})"
    elif all(isinstance(value, SIZED) for value in values):
        yield f"len({name}) != 1"
        yield from _of_elements(name, values)
    elif all(isinstance(value, bool) for value in values):
        yield f"not {name}"


def _of_elements(name: str, values: Values) -> Iterator[str]:
    if any(isinstance(value, set | dict) for value in values):
        return
    elements = [one for value in values if isinstance(value, list | tuple) for one in value]
    yield f"len(set(map(repr, {name}))) == len({name})"
    if elements and (all(map(_is_number, elements)) or all(isinstance(one, str) for one in elements)):
        yield f"list({name}) != sorted({name})"
    if elements and all(map(_is_number, elements)):
        yield f"all(one >= 0 for one in {name})"
    if elements:
        yield f"all({name})"


def _paired(one: str, other: str, values: Values) -> Iterator[str]:
    """Two parameters of one type: equal, or either of them larger."""
    if all(map(_is_number, values)):
        yield from (f"{one} != {other}", f"{one} <= {other}", f"{one} >= {other}")
    elif all(isinstance(value, SIZED) for value in values):
        yield f"{one} != {other}"
        yield from (f"len({one}) <= len({other})", f"len({one}) >= len({other})")


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
