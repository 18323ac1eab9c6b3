"""案件: the list, and everything that is known about one household."""

from flask import Blueprint, Response, make_response, render_template, request
from flask_login import current_user

from backend.access import find_case, policy
from backend.access_supervision import may_reveal
from backend.desk import case_list
from backend.desk.carrying_out import carry_out
from backend.desk.case_list import CaseFilter
from backend.desk.case_view import CaseView
from backend.desk.figure_sums import parts_of, sums_of
from backend.desk.forms import Form
from backend.desk.moved_away import moved_away
from backend.domain.reveals import reveal_phone
from backend.models import Case

pages = Blueprint("cases", __name__, url_prefix="/cases")
MOST_REASON = 200


@pages.get("/")
@policy("case:list")
def index() -> str:
    """Cases within sight, filtered by what the address says."""
    wanted = CaseFilter.from_address(request.args)
    rows, next_key, total = case_list.page_of(wanted, request.args.get("after", ""))
    elsewhere = moved_away(wanted)
    return render_template(
        "cases/index.html", rows=rows, wanted=wanted, next_key=next_key, total=total + sum(n for _, n in elsewhere),
        elsewhere=elsewhere, sums=sums_of(wanted), parts=parts_of(wanted, [row.id for row in rows]),
        MOST=case_list.MOST_COUNTED, is_first="after" not in request.args, townships=case_list.townships_in_sight(),
    )  # fmt: skip


@pages.get("/<case_id>")
@policy("case:list")
def show(case_id: str) -> str:
    """One case whole."""
    return _page(find_case(current_user, case_id), Form())


def _page(case: Case, form: Form, phone: str = "") -> str:
    return render_template(
        "cases/show.html", view=CaseView(case), form=form, phone=phone, may_reveal=may_reveal(current_user, case)
    )


@pages.post("/<case_id>/phone-reveals")
@policy("case:reveal")
def reveal(case_id: str) -> Response | str | tuple[str, int]:
    """The telephone number in full, once: it stands in this answer only, not in an address."""
    case, form = find_case(current_user, case_id), Form(request.form, most={"reason": MOST_REASON})
    return carry_out(
        form, lambda: reveal_phone(case, reason=form.value("reason"), actor=current_user),
        page=lambda: _page(case, form), go=lambda phone: make_response(_page(case, Form(), phone)), beside="reason",
    )  # fmt: skip
