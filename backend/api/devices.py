"""手机登记: a phone makes its key known with the code that the township gave."""

from typing import Any

from flask import Response, g, jsonify
from flask_login import current_user

from backend import clock
from backend.access import policy
from backend.api.guard import Blueprint, limiter
from backend.api.schemas.devices import EnrolledSchema, EnrolmentSchema
from backend.domain import devices, enrolment
from backend.models import db
from backend.problems import Problem

api = Blueprint("devices_api", __name__, description="Enrolment of phones")


def _is_wrong(response: Response) -> bool:
    return response.status_code >= 400


@api.post("/devices")
@policy("field:use")
@limiter.limit("20/minute", key_func=lambda: current_user.id, deduct_when=_is_wrong)
@limiter.limit("120/minute", deduct_when=_is_wrong)
@api.arguments(EnrolmentSchema)
@api.alt_response(201, schema=EnrolledSchema)
def enrol(body: dict[str, Any]) -> tuple[Response, int]:
    """Enrol the phone for who is signed in; wrong codes count even though they fail."""
    told = (body["device_id"], body["name"], body["public_key"], body["code"], body["proof"])
    try:
        device = enrolment.enrol(*told, actor=current_user)
    except Problem:
        db.session.commit()
        raise
    g.login_session.device_id = device.id
    db.session.commit()
    return jsonify(server_time=clock.iso(clock.now()), device=devices.state_of(device.id)), 201
