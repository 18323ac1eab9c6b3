"""What other answers of the 核查表 already tell, so that nobody is asked: who should be at school, who is uninsured,
whether nobody can work (DOMAIN §2.4 S1, S6). The phone's rules/derived.ts says the same;
tests/vectors/derived.json runs against both. Pure.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from backend.domain.conditions import age_of

Answers = Mapping[str, Any]
SCHOOL_AGES = range(6, 16)
NO_LABOUR = ("lost", "none")


@dataclass(frozen=True, slots=True)
class Derived:
    """`school_age` counts the children of 6 to 15; names of who dropped out and who is uninsured; nobody can work."""

    school_age: int
    dropped_out: tuple[str, ...]
    uninsured: tuple[str, ...]
    has_no_labour: bool


def derived_of(answers: Answers, today: date) -> Derived:
    """Of those who live together; never raises, whatever the answers hold."""
    listed = answers.get("members")
    members = [m for m in listed if isinstance(m, dict)] if isinstance(listed, list) else []
    living = [m for m in members if m.get("m_is_living") != "no"]
    ages = [age_of(member, today) for member in living]
    return Derived(
        sum(age in SCHOOL_AGES for age in ages),
        tuple(_name(m) for m in living if m.get("m_schooling") == "dropped_out"),
        tuple(_name(m) for m in living if m.get("m_insurance") == "none"),
        bool(living) and all(m.get("m_labour") in NO_LABOUR for m in living),
    )


def _name(member: Answers) -> str:
    name = member.get("m_name")
    return name.strip() if isinstance(name, str) else ""
