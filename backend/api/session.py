"""Signing in and out from the phone."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from flask import Response, g, jsonify, request
from flask_login import current_user
from sqlalchemy import select

from backend import clock, form, known_browsers
from backend.access import policy
from backend.api.guard import Blueprint, limiter
from backend.api.schemas.session import SessionSchema, SignInSchema
from backend.domain import devices, sessions
from backend.extensions import key_ring, settings
from backend.models import Area, User, db
from backend.models.base import keep_and_commit
from backend.problems import Problem
from backend.web import set_session_cookie

api = Blueprint("session_api", __name__, description="Signing in and out")


@cache
def app_version() -> str:
    """The program's version, as in pyproject.toml."""
    project = Path(__file__).parents[2] / "pyproject.toml"
    return str(tomllib.loads(project.read_text("utf-8"))["project"]["version"])


def session_body(user: User, device_id: str | None) -> dict[str, Any]:
    """Who is signed in, and what the phone needs to work for them."""
    areas = db.session.scalars(select(Area).where(Area.code.in_(user.area_codes)).order_by(Area.code))
    person = {"id": user.id, "username": user.username, "name": user.name, "role": user.role}
    return {
        "user": person | {
            "role_label": user.role_label,
            "areas": [{"code": area.code, "name": area.short_name} for area in areas],
        },
        "server_time": clock.iso(clock.now()),
        "receipt_key": key_ring().receipt_jwk(),
        "deposit_key": key_ring().deposit_jwk(),
        "device": devices.state_of(device_id),
        "form_version": form.VERSION,
        "app_version": app_version(),
    }  # fmt: skip


@api.post("/session")
@policy("public")
@limiter.limit("120/minute")
@api.arguments(SignInSchema)
@api.alt_response(200, schema=SessionSchema)
def sign_in(body: dict[str, Any]) -> Response:
    """Open a session; wrong tries count even though they fail."""
    device = body["device"] or {}
    try:
        known = known_browsers.vouched_for()
        user, token = sessions.sign_in(body["username"], body["password"], device_id=device.get("id"), known=known)
    except Problem:
        db.session.commit()
        known_browsers.note_wrong()
        raise
    if device:
        devices.bind_by_proof(device["id"], device["proof"], username=body["username"], actor=user)
        devices.note_device(device["id"], actor=user, name=device["name"], app_version=device["app_version"])
    keep_and_commit()
    answer = set_session_cookie(jsonify(session_body(user, device.get("id"))), token)
    return known_browsers.remember(answer, user)


@api.get("/session")
@policy("session:use")
@api.alt_response(200, schema=SessionSchema)
def show() -> Response:
    """Who is signed in."""
    return jsonify(session_body(current_user, g.login_session.device_id))


@api.delete("/session")
@policy("session:use")
@api.alt_response(204)
def sign_out() -> Response:
    """End the session."""
    sessions.sign_out(request.cookies.get(settings().cookie_name, ""), actor=current_user)
    db.session.commit()
    response = Response(status=204)
    response.delete_cookie(settings().cookie_name, path="/", secure=settings().is_production, httponly=True)
    return response
