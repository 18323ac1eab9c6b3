"""人员: accounts of the administrator's areas: who they are, opened and changed."""

from typing import Any

from flask import Blueprint, Response, render_template, request, url_for
from flask_login import current_user

from backend.access import policy
from backend.access_accounts import find_account
from backend.codebook import REFERRAL_QUEUES, Role
from backend.desk import account_lists, first_run
from backend.desk.account_lists import AccountFilter
from backend.desk.forms import Form
from backend.desk.page import done
from backend.desk.phones import by_person
from backend.domain import accounts
from backend.models import User, db
from backend.problems import Problem

pages = Blueprint("users", __name__, url_prefix="/users")


@pages.get("/")
@policy("user:list")
def index() -> str:
    """Accounts, where they are posted, when their phone was last heard of."""
    wanted = AccountFilter.from_address(request.args)
    rows, more = account_lists.listed(wanted)
    return render_template(
        "users/index.html", rows=rows, more=more, wanted=wanted, areas=account_lists.areas_of(rows),
        phones_of=by_person([user.id for user in rows]), roles=Role, is_ready=first_run.is_ready(),
    )  # fmt: skip


def _new(form: Form) -> str:
    return render_template("users/new.html", form=form, roles=Role, queues=REFERRAL_QUEUES)


@pages.get("/new")
@policy("user:manage")
def new() -> str:
    """The form for one account."""
    return _new(Form())


@pages.post("/")
@policy("user:manage")
def create() -> str | tuple[str, int]:
    """Open it; its one-time password is shown on the page that answers, and nowhere again."""
    form = Form(request.form)
    told = account_lists.new_account_of(form)
    if not form.is_good:
        return _new(form), 422
    try:
        made, password = accounts.open_account(told, actor=current_user)
    except Problem as problem:
        form.take(problem, "page")
        return _new(form), problem.status
    db.session.commit()
    return render_template("users/password.html", account=made, password=password, is_new=True)


def show_page(account: User, form: Form | None = None, posting: Form | None = None) -> str:
    """One account with its forms; `form` and `posting` hold what was typed."""
    told = account_lists.start_of(account)
    facts: dict[str, Any] = account_lists.facts_of(account)
    return render_template(
        "users/show.html", account=account, form=form or Form(start=told), posting=posting or Form(), roles=Role,
        queues=REFERRAL_QUEUES, areas=account_lists.areas_of([account]), **facts,
    )  # fmt: skip


@pages.get("/<account_id>")
@policy("user:manage")
def show(account_id: str) -> str:
    """One account."""
    return show_page(find_account(current_user, account_id))


@pages.post("/<account_id>")
@policy("user:manage")
def change(account_id: str) -> Response | tuple[str, int]:
    """Name, role, queue, unit, telephone number."""
    account, form = find_account(current_user, account_id), Form(request.form)
    try:
        accounts.change_account(account, account_lists.person_of(form, account), actor=current_user)
    except Problem as problem:
        form.take(problem, "page")
        return show_page(find_account(current_user, account_id), form), problem.status
    db.session.commit()
    return done(url_for("users.show", account_id=account_id), "account-changed")
