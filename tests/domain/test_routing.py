"""分流、转办: to several queues, taken on, sent back, taken back, settled."""

import pytest

from backend import clock
from backend.codebook import RoutingState, Stage
from backend.domain import decision, routing
from tests.domain.asks import one_event, refuses, unseen_case, unseen_routing
from tests.factories import accepted_routing, reviewed_case, routed_case, visited_case

TWO = {"social_assistance": ["dibao"], "housing": []}


@pytest.fixture
def reviewed(cast):
    return reviewed_case(cast)


@pytest.fixture
def sent(cast):
    """One routing, to 住房, that nobody has taken on."""
    return routed_case(cast).routings[0]


def test_a_household_goes_to_several_queues_at_once(cast, reviewed):
    made = routing.route(reviewed, to=TWO, reason=" 自付大 ", actor=cast.bai_caixia)
    assert {r.queue: (r.categories, r.state, r.reason) for r in made} == {
        "social_assistance": (["dibao"], RoutingState.SENT, "自付大"),
        "housing": ([], RoutingState.SENT, "自付大"),
    }
    assert reviewed.stage == Stage.ROUTED


@pytest.mark.parametrize(
    ("to", "reason", "code"),
    [
        ({}, "属实", "routing_empty"),
        ({"nowhere": []}, "属实", "routing_empty"),
        ({"housing": [], "nowhere": []}, "属实", "routing_empty"),
        ({"housing": [], "explanation": []}, "属实", "routing_exclusive"),
        ({"social_assistance": []}, "属实", "category_missing"),
        ({"social_assistance": ["unstable"]}, "属实", "category_missing"),
        ({"housing": []}, " ", "reason_missing"),
    ],
)
def test_a_routing_is_refused(cast, reviewed, to, reason, code):
    refuses(code, routing.route, reviewed, to=to, reason=reason, actor=cast.bai_caixia)


def test_what_stands_is_not_routed_twice_nor_joined_by_not_eligible(cast):
    case = routed_case(cast, to=TWO)
    routing.return_to_township(case.routings[0], reason="缺授权书", actor=cast.tuo_fuying)
    given = {"reason": "属实", "actor": cast.bai_caixia}
    refuses("already_routed", routing.route, case, to={"housing": []}, **given)
    refuses("routing_exclusive", routing.route, case, to={"explanation": []}, **given)
    routing.route(case, to={"social_assistance": ["temporary"]}, **given)
    assert [r.queue for r in routing.standing(case)] == ["housing", "social_assistance"]


def test_only_a_reviewed_case_is_routed_and_only_by_the_township(cast, reviewed):
    given = {"to": {"housing": []}, "reason": "属实"}
    refuses("wrong_stage", routing.route, visited_case(cast), actor=cast.bai_caixia, **given)
    refuses("forbidden", routing.route, reviewed, actor=cast.tuo_fuying, **given)


def test_a_case_to_be_routed_is_out_of_others_sight(cast, reviewed):
    unseen_case(reviewed, cast.li_zhanfu, cast.zhao_shengfu, cast.tie_jianhua)


def test_routing_leaves_one_event_for_all_queues(cast, reviewed):
    with one_event("case:routed", by=cast.bai_caixia, of=reviewed) as facts:
        routing.route(reviewed, to=TWO, reason="属实", actor=cast.bai_caixia)
    assert facts == {"queues": ["social_assistance", "housing"]}


def test_a_department_takes_it_on(cast, sent):
    with one_event("routing:accepted", by=cast.zhao_shengfu, of=sent.case) as facts:
        routing.accept(sent, actor=cast.zhao_shengfu)
    assert facts == {"queue": "housing"}
    assert (sent.state, sent.accepted_by) == (RoutingState.ACCEPTED, cast.zhao_shengfu.id)
    assert sent.accepted_at is not None


def test_a_department_sends_it_back(cast, sent):
    with one_event("routing:returned", by=cast.zhao_shengfu, of=sent.case):
        routing.return_to_township(sent, reason=" 不归我们 ", actor=cast.zhao_shengfu)
    assert (sent.state, sent.return_reason, sent.returned_by) == ("returned", "不归我们", cast.zhao_shengfu.id)
    assert (sent.case.stage, routing.standing(sent.case)) == (Stage.REVIEWED, [])
    refuses("routing_state", routing.accept, sent, actor=cast.zhao_shengfu)
    refuses("routing_state", routing.return_to_township, sent, reason="再退", actor=cast.zhao_shengfu)


def test_what_was_taken_on_can_still_be_sent_back_but_not_taken_on_again(cast):
    one = accepted_routing(cast, cast.zhao_shengfu, to={"housing": []})
    refuses("routing_state", routing.accept, one, actor=cast.zhao_shengfu)
    refuses("reason_missing", routing.return_to_township, one, reason=" ", actor=cast.zhao_shengfu)
    routing.return_to_township(one, reason="缺鉴定", actor=cast.zhao_shengfu)
    assert one.state == RoutingState.RETURNED


def test_a_township_does_not_do_the_departments_work(cast, sent):
    refuses("forbidden", routing.accept, sent, actor=cast.bai_caixia)
    refuses("forbidden", routing.return_to_township, sent, reason="退", actor=cast.bai_caixia)


def test_another_queues_routing_is_out_of_sight(cast, sent):
    unseen_routing(sent.id, cast.tuo_fuying, cast.chen_xiaohong, cast.li_zhanfu, cast.mi_jianjun, cast.liu_yulan)


def test_a_township_takes_back_a_mistaken_routing(cast, sent):
    with one_event("routing:withdrawn", by=cast.bai_caixia, of=sent.case) as facts:
        routing.withdraw(sent, actor=cast.bai_caixia, reason=" 转错了 ")
    assert facts == {"queue": "housing"}
    assert (sent.state, sent.withdrawal_reason) == (RoutingState.WITHDRAWN, "转错了")
    assert sent.withdrawn_at is not None
    assert (sent.case.stage, routing.standing(sent.case)) == (Stage.REVIEWED, [])
    routing.route(sent.case, to={"housing": []}, reason="没转错", actor=cast.bai_caixia)


def test_a_returned_routing_is_taken_back_with_the_departments_words_kept(cast, sent):
    routing.return_to_township(sent, reason="不归我们", actor=cast.zhao_shengfu)
    routing.withdraw(sent, actor=cast.bai_caixia, reason="不用转了")
    assert (sent.state, sent.return_reason, sent.withdrawal_reason) == ("withdrawn", "不归我们", "不用转了")


def test_a_withdrawal_is_refused(cast, sent):
    refuses("reason_missing", routing.withdraw, sent, actor=cast.bai_caixia, reason=" ")
    for other in (cast.zhao_shengfu, cast.mi_jianjun, cast.mao_zhiqiang):
        refuses("forbidden", routing.withdraw, sent, actor=other, reason="转错了")
    routing.accept(sent, actor=cast.zhao_shengfu)
    refuses("routing_state", routing.withdraw, sent, actor=cast.bai_caixia, reason="转错了")


def test_nothing_is_taken_back_from_a_closed_case(cast):
    case = routed_case(cast, to=TWO)
    away, stays = case.routings
    routing.return_to_township(away, reason="缺授权书", actor=cast.tuo_fuying)
    routing.accept(stays, actor=cast.zhao_shengfu)
    today = clock.local(clock.now()).date()
    decision.decide(stays, outcome="solved", decided_on=today, actor=cast.zhao_shengfu)
    routing.settle(case, actor=cast.bai_caixia)
    assert case.stage == Stage.CLOSED
    refuses("wrong_stage", routing.withdraw, away, actor=cast.bai_caixia, reason="转错了")


def test_after_a_return_it_goes_on_with_what_stands(cast):
    case = routed_case(cast, to=TWO)
    refuses("wrong_stage", routing.settle, case, actor=cast.bai_caixia)
    routing.return_to_township(case.routings[0], reason="缺授权书", actor=cast.tuo_fuying)
    refuses("forbidden", routing.settle, case, actor=cast.tuo_fuying)
    with one_event("case:settled", by=cast.bai_caixia, of=case) as facts:
        routing.settle(case, actor=cast.bai_caixia)
    assert (case.stage, facts) == (Stage.ROUTED, {"closed": False})


def test_without_anything_standing_it_does_not_go_on(cast, sent):
    routing.return_to_township(sent, reason="不归我们", actor=cast.zhao_shengfu)
    refuses("routing_empty", routing.settle, sent.case, actor=cast.bai_caixia)
    unseen_case(sent.case, cast.li_zhanfu, cast.tuo_hasan)
