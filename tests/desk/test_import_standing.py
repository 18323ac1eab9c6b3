"""导入比对 says how far everything is; a county is counted in indexes, a township household by household."""

import pytest

from backend.codebook import ComparisonCode
from backend.domain import transfer
from backend.models import Area, db
from tests import phone
from tests.cast import LONGSHAN, MAOSHAN
from tests.domain.test_quarantine import bring
from tests.factories import compare, declare, publish


@pytest.fixture
def county(cast):
    """Four declared in 毛山村: not compared, receiving, to be published, published; one more came upon."""
    declare()
    compare(declare(), ComparisonCode.M1, is_warned=False)
    compare(declare())
    case = publish()
    bring(cast, "discovery", phone.discovery(MAOSHAN))
    db.session.commit()
    return case


def test_each_is_counted_where_it_stands(desk, cast, county):
    for who in (cast.tuo_fuying, cast.bai_caixia, cast.liu_yulan, cast.zhang_cunying):
        text = desk(who).text("/imports/")
        assert "申报 4 件，已发布 1 条" in text, who.username
        assert "1 件 申报还没比对" in text, who.username
        assert "1 条 预警可以发布" in text, who.username


def test_what_was_declared_elsewhere_is_elsewhere(desk, cast, county):
    declare(village="620523100001")
    publish(village="620523100001")
    db.session.commit()
    assert "申报 4 件，已发布 1 条" in desk(cast.tuo_fuying).text("/imports/")
    assert "申报 6 件，已发布 2 条" in desk(cast.zhang_cunying).text("/imports/")


def test_a_household_that_moved_was_declared_where_it_was(desk, cast, county):
    other = db.session.get(Area, LONGSHAN)
    transfer.transfer(county, to=other, reason="搬走了", actor=cast.bai_caixia)
    db.session.commit()
    for who in (cast.tuo_fuying, cast.bai_caixia):
        assert "申报 4 件，已发布 1 条" in desk(who).text("/imports/"), who.username


def test_nothing_is_left_to_do(desk, cast):
    publish()
    db.session.commit()
    text = desk(cast.tuo_fuying).text("/imports/")
    assert "申报 1 件，已发布 1 条" in text
    assert "申报都比对过了" in text
    assert "没有要发布的预警" in text
