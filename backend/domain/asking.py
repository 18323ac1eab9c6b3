"""Which questions a form asks of whom; the phone's rules/when.ts says the same. Pure."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from backend import form
from backend.domain.answer_faults import is_empty
from backend.domain.conditions import age_of
from backend.form.question import Condition, Question

Answers = Mapping[str, Any]


def is_asked(when: Condition | None, answers: Answers, today: date, member: Answers | None = None) -> bool:
    """Whether a question is asked. Inside members a key means the member's own answer first."""
    if when is None:
        return True
    if "all" in when:
        return all(is_asked(part, answers, today, member) for part in when["all"])
    if "any" in when:
        return any(is_asked(part, answers, today, member) for part in when["any"])
    if "from" in when:
        age = age_of(member or {}, today)
        return bool(when["unknown"] if age is None else when["from"] <= age < when["below"])
    key = when["key"]
    value = member[key] if member is not None and key in member else answers.get(key)
    if "equals" in when:
        return bool(value == when["equals"])
    if "in" in when:
        return value in when["in"]
    if "blank" in when:
        return is_empty(value)
    if "above" in when:
        return isinstance(value, int | float) and not isinstance(value, bool) and value > when["above"]
    return isinstance(value, list) and when["includes"] in value


def of_version(questions: tuple[Question, ...], version: int) -> tuple[Question, ...]:
    """The questions that a form of `version` asked, insisting on no more than it did."""
    asked = (one for one in questions if one.since <= version)
    return tuple(replace(one, required=False) if one.required_since > version else one for one in asked)


def without_taken_back(answers: Answers) -> dict[str, Any]:
    """The answers less each list whose own question says "no": the phone keeps one aside in case it was a slip."""
    gone = {one.key for one in form.BY_KEY.values() if one.kind == "entries" and _is_denied(one.when, answers)}
    return {key: value for key, value in answers.items() if key not in gone}


def _is_denied(when: Condition | None, answers: Answers) -> bool:
    return when is not None and "key" in when and answers.get(when["key"]) == "no"
