"""Who sees what: by role, area and assignment; out of sight is the same as unknown."""

import pytest

from backend import access
from backend.codebook import Queue, Role, Stage
from backend.models import Case, Routing, db
from backend.problems import Problem
from tests.cast import LISHAN
from tests.factories import MONDAY, assigned_case, publish


@pytest.fixture
def households(cast):
    """One assigned in 恭门镇, one waiting in 龙山镇."""
    mine, other = assigned_case(cast, name="马占福"), publish(name="李占福", village=LISHAN)
    db.session.flush()
    return mine, other


def seen_by(user) -> set[str]:
    return {case.applicant_name for case in db.session.scalars(access.visible_cases(user))}


@pytest.mark.parametrize(
    ("who", "names"),
    [
        ("mi_jianjun", {"马占福"}),
        ("ding_zhiqiang", {"马占福"}),
        ("hui_axi", set()),
        ("bai_caixia", {"马占福"}),
        ("li_zhanfu", {"李占福"}),
        ("tuo_hasan", set()),
        ("mao_zhiqiang", {"马占福", "李占福"}),
        ("tuo_fuying", {"马占福", "李占福"}),
        ("zhao_shengfu", set()),
        ("liu_yulan", {"马占福", "李占福"}),
        ("zhang_cunying", {"马占福", "李占福"}),
        ("tie_jianhua", set()),
    ],
)
def test_sight(cast, households, who, names):
    assert seen_by(getattr(cast, who)) == names


def test_a_department_sees_what_was_routed_to_its_queue(cast, households):
    mine, _ = households
    mine.routings.append(
        Routing(
            county_code=mine.county_code,
            queue=Queue.HOUSING,
            reason="裂缝",
            router=cast.bai_caixia,
            routed_at=MONDAY,
            return_reason="",
        )
    )
    db.session.flush()
    assert seen_by(cast.zhao_shengfu) == {"马占福"}
    assert seen_by(cast.chen_xiaohong) == set()
    assert db.session.scalars(access.visible_routings(cast.zhao_shengfu)).one().queue == Queue.HOUSING
    assert db.session.scalars(access.visible_routings(cast.tuo_fuying)).all() == []
    with pytest.raises(Problem, match="not_found"):
        access.find_routing(cast.tuo_fuying, mine.routings[0].id)


def test_a_closed_case_leaves_the_phone(cast, households):
    mine, _ = households
    mine.stage, mine.closed_at = Stage.CLOSED, MONDAY
    db.session.flush()
    assert seen_by(cast.mi_jianjun) == set()
    assert seen_by(cast.bai_caixia) == {"马占福"}


def test_an_ended_posting_ends_the_sight(cast, households):
    cast.bai_caixia.postings[0].ended_on = MONDAY.date()
    assert seen_by(cast.bai_caixia) == set()


def test_the_stage_decides_with_the_role(cast, households):
    mine, _ = households
    assert access.can(cast.bai_caixia, "case:assign", mine)
    assert not access.can(cast.bai_caixia, "case:review", mine)
    assert not access.can(cast.mi_jianjun, "case:assign", mine)
    with pytest.raises(Problem, match="wrong_stage"):
        access.require(cast.bai_caixia, "case:review", mine)
    with pytest.raises(Problem, match="forbidden"):
        access.require(cast.mi_jianjun, "case:assign", mine)


def test_every_role_may_do_something_and_nobody_everything():
    for role in Role:
        allowed = {verb for verb, rule in access.POLICY.items() if role in rule.roles}
        assert allowed
        assert allowed != set(access.POLICY)


def test_every_view_names_its_policy(app):
    for rule in app.url_map.iter_rules():
        view = app.view_functions[rule.endpoint]
        if rule.endpoint == "static":
            continue
        for method in rule.methods - {"HEAD", "OPTIONS"}:
            handler = getattr(getattr(view, "view_class", None), method.lower(), view)
            verb = getattr(handler, "policy", None)
            assert verb in access.OPEN or verb in access.POLICY, f"{method} {rule.rule} has no policy"


def test_case_areas_are_consistent(cast, households):
    for case in db.session.scalars(db.select(Case)):
        assert case.village_code.startswith(case.township_code)
        assert case.township_code.startswith(case.county_code)
