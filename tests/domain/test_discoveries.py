"""主动发现: what somebody came upon becomes a case at once, or goes to the one there is; nothing of it is lost."""

import json
from datetime import timedelta

import pytest

from backend import access, clock
from backend.codebook import RosterKind, Stage
from backend.domain import discoveries, events, identity, publication, quarantine
from backend.domain.sync.apply import judge
from backend.models import Case, Discovery, Event, InboxItem, RosterEntry, db
from backend.problems import Problem
from tests import phone
from tests.cast import GONGMEN, GUTU, LISHAN, LIUGOU, MAOSHAN
from tests.domain.test_quarantine import bring
from tests.factories import assigned_case, id_number, visit_case
from tests.postgres import on_both

pytestmark = on_both
WHY = "打电话问过，收下"


def find(cast, area_code=MAOSHAN, *, user=None, **told):
    """Somebody finds a household; (the judged item, its case or None)."""
    item = bring(cast, "discovery", phone.discovery(area_code, **told), user=user)
    return item, db.session.get(Case, item.case_id) if item.case_id else None


def last(tag):
    return db.session.scalars(db.select(Event).where(Event.tag == tag).order_by(Event.id.desc())).first()


def test_a_found_household_is_a_case_of_who_found_it(cast):
    number = id_number()
    item, case = find(cast, name="者玉梅", id_number=number)
    assert (item.verdict, item.reason) == ("applied", "")
    assert (case.applicant_name, case.is_found, case.stage) == ("者玉梅", True, Stage.ASSIGNED)
    assert [(a.user.name, a.duty) for a in case.assignments] == [("米建军", "main")]
    assert (case.village_code, case.township_code, case.number[:8]) == (MAOSHAN, GONGMEN, "FX620525")
    told = case.declaration
    assert (told.source, told.id_number, told.risk_text) == ("township_found", number, "房子、吃水")
    assert told.hardship_text == "房檐掉瓦，自来水断了一个月。"


def test_its_clock_begins_with_the_day_it_was_found(cast):
    long_ago = clock.now() - timedelta(days=3)
    _, case = find(cast, found_at=clock.iso(long_ago))
    assert clock.local(case.published_at).date() == clock.local(long_ago).date()
    assert (case.due_at - case.published_at).days == 6
    _, year_ago = find(cast, found_at=clock.iso(clock.now() - timedelta(days=400)))
    assert clock.local(year_ago.published_at).date() == clock.local(clock.now()).date()


def test_finding_leaves_one_event_without_personal_words(cast):
    _, case = find(cast)
    (event,) = db.session.scalars(db.select(Event).where(Event.case_id == case.id))
    assert (event.tag, event.facts) == ("household:found", {"attached": False, "roster": None})
    assert "者玉梅" not in json.dumps(event.facts, ensure_ascii=False)
    assert events.broken_link() is None


def test_only_who_works_in_the_villages_finds(cast):
    with pytest.raises(Problem, match="forbidden"):
        discoveries.discover(phone.discovery(MAOSHAN), actor=cast.bai_caixia)


def test_the_village_of_others_in_the_own_township_is_for_the_township(cast):
    item, case = find(cast, LIUGOU)
    assert (item.verdict, item.reason) == ("needs_review", "outside_posting")
    assert (case.stage, case.assignments) == (Stage.WARNED, [])


def test_another_township_is_out_of_sight_and_kept_for_a_person(cast):
    item, case = find(cast, LISHAN)
    assert (item.verdict, item.reason, case) == ("quarantined", "outside_posting", None)
    with pytest.raises(Problem, match="item_without_case"):
        quarantine.accept(item, note=WHY, actor=cast.bai_caixia)
    quarantine.accept(item, note=WHY, actor=cast.mao_zhiqiang)
    assert (db.session.get(Case, item.case_id).village_code, item.verdict) == (LISHAN, "applied")


def test_a_place_unsaid_is_the_own_township(cast):
    item, case = find(cast, GONGMEN, name="")
    assert (item.verdict, case.village_code, case.applicant_name) == ("applied", None, "姓名不详")


def test_who_has_an_open_case_gets_it_as_an_observation(cast):
    number = id_number()
    known = assigned_case(cast, main=cast.hui_axi, companion=cast.ding_zhiqiang, id_number=number)
    item, case = find(cast, GUTU, id_number=number)
    assert (item.verdict, item.reason, case.id) == ("needs_review", "found_known", known.id)
    assert [json.loads(o.facts_text)["text"] for o in known.observations] == [
        "房子、吃水；房檐掉瓦，自来水断了一个月。"
    ]
    assert db.session.scalars(db.select(Case)).all() == [known]
    assert last("household:found").facts["attached"] is True


def test_what_hangs_on_a_known_household_stands_beside_its_visit(cast):
    number = id_number()
    known = assigned_case(cast, main=cast.hui_axi, companion=cast.ding_zhiqiang, id_number=number)
    told = phone.discovery(GUTU, id_number=number)
    bring(cast, "discovery", told)
    item = bring(cast, "visit", phone.visit(phone.at(told["case_id"])), seq=2)
    assert (item.verdict, item.reason, item.case_id) == ("needs_review", "found_beside", known.id)
    assert [(v.author.name, v.is_current) for v in known.visits] == [("米建军", False)]


def test_who_seems_to_receive_is_shown_to_the_township(cast):
    number = id_number()
    entry = RosterEntry(
        kind=RosterKind.DIBAO, role="self", name="者玉梅", name_folded=identity.fold_name("者玉梅"), row=2,
        township_code=GONGMEN, village_code=MAOSHAN, batch_id=_batch(), household_key="1", month="2026-05",
    )  # fmt: skip
    entry.id_number = number
    db.session.add(entry)
    db.session.flush()
    item, case = find(cast, id_number=number)
    assert (item.verdict, item.reason) == ("needs_review", "found_receiving")
    assert db.session.get(Discovery, case.id).roster_code == "M1"
    assert (case.stage, case.is_found) == (Stage.ASSIGNED, True)


def test_a_form_filled_the_same_hour_counts(cast):
    told = phone.discovery(MAOSHAN)
    bring(cast, "discovery", told)
    at = clock.now() - timedelta(minutes=20)
    item = bring(cast, "visit", phone.visit(phone.at(told["case_id"]), at=at), seq=2)
    case = db.session.get(Case, told["case_id"])
    assert (item.verdict, case.stage) == ("applied", Stage.SUBMITTED)
    assert case.visited_at < case.due_at


def test_facts_that_come_first_wait_for_their_household(cast):
    told = phone.discovery(MAOSHAN)
    item = bring(cast, "urgent", phone.urgent(phone.at(told["case_id"])))
    assert (item.verdict, item.reason) == ("quarantined", "unknown_case")
    bring(cast, "discovery", told, seq=2)
    assert item.verdict == "pending"
    bring(cast, "observation", phone.observation(phone.at(told["case_id"])), seq=3)
    case = db.session.get(Case, told["case_id"])
    assert (item.verdict, case.is_urgent, len(case.observations)) == ("applied", True, 2)


def test_after_a_discovery_whoever_judges_looks_once_more(cast):
    found = bring(cast, "discovery", phone.discovery(MAOSHAN))
    found.verdict = "pending"
    assert [judge(user=cast.mi_jianjun), judge(user=cast.mi_jianjun)] == [(1, True), (0, False)]


def test_what_others_or_a_person_decided_is_not_woken(cast):
    told = phone.discovery(MAOSHAN)
    settled = bring(cast, "urgent", phone.urgent(phone.at(told["case_id"])))
    others = bring(cast, "urgent", phone.urgent(phone.at(told["case_id"])), user=cast.ding_zhiqiang)
    quarantine.discard(settled, reason="打错了", actor=cast.bai_caixia)
    bring(cast, "discovery", told, seq=2)
    assert (settled.verdict, others.verdict) == ("discarded", "quarantined")


def test_the_id_of_others_opens_nothing(cast):
    theirs = assigned_case(cast, main=cast.hui_axi, companion=cast.ding_zhiqiang)
    item, _ = find(cast, case_id=theirs.id)
    assert (item.verdict, item.reason) == ("quarantined", "foreign_case")
    assert db.session.scalar(db.select(db.func.count()).select_from(Discovery)) == 0


def test_one_found_twice_under_one_id_is_kept_for_a_person(cast):
    told = phone.discovery(MAOSHAN)
    bring(cast, "discovery", told)
    again = bring(cast, "discovery", told | {"text": "又去看了一次"}, seq=2)
    assert (again.verdict, again.reason) == ("quarantined", "found_known")
    case = db.session.get(Case, told["case_id"])
    quarantine.attach(
        bring(cast, "discovery", phone.discovery(LISHAN), seq=3), case=case, note=WHY, actor=cast.bai_caixia
    )
    assert len(case.observations) == 1


def test_two_of_a_day_have_their_numbers_beside_the_warnings(cast):
    warned = assigned_case(cast)
    numbers = [find(cast)[1].number[-4:] for _ in range(2)]
    assert numbers == ["0001", "0002"]
    assert warned.number.startswith("YJ")


def test_a_found_household_goes_its_way(cast):
    _, case = find(cast)
    assert access.find_case(cast.mi_jianjun, case.id) is access.find_case(cast.bai_caixia, case.id)
    with pytest.raises(Problem, match="not_found"):
        access.find_case(cast.li_zhanfu, case.id)
    visit_case(case, author=cast.mi_jianjun)
    assert case.stage == Stage.SUBMITTED
    assert not db.session.scalars(publication.waiting(None)).all()


@pytest.mark.parametrize("change", [{"area_code": "62052510"}, {"case_id": "x"}, {"needs": "house"}, {"found_at": "x"}])
def test_what_does_not_fit_stays_as_it_came(cast, change):
    item, _ = find(cast, **change)
    assert (item.verdict, item.reason) == ("quarantined", "invalid")
    assert db.session.get(InboxItem, item.id) is item


def _batch():
    from backend.models import ImportBatch

    batch = ImportBatch(subject="roster", file_name="x.xlsx", sha256="0" * 64, imported_at=clock.now())
    db.session.add(batch)
    db.session.flush()
    return batch.id
