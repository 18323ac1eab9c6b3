"""The demo county is invented, complete and loaded once."""

from datetime import date, timedelta

import pytest
import yaml
from sqlalchemy import func, select

from backend.codebook import Queue, Role
from backend.domain.checklist import checklist
from backend.models import Area, User, db
from demo.answers import fill_in, households, photos_of
from demo.loader import demo
from demo.staff import STAFF, load_staff
from tests import factories

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
