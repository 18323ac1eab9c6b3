"""What the 告知说明 of a household says, from its visit, the township's talk and the dated thresholds (57号 第21条)."""

from collections.abc import Sequence
from typing import Any

from backend import clock
from backend.codebook import DecisionOutcome, Queue
from backend.desk.answers import category_label
from backend.desk.case_view import CaseView
from backend.desk.span import local_day
from backend.documents.notice_sheet import Notice
from backend.domain import parameters
from backend.domain.income import income_of
from backend.domain.parameters import Standing
from backend.models import Case, Decision, Explanation, Routing
from backend.problems import Problem

READ_OUT = 4
LINES = (
    ("dibao", "dibao_standard_fen", "低保标准（每人每年）"),
    ("monitor", "monitor_range_fen", "监测范围（每人每年）"),
)


def notice_of(view: CaseView, standing: dict[str, Standing], *, office_phone: str = "") -> Notice:
    """The notice of a case that was routed to 不符合, or refused by a department; `standing` are the parameters of the visit's day.

    Raises Problem not_found when nothing of the kind was decided for the case.
    """
    case, visit = view.case, view.visit
    routed = next((one for one in reversed(case.routings) if one.queue == Queue.EXPLANATION), None)
    declined = [] if routed else _declined(case)
    if visit is None or not (routed or declined):
        raise Problem("not_found")
    talk = case.explanations[-1] if case.explanations else None
    told_on = local_day(talk.explained_at if talk else clock.now())
    figures, is_demo = _figures(view, standing)
    said = _said(talk, routed, declined)
    return Notice(
        number=case.number, name=case.applicant_name, place=case.place, township=case.township.name,
        declared_on=local_day(case.declaration.submitted_at), visited_on=local_day(visit.visited_at),
        visitors=tuple(str(one.get("name", "")) for one in view.visitors) or (visit.author.name,),
        people=visit.living_size, figures=figures, object_by=talk.object_until_on if talk else None, told_on=told_on,
        object_days=parameters.value("objection_days", on=told_on, area_code=case.county_code),
        phones=tuple(parameters.value("supervision_phones", on=told_on, area_code=case.county_code)),
        is_demo=is_demo, office_phone=office_phone, **said,
    )  # fmt: skip


def _declined(case: Case) -> list[Decision]:
    """What departments refused and no objection undid."""
    made = [one for routing in case.routings for one in routing.decisions]
    return [one for one in made if one.outcome == DecisionOutcome.DECLINED and not one.is_reopened]


def _said(talk: Explanation | None, routed: Routing | None, declined: Sequence[Decision]) -> dict[str, Any]:
    """Reasons, words and what is still open: the talk's, the department's, else the township's when it routed."""
    refused = "、".join(category_label(one.routing.queue, one.category) if one.category else Queue(one.routing.queue).label
                       for one in declined)  # fmt: skip
    more = {"refused": refused, "judged_by": "县上审核"} if declined else {}
    if talk:
        text, still_open = _said_in(talk)
        return {"reasons": tuple(talk.reason_codes), "text": text, "still_open": still_open, **more}
    if routed:
        return {"reasons": (), "text": routed.reason, "still_open": ""}
    return {
        "reasons": tuple(dict.fromkeys(one.reason_code for one in declined if one.reason_code)),
        "text": "；".join(dict.fromkeys(one.reason for one in declined)),
        "still_open": "；".join(dict.fromkeys(one.alternative for one in declined if one.alternative)), **more,
    }  # fmt: skip


def _said_in(talk: Explanation) -> tuple[str, str]:
    """Why, and what is still open. A phone hands in what it read out, four paragraphs: the result and how to object the
    sheet says in its own places, and a second time they would not fit on the page."""
    lines = [line for line in talk.text.split("\n") if line.strip()]
    return (lines[1], lines[2]) if talk.item_id and len(lines) >= READ_OUT else (talk.text, "")


def _figures(view: CaseView, standing: dict[str, Standing]) -> tuple[tuple[tuple[str, int], ...], bool]:
    """The household's income per head and the lines that it is above; none where the sum is not known."""
    if view.visit is None:
        return (), False
    values = {key: one.value for key, one in standing.items()}
    found = income_of(view.answers, values, local_day(view.visit.visited_at))
    above, is_demo = [], False
    for figure, key, words in LINES:
        sum_ = getattr(found, figure)
        if sum_ and key in standing and sum_.total_fen >= standing[key].value * sum_.people:
            above.append((f"超过了{words}", standing[key].value))
            is_demo = is_demo or standing[key].is_demo
    if not above or found.monitor is None:
        return (), False
    head = (f"您家 {found.monitor.people} 口人，过去一年每人收入", found.monitor.per_head_fen)
    return (head, *above), is_demo
