"""Observations, walks in vain, 急难: only ever added, with their author."""

import json

import pytest

from backend.codebook import Stage, VerdictReason
from backend.domain import contributions, review, routing, visits
from backend.domain.sync.payloads import Unreadable, read
from backend.domain.sync.standing import standing_of
from backend.models import Photo, db
from tests import phone
from tests.factories import assigned_case

VERBS = {
    "observation": (contributions.record_observation, "observation:recorded"),
    "attempt": (contributions.record_attempt, "attempt:recorded"),
    "urgent": (contributions.report_urgency, "urgency:reported"),
}


@pytest.fixture
def case(cast):
    return assigned_case(cast)


def content(kind, case, **other):
    return read(kind, json.dumps(getattr(phone, kind)(case, **other)))


def test_an_observation_keeps_text_facts_and_photos(case, cast):
    photo = phone.listed(phone.jpeg())
    seen, doubts = contributions.record_observation(
        case, content("observation", case, photos=[photo]), actor=cast.ding_zhiqiang
    )
    assert doubts == []
    assert json.loads(seen.facts_text) == {"text": "后院还有两头牛犊", "facts": {"cattle": 2}}
    assert "牛犊" not in seen.facts_text_sealed
    assert seen.photos_expected == 1
    assert db.session.get(Photo, photo["id"]).observation_id == seen.id


@pytest.mark.parametrize(
    ("cattle", "stage", "doubts"),
    [
        (3, Stage.REVIEWED, [VerdictReason.DIFFERS_FROM_VISIT]),
        (3, Stage.ROUTED, [VerdictReason.DIFFERS_FROM_VISIT]),
        (2, Stage.REVIEWED, []),
        # The reviewer still has both side by side.
        (3, Stage.SUBMITTED, []),
    ],
)
def test_what_differs_from_a_reviewed_visit_waits_for_a_person(case, cast, cattle, stage, doubts):
    visits.record_visit(case, content("visit", case, filled=phone.answers(cattle=2)), actor=cast.mi_jianjun)
    if stage != Stage.SUBMITTED:
        review.approve(case, actor=cast.bai_caixia)
    if stage == Stage.ROUTED:
        routing.route(case, to={"housing": []}, reason="墙裂了", actor=cast.bai_caixia)
    db.session.flush()
    seen = content("observation", case, facts={"cattle": cattle})
    assert case.stage == stage
    assert contributions.record_observation(case, seen, actor=cast.ding_zhiqiang)[1] == doubts


def test_a_walk_in_vain_is_kept_and_the_clock_goes_on(case, cast):
    walk, _ = contributions.record_attempt(case, content("attempt", case), actor=cast.mi_jianjun)
    assert (walk.result, walk.note) == ("away", "全家去新疆摘棉花（者志强）")
    assert case.visited_at is None


def test_urgency_marks_the_case_once_and_keeps_every_word(case, cast):
    contributions.report_urgency(case, content("urgent", case), actor=cast.mi_jianjun)
    first = case.urgent_at
    contributions.report_urgency(case, content("urgent", case, text="又下雨了"), actor=cast.ding_zhiqiang)
    assert case.is_urgent
    assert case.urgent_at == first
    assert [json.loads(o.facts_text)["text"] for o in case.observations] == ["房子塌了，没处住", "又下雨了"]


@pytest.mark.parametrize("kind", list(VERBS))
def test_none_of_them_moves_the_case_and_each_leaves_one_event(case, cast, kind):
    verb, tag = VERBS[kind]
    before = len(case.events)
    verb(case, content(kind, case), actor=cast.ding_zhiqiang)
    assert case.stage == Stage.ASSIGNED
    (event,) = case.events[before:]
    assert (event.tag, event.actor.name) == (tag, "丁志强")
    assert not {"text", "reason", "witness"} & event.facts.keys()


@pytest.mark.parametrize("kind", list(VERBS))
def test_a_household_one_was_never_sent_to_is_out_of_sight(case, cast, kind):
    assert not standing_of(cast.tuo_hasan, case, kind, 0).is_theirs


@pytest.mark.parametrize(
    ("kind", "change"),
    [
        ("attempt", {"result": "on_holiday"}),
        ("attempt", {"witness": "名" * 61}),
        ("observation", {"text": "长" * 2001}),
        ("observation", {"facts": []}),
        ("urgent", {"reported_at": "now"}),
        ("urgent", {"text": 5}),
    ],
)
def test_what_cannot_be_read_is_refused(case, kind, change):
    with pytest.raises(Unreadable, match="invalid"):
        content(kind, case, **change)
