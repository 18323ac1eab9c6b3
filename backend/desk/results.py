"""Results of another system: a queue goes out in that system's column order, its results come back."""

from flask import Blueprint, Response, render_template, request, url_for
from flask_login import current_user
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from backend import clock
from backend.access import policy, queues_of
from backend.desk import queues, result_files
from backend.desk.forms import Form
from backend.desk.page import done, today
from backend.desk.queues import QueueFilter
from backend.documents.queue_sheet import queue_sheet
from backend.domain.organisations import organisation_name
from backend.models import Area, Case, Routing, db
from backend.problems import Problem

pages = Blueprint("results", __name__, url_prefix="/results")
MOST = 5000
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@pages.get("/queue.xlsx")
@policy("routing:work")
def export() -> Response:
    """What the filter shows, at most 5,000 routings, as a workbook; numbers of people are masked."""
    wanted = QueueFilter.from_address(request.args)
    query = queues.with_parts(wanted.apply()).options(joinedload(Routing.case).selectinload(Case.visits))
    rows = list(db.session.scalars(query.order_by(Routing.id).limit(MOST)))
    codes = {code for one in rows for code in (one.case.county_code, one.case.county_code[:4])}
    named = db.session.execute(select(Area.code, Area.name).where(Area.code.in_(codes)))
    places = {code: name for code, name in named}
    office = organisation_name(wanted.queue, max(current_user.area_codes, default="62"), today())
    response = Response(queue_sheet(wanted.queue, rows, places, office), mimetype=WORKBOOK)
    day = clock.local(clock.now()).date().isoformat()
    response.headers["Content-Disposition"] = f"attachment; filename={wanted.queue}-{day}.xlsx"
    return response


@pages.get("/")
@policy("routing:work")
def new() -> str:
    """Where the file goes, and what has to be in it."""
    return render_template("results/new.html", form=Form(), queue=queues_of(current_user)[0])


@pages.post("/")
@policy("routing:work")
def look() -> Response | tuple[str, int]:
    """Look at a file row by row; nothing is written."""
    form, file = Form(request.form), request.files.get("file")
    if not file or not file.filename:
        form.fail("file", "file")
        return render_template("results/new.html", form=form, queue=queues_of(current_user)[0]), 422
    content = file.read()
    try:
        lines = _lines(content, file.filename)
    except Problem as problem:
        form.take(problem, "file")
        return render_template("results/new.html", form=form, queue=queues_of(current_user)[0]), problem.status
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
    return done(url_for("routings.index"), "results-applied", n=good)
