"""办理步骤: the days of the formal procedures (民发〔2021〕57号 第15条至第22条 and their like, DOMAIN §1.3)."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from backend import access, clock, rulebook
from backend.codebook import Queue, RoutingState, Step
from backend.domain import events, parameters, procedure
from backend.domain.procedure import Calendar, Known, Place, Span
from backend.models import ProcedureStep, Routing, User, db
from backend.problems import Problem

WORKED_ON = (RoutingState.ACCEPTED, RoutingState.DECIDED)
SAYS_WHY = (Step.PROLONGED, Step.CONTESTED)
EXCEPTIONS, SWITCHES = "workday_exceptions", ("dibao_delegated",)


def today() -> date:
    """Today in the office."""
    return clock.local(clock.now()).date()


class Ways:
    """The ways of many routings of one area: limits are asked for once."""

    def __init__(self, area_code: str) -> None:
        keys = rulebook.limit_keys() | {EXCEPTIONS, *SWITCHES}
        self._history = parameters.histories(keys, [area_code])[area_code]

    def calendar(self, routing: Routing) -> Calendar:
        """Limits of the day on which the township handed it over, as it is seen today."""
        standing = self._history.on(clock.local(routing.routed_at).date())
        return Calendar(standing, standing.get(EXCEPTIONS) or {}, today())

    def places(self, routing: Routing, category: str) -> list[Place]:
        """The steps of one category; none for 不符合."""
        told = _procedure(routing, category)
        return procedure.way(told["steps"], _known(routing, category), self.calendar(routing)) if told else []

    def total_due(self, routing: Routing, category: str) -> date | None:
        """The last day for the whole procedure, where there is such a limit."""
        total, known = _procedure(routing, category).get("total"), _known(routing, category)
        calendar = self.calendar(routing)
        return procedure.due(procedure.total_of(total, known, calendar), known, calendar) if total else None

    def of(self, routing: Routing) -> dict[str, list[Place]]:
        """The steps by category."""
        return {category: self.places(routing, category) for category in categories_of(routing)}


def finish_by(routing: Routing, as_of: datetime) -> date | None:
    """要求办结时间 of a single problem as known at `as_of`: its 反馈 limit; until somebody takes it on, from the last day for that."""
    rules = {rule["step"]: rule for rule in _procedure(routing, "").get("steps", [])}
    calendar = Ways(routing.case.county_code).calendar(routing)
    spans = {procedure.ROUTED: Span(clock.local(routing.routed_at).date())}
    taken = routing.accepted_at if routing.accepted_at and routing.accepted_at <= as_of else None
    accept_by = procedure.due(rules[Step.ACCEPTED], Known(spans), calendar)
    start = clock.local(taken).date() if taken else accept_by
    known = Known(spans | ({Step.ACCEPTED: Span(start)} if start else {}))
    return procedure.due(rules[Step.FEEDBACK], known, calendar)


def categories_of(routing: Routing) -> list[str]:
    """The proposed categories of 民政; [""] in every other queue, which has one procedure."""
    return list(routing.categories) if routing.queue == Queue.SOCIAL_ASSISTANCE else [""]


def _procedure(routing: Routing, category: str) -> Mapping[str, Any]:
    told: dict[str, Mapping[str, Any]] = rulebook.procedures()
    return told.get(procedure.name_of(routing.queue, category, bool(routing.case.is_urgent)), {})


def standing_steps(routing: Routing, category: str) -> dict[str, ProcedureStep]:
    """The recorded steps of a category that were not corrected."""
    return {row.step: row for row in routing.steps if row.category == category and row.corrected_at is None}


def _known(routing: Routing, category: str) -> Known:
    spans = {code: Span(row.happened_on, row.until_on) for code, row in standing_steps(routing, category).items()}
    spans[procedure.ROUTED] = Span(clock.local(routing.routed_at).date())
    done = [d for d in routing.decisions if not d.is_reopened and (d.category == category or not category)]
    for rule in _procedure(routing, category).get("steps", []):
        if rule.get("is") == "acceptance" and routing.accepted_at:
            spans[rule["step"]] = Span(clock.local(routing.accepted_at).date())
        if rule.get("is") == "decision" and done:
            spans[rule["step"]] = Span(done[-1].decided_on)
    return Known(spans, done[-1].outcome if done else "")


def last_before_result(routing: Routing, category: str) -> date | None:
    """The day of the last recorded step, a notice's end when it is over: no result can be older. None without steps."""
    rows, now = _steps_of(routing, category).values(), today()
    days = ((row.until_on, row.happened_on) for row in rows if row.step != Step.PROLONGED)
    return max((end if end and end <= now else begun for end, begun in days), default=None)


def notice_until(routing: Routing, category: str) -> date | None:
    """The last day of a 公示 that still hangs (57号 第19条: 公示期满无异议的, 提出初审意见); None when none does."""
    row = _steps_of(routing, category).get(Step.PUBLIC)
    return row.until_on if row and row.until_on and row.until_on >= today() else None


def _steps_of(routing: Routing, category: str) -> dict[str, ProcedureStep]:
    return standing_steps(routing, category if routing.queue == Queue.SOCIAL_ASSISTANCE else "")


def unrecorded(routing: Routing, category: str) -> list[Step]:
    """The steps before a result that have no day yet and cannot be left out (民发〔2021〕57号 第28条)."""
    asked = category if routing.queue == Queue.SOCIAL_ASSISTANCE else ""
    places = Ways(routing.case.county_code).places(routing, asked)
    until = next((n for n, place in enumerate(places) if place.kind == "decision"), len(places))
    return [place.step for place in places[:until] if place.span is None and not place.is_optional]


def _ended_at(routing: Routing) -> datetime | None:
    if routing.state == RoutingState.DECIDED:
        return max((made.decided_at for made in routing.decisions), default=clock.now())
    return {RoutingState.RETURNED: routing.returned_at, RoutingState.WITHDRAWN: routing.withdrawn_at}.get(
        RoutingState(routing.state)
    )


def sum_up(routing: Routing) -> None:
    """Bring `next_step`, `next_due_on` and `ended_at` in line with the rows; part of every verb that changes one of them."""
    routing.ended_at = _ended_at(routing)
    routing.next_step, routing.next_due_on = "", None
    if routing.state in (RoutingState.RETURNED, RoutingState.WITHDRAWN):
        return
    ways = Ways(routing.case.county_code)
    now = [place for places in ways.of(routing).values() if (place := procedure.current(places))]
    dated = sorted((day, place.step) for place in now if (day := procedure.waits_until(place)))
    if dated:
        routing.next_due_on, routing.next_step = dated[0]
    elif now:
        routing.next_step = now[0].step


def _check_said(routing: Routing, category: str, step: str, happened_on: date, note: str) -> None:
    if step in SAYS_WHY and not note.strip():
        raise Problem("reason_missing", fields={"note": ""})
    notice = standing_steps(routing, category).get(Step.PUBLIC)
    if step == Step.CONTESTED and (notice is None or happened_on < notice.happened_on):
        raise Problem("notice_none", fields={"happened_on": ""})


def record_step(
    routing: Routing,
    *,
    category: str,
    step: str,
    happened_on: date,
    actor: User,
    until_on: date | None = None,
    note: str = "",
) -> ProcedureStep:
    """Record the day of a formal step, or correct it. Days are those of Asia/Shanghai; `until_on` ends a 公示.

    One event step:recorded. Raises Problem routing_state, step_category, reason_missing (特殊情况延长 says why, 公示异议
    who says what and what came of it), notice_none (异议 needs a notice) and those of procedure.check.
    """
    access.require(actor, "notice:contest" if step == Step.CONTESTED else "routing:work")
    if routing.state not in WORKED_ON:
        raise Problem("routing_state", state=RoutingState(routing.state).label)
    if category not in categories_of(routing):
        raise Problem("step_category")
    _check_said(routing, category, step, happened_on, note)
    places = Ways(routing.case.county_code).places(routing, category)
    span, now = Span(happened_on, until_on), clock.now()
    procedure.check(places, step, span, today(), clock.local(routing.routed_at).date())
    before = standing_steps(routing, category).get(step)
    if before is not None:
        before.corrected_at = now
        # The unique index knows one standing row of a step: the old one has to leave first.
        db.session.flush()
    made = ProcedureStep(
        category=category, step=step, happened_on=happened_on, until_on=until_on, note=note.strip()[:200],
        recorder=actor, recorded_at=now,
    )  # fmt: skip
    routing.steps.append(made)
    sum_up(routing)
    events.record(
        "step:recorded", actor=actor, case=routing.case, queue=routing.queue, category=category, step=step,
        on=happened_on.isoformat(), until=until_on.isoformat() if until_on else None, corrected=before is not None,
    )  # fmt: skip
    return made
