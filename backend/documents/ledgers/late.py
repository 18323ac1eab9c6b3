"""T7 超期、临期督办清单: names masked, so that it can hang beside the bulletin (DOMAIN §5.2)."""

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import select

from backend.codebook import SupervisionState
from backend.desk.page import last_day
from backend.documents.ledger import Cell, Column
from backend.domain.late_cases import late_cases
from backend.models import SupervisionCase, SupervisionNotice, db

TITLE, UNIT, HAS_NUMBERS = "超期、临期督办清单", "户、天", False
COLUMNS = (
    Column("乡镇", 9), Column("村", 10), Column("申请人", 8), Column("预警编号", 16), Column("预警发布时间", 15, "moment"),
    Column("截止时间", 15, "deadline"), Column("超期天数", 6, "number"), Column("当前环节", 9), Column("责任人", 9),
    Column("原因", 14), Column("整改时限", 12, "day"), Column("整改情况", 22), Column("备注", 10),
)  # fmt: skip


def rows(area_code: str, as_of: datetime, *, is_whole: bool = False) -> Iterator[list[Cell]]:
    """The households over their limit, then those whose last day is near, each with what the newest 督办 asked of it."""
    over, near = late_cases(area_code, as_of), late_cases(area_code, as_of, is_near=True)
    ordered = _ordered([line.case_id for line in (*over, *near)], as_of)
    for line in (*over, *near):
        left = "" if line.days_over > 0 else f"还剩 {-line.days_over} 天" if line.days_over else "今天到期"
        yield [
            line.township, line.village, line.applicant, line.number, line.published_at, line.due_at,
            max(0, line.days_over) or None, line.stage, line.main, line.tried, *_wanted(ordered.get(line.case_id), as_of),
            left,
        ]  # fmt: skip


def _ordered(case_ids: list[str], as_of: datetime) -> dict[str, SupervisionNotice]:
    """{case id: the newest 督办通知单 about it}."""
    query = (
        select(SupervisionCase.case_id, SupervisionNotice)
        .join(SupervisionNotice, SupervisionNotice.id == SupervisionCase.notice_id)
        .where(SupervisionCase.case_id.in_(case_ids), SupervisionNotice.issued_at <= as_of)
        .order_by(SupervisionNotice.id)
    )
    return {case_id: notice for case_id, notice in db.session.execute(query)}


def _wanted(notice: SupervisionNotice | None, as_of: datetime) -> list[Cell]:
    """整改时限、整改情况."""
    if notice is None:
        return [None, ""]
    is_answered = notice.answered_at is not None and notice.answered_at <= as_of
    is_closed = notice.closed_at is not None and notice.closed_at <= as_of
    state = (
        SupervisionState.CLOSED if is_closed else SupervisionState.ANSWERED if is_answered else SupervisionState.ISSUED
    )
    return [last_day(notice.due_at), f"{state.label}{f'：{notice.answer}' if is_answered else ''}"]
