"""报县批 on the desk: asked by the township, answered by the county, the limit shown twice."""

from datetime import timedelta

import pytest

from backend import clock
from backend.desk import petition_list
from backend.desk.page import today
from backend.domain import extension
from backend.models import Case, db
from tests.desk.browser import visit, words
from tests.factories import assigned_case
from tests.postgres import on_both


@pytest.fixture
def case(cast) -> Case:
    return assigned_case(cast, name="惠阿西")


def later(days: int = 12) -> str:
    return (clock.local(clock.now()).date() + timedelta(days=days)).isoformat()


def fresh(case: Case) -> Case:
    return db.session.get(Case, case.id, populate_existing=True)


def test_from_the_township_to_the_county_and_back(desk, cast, case):
    town, county = desk(cast.bai_caixia), desk(cast.mao_zhiqiang)
    assert "申请延期" in town.text(f"/cases/{case.id}")
    answer = town.post(f"/cases/{case.id}/extension", until_on=later(), reason="全家在兰州务工")
    assert "报到县上了。没批下来，期限不变" in town.text(answer.location)
    assert "等县上批的 1 件" in county.text("/petitions/")
    url = f"/petitions/extension/{fresh(case).extensions[0].id}"
    assert "全家在兰州务工" in county.text(url)
    answer = county.post(url, answer="approved", note="")
    assert "批了，到期的日子改了" in county.text(answer.location)
    assert "县上批的延期，原来是" in town.text(f"/cases/{case.id}")
    assert "惠阿西" in town.text("/cases/?due=extended")


@on_both
def test_who_is_due_first_is_on_top_however_many_wait(desk, cast, monkeypatch):
    monkeypatch.setattr(petition_list, "MOST", 2)
    for name, days in (("先到期", 4), ("后到期", 1), ("中间的", 2)):
        case = assigned_case(cast, name=name, at=clock.now() - timedelta(days=days))
        extension.request_extension(case, until_on=today() + timedelta(9), reason="外出", actor=cast.bai_caixia)
    gone = assigned_case(cast, name="走过了", at=clock.now() - timedelta(days=5))
    extension.request_extension(gone, until_on=today() + timedelta(9), reason="外出", actor=cast.bai_caixia)
    visit(gone, author=cast.mi_jianjun)
    page = desk(cast.mao_zhiqiang).text("/petitions/")
    assert "等县上批的 3 件 先到期的在前，先列 2 件" in page
    assert page.rindex("先到期") < page.index("中间的")
    assert "后到期" not in page
    assert "走过了" not in page


def test_it_is_not_overdue_while_the_county_gave_time(desk, cast):
    case = assigned_case(cast, at=clock.now() - timedelta(days=8))
    mine = desk(cast.bai_caixia)
    assert "超期 3 天" in mine.text(f"/cases/{case.id}")
    late = mine.post(f"/cases/{case.id}/extension", until_on=(today() + timedelta(2)).isoformat(), reason="外出")
    assert "延期要在到期前申请" in late.text
    with clock.standing_at(clock.now() - timedelta(days=5)):
        made = extension.request_extension(case, until_on=today() + timedelta(7), reason="外出", actor=cast.bai_caixia)
    extension.approve(made, actor=cast.mao_zhiqiang)
    assert "还剩 2 天" in mine.text(f"/cases/{case.id}")
    assert "马占福" not in mine.text("/cases/?due=overdue")


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"until_on": "", "reason": "外出"}, "until_on"),
        ({"until_on": "2020-01-01", "reason": "外出"}, "until_on"),
        ({"until_on": "明天", "reason": "外出"}, "until_on"),
        ({"until_on": later(2), "reason": "外出"}, "until_on"),
        ({"until_on": later(), "reason": ""}, "reason"),
    ],
)
def test_what_is_missing_is_said_beside_the_field(desk, cast, case, typed, field):
    answer = desk(cast.bai_caixia).post(f"/cases/{case.id}/extension", typed)
    assert answer.status_code == 422
    assert f'id="err-{field}"' in answer.text
    assert fresh(case).extensions == []


def test_a_refusal_says_why(desk, cast, case):
    extension.request_extension(case, until_on=today() + timedelta(12), reason="外出", actor=cast.bai_caixia)
    db.session.commit()
    county, url = desk(cast.mao_zhiqiang), f"/petitions/extension/{case.extensions[0].id}"
    answer = county.post(url, answer="refused", note="")
    assert (answer.status_code, 'id="err-note"' in answer.text) == (422, True)
    county.post(url, answer="refused", note="先视频看")
    assert "先视频看" in desk(cast.bai_caixia).text(f"/cases/{case.id}")
    assert county.post(url, answer="approved").status_code == 409


def test_a_household_that_did_not_declare_is_voided(desk, cast, case):
    town, county = desk(cast.bai_caixia), desk(cast.mao_zhiqiang)
    assert 'id="err-reason_code"' in town.post(f"/cases/{case.id}/voiding", reason="没报过").text
    town.post(f"/cases/{case.id}/voiding", reason_code="not_declarer", reason="本人说没报过")
    assert "作废：非本人申报，本人不认" in county.text("/petitions/")
    url = f"/petitions/voiding/{fresh(case).voidings[0].id}"
    county.post(url, answer="approved")
    assert "作废" in town.text(f"/cases/{case.id}")
    assert "惠阿西" in town.text("/cases/?state=all&due=void")
    assert "惠阿西" not in town.text("/cases/?state=all&due=overdue")


def test_others_see_nothing_of_it(desk, cast, case):
    extension.request_extension(case, until_on=today() + timedelta(12), reason="外出", actor=cast.bai_caixia)
    db.session.commit()
    url = f"/petitions/extension/{case.extensions[0].id}"
    assert desk(cast.li_zhanfu).get(url).status_code == 404
    assert desk(cast.tuo_fuying).get("/petitions/").status_code == 403
    assert desk(cast.bai_caixia).post(url, answer="approved").status_code == 403
    assert desk(cast.li_zhanfu).get(f"/cases/{case.id}/extension").status_code == 404


def test_what_was_signed_on_the_phone_is_drawn_on_the_desk(desk, cast, signed_in):
    from tests import phone
    from tests.api.test_filed_explanations import told
    from tests.factories import routed_case

    case = routed_case(cast, to={"explanation": []}, name="赵占福")
    assert phone.hand_in_one(signed_in(cast.mi_jianjun), "explanation", told(case)) == ("applied", None)
    page = desk(cast.bai_caixia).get(f"/cases/{case.id}")
    assert '<svg class="sig"' in page.text
    assert "签收：签字" in words(page)
    assert "不同意" in words(page)
