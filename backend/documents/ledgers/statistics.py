"""统计表: the figures of the areas below one, as the page of figures shows them (DOMAIN §5.3)."""

from collections.abc import Callable

from backend.documents.ledger import Cell, Column
from backend.domain.figures import Table
from backend.domain.figures_of import Row

TITLE = "“一键报贫”预警信息入户核查统计表"
UNIT = "件、户、人、小时、%"
NONE = "—"
Reading = Callable[[Row], Cell]


def _share(value: float | None) -> Cell:
    return NONE if value is None else round(value, 4)


def _hours(value: float | None) -> Cell:
    return NONE if value is None else round(value, 1)


def _count(key: str) -> Reading:
    return lambda row: row[key]


def _counts(group: str, *pairs: tuple[str, str]) -> list[tuple[Column, Reading]]:
    return [(Column(label, 7, "number", group), _count(key)) for label, key in pairs]


PAIRS: list[tuple[Column, Reading]] = [
    (Column("单位", 12), lambda row: row.name),
    *_counts("申报推送", ("件数", "declared"), ("户数", "declared_households"), ("人数", "declared_people")),
    *_counts(
        "比对", ("已享受", "receiving"), ("其中低保", "receiving_dibao"), ("其中特困", "receiving_tekun"),
        ("其中临时", "receiving_temporary"), ("其中孤儿事无", "receiving_child"), ("其中残补", "receiving_disability"),
        ("重复", "repeated"), ("无效", "invalid"), ("预警", "warned"),
    ),
    *_counts(
        "入户核查", ("应核查", "to_visit"), ("已核查", "visited"), ("按期", "in_time"), ("超期完成", "late"),
        ("超期未核", "overdue"), ("未到期待核", "not_due"),
    ),
    (Column("核查率", 8, "percent", "入户核查"), lambda row: _share(row.visit_share)),
    (Column("按期核查率", 9, "percent", "入户核查"), lambda row: _share(row.in_time_share)),
    (Column("超期率", 8, "percent", "入户核查"), lambda row: _share(row.overdue_share)),
    (Column("平均响应时长（小时）", 9, "hours", "入户核查"), lambda row: _hours(row.response.mean)),
    (Column("中位数（小时）", 9, "hours", "入户核查"), lambda row: _hours(row.response.median)),
    *_counts(
        "处置", ("转民政", "social_assistance"), ("转防返贫", "relapse_prevention"), ("转单项", "referral"),
        ("不符合已告知", "explained"), ("研判中", "judging"), ("申诉", "objected"),
    ),
    *_counts(
        "结果", ("纳入低保（户）", "dibao"), ("纳入低保（人）", "dibao_people"), ("特困（户）", "tekun"),
        ("特困（人）", "tekun_people"), ("临时救助（人次）", "temporary_times"),
    ),
    (Column("临时救助（元）", 11, "money", "结果"), lambda row: row["temporary_fen"] / 100),
    *_counts("结果", ("孤儿事无", "child"), ("残疾人补贴", "disability"), ("其中生活补贴", "living"),
             ("其中护理补贴", "nursing"), ("纳入监测（户）", "monitor"), ("纳入监测（人）", "monitor_people"),
             ("单项已解决", "solved")),
    (Column("纳入率", 8, "percent", "结果"), lambda row: _share(row.included_share)),
    (Column("备注", 10), lambda row: "应核查不到 5 户" if row.is_small else ""),
]  # fmt: skip
COLUMNS = tuple(column for column, _ in PAIRS)
NOTES = (
    "应核查：截至时点前已发布的预警户，减去批准延期没到期的和作废的。已核查：有入户时间，两名核查人都签了字。",
    "核查率＝已核查÷预警。按期核查率＝按期÷（已核查＋超期未核）。超期率＝（超期完成＋超期未核）÷（按期＋超期完成＋超期未核）。",
    "纳入率＝任一正式结果为纳入的办结户÷办结户。平均响应时长＝入户时间减预警发布时间，只算真正入户的。没有可算的写“—”。",
    "申诉：对结果提出过申诉的户。生活补贴、护理补贴按登记的细类分，没有登记细类的只算在残疾人补贴里。",
)  # fmt: skip


def row_of(row: Row) -> list[Cell]:
    """The cells of one area, in the order of COLUMNS; shares as fractions, "—" without anything to divide by."""
    return [read(row) for _, read in PAIRS]


def rows(table: Table) -> list[list[Cell]]:
    """A row for each area below; what has no known township is named so."""
    return [row_of(row) if row.name else ["区划不明", *row_of(row)[1:]] for row in table.rows]
