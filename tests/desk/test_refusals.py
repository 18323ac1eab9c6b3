"""不予纳入 from a file or for several at once: the duties of the page of one household (57号 第21条)."""

from backend.models import Decision, db
from tests.desk.browser import words
from tests.desk.test_results import day, look, table
from tests.factories import accepted_routing, routed_case


def test_a_refusal_in_a_file_has_the_duties_of_the_page(desk, cast):
    """Its reason, and a text that fits the page on which the household reads it; then it waits to be told."""
    names = ("马玉林", "马志强", "马占福", "马二福")
    ones = [routed_case(cast, to={"social_assistance": ["dibao"]}, name=name).routings[0] for name in names]
    db.session.commit()
    mine, numbers = desk(cast.tuo_fuying), [one.case.number for one in ones]
    content = table(
        (numbers[0], "农村低保", "不予纳入", day(), "480", "高于标准", "收入高于标准且无突出困难"),
        (numbers[1], "农村低保", "不予纳入", day(), "", "高于标准", ""),
        (numbers[2], "农村低保", "不予纳入", day(), "", "高于标准；" * 180, "收入高于标准且无突出困难"),
        (numbers[3], "农村低保", "不予纳入", day(), "", "高于标准", "就是不给"),
    )
    seen = look(mine, content)
    text = words(seen)
    for said in ("1 行登记", "3 行要改", "选一个不予纳入的原因", "印成一页大字", "“本人放弃”", "1 行不予纳入，登记后"):
        assert said in text, said
    url = seen.text.split('action="/results/')[1].split('"')[0]
    address = mine.post(f"/results/{url}", {"good": "1"}).location
    (made,) = db.session.query(Decision).all()
    assert (made.reason_code, made.reason, made.amount_fen) == ("income", "高于标准", None)
    page = mine.text(address)
    assert "其中 1 条不予纳入" in page
    assert "马玉林" in page
    assert "马志强" not in page
    assert f"/cases/{made.routing.case_id}/notice.pdf" in mine.get(f"/routings/{made.routing_id}").text
    assert (
        mine.post(f"/routings/{made.routing_id}/steps", step="told", of_category="dibao", happened_on=day()).status_code
        == 303
    )
    assert "马玉林" not in mine.text("/routings/?state=untold")


def test_a_refusal_of_several_at_once_has_them_too(desk, cast):
    ones = [accepted_routing(cast, cast.tuo_fuying, to={"social_assistance": ["dibao"]}) for _ in range(2)]
    db.session.commit()
    mine = desk(cast.tuo_fuying)
    given = {"routing": [str(one.id) for one in ones], "outcome": "declined", "category": "dibao", "decided_on": day(),
             "reason": "高于标准；" * 180, "reason_code": "income"}  # fmt: skip
    answer = mine.post("/routings/decision-records", given)
    assert (answer.status_code, "印成一页大字" in answer.text) == (422, True)
    assert mine.post("/routings/decision-records", given | {"reason": "高于标准", "reason_code": ""}).status_code == 422
    assert db.session.query(Decision).count() == 0
    address = mine.post("/routings/decision-records", given | {"reason": "高于标准"}).location
    assert address == "/routings/?state=untold"
    assert "其中 2 条不予纳入" in mine.text(address)
