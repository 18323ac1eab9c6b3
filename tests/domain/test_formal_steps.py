"""办理步骤: recorded and corrected with their day; the routing says what comes next."""

from datetime import date, timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from backend import clock
from backend.codebook import RoutingState
from backend.domain import decision, formal_steps, parameters, procedure, routing
from backend.models import Parameter, ProcedureStep, db
from tests.domain.asks import one_event, refuses, unseen_routing
from tests.factories import MONDAY, accepted_routing, routed_case
from tests.postgres import on_both

TODAY = date(2026, 6, 12)


@pytest.fixture
def accepted(cast):
    """Taken on on Monday 1 June; the tests look at it on Friday 12 June."""
    with clock.standing_at(MONDAY):
        made = accepted_routing(cast, cast.tuo_fuying, to={"social_assistance": ["dibao", "child"]})
    with clock.standing_at(MONDAY + timedelta(days=11)):
        yield made


def june(n: int) -> date:
    return date(2026, 6, n)


def record(one, actor, step="check_started", on=None, **other):
    return formal_steps.record_step(
        one, **{"category": "dibao", "step": step, "happened_on": on or june(3), "actor": actor} | other
    )


@on_both
def test_a_step_is_recorded_and_the_next_one_is_due(cast, accepted):
    assert (accepted.next_step, accepted.next_due_on) == ("check_started", june(4))
    made = record(accepted, cast.tuo_fuying, note="房产、车辆已回")
    assert (made.happened_on, made.note, made.recorder) == (june(3), "房产、车辆已回", cast.tuo_fuying)
    assert (accepted.next_step, accepted.next_due_on) == ("surveyed", june(4))
    record(accepted, cast.tuo_fuying, "surveyed", june(4))
    # The child's procedure is now the one that is due first.
    assert (accepted.next_step, accepted.next_due_on) == ("examined", june(22))
    db.session.flush()
    assert db.session.query(ProcedureStep).count() == 2


@on_both
def test_a_wrong_day_is_corrected_and_the_old_one_kept(cast, accepted):
    record(accepted, cast.tuo_fuying)
    made = record(accepted, cast.tuo_fuying, on=june(2))
    db.session.flush()
    assert formal_steps.standing_steps(accepted, "dibao") == {"check_started": made}
    assert [row.happened_on for row in accepted.steps] == [june(3), june(2)]


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"category": "tekun"}, "step_category"),
        ({"step": "first_opinion"}, "step_order"),
        ({"step": "prolonged", "note": " "}, "reason_missing"),
        ({"on": june(13)}, "step_in_future"),
        ({"category": "child", "step": "public", "until_on": june(10)}, "step_unknown"),
    ],
)
def test_a_step_is_refused(cast, accepted, wrong, code):
    refuses(code, record, accepted, cast.tuo_fuying, **wrong)


def test_only_what_was_taken_on_has_steps(cast):
    sent = routed_case(cast, to={"relapse_prevention": []}).routings[0]
    refuses("routing_state", record, sent, cast.mao_zhiqiang, category="", step="promised")


@pytest.mark.parametrize("who", ["bai_caixia", "mi_jianjun", "liu_yulan", "tie_jianhua"])
def test_only_departments_record_steps(cast, accepted, who):
    refuses("forbidden", record, accepted, getattr(cast, who))


def test_it_is_out_of_other_departments_sight(cast, accepted):
    unseen_routing(accepted.id, cast.mao_zhiqiang, cast.li_zhanfu)


def test_a_step_leaves_one_event(cast, accepted):
    with one_event("step:recorded", by=cast.tuo_fuying, of=accepted.case) as facts:
        record(accepted, cast.tuo_fuying)
    assert facts == {
        "queue": "social_assistance", "category": "dibao", "step": "check_started",
        "on": "2026-06-03", "until": None, "corrected": False,
    }  # fmt: skip


def test_a_result_cannot_be_older_than_the_steps(cast, accepted):
    record(accepted, cast.tuo_fuying)
    given = {"outcome": "included", "category": "dibao", "decided_on": june(2), "actor": cast.tuo_fuying}
    refuses("decision_before_step", decision.decide, accepted, **given)
    decision.decide(accepted, **given | {"decided_on": june(3)})


def test_what_left_the_department_waits_for_nothing(cast, accepted):
    routing.return_to_township(accepted, reason="缺授权书", actor=cast.tuo_fuying)
    assert (accepted.state, accepted.next_step, accepted.next_due_on) == (RoutingState.RETURNED, "", None)


@on_both
def test_the_database_knows_no_notice_of_children(cast, accepted):
    accepted.steps.append(
        ProcedureStep(
            category="child", step="public", happened_on=june(2), until_on=june(9),
            recorder=cast.tuo_fuying, recorded_at=MONDAY, note="",
        )
    )  # fmt: skip
    with pytest.raises(IntegrityError):
        db.session.flush()
    db.session.rollback()


@on_both
def test_a_prolonged_procedure_has_45_days_and_a_delegated_one_20(cast, accepted):
    county = accepted.case.county_code

    def total():
        return formal_steps.Ways(county).total_due(accepted, "dibao")

    def in_days(days):
        start = clock.local(accepted.accepted_at).date()
        return procedure.counted(start, days, "workdays", parameters.value("workday_exceptions", on=start))

    assert total() == in_days(30)
    row = Parameter(key="dibao_delegated", area_code=county, value=True, valid_from_on=june(1), source="县里委托")
    db.session.add(row)
    db.session.flush()
    assert total() == in_days(20)
    record(accepted, cast.tuo_fuying, "prolonged", note="外出务工，核对还没回")
    db.session.flush()
    assert total() == in_days(45)
    assert accepted.next_step == "check_started"
