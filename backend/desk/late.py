"""超期、临期: the households nobody went to in time, by township, and the 督办通知单 made from them."""

from flask import Blueprint, Response, render_template, request, url_for
from flask_login import current_user

from backend import clock
from backend.access import policy, visible_cases
from backend.desk import typed
from backend.desk.carrying_out import carry_out
from backend.desk.forms import Form
from backend.desk.moment import asked_moment, moment_word
from backend.desk.oversight import asked_area
from backend.desk.page import done, today
from backend.desk.span import day_end
from backend.domain import supervision
from backend.domain.late_cases import late_page
from backend.models import Area, Case, db

pages = Blueprint("late", __name__, url_prefix="/oversight/late")
SHOWN = 40
FIELD_OF = {"supervision_empty": "case", "supervision_other_township": "case", "supervision_not_late": "case", "supervision_twice": "case", "supervision_due": "due_on",
            "supervision_matter": "matter"}  # fmt: skip


def in_own(code: str) -> bool:
    """Whether an area lies within the user's own."""
    return any(code.startswith(one) for one in current_user.area_codes)


def _page(area: Area, form: Form) -> str:
    moment, is_near = asked_moment(request.values), request.values.get("kind") == "near"
    lines, places, total = late_page(area, moment, is_near=is_near, most=SHOWN)
    return render_template(
        "oversight/late.html", area=area, form=form, is_near=is_near, lines=lines, total=total,
        places=places, moment=moment or clock.now(),
        above=area.parent_code if in_own(area.parent_code or "") else None,
        word=moment_word(moment) if moment else "",
    )  # fmt: skip


@pages.get("")
@policy("oversight:see")
def index() -> str:
    """T7: those over the limit, or those with two days left."""
    return _page(asked_area(), Form())


@pages.post("")
@policy("supervision:issue")
def issue() -> Response | tuple[str, int]:
    """A 督办通知单 about the chosen households of one township."""
    area, form = asked_area(), Form(request.form)
    due = typed.any_day(form, "due_on") or today()
    chosen = visible_cases(current_user).where(Case.id.in_(form.values("case")))
    told = {"due_at": day_end(due), "matter": form.value("matter"), "reply_wanted": form.value("reply_wanted")}
    return carry_out(
        form,
        lambda: supervision.issue_notice(area, cases=list(db.session.scalars(chosen)), actor=current_user, **told),
        page=lambda: _page(area, form), beside=FIELD_OF,
        go=lambda notice: done(url_for("supervision.show", notice_id=notice.id), "notice-issued"),
    )  # fmt: skip
