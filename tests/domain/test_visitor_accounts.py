"""Accounts that a visit names: applied, kept and shown all the same, but a person looks at what cannot be."""

from datetime import timedelta

import pytest

from backend import clock
from backend.codebook import ItemKind, Stage, Verdict
from backend.domain import quarantine, visits
from backend.domain.visitor_accounts import MOST, are_doubtful
from backend.models import Cover, InboxItem, db
from backend.models.base import new_id
from tests import phone
from tests.cast import colleague
from tests.factories import MONDAY, assigned_case
from tests.postgres import on_both

pytestmark = on_both


@pytest.fixture
def case(cast):
    return assigned_case(cast, at=MONDAY)


def with_second(cast, **second):
    first = {"user_id": cast.mi_jianjun.id, "name": "米建军", "unit": "恭门镇", "role": "防贫监测网格员"}
    return phone.answers(visitors=[first, {"name": "苏文秀", "unit": "恭门镇", "role": "网格员"} | second])


def test_who_was_sent_and_who_has_no_account_are_no_doubt(case, cast):
    assert not are_doubtful(case, with_second(cast, user_id=cast.ding_zhiqiang.id))
    assert not are_doubtful(case, with_second(cast, phone="12000000002"))
    assert not are_doubtful(case, with_second(cast, user_id=None))
    assert not are_doubtful(case, {"visitors": "nobody"})


@pytest.mark.parametrize("who", ["hui_axi", "bai_caixia", "tuo_fuying"])
def test_whoever_works_there_or_above_may_have_gone_along(case, cast, who):
    assert not are_doubtful(case, with_second(cast, user_id=getattr(cast, who).id))


def test_whoever_worked_there_may_too_and_so_may_who_has_left(case, cast):
    gone = colleague(cast.mi_jianjun)
    gone.is_active = False
    for posting in gone.postings:
        posting.ended_on = clock.local(MONDAY).date()
    assert not are_doubtful(case, with_second(cast, user_id=gone.id))


def test_a_stand_in_from_another_township_may_be_there(case, cast):
    told = with_second(cast, user_id=cast.tuo_hasan.id)
    assert are_doubtful(case, told)
    day = clock.local(MONDAY).date()
    db.session.add(
        Cover(
            user=cast.ding_zhiqiang, stand_in=cast.tuo_hasan, from_on=day, until_on=day + timedelta(days=3),
            set_by=cast.bai_caixia.id, set_at=MONDAY,
        )
    )  # fmt: skip
    db.session.flush()
    assert not are_doubtful(case, told)


@pytest.mark.parametrize("account", ["0190a000-0000-7000-8000-0000000000a1", "no\0body", 7, ["a"], {"a": 1}])
def test_an_account_that_does_not_exist_is_a_doubt(case, cast, account):
    assert are_doubtful(case, with_second(cast, user_id=account))


def test_more_than_ever_go_are_a_doubt_without_asking(case):
    assert are_doubtful(case, {"visitors": [{"user_id": new_id()} for _ in range(MOST + 1)]})


def test_it_is_applied_kept_and_waits_for_a_look(case, cast, signed_in):
    told = with_second(cast, user_id=new_id())
    mi = signed_in(cast.mi_jianjun)
    assert phone.hand_in_one(mi, "visit", phone.visit(case, filled=told)) == ("needs_review", "visitor_account")
    (visit,) = case.visits
    assert (case.stage, visit.is_current, visit.author_id) == (Stage.SUBMITTED, True, cast.mi_jianjun.id)
    assert visits.answers_of(visit) == told
    item = db.session.scalars(db.select(InboxItem).where(InboxItem.kind == ItemKind.VISIT)).one()
    quarantine.accept(item, note="打电话问过，是替班的", actor=cast.bai_caixia)
    assert (item.verdict, visit.is_current, case.stage) == (Verdict.APPLIED, True, Stage.SUBMITTED)
