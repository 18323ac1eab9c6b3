"""群通知 on the administrator's page."""

from backend.models import Webhook, db
from tests.desk.browser import TOKEN


def test_the_administrator_sets_and_tries_it(desk, cast):
    mine = desk(cast.tie_jianhua)
    post = mine.client.post
    token = {"csrf_token": TOKEN.search(mine.get("/webhook/").text)[1]}
    for unfit in ("", "x", "https://10.0.0.1/", "http://qyapi.weixin.qq.com/"):
        answer = post("/webhook/", data=token | {"address": unfit, "is_on": "1"})
        assert answer.status_code == 422
        assert "地址要以 https:// 开头" in answer.text
    assert post("/webhook/tests", data=token).status_code == 404
    address = "http://127.0.0.1:9/send?key=very-secret"
    assert post("/webhook/", data=token | {"address": address, "is_on": "1"}).status_code == 303
    assert "very-secret" not in mine.get("/webhook/").text
    assert post("/webhook/tests", data=token).status_code == 303
    text = mine.text("/webhook/")
    assert "连不上对方的服务器" in text
    assert post("/webhook/", data=token | {"address": "", "secret": "SEC2"}).status_code == 303
    one = db.session.scalars(db.select(Webhook)).one()
    assert (one.address, one.secret, one.is_on, one.fault) == (address, "SEC2", False, None)
    assert desk(cast.mao_zhiqiang).get("/webhook/").status_code == 403


def test_an_administrator_of_nowhere_sets_none(desk, cast):
    for one in cast.tie_jianhua.postings:
        one.ended_on = one.started_on
    answer = desk(cast.tie_jianhua).post("/webhook/", address="https://oapi.dingtalk.com/robot/send")
    assert answer.status_code == 404
