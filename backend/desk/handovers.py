"""AB 角: somebody is on leave and another stands in for some days, or everything in hand goes to others."""

from flask import Blueprint, Response, render_template, request, url_for
from flask_login import current_user
from sqlalchemy.orm import joinedload

from backend.access import find_person, policy, visible_cases, visible_people
from backend.access_township import find_cover, visible_covers
from backend.codebook import FIELD_ROLES
from backend.desk import case_list, typed
from backend.desk.forms import Form
from backend.desk.page import done, today
from backend.domain import assignment, cover, handover
from backend.models import Case, Cover, User, db
from backend.problems import Problem

pages = Blueprint("handovers", __name__)


def _worker(user_id: str) -> User:
    person = find_person(current_user, user_id)
    if person.role not in FIELD_ROLES:
        raise Problem("not_found")
    return person


def _colleagues(person: User) -> list[User]:
    """Who may go instead, those with least in hand first."""
    towns = {code[:9] for code in current_user.area_codes}
    found = {user.id: user for town in sorted(towns) for user in assignment.visitors_of(town) if user.id != person.id}
    load = assignment.loads(list(found))
    return sorted(found.values(), key=lambda user: (load[user.id], user.username))


def _cases(person: User) -> list[Case]:
    query = handover.in_hand(visible_cases(current_user), person).order_by(Case.ends_at, Case.id)
    return list(db.session.scalars(case_list.with_parts(query)))


def _covers(*wanted) -> list[Cover]:
    query = visible_covers(current_user).where(Cover.ended_at.is_(None), Cover.until_on >= today(), *wanted)
    parts = (joinedload(Cover.user), joinedload(Cover.stand_in))
    return list(db.session.scalars(query.options(*parts).order_by(Cover.from_on, Cover.id)))


def _page(person: User, form: Form) -> str:
    people = _colleagues(person)
    return render_template(
        "handovers/show.html", person=person, people=people, load=assignment.loads([user.id for user in people]),
        cases=_cases(person), covers=_covers(Cover.user_id == person.id), form=form,
    )  # fmt: skip


@pages.get("/handovers/")
@policy("cover:set")
def index() -> str:
    """Everybody who visits, with what is in hand and who stands in for whom."""
    query = visible_people(current_user).where(User.role.in_(FIELD_ROLES), User.is_active).order_by(User.username)
    people = list(db.session.scalars(query))
    load = assignment.loads([user.id for user in people])
    return render_template("handovers/index.html", people=people, load=load, covers=_covers())


@pages.get("/handovers/<user_id>")
@policy("cover:set")
def show(user_id: str) -> str:
    """One person: days of leave, and what could go to others."""
    return _page(_worker(user_id), Form(start={"from_on": today().isoformat()}))


@pages.post("/handovers/<user_id>/cover")
@policy("cover:set")
def set_cover(user_id: str) -> Response | tuple[str, int]:
    """Somebody stands in for some days."""
    person, form = _worker(user_id), Form(request.form)
    stand_in = {user.id: user for user in _colleagues(person)}.get(form.value("stand_in"))
    from_on, until_on = typed.any_day(form, "from_on"), typed.any_day(form, "until_on")
    if stand_in is None:
        form.fail("stand_in", "choose")
    if stand_in is None or from_on is None or until_on is None:
        return _page(person, form), 422
    try:
        cover.set_cover(person, stand_in=stand_in, from_on=from_on, until_on=until_on, actor=current_user)
    except Problem as problem:
        form.take(problem, "stand_in")
        return _page(_worker(user_id), form), problem.status
    db.session.commit()
    return done(url_for("handovers.show", user_id=user_id), "cover-set")


@pages.post("/covers/<int:cover_id>/end")
@policy("cover:set")
def end_cover(cover_id: int) -> Response:
    """Back earlier."""
    ended = cover.end_cover(find_cover(current_user, cover_id), actor=current_user)
    db.session.commit()
    return done(url_for("handovers.show", user_id=ended.user_id), "cover-ended")


@pages.post("/handovers/<user_id>/cases")
@policy("case:assign")
def hand_over(user_id: str) -> Response | tuple[str, int]:
    """All households go to those chosen; with anything wrong none goes and the choice stays."""
    person, form = _worker(user_id), Form(request.form, most={"reason": 100})
    given = _give_all(person, form)
    if not form.is_good:
        db.session.rollback()
        return _page(_worker(user_id), form), 422
    db.session.commit()
    return done(url_for("handovers.show", user_id=user_id), "handed-over", n=given)


def _give_all(person: User, form: Form) -> int:
    """Each household to its own choice (to-<case id>), else to the one for all (to); returns how many."""
    people, cases = {user.id: user for user in _colleagues(person)}, _cases(person)
    if not form.value("reason"):
        form.fail("reason", "reason")
    if not cases:
        form.fail("to", "nobody_chosen")
    for case in cases:
        to = people.get(form.value(f"to-{case.id}") or form.value("to"))
        if to is None:
            form.fail("to", "choose")
            break
        try:
            if form.value("reason"):
                handover.hand_over(case, leaving=person, to=to, reason=form.value("reason"), actor=current_user)
        except Problem as problem:
            form.fail(f"to-{case.id}", problem.message)
    return len(cases)
