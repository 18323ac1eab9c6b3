"""需核实: four reasons to look again, each with its case, none without."""

from datetime import timedelta

from backend.codebook import AnomalyKind
from backend.domain.anomalies import anomalies
from backend.models import db
from tests.cast import GUTU
from tests.desk.browser import visit
from tests.factories import assigned_case


def told(case) -> list[str]:
    db.session.flush()
    db.session.expire_all()
    return [one.kind for one in anomalies(case)]


def test_an_ordinary_visit_has_none(cast):
    case = assigned_case(cast)
    assert told(case) == []
    made = visit(case, author=cast.mi_jianjun, photos=2)
    for number, photo in enumerate(case.photos or []):
        photo.sha256 = f"{number}" * 64
    case.published_at = made.visited_at - timedelta(days=1)
    assert told(case) == []


def test_each_kind(cast):
    one, two = assigned_case(cast), assigned_case(cast, village=GUTU)
    mine, other = (visit(case, author=cast.mi_jianjun, photos=1) for case in (one, two))
    for case in (one, two):
        case.published_at = mine.visited_at - timedelta(days=1)
    other.visited_at = mine.visited_at + timedelta(minutes=9)
    other.ended_at = None
    mine.skew_seconds = -7200
    db.session.flush()
    db.session.expire_all()
    for photo in one.photos:
        photo.taken_at = one.published_at - timedelta(days=3)
    assert told(one) == list(AnomalyKind)
    found = anomalies(one)
    assert found[0].other is two
    assert found[2].other is two
    other.visited_at = mine.visited_at + timedelta(minutes=11)
    mine.skew_seconds = 500
    assert told(one) == [AnomalyKind.SAME_PHOTO, AnomalyKind.OLD_PHOTO]
