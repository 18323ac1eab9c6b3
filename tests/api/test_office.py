"""打给镇上: a village worker's phone knows whom to ring in its own townships, and nobody else's number."""

import pytest

from backend.models import db
from tests import phone
from tests.cast import GONGMEN


def test_the_own_townships_coordinators_come_with_their_villages(mi, cast):
    (township,) = phone.ask(mi, known={}, office="")["office"]["townships"]
    assert (township["code"], township["name"]) == (GONGMEN, "恭门镇")
    assert township["phones"] == [{"name": "白彩霞", "phone": cast.bai_caixia.phone}]
    assert {"毛山村", "古土村"} < {village["name"] for village in township["villages"]}


def test_what_the_phone_knows_is_not_told_again_and_who_left_is_gone(mi, cast):
    known = phone.ask(mi, known={}, office="")["office"]["digest"]
    assert phone.ask(mi, known={}, office=known)["office"] is None
    assert phone.ask(mi, known={})["office"] is None
    cast.bai_caixia.is_active = False
    db.session.commit()
    assert phone.ask(mi, known={}, office=known)["office"]["townships"][0]["phones"] == []


@pytest.mark.parametrize("who", ["bai_caixia", "mao_zhiqiang", "tie_jianhua", "zhang_cunying"])
def test_only_village_workers_are_told(signed_in, cast, who):
    assert phone.ask(signed_in(getattr(cast, who)), known={}, office="")["office"] is None
