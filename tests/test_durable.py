"""What is said to be kept is on the disk: the order of writing, flushing, naming, and answering."""

import os
import stat

import pytest

from backend.extensions import objects
from backend.models import db
from backend.storage.files import write_durably
from tests import phone
from tests.api.test_upload_at_once import bring
from tests.factories import assigned_case


@pytest.fixture
def acts(monkeypatch):
    """What is done to files, in its order: written bytes, flushed files and folders, new names, commits."""
    seen, true_fsync, true_rename, true_write = [], os.fsync, os.replace, os.write

    def fsync(descriptor):
        seen.append("flush folder" if stat.S_ISDIR(os.fstat(descriptor).st_mode) else "flush file")
        true_fsync(descriptor)

    def rename(old, new, **more):
        seen.append("name")
        true_rename(old, new, **more)

    def write(descriptor, raw):
        seen.append("write")
        return true_write(descriptor, raw)

    monkeypatch.setattr(os, "fsync", fsync)
    monkeypatch.setattr(os, "replace", rename)
    monkeypatch.setattr(os, "rename", rename)
    monkeypatch.setattr(os, "write", write)
    return seen


def test_a_durable_file_is_flushed_before_it_has_its_name_and_its_folder_after(tmp_path, acts):
    write_durably(tmp_path / "x", b"content")
    assert [act for act in acts if act != "flush folder"][-3:] == ["write", "flush file", "name"]
    assert acts[-1] == "flush folder"


@pytest.mark.parametrize("step", ["write", "fsync", "replace"])
def test_a_write_that_fails_leaves_the_old_content_and_nothing_else(tmp_path, monkeypatch, step):
    path = tmp_path / "x"
    write_durably(path, b"old")

    def fails(*_, **__):
        raise OSError(28, "no space left")

    with monkeypatch.context() as broken:
        broken.setattr(os, step, fails)
        if step == "replace":
            broken.setattr("pathlib.Path.replace", fails)
        with pytest.raises(OSError, match="no space"):
            write_durably(path, b"new")
    assert (path.read_bytes(), list(tmp_path.iterdir())) == (b"old", [path])


def test_the_picture_is_on_the_disk_before_the_database_says_so(app, cast, signed_in, acts, monkeypatch):
    case, mi = assigned_case(cast), signed_in(cast.mi_jianjun)
    raw = phone.jpeg()
    photo = phone.listed(raw)
    url = phone.announce(mi, photo, case).headers["Location"]
    true = db.session.commit

    def commit():
        acts.append("commit")
        true()

    monkeypatch.setattr(db.session, "commit", commit)
    acts.clear()
    assert "Ruhu-Receipt" in phone.send(mi, url, raw).headers
    picture = acts.index("name")
    assert "flush file" in acts[:picture]
    assert acts[picture + 1] == "flush folder"
    assert "commit" in acts[picture + 2 :]
    assert objects().get(f"photos/{photo['id']}.{photo['sha256'][:16]}.received") == raw


def test_pictures_that_are_laid_down_together_are_settled_in_one_wait(app, acts):
    names = [f"photos/{number}" for number in range(3)]
    objects().put("photos/before", b"the folder is there")
    acts.clear()
    for name in names:
        objects().lay(name, name.encode())
    objects().settle(names)
    assert acts == ["write", "flush file", "name"] * 3 + ["flush folder"]
    assert [objects().get(name) for name in names] == [name.encode() for name in names]


def test_a_picture_that_comes_whole_has_its_name_on_the_disk_before_the_database_says_so(
    app, cast, signed_in, acts, monkeypatch
):
    case, mi = assigned_case(cast), signed_in(cast.mi_jianjun)
    raw, true = phone.jpeg(), db.session.commit
    photo = phone.listed(raw)

    def commit():
        acts.append("commit")
        true()

    monkeypatch.setattr(db.session, "commit", commit)
    acts.clear()
    assert "Ruhu-Receipt" in bring(mi, photo, case, raw).headers
    assert acts[acts.index("write") :] == ["write", "flush file", "name", "flush folder", "commit"]


def test_a_piece_is_on_the_disk_before_it_is_confirmed(app, cast, signed_in, acts):
    case, mi = assigned_case(cast), signed_in(cast.mi_jianjun)
    raw = phone.jpeg()
    url = phone.announce(mi, phone.listed(raw), case).headers["Location"]
    acts.clear()
    phone.send(mi, url, raw[:1000])
    assert [act for act in acts if act != "commit"] == ["write", "flush file", "flush folder"]
    acts.clear()
    phone.send(mi, url, raw[1000:2000], at=1000)
    assert acts == ["write", "flush file"]
