"""What programs are mutated by where no grammar of their language is published: their tokens and brackets.

Tokens and brackets make a tree of forms. Where operators stand first (Racket) that tree is the program's own; where
they stand between operands (R) an operand is what can be told from its neighbours, and the rest is left alone. No edit
opens or closes a bracket, so that what could be read before can be read after; the interpreter has the last word.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from codefactory.languages.base import TokenTable
from codefactory.verify.mutant_edits import LONGEST_DIGITS, Edit

CLOSING = {")": "(", "]": "[", "}": "{"}
QUOTES = "'`,@"  # what stands before a form and belongs to it, where operators stand first


@dataclass(slots=True)
class Form:
    """A token (`kind` is its group's name), or what brackets hold (`kind` is the opening one); places in characters."""

    kind: str
    start: int
    end: int
    text: str = ""
    children: list[Form] = field(default_factory=list)

    @property
    def group(self) -> bool:
        return self.kind in "([{"


def forms(code: str, table: TokenTable) -> Form | None:
    """The program as one form; None where brackets do not match."""
    root = Form("{", 0, len(code))
    open_ = [root]
    for match in re.finditer(table.pattern, code, re.DOTALL | re.MULTILINE):
        kind, text, start = str(match.lastgroup), match[0], match.start()
        siblings = open_[-1].children
        if text in CLOSING and kind == "bracket":
            done = open_.pop()
            if done.kind != CLOSING[text] or not open_:
                return None
            done.end = match.end()
        elif kind != "comment":
            while table.prefix and start and code[start - 1] in QUOTES:
                start -= 1
            if kind == "bracket" and siblings and siblings[-1].text.startswith("#") and siblings[-1].end == start:
                start = siblings.pop().start  # a vector, a hash
            made = Form(text if kind == "bracket" else kind, start, match.end(), text)
            siblings.append(made)
            if kind == "bracket":
                open_.append(made)
    return root if len(open_) == 1 else None


def constants(leaf: Form, table: TokenTable) -> Iterator[Edit]:
    """Another number, another string, the other truth."""
    text = leaf.text
    whole = re.fullmatch(r"(-?\d+)(L?)", text) if leaf.kind == "number" else None
    if whole and len(text) <= LONGEST_DIGITS:
        number, suffix = int(whole[1]), whole[2]
        less = f"{number - 1}{suffix}"
        yield edit("constant", leaf, f"{number + 1}{suffix}")
        yield edit("constant", leaf, less if number > 0 or table.prefix else f"({less})")
    elif leaf.kind == "number" and not whole:
        yield edit("constant", leaf, table.further.format(text))
        yield edit("constant", leaf, table.opposite.format(text))
    elif leaf.kind == "text" and text[0] in "\"'":
        yield edit("constant", leaf, table.empty if len(text) > 2 else table.filled)
    elif leaf.kind == "word" and text in table.booleans:
        yield edit("constant", leaf, table.booleans[text])


def swaps(leaf: Form, table: TokenTable) -> Iterator[Edit]:
    """Another operator."""
    for kind, tokens in table.tokens.items():
        for text in tokens.get(leaf.text, ()):
            yield edit(kind, leaf, text)


def condition(code: str, start: int, end: int, loop: bool, table: TokenTable) -> Iterator[Edit]:
    """A condition turned round, never met, and, but for a loop's, always met."""
    yield Edit("condition", start, end, table.negation.format(code[start:end]))
    yield Edit("condition", start, end, table.false)
    if not loop:
        yield Edit("condition", start, end, table.true)


def edit(operator: str, form: Form, text: str) -> Edit:
    """An edit of the token itself, without the quotes before it."""
    return Edit(operator, form.end - len(form.text) if not form.group else form.start, form.end, text)
