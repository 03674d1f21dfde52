"""Python's loops and those of its comprehensions, as Lua's `for`."""

from __future__ import annotations

import ast

from scripts.micro.lua_calls import Calls
from scripts.micro.lua_expressions import Body, Refused, Text
from scripts.micro.lua_kinds import INT, STR, item_of


class Loops(Calls):
    """Prints loops around whatever is to be done with each element."""

    declared: set[str]

    def own(self, node: ast.expr) -> str:
        if not isinstance(node, ast.Name):
            raise Refused("a target that is no name")
        return node.id

    def loops(self, generators: list[ast.comprehension], body: Body) -> None:
        """The loops and conditions of a comprehension around what is done with each element."""
        first, *rest = generators

        def inner() -> None:
            if not first.ifs:
                return self.loops(rest, body) if rest else body()
            test = first.ifs[0] if len(first.ifs) == 1 else ast.BoolOp(ast.And(), first.ifs)
            with self.within(f"if {self.truth(test).code} then"):
                if rest:
                    self.loops(rest, body)
                else:
                    body()
            return None

        self.one_loop(first.target, first.iter, inner)

    def one_loop(self, target: ast.expr, source: ast.expr, body: Body) -> None:
        kinds, from_one, declared = dict(self.kinds), set(self.from_one), set(self.declared)
        names = [self.own(one) for one in target.elts] if isinstance(target, ast.Tuple) else [self.own(target)]
        head, inside = self.head(names, source)
        self.declared |= set(names)
        with self.within(f"for {head} do"):
            if inside:
                self.out(f"local {inside}")
            body()
        for name in names:  # what a loop calls its elements is gone after it
            self.kinds.pop(name, None)
            if name in kinds:
                self.kinds[name] = kinds[name]
        self.from_one, self.declared = from_one, declared

    def head(self, names: list[str], source: ast.expr) -> tuple[str, str]:
        """What stands between `for` and `do`, and the names that the body begins with."""
        call = source.func.id if isinstance(source, ast.Call) and isinstance(source.func, ast.Name) else ""
        arguments = source.args if isinstance(source, ast.Call) else []
        if call == "enumerate" and len(names) == 2 and len(arguments) == 1:
            return self.enumerated(names, self.value(arguments[0]))
        if call == "zip" and len(names) == 2 and len(arguments) == 2:
            return self.zipped(names, [self.held(self.value(one)) for one in arguments])
        if len(names) != 1:
            raise Refused("unpacking in a loop")
        (name,) = names
        self.from_one.discard(name)
        if call == "range":
            return self.ranged(name, arguments), ""
        if call == "reversed":
            value = self.held(self.value(arguments[0]))
            self.kinds[name] = item_of(value.kind)
            if value.kind == STR:
                return f'{name} in {value.base}:reverse():gmatch(".")', ""
            at = self.fresh("i", "index")
            return f"{at} = #{value.code}, 1, -1", f"{name} = {self.listed(value)}[{at}]"
        if (
            isinstance(source, ast.Call)
            and isinstance(source.func, ast.Attribute)
            and source.func.attr == "split"
            and not arguments
        ):
            self.kinds[name] = STR
            return f'{name} in {self.of(source.func.value, STR).base}:gmatch("%S+")', ""
        value = self.value(source)
        self.kinds[name] = item_of(value.kind)
        if value.kind == STR:
            return f'{name} in {value.base}:gmatch(".")', ""
        return f"_, {name} in ipairs({self.listed(value)})", ""

    def listed(self, value: Text) -> str:
        if value.kind[0] != "list":
            raise Refused(f"a loop over {value.kind[0]}")
        return value.code

    def enumerated(self, names: list[str], value: Text) -> tuple[str, str]:
        at, name = names
        self.kinds |= {at: INT, name: item_of(value.kind)}
        self.from_one.add(at)
        if value.kind == STR:
            value = self.held(value, "text")
            return f"{at} = 1, #{value.code}", f"{name} = {value.base}:sub({at}, {at})"
        return f"{at}, {name} in ipairs({self.listed(value)})", ""

    def zipped(self, names: list[str], values: list[Text]) -> tuple[str, str]:
        at = self.fresh("i", "index")
        shown = []
        for name, value in zip(names, values, strict=True):
            self.kinds[name] = item_of(value.kind)
            self.from_one.discard(name)
            shown.append(f"{value.code}:sub({at}, {at})" if value.kind == STR else f"{self.listed(value)}[{at}]")
        lengths = ", ".join(f"#{value.code}" for value in values)
        return f"{at} = 1, math.min({lengths})", f"{', '.join(names)} = {', '.join(shown)}"

    def ranged(self, name: str, arguments: list[ast.expr]) -> str:
        self.kinds[name] = INT
        start, stop = (arguments[0], arguments[1]) if len(arguments) > 1 else (ast.Constant(0), arguments[0])
        begin, step = self.of(start, INT).code, ast.unparse(arguments[2]) if len(arguments) == 3 else "1"
        if step.lstrip("-") == "0" or not step.lstrip("-").isdigit():
            raise Refused("a step that is no number")
        end = self.plus(stop, 1 if step.startswith("-") else -1)
        return f"{name} = {begin}, {end}" + ("" if step == "1" else f", {step}")
