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

AREAS = ([GONGMEN], [COUNTY], [COUNTY[:4]], [COUNTY[:2]], [COUNTY, GONGMEN], [COUNTY, "620502"])
DAYS_BACK = (0, 40, 400)


@pytest.fixture
def households(app, cast):
    """A county's, another's and some far away, of any age and stage; some closed ones were given back since."""
    province.fill(500, below=COUNTY)
    province.fill(120, below="6205", start=500)
    province.fill(60, below="6201", start=620)
    ids = db.session.scalars(select(Case.id).where(Case.closed_at.is_not(None), Case.voided_at.is_(None))).all()
    for case in db.session.scalars(select(Case).where(Case.id.in_(random.Random(7).sample(ids, 20)))):
        case.stage, case.closed_at = "routed", None
    db.session.flush()


def test_each_list_is_found_whole_among_few(households):
    met = 0
    for days in DAYS_BACK:
        moment = clock.now() - timedelta(days=days)
        for codes in AREAS:
            whole = cases_at(codes, moment)
            for key, condition in CASE_FIGURES.items():
                wanted = set(db.session.scalars(select(whole.c.id).where(condition(whole.c, moment))))
                assert set(db.session.scalars(cases_in(key, codes, moment))) == wanted, (key, codes, days)
                met += len(wanted)
    assert met > 5000
