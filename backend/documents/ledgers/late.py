"""T7 超期督办清单: names masked, so that it can hang beside the bulletin (DOMAIN §5.2)."""

from collections.abc import Iterator
from datetime import datetime

from backend.codebook import AttemptResult, Stage
from backend.desk.answers import label_of
from backend.documents.ledger import Cell, Column
from backend.domain.late_cases import late_cases

TITLE, UNIT, HAS_NUMBERS = "超期督办清单", "户、天", False
COLUMNS = (
    Column("乡镇", 9), Column("村", 10), Column("申请人", 8), Column("预警编号", 16), Column("预警发布时间", 15, "moment"),
    Column("截止时间", 15, "deadline"), Column("超期天数", 6, "number"), Column("当前环节", 9), Column("责任人", 9),
    Column("原因", 14), Column("整改时限", 12), Column("整改情况", 18), Column("备注", 10),
)  # fmt: skip


def rows(area_code: str, as_of: datetime, *, is_whole: bool = False) -> Iterator[list[Cell]]:
    """One row a household over its limit; what is to be filled in by hand stays empty."""
    for line in late_cases(area_code, as_of):
        yield [
            line.township, line.village, line.applicant, line.number, line.published_at, line.due_at, line.days_over,
            label_of(Stage.__name__, line.stage), line.main, label_of(AttemptResult.__name__, line.tried) if line.tried else "",
            "", "", "",
        ]  # fmt: skip
