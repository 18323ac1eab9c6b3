"""救援文件: what a phone could not send is handed in here as a file, under the phone's own signatures."""

from flask import Blueprint, render_template, request

from backend.access import policy
from backend.desk.forms import Form
from backend.desk.rescue_hand_in import hand_in
from backend.domain.sync.rescue_file import NoRescueFile

pages = Blueprint("rescue", __name__, url_prefix="/rescue")


@pages.get("/")
@policy("inbox:settle")
def new() -> str:
    """Choose the file."""
    return render_template("rescue/new.html", form=Form())


@pages.post("/")
@policy("inbox:settle")
def create() -> tuple[str, int]:
    """Hand it in; item by item what became of it."""
    form, file = Form(request.form), request.files.get("file")
    if file is None or not file.filename:
        form.fail("file", "rescue_missing")
        return render_template("rescue/new.html", form=form), 422
    try:
        outcome = hand_in(file.stream)
    except NoRescueFile:
        form.fail("file", "rescue_unfit")
        return render_template("rescue/new.html", form=form), 422
    return render_template("rescue/done.html", outcome=outcome), 200
