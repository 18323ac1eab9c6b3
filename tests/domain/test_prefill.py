"""What a form begins with: the roster's household, the declaration, the last visit; masked, with its source."""

import json

import pytest

from backend import clock
from backend.codebook import ComparisonCode, RosterRole
from backend.domain import assignment, publication, review, visits
from backend.domain.sync.cases import cases_for
from backend.domain.sync.payloads import read
from backend.models import ImportBatch, RosterEntry, db
from tests import phone
from tests.cast import GUTU
from tests.factories import MONDAY, assigned_case, compare, declare, id_number, publish, visit_case
from tests.postgres import on_both

pytestmark = on_both
HEAD, WIFE, BOY = id_number("19560612", 31), id_number("19580301", 42), id_number("20150909", 55)
MEMBERS = [
    {"m_name": "马占福", "m_id_number": HEAD, "m_relation": "head", "m_is_living": "yes", "m_labour": "lost",
     "m_health": ["chronic"], "m_disease": "高血压", "m_work": "not_applicable"},
    {"m_name": "李玉兰", "m_id_number": WIFE, "m_relation": "spouse", "m_is_living": "yes", "m_labour": "weak"},
]  # fmt: skip


def listed(name, number, role=RosterRole.MEMBER, key="HH-1", row=2):
    """A person of a roster row."""
    batch = db.session.query(ImportBatch).filter_by(subject="roster").first() or ImportBatch(
        subject="roster", file_name="低保.xlsx", sha256="d" * 64, imported_at=MONDAY
    )
    entry = RosterEntry(
        batch=batch, kind="dibao", role=role, row=row, household_key=key, name=name, name_folded=name,
        township_code="620525102",
    )  # fmt: skip
    entry.id_number = number
    db.session.add(entry)
    db.session.flush()
    return entry


def prefill(case, user):
    db.session.flush()
    (told,), _ = cases_for(user, [case.id])
    return told["prefill"]


def matched_case(cast, entry, **other):
    declaration = declare(id_number=HEAD, **other)
    finding = compare(declaration, ComparisonCode.M7, roster_entry_id=entry.id)
    case = publication.publish_warnings([finding], actor=None)[0]
    assignment.assign(case, main=cast.mi_jianjun, companion=cast.ding_zhiqiang, actor=cast.bai_caixia)
    return case


def earlier_visit(cast, *, author, village=GUTU, **answers):
    """Somebody else was at the same person's, in a case of its own."""
    case = publish(declare(id_number=HEAD, village=village))
    assignment.assign(case, main=author, companion=cast.ding_zhiqiang, actor=cast.bai_caixia)
    return visit_case(case, author=author, **{"members": MEMBERS} | answers)


def test_without_roster_and_visit_the_applicant_is_only_likely_the_head(cast):
    told = prefill(assigned_case(cast, id_number=HEAD), cast.mi_jianjun)
    (person,) = told["members"]
    assert person == {
        "m_name": "马占福", "m_id_number": f"620599********{HEAD[-4:]}", "m_birth_on": "1956-06-12", "m_sex": "male", "m_relation": "head"
    }  # fmt: skip
    assert (told["members_from"], told["sources"]["head_name"]) == (["likely"], "likely")
    assert (told["sources"]["living_size"], told["sources"]["interviewee_name"]) == ("declaration", "likely")
    alone = prefill(assigned_case(cast, family_size=1), cast.mi_jianjun)
    assert (alone["members_from"], alone["sources"]["head_name"]) == (["declaration"], "declaration")


def test_the_household_of_the_roster_row_comes_along_and_its_head_is_the_head(cast):
    listed("马占山", id_number("19530101", 7), RosterRole.HEAD)
    entry = listed("马占福", HEAD)
    listed("李玉兰", WIFE)
    listed("马小明的监护人", BOY, RosterRole.GUARDIAN)
    listed("别家的人", id_number("19600101", 8), key="HH-2", row=9)
    told = prefill(matched_case(cast, entry), cast.mi_jianjun)
    assert [one["m_name"] for one in told["members"]] == ["马占山", "马占福", "李玉兰"]
    assert [one.get("m_relation") for one in told["members"]] == ["head", None, None]
    assert told["members_from"] == ["roster"] * 3
    assert (told["answers"]["head_name"], told["sources"]["head_name"]) == ("马占山", "roster")
    assert WIFE not in json.dumps(told)


@pytest.mark.parametrize("number", [WIFE, None])
def test_a_like_name_in_a_roster_brings_nobody(cast, number):
    entry = listed("马占福", number, RosterRole.HEAD)
    listed("李玉兰", WIFE)
    assert [one["m_name"] for one in prefill(matched_case(cast, entry), cast.mi_jianjun)["members"]] == ["马占福"]


def test_the_last_visit_of_another_worker_brings_facts_and_nothing_else(cast):
    visit = earlier_visit(cast, author=cast.hui_axi, registered_size=2, visitor_opinion=["temporary"])
    told = prefill(assigned_case(cast, id_number=HEAD, family_size=2), cast.mi_jianjun)
    assert [one["m_name"] for one in told["members"]] == ["马占福", "李玉兰"]
    assert told["members"][0]["m_disease"] == "高血压"
    assert "m_work" not in told["members"][0]
    assert told["members_from"] == ["visit", "visit"]
    assert (told["answers"]["registered_size"], told["sources"]["registered_size"]) == (2, "visit")
    assert told["answers"]["interviewee_relation"] == "head"
    beyond = {"narrative", "visitor_opinion", "opinion_reason", "risks", "wish", "photos", "incomes", "visit_mode"}
    assert not beyond & told["answers"].keys()
    assert not [key for key in told["answers"] if key.startswith("signature")]
    assert told["visited_on"] == clock.local(visit.visited_at).date().isoformat()
    assert HEAD not in json.dumps(told)
    assert WIFE not in json.dumps(told)


def test_one_that_was_sent_back_and_one_of_somebody_else_do_not(cast):
    visit = earlier_visit(cast, author=cast.hui_axi)
    review.return_for_correction(visit.case, actor=cast.bai_caixia, reason_code="member", reason="少一个人")
    other = assigned_case(cast, id_number=WIFE)
    visit_case(other, author=cast.mi_jianjun, members=MEMBERS)
    told = prefill(assigned_case(cast, id_number=HEAD), cast.mi_jianjun)
    assert (told["members_from"], told["visited_on"]) == (["likely"], None)


def test_who_takes_a_returned_case_over_sees_the_facts_unless_it_was_the_wrong_house(cast):
    for reason, expected in (("member", ["visit", "visit"]), ("other_household", ["likely"])):
        case = assigned_case(cast, id_number=id_number(order=900 + len(reason)))
        visit_case(case, author=cast.mi_jianjun, members=MEMBERS)
        review.return_for_correction(case, actor=cast.bai_caixia, reason_code=reason, reason="再去一次")
        assignment.assign(case, main=cast.hui_axi, companion=cast.ding_zhiqiang, actor=cast.bai_caixia)
        told = prefill(case, cast.hui_axi)
        assert told["members_from"][: len(expected)] == expected, reason


def test_masked_numbers_of_roster_and_last_visit_come_back_whole(cast):
    earlier_visit(cast, author=cast.hui_axi)
    case = assigned_case(cast, id_number=HEAD)
    brought = prefill(case, cast.mi_jianjun)
    filled = phone.answers(members=brought["members"])
    visit, _ = visits.record_visit(
        case, read("visit", phone.envelope("visit", phone.visit(case, filled=filled))["payload"]), actor=cast.mi_jianjun
    )
    assert [one["m_id_number"] for one in visits.answers_of(visit)["members"]] == [HEAD, WIFE]
