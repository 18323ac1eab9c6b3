"""督导检查 (甘民发〔2023〕53号 四 定期督导检查; DOMAIN T10): what a team found in a township, and how it was put right."""

from datetime import date

from backend import access, clock
from backend.codebook import FindingKind
from backend.domain import events
from backend.models import Area, Finding, Inspection, User, db
from backend.problems import Problem

MOST_HOUSEHOLDS = 9999


def record_inspection(
    township: Area,
    *,
    inspected_on: date,
    team: str,
    households_checked: int,
    found_real: int,
    actor: User,
    village: Area | None = None,
) -> Inspection:
    """Note that `team` checked so many households on a day (Asia/Shanghai) and found so many visits real.

    One event inspection:recorded. Raises Problem inspection_day, inspection_team, inspection_counts,
    inspection_village, not_found (a township outside the actor's areas).
    """
    access.require(actor, "inspection:record")
    if not any(township.code.startswith(code) for code in actor.area_codes) or township.level != "township":
        raise Problem("not_found")
    if village is not None and village.parent_code != township.code:
        raise Problem("inspection_village")
    if inspected_on > clock.local(clock.now()).date():
        raise Problem("inspection_day")
    if not team.strip():
        raise Problem("inspection_team")
    if not 1 <= households_checked <= MOST_HOUSEHOLDS or not 0 <= found_real <= households_checked:
        raise Problem("inspection_counts")
    made = Inspection(
        county_code=township.code[:6], township=township, village=village, inspected_on=inspected_on,
        team=team.strip()[:80], households_checked=households_checked, found_real=found_real,
        recorded_by=actor.id, recorded_at=clock.now(),
    )  # fmt: skip
    db.session.add(made)
    db.session.flush()
    events.record("inspection:recorded", actor=actor, inspection=made.id, township=township.code)
    return made


def add_finding(
    inspection: Inspection, *, kind: str, problem: str, rectification: str, due_on: date, actor: User
) -> Finding:
    """One problem, what is to be put right, and by which day. One event finding:added. Raises Problem finding_unfit."""
    access.require(actor, "inspection:record")
    if kind not in set(FindingKind) or not problem.strip() or not rectification.strip():
        raise Problem("finding_unfit")
    if due_on < inspection.inspected_on:
        raise Problem("finding_due")
    made = Finding(
        kind=kind, problem=problem.strip(), rectification=rectification.strip(), due_on=due_on, result=""
    )  # fmt: skip
    inspection.findings.append(made)
    db.session.flush()
    events.record("finding:added", actor=actor, inspection=inspection.id, kind=kind)
    return made


def close_finding(finding: Finding, *, result: str, actor: User) -> Finding:
    """销号 with what was done. One event finding:closed. Raises Problem finding_closed, finding_result."""
    access.require(actor, "inspection:record")
    if finding.closed_at is not None:
        raise Problem("finding_closed")
    if not result.strip():
        raise Problem("finding_result")
    finding.result, finding.closed_at, finding.closed_by = result.strip(), clock.now(), actor.id
    events.record("finding:closed", actor=actor, inspection=finding.inspection_id, finding=finding.id)
    return finding
