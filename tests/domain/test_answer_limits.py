"""Each field has the limits of the form, here as on the phone (frontend/field/tests/limits.test.ts)."""

from datetime import date

import pytest

from backend import form
from backend.domain.answer_faults import fault_of

DAY = date(2026, 7, 8)
QUESTIONS = [one for section in form.SECTIONS for asked in section.questions for one in (asked, *asked.entry)]


def of(*kinds: str) -> list[form.Question]:
    return [one for one in QUESTIONS if one.kind in kinds]


@pytest.mark.parametrize("question", of("number", "money"), ids=lambda one: one.key)
def test_a_number_stays_within_them(question):
    least = 0 if question.kind == "money" else question.minimum
    most = DAY.year if question.is_year else question.maximum
    assert [fault_of(question, value, DAY) for value in (least, most)] == [None, None]
    assert [fault_of(question, value, DAY) for value in (least - 1, most + 1)] == ["out_of_range"] * 2


@pytest.mark.parametrize("question", of("text", "long_text"), ids=lambda one: one.key)
def test_words_are_as_long_as_there_is_room(question):
    assert fault_of(question, "马" * question.max_length, DAY) is None
    assert fault_of(question, "马" * (question.max_length + 1), DAY) == "too_long"
