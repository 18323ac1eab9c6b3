"""转派: the household lives in another township; the limit runs on, the phones follow, and the way back is open."""

from datetime import timedelta

import pytest

from backend import clock
from backend.access import find_case, visible_cases
from backend.access_transfer import find_transfer
from backend.domain import assignment, messages, transfer, voiding
from backend.domain.figures import figures
from backend.domain.figures_at import cases_in
from backend.domain.sync.changes import changes_for
from backend.models import Area, Case, Event, Message, db
from backend.problems import Problem
from tests.cast import GONGMEN, GUTU, LISHAN, LONGSHAN
from tests.factories import assigned_case, publish, visited_case
from tests.postgres import on_both

pytestmark = on_both


def area(code: str) -> Area:
    return db.session.get(Area, code)


def moved(case: Case, actor, *, to: str = LONGSHAN, reason: str = "搬到龙山镇两年了"):
    made = transfer.transfer(case, to=area(to), reason=reason, actor=actor)
    db.session.flush()
    return made


def undone(move, actor, reason: str = "查了，还在老庄"):
    made = transfer.undo(move, reason=reason, actor=actor)
    db.session.flush()
    return made


def test_it_goes_with_its_limit_and_its_workers_are_relieved(cast):
    case = assigned_case(cast)
    due_at, published_at = case.due_at, case.published_at
    held = changes_for(cast.mi_jianjun, None, [])["cases"]
    assert [one["id"] for one in held] == [case.id]
    move = moved(case, cast.bai_caixia)
    assert (case.township_code, case.village_code, case.group_text, case.stage) == (LONGSHAN, None, "", "warned")
    assert (case.due_at, case.published_at) == (due_at, published_at)
    assert (move.from_township_code, move.from_village_code, move.from_group_text) == (GONGMEN, "620525102222", "三社")
    assert changes_for(cast.mi_jianjun, {case.id: held[0]["revision"]}, [])["gone"] == [case.id]
    assert find_case(cast.li_zhanfu, case.id) is case
    with pytest.raises(Problem, match="not_found"):
        find_case(cast.bai_caixia, case.id)


def test_the_receiving_township_chooses_the_village_and_sends_its_own(cast):
    case = assigned_case(cast)
    moved(case, cast.bai_caixia)
    transfer.place(case, village=area(LISHAN), group_text=" 二社 ", actor=cast.li_zhanfu)
    assert (case.village_code, case.group_text) == (LISHAN, "二社")
    with pytest.raises(Problem, match="not_in_area"):
        assignment.assign(case, main=cast.mi_jianjun, companion=cast.tuo_hasan, actor=cast.li_zhanfu)
    with pytest.raises(Problem, match="place_village"):
        transfer.place(case, village=area(GUTU), group_text="", actor=cast.li_zhanfu)
    with pytest.raises(Problem, match="forbidden"):
        transfer.place(case, village=area(LISHAN), group_text="", actor=cast.mao_zhiqiang)


@pytest.mark.parametrize(
    ("to", "reason", "code"),
    [(LONGSHAN, "  ", "reason_missing"), (GONGMEN, "搬了", "transfer_place"), (LISHAN, "搬了", "transfer_place"),
     ("620502200", "搬了", "transfer_place"), ("620525", "搬了", "transfer_place")],
)  # fmt: skip
def test_it_goes_to_another_township_of_the_county_with_a_reason(cast, to, reason, code):
    target = area(to) or Area(code=to, name="别县的乡", level="township")
    with pytest.raises(Problem, match=code):
        transfer.transfer(publish(), to=target, reason=reason, actor=cast.bai_caixia)


def test_who_was_met_is_not_moved_and_only_offices_move(cast):
    with pytest.raises(Problem, match="wrong_stage"):
        moved(visited_case(cast), cast.bai_caixia)
    for who in (cast.mi_jianjun, cast.tuo_fuying, cast.liu_yulan):
        with pytest.raises(Problem, match="forbidden"):
            moved(publish(), who)


def test_it_comes_back_to_its_village(cast):
    case = assigned_case(cast)
    move = moved(case, cast.bai_caixia)
    back = undone(move, cast.li_zhanfu)
    assert (case.township_code, case.village_code, case.group_text, case.stage) == (
        GONGMEN,
        "620525102222",
        "三社",
        "warned",
    )
    assert back.undoes_id == move.id
    for wrong in (move, back):
        with pytest.raises(Problem, match="transfer_over"):
            undone(wrong, cast.mao_zhiqiang)
    again = moved(case, cast.bai_caixia)
    assert undone(again, cast.bai_caixia).undoes_id == again.id


def test_the_sender_takes_nothing_back_from_those_who_are_on_their_way(cast):
    case = assigned_case(cast)
    move = moved(case, cast.bai_caixia)
    cast.hui_axi.postings[0].area_code = LONGSHAN
    db.session.flush()
    assignment.assign(case, main=cast.tuo_hasan, companion=cast.hui_axi, actor=cast.li_zhanfu)
    db.session.flush()
    with pytest.raises(Problem, match="transfer_taken_on"):
        undone(move, cast.bai_caixia)
    with pytest.raises(Problem, match="reason_missing"):
        undone(move, cast.mao_zhiqiang, " ")
    undone(move, cast.mao_zhiqiang)
    assert case.township_code == GONGMEN


def test_a_move_is_out_of_sight_for_others(cast):
    move = moved(publish(), cast.bai_caixia)
    for who in (cast.bai_caixia, cast.li_zhanfu, cast.mao_zhiqiang):
        assert find_transfer(who, move.id) is move
    for who in (cast.tuo_fuying, cast.tuo_hasan, cast.liu_yulan):
        with pytest.raises(Problem, match="not_found"):
            find_transfer(who, move.id)


def test_each_leaves_its_event_without_anybody_s_words(cast):
    case = publish()
    move = moved(case, cast.bai_caixia)
    transfer.place(case, village=area(LISHAN), group_text="二社", actor=cast.li_zhanfu)
    undone(move, cast.li_zhanfu)
    told = {e.tag: e.facts for e in db.session.scalars(db.select(Event).where(Event.case_id == case.id))}
    assert told["case:transferred"] == {"transfer": move.id, "source": GONGMEN, "target": LONGSHAN}
    assert told["case:placed"] == {"village": LISHAN}
    assert told["case:transfer_undone"] == {"transfer": move.id, "source": LONGSHAN, "target": GONGMEN}
    assert move.reason == "搬到龙山镇两年了"
    assert "搬到" not in move.reason_sealed


def test_the_receiving_township_is_told_and_a_voiding_that_waits_gives_way(cast):
    case = publish()
    asked = voiding.request_voiding(case, reason_code="moved", reason="搬走了", actor=cast.bai_caixia)
    messages.tell_new()
    moved(case, cast.bai_caixia)
    messages.tell_new()
    assert asked.state == "replaced"
    told = db.session.scalars(db.select(Message).where(Message.kind == "new_warnings")).all()
    assert [one.area_code for one in told][-1] == LONGSHAN
    assert clock.now() < case.due_at
    assert db.session.scalar(visible_cases(cast.li_zhanfu).where(Case.id == case.id)) is case


def test_a_past_day_is_counted_where_the_household_stood_then(cast):
    """通报 of an older day stays as it was told, whoever has the household now."""
    monday, county = clock.now() - timedelta(days=9), "620525"
    with clock.standing_at(monday):
        case = publish(at=monday)
        db.session.flush()
    with clock.standing_at(monday + timedelta(days=2)):
        back = moved(case, cast.bai_caixia)
    with clock.standing_at(monday + timedelta(days=4)):
        undone(back, cast.li_zhanfu)
    with clock.standing_at(monday + timedelta(days=6)):
        moved(case, cast.bai_caixia)
    seen = []
    for day in (1, 3, 5, 7):
        moment = monday + timedelta(days=day)
        table = figures(county, moment)
        seen.append(next(row.code for row in table.rows if row["warned"]))
        assert table.total["warned"] == 1
        assert [db.session.scalars(cases_in("warned", [code], moment)).all() for code in (seen[-1], county)] == (
            [[case.id]] * 2
        )
    assert seen == [GONGMEN, LONGSHAN, GONGMEN, LONGSHAN]
