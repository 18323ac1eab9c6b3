"""另存待人工处理: a person overrules the program, and nothing is thrown away."""

import json

import pytest

from backend import clock
from backend.codebook import NoticeKind, Stage, Verdict
from backend.domain import assignment, events, quarantine
from backend.domain.sync.apply import apply_pending
from backend.domain.visits import answers_of
from backend.models import Case, Event, InboxConflict, InboxItem, Notice, Posting, db
from backend.models.base import new_id
from backend.problems import Problem
from tests import phone
from tests.cast import LISHAN
from tests.factories import assigned_case, publish
from tests.postgres import on_both

pytestmark = on_both
WHY = "打电话问过，是他填的"


@pytest.fixture
def case(cast):
    return assigned_case(cast)


def bring(cast, kind, content, *, user=None, flag="", author=None, seq=1):
    """A deposited item, judged."""
    envelope = phone.envelope(kind, content, seq=seq)
    item = InboxItem(
        id=envelope["id"], kind=kind, user_id=(user or cast.mi_jianjun).id, device_id=phone.DEVICE, seq=seq,
        sha256=envelope["sha256"], received_at=clock.now(), receipt_no="0000-0000", flag=flag,
        author_id=author.id if author else None,
    )  # fmt: skip
    item.payload = envelope["payload"]
    db.session.add(item)
    apply_pending(user=item.user)
    return item


def told_to(user):
    kinds = db.session.scalars(db.select(Notice.kind).where(Notice.user_id == user.id).order_by(Notice.id))
    return list(kinds)


def last_event():
    return db.session.scalars(db.select(Event).order_by(Event.id.desc()).limit(1)).one()


def test_accepting_adopts_what_was_not_proven(cast, case):
    item = bring(cast, "visit", phone.visit(case), flag="device_revoked")
    assert (item.verdict, item.reason, case.visits) == ("quarantined", "device_revoked", [])
    quarantine.accept(item, note=WHY, actor=cast.bai_caixia)
    assert (item.verdict, item.settled_by_id, item.settlement) == ("applied", cast.bai_caixia.id, WHY)
    assert [(v.author.name, v.is_current) for v in case.visits] == [("米建军", True)]
    assert case.stage == Stage.SUBMITTED
    assert told_to(cast.mi_jianjun) == [NoticeKind.ACCEPTED]


def test_accepted_work_is_that_of_whom_it_names(cast, case):
    item = bring(cast, "visit", phone.visit(case), user=cast.hui_axi, author=cast.mi_jianjun, flag="unproven_author")
    quarantine.accept(item, note=WHY, actor=cast.bai_caixia)
    assert [v.author.name for v in case.visits] == ["米建军"]
    assert (item.user_id, item.carried_by_id) == (cast.mi_jianjun.id, cast.hui_axi.id)
    assert told_to(cast.mi_jianjun) == told_to(cast.hui_axi) == [NoticeKind.ACCEPTED]


def test_what_was_never_theirs_is_accepted_beside(cast, case):
    item = bring(cast, "visit", phone.visit(case), user=cast.hui_axi)
    assert (item.verdict, item.reason) == ("quarantined", "foreign_case")
    quarantine.accept(item, note="协理员路过时填的", actor=cast.bai_caixia)
    assert [(v.author.name, v.is_current) for v in case.visits] == [("惠阿西", False)]
    assert case.stage == Stage.ASSIGNED


def test_what_came_after_the_end_is_accepted_beside(cast, case):
    case.stage, case.closed_at = Stage.CLOSED, clock.now()
    item = bring(cast, "visit", phone.visit(case), flag="bad_signature")
    quarantine.accept(item, note=WHY, actor=cast.bai_caixia)
    assert (case.stage, [v.is_current for v in case.visits]) == (Stage.CLOSED, [False])


def test_accepting_what_stands_beside_settles_it_and_records_nothing_twice(cast, case):
    content = phone.visit(case)
    assignment.assign(case, main=cast.hui_axi, companion=cast.ding_zhiqiang, actor=cast.bai_caixia)
    item = bring(cast, "visit", content)
    assert (item.verdict, len(case.visits)) == ("needs_review", 1)
    quarantine.accept(item, note="看过了", actor=cast.bai_caixia)
    assert (item.verdict, len(case.visits)) == ("applied", 1)


def test_unknown_keys_are_overruled_and_the_rest_is_taken(cast, case):
    item = bring(cast, "observation", phone.observation(case) | {"mood": "good"})
    assert (item.reason, item.case_id) == ("unknown_keys", case.id)
    quarantine.accept(item, note=WHY, actor=cast.bai_caixia)
    assert json.loads(case.observations[0].facts_text)["text"] == "后院还有两头牛犊"
    assert json.loads(item.payload)["mood"] == "good"


def test_attaching_puts_it_to_the_household_that_a_person_chose(cast, case):
    item = bring(cast, "visit", phone.visit(case) | {"case_id": new_id()})
    assert item.reason == "unknown_case"
    quarantine.attach(item, case=case, note="门牌对过", actor=cast.bai_caixia)
    assert (item.verdict, item.case_id, len(case.visits)) == ("applied", case.id, 1)
    assert answers_of(case.visits[0])["head_name"] == "马占福"
    assert told_to(cast.mi_jianjun) == [NoticeKind.ATTACHED]


def test_discarding_keeps_everything_and_can_be_undone(cast, case):
    item = bring(cast, "visit", phone.visit(case), user=cast.hui_axi)
    content = item.payload
    quarantine.discard(item, reason="填的是邻居家，身份证 620599197106300055", actor=cast.bai_caixia)
    assert (item.verdict, item.settlement, item.payload) == ("discarded", "填的是邻居家，身份证 *", content)
    quarantine.restore(item, note="点错了", actor=cast.bai_caixia)
    assert (item.verdict, item.settled_by_id, item.settlement) == ("quarantined", None, "")
    assert told_to(cast.hui_axi) == [NoticeKind.DISCARDED, NoticeKind.RESTORED]


def test_what_stood_beside_does_so_again_when_restored(cast, case):
    case.stage, case.closed_at = Stage.CLOSED, clock.now()
    item = bring(cast, "visit", phone.visit(case))
    quarantine.discard(item, reason="重复", actor=cast.bai_caixia)
    quarantine.restore(item, note="不重复", actor=cast.bai_caixia)
    assert item.verdict == Verdict.NEEDS_REVIEW


def conflict_of(cast, case, **other):
    first = phone.envelope("visit", phone.visit(case))
    second = phone.envelope(
        "visit", phone.visit(case, filled=phone.answers(living_size=1)) | other, item_id=first["id"]
    )
    for envelope in (first, second):
        inbox_row = bring_conflict(cast, envelope)
    return db.session.get(InboxItem, first["id"]), inbox_row


def bring_conflict(cast, envelope):
    facts = {
        "user_id": cast.mi_jianjun.id, "device_id": phone.DEVICE, "sha256": envelope["sha256"],
        "received_at": clock.now(), "receipt_no": "0000-0001",
    }  # fmt: skip
    if db.session.get(InboxItem, envelope["id"]) is None:
        row = InboxItem(id=envelope["id"], kind="visit", seq=1, **facts)
    else:
        row = InboxConflict(item_id=envelope["id"], **facts)
    row.payload = envelope["payload"]
    db.session.add(row)
    apply_pending(user=cast.mi_jianjun)
    return row


def test_a_conflict_becomes_an_item_of_its_own_beside(cast, case):
    first, conflict = conflict_of(cast, case)
    item = quarantine.adopt_conflict(conflict, note="两份都要", actor=cast.bai_caixia)
    assert (item.id, item.verdict) == (conflict.id, "applied")
    assert sorted((v.item_id == first.id, v.is_current, v.living_size) for v in case.visits) == [
        (False, False, 1), (True, True, 2),
    ]  # fmt: skip
    with pytest.raises(Problem, match="item_settled"):
        quarantine.adopt_conflict(conflict, note="再来", actor=cast.bai_caixia)


def test_a_conflict_is_discarded_and_taken_up_like_any_item(cast, case):
    _, conflict = conflict_of(cast, case)
    item = quarantine.discard_conflict(conflict, reason="手机坏了", actor=cast.bai_caixia)
    assert (item.verdict, item.payload) == ("discarded", conflict.payload)
    quarantine.restore(item, note="还是要", actor=cast.bai_caixia)
    quarantine.accept(item, note="要", actor=cast.bai_caixia)
    assert len(case.visits) == 2


VERBS = {
    "item:accepted": lambda item, case, actor: quarantine.accept(item, note=WHY, actor=actor),
    "item:attached": lambda item, case, actor: quarantine.attach(item, case=case, note=WHY, actor=actor),
    "item:discarded": lambda item, case, actor: quarantine.discard(item, reason=WHY, actor=actor),
}


@pytest.mark.parametrize("tag", VERBS)
def test_each_leaves_its_event_and_tells_the_phones(cast, case, tag):
    item, before = bring(cast, "observation", phone.observation(case), flag="bad_signature"), case.revision
    VERBS[tag](item, case, cast.bai_caixia)
    event = last_event()
    assert (event.tag, event.actor.name, event.case_id) == (tag, "白彩霞", case.id)
    assert event.facts == {"item": item.id, "kind": "observation", "overruled": "bad_signature"}
    assert case.revision > before
    assert events.broken_link() is None


def test_restoring_and_adopting_leave_theirs(cast, case):
    item = bring(cast, "observation", phone.observation(case), flag="bad_signature")
    quarantine.discard(item, reason=WHY, actor=cast.bai_caixia)
    quarantine.restore(item, note=WHY, actor=cast.bai_caixia)
    assert (last_event().tag, last_event().facts["item"]) == ("item:restored", item.id)
    _, conflict = conflict_of(cast, case)
    quarantine.adopt_conflict(conflict, note=WHY, actor=cast.bai_caixia)
    assert (last_event().tag, last_event().facts["beside"]) == ("conflict:adopted", conflict.item_id)


@pytest.mark.parametrize("tag", VERBS)
def test_none_goes_without_a_reason_or_a_second_time(cast, case, tag):
    item = bring(cast, "observation", phone.observation(case), flag="bad_signature")
    with pytest.raises(Problem, match="reason_missing"):
        quarantine.discard(item, reason=" ", actor=cast.bai_caixia)
    VERBS[tag](item, case, cast.bai_caixia)
    with pytest.raises(Problem, match="item_settled"):
        VERBS[tag](item, case, cast.bai_caixia)


@pytest.mark.parametrize("tag", VERBS)
def test_another_township_does_not_know_of_it(cast, case, tag):
    item = bring(cast, "observation", phone.observation(case), flag="bad_signature")
    with pytest.raises(Problem, match="not_found"):
        VERBS[tag](item, case, cast.li_zhanfu)
    with pytest.raises(Problem, match="forbidden"):
        VERBS[tag](item, case, cast.mi_jianjun)
    assert item.verdict == Verdict.QUARANTINED


def test_it_refuses_what_cannot_be(cast, case):
    lost = bring(cast, "visit", phone.visit(case) | {"case_id": new_id()})
    torn = bring(cast, "visit", "{")
    with pytest.raises(Problem, match="item_without_case"):
        quarantine.accept(lost, note=WHY, actor=cast.bai_caixia)
    with pytest.raises(Problem, match="item_unreadable"):
        quarantine.attach(torn, case=case, note=WHY, actor=cast.bai_caixia)
    with pytest.raises(Problem, match="not_found"):
        quarantine.attach(lost, case=publish(village=LISHAN), note=WHY, actor=cast.bai_caixia)
    own = bring(cast, "visit", phone.visit(case) | {"form_version": 99})
    assert own.verdict == Verdict.NEEDS_REVIEW
    with pytest.raises(Problem, match="item_counts"):
        quarantine.discard(own, reason=WHY, actor=cast.bai_caixia)
    assert db.session.get(Case, case.id).stage == Stage.SUBMITTED


def test_the_county_owns_what_belongs_to_no_township(cast):
    db.session.execute(db.delete(Posting).where(Posting.user_id == cast.tuo_hasan.id))
    item = bring(cast, "visit", "{", user=cast.tuo_hasan)
    with pytest.raises(Problem, match="not_found"):
        quarantine.discard(item, reason=WHY, actor=cast.li_zhanfu)
    assert quarantine.discard(item, reason=WHY, actor=cast.mao_zhiqiang).verdict == Verdict.DISCARDED
