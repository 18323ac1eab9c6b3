"""消息: each event reaches the office whose duty it is, once, without a name."""

from datetime import timedelta

import pytest

from backend import clock, upkeep
from backend.access_liaison import find_message, visible_messages
from backend.codebook import MessageKind
from backend.domain import contributions, decision, exchange, liaison, messages, objection, routing, supervision
from backend.models import Area, Message, MessageMark, db
from backend.problems import Problem
from tests.cast import COUNTY, GONGMEN, LISHAN, LONGSHAN
from tests.factories import MONDAY, accepted_routing, assigned_case, publish, routed_case, visit_case, visited_case
from tests.postgres import on_both


@pytest.fixture(autouse=True)
def due_told(app):
    """Today's due ones are told already, but where a test is about them."""
    db.session.get(MessageMark, 1).due_on = clock.local(clock.now()).date()


def heard(who) -> dict[str, int]:
    return {m.kind: m.facts["n"] for m in db.session.scalars(visible_messages(who))}


@on_both
def test_new_warnings_are_one_message_for_their_township(app, cast):
    publish(), publish(), publish(village=LISHAN)
    assert upkeep.tell_offices() >= 3
    assert heard(cast.bai_caixia) == {"new_warnings": 2}
    assert heard(cast.li_zhanfu) == {"new_warnings": 1}
    for who in (cast.mi_jianjun, cast.mao_zhiqiang, cast.zhao_shengfu):
        assert heard(who) == {}
    assert upkeep.tell_offices() == 0
    publish()
    upkeep.tell_offices()
    assert heard(cast.bai_caixia) == {"new_warnings": 3}
    messages.read(list(db.session.scalars(visible_messages(cast.bai_caixia))), reader=cast.bai_caixia)
    publish()
    upkeep.tell_offices()
    assert sorted(m.facts["n"] for m in db.session.scalars(visible_messages(cast.bai_caixia))) == [1, 3]


def test_work_goes_to_the_department_and_back(cast):
    case = routed_case(cast, to={"housing": [], "social_assistance": ["dibao"]})
    upkeep.tell_offices()
    assert heard(cast.zhao_shengfu) == {"routed": 1}
    assert heard(cast.tuo_fuying) == {"routed": 1}
    assert heard(cast.chen_xiaohong) == heard(cast.mao_zhiqiang) == {}
    housing = next(r for r in case.routings if r.queue == "housing")
    routing.return_to_township(housing, reason="不是住房的事", actor=cast.zhao_shengfu)
    upkeep.tell_offices()
    assert heard(cast.bai_caixia)["routing_returned"] == 1


def test_a_visit_waits_for_review(cast):
    visited_case(cast)
    upkeep.tell_offices()
    assert heard(cast.bai_caixia) == {"new_warnings": 1, "to_review": 1}


def test_a_notice_to_a_township_and_its_answer(cast):
    notice = supervision.issue_notice(
        db.session.get(Area, GONGMEN), cases=[publish(at=clock.now() - timedelta(days=9))], due_at=clock.now() + timedelta(days=2), matter="超期没有入户",
        reply_wanted="写原因", actor=cast.mao_zhiqiang,
    )  # fmt: skip
    upkeep.tell_offices()
    assert heard(cast.bai_caixia)["supervision_issued"] == 1
    supervision.answer_notice(notice, answer="去了", actor=cast.bai_caixia)
    upkeep.tell_offices()
    assert heard(cast.mao_zhiqiang) == {"supervision_answered": 1}


def test_who_was_told_something_hears_of_it_and_nobody_else(cast):
    card = liaison.Card(
        unit="县教育局", name="陈小红", title="", duty="A", office_phone="", mobile="12000000901", note=""
    )
    on = clock.local(clock.now()).date()
    to = liaison.add_liaison(db.session.get(Area, COUNTY), card, valid_from_on=on, actor=cast.tuo_fuying)
    db.session.flush()
    exchange.record_exchange(to, matter="三户有孩子辍学，请去看看", reply_by_on=None, actor=cast.bai_caixia)
    upkeep.tell_offices()
    assert heard(cast.chen_xiaohong) == {"exchange_recorded": 1}
    for other in (cast.mao_zhiqiang, cast.tuo_fuying, cast.zhao_shengfu, cast.bai_caixia):
        assert heard(other) == {}


def test_old_news_and_old_messages_are_none(cast):
    with clock.standing_at(clock.now() - timedelta(days=8)):
        publish()
    upkeep.tell_offices()
    assert heard(cast.bai_caixia) == {}
    publish()
    upkeep.tell_offices()
    with clock.standing_at(clock.now() + timedelta(days=31)):
        assert heard(cast.bai_caixia) == {}


@on_both
def test_what_is_due_is_told_once_in_the_morning(app, cast):
    publish(at=MONDAY), publish(at=MONDAY), publish(at=MONDAY - timedelta(days=2)), publish(at=MONDAY, village=LISHAN)
    last_day = MONDAY + timedelta(days=5)
    with clock.standing_at(last_day.replace(hour=23) - timedelta(days=1)):
        assert messages.tell_due() == 0
    with clock.standing_at(last_day):
        assert messages.due_counts([COUNTY], (0, 1)) == {GONGMEN: (1, 2, 0), LONGSHAN: (0, 1, 0)}
        assert messages.urgent_count([COUNTY]) == 0
        assert messages.tell_due() == 3
        assert messages.tell_due() == 0
        assert heard(cast.bai_caixia) == {"due_today": 2, "overdue": 1}


@on_both
def test_each_step_before_the_last_day_is_told_once(app, cast):
    publish(at=MONDAY), publish(at=MONDAY)
    told = {}
    for days in range(2, 7):
        with clock.standing_at(MONDAY + timedelta(days=days)):
            before = set(db.session.scalars(db.select(Message)))
            messages.tell_due()
            assert messages.tell_due() == 0
            told[days] = {m.kind: m.facts["n"] for m in set(db.session.scalars(db.select(Message))) - before}
    assert told == {
        2: {}, 3: {"due_in_two_days": 2}, 4: {"due_tomorrow": 2}, 5: {"due_today": 2}, 6: {"overdue": 2},
    }  # fmt: skip


def test_who_is_visited_in_time_is_not_reminded(cast):
    with clock.standing_at(MONDAY):
        visited_case(cast)
    with clock.standing_at(MONDAY + timedelta(days=4)):
        assert messages.tell_due() == 0


@on_both
def test_an_emergency_reaches_the_township_and_civil_affairs_at_once(app, cast):
    case = assigned_case(cast)
    upkeep.tell_offices()
    report = {"reported_at": clock.now(), "text": "后墙塌了"}
    contributions.report_urgency(case, report, actor=cast.mi_jianjun)
    upkeep.tell_offices()
    assert heard(cast.bai_caixia)["urgent"] == 1
    assert heard(cast.tuo_fuying) == {"urgent": 1}
    for other in (cast.li_zhanfu, cast.mao_zhiqiang, cast.zhao_shengfu, cast.mi_jianjun):
        assert "urgent" not in heard(other)
    assert messages.urgent_count([COUNTY]) == 1
    assert messages.urgent_count(["620522"]) == 0


def test_an_objection_left_to_the_lead_is_told_there_too(cast):
    one = accepted_routing(cast, cast.tuo_fuying, to={"social_assistance": ["dibao"]})
    today = clock.local(clock.now()).date()
    decision.decide(
        one,
        outcome="declined",
        category="dibao",
        decided_on=today,
        reason_code="income",
        reason="高于标准",
        actor=cast.tuo_fuying,
    )
    objection.raise_objection(one, raised_on=today, relation="head", text="牛已经卖了", actor=cast.bai_caixia)
    upkeep.tell_offices()
    assert heard(cast.mao_zhiqiang)["objection_raised"] == heard(cast.tuo_fuying)["objection_raised"] == 1
    assert "objection_raised" not in heard(cast.chen_xiaohong)


def test_a_visit_that_says_so_is_an_emergency_once(cast):
    case = assigned_case(cast)
    visit_case(case, author=cast.mi_jianjun, is_urgent="yes")
    visit_case(case, author=cast.mi_jianjun, is_urgent="yes")
    upkeep.tell_offices()
    assert heard(cast.tuo_fuying) == {"urgent": 1}
    assert heard(cast.bai_caixia)["to_review"] == 1


def test_a_message_is_out_of_sight_elsewhere(cast):
    publish()
    upkeep.tell_offices()
    one = db.session.scalars(db.select(Message)).one()
    assert find_message(cast.bai_caixia, one.id) is one
    for who in (cast.li_zhanfu, cast.tuo_fuying, cast.mi_jianjun):
        with pytest.raises(Problem, match="not_found"):
            find_message(who, one.id)


def test_titles_name_nobody():
    for kind in MessageKind:
        assert kind.label.format(n=3, place="恭门镇")
        assert not set(kind.label) & set("名病债童")
