"""What 派单 shows: villages with their waiting households, who is proposed, and what people have in hand."""

from collections import Counter
from dataclasses import dataclass
from itertools import groupby

from flask_login import current_user

from backend.access import visible_cases
from backend.codebook import Stage
from backend.desk import case_list
from backend.desk.forms import Form
from backend.domain import assignment
from backend.models import Case, User, db
from backend.problems import Problem


@dataclass
class Village:
    """A village's waiting households and the team proposed for them.

    `load` is what each person has in hand now, `planned` what all villages' proposals would add.
    """

    code: str
    name: str
    cases: list[Case]
    people: list[User]
    main: User | None
    companion: User | None
    load: Counter[str]
    planned: Counter[str]

    @property
    def in_hand(self) -> int:
        return self.load[self.main.id] if self.main else 0

    @property
    def to_come(self) -> int:
        return self.planned[self.main.id] if self.main else 0


def waiting_cases() -> list[Case]:
    """Cases that nobody has been sent to, by village, the nearest deadline first."""
    query = visible_cases(current_user).where(Case.stage == Stage.WARNED)
    order = (Case.township_code, Case.village_code, Case.due_at, Case.id)
    return list(db.session.scalars(case_list.with_parts(query).order_by(*order)))


def villages_to_assign() -> list[Village]:
    """Villages with waiting households, each with its proposed team (DESIGN: the program only suggests)."""
    teams: dict[str, tuple[list[User], Counter[str], Counter[str]]] = {}
    found = []
    for (township, code), group in groupby(waiting_cases(), key=lambda c: (c.township_code, c.village_code or "")):
        if township not in teams:
            people = assignment.visitors_of(township)
            teams[township] = (people, assignment.loads([user.id for user in people]), Counter())
        people, load, planned = teams[township]
        cases = list(group)
        main, companion = assignment.suggest(cases[0], people, load + planned)
        name = cases[0].village.short_name if cases[0].village else cases[0].township.name
        found.append(Village(code or township, name, cases, people, main, companion, load, planned))
        if main:
            planned[main.id] += len(cases)
    return sorted(found, key=lambda village: (-len(village.cases), village.code))


def assign_chosen(form: Form) -> int:
    """Send the chosen teams to the chosen households (fields case or village, main-<code>, companion-<code>).

    Returns how many were sent; what went wrong stands beside its village in `form`, and then nothing is sent.
    """
    chosen_cases, chosen_villages = set(form.values("case")), set(form.values("village"))
    sent = 0
    for village in villages_to_assign():
        people = {user.id: user for user in village.people}
        main, companion = (
            people.get(form.value(f"main-{village.code}")),
            people.get(form.value(f"companion-{village.code}")),
        )
        for case in village.cases:
            if case.id not in chosen_cases and village.code not in chosen_villages:
                continue
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
