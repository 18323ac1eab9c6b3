"""A county sets a parameter: proposed by one office, approved by the other, from a day on."""

from contextlib import contextmanager
from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from backend import access_parameters, clock, rulebook
from backend.codebook import PARAMETER_BY_KEY, PARAMETER_FIELDS, ProposalState
from backend.codebook.parameters import RULE_FIELDS
from backend.domain import parameter_changes, parameters
from backend.domain.parameter_values import fits
from backend.models import Event, Parameter, ParameterProposal, db
from backend.problems import Problem
from tests.cast import COUNTY
from tests.domain.asks import refuses
from tests.factories import publish
from tests.postgres import on_both

KEY = "dibao_standard_fen"


def today() -> date:
    return clock.local(clock.now()).date()


def asked(**other):
    return {
        "key": KEY, "value": 620000, "valid_from_on": today() + timedelta(days=10), "source": "张民发〔2026〕8号",
        "area_code": COUNTY,
    } | other  # fmt: skip


def proposed(cast, **other) -> ParameterProposal:
    return parameter_changes.propose(**asked(**other), actor=cast.mao_zhiqiang)


@contextmanager
def one_event(tag, by):
    before = set(db.session.scalars(select(Event.id)))
    facts = {}
    yield facts
    (event,) = [one for one in db.session.scalars(select(Event)) if one.id not in before]
    assert (event.tag, event.actor) == (tag, by)
    facts |= event.facts


@on_both
def test_what_one_office_proposes_and_the_other_approves_holds_from_its_day(app, cast):
    one = proposed(cast)
    day = one.valid_from_on
    assert parameters.value(KEY, on=day, area_code=COUNTY) == 600000
    made = parameter_changes.approve(one, actor=cast.tuo_fuying)
    assert (one.state, one.settler, made.source) == (ProposalState.APPROVED, cast.tuo_fuying, "张民发〔2026〕8号")
    assert parameters.value(KEY, on=day, area_code=COUNTY) == 620000
    assert parameters.value(KEY, on=day - timedelta(days=1), area_code=COUNTY) == 600000
    assert parameters.value(KEY, on=day, area_code="620522") == 600000


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"key": "unheard_of"}, "not_found"),
        ({"area_code": "620522"}, "not_found"),
        ({"area_code": "62"}, "not_found"),
        ({"value": "6200"}, "parameter_unfit"),
        ({"value": -1}, "parameter_unfit"),
        ({"key": "workday_exceptions", "value": {}}, "parameter_unfit"),
        ({"key": "rules_off", "value": ["XX-99"]}, "parameter_unfit"),
        ({"source": "  "}, "parameter_source"),
        ({"source": "长" * 121}, "parameter_source"),
        ({"valid_from_on": date(2026, 1, 1)}, "parameter_past"),
    ],
)
def test_a_proposal_is_refused(cast, wrong, code):
    refuses(code, parameter_changes.propose, **asked(**wrong), actor=cast.mao_zhiqiang)


def test_only_the_two_offices_of_the_county_propose(cast):
    for person in (cast.bai_caixia, cast.chen_xiaohong, cast.liu_yulan, cast.tie_jianhua, cast.mi_jianjun):
        refuses("forbidden", parameter_changes.propose, **asked(), actor=person)


def test_a_day_is_set_once_and_asked_for_once(cast):
    one = proposed(cast)
    refuses("parameter_waiting", parameter_changes.propose, **asked(value=1000), actor=cast.tuo_fuying)
    parameter_changes.approve(one, actor=cast.tuo_fuying)
    refuses("parameter_day", parameter_changes.propose, **asked(value=1000), actor=cast.tuo_fuying)


def test_a_day_that_is_over_needs_a_reason(cast):
    one = proposed(cast, valid_from_on=date(2026, 1, 1), reason="文件从一月起算")
    parameter_changes.approve(one, actor=cast.tuo_fuying)
    assert parameters.value(KEY, on=date(2026, 1, 1), area_code=COUNTY) == 620000


def test_a_day_that_passed_while_it_waited_needs_a_reason_too(cast):
    with clock.standing_at(clock.now() - timedelta(days=20)):
        one = proposed(cast)
    refuses("parameter_past", parameter_changes.approve, one, actor=cast.tuo_fuying)
    parameter_changes.approve(one, actor=cast.tuo_fuying, reason="批晚了，文件从那天起")
    assert parameters.value(KEY, on=one.valid_from_on, area_code=COUNTY) == 620000


def test_nobody_approves_or_refuses_what_their_own_office_proposed(cast):
    one = proposed(cast)
    refuses("own_proposal", parameter_changes.approve, one, actor=cast.mao_zhiqiang)
    refuses("own_proposal", parameter_changes.refuse, one, reason="不对", actor=cast.mao_zhiqiang)
    refuses("forbidden", parameter_changes.approve, one, actor=cast.bai_caixia)
    back = parameter_changes.propose(**asked(key="house_max", value=2), actor=cast.tuo_fuying)
    refuses("own_proposal", parameter_changes.approve, back, actor=cast.tuo_fuying)
    parameter_changes.approve(back, actor=cast.mao_zhiqiang)


@on_both
def test_the_database_refuses_two_eyes(app, cast):
    one = proposed(cast)
    one.state, one.settled_by, one.settled_at = ProposalState.APPROVED, one.proposed_by, clock.now()
    with pytest.raises(IntegrityError):
        db.session.flush()


def test_what_is_refused_never_holds_and_says_why(cast):
    one = proposed(cast)
    refuses("reason_missing", parameter_changes.refuse, one, reason=" ", actor=cast.tuo_fuying)
    parameter_changes.refuse(one, reason="文号不对", actor=cast.tuo_fuying)
    assert (one.state, one.settlement_reason) == (ProposalState.REFUSED, "文号不对")
    assert parameters.value(KEY, on=one.valid_from_on, area_code=COUNTY) == 600000
    refuses("proposal_settled", parameter_changes.approve, one, actor=cast.tuo_fuying)
    assert proposed(cast).state == ProposalState.PROPOSED


def test_whoever_proposed_it_takes_it_back(cast):
    one = proposed(cast)
    refuses("not_own_proposal", parameter_changes.withdraw, one, reason="写错", actor=cast.tuo_fuying)
    refuses("reason_missing", parameter_changes.withdraw, one, reason="", actor=cast.mao_zhiqiang)
    refuses("forbidden", parameter_changes.withdraw, one, reason="写错", actor=cast.bai_caixia)
    parameter_changes.withdraw(one, reason="写错了数", actor=cast.mao_zhiqiang)
    assert one.state == ProposalState.WITHDRAWN
    refuses("proposal_settled", parameter_changes.withdraw, one, reason="再撤", actor=cast.mao_zhiqiang)


def test_it_is_out_of_the_sight_of_other_counties_and_of_those_who_only_visit(cast):
    one = proposed(cast)
    for person in (cast.tuo_fuying, cast.bai_caixia, cast.liu_yulan, cast.zhang_cunying):
        assert access_parameters.find_proposal(person, one.id) is one
    one.area_code = "620522"
    db.session.flush()
    for person in (cast.tuo_fuying, cast.bai_caixia, cast.tie_jianhua):
        with pytest.raises(Problem, match="not_found"):
            access_parameters.find_proposal(person, one.id)


def test_each_verb_leaves_one_event(cast):
    with one_event("parameter:proposed", cast.mao_zhiqiang) as facts:
        one = proposed(cast)
    assert facts == {"proposal": one.id, "key": KEY, "area": COUNTY, "from": one.valid_from_on.isoformat()}
    with one_event("parameter:withdrawn", cast.mao_zhiqiang) as facts:
        parameter_changes.withdraw(one, reason="写错", actor=cast.mao_zhiqiang)
    assert "写错" not in str(facts)
    other = proposed(cast)
    with one_event("parameter:refused", cast.tuo_fuying):
        parameter_changes.refuse(other, reason="文号不对", actor=cast.tuo_fuying)
    last = proposed(cast)
    with one_event("parameter:approved", cast.tuo_fuying):
        parameter_changes.approve(last, actor=cast.tuo_fuying)


def test_a_deadline_that_is_fixed_is_not_rewritten(cast):
    case = publish()
    before = (case.due_at, case.limit_days)
    made = proposed(cast, key="visit_limit_days", value=9, valid_from_on=date(2023, 5, 2), reason="试一试")
    parameter_changes.approve(made, actor=cast.tuo_fuying)
    db.session.refresh(case)
    assert (case.due_at, case.limit_days) == before
    assert publish().limit_days == 9


def test_every_shipped_value_fits_what_the_codebook_declares():
    for row in rulebook.shipped_parameters():
        field = PARAMETER_BY_KEY.get(row["key"])
        if field is None:
            assert row["key"] == "roster_stale_days", "nothing asks for it"
        elif field.kind != "calendar":
            assert fits(field, row["value"], rulebook.rule_ids()), row
    assert rulebook.hint_keys() <= set(PARAMETER_BY_KEY)
    assert max(len(key) for key in PARAMETER_BY_KEY) <= 40


@pytest.mark.parametrize(
    "value", [None, "", "8", 1.5, True, -1, 10**15, [], ["M1"], ["M1", "M1"], [[]], [{}], {}, {"a": 1}]
)
@pytest.mark.parametrize("field", [*PARAMETER_FIELDS, *RULE_FIELDS[:1], RULE_FIELDS[-1]], ids=lambda field: field.key)
def test_no_value_however_odd_breaks_the_check(field, value):
    assert fits(field, value, rulebook.rule_ids()) in (True, False)


def test_a_proposal_is_no_parameter(cast):
    before = db.session.query(Parameter).count()
    proposed(cast)
    assert db.session.query(Parameter).count() == before
