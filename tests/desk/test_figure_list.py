"""The list behind a figure, read a few at a time, is the list that all households looked through come to."""

import random
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from backend import clock
from backend.access import in_areas
from backend.desk import figure_list
from backend.desk.figure_list import FigureList, counted
from backend.desk.moment import moment_word
from backend.domain import figures_snapshots
from backend.domain.figures_at import cases_in
from backend.domain.figures_conditions import CASE_FIGURES
from backend.domain.held_cases import NOT_VISITED
from backend.models import Case, Review, db
from tests.bench import province
from tests.cast import COUNTY
from tests.postgres import on_both

AREAS = (COUNTY, COUNTY[:4], COUNTY[:2])
DAYS_BACK = (0, 400)
SCARCE, COMMON = 10**6, 1


@pytest.fixture
def households(app, cast, monkeypatch):
    """A county's and some far away; some closed ones were given back since, some were met at another door."""
    monkeypatch.setattr(figure_list, "FIRST", 9)
    province.fill(140, below=COUNTY)
    province.fill(20, below="6205", start=140)
    province.fill(20, below="6201", start=160)
    chance = random.Random(7)
    ids = db.session.scalars(select(Case.id).where(Case.closed_at.is_not(None), Case.voided_at.is_(None))).all()
    for case in db.session.scalars(select(Case).where(Case.id.in_(chance.sample(ids, 15)))):
        case.stage, case.closed_at = "routed", None
    for review in db.session.scalars(select(Review).where(Review.outcome == "returned")):
        review.reason_code = "other_household"
        review.case.stage, review.case.closed_at, review.case.visited_at = "assigned", None, None
    db.session.commit()


def wanted_ids(key: str, code: str, moment: datetime) -> list[str]:
    cases = db.session.scalars(select(Case).where(Case.id.in_(cases_in(key, [code], moment)))).all()
    return [case.id for case in sorted(cases, key=lambda one: (one.stage not in NOT_VISITED, one.ends_at, one.id))]


@on_both
def test_each_list_is_read_in_its_order(households):
    met = 0
    for days in DAYS_BACK:
        moment = clock.now() - timedelta(days=days)
        for code in AREAS:
            seen = select(Case).where(in_areas(Case, [code]))
            for key in CASE_FIGURES:
                ids = wanted_ids(key, code, moment)
                for size in (SCARCE, COMMON):
                    read = FigureList(key, [code], moment, len(ids), size).keys(seen, None, 1000)
                    assert [row[0] for row in read] == ids, (key, code, days, size)
                met += len(ids)
    assert met > 1000


@pytest.mark.parametrize("key", ["warned", "late", "dibao", "overdue"])
def test_pages_turn_by_key(households, key):
    moment, seen, read, after = clock.now(), select(Case), [], None
    ids = wanted_ids(key, "62", moment)
    while rows := FigureList(key, ["62"], moment, len(ids), COMMON).keys(seen, after, 7):
        read += [row[0] for row in rows]
        after = (rows[-1][2], rows[-1][1], rows[-1][0])
    assert read == ids


def test_the_kept_count_is_of_that_moment_and_within_sight(households):
    kept = figures_snapshots.take_snapshot("62")
    moment, total = kept.as_of_at, len(wanted_ids("late", COUNTY[:4], kept.as_of_at))
    assert counted("late", COUNTY[:4], moment, ["62"]) == (total, counted("warned", COUNTY[:4], moment, ["62"])[1])
    assert counted("late", COUNTY[:4], moment, [COUNTY]) is None
    assert counted("late", COUNTY[:4], moment - timedelta(seconds=1), ["62"]) is None


def test_the_page_says_what_the_snapshot_counted(households, cast, signed_in, monkeypatch):
    kept = figures_snapshots.take_snapshot("62")
    db.session.commit()
    monkeypatch.setattr("backend.desk.case_list.cases_in", None)
    browser = signed_in(cast.zhang_cunying)
    for key, total in (("visited", kept.table["total"]["n"]["visited"]), ("objected", 0)):
        told = browser.get(f"/cases/?figure={key}&area=62&as_of={moment_word(kept.as_of_at)}")
        assert told.status_code == 200
        assert f"{total} 户，先到期的在前" in told.text
