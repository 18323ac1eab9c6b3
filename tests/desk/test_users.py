"""人员: an administrator's pages about accounts, and choosing one's own password."""

import re

import pytest

from backend.models import Area, ImportBatch, LoginSession, User, db
from tests.cast import GUTU, MAOSHAN, PASSWORD
from tests.desk.browser import TOKEN, Browser, words
from tests.desk.test_session import sign_in

OWN = "Neu-Passwort-9"
FIELDS = {
    "username": "gm_grid03", "name": "马小明", "role": "grid_worker", "queue": "", "unit": "恭门镇", "phone": "12000000099",
    "areas": "恭门镇毛山村、恭门镇古土村",
}  # fmt: skip


def account(username: str) -> User | None:
    return db.session.scalar(db.select(User).where(User.username == username))


def shown_password(answer) -> str:
    return re.search(r'class="code pass">([^<]+)<', answer.text)[1]


def test_an_account_is_opened_and_its_password_shown_once(desk, cast):
    mine = desk(cast.tie_jianhua)
    assert "开账号" in mine.text("/users/new")
    answer = mine.post("/users/", FIELDS)
    password = shown_password(answer)
    made = account("gm_grid03")
    assert made.area_codes == [GUTU, MAOSHAN]
    assert "没换一次性密码" in mine.text(f"/users/{made.id}")
    assert password not in mine.get(f"/users/{made.id}").text
    again = mine.post("/users/", FIELDS)
    assert (again.status_code, "已经有人用了" in words(again)) == (409, True)


def test_what_is_wrong_stands_beside_its_field(desk, cast):
    mine = desk(cast.tie_jianhua)
    answer = mine.post("/users/", FIELDS | {"areas": "恭门镇没有的村"})
    assert (answer.status_code, "没有找到“恭门镇没有的村”" in words(answer)) == (422, True)
    answer = mine.post("/users/", FIELDS | {"role": "township_coordinator"})
    assert (answer.status_code, "地方和岗位对不上" in words(answer), "马小明" in answer.text) == (422, True, True)
    assert account("gm_grid03") is None


def test_the_list_has_a_filter(desk, cast):
    mine = desk(cast.tie_jianhua)
    text = mine.text("/users/?role=grid_worker")
    assert "米建军" in text
    assert "丁志强" not in text
    assert "没有这样的人" in mine.text("/users/?state=stopped")


def test_an_account_on_its_page(desk, cast):
    mine, worker = desk(cast.tie_jianhua), cast.mi_jianjun
    page = f"/users/{worker.id}"
    assert "毛山村" in mine.text(page)
    assert (
        mine.post(
            page, {"name": "米建军", "role": "grid_worker", "unit": "恭门", "phone": "12", "queue": ""}
        ).status_code
        == 422
    )
    assert (
        mine.post(page, {"name": "米建", "role": "grid_worker", "unit": "恭门", "phone": "", "queue": ""}).status_code
        == 303
    )
    text = mine.text(page)
    assert "资料改好了" in text
    assert "120****1001" in text
    assert "12000001001" not in mine.get(page).text
    assert db.session.get(User, worker.id).phone == "12000001001"
    mine.post(page, {"name": "米建", "role": "grid_worker", "unit": "恭门", "phone": "无", "queue": ""})
    assert db.session.get(User, worker.id).phone is None
    assert mine.post(f"{page}/postings", areas="龙山镇", started_on="x").status_code == 422
    assert mine.post(f"{page}/postings", areas="恭门镇柳沟村", until_on="2099-01-01").status_code == 303
    posting = db.session.get(User, worker.id).postings[-1]
    assert mine.post(f"{page}/postings/{posting.id}/end").status_code == 303
    assert (again := mine.post(f"{page}/postings/{posting.id}/end")).status_code == 409
    assert "已经结束了" in words(again)
    desk(cast.mi_jianjun)
    assert mine.post(f"{page}/session-ends").status_code == 303
    assert not db.session.scalar(db.select(LoginSession).where(LoginSession.user_id == worker.id))
    assert mine.post(f"{page}/stopping", reason="").status_code == 422
    assert mine.post(f"{page}/stopping", reason="left").status_code == 303
    assert "已停用" in mine.text("/users/?state=stopped")
    assert mine.post(f"{page}/restoring").status_code == 303
    assert len(shown_password(mine.post(f"{page}/password"))) == 14


def test_others_do_not_see_it_and_what_lies_elsewhere_is_unknown(desk, cast):
    assert desk(cast.bai_caixia).get("/users/new").status_code == 403
    mine = desk(cast.tie_jianhua)
    for act in ("", "/stopping", "/password", "/postings", "/session-ends"):
        assert mine.post(f"/users/{cast.liu_yulan.id}{act}").status_code == 404
    answer = mine.post(f"/users/{cast.tie_jianhua.id}/stopping", reason="left")
    assert (answer.status_code, "只剩这一个系统管理" in words(answer)) == (409, True)


@pytest.fixture
def newcomer(cast, client) -> Browser:
    cast.bai_caixia.is_password_one_time = True
    browser = Browser(client)
    assert sign_in(browser, "bai_caixia").location == "/password/"
    return browser


def change(browser: Browser, old=PASSWORD, new=OWN, again=None):
    token = TOKEN.search(browser.get("/password/").text)[1]
    fields = {"csrf_token": token, "old": old, "new": new, "again": new if again is None else again}
    return browser.client.post("/password/", data=fields)


def test_a_password_for_once_is_changed_before_anything_else(newcomer):
    for url in ("/today/", "/cases/", "/"):
        assert newcomer.get(url).location == "/password/"
    assert newcomer.client.get("/api/v1/session").status_code == 200
    answer = change(newcomer, new="short")
    assert (answer.status_code, "至少 10 个字" in words(answer), "short" in answer.text) == (422, True, False)
    assert "两次写的不一样" in words(change(newcomer, again="x"))
    assert "现在的密码不对" in words(change(newcomer, old="x"))
    assert change(newcomer).location == "/"
    assert newcomer.get("/").location == "/today/"
    assert newcomer.get("/today/").status_code == 200


def test_a_village_worker_s_phone_goes_on_with_a_password_for_once(cast, client):
    cast.mi_jianjun.is_password_one_time = True
    answer = client.post("/api/v1/session", json={"username": "mi_jianjun", "password": PASSWORD})
    assert answer.status_code == 200
    assert client.get("/api/v1/session").status_code == 200
    browser = Browser(client)
    assert "你用的是一次性密码" in browser.text("/password/")
    assert change(browser).status_code == 303
    assert not account("mi_jianjun").is_password_one_time


def test_the_first_run_shows_what_is_left(desk, cast):
    text = desk(cast.tie_jianhua).text("/start/")
    assert "步办好，一共 8 步" in text
    for said in (
        "系统管理账号 在服务器上用命令开的第一个账号，已经换成自己的密码。 办好了",
        "写了 0 家",
        "个还是演示数",
    ):
        assert said in text
    assert "这个县还没准备齐" in desk(cast.tie_jianhua).text("/users/")
    assert db.session.scalar(db.select(ImportBatch.id)) is None
    assert db.session.get(Area, MAOSHAN) is not None


def test_an_empty_database_says_how_to_begin(app, client):
    assert "还没有账号" not in client.get("/login").text
    runner = app.test_cli_runner()
    said = runner.invoke(args=["admin", "create", "admin01", "马二", "--area", "620525"])
    assert (said.exit_code, "一次性密码：" in said.output) == (0, True)
    password = re.search("一次性密码：(.+)", said.output)[1]
    assert sign_in(Browser(client), "admin01", password).location == "/password/"
    for wrong in (["admin01", "马二", "--area", "620525"], ["admin02", "马二", "--area", "999999"]):
        assert runner.invoke(args=["admin", "create", *wrong]).exit_code == 1
