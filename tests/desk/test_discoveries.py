"""主动发现 at the desk: marked wherever the household stands, and left out of figures about warnings."""

from datetime import timedelta

import pytest

from backend import clock
from backend.models import Case, db
from tests import phone
from tests.cast import LIUGOU, MAOSHAN
from tests.domain.test_quarantine import bring
from tests.factories import id_number, publish, visit_case


@pytest.fixture
def found(cast):
    """米建军 came upon 者玉梅 nine days ago and has not been there since."""
    told = phone.discovery(MAOSHAN, id_number=id_number(), found_at=clock.iso(clock.now() - timedelta(days=9)))
    bring(cast, "discovery", told)
    return db.session.get(Case, told["case_id"])


def test_the_board_tells_the_township(desk, cast, found):
    text = desk(cast.bai_caixia).text("/today/")
    assert "主动发现 1 户在办，没人申报" in text
    assert "1 户只有发现的人去，给他派个同行" in text
    assert "已超期 0" in text


def test_list_and_page_name_it(desk, cast, found):
    browser = desk(cast.bai_caixia)
    assert "者玉梅 主动发现" in browser.text("/cases/?due=alone")
    text = browser.text(f"/cases/{found.id}")
    for words in (
        "发现时写的",
        "乡镇发现，没人申报",
        "房檐掉瓦，自来水断了一个月。",
        "主动发现，没有预警，不算按期率",
        "米建军",
    ):
        assert words in text
    assert "申报时说的" not in text
    assert found.declaration.id_number not in text


def test_nobody_is_asked_to_compare_what_nobody_declared(desk, cast, found):
    mine = desk(cast.mao_zhiqiang)
    assert "还没有申报信息" in mine.text("/imports/")
    publish()
    text = mine.text("/imports/")
    assert "申报都比对过了" in text
    assert "申报 1 件，已发布 1 " in text


def test_figures_about_warnings_leave_it_out(desk, cast, found):
    publish()
    visit_case(found, author=cast.mi_jianjun)
    page = desk(cast.mao_zhiqiang).text("/oversight/")
    assert "合计 1 0 0 1 1 0 0 0 0 1 — — — 0 0 0 0 1" in " ".join(page.replace("%", " %").split())
    assert "入户的人自己看见的， 1 户" in page
    assert "马占福" not in desk(cast.mao_zhiqiang).text("/cases/?due=found&state=all")


def test_a_place_of_others_waits_for_the_township_with_its_words(desk, cast):
    item = bring(cast, "discovery", phone.discovery(LIUGOU, name=""))
    text = desk(cast.bai_caixia).text(f"/deposits/{item.id}")
    for words in ("不是他管的村", "姓名不详", "房子、吃水"):
        assert words in text
