"""What is wrong with one answer of the 核查表; the phone's rules/answer_faults.ts says the same."""

import re
import unicodedata
from datetime import date
from functools import cache
from typing import Any

from backend import codebook
from backend.domain.identity import normalise_id
from backend.form.question import Question

# The applicant's number is on the server; the phone carries it masked and nobody types it again.
MASKED = re.compile(r"\d{6}\*{8}\d{3}[\dX]")
MASKED_CARD = re.compile(r"\d{6}(\*{10}\d[\dX]\d\d|\*{12}\d\dB\d)")
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
PHONE = re.compile(r"(86)?1[0-9]{10}|0[0-9]{9,11}")
BETWEEN_DIGITS = re.compile(r"[\s()+\-‐-―−]")
YES_NO = frozenset({"yes", "no"})


def is_empty(value: Any) -> bool:
    """No answer at all: absent, blank text, an empty list or mapping."""
    return value is None or (isinstance(value, str) and not value.strip()) or value in ([], {})


def fault_of(question: Question, value: Any, today: date) -> str | None:
    """Code of what is wrong with one given answer, None when nothing is."""
    match question.kind:
        case "number" | "money":
            return _number_fault(question, value, today)
        case "date":
            return _date_fault(value, today)
        case "choice" | "yes_no":
            return None if isinstance(value, str) and value in _codes(question.kind, question.codes) else "invalid"
        case "choices":
            return _choices_fault(question, value)
        case "id_number":
            is_good = isinstance(value, str) and (MASKED.fullmatch(value) or normalise_id(value, today).number)
            return None if is_good else "bad_id"
        case "card_number":
            return None if _is_card(value, today) else "bad_id"
        case "phone":
            return None if _is_phone(value) else "invalid"
        case _:
            return _text_fault(question, value)


def _is_phone(value: Any) -> bool:
    """A mobile number of 11 digits, or one with its area code; masked ones were looked at before."""
    if not isinstance(value, str):
        return False
    plain = BETWEEN_DIGITS.sub("", unicodedata.normalize("NFKC", value))
    return "*" in plain or bool(PHONE.fullmatch(plain))


def _is_card(value: Any, today: date) -> bool:
    if not isinstance(value, str):
        return False
    card = normalise_id(value, today)
    return bool(MASKED_CARD.fullmatch(value) or (card.kind == "disability" and card.number))


def _number_fault(question: Question, value: Any, today: date) -> str | None:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return "invalid"
    if not (question.is_fraction or _is_whole(value)):
        return "invalid"
    low = 0 if question.kind == "money" else question.minimum
    high = today.year if question.is_year else question.maximum
    is_inside = (low is None or value >= low) and (high is None or value <= high)
    return None if is_inside else "out_of_range"


def _is_whole(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and value % 1 == 0


def _date_fault(value: Any, today: date) -> str | None:
    if not isinstance(value, str) or not DAY.fullmatch(value):
        return "invalid"
    try:
        day = date.fromisoformat(value)
    except ValueError:
        return "invalid"
    return None if date(1900, 1, 1) <= day <= today else "out_of_range"


def _choices_fault(question: Question, value: Any) -> str | None:
    allowed = _codes(question.kind, question.codes)
    if not isinstance(value, list) or not all(isinstance(v, str) and v in allowed for v in value):
        return "invalid"
    return "out_of_range" if question.maximum is not None and len(value) > question.maximum else None


def _text_fault(question: Question, value: Any) -> str | None:
    if not isinstance(value, str):
        return "invalid"
    length = len(value.strip())
    if question.min_length is not None and length < question.min_length:
        return "too_short"
    return "too_long" if question.max_length is not None and length > question.max_length else None


@cache
def _codes(kind: str, book: str | None) -> frozenset[str]:
    if kind == "yes_no" or book is None:
        return YES_NO
    return frozenset(member.value for member in getattr(codebook, book))
