"""A phone gone wrong that begins uploads and brings nothing is told to wait; who brings photos never is."""

import pytest
from limits import parse

from backend.api import beginnings
from backend.models import Upload, db
from tests import phone
from tests.api.test_upload_at_once import bring

MOST = beginnings.MOST.amount


@pytest.fixture
def worn_out(mi, case, photo, cast):
    """Somebody who began as many as may be begun, the last of them here."""
    for _ in range(MOST - 1):
        beginnings.count(cast.mi_jianjun.id)
    assert phone.announce(mi, photo, case).status_code == 201
    return mi


def test_who_begins_on_and_on_is_told_to_wait(worn_out, case, photo):
    refused = phone.announce(worn_out, photo, case)
    assert (refused.status_code, refused.json["code"]) == (429, "too_many_uploads")
    assert 0 < int(refused.headers["Retry-After"]) <= 3600
    assert db.session.query(Upload).count() == 1


def test_nobody_else_waits(worn_out, case, photo, signed_in, cast):
    assert phone.announce(signed_in(cast.ding_zhiqiang), photo, case).status_code == 201


def test_what_was_begun_may_be_brought_and_opens_the_way_again(worn_out, case, photo, raw):
    begun = db.session.query(Upload.id).first()[0]
    assert phone.receipt_in(phone.send(worn_out, f"/api/v1/uploads/{begun}", raw))
    assert phone.announce(worn_out, photo, case).status_code == 201


def test_every_one_that_brings_nothing_counts_and_what_comes_whole_does_not(mi, case, photo, raw, monkeypatch):
    monkeypatch.setattr(beginnings, "MOST", parse("3/hour"))
    assert [bring(mi, phone.listed(raw), case, raw).status_code for _ in range(4)] == [201] * 4
    assert [phone.announce(mi, photo, case).status_code for _ in range(4)] == [201] * 3 + [429]
