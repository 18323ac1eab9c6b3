"""入户核查 (甘民发〔2023〕53号 二; 民发〔2021〕57号 第15–16条): what two visitors found at a household.

A filled form is recorded as it was handed in, whole or not: what it lacks is shown to the township, which
returns it. A correction is a new visit; the old one stays beside it.
"""

import json
from collections.abc import Mapping
from datetime import datetime
from itertools import chain
from typing import Any

from backend import clock, form
from backend.codebook import ReturnReason, Stage, VerdictReason
from backend.domain import events, known_household, photos, review
from backend.domain.answer_faults import is_empty
from backend.domain.drafts import numbers_in_drafts
from backend.domain.masked_answers import has_masks, numbers_in, restore_numbers
from backend.domain.sync.json_text import write_json
from backend.domain.sync.payloads import read_photos
from backend.domain.visit_place import with_coarse_place
from backend.domain.visit_times import VisitTimes, read_times
from backend.domain.visitor_accounts import are_doubtful
from backend.models import Case, InboxItem, User, Visit, db
from backend.problems import Problem

BESIDE_THE_FORM = frozenset({"members", "overruled", "photo_refusals", "place", "started_at", "visited_at", "ended_at"})
KNOWN = form.BY_KEY.keys() | BESIDE_THE_FORM
# By its id the phone keeps together what was said of one member.
OF_A_MEMBER = form.BY_KEY.keys() | {"id"}
NOWHERE = object()
SIGNATURES = ("signature_visitor_1", "signature_visitor_2", "signature_interviewee")


def record_visit(
    case: Case,
    sheet: Mapping[str, Any],
    *,
    actor: User,
    item: InboxItem | None = None,
    is_current: bool = True,
    album: photos.Album | None = None,
) -> tuple[Visit, list[VerdictReason]]:
    """Record a filled 核查表 and what a person should look at in it.

    `sheet` has visited_at and ended_at (aware), answers, form_version, base_revision and perhaps
    server_offset_ms, as `payloads.read` gives them. A current visit moves the case to 待研判, supersedes
    the visit before it and stops the five-day clock at the first real visit; one beside it (`is_current`
    False) changes nothing but is kept and shown. One event visit:recorded. Raises Problem wrong_stage
    for a current visit when the case waits for none.
    """
    if is_current and not awaits_visit(case, actor):
        raise Problem("wrong_stage", stage=Stage(case.stage).label)
    received_at = item.received_at if item else clock.now()
    times = _times(sheet, received_at, case.published_at)
    sheet = {**sheet, "answers": with_coarse_place(_with_whole_numbers(sheet["answers"], case, actor))}
    listed, is_readable = read_photos(sheet["answers"].get("photos"))
    visit = _row(case, sheet, times, actor=actor, item=item, received_at=received_at)
    was_urgent, is_waiting = case.is_urgent, case.stage == Stage.SUBMITTED
    visit.is_current, visit.photos_expected = is_current, len(listed)
    db.session.add(visit)
    if is_current:
        _make_current(case, visit, times, is_urgent=sheet["answers"].get("is_urgent") == "yes")
    is_clean = photos.expect(listed, case=case, author=actor, visit=visit, album=album) and is_readable
    events.record(
        "visit:recorded", actor=actor, case=case, visit=visit.id, current=is_current,
        revision=(case.revision or 0) + 1, photos=len(listed), urgent=bool(case.is_urgent and not was_urgent),
        **({"again": True} if is_waiting else {}),
    )  # fmt: skip
    return visit, times.doubts + _doubts(case, sheet, is_clean)


def _with_whole_numbers(answers: dict[str, Any], case: Case, author: User) -> dict[str, Any]:
    """With the ID numbers that the server has of this household: declared, in a roster, told at a visit, in a draft."""
    if not has_masks(answers):
        return answers
    known = known_household.known_of_one(case)
    told = (numbers_in(answers_of(visit)) for visit in (*case.visits, *known.visits.values()))
    listed = {case.declaration.id_number, *(row.id_number for rows in known.rosters.values() for row in rows)}
    numbers = {*listed, *numbers_in_drafts(case, author), *chain.from_iterable(told)}
    return restore_numbers(answers, (number for number in numbers if number))


def awaits_visit(case: Case, user: User) -> bool:
    """Whether the case waits for a visit, or for `user` to better one that nobody has judged yet."""
    if case.stage in (Stage.ASSIGNED, Stage.RETURNED):
        return True
    current = review.current_visit(case)
    return case.stage == Stage.SUBMITTED and current is not None and current.author_id == user.id


def answers_of(visit: Visit) -> dict[str, Any]:
    """The filled form of a visit."""
    found = json.loads(visit.answers_text or "{}")
    return found if isinstance(found, dict) else {}


def _times(sheet: Mapping[str, Any], received_at: datetime, published_at: datetime) -> VisitTimes:
    return read_times(
        sheet["visited_at"],
        sheet.get("ended_at"),
        offset_ms=sheet.get("server_offset_ms") or 0,
        received_at=received_at,
        published_at=published_at,
    )


def _row(
    case: Case, sheet: Mapping[str, Any], times: VisitTimes, *, actor: User, item: InboxItem | None,
    received_at: datetime,
) -> Visit:  # fmt: skip
    answers = sheet["answers"]
    size = answers.get("living_size")
    visit = Visit(
        case=case,
        author=actor,
        author_id=actor.id,
        item_id=item.id if item else None,
        form_version=sheet["form_version"],
        base_revision=sheet.get("base_revision", 0),
        visited_at=times.visited_at,
        ended_at=times.ended_at,
        received_at=received_at,
        skew_seconds=times.skew_seconds,
        living_size=size if isinstance(size, int) and not isinstance(size, bool) and 0 <= size < 100 else None,
        signature_count=sum(_is_signed(answers.get(key)) for key in SIGNATURES),
        visitor_signatures=sum(_is_signed(answers.get(key)) for key in SIGNATURES[:2]),
    )
    visit.answers_text = write_json(answers)
    return visit


def _is_signed(given: Any) -> bool:
    return isinstance(given, dict) and not (is_empty(given.get("strokes")) and is_empty(given.get("handprint_photo")))


def _make_current(case: Case, visit: Visit, times: VisitTimes, *, is_urgent: bool) -> None:
    before = [other for other in case.visits if other.is_current and other is not visit]
    for other in before:
        other.is_current = False
        visit.supersedes_id = other.id
    visit.counted_at = clock.now()
    returned = review.standing_return(case)
    was_elsewhere = returned is not None and returned.reason_code == ReturnReason.OTHER_HOUSEHOLD
    # A visit to the wrong house was no visit to this one; any other return keeps the first visit's time.
    if case.visited_at is None or was_elsewhere:
        case.visited_at = times.counts_from
    case.stage = Stage.SUBMITTED
    if is_urgent and not case.is_urgent:
        case.is_urgent, case.urgent_at = True, visit.received_at


def _doubts(case: Case, sheet: Mapping[str, Any], is_clean: bool) -> list[VerdictReason]:
    """What a person looks at, though the visit counts; `is_clean`: its photos are those that it lists."""
    doubts = _form_doubts(sheet)
    if not is_clean:
        doubts.append(VerdictReason.PHOTO_LIST)
    if are_doubtful(case, sheet["answers"]):
        doubts.append(VerdictReason.VISITOR_ACCOUNT)
    return doubts


def _form_doubts(sheet: Mapping[str, Any]) -> list[VerdictReason]:
    if not form.OLDEST_ACCEPTED <= sheet["form_version"] <= form.VERSION:
        return [VerdictReason.FORM_VERSION]
    members = sheet["answers"].get("members")
    keys = {key for m in members if isinstance(m, dict) for key in m} if isinstance(members, list) else set()
    is_known = set(sheet["answers"]) <= KNOWN and keys <= OF_A_MEMBER
    is_known = is_known and sheet["answers"].get("place", NOWHERE) is not None
    return [] if is_known else [VerdictReason.UNKNOWN_ANSWERS]
