"""Whatever is sent to whichever address: a failure has a name, and is never the server's."""

import json
from base64 import b64encode

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from backend.models.base import new_id
from tests import phone

QUICK = settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
TEXT = st.text(max_size=12) | st.sampled_from(["\x00", "\ud800", "' OR 1=1 --", "%s", "../..", "💥"])
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=4),
    max_leaves=10,
)
PATHS = ["/session", "/changes", "/inbox", f"/cases/{new_id()}/phone-reveals", "/uploads", f"/uploads/{new_id()}"]
KNOWN = {
    "/session": ["username", "password", "device"],
    "/changes": ["known", "items", "heartbeat"],
    "/inbox": ["items"],
}


def is_named(answer) -> bool:
    """No server error, and a failure says its code."""
    if answer.status_code < 400:
        return True
    return answer.status_code < 500 and "code" in (answer.json or {"code": ""})


@QUICK
@given(path=st.sampled_from(PATHS), method=st.sampled_from(["POST", "PATCH", "PUT", "DELETE", "GET"]), body=JSON)
def test_any_json_at_any_address(mi, path, method, body):
    raw = json.dumps(body).encode()
    answer = mi.open(f"/api/v1{path}", method=method, data=raw, content_type="application/json", headers=phone.TUS)
    assert is_named(answer), (answer.status_code, answer.text)
    mi.get("/api/v1/session")


@QUICK
@given(path=st.sampled_from(list(KNOWN)), picked=st.data())
def test_known_fields_with_any_content(client, mi, path, picked):
    body = {key: picked.draw(JSON) for key in KNOWN[path]}
    asked = client if path == "/session" else mi
    answer = asked.post(f"/api/v1{path}", data=json.dumps(body).encode(), content_type="application/json")
    assert is_named(answer), (answer.status_code, answer.text)


@QUICK
@given(body=st.binary(max_size=60), path=st.sampled_from(PATHS))
def test_any_bytes(mi, body, path):
    answer = mi.post(f"/api/v1{path}", data=body, content_type="application/json", headers=phone.TUS)
    assert is_named(answer), (answer.status_code, answer.text)


@QUICK
@given(change=st.dictionaries(st.sampled_from(list(phone.envelope("visit", "{}"))), JSON, max_size=3))
def test_any_envelope(mi, change):
    item = phone.envelope("visit", "{}") | change
    answer = mi.post("/api/v1/inbox", data=json.dumps({"items": [item]}).encode(), content_type="application/json")
    assert is_named(answer), (answer.status_code, answer.text)


@QUICK
@given(kind=st.sampled_from(["visit", "observation", "attempt", "urgent"]), picked=st.data())
def test_any_payload_gets_a_verdict(mi, case, kind, picked):
    payload = getattr(phone, kind)(case)
    changed = picked.draw(st.dictionaries(st.sampled_from([*payload, "extra"]), JSON, max_size=3))
    text = json.dumps(payload | changed)
    item = phone.envelope(kind, text)
    assert phone.hand_in(mi, item)["receipts"][0]["outcome"] == "stored"
    assert phone.verdict_of(mi, item)[0] in ("applied", "needs_review", "quarantined")


@QUICK
@given(
    filled=st.dictionaries(
        st.sampled_from(["members", "photos", "living_size", "visitors", "signature_interviewee", "is_urgent", "x"]),
        JSON,
    )
)
def test_any_answers_are_taken_and_can_be_pulled_again(mi, case, filled):
    phone.hand_in(mi, phone.envelope("visit", json.dumps(phone.visit(case, filled=filled))))
    assert phone.ask(mi)["cases"]


@QUICK
@given(
    headers=st.fixed_dictionaries(
        {},
        optional={
            "Upload-Length": st.text("0123456789-+. e", max_size=12),
            "Upload-Metadata": st.text("abcdef ,=", max_size=30),
            "Upload-Offset": st.text("0123456789- ", max_size=20),
            "Upload-Checksum": st.text("sha1256 =", max_size=30),
            "Content-Type": st.sampled_from([phone.BYTES, "text/plain"]),
        },
    ),
    kind=st.binary(max_size=20),
)
def test_any_tus_headers(mi, case, headers, kind):
    raw = b"some bytes"
    photo = phone.listed(raw)
    told = phone.metadata(photo, case) + f",name {b64encode(kind).decode()}"
    begun = phone.announce(mi, photo, case, **{"Upload-Metadata": told})
    for method, url in (("POST", "/api/v1/uploads"), ("PATCH", begun.headers["Location"])):
        answer = mi.open(url, method=method, data=raw, headers=phone.TUS | headers)
        assert is_named(answer), (answer.status_code, answer.text)


@pytest.mark.parametrize("body", ['{"known":' + "[" * 100_000, '{"known":{"a":' + "9" * 5000 + "}}", '{"known":'])
def test_json_without_end_is_refused_and_not_an_error(signed_in, cast, body):
    answer = signed_in(cast.mi_jianjun).post("/api/v1/changes", data=body, content_type="application/json")
    assert (answer.status_code, answer.json["code"]) == (400, "bad_request")
