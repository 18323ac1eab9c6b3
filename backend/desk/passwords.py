"""改密码: one's own, and the one that has to be chosen after a one-time password."""

from flask import Blueprint, Response, render_template, request, url_for
from flask_login import current_user

from backend.access import policy
from backend.desk.forms import Form
from backend.desk.page import done
from backend.domain import passwords
from backend.extensions import settings
from backend.models import db
from backend.problems import Problem, sentence

pages = Blueprint("passwords", __name__, url_prefix="/password")


def _page(form: Form) -> str:
    # What was typed into a password field is never sent back.
    form.typed, form.start = None, {}
    return render_template("session/password.html", form=form)


@pages.get("/")
@policy("password:change")
def edit() -> str:
    """The form."""
    return _page(Form())


@pages.post("/")
@policy("password:change")
def update() -> Response | tuple[str, int]:
    """Change it; wrong tries count like those at sign-in."""
    form, token = Form(request.form), request.cookies.get(settings().cookie_name, "")
    old, new = request.form.get("old", ""), request.form.get("new", "")
    if new != request.form.get("again", ""):
        form.fail("again", sentence("password_twice"))
        return _page(form), 422
    try:
        passwords.change_own(old, new, token=token, actor=current_user)
    except Problem as problem:
        db.session.commit()
        form.fail(next(iter(problem.fields), "old"), problem.message)
        return _page(form), problem.status
    db.session.commit()
    return done(url_for("session.home"), "password-changed")
