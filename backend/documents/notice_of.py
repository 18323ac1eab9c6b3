"""What the 告知说明 of a household says, from its visit, the township's talk and the dated thresholds (57号 第21条)."""

from backend import clock
from backend.codebook import Queue
from backend.desk.case_view import CaseView
from backend.desk.span import local_day
from backend.documents.notice_sheet import Notice
from backend.domain.income import income_of
from backend.domain.parameters import Standing
from backend.problems import Problem

LINES = (
    ("dibao", "dibao_standard_fen", "低保标准（每人每年）"),
    ("monitor", "monitor_range_fen", "监测范围（每人每年）"),
)


def notice_of(view: CaseView, standing: dict[str, Standing]) -> Notice:
    """The notice of a case that was routed to 不符合; `standing` are the parameters of the visit's day.

    Raises Problem not_found when nothing of the kind was decided for the case.
    """
    case = view.case
    if not any(one.queue == Queue.EXPLANATION for one in case.routings) or view.visit is None:
        raise Problem("not_found")
    talk = case.explanations[-1] if case.explanations else None
    figures, is_demo = _figures(view, standing)
    routed = next(one for one in reversed(case.routings) if one.queue == Queue.EXPLANATION)
    return Notice(
        number=case.number, name=case.applicant_name, place=case.place, township=case.township.name,
        declared_on=local_day(case.declaration.submitted_at), visited_on=local_day(view.visit.visited_at),
        visitors=tuple(str(one.get("name", "")) for one in view.visitors) or (view.visit.author.name,),
        people=view.visit.living_size, figures=figures, reasons=tuple(talk.reason_codes) if talk else (),
        text=talk.text if talk else routed.reason, still_open=talk.materials if talk else "", object_by=talk.object_until_on if talk else None,
        told_on=local_day(talk.explained_at if talk else clock.now()), is_demo=is_demo,
    )  # fmt: skip


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
