"""Every single change that a language's table allows in a program's tree-sitter tree, as edits of its bytes.

Operators (arithmetic, comparison, logical), boundaries (`<` for `<=`, an index, a slice or a range one further),
constants (one more, one less, an empty string), operands (one of two, an argument without its call, a number without
its sign, a method's object without the method, a call without one of its options), conditions (negated, always, never),
calls (`min` for `max`), loops (without the first round, without the last, turned round; left instead of gone on with),
swaps (arguments, operands), returns (nothing, the opposite, nothing where it is empty), deleted statements.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from codefactory.languages.base import MutationTable

LONGEST_DIGITS = 18  # a longer integer is data, and one more is no other behaviour


@dataclass(frozen=True, slots=True)
class Edit:
    """A replacement in the source, in bytes."""

    operator: str
    start: int
    end: int
    text: str


def edits(root: Any, table: MutationTable) -> Iterator[Edit]:
    """Every edit, in order of place; iterative, since trees can be deeper than our stack."""
    stack = [root]
    while stack:
        node = stack.pop()
        if node.type in table.skipped or _guards_main(node) or _is_silent(node, table):
            continue
        yield from _of_node(node, table)
        stack.extend(reversed(node.children))


def _guards_main(node: Any) -> bool:
    """`if __name__ == "__main__"` is never executed here."""
    return node.type == "if_statement" and b"__name__" in node.children[1].text


def _is_silent(node: Any, table: MutationTable) -> bool:
    """Whether this is a call whose name, which stands first, is that of an import or of an error's message."""
    return bool(table.silent and node.named_children) and _text(node.named_children[0]) in table.silent


def _of_node(node: Any, table: MutationTable) -> Iterator[Edit]:
    if node.parent is not None and node.parent.type in table.operations and (token := token_of(node, table)):
        for kind, tokens in table.tokens.items():
            for text in tokens.get(token, ()):
                yield _edit(kind, node, text)
    for changes in (_constants, _conditions, _calls, _parts, _bounds, _loops, _swaps, _returns, _deleted):
        yield from changes(node, table)


def token_of(node: Any, table: MutationTable) -> str:
    """The operator that a node of an operation is; "" for an operand."""
    if node.type in table.operators:
        return _text(node)
    return "" if node.is_named else str(node.type)


def _operands(node: Any, table: MutationTable) -> list[Any]:
    return [part for part in node.named_children if part.type not in table.operators]


def _edit(operator: str, node: Any, text: str) -> Edit:
    return Edit(operator, node.start_byte, node.end_byte, text)


def _text(node: Any) -> str:
    return str(node.text.decode("utf-8", "surrogatepass"))


def _constants(node: Any, table: MutationTable) -> Iterator[Edit]:
    if _ends_file(node):
        return
    text = node.text.decode("utf-8", "replace") if node.child_count == 0 or node.type in table.strings else ""
    if node.type in table.integers and len(text) <= LONGEST_DIGITS and text.isdigit():
        yield _edit("constant", node, str(int(text) + 1))
        yield _edit("constant", node, str(int(text) - 1) if int(text) else table.negative)
    elif node.type in table.floats:
        yield _edit("constant", node, table.further.format(text))
        yield _edit("constant", node, f"(-{text})")
    elif node.type in table.booleans:
        yield _edit("constant", node, table.booleans[node.type])
    elif node.type in table.named and text in table.booleans:
        yield _edit("constant", node, table.booleans[text])
    elif node.type in table.strings and not _is_prose(node) and text[:1] in "'\"":
        yield _edit("constant", node, table.empty if len(text.strip(text[0])) else table.filled)


def _ends_file(node: Any) -> bool:
    """Whether this is the true value that a Perl file ends with."""
    statement = node.parent
    top = statement is not None and statement.parent is not None and statement.parent.type == "source_file"
    return top and statement.type == "expression_statement"


def _is_prose(node: Any) -> bool:
    """A string that is a statement is documentation; a part of a longer string cannot be changed alone."""
    return node.parent is None or node.parent.type in ("expression_statement", "concatenated_string", "interpolation")


def _conditions(node: Any, table: MutationTable) -> Iterator[Edit]:
    for kind, index in table.conditions:
        if node.type != kind or len(node.named_children) <= index:
            continue
        condition = node.named_children[index]
        if condition.type == "comment":
            continue
        yield _edit("condition", condition, table.false)
        if _text(condition) in table.always:
            continue
        yield _edit("condition", condition, f"({table.negation.format(_text(condition))})")
        if "while" not in kind:  # a loop that is always entered would only run into its limit
            yield _edit("condition", condition, table.true)
    if node.type in table.cases:
        pattern = node.child_by_field_name("pattern") or node.child_by_field_name("patterns")
        guarded = any("guard" in part.type for child in node.children for part in (child, *child.children))
        if pattern is not None and not guarded:
            yield Edit("condition", pattern.end_byte, pattern.end_byte, table.cases[node.type])


def _calls(node: Any, table: MutationTable) -> Iterator[Edit]:
    if node.type in table.named:
        for text in table.calls.get(_text(node), ()):
            yield _edit("call", node, text)
    if node.type != "call":
        return
    called = node.child_by_field_name("function")
    name = called.child_by_field_name("attribute") if called is not None and called.type == "attribute" else called
    if name is None or name.type != "identifier":
        return
    for text in table.calls.get(name.text.decode(), ()):
        if text.isidentifier() or called is name:
            yield _edit("call", name, text)
    if called is not name and (name.text.decode() in table.fluent):
        yield _edit("operand", node, f"({_text(called.child_by_field_name('object'))})")


def _parts(node: Any, table: MutationTable) -> Iterator[Edit]:
    """An operation that is only one of its operands, a call that is only its argument, an operand without its sign."""
    parts = _operands(node, table) if node.type in table.operands and _closed(node, table) else []
    arguments = _arguments(node, table)
    if len(arguments) == 1:
        parts = [part for part in arguments if not part.type.endswith(("argument", "splat"))]
    if any(part.type == "slice" for part in node.named_children[1:]):
        parts = node.named_children[:1]  # all of it
    if node.parent is not None and node.parent.type in table.operations and node.type in table.inserted:
        for template in table.insertions:
            yield _edit("insertion", node, template.format(_text(node)))
    for part in parts:
        if part.type not in table.skipped:
            yield _edit("operand", node, f"({_text(part)})")
    for before, option in pairwise(arguments):
        if option.type == "keyword_argument":
            yield Edit("operand", before.end_byte, option.end_byte, "")


def _closed(node: Any, table: MutationTable) -> bool:
    """Whether what an operation gives is of the kind of what it takes, as far as the language asks."""
    return not table.precedence and (
        not table.closed or any(token_of(child, table) in table.closed for child in node.children)
    )


def _arguments(node: Any, table: MutationTable) -> list[Any]:
    arguments = node.child_by_field_name("arguments") if node.type in table.unwrapped else None
    found = arguments.named_children if arguments is not None and arguments.type != "generator_expression" else []
    return [one for one in found if one.type != "comment"]


def _bounds(node: Any, table: MutationTable) -> Iterator[Edit]:
    bounds = node.named_children if node.type in table.bounds else []
    called, arguments = node.child_by_field_name("function"), node.child_by_field_name("arguments")
    if called is not None and arguments is not None and called.text.decode() in table.counters:
        bounds = arguments.named_children
    if node.type in table.indexed:
        bounds = node.children_by_field_name(table.indexed[node.type])
    for bound in bounds:
        # A literal is a constant and changed as one; words are keys.
        if bound.type not in table.integers | table.strings | {"slice", "unary_operator", "tuple"}:
            yield _edit("boundary", bound, f"{_text(bound)} + 1")
            yield _edit("boundary", bound, f"{_text(bound)} - 1")


def _loops(node: Any, table: MutationTable) -> Iterator[Edit]:
    """What is gone through, less one round or turned round; a jump that becomes the other one."""
    rounds = node.child_by_field_name(table.loops[node.type]) if node.type in table.loops else None
    if rounds is not None and rounds.type not in ("expression_list", "comment"):
        for template in table.rounds:
            yield _edit("loop", rounds, template.format(_text(rounds)))
    if node.type in table.jumps:
        yield _edit("loop", node, table.jumps[node.type])


def _swaps(node: Any, table: MutationTable) -> Iterator[Edit]:
    """Neighbours among the arguments of a call; the operands of what is not commutative."""
    found = _arguments(node, table)
    ordered = len(node.children) == 3 and token_of(node.children[1], table) in table.ordered
    if node.type in table.operands and ordered and not table.precedence:
        found = _operands(node, table)
    for left, right in pairwise(found):
        if not any(one.type.endswith(("_argument", "splat")) for one in (left, right)):
            between = node.text[left.end_byte - node.start_byte : right.start_byte - node.start_byte]
            swapped = f"{_held(right, node, table)}{between.decode('utf-8', 'surrogatepass')}{_held(left, node, table)}"
            yield Edit("swap", left.start_byte, right.end_byte, swapped)


def _held(part: Any, node: Any, table: MutationTable) -> str:
    """An operand in parentheses where precedence could tear it apart; an argument as it is."""
    return f"({_text(part)})" if part.child_count and node.type in table.operations else _text(part)


def _returns(node: Any, table: MutationTable) -> Iterator[Edit]:
    if node.type not in table.returns or not node.named_children:
        return
    if node.parent is not None and node.parent.parent is None:
        return  # what a Lua file returns is its module
    value = node.named_children[0]
    yield _edit("return", node, table.returns[node.type])
    if value.type in table.predicates:
        yield _edit("return", value, table.negation.format(_text(value)))
    elif table.or_nothing and value.child_count and value.type not in table.strings:
        yield _edit("return", value, table.or_nothing.format(_text(value)))


def _deleted(node: Any, table: MutationTable) -> Iterator[Edit]:
    first = node.named_children[0] if node.named_children else None
    kind = first.type if first is not None else ""
    listed = any(node.type == one and (not types or kind in types) for one, types in table.deleted)
    if listed or (first is not None and kind in table.assignments and _known_before(first, node)):
        yield _edit("deleted", node, table.nothing)


def _known_before(assignment: Any, statement: Any) -> bool:
    """Whether the name may have had a value before: it is in its new value, or the statement is in a branch or loop."""
    left, right = assignment.child_by_field_name("left"), assignment.child_by_field_name("right")
    if left is None or right is None:
        return False
    owner = statement.parent.parent if statement.parent is not None else None
    nested = owner is not None and owner.type not in ("function_definition", "module", "class_definition")
    return nested or (left.type == "identifier" and left.text in _names(right))


def _names(node: Any) -> set[bytes]:
    found, stack = set(), [node]
    while stack:
        one = stack.pop()
        if one.type == "identifier":
            found.add(one.text)
        stack.extend(one.children)
    return found
