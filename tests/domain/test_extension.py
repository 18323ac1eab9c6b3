"""延期: the published limit holds until the county agrees, and is never rewritten."""

from datetime import date, timedelta

import pytest

from backend import access_petition, clock
from backend.codebook import PetitionState
from backend.domain import deadline, extension, notices
from backend.models import Case, Event, Notice, db
from backend.problems import Problem
from tests.factories import assigned_case, visit_case
from tests.postgres import on_both

pytestmark = on_both


@pytest.fixture
def case(cast) -> Case:
    return assigned_case(cast)


def later(days: int = 12):
    return clock.local(clock.now()).date() + timedelta(days=days)


def ask(case: Case, cast, **other) -> extension.Extension:
    told = {"until_on": later(), "reason": "全家在兰州务工，月底回来"} | other
    return extension.request_extension(case, actor=cast.bai_caixia, **told)


def tags() -> list[str]:
    return list(db.session.scalars(db.select(Event.tag).where(Event.tag.startswith("extension:")).order_by(Event.id)))


def test_asking_changes_no_limit(cast, case):
    before = case.ends_at
    made = ask(case, cast)
    assert (made.state, made.reason) == (PetitionState.ASKED, "全家在兰州务工，月底回来")
    assert case.ends_at == case.due_at == before


def test_what_is_overdue_stays_overdue(cast, case):
    """An extension is asked for before the limit ends (DOMAIN §5.3: 应核查数 leaves out only 批准延期未到期)."""
    with clock.standing_at(case.ends_at), pytest.raises(Problem) as told:
        ask(case, cast)
    assert told.value.code == "extension_over"
    with clock.standing_at(case.ends_at - timedelta(seconds=1)):
        assert ask(case, cast).state == PetitionState.ASKED


def test_approving_moves_what_counts_and_keeps_what_was_published(cast, case):
    published = case.due_at
    extension.approve(ask(case, cast), actor=cast.mao_zhiqiang)
    assert (case.due_at, case.ends_at) == (published, deadline.end_of(later()))
    db.session.flush()
    assert db.session.scalar(db.select(Case.ends_at).where(Case.id == case.id)) == case.ends_at


def test_refusing_keeps_the_limit_and_tells_why(cast, case):
    made = extension.refuse(ask(case, cast), reason="能视频就视频看", actor=cast.mao_zhiqiang)
    assert (made.state, case.ends_at) == (PetitionState.REFUSED, case.due_at)
    db.session.flush()
    (told,) = notices.as_told(notices.notices_for(cast.mi_jianjun))
    assert told["text"] == "县上没批延期，期限不变：能视频就视频看"


def test_those_who_go_and_who_asked_are_told(cast, case):
    extension.approve(ask(case, cast), actor=cast.mao_zhiqiang)
    told = {notice.user.username for notice in db.session.scalars(db.select(Notice))}
    assert told == {"mi_jianjun", "ding_zhiqiang", "bai_caixia"}


def test_each_verb_leaves_its_event(cast, case):
    extension.refuse(ask(case, cast), reason="不够理由", actor=cast.mao_zhiqiang)
    extension.approve(ask(case, cast), actor=cast.mao_zhiqiang)
    assert tags() == ["extension:asked", "extension:refused", "extension:asked", "extension:approved"]


def test_a_later_request_takes_the_place_of_one_that_waits(cast, case):
    first, second = ask(case, cast), ask(case, cast, until_on=later(20))
    assert (first.state, second.state) == (PetitionState.REPLACED, PetitionState.ASKED)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"reason": "  "}, "reason_missing"),
        ({"until_on": later(3)}, "extension_not_later"),
        ({"until_on": later(200)}, "extension_too_late"),
        ({"until_on": date(1, 1, 1)}, "extension_not_later"),
        ({"until_on": date(9999, 12, 31)}, "extension_too_late"),
    ],
)
def test_what_does_not_fit_is_refused(cast, case, change, code):
    with pytest.raises(Problem, match=code):
        ask(case, cast, **change)
    assert case.extensions == []


def test_nobody_else_answers_and_nobody_answers_twice(cast, case):
    made = ask(case, cast)
    for other in (cast.bai_caixia, cast.tuo_fuying, cast.mi_jianjun):
        with pytest.raises(Problem, match="forbidden"):
            extension.approve(made, actor=other)
    extension.approve(made, actor=cast.mao_zhiqiang)
    with pytest.raises(Problem, match="petition_answered"):
        extension.refuse(made, reason="晚了", actor=cast.mao_zhiqiang)


def test_a_refusal_needs_its_reason(cast, case):
    with pytest.raises(Problem, match="reason_missing"):
        extension.refuse(ask(case, cast), reason=" ", actor=cast.mao_zhiqiang)


def test_a_visit_that_comes_first_makes_it_needless(cast, case):
    made = ask(case, cast)
    visit_case(case, author=cast.mi_jianjun)
    with pytest.raises(Problem, match="wrong_stage"):
        extension.approve(made, actor=cast.mao_zhiqiang)
    with pytest.raises(Problem, match="wrong_stage"):
        ask(case, cast)


def test_out_of_sight_it_does_not_exist(cast, case):
    made = ask(case, cast)
    db.session.flush()
    assert access_petition.find_extension(cast.mao_zhiqiang, made.id) is made
    for stranger in (cast.li_zhanfu, cast.zhao_shengfu, cast.mi_jianjun):
        with pytest.raises(Problem, match="not_found"):
            access_petition.find_extension(stranger, made.id)
