"""Photos by tus: cut anywhere, resumed there, receipted once whole."""

from base64 import b64encode
from datetime import timedelta
from hashlib import sha1, sha256

import pytest
from PIL import Image

from backend import clock
from backend.domain import photos
from backend.extensions import objects
from backend.models import Event, Photo, Upload, db
from backend.upkeep import do_what_waits
from tests import phone
from tests.postgres import on_both

pytestmark = on_both

URL = "/api/v1/uploads"
OFFERED = {"creation", "creation-with-upload", "checksum", "termination", "expiration"}


def test_what_the_server_can_do_is_offered_to_everybody(client):
    answer = client.options(URL)
    assert answer.status_code == 204
    assert answer.headers["Tus-Version"] == "1.0.0"
    assert set(answer.headers["Tus-Extension"].split(",")) == OFFERED
    assert answer.headers["Tus-Max-Size"] == str(10 * 1024 * 1024)
    assert answer.headers["Tus-Checksum-Algorithm"] == "sha1,sha256"


def test_a_photo_sent_in_one_piece_gets_a_receipt_that_holds(mi, case, photo, raw, app):
    begun = phone.announce(mi, photo, case)
    assert (begun.status_code, begun.headers["Upload-Offset"]) == (201, "0")
    assert "Upload-Expires" in begun.headers
    sent = phone.send(mi, begun.headers["Location"], raw)
    assert (sent.status_code, sent.headers["Upload-Offset"]) == (204, str(len(raw)))
    receipt = phone.receipt_in(sent)
    assert (receipt["id"], receipt["sha256"], receipt["outcome"]) == (photo["id"], photo["sha256"], "stored")
    assert phone.is_signed(receipt, mi.get("/api/v1/session").json["receipt_key"])
    later = phone.receipt_in(phone.look(mi, begun.headers["Location"]))
    assert later | {"signature": ""} == receipt | {"signature": ""}
    do_what_waits()
    kept = db.session.get(Photo, photo["id"])
    assert (kept.state, kept.width, kept.height, kept.case_id) == ("stored", 320, 240, case.id)
    assert kept.receipt_no == receipt["receipt_no"]
    assert list((app.extensions["ruhu_settings"].data / "uploads").iterdir()) == []


def test_a_stored_photo_leaves_one_event(mi, case, photo, raw):
    phone.upload(mi, photo, raw, case)
    phone.announce(mi, photo, case)
    (event,) = db.session.scalars(db.select(Event).where(Event.tag == "photo:stored"))
    assert (event.case_id, event.actor.name, event.facts["photo"]) == (case.id, "米建军", photo["id"])


@pytest.mark.parametrize("cut", [0, 1, 2, 100, 4095, 4096, 4097, -2, -1])
def test_a_cut_at_any_byte_is_resumed_there(mi, case, photo, raw, cut):
    cut = cut % len(raw)
    url = phone.announce(mi, photo, case).headers["Location"]
    phone.send(mi, url, raw[:cut])
    seen = phone.look(mi, url)
    assert (seen.headers["Upload-Offset"], seen.headers["Upload-Length"]) == (str(cut), str(len(raw)))
    assert "Ruhu-Receipt" not in seen.headers
    assert phone.receipt_in(phone.send(mi, url, raw[cut:], at=cut))["sha256"] == photo["sha256"]


def test_byte_by_byte_at_the_edges(mi, case, photo, raw):
    url = phone.announce(mi, photo, case).headers["Location"]
    edges = [*range(40), *range(len(raw) - 40, len(raw))]
    phone_at = 0
    for edge in [*edges, len(raw)]:
        answer = phone.send(mi, url, raw[phone_at:edge], at=phone_at)
        assert answer.headers["Upload-Offset"] == str(edge)
        phone_at = edge
    assert db.session.get(Photo, photo["id"]).state == "received"


def test_bytes_that_are_complete_but_not_yet_a_photo_become_one_at_the_next_look(mi, case, photo, raw, app):
    url = phone.announce(mi, photo, case).headers["Location"]
    folder = app.extensions["ruhu_settings"].data / "uploads"
    (folder / url.rsplit("/", 1)[1]).write_bytes(raw)
    assert phone.receipt_in(phone.look(mi, url))["outcome"] == "stored"


def test_the_wrong_place_is_told_and_changes_nothing(mi, case, photo, raw):
    url = phone.announce(mi, photo, case).headers["Location"]
    phone.send(mi, url, raw[:50])
    for at in (0, 49, 51, 10**9):
        answer = phone.send(mi, url, raw[at : at + 10], at=at)
        assert (answer.status_code, answer.json["code"]) == (409, "upload_offset")
        assert answer.json["fields"] == {"offset": 50}
    assert phone.receipt_in(phone.send(mi, url, raw[50:], at=50))


def test_more_than_announced_is_refused_and_not_kept(mi, case, photo, raw):
    url = phone.announce(mi, photo, case).headers["Location"]
    answer = phone.send(mi, url, raw + b"x")
    assert (answer.status_code, answer.json["code"]) == (413, "too_large")
    assert phone.look(mi, url).headers["Upload-Offset"] == "0"


@pytest.mark.parametrize(("name", "digest"), [("sha1", sha1), ("sha256", sha256)])
def test_a_checked_piece_counts_only_when_it_is_right(mi, case, photo, raw, name, digest):
    url = phone.announce(mi, photo, case).headers["Location"]
    right = f"{name} {b64encode(digest(raw[:500]).digest()).decode()}"
    wrong = phone.send(mi, url, raw[1:501], **{"Upload-Checksum": right})
    assert (wrong.status_code, wrong.json["code"]) == (460, "upload_torn")
    assert phone.look(mi, url).headers["Upload-Offset"] == "0"
    assert phone.send(mi, url, raw[:500], **{"Upload-Checksum": right}).headers["Upload-Offset"] == "500"


@pytest.mark.parametrize("header", ["md5 1B2M2Y8AsgTpgAmY7PhCfg==", "sha1 x", "sha1", "sha256 AAAA", ""])
def test_an_unknown_checksum_is_refused(mi, case, photo, raw, header):
    url = phone.announce(mi, photo, case).headers["Location"]
    answer = phone.send(mi, url, raw, **{"Upload-Checksum": header})
    assert (answer.status_code, answer.json["code"]) == (400, "upload_checksum")


def test_bytes_that_are_not_the_announced_ones_start_again(mi, case, photo, raw):
    url = phone.announce(mi, photo, case).headers["Location"]
    torn = phone.send(mi, url, raw[:-1] + bytes([raw[-1] ^ 1]))
    assert (torn.status_code, torn.json["code"]) == (460, "upload_torn")
    assert phone.look(mi, url).headers["Upload-Offset"] == "0"
    assert phone.receipt_in(phone.send(mi, url, raw))["outcome"] == "stored"


def test_a_photo_that_is_already_here_is_receipted_at_once(mi, case, photo, raw):
    first = phone.upload(mi, photo, raw, case)
    again = phone.announce(mi, photo, case)
    assert (again.status_code, again.headers["Upload-Offset"]) == (201, str(len(raw)))
    assert phone.receipt_in(again)["receipt_no"] == first["receipt_no"]
    assert phone.receipt_in(phone.look(mi, again.headers["Location"]))["received_at"] == first["received_at"]
    assert phone.send(mi, again.headers["Location"], b"", at=len(raw)).status_code == 204


def test_other_bytes_under_a_taken_id_are_kept_beside(mi, case, photo, raw):
    phone.upload(mi, photo, raw, case)
    other = phone.jpeg(shade=30)
    receipt = phone.upload(mi, phone.listed(other, photo_id=photo["id"]), other, case)
    assert (receipt["outcome"], receipt["sha256"]) == ("conflict", sha256(other).hexdigest())
    again = phone.announce(mi, phone.listed(other, photo_id=photo["id"]), case)
    assert phone.receipt_in(again)["outcome"] == "conflict"
    do_what_waits()
    kept = {p.sha256: p.state for p in db.session.scalars(db.select(Photo))}
    assert kept == {photo["sha256"]: "stored", sha256(other).hexdigest(): "stored"}
    assert db.session.get(Photo, photo["id"]).sha256 == photo["sha256"]


def test_the_camera_s_notes_are_gone_and_the_picture_is_new(mi, case, app):
    exif = Image.Exif()
    exif[0x9286] = "34.98N 106.20E"
    raw = phone.jpeg(exif=exif)
    assert b"34.98N" in raw
    photo = phone.listed(raw)
    phone.upload(mi, photo, raw, case)
    do_what_waits()
    kept = db.session.get(Photo, photo["id"])
    for name in (photos.picture_name(kept), photos.thumbnail_name(kept)):
        stored = objects().get(name)
        assert stored[:10] == raw[:10]
        assert b"34.98N" not in stored
    # Ten bytes: three of them would come by chance in one sealed picture of a few thousand.
    for path in (app.extensions["ruhu_settings"].data / "objects").rglob("*"):
        assert not path.is_file() or raw[:10] not in path.read_bytes()


@pytest.mark.parametrize("raw", [b"no picture at all", phone.jpeg()[:900], b"GIF89a" + b"\0" * 50])
def test_what_is_no_picture_is_kept_and_receipted_all_the_same(mi, case, raw):
    photo = phone.listed(raw)
    assert phone.upload(mi, photo, raw, case)["outcome"] == "stored"
    do_what_waits()
    kept = db.session.get(Photo, photo["id"])
    assert kept.state == "unreadable"
    assert objects().get(photos.received_name(kept)) == raw


def test_an_upload_can_be_given_up(mi, case, photo, raw):
    url = phone.announce(mi, photo, case).headers["Location"]
    assert mi.delete(url, headers=phone.TUS).status_code == 204
    assert phone.look(mi, url).status_code == 404
    assert db.session.query(Upload).count() == 0
    phone.upload(mi, photo, raw, case)
    done = phone.announce(mi, photo, case).headers["Location"]
    assert mi.delete(done, headers=phone.TUS).json["code"] == "upload_finished"


def test_an_upload_that_lay_too_long_is_gone(mi, case, photo, raw, signed_in, cast):
    url = phone.announce(mi, photo, case).headers["Location"]
    with clock.standing_at(clock.now() + timedelta(days=31)):
        later = signed_in(cast.mi_jianjun)
        assert phone.send(later, url, raw).json["code"] == "upload_expired"
        assert phone.look(later, url).status_code == 410


def test_networks_that_know_only_post_are_served(mi, case, photo, raw):
    url = phone.announce(mi, photo, case).headers["Location"]
    told = phone.TUS | {"Upload-Offset": "0", "Content-Type": phone.BYTES, "X-HTTP-Method-Override": "PATCH"}
    assert phone.receipt_in(mi.post(url, data=raw, headers=told))
    assert mi.post(url, headers=phone.TUS).status_code == 405
