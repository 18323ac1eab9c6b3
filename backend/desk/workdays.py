"""节假日: the year's exceptions, and a file that brings another year's."""

from dataclasses import dataclass
from datetime import date

from flask import Blueprint, Response, render_template, request, url_for
from flask_login import current_user

from backend.access import policy
from backend.desk import result_files
from backend.desk.first_run import county
from backend.desk.forms import Form
from backend.desk.page import done, today
from backend.documents.staff_sheets import calendar_pattern
from backend.domain import parameters, workday_calendar
from backend.domain.tabular.staff import DayRow
from backend.models import db
from backend.problems import Problem
from backend.problems_in_administration import ROW_FAULTS
from backend.storage import sandbox

pages = Blueprint("workdays", __name__, url_prefix="/workdays")
MOST = 800


@dataclass
class Line:
    """One row of the file; `why` says what is wrong with it."""

    row: DayRow
    why: str = ""


def _known() -> dict[str, bool]:
    return dict(parameters.value(workday_calendar.KEY, on=today(), area_code=county()))


def _page(form: Form) -> str:
    days = [(date.fromisoformat(day), is_worked) for day, is_worked in sorted(_known().items())]
    standing = parameters.standing((workday_calendar.KEY,), on=today(), area_code=county())[workday_calendar.KEY]
    return render_template("workdays/index.html", days=days, standing=standing, year=today().year, form=form)


@pages.get("/")
@policy("calendar:set")
def index() -> str:
    """What holds now, year by year."""
    return _page(Form())


@pages.get("/pattern.csv")
@policy("calendar:set")
def pattern() -> Response:
    """The file to fill in."""
    response = Response(calendar_pattern(today().year), mimetype="text/csv")
    response.headers["Content-Disposition"] = "attachment; filename=workdays.csv"
    return response


def _lines(file_id: str) -> list[Line]:
    return _judged(result_files.kept(file_id))


def _judged(content: bytes) -> list[Line]:
    rows = sandbox.parse_days(content, "days", today())
    seen: set[str] = set()
    lines = []
    for row in rows[:MOST]:
        why = "day_unknown" if not row.day else "work_unknown" if row.is_workday is None else ""
        why = why or ("day_twice" if row.day in seen else "")
        seen.add(row.day)
        lines.append(Line(row, ROW_FAULTS[why] if why else ""))
    return lines


@pages.post("/")
@policy("calendar:set")
def upload() -> Response | tuple[str, int]:
    """Keep the file and go on to its days; nothing is set yet."""
    form, file = Form(request.form), request.files.get("file")
    content = file.read() if file and file.filename else b""
    try:
        if not content:
            raise Problem("empty_file")
        _judged(content)
    except Problem as problem:
        form.take(problem, "file")
        return _page(form), problem.status
    return done(url_for("workdays.show", file_id=result_files.keep(content)), "looked-at")


@pages.get("/<file_id>")
@policy("calendar:set")
def show(file_id: str) -> str:
    """The days as they were understood."""
    return render_template("workdays/show.html", lines=_lines(file_id), file_id=file_id, form=Form())


@pages.post("/<file_id>")
@policy("calendar:set")
def create(file_id: str) -> Response | tuple[str, int]:
    """Set them, all or none."""
    form, lines = Form(request.form), _lines(file_id)
    told = {line.row.day: bool(line.row.is_workday) for line in lines}
    try:
        if any(line.why for line in lines):
            raise Problem("calendar_faulty")
        workday_calendar.set_days(told, source=form.value("source"), area_code=county(), actor=current_user)
    except Problem as problem:
        form.take(problem, "page")
        return render_template("workdays/show.html", lines=lines, file_id=file_id, form=form), problem.status
    db.session.commit()
    result_files.forget(file_id)
    return done(url_for("workdays.index"), "calendar-set", n=len(told))
