"""Files of the offices → declarations and roster people, whatever their headings, sheets and dirt.

`read_declaration_file` and `read_roster_file` are the two doors; both are pure and raise TableError
for a file that cannot be used at all. Single rows that are wrong come back as RowFaults.
"""

from datetime import date
from typing import NamedTuple

from backend.domain.tabular.declarations import DeclarationRow, has_declarations, read_declarations
from backend.domain.tabular.faults import RowFault, TableError
from backend.domain.tabular.kinds import CHILD, DECLARATIONS, ROSTER_KINDS, child_kind, is_other_list, kind_of, weigh
from backend.domain.tabular.notes import ColumnNote
from backend.domain.tabular.rosters import RosterPerson, read_roster
from backend.domain.tabular.tables import Table, find_tables
from backend.domain.tabular.workbook import read_workbook

__all__ = [
    "ROSTER_KINDS",
    "ColumnNote",
    "DeclarationFile",
    "DeclarationRow",
    "RosterFile",
    "RosterPerson",
    "RowFault",
    "TableError",
    "read_declaration_file",
    "read_roster_file",
]


class DeclarationFile(NamedTuple):
    rows: list[DeclarationRow]
    seen_rows: int
    faults: list[RowFault]
    columns: list[ColumnNote]
    as_of_on: date | None


class RosterFile(NamedTuple):
    """counts: rows by kind; month is the newest month any of the sheets names, as yyyy-mm."""

    people: list[RosterPerson]
    counts: dict[str, int]
    faults: list[RowFault]
    columns: list[ColumnNote]
    month: str | None
    as_of_on: date | None


def read_declaration_file(content: bytes, file_name: str, today: date) -> DeclarationFile:
    """Read every declaration of a file.

    Raises TableError of `read_workbook`, and no_header, no_rows, not_declarations.
    """
    tables = _visible(_tables(content, file_name, today))
    kinds = {id(table): kind_of(table, file_name) for table in tables}
    chosen = [table for table in tables if kinds[id(table)] == DECLARATIONS and has_declarations(table)]
    if not chosen:
        # Whoever imports declarations says so; only a plain roster is refused.
        chosen = [table for table in tables if has_declarations(table) and not _is_plain_roster(table, file_name)]
    if not chosen:
        raise TableError("not_declarations", seen=next((kinds[id(table)] for table in tables if kinds[id(table)]), ""))
    readings = [read_declarations(table, today) for table in chosen]
    faults = [fault for reading in readings for fault in reading.faults]
    rows = _once(readings_rows := [row for reading in readings for row in reading.rows], faults)
    if not readings_rows:
        raise TableError("no_rows")
    as_of = next((table.as_of_on for table in chosen if table.as_of_on), None)
    return DeclarationFile(rows, sum(reading.seen_rows for reading in readings), faults, _columns(chosen), as_of)


def read_roster_file(content: bytes, file_name: str, today: date, kind: str | None = None) -> RosterFile:
    """Read every roster of a file; `kind` (a roster kind or "child") overrules what is detected.

    Raises TableError of `read_workbook`, and no_header, no_rows, wrong_kind, kind_unknown,
    other_list, not_roster.
    """
    tables = _visible(_tables(content, file_name, today))
    people: list[RosterPerson] = []
    counts: dict[str, int] = {}
    faults: list[RowFault] = []
    chosen: list[Table] = []
    refused: list[tuple[str, str]] = []
    for table in tables:
        found, why = _roster_kind(table, file_name, kind)
        if why:
            refused.append((why, kind_of(table, file_name)))
            faults.append(RowFault(table.sheet, table.header.first + 1, "", why, is_kept=False))
            continue
        reading = read_roster(table, found, today)
        chosen.append(table)
        people += reading.people
        faults += reading.faults
        counts[found] = counts.get(found, 0) + reading.rows
    if not chosen:
        raise TableError(refused[0][0], told=kind or "", seen=refused[0][1])
    if not people:
        raise TableError("no_rows")
    months = {person.month for person in people if person.month}
    as_of = next((table.as_of_on for table in chosen if table.as_of_on), None)
    return RosterFile(people, counts, faults, _columns(chosen), max(months, default=None), as_of)


def _tables(content: bytes, file_name: str, today: date) -> list[Table]:
    grids = read_workbook(content)
    tables = find_tables(grids, today, file_name)
    if not tables:
        raise TableError("no_header" if any(grid.rows for grid in grids) else "empty_file")
    with_people = [table for table in tables if any(slot.is_named for slot in table.layout.slots)]
    if not with_people:
        raise TableError("no_people_columns")
    return with_people


def _is_plain_roster(table: Table, file_name: str) -> bool:
    points = weigh(table, file_name)
    return is_other_list(table, file_name) or max(points[kind] for kind in ROSTER_KINDS) >= 8


def _visible(tables: list[Table]) -> list[Table]:
    """Hidden sheets hold lists of codes and last month's copies; they count only when all are hidden."""
    return [table for table in tables if table.is_visible] or tables


def _roster_kind(table: Table, file_name: str, told: str | None) -> tuple[str, str]:
    """(kind, "") or ("", why this table cannot be taken)."""
    seen, points = kind_of(table, file_name), weigh(table, file_name)
    if is_other_list(table, file_name):
        return "", "other_list"
    if told is None:
        if seen == DECLARATIONS:
            best = max(ROSTER_KINDS, key=lambda name: points[name])
            return (best, "") if points[best] >= 6 and points[seen] < 8 else ("", "not_roster")
        return (seen, "") if seen else ("", "kind_unknown")
    allowed = ("orphan", "unsupported") if told == CHILD else (told,)
    is_elsewhere = seen and seen not in allowed and points[seen] >= 8
    if is_elsewhere and max(points[name] for name in allowed) < 4:
        return "", "wrong_kind"
    if is_elsewhere and points[seen] >= 2 * max(points[name] for name in allowed):
        return "", "wrong_kind"
    return (child_kind(table, file_name) if told == CHILD else told), ""


def _once(rows: list[DeclarationRow], faults: list[RowFault]) -> list[DeclarationRow]:
    """Numbers repeated on another sheet of the same file count once."""
    seen: set[str] = set()
    kept = []
    for row in rows:
        if row.source_no and row.source_no in seen:
            faults.append(RowFault(row.sheet, row.row, "", "row_repeated", row.source_no, is_kept=False))
            continue
        seen.add(row.source_no)
        kept.append(row)
    return kept


def _columns(tables: list[Table]) -> list[ColumnNote]:
    return [
        ColumnNote(table.sheet, column.shown, column.meaning.field, column.meaning.role)
        for table in tables
        for column in table.layout.columns
        if column.shown
    ]
