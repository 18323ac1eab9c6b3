"""Imported files within sight, and whether another one looks like one of them although its bytes differ."""

from collections.abc import Sequence

from flask_login import current_user
from sqlalchemy import Select, func, or_, select

from backend import clock
from backend.domain.tabular import DeclarationFile, RosterFile
from backend.extensions import key_ring
from backend.models import Declaration, ImportBatch, Posting, RosterEntry, db
from backend.problems import Problem

# Of a large file every so-many-th person: enough to say "nearly the same".
SAMPLED, FEWEST, ALIKE_PERCENT = 400, 5, 90


def visible_batches() -> Select[tuple[ImportBatch]]:
    """Batches of the user's county: imported by somebody posted there, or from the command line."""
    counties = {code[:6] for code in current_user.area_codes}
    near = select(Posting.user_id).where(or_(*(Posting.area_code.startswith(code) for code in counties)))
    return select(ImportBatch).where(or_(ImportBatch.imported_by.is_(None), ImportBatch.imported_by.in_(near)))


def find_batch(batch_id: int) -> ImportBatch:
    """A batch within sight, else Problem not_found."""
    batch = db.session.scalar(visible_batches().where(ImportBatch.id == batch_id))
    if batch is None:
        raise Problem("not_found")
    return batch


def look_alike(reading: DeclarationFile | RosterFile) -> dict[str, str | int] | None:
    """The imported file that names nearly the same people for the same month: its name, when, and how many of how many."""
    people = _sample(reading)
    if len(people) < FEWEST:
        return None
    if isinstance(reading, RosterFile):
        kinds = sorted(reading.counts)
        rows, number = RosterEntry, RosterEntry.id_number_lookup
        same = [RosterEntry.kind.in_(kinds), ImportBatch.roster_month.is_not_distinct_from(reading.month)]
    else:
        rows, number, same = Declaration, Declaration.id_number_lookup, []
    found = func.count(number.distinct())
    query = (
        visible_batches().join(rows, rows.batch_id == ImportBatch.id).where(number.in_(people), *same)
        .add_columns(found).group_by(ImportBatch.id).order_by(found.desc(), ImportBatch.id.desc()).limit(1)
    )  # fmt: skip
    row = db.session.execute(query).first()
    if row is None or row[1] * 100 < len(people) * ALIKE_PERCENT:
        return None
    when = f"{clock.local(row[0].imported_at):%Y-%m-%d %H:%M}"
    return {"name": row[0].file_name, "when": when, "people": len(people), "known": row[1]}


def _sample(reading: DeclarationFile | RosterFile) -> Sequence[str]:
    if isinstance(reading, RosterFile):
        numbers = sorted({person.id_number for person in reading.people if person.id_number})
    elif any(row.source_no for row in reading.rows):
        # Declarations with a number are known by it, each for itself.
        return []
    else:
        numbers = sorted({row.id_number for row in reading.rows if row.id_number})
    ring = key_ring()
    return [ring.lookup(number) for number in numbers[:: max(1, len(numbers) // SAMPLED)]]
