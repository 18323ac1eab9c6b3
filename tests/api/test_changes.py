"""Pull: the phone hears of what is new to it, and of nothing else."""

import json
from datetime import timedelta
from hashlib import sha256

import pytest
from sqlalchemy import event as sql_event

from backend import clock
from backend.api.schemas.changes import ChangesSchema, StaleSchema
from backend.codebook import ComparisonCode, Stage
from backend.domain import assignment, review, routing
from backend.domain.sync.changes import changes_for
from backend.models import Device, Event, db
from backend.models.base import new_id
from tests import phone
from tests.factories import MONDAY, assigned_case, compare, declare, id_number
from tests.postgres import on_both

pytestmark = on_both

URL = "/api/v1/changes"


@pytest.fixture
def case(cast):
    return assigned_case(cast, id_number=id_number("19710630", 5), phone="12000000017")


@pytest.fixture
def mi(signed_in, cast):
    return signed_in(cast.mi_jianjun)


def test_a_new_case_comes_whole_and_masked(mi, cast, case):
    answer = phone.ask(mi)
    assert ChangesSchema().validate(answer) == {}
    (told,) = answer["cases"]
    assert told["applicant"] == {
        "name": "马占福",
        "id_masked": "620599********005X",
        "phone_masked": "120****0017",
        "sex": "male",
        "birth_on": "1971-06-30",
    }
    assert told["area"] == {"code": case.village_code, "township": "恭门镇", "village": "毛山村", "group": "三社"}
    assert [p["name"] for p in told["people"]] == ["米建军", "丁志强"]
    assert [(p["user_id"], p["unit"]) for p in told["people"]] == [
        (one.id, one.unit) for one in (cast.mi_jianjun, cast.ding_zhiqiang)
    ]
    own, companion = (p["phone"] for p in told["people"])
    assert (own, companion) == ("", cast.ding_zhiqiang.phone)
    assert len(companion) == 11
    assert (told["my_duty"], told["stage"], told["stage_label"]) == ("main", "assigned", "待入户")
    assert told["comparison"] == {"code": "M9", "label": "未命中", "note": ""}
    assert told["prefill"]["answers"]["living_size"] == 5
    visitors = told["prefill"]["answers"]["visitors"]
    assert [(v["name"], v.get("phone")) for v in visitors] == [("米建军", None), ("丁志强", companion)]
    assert told["last_answers"] is None
    assert case.declaration.id_number not in json.dumps(answer)
    assert case.declaration.phone not in json.dumps(answer)


def test_what_was_declared_again_comes_along_with_the_newest_number(mi, case):
    again = declare(hardship_text="娃又住院了", phone="12000000099", submitted_at=MONDAY + timedelta(days=1))
    compare(again, ComparisonCode.DUP, into_declaration_id=case.declaration_id).is_warned = False
    (told,) = phone.ask(mi)["cases"]
    assert told["declared"]["hardship_text"].splitlines() == [case.declaration.hardship_text, "娃又住院了"]
    assert told["applicant"]["phone_masked"] == "120****0099"


def test_what_the_phone_knows_is_not_told_again(mi, case):
    answer = phone.ask(mi, known={case.id: case.revision})
    assert (answer["cases"], answer["gone"]) == ([], [])


def test_a_digest_says_the_same_shortly(mi, cast, case):
    other = assigned_case(cast)
    lines = "".join(f"{one.id}:{one.revision}\n" for one in sorted((case, other), key=lambda one: one.id))
    digest = sha256(lines.encode()).hexdigest()
    answer = phone.ask(mi, digest=digest)
    assert ChangesSchema().validate(answer) == {}
    assert (answer["cases"], answer["gone"], answer["notices"], answer["drafts"]) == ([], [], [], [])
    stale = phone.ask(mi, digest="0" * 64)
    assert StaleSchema().validate(stale) == {}
    assert stale.keys() == {"server_time", "epoch", "stale"}
    assert phone.ask(mi, digest="0" * 64, known={case.id: 0})["cases"] != []


def test_a_digest_of_nothing_fits_who_has_nothing(mi, signed_in, cast, case):
    empty = sha256(b"").hexdigest()
    assert phone.ask(signed_in(cast.hui_axi), digest=empty)["cases"] == []
    assert phone.ask(mi, digest=empty)["stale"]


@pytest.mark.parametrize("known", [{}, {"digest": "0" * 64}])
def test_a_contact_is_noted_however_it_asks(mi, case, cast, known):
    heartbeat = {"device_id": phone.DEVICE, "author": cast.mi_jianjun.id, "captured": 1, "unsent": 1,
                 "photos_waiting": 0, "drafts": 2, "unsent_cases": [case.id], "self_test": "ok"}  # fmt: skip
    phone.ask(mi, heartbeat=heartbeat, **known)
    assert db.session.get(Device, phone.DEVICE).heartbeat["drafts"] == 2


@pytest.mark.parametrize("step", [-1, 1, 10_000])
def test_another_revision_behind_or_ahead_is_told(mi, case, step):
    answer = phone.ask(mi, known={case.id: case.revision + step})
    assert [told["id"] for told in answer["cases"]] == [case.id]


def test_who_is_relieved_hears_that_the_case_is_gone(mi, case, cast, signed_in):
    known = {case.id: case.revision, new_id(): 3, "nonsense": 1}
    assignment.assign(case, main=cast.hui_axi, companion=cast.ding_zhiqiang, actor=cast.bai_caixia)
    assert phone.ask(mi, known=known)["gone"] == list(known)
    assert [told["my_duty"] for told in phone.ask(signed_in(cast.hui_axi))["cases"]] == ["main"]


def test_a_closed_case_leaves_the_phone(mi, case):
    case.stage, case.closed_at = Stage.CLOSED, clock.now()
    assert phone.ask(mi, known={case.id: 1})["gone"] == [case.id]


@pytest.mark.parametrize("who", ["hui_axi", "tuo_hasan", "bai_caixia", "mao_zhiqiang", "tie_jianhua"])
def test_a_case_goes_to_no_other_phone(case, cast, signed_in, who):
    assert phone.ask(signed_in(getattr(cast, who)))["cases"] == []


def test_a_return_lands_on_the_phone_with_the_answers_to_correct(mi, case, cast, signed_in):
    phone.hand_in_one(mi, "visit", phone.visit(case))
    comments = [{"key": "photos.water", "text": "水窖没拍"}]
    review.return_for_correction(
        case, actor=cast.bai_caixia, reason_code="photo", reason="补一张水窖的照片", comments=comments
    )
    (told,) = phone.ask(mi)["cases"]
    returned = told["returned"]
    assert (returned["reason"], returned["reason_code"], returned["by"]) == ("补一张水窖的照片", "photo", "白彩霞")
    assert returned["comments"] == comments
    assert told["last_answers"]["head_name"] == "马占福"
    assert all("*" in one["m_id_number"] for one in told["last_answers"]["members"] if one.get("m_id_number"))
    (theirs,) = phone.ask(signed_in(cast.ding_zhiqiang))["cases"]
    assert theirs["returned"] == returned
    assert theirs["last_answers"] is None


def test_contributions_and_photos_show_on_both_phones(mi, case, cast, signed_in):
    raw = phone.jpeg()
    photo = phone.listed(raw)
    filled = phone.answers(photos=[photo, phone.listed(raw)])
    phone.hand_in_one(mi, "visit", phone.visit(case, filled=filled))
    phone.upload(mi, photo, raw, case)
    ding = signed_in(cast.ding_zhiqiang)
    phone.hand_in(ding, phone.envelope("observation", phone.observation(case)))
    theirs, mine = phone.ask(ding), phone.ask(mi)
    for answer, is_mine in ((mine, True), (theirs, False)):
        (visit,) = answer["cases"][0]["visits"]
        assert (visit["photos_stored"], visit["photos_expected"], visit["is_mine"]) == (1, 2, is_mine)
        (seen,) = answer["cases"][0]["observations"]
        assert (seen["author"], seen["is_mine"]) == ("丁志强", not is_mine)
    assert mine["photos"] == {photo["id"]: "stored"}
    assert theirs["photos"] == {}


def test_every_event_of_a_case_is_heard(mi, case, cast):
    known = {}
    phone.hand_in_one(mi, "visit", phone.visit(case))
    for step in (
        lambda: review.approve(case, actor=cast.bai_caixia),
        lambda: routing.route(case, to={"housing": []}, reason="墙裂了", actor=cast.bai_caixia),
    ):
        known[case.id] = phone.ask(mi)["cases"][0]["revision"]
        assert phone.ask(mi, known=known)["cases"] == []
        step()
        assert [c["id"] for c in phone.ask(mi, known=known)["cases"]] == [case.id]


def test_the_heartbeat_is_kept_with_the_phone(mi, case, cast):
    heartbeat = {
        "device_id": phone.DEVICE, "captured": 4, "unsent": 3, "photos_waiting": 7, "app_version": "0.1.0",
        "storage_used": 5_000_000, "storage_quota": 2_000_000_000,
        "device_time": clock.iso(clock.now() + timedelta(minutes=20)),
    }  # fmt: skip
    phone.ask(mi, heartbeat=heartbeat)
    device = db.session.get(Device, phone.DEVICE)
    assert device.user_id == cast.mi_jianjun.id
    assert device.heartbeat["unsent"] == 3
    assert 1195 <= device.heartbeat["clock_ahead_seconds"] <= 1205


def test_a_pull_leaves_no_event(mi, case):
    db.session.commit()
    before = db.session.query(Event).count()
    phone.ask(mi, known={case.id: 0})
    assert db.session.query(Event).count() == before


def test_the_epoch_stays_while_the_folder_stays(mi, app):
    first = phone.ask(mi)["epoch"]
    assert phone.ask(mi)["epoch"] == first
    (app.extensions["ruhu_settings"].data / "epoch").unlink()
    assert phone.ask(mi)["epoch"] != first


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"cursor": 5}, "unknown_field"),
        ({"known": []}, "invalid"),
        ({"known": {"x": "y"}}, "invalid"),
        ({"items": "all"}, "invalid"),
        ({"digest": "abc"}, "invalid"),
        ({"drafts_taken": [5]}, "invalid"),
    ],
)
def test_a_body_that_does_not_fit_is_refused(mi, body, code):
    answer = mi.post(URL, json=body)
    assert (answer.status_code, answer.json["code"]) == (422, code)


def test_nobody_pulls_without_a_session(client):
    assert client.post(URL, json={}).json["code"] == "signed_out"


def test_the_queries_do_not_grow_with_the_cases(mi, cast):
    seen: list[str] = []
    counts = []

    def hear(*told):
        seen.append(told[2])

    for size in (2, 12):
        for _ in range(size):
            made = assigned_case(cast)
            phone.hand_in_one(mi, "visit", phone.visit(made))
            review.return_for_correction(made, actor=cast.bai_caixia, reason_code="photo", reason="再拍一张")
        db.session.commit()
        user = cast.mi_jianjun
        seen.clear()
        sql_event.listen(db.engine, "before_cursor_execute", hear)
        answer = changes_for(user, {}, [])
        sql_event.remove(db.engine, "before_cursor_execute", hear)
        counts.append(len(seen))
    assert len(answer["cases"]) == 14
    assert counts[0] == counts[1] <= 17
