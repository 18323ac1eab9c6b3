"""Who may bring which photo, and announcements that do not fit."""

from base64 import b64encode
from hashlib import sha256
from types import SimpleNamespace

import pytest

from backend import clock
from backend.models import Photo, db
from backend.models.base import new_id
from tests import phone


def test_somebody_elses_upload_is_out_of_sight(mi, case, photo, raw, signed_in, cast):
    url = phone.announce(mi, photo, case).headers["Location"]
    ding = signed_in(cast.ding_zhiqiang)
    assert phone.look(ding, url).status_code == 404
    assert phone.send(ding, url, raw).json["code"] == "not_found"
    assert ding.delete(url, headers=phone.TUS).status_code == 404
    phone.upload(mi, photo, raw, case)
    other = photo | {"sha256": sha256(b"other bytes").hexdigest()}
    assert phone.announce(ding, other, case).json["code"] == "photo_taken"


def test_who_comes_after_a_carrier_hears_that_the_photo_is_here(mi, case, photo, raw, signed_in, cast):
    """A colleague handed the phone's rescue file in; the phone itself must come to an end with it, too."""
    ding = signed_in(cast.ding_zhiqiang)
    brought = phone.upload(ding, photo, raw, case)
    again = phone.receipt_in(phone.announce(mi, photo, case))
    assert (again["outcome"], again["receipt_no"]) == ("stored", brought["receipt_no"])
    assert db.session.get(Photo, photo["id"]).author_id == cast.ding_zhiqiang.id


def test_a_household_one_was_never_sent_to_is_not_noted_and_answers_like_an_unknown_one(signed_in, cast, case, raw):
    stranger = signed_in(cast.tuo_hasan)
    for home in (case, SimpleNamespace(id=new_id())):
        photo = phone.listed(raw)
        assert phone.upload(stranger, photo, raw, home)["outcome"] == "stored"
        assert db.session.get(Photo, photo["id"]).case_id is None


def test_a_photo_taken_before_reassignment_still_comes_in(mi, case, photo, raw):
    for assignment in case.assignments:
        assignment.ended_at = clock.now()
    assert phone.upload(mi, photo, raw, case)["outcome"] == "stored"


@pytest.mark.parametrize(
    ("headers", "status", "code"),
    [
        ({"Tus-Resumable": "0.2.2"}, 412, "upload_version"),
        ({"Upload-Length": ""}, 422, "upload_unfit"),
        ({"Upload-Length": "-5"}, 422, "upload_unfit"),
        ({"Upload-Length": "0"}, 422, "upload_unfit"),
        ({"Upload-Length": "1e3"}, 422, "upload_unfit"),
        ({"Upload-Length": str(10 * 1024 * 1024 + 1)}, 413, "too_large"),
        ({"Upload-Metadata": ""}, 422, "upload_unfit"),
        ({"Upload-Metadata": "photo_id !!!"}, 422, "upload_unfit"),
        ({"Upload-Metadata": "photo_id eA==,photo_id eA=="}, 422, "upload_unfit"),
        ({"Upload-Metadata": f"photo_id {b64encode(b'../../x').decode()}"}, 422, "upload_unfit"),
    ],
)
def test_an_announcement_that_does_not_fit_is_refused(mi, photo, headers, status, code):
    answer = phone.announce(mi, photo, **headers)
    assert (answer.status_code, answer.json["code"]) == (status, code)
    assert answer.headers["Tus-Resumable"] == "1.0.0"


def test_a_piece_of_another_type_is_refused(mi, case, photo, raw):
    url = phone.announce(mi, photo, case).headers["Location"]
    answer = phone.send(mi, url, raw, **{"Content-Type": "image/jpeg"})
    assert (answer.status_code, answer.json["code"]) == (415, "upload_type")
    assert phone.send(mi, url, raw, **{"Upload-Offset": "x"}).json["code"] == "upload_unfit"


def test_nobody_uploads_without_a_session(client, photo):
    assert phone.announce(client, photo).json["code"] == "signed_out"
