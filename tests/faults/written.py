"""What the office can read of what came in: every item opened, in whose name, and its pictures."""

import json
from collections import Counter
from collections.abc import Iterable
from typing import Any, NamedTuple

from sqlalchemy import select

from backend.codebook import Stage
from backend.domain import review
from backend.domain.sync import opening
from backend.models import Attempt, Case, InboxItem, Observation, Photo, Visit, db
from tests.cast import Cast
from tests.factories import visited_case
from tests.faults.ledger import ARRIVED
from tests.faults.office import Office


class Written(NamedTuple):
    """One item. `text` is the worker's own words in it."""

    kind: str
    case_id: str
    account: str
    verdict: str
    reason: str
    text: str
    photos: tuple[str, ...]


def written(office: Office) -> list[Written]:
    """Everything that phones handed in."""
    with office.opened():
        return [_read(item) for item in db.session.scalars(select(InboxItem).order_by(InboxItem.received_at))]


def _read(item: InboxItem) -> Written:
    content: dict[str, Any] = json.loads(opening.text_of(item))
    answers = content.get("answers") or content.get("fields") or {}
    text = content.get("text") or answers.get("narrative") or answers.get("text") or content.get("reason") or ""
    photos = content.get("photos") or answers.get("photos") or []
    return Written(
        item.kind, content["case_id"], item.user.username, item.verdict, item.reason, text,
        tuple(photo["id"] for photo in photos),
    )  # fmt: skip


def pictures(office: Office) -> Counter[str]:
    """How often each photo is there."""
    with office.opened():
        return Counter(db.session.scalars(select(Photo.id).where(Photo.state.in_(ARRIVED))))


def doubled_facts(office: Office) -> int:
    """Facts of the case file beyond the one that each item may make."""
    with office.opened():
        made = [db.session.scalars(select(table.item_id)).all() for table in (Visit, Observation, Attempt)]
    counted = Counter(item_id for ids in made for item_id in ids if item_id)
    return sum(number - 1 for number in counted.values())


def returned_cases(office: Office, number: int) -> list[str]:
    """Households whose form 白彩霞 sent back: on the phone nothing is missing from it."""
    with office.opened():
        cases = [_returned(Cast()) for _ in range(number)]
        db.session.commit()
        return [case.id for case in cases]


def _returned(cast: Cast) -> Case:
    case = visited_case(cast)
    review.return_for_correction(case, actor=cast.bai_caixia, reason_code="contradiction", reason="再写细点")
    assert case.stage == Stage.RETURNED
    return case


def unlike_once(found: Iterable[Written], wanted: Iterable[str]) -> tuple[int, int]:
    """(lost, duplicated) among the texts that must be there once; drafts are copies and do not count."""
    times = Counter(item.text for item in found if item.kind != "draft")
    wanted = set(wanted)
    return sum(times[text] == 0 for text in wanted), sum(max(0, times[text] - 1) for text in wanted)
