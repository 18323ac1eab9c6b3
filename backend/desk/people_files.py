"""一批开账号: a list is looked at, opened whole, and its one-time passwords are fetched once."""

from flask import Blueprint, Response, render_template, request, url_for

from backend.access import policy
from backend.desk import result_files, staff_files
from backend.desk.forms import Form
from backend.desk.imports import WORKBOOK
from backend.desk.page import done
from backend.documents import staff_sheets
from backend.models import db
from backend.problems import Problem

pages = Blueprint("people_files", __name__, url_prefix="/users/files")


def _page(form: Form) -> str:
    return render_template("people_files/index.html", form=form, most=staff_files.MOST)


@pages.get("/")
@policy("user:manage")
def index() -> str:
    """Where to upload a list."""
    return _page(Form())


@pages.get("/pattern.xlsx")
@policy("user:manage")
def pattern() -> Response:
    """The list to fill in."""
    return _sheet(staff_sheets.staff_pattern(), "accounts.xlsx")


def _sheet(content: bytes, name: str) -> Response:
    response = Response(content, mimetype=WORKBOOK)
    response.headers["Content-Disposition"] = f"attachment; filename={name}"
    return response


@pages.post("/")
@policy("user:manage")
def upload() -> Response | tuple[str, int]:
    """Keep the file and go on to its rows; nothing is opened yet."""
    form, file = Form(request.form), request.files.get("file")
    content = file.read() if file and file.filename else b""
    try:
        if not content:
            raise Problem("empty_file")
        staff_files.judge(content, "list")
    except Problem as problem:
        form.take(problem, "file")
        return _page(form), problem.status
    return done(url_for("people_files.show", file_id=result_files.keep(content)), "looked-at")


def _rows(file_id: str, form: Form) -> str:
    lines = staff_files.judge(result_files.kept(file_id), "list")
    return render_template("people_files/show.html", lines=lines, file_id=file_id, form=form)


@pages.get("/<file_id>")
@policy("user:manage")
def show(file_id: str) -> str:
    """What each row would do."""
    return _rows(file_id, Form())


@pages.post("/<file_id>")
@policy("user:manage")
def create(file_id: str) -> Response | tuple[str, int]:
    """Open all of them or none; the passwords wait, sealed, to be fetched."""
    form = Form(request.form)
    try:
        listed = staff_files.open_all(result_files.kept(file_id), "list")
    except Problem as problem:
        form.take(problem, "page")
        return _rows(file_id, form), problem.status
    sheet_id = result_files.keep(staff_sheets.password_sheet(listed))
    db.session.commit()
    result_files.forget(file_id)
    return done(url_for("people_files.passwords", sheet_id=sheet_id), "accounts-opened", n=len(listed))


@pages.get("/passwords/<sheet_id>")
@policy("user:manage")
def passwords(sheet_id: str) -> str:
    """The sheet waits; when it was fetched, the page says so."""
    return render_template("people_files/passwords.html", sheet_id=sheet_id, is_there=_is_there(sheet_id))


def _is_there(sheet_id: str) -> bool:
    try:
        return bool(result_files.kept(sheet_id))
    except Problem:
        return False


@pages.post("/passwords/<sheet_id>")
@policy("user:manage")
def fetch(sheet_id: str) -> Response:
    """The one-time passwords, this once."""
    content = result_files.kept(sheet_id)
    result_files.forget(sheet_id)
    return _sheet(content, "one-time-passwords.xlsx")
