"""What came late is told to both: who brought it, and who has the household now; once, until the phone has it."""

import pytest

from backend import clock
from backend.codebook import Stage
from backend.domain import assignment, notices, quarantine
from backend.models import InboxItem, Notice, db
from tests import phone
from tests.handset import enrolled
from tests.postgres import on_both

pytestmark = on_both


@pytest.fixture
def hui(signed_in, cast):
    return signed_in(cast.hui_axi)


def reassign(case, cast):
    assignment.assign(case, main=cast.hui_axi, companion=cast.ding_zhiqiang, actor=cast.bai_caixia)


def kinds(answer):
    return [notice["kind"] for notice in answer["notices"]]


@pytest.mark.parametrize("kind", ["visit", "observation", "attempt", "urgent"])
def test_both_are_told_of_what_came_after_reassignment(mi, hui, signed_in, case, cast, kind):
    content = getattr(phone, kind)(case)
    reassign(case, cast)
    assert phone.hand_in_one(mi, kind, content) == ("needs_review", "reassigned")
    (mine,), (theirs,) = phone.ask(mi)["notices"], phone.ask(hui)["notices"]
    assert (mine["kind"], mine["case_id"], mine["text"][-7:]) == ("kept_beside", case.id, "现在的人看得到")
    assert (theirs["kind"], theirs["text"][:4]) == ("late_contribution", "改派以后")
    assert kinds(phone.ask(signed_in(cast.ding_zhiqiang))) == ["late_contribution"]
    assert phone.ask(signed_in(cast.bai_caixia))["notices"] == []


def test_a_sealed_visit_of_who_was_relieved_is_told_like_any(client, mi, hui, case, cast):
    item = enrolled(cast.mi_jianjun).sealed("visit", phone.visit(case), author=cast.mi_jianjun)
    reassign(case, cast)
    phone.hand_in(client, item)
    assert phone.verdict_of(mi, item) == ("needs_review", "reassigned")
    assert kinds(phone.ask(hui)) == ["late_contribution"]
    assert [v.author.name for v in case.visits] == ["米建军"]


def test_a_second_visit_and_one_after_the_end_are_told(mi, signed_in, case, cast):
    ding = signed_in(cast.ding_zhiqiang)
    phone.hand_in_one(mi, "visit", phone.visit(case))
    phone.hand_in_one(ding, "visit", phone.visit(case))
    assert [notice["text"][:9] for notice in phone.ask(mi)["notices"]] == ["这一户别人也交了一"]
    assert [notice["text"][:6] for notice in phone.ask(ding)["notices"]] == ["别人也交了一"]
    case.stage, case.closed_at = Stage.CLOSED, clock.now()
    phone.hand_in_one(mi, "observation", phone.observation(case))
    assert phone.ask(mi)["notices"][-1]["text"][:6] == "这一户已办结"


def test_it_is_said_once_per_item_and_until_the_phone_has_it(mi, hui, case, cast):
    item = phone.envelope("visit", phone.visit(case))
    reassign(case, cast)
    for _ in range(2):
        phone.hand_in(mi, item)
        phone.ask(mi)
    assert db.session.query(Notice).count() == 3
    (notice,) = phone.ask(hui)["notices"]
    assert phone.ask(hui)["notices"] == [notice]
    assert phone.ask(mi, notices_taken=[notice["id"]])["notices"] != []
    assert phone.ask(hui, notices_taken=[notice["id"]])["notices"] == []
    assert db.session.get(Notice, notice["id"]).told_at is not None


def test_what_nobody_confirms_is_not_told_for_ever(mi, case, cast):
    reassign(case, cast)
    phone.hand_in_one(mi, "observation", phone.observation(case))
    db.session.query(Notice).update({"made_at": clock.now() - notices.TOLD_FOR})
    assert phone.ask(mi)["notices"] == []


def test_a_verdict_that_a_person_changed_comes_unasked(signed_in, cast, case):
    hasan = signed_in(cast.tuo_hasan)
    item = phone.envelope("visit", phone.visit(case))
    phone.hand_in(hasan, item)
    assert phone.verdict_of(hasan, item) == ("quarantined", "unknown_case")
    row = db.session.get(InboxItem, item["id"])
    quarantine.discard(row, reason="走错了门", actor=cast.bai_caixia)
    answer = phone.ask(hasan)
    assert answer["verdicts"] == {
        item["id"]: {"verdict": "discarded", "code": "unknown_case", "reason": "走错了门"},
    }
    assert [notice["text"] for notice in answer["notices"]] == ["你交的乡镇没有采用，原样存着：走错了门"]
    quarantine.restore(db.session.get(InboxItem, item["id"]), note="再看看", actor=cast.bai_caixia)
    assert phone.ask(hasan)["verdicts"][item["id"]]["verdict"] == "quarantined"
