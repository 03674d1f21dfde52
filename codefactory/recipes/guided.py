"""Answers that a server holds to a JSON schema, where a run file says `llm.guided: true`; recipes see no difference.

The schema has one string for each section that a prompt asks for, in their order: a model that is held to it cannot
leave one out or invent a fourth. The answer is stored as it came, and handed to the recipe as tagged markdown.
"""

from __future__ import annotations

import json
import re
from dataclasses import replace
from functools import lru_cache

from codefactory.types import Completion, Message, Request

SECTION = re.compile(r"(?:^|`)## (Problem|Solution|Tests)(?:$|`)", re.MULTILINE)
FENCED = re.compile(r"\A\s*```[\w+-]*[ \t]*\n(.*?)(?:^```\s*)?\Z", re.DOTALL | re.MULTILINE)
ASKED = """
Write the answer as one JSON object with the fields {fields}, each a string that holds the whole section without its
heading, and code without the ``` lines.
"""


@lru_cache(maxsize=256)
def schema(messages: tuple[Message, ...]) -> str:
    """The JSON schema of the answer that a prompt asks for, as text; "" where it asks for no sections."""
    fields = _fields(messages)
    if not fields:
        return ""
    strings = {name: {"type": "string"} for name in fields}
    body = {"type": "object", "properties": strings, "required": list(fields), "additionalProperties": False}
    return json.dumps(body)


def instructed(messages: tuple[Message, ...]) -> tuple[Message, ...]:
    """The same prompt, which also tells the model what its answer looks like."""
    fields = ", ".join(f'"{name}"' for name in _fields(messages))
    first, *others = messages
    return (replace(first, content=first.content + "\n" + ASKED.format(fields=fields)), *others)


def read(request: Request, completion: Completion) -> Completion:
    """An answer as a recipe reads it, whether or not it was held to a schema."""
    return as_sections(completion) if request.schema else completion


def as_sections(completion: Completion) -> Completion:
    """The answer as tagged markdown; one that is no such object (a server that does not guide) stays as it is."""
    try:
        found = json.loads(completion.text)
        sections = [_section(name, found[name]) for name in ("problem", "solution", "tests") if name in found]
    except (ValueError, TypeError, AttributeError):
        return completion
    return replace(completion, text="\n".join(sections)) if sections else completion


def _fields(messages: tuple[Message, ...]) -> tuple[str, ...]:
    """The sections that the system part asks for, in its order."""
    found = SECTION.findall(messages[0].content) if messages and messages[0].role == "system" else []
    return tuple(dict.fromkeys(name.lower() for name in found))


def _section(name: str, body: str) -> str:
    if name == "problem":
        return f"## Problem\n{body.strip()}\n"
    fenced = FENCED.match(body)  # a model may write the fences all the same
    code = (fenced.group(1) if fenced else body).strip("\n")
    return f"## {name.capitalize()}\n```python\n{code}\n```\n"
