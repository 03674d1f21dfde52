"""Python's literal cases as neutral ones, with the signature that code and cases show: what transfer starts from.

A tuple becomes a list, as in JSON. Anything else that has no neutral form (a set, bytes, an argument that is changed,
a truth that is no boolean) is left out with a reason slug, and so is a case whose call cannot be bound to the
function's parameters. Arguments are put in the order of the parameters, defaults filled in where any case gives that
parameter.
"""

from __future__ import annotations

import ast
from dataclasses import dataclass, replace

from codefactory.languages.kinds import ANYTHING, UNKNOWN, joined, kind, one_type
from codefactory.languages.neutral import Inexpressible, NeutralCase, Notation, Value
from codefactory.types import Call, Check, Suite

MISSING = object()  # an argument that a call leaves to the function's default


@dataclass(frozen=True, slots=True)
class Signature:
    """A function as its code and cases show it: `kinds` has one for each parameter (see `languages.kinds`)."""

    entry_point: str
    parameters: tuple[str, ...]
    kinds: tuple[str, ...]
    result: str


@dataclass(frozen=True, slots=True)
class Carried:
    """A suite in no language: the signature, the cases, and (name, slug) of those without a neutral form."""

    signature: Signature
    cases: tuple[NeutralCase, ...]
    left_out: tuple[tuple[str, str], ...]


def carry(suite: Suite, code: str, entry_point: str) -> Carried:
    """The suite's literal cases, with nothing of Python's in them.

    Raises:
        Inexpressible: if the code has no such function, or one without plain parameters.
    """
    parameters = _parameters(code, entry_point)
    truths = _answers_truths(suite)
    bound: list[tuple[NeutralCase, list[object]]] = []
    left_out: list[tuple[str, str]] = []
    for case in suite.cases:
        try:
            bound.append(_case(case.name, case.call, parameters, truths))
        except Inexpressible as reason:
            left_out.append((case.name, reason.slug))
    places = (place for _, given in bound for place, value in enumerate(given, 1) if value is not MISSING)
    last = max(places, default=0)
    cases = []
    for one, given in bound:
        try:
            filled = [parameters[place].filled(value) for place, value in enumerate(given[:last])]
            cases.append(replace(one, arguments=tuple(filled)))
        except Inexpressible as reason:
            left_out.append((one.name, reason.slug))
    names = tuple(one.name for one in parameters[:last])
    return Carried(_signature(entry_point, names, cases), tuple(cases), tuple(left_out))


def typed(carried: Carried) -> Carried:
    """The cases that one signature with types fits, integers as floats where a column has both; the others left out."""
    cases, left_out, kinds = one_type(carried.cases)
    *columns, result = (ANYTHING if one == UNKNOWN else one for one in kinds)
    signature = replace(carried.signature, kinds=tuple(columns), result=result)
    return Carried(signature, cases, (*carried.left_out, *left_out))


def _signature(entry_point: str, names: tuple[str, ...], cases: list[NeutralCase]) -> Signature:
    columns = [joined(kind(case.arguments[place]) for case in cases) for place in range(len(names))]
    result = joined(kind(case.expected) for case in cases if not case.raises)
    return Signature(entry_point, names, tuple(columns), ANYTHING if result == UNKNOWN else result)


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter's name, and its default where it has one that is a literal."""

    name: str
    default: object = MISSING

    def filled(self, given: object) -> Value:
        """What a call gives, else the default."""
        if given is not MISSING:
            return given
        if self.default is MISSING:
            raise Inexpressible("default_not_literal")
        return self.default


def _parameters(code: str, entry_point: str) -> list[Parameter]:
    try:
        body = ast.parse(code).body
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        raise Inexpressible("no_signature") from error
    found = [node for node in body if isinstance(node, ast.FunctionDef) and node.name == entry_point]
    if not found:
        raise Inexpressible("no_signature")
    arguments = found[-1].args
    if arguments.vararg or arguments.kwarg:
        raise Inexpressible("variable_arguments")
    plain = [*arguments.posonlyargs, *arguments.args]
    defaults = [None] * (len(plain) - len(arguments.defaults)) + list(arguments.defaults)
    pairs = [*zip(plain, defaults, strict=True), *zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True)]
    return [Parameter(one.arg, _default(default)) for one, default in pairs]


def _default(node: ast.expr | None) -> object:
    if node is None:
        return MISSING
    try:
        return neutral(node)
    except Inexpressible:
        return MISSING


def _case(name: str, call: Call | None, parameters: list[Parameter], truths: bool) -> tuple[NeutralCase, list[object]]:
    if call is None:
        raise Inexpressible("not_literal")
    if call.check in (Check.MUTATES, Check.STDOUT):
        raise Inexpressible(f"{call.check.value}_not_neutral")
    expected = None if call.check is Check.RAISES else neutral(_expression(call.expected))
    node = _expression(call.expression)
    if isinstance(node, ast.Compare):  # `(f(x)) is True`
        expected = neutral(node.comparators[0])
        node = node.left
    turned = False
    while isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        if not truths:
            raise Inexpressible("truth_not_boolean")
        node, turned = node.operand, not turned
    expected = (not expected) if turned else expected
    assert isinstance(node, ast.Call)
    raises = call.check is Check.RAISES
    return NeutralCase(name, (), expected, raises, call.tolerance), _bound(node, parameters)


def _expression(source: str) -> ast.expr:
    return ast.parse(source, mode="eval").body


def _bound(node: ast.Call, parameters: list[Parameter]) -> list[object]:
    """One value for each parameter, MISSING where the call leaves it out."""
    given = [MISSING] * len(parameters)
    places = {one.name: place for place, one in enumerate(parameters)}
    for place, argument in enumerate(node.args):
        if place >= len(parameters):
            raise Inexpressible("arguments_do_not_fit")
        given[place] = neutral(argument)
    for keyword in node.keywords:
        if keyword.arg not in places:
            raise Inexpressible("arguments_do_not_fit")
        given[places[keyword.arg]] = neutral(keyword.value)
    return given


def _answers_truths(suite: Suite) -> bool:
    """Whether every case asks for a truth: then a plain `assert f(x)` is about a boolean."""
    calls = [case.call for case in suite.cases if case.call and case.call.check is not Check.RAISES]
    return all(call.expected in ("True", "False") and not call.expression.endswith(" is None") for call in calls)


def rewritten(value: str, notation: Notation | None) -> str:
    """A reported value, as Python writes it, in another language's terms; as it is where that has no literal for it."""
    try:
        return notation.literal(neutral(_expression(value))) if notation else value
    except (ValueError, SyntaxError, RecursionError, MemoryError):  # `Inexpressible` is one of these
        return value


def neutral(node: ast.expr) -> Value:
    """The value of a Python literal.

    Raises:
        Inexpressible: if it has no neutral form.
    """
    match node:
        case ast.Constant(value=None | bool() | int() | float() | str()):
            return node.value
        case ast.List() | ast.Tuple():
            return [neutral(item) for item in node.elts]
        case ast.Dict():
            keys = [neutral(key) for key in node.keys if key is not None]
            if not all(isinstance(key, str) for key in keys):
                raise Inexpressible("key_not_text")
            return dict(zip(keys, map(neutral, node.values), strict=True))
        case ast.UnaryOp(op=ast.USub(), operand=ast.Constant(value=int() | float() as value)) if value is not True:
            return -value
        case ast.UnaryOp(op=ast.UAdd(), operand=ast.Constant(value=int() | float() as value)) if value is not True:
            return value
        case ast.Call(func=ast.Name(id="float"), args=[ast.Constant(value=str() as text)]):
            return float(text)
        case ast.Set() | ast.Call(func=ast.Name(id="set" | "frozenset")):
            raise Inexpressible("set_not_neutral")
    raise Inexpressible("not_neutral")
