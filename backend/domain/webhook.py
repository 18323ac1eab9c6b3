"""群通知: where an area's robot is, and what came of sending to it."""

from collections.abc import Mapping
from datetime import timedelta

from sqlalchemy import select

from backend import access, clock
from backend.codebook.liaison import WebhookFault
from backend.domain import events
from backend.models import Area, User, Webhook, db
from backend.problems import Problem

FIRST_WAIT, LONGEST_WAIT = timedelta(minutes=5), timedelta(hours=2)
MOST_DOUBLINGS = 8


def set_webhook(area: Area, *, address: str, secret: str, is_on: bool, actor: User) -> Webhook:
    """Give an area its robot, or change it; an empty address or secret keeps what is there. One event webhook:set.

    Whether the address may be reached is asked by who calls. Raises Problem not_found, webhook_address.
    """
    access.require(actor, "webhook:keep")
    if not any(area.code.startswith(code) for code in actor.area_codes):
        raise Problem("not_found")
    kept = db.session.scalar(select(Webhook).where(Webhook.area_code == area.code))
    if kept is None and not address:
        raise Problem("webhook_address", fields={"address": ""})
    one = kept or Webhook(area_code=area.code)
    if address and address != (kept.address if kept else ""):
        one.address, one.secret = address, secret
    elif secret:
        one.secret = secret
    one.is_on, one.failures, one.fault, one.failed_at, one.next_try_at = is_on, 0, None, None, None
    one.changed_by, one.changed_at = actor.id, clock.now()
    db.session.add(one)
    events.record("webhook:set", actor=actor, area=area.code, on=is_on)
    return one


def wait_to_tell(township: str, count: int) -> None:
    """Households in 急难 for the robots of all areas around a township. Part of the worker's walk: no event."""
    around = [township[:digits] for digits in (2, 4, 6, 9)]
    for one in db.session.scalars(
        select(Webhook).where(Webhook.is_on, Webhook.area_code.in_(around)).with_for_update()
    ):
        waiting = one.urgent_waiting or {}
        one.urgent_waiting = waiting | {township: waiting.get(township, 0) + count}


def note_sent(one: Webhook, *, is_daily: bool, urgent: Mapping[str, int], actor: User | None) -> None:
    """It was taken; `urgent` are those that were told, and what came meanwhile still waits. One event webhook:sent."""
    one.failures, one.fault, one.failed_at, one.next_try_at = 0, None, None, None
    if is_daily:
        one.sent_on = clock.local(clock.now()).date()
    waiting = one.urgent_waiting or {}
    one.urgent_waiting = {
        town: n - urgent.get(town, 0) for town, n in waiting.items() if n > urgent.get(town, 0)
    } or None
    events.record("webhook:sent", actor=actor, area=one.area_code, daily=is_daily, urgent=sum(urgent.values()))


def note_failed(one: Webhook, fault: WebhookFault, *, actor: User | None) -> None:
    """It was not taken; the next try waits twice as long each time. One event webhook:failed."""
    now = clock.now()
    one.failures, one.fault, one.failed_at = one.failures + 1, fault, now
    one.next_try_at = now + min(LONGEST_WAIT, FIRST_WAIT * 2 ** min(one.failures - 1, MOST_DOUBLINGS))
    events.record("webhook:failed", actor=actor, area=one.area_code, fault=fault.value, failures=one.failures)
