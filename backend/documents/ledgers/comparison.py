"""T2 比对结果清单: what the rosters said about every declaration (DOMAIN §5.2)."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from flask_login import current_user
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from backend.access import visible_declarations
from backend.codebook import SUPERVISOR_ROLES, ComparisonAnswer, ComparisonCode, Role, RosterKind
from backend.documents.comparison_report import reason_sentence
from backend.documents.ledger import Cell, Column
from backend.documents.reading import yuan
from backend.domain import identity
from backend.domain.figures_declared import declarations_at
from backend.models import Area, Comparison, Declaration, RosterEntry, User, db

TITLE = "“一键报贫”申报比对结果清单"
UNIT, HAS_NUMBERS = "件", True
ROSTERS = ((RosterKind.DIBAO, "农村低保"), (RosterKind.TEKUN, "特困供养"), (RosterKind.TEMPORARY, "临时救助"),
           (RosterKind.ORPHAN, "孤儿"), (RosterKind.UNSUPPORTED, "事实无人抚养儿童"),
           )  # fmt: skip
SUBSIDIES = (("生活", "生活补贴"), ("护理", "护理补贴"))
COLUMNS = (
    Column("批次", 7, "number"), Column("乡镇", 9), Column("村", 10), Column("姓名", 9), Column("身份证号", 19),
    Column("申报时间", 15, "moment"), Column("比对时间", 15, "moment"),
    *(Column(label, 16, group="在哪本名册上") for _, label in (*ROSTERS, *SUBSIDIES)),
    Column("比对结论", 12), Column("为什么", 30), Column("复核人", 9), Column("复核意见", 12), Column("复核时间", 15, "moment"), Column("备注", 12),
)  # fmt: skip


def rows(area_code: str, as_of: datetime, *, is_whole: bool = False) -> Iterable[list[Cell]]:
    """One row a declaration that the figures of `as_of` count, with what the rosters said then."""
    names = {
        area.code: area.short_name for area in db.session.scalars(select(Area).where(Area.code.startswith(area_code)))
    }
    at = declarations_at([area_code], as_of)
    query = (
        select(Declaration, Comparison, at.c.code, at.c.roster_kind)
        .join(at, at.c.id == Declaration.id)
        .outerjoin(Comparison, Comparison.declaration_id == Declaration.id)
        .where(Declaration.id.in_(visible_declarations(current_user).with_only_columns(Declaration.id)))
        .options(joinedload(Comparison.run), joinedload(Comparison.roster_entry), joinedload(Comparison.into_declaration))
        .order_by(Declaration.submitted_at, Declaration.source_no)
    )  # fmt: skip
    for declaration, found, code, kind in db.session.execute(query):
        is_then = found is not None and (found.found_at is None or found.found_at <= as_of)
        yield [*_declared(declaration, names, is_whole), *_found(found if is_then else None, code, kind, as_of)]


def _declared(declaration: Declaration, names: Mapping[str, str], is_whole: bool) -> list[Cell]:
    number, name = declaration.id_number or "", declaration.applicant_name
    is_hidden = Role(current_user.role) in SUPERVISOR_ROLES and not is_whole
    return [
        declaration.batch_id, names.get(declaration.township_code or "", ""), names.get(declaration.village_code or "", ""),
        identity.mask_name(name) if is_hidden else name,
        number if is_whole or not number else identity.mask_id(number), declaration.submitted_at,
    ]  # fmt: skip


def _found(found: Comparison | None, code: str | None, kind: str | None, as_of: datetime) -> list[Cell]:
    """`found` is None where the finding of that moment has been followed by another: then its code alone is known."""
    if code is None:
        return [None] * (1 + len(ROSTERS) + len(SUBSIDIES)) + ["还没比对", "", "", "", None, ""]
    is_answered = found is not None and found.answered_at is not None and found.answered_at <= as_of
    by = db.session.get(User, found.answered_by) if found and is_answered and found.answered_by else None
    return [
        found.run.run_at if found else None, *_in_rosters(found.roster_entry if found else None, kind),
        ComparisonCode(code).label, reason_sentence(found) if found else "", by.name if by else "",
        ComparisonAnswer(found.answer).label if found and is_answered else "", found.answered_at if is_answered else None,
        _remark(found, is_answered),
    ]  # fmt: skip


def _in_rosters(entry: RosterEntry | None, kind: str | None) -> list[Cell]:
    """类别, since when or when last, how much, under the roster that said so."""
    since = f"{entry.started_on.isoformat()} 起" if entry and entry.started_on else ""
    paid = f"{entry.paid_on.isoformat()} 发放" if entry and entry.paid_on else ""
    amount = f"{yuan(entry.amount_fen)} 元" if entry and entry.amount_fen is not None else ""
    said = "，".join(part for part in (entry.category if entry else "", since, paid, amount) if part) or "在册"
    named = [word for word, _ in SUBSIDIES if entry and word in f"{entry.category}{entry.sheet}"]
    is_subsidy = kind == RosterKind.DISABILITY
    return [
        *(said if kind == one else "" for one, _ in ROSTERS),
        *(said if is_subsidy and (word in named or not named) else "" for word, _ in SUBSIDIES),
    ]


def _remark(found: Comparison | None, is_answered: bool) -> str:
    if found is None:
        return "后来又比对过"
    return "预警" if found.is_warned and (is_answered or not found.answer) else ""
