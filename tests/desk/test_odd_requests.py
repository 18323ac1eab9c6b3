"""A character that PostgreSQL keeps in no text, anywhere in a request: refused by name, in both databases."""

import io

from tests.api.test_missing import URL as MISSING
from tests.cast import PASSWORD
from tests.postgres import on_both

NUL = "\x00"


@on_both
def test_a_nul_is_a_bad_request(desk, cast, client, signed_in):
    mine = desk(cast.bai_caixia)
    assert mine.get("/cases/?q=%00").status_code == 400
    assert mine.get("/cases/%00").status_code == 400
    assert mine.post("/search/", q=f"马{NUL}").status_code == 400
    page = client.get("/login").text
    token = page.split('name="csrf_token" value="')[1].split('"')[0]
    told = {"csrf_token": token, "username": f"bai{NUL}", "password": PASSWORD}
    assert client.post("/login", data=told).status_code == 400
    phone = signed_in(cast.mi_jianjun)
    for name in ("drafts_taken", "notices_taken"):
        assert phone.post("/api/v1/changes", json={"known": {}, name: [NUL]}).status_code == 422, name
    item = dict.fromkeys(("id", "kind", "device_id", "author", "sha256"), NUL) | {"seq": 1, "payload": "{}"}
    refused = phone.post("/api/v1/inbox", json={"items": [item]}).json["refused"]
    assert [one["code"] for one in refused] == ["item_unfit"]
    assert phone.post(MISSING, json={"items": [{"id": NUL, "sha256": NUL}]}).status_code == 422


def test_a_file_that_is_too_large_is_taken_to_its_end_before_it_is_refused(desk, cast):
    """A browser whose upload is cut off shows a broken line, not the sentence."""
    body = io.BytesIO(b"a" * (21 * 1024 * 1024))
    answer = desk(cast.tuo_fuying).client.post(
        "/imports/", input_stream=body, content_length=21 * 1024 * 1024, content_type="multipart/form-data; boundary=x"
    )
    assert (answer.status_code, "20 MB" in answer.text, body.read(1)) == (413, True, b"")
