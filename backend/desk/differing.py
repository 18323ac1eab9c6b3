"""Facts that people told differently: every statement with who said it, when and how; none preselected."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from backend import form
from backend.desk.answers import APART, words_of
from backend.desk.case_view import CaseView
from backend.form import Question
from backend.models import User

DECLARED = "declaration"


@dataclass(frozen=True)
class Statement:
    """`id` goes to Review.adopted: "declaration", "visit:<id>" or "observation:<id>"."""

    id: str
    value: Any
    words: list[str]
    source: str
    said_by: User | None
    said_at: datetime


@dataclass(frozen=True)
class Difference:
    question: Question
    statements: list[Statement]

    @property
    def key(self) -> str:
        return self.question.key


def _told(view: CaseView) -> Iterator[tuple[str, str, dict[str, Any], User | None, datetime]]:
    declared = view.case.declaration
    if declared.family_size:
        yield DECLARED, "declared", {"living_size": declared.family_size}, None, declared.submitted_at
    for visit, given in view.standing_visits:
        yield f"visit:{visit.id}", "visit", given, visit.author, visit.visited_at
    for seen, said in view.observations:
        yield f"observation:{seen.id}", "observation", said.get("facts") or {}, seen.author, seen.observed_at


def _comparable(value: Any) -> Any:
    return frozenset(map(str, value)) if isinstance(value, list) else str(value)


def differences(view: CaseView) -> list[Difference]:
    """Questions to which at least two people gave different answers, in the order of the form."""
    told = list(_told(view))
    found = []
    for question in form.BY_KEY.values():
        if question.kind in APART or form.SECTION_OF[question.key].repeat:
            continue
        said = [
            Statement(mark, given[question.key], words_of(question, given[question.key]), source, user, at)
            for mark, source, given, user, at in told
            if given.get(question.key) not in (None, "", [])
        ]
        if len({_comparable(one.value) for one in said}) > 1:
            found.append(Difference(question, said))
    return found
