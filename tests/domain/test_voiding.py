"""作废: the county grants it, and the case is closed without counting as visited or overdue."""

import pytest

from backend import access, access_petition
from backend.codebook import PetitionState, Stage
from backend.domain import events, extension, voiding
from backend.models import Case, Event, db
from backend.problems import Problem
from tests.domain.test_extension import ask as ask_extension
from tests.factories import assigned_case, visit_case
from tests.postgres import on_both

pytestmark = on_both


@pytest.fixture
def case(cast) -> Case:
    return assigned_case(cast)


def ask(case: Case, cast, **other) -> voiding.Voiding:
    told = {"reason_code": "not_declarer", "reason": "本人说没报过，支书也说不是他家"} | other
    return voiding.request_voiding(case, actor=cast.bai_caixia, **told)


def test_asking_changes_nothing(cast, case):
    made = ask(case, cast)
    assert (made.state, case.stage, case.voided_at) == (PetitionState.ASKED, Stage.ASSIGNED, None)


def test_approving_closes_the_case_and_it_leaves_the_phones(cast, case):
    waiting = ask_extension(case, cast)
    voiding.approve(ask(case, cast), actor=cast.mao_zhiqiang)
    db.session.flush()
    assert (case.stage, case.voided_at, waiting.state) == (Stage.CLOSED, case.closed_at, PetitionState.REPLACED)
    assert db.session.scalars(access.visible_cases(cast.mi_jianjun)).all() == []


def test_refusing_lets_the_case_go_on(cast, case):
    made = voiding.refuse(ask(case, cast), reason="户里还有人，照样去", actor=cast.mao_zhiqiang)
    assert (made.state, case.stage) == (PetitionState.REFUSED, Stage.ASSIGNED)


def test_each_verb_leaves_its_event(cast, case):
    voiding.refuse(ask(case, cast), reason="再去看看", actor=cast.mao_zhiqiang)
    voiding.approve(ask(case, cast), actor=cast.mao_zhiqiang)
    found = db.session.scalars(db.select(Event.tag).order_by(Event.id)).all()
    assert found[-4:] == ["voiding:asked", "voiding:refused", "voiding:asked", "case:voided"]
    assert events.broken_link() is None


@pytest.mark.parametrize("change", [{"reason": " "}, {"reason_code": "tired"}])
def test_what_is_missing_is_refused(cast, case, change):
    with pytest.raises(Problem, match="reason_missing"):
        ask(case, cast, **change)


def test_only_the_county_that_leads_answers(cast, case):
    made = ask(case, cast)
    for other in (cast.bai_caixia, cast.tuo_fuying, cast.mi_jianjun):
        with pytest.raises(Problem, match="forbidden"):
            voiding.approve(made, actor=other)


def test_a_visit_that_comes_first_makes_it_needless(cast, case):
    made = ask(case, cast)
    visit_case(case, author=cast.mi_jianjun)
    with pytest.raises(Problem, match="wrong_stage"):
        voiding.approve(made, actor=cast.mao_zhiqiang)


def test_out_of_sight_it_does_not_exist(cast, case):
    made = ask(case, cast)
    db.session.flush()
    assert access_petition.find_voiding(cast.mao_zhiqiang, made.id) is made
    with pytest.raises(Problem, match="not_found"):
        access_petition.find_voiding(cast.li_zhanfu, made.id)
    assert made.state == extension.PetitionState.ASKED
