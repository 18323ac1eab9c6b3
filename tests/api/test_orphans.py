"""Leftovers: what goes after 30 days, what is only listed, and what is never touched."""

import os
from datetime import timedelta

import pytest

from backend import clock
from backend.domain import orphans, photos
from backend.domain.sync import uploads
from backend.extensions import key_ring, objects
from backend.models import Event, Photo, Upload, db
from backend.models.base import new_id
from backend.storage.epoch import begin_epoch
from backend.upkeep import do_what_waits
from tests import handset, phone
from tests.sealing import SealedPhoto

LATER = timedelta(days=31)


@pytest.fixture
def run(app):
    """`run("sweep")`, `run("list")`: what the command says, 31 days later."""

    def call(*words):
        db.session.commit()
        with clock.standing_at(clock.now() + LATER):
            result = app.test_cli_runner().invoke(args=["orphans", *words])
        assert result.exit_code == 0, result.output
        return result.output

    return call


@pytest.fixture
def folder(app):
    return app.extensions["ruhu_settings"].data


def kinds(after=LATER):
    return sorted(one.kind for one in orphans.find_orphans(clock.now() + after))


def _half_upload(mi, case, photo, raw):
    url = phone.announce(mi, photo, case).headers["Location"]
    phone.send(mi, url, raw[:500])
    return url


def _lost_part(mi, case, photo, raw):
    uploads.parts().append(new_id(), 0, [b"half"], length=10)


def _lost_object(mi, case, photo, raw):
    objects().put(f"photos/{new_id()}", b"nobody's")


def _broken_write(mi, case, photo, raw):
    phone.upload(mi, photo, raw, case)
    do_what_waits()
    db.session.query(Upload).delete()
    objects().put(f"photos/{photo['id']}.0123456789ab.new", b"half")
    db.session.get(Photo, photo["id"]).visit_id = None


def _copy_left_behind(mi, case, photo, raw):
    phone.upload(mi, photo, raw, case)
    do_what_waits()
    db.session.query(Upload).delete()
    objects().put(photos.received_name(db.session.get(Photo, photo["id"])), raw)


def _done_upload(mi, case, photo, raw):
    phone.upload(mi, photo, raw, case)
    phone.hand_in_one(mi, "observation", phone.observation(case, photos=[photo]))


@pytest.mark.parametrize(
    ("arrange", "expected"),
    [
        (_half_upload, ["unfinished_upload"]),
        (_lost_part, ["part_without_upload"]),
        (_lost_object, ["object_without_photo"]),
        (_broken_write, ["object_without_photo", "unnamed_photo"]),
        (_copy_left_behind, ["received_copy", "unnamed_photo"]),
        (_done_upload, ["finished_upload"]),
    ],
)
def test_each_leftover_is_found_named_and_swept(mi, case, photo, raw, run, arrange, expected):
    arrange(mi, case, photo, raw)
    db.session.commit()
    assert kinds(timedelta(days=29)) == []
    assert kinds() == expected
    before = run("list")
    assert "要清 1 项" in run("sweep", "--dry-run")
    assert run("list") == before
    assert "清掉了 1 项" in run("sweep")
    assert kinds() == [kind for kind in expected if kind in orphans.STAYS]
    (event,) = db.session.scalars(db.select(Event).where(Event.tag == "orphans:swept"))
    assert (event.actor, event.facts["counts"]) == (None, {expected[0]: 1})
    run("sweep")
    assert db.session.query(Event).filter_by(tag="orphans:swept").count() == 1


def test_a_dry_run_says_how_many_bytes_would_go_and_touches_nothing(mi, case, photo, raw, run, folder):
    url = _half_upload(mi, case, photo, raw)
    assert "要清 1 项，500 字节" in run("sweep", "--dry-run")
    assert (folder / "uploads" / url.rsplit("/", 1)[1]).stat().st_size == 500
    assert db.session.query(Upload).count() == 1
    run("sweep")
    assert list((folder / "uploads").iterdir()) == []
    assert db.session.query(Upload).count() == 0


def test_photos_that_are_here_stay_whatever_their_age(mi, case, raw, run):
    stored, odd, named = phone.listed(raw), phone.listed(b"no picture"), phone.listed(phone.jpeg(shade=7))
    phone.hand_in_one(mi, "observation", phone.observation(case, photos=[stored, named]))
    phone.upload(mi, stored, raw, case)
    phone.upload(mi, odd, b"no picture", case)
    do_what_waits()
    objects_before = [one.name for one in objects().listing("photos")]
    run("sweep")
    assert [one.name for one in objects().listing("photos")] == objects_before
    assert db.session.query(Photo).count() == 3
    receipt = phone.receipt_in(phone.announce(mi, stored, case))
    assert (receipt["outcome"], receipt["sha256"]) == ("stored", stored["sha256"])


def test_a_conflict_is_receipted_also_after_its_upload_is_swept(mi, case, photo, raw, run):
    phone.upload(mi, photo, raw, case)
    other = phone.jpeg(shade=30)
    beside = phone.listed(other, photo_id=photo["id"])
    phone.upload(mi, beside, other, case)
    run("sweep")
    assert db.session.query(Upload).count() == 0
    assert phone.receipt_in(phone.announce(mi, beside, case))["outcome"] == "conflict"
    assert db.session.query(Photo).count() == 2


def test_whole_bytes_that_cannot_be_opened_are_listed_never_swept(mi, cast, case, raw, run, folder):
    sealed = SealedPhoto(handset.enrolled(cast.mi_jianjun), cast.mi_jianjun, raw, case)
    url = sealed.announce(mi).headers["Location"]
    keys = key_ring().ring["deposit"]["keys"]
    lost = keys.pop(sealed.told["key_id"])
    assert phone.send(mi, url, sealed.stored).status_code == 503
    assert kinds() == ["unopened_upload"]
    assert "留着" in run("sweep")
    assert (folder / "uploads" / url.rsplit("/", 1)[1]).stat().st_size == len(sealed.stored)
    keys[sealed.told["key_id"]] = lost
    assert phone.receipt_in(phone.look(mi, url))


def test_who_brought_a_photo_that_waits_for_its_facts_stays_known(cast, case, raw, signed_in, run):
    sealed = SealedPhoto(handset.Handset(), cast.mi_jianjun, raw, case)
    sealed.send(signed_in(cast.ding_zhiqiang), **sealed.headers)
    assert kinds() == ["unnamed_photo"]
    run("sweep")
    assert db.session.query(Upload).one().flag == "unproven_author"


def test_after_a_restore_the_files_it_knows_nothing_of_wait_for_a_person(app, folder, run):
    """The database went back further than phones keep their photos: these files may be the only copies."""
    objects().put(f"photos/{new_id()}", b"the only copy")
    begin_epoch(folder)
    assert kinds() == ["object_before_restore"]
    assert "留着" in run("sweep")
    assert kinds() == ["object_before_restore"]
    assert "清掉了 1 项" in run("sweep", "--restore-is-over")
    assert kinds() == []


def test_what_was_written_to_since_it_was_seen_is_not_removed(app):
    name = f"photos/{new_id()}"
    objects().put(name, b"first")
    found = orphans.find_orphans(clock.now() + LATER)
    path = app.extensions["ruhu_settings"].data / "objects" / name
    os.utime(path, (path.stat().st_mtime + 60, path.stat().st_mtime + 60))
    orphans.remove_files(found)
    assert objects().get(name) == b"first"
