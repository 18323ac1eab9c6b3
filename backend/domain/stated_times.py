"""When somebody says that a visit was, beside when the phone had its first answer (DESIGN §4, time).

A form may be opened the evening before, or filled from paper at night; then the person writes down when they were at
the door. Both stay: answers["visited_at"] is said, answers["started_at"] is the phone's. Pure, and no answers,
however odd, break it. The phone asks by the same rule (rules/stated_times.ts).
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

Answers = Mapping[str, Any]
SHANGHAI = ZoneInfo("Asia/Shanghai")
FAR = timedelta(hours=2)
ALIKE = timedelta(minutes=10)


def instant_of(told: Any) -> datetime | None:
    """An aware instant; a wall clock without a zone is China's."""
    try:
        moment = datetime.fromisoformat(told)
    except (TypeError, ValueError):
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=SHANGHAI)


def started_apart(answers: Answers, visited_at: datetime) -> datetime | None:
    """When the phone had its first answer, where somebody says that the visit was at another time.

    `visited_at` is what the visit is known by: a wrong clock has been set right in it, and is here as well.
    """
    said, began = instant_of(answers.get("visited_at")), instant_of(answers.get("started_at"))
    if said is None or began is None or abs(said - began) <= ALIKE:
        return None
    try:
        return visited_at + (began - said)
    except OverflowError:
        return None


def are_photos_far(answers: Answers) -> bool:
    """Whether every photo was taken more than two hours before or after the visit began."""
    began = instant_of(answers.get("visited_at")) or instant_of(answers.get("started_at"))
    photos = answers.get("photos")
    listed = photos if isinstance(photos, list) else []
    taken = [at for photo in listed if isinstance(photo, dict) and (at := instant_of(photo.get("taken_at")))]
    return began is not None and bool(taken) and all(abs(at - began) > FAR for at in taken)
