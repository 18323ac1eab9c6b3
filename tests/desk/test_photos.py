"""Photos: only for those who may see the case, papers only for those who work on it."""

import pytest

from backend.codebook import PhotoKind
from backend.desk import photos
from backend.extensions import objects
from backend.models import Photo, db
from tests.cast import LISHAN
from tests.desk.browser import photograph, visit
from tests.factories import assigned_case, publish


@pytest.fixture
def photo(cast):
    made = visit(assigned_case(cast), author=cast.mi_jianjun, photos=2, stored=1)
    kept = next(p for p in made.case.photos if p.state == "stored")
    objects().put(photos.object_name(kept), b"\xff\xd8 a picture")
    return kept


def test_those_of_the_case_see_it_and_nobody_between_keeps_it(desk, cast, photo):
    answer = desk(cast.bai_caixia).get(f"/photos/{photo.id}.jpg")
    assert answer.data == b"\xff\xd8 a picture"
    assert answer.mimetype == "image/jpeg"
    assert answer.headers["Cache-Control"].startswith("private")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert desk(cast.mi_jianjun).get(f"/photos/{photo.id}.jpg").status_code == 200


def test_out_of_sight_is_unknown(desk, cast, photo, client):
    for other in (cast.li_zhanfu, cast.zhao_shengfu, cast.tuo_hasan):
        assert desk(other).get(f"/photos/{photo.id}.jpg").status_code == 404
    assert client.get(f"/photos/{photo.id}.jpg").location.startswith("/login")
    assert desk(cast.bai_caixia).get("/photos/unknown.jpg").status_code == 404


def test_what_has_not_arrived_is_unknown(desk, cast, photo):
    missing = next(p for p in photo.case.photos if p.state != "stored")
    assert desk(cast.bai_caixia).get(f"/photos/{missing.id}.jpg").status_code == 404


def test_one_large_with_the_next_a_tap_away(desk, cast, photo):
    visit_of = next(v for v in photo.case.visits)
    second = photograph(visit_of, kind=PhotoKind.KITCHEN)
    mine = desk(cast.bai_caixia)
    assert "照片 1/2" in mine.text(f"/photos/{photo.id}")
    assert f"/photos/{second.id}" in mine.get(f"/photos/{photo.id}").text
    assert "照片 2/2" in mine.text(f"/photos/{second.id}")


def test_papers_are_not_for_those_who_only_oversee(desk, cast, photo):
    papers = photograph(next(v for v in photo.case.visits), kind=PhotoKind.PAPERS)
    objects().put(photos.object_name(papers), b"\xff\xd8 papers")
    overseer = desk(cast.liu_yulan)
    assert overseer.get(f"/photos/{papers.id}.jpg").status_code == 404
    assert "这张只给经办的人看" in overseer.text(f"/cases/{photo.case_id}")
    assert overseer.get(f"/photos/{photo.id}.jpg").status_code == 200
    assert desk(cast.bai_caixia).get(f"/photos/{papers.id}.jpg").status_code == 200


def test_a_picture_that_was_not_shown_yet_can_be_looked_at_alone(desk, cast, photo):
    publish(name="李占福", village=LISHAN)
    photo.case.visits[0].is_current = False
    photo.case.visits[0].supersedes_id = None
    assert "照片 1/1" in desk(cast.bai_caixia).text(f"/photos/{photo.id}")


def test_a_picture_that_no_form_lists_stands_apart(desk, cast, photo):
    page = f"/cases/{photo.case.id}"
    assert "照片 1/2" in desk(cast.bai_caixia).text(page)
    db.session.add(
        Photo(case_id=photo.case_id, author_id=photo.author_id, kind="house", sha256="0" * 64, size=1, state="stored")
    )
    db.session.commit()
    text = desk(cast.bai_caixia).text(page)
    assert "照片 1/2 另有 1 张表上没有" in text
    assert text.count("表上没有") == 2
