"""案件: the list, and everything that is known about one household."""

from flask import Blueprint, Response, redirect, render_template, request, url_for
from flask_login import current_user

from backend.access import find_case, policy
from backend.desk import case_list
from backend.desk.case_list import CaseFilter
from backend.desk.case_view import CaseView
from backend.domain.case_search import is_private

pages = Blueprint("cases", __name__, url_prefix="/cases")


@pages.get("/")
@policy("case:list")
def index() -> str | Response:
    """Cases within sight, filtered by what the address says; somebody's number does not stay in it."""
    wanted = CaseFilter.from_address(request.args)
    if is_private(wanted.q):
        return redirect(url_for("search.index"), code=303)
    rows, next_key, total = case_list.page_of(wanted, request.args.get("after", ""))
    return render_template(
        "cases/index.html", rows=rows, wanted=wanted, next_key=next_key, total=total,
        MOST=case_list.MOST_COUNTED, is_first="after" not in request.args, townships=case_list.townships_in_sight(),
    )  # fmt: skip


@pages.get("/<case_id>")
@policy("case:list")
def show(case_id: str) -> str:
    """One case whole."""
    return render_template("cases/show.html", view=CaseView(find_case(current_user, case_id)))
