"""What cannot belong to a case as it is stays as handed in, and holds up nobody."""

import logging

import pytest

from backend.domain import events, visits
from backend.domain.sync import payloads
from backend.models import Event, InboxItem, db
from backend.models.base import new_id
from tests import phone
from tests.postgres import on_both

pytestmark = on_both


def test_a_household_one_was_never_sent_to_looks_like_one_that_is_not_there(signed_in, cast, case):
    stranger = signed_in(cast.tuo_hasan)
    unknown = phone.visit(case) | {"case_id": new_id()}
    assert phone.hand_in_one(stranger, "visit", phone.visit(case)) == ("quarantined", "unknown_case")
    assert phone.hand_in_one(stranger, "visit", unknown) == ("quarantined", "unknown_case")
    assert case.visits == []
    reasons = db.session.scalars(db.select(InboxItem.reason).order_by(InboxItem.received_at)).all()
    assert sorted(reasons) == ["foreign_case", "unknown_case"]
    tags = db.session.scalars(db.select(Event.tag).where(Event.actor_id == cast.tuo_hasan.id)).all()
    assert tags.count("item:quarantined") == 2


@pytest.mark.parametrize(
    ("payload", "code"),
    [
        ("{", "unreadable"),
        ("[]", "unreadable"),
        ('"words"', "unreadable"),
        ("[" * 100_000, "unreadable"),
        ('{"answers": NaN}', "unreadable"),
        ('{"text": "\\ud800"}', "unreadable"),
        ("{}", "invalid"),
        ('{"case_id": "x", "colour": 1}', "unknown_keys"),
    ],
)
def test_what_cannot_be_read_is_put_aside(mi, cast, payload, code):
    assert phone.hand_in_one(mi, "visit", payload) == ("quarantined", code)
    assert db.session.scalars(db.select(InboxItem)).one().payload == payload


@pytest.mark.parametrize(
    "change",
    [
        {"visited_at": "yesterday"},
        {"visited_at": "2026-06-03T10:00:00"},
        {"visited_at": None},
        {"ended_at": 5},
        {"answers": []},
        {"base_revision": "1"},
        {"form_version": None},
        {"server_offset_ms": 1e300},
    ],
)
def test_wrong_types_are_put_aside(mi, case, change):
    assert phone.hand_in_one(mi, "visit", phone.visit(case) | change) == ("quarantined", "invalid")
    assert case.visits == []


def test_a_poison_item_holds_up_nobody(mi, case, caplog, monkeypatch):
    """Whatever a mistake of ours makes of one item, half of it written, the others are judged."""
    whole = visits._make_current

    def stumble(case, visit, times, **other):
        whole(case, visit, times, **other)
        db.session.flush()
        if visit.living_size == 29:
            raise RuntimeError("a mistake of ours")

    monkeypatch.setattr(visits, "_make_current", stumble)
    poison = phone.visit(case, filled=phone.answers(living_size=29))
    items = [
        phone.envelope("observation", phone.observation(case), seq=1),
        phone.envelope("visit", poison, seq=2),
        phone.envelope("visit", phone.visit(case), seq=3),
    ]
    with caplog.at_level(logging.ERROR):
        phone.hand_in(mi, *items)
    assert [phone.verdict_of(mi, item) for item in items] == [
        ("applied", None),
        ("quarantined", "apply_failed"),
        ("applied", None),
    ]
    db.session.refresh(case)
    assert 29 not in [visit.living_size for visit in case.visits]
    assert items[1]["id"] in caplog.text
    assert "马占福" not in caplog.text
    assert events.broken_link() is None


def test_a_list_of_photos_without_end_asks_no_more_of_the_database_than_another(mi, case):
    photos = [phone.listed(b"x") | {"id": new_id()} for _ in range(2_000)]
    crowd = phone.visit(case, filled=phone.answers(photos=photos))
    assert phone.hand_in_one(mi, "visit", crowd) == ("needs_review", "photo_list")
    assert len(case.photos) == case.visits[0].photos_expected == payloads.MOST_PHOTOS
