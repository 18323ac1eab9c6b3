"""Reading accounts for the administrator: lists with their filter, one account, what was typed about one."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from flask_login import current_user
from sqlalchemy import Select, bindparam, func, or_, select
from sqlalchemy.orm import selectinload
from werkzeug.datastructures import MultiDict

from backend.access_accounts import visible_accounts
from backend.codebook import Role
from backend.desk import kept_words
from backend.desk.forms import Form
from backend.domain.accounts import NewAccount
from backend.domain.area_names import AreaNames
from backend.models import Area, Assignment, LoginSession, User, db
from backend.models.questions import Looker, kept
from backend.problems import sentence
from backend.problems_in_administration import NO_PHONE

PAGE = 40
STATES = {
    "stopped": User.is_active.is_(False),
    "one_time": User.is_password_one_time & User.is_active,
    "working": User.is_active,
}


@dataclass(frozen=True)
class AccountFilter:
    """What the address asks for; unknown values are no filter."""

    q: str = ""
    role: str = ""
    state: str = ""
    after: str = ""
    who: str = ""

    @classmethod
    def from_address(cls, args: MultiDict[str, str]) -> "AccountFilter":
        role, state = args.get("role", ""), args.get("state", "")
        return cls(
            kept_words.words_of(args), role if role in set(Role) else "", state if state in STATES else "",
            args.get("after", "")[:40], args.get("who", ""),
        )  # fmt: skip

    def as_args(self) -> dict[str, str]:
        """The filter as the address says it."""
        told = {"who": self.who, "role": self.role, "state": self.state}
        return {key: value for key, value in told.items() if value}

    @property
    def is_set(self) -> bool:
        return bool(self.q or self.role or self.state)


def listed(wanted: AccountFilter) -> tuple[list[User], str]:
    """(a page of accounts in sight by account, key of the next page or "")."""
    found = list(db.session.scalars(_listed(current_user, replace(wanted, after="", who="")), {"after": wanted.after}))
    return found[:PAGE], found[PAGE - 1].username if len(found) > PAGE else ""


@kept
def _listed(user: Looker, wanted: AccountFilter) -> Select[tuple[User]]:
    query = visible_accounts(user).where(User.username > bindparam("after"))
    if wanted.q:
        named = User.name.contains(wanted.q, autoescape=True)
        query = query.where(or_(named, User.username.contains(wanted.q, autoescape=True)))
    if wanted.role:
        query = query.where(User.role == wanted.role)
    if wanted.state:
        query = query.where(STATES[wanted.state])
    return query.options(selectinload(User.postings)).order_by(User.username).limit(PAGE + 1)


def areas_of(users: Iterable[User]) -> dict[str, Area]:
    """{code: area} of everybody's postings."""
    codes = {posting.area_code for user in users for posting in user.postings}
    return {area.code: area for area in db.session.scalars(select(Area).where(Area.code.in_(codes)))}


def facts_of(account: User) -> dict[str, Any]:
    """Where it is signed in, and the open households assigned to it: what a stop would leave behind."""
    sessions = select(LoginSession).where(LoginSession.user_id == account.id).order_by(LoginSession.seen_at.desc())
    work = select(func.count()).where(Assignment.user_id == account.id, Assignment.ended_at.is_(None))
    return {"sessions": list(db.session.scalars(sessions)), "open_work": db.session.scalar(work) or 0}


def start_of(account: User) -> dict[str, str]:
    """What the form about a person begins with; their number is not shown."""
    return {"name": account.name, "role": account.role, "unit": account.unit, "queue": account.queue or ""}


def person_of(form: Form, account: User | None = None) -> dict[str, Any]:
    """What was typed about a person, as the verbs take it. The number that `account` has is not shown, so it stays."""
    told: dict[str, Any] = {key: form.value(key) for key in ("name", "role", "unit", "phone")}
    if account is not None:
        told["phone"] = "" if told["phone"] == NO_PHONE else told["phone"] or account.phone or ""
    return told | {"queue": form.value("queue") or None}


def new_account_of(form: Form) -> NewAccount:
    """What was typed about somebody new; what is no area stands beside the field."""
    return NewAccount(form.value("username"), area_codes=codes_of(form), **person_of(form))


def codes_of(form: Form) -> list[str]:
    """The areas that were typed; what is no area stands beside the field."""
    codes, fault = AreaNames(current_user).codes_in(form.value("areas"))
    if fault is not None:
        form.fail("areas", sentence(fault[0], name=fault[1]))
    return codes
