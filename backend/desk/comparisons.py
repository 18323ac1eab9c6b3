"""比对: run it, settle what waits for a person, publish the warnings."""

from flask import Blueprint, Response, render_template, request, url_for
from flask_login import current_user
from sqlalchemy import select

from backend.access import policy
from backend.desk import imports
from backend.desk.forms import Form
from backend.desk.import_standing import standing
from backend.desk.matches import match_of
from backend.desk.page import done
from backend.domain import comparison_answer, comparison_run, publication
from backend.models import Comparison, ComparisonRun, db
from backend.problems import Problem

pages = Blueprint("comparisons", __name__, url_prefix="/comparisons")

PAGE = 60


def _waiting() -> list[Comparison]:
    return list(db.session.scalars(comparison_answer.waiting(current_user).limit(PAGE)))


def _page(form: Form) -> str:
    matches = [match_of(finding) for finding in _waiting()]
    run = db.session.scalar(select(ComparisonRun).order_by(ComparisonRun.id.desc()).limit(1))
    return render_template("comparisons/index.html", matches=matches, form=form, run=run, standing=standing())


@pages.get("/")
@policy("import:see")
def index() -> str:
    """Weak matches and damaged numbers, with the differing characters boxed."""
    return _page(Form())


@pages.post("/")
@policy("comparison:run")
def run() -> Response | tuple[str, int]:
    """Compare everything that is not yet published."""
    try:
        made = comparison_run.run_comparison(actor=current_user)
    except Problem as problem:
        form = Form()
        form.take(problem, "page")
        return imports.page(form), problem.status
    db.session.commit()
    return done(url_for("imports.index"), "compared", n=sum(made.counts.values()))


@pages.post("/answers")
@policy("comparison:answer")
def answer() -> Response | tuple[str, int]:
    """Settle every pair for which something was said; with one mistake nothing is settled."""
    form = Form(request.form)
    settled = _answer_all(form)
    if not form.is_good:
        db.session.rollback()
        return _page(form), 422
    db.session.commit()
    return done(url_for("comparisons.index"), "answered", n=settled)


def _answer_all(form: Form) -> int:
    settled = 0
    for finding in _waiting():
        key = finding.declaration_id
        said = form.value(f"say-{key}")
        if said in ("", "phone"):
            continue
        try:
            comparison_answer.answer(finding, said=said, actor=current_user, id_number=form.value(f"id-{key}"))
            settled += 1
        except Problem as problem:
            form.fail(f"say-{key}", problem.message)
    if not settled and form.is_good:
        form.fail("page", "none_chosen")
    return settled


@pages.post("/publication")
@policy("warning:publish")
def publish() -> Response | tuple[str, int]:
    """Publish the warnings whose township is known; the others wait for it."""
    findings = [one for one in db.session.scalars(publication.waiting(current_user)) if one.declaration.township_code]
    try:
        cases = publication.publish_warnings(findings, actor=current_user)
    except Problem as problem:
        form = Form()
        form.take(problem, "page")
        return imports.page(form), problem.status
    db.session.commit()
    return done(url_for("imports.index"), "published", n=len(cases))
