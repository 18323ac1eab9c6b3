"""What waits to be judged when a phone calls: in short transactions, and never in the way of the answer."""

import logging

from backend.domain.sync.apply import judge
from backend.models import User, db

log = logging.getLogger(__name__)


def judge_waiting(user: User) -> None:
    """Judge all that this person handed in, one commit for each batch; what fails waits for the next contact."""
    try:
        while _judge_some(user):
            pass
    except Exception as error:
        # The items are safe. The phone must get its answer all the same.
        db.session.rollback()
        log.error("items wait to be judged: %s", type(error).__name__)


def _judge_some(user: User) -> bool:
    _, is_more = judge(user=user)
    db.session.commit()
    return is_more
