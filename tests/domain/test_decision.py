"""认定结果: recorded by the department for each queue and category; the last one closes the case."""

from datetime import timedelta

import pytest

from backend import clock
from backend.codebook import RoutingState, Stage
from backend.domain import decision, formal_steps, routing
from backend.problems import Problem
from tests.domain.asks import one_event, refuses, unseen_routing
from tests.factories import accepted_routing, routed_case


def today():
    return clock.local(clock.now()).date()


def result(**other):
    return {"outcome": "included", "category": "dibao", "decided_on": today(), "amount_fen": 43000} | other


@pytest.fixture
def accepted(cast):
    """民政 has taken on 低保 and 临时救助."""
    return accepted_routing(cast, cast.tuo_fuying, to={"social_assistance": ["dibao", "temporary"]})


def test_each_category_gets_its_result_and_the_last_closes_the_case(cast, accepted):
    made = decision.decide(accepted, actor=cast.tuo_fuying, **result())
    assert (made.outcome, made.category, made.amount_fen, made.decider) == ("included", "dibao", 43000, cast.tuo_fuying)
    assert decision.undecided_categories(accepted) == ["temporary"]
    assert (accepted.state, accepted.case.stage) == (RoutingState.ACCEPTED, Stage.ROUTED)
    given = result(outcome="declined", category="temporary", amount_fen=None, reason="已给过", reason_code="already")
    decision.decide(accepted, actor=cast.tuo_fuying, **given)
    assert (accepted.state, accepted.case.stage) == (RoutingState.DECIDED, Stage.CLOSED)
    assert accepted.case.closed_at is not None


def test_another_queue_keeps_the_case_open(cast):
    one = accepted_routing(cast, cast.zhao_shengfu, to={"housing": [], "water": []})
    decision.decide(one, actor=cast.zhao_shengfu, outcome="solved", decided_on=today())
    assert (one.state, one.case.stage, one.case.closed_at) == (RoutingState.DECIDED, Stage.ROUTED, None)


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"outcome": "solved"}, "decision_outcome"),
        ({"outcome": "explained"}, "decision_outcome"),
        ({"outcome": "perhaps"}, "decision_outcome"),
        ({"category": ""}, "decision_category"),
        ({"category": "unstable"}, "decision_category"),
        ({"decided_on": "tomorrow"}, "decision_in_future"),
        ({"amount_fen": -1}, "amount_invalid"),
        ({"outcome": "declined", "amount_fen": None, "reason": "  "}, "reason_missing"),
        ({"outcome": "declined", "amount_fen": None, "reason": "高于标准"}, "decline_reason"),
        ({"outcome": "declined", "amount_fen": None, "reason": "高于标准", "reason_code": "many"}, "decline_reason"),
    ],
)
def test_a_result_is_refused(cast, accepted, wrong, code):
    if wrong.get("decided_on"):
        wrong = {"decided_on": today() + timedelta(days=1)}
    refuses(code, decision.decide, accepted, actor=cast.tuo_fuying, **result(**wrong))


def test_a_monitored_household_has_its_own_categories(cast):
    one = accepted_routing(cast, cast.mao_zhiqiang, to={"relapse_prevention": []})
    given = {"actor": cast.mao_zhiqiang, "amount_fen": None}
    refuses("decision_category", decision.decide, one, **result(**given, category="dibao"))
    decision.decide(one, **result(**given, category="sudden"))
    assert one.case.stage == Stage.CLOSED


def test_a_problem_that_stays_needs_words(cast):
    one = accepted_routing(cast, cast.zhao_shengfu, to={"housing": []})
    given = {"outcome": "unsolved", "decided_on": today(), "actor": cast.zhao_shengfu}
    refuses("reason_missing", decision.decide, one, **given)
    assert decision.decide(one, reason="等明年的指标", **given).reason == "等明年的指标"


def test_only_what_was_taken_on_is_decided(cast):
    sent = routed_case(cast, to={"social_assistance": ["dibao"]}).routings[0]
    refuses("routing_state", decision.decide, sent, actor=cast.tuo_fuying, **result())
    routing.accept(sent, actor=cast.tuo_fuying)
    decision.decide(sent, actor=cast.tuo_fuying, **result())
    refuses("routing_state", decision.decide, sent, actor=cast.tuo_fuying, **result())


@pytest.mark.parametrize("who", ["bai_caixia", "mi_jianjun", "liu_yulan", "tie_jianhua"])
def test_only_departments_decide(cast, accepted, who):
    refuses("forbidden", decision.decide, accepted, actor=getattr(cast, who), **result())


def test_it_is_out_of_other_departments_sight(cast, accepted):
    unseen_routing(accepted.id, cast.mao_zhiqiang, cast.zhao_shengfu, cast.li_zhanfu, cast.liu_yulan)


def test_a_result_leaves_one_event_that_says_whether_it_closed(cast, accepted):
    steps = ["check_started", "surveyed", "first_opinion", "public"]
    told = {"queue": "social_assistance", "outcome": "included", "closed": False, "category": "dibao"}
    with one_event("decision:recorded", by=cast.tuo_fuying, of=accepted.case) as facts:
        decision.decide(accepted, actor=cast.tuo_fuying, **result())
    assert facts == told | {"elsewhere": steps}
    with one_event("decision:recorded", by=cast.tuo_fuying, of=accepted.case) as facts:
        decision.decide(accepted, actor=cast.tuo_fuying, **result(category="temporary"))
    temporary = formal_steps.unrecorded(accepted, "temporary")
    assert facts == told | {"category": "temporary", "closed": True, "elsewhere": temporary}


def test_nobody_is_included_without_the_procedure_or_a_word_where_it_was(cast, accepted):
    """民发〔2021〕57号 第28条: 未经程序不得直接纳入."""
    with pytest.raises(Problem) as told:
        decision.decide(accepted, actor=cast.tuo_fuying, steps_elsewhere=False, **result())
    assert told.value.code == "steps_unrecorded"
    assert "公示" in told.value.message
    assert accepted.decisions == []
    declined = result(outcome="declined", reason_code="income", reason="高于标准")
    assert decision.decide(accepted, actor=cast.tuo_fuying, steps_elsewhere=False, **declined).outcome == "declined"
