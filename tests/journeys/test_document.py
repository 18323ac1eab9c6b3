"""甘民发〔2023〕53号, read aloud by a browser: from the files the offices send to the closed case."""

import time
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect, sync_playwright

from backend import create_app
from backend.codebook import Stage
from backend.config import DEMO_PASSWORD, Settings
from backend.domain import events
from backend.models import Case, db
from tests.factories import id_number
from tests.house import ROOT
from tests.journeys.phone_screen import CHROMIUM, FLAGS, Phone, picture
from tests.served import free_port, served

pytestmark = pytest.mark.browser

SAMPLES = ROOT / "demo" / "samples"
NARRATIVE = "户主今年三月查出大病，两次住院，报销后自付三万六千元，牛都卖了，还欠亲戚四万元。"
HOUSEHOLD = {
    "S0": {"visit_mode": "in_person", "interviewee_name": "家里老人", "interviewee_relation": "head"},
    "S1": {"live_address": "本村三社", "registered_size": 1, "living_size": 1, "cattle": 0},
    "S7": {"risks": ["illness"], "needs": ["health"], "coping": "unable", "wish": ["temporary"],
           "narrative": "太短了，还要写够三十个字才能交上去，所以这里多写几句话给镇上看。"},
    "S9": {"visitor_opinion": ["temporary", "housing"], "opinion_reason": "自付大，墙上有裂缝"},
}  # fmt: skip
MEMBER = {"m_id_number": id_number(), "m_relation": "head", "m_is_living": "yes", "m_health": ["healthy"], "m_labour": "none",
          "m_benefits": ["none"], "m_insurance": "resident"}  # fmt: skip
TAGS = ["warning:published", "case:assigned", "visit:recorded", "visit:returned", "visit:recorded", "visit:approved",
        "case:routed", "routing:accepted", "decision:recorded", "routing:accepted", "decision:recorded"]  # fmt: skip


class Office:
    """Somebody at a desk."""

    def __init__(self, browser, address: str, account: str) -> None:
        self.page: Page = browser.new_context(viewport={"width": 1280, "height": 800}, locale="zh-CN").new_page()
        self.page.set_default_timeout(20_000)
        self.address = address
        self.go("/login")
        self.page.fill("[name=username]", account)
        self.page.fill("[name=password]", DEMO_PASSWORD)
        self.page.press("[name=password]", "Enter")
        self.page.wait_for_url(lambda url: "/login" not in url)

    def go(self, path: str) -> None:
        self.page.goto(self.address + path)


def import_and_publish(county: Office) -> None:
    """一、加强信息共享联动: five rosters and one batch of declarations, compared and published."""
    page = county.page
    for path in sorted(SAMPLES.iterdir()):
        county.go("/imports/")
        page.check(f"[name=subject][value={'declarations' if '一键报贫' in path.name else 'roster'}]", force=True)
        page.set_input_files("[name=file]", path)
        page.click("text=传上来看看")
        page.click("button:has-text('导入')")
        page.wait_for_selector("text=收下")
    county.go("/imports/")
    page.click("button:has-text('比对')")
    page.wait_for_selector("text=114 条")
    page.click("button:has-text('发布这 114 条')")
    page.wait_for_selector("text=没有要发布的预警")


def assign(town: Office) -> str:
    """The township sends 米建军 and 丁志强 to the first household; the case's id."""
    page = town.page
    town.go("/assignments/")
    page.locator("a:has-text('单独派')").first.click()
    case_id = page.url.split("/cases/")[1].split("/")[0]
    for duty, name in (("main", "米建军"), ("companion", "丁志强")):
        value = page.locator(f"[name={duty}] option:has-text('{name}')").get_attribute("value")
        page.select_option(f"[name={duty}]", value)
    page.click("button:has-text('派出去')")
    page.wait_for_selector("text=派出去了")
    return case_id


def visit_offline(phone: Phone, case_id: str) -> None:
    """二、入户核查, without any network, up to the photos."""
    phone.go()
    phone.page.wait_for_selector(f"[data-testid=task-{case_id}]")
    for key in ("S0", "S1"):
        phone.section(case_id, key)
        if phone.page.get_by_test_id("all-normal").count():
            phone.page.get_by_test_id("all-normal").click()
        phone.fill(HOUSEHOLD[key])
        if key == "S1" and not phone.page.get_by_test_id("q-head_name").get_attribute("class").count("known"):
            phone.fill({"head_name": "家里老人"})
        phone.saved()
    phone.section(case_id, "S2")
    if not phone.page.get_by_test_id("member-0").count():
        phone.page.get_by_test_id("add-member").click()
        phone.fill({"m_name": "家里老人"})
    else:
        phone.page.wait_for_timeout(500)
        if not phone.page.get_by_role("dialog").count():
            phone.page.get_by_test_id("member-0").locator("button, a").first.click()
    for key, value in MEMBER.items():
        if phone.page.get_by_test_id(f"q-{key}").count():
            phone.fill({key: value})
    phone.page.get_by_test_id("member-done").click()
    phone.page.locator("[data-testid=saved][data-state=saved], [data-testid=q-has_income]").first.wait_for()
    phone.fill_money_and_walls(case_id)
    phone.section(case_id, "S7")
    phone.page.get_by_test_id("q-narrative").wait_for()
    phone.fill(HOUSEHOLD["S7"] | {"is_urgent": "no"})
    phone.saved()
    phone.section(case_id, "S8")
    for colour in ((200, 10, 10), (10, 10, 200)):
        phone.photograph(picture(colour))
    phone.refuse_photos()
    phone.saved()
    phone.section(case_id, "S9")
    phone.fill(HOUSEHOLD["S9"])
    phone.saved()


def finish(phone: Phone, case_id: str, *, signs: bool) -> None:
    """十、签字: two visitors and the interviewee; then everything goes to the outbox."""
    phone.go(f"cases/{case_id}/finish")
    phone.page.wait_for_selector("[data-testid=left]")
    phone.explain()
    if signs:
        for key in ("signature_interviewee", "signature_visitor_1", "signature_visitor_2"):
            phone.sign(key)
    expect(phone.page.get_by_test_id("left")).to_contain_text("都齐了", timeout=15_000)
    phone.page.get_by_test_id("finish").click()
    phone.page.wait_for_url(f"**/cases/{case_id}")


def observe(team: Phone, case_id: str) -> None:
    """驻村帮扶工作队 saw something else at the same household; the browser dies before it is handed in."""
    team.go(f"cases/{case_id}/observe")
    team.page.locator("label.opt", has_text="养牛").click()
    team.page.locator("main input[inputmode=decimal], main input[inputmode=numeric]").first.fill("2")
    team.page.fill("#note", "后院还有两头牛犊")
    time.sleep(2)
    team.kill()
    team.open()
    team.go(f"cases/{case_id}/observe")
    expect(team.page.locator("#note")).to_have_value("后院还有两头牛犊")
    expect(team.page.locator("#seen")).to_have_value("2")
    team.page.get_by_test_id("keep-observation").click()
    team.page.wait_for_url(f"**/cases/{case_id}")
    team.give_password("team01")
    team.send()


def decide(browser, address: str, case_id: str, account: str, outcome: str) -> None:
    """三、落实救助帮扶措施: the department takes it on and records what was decided."""
    office = Office(browser, address, account)
    office.go("/routings/")
    office.page.locator("td.go a").first.click()
    office.page.click("#decide button")
    office.page.check(f"input[value={outcome}]", force=True)
    if account == "county_mz01":
        office.page.fill("[name=amount]", "4000")
        office.page.check("#decide [name=elsewhere]")
    office.page.click("#decide button:has-text('登记结果')")
    office.page.wait_for_selector("text=结果登记了")


def history(folder: Path, case_id: str) -> tuple[list[str], Case]:
    """Tags of the case's events in order, but for what arrives beside the visit; and the case; the chain must be whole."""
    app = create_app(Settings(mode="demo", data=folder, database_url=f"sqlite:///{folder / 'ruhu.sqlite3'}"))
    with app.app_context():
        assert events.broken_link() is None
        case = db.session.get(Case, case_id)
        # Observation and pictures are judged and developed beside the visit, whichever comes first.
        tags, beside = [event.tag for event in case.events], ["observation:recorded", "photo:stored", "photo:stored"]
        assert sorted(tag for tag in tags if tag in beside) == beside
        states = {photo.state for photo in case.photos}
        assert (case.stage, states, len(case.visits)) == (Stage.CLOSED, {"stored"}, 2)
        assert case.visited_at == case.visits[0].visited_at, "a return does not move the visit"
        db.engine.dispose()
    return [tag for tag in tags if tag not in beside], case


def test_from_the_files_to_the_closed_case(tmp_path):
    folder, port = tmp_path / "var", free_port()
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        with served(folder, port=port, RUHU_DEMO="staff") as address:
            import_and_publish(Office(browser, address, "county_rv01"))
            case_id = assign(Office(browser, address, "town01"))
            phone = Phone(play, tmp_path / "grid01", address)
            phone.sign_in("grid01")
            phone.page.wait_for_selector(f"[data-testid=task-{case_id}]")

        visit_offline(phone, case_id)
        phone.kill()
        phone.open()
        finish(phone, case_id, signs=True)
        phone.go("outbox")
        phone.page.wait_for_selector("text=1 户待上报")

        with served(folder, port=port, RUHU_DEMO="staff") as address:
            team = Phone(play, tmp_path / "team01", address)
            team.sign_in("team01")
            observe(team, case_id)
            phone.give_password("grid01")
            phone.send()
            judge(Office(browser, address, "town01"), phone, case_id)
            decide(browser, address, case_id, "county_mz01", "included")
            decide(browser, address, case_id, "house01", "solved")
        assert history(folder, case_id)[0] == TAGS


def see(town: Office, path: str, is_there: Callable[[Page], bool]) -> None:
    """Deposits are judged and pictures developed after they arrived; ask again until the page shows it."""
    until = time.monotonic() + 60
    town.go(path)
    while not is_there(town.page):
        assert time.monotonic() < until, town.page.inner_text("main")
        time.sleep(1)
        town.go(path)


def judge(town: Office, phone: Phone, case_id: str) -> None:
    """乡镇联合研判: returned once, corrected on the phone, approved, routed to 民政 and 住房."""
    page = town.page
    see(town, f"/cases/{case_id}/review", lambda shown: shown.locator("main img").count() == 2)
    page.click("#return summary")
    page.check("#return input[value=contradiction]", force=True)
    page.fill("#return [name=return_reason]", "入户情况写清楚花了多少钱")
    page.click("#return button:has-text('退回补正')")
    page.wait_for_url("**/reviews/")
    phone.go("?tab=returned")
    phone.page.wait_for_selector(f"[data-testid=task-{case_id}]")
    phone.section(case_id, "S7")
    phone.fill({"narrative": NARRATIVE})
    phone.saved()
    finish(phone, case_id, signs=False)
    phone.send()
    see(town, f"/cases/{case_id}/review", lambda shown: "三万六千元" in shown.inner_text("main"))
    page.click("#differing label:has-text('2 头')")
    page.click("button:has-text('同意，接着选去向')")
    for words in ("民政救助", "临时救助", "住房安全"):
        page.click(f"#judge label:has-text('{words}')")
    page.fill("#judge textarea", "自付三万六千元，墙上有裂缝")
    page.click("button:has-text('转出去')")
    page.wait_for_selector("text=转出去了，2 个去向")
