"""Reading the departments' queues: what each holds, filtered by what the address says."""

from collections import Counter
from dataclasses import dataclass

from flask_login import current_user
from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload, selectinload
from werkzeug.datastructures import MultiDict

from backend.access import queues_of, visible_routings
from backend.codebook import RoutingState
from backend.models import Case, Routing, db

OPEN = (RoutingState.SENT, RoutingState.ACCEPTED)
FINAL = (RoutingState.DECIDED, RoutingState.RETURNED, RoutingState.WITHDRAWN)
PAGE = 60


@dataclass(frozen=True)
class QueueFilter:
    """`queue` and `category` choose the cell, `state` is open, sent, accepted or final."""

    queue: str
    category: str = ""
    state: str = "open"
    township: str = ""

    @classmethod
    def from_address(cls, args: MultiDict[str, str]) -> "QueueFilter":
        mine = [str(queue) for queue in queues_of(current_user)]
        wanted = {key: args[key] for key in ("category", "state", "township") if args.get(key)}
        return cls(args["queue"] if args.get("queue") in mine else (mine or [""])[0], **wanted)

    def as_args(self, **changed: str) -> dict[str, str]:
        """The filter as the address says it."""
        kept = {"queue": self.queue, "category": self.category, "state": self.state, "township": self.township}
        return {key: value for key, value in (kept | changed).items() if value and (key, value) != ("state", "open")}


def _of_state(query: Select, state: str) -> Select:
    if state in (RoutingState.SENT, RoutingState.ACCEPTED):
        return query.where(Routing.state == state)
    return query.where(Routing.state.in_(FINAL if state == "final" else OPEN))


def page_of(wanted: QueueFilter, after: int) -> tuple[list[Routing], int]:
    """(routings of the page, id of the last one when there are more else 0), the longest waiting first."""
    query = _of_state(visible_routings(current_user), wanted.state).where(Routing.queue == wanted.queue)
    query = query.join(Case).where(Routing.id > after)
    if wanted.township:
        query = query.where(Case.township_code == wanted.township)
    query = query.options(
        joinedload(Routing.case).joinedload(Case.township), joinedload(Routing.case).joinedload(Case.village),
        joinedload(Routing.case).joinedload(Case.declaration), joinedload(Routing.case).selectinload(Case.routings),
        selectinload(Routing.decisions),
    )  # fmt: skip
    rows = [r for r in db.session.scalars(query.order_by(Routing.id)) if _has(r, wanted.category)]
    return rows[:PAGE], rows[PAGE - 1].id if len(rows) > PAGE else 0


def _has(routing: Routing, category: str) -> bool:
    return not category or category in routing.categories


def open_by_queue() -> Counter[str]:
    """How many stand open in each of the user's queues."""
    query = visible_routings(current_user).where(Routing.state.in_(OPEN)).subquery()
    return Counter(dict(db.session.execute(select(query.c.queue, func.count()).group_by(query.c.queue)).all()))


def open_by_category(queue: str) -> Counter[str]:
    """How many stand open for each proposed category of a queue."""
    query = visible_routings(current_user).where(Routing.state.in_(OPEN), Routing.queue == queue)
    return Counter(category for routing in db.session.scalars(query) for category in routing.categories)
