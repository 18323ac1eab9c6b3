"""What a change of a rule would do to the last visits, before anybody agrees: seen by both offices, in sight only."""

from backend.desk.rule_effects import effects
from backend.models import Area, db
from tests.cast import COUNTY
from tests.desk.browser import words
from tests.desk.test_rules import SAVINGS, case, newest, send, today

__all__ = ["case"]


def test_both_see_before_and_after_and_which_households_would_read_otherwise(desk, cast, case):
    seen = words(send(desk, cast.mao_zhiqiang, act="effects", to="draft"))
    assert newest() is None
    assert "最近 1 次入户，1 户的提示会不一样" in seen
    assert "可能符合 → 不符合" in seen
    assert "必须满足 改了" in seen
    assert "县里加的：以下全部满足：户基本情况·家里存栏的牛 不多于 5 头" in seen
    send(desk, cast.mao_zhiqiang)
    assert "规则 DB-02 农村低保：财产 ： 改 ，从" in desk(cast.tuo_fuying).text("/parameters/")
    assert "等批准的 1 条" in desk(cast.tuo_fuying).text("/rules/")
    page = desk(cast.tuo_fuying).get("/parameters/rule_DB-02").text
    assert f"/cases/{case.id}/hints" in page
    assert "妥索非也户" in page
    assert "会不一样" not in desk(cast.bai_caixia).text("/parameters/rule_DB-02")


def test_a_household_of_another_county_is_not_among_them(desk, cast, case):
    case.county_code = "620522"
    db.session.flush()
    assert "最近 0 次入户" in words(send(desk, cast.mao_zhiqiang, act="effects", to="draft"))


def test_nobody_counts_households_out_of_sight(cast, case):
    county = db.session.get_one(Area, COUNTY)
    seen = [effects(who, county, "rule_DB-02", SAVINGS, today()).looked_at for who in (cast.bai_caixia, cast.li_zhanfu)]
    assert seen == [1, 0]
