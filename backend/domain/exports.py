"""Taking a ledger out with whole numbers of people: who, why, how many, in the chain (DOMAIN §5.1, §8)."""

from backend import access
from backend.domain import events
from backend.models import User
from backend.problems import Problem

SHORTEST = 6


def export_whole(ledger: str, *, area_code: str, row_count: int, reason: str, actor: User) -> None:
    """Record that `actor` takes out a ledger unmasked. One event ledger:exported; the reason stays in it.

    Raises Problem forbidden, not_found (an area out of sight), export_reason (under 6 characters).
    """
    access.require(actor, "ledger:export")
    if not any(area_code.startswith(code) for code in actor.area_codes):
        raise Problem("not_found")
    if len(reason.strip()) < SHORTEST:
        raise Problem("export_reason", fields={"reason": ""})
    events.record("ledger:exported", actor=actor, ledger=ledger, area=area_code, rows=row_count, reason=reason.strip())
