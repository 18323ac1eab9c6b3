"""Tables of 一键报贫 declarations → one record per row (DOMAIN 2.1; 甘民发〔2023〕53号 一)."""

import re
from collections import Counter
from datetime import date, datetime, timedelta
from typing import NamedTuple

from backend.domain.identity import fold_name, mask_id, mask_phone
from backend.domain.tabular.cells import Cell, compact, is_blank, text_of, whole_number
from backend.domain.tabular.dates import Moment, read_moment
from backend.domain.tabular.faults import RowFault
from backend.domain.tabular.layout import Slot
from backend.domain.tabular.people import NO_ID, Person, people_in_text, person_in
from backend.domain.tabular.rows import Row, at
from backend.domain.tabular.tables import Table
from backend.domain.visible_text import visible

# Warnings from declarations did not exist before; a later day than tomorrow is a slip (clocks may differ by a day).
FIRST_DAY = date(2015, 1, 1)
_YES = re.compile(r"^(?:是|已|Y|YES|1|√|同意|有)", re.I)
_NO = re.compile(r"^(?:否|未|N|NO|0|×|不|无|没)", re.I)
# With its neighbours: eight digits out of a number of ten are somebody else's.
_PHONE = re.compile(r"(?<![0-9A-Za-z-])(?:1\d{10}|0\d{2,3}-?\d{7,8}|\d{7,8})(?![0-9A-Za-z])")
_NUMBER = re.compile(r"^[A-Za-z0-9][A-Za-z0-9_\-/]{5,39}$")


class DeclarationRow(NamedTuple):
    """One declaration as typed. source_no "" = the file has none; submitted_at is local wall time.

    id_number "" = cannot be trusted, then id_fault says why and id_text keeps the characters.
    """

    sheet: str
    row: int
    source_no: str
    name: str
    id_number: str
    id_fault: str
    id_text: str
    phone: str
    county: str
    township: str
    village: str
    group: str
    address: str
    area_code: str
    hardship: str
    risk: str
    submitted_at: datetime | None
    pushed_on: date | None
    proxy_name: str
    proxy_relation: str
    family_size: int | None
    is_authorised: bool | None
    member_ids: tuple[str, ...]


class DeclarationReading(NamedTuple):
    rows: list[DeclarationRow]
    seen_rows: int
    faults: list[RowFault]


def read_declarations(table: Table, today: date) -> DeclarationReading:
    """Every declaration of a table; rows without a person or number become faults."""
    reader = _DeclarationReader(table, today)
    for row in table.rows:
        reader.read(row)
    return DeclarationReading(_number_twice(reader), len(table.rows), reader.faults)


def has_declarations(table: Table) -> bool:
    """True when somebody declares something here: a name or number, and what or when."""
    facts = table.layout.facts
    return bool(_applicant(table)) and any(name in facts for name in ("hardship", "submitted_at", "source_no", "risk"))


def _applicant(table: Table) -> Slot | None:
    return table.layout.slot("applicant", "", "head", "member", "staff")


class _DeclarationReader:
    def __init__(self, table: Table, today: date) -> None:
        self.table, self.today = table, today
        self.main = _applicant(table)
        self.proxy = table.layout.slot("proxy")
        self.number_place = table.layout.facts.get("source_no", _find_number_column(table))
        self.rows: list[DeclarationRow] = []
        self.faults: list[RowFault] = []
        if self.number_place is None:
            self._fault(table.header.last + 1, "", "source_no_column_missing")

    def _fault(self, row: int, column: str, code: str, seen: str = "", *, is_kept: bool = True) -> None:
        self.faults.append(RowFault(self.table.sheet, row, column, code, seen[:60], is_kept))

    def _text(self, row: Row, name: str) -> str:
        cell = self.table.value(row.cells, name)
        return "" if is_blank(cell) else text_of(cell)

    def read(self, row: Row) -> None:
        layout = self.table.layout
        main = person_in(self.main, row.cells, self.today) if self.main else None
        number = compact(at(row.cells, self.number_place))
        if main is None and not (number and self._says_something(row)):
            self._fault(
                row.number, layout.heading(self.main.name if self.main else None), "row_without_person", is_kept=False
            )
            return
        main = main or Person("", NO_ID, "", "", None)
        if not main.name:
            self._fault(row.number, layout.heading(self.main.name if self.main else None), "name_missing")
        if main.id.fault:
            place = main.place if main.place is not None else next(iter(self.main.ids if self.main else []), None)
            self._fault(row.number, layout.heading(place), f"id_{main.id.fault}", mask_id(main.id.text))
        self._check_phone(row)
        if self.number_place is not None and not number:
            self._fault(row.number, layout.heading(self.number_place), "source_no_missing")
        self.rows.append(self._record(row, main, number))

    def _says_something(self, row: Row) -> bool:
        """Whether a row without name and ID number still tells a trouble or a telephone number to ask at."""
        told = self._text(row, "hardship") or self._text(row, "risk")
        return bool(told or _phone(at(row.cells, self._phone_place())))

    def _check_phone(self, row: Row) -> None:
        place = self._phone_place()
        told = _phone(at(row.cells, place))
        if told and not _PHONE.fullmatch(told):
            self._fault(row.number, self.table.layout.heading(place), "phone_odd", mask_phone(told))

    def _phone_place(self) -> int | None:
        return self.main.phone if self.main and self.main.phone is not None else self._any_phone()

    def _record(self, row: Row, main: Person, number: str) -> DeclarationRow:
        proxy = person_in(self.proxy, row.cells, self.today) if self.proxy else None
        submitted = self._moment(row, "submitted_at")
        pushed = self._moment(row, "pushed_on")
        authorised = self._text(row, "is_authorised")
        return DeclarationRow(
            self.table.sheet, row.number, number[:60], main.name[:60], main.id.number, main.id.fault, main.id.text[:40],
            _phone(at(row.cells, self._phone_place())), self._text(row, "county"), row.township or self._text(row, "township"),
            self._text(row, "village"), self._text(row, "group")[:40], self._text(row, "address")[:120],
            compact(self.table.value(row.cells, "area_code")),
            visible(str(self.table.value(row.cells, "hardship") or "")).strip()[:2000], self._text(row, "risk")[:60], submitted, pushed and pushed.date(),
            proxy.name[:60] if proxy else "", proxy.relation[:30] if proxy else "",
            whole_number(self.table.value(row.cells, "family_size")),
            True if _YES.match(authorised) else False if _NO.match(authorised) else None, self._members(row),
        )  # fmt: skip

    def _any_phone(self) -> int | None:
        columns = [c for c in self.table.layout.columns if c.meaning.field == "phone"]
        return next((c.position for c in columns if c.meaning.role not in ("proxy", "staff")), None)

    def _moment(self, row: Row, name: str) -> datetime | None:
        cell = self.table.value(row.cells, name)
        if is_blank(cell):
            return None
        moment = read_moment(cell) or self._without_year(cell)
        heading = self.table.layout.heading(self.table.layout.facts.get(name))
        if moment is None:
            self._fault(row.number, heading, "date_unreadable", text_of(cell))
            return None
        if not FIRST_DAY <= moment.at.date() <= self.today + timedelta(days=1):
            self._fault(row.number, heading, "date_impossible", text_of(cell))
            return None
        return moment.at

    def _without_year(self, cell: Cell) -> Moment | None:
        """3月5日 in a file that names its year elsewhere."""
        said = re.match(r"^\d{1,2}月\d{1,2}日", compact(cell))
        year = self.table.as_of_on.year if self.table.as_of_on else int((self.table.month or "0")[:4])
        return read_moment(f"{year}年{text_of(cell)}") if said and year else None

    def _members(self, row: Row) -> tuple[str, ...]:
        slots = [slot for slot in self.table.layout.slots if slot.role == "member" and slot is not self.main]
        people = [person_in(slot, row.cells, self.today) for slot in slots]
        for place in self.table.layout.members:
            people += people_in_text(at(row.cells, place), self.today)
        return tuple(who.id.number for who in people if who is not None and who.id.number)


def _phone(cell: Cell) -> str:
    """The first number that can be dialled; else what was typed, if there are digits in it: somebody will see why."""
    text = compact(cell)
    found = _PHONE.search(text)
    return found[0] if found else text[:30] if re.search(r"\d", text) else ""


def _find_number_column(table: Table) -> int | None:
    """The declaration number under a heading nobody could foresee: all different, letters and digits."""
    taken = set(table.layout.facts.values()) | {p for s in table.layout.slots for p in (s.name, s.phone, *s.ids)}
    for column in table.layout.columns:
        if column.position in taken or column.evidence.filled < 1 or column.evidence.distinct < 0.95:
            continue
        cells = [compact(at(row.cells, column.position)) for row in table.rows[:300]]
        fits = [bool(_NUMBER.match(cell)) and bool(re.search(r"\d{4}", cell)) for cell in cells if cell]
        is_else = column.evidence.moment > 0.5 or column.evidence.near_id > 0.3 or column.evidence.phone > 0.3
        if fits and sum(fits) >= 0.9 * len(fits) and not is_else:
            return column.position
    return None


def _number_twice(reader: _DeclarationReader) -> list[DeclarationRow]:
    """The same number twice: the same person's row counts once, another person's gets a suffix."""
    kept: list[DeclarationRow] = []
    first: dict[str, DeclarationRow] = {}
    times: Counter[str] = Counter()
    heading = reader.table.layout.heading(reader.number_place)
    for row in reader.rows:
        before = first.get(row.source_no)
        if not row.source_no or before is None:
            first[row.source_no] = row
            kept.append(row)
            continue
        is_same = (fold_name(before.name), before.id_text) == (fold_name(row.name), row.id_text)
        code = "row_repeated" if is_same else "source_no_repeated"
        reader.faults.append(RowFault(row.sheet, row.row, heading, code, row.source_no, not is_same))
        if not is_same:
            times[row.source_no] += 1
            kept.append(row._replace(source_no=f"{row.source_no}-{times[row.source_no] + 1}"))
    return kept
