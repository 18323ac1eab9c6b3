"""The stage on a case is a summary: after every step it is what the facts beside it say."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest

from backend import clock
from backend.codebook import RoutingState, Stage
from backend.domain import assignment, decision, explanation, review, routing
from backend.models import Case, db
from tests.factories import MONDAY, publish, visit_case

OVER = {RoutingState.RETURNED, RoutingState.WITHDRAWN}


def stage_of(case: Case) -> Stage:
    """What the assignments, visits, reviews, routings, decisions and explanations add up to."""
    visits = [visit for visit in case.visits if visit.is_current]
    if not visits:
        return Stage.ASSIGNED if any(a.ended_at is None for a in case.assignments) else Stage.WARNED
    reviews = [one for one in case.reviews if one.visit_id == visits[-1].id]
    if not reviews:
        return Stage.SUBMITTED
    return Stage.RETURNED if reviews[-1].outcome == "returned" else _after_approval(case)


def _after_approval(case: Case) -> Stage:
    """The township has the word again after the last return or withdrawal, until it routes or settles."""
    standing = [one for one in case.routings if one.state not in OVER]
    forth = [one.routed_at for one in case.routings]
    forth += [event.happened_at for event in case.events if event.tag == "case:settled"]
    back = [at for one in case.routings for at in (one.returned_at, one.withdrawn_at) if at is not None]
    if not standing or (back and max(back) > max(forth)):
        return Stage.REVIEWED
    return Stage.CLOSED if all(_is_done(case, one) for one in standing) else Stage.ROUTED


def _is_done(case: Case, one: Any) -> bool:
    if one.queue == "explanation":
        return bool(case.explanations)
    return {d.category for d in one.decisions} >= set(one.categories) if one.categories else bool(one.decisions)


class Journey:
    """A household's way, a quarter of an hour a step; each step is compared with the facts."""

    def __init__(self, cast: Any) -> None:
        self.cast, self.at = cast, MONDAY
        self.case = publish(at=MONDAY)
        self.stages = [self._seen()]

    def _seen(self) -> str:
        db.session.flush()
        case = db.session.get(Case, self.case.id, populate_existing=True)
        assert case.stage == stage_of(case)
        assert (case.stage == Stage.CLOSED) == (case.closed_at is not None)
        return case.stage

    def go(self, step: Callable[..., Any], *about: Any, by: str, **given: Any) -> None:
        self.at += timedelta(minutes=15)
        with clock.standing_at(self.at):
            step(*(about or (self.case,)), actor=getattr(self.cast, by), **given)
        self.stages.append(self._seen())

    def assign(self) -> None:
        self.go(
            assignment.assign, by="bai_caixia", main=self.cast.mi_jianjun, companion=self.cast.ding_zhiqiang
        )  # fmt: skip

    def visit(self) -> None:
        self.go(lambda case, *, actor: visit_case(case, author=actor), by="mi_jianjun")

    def send_back(self) -> None:
        self.go(review.return_for_correction, by="bai_caixia", reason_code="photo", reason="补一张")

    def approve(self) -> None:
        self.go(review.approve, by="bai_caixia")

    def route(self, **to: list[str]) -> None:
        self.go(routing.route, by="bai_caixia", to=to, reason="属实")

    def one(self, queue: str) -> Any:
        """The newest routing to `queue`."""
        return next(r for r in reversed(self.case.routings) if r.queue == queue)

    def accept(self, queue: str, by: str) -> None:
        self.go(routing.accept, self.one(queue), by=by)

    def give_back(self, queue: str, by: str) -> None:
        self.go(routing.return_to_township, self.one(queue), by=by, reason="不归我们")

    def withdraw(self, queue: str) -> None:
        self.go(routing.withdraw, self.one(queue), by="bai_caixia", reason="转错了")

    def settle(self) -> None:
        self.go(routing.settle, by="bai_caixia")

    def decide(self, queue: str, by: str, outcome: str, category: str = "") -> None:
        given = {"outcome": outcome, "category": category, "decided_on": clock.local(self.at).date()}
        self.go(decision.decide, self.one(queue), by=by, **given)


@pytest.fixture
def journey(cast) -> Iterator[Journey]:
    return Journey(cast)


@pytest.fixture
def reviewed(journey) -> Journey:
    """Visited and approved."""
    for step in (journey.assign, journey.visit, journey.approve):
        step()
    return journey


def test_returned_and_corrected_twice(journey):
    journey.assign()
    for _ in range(2):
        journey.visit()
        journey.send_back()
    journey.visit()
    journey.visit()
    journey.approve()
    assert journey.stages == [
        "warned", "assigned", "submitted", "returned", "submitted", "returned", "submitted", "submitted", "reviewed",
    ]  # fmt: skip


def test_others_go_after_a_return(journey):
    for step in (journey.assign, journey.assign, journey.visit, journey.send_back, journey.assign, journey.visit):
        step()
    assert journey.stages[-3:] == ["returned", "returned", "submitted"]


def test_several_queues_close_with_the_last_result(reviewed):
    reviewed.route(social_assistance=["dibao", "temporary"], housing=[])
    reviewed.accept("social_assistance", "tuo_fuying")
    reviewed.accept("housing", "zhao_shengfu")
    reviewed.decide("social_assistance", "tuo_fuying", "included", "dibao")
    reviewed.decide("housing", "zhao_shengfu", "solved")
    reviewed.decide("social_assistance", "tuo_fuying", "included", "temporary")
    assert reviewed.stages[3:] == ["reviewed", *["routed"] * 5, "closed"]


def test_a_department_returns_and_the_township_routes_again(reviewed):
    reviewed.route(housing=[])
    reviewed.give_back("housing", "zhao_shengfu")
    reviewed.route(water=[])
    reviewed.accept("water", "feng_youcai")
    reviewed.decide("water", "feng_youcai", "solved")
    assert reviewed.stages[3:] == ["reviewed", "routed", "reviewed", "routed", "routed", "closed"]


def test_a_department_returns_and_the_township_settles(reviewed):
    reviewed.route(housing=[], water=[])
    reviewed.give_back("housing", "zhao_shengfu")
    reviewed.settle()
    reviewed.accept("water", "feng_youcai")
    reviewed.decide("water", "feng_youcai", "solved")
    assert reviewed.stages[4:] == ["routed", "reviewed", "routed", "routed", "closed"]


def test_settling_closes_when_the_rest_was_decided_meanwhile(reviewed):
    reviewed.route(housing=[], water=[])
    reviewed.accept("water", "feng_youcai")
    reviewed.give_back("housing", "zhao_shengfu")
    reviewed.decide("water", "feng_youcai", "solved")
    reviewed.settle()
    assert reviewed.stages[5:] == ["routed", "reviewed", "reviewed", "closed"]


def test_a_mistaken_routing_is_taken_back(reviewed):
    reviewed.route(housing=[], water=[])
    reviewed.withdraw("housing")
    reviewed.give_back("water", "feng_youcai")
    reviewed.withdraw("water")
    reviewed.route(explanation=[])
    assert reviewed.stages[4:] == ["routed", "reviewed", "reviewed", "reviewed", "routed"]


def test_not_eligible_ends_with_the_explanation(reviewed):
    reviewed.route(explanation=[])
    told = {"reason_codes": ["income"], "text": "收入高于标准，当面算给他看了。", "method": "in_person"}
    reviewed.go(
        explanation.explain, by="bai_caixia", receipt="signed", explained_at=datetime.now(MONDAY.tzinfo), **told
    )
    assert reviewed.stages[3:] == ["reviewed", "routed", "closed"]
