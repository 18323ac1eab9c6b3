"""Judging by whoever comes: never twice, in order, after any crash; sealed or plain, proven or not."""

import json
import zlib
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from sqlalchemy import event as sql_event
from sqlalchemy.exc import OperationalError

from backend.access_inbox import visible_items
from backend.codebook import Verdict
from backend.domain import events
from backend.domain.sync import apply, opening
from backend.domain.sync.apply import apply_pending
from backend.extensions import key_ring
from backend.models import Device, Event, InboxItem, Visit, db
from backend.models.base import new_id
from tests import phone
from tests.factories import assigned_case
from tests.handset import enrolled
from tests.postgres import on_both

pytestmark = on_both
AT_ONCE = 4


@pytest.fixture
def handset(cast):
    return enrolled(cast.mi_jianjun, cast.ding_zhiqiang)


def judge():
    while apply_pending(limit=7):
        db.session.commit()


def row_of(item):
    return db.session.get(InboxItem, item["id"], populate_existing=True)


def owners_of(item, *users):
    return {
        user.name for user in users if db.session.get(InboxItem, item["id"]) in db.session.scalars(visible_items(user))
    }


def test_several_judge_at_once_and_each_item_is_judged_once(app, client, handset, cast):
    cases = [assigned_case(cast) for _ in range(6)]
    db.session.commit()
    items = [
        handset.sealed("visit", phone.visit(case, filled=phone.answers(living_size=size)), author=cast.mi_jianjun)
        for size in (1, 2, 3, 4, 5) for case in cases
    ]  # fmt: skip
    phone.hand_in(client, *items)
    gate = Barrier(AT_ONCE)

    def work():
        with app.app_context():
            gate.wait()
            judge()
            db.session.remove()

    with ThreadPoolExecutor(AT_ONCE) as pool:
        [done.result() for done in [pool.submit(work) for _ in range(AT_ONCE)]]
    db.session.expire_all()
    assert db.session.query(Visit).count() == len(items)
    assert {item.verdict for item in db.session.query(InboxItem)} == {Verdict.APPLIED}
    assert [(v.living_size, v.is_current) for v in cases[0].visits if v.is_current] == [(5, True)]
    assert db.session.query(Event).filter_by(tag="visit:recorded").count() == len(items)
    assert events.broken_link() is None


@pytest.mark.parametrize(
    ("flag", "arrange"),
    [
        ("device_revoked", lambda device, user: setattr(device, "revoked_at", device.first_seen_at)),
        ("account_closed", lambda device, user: setattr(user, "is_active", False)),
    ],
)
def test_what_is_not_proven_waits_for_the_township_of_the_case(client, handset, cast, case, flag, arrange):
    arrange(db.session.get(Device, handset.id), cast.mi_jianjun)
    item = handset.sealed("visit", phone.visit(case), author=cast.mi_jianjun)
    phone.hand_in(client, item)
    judge()
    assert (row_of(item).verdict, row_of(item).reason, row_of(item).case_id) == ("quarantined", flag, case.id)
    assert owners_of(item, cast.bai_caixia, cast.li_zhanfu) == {"白彩霞"}
    assert case.visits == []


def test_an_account_closed_between_receipt_and_verdict(client, handset, cast, case):
    item = handset.sealed("visit", phone.visit(case), author=cast.mi_jianjun)
    phone.hand_in(client, item)
    cast.mi_jianjun.is_active = False
    judge()
    assert (row_of(item).verdict, row_of(item).reason) == ("quarantined", "account_closed")


def squeezed(raw):
    return b"\x01" + zlib.compress(raw, wbits=-15)


@pytest.mark.parametrize(
    ("plain", "reason"),
    [
        (b"", "unreadable"),
        (b"\x02{}", "unreadable"),
        (b"\x00\xff\xfe", "unreadable"),
        (b"\x00{", "unreadable"),
        (b"\x01not deflated", "unreadable"),
        (squeezed(b"{}") + b"more", "unreadable"),
        (squeezed(b"{}" * 9)[:-3], "unreadable"),
        (squeezed(b" " * opening.LARGEST_TEXT + b"{}"), "unreadable"),
        (b"\x00{}", "invalid"),
    ],
)
def test_what_is_in_the_seal_is_read_strictly(client, handset, cast, plain, reason):
    item = handset.sealed("visit", {}, author=cast.mi_jianjun)
    phone.hand_in(client, item)
    _, row_of(item).sealed = handset.seal(f"ruhu-item-1|{item['id']}|visit", plain)
    judge()
    assert (row_of(item).verdict, row_of(item).reason) == ("quarantined", reason)
    assert owners_of(item, cast.bai_caixia, cast.li_zhanfu) == {"白彩霞"}


def test_a_seal_that_does_not_open_is_kept_and_tried_again_by_a_person(client, handset, cast, case):
    item = handset.sealed("visit", phone.visit(case), author=cast.mi_jianjun)
    phone.hand_in(client, item)
    key_ring().ring["deposit"]["keys"], keys = {}, key_ring().ring["deposit"]["keys"]
    key_ring()._opened.clear()
    judge()
    assert (row_of(item).verdict, row_of(item).reason) == ("quarantined", "unopened")
    key_ring().ring["deposit"]["keys"] = keys
    assert json.loads(opening.text_of(row_of(item)))["case_id"] == case.id


def test_a_seal_for_another_item_does_not_open(client, cast, handset, case):
    item, other = (handset.sealed("visit", phone.visit(case), author=cast.mi_jianjun) for _ in range(2))
    phone.hand_in(client, item, other)
    row_of(item).sealed = row_of(other).sealed
    judge()
    assert [(row_of(one).verdict, row_of(one).reason) for one in (item, other)] == [
        ("quarantined", "unopened"), ("applied", ""),
    ]  # fmt: skip


def test_the_form_of_another_day_and_the_facts_of_two_are_kept_and_shown(client, handset, cast, case):
    old = handset.sealed("visit", phone.visit(case, form_version=99, base_revision=0), author=cast.mi_jianjun)
    two = handset.sealed("visit", phone.visit(case, filled=phone.answers(living_size=1)), author=cast.ding_zhiqiang)
    phone.hand_in(client, old, two)
    judge()
    assert [(row_of(one).verdict, row_of(one).reason) for one in (old, two)] == [
        ("needs_review", "form_version"), ("needs_review", "other_visit"),
    ]  # fmt: skip
    assert [(v.author.name, v.living_size, v.is_current) for v in case.visits] == [
        ("米建军", 2, True),
        ("丁志强", 1, False),
    ]
    assert owners_of(old, cast.bai_caixia, cast.li_zhanfu) == owners_of(two, cast.bai_caixia) == {"白彩霞"}


def test_while_the_database_is_out_of_reach_all_wait(client, mi, handset, cast, case):
    item = handset.sealed("visit", phone.visit(case), author=cast.mi_jianjun)
    phone.hand_in(client, item)

    def fail(_connection, _cursor, statement, *_):
        if statement.startswith("INSERT INTO visit"):
            raise OperationalError(statement, {}, Exception("disk full"))

    sql_event.listen(db.engine, "before_cursor_execute", fail)
    told = phone.ask(mi, items=[item["id"]])["verdicts"][item["id"]]
    sql_event.remove(db.engine, "before_cursor_execute", fail)
    assert (told["verdict"], case.visits) == ("pending", [])
    assert phone.verdict_of(mi, item) == ("applied", None)
    assert events.broken_link() is None


@pytest.mark.parametrize("name", ["case_id", "photo", "text", "taken_at", "author"])
def test_what_a_database_cannot_be_asked_about_holds_up_nobody(client, handset, case, cast, name):
    """PostgreSQL knows no NUL: an item that names its household or a photo so is put aside by itself."""
    told, listed = phone.observation(case), phone.listed(b"x")
    match name:
        case "photo":
            told["photos"] = [listed | {"id": f"{listed['id'][:-1]}\x00"}]
        case "taken_at":
            told["photos"] = [listed | {"taken_at": "\x00"}]
        case _:
            told[name] = f"{told.get(name, '')[:-1]}\x00"
    odd = [handset.sealed("observation", told, author=cast.mi_jianjun) for _ in range(2)]
    good = handset.sealed("visit", phone.visit(case), author=cast.mi_jianjun)
    phone.hand_in(client, odd[0], good, odd[1])
    judge()
    assert row_of(good).verdict == "applied"
    assert Verdict.PENDING not in {row_of(item).verdict for item in odd}


def test_a_household_that_the_database_refuses_to_look_up_holds_up_nobody(client, handset, case, cast, monkeypatch):
    """Whatever else it may be that it refuses of one item, the others are judged."""
    look = apply._cases

    def stumble(ids):
        wanted = list(ids)
        if beyond in wanted:
            db.session.execute(db.insert(InboxItem.__table__).values(id=taken))
        return look(wanted)

    monkeypatch.setattr(apply, "_cases", stumble)
    told = [phone.visit(case)] * 4
    told[1] = told[1] | {"case_id": (beyond := new_id())}
    items = [handset.sealed("visit", one, author=cast.mi_jianjun) for one in told]
    taken = items[0]["id"]
    phone.hand_in(client, *items)
    judge()
    verdicts = [(row_of(item).verdict, row_of(item).reason) for item in items]
    assert verdicts == [("applied", ""), ("quarantined", "apply_failed"), ("applied", ""), ("applied", "")]


def test_whoever_judged_all_does_not_look_once_more(client, handset, cast):
    case = assigned_case(cast)
    phone.hand_in(client, *[handset.sealed("urgent", phone.urgent(case), author=cast.mi_jianjun) for _ in range(3)])
    assert [apply.judge(limit=2), apply.judge(limit=2), apply.judge(limit=2)] == [(2, True), (1, False), (0, False)]
