"""Accounts: opened, changed, posted, stopped and restored below the administrator's own area only."""

from datetime import date, timedelta

import pytest
from sqlalchemy import func

from backend import clock
from backend.access import visible_cases
from backend.access_accounts import find_account, find_posting, visible_accounts
from backend.codebook import Queue, Role
from backend.domain import accounts, passwords, sessions
from backend.domain.accounts import NewAccount
from backend.domain.password_rules import fault_of, one_time_password
from backend.models import LoginSession, Posting, User, db
from backend.problems import Problem
from tests.cast import COUNTY, GONGMEN, GUTU, LISHAN, MAOSHAN, PASSWORD
from tests.domain.test_supervision import last_event
from tests.factories import assigned_case
from tests.postgres import on_both

GRID = NewAccount("gm_grid03", "马小明", Role.GRID_WORKER, "恭门镇", None, "12000000099", (MAOSHAN, GUTU))


def today() -> date:
    return clock.local(clock.now()).date()


def told(account: User, **other) -> dict:
    return {key: getattr(account, key) for key in accounts.PERSONAL} | other


@on_both
def test_an_account_is_opened_with_a_password_for_once(app, cast):
    made, password = accounts.open_account(GRID, actor=cast.tie_jianhua)
    db.session.flush()
    assert (made.area_codes, made.is_password_one_time, made.phone) == ([GUTU, MAOSHAN], True, "12000000099")
    event = last_event()
    assert (event.tag, event.facts["role"]) == ("account:opened", "grid_worker")
    assert "马小明" not in str(event.facts)
    assert password not in str(event.facts)
    assert sessions.sign_in("gm_grid03", password)[0] is made
    assert find_account(cast.tie_jianhua, made.id) is made


@pytest.mark.parametrize(
    ("other", "field", "code"),
    [
        ({"username": "马"}, "username", "username_unfit"),
        ({"username": "mi_jianjun"}, "username", "username_taken"),
        ({"name": ""}, "name", "name_missing"),
        ({"role": "king"}, "role", "role_unknown"),
        ({"queue": "housing"}, "queue", "queue_unfit"),
        ({"role": Role.LINE_DEPARTMENT, "area_codes": (COUNTY,)}, "queue", "queue_unfit"),
        ({"phone": "123"}, "phone", "phone_unfit"),
        ({"area_codes": ()}, "areas", "areas_missing"),
        ({"area_codes": ("620524",)}, "areas", "area_elsewhere"),
        ({"role": Role.TOWNSHIP_COORDINATOR}, "areas", "area_level"),
        ({"role": Role.CITY_SUPERVISOR, "area_codes": ("6205",)}, "areas", "area_elsewhere"),
    ],
)
def test_what_is_no_account(cast, other, field, code):
    with pytest.raises(Problem, match=code) as refused:
        accounts.open_account(GRID._replace(**other), actor=cast.tie_jianhua)
    assert list(refused.value.fields) == [field]


def test_only_an_administrator_opens_accounts_and_a_list_is_whole_or_not(cast):
    with pytest.raises(Problem, match="forbidden"):
        accounts.open_account(GRID, actor=cast.bai_caixia)
    with pytest.raises(Problem, match="forbidden"):
        accounts.open_listed([(GRID, "hash")], actor=cast.mao_zhiqiang)
    with pytest.raises(Problem, match="phone_unfit"):
        accounts.open_listed([(GRID, "h"), (GRID._replace(username="b03", phone="1"), "h")], actor=cast.tie_jianhua)
    assert not db.session.scalar(db.select(User).where(User.username == "gm_grid03"))
    made = accounts.open_listed([(GRID, "h")], actor=cast.tie_jianhua)
    assert (len(made), last_event().tag, last_event().facts) == (1, "accounts:opened", {"count": 1})


def test_an_account_is_changed(cast):
    worker = cast.ding_zhiqiang
    sessions.sign_in("ding_zhiqiang", PASSWORD)
    accounts.change_account(worker, told(worker, role=Role.GRID_WORKER, phone=""), actor=cast.tie_jianhua)
    assert (worker.role, worker.phone, last_event().tag) == ("grid_worker", None, "account:changed")
    assert last_event().facts["changed"] == ["role", "phone"]
    assert not db.session.scalar(db.select(LoginSession).where(LoginSession.user_id == worker.id))
    with pytest.raises(Problem, match="area_level"):
        accounts.change_account(worker, told(worker, role=Role.COUNTY_SOCIAL_ASSISTANCE), actor=cast.tie_jianhua)
    with pytest.raises(Problem, match="forbidden"):
        accounts.change_account(worker, told(worker), actor=cast.bai_caixia)


def test_accounts_elsewhere_are_out_of_sight(cast):
    mine = cast.tie_jianhua
    for account in (cast.liu_yulan, cast.zhang_cunying):
        for verb in (accounts.restore_account, passwords.reset_password, passwords.end_sessions):
            with pytest.raises(Problem, match="not_found"):
                verb(account, actor=mine)
        with pytest.raises(Problem, match="not_found"):
            accounts.stop_account(account, reason="left", actor=mine)
        with pytest.raises(Problem, match="not_found"):
            accounts.change_account(account, told(account), actor=mine)
        with pytest.raises(Problem, match="not_found"):
            accounts.add_posting(account, (GONGMEN,), started_on=today(), until_on=None, actor=mine)
        with pytest.raises(Problem, match="not_found"):
            find_posting(mine, account.id, account.postings[0].id)
        with pytest.raises(Problem, match="not_found"):
            accounts.end_posting(account.postings[0], actor=mine)
    assert not db.session.scalars(visible_accounts(cast.bai_caixia)).all()


def test_who_also_works_elsewhere_is_another_administrator_s(cast):
    worker = cast.hui_axi
    worker.postings.append(Posting(area_code="620524", started_on=today() - timedelta(days=1)))
    db.session.flush()
    with pytest.raises(Problem, match="not_found"):
        find_account(cast.tie_jianhua, worker.id)


@on_both
def test_a_posting_holds_from_its_day_to_its_last(app, cast):
    worker, start = cast.mi_jianjun, today() + timedelta(days=3)
    accounts.add_posting(worker, (LISHAN,), started_on=start, until_on=start, actor=cast.tie_jianhua)
    db.session.flush()
    assert (last_event().tag, LISHAN in worker.area_codes) == ("posting:added", False)
    held = db.select(func.count()).select_from(Posting).where(Posting.area_code == LISHAN, Posting.held())
    assert db.session.scalar(held) == 1
    with clock.standing_at(clock.now() + timedelta(days=3)):
        held = db.select(func.count()).select_from(Posting).where(Posting.area_code == LISHAN, Posting.held())
        assert LISHAN in worker.area_codes
        assert db.session.scalar(held) == 2
    with clock.standing_at(clock.now() + timedelta(days=4)):
        assert LISHAN not in worker.area_codes
    for code, given in (("posting_days", (start, today())), ("posting_twice", (start, None))):
        with pytest.raises(Problem, match=code):
            accounts.add_posting(worker, (LISHAN,), started_on=given[0], until_on=given[1], actor=cast.tie_jianhua)
    with pytest.raises(Problem, match="forbidden"):
        accounts.add_posting(worker, (GONGMEN,), started_on=start, until_on=None, actor=cast.bai_caixia)


def test_a_posting_ends_and_with_it_the_sight(cast):
    case = assigned_case(cast)
    posting = cast.bai_caixia.postings[0]
    assert case in db.session.scalars(visible_cases(cast.bai_caixia)).all()
    with pytest.raises(Problem, match="forbidden"):
        accounts.end_posting(posting, actor=cast.mao_zhiqiang)
    accounts.end_posting(posting, actor=cast.tie_jianhua)
    assert (last_event().tag, last_event().facts["area"]) == ("posting:ended", GONGMEN)
    assert db.session.scalars(visible_cases(cast.bai_caixia)).all() == []
    with pytest.raises(Problem, match="posting_over"):
        accounts.end_posting(posting, actor=cast.tie_jianhua)


def test_an_account_is_stopped_and_restored(cast):
    worker = cast.mi_jianjun
    sessions.sign_in("mi_jianjun", PASSWORD)
    with pytest.raises(Problem, match="reason_missing"):
        accounts.stop_account(worker, reason="", actor=cast.tie_jianhua)
    with pytest.raises(Problem, match="forbidden"):
        accounts.stop_account(worker, reason="left", actor=cast.bai_caixia)
    accounts.stop_account(worker, reason="left", actor=cast.tie_jianhua)
    assert (last_event().tag, last_event().facts["reason"]) == ("account:stopped", "left")
    assert not db.session.scalar(db.select(LoginSession).where(LoginSession.user_id == worker.id))
    with pytest.raises(Problem, match="bad_credentials"):
        sessions.sign_in("mi_jianjun", PASSWORD)
    for verb, given in ((accounts.stop_account, {"reason": "left"}), (passwords.reset_password, {})):
        with pytest.raises(Problem, match="account_stopped"):
            verb(worker, actor=cast.tie_jianhua, **given)
    with pytest.raises(Problem, match="forbidden"):
        accounts.restore_account(worker, actor=cast.bai_caixia)
    accounts.restore_account(worker, actor=cast.tie_jianhua)
    assert last_event().tag == "account:restored"
    assert sessions.sign_in("mi_jianjun", PASSWORD)[0] is worker
    with pytest.raises(Problem, match="account_active"):
        accounts.restore_account(worker, actor=cast.tie_jianhua)


def test_the_last_administrator_stays(cast):
    mine = cast.tie_jianhua
    with pytest.raises(Problem, match="last_administrator"):
        accounts.stop_account(mine, reason="left", actor=mine)
    with pytest.raises(Problem, match="last_administrator"):
        accounts.change_account(mine, told(mine, role=Role.LINE_DEPARTMENT, queue=Queue.WATER), actor=mine)
    with pytest.raises(Problem, match="last_administrator"):
        accounts.end_posting(mine.postings[0], actor=mine)
    other = NewAccount("admin02", "马二", Role.ADMINISTRATOR, "", None, "", (GONGMEN,))
    accounts.open_account(other, actor=mine)
    with pytest.raises(Problem, match="last_administrator"):
        accounts.stop_account(mine, reason="left", actor=mine)
    accounts.open_account(other._replace(username="admin03", area_codes=(COUNTY,)), actor=mine)
    assert not accounts.stop_account(mine, reason="left", actor=mine).is_active


def test_a_new_password_for_once_ends_sessions_and_a_lock_out(cast):
    worker = cast.bai_caixia
    sessions.sign_in("bai_caixia", PASSWORD)
    worker.locked_until_at = clock.now() + timedelta(minutes=9)
    with pytest.raises(Problem, match="forbidden"):
        passwords.reset_password(worker, actor=cast.mao_zhiqiang)
    with pytest.raises(Problem, match="own_password"):
        passwords.reset_password(cast.tie_jianhua, actor=cast.tie_jianhua)
    password = passwords.reset_password(worker, actor=cast.tie_jianhua)
    assert (last_event().tag, worker.is_password_one_time) == ("password:reset", True)
    assert not db.session.scalar(db.select(LoginSession).where(LoginSession.user_id == worker.id))
    with pytest.raises(Problem, match="bad_credentials"):
        sessions.sign_in("bai_caixia", PASSWORD)
    assert sessions.sign_in("bai_caixia", password)[0] is worker


def test_sessions_are_ended(cast):
    sessions.sign_in("bai_caixia", PASSWORD)
    with pytest.raises(Problem, match="forbidden"):
        passwords.end_sessions(cast.bai_caixia, actor=cast.mao_zhiqiang)
    passwords.end_sessions(cast.bai_caixia, actor=cast.tie_jianhua)
    assert last_event().tag == "sessions:ended"
    assert not db.session.scalar(db.select(LoginSession).where(LoginSession.user_id == cast.bai_caixia.id))


def test_one_s_own_password(cast):
    mine = cast.bai_caixia
    _, here = sessions.sign_in("bai_caixia", PASSWORD)
    sessions.sign_in("bai_caixia", PASSWORD)
    for old, new, code in (
        ("wrong", "Neu-Passwort-9", "password_wrong"), (PASSWORD, "Short-9", "password_short"),
        (PASSWORD, "onlysmallletters", "password_plain"), (PASSWORD, "Bai_Caixia-2026", "password_name"),
        (PASSWORD, PASSWORD, "password_same"),
    ):  # fmt: skip
        with pytest.raises(Problem, match=code):
            passwords.change_own(old, new, token=here, actor=mine)
    assert mine.failed_count == 1
    mine.is_password_one_time = True
    passwords.change_own(PASSWORD, "Neu-Passwort-9", token=here, actor=mine)
    assert (last_event().tag, mine.is_password_one_time) == ("password:changed", False)
    assert sessions.session_of(here) is not None
    assert len(db.session.scalars(db.select(LoginSession).where(LoginSession.user_id == mine.id)).all()) == 1


def test_wrong_tries_at_changing_lock_out(cast):
    for _ in range(5):
        with pytest.raises(Problem, match="password_wrong"):
            passwords.change_own("wrong", "Neu-Passwort-9", token="", actor=cast.bai_caixia)
    with pytest.raises(Problem, match="locked_out"):
        passwords.change_own(PASSWORD, "Neu-Passwort-9", token="", actor=cast.bai_caixia)


def test_passwords_for_once_keep_the_rules_and_never_repeat():
    drawn = [one_time_password() for _ in range(300)]
    assert len(set(drawn)) == 300
    assert not any(fault_of(one, "gm_grid03") for one in drawn)
    assert not set("".join(drawn)) & set("01OIl")
