"""How many uploads somebody may begin without ever bringing a photo: a phone gone wrong must not fill the table.

Counted by person and not by address, since a village comes through one. Each photo that arrives wipes the slate.
"""

from math import ceil
from time import time

from limits import parse

from backend.api.guard import limiter
from backend.problems import Problem

MOST = parse("200/hour")
WHAT = "uploads begun"


def refuse_too_many(user_id: str) -> None:
    """Raises Problem too_many_uploads, which says after how many seconds the next may begin."""
    if not limiter.limiter.test(MOST, WHAT, user_id):
        over_at = limiter.limiter.get_window_stats(MOST, WHAT, user_id).reset_time
        raise Problem("too_many_uploads", retry_after=max(1, ceil(over_at - time())))


def count(user_id: str) -> None:
    """One more began and brought nothing yet."""
    limiter.limiter.hit(MOST, WHAT, user_id)


def forgive(user_id: str) -> None:
    """A photo of theirs has arrived."""
    limiter.limiter.clear(MOST, WHAT, user_id)
