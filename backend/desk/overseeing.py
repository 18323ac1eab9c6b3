"""Household names in what a supervisor reads (DOMAIN §8): 马*明 wherever one stands, in answers and in sentences."""

import json
import re
from collections.abc import Iterator
from typing import Any

from flask_login import current_user

from backend.access_rules import SUPERVISORS
from backend.codebook import Relation
from backend.desk.matter import of_matter
from backend.domain.identity import mask_name
from backend.models import Case

NAME_KEYS = frozenset(
    {"m_name", "head_name", "interviewee_name", "witness", "v_owner", "i_member", "x_member", "c_member"}
)
# Here the relation may follow the name.
NAME_FIRST_KEYS = frozenset({"o_name", "kinship_note"})
NOBODY = frozenset(relation.standard for relation in Relation)
STAFF_KEYS = frozenset({"visitors", "strokes"})
WITNESS = re.compile(r"（([^（）]+)）$")
FIRST_WORD = re.compile(r"^[^\s、，,（(：:]+")


def is_overseeing() -> bool:
    """Whether who reads the page only oversees; outside a page nobody does."""
    return getattr(current_user, "role", "") in SUPERVISORS


def as_seen(case: Case, told: Any) -> Any:
    """Answers, facts or a sentence about a household as the person at the page may read them."""
    told = of_matter(told)
    if not is_overseeing():
        return told
    names = {case.applicant_name, case.declaration.proxy_name or ""}
    for visit in case.visits:
        names |= set(_names_in(json.loads(visit.answers_text)))
    longest_first = sorted((name for name in names if len(name) > 1), key=len, reverse=True)
    return _masked(told, longest_first)


def seen_witness(note: str) -> str:
    """The note of a walk in vain; at its end, in brackets, may stand the name of a witness."""
    return WITNESS.sub(lambda found: f"（{mask_name(found[1])}）", note) if is_overseeing() else note


def _names_in(told: Any) -> Iterator[str]:
    if isinstance(told, list):
        for one in told:
            yield from _names_in(one)
    elif isinstance(told, dict):
        for key, value in told.items():
            if key in NAME_KEYS and isinstance(value, str) and value.strip() not in NOBODY:
                yield value.strip()
            elif key in NAME_FIRST_KEYS and isinstance(value, str) and (first := FIRST_WORD.match(value.strip())):
                yield first[0]
            elif key not in STAFF_KEYS:
                yield from _names_in(value)


def _masked(told: Any, names: list[str]) -> Any:
    if isinstance(told, str):
        for name in names:
            told = told.replace(name, mask_name(name))
        return told
    if isinstance(told, list):
        return [_masked(one, names) for one in told]
    if isinstance(told, dict):
        return {key: value if key in STAFF_KEYS else _answer(key, value, names) for key, value in told.items()}
    return told


def _answer(key: str, value: Any, names: list[str]) -> Any:
    if isinstance(value, str) and value.strip() not in NOBODY:
        if key in NAME_KEYS:
            return mask_name(value.strip())
        if key in NAME_FIRST_KEYS:
            return FIRST_WORD.sub(lambda found: mask_name(found[0]), value.strip())
    return _masked(value, names)
