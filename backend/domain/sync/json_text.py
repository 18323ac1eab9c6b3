"""JSON as phones send it and as it is kept: strict, and as quick as the machine can."""

import json
import re
from typing import Any

import orjson

HALF_CHARACTER = re.compile(r"\\u[dD][89a-fA-F]")
# The quick reader would round it.
LONG_NUMBER = re.compile(r"[0-9]{19}")


def read_json(text: str) -> Any:
    """What a text says. Raises ValueError or RecursionError for what is no JSON, NaN and half characters included."""
    if not LONG_NUMBER.search(text):
        try:
            return orjson.loads(text)
        except orjson.JSONDecodeError:
            # Python's own reader has the last word.
            pass
    content = json.loads(text, parse_constant=_refuse_constant)
    if HALF_CHARACTER.search(text):
        # Half a character would be stored now and break the answer to a phone later.
        json.dumps(content, ensure_ascii=False).encode()
    return content


def write_json(content: Any) -> str:
    """The text of what `read_json` gave, or of the like."""
    try:
        return orjson.dumps(content).decode()
    except TypeError:
        # A number of more than nineteen digits.
        return json.dumps(content, ensure_ascii=False)


def _refuse_constant(name: str) -> None:
    raise ValueError(f"{name} is not JSON")
