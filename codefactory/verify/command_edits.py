"""Edits of programs that are made of commands and their words: `set x [expr {$x + 1}]`, as Tcl's are.

A word in braces is whatever its command takes it for: a script, an expression, or text. It is read as that only when a
known command says so, and what no command is known to read is left alone. In expressions operators stand between their
operands: they are edited as those of `infix_edits` are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from codefactory.languages.base import TokenTable
from codefactory.verify.command_words import Word, commands, embedded
from codefactory.verify.forms import Form, condition, constants, edit, forms
from codefactory.verify.infix_edits import operators
from codefactory.verify.mutant_edits import LONGEST_DIGITS, Edit

SCRIPT, STEP, CONDITION, LOOP, EXPRESSION, ARMS, OTHER = "s", "t", "c", "l", "e", "a", "."
CLAMPED = ("lrange", "lreplace", "string")  # whose index before the first is the first


def command_edits(code: str, table: TokenTable) -> Iterator[Edit]:
    """Every edit; iterative, since programs can be nested deeper than our stack."""
    stack = [(SCRIPT, 0, len(code))]
    while stack:
        role, start, end = stack.pop()
        if role == EXPRESSION:
            inner, found = _expression(code, start, end, table)
            yield from found
            stack += inner
            continue
        rows = commands(code, start, end) or []
        if role == ARMS:
            words = [word for row in rows for word in row]
            stack += [(SCRIPT, one.start + 1, one.end - 1) for one in words[1::2] if one.kind == "{"]
            continue
        for row in rows:
            name = row[0].text
            if name in table.skipped or f"{name} {row[1].text if row[1:] else ''}" in table.skipped:
                continue
            yield from _command(row, role == STEP, table)
            for word, part in zip(row, _roles(row, table), strict=True):
                yield from _word(code, word, part, row, table)
                stack += _inside(code, word, part)


def _inside(code: str, word: Word, role: str) -> list[tuple[str, int, int]]:
    """What a word holds that is read further."""
    braced = word.kind == "{"
    if role in (SCRIPT, STEP, ARMS):
        return [(role, word.start + 1, word.end - 1)] if braced else []
    if role in (CONDITION, LOOP, EXPRESSION):
        whole = re.fullmatch(r"\{?\s*(?:\d+|true|false)\s*\}?", word.text)
        return [] if whole else [(EXPRESSION, word.start + braced, word.end - braced)]
    return [] if braced else [(SCRIPT, start + 1, end - 1) for start, end in embedded(code, word.start, word.end)]


def _roles(row: list[Word], table: TokenTable) -> list[str]:
    """What each word of a command is read as; the name is nothing further."""
    name, count = row[0].text, len(row)
    words = 2 if count > 1 and f"{name} {row[1].text}" in table.commands else 1
    known = table.commands.get(" ".join(word.text for word in row[:words]), "*")
    if name in table.conditions:
        return _branches(row)
    first, _, last = known.partition("*")
    missing = count - words - len(first) - len(last)
    made = first + OTHER * missing + last if "*" in known else first
    return list((OTHER * words + made + OTHER * count)[:count])


def _branches(row: list[Word]) -> list[str]:
    """`if` condition `then` script `elseif` condition script `else` script."""
    found, expected = [OTHER], CONDITION
    for word in row[1:]:
        if word.text in ("then", "else", "elseif"):
            found.append(OTHER)
            expected = CONDITION if word.text == "elseif" else SCRIPT
        else:
            found.append(expected)
            expected = SCRIPT
    return found


def _command(row: list[Word], step: bool, table: TokenTable) -> Iterator[Edit]:
    """Another command in its place; a loop less one round; a jump that becomes another; a statement left out."""
    name, texts = row[0], [word.text for word in row]
    both = " ".join(texts[:2])
    for key, last in ((name.text, name), (both, row[min(1, len(row) - 1)])):
        for text in table.calls.get(key, ()):
            if text.split()[-1] not in texts:  # an option that is there already
                yield Edit("call", name.start, last.end, text)
        for place in table.bounds.get(key, ()) if len(key.split()) <= len(row) else ():
            at = place + len(key.split())
            yield from _bound(row[at]) if at < len(row) else ()
    if name.text in table.jumps and len(row) == 1:
        yield edit("loop", _form(name), table.jumps[name.text])
    if table.commands.get(name.text) == "*s" and len(row) == 4:
        for template in table.rounds:
            yield Edit("loop", row[2].start, row[2].end, template.format(row[2].text))
    if name.text == "incr" and len(row) == 2:
        yield Edit("arithmetic", name.end, row[1].end, f" {row[1].text} -1")
    if name.text in table.returns and len(row) == 2 and texts[1] not in (table.nothing, '""'):
        yield Edit("return", row[1].start, row[1].end, table.nothing)
    known = name.text == "set" and len(row) == 3 and re.search(rf"\$\{{?{re.escape(texts[1])}\b", texts[2])
    # A loop that never steps would only run into its limit.
    if not step and (known or re.fullmatch(table.effects, name.text) or re.fullmatch(table.effects, both)):
        yield Edit("deleted", name.start, row[-1].end, "list")


def _bound(word: Word) -> Iterator[Edit]:
    if word.text.startswith("$"):
        yield Edit("boundary", word.end, word.end, "+1")
        yield Edit("boundary", word.end, word.end, "-1")
    elif word.text == "end":
        yield Edit("boundary", word.start, word.end, "end-1")


def _word(code: str, word: Word, role: str, row: list[Word], table: TokenTable) -> Iterator[Edit]:
    """A condition turned round, never met, always met; another constant where it is one."""
    if role in (CONDITION, LOOP):
        braced = word.kind == "{"
        start, end = word.start + braced, word.end - braced
        if code[start:end].strip() in ("1", "true"):
            yield Edit("condition", start, end, table.false)
        else:
            yield from condition(code, start, end, role == LOOP, table)
    elif role == OTHER and word is not row[0]:
        yield from _constant(word, row, table)


def _constant(word: Word, row: list[Word], table: TokenTable) -> Iterator[Edit]:
    """A number, a truth, a text; what is returned as 1 or 0 may be a truth, which 2 is too."""
    text, form, returned = word.text, _form(word), row[0].text in table.returns
    if returned and text in ("0", "1"):
        yield edit("constant", form, "1" if text == "0" else "0")
    elif re.fullmatch(r"-?(?:0|[1-9]\d*)", text) and len(text) <= LONGEST_DIGITS:
        yield edit("constant", form, str(int(text) + 1))
        if text != "0" or row[0].text not in CLAMPED:
            yield edit("constant", form, str(int(text) - 1))
    elif text in table.booleans:
        yield edit("constant", form, table.booleans[text])
    elif word.kind == '"' or (text == "{}" and (returned or row[0].text == "set")):
        yield edit("constant", form, table.empty if len(text) > 2 else table.filled)
    for other in table.anywhere.get(text, ()):
        yield edit("call", form, other)


def _form(word: Word) -> Form:
    return Form("word", word.start, word.end, word.text)


def _expression(code: str, start: int, end: int, table: TokenTable) -> tuple[list[tuple[str, int, int]], list[Edit]]:
    """The scripts in an expression, and its edits. Commands and texts in braces are one operand each."""
    spans = embedded(code, start, end, braces=True)
    hidden = code[start:end]
    for first, last in spans:
        edges = "[]" if code[first] == "[" else '""'
        inner = edges[0] + "x" * (last - first - 2) + edges[1] if last - first > 2 else '""'
        hidden = hidden[: first - start] + inner + hidden[last - start :]
    root = forms(hidden, table)
    found: list[Edit] = []
    stack = [root] if root else []
    while stack:
        row = stack.pop().children
        for at, one in enumerate(row):
            found += constants(one, table)
            if one.kind == "operator":
                found += operators(hidden, row, at, table)
            elif at + 1 < len(row) and row[at + 1].kind == "(" and one.kind == "word":
                found += [edit("call", one, text) for text in table.calls.get(one.text, ())]
        stack += [one for one in reversed(row) if one.kind == "("]
    scripts = [(SCRIPT, first + 1, last - 1) for first, last in spans if code[first] == "["]
    return scripts, [replace(one, start=one.start + start, end=one.end + start) for one in found]
