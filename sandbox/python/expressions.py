"""Mode `compared`: expressions are evaluated beside the candidate, values go out tagged. Nothing expected is here.

An expression comes compiled where the host's Python has the same bytecode (a suite meets many candidates, and compiling
is most of what a case costs), else as text.
"""

from __future__ import annotations

import json
from marshal import loads
from typing import Any

import candidate
import tagged

CASE = "<case>"


def compared(texts: list[Any], record: Any) -> None:
    """One value or exception for each expression, in order. Takes [nonce, code, expression, ...]."""
    nonce, source, *calls = texts
    module = candidate.load(source, record)
    if module is None:
        return
    space = module.__dict__
    for index, call in enumerate(calls):
        try:  # compiled one by one: measured, a quarter cheaper than all together as lambdas
            code = loads(call) if type(call) is bytes else compile(f"(\n{call}\n)", CASE, "eval", dont_inherit=True)
            value = eval(code, space)
            text = f'[{index},"v",{tagged.encode(value)}]'
        except BaseException as error:
            text = json.dumps([index, "x", candidate.ancestry(error), candidate.describe(error)])
        if not record.write(text) and not record.write(f'[{index},"v",{{"o":"too large"}}]'):
            return
    record.write(f'["done","{nonce}"]')
