"""What Ctrl+P puts on paper, and what long words and empty queues do to a screen."""

import io
import unicodedata

import pytest
from pypdf import PdfReader

from backend import clock
from backend.domain import review, routing, support
from backend.models import db
from tests.bench import province
from tests.cast import GONGMEN
from tests.desk import test_in_a_browser
from tests.desk.browser import visit
from tests.desk.test_in_a_browser import OFFICE, PHONE, sign_in
from tests.factories import assigned_case

pytestmark = pytest.mark.browser
address, chromium = test_in_a_browser.address, test_in_a_browser.chromium


def printed(page, url) -> str:
    page.goto(url)
    sheets = PdfReader(io.BytesIO(page.pdf(format="A4", prefer_css_page_size=True))).pages
    return unicodedata.normalize("NFKC", "".join("".join(sheet.extract_text().split()) for sheet in sheets))


def test_a_case_and_its_review_are_printed_unfolded_and_without_forms(cast, address, chromium):
    case = visit(assigned_case(cast), author=cast.mi_jianjun, has_income="no").case
    db.session.commit()
    page = sign_in(chromium, address, "bai_caixia", OFFICE)
    for url in (f"{address}/cases/{case.id}", f"{address}/cases/{case.id}/review"):
        told = printed(page, url)
        assert "有没有收入" in told
        for words in ("展开", "收起", "补什么，怎么补", "研判意见", "同意，接着选去向"):
            assert words not in told, words
        assert page.locator("main details:not([open])").count()


def test_the_board_says_whose_it_is_and_asks_for_nothing(cast, address, chromium):
    assigned_case(cast)
    db.session.commit()
    page = sign_in(chromium, address, "bai_caixia", OFFICE)
    told = printed(page, f"{address}/today/")
    assert told.startswith("今日看板恭")
    assert "催办文字" not in told


def test_the_page_of_public_notices_is_no_notice(cast, address, chromium):
    page = sign_in(chromium, address, "bai_caixia", OFFICE)
    told = printed(page, f"{address}/public-notices/")
    assert "不能张贴" in told
    assert "编号" not in told


LANDSCAPE = {"width": 1032, "height": 703}  # A4 within its margins, in CSS pixels
LETTERS = """() => [...document.querySelectorAll('.chart text')].map((text) =>
  parseFloat(getComputedStyle(text).fontSize) * text.ownerSVGElement.getBoundingClientRect().width / 360)"""
EDGES = """() => [...document.querySelectorAll('.chart, .fig')].map((one) => one.getBoundingClientRect())
  .map((box) => [box.width, box.left >= 0 && box.right <= innerWidth])"""


def test_figures_are_printed_with_their_charts_and_tables(cast, address, chromium):
    province.fill(60, below=GONGMEN)
    page = sign_in(chromium, address, "mao_zhiqiang", OFFICE)
    told = printed(page, f"{address}/oversight/")
    for words in (
        "从申报到办结",
        "申报推送",
        "发布次日起算",
        "5天起",
        "按期核查率",
        "90%",
        "阎家乡",
        "合计",
        "应核查",
    ):
        assert words in told, words
    assert "按天看" not in told
    page.set_viewport_size(LANDSCAPE)
    page.emulate_media(media="print")
    edges = page.evaluate(EDGES)
    assert len(edges) >= 4
    assert all(width > 250 and is_whole for width, is_whole in edges), edges
    assert min(page.evaluate(LETTERS)) >= 9.3, "smaller than 7 pt"
    late = page.evaluate("getComputedStyle(document.querySelector('.chart .plot.bad')).strokeDasharray")
    assert late != "none", "what is late has to be told from the rest without colour"
    assert page.locator("nav.tabs:visible, .filter:visible, .head:visible").count() == 0


def test_a_queue_with_nothing_to_take_on_has_no_bar_over_its_rows(cast, address, chromium):
    case = visit(assigned_case(cast), author=cast.mi_jianjun).case
    review.approve(case, actor=cast.bai_caixia)
    one = routing.route(case, to={"housing": []}, reason="墙裂了", actor=cast.bai_caixia)[0]
    db.session.commit()
    page = sign_in(chromium, address, "zhao_shengfu", OFFICE)
    page.goto(f"{address}/routings/")
    assert page.locator(".bulk").count() == 1
    assert page.locator("th:has-text('转办理由')").count() == 1
    routing.accept(one, actor=cast.zhao_shengfu)
    db.session.commit()
    page.goto(f"{address}/routings/")
    assert page.locator(".bulk").count() == 0


def test_a_word_without_end_stays_on_a_phone(cast, address, chromium):
    case = visit(assigned_case(cast), author=cast.mi_jianjun).case
    review.approve(case, actor=cast.bai_caixia)
    one = routing.route(case, to={"housing": []}, reason="a" * 300, actor=cast.bai_caixia)[0]
    routing.accept(one, actor=cast.zhao_shengfu)
    support.add_measure(
        one, need="housing", text="b" * 300, responsible="c" * 60, starts_on=clock.local(clock.now()).date(),
        ends_on=None, funds_fen=None, actor=cast.zhao_shengfu,
    )  # fmt: skip
    db.session.commit()
    page = sign_in(chromium, address, "zhao_shengfu", PHONE)
    for url in (f"/routings/{one.id}", f"/routings/{one.id}/support", "/routings/"):
        page.goto(f"{address}{url}")
        assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"], url
        assert not page.evaluate(
            "[...document.querySelectorAll('main .panel')].some(p => p.scrollWidth > p.clientWidth + 1)"
        ), url
