"""What 米建军 met at doors besides visits: nobody home and 延期 granted, a household that nobody had declared."""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select

from backend import clock
from backend.access import visible_cases
from backend.codebook import ItemKind, PetitionState, Stage, Verdict
from backend.domain import extension
from backend.domain.deadline import days_left
from backend.models import Case, Extension, db
from backend.models.base import new_id
from demo.staff import person
from demo.visits import bring

VISITOR = "grid01"
ON_THE_WAY = timedelta(minutes=40)
AWAY = "全家在新疆摘棉花，他二爸说下月初回来。"


def door_steps(now: datetime) -> Iterable[tuple[datetime, Callable[[], None]]]:
    """(instant, what was done), after what the phones of others brought."""
    yield now - timedelta(hours=5), ask_for_time
    yield now - timedelta(hours=4), find_household
    yield now - timedelta(hours=3), grant_time


def ask_for_time() -> None:
    """Nobody home, and nobody will be before the limit: told on the phone in one go."""
    query = visible_cases(person(VISITOR)).where(Case.stage == Stage.ASSIGNED).order_by(Case.due_at, Case.id)
    case = next(case for case in db.session.scalars(query) if days_left(case.due_at, clock.now()) > 0)
    until = (clock.local(case.ends_at) + timedelta(days=6)).date()
    at = clock.iso(clock.now() - ON_THE_WAY)
    _tell(ItemKind.EXTENSION, case.id, {"asked_at": at, "until_on": until.isoformat(), "reason": AWAY})
    _tell(ItemKind.ATTEMPT, case.id, {"attempted_at": at, "result": "away", "reason": AWAY, "witness": "马占俊"})


def find_household() -> None:
    """An old couple, found on the way to another door."""
    _tell(
        ItemKind.DISCOVERY, new_id(),
        {
            "found_at": clock.iso(clock.now() - ON_THE_WAY), "area_code": person(VISITOR).area_codes[0], "group": "四社",
            "name": "者玉梅", "needs": ["house", "water"],
            "text": "两个老人住，房檐掉瓦，自来水断了一个月，到沟里担水。",
        },
    )  # fmt: skip


def grant_time() -> None:
    """The county says yes."""
    for asked in db.session.scalars(select(Extension).where(Extension.state == PetitionState.ASKED)):
        extension.approve(asked, actor=person("county_rv01"), note="回来三天内去看。")


def _tell(kind: str, case_id: str, told: dict[str, Any]) -> None:
    """Raises RuntimeError when the server does not adopt it as it is: no story gives a reason for that."""
    clocks = {"device_time": clock.iso(clock.now()), "server_offset_ms": 0}
    item = bring(kind, {"case_id": case_id, "base_revision": 0} | told | clocks, person(VISITOR))
    if item.verdict != Verdict.APPLIED:
        raise RuntimeError(f"{kind}: {item.verdict} {item.reason}")
