"""T2 比对结果清单: what the rosters said about every declaration (DOMAIN §5.2)."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from flask_login import current_user
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from backend.access import in_areas, visible_declarations
from backend.codebook import SUPERVISOR_ROLES, ComparisonAnswer, ComparisonCode, Role, RosterKind
from backend.documents.comparison_report import reason_sentence
from backend.documents.ledger import Cell, Column
from backend.domain import identity
from backend.models import Area, Comparison, Declaration, db

TITLE = "“一键报贫”申报比对结果清单"
UNIT, HAS_NUMBERS = "件", True
ROSTERS = ((RosterKind.DIBAO, "农村低保"), (RosterKind.TEKUN, "特困供养"), (RosterKind.TEMPORARY, "临时救助"),
           (RosterKind.ORPHAN, "孤儿"), (RosterKind.UNSUPPORTED, "事实无人抚养儿童"),
           (RosterKind.DISABILITY, "残疾人补贴"))  # fmt: skip
COLUMNS = (
    Column("批次", 7, "number"), Column("乡镇", 9), Column("村", 10), Column("姓名", 9), Column("身份证号", 19),
    Column("申报时间", 15, "moment"), Column("比对时间", 15, "moment"),
    *(Column(label, 11, group="在哪本名册上") for _, label in ROSTERS),
    Column("比对结论", 12), Column("为什么", 30), Column("复核意见", 12), Column("复核时间", 15, "moment"), Column("备注", 12),
)  # fmt: skip


def rows(area_code: str, as_of: datetime, *, is_whole: bool = False) -> Iterable[list[Cell]]:
    """One row a declaration that had been submitted by `as_of`, in the order of their coming."""
    names = {
        area.code: area.short_name for area in db.session.scalars(select(Area).where(Area.code.startswith(area_code)))
    }
    query = (
        select(Declaration, Comparison)
        .outerjoin(Comparison, Comparison.declaration_id == Declaration.id)
        .where(
            Declaration.id.in_(visible_declarations(current_user).with_only_columns(Declaration.id)),
            in_areas(Declaration, [area_code]), Declaration.submitted_at <= as_of,
        )
        .options(joinedload(Comparison.run), joinedload(Comparison.roster_entry), joinedload(Comparison.into_declaration))
        .order_by(Declaration.submitted_at, Declaration.source_no)
    )  # fmt: skip
    for declaration, found in db.session.execute(query):
        yield [*_declared(declaration, names, is_whole), *_found(found)]


def _declared(declaration: Declaration, names: Mapping[str, str], is_whole: bool) -> list[Cell]:
    number, name = declaration.id_number or "", declaration.applicant_name
    is_hidden = Role(current_user.role) in SUPERVISOR_ROLES and not is_whole
    return [
        declaration.batch_id, names.get(declaration.township_code or "", ""), names.get(declaration.village_code or "", ""),
        identity.mask_name(name) if is_hidden else name,
        number if is_whole or not number else identity.mask_id(number), declaration.submitted_at,
    ]  # fmt: skip


def _found(found: Comparison | None) -> list[Cell]:
    if found is None:
        return [None] * (1 + len(ROSTERS)) + ["还没比对", "", "", None, ""]
    entry = found.roster_entry
    said = (entry.category or "在册") if entry else ""
    return [
        found.run.run_at, *(said if found.roster_kind == kind else "" for kind, _ in ROSTERS),
        ComparisonCode(found.code).label, reason_sentence(found),
        ComparisonAnswer(found.answer).label if found.answer else "", found.answered_at,
        "预警" if found.is_warned else "",
    ]  # fmt: skip
