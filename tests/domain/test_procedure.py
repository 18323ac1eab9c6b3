"""The rule of the formal steps: which is next, by when, what may be recorded. Working days are Monday to Friday."""

from datetime import date

import pytest

from backend import rulebook
from backend.codebook import AssistanceCategory, Queue, Step
from backend.domain import procedure
from backend.domain.procedure import Calendar, Known, Span
from backend.problems import Problem

LIMITS = {row["key"]: row["value"] for row in rulebook.shipped_parameters() if row["key"] in rulebook.limit_keys()}
MONDAY = date(2026, 6, 1)


def day(n: int) -> date:
    return date(2026, 6, n)


def way(name: str, today: date, outcome: str = "", exceptions=None, **spans):
    known = Known({"routed": Span(MONDAY)} | {code: Span(*days) for code, days in spans.items()}, outcome)
    return procedure.way(rulebook.procedures()[name]["steps"], known, Calendar(LIMITS, exceptions or {}, today))


def states(places) -> dict[str, str]:
    return {place.step: place.state for place in places}


def now(places):
    place = procedure.current(places)
    return (place.step, place.due_on, place.is_overdue)


def test_every_step_and_every_limit_is_known():
    for told in rulebook.procedures().values():
        known = {"routed", *(rule["step"] for rule in told["steps"])}
        for rule in [*told["steps"], *([told["total"]] if "total" in told else [])]:
            assert rule["clause"]
            limits = [one.get("limit") for one in (rule, *rule.get("or", ()))]
            assert {*limits, rule.get("at_least")} - {None} <= rulebook.limit_keys()
            assert rule.get("after", "routed") in known
            assert rule.get("step", "public") in set(Step)


def test_each_queue_has_its_procedure():
    names = {
        procedure.name_of(Queue.SOCIAL_ASSISTANCE, c, is_urgent) for c in AssistanceCategory for is_urgent in (0, 1)
    }
    names |= {procedure.name_of(queue, "", False) for queue in Queue if queue != Queue.SOCIAL_ASSISTANCE}
    assert names == set(rulebook.procedures()) | {""}


def test_children_have_no_public_notice():
    assert Step.PUBLIC not in states(way("child", MONDAY))


def test_the_way_of_dibao_with_its_limits():
    assert now(way("dibao", day(2))) == (Step.ACCEPTED, day(3), False)
    assert now(way("dibao", day(4))) == (Step.ACCEPTED, day(3), True)
    taken = {"accepted": (day(3),)}
    assert now(way("dibao", day(8), **taken)) == (Step.CHECK_STARTED, day(8), False)
    taken |= {"check_started": (day(4),), "surveyed": (day(5),), "first_opinion": (day(8),)}
    assert now(way("dibao", day(9), **taken)) == (Step.PUBLIC, None, False)
    taken |= {"public": (day(9), day(15))}
    notice = procedure.current(way("dibao", day(12), **taken))
    assert (notice.step, procedure.waits_until(notice), notice.at_least) == (Step.PUBLIC, day(15), 7)
    assert now(way("dibao", day(16), **taken)) == (Step.CONFIRMED, day(29), False)
    assert procedure.current(way("dibao", day(20), "included", **taken, confirmed=(day(20),))) is None
    told = way("dibao", day(24), "declined", **taken, confirmed=(day(20),))
    assert now(told) == (Step.TOLD, day(24), False)


def test_a_holiday_moves_the_limit():
    off = {"2026-06-02": False, "2026-06-06": True}
    assert now(way("dibao", MONDAY, exceptions=off))[1] == day(4)
    assert now(way("dibao", MONDAY, exceptions=off, accepted=(day(4),)))[1] == day(8)


def test_a_step_done_late_stays_marked():
    places = way("dibao", day(20), accepted=(day(5),))
    assert [place.is_overdue for place in places[:2]] == [True, True]


def test_an_optional_step_is_passed_and_keeps_nobody_waiting():
    assert now(way("single", day(8), accepted=(day(2),)))[:2] == (Step.FEEDBACK, day(16))
    assert states(way("single", day(8), accepted=(day(2),), feedback=(day(5),)))["measure"] == "passed"


TAKEN = {"accepted": (day(2),), "check_started": (day(3),), "surveyed": (day(4),), "first_opinion": (day(5),)}


@pytest.mark.parametrize(
    ("step", "span", "code", "field"),
    [
        ("federation", (day(8),), "step_unknown", "step"),
        ("accepted", (day(8),), "step_of_itself", "step"),
        ("public", (day(13), day(20)), "step_in_future", "happened_on"),
        ("public", (day(8),), "step_end_missing", "until_on"),
        ("public", (day(8), day(7)), "step_end_before", "until_on"),
        ("public", (day(8), day(13)), "step_too_short", "until_on"),
        ("public", (day(4), day(12)), "step_before", "happened_on"),
        ("check_started", (day(8),), "step_after", "happened_on"),
    ],
)
def test_a_day_that_does_not_fit_names_its_field(step, span, code, field):
    with pytest.raises(Problem) as caught:
        procedure.check(way("dibao", day(12), **TAKEN), step, Span(*span), day(12), MONDAY)
    assert (caught.value.code, list(caught.value.fields)) == (code, [field])


def test_a_step_waits_for_the_one_before():
    with pytest.raises(Problem, match="step_order"):
        procedure.check(way("dibao", day(12), accepted=(day(2),)), "first_opinion", Span(day(4)), day(12), MONDAY)
    procedure.check(way("dibao", day(12), **TAKEN), "public", Span(day(6), day(12)), day(12), MONDAY)


def test_survey_and_check_of_dibao_run_in_parallel():
    """民发〔2021〕57号 第15条 and 第17条 each count from the acceptance; either may come first."""
    taken = {"accepted": (day(3),)}
    assert states(way("dibao", day(4), **taken))["surveyed"] == states(way("dibao", day(4), **taken))["check_started"]
    places = way("dibao", day(8), **taken)
    procedure.check(places, Step.SURVEYED, Span(day(4)), day(8), MONDAY)
    surveyed = way("dibao", day(8), **taken, surveyed=(day(4),))
    assert procedure.current(surveyed).step == Step.CHECK_STARTED
    procedure.check(surveyed, Step.CHECK_STARTED, Span(day(5)), day(8), MONDAY)
    with pytest.raises(Problem, match="step_order"):
        procedure.check(surveyed, Step.FIRST_OPINION, Span(day(5)), day(8), MONDAY)
    both = way("dibao", day(8), **taken, surveyed=(day(4),), check_started=(day(5),))
    procedure.check(both, Step.CHECK_STARTED, Span(day(3)), day(8), MONDAY)
    with pytest.raises(Problem, match="step_before"):
        procedure.check(both, Step.FIRST_OPINION, Span(day(4)), day(8), MONDAY)
    with pytest.raises(Problem, match="step_before"):
        procedure.check(places, Step.SURVEYED, Span(day(2)), day(8), MONDAY)


@pytest.mark.parametrize(
    ("switched", "spans", "days"),
    [({}, {}, 30), ({}, {"prolonged": Span(day(9))}, 45), ({"dibao_delegated": True}, {}, 20),
     ({"dibao_delegated": False}, {}, 30), ({"dibao_delegated": True}, {"prolonged": Span(day(9))}, 45)],
)  # fmt: skip
def test_the_whole_of_dibao_takes_30_45_or_20_working_days(switched, spans, days):
    known = Known({"accepted": Span(day(3)), **spans})
    calendar = Calendar(LIMITS | switched, {}, day(9))
    total = procedure.total_of(rulebook.procedures()["dibao"]["total"], known, calendar)
    assert procedure.due(total, known, calendar) == procedure.counted(day(3), days, "workdays", {})


def test_a_prolongation_stands_in_no_order():
    taken = {"accepted": (day(3),), "check_started": (day(4),), "surveyed": (day(5),)}
    places = way("dibao", day(20), **taken)
    procedure.check(places, Step.PROLONGED, Span(day(19)), day(20), MONDAY)
    prolonged = way("dibao", day(22), **taken, prolonged=(day(19),))
    procedure.check(prolonged, Step.FIRST_OPINION, Span(day(8)), day(22), MONDAY)
    assert procedure.current(prolonged).step == Step.FIRST_OPINION
    assert states(prolonged)["first_opinion"] == "now"


def test_a_result_stands_for_the_steps_that_have_no_day_here():
    """They were done in another system; who was refused is to be told all the same, within three working days."""
    known = {"accepted": (day(2),), "confirmed": (day(8),)}
    places = way("dibao", day(9), "declined", **known)
    assert now(places) == (Step.TOLD, day(11), False)
    assert states(places)["public"] == "passed"
    procedure.check(places, "told", Span(day(9)), day(9), MONDAY)
    with pytest.raises(Problem, match="step_before"):
        procedure.check(places, "told", Span(day(5)), day(9), MONDAY)
    assert procedure.current(way("dibao", day(9), "included", **known)) is None
    assert now(way("monitor", day(9), "declined", accepted=(day(2),), county_decided=(day(8),)))[0] == Step.TOLD
