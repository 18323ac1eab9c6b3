"""Tables of a roster file → one entry per person and role (DOMAIN 2.2, 2.3; 甘民发〔2023〕53号 一)."""

import re
from datetime import date
from typing import NamedTuple

from backend.domain.identity import mask_id
from backend.domain.tabular.cells import Cell, compact, is_blank, money_fen, text_of
from backend.domain.tabular.dates import read_moment
from backend.domain.tabular.faults import RowFault
from backend.domain.tabular.households import Household, settle_households
from backend.domain.tabular.kinds import child_kind_of_value
from backend.domain.tabular.layout import Slot
from backend.domain.tabular.people import Person, people_in_text, person_in
from backend.domain.tabular.rows import Row, at
from backend.domain.tabular.standing import Signs, Standing, judge, read_status
from backend.domain.tabular.tables import Table

RELATED = {
    "guardian": "guardian",
    "carer": "carer",
    "collector": "collector",
    "proxy": "collector",
    "father": "father",
    "mother": "mother",
    "head": "other",
    "applicant": "other",
    "member": "other",
    "": "other",
}


# The first of these days that a row of the ledger has.
PAID = ("paid_on", "approved_on", "start_on", "submitted_at", "roster_month")


class RosterPerson(NamedTuple):
    """One person in one row: role self, head, member or a related one; only the first three receive.

    is_whole_household is None outside 低保 and where the file does not say; days are local.
    """

    sheet: str
    row: int
    month: str | None
    kind: str
    role: str
    name: str
    id_number: str
    id_fault: str
    id_text: str
    county: str
    township: str
    village: str
    address: str
    area_code: str
    household_key: str
    is_whole_household: bool | None
    category: str
    status: str
    is_stopped: bool
    started_on: date | None
    ended_on: date | None
    paid_on: date | None
    amount_fen: int | None


class RosterReading(NamedTuple):
    """rows: how many rows of the file stand for people (households for 低保)."""

    people: list[RosterPerson]
    rows: int
    faults: list[RowFault]


def read_roster(table: Table, kind: str, today: date) -> RosterReading:
    """Every person of a roster table; rows without anybody become faults."""
    reader = _RosterReader(table, kind, today)
    for row in table.rows:
        reader.read(row)
    people = settle_households(reader.people, reader.is_long) if kind == "dibao" else reader.people
    return RosterReading(people, reader.rows, reader.faults)


class _RosterReader:
    def __init__(self, table: Table, kind: str, today: date) -> None:
        self.table, self.kind, self.today = table, kind, today
        self.people: list[RosterPerson] = []
        self.faults: list[RowFault] = []
        self.rows = 0
        self.main, self.others = self._choose_main()
        self.household = Household(table, self.main, kind)
        self.is_long = self.household.is_long
        self.starts_say_month = self._starts_say_month()
        self.is_stop_sheet = bool(
            re.search("停发|停保|取消|清退|退出|注销|减员|终止|死亡", table.sheet + " ".join(table.title[:2]))
        )
        self.is_stop_sheet &= not re.search("在享|在保|增减|变动|新增", table.sheet + " ".join(table.title[:2]))

    def _choose_main(self) -> tuple[Slot | None, list[Slot]]:
        order = ("", "head", "applicant", "member") if self.kind != "temporary" else ("", "applicant", "head", "member")
        main = self.table.layout.slot(*order)
        slots = self.table.layout.slots
        head = self.table.layout.slot("head")
        unsaid = [slot for slot in slots if slot.role == "" and slot.is_named]
        members = [slot for slot in slots if slot.role == "member" and slot.is_named]
        if self.kind == "dibao" and head is not None and main is not head and len(unsaid) > 1:
            # A head followed by several pairs without a word: the pairs are the household's members.
            main = head
        elif self.kind == "dibao" and head is not None and len(unsaid) + len(members) == 1:
            # One head and one other person: a row per member, unless every row has a head of its own.
            other = (unsaid or members)[0]
            is_long = not head.ids or (other.nth == 0 and (other.relation is not None or self._heads_repeat(head)))
            main = other if is_long else head
        return main, [slot for slot in slots if slot is not main and slot.role != "staff"]

    def _starts_say_month(self) -> bool:
        """享受时间 2023-06 in every row of June's list names the list's month, not when benefits began."""
        place = self.table.layout.facts.get("start_on")
        moments = [read_moment(at(row.cells, place)) for row in self.table.rows[:300]]
        months = {f"{moment.at:%Y-%m}" for moment in moments if moment}
        return len(moments) >= 5 and months == {self.table.month}

    def _heads_repeat(self, head: Slot) -> bool:
        seen = self.table.layout.columns[head.name if head.name is not None else head.ids[0]].evidence
        return seen.distinct < 0.95 or seen.filled < 0.9 * min(300, len(self.table.rows))

    def read(self, row: Row) -> None:
        cells = self.household.complete(row)
        main = person_in(self.main, cells, self.today) if self.main else None
        others = [(slot, who) for slot in self.others if (who := person_in(slot, cells, self.today)) is not None]
        inside = [who for place in self.table.layout.members for who in people_in_text(at(cells, place), self.today)]
        if main is None and not others and not inside:
            self.faults.append(
                RowFault(self.table.sheet, row.number, self._name_heading(), "row_without_person", is_kept=False)
            )
            return
        self.rows += 1
        standing = self._standing(cells)
        listed = 1 + sum(1 for slot, _ in others if slot.role in ("member", "")) + len(inside)
        whole = self.household.is_whole(cells, listed) if self.kind == "dibao" else None
        shared = self._shared(row, cells, standing, whole)
        if main is not None:
            self._add(shared, self._main_role(main, standing), main)
            self._report(row, main)
        for slot, who in others:
            self._add(shared, self._role_of(slot, standing, who), who)
        for who in inside:
            self._add(shared, "other" if standing.is_refused or self.kind != "dibao" else "member", who)

    def _name_heading(self) -> str:
        return self.table.layout.heading(self.main.name if self.main else None)

    def _main_role(self, who: Person, standing: Standing) -> str:
        covered = read_status(who.covered, "")
        if standing.is_refused or covered == "stopped":
            return "other"
        if self.kind != "dibao" or self.main is None:
            return "self"
        if covered == "active":
            return "covered"
        if self.main.role == "head" or re.match(r"^(?:户主|本人|之?户主本人|主)$", who.relation):
            return "head"
        return "member" if who.relation and self.main.relation is not None else "self"

    def _role_of(self, slot: Slot, standing: Standing, who: Person) -> str:
        covered = read_status(who.covered, "")
        if standing.is_refused or covered == "stopped":
            return "other"
        if self.kind == "dibao" and slot.role in ("member", ""):
            return "covered" if covered == "active" else "member"
        if self.kind == "dibao" and slot.role == "head" and self.household.is_long:
            return "listed_head"
        return RELATED.get(slot.role, "other")

    def _standing(self, cells: list[Cell]) -> Standing:
        table, facts = self.table, self.table.layout.facts
        heading = table.layout.heading
        return judge(
            Signs(
                status=table.value(cells, "status"),
                status_heading=heading(facts.get("status")),
                flag=table.value(cells, "is_stopped"),
                flag_heading=heading(facts.get("is_stopped")),
                reason=table.value(cells, "stop_reason"),
                stop=table.value(cells, "stop_on"),
                stop_heading=heading(facts.get("stop_on")),
                until=table.value(cells, "valid_until"),
                period=table.value(cells, "period"),
                start=None if self.starts_say_month else table.value(cells, "start_on"),
                remark=table.value(cells, "remarks"),
                is_stop_sheet=self.is_stop_sheet,
            )
        )

    def _shared(self, row: Row, cells: list[Cell], standing: Standing, whole: bool | None) -> RosterPerson:
        """What all people of a row have in common, with nobody in it yet."""
        table = self.table

        def fact(name: str) -> str:
            cell = table.value(cells, name)
            return "" if is_blank(cell) else text_of(cell)

        kind = self.kind
        if kind in ("orphan", "unsupported"):
            kind = child_kind_of_value(fact("category"), kind)
        paid = next((moment for name in PAID if (moment := read_moment(table.value(cells, name)))), None)
        return RosterPerson(
            table.sheet, row.number, self._month(cells), kind, "", "", "", "", "", fact("county"), row.township,
            fact("village"), fact("address") or fact("group"), compact(fact("area_code")), self.household.key(cells),
            whole, fact("category")[:40], standing.text, standing.is_stopped, standing.started_on, standing.ended_on,
            paid.first_day if paid and self.kind == "temporary" else None, money_fen(table.value(cells, "amount")),
        )  # fmt: skip

    def _month(self, cells: list[Cell]) -> str | None:
        named = read_moment(self.table.value(cells, "roster_month"))
        return f"{named.at:%Y-%m}" if named else self.table.month

    def _add(self, shared: RosterPerson, role: str, who: Person) -> None:
        number, _, fault, text = who.id[:4]
        self.people.append(shared._replace(role=role, name=who.name, id_number=number, id_fault=fault, id_text=text))

    def _report(self, row: Row, who: Person) -> None:
        sheet, layout = self.table.sheet, self.table.layout
        if not who.name:
            self.faults.append(RowFault(sheet, row.number, self._name_heading(), "name_missing"))
        if who.id.fault:
            seen = mask_id(who.id.text)
            self.faults.append(RowFault(sheet, row.number, layout.heading(who.place), f"id_{who.id.fault}", seen))
