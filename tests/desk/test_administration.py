"""一批开账号, 节假日, 单位名称, 区划: files are looked at before anything is written."""

import io
from datetime import date

from openpyxl import load_workbook

from backend.domain.organisations import organisation_name
from backend.models import Parameter, User, db
from tests.cast import GUTU, MAOSHAN
from tests.desk.browser import Browser, words
from tests.desk.test_session import sign_in
from tests.desk.test_users import account

HEAD = "姓名,账号,岗位,单位,电话,负责区划\r\n"
GOOD = "马一,GM_GRID01,防贫监测网格员,恭门镇,12000000091,恭门镇毛山村、恭门镇古土村\r\n陈二,edu02,教育保障,县教育局,,张家川回族自治县\r\n"
BAD = "马三,gm_grid03,村长,恭门镇,,恭门镇\r\n马四,gm_grid04,防贫监测网格员,恭门镇,,没有的村\r\n马五,gm_grid01,防贫监测网格员,,,恭门镇\r\n"


def send(browser, url, text, **fields):
    return browser.post(url, fields | {"file": (io.BytesIO(text.encode("utf-8-sig")), "list.csv")})


def test_accounts_by_a_list(desk, cast, client):
    mine = desk(cast.tie_jianhua)
    assert mine.get("/users/files/pattern.xlsx").data[:2] == b"PK"
    address = send(mine, "/users/files/", HEAD + GOOD).location
    text = mine.text(address)
    assert "2 行，能开 2 个" in text
    before = db.session.query(User).count()
    waiting = mine.post(address).location
    assert db.session.query(User).count() == before + 2
    assert (account("gm_grid01").area_codes, account("edu02").queue) == ([GUTU, MAOSHAN], "education")
    assert "只能下载一次" in mine.text(waiting)
    sheet = load_workbook(io.BytesIO(mine.post(waiting).data)).active
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert rows[1][:2] == ["马一", "gm_grid01"]
    assert "已经下载过了" in mine.text(waiting)
    assert mine.post(waiting).status_code == 404
    assert sign_in(Browser(client), "edu02", rows[2][2]).location == "/password/"
    again = send(mine, "/users/files/", HEAD + GOOD).location
    assert "已经有账号 2 个" in mine.text(again)
    assert mine.post(again).status_code == 422
    assert db.session.query(User).count() == before + 2


def test_a_row_with_a_fault_keeps_all_of_them_out(desk, cast):
    mine = desk(cast.tie_jianhua)
    address = send(mine, "/users/files/", HEAD + GOOD + BAD).location
    text = mine.text(address)
    for said in ("要改 3 行", "岗位不认识", "没有找到“没有的村”", "账号在前面写过了", "现在一个也没开"):
        assert said in text
    answer = mine.post(address)
    assert (answer.status_code, "改好再传" in words(answer), account("gm_grid01")) == (422, True, None)


def test_files_that_are_no_list(desk, cast):
    mine = desk(cast.tie_jianhua)
    for text in ("", "甲,乙\r\n1,2\r\n"):
        assert send(mine, "/users/files/", text).status_code == 422
    assert mine.get("/users/files/00000000-0000-7000-8000-000000000000").status_code == 404
    assert send(desk(cast.bai_caixia), "/users/files/", HEAD + GOOD).status_code == 403


def test_days_off_by_a_file(desk, cast):
    mine = desk(cast.tie_jianhua)
    assert "还没有记" in mine.text("/workdays/")
    assert "上班吗" in mine.get("/workdays/pattern.csv").text
    address = send(mine, "/workdays/", "日期,上班吗\r\n2027-01-01,放假\r\n2027-02-07,上班\r\n").location
    assert "2 天，要改 0 行" in mine.text(address)
    assert "写上依据" in words(mine.post(address))
    assert mine.post(address, source="国办发明电〔2026〕1号").status_code == 303
    text = mine.text("/workdays/")
    assert "2027 年" in text
    assert "1月1日 星期五 放假" in text
    row = db.session.scalar(
        db.select(Parameter).where(Parameter.key == "workday_exceptions", Parameter.area_code == "620525")
    )
    assert row.value == {"2027-01-01": False, "2027-02-07": True}


def test_days_that_are_none(desk, cast):
    mine = desk(cast.tie_jianhua)
    address = send(
        mine, "/workdays/", "日期,上班吗\r\n2027-02-30,放假\r\n2027-01-01,也许\r\n2027-01-01,休\r\n"
    ).location
    text = mine.text(address)
    for said in ("要改 3 行", "日期写成", "写“上班”或“放假”", "这一天前面写过了"):
        assert said in text
    assert mine.post(address, source="x").status_code == 422
    assert send(mine, "/workdays/", "甲\r\n1\r\n").status_code == 422
    assert desk(cast.mao_zhiqiang).get("/workdays/").status_code == 403


def test_names_of_offices(desk, cast):
    mine = desk(cast.tie_jianhua)
    assert "还没写全称" in mine.text("/organisations/")
    assert mine.post("/organisations/water", {"name-water": "县水务局", "from-water": "2024-01-01"}).status_code == 303
    assert "现在叫：县水务局" in mine.text("/organisations/")
    assert "现在就叫这个名字" in words(mine.post("/organisations/water", {"name-water": "县水务局"}))
    assert mine.post("/organisations/water", {"name-water": "县水利局", "from-water": "x"}).status_code == 422
    assert mine.post("/organisations/king", {"name-king": "县水利局"}).status_code == 404
    assert organisation_name("water", MAOSHAN, date(2024, 1, 1)) == "县水务局"


def test_villages_that_change(desk, cast):
    mine = desk(cast.tie_jianhua)
    assert "毛山村" in mine.text("/areas/?q=毛山")
    assert "古土村" in mine.text("/areas/?township=620525102")
    page = f"/areas/{GUTU}"
    assert mine.post(f"{page}/aliases", name="老鸦湾", source="").status_code == 422
    assert mine.post(f"{page}/aliases", name="老鸦湾", source="老名字").status_code == 303
    assert mine.post(f"{page}/merge", into="没有的村", on="2026-01-01").status_code == 422
    assert mine.post(f"{page}/merge", into="恭门镇毛山村", on="x").status_code == 422
    assert mine.post(f"{page}/merge", into="恭门镇毛山村", on="2026-01-01").status_code == 303
    assert "并到毛山村" in mine.text("/areas/")
    assert "古土村" in mine.text(f"/areas/{MAOSHAN}")
    assert mine.get("/areas/6205").status_code == 404
