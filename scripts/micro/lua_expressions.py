"""Python's expressions as Lua's, and the lines that those need before them which Lua has no expression for."""

from __future__ import annotations

import ast
from abc import ABC, abstractmethod
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass

from scripts.micro.lua_kinds import ANY, BOOL, INT, NONE, STR, Kind, item_of, joined, list_of

OR, AND, COMPARE, CONCAT, ADD, MULTIPLY, UNARY, ATOM = range(1, 9)
ARITHMETIC: dict[type[ast.operator], tuple[str, int]] = {
    ast.Add: ("+", ADD), ast.Sub: ("-", ADD), ast.Mult: ("*", MULTIPLY), ast.FloorDiv: ("//", MULTIPLY),
    ast.Mod: ("%", MULTIPLY),
}  # fmt: skip
COMPARISONS: dict[type[ast.cmpop], str] = {
    ast.Eq: "==", ast.NotEq: "~=", ast.Lt: "<", ast.LtE: "<=", ast.Gt: ">", ast.GtE: ">=", ast.Is: "==",
    ast.IsNot: "~=",
}  # fmt: skip
LISTED = (ast.ListComp, ast.GeneratorExp)
Body = Callable[[], None]


class Refused(ValueError):
    """A program that cannot be carried over faithfully; says what in it."""


@dataclass(frozen=True)
class Text:
    """A Lua expression, what kind of value it has, and how tightly it binds."""

    code: str
    kind: Kind
    rank: int = ATOM

    def inside(self, rank: int) -> str:
        """The expression as an operand of something that binds as tightly as `rank`."""
        return self.code if self.rank >= rank else f"({self.code})"

    @property
    def base(self) -> str:
        """The expression where a method or an index follows."""
        plain = self.rank == ATOM and not self.code.startswith(('"', "{")) and not self.code[0].isdigit()
        return self.code if plain else f"({self.code})"


class Expressions(ABC):
    """Prints expressions; who inherits prints lines and loops."""

    kinds: dict[str, Kind]
    from_one: set[str]
    function: ast.FunctionDef
    result: Kind
    hint: str = ""  # what the next list or number that is built up may be called, where it is assigned to a new name

    @abstractmethod
    def out(self, line: str) -> None: ...

    @abstractmethod
    def within(self, head: str, foot: str = "end") -> AbstractContextManager[None]: ...

    @abstractmethod
    def maybe_not(self) -> AbstractContextManager[None]: ...

    @abstractmethod
    def fresh(self, *wanted: str) -> str: ...

    @abstractmethod
    def held(self, value: Text, *wanted: str) -> Text: ...

    @abstractmethod
    def helper(self, name: str) -> str: ...

    @abstractmethod
    def of_Call(self, node: ast.Call) -> Text: ...

    @abstractmethod
    def loops(self, generators: list[ast.comprehension], body: Body) -> None: ...

    def built(self, *wanted: str) -> str:
        """A name for what is built up line by line: the one that it is assigned to, or a fresh one."""
        name, self.hint = self.hint, ""
        return name or self.fresh(*wanted)

    def value(self, node: ast.expr) -> Text:
        """The expression of a node.

        Raises:
            Refused: if there is none.
        """
        found = getattr(self, f"of_{type(node).__name__}", None)
        if found is None:
            raise Refused(type(node).__name__)
        text: Text = found(node)
        if text.kind == ("mixed",):
            raise Refused("values of mixed kinds")
        return text

    def of(self, node: ast.expr, kind: Kind) -> Text:
        """The expression of a node that has to be of a kind."""
        found = self.value(node)
        if found.kind != kind:
            raise Refused(f"{found.kind[0]} where {kind[0]} is needed")
        return found

    def many(self, node: ast.expr) -> Text:
        """The expression of a node that has to be a list."""
        found = self.value(node)
        if found.kind[0] != "list":
            raise Refused(f"{found.kind[0]} where a list is needed")
        return found

    def truth(self, node: ast.expr) -> Text:
        """The node as a condition: Lua takes 0 and what is empty for true."""
        if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
            return self.untruth(node.operand)
        if isinstance(node, ast.BoolOp):
            return self.all_of(node, self.truth)
        found = self.value(node)
        if found.kind == BOOL:
            return found
        if found.kind == INT:
            return Text(f"{found.inside(CONCAT)} ~= 0", BOOL, COMPARE)
        if found.kind == STR or found.kind[0] == "list":
            return Text(f"#{found.base} > 0", BOOL, COMPARE)
        raise Refused(f"the truth of {found.kind[0]}")

    def untruth(self, node: ast.expr) -> Text:
        found = self.truth(node)
        for shown, opposite in ((" ~= 0", " == 0"), (" > 0", " == 0")):
            if not isinstance(node, ast.Compare | ast.BoolOp) and found.rank == COMPARE and found.code.endswith(shown):
                return Text(found.code.removesuffix(shown) + opposite, BOOL, COMPARE)
        return Text(f"not {found.inside(UNARY)}", BOOL, UNARY)

    # ── plain expressions ────────────────────────────────────────────────────────────────────────────────────────────

    def of_Constant(self, node: ast.Constant) -> Text:
        value = node.value
        if value is None:
            return Text("nil", NONE)
        if isinstance(value, bool):
            return Text(str(value).lower(), BOOL)
        if isinstance(value, int):
            return Text(str(value), INT)
        if isinstance(value, str) and value.isascii() and value.isprintable() and not set(value) & {'"', "\\"}:
            return Text(f'"{value}"', STR)
        raise Refused(f"the constant {value!r}")

    def of_Name(self, node: ast.Name) -> Text:
        if node.id not in self.kinds:
            raise Refused(f"the name {node.id}")
        if node.id in self.from_one:
            return Text(f"{node.id} - 1", INT, ADD)
        return Text(node.id, self.kinds[node.id])

    def plus(self, node: ast.expr, more: int) -> str:
        """An integer one higher or one lower, as it is written at an index or at a loop's end."""
        if isinstance(node, ast.Constant) and isinstance(node.value, int):
            return str(node.value + more)
        if isinstance(node, ast.Name) and node.id in self.from_one and more == 1:
            return node.id
        if isinstance(node, ast.BinOp) and isinstance(node.right, ast.Constant) and isinstance(node.right.value, int):
            sign = {ast.Add: 1, ast.Sub: -1}.get(type(node.op), 0)
            total, left = sign * node.right.value + more, self.of(node.left, INT)
            if sign:
                return left.code if not total else f"{left.inside(ADD)} {'+' if total > 0 else '-'} {abs(total)}"
        return f"{self.of(node, INT).inside(ADD)} {'+' if more > 0 else '-'} 1"

    def of_List(self, node: ast.List | ast.Tuple) -> Text:
        values = [self.value(one) for one in node.elts]
        kind = ANY
        for value in values:
            if value.kind[0] in ("none", "maybe"):
                raise Refused("none in a list")
            kind = joined(kind, value.kind)
        return Text("{" + ", ".join(value.code for value in values) + "}", list_of(kind))

    of_Tuple = of_List

    def of_UnaryOp(self, node: ast.UnaryOp) -> Text:
        if isinstance(node.op, ast.Not):
            return self.untruth(node.operand)
        if isinstance(node.op, ast.USub):
            return Text(f"-{self.of(node.operand, INT).inside(ATOM)}", INT, UNARY)
        raise Refused(type(node.op).__name__)

    def of_BoolOp(self, node: ast.BoolOp) -> Text:
        return self.all_of(node, lambda one: self.of(one, BOOL))  # of other kinds, one of the operands is the value

    def all_of(self, node: ast.BoolOp, part: Callable[[ast.expr], Text]) -> Text:
        word, rank = ("and", AND) if isinstance(node.op, ast.And) else ("or", OR)
        first, *rest = node.values
        parts = [part(first)]
        with self.maybe_not():
            parts += [part(one) for one in rest]
        return Text(f" {word} ".join(one.inside(rank + 1) for one in parts), BOOL, rank)

    def of_IfExp(self, node: ast.IfExp) -> Text:
        condition = self.truth(node.test)
        with self.maybe_not():
            first, other = self.value(node.body), self.value(node.orelse)
        kind = joined(first.kind, other.kind)
        if first.kind == BOOL and first.code == "true" and other.code == "false":
            return condition
        if first.kind[0] not in ("int", "str", "list") or kind[0] == "mixed":
            raise Refused("a choice of what can be false or none")
        return Text(f"{condition.inside(AND)} and {first.inside(COMPARE)} or {other.inside(AND)}", kind, OR)

    def of_BinOp(self, node: ast.BinOp) -> Text:
        left, right = self.value(node.left), self.value(node.right)
        pair = (left.kind, right.kind)
        if isinstance(node.op, ast.Add) and pair == (STR, STR):
            return Text(f"{left.inside(CONCAT)} .. {right.inside(CONCAT)}", STR, CONCAT)
        if isinstance(node.op, ast.Add) and left.kind[0] == right.kind[0] == "list":
            return Text(f"{self.helper('concat')}({left.code}, {right.code})", joined(*pair))
        if isinstance(node.op, ast.Mult) and pair == (STR, INT):
            return Text(f"{left.base}:rep({right.code})", STR)
        if isinstance(node.op, ast.Pow) and pair == (INT, INT) and right.code in ("2", "3") and left.rank == ATOM:
            return Text(" * ".join([left.code] * int(right.code)), INT, MULTIPLY)
        if pair != (INT, INT) or type(node.op) not in ARITHMETIC:
            raise Refused(f"{left.kind[0]} {type(node.op).__name__} {right.kind[0]}")
        sign, rank = ARITHMETIC[type(node.op)]
        return Text(f"{left.inside(rank)} {sign} {right.inside(rank + 1)}", INT, rank)

    # ── comparisons ──────────────────────────────────────────────────────────────────────────────────────────────────

    def of_Compare(self, node: ast.Compare) -> Text:
        operands = [node.left, *node.comparators]
        pairs = list(zip(operands, node.ops, operands[1:], strict=False))
        parts = [self.compared(*pair) for pair in pairs[:1]]
        with self.maybe_not():
            parts += [self.compared(*pair) for pair in pairs[1:]]
        if len(parts) == 1:
            return parts[0]
        return Text(" and ".join(part.inside(COMPARE) for part in parts), BOOL, AND)

    def compared(self, first: ast.expr, sign: ast.cmpop, second: ast.expr) -> Text:
        if isinstance(sign, ast.In | ast.NotIn):
            return self.member(first, second, isinstance(sign, ast.NotIn))
        left, right = self.value(first), self.value(second)
        equality = isinstance(sign, ast.Eq | ast.NotEq)
        if equality and left.kind[0] == right.kind[0] == "list" and left.kind[1][0] != "list":
            call = f"{self.helper('same')}({left.code}, {right.code})"
            return Text(call, BOOL) if isinstance(sign, ast.Eq) else Text(f"not {call}", BOOL, UNARY)
        kinds = {kind[1] if kind[0] == "maybe" else kind for kind in (left.kind, right.kind)}
        if ANY in kinds and "maybe" in (left.kind[0], right.kind[0]):  # none so far: whatever the other one is
            kinds = kinds - {ANY}
        scalar = len(kinds) == 1 and kinds <= {INT, STR, BOOL}
        if isinstance(sign, ast.Is | ast.IsNot):
            if right.kind != NONE:
                raise Refused("is")
        elif not scalar or (not equality and kinds == {BOOL}):
            raise Refused(f"comparing {left.kind[0]} with {right.kind[0]}")
        return Text(f"{left.inside(CONCAT)} {COMPARISONS[type(sign)]} {right.inside(CONCAT)}", BOOL, COMPARE)

    def member(self, first: ast.expr, second: ast.expr, negated: bool) -> Text:
        item = self.value(first)
        if isinstance(second, ast.Tuple | ast.List) and isinstance(first, ast.Name) and 0 < len(second.elts) < 6:
            sign, word, rank = ("~=", "and", AND) if negated else ("==", "or", OR)
            shown = [self.of(one, item.kind).code for one in second.elts]
            return Text(f" {word} ".join(f"{item.inside(CONCAT)} {sign} {one}" for one in shown), BOOL, rank)
        where = self.value(second)
        if where.kind == STR == item.kind:
            return Text(f"{where.base}:find({item.code}, 1, true) {'==' if negated else '~='} nil", BOOL, COMPARE)
        if (
            where.kind[0] in ("list", "set")
            and item.kind in (INT, STR)
            and joined(where.kind[1], item.kind) == item.kind
        ):
            call = f"{self.helper('contains')}({where.code}, {item.code})"
            return Text(f"not {call}", BOOL, UNARY) if negated else Text(call, BOOL)
        raise Refused(f"{item.kind[0]} in {where.kind[0]}")

    # ── parts of lists and strings ───────────────────────────────────────────────────────────────────────────────────

    def of_Subscript(self, node: ast.Subscript) -> Text:
        value = self.value(node.value)
        if value.kind != STR and value.kind[0] != "list":
            raise Refused(f"a part of {value.kind[0]}")
        if isinstance(node.slice, ast.Slice):
            return self.sliced(value, node.slice)
        back = negative(node.slice)
        if value.kind == STR:
            at = str(-back) if back else self.plus(node.slice, 1)
            return Text(f"{value.base}:sub({at})" if back == 1 else f"{value.base}:sub({at}, {at})", STR)
        if back:
            value = self.held(value)
            return Text(f"{value.code}[#{value.code}{f' - {back - 1}' if back > 1 else ''}]", item_of(value.kind))
        return Text(f"{value.base}[{self.plus(node.slice, 1)}]", item_of(value.kind))

    def sliced(self, value: Text, part: ast.Slice) -> Text:
        if part.step is not None:
            return self.stepped(value, part)
        low, high = part.lower, part.upper
        low_back, high_back = negative(low), negative(high)
        if (isinstance(low, ast.UnaryOp) and not low_back) or (isinstance(high, ast.UnaryOp) and not high_back):
            raise Refused("an index from the back that is no number")
        if value.kind == STR:
            begin = str(-low_back) if low_back else self.plus(low, 1) if low else "1"
            if high is None:
                return Text(f"{value.base}:sub({begin})", STR)
            return Text(f"{value.base}:sub({begin}, {-high_back - 1 if high_back else self.of(high, INT).code})", STR)
        if low is None and high is None:
            return Text(f"{{table.unpack({value.code})}}", value.kind)
        value = self.held(value) if low_back or high else value
        size = f"#{value.code}"
        begin = f"math.max({size} - {low_back - 1}, 1)" if low_back else self.plus(low, 1) if low else "1"
        if low_back == 1:
            begin = f"math.max({size}, 1)"
        end = (
            ""
            if high is None
            else f", {size} - {high_back}"
            if high_back
            else f", math.min({self.value(high).code}, {size})"
        )
        return Text(f"{{table.unpack({value.code}, {begin}{end})}}", value.kind)

    def stepped(self, value: Text, part: ast.Slice) -> Text:
        step, start = ast.unparse(part.step or ast.Constant(1)), ast.unparse(part.lower) if part.lower else "0"
        if part.upper is not None or (step, start) not in (("2", "0"), ("2", "1"), ("3", "0"), ("-1", "0")):
            raise Refused("a slice with a step")
        if value.kind == STR and step == "-1":
            return Text(f"{value.base}:reverse()", STR)
        value = self.held(value, "text" if value.kind == STR else "list")
        name, at = self.fresh("part"), self.fresh("i", "index")
        bounds = f"#{value.code}, 1, -1" if step == "-1" else f"{int(start) + 1}, #{value.code}, {step}"
        self.out(f"local {name} = {'{}' if value.kind[0] == 'list' else chr(34) * 2}")
        with self.within(f"for {at} = {bounds} do"):
            if value.kind == STR:
                self.out(f"{name} = {name} .. {value.code}:sub({at}, {at})")
            else:
                self.out(f"{name}[#{name} + 1] = {value.code}[{at}]")
        return Text(name, value.kind)

    # ── comprehensions ───────────────────────────────────────────────────────────────────────────────────────────────

    def of_ListComp(self, node: ast.ListComp | ast.GeneratorExp) -> Text:
        name, kind = self.built("kept", "made", "list"), [ANY]
        self.out(f"local {name} = {{}}")

        def body() -> None:
            item = self.value(node.elt)
            if item.kind[0] in ("none", "maybe"):
                raise Refused("none in a list")
            kind[0] = joined(kind[0], item.kind)
            self.out(f"{name}[#{name} + 1] = {item.code}")

        self.loops(node.generators, body)
        return Text(name, list_of(kind[0]))

    of_GeneratorExp = of_ListComp

    def summed(self, node: ast.ListComp | ast.GeneratorExp) -> Text:
        name = self.built("total", "count", "sum")
        self.out(f"local {name} = 0")

        def body() -> None:
            if isinstance(node.elt, ast.Compare | ast.BoolOp):
                with self.within(f"if {self.truth(node.elt).code} then"):
                    self.out(f"{name} = {name} + 1")
            else:
                self.out(f"{name} = {name} + {self.of(node.elt, INT).inside(MULTIPLY)}")

        self.loops(node.generators, body)
        return Text(name, INT)

    def known(self, node: ast.ListComp | ast.GeneratorExp, every: bool) -> Text:
        """`any` and `all` as a flag; the loop goes on to its end, which nobody sees."""
        name = self.built("all_so" if every else "found", "flag")
        self.out(f"local {name} = {str(every).lower()}")

        def body() -> None:
            test = self.untruth(node.elt) if every else self.truth(node.elt)
            with self.within(f"if {test.code} then"):
                self.out(f"{name} = {str(not every).lower()}")

        self.loops(node.generators, body)
        return Text(name, BOOL)


def negative(node: ast.expr | None) -> int:
    """How far from the back a constant index is, 0 where it is none."""
    back = isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub) and isinstance(node.operand, ast.Constant)
    return int(ast.unparse(node.operand)) if isinstance(node, ast.UnaryOp) and back else 0
