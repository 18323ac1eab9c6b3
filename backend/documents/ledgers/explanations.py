"""T6 不符合（解释宣传）台账: who was told why nothing applies, and how (DOMAIN §5.2)."""

from collections.abc import Iterable
from datetime import datetime

from backend.codebook import DeclineReason, ExplanationMethod, ExplanationReceipt, ObjectionOutcome, Queue
from backend.desk.answers import label_of
from backend.documents.bases import bases_of
from backend.documents.ledger import Cell, Column
from backend.documents.ledgers import households as told
from backend.documents.ledgers.households import Household

TITLE = "不符合条件解释宣传台账"
UNIT, HAS_NUMBERS = "户", False
COLUMNS = (
    Column("乡镇", 9), Column("村", 10), Column("申请人", 9), Column("核查时间", 15, "moment"), Column("不符合原因", 22),
    Column("政策依据", 22), Column("怎么说的", 34), Column("告知方式", 8), Column("告知时间", 15, "moment"), Column("告知人", 9),
    Column("签收", 8), Column("见证人", 9), Column("宣传材料", 16),
    Column("是否申诉", 8), Column("复核结果", 14), Column("备注", 12),
)  # fmt: skip


def rows(area_code: str, as_of: datetime, *, is_whole: bool = False) -> Iterable[list[Cell]]:
    """One row a talk that had been recorded by `as_of`."""
    for one in told.households(area_code, as_of):
        township, village, _ = one.place
        for talk in one.case.explanations:
            if one.has_come(talk.recorded_at):
                yield [
                    township, village, told.person_of(one.case, is_whole=is_whole)[0], one.started_at,
                    "、".join(label_of(DeclineReason.__name__, code) for code in talk.reason_codes),
                    bases_of(talk.reason_codes), talk.text,
                    ExplanationMethod(talk.method).label, talk.explained_at, talk.explainer.name,
                    ExplanationReceipt(talk.receipt).label, talk.witness, talk.materials, *_objection(one), "",
                ]  # fmt: skip


def _objection(one: Household) -> list[Cell]:
    """是否申诉、复核结果 of the newest objection to a 不符合."""
    raised = [o for o in one.case.objections if o.routing.queue == Queue.EXPLANATION and one.has_come(o.recorded_at)]
    if not raised:
        return ["否", ""]
    last = raised[-1]
    return ["是", ObjectionOutcome(last.outcome).label if last.outcome and one.has_come(last.answered_at) else "复核中"]
