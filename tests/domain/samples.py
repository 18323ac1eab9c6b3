"""The six files of the demo county, read and compared without a database."""

import json
from datetime import date
from pathlib import Path

from backend.domain.comparison import Declared, Listed, Settings, Verdict, compare
from backend.domain.identity import fold_name
from backend.domain.tabular import DeclarationRow, RosterPerson, read_declaration_file, read_roster_file

TODAY = date(2023, 6, 12)


def declared(row: DeclarationRow, order: int = 0) -> Declared:
    """As the verb does it, but with the typed names of places for their codes."""
    day = row.submitted_at.date() if row.submitted_at else TODAY
    return Declared(
        key=row.source_no,
        name=fold_name(row.name),
        person=row.id_number,
        id_text=row.id_text,
        id_fault=row.id_fault,
        township=place(row.township),
        village=place(row.village),
        declared_on=day,
        order=(str(row.submitted_at or day), order),
        members=row.member_ids,
    )


def listed(file: str, person: RosterPerson) -> Listed:
    return Listed(
        ref=f"{file}:{person.sheet}:{person.row}",
        kind=person.kind,
        role=person.role,
        name=fold_name(person.name),
        person=person.id_number,
        id_text=person.id_text,
        township=place(person.township),
        village=place(person.village),
        month=person.month,
        is_whole_household=person.is_whole_household,
        is_stopped=person.is_stopped,
        started_on=person.started_on,
        ended_on=person.ended_on,
        paid_on=person.paid_on,
    )


def place(text: str) -> str:
    for ending in ("村民委员会", "村委会"):
        text = text.removesuffix(ending) + "村" if text.endswith(ending) else text
    return text.strip()


def compare_files(
    declarations: dict[str, bytes],
    rosters: dict[str, bytes],
    settings: Settings | None = None,
    kinds: dict[str, str] | None = None,
    today: date = TODAY,
) -> tuple[dict[str, Verdict], dict[str, int]]:
    rows = [row for name, content in declarations.items() for row in read_declaration_file(content, name, today).rows]
    people: list[Listed] = []
    counts: dict[str, int] = {}
    for name, content in rosters.items():
        reading = read_roster_file(content, name, today, (kinds or {}).get(name))
        people += [listed(name, person) for person in reading.people]
        for kind, count in reading.counts.items():
            counts[kind] = counts.get(kind, 0) + count
    found = compare([declared(row, order) for order, row in enumerate(rows)], people, settings)
    return {verdict.key: verdict for verdict in found}, counts


def sample_folder() -> Path:
    return Path(__file__).parent.parent.parent / "demo" / "samples"


def expected() -> dict:
    return json.loads((Path(__file__).parent.parent / "vectors" / "samples_expected.json").read_text("utf-8"))
