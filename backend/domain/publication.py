"""预警发布 (甘民发〔2023〕53号 一、二): declarations found on no roster become cases with a clock."""

from collections.abc import Callable, Iterable
from datetime import datetime

from sqlalchemy import Select, func, select

from backend import access, clock
from backend.codebook import Stage
from backend.domain import events, parameters, running_numbers
from backend.domain.deadline import due_at
from backend.models import Case, Comparison, Declaration, User, db
from backend.problems import Problem


def waiting(actor: User | None) -> Select[tuple[Comparison]]:
    """Findings that are warnings and not yet published, oldest declaration first, within sight."""
    published = select(Case.id).where(Case.declaration_id == Declaration.id).correlate(Declaration)
    query = (
        select(Comparison)
        .join(Declaration, Comparison.declaration_id == Declaration.id)
        .where(Comparison.is_warned, ~published.exists())
        .order_by(Declaration.submitted_at, Declaration.source_no)
    )
    if actor is not None:
        seen = access.visible_declarations(actor).with_only_columns(Declaration.id)
        query = query.where(Declaration.id.in_(seen))
    return query


def next_number(kind: str, county_code: str, day: str) -> Callable[[], str]:
    """Gives the numbers of a county and a day, one after the other; `kind` YJ is a warning, FX a household found."""
    prefix = f"{kind}{county_code}-{day}-"
    last = db.session.scalar(select(func.max(Case.number)).where(Case.number.startswith(prefix)))
    part = last.rsplit("-", 1)[1] if last else None

    def number() -> str:
        nonlocal part
        part = running_numbers.following(part)
        return f"{prefix}{part}"

    return number


def publish_warnings(findings: Iterable[Comparison], *, actor: User | None, at: datetime | None = None) -> list[Case]:
    """Make a case of each finding, with its warning number, `published_at` and `due_at`.

    `at` is the instant of publication (default now). The count mode and limit of the day are kept on
    the case. One event for each case. Raises Problem nothing_to_publish for no findings, and
    township_missing when a declaration's township is unknown.
    """
    published_at = (at or clock.now()).replace(microsecond=0)
    day = clock.local(published_at).date()
    numbers: dict[str, Callable[[], str]] = {}
    cases = []
    for finding in findings:
        declaration = finding.declaration
        if not declaration.township_code or not declaration.county_code:
            raise Problem("township_missing", number=declaration.source_no)
        county = declaration.county_code
        if county not in numbers:
            numbers[county] = next_number("YJ", county, f"{day:%Y%m%d}")
        case = open_case(declaration, numbers[county](), published_at, is_priority=finding.is_priority)
        events.record("warning:published", actor=actor, case=case, code=finding.code, due_at=clock.iso(case.due_at))
        cases.append(case)
    if not cases:
        raise Problem("nothing_to_publish")
    return cases


def open_case(
    declaration: Declaration, number: str, published_at: datetime, *, is_priority: bool = False, **columns: object
) -> Case:
    """A case with the clock of the day it begins, waiting to be assigned; part of the verb that begins it."""
    day, county = clock.local(published_at).date(), declaration.county_code or ""
    limit = parameters.value("visit_limit_days", on=day, area_code=county)
    mode = parameters.value("visit_count_mode", on=day, area_code=county)
    case = Case(
        number=number,
        declaration=declaration,
        applicant_name=declaration.applicant_name,
        county_code=county,
        township_code=declaration.township_code,
        village_code=declaration.village_code,
        group_text=declaration.group_text,
        stage=Stage.WARNED,
        published_at=published_at,
        due_at=due_at(
            published_at, limit, mode,
            roll_forward=parameters.value("visit_roll_forward", on=day, area_code=county),
            exceptions=parameters.value("workday_exceptions", on=day, area_code=county),
        ),
        count_mode=mode,
        limit_days=limit,
        is_priority=is_priority,
        revision=0,
        **columns,
    )  # fmt: skip
    db.session.add(case)
    return case
