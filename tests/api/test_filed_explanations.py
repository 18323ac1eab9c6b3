"""解释说明 filed from the phone: it ends 不符合, signed or refused, and nothing of it is lost when it comes too late."""

import json
from datetime import timedelta

import pytest

from backend import clock
from backend.codebook import RoutingState, Stage, Verdict
from backend.domain import assignment, explanation, orphans, quarantine
from backend.models import Case, Event, InboxItem, Photo, db
from tests import phone
from tests.factories import routed_case
from tests.postgres import on_both

pytestmark = on_both

INK = {"strokes": [[1, 2, 30, 40]], "width": 300, "height": 120, "signed_at": "2026-06-05T02:00:00Z"}


@pytest.fixture
def case(cast) -> Case:
    """Nothing applies; it waits for somebody to explain that."""
    return routed_case(cast, to={"explanation": []}, name="赵占福")


def told(case: Case, **other) -> dict:
    return {
        "case_id": case.id, "base_revision": case.revision, "explained_at": clock.iso(clock.now()),
        "reason_codes": ["income"], "text": "您家这次没有纳入救助和监测。每人收入超过了标准。", "method": "in_person",
        "receipt": "signed", "witness": "", "materials": "农村低保", "signature": INK, "photos": [],
        "device_time": clock.iso(clock.now()), "server_offset_ms": 0,
    } | other  # fmt: skip


def test_it_ends_the_case_and_keeps_the_ink(mi, case):
    assert phone.hand_in_one(mi, "explanation", told(case)) == ("applied", None)
    (made,) = case.explanations
    assert (case.stage, made.is_beside, made.receipt) == (Stage.CLOSED, False, "signed")
    assert json.loads(made.signature_text)["strokes"] == INK["strokes"]
    (decision,) = case.routings[0].decisions
    assert (decision.outcome, decision.decider.username) == ("explained", "mi_jianjun")


def test_how_long_one_may_object_is_a_dated_parameter(mi, case):
    phone.hand_in_one(mi, "explanation", told(case))
    day = clock.local(clock.now()).date()
    assert case.explanations[0].object_until_on == day + timedelta(days=15)


def test_it_leaves_one_event_without_personal_words(mi, case):
    phone.hand_in_one(mi, "explanation", told(case))
    (event,) = db.session.scalars(db.select(Event).where(Event.tag == "explanation:recorded"))
    assert event.facts == {"receipt": "signed", "closed": True, "beside": False}
    assert event.actor.username == "mi_jianjun"


def test_a_handprint_is_a_photo_of_the_talk(mi, case, raw):
    print_ = phone.listed(raw, kind="handprint")
    phone.hand_in_one(mi, "explanation", told(case, receipt="handprint", signature={}, photos=[print_]))
    phone.upload(mi, print_, raw, case)
    found = db.session.get(Photo, print_["id"])
    assert (found.explanation_id, found.state) == (case.explanations[0].id, "received")
    leftovers = orphans.find_orphans(clock.now() + timedelta(days=31))
    assert "unnamed_photo" not in [one.kind for one in leftovers]


@pytest.mark.parametrize(
    "change", [{"receipt": "refused"}, {"signature": {}}, {"reason_codes": []}, {"text": "说了"}, {"method": "letter"}]
)
def test_what_is_not_whole_waits_for_a_person(mi, case, change):
    assert phone.hand_in_one(mi, "explanation", told(case, **change)) == ("quarantined", "invalid")
    assert (case.stage, case.explanations) == (Stage.ROUTED, [])


def test_a_refusal_needs_its_witness(mi, case):
    refused = told(case, receipt="refused", signature={"refused": "不认"}, witness="者志强")
    assert phone.hand_in_one(mi, "explanation", refused) == ("applied", None)
    assert case.explanations[0].witness == "者志强"


def test_out_of_sight_it_is_kept_for_a_person(signed_in, cast, case):
    hui = signed_in(cast.hui_axi)
    assert phone.hand_in_one(hui, "explanation", told(case)) == ("quarantined", "unknown_case")
    assert (case.stage, case.explanations) == (Stage.ROUTED, [])


def test_after_the_office_explained_it_stands_beside(mi, cast, case):
    payload = told(case)
    explanation.explain(
        case, reason_codes=["income"], text="电话里说清楚了，也说了怎么申诉。", method="phone", receipt="signed",
        explained_at=clock.now(), actor=cast.bai_caixia,
    )  # fmt: skip
    assert phone.hand_in_one(mi, "explanation", payload) == ("needs_review", "closed")
    assert [one.is_beside for one in case.explanations] == [False, True]
    assert len(case.routings[0].decisions) == 1


def test_before_anything_waits_it_stands_beside_and_ends_nothing(mi, cast):
    case = routed_case(cast, to={"housing": []})
    assert phone.hand_in_one(mi, "explanation", told(case)) == ("needs_review", "not_to_explain")
    assert (case.stage, case.routings[0].state) == (Stage.ROUTED, RoutingState.SENT)
    assert [one.is_beside for one in case.explanations] == [True]


def test_who_was_relieved_is_heard_and_a_person_decides(mi, cast, case):
    case.assignments[0].ended_at = clock.now()
    assert phone.hand_in_one(mi, "explanation", told(case)) == ("needs_review", "reassigned")
    assert case.stage == Stage.ROUTED
    item = db.session.scalars(db.select(InboxItem)).one()
    quarantine.accept(item, note="看过了", actor=cast.bai_caixia)
    assert (item.verdict, len(case.explanations)) == (Verdict.APPLIED, 1)


def test_the_phone_gets_the_reasons_with_numbers(mi, case):
    (told_case,) = [one for one in phone.ask(mi, known={})["cases"] if one["id"] == case.id]
    explain = told_case["explain"]
    assert (explain["reason"], explain["by"], explain["objection_days"]) == ("墙裂了", "白彩霞", 15)
    assert (explain["dibao_standard_fen"], explain["is_demo"]) == (600000, True)
    assert explain["phones"] == ["12317", "12345"]
    assert explain["monitor"]["per_head_fen"] * explain["monitor"]["people"] - explain["monitor"]["total_fen"] < 100
    assert assignment.active(case)["main"].username == "mi_jianjun"
