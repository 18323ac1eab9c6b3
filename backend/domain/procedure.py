"""Which formal step comes next, by when, and which day may be recorded (DOMAIN §1.3, §1.4). Pure.

The steps are rows of reference/procedures.yaml; limits come in as numbers that held on the day of the hand-over.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from backend.codebook import REFERRAL_QUEUES, AssistanceCategory, Queue, Step
from backend.domain.deadline import SHANGHAI, last_day
from backend.problems import Problem

ROUTED = "routed"


@dataclass(frozen=True)
class Span:
    """The day of a step; a public notice has a first and a last one."""

    begun_on: date
    until_on: date | None = None

    @property
    def ended_on(self) -> date:
        return self.until_on or self.begun_on


@dataclass(frozen=True)
class Place:
    """A step on the way of one routing. state: did, now, wait, or passed (left out, it was optional).

    `due_on` is its last day, None without a limit; `days` that limit, `at_least` how long a notice lasts.
    """

    step: Step
    kind: str
    clause: str
    state: str
    span: Span | None = None
    due_on: date | None = None
    days: int | None = None
    unit: str = "workdays"
    at_least: int | None = None
    is_optional: bool = False
    is_beside: bool = False
    is_anytime: bool = False
    is_overdue: bool = False


@dataclass(frozen=True)
class Known:
    """What is known of a routing (and one category of it): days by step ("routed" among them), the result."""

    spans: Mapping[str, Span]
    outcome: str = ""


@dataclass(frozen=True)
class Calendar:
    """Limits by key, exceptions of working days, and the day on which somebody looks."""

    limits: Mapping[str, int]
    exceptions: Mapping[str, bool]
    today: date


def name_of(queue: str, category: str, is_urgent: bool) -> str:
    """The procedure of a category in a queue; "" where there is none (不符合)."""
    if queue == Queue.SOCIAL_ASSISTANCE:
        if category == AssistanceCategory.TEMPORARY:
            return "temporary_urgent" if is_urgent else "temporary_expense"
        return category
    if queue == Queue.RELAPSE_PREVENTION:
        return "monitor"
    return "single" if queue in REFERRAL_QUEUES else ""


def way(rules: Sequence[Mapping[str, Any]], known: Known, calendar: Calendar) -> list[Place]:
    """Every step that belongs to this outcome, in order, with its days, its limit and where it stands."""
    fitting = [rule for rule in rules if rule.get("only_if", known.outcome) == known.outcome]
    dated = (n for n, rule in enumerate(fitting) if rule["step"] in known.spans and not rule.get("anytime"))
    last, decided = max(dated, default=-1), _decided_at(fitting, known)
    places, is_open, was_open = [], True, True
    for number, rule in enumerate(fitting):
        span, is_beside = known.spans.get(rule["step"]), bool(rule.get("beside"))
        was_open = was_open if is_beside else is_open
        has_passed = number < (decided if not rule.get("optional") else last)
        state = _state(span, rule, number < last, was_open, calendar.today, has_passed=has_passed)
        is_open = is_open and (state in ("did", "passed") or bool(rule.get("optional")))
        due_on = due(rule, known, calendar)
        late = span.begun_on if span else (calendar.today if state == "now" else None)
        places.append(
            Place(
                step=Step(rule["step"]), kind=rule.get("is", ""), clause=rule["clause"], state=state, span=span,
                due_on=due_on, days=calendar.limits.get(rule.get("limit", "")), unit=rule.get("unit", "workdays"),
                at_least=calendar.limits.get(rule.get("at_least", "")), is_optional=bool(rule.get("optional")),
                is_beside=is_beside, is_anytime=bool(rule.get("anytime")),
                is_overdue=bool(due_on and late and late > due_on),
            )
        )  # fmt: skip
    return places


def _decided_at(rules: Sequence[Mapping[str, Any]], known: Known) -> int:
    """Where the result stands; -1 before there is one. Steps before it that have no day here were done elsewhere."""
    return next((n for n, rule in enumerate(rules) if rule.get("is") == "decision" and rule["step"] in known.spans), -1)


def _state(
    span: Span | None, rule: Mapping[str, Any], has_later: bool, is_open: bool, today: date, *, has_passed: bool
) -> str:
    if span:
        return "now" if rule.get("at_least") and span.ended_on >= today and not has_later and is_open else "did"
    if has_passed:
        return "passed"
    return "now" if is_open and not rule.get("optional") else "wait"


def due(rule: Mapping[str, Any], known: Known, calendar: Calendar) -> date | None:
    """The last day for a step or a whole procedure; None without a limit or before its clock runs."""
    start, days = known.spans.get(rule.get("after", "")), calendar.limits.get(rule.get("limit", ""))
    if not start or not days:
        return None
    return counted(start.ended_on, days, rule.get("unit", "workdays"), calendar.exceptions)


def total_of(total: Mapping[str, Any], known: Known, calendar: Calendar) -> Mapping[str, Any]:
    """The limit of the whole: another one `with` a recorded step, or `where` the county has switched it on."""
    for other in total.get("or", ()):
        if other.get("with") in known.spans or calendar.limits.get(other.get("where", "")) is True:
            return {**total, **other}
    return total


def counted(start: date, days: int, unit: str, exceptions: Mapping[str, bool]) -> date:
    """The last of so many days after `start`, which does not count itself."""
    noon = datetime.combine(start, time(12), SHANGHAI)
    return last_day(noon, days, "calendar" if unit == "days" else "workdays", exceptions=exceptions)


def current(places: Sequence[Place]) -> Place | None:
    """The step that is on; None when all are done."""
    return next((place for place in places if place.state == "now"), None)


def waits_until(place: Place) -> date | None:
    """The day to look at: the end of a running notice, else the last day of the step."""
    return place.span.ended_on if place.span else place.due_on


def check(places: Sequence[Place], step: str, span: Span, today: date, routed_on: date) -> None:
    """Raises Problem when this step cannot have happened then.

    step_unknown, step_of_itself (受理 and the result have forms of their own), step_in_future, step_end_missing,
    step_end_before, step_too_short (公示 at least so many days), step_order (an earlier one is missing, unless both run
    in parallel, 57号 第15、17条, or the result is there, which stands for those before it), step_before, step_after. Each names the field it belongs to.
    """
    at = next((n for n, place in enumerate(places) if place.step == step), None)
    if at is None:
        raise Problem("step_unknown", fields={"step": ""})
    place = places[at]
    if place.kind:
        raise Problem("step_of_itself", fields={"step": ""}, step=place.step.label)
    if span.begun_on > today:
        raise Problem("step_in_future", fields={"happened_on": ""})
    _check_notice(place, span)
    _check_order(places, at, span, routed_on)


def _check_notice(place: Place, span: Span) -> None:
    if place.step != Step.PUBLIC:
        return
    if span.until_on is None:
        raise Problem("step_end_missing", fields={"until_on": ""})
    if span.until_on < span.begun_on:
        raise Problem("step_end_before", fields={"until_on": ""})
    if place.at_least and (span.until_on - span.begun_on).days + 1 < place.at_least:
        shortest = span.begun_on + timedelta(days=place.at_least - 1)
        raise Problem("step_too_short", fields={"until_on": ""}, days=place.at_least, day=shortest.isoformat())


def _check_order(places: Sequence[Place], at: int, span: Span, routed_on: date) -> None:
    place = places[at]
    ordered = [one for one in places if not one.is_anytime]
    where = ordered.index(place) if place in ordered else 0
    earlier, later = ordered[: where - place.is_beside], ordered[where + 1 :]
    if place.is_anytime:
        earlier = later = []
    elif later and later[0].is_beside:
        later = later[1:]
    decided = next((n for n, p in enumerate(earlier) if p.kind == "decision" and p.span), 0)
    if missing := next((p for p in earlier[decided:] if p.span is None and not p.is_optional), None):
        raise Problem("step_order", fields={"step": ""}, step=missing.step.label)
    floor = max([routed_on, *(p.span.ended_on for p in earlier if p.span)])
    if span.begun_on < floor:
        raise Problem("step_before", fields={"happened_on": ""}, day=floor.isoformat())
    ceiling = min((p.span.begun_on for p in later if p.span), default=None)
    if ceiling and span.ended_on > ceiling:
        raise Problem("step_after", fields={"happened_on": ""}, day=ceiling.isoformat())
