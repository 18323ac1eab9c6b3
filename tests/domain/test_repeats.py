"""A household that declared again: every text is kept, the newest number is dialled."""

from datetime import timedelta

import pytest

from backend.codebook import ComparisonCode
from backend.domain import repeats, reveals
from backend.models import db
from tests.desk.browser import Browser
from tests.factories import MONDAY, assigned_case, compare, declare


@pytest.fixture
def case(cast):
    return assigned_case(cast, phone="12000000017")


def declare_again(case, *, days, phone, text="屋顶塌了一角", code=ComparisonCode.DUP):
    again = declare(phone=phone, hardship_text=text, submitted_at=MONDAY + timedelta(days=days))
    db.session.flush()
    compare(again, code, into_declaration_id=case.declaration_id)
    return again


def test_the_newest_number_is_revealed(cast, case):
    declare_again(case, days=5, phone="12000000019")
    declare_again(case, days=2, phone="12000000018")
    assert reveals.reveal_phone(case, reason="联系入户", actor=cast.mi_jianjun) == "12000000019"


def test_a_repeat_without_a_number_or_an_older_one_changes_nothing(cast, case):
    declare_again(case, days=5, phone=None)
    declare_again(case, days=-30, phone="12000000018")
    assert repeats.newest_phone(case.declaration) == "12000000017"


def test_another_households_repeat_is_not_this_ones(cast, case):
    other = assigned_case(cast, phone="12000000030")
    declare_again(other, days=5, phone="12000000031")
    declare_again(case, days=6, phone="12000000032", code=ComparisonCode.M9)
    assert repeats.newest_phone(case.declaration) == "12000000017"
    assert repeats.merged_into(case.declaration) == []


def test_every_text_stands_on_the_case_page(cast, case, signed_in):
    again = declare_again(case, days=5, phone="12000000019")
    text = Browser(signed_in(cast.bai_caixia)).text(f"/cases/{case.id}")
    assert "又报了一次" in text
    assert again.hardship_text in text
    assert case.declaration.hardship_text in text
    assert "12000000019" not in text
