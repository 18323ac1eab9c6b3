"""案件: the list with its filter in the address, and one case whole."""

from datetime import timedelta

import pytest

from backend import clock
from backend.desk import case_list
from backend.domain import events
from backend.models import Attempt, db
from tests.cast import GUTU, LISHAN
from tests.desk.browser import observe, visit
from tests.factories import MONDAY, assigned_case, declare, publish


def ago(**much):
    return clock.now() - timedelta(**much)


def test_out_of_sight_is_unknown(desk, cast):
    case = publish(name="李占福", village=LISHAN)
    mine = desk(cast.bai_caixia)
    assert "李占福" not in mine.text("/cases/")
    assert "这里没有" in mine.text(f"/cases/{case.id}", 404)
    assert mine.text("/cases/no-such-case", 404) == mine.text(f"/cases/{case.id}", 404)


def test_each_reader_has_the_names_as_they_may_read_them(desk, cast):
    publish(name="马占福")
    for _ in range(2):
        assert "马占福" in desk(cast.bai_caixia).text("/cases/")
        seen = desk(cast.liu_yulan).text("/cases/")
        assert "马*福" in seen
        assert "马占福" not in seen


def test_the_address_carries_the_filter(desk, cast):
    assigned_case(cast, name="苏占存", at=ago(days=7))
    publish(name="韩玉花", village=GUTU)
    mine = desk(cast.bai_caixia)

    def names(query: str) -> set[str]:
        text = mine.text(f"/cases/?{query}")
        return {name for name in ("苏占存", "韩玉花") if name in text}

    assert names("") == {"苏占存", "韩玉花"}
    assert names("due=overdue") == {"苏占存"}
    assert names("due=not_due") == {"韩玉花"}
    assert names("state=warned") == {"韩玉花"}
    assert names("state=closed") == set()
    assert names("q=古土") == {"韩玉花"}
    for words, found in (("苏占", {"苏占存"}), ("%", set())):
        told = mine.post("/search/cases", q=words).location
        assert names(told.partition("?")[2]) == found
    assert names(f"area={GUTU}") == {"韩玉花"}
    assert names("queue=housing") == set()
    assert names("due=nonsense&state=nonsense") == {"苏占存", "韩玉花"}


def test_pages_turn_by_key_and_show_everything_once(desk, cast, monkeypatch):
    monkeypatch.setattr(case_list, "PAGE", 2)
    for n in range(5):
        publish(name=f"户{n}", at=ago(days=n))
    visit(assigned_case(cast, name="户5"), author=cast.mi_jianjun)
    mine, url, seen = desk(cast.bai_caixia), "/cases/", []
    while url:
        page = mine.get(url)
        seen += [n for n in range(6) if f">户{n}</a>" in page.text]
        found = [part for part in page.text.split('"') if "after=" in part]
        url = found[0].replace("&amp;", "&") if found else ""
    assert sorted(seen) == [0, 1, 2, 3, 4, 5]
    assert seen[-1] == 5


@pytest.mark.parametrize("after", ["x", "0~", "1~2026-01-01~x", "0~2026-01-01T00:00:00Z~x", "~~~",
                                   "0~0001-01-01T00:00:00%2B14:00~x", "0~9999-12-31T23:59:59-14:00~x"])  # fmt: skip
def test_a_broken_key_is_no_error(desk, cast, after):
    assert desk(cast.bai_caixia).get(f"/cases/?after={after}").status_code == 200


def test_those_who_only_oversee_see_masked_names(desk, cast):
    case = visit(assigned_case(cast, name="马法图麦"), author=cast.mi_jianjun).case
    mine = desk(cast.liu_yulan)
    assert "马**麦" in mine.text("/cases/")
    assert "马法图麦" not in mine.look_for("cases", "马法图麦").split("案件")[-1]
    assert "马**麦户" in mine.text(f"/cases/{case.id}")


def test_one_case_tells_everything_masked(desk, cast):
    case = assigned_case(cast, declaration=declare("马占福", risk_text="因病"))
    visit(case, author=cast.mi_jianjun, photos=2, stored=1, photo_refusals={"papers": "老人不愿意"})
    observe(case, author=cast.ding_zhiqiang, cattle=2)
    text = desk(cast.bai_caixia).text(f"/cases/{case.id}")
    number, phone = case.declaration.id_number, case.declaration.phone
    assert number not in text
    assert phone not in text
    for words in (
        f"{number[:6]}********{number[-4:]}", f"{phone[:3]}****{phone[-4:]}", "今年住院花了三万六", "120****0077",
        "620599********0050", "墙体裂缝", "照片 1/2", "身份证户口簿不同意拍：老人不愿意", "后院还有两头牛犊", "之 配偶"[2:],
        "米建军、丁志强", "派单给米建军、丁志强", "预警发布，5 日起算", "手机时间", "按期入户",
    ):  # fmt: skip
        assert words in text, words


def test_a_time_that_somebody_wrote_down_stands_beside_the_phones_own(desk, cast):
    case = assigned_case(cast, at=MONDAY)
    made = visit(case, author=cast.mi_jianjun, started_at="2026-07-07T14:10:00Z", visited_at="2026-07-07T07:20:00Z")
    made.visited_at, made.ended_at = MONDAY + timedelta(days=1), None
    db.session.flush()
    text = desk(cast.bai_caixia).text(f"/cases/{case.id}")
    began = clock.local(made.visited_at + timedelta(hours=6, minutes=50))
    assert f"核查人写的时间；手机上 {began:%-m}月{began:%-d}日 {began:%H:%M} 开始填" in text


def test_a_return_stands_on_top_of_the_case(desk, cast):
    from backend.domain import review

    case = visit(assigned_case(cast), author=cast.mi_jianjun).case
    review.return_for_correction(case, actor=cast.bai_caixia, reason_code="photo", reason="厨房太黑，白天再拍")
    text = desk(cast.bai_caixia).text(f"/cases/{case.id}")
    assert "退回补正：照片缺失 厨房太黑，白天再拍" in text


def test_an_older_code_is_shown_as_it_is(desk, cast):
    case = visit(assigned_case(cast), author=cast.mi_jianjun, house_defects=["gone_in_v9"]).case
    assert "gone_in_v9" in desk(cast.bai_caixia).text(f"/cases/{case.id}")


def test_village_workers_use_the_phone(desk, cast):
    assert desk(cast.mi_jianjun).get("/cases/").status_code == 403


def test_nothing_is_lost_when_a_case_has_no_village(desk, cast):
    case = publish(declare("马占福", village=None, township_code="620525102"))
    db.session.flush()
    mine = desk(cast.bai_caixia)
    assert "恭门镇三社" in mine.text("/cases/")
    assert mine.get(f"/cases/{case.id}").status_code == 200
    assert mine.get("/assignments/").status_code == 200


def test_photos_that_came_in_a_row_are_one_line_of_the_history(desk, cast):
    case = assigned_case(cast)
    for who in (cast.mi_jianjun, cast.mi_jianjun, cast.ding_zhiqiang):
        events.record("photo:stored", actor=who, case=case)
    text = desk(cast.bai_caixia).text(f"/cases/{case.id}")
    assert text.count("收到 2 张照片") == 1
    assert text.count("收到一张照片") == 1


def test_a_place_is_shown_coarse_where_one_was_told(desk, cast):
    case = assigned_case(cast)
    visit(case, author=cast.mi_jianjun, place={"lat": 34.987654, "lon": 106.212345, "taken_at": "2026-06-02T01:30:00Z"})
    text = desk(cast.bai_caixia).text(f"/cases/{case.id}")
    assert "北纬 34.99°，东经 106.21°" in text
    assert "34.987" not in text


def test_no_place_is_no_line(desk, cast):
    case = visit(assigned_case(cast), author=cast.mi_jianjun).case
    assert "北纬" not in desk(cast.bai_caixia).text(f"/cases/{case.id}")


def test_who_oversees_reads_no_whole_name(desk, cast):
    case = assigned_case(cast)
    child = {
        "m_name": "马小明",
        "m_relation": "child",
        "m_is_living": "yes",
        "m_schooling": "dropped_out",
        "m_insurance": "none",
    }
    members = [{"m_name": "马占福", "m_relation": "self", "m_is_living": "yes"}, child]
    visit(
        case, author=cast.mi_jianjun, members=members, head_name="马占福", interviewee_name="王大花",
        narrative="王大花说马小明不上学了，外公苏有才管着。", obligors=[{"o_name": "苏有才、外公"}],
        incomes=[{"i_member": "马小明"}, {"i_member": "本人"}],
        signature_interviewee={"refused": "不愿意签", "witness": "李见证"},
    )  # fmt: skip
    case.declaration.hardship_text = "我娃马小明病了"
    db.session.add(Attempt(case_id=case.id, author=cast.mi_jianjun, result="not_met", note="邻居说出门了（铁有福）",
                           attempted_at=clock.now(), received_at=clock.now()))  # fmt: skip
    db.session.commit()
    names = ("马占福", "马小明", "王大花", "苏有才", "李见证", "铁有福")
    for who in (cast.liu_yulan, cast.zhang_cunying):
        page = desk(who).get(f"/cases/{case.id}").text
        assert [name for name in names if name in page] == []
        assert [said for said in ("马*福", "马*明", "王*花", "李*证", "铁*福", "米建军") if said not in page] == []
    page = desk(cast.bai_caixia).get(f"/cases/{case.id}").text
    assert [name for name in names[:3] if name not in page] == []
