"""近亲属备案: a near relative is not sent, and the county must itself visit."""

import pytest

from backend import access_township
from backend.domain import assignment, kinship
from backend.models import Case, db
from backend.problems import Problem
from tests.factories import declare, id_number, publish
from tests.postgres import on_both

pytestmark = on_both


@pytest.fixture
def case(cast) -> Case:
    return publish()


def filed(case: Case, cast, **other):
    told = {"relation": "niece", "relative": cast.mi_jianjun} | other
    return kinship.file_kinship(case, actor=cast.bai_caixia, **told)


def test_whom_it_names_is_not_sent_there(cast, case):
    filed(case, cast)
    with pytest.raises(Problem, match="near_relative") as refused:
        assignment.assign(case, main=cast.mi_jianjun, companion=cast.ding_zhiqiang, actor=cast.bai_caixia)
    assert list(refused.value.fields) == ["main"]
    assert "米建军" in refused.value.message
    with pytest.raises(Problem, match="near_relative"):
        assignment.assign(case, main=cast.ding_zhiqiang, companion=cast.mi_jianjun, actor=cast.bai_caixia)
    assignment.assign(case, main=cast.ding_zhiqiang, companion=cast.hui_axi, actor=cast.bai_caixia)


def test_it_holds_for_a_later_case_of_the_same_person_and_for_nobody_else(cast):
    number = id_number(order=77)
    first, second, other = publish(id_number=number), publish(id_number=number), publish()
    filed(first, cast)
    assert set(kinship.relatives_of([first, second, other])[second.id]) == {cast.mi_jianjun.id}
    assert kinship.relatives_of([other])[other.id] == {}


def test_without_a_number_it_holds_for_its_case_alone(cast):
    first, other = publish(declare(id_number=None)), publish(declare(id_number=None))
    filed(first, cast)
    assert kinship.relatives_of([first, other])[other.id] == {}


def test_somebody_without_an_account_is_named(cast, case):
    made = filed(case, cast, relative=None, relative_name=" 村主任李占福 ")
    assert (made.name, made.user_id) == ("村主任李占福", None)
    assert kinship.relatives_of([case])[case.id] == {}


def test_taken_back_the_person_may_go_and_be_filed_again(cast, case):
    made = filed(case, cast)
    kinship.withdraw_filing(made, actor=cast.bai_caixia)
    assignment.assign(case, main=cast.mi_jianjun, companion=cast.ding_zhiqiang, actor=cast.bai_caixia)
    with pytest.raises(Problem, match="filing_withdrawn"):
        kinship.withdraw_filing(made, actor=cast.bai_caixia)
    assert filed(case, cast).withdrawn_at is None


@pytest.mark.parametrize(
    ("told", "code"),
    [
        ({"relation": ""}, "relation_missing"),
        ({"relation": "head"}, "relation_missing"),
        ({"relative": None}, "relative_missing"),
        ({"relative_name": "李占福"}, "relative_missing"),
    ],
)
def test_refusals(cast, case, told, code):
    with pytest.raises(Problem, match=code):
        filed(case, cast, **told)


def test_twice_is_refused(cast, case):
    filed(case, cast)
    with pytest.raises(Problem, match="relative_filed"):
        filed(case, cast, relation="son")


def test_only_the_township_files_and_only_its_own_are_seen(cast, case):
    with pytest.raises(Problem, match="forbidden"):
        kinship.file_kinship(case, relation="son", relative=cast.mi_jianjun, actor=cast.tuo_fuying)
    made = filed(case, cast)
    assert access_township.find_filing(cast.bai_caixia, made.id) is made
    for who in (cast.li_zhanfu, cast.mi_jianjun, cast.tuo_fuying):
        with pytest.raises(Problem, match="not_found"):
            access_township.find_filing(who, made.id)
    with pytest.raises(Problem, match="forbidden"):
        kinship.withdraw_filing(made, actor=cast.mi_jianjun)


def test_each_verb_leaves_one_event_without_names(cast, case):
    kinship.withdraw_filing(filed(case, cast), actor=cast.bai_caixia)
    db.session.flush()
    left = case.events[-2:]
    assert [event.tag for event in left] == ["kinship:filed", "kinship:withdrawn"]
    assert all(set(event.facts) == {"filing"} for event in left)
