"""公示: what hangs in the villages on a day, and the lists to print; whole names only with a reason that is kept."""

from dataclasses import dataclass
from datetime import date

from flask import Blueprint, Response, render_template, request
from flask_login import current_user

from backend import clock
from backend.access import can, in_areas, policy, visible_cases
from backend.desk import typed
from backend.desk.forms import Form
from backend.desk.oversight import asked_area
from backend.desk.page import today
from backend.desk.printouts import pdf_file
from backend.documents.catalogue import SHEETS, mark_of
from backend.documents.public_notice_sheet import public_notice_sheet, span_words, word_of
from backend.domain import exports, parameters
from backend.domain.public_notice import Notices, Posted, posted_on
from backend.models import Area, Case, db
from backend.problems import Problem

pages = Blueprint("public_notices", __name__, url_prefix="/public-notices")
LEVELS = ("county", "township")
KIND = "public_notices"


@dataclass(frozen=True)
class Asked:
    """What the address asks for: an area, a day, all lists of it or the one of a village and kind."""

    area: Area
    day: date
    notices: Notices
    form: Form

    @property
    def chosen(self) -> list[list[Posted]]:
        """The sheets to print. Raises Problem not_found when there is none."""
        one = (request.values.get("place", ""), request.values.get("kind", ""))
        found = [posted for sheet, posted in self.notices.sheets() if one in (("", ""), sheet)]
        if not found:
            raise Problem("not_found")
        return found


def _asked() -> Asked:
    area, form = asked_area(), Form(request.values)
    if area.level not in LEVELS:
        raise Problem("not_found")
    day = (typed.any_day(form, "day") if form.value("day") else None) or today()
    cases = visible_cases(current_user).where(in_areas(Case, [area.code]))
    return Asked(area, day, posted_on(day, cases=cases), form)


def _page(asked: Asked, form: Form) -> str:
    return render_template(
        "public_notices/index.html", asked=asked, form=form, word_of=word_of, span_words=span_words,
        may_export=can(current_user, "ledger:export"),
    )  # fmt: skip


@pages.get("/")
@policy("ledger:see")
def index() -> str | tuple[str, int]:
    """By village and kind; a child is on no list."""
    asked = _asked()
    page = _page(asked, asked.form)
    return page if asked.form.is_good else (page, 422)


def _printed(asked: Asked, taken_by: str = "") -> Response:
    told = parameters.standing(("supervision_phones",), on=asked.day, area_code=asked.area.code)
    phones = told["supervision_phones"].value if told else []
    written = public_notice_sheet(asked.chosen, asked.day, phones, taken_by=taken_by)
    return pdf_file(written, f"{SHEETS['public']}-{asked.area.name}-{asked.day.isoformat()}")


@pages.get("/lists.pdf")
@policy("ledger:see")
def lists() -> Response:
    """To print, with masked names."""
    return _printed(_asked())


@pages.post("/lists")
@policy("ledger:export")
def whole() -> Response | tuple[str, int]:
    """With whole names: a reason, an event, who took them out on every page."""
    asked, form = _asked(), Form(request.form)
    rows = sum(map(len, asked.chosen))
    try:
        exports.export_whole(
            KIND, area_code=asked.area.code, row_count=rows, reason=form.value("reason"), actor=current_user
        )
    except Problem as problem:
        form.take(problem, "reason")
        return _page(asked, form), problem.status
    db.session.commit()
    taken = clock.local(clock.now())
    return _printed(asked, mark_of(current_user.name, f"{taken:%Y-%m-%d %H:%M}"))
