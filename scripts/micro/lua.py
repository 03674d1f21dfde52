"""Prints the grammar's Python programs as Lua: one function in, one module that returns the function out.

A printer over Python's `ast` for the part of the grammar that can be carried over faithfully: integers, booleans,
strings and lists, loops, comprehensions, and the built-in functions that have a plain way of writing in Lua. What is an
expression in Python and none in Lua (a comprehension, `sorted`, `any`) becomes lines before the statement that it
stands in. What cannot be carried over (dictionaries, sets, a key to sort by, a value whose kind is not known where it
decides what is written) raises `Refused`; nothing is bent. Indexes that are variables are taken to count from the
front, a text's end is compared with no empty text, and the Python function is taken to answer: it indexes no empty
list.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from contextlib import contextmanager

from codefactory.languages.lua import KEYWORDS
from scripts.micro.lua_expressions import Refused, Text
from scripts.micro.lua_kinds import ANY, INT, NONE, STR, Kind, item_of, joined, list_of, maybe
from scripts.micro.lua_loops import Loops
from scripts.micro.lua_scope import outliving

HELPERS = {
    "contains": """\
local function contains(list, item)
  for _, x in ipairs(list) do
    if x == item then
      return true
    end
  end
  return false
end
""",
    "distinct": """\
local function distinct(list)
  local seen, kept = {}, {}
  for _, x in ipairs(list) do
    if not seen[x] then
      seen[x] = true
      kept[#kept + 1] = x
    end
  end
  return kept
end
""",
    "concat": """\
local function concat(a, b)
  local both = {table.unpack(a)}
  for _, x in ipairs(b) do
    both[#both + 1] = x
  end
  return both
end
""",
    "same": """\
local function same(a, b)
  for i = 1, math.max(#a, #b) do
    if a[i] ~= b[i] then
      return false
    end
  end
  return true
end
""",
}


RESERVED = frozenset((*KEYWORDS.split(), "table", "tostring", "tonumber", "ipairs", *HELPERS))


def lua(code: str, kinds: tuple[Kind, ...], result: Kind) -> str:
    """A Python function as a Lua module.

    Args:
        code: one function.
        kinds: one for each parameter.
        result: what it answers, for a function that calls itself.

    Raises:
        Refused: if anything in it cannot be carried over.
    """
    (function,) = ast.parse(code).body
    if not isinstance(function, ast.FunctionDef):
        raise Refused("no function")
    return Printer(function, kinds, result).module()


class Printer(Loops):
    """One function's state: the lines so far, the kinds of its names, and which of them are indexes counted from 1."""

    def __init__(self, function: ast.FunctionDef, kinds: tuple[Kind, ...], result: Kind) -> None:
        self.function, self.result = function, result
        self.parameters = [one.arg for one in function.args.args]
        self.kinds: dict[str, Kind] = dict(zip(self.parameters, kinds, strict=True))
        self.names = {one.id for one in ast.walk(function) if isinstance(one, ast.Name)} | {
            *self.parameters,
            function.name,
        }
        if taken := self.names & RESERVED:
            raise Refused(f"the name {min(taken)}")
        self.lines: list[str] = []
        self.depth, self.guarded = 1, 0
        self.from_one: set[str] = set()
        self.declared = set(self.parameters)
        self.helpers: list[str] = []

    def module(self) -> str:
        """The whole file."""
        if names := outliving(self.function):
            self.out(f"local {', '.join(names)}")
            self.declared |= set(names)
        self.block(self.function.body)
        name = self.function.name
        helpers = [HELPERS[key] for key in self.helpers]
        head = f"local function {name}({', '.join(self.parameters)})"
        return "\n".join([*helpers, "\n".join([head, *self.lines, "end", f"return {name}"])])

    # ── lines and names ──────────────────────────────────────────────────────────────────────────────────────────────

    def out(self, line: str) -> None:
        if self.guarded:
            raise Refused("lines inside an expression that may not be evaluated")
        self.lines.append("  " * self.depth + line)

    @contextmanager
    def within(self, head: str, foot: str = "end") -> Iterator[None]:
        """What is printed inside stands one level deeper, between a head and an end."""
        self.out(head)
        self.depth += 1
        yield
        self.depth -= 1
        if foot:
            self.out(foot)

    @contextmanager
    def maybe_not(self) -> Iterator[None]:
        """Inside, lines before the statement would be executed where Python evaluates nothing: they are refused."""
        self.guarded += 1
        try:
            yield
        finally:
            self.guarded -= 1

    def fresh(self, *wanted: str) -> str:
        """A name that the program does not use."""
        numbered = (f"{wanted[-1]}{number}" for number in range(2, 9))
        name = next(one for one in (*wanted, *numbered) if one not in self.names and one not in RESERVED)
        self.names.add(name)
        return name

    def held(self, value: Text, *wanted: str) -> Text:
        """The value under a name, where it has none."""
        if value.code.isidentifier():
            return value
        name = self.fresh(*wanted or ("list",))
        self.out(f"local {name} = {value.code}")
        return Text(name, value.kind)

    def helper(self, name: str) -> str:
        if name not in self.helpers:
            self.helpers.append(name)
        return name

    # ── statements ───────────────────────────────────────────────────────────────────────────────────────────────────

    def block(self, body: list[ast.stmt]) -> None:
        before = set(self.declared)
        for statement in body:
            found = getattr(self, f"do_{type(statement).__name__}", None)
            if found is None:
                raise Refused(type(statement).__name__)
            found(statement)
        self.declared = before

    def do_Expr(self, node: ast.Expr) -> None:
        call = node.value
        if isinstance(call, ast.Constant) and isinstance(call.value, str):
            return  # a docstring
        if not (
            isinstance(call, ast.Call)
            and isinstance(call.func, ast.Attribute)
            and isinstance(call.func.value, ast.Name)
        ):
            raise Refused("an expression as a statement")
        name, wanted, method = call.func.value.id, [self.value(one) for one in call.args], call.func.attr
        kind = self.kinds.get(name, ANY)
        if kind[0] != "list" or call.keywords:
            raise Refused(f".{method}")
        if method == "append":
            self.kinds[name] = joined(kind, list_of(wanted[0].kind))
            self.out(f"{name}[#{name} + 1] = {wanted[0].code}")
        elif method == "insert" and wanted[0].code == "0":
            self.kinds[name] = joined(kind, list_of(wanted[1].kind))
            self.out(f"table.insert({name}, 1, {wanted[1].code})")
        elif method == "extend" and wanted[0].kind[0] == "list":
            self.kinds[name] = joined(kind, wanted[0].kind)
            with self.within(f"for _, {(item := self.fresh('item'))} in ipairs({wanted[0].code}) do"):
                self.out(f"{name}[#{name} + 1] = {item}")
        elif method == "sort" and item_of(kind) in (INT, STR):
            self.out(f"table.sort({name})")
        elif method == "pop" and not wanted:
            self.out(f"table.remove({name})")
        else:
            raise Refused(f".{method}")

    def do_Assign(self, node: ast.Assign) -> None:
        target, *others = node.targets
        if others:
            raise Refused("two targets")
        if isinstance(target, ast.Subscript):
            raise Refused("an assignment to an index")
        if isinstance(target, ast.Tuple):
            if not isinstance(node.value, ast.Tuple) or len(node.value.elts) != len(target.elts):
                raise Refused("unpacking")
            values = [self.value(one) for one in node.value.elts]
            self.assign([self.own(one) for one in target.elts], values)
        elif isinstance(node.value, ast.IfExp):
            self.choice(self.own(target), node.value)
        else:
            name = self.own(target)
            unused = name not in self.declared and name not in {getattr(one, "id", "") for one in ast.walk(node.value)}
            self.hint = name if unused and builds(node.value) else ""
            value = self.value(node.value)
            self.hint = ""
            if unused and value.code == name:
                self.kinds[name] = value.kind
                self.declared.add(name)
            else:
                self.assign([name], [value])

    def assign(self, names: list[str], values: list[Text]) -> None:
        new = [name not in self.declared for name in names]
        if any(new) and not all(new):
            raise Refused("old and new names in one assignment")
        self.out(f"{'local ' if new[0] else ''}{', '.join(names)} = {', '.join(value.code for value in values)}")
        for name, value in zip(names, values, strict=True):
            kind = maybe(ANY) if value.kind == NONE else value.kind
            self.kinds[name] = joined(self.kinds[name], kind) if name in self.kinds else kind
            self.declared.add(name)
            self.from_one.discard(name)

    def choice(self, name: str, node: ast.IfExp) -> None:
        """`name = a if c else b` in four lines, whatever kinds a and b have."""
        condition = self.truth(node.test)
        if name not in self.declared:
            self.out(f"local {name}")
            self.declared.add(name)
        with self.within(f"if {condition.code} then", ""):
            self.assign([name], [self.value(node.body)])
        with self.within("else"):
            self.assign([name], [self.value(node.orelse)])

    def do_AugAssign(self, node: ast.AugAssign) -> None:
        name = self.own(node.target)
        self.assign([name], [self.value(ast.BinOp(ast.Name(name, ast.Load()), node.op, node.value))])

    def do_Return(self, node: ast.Return) -> None:
        value = node.value
        if isinstance(value, ast.IfExp):
            with self.within(f"if {self.truth(value.test).code} then"):
                self.do_Return(ast.Return(value.body))
            self.do_Return(ast.Return(value.orelse))
        elif found := early(value):
            generator, wanted, negated = found
            self.early_return(generator, wanted, negated)
        else:
            text = self.value(value) if value else Text("nil", NONE)
            if text.kind[0] == "set":
                raise Refused("a set as the answer")
            self.out(f"return {text.code}")

    def early_return(self, generator: ast.GeneratorExp | ast.ListComp, every: bool, negated: bool) -> None:
        """`return any(...)` and `return all(...)`: a loop that returns as soon as it is known."""
        seen = every == negated

        def body() -> None:
            test: ast.expr = ast.UnaryOp(ast.Not(), generator.elt) if every else generator.elt
            if isinstance(generator.elt, ast.Constant) and generator.elt.value is True and not every:
                self.out(f"return {str(seen).lower()}")
                return
            with self.within(f"if {self.truth(test).code} then"):
                self.out(f"return {str(seen).lower()}")

        self.loops(generator.generators, body)
        self.out(f"return {str(not seen).lower()}")

    def do_If(self, node: ast.If) -> None:
        with self.within(f"if {self.truth(node.test).code} then", ""):
            self.block(node.body)
        while len(node.orelse) == 1 and isinstance(node.orelse[0], ast.If):
            node = node.orelse[0]
            with self.maybe_not():
                condition = self.truth(node.test)
            with self.within(f"elseif {condition.code} then", ""):
                self.block(node.body)
        if node.orelse:
            with self.within("else", ""):
                self.block(node.orelse)
        self.out("end")

    def do_While(self, node: ast.While) -> None:
        with self.maybe_not():
            condition = self.truth(node.test)
        with self.within(f"while {condition.code} do"):
            self.looped(node.body)

    def do_For(self, node: ast.For) -> None:
        if node.orelse:
            raise Refused("else after a loop")
        self.one_loop(node.target, node.iter, lambda: self.looped(node.body))

    def looped(self, body: list[ast.stmt]) -> None:
        self.block(body)
        if any(isinstance(one, ast.Continue) for part in body for one in ast.walk(part)):
            if any(isinstance(one, ast.For | ast.While) for part in body for one in ast.walk(part)):
                raise Refused("continue beside an inner loop")
            if isinstance(body[-1], ast.Return):  # in Lua nothing may follow `return` in its block
                self.lines[-1] = f"{'  ' * self.depth}do {self.lines[-1].strip()} end"
            self.out("::continue::")

    def do_Break(self, node: ast.Break) -> None:
        self.out("break")

    def do_Continue(self, node: ast.Continue) -> None:
        self.out("goto continue")


def builds(node: ast.expr) -> bool:
    """Whether lines before the assignment make the value itself, which can then have the name that is assigned to."""
    if isinstance(node, ast.Call):
        return isinstance(node.func, ast.Name) and node.func.id in ("list", "sum", "sorted", "any", "all")
    return isinstance(node, ast.ListComp)


def early(node: ast.expr | None) -> tuple[ast.GeneratorExp | ast.ListComp, bool, bool] | None:
    """The generator of `any(...)` or `all(...)`, whether it is `all`, and whether `not` stands before it."""
    negated = isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not)
    call = node.operand if isinstance(node, ast.UnaryOp) and negated else node
    if not (isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in ("any", "all")):
        return None
    inner = call.args[0]
    return (inner, call.func.id == "all", negated) if isinstance(inner, ast.GeneratorExp | ast.ListComp) else None
