"""What `tests/typesetting.py` calls a fault, planted on a bare page, and beside it what it lets stand."""

import pytest
from playwright.sync_api import Page

from tests.desk.test_in_a_browser import PHONE, chromium
from tests.typesetting import ON_PAPER, TYPESET

pytestmark = pytest.mark.browser
__all__ = ["chromium"]

STYLE = """<style>
  p, div { font: 20px/1.5 "Noto Sans CJK SC", sans-serif; margin: 0 0 20px; text-wrap: wrap }
  .four { width: 82px } .five { width: 102px }
  .cut { width: 60px; overflow: hidden; white-space: nowrap } .said { text-overflow: ellipsis }
  .under { height: 0; margin: 0 }
  @media print { form, .btn { display: none } }
</style>"""


@pytest.fixture(scope="module")
def page(chromium) -> Page:
    return chromium.new_context(viewport=PHONE, locale="zh-CN").new_page()


@pytest.mark.parametrize(
    ("planted", "fault"),
    [
        ('<p class="four">马法图麦·索非也</p>', "a line begins with ·"),
        ('<p class="four">马法图麦<b>·索非也</b></p>', "a line begins with ·"),
        ('<p class="four">一二三四五</p>', "one character alone"),
        ('<p class="four">一二三四五。</p>', "one character alone"),
        ('<div class="cut">一二三四五</div>', "cut off"),
        ('<div class="under">一二三</div><div>四五六</div>', "one over the other"),
        ('<svg width="20" height="20"><use href="#i-nothing"/></svg>', "no drawing #i-nothing"),
    ],
)  # fmt: skip
def test_a_fault_is_seen(page, planted, fault):
    page.set_content(STYLE + planted)
    said = page.evaluate(TYPESET)
    assert len(said) == 1, said
    assert said[0].startswith(fault)


@pytest.mark.parametrize(
    "right",
    [
        '<p class="five">马法图麦·索非也</p>',
        '<p class="four">一二三四五六。</p>',
        '<p class="four">一二三四五 <span style="display: inline-block">可不填</span></p>',
        '<div class="cut said">一二三四五</div>',
        "<div>一二三</div><div>四五六</div>",
        '<svg><symbol id="i-here"></symbol></svg><svg><use href="#i-here"/></svg>',
    ],
)
def test_what_is_right_stands(page, right):
    page.set_content(STYLE + right)
    assert page.evaluate(TYPESET) == []


@pytest.mark.parametrize(
    ("panel", "is_empty"),
    [
        ('<div class="ph"><h2>合并</h2></div><form class="in"><button>记下合并</button></form>', True),
        ('<div class="ph"><h2>密码表</h2></div><div class="in" style="padding: 9px"><a class="btn">下载</a></div>', True),
        ('<div class="ph"><h2>民政救助</h2><span class="n">还没写全称</span></div><form class="in"><button>记</button></form>', False),
        ('<div class="ph"><h2>经过</h2></div><div class="in">6月5日申报</div>', False),
    ],
)  # fmt: skip
def test_a_frame_without_anything_in_it_is_seen_on_paper(page, panel, is_empty):
    page.set_content(f'{STYLE}<section class="panel">{panel}</section>')
    assert page.evaluate(ON_PAPER) == []
    page.emulate_media(media="print")
    assert bool(page.evaluate(ON_PAPER)) == is_empty
    page.emulate_media(media="screen")
