"""近亲属备案: who is related to the applicant of a case, recorded and taken back."""

from flask import Blueprint, Response, render_template, request, url_for
from flask_login import current_user

from backend.access import find_case, policy
from backend.access_township import find_filing
from backend.desk.case_view import CaseView
from backend.desk.forms import Form
from backend.desk.page import done
from backend.domain import assignment, kinship
from backend.models import Case, db
from backend.problems import Problem

pages = Blueprint("kinships", __name__)


def _page(case: Case, form: Form) -> str:
    people = assignment.visitors_of(case.township_code)
    return render_template(
        "kinships/edit.html", view=CaseView(case), people=people, relations=kinship.RELATIONS, form=form
    )


@pages.get("/cases/<case_id>/kinship")
@policy("kinship:file")
def edit(case_id: str) -> str:
    """Who is recorded, and one more."""
    return _page(find_case(current_user, case_id), Form())


@pages.post("/cases/<case_id>/kinship")
@policy("kinship:file")
def create(case_id: str) -> Response | tuple[str, int]:
    """Record somebody."""
    case, form = find_case(current_user, case_id), Form(request.form)
    people = {user.id: user for user in assignment.visitors_of(case.township_code)}
    told = {"relation": form.value("relation"), "relative_name": form.value("relative_name")}
    try:
        kinship.file_kinship(case, relative=people.get(form.value("relative")), actor=current_user, **told)
    except Problem as problem:
        form.take(problem, "relative")
        return _page(find_case(current_user, case_id), form), problem.status
    db.session.commit()
    return done(url_for("kinships.edit", case_id=case_id), "kinship-filed")


@pages.post("/kinships/<int:filing_id>/withdrawal")
@policy("kinship:file")
def withdraw(filing_id: int) -> Response:
    """It was a mistake."""
    filing = kinship.withdraw_filing(find_filing(current_user, filing_id), actor=current_user)
    db.session.commit()
    return done(url_for("kinships.edit", case_id=filing.case_id), "kinship-withdrawn")
