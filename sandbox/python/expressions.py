"""Mode `compared`: expressions are evaluated beside the candidate, values go out tagged. Nothing expected is here."""

from __future__ import annotations

import json
from typing import Any

import candidate
import tagged

CASE = "<case>"


def compared(texts: list[str], record: Any) -> None:
    """One value or exception for each expression, in order. Takes [nonce, code, expression, ...]."""
    nonce, code, *calls = texts
    module = candidate.load(code, record)
    if module is None:
        return
    space = module.__dict__
    for index, call in enumerate(calls):
        try:  # compiled one by one: measured, a quarter cheaper than all together as lambdas
            value = eval(compile(f"(\n{call}\n)", CASE, "eval", dont_inherit=True), space)
            text = f'[{index},"v",{tagged.encode(value)}]'
        except BaseException as error:
            text = json.dumps([index, "x", candidate.ancestry(error), candidate.describe(error)])
        if not record.write(text) and not record.write(f'[{index},"v",{{"o":"too large"}}]'):
            return
    record.write(f'["done","{nonce}"]')
