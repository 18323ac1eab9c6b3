"""规则 on the desk: a county changes one or writes its own, the other office approves, past results stay."""

from datetime import date, timedelta

import pytest

from backend import clock
from backend.domain import parameter_changes
from backend.models import Case, Parameter, ParameterProposal, db
from tests.cast import COUNTY
from tests.desk.browser import visit, words
from tests.domain.suggestion_vectors import TOLD
from tests.factories import assigned_case

ANSWERS = TOLD["answers"] | {"cattle": 8}
SAVINGS = {
    "must": ["savings"], "should": [], "best": "yes", "worst": "no", "clause": "张民发〔2026〕8号 第3条",
    "source": "张民发〔2026〕8号", "tests": {},
}  # fmt: skip


def today() -> date:
    return clock.local(clock.now()).date()


def tomorrow() -> date:
    return today() + timedelta(days=1)


@pytest.fixture
def case(cast) -> Case:
    return visit(assigned_case(cast, name="妥索非也"), author=cast.mi_jianjun, **ANSWERS).case


def typed(**other):
    """The form of DB-02 that looks at the savings and at a condition of the county's own about cattle."""
    return {
        "u-savings": "must", "u-property_checked": "should", "u-one_house": "unused", "best": "maybe", "worst": "no",
        "clause": "张民发〔2026〕8号 第3条", "source": "张民发〔2026〕8号", "valid_from_on": tomorrow().isoformat(), "reason": "",
        "owns": "1", "o1-use": "must", "o1-about": "家里养的牛", "o1-met": "牛没有超过 5 头", "o1-unmet": "牛超过 5 头",
        "o1-join": "all", "o1-is_turned": "no", "o1-rows": "1", "o1r1-fact": "cattle", "o1r1-was": "cattle",
        "o1r1-operator": "at_most", "o1r1-value": "5",
    } | other  # fmt: skip


def send(desk, person, rule="DB-02", act="propose", to="proposals", **other):
    return desk(person).post(f"/rules/{rule}/{to}", typed(act=act, **other))


def newest() -> ParameterProposal:
    return db.session.query(ParameterProposal).order_by(ParameterProposal.id.desc()).first()


def approved(cast, value, rule="DB-02", day=None, **other):
    one = parameter_changes.propose(
        key=f"rule_{rule}", value=value, valid_from_on=day or tomorrow(), source="张民发〔2026〕8号", area_code=COUNTY,
        actor=cast.mao_zhiqiang, **other,
    )  # fmt: skip
    return parameter_changes.approve(one, actor=cast.tuo_fuying)


def test_a_changed_rule_holds_from_its_day_and_says_its_clause(desk, cast, case):
    mine, url = desk(cast.bai_caixia), f"/cases/{case.id}/hints"
    before = mine.text(url)
    assert send(desk, cast.mao_zhiqiang).location == "/parameters/rule_DB-02"
    one = newest()
    assert one.value["must"] == ["savings", "DB-02.1"]
    assert one.value["tests"]["DB-02.1"]["when"] == {"all": [{"fact": "cattle", "at_most": 5}]}
    assert mine.text(url) == before
    assert desk(cast.tuo_fuying).post(f"/parameters/proposals/{one.id}/approval").status_code == 303
    assert mine.text(url) == before
    after = mine.text(f"{url}?on={tomorrow().isoformat()}")
    assert "牛超过 5 头 家里存栏的牛 8 头，上限 5 头" in after
    assert "依据：张民发〔2026〕8号 第3条（DB-02） 县里定的" in after
    assert "规则 DB-02 农村低保：财产" in after
    with clock.standing_at(clock.now() + timedelta(days=2)):
        new = visit(assigned_case(cast, name="马占福"), author=cast.mi_jianjun, **ANSWERS).case
    assert "牛超过 5 头" in desk(cast.bai_caixia).text(f"/cases/{new.id}/hints")


def test_a_change_approved_late_hides_not_what_was_seen_on_the_day(desk, cast, case):
    day = today()
    with clock.standing_at(clock.now() + timedelta(days=3)):
        approved(cast, SAVINGS, day=day - timedelta(days=9), reason="文件补发")
    mine, url = desk(cast.bai_caixia), f"/cases/{case.id}/hints"
    now = mine.text(url)
    assert "规则 DB-02 农村低保：财产是以后才批、从以前算起的" in now
    assert "张民发〔2026〕8号 第3条" in now
    then = mine.text(f"{url}?on={day.isoformat()}&known={day.isoformat()}")
    assert "张民发〔2026〕8号 第3条" not in then
    assert "民发〔2021〕57号 第14条" in then


def test_going_back_late_is_said_too(desk, cast, case):
    approved(cast, SAVINGS, day=date(2026, 1, 1), reason="从一月起")
    day = today()
    with clock.standing_at(clock.now() + timedelta(days=3)):
        approved(cast, {}, day=day - timedelta(days=9), reason="文件作废")
    assert "规则 DB-02 农村低保：财产是以后才批" in desk(cast.bai_caixia).text(f"/cases/{case.id}/hints")


def test_a_rule_of_the_county_s_own_until_it_ends_it(desk, cast, case):
    own = {"title": "养牛的户要核实", "assistance": "dibao"}
    assert send(desk, cast.mao_zhiqiang, "XZ-01", **own).status_code == 303
    desk(cast.tuo_fuying).post(f"/parameters/proposals/{newest().id}/approval")
    mine, url = desk(cast.bai_caixia), f"/cases/{case.id}/hints?on="
    assert "养牛的户要核实" in mine.text(url + tomorrow().isoformat())
    assert "养牛的户要核实" not in mine.text(url + today().isoformat())
    assert "养牛的户要核实 XZ-01 县里定的" in mine.text(f"/rules/?on={tomorrow().isoformat()}")
    assert "/rules/XZ-02" in desk(cast.mao_zhiqiang).get("/rules/").text
    later = tomorrow() + timedelta(days=5)
    with clock.standing_at(clock.now() + timedelta(days=2)):
        assert "不再用这条规则" in desk(cast.mao_zhiqiang).text("/rules/XZ-01")
        send(desk, cast.mao_zhiqiang, "XZ-01", act="restore", valid_from_on=later.isoformat())
        desk(cast.tuo_fuying).post(f"/parameters/proposals/{newest().id}/approval")
    assert newest().value == {}
    assert "养牛的户要核实" not in mine.text(url + later.isoformat())


def test_the_list_says_what_the_county_changed_since_when_by_what_and_who_approved(desk, cast):
    approved(cast, SAVINGS)
    text = desk(cast.bai_caixia).text(f"/rules/?on={tomorrow().isoformat()}")
    row = text.split("农村低保：财产")[1].split("农村低保：家庭成员")[0]
    assert "DB-02 县里改过 存款等金融资产 张民发〔2026〕8号 第3条" in row
    assert "妥福英批" in row
    assert "县里改过" not in desk(cast.bai_caixia).text("/rules/")
    history = desk(cast.bai_caixia).text("/parameters/rule_DB-02")
    assert "毛志强 提，妥福英" in history
    assert "存款等金融资产 张民发〔2026〕8号 第3条" in history


@pytest.mark.parametrize(
    ("wrong", "place"),
    [
        ({"u-savings": "unused", "o1-use": "should"}, "must"),
        ({"clause": ""}, "clause"),
        ({"source": ""}, "source"),
        ({"valid_from_on": "明天"}, "valid_from_on"),
        ({"valid_from_on": "2026-01-01"}, "reason"),
        ({"best": "surely"}, "best"),
        ({"o1-use": ""}, "must"),
        ({"o1-about": ""}, "o1-about"),
        ({"o1-about": "住房鉴定"}, "o1-about"),
        ({"o1-met": "长" * 41}, "o1-met"),
        ({"o1-unmet": "牛没有超过 5 头"}, "o1-unmet"),
        ({"o1-rows": "0"}, "o1-join"),
        ({"o1r1-fact": "head_id_number"}, "o1r1-fact"),
        ({"o1r1-fact": "m_health", "o1r1-operator": "at_most"}, "o1r1-operator"),
        ({"o1r1-operator": ""}, "o1r1-operator"),
        ({"o1r1-value": "五"}, "o1r1-value"),
        ({"o1r1-value": "1e3"}, "o1r1-value"),
        ({"o1r1-value": "5.5"}, "o1r1-value"),
        ({"o1r1-parameter": "dibao_standard_fen"}, "o1r1-value"),
        ({"o1r1-fact": "house_grade", "o1r1-operator": "in", "o1r1-codes": "z"}, "o1r1-value"),
        ({"o1-rows": "2", "o1r2-fact": "cattle", "o1r2-operator": "at_most", "o1r2-value": "5"}, "o1-join"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field_and_nothing_is_lost(desk, cast, wrong, place):
    answer = send(desk, cast.mao_zhiqiang, **wrong)
    assert answer.status_code == 422
    assert f'id="err-{place}"' in answer.text
    assert "rule_" not in words(answer)
    assert wrong.get("o1-unmet") or "牛超过 5 头" in answer.text
    assert newest() is None


def test_a_rule_of_its_own_without_a_name_is_told_so(desk, cast):
    answer = send(desk, cast.mao_zhiqiang, "XZ-01")
    assert answer.status_code == 422
    assert 'id="err-title"' in answer.text
    assert 'id="err-assistance"' in answer.text


def test_rows_come_and_go_without_script(desk, cast):
    def draft(act, **other):
        return send(desk, cast.mao_zhiqiang, act=act, to="draft", **other).text

    assert 'name="o2-about"' in draft("add")
    assert 'name="o1r2-fact"' in draft("add-1")
    assert 'name="o1-about"' not in draft("drop-1")
    two = {"o1-rows": "2", "o1r2-fact": "sheep", "o1r2-operator": "above", "o1r2-value": "7"}
    kept = draft("drop-1-1", **two)
    assert '<option value="sheep" selected>' in kept
    assert 'name="o1r2-fact"' not in kept
    health = draft("again", **{"o1r1-fact": "m_health"})
    assert 'name="o1r1-codes"' in health
    assert "慢性病" in health
    for odd in ("add-9", "drop-0", "drop-1-9", "drop", "x", "add-1-1-1"):
        assert 'name="o1-about"' in draft(odd)
    for odd in ({"owns": "x"}, {"owns": "99"}, {"o1-rows": "-1"}, {"o1r1-fact": "<b>"}):
        assert "<b>" not in draft("again", **odd)


def test_what_holds_stands_on_the_form(desk, cast):
    send(
        desk, cast.mao_zhiqiang, valid_from_on=today().isoformat(), **{"o1-is_turned": "yes", "o1r1-operator": "above"}
    )
    desk(cast.tuo_fuying).post(f"/parameters/proposals/{newest().id}/approval")
    page = desk(cast.tuo_fuying).get("/rules/DB-02").text
    assert 'value="牛超过 5 头"' in page
    assert '<option value="above" selected>' in page
    assert 'name="o1-is_turned" value="yes" checked' in page
    assert "改回程序带的规则" in page
    assert send(desk, cast.tuo_fuying, act="restore").status_code == 303
    assert newest().value == {}


def test_who_may_change_rules(desk, cast):
    for person in (cast.bai_caixia, cast.liu_yulan, cast.chen_xiaohong):
        assert desk(person).get("/rules/DB-02").status_code == 403
        assert send(desk, person).status_code == 403
        assert send(desk, person, to="draft").status_code == 403
    assert desk(cast.tuo_fuying).get("/rules/XX-01").status_code == 404
    assert desk(cast.tuo_fuying).get("/rules/XZ-99").status_code == 404
    assert desk(cast.tuo_fuying).get("/rules/DB-02?area=620522").status_code == 404
    assert desk(cast.tuo_fuying).post("/rules/XX-01/proposals", typed()).status_code == 404
    send(desk, cast.mao_zhiqiang)
    assert desk(cast.mao_zhiqiang).post(f"/parameters/proposals/{newest().id}/approval").status_code == 403
    assert db.session.query(Parameter).filter_by(key="rule_DB-02").count() == 0


@pytest.mark.parametrize("rule", ["DB-02", "XZ-01"])
def test_every_rule_has_a_page_of_its_changes(desk, cast, rule):
    text = desk(cast.tuo_fuying).text(f"/parameters/rule_{rule}")
    assert "改这条规则" in text
    assert "改这条规则" not in desk(cast.bai_caixia).text(f"/parameters/rule_{rule}")
