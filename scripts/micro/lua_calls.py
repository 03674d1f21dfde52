"""Calls of Python's built-in functions and of a string's methods, as Lua says them."""

from __future__ import annotations

import ast

from scripts.micro.lua_expressions import (
    AND,
    ATOM,
    COMPARE,
    CONCAT,
    LISTED,
    OR,
    UNARY,
    Expressions,
    Refused,
    Text,
)
from scripts.micro.lua_kinds import ANY, BOOL, INT, NONE, STR, item_of, joined, list_of

EMPTY = '""'


def named(node: ast.expr, *names: str) -> bool:
    """Whether a node is a call of one of these functions."""
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in names


class Calls(Expressions):
    """Prints calls."""

    def of_Call(self, node: ast.Call) -> Text:
        if isinstance(node.func, ast.Attribute):
            return self.method(node, node.func)
        if not isinstance(node.func, ast.Name):
            raise Refused("a call of no name")
        name = node.func.id
        if name == self.function.name and not node.keywords:
            return Text(f"{name}({', '.join(self.value(one).code for one in node.args)})", self.result)
        found = getattr(self, f"call_{name}", None)
        arity = found.__code__.co_argcount - 1 if found else 0
        if found is None or name in self.kinds or (node.keywords and name not in ("sorted", "max", "min")):
            raise Refused(f"{name}()")
        if name in ("sorted", "max", "min"):
            text: Text = found(node)
        elif len(node.args) == arity or name == "list":
            text = found(*node.args)
        else:
            raise Refused(f"{name}()")
        return text

    def call_len(self, node: ast.expr) -> Text:
        if isinstance(node, LISTED):
            one = ast.copy_location(type(node)(elt=ast.Constant(1), generators=node.generators), node)
            return self.summed(one)
        found = self.value(node)
        if found.kind != STR and found.kind[0] not in ("list", "set"):
            raise Refused(f"the length of {found.kind[0]}")
        return Text(f"#{found.base}", INT, UNARY)

    def call_sum(self, node: ast.expr) -> Text:
        if isinstance(node, LISTED):
            return self.summed(node)
        item = ast.Name(self.fresh("item", "x"), ast.Load())
        return self.summed(ast.GeneratorExp(item, [ast.comprehension(ast.Name(item.id, ast.Store()), node, [], 0)]))

    def call_any(self, node: ast.expr) -> Text:
        if not isinstance(node, LISTED):
            raise Refused("any of no generator")
        return self.known(node, False)

    def call_all(self, node: ast.expr) -> Text:
        if not isinstance(node, LISTED):
            raise Refused("all of no generator")
        return self.known(node, True)

    def call_list(self, node: ast.expr | None = None) -> Text:
        if node is None:
            return Text("{}", list_of(ANY))
        if isinstance(node, LISTED):
            return self.of_ListComp(node)
        if named(node, "map", "filter"):
            return self.value(node)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "fromkeys":
            return self.distinct(node.args[0])
        item = ast.Name(self.fresh("item", "x"), ast.Load())
        over = ast.comprehension(ast.Name(item.id, ast.Store()), node, [], 0)
        found = None if isinstance(node, ast.Call) else self.value(node)
        if found and found.kind[0] == "list":
            return Text(f"{{table.unpack({found.code})}}", found.kind)
        return self.of_ListComp(ast.ListComp(item, [over]))

    def call_set(self, node: ast.expr) -> Text:
        """A set, of which only the size, the membership and the sorted elements can be carried over."""
        found = self.distinct(node)
        return Text(found.code, ("set", found.kind[1]))

    def distinct(self, node: ast.expr) -> Text:
        """The elements in the order of their first appearance."""
        self.hint = ""
        value = self.call_list(node) if not isinstance(node, ast.Name) else self.value(node)
        if value.kind[0] != "list" or value.kind[1] not in (INT, STR):
            raise Refused("distinct elements of anything else")
        return Text(f"{self.helper('distinct')}({value.code})", value.kind)

    def call_map(self, function: ast.expr, values: ast.expr) -> Text:
        name = self.fresh("item", "x")
        made: ast.expr = ast.Call(function, [ast.Name(name, ast.Load())], [])
        if isinstance(function, ast.Lambda):
            name, made = function.args.args[0].arg, function.body
        return self.of_ListComp(ast.ListComp(made, [ast.comprehension(ast.Name(name, ast.Store()), values, [], 0)]))

    def call_filter(self, function: ast.expr, values: ast.expr) -> Text:
        if not isinstance(function, ast.Lambda):
            raise Refused("filter by a name")
        name = function.args.args[0].arg
        over = ast.comprehension(ast.Name(name, ast.Store()), values, [function.body], 0)
        return self.of_ListComp(ast.ListComp(ast.Name(name, ast.Load()), [over]))

    def call_sorted(self, node: ast.Call) -> Text:
        by = {one.arg: one.value for one in node.keywords}
        given = node.args[0]
        of_set = isinstance(given, ast.Call) and named(given, "set") and bool(given.args)
        value = self.distinct(given.args[0]) if isinstance(given, ast.Call) and of_set else self.call_list(given)
        down = ast.unparse(by.pop("reverse", ast.Constant(False)))
        if by or down not in ("True", "False") or item_of(value.kind) not in (INT, STR):
            raise Refused("sorted by a key")
        if not value.code.isidentifier() or value.code in self.kinds:
            name = self.built("ordered", "ranked")
            self.out(f"local {name} = {value.code}")
            value = Text(name, value.kind)
        order = ", function(a, b) return a > b end" if down == "True" else ""
        self.out(f"table.sort({value.code}{order})")
        return value

    def call_max(self, node: ast.Call) -> Text:
        assert isinstance(node.func, ast.Name)
        call, by = f"math.{node.func.id}", {one.arg: one.value for one in node.keywords}
        if len(node.args) > 1 and not by:
            return Text(f"{call}({', '.join(self.of(one, INT).code for one in node.args)})", INT)
        value = self.many(node.args[0])
        if item_of(value.kind) != INT or set(by) - {"default"}:
            raise Refused("the largest of anything else")
        if "default" not in by:
            return Text(f"{call}(table.unpack({value.code}))", INT)
        value = self.held(value)
        with self.maybe_not():
            default = self.value(by["default"])
        return Text(
            f"#{value.code} > 0 and {call}(table.unpack({value.code})) or {default.inside(AND)}",
            joined(INT, default.kind),
            OR,
        )

    call_min = call_max

    def call_abs(self, node: ast.expr) -> Text:
        return Text(f"math.abs({self.of(node, INT).code})", INT)

    def call_str(self, node: ast.expr) -> Text:
        found = self.value(node)
        return found if found.kind == STR else Text(f"tostring({self.of(node, INT).code})", STR)

    def call_int(self, node: ast.expr) -> Text:
        found = self.value(node)
        return found if found.kind == INT else Text(f"tonumber({self.of(node, STR).code})", INT)

    def call_bool(self, node: ast.expr) -> Text:
        return self.truth(node)

    def call_ord(self, node: ast.expr) -> Text:
        return Text(f"{self.of(node, STR).base}:byte()", INT)

    def call_next(self, node: ast.expr, default: ast.expr) -> Text:
        if not isinstance(node, LISTED):
            raise Refused("next of no generator")
        with self.maybe_not():
            other = self.value(default)
        found = self.of_ListComp(node)
        if found.kind[1][0] not in ("int", "str"):
            raise Refused("the first of anything else")
        return Text(
            f"{found.code}[1] or {other.inside(AND)}" if other.kind != NONE else f"{found.code}[1]",
            joined(found.kind[1], other.kind),
            OR if other.kind != NONE else ATOM,
        )

    # ── methods of strings ───────────────────────────────────────────────────────────────────────────────────────────

    def method(self, node: ast.Call, where: ast.Attribute) -> Text:
        name = where.attr
        if name == "join" and len(node.args) == 1:
            return self.join(where.value, node.args[0])
        subject = self.of(where.value, STR)
        found = getattr(self, f"method_{name}", None)
        if found is None or node.keywords or len(node.args) != (name in ("startswith", "endswith")):
            raise Refused(f".{name}")
        text: Text = found(subject, where.value, *node.args)
        return text

    def join(self, mark: ast.expr, parts: ast.expr) -> Text:
        between = self.of(mark, STR).code
        letters = isinstance(parts, ast.Name) and self.kinds.get(parts.id) == STR
        value = self.call_list(parts) if letters or named(parts, "reversed") else self.many(parts)
        if item_of(value.kind) not in (STR, ANY):
            raise Refused("joining no strings")
        return Text(f"table.concat({value.code}{'' if between == EMPTY else f', {between}'})", STR)

    def method_upper(self, subject: Text, node: ast.expr) -> Text:
        return Text(f"{subject.base}:upper()", STR)

    def method_lower(self, subject: Text, node: ast.expr) -> Text:
        return Text(f"{subject.base}:lower()", STR)

    def method_isdigit(self, subject: Text, node: ast.expr) -> Text:
        return matching(subject, "%d+")

    def method_isalpha(self, subject: Text, node: ast.expr) -> Text:
        return matching(subject, "%a+")

    def method_islower(self, subject: Text, node: ast.expr) -> Text:
        self.only_character(node)
        return matching(subject, "%l")

    def method_isupper(self, subject: Text, node: ast.expr) -> Text:
        self.only_character(node)
        return matching(subject, "%u")

    def method_split(self, subject: Text, node: ast.expr) -> Text:
        made, item = self.fresh("words", "parts"), self.fresh("item", "w")
        self.out(f"local {made} = {{}}")
        with self.within(f'for {item} in {subject.base}:gmatch("%S+") do'):
            self.out(f"{made}[#{made} + 1] = {item}")
        return Text(made, list_of(STR))

    def method_startswith(self, subject: Text, node: ast.expr, begin: ast.expr) -> Text:
        text = self.of(begin, STR)
        return Text(f"{subject.base}:sub(1, {size(text)}) == {text.code}", BOOL, COMPARE)

    def method_endswith(self, subject: Text, node: ast.expr, end: ast.expr) -> Text:
        text = self.of(end, STR)
        return Text(f"{subject.base}:sub(-{size(text)}) == {text.code}", BOOL, COMPARE)

    def method_capitalize(self, subject: Text, node: ast.expr) -> Text:
        subject = self.held(subject, "text")
        return Text(f"{subject.base}:sub(1, 1):upper() .. {subject.base}:sub(2):lower()", STR, CONCAT)

    def only_character(self, node: ast.expr) -> None:
        """Of a longer string Python asks another question: a name has to be one that a loop over a string gives."""
        for one in ast.walk(self.function):
            parts: list[ast.comprehension | ast.For] = [one] if isinstance(one, ast.For) else []
            parts = [*one.generators] if isinstance(one, LISTED) else parts
            for part in parts:
                over = part.iter.value if isinstance(part.iter, ast.Subscript) else part.iter
                if ast.unparse(part.target) == ast.unparse(node):
                    if self.kinds.get(ast.unparse(over)) == STR:
                        return
                    raise Refused("the case of a word")
        raise Refused("the case of a word")


def matching(subject: Text, pattern: str) -> Text:
    """Whether all of a string is of a class of characters."""
    return Text(f'{subject.base}:match("^{pattern}$") ~= nil', BOOL, COMPARE)


def size(text: Text) -> str:
    """The length of a string, counted here where it is written out."""
    return str(len(text.code) - 2) if text.code.startswith('"') else f"#{text.base}"
