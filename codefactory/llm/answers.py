"""What the body of an answer says: its completions, their tokens, and when to ask again."""

from __future__ import annotations

import contextlib
import json
import re
import time
from collections.abc import Callable, Mapping
from email.utils import parsedate_to_datetime
from itertools import accumulate, pairwise, takewhile
from typing import Any

from codefactory.llm.connection import Answer
from codefactory.types import Completion, Request

STOPS = 4  # stop sequences in a call: what OpenAI's API takes, and vLLM's server with it; the others are cut here
MOST_TOKENS = 10**9  # in one call; more is nonsense
CHARSET = re.compile(r"charset *= *[\"']?([\w.:-]+)", re.IGNORECASE)


def read(requests: tuple[Request, ...], body: str, hide: Callable[[str], str]) -> list[Completion]:
    """The completions in a body: at least one, and no more than there are requests.

    Args:
        hide: takes secrets out of a text.

    Raises:
        ValueError: if the body is not a completion.
    """
    try:
        data = json.loads(body)
        choices = [_choice(request, one, hide) for request, one in zip(requests, _in_order(data), strict=False)]
        usage = data.get("usage") or {}
        prompt_tokens, completion_tokens = _count(usage, "prompt_tokens"), _count(usage, "completion_tokens")
        choices[0]
    except (ValueError, KeyError, IndexError, TypeError, AttributeError, RecursionError) as error:
        raise ValueError(f"the answer is not a completion ({type(error).__name__})") from None
    prompts = [prompt_tokens, *[0] * (len(choices) - 1)]  # sent once, billed once
    shares = _shared(completion_tokens, [len(text) for text, _ in choices], requests[0].sampling.max_tokens)
    counted = zip(requests, choices, prompts, shares, strict=False)
    return [Completion(request.id, *choice, prompt, share) for request, choice, prompt, share in counted]


def _in_order(data: dict[str, Any]) -> list[dict[str, Any]]:
    """The choices by their index, up to the first that is not there; servers may give them as they end."""
    choices = data["choices"]
    if len(choices) < 2:
        return list(choices)
    numbered = sorted(choices, key=lambda choice: int(choice["index"]))
    placed = takewhile(lambda pair: pair[0] == pair[1]["index"], enumerate(numbered))
    return [choice for _, choice in placed]


def _choice(request: Request, choice: dict[str, Any], hide: Callable[[str], str]) -> tuple[str, str]:
    """Text of a choice, cut at the stop strings that were not sent, and why it ended."""
    text = (choice["message"].get("content") if request.messages else choice["text"]) or ""
    reason = choice.get("finish_reason") or "stop"
    # JSON can spell half a surrogate pair, which no UTF-8 file or ledger can hold.
    text = hide(text).encode("utf-8", "replace").decode()
    known = reason if reason in ("stop", "length") else f"error:{_slug(hide(str(reason)))}"
    unsent = (text.find(stop) for stop in request.sampling.stop[STOPS:])
    end = min((place for place in unsent if place >= 0), default=len(text))
    return text[:end], known if end == len(text) else "stop"


def _shared(tokens: int, lengths: list[int], most: int) -> list[int]:
    """A call's completion tokens, of which servers tell the sum alone: one each, the rest by length, or else evenly."""
    each = min(1, tokens // len(lengths))  # an answer without tokens would pass for one that the server did not count
    shares = [each + share for share in _split(tokens - each * len(lengths), lengths)]
    # A budget has reserved `most` for each, and no more.
    return shares if max(shares) <= most else _split(tokens, [1] * len(lengths))


def _split(tokens: int, weights: list[int]) -> list[int]:
    """In whole numbers that add up, by weight."""
    whole = sum(weights) or 1
    ends = [tokens * end // whole for end in accumulate(weights, initial=0)]
    ends[-1] = tokens
    return [after - before for before, after in pairwise(ends)]


def _count(usage: Any, name: str) -> int:
    """A token count that a server reports; 0 for what is no count."""
    value = usage.get(name)
    return int(value) if isinstance(value, int | float) and 0 <= value < MOST_TOKENS else 0


def _slug(reason: str) -> str:
    """A server's own word for why an answer ended, fit to be counted."""
    return "".join(letter if letter.isalnum() else "_" for letter in reason.lower())[:40]


def decode(answer: Answer) -> str:
    """The text of a body, in the encoding that it says, or the one that it is in."""
    named = CHARSET.search(answer.headers.get("content-type", ""))
    for encoding in (named[1] if named else "utf-8", "utf-8"):
        with contextlib.suppress(UnicodeDecodeError, LookupError):
            return answer.body.decode(encoding)
    return answer.body.decode("latin-1")  # never fails


def retry_after(headers: Mapping[str, str]) -> float:
    """Seconds from a Retry-After header (RFC 9110: a number, or a date); 0 where there is none or it is nonsense."""
    value = headers.get("retry-after", "")
    try:
        return min(max(0.0, float(value)), 600.0)
    except ValueError:
        pass
    try:
        return min(max(0.0, parsedate_to_datetime(value).timestamp() - time.time()), 600.0)
    except (ValueError, TypeError):
        return 0.0
