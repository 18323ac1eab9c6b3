"""转派 (甘民发〔2023〕53号 二; DOMAIN §4.4): the household lives in another township of the county, so that one goes.

The limit runs on as it was published. Who was sent is relieved, and nothing of theirs is lost; the receiving township
says in which village the household lives.
"""

from collections.abc import Sequence

from sqlalchemy import select

from backend import access, clock
from backend.codebook import Stage
from backend.domain import events, petitions
from backend.models import Area, Case, Transfer, User, db
from backend.problems import Problem

LONGEST_GROUP = 40


def transfer(case: Case, *, to: Area, reason: str, actor: User) -> Transfer:
    """The case goes to the township `to` of the same county. One event case:transferred.

    A request for 作废 that waits gives way. Raises Problem wrong_stage, transfer_place, reason_missing.
    """
    access.require(actor, "case:transfer", case)
    if to.level != "township" or to.code[:6] != case.county_code or to.code == case.township_code:
        raise Problem("transfer_place", fields={"to": ""})
    made = _move(case, to.code, reason, actor=actor)
    case.village_code, case.group_text = None, ""
    events.record(
        "case:transferred", actor=actor, case=case, transfer=made.id, source=made.from_township_code, target=to.code
    )
    return made


def undo(move: Transfer, *, reason: str, actor: User) -> Transfer:
    """The case goes back to where it was, village and all. One event case:transfer_undone.

    The receiving township (it is not ours after all) and the county may, while nobody was met there; the sending one
    until somebody is sent. Raises Problem wrong_stage, transfer_over, transfer_taken_on, reason_missing.
    """
    case = move.case
    access.require(actor, "case:transfer", case)
    if move.undoes_id is not None or last_of(case) is not move:
        raise Problem("transfer_over")
    is_theirs = any(move.to_township_code.startswith(code) for code in actor.area_codes)
    if not is_theirs and any(one.ended_at is None for one in case.assignments):
        raise Problem("transfer_taken_on")
    made = _move(case, move.from_township_code, reason, actor=actor)
    made.undoes_id = move.id
    case.village_code, case.group_text = move.from_village_code, move.from_group_text
    events.record(
        "case:transfer_undone", actor=actor, case=case, transfer=move.id, source=made.from_township_code,
        target=made.to_township_code,
    )  # fmt: skip
    return made


def place(case: Case, *, village: Area, group_text: str, actor: User) -> Case:
    """The township says in which of its villages the household lives; who was sent stays. One event case:placed.

    Raises Problem wrong_stage, place_village (another township's, or merged into another).
    """
    access.require(actor, "case:place", case)
    is_ours = village.level == "village" and village.code.startswith(case.township_code)
    if not is_ours or village.valid_to_on is not None:
        raise Problem("place_village", fields={"village": ""})
    case.village_code, case.group_text = village.code, group_text.strip()[:LONGEST_GROUP]
    events.record("case:placed", actor=actor, case=case, village=village.code)
    return case


def last_of(case: Case) -> Transfer | None:
    """The newest move of a case."""
    return case.transfers[-1] if case.transfers else None


def targets_of(case: Case) -> Sequence[Area]:
    """The other townships of the case's county."""
    query = select(Area).where(
        Area.level == "township", Area.parent_code == case.county_code, Area.code != case.township_code
    )
    return db.session.scalars(query.order_by(Area.code)).all()


def villages_of(case: Case) -> Sequence[Area]:
    """The villages of the case's township that were not merged into another."""
    query = select(Area).where(
        Area.level == "village", Area.parent_code == case.township_code, Area.valid_to_on.is_(None)
    )
    return db.session.scalars(query.order_by(Area.code)).all()


def _move(case: Case, to_code: str, reason: str, *, actor: User) -> Transfer:
    if not reason.strip():
        raise Problem("reason_missing", fields={"reason": "reason"})
    now = clock.now()
    made = Transfer(
        from_township_code=case.township_code, from_village_code=case.village_code, from_group_text=case.group_text,
        to_township_code=to_code, mover=actor, moved_at=now,
    )  # fmt: skip
    made.reason = reason.strip()
    case.transfers.append(made)
    for one in case.assignments:
        one.ended_at = one.ended_at or now
    petitions.replace_waiting(case.voidings)
    case.township_code, case.stage = to_code, Stage.WARNED
    return made
