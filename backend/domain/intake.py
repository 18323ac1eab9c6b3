"""导入: declarations pushed by the province and the rosters of 民政, whole files or nothing.

甘民发〔2023〕53号 一: 省乡村振兴部门定期推送申报信息，民政部门与五类人员信息比对. A file comes in once;
rows with something wrong stay with the batch and say so, and damaged numbers keep their place.
"""

from collections.abc import Iterable
from datetime import date, datetime, time

from sqlalchemy import insert, select

from backend import clock
from backend.domain import events
from backend.domain.identity import fold_name
from backend.domain.intake_places import LocatedRow, locate
from backend.domain.tabular import DeclarationFile, DeclarationRow, RosterFile, RosterPerson, RowFault
from backend.extensions import key_ring
from backend.models import Declaration, ImportBatch, RosterEntry, RowProblem, User, db
from backend.models.base import new_id
from backend.problems import Problem

SOURCE = "yijianbaopin"
_CHUNK = 2000


def find_import(sha256: str) -> ImportBatch | None:
    """The batch that already holds exactly this file."""
    return db.session.scalar(select(ImportBatch).where(ImportBatch.sha256 == sha256))


def refuse_second_import(sha256: str) -> None:
    """Raises Problem already_imported, saying when, for a file that came in before."""
    before = find_import(sha256)
    if before is not None:
        when = clock.local(before.imported_at).strftime("%Y-%m-%d %H:%M")
        raise Problem("already_imported", when=when, name=before.file_name)


def _open_batch(subject: str, file_name: str, sha256: str, actor: User | None) -> ImportBatch:
    refuse_second_import(sha256)
    batch = ImportBatch(
        subject=subject,
        file_name=file_name[:200],
        sha256=sha256,
        imported_at=clock.now(),
        imported_by=actor.id if actor else None,
    )
    db.session.add(batch)
    db.session.flush()
    return batch


def import_declarations(reading: DeclarationFile, *, file_name: str, sha256: str, actor: User | None) -> ImportBatch:
    """Keep every declaration of a read file and what was wrong with its rows; one event.

    Raises Problem already_imported. Numbers imported before are left out and noted.
    """
    batch = _open_batch("declarations", file_name, sha256, actor)
    batch.as_of_on, batch.columns = reading.as_of_on, [list(note) for note in reading.columns]
    known = _known_numbers(row.source_no for row in reading.rows)
    faults, kept = list(reading.faults), 0
    for found in locate(reading.rows, actor):
        row = found.row
        number = row.source_no or f"{sha256[:8]}-{row.row:05d}"
        if number in known:
            faults.append(RowFault(row.sheet, row.row, "", "already_declared", number, is_kept=False))
            continue
        faults += _place_faults(row, found)
        declared_at, told = _submitted_at(row, reading.as_of_on)
        if told:
            faults.append(RowFault(row.sheet, row.row, "", "time_missing", told))
        db.session.add(_declaration(batch, found, number, declared_at))
        kept += 1
    _close_batch(batch, faults, reading.seen_rows, kept)
    events.record("declarations:imported", actor=actor, batch=batch.id, rows=reading.seen_rows, kept=kept)
    return batch


def _known_numbers(numbers: Iterable[str]) -> set[str]:
    wanted = sorted({number for number in numbers if number})
    known: set[str] = set()
    for start in range(0, len(wanted), 500):
        query = select(Declaration.source_no).where(
            Declaration.source == SOURCE, Declaration.source_no.in_(wanted[start : start + 500])
        )
        known |= set(db.session.scalars(query))
    return known


def _submitted_at(row: DeclarationRow, as_of_on: date | None) -> tuple[datetime, str]:
    """The instant of declaring, and which day stands in for it when the file has none."""
    if row.submitted_at is not None:
        return row.submitted_at.replace(tzinfo=clock.SHANGHAI), ""
    day = row.pushed_on or as_of_on
    if day is None:
        return clock.now(), clock.local(clock.now()).date().isoformat()
    return datetime.combine(day, time(), tzinfo=clock.SHANGHAI), day.isoformat()


def _declaration(
    batch: ImportBatch, found: LocatedRow[DeclarationRow], number: str, submitted_at: datetime
) -> Declaration:
    row, place = found.row, found.place
    declaration = Declaration(
        source=SOURCE,
        source_no=number,
        batch_id=batch.id,
        row=row.row,
        applicant_name=row.name or "?",
        name_folded=fold_name(row.name),
        id_problem=row.id_fault or None,
        hardship_text=row.hardship,
        risk_text=row.risk,
        county_code=place.county_code,
        township_code=place.township_code,
        village_code=place.village_code,
        area_text=found.text[:120],
        group_text=row.group,
        family_size=row.family_size,
        is_proxy=bool(row.proxy_name),
        proxy_name=row.proxy_name,
        proxy_relation=row.proxy_relation,
        is_authorised=row.is_authorised,
        submitted_at=submitted_at,
        pushed_on=row.pushed_on,
    )
    declaration.id_number, declaration.phone = row.id_number or None, row.phone or None
    declaration.id_raw = row.id_text or None
    return declaration


def import_roster(reading: RosterFile, *, file_name: str, sha256: str, actor: User | None) -> ImportBatch:
    """Keep everybody a roster file names, in their roles; one event. Raises Problem already_imported."""
    batch = _open_batch("roster", file_name, sha256, actor)
    batch.roster_kinds, batch.roster_month = sorted(reading.counts), reading.month
    batch.as_of_on, batch.columns = reading.as_of_on, [list(note) for note in reading.columns]
    faults = list(reading.faults)
    last: tuple[str, int] | None = None
    rows = []
    for found in locate(reading.people, actor):
        person = found.row
        if (person.sheet, person.row) != last:
            faults += _place_faults(person, found)
        last = (person.sheet, person.row)
        rows.append(_entry(batch, found))
    for start in range(0, len(rows), _CHUNK):
        db.session.execute(insert(RosterEntry), rows[start : start + _CHUNK])
    seen = sum(reading.counts.values())
    _close_batch(batch, faults, seen + sum(not fault.is_kept for fault in reading.faults), seen)
    events.record("roster:imported", actor=actor, batch=batch.id, counts=reading.counts, month=reading.month)
    return batch


def _entry(batch: ImportBatch, found: LocatedRow[RosterPerson]) -> dict[str, object]:
    """Column values; written in bulk, since a county's roster has tens of thousands of people."""
    person, place, entry_id = found.row, found.place, new_id()
    ring, number = key_ring(), person.id_number
    return {
        "id": entry_id,
        "batch_id": batch.id,
        "kind": person.kind,
        "role": person.role,
        "sheet": person.sheet[:60],
        "row": person.row,
        "month": person.month,
        "name": person.name[:60],
        "name_folded": fold_name(person.name)[:60],
        "id_number_sealed": ring.seal(number, aad=f"roster_entry.id_number:{entry_id}") if number else None,
        "id_number_lookup": ring.lookup(number) if number else None,
        "id_problem": person.id_fault or None,
        "township_code": place.township_code,
        "village_code": place.village_code,
        "household_key": ring.lookup(person.household_key) if person.household_key else None,
        "is_whole_household": person.is_whole_household,
        "category": person.category,
        "status_text": person.status[:20],
        "is_stopped": person.is_stopped,
        "started_on": person.started_on,
        "ended_on": person.ended_on,
        "paid_on": person.paid_on,
        "amount_fen": person.amount_fen,
    }


def _place_faults(
    row: DeclarationRow | RosterPerson, found: LocatedRow[DeclarationRow] | LocatedRow[RosterPerson]
) -> list[RowFault]:
    if not found.place.fault:
        return []
    return [RowFault(row.sheet, row.row, "", found.place.fault, found.text[:60])]


def _close_batch(batch: ImportBatch, faults: list[RowFault], seen: int, kept: int) -> None:
    batch.row_count, batch.kept_count = seen, kept
    db.session.add_all(
        RowProblem(
            batch_id=batch.id,
            sheet=fault.sheet[:60],
            row=fault.row,
            column=fault.column[:60],
            code=fault.code,
            seen=fault.seen[:120],
            is_kept=fault.is_kept,
        )
        for fault in faults
    )
    db.session.flush()
