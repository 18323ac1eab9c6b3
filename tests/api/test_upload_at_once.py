"""A photo whose bytes come with its announcement, and several uploads of one picture."""

from base64 import b64encode
from hashlib import sha1
from io import BytesIO

from backend.domain import events, photos
from backend.extensions import objects
from backend.models import Event, Photo, Upload, db
from tests import phone
from tests.postgres import on_both

pytestmark = on_both


def bring(client, photo, case, raw, **headers):
    """The POST that announces and brings."""
    told = phone.TUS | {"Upload-Length": str(photo["size"]), "Upload-Metadata": phone.metadata(photo, case)}
    return client.post("/api/v1/uploads", data=raw, headers=told | {"Content-Type": phone.BYTES} | headers)


def lying(app):
    return list((app.extensions["ruhu_settings"].data).glob("uploads/*"))


def test_one_request_brings_a_whole_photo(mi, case, photo, raw, app):
    answer = bring(mi, photo, case, raw)
    assert (answer.status_code, answer.headers["Upload-Offset"]) == (201, str(len(raw)))
    assert phone.receipt_in(answer)["sha256"] == photo["sha256"]
    kept = db.session.get(Photo, photo["id"])
    assert (kept.state, kept.case_id, objects().get(photos.received_name(kept))) == ("received", case.id, raw)
    assert lying(app) == []
    again = bring(mi, photo, case, raw)
    assert phone.receipt_in(again)["receipt_no"] == phone.receipt_in(answer)["receipt_no"]
    assert db.session.query(Event).filter_by(tag="photo:stored").count() == 1


def test_the_first_bytes_may_come_with_it(mi, case, photo, raw):
    begun = bring(mi, photo, case, raw[:700])
    assert (begun.headers["Upload-Offset"], "Ruhu-Receipt" in begun.headers) == ("700", False)
    assert phone.look(mi, begun.headers["Location"]).headers["Upload-Offset"] == "700"
    assert phone.receipt_in(phone.send(mi, begun.headers["Location"], raw[700:], at=700))


def test_bytes_that_are_wrong_or_too_many_leave_nothing(mi, case, photo, raw, app):
    torn = bring(mi, photo, case, raw[:-1] + bytes([raw[-1] ^ 1]))
    assert (torn.status_code, torn.json["code"]) == (460, "upload_torn")
    more = bring(mi, photo, case, raw + b"x")
    assert (more.status_code, more.json["code"]) == (413, "too_large")
    unchecked = bring(mi, photo, case, raw[:500], **{"Upload-Checksum": f"sha1 {'A' * 27}="})
    assert unchecked.json["code"] == "upload_torn"
    assert (lying(app), db.session.query(Upload).count(), db.session.query(Photo).count()) == ([], 0, 0)


def test_the_first_of_several_uploads_finishes_them_all(mi, case, photo, raw, app):
    half = phone.announce(mi, photo, case).headers["Location"]
    phone.send(mi, half, raw[:900])
    empty = phone.announce(mi, photo, case).headers["Location"]
    bring(mi, photo, case, raw)
    for url in (half, empty):
        assert phone.receipt_in(phone.look(mi, url))["sha256"] == photo["sha256"]
    late = phone.send(mi, half, raw[900:], at=900)
    assert (late.status_code, late.json["fields"]) == (409, {"offset": len(raw)})
    assert lying(app) == []
    assert db.session.query(Photo).count() == 1


def test_a_line_that_breaks_off_in_the_first_request_leaves_nothing(mi, case, photo, raw, app):
    told = phone.TUS | {"Upload-Length": str(photo["size"]), "Upload-Metadata": phone.metadata(photo, case)}
    told |= {"Content-Type": phone.BYTES}
    promised = {"CONTENT_LENGTH": str(len(raw))}
    cut = mi.post("/api/v1/uploads", input_stream=BytesIO(raw[:700]), headers=told, environ_overrides=promised)
    assert (cut.status_code, cut.json["code"]) == (400, "bad_request")
    assert (lying(app), db.session.query(Upload).count(), db.session.query(Photo).count()) == ([], 0, 0)
    assert phone.receipt_in(bring(mi, photo, case, raw))


def test_a_whole_photo_with_a_checksum_counts_only_when_it_is_right(mi, case, photo, raw, app):
    wrong = bring(mi, photo, case, raw, **{"Upload-Checksum": f"sha1 {'A' * 27}="})
    assert (wrong.status_code, wrong.json["code"]) == (460, "upload_torn")
    assert (lying(app), db.session.query(Upload).count()) == ([], 0)
    right = b64encode(sha1(raw).digest()).decode()
    assert phone.receipt_in(bring(mi, photo, case, raw, **{"Upload-Checksum": f"sha1 {right}"}))


def test_other_bytes_under_the_same_id_stand_beside_the_first(mi, case, photo, raw):
    bring(mi, photo, case, raw)
    other = phone.jpeg(size=(99, 44))
    listed = phone.listed(other) | {"id": photo["id"]}
    assert phone.receipt_in(bring(mi, listed, case, other))["outcome"] == "conflict"
    assert db.session.query(Photo).count() == 2
    assert events.broken_link() is None


def test_the_household_hears_of_its_photo_once(mi, case, photo, raw):
    before = case.revision
    for _ in range(2):
        bring(mi, photo, case, raw)
    db.session.refresh(case)
    assert case.revision == before + 1
    assert events.broken_link() is None
