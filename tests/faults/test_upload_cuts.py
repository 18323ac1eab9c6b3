"""A photo is cut at every byte: it goes on there, its hash is the announced one, and nothing is left behind."""

import io
import os
from hashlib import sha256

from backend import create_app
from backend.config import Settings
from backend.domain import photos
from backend.extensions import objects
from backend.models import Photo, db
from tests import phone
from tests.faults import ledger
from tests.faults.office import Office
from tests.faults.shot import Shot
from tests.faults.tally import IS_FULL
from tests.faults.transports import Answer, directly
from tests.faults.worker_phone import WorkerPhone

SMALL, LARGE = 4096, 256 * 1024
EDGE, RANDOM_CUTS = 4096, 10_000
ONE_CHUNK = 48 * 1024
TAG = 16


class CutLine:
    """Gives the server the first `cut` bytes of the next piece, whatever was promised."""

    def __init__(self, app) -> None:
        self._app, self._whole, self.cut = app, directly(app), None

    def __call__(self, method: str, path: str, body: bytes, headers: dict[str, str]) -> Answer | None:
        if method != "PATCH" or self.cut is None:
            return self._whole(method, path, body, headers)
        cut, self.cut = self.cut, None
        client = self._app.test_client(use_cookies=False)
        client.open(path, method=method, headers=headers, input_stream=io.BytesIO(body[:cut]), content_length=len(body))
        return None


def _picture(travels: int) -> bytes:
    """A JPEG that is `travels` bytes long once it is sealed."""
    size = travels - TAG * -(-travels // (ONE_CHUNK))
    small = phone.jpeg(size=(32, 32))
    return small + os.urandom(size - len(small))


def _bring(worker: WorkerPhone, line: CutLine, shot: Shot, cut: int) -> int:
    """One photo, cut once; how many bytes had to be sent again."""
    worker.album[shot.listed["id"]] = shot
    worker.shots[shot.listed["id"]] = shot.listed["sha256"]
    shot.announce(worker)
    line.cut = cut
    shot.send(worker, 0, shot.raw)
    _, headers, _ = worker.call("HEAD", shot.path, b"", phone.TUS | shot.headers)
    offset = int(headers["upload-offset"])
    shot.send(worker, offset, shot.raw[offset:])
    return cut - offset


def _stored_hash(photo_id: str) -> str:
    photo = db.session.get(Photo, photo_id)
    found = sha256(objects().get(photos.received_name(photo))).hexdigest()
    # Ten thousand pictures are not kept only to be counted.
    objects().delete(photos.received_name(photo))
    db.session.rollback()
    return found


def _cuts(row, travels: int) -> list[int]:
    if not IS_FULL:
        return list(range(travels))
    edges = [at + by for at in range(0, travels, EDGE) for by in (-1, 0, 1) if 0 <= at + by < travels]
    return edges + [row.chance.randrange(travels) for _ in range(RANDOM_CUTS)]


def test_a_cut_at_any_byte_goes_on_there(office: Office, tally):
    travels = LARGE if IS_FULL else SMALL
    row = tally(f"upload of {travels:,} bytes cut")
    app = create_app(Settings(mode="test", data=office.folder, database_url=office.url))
    line = CutLine(app)
    worker = WorkerPhone(office, office.phones[0], line, row.chance)
    picture, resent = _picture(travels), []
    for cut in _cuts(row, travels):
        listed = phone.listed(picture)
        resent.append(_bring(worker, line, Shot(listed, picture, office.cases[0].id, worker.held), cut))
        row.add("cuts")
        with app.app_context():
            row.add("unequal hash", _stored_hash(listed["id"]) != listed["sha256"])
    row["lost"] = len(worker.shots) - len(worker.kept)
    row["most bytes sent again"] = max(resent)
    with app.app_context():
        row["duplicated"] = db.session.query(Photo).count() - len(worker.shots)
        db.engine.dispose()
    row["left behind"] = len(ledger.leftovers(office))
    assert (row["lost"], row["duplicated"], row["unequal hash"], row["left behind"]) == (0, 0, 0, 0), row.line()
    assert min(resent) >= 0
    assert max(resent) <= ONE_CHUNK, row.line()
