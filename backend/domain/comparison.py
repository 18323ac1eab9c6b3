"""比对: one code for every declaration, the first that holds in the order of DOMAIN 11.

甘民发〔2023〕53号 一: 将申报信息与农村低保、特困供养、临时救助、孤儿（事实无人抚养儿童）、残疾人两项补贴
人员信息比对，将未享受救助的人员纳入预警. Rows, times and parameters come in; verdicts go out.
"""

import calendar
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from backend.domain.identity import is_one_slip_apart
from backend.domain.superseding import current_people

RULE_VERSION = "2023-53-1"
WARNED = frozenset({"M6", "M7", "M9"})
RELATED_ROLES = frozenset({"guardian", "carer", "collector"})
KIND_ORDER = ("dibao", "tekun", "orphan", "unsupported", "disability", "temporary")


@dataclass(frozen=True, slots=True)
class Declared:
    """One declaration. key: its source number; person: what stands for the valid ID ("" = invalid);
    id_text: the characters of an invalid one; order: place among declarations of the same time."""

    key: str
    name: str
    person: str
    id_text: str
    id_fault: str
    township: str
    village: str
    declared_on: date
    order: tuple[object, ...] = ()
    members: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Listed:
    """One person in one roster row; `ref` leads back to the row. Names are folded on both sides."""

    ref: str
    kind: str
    role: str
    name: str
    person: str
    id_text: str
    township: str
    village: str
    month: str | None = None
    is_whole_household: bool | None = None
    is_stopped: bool = False
    started_on: date | None = None
    ended_on: date | None = None
    paid_on: date | None = None

    @property
    def is_beneficiary(self) -> bool:
        """本人, 户主, 整户保成员; a member of a single person's guarantee is not one."""
        return self.role in ("self", "head") or (self.role == "member" and self.is_whole_household is not False)


@dataclass(frozen=True, slots=True)
class Settings:
    """Dated parameters: months back for 临时救助; whether 两项补贴 alone counts as receiving;
    whether a declared member's 整户 guarantee counts for the household (DOMAIN 4.3)."""

    window_months: int = 6
    disability_only_is_receiving: bool = True


@dataclass(slots=True)
class Verdict:
    """code, warned, and why: `reason` and `notes` are codes of the codebook; `row` a Listed.ref."""

    key: str
    code: str
    reason: str
    warned: bool = False
    roster: str | None = None
    row: str | None = None
    into: str | None = None
    is_priority: bool = False
    notes: list[str] = field(default_factory=list)


def compare(
    declarations: Iterable[Declared],
    people: Iterable[Listed],
    settings: Settings | None = None,
    open_cases: Mapping[str, str] | None = None,
    covered_months: Mapping[tuple[str, str], set[str]] | None = None,
) -> list[Verdict]:
    """One verdict per declaration, in the order they were declared.

    open_cases: person → key of the declaration whose published case is still open; covered_months:
    (kind, township) → months for which there are rosters, when `people` holds only those in question.
    """
    rosters = Rosters(current_people(people, covered_months))
    settings = settings or Settings()
    opened = dict(open_cases or {})
    verdicts = []
    for declared in sorted(declarations, key=lambda one: one.order):
        into = opened.get(declared.person) if declared.person else None
        if into is not None and into != declared.key:
            verdicts.append(Verdict(declared.key, "DUP", "repeated", into=into))
            continue
        verdict = judge(declared, rosters, settings)
        verdict.warned = verdict.code in WARNED
        if verdict.warned and declared.person:
            opened[declared.person] = declared.key
        verdicts.append(verdict)
    return verdicts


class Rosters:
    """Roster people found by person, and by name within a township."""

    def __init__(self, people: Sequence[Listed]) -> None:
        self.by_person: dict[str, list[Listed]] = defaultdict(list)
        self.by_name: dict[tuple[str, str], list[Listed]] = defaultdict(list)
        for one in people:
            if one.person:
                self.by_person[one.person].append(one)
            self.by_name[one.name, one.township].append(one)


def judge(declared: Declared, rosters: Rosters, settings: Settings) -> Verdict:
    """Steps 2 to 7 of the order; step 1 needs the other declarations and is made by `compare`."""
    if not declared.person:
        return _judge_invalid(declared, rosters)
    found = rosters.by_person.get(declared.person, [])
    receiving = [one for one in found if one.is_beneficiary]
    standing = [one for one in receiving if one.kind != "temporary" and is_in_force(one, declared.declared_on)]
    notes: list[str] = []
    if standing and not settings.disability_only_is_receiving and all(one.kind == "disability" for one in standing):
        standing, notes = [], ["disability_only"]
    if standing:
        return _receiving(declared, standing)
    paid = [one for one in receiving if one.kind == "temporary"]
    if recent := _in_window(paid, declared.declared_on, settings.window_months):
        return Verdict(declared.key, "M8", "temporary_recent", roster="temporary", row=recent.ref)
    notes += ["temporary_past"] if paid else []
    stopped = [one for one in receiving if one.kind != "temporary" and is_over(one, declared.declared_on)]
    if stopped:
        best = max(stopped, key=lambda one: (one.ended_on or date.min, -KIND_ORDER.index(one.kind)))
        return Verdict(declared.key, "M7", "stopped", roster=best.kind, row=best.ref, is_priority=True, notes=notes)
    related = [one for one in found if one.role in RELATED_ROLES]
    if related and len(found) == len(related):
        return Verdict(declared.key, "M6", related[0].role, roster=related[0].kind, row=related[0].ref, notes=notes)
    notes += _other_notes(declared, found, receiving, rosters, settings)
    return Verdict(declared.key, "M9", "not_found", notes=notes)


def _receiving(declared: Declared, standing: list[Listed]) -> Verdict:
    # A row without a name cannot contradict one.
    same = [one for one in standing if one.name in (declared.name, "")]
    best = min(same or standing, key=lambda one: (KIND_ORDER.index(one.kind), one.role == "member"))
    if same:
        reason = f"receiving_{best.role}" if best.kind == "dibao" else f"receiving_{best.kind}"
        return Verdict(declared.key, "M1", reason, roster=best.kind, row=best.ref)
    return Verdict(declared.key, "M2", "name_differs", roster=best.kind, row=best.ref)


def _judge_invalid(declared: Declared, rosters: Rosters) -> Verdict:
    same_name = rosters.by_name.get((declared.name, declared.township), []) if declared.township else []
    near = [
        one
        for one in same_name
        if one.is_beneficiary and one.id_text and is_one_slip_apart(one.id_text, declared.id_text)
    ]
    if near:
        best = min(near, key=lambda one: (is_over(one, declared.declared_on), KIND_ORDER.index(one.kind)))
        return Verdict(declared.key, "M3", "near_number", roster=best.kind, row=best.ref)
    return Verdict(declared.key, "MX", declared.id_fault or "missing", notes=_same_village(declared, same_name))


def _other_notes(
    declared: Declared, found: list[Listed], receiving: list[Listed], rosters: Rosters, settings: Settings
) -> list[str]:
    notes = []
    if any(one.role == "member" and not one.is_beneficiary for one in found):
        notes.append("member_not_covered")
    if any(one.role in ("father", "mother") for one in found):
        notes.append("parent_of_child")
    if any(_starts_later(one, declared) for one in receiving):
        notes.append("starts_later")
    if any(is_member_receiving(rosters, member, declared.declared_on) for member in declared.members):
        notes.append("member_receiving")
    return notes + _same_village(declared, rosters.by_name.get((declared.name, declared.township), []))


def is_member_receiving(rosters: Rosters, member: str, day: date) -> bool:
    """M5 as a note: somebody of the declared household is covered on the day."""
    return any(one.is_beneficiary and is_in_force(one, day) for one in rosters.by_person.get(member, []))


def _starts_later(one: Listed, declared: Declared) -> bool:
    return one.kind != "temporary" and one.started_on is not None and one.started_on > declared.declared_on


def _same_village(declared: Declared, same_name: list[Listed]) -> list[str]:
    """M4: the same name in the same village is worth a note and nothing more."""
    is_same = any(one.village == declared.village and one.person != declared.person for one in same_name)
    return ["same_name_same_village"] if declared.village and is_same else []


def is_in_force(one: Listed, day: date) -> bool:
    """Receiving on the day: begun, and not stopped before it."""
    return (one.started_on is None or one.started_on <= day) and not is_over(one, day)


def is_over(one: Listed, day: date) -> bool:
    """Stopped before the day; stopped without a written day counts as before."""
    return one.is_stopped and (one.ended_on is None or one.ended_on < day)


def _in_window(paid: list[Listed], day: date, months: int) -> Listed | None:
    """The newest payment within the months back from the day, both ends counted."""
    since = months_back(day, months)
    recent = [one for one in paid if one.paid_on is not None and since <= one.paid_on <= day]
    return max(recent, key=lambda one: one.paid_on or date.min, default=None)


def months_back(day: date, months: int) -> date:
    """The same day some months earlier, or that month's last day when it is shorter."""
    total = day.year * 12 + day.month - 1 - months
    year, month = divmod(total, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
