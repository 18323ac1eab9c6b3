"""Signing in and out: one door for both faces. Village workers go on to the phone's pages."""

from flask import Blueprint, Response, redirect, render_template, request, url_for
from flask_login import current_user
from sqlalchemy import select

from backend import known_browsers
from backend.access import must_choose_password, policy
from backend.codebook import COUNTY_ROLES, FIELD_ROLES, SUPERVISOR_ROLES, Role
from backend.desk.forms import Form
from backend.desk.page import own_address
from backend.domain import sessions
from backend.extensions import settings
from backend.models import User, db
from backend.problems import Problem
from backend.web import set_session_cookie

pages = Blueprint("session", __name__)

FIRST_PAGES = (
    ({*FIELD_ROLES}, "field.shell"),
    ({Role.TOWNSHIP_COORDINATOR}, "today.board"),
    ({*COUNTY_ROLES, Role.LINE_DEPARTMENT}, "routings.index"),
    ({*SUPERVISOR_ROLES}, "oversight.overview"),
    ({Role.ADMINISTRATOR}, "users.index"),
)


def first_page(user: User) -> str:
    """Where this person's day begins."""
    return next(url_for(endpoint) for roles, endpoint in FIRST_PAGES if Role(user.role) in roles)


def _next_page(user: User) -> str:
    if user.is_password_one_time:
        return url_for("passwords.edit")
    if Role(user.role) in FIELD_ROLES:
        return first_page(user)
    return own_address(request.values.get("next", ""), first_page(user))


@pages.get("/")
@policy("session:use")
def home() -> Response:
    """The first page of whoever is signed in."""
    if must_choose_password(current_user):
        return redirect(url_for("passwords.edit"))
    return redirect(first_page(current_user))


@pages.get("/login")
@policy("public")
def sign_in_page() -> str | Response:
    """The sign-in form."""
    if current_user.is_authenticated:
        return redirect(_next_page(current_user))
    is_empty = db.session.scalar(select(User.id).limit(1)) is None
    return render_template("session/new.html", form=Form(), next=request.args.get("next", ""), is_empty=is_empty)


@pages.post("/login")
@policy("public")
def sign_in() -> Response | tuple[str, int]:
    """Open a session, or say why not; the name typed stays."""
    form = Form(request.form)
    try:
        known = known_browsers.vouched_for()
        user, token = sessions.sign_in(form.value("username"), form.value("password"), known=known)
        db.session.commit()
    except Problem as problem:
        db.session.commit()
        known_browsers.note_wrong()
        form.fail("password", problem.message)
        return render_template("session/new.html", form=form, next=form.value("next")), problem.status
    return known_browsers.remember(set_session_cookie(redirect(_next_page(user), code=303), token), user)


@pages.post("/logout")
@policy("session:use")
def sign_out() -> Response:
    """End the session."""
    sessions.sign_out(request.cookies.get(settings().cookie_name, ""), actor=current_user)
    db.session.commit()
    response = redirect(url_for("session.sign_in_page"), code=303)
    response.delete_cookie(settings().cookie_name, path="/", secure=settings().is_production, httponly=True)
    return response
