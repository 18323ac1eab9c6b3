"""A rule is changed in a browser: rows come as one chooses, both offices see what it does; axe finds nothing serious."""

import pytest
from playwright.sync_api import Page, expect

from backend import clock
from backend.models import ParameterProposal, db
from tests.desk.browser import visit
from tests.desk.every_page import CIVIL, LEADS
from tests.desk.test_axe import found_on
from tests.desk.test_in_a_browser import OFFICE, PHONE, address, chromium, sign_in
from tests.domain.suggestion_vectors import TOLD
from tests.factories import assigned_case

pytestmark = pytest.mark.browser
__all__ = ["address", "chromium"]


@pytest.fixture
def case_id(cast) -> str:
    case = visit(assigned_case(cast, name="妥索非也"), author=cast.mi_jianjun, **TOLD["answers"], cattle=8).case
    made = case.id
    db.session.commit()
    return made


def type_condition(page: Page) -> None:
    page.fill("[name=o1-about]", "家里养的牛")
    page.fill("[name=o1-met]", "牛没有超过 5 头")
    page.fill("[name=o1-unmet]", "牛超过 5 头")
    page.select_option("[name=o1r1-operator]", "at_most")
    page.fill("[name=o1r1-value]", "5")


def type_document(page: Page) -> None:
    page.fill("[name=clause]", "张民发〔2026〕8号 第3条")
    page.fill("[name=source]", "张民发〔2026〕8号")
    page.fill("[name=valid_from_on]", clock.local(clock.now()).date().isoformat())


def test_every_state_of_the_form_reads_well_on_every_screen(cast, address, chromium, case_id):
    said = {}

    def look(page: Page, name: str) -> None:
        if found := found_on(page, f"desk-rule-{name}"):
            said[name] = found
        page.set_viewport_size(OFFICE)

    page = sign_in(chromium, address, LEADS, OFFICE)
    page.goto(f"{address}/rules/DB-02")
    page.click("text=再加一个条件")
    page.select_option("[name=o1r1-fact]", "cattle")
    expect(page.locator("[name=o1r1-operator]")).to_be_visible()
    type_condition(page)
    page.click("text=再加一条比较")
    page.select_option("[name=o1r2-fact]", "v_kind")
    expect(page.locator("[name=o1r2-codes][value=car]")).to_be_visible()
    page.select_option("[name=o1r2-operator]", "not_in")
    page.check("[name=o1r2-codes][value=car]")
    look(page, "rows")
    page.click("text=先看改了会怎样")
    expect(page.locator("#seen")).to_contain_text("会不一样")
    look(page, "seen")
    page.click("button:has-text('提出来')")
    expect(page.locator("#err-source")).to_be_visible()
    look(page, "errors")
    type_document(page)
    page.click("button:has-text('提出来')")
    expect(page.locator("main")).to_contain_text("等批准")
    look(page, "proposed")
    other = sign_in(chromium, address, CIVIL, OFFICE)
    other.goto(f"{address}/parameters/rule_DB-02")
    look(other, "waiting")
    other.click("button:has-text('批准')")
    expect(other.locator("main")).to_contain_text("现在用")
    for place in ("parameters/rule_DB-02", "rules/", f"cases/{case_id}/hints", "rules/DB-02"):
        other.goto(f"{address}/{place}")
        look(other, place.replace("/", "-"))
    assert said == {}


def test_a_rule_is_changed_on_a_phone_without_script(cast, address, chromium, case_id):
    page = sign_in(chromium, address, LEADS, PHONE, java_script_enabled=False)
    page.goto(f"{address}/rules/XZ-01")
    page.fill("[name=title]", "养牛的户要核实")
    page.select_option("[name=assistance]", "dibao")
    page.click("text=再加一个条件")
    page.select_option("[name=o1r1-fact]", "cattle")
    page.click("text=选好了")
    type_condition(page)
    type_document(page)
    page.press("[name=o1r1-value]", "Enter")
    expect(page.locator("[name=o1r1-value]")).to_have_value("5")
    page.click("button:has-text('提出来')")
    expect(page.locator("main")).to_contain_text("等批准")
    db.session.rollback()
    one = db.session.query(ParameterProposal).one()
    assert (one.key, one.value["must"], one.value["title"]) == ("rule_XZ-01", ["XZ-01.1"], "养牛的户要核实")
