"""不符合: the household is told why, and that ends the case."""

from datetime import timedelta

import pytest

from backend import clock
from backend.codebook import DecisionOutcome, RoutingState, Stage
from backend.domain import explanation
from tests.domain.asks import one_event, refuses, unseen_case
from tests.factories import reviewed_case, routed_case


def words(**other):
    return {
        "reason_codes": ["income"], "text": "两个儿子务工，收入高于标准，当面算给他看了。", "method": "in_person",
        "receipt": "signed", "explained_at": clock.now(),
    } | other  # fmt: skip


@pytest.fixture
def case(cast):
    return routed_case(cast, to={"explanation": []})


def test_an_explanation_ends_the_case(cast, case):
    at = clock.now() - timedelta(hours=1)
    made = explanation.explain(case, actor=cast.bai_caixia, **words(explained_at=at, materials="明白纸一张"))
    assert (made.explainer, made.explained_at, made.materials) == (cast.bai_caixia, at, "明白纸一张")
    (one,) = case.routings
    assert (one.state, [d.outcome for d in one.decisions]) == (RoutingState.DECIDED, [DecisionOutcome.EXPLAINED])
    assert case.stage == Stage.CLOSED


def test_the_result_is_of_the_day_of_the_talk(cast, case):
    at = clock.now() - timedelta(days=3)
    explanation.explain(case, actor=cast.bai_caixia, **words(explained_at=at))
    (made,) = case.routings[0].decisions
    assert (made.decided_on, made.decided_at.date()) == (clock.local(at).date(), clock.now().date())


def test_nobody_was_told_in_the_future(cast, case):
    made = explanation.explain(case, actor=cast.bai_caixia, **words(explained_at=clock.now() + timedelta(days=1)))
    assert made.explained_at == made.recorded_at


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"reason_codes": []}, "reason_missing"),
        ({"reason_codes": ["income", "because"]}, "reason_missing"),
        ({"text": "  收入高于标准了呢 \n "}, "explanation_missing"),
        ({"method": "letter"}, "invalid"),
        ({"receipt": "maybe"}, "invalid"),
        ({"receipt": "refused", "witness": " "}, "witness_missing"),
    ],
)
def test_an_explanation_is_refused(cast, case, wrong, code):
    refuses(code, explanation.explain, case, actor=cast.bai_caixia, **words(**wrong))


def test_a_refused_signature_has_a_witness(cast, case):
    made = explanation.explain(case, actor=cast.bai_caixia, **words(receipt="refused", witness="者志强"))
    assert made.witness == "者志强"


def test_only_what_was_found_not_eligible_is_explained(cast):
    refuses("routing_state", explanation.explain, routed_case(cast), actor=cast.bai_caixia, **words())
    refuses("wrong_stage", explanation.explain, reviewed_case(cast), actor=cast.bai_caixia, **words())


def test_it_is_explained_once_by_the_township(cast, case):
    refuses("forbidden", explanation.explain, case, actor=cast.tuo_fuying, **words())
    explanation.explain(case, actor=cast.bai_caixia, **words())
    refuses("wrong_stage", explanation.explain, case, actor=cast.bai_caixia, **words())


def test_it_is_out_of_others_sight(cast, case):
    unseen_case(case, cast.li_zhanfu, cast.tuo_hasan, cast.zhao_shengfu, cast.tie_jianhua)


def test_it_leaves_one_event_without_its_words(cast, case):
    with one_event("explanation:recorded", by=cast.bai_caixia, of=case) as facts:
        explanation.explain(case, actor=cast.bai_caixia, **words())
    assert facts == {"receipt": "signed", "closed": True}
