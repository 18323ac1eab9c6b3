"""人员: where somebody works, stopping and restoring an account, one-time passwords, ending sessions."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, Response, render_template, request, url_for
from flask_login import current_user

from backend.access import policy
from backend.access_accounts import find_account, find_posting
from backend.desk import account_lists, typed
from backend.desk.forms import Form
from backend.desk.page import done, today
from backend.desk.users import show_page
from backend.domain import accounts, passwords
from backend.models import db
from backend.problems import Problem

pages = Blueprint("user_acts", __name__, url_prefix="/users/<account_id>")

Answer = Response | tuple[str, int]


def _do(account_id: str, verb: Callable[..., Any], word: str, **given: Any) -> Answer:
    """Let `verb` act on the account and go back to its page; what it refuses stands at the top."""
    try:
        verb(find_account(current_user, account_id), actor=current_user, **given)
    except Problem as problem:
        if problem.code == "not_found":
            raise
        form = Form(start={})
        form.take(Problem(problem.code, **problem.facts), "page")
        account = find_account(current_user, account_id)
        fresh = Form(start=account_lists.start_of(account))
        fresh.errors = form.errors
        return show_page(account, fresh), problem.status
    db.session.commit()
    return done(url_for("users.show", account_id=account_id), word)


@pages.post("/stopping")
@policy("user:manage")
def stop(account_id: str) -> Answer:
    """停用."""
    reason = request.form.get("reason", "")
    return _do(account_id, accounts.stop_account, "account-stopped", reason=reason)


@pages.post("/restoring")
@policy("user:manage")
def restore(account_id: str) -> Answer:
    """恢复."""
    return _do(account_id, accounts.restore_account, "account-restored")


@pages.post("/session-ends")
@policy("user:manage")
def end_sessions(account_id: str) -> Answer:
    """Everywhere the person is signed in ends."""
    return _do(account_id, passwords.end_sessions, "sessions-ended")


@pages.post("/password")
@policy("user:manage")
def reset_password(account_id: str) -> str:
    """A one-time password; it is shown on the page that answers, and nowhere again."""
    account = find_account(current_user, account_id)
    password = passwords.reset_password(account, actor=current_user)
    db.session.commit()
    return render_template("users/password.html", account=account, password=password, is_new=False)


@pages.post("/postings")
@policy("user:manage")
def add_posting(account_id: str) -> Answer:
    """The person also works there."""
    account, form = find_account(current_user, account_id), Form(request.form)
    codes = account_lists.codes_of(form)
    started_on, until_on = (
        (typed.any_day(form, "started_on") if form.value("started_on") else None) or today(),
        (typed.any_day(form, "until_on") if form.value("until_on") else None),
    )
    if form.is_good:
        try:
            accounts.add_posting(account, codes, started_on=started_on, until_on=until_on, actor=current_user)
        except Problem as problem:
            form.take(problem, "areas")
            return show_page(find_account(current_user, account_id), posting=form), problem.status
        db.session.commit()
        return done(url_for("users.show", account_id=account_id), "posting-added")
    return show_page(account, posting=form), 422


@pages.post("/postings/<int:posting_id>/end")
@policy("user:manage")
def end_posting(account_id: str, posting_id: int) -> Answer:
    """The person works there no longer."""
    posting = find_posting(current_user, account_id, posting_id)
    return _do(account_id, lambda _, actor: accounts.end_posting(posting, actor=actor), "posting-ended")
