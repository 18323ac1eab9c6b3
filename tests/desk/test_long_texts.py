"""Long texts: a form says how much it takes, and what is stored anyhow never keeps a sheet from being printed."""

from datetime import timedelta

import pytest

from backend import clock
from backend.codebook import FindingKind
from backend.desk.forms import LONGEST
from backend.documents.paper import Paper
from backend.domain import review, routing, supervision
from backend.models import Area, Exchange, Finding, Inspection, Liaison, Routing, SupervisionNotice, db
from tests.cast import GONGMEN
from tests.desk.browser import visit, words
from tests.desk.test_liaisons import CARD
from tests.desk.test_printouts import page_count, text_of
from tests.factories import assigned_case, publish

STORED = "墙裂了一指宽，" * 1400


@pytest.fixture
def approved(cast):
    case = visit(assigned_case(cast), author=cast.mi_jianjun).case
    review.approve(case, actor=cast.bai_caixia, reason=STORED)
    return case


def test_a_handover_and_an_opinion_of_any_length_are_printed(desk, cast, approved):
    one = routing.route(approved, to={"housing": []}, reason=STORED, actor=cast.bai_caixia)[0]
    for address in (f"/routings/{one.id}/handover.pdf", f"/cases/{approved.id}/opinion.pdf"):
        answer = desk(cast.bai_caixia).get(address)
        assert text_of(answer).count("指") >= 1400
        assert "（续）" in text_of(answer) or "opinion" in address
        assert page_count(answer) > 4


def test_a_supervision_notice_of_any_length_is_printed(desk, cast):
    late = publish(name="马法图麦", at=clock.now() - timedelta(days=9))
    notice = supervision.issue_notice(
        db.session.get(Area, GONGMEN), cases=[late], due_at=clock.now() + timedelta(days=2), matter=STORED,
        reply_wanted="a" * 4000, actor=cast.mao_zhiqiang,
    )  # fmt: skip
    told = text_of(desk(cast.mao_zhiqiang).get(f"/supervision/{notice.id}/notice.pdf"))
    assert told.count("指") == 1400
    assert told.count("a") == 4000


def test_a_word_wider_than_its_line_is_torn():
    paper = Paper("试")
    paper.letters("serif", 10)
    lines = paper.folded("a" * 400, 60).split("\n")
    assert "".join(lines) == "a" * 400
    assert all(paper.get_string_width(line) <= 60 for line in lines)


@pytest.mark.parametrize("width", range(34, 70, 3))
def test_a_day_stays_on_one_line_of_paper(width):
    paper = Paper("试")
    paper.letters("serif", 10)
    text = "公示从 2023 年 10 月 8 日到10月14日，2023年12月1日前答复，其余的照旧办理。" * 3
    lines = paper.folded(text, width)
    assert lines.replace("\n", "") == text
    assert all(lines.count(day) == 3 for day in ("2023 年 10 月 8 日", "10月14日", "2023年12月1日"))


def _too_long(answer) -> None:
    assert answer.status_code == 422, answer.status_code
    assert f"最多写 {LONGEST} 字" in words(answer)


def test_what_a_township_writes_has_a_limit_and_stays_typed(desk, cast, approved):
    mine, long = desk(cast.bai_caixia), "长" * (LONGEST + 1)
    answer = mine.post(f"/cases/{approved.id}/routing", queue="housing", reason=long)
    _too_long(answer)
    assert long in answer.text
    assert db.session.query(Routing).count() == 0
    waiting = visit(assigned_case(cast), author=cast.mi_jianjun).case
    _too_long(mine.post(f"/cases/{waiting.id}/review/return", reason_code="materials", return_reason=long))
    _too_long(mine.post(f"/cases/{waiting.id}/review/approval", reason=long))
    assert mine.post(f"/cases/{approved.id}/routing", queue="housing", reason=long[1:]).status_code == 303


def test_what_a_department_writes_has_a_limit(desk, cast, approved):
    one = routing.route(approved, to={"housing": []}, reason="墙裂了", actor=cast.bai_caixia)[0]
    routing.accept(one, actor=cast.zhao_shengfu)
    mine, long = desk(cast.zhao_shengfu), "长" * (LONGEST + 1)
    for address, name in (
        ("return", "return_reason"),
        ("materials", "materials"),
        ("measures", "measure"),
        ("plan", "goal"),
    ):
        _too_long(mine.post(f"/routings/{one.id}/{address}", {name: long}))
    answer = mine.post(f"/routings/{one.id}/plan", labour="weak", needs="housing", responsible="长" * 61)
    assert "最多写 60 字" in words(answer)


def test_what_a_county_orders_and_tells_has_a_limit(desk, cast):
    late = publish(at=clock.now() - timedelta(days=9))
    mine, long = desk(cast.mao_zhiqiang), "长" * (LONGEST + 1)
    due = (clock.now() + timedelta(days=2)).date().isoformat()
    told = {"case": late.id, "due_on": due, "reply_wanted": "写原因"}
    _too_long(mine.post(f"/oversight/late?area={GONGMEN}", told, matter=long))
    assert db.session.query(SupervisionNotice).count() == 0
    assert mine.post(f"/oversight/late?area={GONGMEN}", told, matter=long[1:]).status_code == 303


def test_an_exchange_is_refused_not_cut(desk, cast):
    mine, long = desk(cast.mao_zhiqiang), "长" * (LONGEST + 1)
    desk(cast.bai_caixia).post("/liaisons/", CARD)
    to = db.session.scalars(db.select(Liaison.id)).one()
    _too_long(mine.post("/exchanges/", to=to, matter=long))
    assert db.session.query(Exchange).count() == 0
    mine.post("/exchanges/", to=to, matter=long[1:])
    made = db.session.scalars(db.select(Exchange)).one()
    assert made.matter == long[1:]
    _too_long(desk(cast.bai_caixia).post(f"/exchanges/{made.id}/answer", answer=long))
    answer = desk(cast.bai_caixia).post("/liaisons/", CARD, note="长" * 201)
    assert "最多写 200 字" in words(answer)


def test_a_finding_and_its_result_have_a_limit_and_stay_typed(desk, cast):
    mine, long = desk(cast.mao_zhiqiang), "长" * (LONGEST + 1)
    day = clock.now().date().isoformat()
    told = {"township": GONGMEN, "inspected_on": day, "team": "县督查组", "households_checked": "5", "found_real": "5"}
    assert mine.post("/inspections/", told).status_code == 303
    address = f"/inspections/{db.session.scalars(db.select(Inspection.id)).one()}"
    problem = {"kind": "other", "problem": "没有两人入户", "rectification": "补去", "due_on": "2099-01-01"}
    _too_long(mine.post(f"{address}/findings", problem, problem=long))
    problem["kind"] = FindingKind(next(iter(FindingKind)))
    assert mine.post(f"{address}/findings", problem).status_code == 303
    one = db.session.scalars(db.select(Finding.id)).one()
    answer = mine.post(f"{address}/findings/{one}/closing", result=long)
    _too_long(answer)
    assert long in answer.text
