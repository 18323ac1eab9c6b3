"""A file of results from another system: looked at row by row before anything is written, then written whole."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask_login import current_user

from backend.access import visible_routings
from backend.codebook import (
    AssistanceCategory,
    DecisionDetail,
    DecisionOutcome,
    DeclineReason,
    MonitorCategory,
    Queue,
    RoutingState,
)
from backend.desk import notices
from backend.desk.page import today
from backend.domain import routing
from backend.domain.routing import OVER
from backend.domain.tabular.cells import compact
from backend.domain.tabular.results import ResultRow
from backend.extensions import key_ring, settings
from backend.models import Case, Routing, db
from backend.models.base import new_id
from backend.problems import Problem
from backend.problems_in_queues import result_faults
from backend.storage import sandbox
from backend.storage.objects import Objects

NAME = re.compile(r"[0-9a-f-]{36}")
REFUSALS = (DecisionOutcome.DECLINED, DecisionOutcome.UNSOLVED)
LIST_OF = {Queue.SOCIAL_ASSISTANCE: AssistanceCategory, Queue.RELAPSE_PREVENTION: MonitorCategory}


@dataclass
class Line:
    """One row as it would be recorded. state: good, same (already recorded like this), or bad with `why`."""

    sheet: str
    row: int
    number: str
    outcome: str
    category: str
    state: str = "good"
    why: str = ""
    is_declined: bool = False


def _store() -> Objects:
    folder = settings().data / "uploads" / "imports"
    folder.mkdir(parents=True, exist_ok=True)
    return Objects(folder, key_ring())


def keep(content: bytes) -> str:
    """Keep an uploaded file, sealed, until somebody says yes; swept with the other uploads. Its id."""
    name = f"{new_id()}"
    _store().put(f"{name}.{_owner()}.results", content)
    return name


def _owner() -> str:
    return str(current_user.id)


def kept(name: str) -> bytes:
    """The user's own file. Raises Problem upload_missing when it is gone or was never there."""
    path = settings().data / "uploads" / "imports" / f"{name}.{_owner()}.results"
    if not NAME.fullmatch(name) or not path.is_file():
        raise Problem("upload_missing")
    return _store().get(path.name)


def forget(name: str) -> None:
    """The file has served."""
    _store().delete(f"{name}.{_owner()}.results")


def take(content: bytes, file_name: str, *, queue: str) -> list[Line]:
    """Record every good row of the file in the open transaction; the caller commits, or rolls back after a look."""
    rows = sandbox.parse_results(content, file_name, today())
    found = _routings(queue, [row.number for row in rows])
    seen: set[tuple[str, str]] = set()
    return [_line(row, found, queue, seen) for row in rows]


def _routings(queue: str, numbers: list[str]) -> dict[str, Routing]:
    query = visible_routings(current_user).join(Case, Routing.case_id == Case.id)
    query = query.where(Routing.queue == queue, Routing.state.not_in(OVER), Case.number.in_(numbers))
    return {one.case.number: one for one in db.session.scalars(query)}


def _line(row: ResultRow, found: dict[str, Routing], queue: str, seen: set[tuple[str, str]]) -> Line:
    line = Line(row.sheet, row.row, row.number, row.outcome, row.category)
    one = found.get(row.number)
    faults = list(row.faults) if one else ["number_unknown"]
    given = _given(row, queue, one, faults)
    if not faults and (row.number, given["category"]) in seen:
        faults.append("number_twice")
    if faults or one is None:
        return _bad(line, result_faults(faults))
    seen.add((row.number, given["category"]))
    if _is_known(one, given):
        line.state = "same"
        return line
    try:
        with db.session.begin_nested():
            if one.state == RoutingState.SENT:
                routing.accept(one, actor=current_user)
            notices.decide(one, given)
    except Problem as problem:
        return _bad(line, problem.message)
    line.is_declined = given["outcome"] == DecisionOutcome.DECLINED
    return line


def _bad(line: Line, why: str) -> Line:
    line.state, line.why = "bad", why
    return line


def _is_known(one: Routing, given: dict[str, Any]) -> bool:
    asked = (given["outcome"], given["category"], given["decided_on"])
    return any((d.outcome, d.category, d.decided_on) == asked for d in one.decisions if not d.is_reopened)


def _given(row: ResultRow, queue: str, one: Routing | None, faults: list[str]) -> dict[str, Any]:
    book = LIST_OF.get(Queue(queue))
    category = _code(row.category, book, "category_unknown", faults) if book else ""
    if book is AssistanceCategory and not category and one is not None and len(one.categories) == 1:
        category = one.categories[0]
    outcome = _code(row.outcome, DecisionOutcome, "outcome_unknown", faults)
    is_refusal = outcome in REFUSALS
    detail = _code(row.detail, DecisionDetail, "detail_unknown", faults)
    refused = _code(row.reason_code, DeclineReason, "reason_unknown", faults)
    return {
        "outcome": outcome, "category": category, "detail": "" if is_refusal else detail,
        "amount_fen": None if is_refusal else row.amount, "people_count": row.people,
        "decided_on": date.fromisoformat(row.decided_on) if row.decided_on else today(),
        "starts_on": date.fromisoformat(row.starts_on) if row.starts_on and not is_refusal else None,
        "reason_code": (refused or None) if is_refusal else None, "reason": row.reason or row.reason_code,
    }  # fmt: skip


def _code(word: str, book: Any, fault: str, faults: list[str]) -> str:
    """The code whose label was written; "" for nothing, a fault for a word that is no label.

    Cells are read with narrow brackets, 孤儿（事实无人抚养儿童） is written with wide ones.
    """
    if not word:
        return ""
    found = {compact(code.standard): str(code) for code in book}.get(compact(word), "")
    if not found:
        faults.append(fault)
    return found
