"""What else a phone holds of a case: walks in vain, 延期, and what there is to be explained to the household."""

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from backend import clock, rulebook
from backend.codebook import AttemptResult, PetitionState, Queue, RoutingState, Stage
from backend.domain import parameters
from backend.domain.income import PerHead, income_of
from backend.domain.reveals import LONG_NUMBERS
from backend.models import Attempt, Case, Extension, Routing, User, Visit, db

Json = dict[str, Any]
STANDARDS = ("dibao_standard_fen", "monitor_range_fen")
TOLD = ("objection_days", "supervision_phones")


class Parts:
    """Fetched once for all the cases, a query for each kind."""

    def __init__(self, cases: Sequence[Case], user: User) -> None:
        ids = [case.id for case in cases]
        self._attempts: dict[str, list[Json]] = defaultdict(list)
        for attempt, author in _attempts(ids):
            self._attempts[attempt.case_id].append(_attempt(attempt, author, user))
        self._extensions = {one.case_id: _extension(one) for one in _extensions(ids)}
        routed = {case.id: case for case in cases if case.stage == Stage.ROUTED}
        waiting = {routing.case_id: routing for routing in _waiting(list(routed))}
        visits = {visit.case_id: visit for visit in _visits(list(waiting))}
        self._explain = {
            case_id: _to_explain(routed[case_id], routing, visits.get(case_id)) for case_id, routing in waiting.items()
        }

    def of(self, case: Case) -> Json:
        """{attempts, extension, explain} of a case, as they travel."""
        return {
            "attempts": self._attempts[case.id],
            "extension": self._extensions.get(case.id),
            "explain": self._explain.get(case.id),
        }


def _attempts(ids: list[str]) -> Iterable[Any]:
    query = select(Attempt, User.name).join(User, User.id == Attempt.author_id).where(Attempt.case_id.in_(ids))
    return db.session.execute(query.order_by(Attempt.attempted_at, Attempt.id))


def _attempt(attempt: Attempt, author: str, user: User) -> Json:
    known = set(AttemptResult)
    return {
        "id": attempt.item_id or attempt.id,
        "author": author,
        "attempted_at": clock.iso(attempt.attempted_at),
        "result_label": AttemptResult(attempt.result).label if attempt.result in known else "",
        "note": LONG_NUMBERS.sub("*", attempt.note or ""),
        "is_mine": attempt.author_id == user.id,
    }


def _extensions(ids: list[str]) -> Iterable[Extension]:
    """The newest word last, so that it is the one that is told."""
    told = (PetitionState.ASKED, PetitionState.APPROVED, PetitionState.REFUSED)
    query = select(Extension).where(Extension.case_id.in_(ids), Extension.state.in_(told))
    return db.session.scalars(query.order_by(Extension.asked_at, Extension.id))


def _extension(extension: Extension) -> Json:
    return {
        "state": extension.state,
        "state_label": PetitionState(extension.state).label,
        "until_at": clock.iso(extension.until_at),
        "note": extension.decision_note,
    }


def _waiting(ids: list[str]) -> Iterable[Routing]:
    if not ids:
        return ()
    query = select(Routing).where(
        Routing.case_id.in_(ids), Routing.queue == Queue.EXPLANATION,
        Routing.state.in_((RoutingState.SENT, RoutingState.ACCEPTED)),
    )  # fmt: skip
    return db.session.scalars(query.options(joinedload(Routing.router)))


def _visits(ids: list[str]) -> Iterable[Visit]:
    if not ids:
        return ()
    return db.session.scalars(select(Visit).where(Visit.case_id.in_(ids), Visit.is_current))


def _to_explain(case: Case, routing: Routing, visit: Visit | None) -> Json:
    day = clock.local(visit.visited_at if visit else clock.now()).date()
    found = parameters.standing((*rulebook.hint_keys(), *TOLD), on=day, area_code=case.county_code)
    values = {key: one.value for key, one in found.items()}
    return {
        "reason": routing.reason,
        "by": routing.router.name,
        "unit": routing.router.unit,
        "routed_at": clock.iso(routing.routed_at),
        "visited_at": clock.iso(visit.visited_at) if visit else None,
        **_figures(visit, values, day),
        "dibao_standard_fen": values.get("dibao_standard_fen"),
        "monitor_range_fen": values.get("monitor_range_fen"),
        "is_demo": any(found[key].is_demo for key in STANDARDS if key in found),
        "objection_days": values["objection_days"],
        "phones": values["supervision_phones"],
    }


def _figures(visit: Visit | None, values: Json, day: date) -> Json:
    answers = json.loads(visit.answers_text or "{}") if visit else {}
    income = income_of(answers if isinstance(answers, dict) else {}, values, day)
    return {"monitor": _per_head(income.monitor), "dibao": _per_head(income.dibao)}


def _per_head(figure: PerHead | None) -> Json | None:
    if figure is None:
        return None
    return {"total_fen": figure.total_fen, "people": figure.people, "per_head_fen": figure.per_head_fen}
