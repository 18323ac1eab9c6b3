"""更正: what was recorded by mistake ceases to count, with a reason, and stays where it stands."""

from datetime import timedelta

import pytest

from backend import clock
from backend.codebook import RoutingState, Stage
from backend.domain import correction, decision, objection, review
from backend.domain.figures import figures
from backend.models import Correction, db
from tests.cast import COUNTY, colleague
from tests.domain.asks import one_event, refuses
from tests.factories import MONDAY, accepted_routing, reviewed_case, routed_case
from tests.postgres import on_both

WHY = "登记错了户"


def solved(cast):
    one = accepted_routing(cast, cast.zhao_shengfu, to={"housing": []})
    made = decision.decide(one, outcome="solved", decided_on=MONDAY.date(), actor=cast.zhao_shengfu)
    db.session.flush()
    return one, made


@pytest.fixture
def closed(cast):
    with clock.standing_at(MONDAY):
        found = solved(cast)
    with clock.standing_at(MONDAY + timedelta(days=2)):
        yield found


@on_both
def test_a_result_ceases_to_count_and_the_right_one_is_recorded(cast, closed):
    one, made = closed
    correction.correct_decision(made, reason=WHY, actor=colleague(cast.zhao_shengfu))
    db.session.flush()
    assert (one.state, one.case.stage, one.case.closed_at) == (RoutingState.ACCEPTED, Stage.ROUTED, None)
    assert (made.is_reopened, made.correction.reason) == (True, WHY)
    decision.decide(one, outcome="unsolved", decided_on=MONDAY.date(), reason="指标没下来", actor=cast.zhao_shengfu)
    assert (one.case.stage, [d.outcome for d in one.decisions]) == (Stage.CLOSED, ["solved", "unsolved"])


@on_both
def test_the_evening_before_stays_as_it_was_told(cast, closed):
    made = closed[1]
    evening = MONDAY + timedelta(days=1)
    before = figures(COUNTY, evening)
    correction.correct_decision(made, reason=WHY, actor=cast.zhao_shengfu)
    db.session.flush()
    assert figures(COUNTY, evening) == before
    assert (before.total.n["closed"], figures(COUNTY).total.n.get("closed", 0)) == (1, 0)


def test_one_category_of_several_is_corrected_alone(cast):
    one = accepted_routing(cast, cast.tuo_fuying, to={"social_assistance": ["dibao", "temporary"]})
    given = {"outcome": "included", "decided_on": clock.local(clock.now()).date(), "actor": cast.tuo_fuying}
    made = decision.decide(one, category="dibao", amount_fen=4300000, **given)
    decision.decide(one, category="temporary", **given)
    correction.correct_decision(made, reason="多打了两个零", actor=cast.tuo_fuying)
    assert (decision.undecided_categories(one), one.case.stage) == (["dibao"], Stage.ROUTED)


def test_it_is_refused_twice_without_a_reason_and_during_an_objection(cast, closed):
    one, made = closed
    for reason in ("", "错了", "    "):
        refuses("correction_reason", correction.correct_decision, made, reason=reason, actor=cast.zhao_shengfu)
    correction.correct_decision(made, reason=WHY, actor=cast.zhao_shengfu)
    refuses("correction_done", correction.correct_decision, made, reason=WHY, actor=cast.zhao_shengfu)
    again = decision.decide(one, outcome="unsolved", decided_on=MONDAY.date(), reason="没钱", actor=cast.zhao_shengfu)
    objection.raise_objection(
        one, raised_on=MONDAY.date(), relation="head", text="明明可以修", actor=cast.bai_caixia
    )  # fmt: skip
    refuses("objection_open", correction.correct_decision, again, reason=WHY, actor=cast.zhao_shengfu)


def test_what_was_said_to_a_household_is_not_unsaid(cast):
    case = routed_case(cast, to={"explanation": []})
    made = decision.Decision(outcome="explained", decided_on=MONDAY.date(), decider=cast.bai_caixia, decided_at=MONDAY)
    case.routings[0].decisions.append(made)
    refuses("correction_done", correction.correct_decision, made, reason=WHY, actor=cast.mao_zhiqiang)


def test_only_departments_correct_results_and_townships_their_judgement(cast, closed):
    refuses("forbidden", correction.correct_decision, closed[1], reason=WHY, actor=cast.bai_caixia)
    refuses("forbidden", correction.withdraw_approval, reviewed_case(cast), reason=WHY, actor=cast.zhao_shengfu)


@on_both
def test_an_approval_is_withdrawn_and_the_visit_can_be_returned(cast):
    case = reviewed_case(cast)
    made = correction.withdraw_approval(case, reason="还要再去一次", actor=cast.bai_caixia)
    db.session.flush()
    assert (case.stage, made.review.withdrawn_at, correction.standing_approval(case)) == (
        Stage.SUBMITTED, made.corrected_at, None,
    )  # fmt: skip
    review.return_for_correction(case, reason_code="photo", reason="补厨房的", actor=cast.bai_caixia)
    assert case.stage == Stage.RETURNED


def test_what_was_routed_is_taken_back_first(cast):
    case = routed_case(cast, to={"housing": []})
    refuses("wrong_stage", correction.withdraw_approval, case, reason=WHY, actor=cast.bai_caixia)
    other = routed_case(cast, to={"housing": [], "water": []})
    other.stage, other.routings[0].state = Stage.REVIEWED, RoutingState.RETURNED
    refuses("correction_routed", correction.withdraw_approval, other, reason=WHY, actor=cast.bai_caixia)
    refuses("correction_reason", correction.withdraw_approval, reviewed_case(cast), reason="", actor=cast.bai_caixia)


def test_each_leaves_one_event(cast, closed):
    one, made = closed
    with one_event("decision:corrected", by=cast.zhao_shengfu, of=one.case) as facts:
        correction.correct_decision(made, reason=WHY, actor=cast.zhao_shengfu)
    assert facts == {"queue": "housing", "outcome": "solved", "category": "", "reopened": True}
    case = reviewed_case(cast)
    with one_event("approval:withdrawn", by=cast.bai_caixia, of=case) as facts:
        correction.withdraw_approval(case, reason=WHY, actor=cast.bai_caixia)
    assert facts == {"visit": case.visits[-1].id}
    assert db.session.query(Correction).count() == 2
