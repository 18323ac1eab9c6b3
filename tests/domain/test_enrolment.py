"""手机登记: who makes a code, whose phone it enrols, and how often one may be wrong."""

from datetime import timedelta

import pytest

from backend import clock
from backend.domain import devices, enrolment
from backend.models import Device, DeviceUser, EnrolmentCode, Event, db
from backend.problems import Problem
from tests.handset import Handset, enrolled
from tests.postgres import on_both

pytestmark = on_both


@pytest.fixture
def handset(app):
    return Handset()


def code_for(cast, worker=None) -> str:
    return enrolment.make_code(worker or cast.mi_jianjun, actor=cast.bai_caixia).text


def enrol(handset, user, code, **other):
    body = handset.enrolment(user, code, **other)
    told = (body[key] for key in ("device_id", "name", "public_key", "code", "proof"))
    return enrolment.enrol(*told, actor=user)


def wrong(code: str) -> str:
    return f"{(int(code) + 1) % 10**6:06d}"


def tags() -> list[str]:
    db.session.flush()
    return list(db.session.scalars(db.select(Event.tag).order_by(Event.id)))


def test_a_code_has_six_digits_lives_ten_minutes_and_stands_nowhere(cast):
    code = enrolment.make_code(cast.mi_jianjun, actor=cast.bai_caixia)
    db.session.flush()
    assert len(code.text) == 6
    assert code.text.isdigit()
    assert timedelta(minutes=9) < code.expires_at - clock.now() <= timedelta(minutes=10)
    row = db.session.scalars(db.select(EnrolmentCode)).one()
    assert code.text not in row.code_lookup
    assert tags() == ["enrolment_code:made"]
    assert code.text not in str(db.session.scalars(db.select(Event.facts)).all())


@pytest.mark.parametrize(
    ("actor", "worker", "code"),
    [
        ("li_zhanfu", "mi_jianjun", "not_found"),
        ("bai_caixia", "tuo_hasan", "not_found"),
        ("tuo_fuying", "mi_jianjun", "forbidden"),
        ("mi_jianjun", "mi_jianjun", "forbidden"),
        ("tie_jianhua", "tuo_fuying", "not_field_worker"),
    ],
)
def test_only_who_looks_after_the_area_makes_codes(cast, actor, worker, code):
    with pytest.raises(Problem, match=code):
        enrolment.make_code(getattr(cast, worker), actor=getattr(cast, actor))
    assert tags() == []


def test_an_administrator_may_and_a_closed_account_gets_none(cast):
    assert enrolment.make_code(cast.tuo_hasan, actor=cast.tie_jianhua).text
    cast.mi_jianjun.is_active = False
    with pytest.raises(Problem, match="inactive_user"):
        code_for(cast)


def test_a_code_makes_the_phone_known_and_its_person_proven(cast, handset):
    device = enrol(handset, cast.mi_jianjun, code_for(cast))
    db.session.flush()
    assert devices.state_of(handset.id) == {"enrolled": True, "revoked": False}
    assert (device.enrolled_by_id, device.name) == (cast.bai_caixia.id, "Redmi Note 9")
    assert devices.known_phones([handset.id])[handset.id].bound == {cast.mi_jianjun.id}
    assert tags() == ["enrolment_code:made", "device:enrolled"]


def test_the_same_request_again_is_answered_the_same_and_leaves_no_second_event(cast, handset):
    code = code_for(cast)
    assert enrol(handset, cast.mi_jianjun, code) is enrol(handset, cast.mi_jianjun, code)
    assert tags().count("device:enrolled") == 1


def test_a_code_is_good_for_one_phone(cast, handset):
    code = code_for(cast)
    enrol(handset, cast.mi_jianjun, code)
    for second in (Handset(), enrolled(cast.ding_zhiqiang)):
        with pytest.raises(Problem, match="code_over"):
            enrol(second, cast.mi_jianjun, code)


def test_a_code_is_good_for_its_person_only(cast, handset):
    code = code_for(cast)
    with pytest.raises(Problem, match="code_over"):
        enrol(handset, cast.ding_zhiqiang, code)


def test_a_new_code_ends_the_one_before(cast, handset):
    first, second = code_for(cast), code_for(cast)
    if first != second:
        with pytest.raises(Problem, match="code_wrong"):
            enrol(handset, cast.mi_jianjun, first)
    assert enrol(handset, cast.mi_jianjun, second)


def test_a_code_ends_after_ten_minutes(cast, handset):
    code = code_for(cast)
    with clock.standing_at(clock.now() + timedelta(minutes=10, seconds=1)), pytest.raises(Problem, match="code_over"):
        enrol(handset, cast.mi_jianjun, code)


def test_five_wrong_tries_end_a_code(cast, handset):
    code = code_for(cast)
    for left in (4, 3, 2, 1):
        with pytest.raises(Problem, match="code_wrong") as caught:
            enrol(handset, cast.mi_jianjun, wrong(code))
        assert str(left) in caught.value.message
    for attempt in (wrong(code), code):
        with pytest.raises(Problem, match="code_over"):
            enrol(handset, cast.mi_jianjun, attempt)
    assert db.session.get(Device, handset.id) is None


@pytest.mark.parametrize("change", ["proof", "public_key", "x"])
def test_a_phone_proves_that_it_holds_the_key_it_names(cast, handset, change):
    code, other = code_for(cast), Handset(handset.id)
    lie = {
        "proof": {"proof": other.sign("ruhu-enrol-1")},
        "public_key": {"public_key": other.jwk},
        "x": {"public_key": handset.jwk | {"x": "A" * 43}},
    }[change]
    with pytest.raises(Problem, match="enrolment_unfit"):
        enrol(handset, cast.mi_jianjun, code, **lie)
    assert enrol(handset, cast.mi_jianjun, code)


def test_a_phone_does_not_change_its_key(cast, handset):
    enrol(handset, cast.mi_jianjun, code_for(cast))
    with pytest.raises(Problem, match="device_taken"):
        enrol(Handset(handset.id), cast.mi_jianjun, code_for(cast))


def test_a_second_person_is_bound_by_their_own_code(cast, handset):
    enrol(handset, cast.mi_jianjun, code_for(cast))
    enrol(handset, cast.ding_zhiqiang, code_for(cast, cast.ding_zhiqiang))
    assert devices.known_phones([handset.id])[handset.id].bound == {cast.mi_jianjun.id, cast.ding_zhiqiang.id}
    assert tags()[-1] == "device:bound"


def test_a_revoked_phone_is_not_enrolled_again_until_it_is_restored(cast, handset):
    device = enrol(handset, cast.mi_jianjun, code_for(cast))
    devices.revoke(device, reason="丢在班车上", actor=cast.bai_caixia)
    code = code_for(cast)
    with pytest.raises(Problem, match="device_stopped"):
        enrol(handset, cast.mi_jianjun, code)
    devices.restore(device, actor=cast.bai_caixia)
    assert enrol(handset, cast.mi_jianjun, code)


def test_revoking_says_who_and_why_once(cast):
    device = db.session.get(Device, enrolled(cast.mi_jianjun).id)
    for reason, actor, code in ((" ", cast.bai_caixia, "reason_missing"), ("丢了", cast.mi_jianjun, "forbidden")):
        with pytest.raises(Problem, match=code):
            devices.revoke(device, reason=reason, actor=actor)
    devices.revoke(device, reason=" 丢了 ", actor=cast.bai_caixia)
    assert (device.revocation_reason, device.revoked_by) == ("丢了", cast.bai_caixia)
    with pytest.raises(Problem, match="device_stopped"):
        devices.revoke(device, reason="又丢了", actor=cast.bai_caixia)
    devices.restore(device, actor=cast.bai_caixia)
    with pytest.raises(Problem, match="device_in_use"):
        devices.restore(device, actor=cast.bai_caixia)
    assert tags() == ["device:revoked", "device:restored"]


def test_a_password_and_the_phones_key_bind_a_person(cast):
    handset = enrolled(cast.mi_jianjun)
    ding = cast.ding_zhiqiang
    proofs = (None, Handset().binding(ding.username), handset.binding("mi_jianjun"), handset.binding(ding.username))
    told = [devices.bind_by_proof(handset.id, proof, username=ding.username, actor=ding) for proof in proofs]
    assert told == [False, False, False, True]
    assert db.session.get(DeviceUser, (handset.id, ding.id)).bound_at
    assert devices.bind_by_proof(handset.id, proofs[3], username=ding.username, actor=ding)
    assert tags() == ["device:bound"]


def test_no_binding_on_a_phone_that_is_not_enrolled_or_is_revoked(cast):
    ding, loose, held = cast.ding_zhiqiang, Handset(), enrolled(cast.mi_jianjun)
    devices.note_device(loose.id, actor=cast.mi_jianjun)
    devices.revoke(db.session.get(Device, held.id), reason="丢了", actor=cast.bai_caixia)
    for handset in (loose, held, Handset()):
        proof = handset.binding(ding.username)
        assert not devices.bind_by_proof(handset.id, proof, username=ding.username, actor=ding)
    assert db.session.query(DeviceUser).filter_by(user_id=ding.id).count() == 0


def test_naming_an_enrolled_phone_does_not_make_one_its_holder(cast):
    handset = enrolled(cast.mi_jianjun)
    devices.note_device(handset.id, actor=cast.tuo_hasan, name="mine")
    device = db.session.get(Device, handset.id)
    assert (device.user_id, device.name) == (cast.mi_jianjun.id, "Redmi Note 9")
