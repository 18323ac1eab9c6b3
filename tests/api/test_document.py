"""The OpenAPI document, and one shape for every failure."""

import pytest


def test_the_document_names_every_endpoint(client, app):
    document = client.get("/api/v1/openapi.json").json
    assert document["openapi"].startswith("3.1")
    written = {path.replace("{", "<").replace("}", ">") for path in document["paths"]}
    served = {r.rule.replace("<uuid:", "<") for r in app.url_map.iter_rules() if r.rule.startswith("/api/v1/")}
    assert written == served
    assert document["components"]["schemas"]["Problem"]["required"] == ["code", "message"]


@pytest.mark.parametrize(
    ("method", "path", "status", "code"),
    [
        ("GET", "/api/v1/nothing", 404, "not_found"),
        ("GET", "/api/v1/changes", 405, "method_not_allowed"),
        ("PUT", "/api/v1/session", 405, "method_not_allowed"),
        ("POST", "/api/v1/changes", 401, "signed_out"),
        ("GET", "/api/v1/session", 401, "signed_out"),
    ],
)
def test_failures_have_one_shape(client, method, path, status, code):
    answer = client.open(path, method=method, json={} if method != "GET" else None)
    assert (answer.status_code, answer.json["code"]) == (status, code)
    assert answer.json["message"]
    assert answer.headers["Cache-Control"] == "no-store"
