"""T8 未遇、外出、延期清单: who could not be met, and until when the county allowed more time (DOMAIN §5.2)."""

from collections.abc import Iterator
from datetime import datetime

from backend.codebook import AttemptResult, PetitionState
from backend.desk.answers import label_of
from backend.desk.page import last_day
from backend.documents.ledger import Cell, Column
from backend.documents.ledgers import households as told
from backend.models import User, db

TITLE, UNIT, HAS_NUMBERS = "未遇、外出、延期清单", "户、次", False
COLUMNS = (
    Column("乡镇", 9), Column("村", 10), Column("申请人", 9), Column("预警编号", 16), Column("尝试次数", 6, "number"),
    Column("最近一次", 15, "moment"), Column("原因", 12), Column("延期至", 11, "day"), Column("批准人", 10),
    Column("批准时间", 15, "moment"), Column("备注", 12),
)  # fmt: skip


def rows(area_code: str, as_of: datetime, *, is_whole: bool = False) -> Iterator[list[Cell]]:
    """One row a household with an attempt or an extension by `as_of`."""
    for case in told.households(area_code, as_of):
        tried = [one for one in case.attempts if one.received_at <= as_of]
        granted = [
            e for e in case.extensions if e.state == PetitionState.APPROVED and e.decided_at and e.decided_at <= as_of
        ]
        if not tried and not granted:
            continue
        last, longer = (tried or [None])[-1], (granted or [None])[-1]
        by = db.session.get(User, longer.decided_by) if longer and longer.decided_by else None
        yield [
            *told.place_of(case)[:2], told.person_of(case)[0], case.number, len(tried),
            last.attempted_at if last else None, label_of(AttemptResult.__name__, last.result) if last else "",
            last_day(longer.until_at) if longer else None, by.name if by else "", longer.decided_at if longer else None, "",
        ]  # fmt: skip
