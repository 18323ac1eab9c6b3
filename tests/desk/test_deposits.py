"""What phones handed in and nobody adopted is shown to those who decide."""

import pytest

from backend import clock
from backend.models import InboxItem, db
from tests.cast import LISHAN
from tests.factories import assigned_case, publish


def hand_in(user, case_id: str | None, *, reason: str = "reassigned", verdict: str = "needs_review") -> InboxItem:
    item = InboxItem(
        kind="visit",
        user_id=user.id,
        device_id="d" * 36,
        seq=1,
        sha256="0" * 64,
        received_at=clock.now(),
        receipt_no="3F7A-91C2",
        verdict=verdict,
        reason=reason,
        case_id=case_id,
    )
    item.payload = "{}"
    db.session.add(item)
    db.session.flush()
    return item


def test_an_item_of_a_case_in_sight_says_who_and_why(desk, cast):
    case = assigned_case(cast, name="马占福")
    hand_in(cast.hui_axi, case.id)
    mine = desk(cast.bai_caixia)
    text = mine.text("/deposits/")
    for said in ("惠阿西 社会救助协理员", "核查表 马占福户", "这一户已经派给别人了", "回执 3F7A-91C2", "谁来看"):
        assert said in text, said
    assert "手机交来、要人看的 1 件" in mine.text("/today/")


@pytest.mark.parametrize("case_id", [None, "0" * 36])
def test_an_item_of_no_known_case_goes_by_where_its_author_works(desk, cast, case_id):
    hand_in(cast.mi_jianjun, case_id, reason="unreadable", verdict="quarantined")
    assert "原样存着" in desk(cast.bai_caixia).text("/deposits/")
    assert "没有要人看的" in desk(cast.li_zhanfu).text("/deposits/")


def test_out_of_sight_and_adopted_ones_are_not_shown(desk, cast):
    hand_in(cast.tuo_hasan, publish(name="李占福", village=LISHAN).id)
    hand_in(cast.mi_jianjun, assigned_case(cast).id, verdict="applied", reason="")
    mine = desk(cast.bai_caixia)
    assert "没有要人看的" in mine.text("/deposits/")
    assert "手机交来、要人看的" not in mine.text("/today/")
    assert desk(cast.zhao_shengfu).get("/deposits/").status_code == 403
