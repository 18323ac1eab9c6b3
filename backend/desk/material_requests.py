"""要求补材料: the township says what it brought."""

from flask import Blueprint, Response, request, url_for
from flask_login import current_user

from backend.access import policy
from backend.access_departments import find_request
from backend.desk.carrying_out import carry_out
from backend.desk.forms import Form
from backend.desk.page import done
from backend.desk.routing_page import page
from backend.domain import material_request

pages = Blueprint("material_requests", __name__, url_prefix="/material-requests")


@pages.post("/<int:request_id>/answer")
@policy("routing:answer")
def answer(request_id: int) -> Response | tuple[str, int]:
    """补好了."""
    asked, form = find_request(current_user, request_id), Form(request.form)
    return carry_out(
        form, lambda: material_request.answer_materials(asked, answer=form.value("materials_answer"), actor=current_user),
        page=lambda: page(asked.routing, form), beside="materials_answer",
        go=lambda _: done(url_for("routings.show", routing_id=asked.routing_id), "materials-answered"),
    )  # fmt: skip
