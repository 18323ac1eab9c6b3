"""解释说明: the only way to end 不符合."""

import io
import json
import re
from datetime import timedelta

import pytest
from pypdf import PdfReader

from backend import clock
from backend.documents.notice_of import _said_in
from backend.domain import review, routing
from backend.domain.sync import payloads
from backend.form.limits import EXPLANATION
from backend.models import Case, db
from tests.desk.browser import visit
from tests.factories import assigned_case


@pytest.fixture
def case(cast) -> Case:
    case = visit(assigned_case(cast, name="赵占福"), author=cast.mi_jianjun).case
    review.approve(case, actor=cast.bai_caixia)
    routing.route(case, to={"explanation": []}, reason="收入高于标准", actor=cast.bai_caixia)
    db.session.flush()
    return case


def told(**other):
    at = clock.local(clock.now() - timedelta(minutes=30))
    return {
        "reason_codes": ["income"], "text": "您家收入高于标准，慢病签约还能办，不同意可以再申报。", "method": "in_person",
        "receipt": "signed", "witness": "", "materials": "明白纸 1 份", "explained_at": f"{at:%Y-%m-%dT%H:%M}",
    } | other  # fmt: skip


def test_it_ends_the_case(desk, cast, case):
    mine = desk(cast.bai_caixia)
    assert "跟赵占福解释清楚" in mine.text(f"/cases/{case.id}/explanation")
    answer = mine.post(f"/cases/{case.id}/explanation", told())
    assert answer.location == f"/cases/{case.id}"
    text = mine.text(answer.location)
    assert "解释记下了，这一户办结" in text
    assert "签收：签字 宣传材料：明白纸 1 份" in text
    assert db.session.get(Case, case.id, populate_existing=True).stage == "closed"


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"reason_codes": []}, "reason_codes"),
        ({"text": "说了"}, "text"),
        ({"method": ""}, "method"),
        ({"receipt": ""}, "receipt"),
        ({"receipt": "refused"}, "witness"),
        ({"explained_at": "昨天"}, "explained_at"),
        ({"explained_at": "2999-01-01T08:00"}, "explained_at"),
        ({"explained_at": "0001-01-01T00:00"}, "explained_at"),
    ],
)
def test_what_is_missing_is_said_beside_the_field(desk, cast, case, wrong, field):
    answer = desk(cast.bai_caixia).post(f"/cases/{case.id}/explanation", told(**wrong))
    assert answer.status_code == 422
    assert f'id="err-{field}"' in answer.text
    assert "明白纸 1 份" in answer.text
    assert db.session.get(Case, case.id, populate_existing=True).stage == "routed"


def test_only_for_a_household_that_does_not_fit(desk, cast):
    case = assigned_case(cast)
    assert desk(cast.bai_caixia).get(f"/cases/{case.id}/explanation").status_code == 409
    assert desk(cast.tuo_fuying).get(f"/cases/{case.id}/explanation").status_code == 403


def test_what_one_page_of_the_notice_cannot_hold_is_refused_before_it_is_told(desk, cast, case):
    mine, url = desk(cast.bai_caixia), f"/cases/{case.id}/explanation"
    answer = mine.post(url, told(text="收入高于标准，" * 130))
    assert (answer.status_code, 'id="err-text"' in answer.text) == (422, True)
    most = int(re.search(r"最多 (\d+) 个字", answer.text)[1])
    assert 100 < most < 900
    assert "收入高于标准，收入高于标准" in answer.text, "what was typed stays"
    assert db.session.get(Case, case.id, populate_existing=True).stage == "routed"
    assert mine.post(url, told(text=("收入高于标准，" * 130)[:most])).status_code == 303
    paper = mine.get(f"/cases/{case.id}/notice.pdf")
    assert len(PdfReader(io.BytesIO(paper.data)).pages) == 1


def test_what_a_phone_read_out_is_printed_once_and_left_out_where_it_is_too_long(desk, cast, case):
    read_out = ["这次没有纳入。", "为什么：" + "收入高于标准，" * 80, "还能签慢病。", "不同意怎么办，打 12317。"]
    mine = desk(cast.bai_caixia)
    mine.post(f"/cases/{case.id}/explanation", told())
    talk = db.session.get(Case, case.id, populate_existing=True).explanations[-1]
    talk.text, talk.item_id = "\n".join(read_out), None
    assert _said_in(talk) == (talk.text, "")
    talk.item_id = "an item"
    assert _said_in(talk) == (read_out[1], read_out[2])
    db.session.rollback()
    talk.text = "\n".join(read_out)
    db.session.commit()
    paper = PdfReader(io.BytesIO(mine.get(f"/cases/{case.id}/notice.pdf").data))
    assert len(paper.pages) == 1
    assert "其余的当面说" in "".join(paper.pages[0].extract_text().replace("\0", "").split())


@pytest.mark.parametrize("name", EXPLANATION)
def test_desk_and_phone_may_say_as_much(desk, cast, case, name):
    most = EXPLANATION[name]
    for told_there in ("说" * most, "说" * (most + 1)):
        answer = desk(cast.bai_caixia).post(
            f"/cases/{case.id}/explanation", told(**{name: told_there}, reason_codes=[])
        )
        assert (f"最多写 {most} 字" in answer.text) == (len(told_there) > most)
    sheet = {
        "case_id": case.id, "explained_at": clock.iso(clock.now()), "reason_codes": ["income"], "method": "in_person",
        "receipt": "signed", "text": "说" * 10, "signature": {"strokes": [[1, 2, 3, 4]]},
    }  # fmt: skip
    assert payloads.read("explanation", json.dumps(sheet | {name: "说" * most}))[name] == "说" * most
    with pytest.raises(payloads.Unreadable):
        payloads.read("explanation", json.dumps(sheet | {name: "说" * (most + 1)}))
