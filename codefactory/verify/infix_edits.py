"""Edits of programs whose operators stand between their operands, as far as neighbours tell: `a + b`, `f(x)[i]`.

An operand is a name, a constant or brackets, with the calls, indices and fields behind it. Where a keyword, another
operator or nothing stands there instead, the operator is left alone but for being exchanged.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from codefactory.languages.base import TokenTable
from codefactory.verify.forms import Form, condition, constants, edit, swaps
from codefactory.verify.mutant_edits import Edit

KEYWORDS = {"if", "else", "for", "while", "function", "in", "repeat", "return"}
SIGNS = {"-", "+", "!"}
PATHS = {"$", "@", "::", ":::"}
ASSIGNMENTS = {"<-", "=", "<<-"}
LOGICAL = {"&", "&&", "|", "||"}
# Than logic, as is every %operator%.
TIGHTER = {"==", "!=", "eq", "ne", "in", "ni", "<", "<=", ">", ">=", "+", "-", "*", "/", "^", "**", ":"}


def infix_edits(code: str, root: Form, table: TokenTable) -> Iterator[Edit]:
    """Every edit; a form's own come before those of what it holds."""
    stack = [root]
    while stack:
        form = stack.pop()
        row = form.children
        for at, one in enumerate(row):
            yield from constants(one, table)
            yield from _words(code, row, at, table)
            if one.kind == "operator":
                yield from operators(code, row, at, table)
                if form.kind == "{" and one.text in ASSIGNMENTS:
                    yield from _assignment(code, row, at, table)
        held = [one for at, one in enumerate(row) if one.group and not (at and row[at - 1].text in table.skipped)]
        stack.extend(reversed(held))


def _words(code: str, row: Sequence[Form], at: int, table: TokenTable) -> Iterator[Edit]:
    """What a word means for the brackets behind it, and an index for what stands before it."""
    one = row[at]
    behind = row[at + 1] if at + 1 < len(row) else None
    index = _index(one) if at else None
    if index is not None and index.text not in table.booleans:
        yield edit("boundary", index, table.further.format(index.text))
        yield edit("boundary", index, table.nearer.format(index.text))
    if one.kind != "word":
        return
    if one.text in table.jumps:
        yield edit("loop", one, table.jumps[one.text])
    if behind is None or behind.kind != "(":
        return
    for text in table.calls.get(one.text, ()):
        yield edit("call", one, text)
    if not behind.children:
        return
    start, end = behind.start + 1, behind.end - 1
    if one.text in table.conditions:
        yield from condition(code, start, end, one.text == "while", table)
    elif one.text in table.returns:
        yield Edit("return", start, end, table.nothing)
    elif one.text == "for":
        place = next((n for n, child in enumerate(behind.children) if child.text == "in"), len(behind.children))
        for rest in behind.children[place + 1 : place + 2]:
            for template in table.rounds:
                yield Edit("loop", rest.start, end, template.format(code[rest.start : end]))


def _index(form: Form) -> Form | None:
    """The one name in single or double brackets."""
    while form.kind == "[" and len(form.children) == 1:
        form = form.children[0]
        if form.kind == "word":
            return form
    return None


def operators(code: str, row: Sequence[Form], at: int, table: TokenTable) -> Iterator[Edit]:
    """Another operator; one operand alone; a negation left out; a range that ends elsewhere."""
    one = row[at]
    first, last = _before(row, at - 1), _behind(row, at + 1)
    if one.text == "!" and last is not None:
        yield edit("logical", one, "")
    if first is None or last is None:
        return
    yield from swaps(one, table)
    if one.text in table.combined:
        before, behind = _whole(row, first, last) if one.text in LOGICAL else (first, last)
        yield Edit("operand", row[at - 1].end, row[behind].end, "")
        if one.text != "|>":  # a step of a pipe is nothing without what flows into it
            yield Edit("operand", row[before].start, row[at + 1].start, "")
    if one.text == ":" and not table.commands and row[last].kind != "number":
        source = code[row[at + 1].start : row[last].end]
        for template in (table.further, table.nearer):
            yield Edit("boundary", row[at + 1].start, row[last].end, template.format(source))


def _whole(row: Sequence[Form], first: int, last: int) -> tuple[int, int]:
    """The places between which the operands of a logical operator stand, comparisons and sums with all they have."""
    while first > 1 and _tight(row[first - 1]) and (start := _before(row, first - 2)) is not None:
        first = start
    while last + 2 < len(row) and _tight(row[last + 1]) and (end := _behind(row, last + 2)) is not None:
        last = end
    return first, last


def _tight(one: Form) -> bool:
    return one.kind == "operator" and (one.text in TIGHTER or one.text.startswith("%"))


def _behind(row: Sequence[Form], at: int) -> int | None:
    """The last place of the operand that begins at a place."""
    while at < len(row) and row[at].text in SIGNS:
        at += 1
    if not _operand(row, at):
        return None
    while at + 1 < len(row):
        following = row[at + 1]
        if following.kind in ("(", "[") and following.start == row[at].end:
            at += 1
        elif following.text in PATHS and _operand(row, at + 2):
            at += 2
        else:
            break
    return at


def _before(row: Sequence[Form], at: int) -> int | None:
    """The first place of the operand that ends at a place."""
    while _operand(row, at):
        if at > 1 and row[at - 1].text in PATHS:
            at -= 2
        elif row[at].kind in ("(", "[") and at and row[at - 1].end == row[at].start and _operand(row, at - 1):
            at -= 1
        else:
            held = row[at].group and at and (row[at - 1].text in KEYWORDS or row[at - 1].text == "\\")
            return None if held else at
    return None


def _operand(row: Sequence[Form], at: int) -> bool:
    return 0 <= at < len(row) and row[at].kind not in ("operator", "{") and row[at].text not in KEYWORDS


def _assignment(code: str, row: Sequence[Form], at: int, table: TokenTable) -> Iterator[Edit]:
    """A whole line that gives a new value to what has one, and holds nothing but that, may be left out."""
    first = _before(row, at - 1)
    if first is None or code[code.rfind("\n", 0, row[first].start) + 1 : row[first].start].strip():
        return
    last = at
    while (
        last + 1 < len(row)
        and row[last + 1].text not in KEYWORDS | {";"}
        and (last == at or row[last].kind == "operator" or "\n" not in code[row[last].end : row[last + 1].start])
    ):
        last += 1
    known = at - 1 > first or row[first].text in _names(row[at + 1 : last + 1])
    whole = last > at and (last + 1 == len(row) or "\n" in code[row[last].end : row[last + 1].start])
    if known and whole:
        yield Edit("deleted", row[first].start, row[last].end, table.nothing)


def _names(row: Sequence[Form]) -> set[str]:
    found, stack = set(), list(row)
    while stack:
        one = stack.pop()
        found |= {one.text} if one.kind == "word" else set()
        stack.extend(one.children)
    return found
