"""Sealed photos, and phones that bring them without a session."""

import json
from hashlib import sha256

import pytest

from backend import clock
from backend.domain import photos, sealed_photos
from backend.extensions import key_ring, objects
from backend.models import Device, Photo, Upload, db
from backend.storage.keys import KeyRing
from backend.upkeep import do_what_waits
from tests import handset, phone
from tests.house import ROOT
from tests.sealing import SealedPhoto, seal_chunks

VECTORS = json.loads((ROOT / "tests/vectors/sealing.json").read_text("utf-8"))


@pytest.fixture
def raw():
    """More than two chunks."""
    return phone.jpeg(size=(640, 480))


@pytest.fixture
def own(cast):
    """米建军's enrolled phone."""
    return handset.enrolled(cast.mi_jianjun)


def named(photo):
    """What facts say of it, as read."""
    return photo.listed() | {"taken_at": clock.now()}


def the_upload(photo):
    return db.session.scalars(db.select(Upload).where(Upload.photo_id == photo.id)).one()


def test_a_sealed_photo_is_opened_and_receipted_for_the_picture_in_it(mi, cast, case, raw, own):
    photo = SealedPhoto(own, cast.mi_jianjun, raw, case)
    receipt = phone.receipt_in(photo.send(mi))
    assert (receipt["id"], receipt["sha256"], receipt["outcome"]) == (photo.id, sha256(raw).hexdigest(), "stored")
    kept = db.session.get(Photo, photo.id)
    assert (kept.size, kept.case_id, objects().get(photos.received_name(kept))) == (len(raw), case.id, raw)
    do_what_waits()
    assert db.session.get(Photo, photo.id).state == "stored"


@pytest.mark.parametrize("vector", VECTORS["photos"], ids=lambda vector: str(vector["size"]))
def test_what_the_phone_s_own_code_sealed_opens_here(vector):
    ring = KeyRing(
        {"deposit": {"active": VECTORS["key_id"], "keys": {VECTORS["key_id"]: _pem(VECTORS["private_jwk"])}}}
    )
    blob = handset.unb64u(vector["sealed_key"])
    key = sealed_photos.open_key(ring, vector["photo_id"], VECTORS["key_id"], blob)
    assert key == handset.unb64u(vector["key"])
    plain = bytes(n % 251 for n in range(vector["size"]))
    assert sha256(plain).hexdigest() == vector["sha256"]
    assert sealed_photos.stored_size(vector["size"]) == vector["stored_size"]
    # Longer ones are told by their hash: key and place leave no choice in how they are sealed.
    stored = handset.unb64u(vector["stored"]) if vector["stored"] else seal_chunks(key, vector["photo_id"], plain)
    assert sha256(stored).hexdigest() == vector["stored_sha256"]
    assert sealed_photos.open_chunks(key, vector["photo_id"], stored) == plain


def _pem(jwk):
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    number = int.from_bytes(handset.unb64u(jwk["d"]), "big")
    private = ec.EllipticCurvePrivateNumbers(number, handset.public_key(jwk).public_numbers()).private_key()
    form = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    return private.private_bytes(*form).decode()


@pytest.mark.parametrize("spoil", ["flip", "swap", "cut", "other_hash", "other_size"])
def test_chunks_that_are_not_the_sealed_picture_are_dropped_and_asked_for_again(mi, cast, case, raw, own, spoil):
    photo = SealedPhoto(own, cast.mi_jianjun, raw, case)
    right, chunk = photo.stored, sealed_photos.STORED_CHUNK
    if spoil == "flip":
        photo.stored = right[:60_000] + bytes([right[60_000] ^ 1]) + right[60_001:]
    elif spoil == "swap":
        photo.stored = right[chunk : 2 * chunk] + right[:chunk] + right[2 * chunk :]
    elif spoil == "cut":
        photo.stored, photo.told["size"] = right[:chunk], str(sealed_photos.PLAIN_CHUNK)
    elif spoil == "other_hash":
        photo.told["sha256"] = sha256(b"another").hexdigest()
    else:
        photo.told["size"] = str(len(raw) - 1)
        photo.stored = right[:-1]
    answer = photo.send(mi)
    assert (answer.status_code, answer.json["code"]) == (460, "upload_torn")
    url = f"/api/v1/uploads/{the_upload(photo).id}"
    assert phone.look(mi, url).headers["Upload-Offset"] == "0"
    assert db.session.get(Photo, photo.id) is None
    if spoil in ("flip", "swap"):
        assert phone.receipt_in(phone.send(mi, url, right))["outcome"] == "stored"


@pytest.mark.parametrize(
    ("spoil", "status", "code"),
    [
        ({"key_id": "d999"}, 503, "upload_key_unknown"),
        ({"sealed_key": "AAAA"}, 422, "upload_unopened"),
        ({"sealed_key": "!"}, 422, "upload_unfit"),
        ({"size": "x"}, 422, "upload_unfit"),
        ({"size": "5"}, 422, "upload_unfit"),
        ({"key_id": "../../x"}, 422, "upload_unfit"),
    ],
)
def test_what_cannot_be_opened_is_refused_before_it_travels(mi, cast, case, raw, own, spoil, status, code):
    answer = SealedPhoto(own, cast.mi_jianjun, raw, case, **spoil).announce(mi)
    assert (answer.status_code, answer.json["code"]) == (status, code)
    assert db.session.query(Upload).count() == 0


def test_a_key_lost_on_the_way_keeps_the_bytes_until_it_is_back(mi, cast, case, raw, own):
    photo = SealedPhoto(own, cast.mi_jianjun, raw, case)
    url = photo.announce(mi).headers["Location"]
    keys = key_ring().ring["deposit"]["keys"]
    lost = keys.pop(photo.told["key_id"])
    answer = phone.send(mi, url, photo.stored)
    assert (answer.status_code, answer.json["code"]) == (503, "upload_key_unknown")
    assert "Ruhu-Receipt" not in answer.headers
    keys[photo.told["key_id"]] = lost
    assert phone.receipt_in(phone.look(mi, url))["sha256"] == photo.sha256


def test_an_enrolled_phone_needs_no_session(client, cast, case, raw, own):
    photo = SealedPhoto(own, cast.mi_jianjun, raw, case)
    url = photo.announce(client, **photo.headers).headers["Location"]
    assert phone.send(client, url, photo.stored[:1000], **photo.headers).headers["Upload-Offset"] == "1000"
    assert client.head(url, headers=phone.TUS | photo.headers).headers["Upload-Offset"] == "1000"
    assert phone.receipt_in(phone.send(client, url, photo.stored[1000:], at=1000, **photo.headers))
    assert (the_upload(photo).flag, the_upload(photo).device_id) == ("", own.id)
    assert db.session.get(Photo, photo.id).author_id == cast.mi_jianjun.id
    given_up = SealedPhoto(own, cast.mi_jianjun, raw, case)
    url = given_up.announce(client, **given_up.headers).headers["Location"]
    assert client.delete(url, headers=phone.TUS | given_up.headers).status_code == 204


def test_one_photo_s_signature_opens_no_other(client, cast, case, raw, own, signed_in):
    photo, other = (SealedPhoto(own, cast.mi_jianjun, raw, case) for _ in range(2))
    url = photo.announce(client, **photo.headers).headers["Location"]
    for headers in ({}, other.headers, photo.headers | {"Ruhu-Author": cast.ding_zhiqiang.id}):
        assert phone.send(client, url, photo.stored, **headers).json["code"] == "signed_out"
    ding = signed_in(cast.ding_zhiqiang)
    assert phone.send(ding, url, photo.stored).json["code"] == "not_found"
    strange = SealedPhoto(handset.Handset(), cast.mi_jianjun, raw, case)
    assert strange.announce(client, **strange.headers).json["code"] == "signed_out"


def _revoke(own, cast):
    db.session.get(Device, own.id).revoked_at = clock.now()
    return cast.mi_jianjun


def _close(own, cast):
    cast.mi_jianjun.is_active = False
    return cast.mi_jianjun


def _not_bound(own, cast):
    return cast.ding_zhiqiang


@pytest.mark.parametrize(
    ("arrange", "flag"),
    [(_revoke, "device_revoked"), (_close, "account_closed"), (_not_bound, "unproven_author")],
)
def test_a_doubtful_author_s_photo_is_kept_beside_every_case(client, cast, case, raw, own, arrange, flag):
    author = arrange(own, cast)
    photo = SealedPhoto(own, author, raw, case)
    assert phone.receipt_in(photo.send(client, **photo.headers))["outcome"] == "stored"
    assert (the_upload(photo).flag, the_upload(photo).case_id) == (flag, None)
    assert (db.session.get(Photo, photo.id).case_id, db.session.get(Photo, photo.id).author_id) == (None, author.id)
    assert photos.expect([named(photo)], case=case, author=author)
    assert db.session.get(Photo, photo.id).case_id == case.id


def test_a_photo_carried_in_by_somebody_else_goes_to_the_facts_that_name_it(cast, case, raw, signed_in):
    unknown = handset.Handset()
    photo = SealedPhoto(unknown, cast.mi_jianjun, raw, case)
    ding = signed_in(cast.ding_zhiqiang)
    assert phone.receipt_in(photo.send(ding, **photo.headers))["outcome"] == "stored"
    assert the_upload(photo).flag == "unproven_author"
    assert not photos.expect([named(photo) | {"sha256": "0" * 64}], case=case, author=cast.mi_jianjun)
    assert photos.expect([named(photo)], case=case, author=cast.mi_jianjun)
    assert db.session.get(Photo, photo.id).author_id == cast.mi_jianjun.id


def test_the_facts_came_first_and_somebody_carries_the_photo(mi, cast, case, raw, signed_in):
    photo = SealedPhoto(handset.Handset(), cast.mi_jianjun, raw, case)
    phone.hand_in_one(mi, "observation", phone.observation(case, photos=[photo.listed()]))
    carrier = signed_in(cast.ding_zhiqiang)
    assert phone.receipt_in(photo.send(carrier))["outcome"] == "stored"
    kept = db.session.get(Photo, photo.id)
    assert (kept.state, kept.author_id, kept.case_id) == ("received", cast.mi_jianjun.id, case.id)
