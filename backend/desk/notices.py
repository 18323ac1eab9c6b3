"""告知说明 as the desk prints it, and whether what is being written down will fit on its one page."""

from flask_login import current_user

from backend import clock
from backend.access_liaison import office_phone
from backend.desk.case_view import CaseView
from backend.documents.notice_of import notice_of
from backend.documents.notice_sheet import Notice, check_one_page
from backend.domain.parameters import standing
from backend.models import Case
from backend.problems import Problem
from backend.rulebook import hint_keys


def notice_for(case: Case) -> Notice:
    """The case's notice. Raises Problem not_found when there is nothing to be told."""
    on = clock.local(case.visited_at or clock.now()).date()
    numbers = standing(hint_keys(), on=on, area_code=case.township_code)
    return notice_of(CaseView(case), numbers, office_phone=office_phone(current_user, case.township_code))


def check_notice(case: Case) -> None:
    """Raises Problem notice_too_long when what was just recorded makes the notice longer than its page."""
    try:
        told = notice_for(case)
    except Problem as problem:
        if problem.code == "not_found":
            return
        raise
    check_one_page(told)
