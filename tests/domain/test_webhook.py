"""群通知: one line a day to a robot, to no private address, again later when it was not taken."""

import json
import threading
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from urllib.parse import parse_qs, urlsplit

import pytest

from backend import clock, upkeep, webhooks
from backend.codebook.liaison import WebhookFault
from backend.domain import contributions, webhook
from backend.models import Area, Event, Webhook, db
from backend.problems import Problem
from backend.storage import outward
from tests.cast import COUNTY, GONGMEN, LISHAN, LONGSHAN
from tests.factories import MONDAY, assigned_case, publish

HOSTS = {"qyapi.weixin.qq.com"}
MORNING = MONDAY.replace(hour=0, minute=30) + timedelta(days=4)  # 08:30 in the office


class Robot:
    """A group robot on this machine: what it was told, and what it answers."""

    def __init__(self) -> None:
        self.told: list[tuple[str, dict]] = []
        self.status, self.answer, self.place = 200, {"errcode": 0}, ""


@pytest.fixture
def robot():
    one = Robot()

    class Ear(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            one.told.append((self.path, body))
            self.send_response(one.status)
            if one.place:
                self.send_header("Location", one.place)
            self.end_headers()
            self.wfile.write(json.dumps(one.answer).encode())

        def log_message(self, *_: object) -> None:
            """Nothing on the terminal."""

    server = HTTPServer(("127.0.0.1", 0), Ear)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    one.address = f"http://127.0.0.1:{server.server_port}/send?access_token=x"
    yield one
    server.shutdown()
    server.server_close()


def set_up(cast, address: str, **other) -> Webhook:
    told = {"address": address, "secret": "", "is_on": True, "actor": cast.tie_jianhua} | other
    one = webhook.set_webhook(db.session.get(Area, COUNTY), **told)
    db.session.commit()
    return one


def reported(case, cast) -> None:
    contributions.report_urgency(case, {"reported_at": clock.now(), "text": "后墙塌了"}, actor=cast.mi_jianjun)
    db.session.commit()


def last_event() -> Event:
    return db.session.scalars(db.select(Event).order_by(Event.id.desc())).first()


def test_the_day_is_told_once_by_township_without_names(cast, robot):
    one = set_up(cast, robot.address, secret="SEC1")
    assert "access_token" not in one.address_sealed
    assert (last_event().tag, last_event().facts) == ("webhook:set", {"area": COUNTY, "on": True})
    publish(name="马占福", at=MONDAY)
    publish(at=MONDAY + timedelta(days=3)).is_urgent = True
    publish(village=LISHAN, at=MONDAY - timedelta(days=3))
    db.session.commit()
    with clock.standing_at(MORNING - timedelta(minutes=1)):
        assert upkeep.send_summaries() == 0
    with clock.standing_at(MORNING):
        assert upkeep.send_summaries() == 1
        assert upkeep.send_summaries() == 0
    ((path, body),) = robot.told
    words = body["text"]["content"]
    assert body["msgtype"] == "text"
    assert words.splitlines()[1] == "急难 1 户，先救助，后补手续"
    assert "恭门镇：超期 0，今天 0，明天 1，后天 0" in words
    assert "龙山镇：超期 1" in words
    assert "马占福" not in words
    signature = parse_qs(urlsplit(path).query)
    assert f"{path}".endswith(webhooks.signed("", "SEC1", int(signature["timestamp"][0])).lstrip("?"))
    assert (last_event().tag, last_event().facts["daily"]) == ("webhook:sent", True)
    with clock.standing_at(MORNING + timedelta(days=1)):
        assert upkeep.send_summaries() == 1


def test_an_emergency_is_told_at_once_and_once(cast, robot):
    one = set_up(cast, robot.address)
    reported(assigned_case(cast), cast)
    upkeep.tell_offices()
    assert upkeep.send_urgent() == 1
    assert upkeep.send_urgent() == 0
    ((_, body),) = robot.told
    words = body["text"]["content"]
    assert words.splitlines()[:2] == ["【入户通】张家川回族自治县：刚报来急难 1 户，先救助，后补手续", "恭门镇：1 户"]
    assert (last_event().tag, last_event().facts["urgent"], one.sent_on) == ("webhook:sent", 1, None)


def test_an_emergency_that_the_robot_refused_waits_with_those_that_come(cast, robot):
    one = set_up(cast, robot.address)
    reported(assigned_case(cast), cast)
    upkeep.tell_offices()
    robot.answer = {"errcode": 310000}
    upkeep.send_urgent()
    assert (one.urgent_waiting, one.failures) == ({GONGMEN: 1}, 1)
    reported(assigned_case(cast), cast)
    upkeep.tell_offices()
    assert upkeep.send_urgent() == 0
    robot.answer = {"errcode": 0}
    with clock.standing_at(clock.now() + timedelta(minutes=6)):
        assert upkeep.send_urgent() == 1
    assert "急难 2 户" in robot.told[-1][1]["text"]["content"]
    assert one.urgent_waiting is None


def test_an_emergency_is_not_told_elsewhere_nor_kept_for_a_robot_that_is_off(cast, robot):
    one = set_up(cast, robot.address, is_on=False)
    webhook.wait_to_tell(GONGMEN, 1)
    webhook.wait_to_tell("620522100", 1)
    assert one.urgent_waiting is None
    set_up(cast, "", is_on=True)
    webhook.wait_to_tell("620522100", 1)
    assert one.urgent_waiting is None


def test_what_was_not_taken_is_tried_again_later(cast, robot):
    one = set_up(cast, robot.address)
    robot.answer = {"errcode": 310000}
    with clock.standing_at(MORNING):
        upkeep.send_summaries()
        assert (one.failures, one.fault, one.sent_on) == (1, WebhookFault.REFUSED, None)
        assert one.next_try_at == MORNING + timedelta(minutes=5)
        assert upkeep.send_summaries() == 0
    assert last_event().tag == "webhook:failed"
    with clock.standing_at(MORNING + timedelta(minutes=5)):
        upkeep.send_summaries()
        assert one.next_try_at == MORNING + timedelta(minutes=15)
    robot.answer = {"errcode": 0}
    with clock.standing_at(MORNING + timedelta(minutes=15)):
        upkeep.send_summaries()
    assert (one.failures, one.fault, one.sent_on) == (0, None, clock.local(MORNING).date())


def test_it_goes_nowhere_else(cast, robot):
    one = set_up(cast, robot.address)
    robot.status, robot.place = 302, robot.address
    assert webhooks.send(one.id, webhooks.test_of) == WebhookFault.REFUSED
    assert len(robot.told) == 1
    one.address = "http://127.0.0.1:9/"
    db.session.commit()
    assert webhooks.send(one.id, webhooks.test_of) == WebhookFault.UNREACHABLE
    one.address = "https://192.168.1.1/"
    db.session.commit()
    assert webhooks.send(one.id, webhooks.test_of) == WebhookFault.NOT_ALLOWED
    with pytest.raises(outward.NotAllowed):
        outward.post_json("https://localhost/", {}, {"localhost"})


@pytest.mark.parametrize(
    "address",
    ["http://qyapi.weixin.qq.com/x", "https://evil.example/x", "https://qyapi.weixin.qq.com.evil.example/",
     "https://a@qyapi.weixin.qq.com/", "https://qyapi.weixin.qq.com:8443/", "https://qyapi.weixin.qq.com:x/",
     "https://127.0.0.1/", "http://127.0.0.1/", "https://[::1]/", "ftp://qyapi.weixin.qq.com/", "x", "https://[",
     "https://qyapi.weixin.qq.com/\r\nX: y"],
)  # fmt: skip
def test_addresses_that_are_refused(address):
    with pytest.raises(outward.NotAllowed):
        outward.check_address(address, HOSTS)


@pytest.mark.parametrize(
    ("address", "expected"),
    [("8.8.8.8", True), ("2400:3200::1", True), ("127.0.0.1", False), ("10.0.0.1", False), ("169.254.169.254", False),
     ("100.64.0.1", False), ("224.0.0.1", False), ("::1", False), ("::ffff:10.0.0.1", False), ("fe80::1%eth0", False),
     ("64:ff9b::a00:1", False), ("2002:a00:1::", False), ("fd00::1", False), ("0.0.0.0", False)],
)  # fmt: skip
def test_only_the_open_internet(address, expected):
    assert outward.is_public(address) is expected


def test_only_the_administrator_of_the_area_sets_it(cast, robot):
    with pytest.raises(Problem, match="forbidden"):
        set_up(cast, robot.address, actor=cast.mao_zhiqiang)
    with pytest.raises(Problem, match="webhook_address"):
        set_up(cast, "")
    cast.tie_jianhua.postings[0].area_code = LONGSHAN
    with pytest.raises(Problem, match="not_found"):
        set_up(cast, robot.address)
