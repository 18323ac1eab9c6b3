"""没写完的表: what a wiped phone handed in goes back to its author, and to nobody else."""

import json

import pytest

from backend import clock
from backend.api.schemas.changes import ChangesSchema
from backend.codebook import Stage
from backend.domain import assignment, events
from backend.domain.visits import answers_of
from backend.models import Case, Event, RecoveredDraft, db
from backend.models.base import new_id
from tests import phone
from tests.factories import id_number
from tests.handset import enrolled
from tests.postgres import on_both

pytestmark = on_both
WIFE = id_number("19730413", 24)
# Born on another day, and yet the same under the mask.
TWIN = next(n for day in range(10, 31) if (n := id_number(f"197005{day}", 24))[-4:] == WIFE[-4:])


def unfinished(case, purpose="visit", **other):
    fields = {"head_name": "马占福", "members": [{"m_name": "李玉兰", "m_id_number": WIFE}], "living_size": None}
    return {
        "case_id": case.id, "purpose": purpose, "base_revision": case.revision, "fields": fields,
        "started_at": clock.iso(clock.now()), "saved_at": clock.iso(clock.now()),
    } | other  # fmt: skip


def test_a_draft_goes_back_to_its_author_masked_until_the_phone_has_it(mi, case):
    before = case.revision
    assert phone.hand_in_one(mi, "draft", unfinished(case)) == ("applied", None)
    answer = phone.ask(mi)
    assert ChangesSchema().validate(answer) == {}
    (draft,) = answer["drafts"]
    assert (draft["case_id"], draft["purpose"], draft["base_revision"]) == (case.id, "visit", before)
    assert draft["fields"]["members"][0]["m_id_number"] == f"620599********{WIFE[-4:]}"
    assert draft["fields"]["living_size"] is None
    assert WIFE not in json.dumps(answer)
    assert phone.ask(mi)["drafts"] == [draft]
    assert phone.ask(mi, drafts_taken=[draft["id"]])["drafts"] == []
    assert phone.ask(mi)["drafts"] == []
    assert db.session.get(RecoveredDraft, draft["id"]).taken_at is not None


def test_it_is_no_contribution(mi, case):
    before = case.revision
    phone.hand_in_one(mi, "draft", unfinished(case))
    assert (case.revision, case.stage, case.visits, case.observations) == (before, Stage.ASSIGNED, [], [])
    (event,) = db.session.scalars(db.select(Event).where(Event.tag == "draft:recovered"))
    assert (event.actor.name, event.case_id) == ("米建军", None)
    assert events.broken_link() is None


def test_nobody_else_gets_it_or_ends_it(mi, signed_in, cast, case):
    phone.hand_in_one(mi, "draft", unfinished(case))
    ding = signed_in(cast.ding_zhiqiang)
    (draft,) = phone.ask(mi)["drafts"]
    assert phone.ask(ding, drafts_taken=[draft["id"], new_id()])["drafts"] == []
    assert phone.ask(mi)["drafts"] == [draft]
    phone.hand_in_one(ding, "draft", unfinished(case, "attempt"))
    assert [own["purpose"] for own in phone.ask(ding)["drafts"]] == ["attempt"]
    assert phone.ask(mi)["drafts"] == [draft]
    assert WIFE not in db.session.get(RecoveredDraft, draft["id"]).fields_text_sealed


@pytest.mark.parametrize("purpose", ["visit", "observation", "attempt", "urgent"])
def test_each_form_may_be_unfinished(mi, case, purpose):
    content = unfinished(case, purpose, fields={"text": "后院"}, base_revision=None, started_at=None)
    assert phone.hand_in_one(mi, "draft", content) == ("applied", None)
    (draft,) = phone.ask(mi)["drafts"]
    assert (draft["purpose"], draft["fields"], draft["started_at"]) == (purpose, {"text": "后院"}, None)


def test_it_comes_back_although_the_case_went_to_others_or_is_closed(mi, cast, case):
    assignment.assign(case, main=cast.hui_axi, companion=cast.ding_zhiqiang, actor=cast.bai_caixia)
    assert phone.hand_in_one(mi, "draft", unfinished(case)) == ("applied", None)
    case.stage, case.closed_at = Stage.CLOSED, clock.now()
    assert phone.hand_in_one(mi, "draft", unfinished(case)) == ("applied", None)
    answer = phone.ask(mi)
    assert (len(answer["drafts"]), answer["notices"]) == (2, [])


def test_of_a_household_one_was_never_sent_to_it_waits_for_a_person(signed_in, cast, case):
    stranger = signed_in(cast.tuo_hasan)
    assert phone.hand_in_one(stranger, "draft", unfinished(case)) == ("quarantined", "unknown_case")
    assert phone.ask(stranger)["drafts"] == []


def test_sealed_by_a_phone_without_a_session_it_comes_back_all_the_same(client, mi, cast, case):
    item = enrolled(cast.mi_jianjun).sealed("draft", unfinished(case), author=cast.mi_jianjun)
    phone.hand_in(client, item)
    (draft,) = phone.ask(mi)["drafts"]
    assert draft["fields"]["head_name"] == "马占福"


def test_numbers_typed_before_the_wipe_are_whole_again_in_the_visit(mi, case):
    phone.hand_in_one(mi, "draft", unfinished(case))
    (draft,) = phone.ask(mi)["drafts"]
    phone.hand_in_one(mi, "visit", phone.visit(case, filled=phone.answers(members=draft["fields"]["members"])))
    assert answers_of(case.visits[0])["members"][0]["m_id_number"] == WIFE


def test_a_mask_that_fits_two_people_is_not_guessed(mi, case):
    case.declaration.id_number = TWIN
    phone.hand_in_one(mi, "draft", unfinished(case))
    (draft,) = phone.ask(mi)["drafts"]
    phone.hand_in_one(mi, "visit", phone.visit(case, filled=phone.answers(members=draft["fields"]["members"])))
    assert "*" in answers_of(case.visits[0])["members"][0]["m_id_number"]


def test_another_authors_draft_restores_nothing(mi, signed_in, cast, case):
    phone.hand_in_one(mi, "draft", unfinished(case))
    masked = phone.ask(mi)["drafts"][0]["fields"]["members"]
    ding = signed_in(cast.ding_zhiqiang)
    phone.hand_in_one(ding, "visit", phone.visit(case, filled=phone.answers(members=masked)))
    assert "*" in answers_of(case.visits[0])["members"][0]["m_id_number"]


def being_found(**other):
    """What is left of the discover page on a phone whose PIN was forgotten."""
    now = clock.iso(clock.now())
    return {
        "case_id": new_id(), "purpose": "discovery", "base_revision": 0, "started_at": now, "saved_at": now,
        "fields": {"name": "者玉梅", "idNumber": WIFE, "needs": ["house"], "text": "房檐掉瓦"},
    } | other  # fmt: skip


def test_a_discovery_that_was_being_written_goes_back_under_its_own_id(mi, signed_in, cast):
    told = being_found()
    assert phone.hand_in_one(mi, "draft", told) == ("applied", None)
    assert phone.ask(signed_in(cast.ding_zhiqiang))["drafts"] == []
    (draft,) = phone.ask(mi)["drafts"]
    assert (draft["case_id"], draft["purpose"]) == (told["case_id"], "discovery")
    assert draft["fields"] == told["fields"] | {"idNumber": ""}
    assert phone.ask(mi, drafts_taken=[draft["id"]])["drafts"] == []
    assert db.session.scalar(db.select(Case.id).where(Case.id == told["case_id"])) is None


def test_any_other_form_of_a_household_that_is_not_known_waits_for_a_person(mi, case):
    for told, reason in ((being_found(purpose="visit"), "unknown_case"), (being_found(case_id="nobody"), "invalid")):
        assert phone.hand_in_one(mi, "draft", told) == ("quarantined", reason)
    assert phone.ask(mi)["drafts"] == []


def test_a_discovery_under_somebody_elses_household_is_not_theirs(signed_in, cast, case):
    stranger = signed_in(cast.tuo_hasan)
    verdict, _ = phone.hand_in_one(stranger, "draft", being_found(case_id=case.id))
    assert (verdict, phone.ask(stranger)["drafts"]) == ("quarantined", [])
