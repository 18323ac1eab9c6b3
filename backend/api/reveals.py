"""The dial button: a telephone number in full, with a reason, remembered."""

from typing import Any
from uuid import UUID

from flask import Response, jsonify
from flask_login import current_user

from backend.access import find_case, policy
from backend.api.guard import Blueprint, limiter
from backend.api.schemas.cases import PhoneSchema, RevealSchema
from backend.domain.reveals import reveal_phone
from backend.models import db

api = Blueprint("reveals_api", __name__, description="Unmasking")


@api.post("/cases/<uuid:case_id>/phone-reveals")
@policy("case:reveal")
@limiter.limit("30/minute", key_func=lambda: current_user.id)
@api.arguments(RevealSchema)
@api.alt_response(200, schema=PhoneSchema)
def reveal(body: dict[str, Any], case_id: UUID) -> Response:
    """The applicant's number."""
    phone = reveal_phone(find_case(current_user, str(case_id)), reason=body["reason"], actor=current_user)
    db.session.commit()
    return jsonify(phone=phone)
