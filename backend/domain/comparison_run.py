"""比对: run the rule over what was imported, and keep one finding per declaration.

甘民发〔2023〕53号 一. What is published or was answered by a person stays as it is; everything else is
found anew, so that a newer roster may be imported and compared at any time (DOMAIN 4.4).
"""

from collections.abc import Callable, Iterable
from typing import Any

from sqlalchemy import ColumnElement, and_, false, func, or_, select

from backend import clock
from backend.codebook import ComparisonCode, Stage
from backend.domain import events, parameters
from backend.domain.comparison import RULE_VERSION, Declared, Listed, Settings, Verdict, compare
from backend.models import (
    Case,
    Comparison,
    ComparisonPast,
    ComparisonRun,
    Declaration,
    ImportBatch,
    RosterEntry,
    User,
    db,
)
from backend.problems import Problem

Progress = Callable[[str, int], None]


def run_comparison(*, actor: User | None, tell: Progress = lambda step, count: None) -> ComparisonRun:
    """Compare every declaration that is not yet published; one event.

    `tell` hears (step, count) for long work. Raises Problem nothing_to_compare.
    """
    settings = _settings(actor.area_codes[0] if actor and actor.area_codes else None)
    settled = set(db.session.scalars(select(Case.declaration_id)))
    settled |= set(db.session.scalars(select(Comparison.declaration_id).where(_stands())))
    waiting = [row for row in db.session.scalars(select(Declaration)) if row.id not in settled]
    if not waiting and not settled:
        raise Problem("nothing_to_compare")
    tell("declarations", len(waiting))
    people = _people()
    tell("people", len(people))
    run = ComparisonRun(
        run_at=clock.now(),
        run_by=actor.id if actor else None,
        rule_version=RULE_VERSION,
        parameters={
            "temporary_window_months": settings.window_months,
            "disability_only_is_receiving": settings.disability_only_is_receiving,
        },
        batch_ids=list(db.session.scalars(select(ImportBatch.id).order_by(ImportBatch.id))),
    )
    db.session.add(run)
    db.session.flush()
    verdicts = compare([_declared(row) for row in waiting], people, settings, _open_cases(), _newest_months())
    _keep(run, verdicts)
    run.counts = count_codes()
    events.record("comparison:run", actor=actor, run=run.id, counts=run.counts)
    return run


def look_up(declaration: Declaration) -> Verdict:
    """What the rosters of today say of one person; nothing is kept."""
    number, name, township = declaration.id_number_lookup, declaration.name_folded, declaration.township_code
    is_same = RosterEntry.id_number_lookup == number if number else false()
    is_near = and_(RosterEntry.name_folded == name, RosterEntry.township_code == township)
    invalid = set() if number else {(name, township)}
    people = [_listed(entry, invalid) for entry in db.session.scalars(select(RosterEntry).where(or_(is_same, is_near)))]
    return compare([_declared(declaration)], people, _settings(declaration.county_code), {}, _newest_months())[0]


def _stands() -> ColumnElement[bool]:
    """Findings that no new run changes: a person answered, or it was merged into a published case.

    A repeat stays merged when that case closes; only what is declared afterwards may open another.
    """
    published = select(Case.declaration_id)
    merged = (Comparison.code == ComparisonCode.DUP) & Comparison.into_declaration_id.in_(published)
    return or_(Comparison.answer.is_not(None), merged)


def _settings(area_code: str | None) -> Settings:
    today, area_code = clock.local(clock.now()).date(), area_code or parameters.PROVINCE
    return Settings(
        window_months=parameters.value("temporary_window_months", on=today, area_code=area_code),
        disability_only_is_receiving=parameters.value("disability_only_is_receiving", on=today, area_code=area_code),
    )


def _declared(row: Declaration) -> Declared:
    return Declared(
        key=row.id,
        name=row.name_folded,
        person=row.id_number_lookup or "",
        id_text="" if row.id_number_lookup else row.id_raw or "",
        id_fault=row.id_problem or "",
        township=row.township_code or "",
        village=row.village_code or "",
        declared_on=clock.local(row.submitted_at).date(),
        order=(row.submitted_at, row.batch_id or 0, row.row or 0),
    )


def _people() -> list[Listed]:
    """Roster people who could be one of the declarants: same number, or same name and township."""
    numbers = select(Declaration.id_number_lookup).where(Declaration.id_number_lookup.is_not(None))
    pairs = select(Declaration.id).where(
        Declaration.name_folded == RosterEntry.name_folded, Declaration.township_code == RosterEntry.township_code
    )
    wanted: ColumnElement[bool] = or_(RosterEntry.id_number_lookup.in_(numbers), pairs.exists())
    invalid = set(
        db.session.execute(
            select(Declaration.name_folded, Declaration.township_code).where(Declaration.id_number_lookup.is_(None))
        )
    )
    return [_listed(entry, invalid) for entry in db.session.scalars(select(RosterEntry).where(wanted))]


def _listed(entry: RosterEntry, invalid: set[Any]) -> Listed:
    """The plain number is opened only for somebody who may be the owner of a damaged one."""
    is_needed = (entry.name_folded, entry.township_code) in invalid
    return Listed(
        ref=entry.id,
        kind=entry.kind,
        role=entry.role,
        name=entry.name_folded,
        person=entry.id_number_lookup or "",
        id_text=(entry.id_number or "") if is_needed else "",
        township=entry.township_code or "",
        village=entry.village_code or "",
        month=entry.month,
        is_whole_household=entry.is_whole_household,
        is_stopped=entry.is_stopped,
        started_on=entry.started_on,
        ended_on=entry.ended_on,
        paid_on=entry.paid_on,
    )


def _newest_months() -> dict[tuple[str, str], set[str]]:
    """Which months of each kind of roster cover a township, over all people and not only those in question."""
    query = select(RosterEntry.kind, RosterEntry.township_code, RosterEntry.month).distinct()
    months: dict[tuple[str, str], set[str]] = {}
    for kind, township, month in db.session.execute(query):
        if month:
            months.setdefault((kind, township or ""), set()).add(month)
    return months


def _open_cases() -> dict[str, str]:
    query = (
        select(Declaration.id_number_lookup, Declaration.id)
        .join(Case, Case.declaration_id == Declaration.id)
        .where(Case.stage != Stage.CLOSED, Declaration.id_number_lookup.is_not(None))
    )
    return {lookup: key for lookup, key in db.session.execute(query) if lookup}


def _keep(run: ComparisonRun, verdicts: Iterable[Verdict]) -> None:
    before = {finding.declaration_id: finding for finding in db.session.scalars(select(Comparison))}
    for verdict in verdicts:
        finding = before.get(verdict.key)
        if finding is None:
            finding = Comparison(declaration_id=verdict.key)
            db.session.add(finding)
        elif (finding.code, finding.roster_kind) != (verdict.code, verdict.roster):
            keep_past(finding)
        finding.run_id = run.id
        finding.code, finding.is_warned, finding.is_priority = verdict.code, verdict.warned, verdict.is_priority
        finding.roster_kind, finding.roster_entry_id = verdict.roster, verdict.row
        finding.into_declaration_id = verdict.into
        finding.reason, finding.notes = verdict.reason, verdict.notes
    db.session.flush()


def keep_past(finding: Comparison) -> None:
    """Note what a finding has said until now, before it says something else or goes, so that figures of then stay."""
    now = clock.now()
    db.session.add(
        ComparisonPast(
            declaration_id=finding.declaration_id, code=finding.code, roster_kind=finding.roster_kind,
            from_at=min(finding.found_at or finding.run.run_at, now), until_at=now,
        )
    )  # fmt: skip
    finding.found_at = now


def count_codes() -> dict[str, int]:
    """How many declarations stand at each code now."""
    rows = db.session.execute(select(Comparison.code, func.count()).group_by(Comparison.code).order_by(Comparison.code))
    return {code: count for code, count in rows}
