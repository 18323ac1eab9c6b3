"""帮扶计划、帮扶措施, and papers asked of the township: does it, refuses, out of sight, leaves its event."""

from datetime import date, timedelta

import pytest

from backend import access_departments, clock
from backend.domain import material_request, support
from backend.models import db
from tests.domain.asks import one_event, refuses
from tests.factories import MONDAY, accepted_routing, routed_case
from tests.postgres import on_both

JUNE_1 = date(2026, 6, 1)


@pytest.fixture
def watched(cast):
    with clock.standing_at(MONDAY):
        yield accepted_routing(cast, cast.mao_zhiqiang, to={"relapse_prevention": []})


def plan(**other):
    return {"labour": "able", "needs": ["industry", "finance"], "responsible": "马主任"} | other


def measure(**other):
    return {"need": "industry", "text": "发鸡苗 50 只", "responsible": "马主任", "starts_on": JUNE_1} | other


@on_both
def test_a_plan_is_made_and_changed(cast, watched):
    support.make_plan(watched, actor=cast.mao_zhiqiang, **plan())
    made = support.make_plan(watched, actor=cast.mao_zhiqiang, **plan(needs=["job"], goal="年底稳定务工"))
    db.session.flush()
    assert (watched.plan, made.needs, made.goal) == (made, ["job"], "年底稳定务工")


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"labour": ""}, "plan_labour"),
        ({"needs": ["none"]}, "plan_needs"),
        ({"labour": "none"}, "plan_unfit"),
        ({"responsible": " "}, "responsible_missing"),
    ],
)
def test_a_plan_is_refused(cast, watched, wrong, code):
    refuses(code, support.make_plan, watched, actor=cast.mao_zhiqiang, **plan(**wrong))


@on_both
def test_a_measure_is_added_and_finished(cast, watched):
    made = support.add_measure(watched, actor=cast.mao_zhiqiang, **measure(funds_fen=150000))
    assert (watched.measures, made.funds_fen, made.done_on) == ([made], 150000, None)
    with clock.standing_at(MONDAY + timedelta(days=3)):
        support.finish_measure(made, done_on=date(2026, 6, 3), result="鸡苗成活", actor=cast.mao_zhiqiang)
        db.session.flush()
        refuses("measure_done", support.finish_measure, made, done_on=JUNE_1, actor=cast.mao_zhiqiang)
    assert (made.done_on, made.result) == (date(2026, 6, 3), "鸡苗成活")


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"need": "none"}, "measure_need"),
        ({"text": ""}, "measure_missing"),
        ({"responsible": ""}, "responsible_missing"),
        ({"ends_on": date(2026, 5, 1)}, "measure_end_before"),
        ({"funds_fen": -1}, "amount_invalid"),
    ],
)
def test_a_measure_is_refused(cast, watched, wrong, code):
    refuses(code, support.add_measure, watched, actor=cast.mao_zhiqiang, **measure(**wrong))


def test_it_is_not_finished_before_it_begins(cast, watched):
    made = support.add_measure(watched, actor=cast.mao_zhiqiang, **measure())
    for day in (date(2026, 5, 31), date(2026, 6, 2)):
        refuses("measure_done_day", support.finish_measure, made, done_on=day, actor=cast.mao_zhiqiang)


def test_only_departments_help_what_they_took_on(cast, watched):
    refuses("forbidden", support.make_plan, watched, actor=cast.bai_caixia, **plan())
    refuses("forbidden", support.add_measure, watched, actor=cast.bai_caixia, **measure())
    sent = routed_case(cast, to={"housing": []}).routings[0]
    refuses("routing_state", support.add_measure, sent, actor=cast.zhao_shengfu, **measure())


def test_plan_and_measures_leave_one_event_each(cast, watched):
    with one_event("plan:made", by=cast.mao_zhiqiang, of=watched.case) as facts:
        support.make_plan(watched, actor=cast.mao_zhiqiang, **plan())
    assert facts == {"queue": "relapse_prevention", "needs": ["industry", "finance"]}
    with one_event("measure:added", by=cast.mao_zhiqiang, of=watched.case) as facts:
        made = support.add_measure(watched, actor=cast.mao_zhiqiang, **measure())
    assert facts == {"queue": "relapse_prevention", "need": "industry"}
    with one_event("measure:finished", by=cast.mao_zhiqiang, of=watched.case) as facts:
        support.finish_measure(made, done_on=JUNE_1, actor=cast.mao_zhiqiang)
    assert facts == {"queue": "relapse_prevention", "need": "industry"}


@on_both
def test_papers_are_asked_for_and_brought(cast, watched):
    with one_event("materials:asked", by=cast.mao_zhiqiang, of=watched.case) as facts:
        asked = material_request.ask_materials(watched, text="住院发票一张", actor=cast.mao_zhiqiang)
    assert (asked.due_on, watched.open_request) == (date(2026, 6, 8), asked)
    assert facts == {"queue": "relapse_prevention", "due_on": "2026-06-08"}
    db.session.flush()
    with one_event("materials:answered", by=cast.bai_caixia, of=watched.case):
        material_request.answer_materials(asked, answer="发票补上了", actor=cast.bai_caixia)
    assert watched.open_request is None
    refuses("request_answered", material_request.answer_materials, asked, answer="再补", actor=cast.bai_caixia)


def test_asking_and_answering_are_refused(cast, watched):
    ask = material_request.ask_materials
    refuses("request_missing", ask, watched, text=" ", actor=cast.mao_zhiqiang)
    refuses("forbidden", ask, watched, text="发票", actor=cast.bai_caixia)
    asked = ask(watched, text="发票", actor=cast.mao_zhiqiang)
    refuses("request_open", ask, watched, text="再要一样", actor=cast.mao_zhiqiang)
    refuses("answer_missing", material_request.answer_materials, asked, answer="", actor=cast.bai_caixia)
    refuses("forbidden", material_request.answer_materials, asked, answer="补了", actor=cast.mao_zhiqiang)


def test_both_are_out_of_others_sight(cast, watched):
    asked = material_request.ask_materials(watched, text="发票", actor=cast.mao_zhiqiang)
    made = support.add_measure(watched, actor=cast.mao_zhiqiang, **measure())
    db.session.flush()
    for user in (cast.tuo_fuying, cast.li_zhanfu, cast.liu_yulan):
        for find, thing in ((access_departments.find_request, asked), (access_departments.find_measure, made)):
            with pytest.raises(Exception, match="not_found"):
                find(user, thing.id)
