"""The demo county's phones: enrolled by code, heard of now and then, one lost; what comes from them late.

Told by the verbs that phones and the township use, so that the pages about phones have something true to show.
"""

from base64 import urlsafe_b64encode
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from sqlalchemy import select

from backend import clock
from backend.access import visible_cases
from backend.codebook import FIELD_ROLES, ItemKind, Stage
from backend.domain import assignment, devices, enrolment
from backend.domain.sync.signatures import enrolment_text
from backend.models import Assignment, Case, Device, Posting, User, db
from demo.staff import person
from demo.visits import bring

HOME = "620525102"
MODELS = ("红米 9A", "荣耀畅玩 40", "OPPO A5", "vivo Y3")
UNENROLLED = "aide01"
GB = 1024**3
HEARTBEAT = {"captured": 6, "unsent": 0, "photos_waiting": 0, "drafts": 0, "app_version": "0.2.0"}


def phone_steps(now: datetime) -> Iterable[tuple[datetime, Callable[[], None]]]:
    """(when, what) for everything that phones do beside handing in visits."""
    yield now - timedelta(days=8), enrol_everybody
    yield now - timedelta(days=2, hours=5), hold_one_visit
    yield now - timedelta(days=2), lose_a_phone
    yield now - timedelta(hours=20), give_to_others
    yield now - timedelta(hours=6), bring_what_comes_late
    yield now - timedelta(hours=2), speak_up


def device_id(user: User) -> str:
    """One phone a person."""
    return str(uuid5(NAMESPACE_URL, user.username))


def enrol_everybody() -> None:
    """Each field worker of the home township, by a code that the coordinator makes; the aide has not come yet."""
    coordinator = person("town01")
    for place, worker in enumerate(_workers()):
        name = MODELS[place % len(MODELS)]
        if worker.username == UNENROLLED:
            devices.note_device(device_id(worker), actor=worker, name=name)
            continue
        key, code = ec.generate_private_key(ec.SECP256R1()), enrolment.make_code(worker, actor=coordinator)
        proof = _signed(key, enrolment_text(device_id(worker), worker.id, code.text))
        enrolment.enrol(device_id(worker), name, _jwk(key), code.text, proof, actor=worker)
        db.session.flush()


def hold_one_visit() -> None:
    """马彩霞 was at a household, has no network since, and her phone said so two days ago."""
    worker = person("grid02")
    held = [case.id for case in _to_visit(worker)[:1]]
    _hear(worker, unsent=len(held), unsent_cases=held, photos_waiting=4 * len(held))


def lose_a_phone() -> None:
    """苏占福 lost his on the market; the township takes it out of use."""
    worker = person("grid03")
    _hear(worker, unsent=1)
    devices.revoke(db.session.get_one(Device, device_id(worker)), reason="lost: 赶集时丢的", actor=person("town01"))


def give_to_others() -> None:
    """马小明 goes with 米建军 in 丁志强's place, whose note about the household is still on his phone."""
    case = _to_visit(person("team01"))[-1]
    assignment.assign(case, main=person("grid01"), companion=person("aide01"), actor=person("town01"))


def bring_what_comes_late() -> None:
    """A note about the household given away, one from the lost phone, one about a household never theirs."""
    first, lost, team = person("team01"), person("grid03"), person("team02")
    given = select(Assignment.case_id).where(Assignment.user_id == first.id, Assignment.ended_at.is_not(None))
    _note(
        first,
        db.session.scalars(select(Case).where(Case.id.in_(given))).first(),
        "路过时看了，门口堆着新砖，没人在家。",
    )
    theirs = select(Assignment.case_id).where(Assignment.user_id == team.id)
    strange = select(Case).where(Case.township_code == HOME, Case.id.not_in(theirs)).order_by(Case.number)
    _note(team, db.session.scalars(strange).first(), "村里说这家老人摔了，儿子在外打工，没人照看。")
    _note(lost, db.session.scalars(strange.offset(1)).first(), "水窖裂了缝，现在挑水吃，来回四里路。")


def speak_up() -> None:
    """The others have a network today: all handed in, one clock a day ahead, one phone nearly full."""
    _hear(person("grid01"), storage_used=int(1.7 * GB), storage_quota=2 * GB, self_test="ok")
    _hear(person("team01"), device_time=clock.now() + timedelta(days=1), drafts=1, self_test="ok")
    _hear(person("team02"), self_test="ok", storage_used=GB // 8, storage_quota=4 * GB)
    _hear(person("aide01"))


def _workers() -> list[User]:
    near = select(Posting.user_id).where(Posting.area_code.startswith(HOME))
    query = select(User).where(User.role.in_(FIELD_ROLES), User.is_demo, User.id.in_(near))
    return list(db.session.scalars(query.order_by(User.username)))


def _to_visit(worker: User) -> list[Case]:
    """Those to go to, the nearest deadline first."""
    query = visible_cases(worker).where(Case.stage == Stage.ASSIGNED).order_by(Case.due_at, Case.id)
    return list(db.session.scalars(query))


def _hear(worker: User, **told: Any) -> None:
    devices.note_heartbeat({"device_id": device_id(worker)} | HEARTBEAT | told, actor_id=worker.id)


def _note(author: User, case: Case | None, text: str) -> None:
    if case is None:
        return
    at = clock.iso(clock.now() - timedelta(minutes=40))
    told = {
        "case_id": case.id, "base_revision": 0, "observed_at": at, "text": text, "facts": {}, "photos": [],
        "device_time": at, "server_offset_ms": 0,
    }  # fmt: skip
    bring(ItemKind.OBSERVATION, told, author)


def _jwk(key: ec.EllipticCurvePrivateKey) -> dict[str, str]:
    numbers = key.public_key().public_numbers()
    return {"kty": "EC", "crv": "P-256", "x": _text(numbers.x), "y": _text(numbers.y)}


def _signed(key: ec.EllipticCurvePrivateKey, text: str) -> str:
    r, s = decode_dss_signature(key.sign(text.encode(), ec.ECDSA(hashes.SHA256())))
    return urlsafe_b64encode(r.to_bytes(32, "big") + s.to_bytes(32, "big")).rstrip(b"=").decode()


def _text(number: int) -> str:
    return urlsafe_b64encode(number.to_bytes(32, "big")).rstrip(b"=").decode()
