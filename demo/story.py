"""What has happened in the demo county so far: its files, its warnings, and how far each case has come."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from functools import partial

from sqlalchemy import select

from backend import clock
from backend.domain import parameter_changes, publication
from backend.models import Case, Comparison, db
from demo.calendar import ELSEWHERE, HERE, Fate, instant_of, steps_until
from demo.county import bring_files
from demo.departments import department_steps
from demo.door import door_steps
from demo.oversight import oversee
from demo.phones import phone_steps
from demo.staff import person
from demo.steps import TAKEN

HOME = "620525102"


def tell_story(say: Callable[[str], None]) -> None:
    """Import, compare, publish and go on from there, unless that has been done."""
    if db.session.scalar(select(Case.id).limit(1)):
        return
    now = clock.now()
    with clock.standing_at(now - timedelta(days=8)):
        _two_offices()
        for line in bring_files():
            say(f"Demo county: {line}")
    fates = _fates(db.session.scalars(publication.waiting(None)))
    for at, take in sorted(
        [*_steps(fates, now), *phone_steps(now), *door_steps(now), *department_steps(now)], key=lambda step: step[0]
    ):
        with clock.standing_at(at):
            take()
    oversee(now)
    for case in db.session.scalars(select(Case)):
        case.is_demo = True
    db.session.commit()
    say(f"Demo county: {len(fates)} warnings on their way")


def _two_offices() -> None:
    """The county's two offices agree that in its townships, too, two offices judge together (联合研判)."""
    asked = parameter_changes.propose(
        key="joint_review", value=True, valid_from_on=clock.local(clock.now()).date(), source="演示参数，非政策标准",
        area_code=HOME[:6], actor=person("county_rv01"),
    )  # fmt: skip
    parameter_changes.approve(asked, actor=person("county_mz01"))


def _fates(findings: Iterable[Comparison]) -> dict[Comparison, Fate]:
    seen: dict[str, int] = defaultdict(int)
    fates = {}
    for finding in findings:
        township = finding.declaration.township_code
        lots = HERE if township == HOME else ELSEWHERE
        fates[finding] = lots[seen[township] % len(lots)]
        seen[township] += 1
    return fates


def _steps(fates: dict[Comparison, Fate], now: datetime) -> Iterable[tuple[datetime, Callable[[], None]]]:
    for finding, fate in fates.items():
        for step in steps_until(fate):
            yield instant_of(fate, step, now), partial(_take, step, finding)


def _take(name: str, finding: Comparison) -> None:
    if name == "publish":
        publication.publish_warnings([finding], actor=person("county_rv01"))
        db.session.flush()
        return
    case = db.session.scalars(select(Case).where(Case.declaration_id == finding.declaration_id)).one()
    TAKEN[name](case)
