"""The ground that every other test stands on."""

from sqlalchemy import func, select

from backend.codebook import Stage
from backend.domain import events
from backend.models import Area, Case, User, db
from tests.cast import PEOPLE
from tests.factories import assigned_case


def test_the_cast_is_hired_and_the_areas_are_there(app):
    assert db.session.scalar(select(func.count()).select_from(User)) == len(PEOPLE)
    assert db.session.get(Area, "620525102222").short_name == "毛山村"


def test_a_case_comes_to_its_visitors_through_the_verbs(cast):
    case = assigned_case(cast)
    db.session.commit()
    assert case.stage == Stage.ASSIGNED
    assert {a.user.name for a in case.assignments} == {"米建军", "丁志强"}
    assert [e.tag for e in case.events] == ["warning:published", "case:assigned"]
    assert events.broken_link() is None


def test_one_test_sees_nothing_of_another(cast):
    assert db.session.scalar(select(func.count()).select_from(Case)) == 0
