"""What others add to a case: observations, walks in vain, reports of 急难 (暂行办法 第47条: 先行救助).

Only ever added, each with its author; none of them moves a case on or stops its clock.
"""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from backend import clock
from backend.codebook import Stage, VerdictReason
from backend.domain import events, photos, review
from backend.domain.differences import Told, differences
from backend.domain.sync.payloads import read_photos
from backend.domain.visit_times import read_times
from backend.models import Attempt, Case, InboxItem, Observation, User, db


def record_observation(
    case: Case, note: Mapping[str, Any], *, actor: User, item: InboxItem | None = None,
    album: photos.Album | None = None,
) -> tuple[Observation, list[VerdictReason]]:  # fmt: skip
    """Keep what somebody saw: text, and facts by question key. One event observation:recorded.

    `note` has observed_at (aware), text, facts, photos and perhaps server_offset_ms. A fact that differs from a
    visit nobody will look at again is a doubt: before the review, the reviewer sees both side by side.
    """
    observation, doubts = add_observation(case, note, actor=actor, item=item)
    listed, is_readable = read_photos(note.get("photos"))
    observation.photos_expected = len(listed)
    if not (photos.expect(listed, case=case, author=actor, observation=observation, album=album) and is_readable):
        doubts.append(VerdictReason.PHOTO_LIST)
    if _differs_after_review(case, note.get("facts") or {}):
        doubts.append(VerdictReason.DIFFERS_FROM_VISIT)
    events.record("observation:recorded", actor=actor, case=case, observation=observation.id, photos=len(listed))
    return observation, doubts


def add_observation(
    case: Case, note: Mapping[str, Any], *, actor: User, item: InboxItem | None = None
) -> tuple[Observation, list[VerdictReason]]:
    """The row of an observation, without photos; part of the verb that adds it: no event."""
    received_at, moment, doubts = when_told(case, note, "observed_at", item)
    observation = Observation(
        case=case, author=actor, item_id=item.id if item else None, observed_at=moment,
        received_at=received_at,
    )  # fmt: skip
    told = {"text": note.get("text", ""), "facts": note.get("facts") or {}}
    observation.facts_text = json.dumps(told, ensure_ascii=False)
    db.session.add(observation)
    return observation, doubts


def _differs_after_review(case: Case, facts: Mapping[str, Any]) -> bool:
    visit = review.current_visit(case)
    if not facts or visit is None or case.stage not in (Stage.REVIEWED, Stage.ROUTED):
        return False
    seen, answers = Told("observation", facts), Told("visit", json.loads(visit.answers_text))
    return bool(differences([seen, answers]))


def record_attempt(
    case: Case, walk: Mapping[str, Any], *, actor: User, item: InboxItem | None = None,
    album: photos.Album | None = None,
) -> tuple[Attempt, list[VerdictReason]]:  # fmt: skip
    """Keep that nobody was met, and why. The five-day clock goes on. One event attempt:recorded.

    `walk` has attempted_at (aware), result (AttemptResult), reason, witness, photos.
    """
    received_at, moment, doubts = when_told(case, walk, "attempted_at", item)
    listed, is_readable = read_photos(walk.get("photos"))
    attempt = Attempt(
        case=case, author=actor, item_id=item.id if item else None, attempted_at=moment,
        received_at=received_at, result=walk["result"], photos_expected=len(listed),
    )  # fmt: skip
    witness = walk.get("witness", "").strip()
    attempt.note = f"{walk.get('reason', '').strip()}{f'（{witness}）' if witness else ''}"
    db.session.add(attempt)
    if not (photos.expect(listed, case=case, author=actor, attempt=attempt, album=album) and is_readable):
        doubts.append(VerdictReason.PHOTO_LIST)
    events.record("attempt:recorded", actor=actor, case=case, attempt=attempt.id, result=walk["result"])
    return attempt, doubts


def report_urgency(
    case: Case, report: Mapping[str, Any], *, actor: User, item: InboxItem | None = None
) -> tuple[Observation, list[VerdictReason]]:
    """Mark the case as 急难 at once, whatever its stage, and keep the words as an observation.

    `report` has reported_at (aware) and text. One event urgency:reported.
    """
    received_at, moment, doubts = when_told(case, report, "reported_at", item)
    observation = Observation(
        case=case, author=actor, item_id=item.id if item else None, observed_at=moment, received_at=received_at,
    )  # fmt: skip
    told = {"text": report.get("text", ""), "facts": {}, "is_urgent": True}
    observation.facts_text = json.dumps(told, ensure_ascii=False)
    db.session.add(observation)
    if not case.is_urgent:
        case.is_urgent, case.urgent_at = True, received_at
    events.record("urgency:reported", actor=actor, case=case, observation=observation.id)
    return observation, doubts


def when_told(
    case: Case, told: Mapping[str, Any], key: str, item: InboxItem | None
) -> tuple[datetime, datetime, list[VerdictReason]]:
    """(when it was received, when it happened by both clocks, what a person should look at)."""
    received_at = item.received_at if item else clock.now()
    offset = told.get("server_offset_ms") or 0
    times = read_times(told[key], None, offset_ms=offset, received_at=received_at, published_at=case.published_at)
    return received_at, times.visited_at, [d for d in times.doubts if d is VerdictReason.CLOCK_AHEAD]
