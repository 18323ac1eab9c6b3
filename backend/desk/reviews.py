"""研判: look at a visit, adopt facts, approve or return it, then say where the household goes."""

from typing import Any

from flask import Blueprint, Response, render_template, request, url_for
from flask_login import current_user

from backend.access import find_case, policy
from backend.codebook import AssistanceCategory, Queue, ReturnReason
from backend.desk import answers, waiting
from backend.desk.carrying_out import Answer, carry_out
from backend.desk.case_view import CaseView
from backend.desk.differing import Difference, differences
from backend.desk.forms import Form
from backend.desk.page import done
from backend.domain import correction, joint_review, review, routing
from backend.models import Case, Visit, db
from backend.problems import Problem

pages = Blueprint("reviews", __name__)


def joint_of(case: Case, visit: Visit | None) -> dict[str, Any] | None:
    """联合研判 as the page shows it: who agreed so far, and whose word is the last; None where one office is enough."""
    if visit is None or not joint_review.is_joint(case):
        return None
    opinions = joint_review.opinions_on(visit)
    return {
        "opinions": opinions, "may_approve": joint_review.other_office(visit, current_user) is not None,
        "has_spoken": any(one.office == current_user.unit or one.given_by == current_user.id for one in opinions),
    }  # fmt: skip


def _page(case: Case, form: Form) -> str:
    view = CaseView(case)
    return render_template(
        "reviews/show.html", view=view, form=form, differing=differences(view), place=waiting.place_of(case),
        joint=joint_of(case, view.visit), commentable=answers.commentable(view.answers), missing=review.photos_missing(view.visit) if view.visit else 0,
    )  # fmt: skip


@pages.get("/reviews/")
@policy("case:review")
def index() -> str:
    """What waits for 研判 or for its routing."""
    after = request.args.get("after", "")
    rows, next_key = waiting.page_of(after)
    return render_template(
        "reviews/index.html", rows=rows, next_key=next_key, is_first=not after, counts=waiting.counts()
    )


@pages.get("/cases/<case_id>/review")
@policy("case:review")
def show(case_id: str) -> str:
    """One visit with its photos, its differing facts and the two ways on."""
    return _page(find_case(current_user, case_id), Form())


@pages.post("/cases/<case_id>/review/approval")
@policy("case:review")
def approve(case_id: str) -> Response | tuple[str, int]:
    """The visit is good as it is."""
    case, form = find_case(current_user, case_id), Form(request.form)
    differing = differences(CaseView(case))
    adopted, keys = _adopted(differing, form), [one.key for one in differing]
    if form.is_good:
        try:
            review.approve(case, actor=current_user, reason=form.value("reason"), adopted=adopted, differing=keys)
        except Problem as problem:
            form.take(problem, "approve" if problem.code in ON_THE_BUTTON else "page")
            return _page(case, form), problem.status
        db.session.commit()
        return done(url_for("reviews.show", case_id=case.id), "approved")
    return _page(case, form), 422


ON_THE_BUTTON = ("photos_incomplete", "second_office_missing", "opinion_given", "not_joint")


def _adopted(differing: list[Difference], form: Form) -> dict[str, str]:
    """The statement chosen for each differing question; a missing or foreign choice is a complaint."""
    chosen = {}
    for difference in differing:
        given = form.value(f"adopt-{difference.key}")
        if given not in {statement.id for statement in difference.statements}:
            form.fail(f"adopt-{difference.key}", "adopt")
            form.fail("approve", "adopt")
        chosen[difference.key] = given
    return chosen


@pages.post("/cases/<case_id>/review/opinion")
@policy("case:review")
def give_opinion(case_id: str) -> Response | tuple[str, int]:
    """The first of two offices agrees."""
    case, form = find_case(current_user, case_id), Form(request.form)
    visit = review.current_visit(case)
    try:
        if visit is None:
            raise Problem("not_found")
        form.stop()
        joint_review.give_opinion(case, visit, text=form.value("reason"), actor=current_user)
    except Problem as problem:
        form.take(problem, "approve" if problem.code in ON_THE_BUTTON else "page")
        return _page(case, form), problem.status
    db.session.commit()
    if joint_review.other_office(visit, current_user):
        return done(url_for("reviews.show", case_id=case.id), "opinions-both")
    return done(url_for("reviews.index"), "opinion-given")


@pages.post("/cases/<case_id>/review/return")
@policy("case:review")
def send_back(case_id: str) -> Response | tuple[str, int]:
    """Back to the phone, with words on the very fields."""
    case, form = find_case(current_user, case_id), Form(request.form)
    comments = _comments(form, CaseView(case).answers)
    code = form.value("reason_code")
    if code not in set(ReturnReason):
        form.fail("reason_code", "choose")
    reason = form.value("return_reason") or "；".join(c["text"] for c in comments)
    if not reason:
        form.fail("return_reason", "reason")
    return _return(case, form, code, reason, comments) if form.is_good else (_page(case, form), 422)


def _return(case: Case, form: Form, code: str, reason: str, comments: list) -> Response | tuple[str, int]:
    try:
        review.return_for_correction(case, actor=current_user, reason_code=code, reason=reason, comments=comments)
    except Problem as problem:
        form.take(problem, "reason_code" if problem.status == 422 else "page")
        return _page(case, form), problem.status
    db.session.commit()
    return done(url_for("reviews.index"), "returned")


def _comments(form: Form, told: dict[str, Any]) -> list[review.Comment]:
    keys = [line.key for line in answers.commentable(told)]
    return [{"key": key, "text": form.value(f"on-{key}")} for key in keys if form.value(f"on-{key}")]


@pages.post("/cases/<case_id>/review/reconsideration")
@policy("case:reconsider")
def reconsider(case_id: str) -> Answer:
    """撤回研判: the visit waits again."""
    case, form = find_case(current_user, case_id), Form(request.form)
    return carry_out(
        form, lambda: correction.withdraw_approval(case, reason=form.value("why"), actor=current_user),
        page=lambda: _page(case, form), beside={"correction_reason": "why"},
        go=lambda _: done(url_for("reviews.show", case_id=case.id), "approval-withdrawn"),
    )  # fmt: skip


@pages.post("/cases/<case_id>/routing")
@policy("case:route")
def route(case_id: str) -> Response | tuple[str, int]:
    """One or more queues, or 不符合 alone."""
    case, form = find_case(current_user, case_id), Form(request.form)
    wanted = form.chosen("queue", Queue)
    to = {q: form.chosen("category", AssistanceCategory) if q == Queue.SOCIAL_ASSISTANCE else [] for q in wanted}
    try:
        form.stop()
        routing.route(case, to=to, reason=form.value("reason"), actor=current_user)
    except Problem as problem:
        form.take(problem, FIELD_OF.get(problem.code, "queue" if problem.status == 422 else "page"))
        return _page(case, form), problem.status
    db.session.commit()
    if Queue.EXPLANATION in to:
        return done(url_for("explanations.new", case_id=case.id), "not-eligible")
    return done(url_for("cases.show", case_id=case.id), "routed", n=len(to))


FIELD_OF = {"category_missing": "category", "reason_missing": "reason"}


@pages.post("/cases/<case_id>/routing/settlement")
@policy("case:route")
def settle(case_id: str) -> Response | tuple[str, int]:
    """After a department's return: nothing more to route, go on with what stands."""
    case, form = find_case(current_user, case_id), Form(request.form)
    try:
        routing.settle(case, actor=current_user)
    except Problem as problem:
        form.take(problem, "queue")
        return _page(case, form), problem.status
    db.session.commit()
    return done(url_for("cases.show", case_id=case.id), "settled")
