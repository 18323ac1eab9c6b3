"""One step of a demo case, taken by the verb that people take."""

from collections.abc import Callable

from sqlalchemy import select

from backend import clock
from backend.codebook import Queue, Role
from backend.domain import assignment, decision, explanation, joint_review, review, routing
from backend.models import Case, Posting, Routing, User, db
from demo.answers import household_of
from demo.visits import hand_in

RETURN_WORDS = "住人房的照片太黑，看不清炕上有没有人睡。白天开着门再拍一张。"


def coordinator(case: Case) -> User:
    """Who does the township's work, of its 民政办."""
    return _at(case.township_code, Role.TOWNSHIP_COORDINATOR)


def second_office(case: Case) -> User:
    """Who agrees as well, of its 乡村振兴办."""
    return _at(case.township_code, Role.TOWNSHIP_COORDINATOR, place=1)


def _at(area_code: str, role: Role, queue: str | None = None, place: int = 0) -> User:
    query = select(User).join(Posting).where(Posting.area_code == area_code, User.role == role, User.is_demo)
    query = query.where(User.queue == queue) if queue else query
    return db.session.scalars(query.order_by(User.username).offset(place)).first()


def department(case: Case, queue: str) -> User:
    """Who works on a queue of the case's county."""
    match queue:
        case Queue.SOCIAL_ASSISTANCE:
            return _at(case.county_code, Role.COUNTY_SOCIAL_ASSISTANCE)
        case Queue.RELAPSE_PREVENTION:
            return _at(case.county_code, Role.COUNTY_RELAPSE_PREVENTION)
        case _:
            return _at(case.county_code, Role.LINE_DEPARTMENT, queue)


def assign(case: Case) -> None:
    """Those of the village, as the program suggests."""
    people = assignment.visitors_of(case.township_code)
    load = assignment.loads([person.id for person in people])
    main, companion = assignment.suggest(case, people, load)
    assignment.assign(case, main=main, companion=companion, actor=coordinator(case))


def return_visit(case: Case) -> None:
    """One photo is too dark."""
    comments = [review.Comment(key="photos.room", text=RETURN_WORDS)]
    review.return_for_correction(
        case, actor=coordinator(case), reason_code="photo", reason=RETURN_WORDS, comments=comments
    )


def approve(case: Case) -> None:
    """Both offices of the township agree with the visit."""
    joint_review.give_opinion(case, review.current_visit(case), text="属实", actor=second_office(case))
    db.session.flush()
    review.approve(case, actor=coordinator(case))


def route(case: Case) -> None:
    """Where the household's story says."""
    told = household_of(case)
    routing.route(case, to=told["to"], reason=told["reason"], actor=coordinator(case))


def accept(case: Case) -> None:
    """The first department takes it on; the others have not looked yet."""
    first = next((r for r in case.routings if r.queue != Queue.EXPLANATION), None)
    if first is not None:
        routing.accept(first, actor=department(case, first.queue))


def decide(case: Case) -> None:
    """Every department has its result, or the household has been told why there is none."""
    told = household_of(case)
    for target in case.routings:
        if target.queue == Queue.EXPLANATION:
            _explain(case, told["explained"])
        else:
            _decide(target, told["results"][target.queue])


def _decide(target: Routing, result: dict) -> None:
    actor = department(target.case, target.queue)
    if target.accepted_at is None:
        routing.accept(target, actor=actor)
    for category in target.categories or [result.get("category", "")]:
        decision.decide(
            target, outcome=result["outcome"], category=category, reason=result.get("reason", ""),
            reason_code=result.get("reason_code"),
            amount_fen=result["yuan"] * 100 if "yuan" in result else None,
            decided_on=clock.local(clock.now()).date(), actor=actor,
        )  # fmt: skip


def _explain(case: Case, told: dict) -> None:
    explanation.explain(
        case, reason_codes=told["reasons"], text=told["text"], method="in_person", receipt="signed",
        explained_at=clock.now(), actor=coordinator(case), materials="社会救助政策明白卡",
    )  # fmt: skip


TAKEN: dict[str, Callable[[Case], None]] = {
    "assign": assign,
    "visit": hand_in,
    "return": return_visit,
    "review": approve,
    "route": route,
    "accept": accept,
    "decide": decide,
}
