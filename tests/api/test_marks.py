"""A server that was put back to an older day, folder and epoch with it, is told so by any phone's mark."""

import pytest
from sqlalchemy import delete, update

from backend.domain import events
from backend.domain.sync.mark import begin_after
from backend.models import ChainHead, Event, db
from backend.storage.epoch import read_epoch
from tests import phone
from tests.postgres import on_both

pytestmark = on_both


def hear(client, mark=""):
    """(epoch, mark) of an answer to a phone that tells `mark`."""
    answer = client.post("/api/v1/changes", json={"known": {}}, headers={"Ruhu-Mark": mark})
    assert answer.status_code == 200, answer.text
    return answer.json["epoch"], answer.headers.get("Ruhu-Mark")


@pytest.fixture
def go_back(app):
    """Forget all events since the call before: what a restore of database and folder leaves."""
    last = db.session.scalar(db.select(db.func.max(Event.id))) or 0
    link = db.session.scalar(db.select(ChainHead.hash))

    def back():
        db.session.execute(delete(Event).where(Event.id > last))
        if link is None:
            db.session.execute(delete(ChainHead))
        else:
            db.session.execute(update(ChainHead).values(hash=link))
        db.session.commit()
        db.session.expire_all()

    return back


def test_a_mark_that_is_lost_here_begins_one_new_epoch(mi, case, go_back):
    first, before = hear(mi)
    phone.hand_in(mi, phone.envelope("urgent", phone.urgent(case)))
    same, after = hear(mi, before)
    assert (same, after != before) == (first, True)
    go_back()
    assert hear(mi, before)[0] == first, "what came before the backup is still here"
    begun, fresh = hear(mi, after)
    assert begun != first
    # The second phone notices by the epoch; it does not begin a third one.
    assert hear(mi, after)[0] == begun
    assert hear(mi, fresh)[0] == begun


def test_two_who_notice_at_once_begin_one_epoch(mi, case):
    _, mark = hear(mi)
    assert begin_after(mark) == begin_after(mark)


def test_a_server_that_went_on_since_the_restore_is_noticed_too(mi, case, go_back):
    first, _ = hear(mi)
    phone.hand_in(mi, phone.envelope("urgent", phone.urgent(case)))
    _, mark = hear(mi)
    go_back()
    for _ in range(3):
        phone.hand_in(mi, phone.envelope("urgent", phone.urgent(case)))
    assert hear(mi, mark)[0] != first


def test_marks_that_this_server_never_told_begin_nothing(mi, case):
    first, mark = hear(mi)
    epoch, link, proof = mark.split(".")
    for told in (
        "x",
        ".",
        "..",
        f"{epoch}.{'a' * 64}.{proof}",
        f"{epoch}.{link}.",
        f"x.{link}.{proof}",
        "." * 500,
        "é.é",
    ):
        assert hear(mi, told)[0] == first


def test_the_answer_to_a_deposit_covers_the_deposit(mi, case, go_back, app):
    item = phone.envelope("urgent", phone.urgent(case))
    answer = mi.post("/api/v1/inbox", json={"items": [item]}, headers={"Ruhu-Mark": ""})
    go_back()
    assert hear(mi, answer.headers["Ruhu-Mark"])[0] != answer.json["epoch"]


def test_the_answer_to_a_photo_covers_the_photo(mi, case, photo, raw, go_back):
    first, _ = hear(mi)
    begun = phone.announce(mi, photo, case)
    last = phone.send(mi, begun.headers["Location"], raw, **{"Ruhu-Mark": ""})
    assert last.headers["Ruhu-Receipt"]
    go_back()
    assert hear(mi, last.headers["Ruhu-Mark"])[0] != first


def test_who_asks_for_no_mark_gets_none(mi, signed_in, cast):
    assert "Ruhu-Mark" not in mi.post("/api/v1/changes", json={"known": {}}).headers


def test_the_office_can_say_so_itself(app, mi):
    first, _ = hear(mi)
    result = app.test_cli_runner().invoke(args=["restored"])
    assert (result.exit_code, "从备份恢复" in result.output) == (0, True)
    assert hear(mi)[0] not in (first, "")
    assert read_epoch(app.extensions["ruhu_settings"].data) != first
    assert events.broken_link() is None
