"""Signing in at the desk: one door for both faces."""

import pytest

from backend import known_browsers
from backend.models import LoginSession, User, db
from tests.cast import PASSWORD
from tests.desk.browser import TOKEN, Browser, words


@pytest.fixture
def stranger(client) -> Browser:
    return Browser(client)


def sign_in(browser: Browser, username: str, password: str = PASSWORD, **other):
    token = TOKEN.search(browser.get("/login").text)[1]
    return browser.client.post("/login", data={"csrf_token": token, "username": username, "password": password} | other)


@pytest.mark.parametrize(
    ("who", "first"),
    [
        ("mi_jianjun", "/field/"),
        ("ding_zhiqiang", "/field/"),
        ("bai_caixia", "/today/"),
        ("tuo_fuying", "/routings/"),
        ("zhao_shengfu", "/routings/"),
        ("liu_yulan", "/oversight/"),
        ("tie_jianhua", "/users/"),
    ],
)
def test_everybody_lands_on_the_first_page_of_the_day(stranger, who, first):
    answer = sign_in(stranger, who)
    assert answer.status_code == 303
    assert answer.location == first
    assert stranger.get("/").location == first


def test_a_wrong_password_says_so_and_keeps_the_name(stranger):
    answer = sign_in(stranger, "bai_caixia", "wrong")
    assert answer.status_code == 401
    assert "账号或密码不对" in words(answer)
    assert 'value="bai_caixia"' in answer.text
    assert db.session.query(User).filter_by(username="bai_caixia").one().failed_count == 1


def test_five_wrong_passwords_lock_out(stranger):
    for _ in range(5):
        sign_in(stranger, "bai_caixia", "wrong")
    answer = sign_in(stranger, "bai_caixia")
    assert answer.status_code == 429
    assert "15 分钟后再试" in words(answer)


def test_the_way_goes_on_where_it_was_broken_off(stranger):
    assert stranger.get("/cases/").location == "/login?next=/cases/"
    assert sign_in(stranger, "bai_caixia", next="/cases/?state=closed").location == "/cases/?state=closed"


def test_after_a_form_sent_too_late_one_does_not_land_on_it(desk, cast):
    mine = desk(cast.bai_caixia)
    fields = {"csrf_token": TOKEN.search(mine.get("/cases/").text)[1]}
    db.session.query(LoginSession).delete()
    answer = mine.client.post("/assignments/", data=fields)
    assert (answer.status_code, answer.location) == (303, "/login")


@pytest.mark.parametrize(
    "elsewhere", ["//evil.example/", "https://evil.example/", "/\\evil.example", "/cases/\r\nX: y", "/cases/\x7f"]
)
def test_nobody_is_sent_to_another_site(stranger, elsewhere):
    assert sign_in(stranger, "bai_caixia", next=elsewhere).location == "/today/"


def test_signing_out_ends_the_session(stranger):
    sign_in(stranger, "bai_caixia")
    assert stranger.post("/logout").location == "/login"
    assert stranger.get("/today/").location.startswith("/login")


def test_a_form_without_its_token_is_refused(desk, cast):
    answer = desk(cast.bai_caixia).client.post("/logout", data={})
    assert answer.status_code == 400
    assert "刷新一下再交" in words(answer)


def test_the_demo_accounts_are_shown_in_demo_mode_only(stranger):
    assert "ruhu-demo-2026" not in stranger.get("/login").text


def test_a_token_that_is_no_token_is_refused_in_words(stranger):
    answer = stranger.client.post("/login", data={"csrf_token": "令牌", "username": "x", "password": "y"})
    assert answer.status_code == 400


def test_a_strangers_guesses_do_not_keep_out_who_was_here_before(app, cast, stranger):
    assert sign_in(stranger, "bai_caixia").status_code == 303
    stranger.post("/logout")
    other = Browser(app.test_client())
    for _ in range(5):
        sign_in(other, "bai_caixia", "wrong")
    assert sign_in(other, "bai_caixia").status_code == 429
    assert sign_in(stranger, "bai_caixia").status_code == 303
    assert sign_in(other, "bai_caixia").status_code == 429, "the lock goes on for strangers"


def test_a_known_browser_has_ten_tries_and_none_for_others(app, cast, stranger):
    sign_in(stranger, "bai_caixia")
    stranger.post("/logout")
    for _ in range(10):
        assert sign_in(stranger, "bai_caixia", "wrong").status_code == 401
    for _ in range(5):
        sign_in(stranger, "bai_caixia", "wrong")
    assert sign_in(stranger, "bai_caixia").status_code == 429
    for _ in range(5):
        sign_in(stranger, "mao_zhiqiang", "wrong")
    assert sign_in(stranger, "mao_zhiqiang").status_code == 429


def test_a_made_up_cookie_vouches_for_nobody(app, cast, stranger):
    stranger.client.set_cookie(known_browsers.COOKIE, '["bai_caixia"]')
    for _ in range(5):
        sign_in(stranger, "bai_caixia", "wrong")
    assert sign_in(stranger, "bai_caixia").status_code == 429
