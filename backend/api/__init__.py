"""JSON for the phone, under /api/v1."""

from flask import Flask, Response, current_app, jsonify

from backend.access import policy
from backend.api import changes, devices, heartbeat, inbox, inbox_missing, reveals, session, uploads
from backend.api.guard import Api, Blueprint, limiter

PREFIX = "/api/v1"
NOUNS = (session, devices, changes, heartbeat, inbox, inbox_missing, uploads, reveals)

document = Blueprint("openapi", __name__, description="This document")


@document.get("/openapi.json")
@policy("public")
def openapi() -> Response:
    """The OpenAPI 3.1 document of this API."""
    return jsonify(current_app.extensions["ruhu_api"].spec.to_dict())


def register(app: Flask) -> None:
    """Attach the phone's endpoints to `app`."""
    app.config |= {"API_TITLE": "Ruhu", "API_VERSION": "v1", "OPENAPI_VERSION": "3.1.0"}
    limiter.init_app(app)
    api = Api(app)
    app.extensions["ruhu_api"] = api
    for blueprint in (*(noun.api for noun in NOUNS), document):
        api.register_blueprint(blueprint, url_prefix=PREFIX)
