"""Many phones, many hands: the same item at once is still one item."""

from concurrent.futures import ThreadPoolExecutor
from contextvars import Context

import pytest
from flask.testing import FlaskClient

from backend.domain import events
from backend.models import InboxItem, Visit, db
from tests import phone
from tests.factories import assigned_case
from tests.postgres import on_both

pytestmark = on_both

AT_ONCE = 8


@pytest.fixture
def hands(app, cast, signed_in):
    """Calls of one person from several threads at once, each on a connection of its own."""
    token = signed_in(cast.mi_jianjun).get_cookie("ruhu").value
    db.session.commit()
    db.session.remove()

    def call(path, body):
        def once():
            client = FlaskClient(app)
            client.set_cookie("ruhu", token)
            return client.post(path, json=body, headers={"X-Ruhu": "1"})

        return Context().run(once)

    with ThreadPoolExecutor(AT_ONCE) as pool:
        yield lambda path, bodies: [one.result() for one in [pool.submit(call, path, body) for body in bodies]]


def test_the_same_visit_sent_many_times_at_once_is_one_visit(app, cast, hands):
    case = assigned_case(cast)
    for _ in range(3):
        item = phone.envelope("visit", phone.visit(case))
        db.session.commit()
        db.session.remove()
        answers = hands("/api/v1/inbox", [{"items": [item]}] * AT_ONCE)
        assert [answer.status_code for answer in answers] == [200] * AT_ONCE
        receipts = [answer.json["receipts"][0] for answer in answers]
        assert sorted(r["outcome"] for r in receipts) == ["duplicate"] * (AT_ONCE - 1) + ["stored"]
        assert len({r["receipt_no"] for r in receipts}) == 1
        hands("/api/v1/changes", [{"known": {}}] * AT_ONCE)
        case = db.session.merge(case)
        assert db.session.query(Visit).filter_by(item_id=item["id"]).count() == 1
        assert db.session.get(InboxItem, item["id"]).verdict == "applied"
    assert events.broken_link() is None


def test_many_items_at_once_are_all_kept_and_the_chain_is_whole(app, cast, hands):
    case = assigned_case(cast)
    items = [phone.envelope("observation", phone.observation(case), seq=n) for n in range(24)]
    db.session.commit()
    db.session.remove()
    answers = hands("/api/v1/inbox", [{"items": [item]} for item in items])
    assert {answer.json["receipts"][0]["outcome"] for answer in answers} == {"stored"}
    hands("/api/v1/changes", [{"known": {}}] * AT_ONCE)
    assert db.session.query(InboxItem).filter_by(verdict="applied").count() == 24
    assert events.broken_link() is None
