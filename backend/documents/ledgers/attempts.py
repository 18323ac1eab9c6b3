"""T8 未遇、外出、延期清单: who could not be met, and until when the county allowed more time (DOMAIN §5.2)."""

from collections.abc import Iterator
from datetime import datetime

from backend.codebook import AttemptResult, PetitionState
from backend.desk.answers import label_of
from backend.desk.page import last_day
from backend.documents.ledger import Cell, Column
from backend.documents.ledgers import households as told

TITLE, UNIT, HAS_NUMBERS = "未遇、外出、延期清单", "户、次", False
COLUMNS = (
    Column("乡镇", 9), Column("村", 10), Column("申请人", 9), Column("预警编号", 16), Column("尝试次数", 6, "number"),
    Column("最近一次", 15, "moment"), Column("原因", 12), Column("延期至", 11, "day"), Column("批准人", 10),
    Column("批准时间", 15, "moment"), Column("备注", 12),
)  # fmt: skip


def rows(area_code: str, as_of: datetime, *, is_whole: bool = False) -> Iterator[list[Cell]]:
    """One row a household with an attempt or an extension by `as_of`."""
    for one in told.households(area_code, as_of):
        tried = [each for each in one.case.attempts if one.has_come(each.received_at)]
        granted = [
            each
            for each in one.case.extensions
            if each.state == PetitionState.APPROVED and one.has_come(each.decided_at)
        ]
        if not tried and not granted:
            continue
        last, longer = (tried or [None])[-1], max(granted, key=lambda each: each.until_at, default=None)
        yield [
            *one.place[:2], told.person_of(one.case)[0], one.case.number, len(tried),
            last.attempted_at if last else None, label_of(AttemptResult.__name__, last.result) if last else "",
            last_day(longer.until_at) if longer else None, longer.decider.name if longer and longer.decider else "",
            longer.decided_at if longer else None, "",
        ]  # fmt: skip
