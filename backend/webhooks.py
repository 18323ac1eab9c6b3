"""Sending to group robots: nothing of the database is held while the other side thinks about it."""

import base64
import hashlib
import hmac
from collections.abc import Callable, Sequence
from datetime import time
from urllib.parse import quote

from sqlalchemy import ColumnElement, or_, select

from backend import clock
from backend.codebook.liaison import WebhookFault
from backend.documents import group_summary
from backend.domain import messages, webhook
from backend.extensions import settings
from backend.models import Area, User, Webhook, db
from backend.storage import outward
from backend.storage.keys import UnreadableSeal

SENT_FROM = time(8, 30)
AHEAD = (0, 1, 2)


def waiting() -> Sequence[Webhook]:
    """Those that have not had today's summary and may be tried now."""
    here = clock.local(clock.now())
    if here.time() < SENT_FROM:
        return []
    not_yet = or_(Webhook.sent_on.is_(None), Webhook.sent_on < here.date())
    return _free(not_yet)


def urgent_waiting() -> Sequence[Webhook]:
    """Those that have not been told of a household in 急难 and may be tried now."""
    return _free(Webhook.urgent_waiting.is_not(None))


def _free(which: ColumnElement[bool]) -> Sequence[Webhook]:
    is_free = or_(Webhook.next_try_at.is_(None), Webhook.next_try_at <= clock.now())
    return db.session.scalars(select(Webhook).where(Webhook.is_on, is_free, which).order_by(Webhook.id)).all()


def check(address: str) -> None:
    """Raises outward.NotAllowed for an address that must not be reached."""
    outward.check_address(address, settings().webhook_hosts, may_be_local=_may_be_local())


def _may_be_local() -> bool:
    return settings().mode == "test"


def summary_of(one: Webhook) -> str:
    """Today's counts of an area."""
    counts = messages.due_counts([one.area_code], AHEAD)
    names = {area.code: area.name for area in db.session.scalars(select(Area).where(Area.code.in_(counts)))}
    urgent = messages.urgent_count([one.area_code])
    return group_summary.summary(one.area.name, clock.local(clock.now()), group_summary.named(counts, names), urgent)


def urgent_of(one: Webhook) -> str:
    """Where households in 急难 were reported from since the last time."""
    waiting = one.urgent_waiting or {}
    names = {area.code: area.name for area in db.session.scalars(select(Area).where(Area.code.in_(waiting)))}
    return group_summary.urgent(one.area.name, [(names.get(code, code), waiting[code]) for code in sorted(waiting)])


def test_of(one: Webhook) -> str:
    """What a test says."""
    return group_summary.TEST.format(area=one.area.name)


def signed(address: str, secret: str | None, at_ms: int) -> str:
    """The address with DingTalk's signature of the moment, where there is a secret."""
    if not secret:
        return address
    digest = hmac.new(secret.encode(), f"{at_ms}\n{secret}".encode(), hashlib.sha256).digest()
    joint = "&" if "?" in address else "?"
    return f"{address}{joint}timestamp={at_ms}&sign={quote(base64.b64encode(digest), safe='')}"


def send(
    webhook_id: str, words_of: Callable[[Webhook], str], *, is_daily: bool = False, actor: User | None = None
) -> WebhookFault | None:
    """Send and note what came of it, committed; the fault, if any."""
    one = db.session.get_one(Webhook, webhook_id)
    actor_id = actor.id if actor else None
    words, urgent = words_of(one), dict(one.urgent_waiting or {}) if words_of is urgent_of else {}
    try:
        address = signed(one.address, one.secret, int(clock.now().timestamp() * 1000))
    except UnreadableSeal:
        address = ""
    db.session.rollback()
    fault = _post(address, words)
    one = db.session.get_one(Webhook, webhook_id, with_for_update=True, populate_existing=True)
    who = db.session.get(User, actor_id) if actor_id else None
    if fault is None:
        webhook.note_sent(one, is_daily=is_daily, urgent=urgent, actor=who)
    else:
        webhook.note_failed(one, fault, actor=who)
    db.session.commit()
    return fault


def _post(address: str, words: str) -> WebhookFault | None:
    body = {"msgtype": "text", "text": {"content": words}}
    try:
        outward.post_json(address, body, settings().webhook_hosts, may_be_local=_may_be_local())
    except outward.NotAllowed:
        return WebhookFault.NOT_ALLOWED
    except outward.Refused:
        return WebhookFault.REFUSED
    except OSError:
        return WebhookFault.UNREACHABLE
    return None
