"""Results of another system: out in its column order, back row by row, twice without harm."""

import io
from datetime import timedelta

import openpyxl
import pytest

from backend import clock
from backend.domain import decision, review, routing
from backend.models import Decision, Event, ProcedureStep, db
from tests.desk.browser import words
from tests.factories import accepted_routing, assigned_case, id_number, routed_case, visit_case


def day() -> str:
    return clock.local(clock.now()).date().isoformat()


def table(*rows: tuple[str, ...]) -> bytes:
    lines = [("预警编号", "转办类别", "结果", "结果日期", "金额(元)", "说明", "不予纳入原因"), *rows]
    return "\n".join(",".join(line) for line in lines).encode()


def look(browser, content: bytes, name: str = "结果.csv"):
    return browser.post("/results/", {"file": (io.BytesIO(content), name)})


@pytest.fixture
def three(cast):
    """One taken on, one sent, one of another department."""
    taken = routed_case(cast, to={"social_assistance": ["dibao"]}, name="=马占福").routings[0]
    routing.accept(taken, actor=cast.tuo_fuying)
    sent = routed_case(cast, to={"social_assistance": ["dibao", "temporary"]}, name="马玉林").routings[0]
    other = routed_case(cast, to={"housing": []}, name="马志强").routings[0]
    db.session.commit()
    return taken, sent, other


def sheet_of(answer, name: str) -> list[tuple]:
    return list(openpyxl.load_workbook(io.BytesIO(answer.data))[name].values)


def test_a_queue_goes_out_in_the_other_systems_order_with_masked_numbers(desk, cast, three):
    answer = desk(cast.tuo_fuying).get("/results/queue.xlsx?queue=social_assistance")
    assert answer.status_code == 200
    rows = sheet_of(answer, "农村低保")
    assert rows[0][:12] == (
        "序号", "乡镇", "村", "社(组)", "低保证号", "户主姓名", "性别", "身份证号码", "家庭人口", "保障人口", "保障类别", "救助原因",
    )  # fmt: skip
    assert rows[0][12:19] == (
        "月保障金额(元)",
        "起始享受时间",
        "开户银行",
        "账号",
        "联系电话",
        "成员1姓名",
        "成员1身份证号",
    )
    assert rows[0][33:37] == ("备注", "预警编号", "转办类别", "结果")
    assert [row[35] for row in rows[1:]] == ["农村低保", "农村低保"]
    assert [row[5] for row in rows[1:]] == ["'=**福", "马*林"]
    numbers = {row[7] for row in rows[1:]}
    assert all("*" in number and not number.isdigit() for number in numbers)
    temporary = sheet_of(answer, "临时救助")
    assert temporary[0][:5] == ("序号", "乡镇", "村", "姓名", "身份证号")
    assert [row[3] for row in temporary[1:]] == ["马*林"]
    assert desk(cast.bai_caixia).get("/results/queue.xlsx").status_code == 403


MEMBERS = [
    {"m_name": "马英", "m_id_number": id_number("20110722", 2), "m_relation": "daughter", "m_is_living": "yes",
     "m_health": ["healthy"], "m_schooling": "junior", "m_grade": 2, "m_labour": "none", "m_benefits": ["none"]},
    {"m_name": "马占福", "m_id_number": id_number(), "m_relation": "head", "m_is_living": "yes", "m_work_months": 8,
     "m_health": ["chronic", "disabled"], "m_labour": "weak", "m_education": "illiterate", "m_benefits": ["dibao"],
     "m_disability_kind": "limb", "m_disability_level": "2", "m_disability_card": id_number() + "42"},
    {"m_name": "马强", "m_id_number": "", "m_relation": "son", "m_is_living": "no"},
]  # fmt: skip


def lived_in(cast, to):
    case = assigned_case(cast)
    child, head, away = MEMBERS
    head = head | {"m_id_number": case.declaration.id_number}
    visit_case(case, author=cast.mi_jianjun, members=[child, head, away])
    review.approve(case, actor=cast.bai_caixia)
    (one,) = routing.route(case, to=to, reason="属实", actor=cast.bai_caixia)
    return one


def test_each_who_lives_there_has_a_line_in_the_national_order(desk, cast):
    one = lived_in(cast, {"relapse_prevention": []})
    db.session.commit()
    mine = desk(cast.mao_zhiqiang)
    rows = [
        dict(zip(HEAD, row, strict=False))
        for HEAD, *lines in [sheet_of(mine.get("/results/queue.xlsx"), "防返贫监测")]
        for row in lines
    ]
    assert [row["姓名"] for row in rows] == ["马*福", "马*"]
    head, child = rows
    assert (head["与户主关系"], child["与户主关系"], child["性别"]) == ("户主", "之女", "女")
    assert (head["劳动技能"], head["文化程度"], head["务工时间（月）"]) == ("弱劳动力或半劳动力", "文盲或半文盲", "8")
    assert (head["健康状况"], head["是否享受低保"], child["在校生状况"]) == ("长期慢性病、残疾", "是", "八年级")
    assert (child["户主姓名"], child["出生日期"]) == ("马*福", "2011")
    assert [row["预警编号"] for row in rows] == [one.case.number] * 2
    whole = sheet_of(mine.post("/results/queue/exports", reason="粘到全国防返贫监测信息系统"), "防返贫监测")
    assert [row[11] for row in whole[1:]] == [one.case.declaration.id_number, MEMBERS[0]["m_id_number"]]
    assert whole[2][9] == "2011-07-22"


def test_the_disabled_and_the_children_have_their_own_lines_and_results_come_back_from_every_sheet(desk, cast):
    one = lived_in(cast, {"social_assistance": ["disability", "child", "dibao"]})
    db.session.commit()
    mine = desk(cast.tuo_fuying)
    answer = mine.get("/results/queue.xlsx?queue=social_assistance")
    assert [(row[4], row[8], row[9]) for row in sheet_of(answer, "残疾人两项补贴")[1:]] == [("马*福", "肢体", "二级")]
    assert "*" in sheet_of(answer, "残疾人两项补贴")[1][7]
    assert [row[3] for row in sheet_of(answer, "孤儿（事实无人抚养儿童）")[1:]] == ["马*"]
    dibao = sheet_of(answer, "农村低保")
    assert (dibao[1][5], dibao[1][17]) == ("马*福", "马*")
    book = openpyxl.load_workbook(io.BytesIO(answer.data))
    for name, told in (
        ("农村低保", {"结果": "纳入", "保障类别": "二类", "月保障金额(元)": "420"}),
        (
            "孤儿（事实无人抚养儿童）",
            {"结果": "不予纳入", "不予纳入原因": "不属共同生活或非农业户籍", "说明": "父母都在"},
        ),
    ):
        heads = [cell.value for cell in book[name][1]]
        for heading, value in told.items():
            book[name].cell(2, heads.index(heading) + 1, value)
    out = io.BytesIO()
    book.save(out)
    seen = look(mine, out.getvalue(), "结果.xlsx")
    assert "2 行登记" in words(seen)
    assert "农村低保" in words(seen)
    url = seen.text.split('action="/results/')[1].split('"')[0]
    assert mine.post(f"/results/{url}", {"good": "2"}).status_code == 303
    made = {d.category: (d.outcome, d.detail, d.amount_fen) for d in db.session.query(Decision)}
    assert made == {"dibao": ("included", "class_2", 42000), "child": ("declined", "", None)}
    assert one.queue == "social_assistance"


def test_whole_names_and_numbers_go_out_by_a_reason_that_is_kept(desk, cast, three):
    mine, url = desk(cast.tuo_fuying), "/results/queue/exports?queue=social_assistance"
    answer = mine.post(url, reason="登记")
    assert (answer.status_code, 'id="err-reason"' in answer.text) == (422, True)
    answer = mine.post(url, reason="粘到社会救助系统里登记")
    assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "no-store")
    book = openpyxl.load_workbook(io.BytesIO(answer.data))
    rows = list(book.active.values)
    assert (rows[2][5], rows[2][7]) == ("马玉林", three[1].case.declaration.id_number)
    assert rows[2][16] == three[1].case.declaration.phone
    assert "妥福英" in book.active.oddFooter.center.text
    (event,) = db.session.scalars(db.select(Event).where(Event.tag == "ledger:exported"))
    assert (event.actor, event.facts["ledger"], event.facts["rows"]) == (cast.tuo_fuying, "queue-social_assistance", 2)
    assert "带完整姓名、证号的表" in mine.text("/results/")


def test_a_line_department_takes_out_masked_names_only(desk, cast, three):
    housing = desk(cast.zhao_shengfu)
    rows = list(openpyxl.load_workbook(io.BytesIO(housing.get("/results/queue.xlsx").data)).active.values)
    assert rows[1][4] == "马*强"
    assert housing.post("/results/queue/exports", reason="粘到住房系统里登记").status_code == 403
    assert "带完整姓名" not in housing.text("/results/")
    assert desk(cast.bai_caixia).post("/results/queue/exports", reason="粘到社会救助系统").status_code == 403
    assert db.session.scalars(db.select(Event).where(Event.tag == "ledger:exported")).all() == []


def test_the_national_order_has_the_number_in_the_twelfth_column(desk, cast):
    accepted_routing(cast, cast.mao_zhiqiang, to={"relapse_prevention": []})
    db.session.commit()
    answer = desk(cast.mao_zhiqiang).get("/results/queue.xlsx")
    heads = next(openpyxl.load_workbook(io.BytesIO(answer.data)).active.values)
    assert heads[11] == "证件号码"


def test_results_come_back_and_the_same_file_twice_is_harmless(desk, cast, three):
    taken, sent, other = three
    content = table(
        (taken.case.number, "农村低保", "纳入", day(), "480", ""),
        (sent.case.number, "临时救助", "不予纳入", day(), "", "已给过", "已享受相应政策"),
        (other.case.number, "农村低保", "纳入", day(), "", ""),
        (sent.case.number, "农村低保", "也许", "昨天", "", ""),
        (taken.case.number, "农村低保", "纳入", day(), "480", ""),
    )
    mine = desk(cast.tuo_fuying)
    seen = look(mine, content)
    text = words(seen)
    for said in (
        "2 行登记",
        "3 行要改",
        "这个编号不在你的队列里",
        "结果写“纳入”",
        "日期写成 2026-07-10",
        "前面已经写过",
    ):
        assert said in text, said
    assert db.session.query(Decision).count() == 0
    url = seen.text.split('action="/results/')[1].split('"')[0]
    assert desk(cast.mao_zhiqiang).post(f"/results/{url}", {"good": "2"}).status_code == 404
    assert mine.post(f"/results/{url}", {"good": "1"}).status_code == 409
    assert db.session.query(Decision).count() == 0
    assert mine.post(f"/results/{url}", {"good": "2"}).location == "/routings/?state=untold"
    made = {(d.routing.case_id, d.category, d.outcome, d.amount_fen) for d in db.session.query(Decision)}
    assert made == {(taken.case_id, "dibao", "included", 48000), (sent.case_id, "temporary", "declined", None)}
    again = words(look(mine, content))
    assert "没有要登记的" in again
    assert "2 行以前登记过" in again


@pytest.mark.parametrize(("content", "said"), [(b"", "文件是空的"), (b"a,b\n1,2\n", "没有找到“预警编号”")])
def test_a_file_without_results_is_refused_beside_the_field(desk, cast, three, content, said):
    answer = look(desk(cast.tuo_fuying), content)
    assert answer.status_code == 422
    assert 'id="err-file"' in answer.text
    assert said in words(answer)


def test_a_second_result_of_a_category_is_refused(cast, three):
    taken = three[0]
    given = {"outcome": "included", "category": "dibao", "decided_on": clock.local(clock.now()).date()}
    sent = three[1]
    decision.decide(taken, actor=cast.tuo_fuying, **given)
    sent.state, sent.accepted_at = "accepted", clock.now()
    decision.decide(sent, actor=cast.tuo_fuying, **given)
    with pytest.raises(Exception, match="decision_twice"):
        decision.decide(sent, actor=cast.tuo_fuying, **given)


def test_a_file_includes_nobody_whose_notice_hangs(desk, cast, three):
    taken = three[0]
    begun = clock.local(clock.now()).date()
    step = ProcedureStep(category="dibao", step="public", happened_on=begun, until_on=begun + timedelta(days=7),
                         recorder=cast.tuo_fuying, recorded_at=clock.now())  # fmt: skip
    taken.steps.append(step)
    db.session.commit()
    mine = desk(cast.tuo_fuying)
    text = words(look(mine, table((taken.case.number, "农村低保", "纳入", day(), "480", ""))))
    assert f"公示到 {step.until_on.isoformat()}，满了、没有异议才能纳入" in text
    assert "1 行要改" in text
    refused = (taken.case.number, "农村低保", "不予纳入", day(), "", "本人不办了", "本人放弃")
    assert "1 行登记" in words(look(mine, table(refused)))
