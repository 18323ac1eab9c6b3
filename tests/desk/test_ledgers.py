"""台账、统计表、通报: what stands in the files equals the pages, and numbers of people stay masked."""

import io
import re
from datetime import timedelta

import pytest
from docx import Document
from openpyxl import load_workbook
from sqlalchemy import select

from backend import clock
from backend.documents import bulletin
from backend.documents.catalogue import LEDGERS
from backend.documents.ledgers import statistics
from backend.domain import assignment, liaison, review, routing
from backend.domain.figures import figures
from backend.domain.review import current_visit
from backend.models import Area, Case, Event, db
from tests.cast import COUNTY, GONGMEN, LISHAN
from tests.desk.browser import visit
from tests.factories import assigned_case, id_number, publish, visit_case, visited_case

NUMBER = id_number(order=777)


@pytest.fixture
def county_day(cast):
    """恭门镇: one in time, routed to two; 龙山镇: one nobody went to in time."""
    case = assigned_case(cast, at=clock.now() - timedelta(days=3), id_number=NUMBER, phone="12000000777")
    good = visit(case, author=cast.mi_jianjun).case
    review.approve(good, actor=cast.bai_caixia)
    routing.route(good, to={"social_assistance": ["dibao"], "water": []}, reason="属实", actor=cast.bai_caixia)
    publish(name="李占福", village=LISHAN, at=clock.now() - timedelta(days=8))
    return good


def cells(answer) -> list[list[object]]:
    assert answer.status_code == 200, answer.text[:300]
    sheet = load_workbook(io.BytesIO(answer.data)).active
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


@pytest.mark.parametrize("kind", LEDGERS)
def test_every_ledger_is_written_as_offices_expect_it(desk, cast, county_day, kind):
    answer = desk(cast.mao_zhiqiang).get(f"/ledgers/{kind}.xlsx")
    rows = cells(answer)
    number, what = LEDGERS[kind]
    assert rows[0][0].startswith(f"{number}-张家川回族自治县{what.TITLE}")
    assert rows[1][0].startswith("填报单位：县农业农村局")
    assert rows[2][0] == "序号"
    assert any("单位负责人" in str(row[0]) for row in rows)
    sheet = load_workbook(io.BytesIO(answer.data)).active
    assert (sheet.page_setup.orientation, sheet.freeze_panes, sheet.print_title_rows) == ("landscape", "C5", "$3:$4")
    assert "%E5%8D%A0%E7%A6%8F" not in answer.headers["Content-Disposition"]


def test_a_ledger_masks_numbers_and_keeps_them_as_text(desk, cast, county_day):
    told = str(cells(desk(cast.mao_zhiqiang).get("/ledgers/visits.xlsx")))
    assert f"{NUMBER[:6]}********{NUMBER[-4:]}" in told
    assert NUMBER not in told
    assert "12000000777" not in told


def test_a_supervisor_reads_masked_names(desk, cast, county_day):
    told = str(cells(desk(cast.liu_yulan).get("/ledgers/visits.xlsx?area=620525")))
    assert "马*福" in told
    assert "马占福" not in told


def test_a_township_has_its_own_households_only(desk, cast, county_day):
    told = str(cells(desk(cast.bai_caixia).get("/ledgers/visits.xlsx?area=620525101")))
    assert "马占福" in told
    assert "李占福" not in told


def test_whole_numbers_need_a_reason_and_leave_an_event(desk, cast, county_day):
    mine = desk(cast.mao_zhiqiang)
    refused = mine.post("/ledgers/visits/exports", {"reason": "用"})
    assert refused.status_code == 422
    assert "写清楚为什么要全号" in refused.text
    assert db.session.scalar(select(Event).where(Event.tag == "ledger:exported")) is None
    answer = mine.post("/ledgers/visits/exports", {"reason": "报市局核对社保数据"})
    assert NUMBER in str(cells(answer))
    event = db.session.scalars(select(Event).where(Event.tag == "ledger:exported")).one()
    assert event.facts == {"ledger": "visits", "area": COUNTY, "rows": 2, "reason": "报市局核对社保数据"}
    foot = load_workbook(io.BytesIO(answer.data)).active.oddFooter.left.text
    assert "毛志强" in foot
    assert any(str(row[0]).startswith("毛志强 ") for row in cells(answer))


@pytest.mark.parametrize("who", ["liu_yulan", "zhao_shengfu", "mi_jianjun"])
def test_who_only_looks_takes_out_no_whole_numbers(desk, cast, county_day, who):
    assert desk(getattr(cast, who)).post("/ledgers/visits/exports", {"reason": "报市局核对社保数据"}).status_code == 403


def test_the_table_says_what_the_page_says(desk, cast, county_day):
    table = figures(COUNTY)
    mine = desk(cast.mao_zhiqiang)
    rows = cells(mine.get("/ledgers/statistics.xlsx"))
    for line, row in zip(rows[4:], [table.total, *table.rows], strict=False):
        told = [value if value != "" else None for value in statistics.row_of(row)]
        assert line[2:] == [value or None if isinstance(value, str) else value for value in told[1:]]
    page = mine.text("/oversight/")
    assert f"{table.total.in_time_share * 100:.1f}%" in page
    labels = [cell for cell in rows[3] if cell]
    assert labels.index("按期核查率") < labels.index("超期率")


def test_a_ledger_has_as_many_rows_as_the_table_counts(desk, cast, county_day):
    total, mine = figures(COUNTY).total, desk(cast.mao_zhiqiang)
    for kind, figure in (("visits", "warned"), ("late", "overdue"), ("assistance", "social_assistance"),
                         ("referrals", "referral"), ("explanations", "explained")):  # fmt: skip
        rows = [row for row in cells(mine.get(f"/ledgers/{kind}.xlsx"))[4:] if isinstance(row[0], int)]
        assert len(rows) == total[figure], kind


def test_the_bulletin_says_what_the_table_says_and_names_nobody(desk, cast, county_day):
    answer = desk(cast.mao_zhiqiang).get("/ledgers/bulletin.docx?issue=7")
    paper = Document(io.BytesIO(answer.data))
    text = "\n".join(paragraph.text for paragraph in paper.paragraphs)
    table = figures(COUNTY)
    assert "年第7期" in text
    assert f"发布预警 {table.total['warned']} 户" in text
    assert "龙山镇 1 户" in text
    assert "李占福" not in text + answer.headers["Content-Disposition"]
    first, *_, late = [[[cell.text for cell in row.cells] for row in annex.rows] for annex in paper.tables]
    assert first[1][:2] == ["合计", str(table.total["declared"])]
    assert len(first) == 2 + len(table.rows)
    assert "李*福" in late[1]


def test_the_short_text_fits_a_group_and_names_nobody(desk, cast, county_day):
    page = desk(cast.mao_zhiqiang).get("/ledgers/")
    said = re.search(r'id="chat">([^<]+)<', page.text)[1]
    assert len(said) <= bulletin.CHAT_LIMIT
    assert "龙山镇1户" in said
    assert "李占福" not in said


def test_a_past_moment_is_counted_again(desk, cast, county_day):
    day = (clock.local(clock.now()) - timedelta(days=5)).date()
    rows = cells(desk(cast.mao_zhiqiang).get(f"/ledgers/visits.xlsx?day={day.isoformat()}"))
    assert f"{day.month}月{day.day}日 24:00" in str(rows[1])
    assert "马占福" not in str(rows)
    assert "李占福" in str(rows)


def test_what_there_is_not_is_not_found(desk, cast, county_day):
    assert desk(cast.mao_zhiqiang).get("/ledgers/people.xlsx").status_code == 404
    assert desk(cast.bai_caixia).get("/ledgers/bulletin.docx").status_code == 403
    assert desk(cast.tie_jianhua).get("/ledgers/").status_code == 403


def test_the_directory_says_who_answers_and_masks_numbers_until_somebody_says_why(desk, cast):
    card = {"unit": "恭门镇民政办", "title": "主任", "office_phone": "", "note": ""}
    long_ago = clock.local(clock.now()).date() - timedelta(days=40)
    made = [
        liaison.add_liaison(
            db.session.get(Area, GONGMEN), liaison.Card(**card, name=name, duty=duty, mobile=mobile),
            valid_from_on=long_ago, actor=cast.bai_caixia,
        )
        for name, duty, mobile in (("苏玉兰", "A", "12000000991"), ("马建军", "B", "12000000992"))
    ]  # fmt: skip
    db.session.flush()
    liaison.end_liaison(made[1], on=long_ago + timedelta(days=9), actor=cast.bai_caixia)
    mine = desk(cast.mao_zhiqiang)
    rows = [row[1:6] for row in cells(mine.get("/ledgers/liaisons.xlsx"))[4:] if isinstance(row[0], int)]
    assert rows == [["恭门镇民政办", "苏玉兰", "主任", None, "120****0991"]]
    page = mine.text("/liaisons/")
    assert "苏玉兰" in page
    assert "马建军" not in page
    assert "马建军" in str(cells(mine.get(f"/ledgers/liaisons.xlsx?day={long_ago + timedelta(days=5)}")))
    assert "12000000991" in str(cells(mine.post("/ledgers/liaisons/exports", {"reason": "发给各乡镇联系用"})))


def test_the_workload_is_for_the_office_alone_and_in_no_order_of_merit(desk, cast):
    case = visited_case(cast, at=clock.now() - timedelta(days=2))
    review.return_for_correction(case, actor=cast.bai_caixia, reason_code="photo", reason="补一张")
    visit_case(case, author=cast.mi_jianjun)
    other = assigned_case(cast)
    assignment.assign(other, main=cast.hui_axi, companion=cast.ding_zhiqiang, actor=cast.bai_caixia)
    answer = desk(cast.bai_caixia).get("/ledgers/workloads.xlsx")
    rows = {row[2]: row[5:10] for row in cells(answer)[4:] if isinstance(row[0], int)}
    assert list(rows) == ["米建军", "惠阿西", "丁志强"]
    assert rows["米建军"] == [2, 0, 1, 1, pytest.approx(2, abs=0.1)]
    assert rows["丁志强"][:4] == [0, 2, 1, 1]
    assert rows["惠阿西"] == [1, 0, 0, 0, "—"]
    assert "不公布、不排名" in str(cells(answer))
    for who in (cast.liu_yulan, cast.zhang_cunying):
        assert desk(who).get("/ledgers/workloads.xlsx").status_code == 404
        assert "核查人员工作量" not in desk(who).text("/ledgers/")


def test_a_deadline_is_the_last_day_s_24_oclock(desk, cast, county_day):
    late = db.session.scalars(select(Case).where(Case.village_code == LISHAN)).one()
    day = (clock.local(late.due_at) - timedelta(seconds=1)).date()
    for kind in ("late", "visits"):
        rows = cells(desk(cast.mao_zhiqiang).get(f"/ledgers/{kind}.xlsx"))
        assert f"{day.isoformat()} 24:00" in [cell for row in rows for cell in row], kind


def test_people_are_those_the_visit_met(desk, cast, county_day):
    current_visit(county_day).living_size, county_day.declaration.family_size = 3, None
    db.session.commit()
    for kind, who in (("visits", cast.mao_zhiqiang), ("assistance", cast.tuo_fuying)):
        rows = cells(desk(who).get(f"/ledgers/{kind}.xlsx"))
        place = next(row.index(cell) for row in rows[2:4] for cell in row if cell and "家庭人口" in str(cell))
        assert 3 in [row[place] for row in rows], kind
    for who, number in ((cast.tuo_fuying, 8), (cast.feng_youcai, 5)):
        row = cells(desk(who).get("/results/queue.xlsx"))[1]
        assert (row[2], row[number]) == ("毛山村", "3")


def test_hours_read_the_same_everywhere(desk, cast, county_day):
    table = figures(COUNTY)
    said = f"{table.total.response.mean:.1f}".removesuffix(".0")
    assert table.total.response.mean > 10
    assert f"<td>{said}</td>" in desk(cast.mao_zhiqiang).get("/oversight/").text
    assert f"平均响应时长 {said} 小时" in bulletin.overall(table)
    assert [bulletin.hours(one) for one in (24.0, 24.46, None)] == ["24 小时", "24.5 小时", "—"]
