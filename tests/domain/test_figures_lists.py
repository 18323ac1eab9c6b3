"""The list behind each figure is found among few; it is what all households of the area, looked through, come to."""

import random
from datetime import timedelta

import pytest
from sqlalchemy import select

from backend import clock
from backend.domain.figures_at import cases_at, cases_in
from backend.domain.figures_conditions import CASE_FIGURES
from backend.models import Case, db
from tests.bench import province
from tests.cast import COUNTY, GONGMEN

AREAS = ([GONGMEN], [COUNTY], [COUNTY[:4]], [COUNTY[:2]], [COUNTY, GONGMEN])
DAYS_BACK = (0, 400)


@pytest.fixture
def households(app, cast):
    """A county's, another's and some far away, of any age and stage; some closed ones were given back since."""
    province.fill(160, below=COUNTY)
    province.fill(40, below="6205", start=160)
    province.fill(20, below="6201", start=200)
    ids = db.session.scalars(select(Case.id).where(Case.closed_at.is_not(None), Case.voided_at.is_(None))).all()
    for case in db.session.scalars(select(Case).where(Case.id.in_(random.Random(7).sample(ids, 20)))):
        case.stage, case.closed_at = "routed", None
    db.session.flush()


@pytest.mark.slow
def test_each_list_is_found_whole_among_few(households):
    met = 0
    for days in DAYS_BACK:
        moment = clock.now() - timedelta(days=days)
        for codes in AREAS:
            c = cases_at(codes, moment).c
            rows = db.session.execute(select(c.id, *(rule(c, moment) for rule in CASE_FIGURES.values()))).all()
            for order, key in enumerate(CASE_FIGURES, 1):
                wanted = {row[0] for row in rows if row[order]}
                assert set(db.session.scalars(cases_in(key, codes, moment))) == wanted, (key, codes, days)
                met += len(wanted)
    assert met > 1000
