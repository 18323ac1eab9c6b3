"""公示: the page and the printed lists say the same; no child, no number, no telephone, no 社 hangs in a village."""

import io
import json
import re
from datetime import date, timedelta

import pytest
from openpyxl import load_workbook
from sqlalchemy import select

from backend import clock
from backend.access import visible_cases
from backend.domain import routing
from backend.domain.public_notice import posted_on
from backend.models import Event, ProcedureStep, Routing, db
from tests.desk.test_printouts import page_count, text_of
from tests.factories import id_number, routed_case
from tests.postgres import on_both

PHONE, NUMBER = "12000000664", id_number(order=664)


def today() -> date:
    return clock.local(clock.now()).date()


def hang(one: Routing, category: str = "dibao", *, days: int = 7, since: int = 0) -> ProcedureStep:
    """A public notice that began `since` days ago."""
    begun = today() - timedelta(days=since)
    step = ProcedureStep(category=category, step="public", happened_on=begun, until_on=begun + timedelta(days=days),
                         recorder=one.router, recorded_at=clock.now())  # fmt: skip
    one.steps.append(step)
    db.session.flush()
    return step


def routing_of(cast, category: str, **other) -> Routing:
    return routed_case(cast, to={"social_assistance": [category]}, **other).routings[0]


@pytest.fixture
def hanging(cast) -> list[Routing]:
    """毛山村: two for 低保, one for 特困; one whose notice is over."""
    two = [routing_of(cast, "dibao", name=name, phone=PHONE, id_number=number)
           for name, number in (("马法图麦", NUMBER), ("妥索非也", id_number(order=665)))]  # fmt: skip
    for one in two:
        hang(one)
    hang(routing_of(cast, "tekun", name="铁生福"), "tekun")
    hang(routing_of(cast, "dibao", name="苏玉兰"), since=20)
    return two


def test_the_lists_say_what_the_page_says_and_nothing_else(desk, cast, hanging):
    mine = desk(cast.bai_caixia)
    page = mine.text("/public-notices/")
    assert "在公示的 3 户" in page
    assert "打印全部 2 张" in page
    answer = mine.get("/public-notices/lists.pdf")
    told = text_of(answer)
    assert page_count(answer) == 2
    counts = re.findall(r"恭门镇毛山村：(\S+) (\d+) 户", page)
    assert sorted(counts) == [("农村低保", "2"), ("特困供养", "1")]
    for kind, count in counts:
        assert f"下列{count}户拟纳入{kind}" in told
    for hidden in ("马法图麦", "妥索非也", "苏*兰", "苏玉兰", NUMBER, PHONE, "三社", "住院", "0664"):
        assert hidden not in told, hidden
    assert "马**麦" in told
    assert "12317、12345" in told
    assert "马" not in answer.headers["Content-Disposition"]
    one = mine.get("/public-notices/lists.pdf?place=620525102222&kind=tekun")
    assert page_count(one) == 1
    assert "铁*福" in text_of(one)
    assert mine.get("/public-notices/lists.pdf?place=620525102222&kind=child").status_code == 404


@pytest.mark.usefixtures("hanging")
def test_whole_names_need_a_reason_and_leave_an_event(desk, cast):
    mine = desk(cast.bai_caixia)
    refused = mine.post("/public-notices/lists", reason="贴")
    assert refused.status_code == 422
    assert "写清楚为什么要全号" in refused.text
    told = text_of(mine.post("/public-notices/lists", reason="贴在毛山村村务公开栏"))
    assert "马法图麦" in told
    assert NUMBER not in told
    assert told.count(f"白彩霞{today():%Y-%m-%d}") == 2
    assert "白彩霞" not in text_of(mine.get("/public-notices/lists.pdf"))
    event = db.session.scalars(select(Event).where(Event.tag == "ledger:exported")).one()
    assert (event.facts["ledger"], event.facts["rows"]) == ("public_notices", 3)
    assert desk(cast.liu_yulan).post("/public-notices/lists", reason="贴在毛山村村务公开栏").status_code == 403


@on_both
def test_no_child_hangs_there(cast):
    born = f"{today().year - 10}0301"
    hang(routing_of(cast, "tekun", name="马小明", id_number=id_number(born)), "tekun")
    kept = routing_of(cast, "dibao", name="马占福")
    hang(kept)
    found = posted_on(today(), cases=visible_cases(cast.bai_caixia))
    assert [one.case.id for one in found.posted if one.kind == "dibao"] == [kept.case_id]
    assert "马小明" not in [one.case.applicant_name for one in found.posted]
    assert found.left_out == 1
    assert posted_on(today() + timedelta(days=30), cases=visible_cases(cast.bai_caixia)).posted == []


@pytest.mark.parametrize("told", [
    {"head_name": "马小明", "head_id_number": id_number(f"{today().year - 10}0301")},
    {"members": [{"m_name": "马 小明", "m_birth_on": f"{today().year - 10}-03-01"}]},
    {"members": [{"m_name": "马小明", "m_id_number": id_number(f"{today().year - 10}0301")}]},
])  # fmt: skip
def test_a_child_whose_age_only_the_visit_knows_hangs_nowhere(cast, told):
    one = routing_of(cast, "temporary", name="马小明", id_number=None)
    one.case.visits[-1].answers_text = json.dumps(told, ensure_ascii=False)
    hang(one, "temporary")
    found = posted_on(today(), cases=visible_cases(cast.bai_caixia))
    assert (found.posted, found.left_out) == ([], 1)


def test_a_grown_up_without_a_number_hangs_among_their_children(cast):
    one = routing_of(cast, "temporary", name="马占福", id_number=None)
    child = {"m_name": "马小明", "m_birth_on": f"{today().year - 10}-03-01"}
    one.case.visits[-1].answers_text = json.dumps(
        {"members": [child, None, {}], "head_name": "马占福"}, ensure_ascii=False
    )
    hang(one, "temporary")
    assert len(posted_on(today(), cases=visible_cases(cast.bai_caixia)).posted) == 1


@pytest.mark.usefixtures("hanging")
def test_elsewhere_and_above_there_is_nothing_to_print(desk, cast):
    assert "没有在公示的" in desk(cast.li_zhanfu).text("/public-notices/")
    assert desk(cast.li_zhanfu).get("/public-notices/lists.pdf").status_code == 404
    assert desk(cast.liu_yulan).get("/public-notices/").status_code == 404
    page = desk(cast.liu_yulan).text("/public-notices/?area=620525")
    assert "马**麦" in page
    assert "马法图麦" not in page
    assert desk(cast.tie_jianhua).get("/public-notices/").status_code == 403
    assert "日期写成" in desk(cast.bai_caixia).text("/public-notices/?day=x", 422)


def test_a_routing_leads_to_its_notice(desk, cast, hanging):
    page = desk(cast.bai_caixia).get(f"/routings/{hanging[0].id}")
    assert "/public-notices/?area=620525102" in page.text


def test_the_list_names_the_township_as_it_is(desk, cast, hanging):
    hanging[0].case.township.name = "恭门乡"
    db.session.commit()
    told = text_of(desk(cast.bai_caixia).get("/public-notices/lists.pdf?place=620525102222&kind=dibao"))
    assert "可以到乡上、县上反映" in told


def test_a_name_comes_off_the_wall_with_a_refusal_while_the_rest_goes_on(desk, cast):
    case = routed_case(cast, to={"social_assistance": ["dibao", "temporary"]}, name="马法图麦")
    one = routing.accept(case.routings[0], actor=cast.tuo_fuying)
    hang(one)
    mine, url = desk(cast.tuo_fuying), f"/routings/{one.id}"
    assert "在公示的 1 户" in desk(cast.bai_caixia).text("/public-notices/")
    given = {"outcome": "included", "category": "dibao", "decided_on": today().isoformat(), "elsewhere": "yes"}
    answer = mine.post(f"{url}/decisions", given)
    assert (answer.status_code, 'id="err-outcome"' in answer.text) == (422, True)
    declined = given | {"outcome": "declined", "reason_code": "waived", "reason": "本人说不办了"}
    assert mine.post(f"{url}/decisions", declined).status_code == 303
    assert "请乡镇把村里公示上的名字取下来" in mine.text(f"{url}?category=dibao")
    assert "请乡镇把村里公示上的名字取下来" not in mine.text(f"{url}?category=temporary")
    assert "在公示的 1 户" not in desk(cast.bai_caixia).text("/public-notices/")


def test_the_township_that_hung_it_writes_down_who_contradicts(desk, cast):
    one = routing.accept(routing_of(cast, "dibao", name="马法图麦"), actor=cast.tuo_fuying)
    town, url = desk(cast.bai_caixia), f"/routings/{one.id}"
    told = {"of_category": "dibao", "happened_on": today().isoformat(), "note": "邻居说有车，查了没有"}
    assert "公示有人反映" not in town.text(url)
    answer = town.post(f"{url}/contested", told)
    assert (answer.status_code, 'id="err-happened_on"' in answer.text) == (422, True)
    hang(one)
    assert "公示有人反映，记下来" in town.text(url)
    answer = town.post(f"{url}/contested", told | {"note": " "})
    assert (answer.status_code, 'id="err-note"' in answer.text) == (422, True)
    assert town.post(f"{url}/contested", told).status_code == 303
    assert f"{today().month}月{today().day}日 公示有人反映" in desk(cast.tuo_fuying).text("/routings/")
    assert "邻居说有车，查了没有" in desk(cast.tuo_fuying).text(url)
    assert desk(cast.li_zhanfu).post(f"{url}/contested", told).status_code == 404
    assert desk(cast.liu_yulan).post(f"{url}/contested", told).status_code == 403
    assert town.post(f"{url}/steps", told | {"step": "public"}).status_code == 403


def test_what_somebody_objected_stands_on_the_page_and_its_day_in_the_ledger(desk, cast):
    one = routing.accept(routing_of(cast, "temporary", name="马法图麦"), actor=cast.tuo_fuying)
    hang(one, "temporary")
    mine, url = desk(cast.tuo_fuying), f"/routings/{one.id}"
    told = {"of_category": "temporary", "step": "contested", "happened_on": today().isoformat(), "note": ""}
    assert mine.post(f"{url}/steps", told).status_code == 422
    assert mine.post(f"{url}/steps", told | {"note": "邻居说有车，查了没有"}).status_code == 303
    assert "邻居说有车，查了没有" in mine.text(url)
    sheet = load_workbook(io.BytesIO(mine.get("/ledgers/assistance.xlsx").data)).active
    said = [str(cell) for row in sheet.iter_rows(values_only=True) for cell in row if cell]
    assert f"{today():%Y-%m-%d} 公示异议" in said
    assert not any("邻居" in cell for cell in said)
