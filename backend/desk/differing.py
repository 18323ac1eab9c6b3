"""Facts that people told differently: every statement with who said it, when and how; none preselected."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from backend import form
from backend.desk.answers import words_of
from backend.desk.case_view import CaseView
from backend.domain import differences as rule
from backend.domain.differences import Told
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


@dataclass(frozen=True)
class _Voice:
    """Whose answers these are, beside the rule that compares them."""

    told: Told
    source: str
    said_by: User | None
    said_at: datetime

    def on(self, question: Question) -> Statement:
        value = self.told.answers[question.key]
        return Statement(self.told.id, value, words_of(question, value), self.source, self.said_by, self.said_at)


def _voices(view: CaseView) -> Iterator[_Voice]:
    declared = view.case.declaration
    if declared.family_size:
        yield _Voice(Told(DECLARED, {"living_size": declared.family_size}), "declared", None, declared.submitted_at)
    for visit, given in view.standing_visits:
        yield _Voice(Told(f"visit:{visit.id}", given), "visit", visit.author, visit.visited_at)
    for seen, said in view.observations:
        facts = said.get("facts") or {}
        yield _Voice(Told(f"observation:{seen.id}", facts), "observation", seen.author, seen.observed_at)


def differences(view: CaseView) -> list[Difference]:
    """What the rule finds in a case, each statement with who said it, when and how."""
    voices = {voice.told.id: voice for voice in _voices(view)}
    found = rule.differences(voice.told for voice in voices.values())
    return [
        Difference(form.BY_KEY[key], [voices[mark].on(form.BY_KEY[key]) for mark in marks])
        for key, marks in found.items()
    ]
