"""The order of the codes (DOMAIN 11), one rule at a time."""

from dataclasses import replace
from datetime import date

import pytest

from backend.codebook import ComparisonCode
from backend.codebook.comparison import ComparisonNote, ComparisonReason
from backend.domain.comparison import Declared, Listed, Settings, compare, months_back

DAY = date(2023, 6, 5)
MA = Declared(
    key="S1", name="马占福", person="620599196503120410", id_text="620599196503120410", id_fault="", township="恭门镇",
    village="毛山村", declared_on=DAY, order=(1,),
)  # fmt: skip
ROW = Listed(
    ref="row", kind="dibao", role="head", name="马占福", person=MA.person, id_text=MA.person, township="恭门镇",
    village="毛山村", is_whole_household=True,
)  # fmt: skip
INVALID = replace(MA, person="", id_text="620599196503120411", id_fault="bad_checksum")


def judged(declared: Declared = MA, *rows: Listed, **settings: object):
    (verdict,) = compare([declared], rows, Settings(**settings))  # type: ignore[arg-type]
    assert verdict.code in set(ComparisonCode)
    assert verdict.reason in set(ComparisonReason)
    assert set(verdict.notes) <= set(ComparisonNote)
    return verdict


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (ROW, "M1"),
        (replace(ROW, role="member"), "M1"),
        (replace(ROW, role="member", is_whole_household=None), "M1"),
        (replace(ROW, role="member", is_whole_household=False), "M9"),
        (replace(ROW, is_whole_household=False), "M1"),
        (replace(ROW, name="李占福"), "M2"),
        (replace(ROW, name=""), "M1"),
        (replace(ROW, kind="tekun", role="self"), "M1"),
        (replace(ROW, kind="tekun", role="carer"), "M6"),
        (replace(ROW, kind="orphan", role="guardian"), "M6"),
        (replace(ROW, kind="disability", role="collector"), "M6"),
        (replace(ROW, kind="unsupported", role="father"), "M9"),
        (replace(ROW, kind="temporary", role="other"), "M9"),
        (replace(ROW, is_stopped=True), "M7"),
        (replace(ROW, is_stopped=True, ended_on=date(2023, 6, 4)), "M7"),
        (replace(ROW, is_stopped=True, ended_on=date(2023, 6, 5)), "M1"),
        (replace(ROW, is_stopped=True, ended_on=date(2023, 12, 31)), "M1"),
        (replace(ROW, started_on=date(2023, 6, 5)), "M1"),
        (replace(ROW, started_on=date(2023, 7, 1)), "M9"),
        (replace(ROW, kind="temporary", role="self", paid_on=date(2022, 12, 5)), "M8"),
        (replace(ROW, kind="temporary", role="self", paid_on=date(2022, 12, 4)), "M9"),
        (replace(ROW, kind="temporary", role="self", paid_on=DAY), "M8"),
        (replace(ROW, kind="temporary", role="self"), "M9"),
        (replace(ROW, person="620599198802291112"), "M9"),
    ],
)
def test_one_row_one_code(row, code):
    verdict = judged(MA, row)
    assert verdict.code == code
    assert verdict.warned is (code in {"M6", "M7", "M9"})
    assert verdict.roster == (None if code == "M9" else row.kind)


def test_the_first_rule_that_holds_wins():
    paid = replace(ROW, ref="paid", kind="temporary", role="self", paid_on=date(2023, 5, 1))
    carer = replace(ROW, ref="carer", kind="tekun", role="carer")
    stopped = replace(ROW, ref="stopped", is_stopped=True)
    assert judged(MA, paid, carer, stopped, ROW).code == "M1"
    assert judged(MA, paid, carer, stopped).code == "M8"
    assert judged(MA, carer, stopped).code == "M7"
    assert judged(MA, replace(paid, paid_on=date(2020, 1, 1)), stopped).code == "M7"


def test_own_name_anywhere_beats_another_name():
    other = replace(ROW, ref="other", name="李占福")
    assert judged(MA, other, replace(ROW, kind="disability", role="self")).code == "M1"


def test_stopped_is_published_first():
    assert judged(MA, replace(ROW, is_stopped=True)).is_priority


def test_subsidies_alone_may_be_left_out_by_the_county():
    row = replace(ROW, kind="disability", role="self")
    verdict = judged(MA, row, disability_only_is_receiving=False)
    assert (verdict.code, verdict.notes) == ("M9", ["disability_only"])
    assert judged(MA, row, ROW, disability_only_is_receiving=False).code == "M1"


def test_window_is_a_parameter():
    row = replace(ROW, kind="temporary", role="self", paid_on=date(2022, 12, 4))
    assert judged(MA, row, window_months=12).code == "M8"
    assert months_back(date(2023, 8, 31), 6) == date(2023, 2, 28)


@pytest.mark.parametrize(
    ("declared", "row", "code"),
    [
        (INVALID, ROW, "M3"),
        (replace(INVALID, township="龙山镇"), ROW, "MX"),
        (replace(INVALID, name="马有才"), ROW, "MX"),
        (replace(INVALID, id_text="620599196503120421"), ROW, "MX"),
        (replace(INVALID, id_text="620599195603120410"), ROW, "M3"),
        (replace(INVALID, id_text="62059919650312041"), ROW, "M3"),
        (INVALID, replace(ROW, role="carer", kind="tekun"), "MX"),
        (replace(INVALID, id_text="", id_fault="missing"), ROW, "MX"),
    ],
)
def test_invalid_numbers(declared, row, code):
    verdict = judged(declared, row)
    assert (verdict.code, verdict.warned) == (code, False)


def test_same_name_in_the_village_is_a_note():
    verdict = judged(MA, replace(ROW, person="620599198802291112"))
    assert (verdict.code, verdict.notes) == ("M9", ["same_name_same_village"])


def test_second_declaration_joins_the_first_that_is_published():
    second = replace(MA, key="S2", order=(2,))
    first, joined = compare([second, MA], [])
    assert (first.key, first.code) == ("S1", "M9")
    assert (joined.key, joined.code, joined.into, joined.warned) == ("S2", "DUP", "S1", False)
    assert [v.code for v in compare([MA, second], [ROW])] == ["M1", "M1"]
    assert [v.code for v in compare([INVALID, replace(INVALID, key="S2", order=(2,))], [])] == ["MX", "MX"]


def test_open_case_takes_what_is_declared_again():
    (verdict,) = compare([MA], [ROW], open_cases={MA.person: "S0"})
    assert (verdict.code, verdict.into) == ("DUP", "S0")
    assert compare([MA], [], open_cases={MA.person: "S1"})[0].code == "M9"


MAY, JUNE = replace(ROW, ref="may", month="2023-05"), replace(ROW, ref="june", month="2023-06")
SOMEBODY = replace(JUNE, ref="else", person="620599198802291112", name="李有才")


def test_newer_month_replaces_the_older_in_its_township():
    assert judged(MA, MAY, JUNE).row == "june"
    assert judged(MA, MAY, SOMEBODY).code == "M7"
    assert judged(MA, MAY, replace(SOMEBODY, township="龙山镇")).code == "M1"
    assert judged(MA, MAY, replace(SOMEBODY, kind="tekun")).code == "M1"
    assert judged(replace(MA, declared_on=date(2023, 5, 25)), MAY, SOMEBODY).code == "M1"
    assert judged(MA, replace(MAY, month=None), SOMEBODY).code == "M1"
    assert judged(MA, replace(MAY, is_stopped=True), JUNE).code == "M1"


def test_months_may_be_told_when_only_some_people_are_at_hand():
    months = {("dibao", "恭门镇"): {"2023-05", "2023-06"}}
    (verdict,) = compare([MA], [MAY], covered_months=months)
    assert verdict.code == "M7"


def test_relief_is_a_ledger_and_never_replaced():
    paid = replace(MAY, kind="temporary", role="self", paid_on=date(2023, 4, 1))
    assert judged(MA, paid, replace(SOMEBODY, kind="temporary", role="self")).code == "M8"
