"""Results of another system: a queue goes out in that system's column order, its results come back."""

from flask import Blueprint, Response, render_template, request, url_for
from flask_login import current_user
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from backend import clock
from backend.access import policy, queues_of
from backend.desk import queues, result_files
from backend.desk.carrying_out import carry_out
from backend.desk.forms import Form
from backend.desk.page import done, today
from backend.desk.queues import QueueFilter
from backend.documents.catalogue import mark_of
from backend.documents.queue_sheet import queue_sheet
from backend.domain import exports
from backend.domain.organisations import organisation_name
from backend.models import Area, Case, Routing, db
from backend.problems import Problem

pages = Blueprint("results", __name__, url_prefix="/results")
MOST = 5000
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@pages.get("/queue.xlsx")
@policy("routing:work")
def export() -> Response:
    """What the filter shows, at most 5,000 routings, as a workbook; names and numbers of people are masked."""
    wanted = QueueFilter.from_address(request.args)
    return _file(wanted, _rows(wanted))


@pages.post("/queue/exports")
@policy("routing:work")
def export_whole() -> Response | tuple[str, int]:
    """The same with whole names and numbers, for the other system: a reason, an event, a watermark."""
    wanted, form = QueueFilter.from_address(request.args), Form(request.form)
    rows, area = _rows(wanted), max(current_user.area_codes, default="62")
    given = {"area_code": area, "row_count": len(rows), "reason": form.value("reason")}
    # Written before the commit, which would have every row read again.
    file = _file(wanted, rows, mark_of(current_user.name, f"{clock.local(clock.now()):%Y-%m-%d %H:%M}"))
    return carry_out(
        form, lambda: exports.export_whole(f"queue-{wanted.queue}", actor=current_user, **given),
        page=lambda: _new(form), go=lambda _: file, beside="reason",
    )  # fmt: skip


def _rows(wanted: QueueFilter) -> list[Routing]:
    query = queues.with_parts(wanted.apply(current_user)).options(joinedload(Routing.case).selectinload(Case.visits))
    return list(db.session.scalars(query.order_by(Routing.id).limit(MOST)))


def _file(wanted: QueueFilter, rows: list[Routing], watermark: str = "") -> Response:
    codes = {code for one in rows for code in (one.case.county_code, one.case.county_code[:4])}
    named = db.session.execute(select(Area.code, Area.name).where(Area.code.in_(codes)))
    places = {code: name for code, name in named}
    office = organisation_name(wanted.queue, max(current_user.area_codes, default="62"), today())
    response = Response(queue_sheet(wanted.queue, rows, places, office, watermark), mimetype=WORKBOOK)
    day = clock.local(clock.now()).date().isoformat()
    response.headers["Content-Disposition"] = f"attachment; filename={wanted.queue}-{day}.xlsx"
    response.headers["Cache-Control"] = "no-store"
    return response


@pages.get("/")
@policy("routing:work")
def new() -> str:
    """Where the file goes, and what has to be in it."""
    return _new(Form())


def _new(form: Form) -> str:
    return render_template("results/new.html", form=form, queue=queues_of(current_user)[0])


@pages.post("/")
@policy("routing:work")
def look() -> Response | tuple[str, int]:
    """Look at a file row by row; nothing is written."""
    form, file = Form(request.form), request.files.get("file")
    if not file or not file.filename:
        form.fail("file", "file")
        return _new(form), 422
    content = file.read()
    try:
        lines = _lines(content, file.filename)
    except Problem as problem:
        form.take(problem, "file")
        return _new(form), problem.status
    return render_template("results/show.html", name=result_files.keep(content), form=form, lines=lines), 200


def _lines(content: bytes, file_name: str = "") -> list[result_files.Line]:
    """What every row would do; undone again."""
    lines = result_files.take(content, file_name, queue=queues_of(current_user)[0])
    db.session.rollback()
    return lines


@pages.post("/<name>")
@policy("routing:work")
def apply(name: str) -> Response | tuple[str, int]:
    """Record the good rows, all of them or none."""
    form, content = Form(request.form), result_files.kept(name)
    lines = result_files.take(content, "", queue=queues_of(current_user)[0])
    good = sum(line.state == "good" for line in lines)
    if not good or str(good) != form.value("good"):
        form.take(Problem("results_changed" if good else "results_nothing"), "page")
        return render_template("results/show.html", name=name, form=form, lines=_lines(content, "")), 409
    db.session.commit()
    result_files.forget(name)
    told = sum(line.is_declined for line in lines)
    return done(url_for("routings.index", state="untold" if told else None), "results-applied", n=good, told=told)
