"""Sheets of one household to print, sign and seal, as PDF. File names hold the case number alone."""

from urllib.parse import quote

from flask import Blueprint, Response
from flask_login import current_user

from backend.access import find_case, find_routing, policy
from backend.access_supervision import find_notice
from backend.desk.case_view import CaseView
from backend.desk.notices import notice_for
from backend.documents.authorisation_sheet import authorisation_sheet
from backend.documents.catalogue import SHEETS
from backend.documents.handover_sheet import handover_sheet
from backend.documents.notice_sheet import notice_sheet, shortened
from backend.documents.opinion_sheet import opinion_sheet
from backend.documents.supervision_sheet import supervision_sheet
from backend.documents.visit_sheet import visit_sheet

pages = Blueprint("printouts", __name__)


def pdf_file(written: bytes, name: str) -> Response:
    answer = Response(written, mimetype="application/pdf")
    answer.headers["Content-Disposition"] = f"inline; filename*=UTF-8''{quote(name)}.pdf"
    answer.headers["Cache-Control"] = "no-store"
    return answer


@pages.get("/cases/<case_id>/visit-sheet.pdf")
@policy("sheet:whole")
def visit(case_id: str) -> Response:
    """入户核查表, filled or empty."""
    case = find_case(current_user, case_id)
    return pdf_file(visit_sheet([CaseView(case)]), f"{SHEETS['visit']}-{case.number}")


@pages.get("/cases/<case_id>/authorisation.pdf")
@policy("sheet:whole")
def authorisation(case_id: str) -> Response:
    """家庭经济状况核对授权书."""
    case = find_case(current_user, case_id)
    return pdf_file(authorisation_sheet(CaseView(case)), f"{SHEETS['authorisation']}-{case.number}")


@pages.get("/cases/<case_id>/notice.pdf")
@policy("sheet:whole")
def notice(case_id: str) -> Response:
    """告知说明 of a household that does not qualify."""
    case = find_case(current_user, case_id)
    return pdf_file(notice_sheet(shortened(notice_for(case))), f"{SHEETS['notice']}-{case.number}")


@pages.get("/routings/<int:routing_id>/handover.pdf")
@policy("sheet:print")
def handover(routing_id: int) -> Response:
    """转办单 of one routing."""
    one = find_routing(current_user, routing_id)
    return pdf_file(handover_sheet(one, CaseView(one.case)), f"{SHEETS['handover']}-{one.case.number}-{one.id}")


@pages.get("/cases/<case_id>/opinion.pdf")
@policy("sheet:whole")
def opinion(case_id: str) -> Response:
    """联合研判意见表 of the visit that holds."""
    case = find_case(current_user, case_id)
    return pdf_file(opinion_sheet(CaseView(case)), f"{SHEETS['opinion']}-{case.number}")


@pages.get("/supervision/<int:notice_id>/notice.pdf")
@policy("supervision:see")
def supervision(notice_id: int) -> Response:
    """督办通知单 with its list as it stands now."""
    one = find_notice(current_user, notice_id)
    return pdf_file(supervision_sheet(one), f"{SHEETS['supervision']}-{one.number}")
