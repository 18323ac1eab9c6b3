"""A household of 毛山村 and the phone of who goes there."""

import sys
import threading

import pytest
from werkzeug.serving import WSGIRequestHandler, make_server

from backend.domain import sessions
from backend.models import db
from tests import phone
from tests.bench.service import serving
from tests.cast import PASSWORD
from tests.factories import assigned_case
from tests.house import ROOT
from tests.served import free_port, surroundings


@pytest.fixture
def case(cast):
    return assigned_case(cast)


@pytest.fixture
def mi(signed_in, cast):
    return signed_in(cast.mi_jianjun)


@pytest.fixture
def raw():
    """The bytes of a picture."""
    return phone.jpeg()


@pytest.fixture
def photo(raw):
    """What the facts say of it."""
    return phone.listed(raw)


class Quiet(WSGIRequestHandler):
    """No lines between the dots of a test run."""

    def log(self, *args: object) -> None:
        pass


def _phone_of(user):
    """Headers of a phone of theirs that is signed in."""
    _, token = sessions.sign_in(user.username, PASSWORD)
    db.session.commit()
    db.session.remove()
    return {"X-Ruhu": "1", "Cookie": f"ruhu={token}"}


@pytest.fixture
def shipped(app, cast, tmp_path):
    """(address, headers of a signed-in phone) of the same folder behind gunicorn, as it is shipped."""
    headers, port = _phone_of(cast.mi_jianjun), free_port()
    chosen = app.extensions["ruhu_settings"]
    command = [sys.executable, "-m", "gunicorn", "--config", ROOT / "deploy/gunicorn.conf.py", "wsgi:app"]
    env = surroundings(chosen.data, port, RUHU_MODE="test", RUHU_DATABASE_URL=chosen.database_url)
    log = tmp_path / "gunicorn.log"
    with serving(command, port=port, health="/healthz", folder=ROOT, log=log, env=env) as service:
        yield f"{service.address}/api/v1/uploads", headers


@pytest.fixture
def served(app, cast):
    """(address, headers of a signed-in phone) of the app behind a real socket."""
    headers = _phone_of(cast.mi_jianjun)
    server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=Quiet)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.port}/api/v1/uploads", headers
    server.shutdown()
    thread.join()


@pytest.fixture
def taken(app, cast):
    """A photo of a household and what is told of it."""
    case = assigned_case(cast)
    raw = phone.jpeg(size=(640, 480))
    photo = phone.listed(raw)
    told = {"photo_id": photo["id"], "sha256": photo["sha256"], "case_id": case.id, "kind": "house"}
    db.session.commit()
    db.session.remove()
    return raw, told
