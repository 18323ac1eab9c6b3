"""已入户未同步: somebody was there, and only a phone knows of it. Not 未入户, and not yet 已入户 (通报 says it apart).

A household counts when no visit of it has reached the server, a phone said within the last seven days that
it holds a finished 核查表 for it, and none has come from that person since. What is only in a phone that has
been silent for longer counts as 未入户 again: nobody can vouch for it. Pure.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import NamedTuple

TOLD_WITHIN = timedelta(days=7)


class Told(NamedTuple):
    """What a phone last said about one person's work: the cases whose 核查表 is finished and not handed in."""

    user_id: str
    device_id: str
    at: datetime
    case_ids: tuple[str, ...]


def still_held(
    told: Iterable[Told], arrived: Mapping[tuple[str, str], datetime], *, now: datetime
) -> dict[str, list[Told]]:
    """{case id: the phones that hold a visit of it, who spoke last first}.

    `arrived` says when a 核查表 of (case, person) last reached the server. Whether the case has a visit is
    for the caller to ask.
    """
    held: dict[str, list[Told]] = {}
    for word in sorted(told, key=lambda word: word.at, reverse=True):
        if word.at < now - TOLD_WITHIN:
            continue
        for case_id in dict.fromkeys(word.case_ids):
            came_at = arrived.get((case_id, word.user_id))
            if came_at is None or came_at < word.at:
                held.setdefault(case_id, []).append(word)
    return held
