"""T10 督导检查记录 (DOMAIN §5.2)."""

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from backend import clock
from backend.codebook import FindingKind
from backend.desk.answers import label_of
from backend.documents.ledger import Cell, Column
from backend.models import Inspection, db

TITLE, UNIT, HAS_NUMBERS = "督导检查记录", "户", False
COLUMNS = (
    Column("督导时间", 11, "day"), Column("督导组", 16), Column("乡镇", 9), Column("村", 10), Column("抽查户数", 6, "number"),
    Column("核实入户真实户数", 8, "number"), Column("发现问题", 26), Column("问题类别", 12), Column("整改要求", 26),
    Column("整改时限", 11, "day"), Column("整改结果", 22), Column("销号时间", 11, "day"),
)  # fmt: skip


def rows(area_code: str, as_of: datetime, *, is_whole: bool = False) -> Iterator[list[Cell]]:
    """One row a finding; an inspection without any has one row of its own."""
    query = (
        select(Inspection)
        .where(Inspection.township_code.startswith(area_code), Inspection.recorded_at <= as_of)
        .options(joinedload(Inspection.township), joinedload(Inspection.village), selectinload(Inspection.findings))
        .order_by(Inspection.inspected_on, Inspection.id)
    )
    for one in db.session.scalars(query):
        head: list[Cell] = [
            one.inspected_on, one.team, one.township.name, one.village.short_name if one.village else "",
            one.households_checked, one.found_real,
        ]  # fmt: skip
        for finding in one.findings:
            closed = finding.closed_at if finding.closed_at and finding.closed_at <= as_of else None
            yield [*head, finding.problem, label_of(FindingKind.__name__, finding.kind), finding.rectification, finding.due_on,
                   finding.result if closed else "", clock.local(closed).date() if closed else None]  # fmt: skip
        if not one.findings:
            yield [*head, "没有发现问题", "", "", None, "", None]
