"""The demo county is invented, complete and loaded once."""

import json
import shutil
from datetime import date, timedelta

import pytest
import yaml
from sqlalchemy import func, select

from backend import clock, create_app
from backend.access import visible_cases
from backend.codebook import Queue, Role, Stage
from backend.domain.checklist import checklist
from backend.domain.comparison_run import count_codes, run_comparison
from backend.domain.deadline import days_left
from backend.domain.events import broken_link
from backend.domain.held_cases import unsynced_cases
from backend.domain.photos import thumbnail_name
from backend.domain.review import photos_missing
from backend.domain.sync.cases import cases_for
from backend.extensions import objects
from backend.models import (
    Area,
    Case,
    Device,
    Event,
    InboxItem,
    JointOpinion,
    MaterialRequest,
    Notice,
    Objection,
    Photo,
    ProcedureStep,
    Review,
    SupportPlan,
    User,
    Visit,
    db,
)  # fmt: skip
from demo.answers import fill_in, households, photos_of
from demo.loader import demo
from demo.staff import STAFF, load_staff
from demo.story import tell_story
from tests import factories
from tests.apps import settings_of
from tests.house import ROOT

PEOPLE = yaml.safe_load(STAFF.read_text("utf-8"))


@pytest.mark.parametrize("told", households(), ids=lambda told: told["says"])
def test_every_story_fills_a_whole_form(app, cast, told):
    case = factories.publish(hardship_text=f"……{told['says']}……")
    visited_at = factories.MONDAY + timedelta(days=2)
    photos = [facts for facts, _ in photos_of(case, visited_at)]
    answers = fill_in(case, (cast.mi_jianjun, cast.ding_zhiqiang), visited_at, photos)
    assert checklist(answers, today=date(2026, 6, 3)) == []


@pytest.mark.parametrize("told", households(), ids=lambda told: told["says"])
def test_every_story_goes_to_queues_that_exist(told):
    queues = set(told["to"])
    assert queues <= {queue.value for queue in Queue}
    assert set(told.get("results", {})) == queues - {Queue.EXPLANATION}
    assert (Queue.EXPLANATION in queues) == ("explained" in told)


def test_staff_load_once_and_work_at_real_places(app):
    assert load_staff() == len(PEOPLE)
    assert load_staff() == 0
    places = {code for row in PEOPLE for code in row["at"]}
    assert db.session.scalar(select(func.count()).where(Area.code.in_(places))) == len(places)
    assert db.session.scalar(select(func.count()).where(User.is_demo)) == len(PEOPLE)


def test_staff_have_known_duties_and_nobodys_numbers():
    assert {row["role"] for row in PEOPLE} == set(Role)
    assert all(row["phone"].startswith("12") for row in PEOPLE)
    assert len({row["phone"] for row in PEOPLE}) == len(PEOPLE) == len({row["username"] for row in PEOPLE})
    assert {row.get("queue") for row in PEOPLE if row["role"] == Role.LINE_DEPARTMENT} < set(Queue)


def test_production_takes_no_demo_people(app, monkeypatch):
    chosen = app.extensions["ruhu_settings"]
    monkeypatch.setitem(app.extensions, "ruhu_settings", chosen.__class__("production", chosen.data, ""))
    answer = app.test_cli_runner().invoke(demo, ["load"])
    assert answer.exit_code == 1
    assert "real county" in answer.output
    assert not db.session.scalar(select(User.id).where(User.username == "grid01"))


@pytest.fixture(scope="module")
def told_folder(migrated_folder, tmp_path_factory):
    """A data folder with the demo county as `make run` loads it."""
    folder = tmp_path_factory.mktemp("told")
    shutil.copytree(migrated_folder, folder, dirs_exist_ok=True)
    app = create_app(settings_of(folder))
    loaded = app.test_cli_runner().invoke(demo, ["load"], env={"RUHU_DEMO": None})
    assert loaded.exit_code == 0, loaded.output
    with app.app_context():
        db.engine.dispose()
    return folder


@pytest.fixture
def county(shared_app, told_folder):
    """The demo county, to be changed at will."""
    app = shared_app.put_back(told_folder)
    with app.app_context():
        yield app
        db.session.remove()


@pytest.mark.slow
def test_the_story_brings_the_samples_and_keeps_the_chain(county):
    expected = json.loads((ROOT / "tests/vectors/samples_expected.json").read_text("utf-8"))
    assert count_codes() == expected["counts"]
    declared = select(func.count()).select_from(Case).where(Case.number.startswith("YJ"))
    assert db.session.scalar(declared) == expected["published"]
    assert broken_link() is None
    before = db.session.scalar(select(func.count()).select_from(Event))
    tell_story(lambda line: None)
    assert db.session.scalar(select(func.count()).select_from(Event)) == before


@pytest.mark.slow
def test_the_story_leaves_work_for_the_grid_worker_on_different_days(county):
    worker = db.session.scalars(select(User).where(User.username == "grid01")).one()
    tasks = [c for c in db.session.scalars(visible_cases(worker)) if c.stage in (Stage.ASSIGNED, Stage.RETURNED)]
    left = [days_left(case.due_at, clock.now()) for case in tasks]
    assert 6 <= len(tasks) <= 10
    assert min(left) < 0
    assert 0 in left
    assert len(set(left)) >= 4


@pytest.mark.slow
def test_the_story_shows_every_stage_and_adopts_every_visit_whole(county):
    stages = set(db.session.scalars(select(Case.stage)))
    assert stages == set(Stage)
    waiting = [r for case in db.session.scalars(select(Case).where(Case.stage == Stage.ROUTED)) for r in case.routings]
    assert {Queue.SOCIAL_ASSISTANCE, Queue.HOUSING} <= {r.queue for r in waiting}
    closed = db.session.scalars(select(Case).where(Case.stage == Stage.CLOSED)).all()
    assert {bool(case.explanations) for case in closed} == {True, False}
    assert set(db.session.scalars(select(InboxItem.verdict))) == {"applied", "needs_review", "quarantined"}
    visits = db.session.scalars(select(Visit)).all()
    assert all(v.case.published_at < v.visited_at < v.received_at for v in visits)
    assert {photos_missing(visit) for visit in visits} == {0}
    photo = db.session.scalars(select(Photo).limit(1)).one()
    assert objects().get(thumbnail_name(photo)).startswith(b"\xff\xd8")
    assert not any((county.extensions["ruhu_settings"].data / "uploads").iterdir())


@pytest.mark.slow
def test_the_story_leaves_phones_to_look_at_and_things_to_settle(county):
    held = unsynced_cases()
    assert [words[0].at < clock.now() - timedelta(days=2) for words in held.values()] == [True]
    reasons = set(db.session.scalars(select(InboxItem.reason).where(InboxItem.verdict != "applied")))
    assert reasons == {"reassigned", "foreign_case", "device_revoked"}
    phones = db.session.scalars(select(Device).where(Device.public_key.is_not(None))).all()
    assert [phone.user.username for phone in phones if phone.revoked_at] == ["grid03"]
    assert [p.user.username for p in phones if p.heartbeat["clock_ahead_seconds"]] == ["team01"]
    assert {notice.kind for notice in db.session.scalars(select(Notice))} >= {"late_contribution"}


@pytest.mark.slow
def test_the_story_leaves_time_granted_a_household_found_and_one_to_be_told_why_not(county):
    worker = db.session.scalars(select(User).where(User.username == "grid01")).one()
    granted = [c for c in db.session.scalars(visible_cases(worker)) if c.extended_until_at]
    assert [(c.ends_at > c.due_at, c.stage, len(c.attempts)) for c in granted] == [(True, Stage.ASSIGNED, 1)]
    (found,) = [case for case in db.session.scalars(visible_cases(worker)) if case.is_found]
    assert (found.number[:2], found.stage, found.is_demo) == ("FX", Stage.ASSIGNED, True)
    waiting = [case for case in db.session.scalars(visible_cases(worker)) if case.stage == Stage.ROUTED]
    (to_tell,) = [case for case in waiting if {r.queue for r in case.routings} == {Queue.EXPLANATION}]
    (told,), _ = cases_for(worker, [to_tell.id])
    assert told["explain"]["dibao"]["per_head_fen"] > told["explain"]["dibao_standard_fen"]
    assert told["explain"]["monitor"]["per_head_fen"] > told["explain"]["monitor_range_fen"]


@pytest.mark.slow
def test_two_offices_judge_in_every_township_and_both_words_stand(county):
    towns = {row["at"][0]: set() for row in PEOPLE if row["role"] == Role.TOWNSHIP_COORDINATOR}
    for row in PEOPLE:
        if row["role"] == Role.TOWNSHIP_COORDINATOR:
            towns[row["at"][0]].add(row["unit"])
    assert {len(units) for units in towns.values()} == {2}
    approved = db.session.scalars(select(Review).where(Review.outcome == "approved")).all()
    words = {one.visit_id: one.office for one in db.session.scalars(select(JointOpinion))}
    assert approved
    assert all(words[one.visit_id] != one.reviewer.unit for one in approved)


@pytest.mark.slow
def test_nobody_has_waited_for_years(county):
    waited = [(case.published_at - case.declaration.submitted_at).days for case in db.session.scalars(select(Case))]
    assert min(waited) >= -1
    assert max(waited) < 60


@pytest.mark.slow
def test_who_compares_again_finds_the_same(county):
    before = count_codes()
    run_comparison(actor=db.session.scalar(select(User).where(User.username == "county_rv01")))
    assert count_codes() == before
    db.session.rollback()


@pytest.mark.slow
def test_the_story_leaves_steps_a_plan_papers_and_an_objection(county):
    assert db.session.scalar(select(func.count()).select_from(ProcedureStep)) > 5
    assert db.session.scalar(select(func.count()).select_from(SupportPlan)) > 0
    assert db.session.scalar(select(func.count()).select_from(MaterialRequest)) > 0
    assert db.session.scalar(select(func.count()).select_from(Objection).where(Objection.outcome.is_(None))) > 0
