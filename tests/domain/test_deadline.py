"""预警信息发布后的5日内, by the vectors that the phone runs as well."""

import json
from datetime import datetime

import pytest

from backend.domain.deadline import days_left, due_at
from tests.house import ROOT

VECTORS = json.loads((ROOT / "tests/vectors/deadline.json").read_text("utf-8"))


@pytest.mark.parametrize("case", VECTORS["due"], ids=lambda case: case["name"])
def test_when_a_visit_is_due(case):
    published_at = datetime.fromisoformat(case["published_at"])
    rules = {"roll_forward": case["roll_forward"], "exceptions": case["exceptions"]}
    due = due_at(published_at, case["limit_days"], case["mode"], **rules)
    assert due == datetime.fromisoformat(case["due_at"])


@pytest.mark.parametrize("case", VECTORS["left"], ids=lambda case: case["name"])
def test_how_many_days_are_left(case):
    due, now = datetime.fromisoformat(case["due_at"]), datetime.fromisoformat(case["now"])
    assert days_left(due, now) == case["days_left"]


@pytest.mark.parametrize(("limit", "mode"), [(0, "calendar"), (-1, "workdays"), (5, "moons")])
def test_a_limit_that_makes_no_sense_is_refused(limit, mode):
    with pytest.raises(ValueError, match="at least one day"):
        due_at(datetime.fromisoformat("2026-06-01T01:30:00Z"), limit, mode)
