"""A list of people as it was uploaded: each row judged in words, then opened all together or not at all."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask_login import current_user
from sqlalchemy import select

from backend.codebook import REFERRAL_QUEUES, Role
from backend.desk.page import today
from backend.domain import accounts, sessions
from backend.domain.accounts import NewAccount
from backend.domain.area_names import AreaNames
from backend.domain.password_rules import one_time_password
from backend.domain.tabular.staff import StaffRow
from backend.extensions import reading
from backend.models import User, db
from backend.problems import Problem, sentence
from backend.problems_in_administration import ROW_FAULTS
from backend.storage import sandbox

MOST = 300


@dataclass
class Line:
    """One row. state: good, known (has an account already) or bad with `why`."""

    row: StaffRow
    state: str = "good"
    why: str = ""
    new: NewAccount | None = None


def judge(content: bytes, file_name: str) -> list[Line]:
    """Every row of the file. Raises Problem for a file that is no use."""
    rows = sandbox.parse_staff(content, file_name, today())
    if len(rows) > MOST:
        raise Problem("accounts_many", limit=MOST)
    names = AreaNames(current_user)
    known = set(
        db.session.scalars(select(User.username).where(User.username.in_([row.username.lower() for row in rows])))
    )
    seen: set[str] = set()
    return [_line(row, names, known, seen) for row in rows]


def _line(row: StaffRow, names: AreaNames, known: set[str], seen: set[str]) -> Line:
    username = row.username.lower()
    if not username:
        return Line(row, "bad", ROW_FAULTS["username_missing"])
    if username in seen:
        return Line(row, "bad", ROW_FAULTS["username_twice"])
    seen.add(username)
    if username in known:
        return Line(row, "known")
    role, queue = _duty(row.role)
    if not role:
        return Line(row, "bad", ROW_FAULTS["role_word"])
    codes, unknown = names.codes_in(row.areas)
    if unknown:
        return Line(row, "bad", sentence(unknown[0], name=unknown[1]))
    new = NewAccount(username, row.name, role, row.unit, queue, row.phone, codes)
    _, code = accounts.fault_of(new, actor=current_user)
    return Line(row, "bad", sentence(code)) if code else Line(row, new=new)


def _duty(word: str) -> tuple[str, str | None]:
    """(role, queue) by a role's label, or by that of the single problem that a line department looks after."""
    queue = next((queue for queue in REFERRAL_QUEUES if queue.standard == word), None)
    if queue is not None:
        return Role.LINE_DEPARTMENT, queue
    return next((str(role) for role in Role if role.standard == word and role != Role.LINE_DEPARTMENT), ""), None


def open_all(content: bytes, file_name: str) -> list[tuple[NewAccount, str]]:
    """Open every account of a file without a fault: (account, one-time password).

    Raises Problem accounts_faulty, accounts_nothing and those of the verb; the caller commits.
    """
    # Hashing takes its time: others may write meanwhile.
    with reading():
        lines = judge(content, file_name)
        _refuse(lines)
        listed = [(line.new, one_time_password()) for line in lines if line.new is not None]
        hashed = [(new, sessions.hash_password(password)) for new, password in listed]
    accounts.open_listed(hashed, actor=current_user)
    return listed


def _refuse(lines: Sequence[Line]) -> None:
    if any(line.state == "bad" for line in lines):
        raise Problem("accounts_faulty")
    if not any(line.state == "good" for line in lines):
        raise Problem("accounts_nothing")
