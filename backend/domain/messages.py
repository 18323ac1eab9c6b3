"""消息: events that concern an office's duty, told to everybody who does that duty there.

The worker walks the events since its mark; mark and messages are one transaction, so nothing is told twice
and nothing is lost. 甘民发〔2023〕53号 四: 每日调度. Counts and places only: a title names no household.
"""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import NamedTuple

from sqlalchemy import exists, func, select

from backend import clock
from backend.access import in_areas
from backend.access_departments import lead_of
from backend.access_liaison import office_told
from backend.codebook import REFERRAL_QUEUES, MessageKind, Queue, Role, Stage
from backend.domain import deadline, webhook
from backend.domain.held_cases import NOT_VISITED, unsynced_cases
from backend.models import Case, Event, Exchange, Message, MessageMark, MessageReading, SupervisionNotice, User, db

NEWS_FOR = timedelta(days=7)
EVENTS_AT_ONCE = 500
MORNING_HOUR = 8
DAY = timedelta(days=1)
DUE_KINDS = (MessageKind.OVERDUE, MessageKind.DUE_TODAY, MessageKind.DUE_TOMORROW, MessageKind.DUE_IN_TWO_DAYS)
COORDINATOR, RELAPSE = Role.TOWNSHIP_COORDINATOR, Role.COUNTY_RELAPSE_PREVENTION

TO_TOWNSHIP = {
    "warning:published": MessageKind.NEW_WARNINGS,
    "case:transferred": MessageKind.NEW_WARNINGS,
    "case:transfer_undone": MessageKind.NEW_WARNINGS,
    "visit:recorded": MessageKind.TO_REVIEW,
    "routing:returned": MessageKind.ROUTING_RETURNED,
    "materials:asked": MessageKind.MATERIALS_ASKED,
    "extension:approved": MessageKind.PETITION_ANSWERED,
    "extension:refused": MessageKind.PETITION_ANSWERED,
    "case:voided": MessageKind.PETITION_ANSWERED,
    "voiding:refused": MessageKind.PETITION_ANSWERED,
}
TO_COUNTY = {"extension:asked": MessageKind.PETITION_ASKED, "voiding:asked": MessageKind.PETITION_ASKED}
TO_QUEUE = {"materials:answered": MessageKind.MATERIALS_ANSWERED, "objection:raised": MessageKind.OBJECTION_RAISED}


class Telling(NamedTuple):
    """To whom what is told about which place; equal ones are one message with their number."""

    kind: MessageKind
    role: Role
    area_code: str
    place: str
    queue: str | None = None
    about: int | None = None


def tell_new() -> int:
    """Make messages of the next events; how many events were walked. Part of the worker's round: no event, no commit."""
    mark = db.session.scalars(select(MessageMark).where(MessageMark.id == 1).with_for_update()).one()
    query = select(Event).where(Event.id > mark.event_id).order_by(Event.id).limit(EVENTS_AT_ONCE)
    walked = list(db.session.scalars(query))
    if not walked:
        return 0
    ids = {event.case_id for event in walked if event.case_id}
    cases = {case.id: case for case in db.session.scalars(select(Case).where(Case.id.in_(ids)))}
    news = clock.now() - NEWS_FOR
    counts: dict[Telling, list[int]] = {}
    for event in walked:
        if event.happened_at > news:
            for telling in tellings(event, cases.get(event.case_id or "")):
                counts.setdefault(telling, []).append(event.id)
    for telling, event_ids in counts.items():
        _tell(telling, len(event_ids), event_ids[0])
        if telling.kind == MessageKind.URGENT and telling.role == COORDINATOR:
            webhook.wait_to_tell(telling.place, len(event_ids))
    mark.event_id = walked[-1].id
    return len(walked)


def tellings(event: Event, case: Case | None) -> Iterator[Telling]:
    """Whose duty an event concerns."""
    if case is None:
        yield from _without_case(event)
        return
    town, county = case.township_code, case.county_code
    if event.tag == "urgency:reported" or event.facts.get("urgent") is True:
        # 特别困难的先行救助 does not wait for a review: the township and 县民政 hear of it at once.
        yield Telling(MessageKind.URGENT, COORDINATOR, town, town)
        yield Telling(MessageKind.URGENT, Role.COUNTY_SOCIAL_ASSISTANCE, county, town)
    is_news = event.facts.get("current") is not False and event.facts.get("again") is not True
    if event.tag in TO_TOWNSHIP and is_news:
        yield Telling(TO_TOWNSHIP[event.tag], COORDINATOR, town, town)
    elif event.tag in TO_COUNTY and event.facts.get("fits") is not False:
        yield Telling(TO_COUNTY[event.tag], RELAPSE, county, town)
    elif event.tag == "case:routed":
        for queue in event.facts.get("queues", []):
            yield from _to_queue(MessageKind.ROUTED, queue, county, town)
    elif event.tag in TO_QUEUE:
        queue = event.facts.get("queue", "")
        yield from _to_queue(TO_QUEUE[event.tag], queue, county, town)
        if event.facts.get("lead") is True and (role := lead_of(queue)):
            yield Telling(TO_QUEUE[event.tag], role, county, town)


def _to_queue(kind: MessageKind, queue: str, county: str, town: str) -> Iterator[Telling]:
    if queue == Queue.SOCIAL_ASSISTANCE:
        yield Telling(kind, Role.COUNTY_SOCIAL_ASSISTANCE, county, town)
    elif queue == Queue.RELAPSE_PREVENTION:
        yield Telling(kind, RELAPSE, county, town)
    elif queue in REFERRAL_QUEUES:
        yield Telling(kind, Role.LINE_DEPARTMENT, county, town, queue)
    elif kind == MessageKind.OBJECTION_RAISED:
        yield Telling(kind, COORDINATOR, town, town)


def _without_case(event: Event) -> Iterator[Telling]:
    if event.tag.startswith("supervision:"):
        notice = db.session.get(SupervisionNotice, event.facts.get("notice", 0))
        town = notice.township_code if notice else ""
        if notice and event.tag == "supervision:issued":
            yield Telling(MessageKind.SUPERVISION_ISSUED, COORDINATOR, town, town, about=notice.id)
        elif notice and event.tag == "supervision:answered":
            role = Role(notice.issuer.role)
            yield Telling(MessageKind.SUPERVISION_ANSWERED, role, notice.county_code, town, about=notice.id)
    elif event.tag == "exchange:recorded":
        made = db.session.get(Exchange, event.facts.get("exchange", 0))
        area = made.to_area_code if made else ""
        for role, queue in (
            sorted({(Role(one.role), one.queue or "") for one in office_told(made.liaison)}) if made else ()
        ):
            yield Telling(MessageKind.EXCHANGE_RECORDED, role, area, area, queue or None)


def _tell(telling: Telling, count: int, first_event: int) -> None:
    """A new message, or a greater number in today's one that nobody has read."""
    now = clock.now()
    stem = (
        f"{telling.kind}:{telling.role}:{telling.area_code}:{telling.place}:{telling.queue or ''}:{telling.about or ''}"
    )
    day = clock.local(now).date().isoformat()
    is_read = exists().where(MessageReading.message_id == Message.id)
    query = select(Message).where(Message.key.startswith(f"{stem}:{day}:", autoescape=True), ~is_read)
    kept = db.session.scalars(query.order_by(Message.made_at.desc()).limit(1)).first()
    if kept:
        kept.facts, kept.made_at = kept.facts | {"n": kept.facts["n"] + count}, now
        return
    _add(telling, f"{stem}:{day}:{first_event}", count)


def _add(telling: Telling, key: str, count: int) -> None:
    facts = {"n": count, "place": telling.place} | ({"about": telling.about} if telling.about else {})
    db.session.add(
        Message(
            key=key, kind=telling.kind, role=telling.role, area_code=telling.area_code, queue=telling.queue,
            facts=facts, made_at=clock.now(),
        )
    )  # fmt: skip


def tell_due() -> int:
    """Once a day from eight o'clock: what is over, due today, tomorrow and in two days, by township; how many messages.

    A household has each of these days once, so each step is told once.
    """
    now = clock.local(clock.now())
    mark = db.session.scalars(select(MessageMark).where(MessageMark.id == 1).with_for_update()).one()
    if now.hour < MORNING_HOUR or mark.due_on == now.date():
        return 0
    mark.due_on = now.date()
    counts = due_counts([], (0, 1, 2))
    made = 0
    for town, numbers in sorted(counts.items()):
        for kind, count in zip(DUE_KINDS, numbers, strict=True):
            if count:
                _add(Telling(kind, COORDINATOR, town, town), f"{kind}:{town}:{now.date().isoformat()}", count)
                made += 1
    return made


def due_counts(codes: Sequence[str], days: Sequence[int]) -> dict[str, tuple[int, ...]]:
    """{township: (overdue, due in `days[0]` days, …)} of households nobody went to, below `codes` (none: everywhere)."""
    now = clock.now()
    day = clock.local(now).date()
    open_cases = [Case.stage.in_(NOT_VISITED), Case.id.not_in(list(unsynced_cases()))]
    query = select(Case.township_code).where(*open_cases).group_by(Case.township_code)
    if codes:
        query = query.where(in_areas(Case, list(codes)))
    query = query.add_columns(func.count().filter(Case.ends_at <= now))
    for ahead in days:
        end = deadline.end_of(day + timedelta(days=ahead))
        query = query.add_columns(func.count().filter(Case.ends_at > max(now, end - DAY), Case.ends_at <= end))
    return {row[0]: tuple(row[1:]) for row in db.session.execute(query)}


def urgent_count(codes: Sequence[str]) -> int:
    """Households in 急难 below `codes` that are not closed yet."""
    waiting = select(func.count()).select_from(Case).where(Case.is_urgent, Case.stage != Stage.CLOSED)
    return db.session.scalar(waiting.where(in_areas(Case, list(codes)))) or 0


def read(messages: Sequence[Message], *, reader: User) -> None:
    """Note that this person has read them. Bookkeeping of a look, so no event."""
    ids = [message.id for message in messages]
    known = set(db.session.scalars(select(MessageReading.message_id).where(
        MessageReading.user_id == reader.id, MessageReading.message_id.in_(ids)
    )))  # fmt: skip
    now = clock.now()
    db.session.add_all(MessageReading(message_id=i, user_id=reader.id, read_at=now) for i in ids if i not in known)
