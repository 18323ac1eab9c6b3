"""What of an earlier 核查表 helps at the next visit (DOMAIN §9: no repeated filling): lasting facts of a household
and its people. Never what somebody judged, wished, signed, photographed or counted for one window of twelve months.

Pure: no Flask, no SQLAlchemy.
"""

from collections.abc import Mapping
from typing import Any

from backend import form
from backend.domain.answer_faults import is_empty
from backend.domain.asking import without_taken_back
from backend.domain.masked_answers import told_by_number

Answers = Mapping[str, Any]
SECTIONS = frozenset({"S1", "S5"})
BESIDE = frozenset({"house_grade", "is_only_house", "water_source"})
# What changes within weeks is asked again.
PASSING = frozenset(
    {
        "current_benefits", "cattle", "sheep", "financial_assets_fen", "property_check", "other_wealth", "has_debts", "debts",
        "head_no_id_reason",
    }
)  # fmt: skip
PASSING_OF_PEOPLE = frozenset(
    {
        "m_no_id_reason", "m_benefits", "m_schooling", "m_grade", "m_dropout_reason", "m_work", "m_work_place",
        "m_work_months", "m_insurance", "m_uninsured_reason", "m_has_family_doctor", "m_father_months", "m_mother_months",
    }
)  # fmt: skip
FACTS = frozenset(
    key
    for key, section in form.SECTION_OF.items()
    if section.key in SECTIONS and key not in PASSING and form.BY_KEY[key].kind != "long_text"
) | (BESIDE & form.BY_KEY.keys())
FACTS_OF_PEOPLE = (
    frozenset(key for key, section in form.SECTION_OF.items() if section.repeat == "members") - PASSING_OF_PEOPLE
)


def carried_answers(answers: Answers) -> dict[str, Any]:
    """The lasting answers of an earlier form that today's form still asks for."""
    standing = without_taken_back(answers)
    kept = {key: value for key, value in standing.items() if key in FACTS and not is_empty(value)}
    for key, value in kept.items():
        if form.BY_KEY[key].kind == "entries":
            kept[key] = [_entry(key, one) for one in value if isinstance(one, dict)] if isinstance(value, list) else []
    return {key: value for key, value in kept.items() if not is_empty(value)}


def carried_members(answers: Answers) -> list[dict[str, Any]]:
    """The same of its people, in their order; whoever has neither name nor number is left out."""
    members = answers.get("members")
    people = [one for one in members if isinstance(one, dict)] if isinstance(members, list) else []
    kept = [{key: one[key] for key in one if key in FACTS_OF_PEOPLE and not is_empty(one[key])} for one in people]
    return [with_birth(one) for one in kept if one.get("m_name") or one.get("m_id_number")]


def with_birth(member: dict[str, Any]) -> dict[str, Any]:
    """With what the number tells, day of birth and sex, since the number itself travels masked."""
    number = member.get("m_id_number")
    return member | told_by_number(number) if isinstance(number, str) else member


def is_same_person(one: Answers, other: Answers) -> bool:
    """By number where both have one, else by name."""
    numbers = one.get("m_id_number"), other.get("m_id_number")
    return numbers[0] == numbers[1] if all(numbers) else one.get("m_name") == other.get("m_name")


def _entry(key: str, given: Answers) -> dict[str, Any]:
    known = {asked.key for asked in form.BY_KEY[key].entry}
    return {name: value for name, value in given.items() if name in known}
