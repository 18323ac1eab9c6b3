"""申诉、复核: raised against a refusal, answered within a limit; reopening brings the case back to the township."""

from datetime import date, timedelta

import pytest

from backend import access_departments, clock
from backend.codebook import RoutingState, Stage
from backend.domain import decision, explanation, objection, routing
from backend.models import db
from tests.cast import colleague
from tests.domain.asks import one_event, refuses
from tests.factories import MONDAY, accepted_routing, routed_case
from tests.postgres import on_both

JUNE_1 = date(2026, 6, 1)
WORDS = "牛已经卖了，没有那么多钱"


def decided(cast, categories, **outcomes):
    one = accepted_routing(cast, cast.tuo_fuying, to={"social_assistance": categories})
    for category in categories:
        outcome = outcomes.get(category, "declined")
        decision.decide(
            one, outcome=outcome, category=category, decided_on=JUNE_1, reason_code="income", reason="高于标准",
            actor=cast.tuo_fuying,
        )  # fmt: skip
    return one


@pytest.fixture
def declined(cast):
    """低保 was declined on Monday; the case is closed; now it is Wednesday."""
    with clock.standing_at(MONDAY):
        made = decided(cast, ["dibao"])
    with clock.standing_at(MONDAY + timedelta(days=2)):
        yield made


def given(**other):
    return {"raised_on": date(2026, 6, 2), "relation": "spouse", "text": WORDS} | other


def answered(**other):
    return {"outcome": "reopened", "answer": "核对以后牛确实卖了，重新办", "answered_on": date(2026, 6, 3)} | other


@on_both
def test_it_is_raised_with_a_last_day(cast, declined):
    made = objection.raise_objection(declined, actor=cast.bai_caixia, **given())
    db.session.flush()
    assert (made.due_on, made.raised_by_relation, made.case.stage) == (date(2026, 6, 16), "spouse", Stage.CLOSED)
    assert declined.open_objection is made


@on_both
def test_reopening_brings_the_case_back_to_the_township(cast, declined):
    made = objection.raise_objection(declined, actor=cast.bai_caixia, **given())
    objection.answer_objection(made, actor=colleague(cast.tuo_fuying), **answered())
    db.session.flush()
    case = declined.case
    assert (case.stage, case.closed_at, declined.state) == (Stage.REVIEWED, None, RoutingState.WITHDRAWN)
    assert [d.is_reopened for d in declined.decisions] == [True]
    routing.route(case, to={"social_assistance": ["dibao"]}, reason="复核后再办", actor=cast.bai_caixia)
    assert case.stage == Stage.ROUTED


def test_what_was_included_stays_when_the_rest_is_reopened(cast):
    with clock.standing_at(MONDAY):
        one = decided(cast, ["dibao", "temporary"], temporary="included")
    with clock.standing_at(MONDAY + timedelta(days=2)):
        made = objection.raise_objection(one, actor=cast.bai_caixia, **given())
        objection.answer_objection(made, actor=colleague(cast.tuo_fuying), **answered())
        assert (one.state, decision.undecided_categories(one)) == (RoutingState.ACCEPTED, ["dibao"])
        routing.settle(one.case, actor=cast.bai_caixia)
        assert one.case.stage == Stage.ROUTED


def test_upholding_changes_nothing_else(cast, declined):
    made = objection.raise_objection(declined, actor=cast.bai_caixia, **given())
    other = colleague(cast.tuo_fuying)
    objection.answer_objection(made, actor=other, **answered(outcome="upheld"))
    assert (declined.case.stage, declined.state, made.outcome) == (Stage.CLOSED, RoutingState.DECIDED, "upheld")
    refuses("objection_answered", objection.answer_objection, made, actor=other, **answered())


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"relation": "neighbour"}, "objection_relation"),
        ({"text": "不服"}, "objection_missing"),
        ({"raised_on": date(2026, 5, 31)}, "objection_day"),
        ({"raised_on": date(2026, 6, 4)}, "objection_day"),
    ],
)
def test_it_is_refused(cast, declined, wrong, code):
    refuses(code, objection.raise_objection, declined, actor=cast.bai_caixia, **given(**wrong))


def test_nothing_to_object_to_and_one_at_a_time(cast, declined):
    objection.raise_objection(declined, actor=cast.bai_caixia, **given())
    refuses("objection_open", objection.raise_objection, declined, actor=cast.bai_caixia, **given())
    included = decided(cast, ["dibao"], dibao="included")
    refuses("objection_none", objection.raise_objection, included, actor=cast.bai_caixia, **given())


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"outcome": "perhaps"}, "objection_outcome"),
        ({"answer": "维持"}, "objection_answer"),
        ({"answered_on": date(2026, 6, 1)}, "objection_answer_day"),
        ({"answered_on": date(2026, 6, 4)}, "objection_answer_day"),
    ],
)
def test_an_answer_is_refused(cast, declined, wrong, code):
    made = objection.raise_objection(declined, actor=cast.bai_caixia, **given())
    refuses(code, objection.answer_objection, made, actor=colleague(cast.tuo_fuying), **answered(**wrong))


def test_townships_raise_and_nobody_in_the_field(cast, declined):
    refuses("forbidden", objection.raise_objection, declined, actor=cast.tuo_fuying, **given())
    made = objection.raise_objection(declined, actor=cast.bai_caixia, **given())
    refuses("forbidden", objection.answer_objection, made, actor=cast.mi_jianjun, **answered())


def test_another_office_and_the_decider_do_not_answer(cast, declined):
    made = objection.raise_objection(declined, actor=cast.bai_caixia, **given())
    colleague(cast.tuo_fuying)
    for other in (cast.bai_caixia, cast.mao_zhiqiang, cast.chen_xiaohong):
        refuses("objection_office", objection.answer_objection, made, actor=other, **answered())
    refuses("objection_own", objection.answer_objection, made, actor=cast.tuo_fuying, **answered())


@pytest.mark.parametrize("outcome", ["upheld", "reopened"])
def test_a_line_department_answers_what_it_could_not_solve(cast, outcome):
    with clock.standing_at(MONDAY):
        one = accepted_routing(cast, cast.zhao_shengfu, to={"housing": []})
        decision.decide(one, outcome="unsolved", decided_on=JUNE_1, reason="指标没下来", actor=cast.zhao_shengfu)
    with clock.standing_at(MONDAY + timedelta(days=2)):
        made = objection.raise_objection(one, actor=cast.bai_caixia, **given())
        other = colleague(cast.zhao_shengfu)
        refuses("objection_own", objection.answer_objection, made, actor=cast.zhao_shengfu, **answered())
        objection.answer_objection(made, actor=other, **answered(outcome=outcome))
        db.session.flush()
        assert access_departments.find_objection(other, made.id) is made, "its own answer stays readable"
        with pytest.raises(Exception, match="not_found"):
            access_departments.find_objection(cast.feng_youcai, made.id)


@pytest.fixture
def told(cast):
    """不符合 was explained on Monday and written down on Wednesday."""
    with clock.standing_at(MONDAY):
        case = routed_case(cast, to={"explanation": []})
    with clock.standing_at(MONDAY + timedelta(days=2)):
        explanation.explain(
            case, reason_codes=["income"], text="收入高于标准，当面算给他看了。", method="in_person", receipt="signed",
            explained_at=MONDAY, actor=cast.bai_caixia,
        )  # fmt: skip
        db.session.flush()
        yield case.routings[0]


def test_a_household_may_object_from_the_day_it_was_told(cast, told):
    assert [d.decided_on for d in told.decisions] == [JUNE_1]
    made = objection.raise_objection(told, actor=cast.bai_caixia, **given(raised_on=date(2026, 6, 2)))
    assert not made.is_late
    refuses("objection_own", objection.answer_objection, made, actor=cast.bai_caixia, **answered())
    objection.answer_objection(made, actor=colleague(cast.bai_caixia), **answered())
    assert told.case.stage == Stage.REVIEWED


def test_what_comes_after_the_told_day_is_heard_and_marked_late(cast, told):
    with clock.standing_at(MONDAY + timedelta(days=30)):
        case = told.case
        last = case.explanations[0].object_until_on
        with one_event("objection:raised", by=cast.bai_caixia, of=case) as facts:
            made = objection.raise_objection(
                told, actor=cast.bai_caixia, **given(raised_on=last + timedelta(days=1))
            )  # fmt: skip
        assert (made.is_late, made.until_on, facts["late"]) == (True, last, True)
        db.session.flush()
        refuses("objection_office", objection.answer_objection, made, actor=cast.tuo_fuying, **answered())
        objection.answer_objection(
            made, actor=cast.mao_zhiqiang, **answered(outcome="upheld", answered_on=last + timedelta(days=2))
        )  # fmt: skip
        assert made.outcome == "upheld"


def test_the_last_told_day_itself_is_not_late(cast, told):
    with clock.standing_at(MONDAY + timedelta(days=30)):
        last = told.case.explanations[0].object_until_on
        assert not objection.raise_objection(told, actor=cast.bai_caixia, **given(raised_on=last)).is_late


def test_it_is_out_of_others_sight(cast, declined):
    made = objection.raise_objection(declined, actor=cast.bai_caixia, **given())
    db.session.flush()
    for user in (cast.li_zhanfu, cast.zhao_shengfu, cast.liu_yulan):
        with pytest.raises(Exception, match="not_found"):
            access_departments.find_objection(user, made.id)
    assert access_departments.find_objection(cast.tuo_fuying, made.id) is made


def test_each_leaves_one_event(cast, declined):
    case = declined.case
    with one_event("objection:raised", by=cast.bai_caixia, of=case) as facts:
        made = objection.raise_objection(declined, actor=cast.bai_caixia, **given())
    assert facts == {"queue": "social_assistance", "due_on": "2026-06-16", "late": False, "lead": True}
    other = colleague(cast.tuo_fuying)
    with one_event("objection:answered", by=other, of=case) as facts:
        objection.answer_objection(made, actor=other, **answered())
    assert facts == {"queue": "social_assistance", "outcome": "reopened"}


def test_where_an_office_has_nobody_else_the_lead_answers(cast, declined):
    made = objection.raise_objection(declined, actor=cast.bai_caixia, **given())
    refuses("objection_own", objection.answer_objection, made, actor=cast.tuo_fuying, **answered())
    refuses("objection_office", objection.answer_objection, made, actor=cast.chen_xiaohong, **answered())
    objection.answer_objection(made, actor=cast.mao_zhiqiang, **answered(outcome="upheld"))
    assert (made.outcome, made.answerer) == ("upheld", cast.mao_zhiqiang)


def test_the_lead_does_not_answer_over_the_head_of_an_office_with_others(cast, declined):
    made = objection.raise_objection(declined, actor=cast.bai_caixia, **given())
    other = colleague(cast.tuo_fuying)
    refuses("objection_office", objection.answer_objection, made, actor=cast.mao_zhiqiang, **answered())
    other.is_active = False
    db.session.flush()
    objection.answer_objection(made, actor=cast.mao_zhiqiang, **answered())


def test_the_lead_is_answered_for_by_the_other_department(cast):
    with clock.standing_at(MONDAY):
        one = accepted_routing(cast, cast.mao_zhiqiang, to={"relapse_prevention": []})
        refused = {"outcome": "declined", "decided_on": JUNE_1, "reason_code": "income", "reason": "超出范围"}
        decision.decide(one, actor=cast.mao_zhiqiang, **refused)
    with clock.standing_at(MONDAY + timedelta(days=2)):
        made = objection.raise_objection(one, actor=cast.bai_caixia, **given())
        refuses("objection_own", objection.answer_objection, made, actor=cast.mao_zhiqiang, **answered())
        objection.answer_objection(made, actor=cast.tuo_fuying, **answered())
