"""统计表: counted from facts, the same live and 截至 a moment long gone; townships add up to the county and the city."""

from datetime import timedelta

import pytest

from backend import clock
from backend.codebook import ComparisonCode, DecisionOutcome
from backend.domain import comparison_answer, decision, explanation, review, routing
from backend.domain.figures import figures
from backend.domain.figures_at import cases_in
from backend.domain.figures_conditions import CASE_FIGURES
from backend.domain.figures_declared import DECLARED_FIGURES, declarations_in
from backend.domain.figures_over_time import over_time
from backend.models import Extension, Voiding, db
from tests.cast import LISHAN
from tests.factories import MONDAY, assigned_case, compare, declare, id_number, publish, visit_case
from tests.postgres import on_both

COUNTY, TOWN = "620525", "620525102"
SIGNED = {"signature_visitor_1": {"strokes": [[1, 2, 3, 4]]}, "signature_visitor_2": {"strokes": [[1, 2, 3, 4]]},
          "signature_interviewee": {"strokes": [[1, 2, 3, 4]]}, "photos": []}  # fmt: skip


def at(day: float):
    return clock.standing_at(MONDAY + timedelta(days=day))


def visited(cast, *, published: float = 0, day: float = 1, **answers):
    """A household of 毛山村, published and visited on these days after MONDAY, by two who signed."""
    case = assigned_case(cast, at=MONDAY + timedelta(days=published))
    with at(day):
        visit_case(case, author=cast.mi_jianjun, **SIGNED | answers)
    return case


def town(area: str = COUNTY, day: float = 30) -> dict[str, int]:
    db.session.flush()
    return dict(figures(area, MONDAY + timedelta(days=day)).total.n)


@on_both
def test_the_numbers_of_a_county_by_hand(app, cast):
    """Two in time (one routed and included), one late, one nobody went to, one with a single signature, one not due."""
    good, other = visited(cast, day=1), visited(cast, day=2)
    visited(cast, day=8)
    visited(cast, day=3, signature_visitor_2={})
    publish(at=MONDAY)
    publish(at=MONDAY + timedelta(days=9), village=LISHAN, name="李占福")
    with at(3):
        review.approve(good, actor=cast.bai_caixia)
        (sent,) = routing.route(
            good, to={"social_assistance": ["dibao"]}, reason="属实", actor=cast.bai_caixia
        )  # fmt: skip
        review.return_for_correction(other, actor=cast.bai_caixia, reason_code="photo", reason="补一张")
    with at(4):
        routing.accept(sent, actor=cast.tuo_fuying)
    with at(5):
        decision.decide(
            sent, outcome=DecisionOutcome.INCLUDED, category="dibao", decided_on=MONDAY.date(), actor=cast.tuo_fuying
        )
    with at(10):
        table = figures(COUNTY)
    total = table.total
    told = {key: total[key] for key in ("warned", "to_visit", "visited", "in_time", "late", "overdue", "not_due")}
    assert told == {"warned": 6, "to_visit": 6, "visited": 3, "in_time": 2, "late": 1, "overdue": 2, "not_due": 1}
    assert (total.visit_share, total.in_time_share, total.overdue_share) == (3 / 6, 2 / 5, 3 / 5)
    assert (total.response.mean, total.response.median, total.response.ninth) == (pytest.approx(88), 48, 192)
    assert (total["dibao"], total["dibao_people"], total["included"], total["closed"]) == (1, 2, 1, 1)
    assert (total.included_share, total.dibao_share, total.monitor_share) == (1, 1, 0)
    assert (total["handed_in"], total["returned"], total.returned_share) == (4, 1, 0.25)
    assert (total["judging"], total["routed"], total["complete"]) == (3, 1, 3)
    assert total.mean_hours("review") == 48
    assert total.mean_hours("accept") == 24
    assert total.mean_hours("whole") == 8 * 24
    assert total.mean_hours("sync") == 0
    assert table.days == {"1": 1, "2": 1, "late": 1}
    assert (total["declared"], total["declared_people"], total["compared"]) == (6, 30, 6)
    weeks = over_time(COUNTY, MONDAY + timedelta(days=10))
    assert [(week.published, week.visited, week.in_time_share) for week in weeks[-2:]] == [(5, 2, 0.4), (1, 1, None)]


@on_both
def test_what_came_later_does_not_count(app, cast):
    """A return, a visit to another household and a corrected finding, each told 截至 before and after."""
    case = visited(cast, day=1)
    with at(2):
        review.approve(case, actor=cast.bai_caixia)
        (sent,) = routing.route(case, to={"housing": []}, reason="裂缝", actor=cast.bai_caixia)
    with at(3):
        routing.return_to_township(sent, reason="不归我们", actor=cast.zhao_shengfu)
    assert [(town(day=day).get("referral", 0), town(day=day).get("judging", 0)) for day in (1.5, 2.5, 3.5)] == [
        (0, 1), (1, 0), (0, 1),
    ]  # fmt: skip


@on_both
def test_a_visit_to_another_household_is_none(app, cast):
    case = visited(cast, day=1)
    with at(2):
        review.return_for_correction(case, actor=cast.bai_caixia, reason_code="other_household", reason="走错了")
    with at(7):
        visit_case(case, author=cast.mi_jianjun, **SIGNED)
    told = [{k: town(day=day).get(k, 0) for k in ("in_time", "late", "overdue")} for day in (1.5, 3, 6.9, 7.1)]
    assert [tuple(one.values()) for one in told] == [(1, 0, 0), (0, 0, 0), (0, 0, 1), (0, 1, 0)]
    assert town(day=3)["not_due"] == 1


def test_a_correction_keeps_the_first_visits_time(cast):
    case = visited(cast, day=1)
    with at(2):
        review.return_for_correction(case, actor=cast.bai_caixia, reason_code="photo", reason="补一张")
    with at(9):
        visit_case(case, author=cast.mi_jianjun, **SIGNED)
    assert town()["in_time"] == 1


def test_what_the_rosters_said_then(cast):
    with at(0):
        finding = compare(declare(), ComparisonCode.MX)
    with at(2):
        comparison_answer.answer(finding, said="corrected", id_number=id_number(), actor=cast.tuo_fuying)
    assert [town(day=day).get("invalid", 0) for day in (1, 3)] == [1, 0]
    assert town(day=1)["compared"] == 1
    assert "compared" not in town(day=3)


def test_explained_and_temporary_money(cast):
    told, helped = visited(cast), visited(cast)
    with at(2):
        for case, to in ((told, {"explanation": []}), (helped, {"social_assistance": ["temporary", "dibao"]})):
            review.approve(case, actor=cast.bai_caixia)
            routing.route(case, to=to, reason="属实", actor=cast.bai_caixia)
        explanation.explain(
            told, reason_codes=["income"], text="收入高于标准，有变化再报", method="in_person", receipt="signed",
            explained_at=clock.now(), actor=cast.bai_caixia,
        )  # fmt: skip
        sent = routing.accept(helped.routings[0], actor=cast.tuo_fuying)
        for category in ("temporary", "dibao"):
            decision.decide(
                sent, outcome="included", category=category, amount_fen=600000, decided_on=MONDAY.date(),
                actor=cast.tuo_fuying,
            )  # fmt: skip
    n = town()
    assert (n["explained"], n["temporary_times"], n["temporary_fen"], n["dibao"]) == (1, 1, 600000, 1)
    assert n["accept_count"] == 1
    assert n["closed"] == 2


def test_townships_add_up_to_the_county_and_the_city(cast):
    visited(cast, day=1)
    visited(cast, day=9)
    publish(village=LISHAN, name="李占福", at=MONDAY)
    db.session.flush()
    moment = MONDAY + timedelta(days=8)
    county, city, province = (figures(code, moment) for code in (COUNTY, "6205", "62"))
    assert sum(row["warned"] for row in county.rows) == county.total["warned"] == 3
    for table in (county, city, province):
        for key in county.total.n:
            assert sum(row[key] for row in table.rows) == table.total[key] == county.total[key]
        assert table.total.response == county.total.response
    assert [row.code for row in city.rows] == [COUNTY]
    assert [row.code for row in province.rows] == ["6205"]
    assert len(county.rows) == 15


def test_a_declaration_without_township_has_its_row(cast):
    db.session.add(declare(village=None))
    db.session.flush()
    table = figures(COUNTY)
    assert (table.rows[-1].code, table.rows[-1]["declared"], table.total["declared"]) == ("", 1, 1)


@pytest.mark.slow
@on_both
def test_each_list_is_as_long_as_its_number(app, cast):
    visited(cast, day=1)
    visited(cast, day=9, signature_visitor_2={})
    publish(village=LISHAN, name="李占福", at=MONDAY)
    compare(declare(), ComparisonCode.M1, roster_kind="dibao")
    db.session.flush()
    moment = MONDAY + timedelta(days=400)
    table = figures(COUNTY, moment)
    telling = [row for row in table.rows if row.code in ("620525101", TOWN, table.rows[-1].code)]
    assert len(telling) == 3
    for row, codes in ((table.total, [COUNTY]), *((row, [row.code]) for row in telling)):
        for key in CASE_FIGURES:
            assert len(db.session.scalars(cases_in(key, codes, moment)).all()) == row[key], key
        for key in DECLARED_FIGURES:
            assert len(db.session.scalars(declarations_in(key, codes, moment)).all()) == row[key], key


@on_both
def test_an_extension_and_a_void_from_when_they_are_granted(app, cast):
    """延期 takes a household out of 应核查 until it runs out; 作废 takes it out of all."""
    longer, gone = publish(at=MONDAY), publish(at=MONDAY)
    told = {"asked_by": cast.bai_caixia.id, "asked_at": MONDAY, "decided_by": cast.mao_zhiqiang.id, "state": "approved"}
    later = Extension(
        case_id=longer.id, decided_at=MONDAY + timedelta(days=4), until_at=MONDAY + timedelta(days=9), **told
    )
    void = Voiding(case_id=gone.id, decided_at=MONDAY + timedelta(days=2), reason_code="dead", **told)
    later.reason = void.reason = "外出"
    db.session.add_all([later, void])
    keys = ("warned", "to_visit", "extended", "void", "not_due", "overdue")
    seen = [tuple(town(day=day).get(key, 0) for key in keys) for day in (1, 3, 7, 10)]
    assert seen == [(2, 2, 0, 0, 2, 0), (1, 1, 0, 1, 1, 0), (1, 0, 1, 1, 0, 0), (1, 1, 0, 1, 0, 1)]
