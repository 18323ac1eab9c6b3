"""What a page shows of one case, read once."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from typing import Any

from sqlalchemy import select

from backend.codebook import Kinship
from backend.desk.answers import (
    Lack,
    Line,
    Member,
    Unfitting,
    lacks_of,
    long_text,
    members_of,
    sections_of,
    unfitting_of,
)
from backend.desk.earlier import other_cases
from backend.desk.hint_view import Hints
from backend.desk.overseeing import as_seen
from backend.desk.span import Span, local_day, span_of
from backend.desk.visitor_view import visitors_of
from backend.domain import joint_review, kinship, repeats
from backend.domain.anomalies import Anomaly, anomalies
from backend.domain.derived import Derived, derived_of
from backend.domain.visit_place import read_place
from backend.form import Section
from backend.models import (
    Assignment,
    Case,
    Comparison,
    Declaration,
    Discovery,
    Event,
    Explanation,
    JointOpinion,
    KinFiling,
    Observation,
    Photo,
    Review,
    User,
    Visit,
    db,
)


@dataclass(frozen=True)
class Moment:
    """A line of the history: `kind` is declared, visited or event; `count` photos in a row are one line."""

    at: datetime
    kind: str
    by: User | None
    event: Event | None = None
    count: int = 1

    def goes_on(self, before: "Moment") -> bool:
        """Whether both are photos of one person, so that one line can say it."""
        tags = {one.event.tag if one.event else "" for one in (self, before)}
        return tags == {"photo:stored"} and self.by is before.by


def _object(text: str) -> dict[str, Any]:
    """The JSON object that a phone handed in; whatever else it was counts as empty."""
    found = json.loads(text)
    return found if isinstance(found, dict) else {}


class CaseView:
    """One case with its parts in the order people read them."""

    def __init__(self, case: Case) -> None:
        self.case = case

    @cached_property
    def span(self) -> Span:
        return span_of(self.case)

    @cached_property
    def anomalies(self) -> list[Anomaly]:
        return anomalies(self.case)

    @cached_property
    def comparison(self) -> Comparison | None:
        return db.session.get(Comparison, self.case.declaration_id)

    @cached_property
    def discoveries(self) -> Sequence[Discovery]:
        """Who came upon this household, oldest first."""
        query = select(Discovery).where(Discovery.case_id == self.case.id).order_by(Discovery.found_at)
        return db.session.scalars(query).all()

    @cached_property
    def repeats(self) -> Sequence[Declaration]:
        """What the same person declared again, merged into this case."""
        return repeats.merged_into(self.case.declaration)

    @cached_property
    def kin(self) -> list[KinFiling]:
        return kinship.filings_of([self.case])[self.case.id]

    @cached_property
    def must_county_visit(self) -> bool:
        """The county itself visits where a near relative is filed or the visit says there is one (57号 第20条)."""
        return bool(self.kin) or self.answers.get("kinship") == Kinship.RELATED

    @cached_property
    def earlier(self) -> list[Case]:
        """Other cases of the same person within sight, newest first."""
        return other_cases(self.case)

    @cached_property
    def opinions(self) -> Sequence[JointOpinion]:
        return joint_review.opinions_on(self.visit) if self.visit else []

    @cached_property
    def phone(self) -> str | None:
        """The newest declared number, to be masked by whoever shows it."""
        return repeats.newest_phone(self.case.declaration)

    @cached_property
    def team(self) -> list[Assignment]:
        """Who goes now, the main visitor first."""
        active = [a for a in self.case.assignments if a.ended_at is None]
        return sorted(active, key=lambda a: a.duty != "main")

    @cached_property
    def visits(self) -> list[Visit]:
        """Handed-in visits, newest first; those that hold before those superseded."""
        return sorted(self.case.visits, key=lambda v: (v.is_current, v.received_at), reverse=True)

    @cached_property
    def visit(self) -> Visit | None:
        """The visit that holds."""
        return next((v for v in self.visits if v.is_current), None)

    @cached_property
    def answers(self) -> dict[str, Any]:
        return as_seen(self.case, _object(self.visit.answers_text)) if self.visit else {}

    @cached_property
    def superseded(self) -> set[str | None]:
        """Visits that a later one of this case corrects; one that stands beside another is not among them."""
        return {v.supersedes_id for v in self.visits if v.supersedes_id}

    @cached_property
    def standing_visits(self) -> list[tuple[Visit, dict[str, Any]]]:
        """Every visit that nothing supersedes, oldest first, with its answers."""
        return [(v, _object(v.answers_text)) for v in reversed(self.visits) if v.id not in self.superseded]

    @cached_property
    def sections(self) -> list[tuple[Section, list[Line]]]:
        return sections_of(self.answers)

    @cached_property
    def members(self) -> list[Member]:
        return members_of(self.answers)

    @cached_property
    def derived(self) -> Derived | None:
        """What the members' answers tell of school, insurance and labour on the day of the visit."""
        return derived_of(self.answers, local_day(self.visit.visited_at)) if self.visit else None

    @cached_property
    def hints(self) -> Hints | None:
        """What the rules of the visit's day say to it."""
        return Hints(self.case, self.answers, local_day(self.visit.visited_at)) if self.visit else None

    @cached_property
    def narrative(self) -> str:
        return long_text(self.answers, "narrative")

    @cached_property
    def opinion_reason(self) -> str:
        return long_text(self.answers, "opinion_reason")

    @cached_property
    def visitors(self) -> list[dict[str, Any]]:
        return visitors_of(self.case, self.answers)

    @cached_property
    def lacking(self) -> list[Lack]:
        """What the form asks for and this visit does not have: it came in all the same."""
        if self.visit is None:
            return []
        return lacks_of(self.answers, local_day(self.visit.visited_at), self.visit.form_version)

    @cached_property
    def unfitting(self) -> list[Unfitting]:
        """What does not fit together in this visit, and what its author said to it."""
        if self.visit is None:
            return []
        day, declared = local_day(self.visit.visited_at), self.case.declaration.family_size
        return unfitting_of(self.answers, day, declared)

    @cached_property
    def photos(self) -> list[Photo]:
        """Pictures of the visit that holds and of contributions, the missing ones last."""
        kept = [p for p in self.case.photos if p.visit_id not in self.superseded]
        return sorted(kept, key=lambda p: p.state != "stored")

    @cached_property
    def stored_photos(self) -> list[Photo]:
        return [p for p in self.photos if p.state == "stored"]

    @cached_property
    def refusals(self) -> dict[str, str]:
        """Kinds of photo the household did not want, with the reason."""
        given = self.answers.get("photo_refusals")
        return given if isinstance(given, dict) else {}

    @cached_property
    def place(self) -> dict[str, Any] | None:
        """Where the visit was, to about a kilometre; most visits do not say."""
        return read_place(self.answers.get("place"))

    @cached_property
    def observations(self) -> list[tuple[Observation, dict[str, Any]]]:
        """Contributions beside the visit, each with its text and facts."""
        return [(o, as_seen(self.case, _object(o.facts_text))) for o in self.case.observations]

    @cached_property
    def explanations(self) -> list[tuple[Explanation, dict[str, Any]]]:
        """What the household was told, each with what it signed on the phone."""
        return [(one, as_seen(self.case, _object(one.signature_text or "{}"))) for one in self.case.explanations]

    @cached_property
    def history(self) -> list[Moment]:
        """The declaration, every event, and each real visit at its own time, oldest first."""
        walks = [Moment(v.visited_at, "visited", v.author) for v in self.visits if v.supersedes_id is None]
        told = [Moment(e.happened_at, "event", e.actor, e) for e in self.case.events]
        told.insert(0, Moment(self.case.declaration.submitted_at, "declared", None))
        lines: list[Moment] = []
        for moment in sorted(told + walks, key=lambda moment: moment.at):
            if lines and moment.goes_on(lines[-1]):
                lines[-1] = replace(moment, count=lines[-1].count + 1)
            else:
                lines.append(moment)
        return lines

    @cached_property
    def last_return(self) -> Review | None:
        returned = [r for r in self.case.reviews if r.outcome == "returned"]
        return returned[-1] if returned else None
