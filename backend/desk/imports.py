"""导入: files of declarations and rosters, looked at before anything is written."""

from flask import Blueprint, Response, render_template, request, url_for
from flask_login import current_user
from sqlalchemy import Select, func, select

from backend.access import policy
from backend.codebook import AssistanceCategory
from backend.desk import import_previews
from backend.desk.forms import Form
from backend.desk.import_batches import find_batch, visible_batches
from backend.desk.import_standing import standing
from backend.desk.page import done
from backend.documents.row_errors import row_error_sheet
from backend.models import ComparisonRun, ImportBatch, RowProblem, db
from backend.problems import Problem
from backend.problems_in_files import row_sentence

pages = Blueprint("imports", __name__, url_prefix="/imports")

PAGE, SHOWN_PROBLEMS = 30, 200
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _count(query: Select) -> int:
    return db.session.scalar(select(func.count()).select_from(query.order_by(None).subquery())) or 0


def _problem_counts(batches: list[ImportBatch]) -> dict[int, int]:
    wanted = RowProblem.batch_id.in_([batch.id for batch in batches])
    rows = db.session.execute(select(RowProblem.batch_id, func.count()).where(wanted).group_by(RowProblem.batch_id))
    return {batch_id: count for batch_id, count in rows}


def page(form: Form) -> str:
    """The overview, with what was typed into its form."""
    rows = list(db.session.scalars(visible_batches().order_by(ImportBatch.id.desc()).limit(PAGE)))
    run = db.session.scalar(select(ComparisonRun).order_by(ComparisonRun.id.desc()).limit(1))
    return render_template(
        "imports/index.html",
        batches=rows,
        problem_counts=_problem_counts(rows),
        standing=standing(),
        run=run,
        form=form,
        kinds=AssistanceCategory,
    )


@pages.get("/")
@policy("import:see")
def index() -> str:
    """What was imported, and what is to be done next."""
    return page(Form(start={"subject": "declarations"}))


@pages.post("/")
@policy("import:make")
def upload() -> Response | tuple[str, int]:
    """Look at a file; nothing is written to the database yet."""
    form, file = Form(request.form), request.files.get("file")
    subject = "roster" if form.value("subject") == "roster" else "declarations"
    kind = form.value("kind") if form.value("kind") in set(AssistanceCategory) else ""
    if not file or not file.filename:
        form.fail("file", "file")
        return page(form), 422
    try:
        preview = import_previews.look_at(
            file.read(), file_name=file.filename, subject=subject, kind=kind, user=current_user
        )
    except Problem as problem:
        form.take(problem, "file")
        return page(form), problem.status
    return done(url_for("imports.preview", preview_id=preview.id), "looked-at", n=preview.taken_rows)


@pages.get("/previews/<preview_id>")
@policy("import:make")
def preview(preview_id: str) -> str:
    """Sheet, header and columns as they were understood, and the rows with something wrong."""
    return render_template("imports/preview.html", preview=import_previews.find(preview_id, current_user), form=Form())


@pages.post("/previews/<preview_id>")
@policy("import:make")
def create(preview_id: str) -> Response | tuple[str, int]:
    """Import it, whole or not at all."""
    form, looked_at = Form(request.form), import_previews.find(preview_id, current_user)
    try:
        batch = import_previews.bring_in(looked_at, actor=current_user)
    except Problem as problem:
        form.take(problem, "page")
        return render_template("imports/preview.html", preview=looked_at, form=form), problem.status
    db.session.commit()
    import_previews.discard(looked_at)
    return done(url_for("imports.show", batch_id=batch.id), "imported", n=batch.kept_count)


@pages.post("/previews/<preview_id>/discard")
@policy("import:make")
def discard(preview_id: str) -> Response:
    """Leave it."""
    import_previews.discard(import_previews.find(preview_id, current_user))
    return done(url_for("imports.index"), "discarded")


@pages.get("/<int:batch_id>")
@policy("import:see")
def show(batch_id: int) -> str:
    """One imported file and the rows that need mending."""
    batch = find_batch(batch_id)
    query = select(RowProblem).where(RowProblem.batch_id == batch.id)
    problems = list(db.session.scalars(query.order_by(RowProblem.id).limit(SHOWN_PROBLEMS)))
    said = {p.id: row_sentence(p.code, row=p.row, column=p.column, seen=p.seen, sheet=p.sheet) for p in problems}
    return render_template("imports/show.html", batch=batch, problems=problems, said=said, total=_count(query))


@pages.get("/<int:batch_id>/errors.xlsx")
@policy("import:see")
def errors(batch_id: int) -> Response:
    """The rows that need mending, as a workbook."""
    response = Response(row_error_sheet(find_batch(batch_id)), mimetype=WORKBOOK)
    response.headers["Content-Disposition"] = f"attachment; filename=rows-to-mend-{batch_id}.xlsx"
    return response
