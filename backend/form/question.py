"""How a question of the 核查表 is written down."""

from dataclasses import dataclass, field
from typing import Any

Condition = dict[str, Any]


def equals(key: str, code: str) -> Condition:
    """Asked only when `key` was answered with `code`."""
    return {"key": key, "equals": code}


def one_of(key: str, *codes: str) -> Condition:
    """Asked only when `key` was answered with one of `codes`."""
    return {"key": key, "in": list(codes)}


def includes(key: str, code: str) -> Condition:
    """Asked only when the several answers to `key` include `code`."""
    return {"key": key, "includes": code}


def blank(key: str) -> Condition:
    """Asked only while `key` has no answer."""
    return {"key": key, "blank": True}


@dataclass(frozen=True)
class Question:
    """One question. `kind` is text, long_text, number, money, choice, choices, yes_no, date, datetime,
    id_number, phone, photos, signature, people or entries; `codes` names a codebook; `when` says when it is
    asked; `normal` is the answer that 「都正常」 gives; `clause` the document it comes from.

    Money is in whole fen. The answer to `entries` is a list of mappings, each of which answers the questions
    of `entry`; `unit` is the word to count them by, `maximum` their greatest number. `since` is the version of
    the form that asked it first.
    """

    key: str
    label: str
    kind: str
    codes: str | None = None
    required: bool = True
    when: Condition | None = None
    unit: str | None = None
    hint: str | None = None
    minimum: int | None = None
    maximum: int | None = None
    max_length: int | None = None
    min_length: int | None = None
    normal: Any = None
    clause: str | None = None
    entry: tuple["Question", ...] = ()
    since: int = 1


@dataclass(frozen=True)
class Section:
    """A section; `repeat` names the list in the answers whose entries answer these questions."""

    key: str
    title: str
    questions: tuple[Question, ...] = field(default_factory=tuple)
    repeat: str | None = None
