"""研判: the list of what waits turns pages by key, and a return has words on one thing of a list."""

import json
import re

from backend.codebook import PhotoKind
from backend.desk import waiting
from backend.domain import review
from backend.models import Case, db
from tests.desk.browser import visit
from tests.factories import assigned_case
from tests.postgres import on_both


@on_both
def test_the_list_turns_pages_and_counts_everybody(desk, cast, monkeypatch):
    monkeypatch.setattr(waiting, "PAGE", 2)
    names = ("户一", "户二", "户三", "户四", "户五")
    cases = [visit(assigned_case(cast, name=name), author=cast.mi_jianjun).case for name in names]
    review.approve(cases[0], actor=cast.bai_caixia)
    mine, address, seen = desk(cast.bai_caixia), "/reviews/", []
    while address:
        page = mine.get(address).text
        assert "4 户待研判，1 户等选去向" in page
        seen += [re.sub(r"<[^>]+>", "", row) for row in re.findall(r'<td class="name">(.*?)<small>', page)]
        turns = [one for one in re.findall(r'href="(/reviews/\?after=[^"]+)"', page)]
        address = turns[0].replace("&amp;", "&") if turns else ""
    assert [name.strip() for name in seen] == [*names[1:], names[0]]
    places = [re.search(r"研判 5 户 ／ 第 (\d) 户", mine.text(f"/cases/{case.id}/review"))[1] for case in cases]
    assert places == ["5", "1", "2", "3", "4"]
    assert f"/cases/{cases[0].id}/review" in mine.get(f"/cases/{cases[4].id}/review").text
    assert "下一户" not in mine.text(f"/cases/{cases[0].id}/review")
    assert mine.get("/reviews/?after=1~x~").status_code == 200


def test_a_word_may_be_about_one_thing_of_a_list(desk, cast):
    told = {
        "members": [{"m_name": "马占福"}, {"m_name": "马法图麦"}],
        "incomes": [{"i_code": "W1"}, {"i_code": "W1"}],
        "has_income": "yes",
    }
    made = visit(assigned_case(cast, name="马占福"), author=cast.mi_jianjun, **told)
    pictures = [{"id": "a", "kind": "house"}, {"id": "b", "kind": "kitchen"}]
    made.answers_text = json.dumps(json.loads(made.answers_text) | {"photos": pictures})
    case = made.case
    mine = desk(cast.bai_caixia)
    page = mine.text(f"/cases/{case.id}/review")
    for words_on_page in ("家庭成员：第 2 人", "收入：第 2 笔", f"照片：{PhotoKind.KITCHEN.label}"):
        assert words_on_page in page, words_on_page
    fields = {
        "on-members.1": "年龄不对",
        "on-incomes.1": "没有单据",
        "on-photos.kitchen": "太黑",
        "on-members.7": "没有这人",
    }
    mine.post(f"/cases/{case.id}/review/return", {"reason_code": "photo", "return_reason": "三处"} | fields)
    kept = db.session.get(Case, case.id, populate_existing=True)
    assert [(c["key"], c["text"]) for c in kept.reviews[-1].comments] == [
        ("members.1", "年龄不对"), ("incomes.1", "没有单据"), ("photos.kitchen", "太黑"),
    ]  # fmt: skip
    kept.stage = "submitted"
    page = mine.text(f"/cases/{case.id}/review")
    for words_on_page in (
        "家庭成员：第 2 人：年龄不对",
        "收入：第 2 笔：没有单据",
        f"照片：{PhotoKind.KITCHEN.label}：太黑",
    ):
        assert words_on_page in page, words_on_page
