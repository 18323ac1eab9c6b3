"""告知说明 as the desk prints it, and whether what is being written down will fit on its one page."""

from typing import Any

from flask_login import current_user

from backend import clock
from backend.access_liaison import office_phone
from backend.codebook import DecisionOutcome
from backend.desk.case_view import CaseView
from backend.documents.notice_of import notice_of
from backend.documents.notice_sheet import Notice, check_one_page
from backend.domain import decision
from backend.domain.parameters import standing
from backend.models import Case, Decision, Routing
from backend.problems import Problem
from backend.rulebook import hint_keys

SURELY_FITS = 60


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


def decide(one: Routing, given: dict[str, Any]) -> Decision:
    """decision.decide for whichever page or file it comes from: a refusal has to fit the page that tells the household.

    Raises Problem notice_too_long beside those of the verb. A few words on the first refusal always fit; a file of
    many is not laid out line by line while others wait for the database.
    """
    made = decision.decide(one, actor=current_user, **given)
    if made.outcome == DecisionOutcome.DECLINED:
        said = [d for routing in one.case.routings for d in routing.decisions if d.outcome == made.outcome]
        if len(said) > 1 or len(made.reason) + len(made.alternative or "") > SURELY_FITS:
            check_notice(one.case)
    return made
