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


def more_than(key: str, low: int) -> Condition:
    """Asked only when `key` was answered with a number above `low`."""
    return {"key": key, "above": low}


def blank(key: str) -> Condition:
    """Asked only while `key` has no answer."""
    return {"key": key, "blank": True}


def aged(low: int, below: int = 200, *, or_unknown: bool = False) -> Condition:
    """Asked only of members from `low` to under `below` years; `or_unknown`: also while nobody knows the age."""
    return {"from": low, "below": below, "unknown": or_unknown}


@dataclass(frozen=True)
class Question:
    """One question. `kind` is text, long_text, number, money, choice, choices, yes_no, date, datetime,
    id_number, card_number, phone, photo, photos, signature, people or entries; `codes` names a codebook; `when`
    says when it is asked; `normal` is the answer that 「都正常」 gives; `clause` the document it comes from.

    Money is in whole fen. The answer to `entries` is a list of mappings, each of which answers the questions
    of `entry`; `unit` is the word to count them by, `maximum` their greatest number. `since` is the version of
    the form that asked it first, `required_since` the one that first insisted on it. `is_extra`: shown only to
    whoever wants to say more; `is_fraction`: a number need not be whole; `is_year`: it is a
    year, and none that is still to come. `follows` is (key, {code: answer}): what
    another answer of the same person usually means for this one, given until somebody says otherwise.
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
    required_since: int = 1
    is_extra: bool = False
    is_fraction: bool = False
    is_year: bool = False
    follows: tuple[str, dict[str, Any]] | None = None


@dataclass(frozen=True)
class Section:
    """A section; `repeat` names the list in the answers whose entries answer these questions."""

    key: str
    title: str
    questions: tuple[Question, ...] = field(default_factory=tuple)
    repeat: str | None = None
