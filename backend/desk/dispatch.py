"""What 派单 shows: villages with their waiting households, who is proposed, and what people have in hand."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from itertools import groupby

from flask_login import current_user
from sqlalchemy import Select

from backend.access import visible_cases
from backend.codebook import Stage
from backend.desk import case_conditions, case_list
from backend.desk.forms import Form
from backend.domain import assignment, cover, kinship
from backend.domain.kinship import Relatives
from backend.models import Case, KinFiling, User, db
from backend.models.questions import Looker, kept
from backend.problems import Problem


@dataclass
class Swap:
    """Who of the proposed team is a near relative there, and two who are not."""

    filing: KinFiling
    main: User | None
    companion: User | None


@dataclass
class Village:
    """A village's waiting households and the team proposed for them.

    `load` is what each person has in hand now, `planned` what all villages' proposals would add. `swaps` are the
    households, by case id, of which somebody of the team is a near relative; `is_usual`: they went here last.
    """

    code: str
    name: str
    cases: list[Case]
    people: list[User]
    main: User | None
    companion: User | None
    load: Counter[str]
    planned: Counter[str]
    swaps: dict[str, Swap]
    is_usual: bool

    @property
    def in_hand(self) -> int:
        return self.load[self.main.id] if self.main else 0

    @property
    def to_come(self) -> int:
        return self.planned[self.main.id] if self.main else 0


def waiting_cases() -> list[Case]:
    """Cases that nobody has been sent to, by village, the nearest deadline first."""
    return list(db.session.scalars(_waiting(current_user)))


@kept
def _waiting(user: Looker) -> Select[tuple[Case]]:
    query = visible_cases(user).where(case_conditions.is_open(), Case.stage == Stage.WARNED)
    return case_list.with_parts(query).order_by(Case.township_code, Case.village_code, Case.ends_at, Case.id)


def villages_to_assign() -> list[Village]:
    """Villages with waiting households, each with its proposed team (DESIGN: the program only suggests)."""
    townships: dict[str, Township] = {}
    found = []
    waiting = waiting_cases()
    relatives = kinship.relatives_of(waiting)
    for (township, code), group in groupby(waiting, key=lambda c: (c.township_code, c.village_code or "")):
        if township not in townships:
            villages = {case.village_code for case in waiting if case.township_code == township and case.village_code}
            townships[township] = Township.read(township, villages)
        found.append(_village(townships[township], code or township, list(group), relatives))
    return sorted(found, key=lambda village: (-len(village.cases), village.code))


@dataclass
class Township:
    """Who can go there today, what they have in hand, what is proposed so far, and who usually goes where."""

    people: list[User]
    load: Counter[str]
    planned: Counter[str]
    usual: dict[str, tuple[str, str]]

    @classmethod
    def read(cls, code: str, villages: Collection[str]) -> "Township":
        people = assignment.visitors_of(code)
        away = cover.covers_now([user.id for user in people])
        people = [user for user in people if user.id not in away]
        load = assignment.loads([user.id for user in people])
        return cls(people, load, Counter(), assignment.usual_teams(villages))

    def team(self, case: Case, without: Relatives) -> tuple[User | None, User | None]:
        """The usual team of the case's village if both can go, else whoever fits best."""
        able = {user.id: user for user in self.people if user.id not in without}
        main, companion = (able.get(user_id) for user_id in self.usual.get(case.village_code or "", ("", "")))
        if main and companion:
            return main, companion
        return assignment.suggest(case, list(able.values()), self.load + self.planned)


def _village(township: Township, code: str, cases: list[Case], relatives: dict[str, Relatives]) -> Village:
    main, companion = township.team(cases[0], {})
    pair = {user.id for user in (main, companion) if user}
    swaps = {}
    for case in cases:
        for user_id in pair & relatives[case.id].keys():
            swaps[case.id] = Swap(relatives[case.id][user_id], *township.team(case, relatives[case.id]))
    if main:
        township.planned[main.id] += len(cases) - len(swaps)
    name = cases[0].village.short_name if cases[0].village else cases[0].township.name
    is_usual = main is not None and companion is not None and township.usual.get(code) == (main.id, companion.id)
    return Village(
        code, name, cases, township.people, main, companion, township.load, township.planned, swaps, is_usual
    )


def assign_chosen(form: Form) -> int:
    """Send the chosen teams to the chosen households (fields case or village, main-<code>, companion-<code>).

    A household chosen by itself may have a team of its own (main-<case id>, companion-<case id>); one of which
    the village's team is a near relative stays behind when only the village was chosen.
    Returns how many were sent; what went wrong stands beside its village in `form`, and then nothing is sent.
    """
    chosen_cases, chosen_villages = set(form.values("case")), set(form.values("village"))
    sent = 0
    for village in villages_to_assign():
        people = {user.id: user for user in village.people}
        for case in village.cases:
            is_chosen = case.id in chosen_cases
            if not is_chosen and (village.code not in chosen_villages or case.id in village.swaps):
                continue
            own = case.id if is_chosen and form.value(f"main-{case.id}") else village.code
            main, companion = (people.get(form.value(f"{duty}-{own}")) for duty in ("main", "companion"))
            if main is None or companion is None:
                form.fail(village.code, "team_missing")
                break
            try:
                assignment.assign(case, main=main, companion=companion, actor=current_user)
                sent += 1
            except Problem as problem:
                form.fail(village.code, problem.message)
    if not sent and form.is_good:
        form.fail("case", "nobody_chosen")
    return sent
