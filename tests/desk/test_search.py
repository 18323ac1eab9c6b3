"""The box in the head: words go to the list, a number goes no further."""

import re
from datetime import timedelta
from urllib.parse import parse_qs, unquote, urlsplit

import pytest

from backend import clock
from backend.domain import area_changes
from backend.models import Area, Event, db
from tests.cast import GUTU, LISHAN
from tests.factories import id_number, publish

NUMBER = id_number(order=911)


def test_a_number_leads_to_the_household_and_stands_nowhere(desk, cast):
    case = publish(id_number=NUMBER)
    mine = desk(cast.bai_caixia)
    answer = mine.post("/search/", q=NUMBER)
    assert (answer.status_code, answer.location) == (303, f"/cases/{case.id}")
    answer = desk(cast.li_zhanfu).post("/search/", q=NUMBER)
    assert NUMBER not in answer.location
    tags = db.session.scalars(db.select(Event.tag).where(Event.tag == "search:by_id")).all()
    assert len(tags) == 2


@pytest.mark.parametrize("words", [
    f"马占福 {NUMBER}", f"{NUMBER}马占福", f"ID:{NUMBER}", f"马占福 {NUMBER[:6]} {NUMBER[6:]}",
])  # fmt: skip
def test_a_number_beside_words_stands_nowhere_either(desk, cast, words):
    case, mine = publish(id_number=NUMBER), desk(cast.bai_caixia)
    assert mine.post("/search/", q=words).location == f"/cases/{case.id}"
    assert mine.get(f"/cases/?q={words}").location == "/search/"


def test_a_telephone_number_beside_a_name_is_no_address(desk, cast):
    answer = desk(cast.bai_caixia).post("/search/", q="马占福 12000000077")
    assert (answer.status_code, answer.location) == (422, None)


def test_several_stand_behind_a_key_of_ones_own(desk, cast):
    publish(id_number=NUMBER, name="马占福")
    publish(id_number=NUMBER, name="马二福", village=GUTU)
    publish(id_number=NUMBER, name="李占福", village=LISHAN)
    mine = desk(cast.bai_caixia)
    address = mine.post("/search/", q=NUMBER).location
    assert NUMBER not in address
    text = mine.text(address)
    assert "找到 2 户" in text
    assert "马二福" in text
    assert "李占福" not in text
    assert "过期了" in desk(cast.li_zhanfu).text(address)
    assert "过期了" in mine.text("/search/?key=nonsense")
    db.session.commit()
    with clock.standing_at(clock.now() + timedelta(minutes=16)):
        assert "过期了" in mine.text(address)


def test_nobody_found_and_what_cannot_be_a_number(desk, cast):
    mine = desk(cast.bai_caixia)
    assert "没有这样的户" in mine.text(mine.post("/search/", q=NUMBER).location)
    answer = mine.post("/search/", q="620525199001011234")
    assert answer.status_code == 422
    assert "证号不对" in answer.text
    assert desk(cast.liu_yulan).post("/search/", q=NUMBER).status_code == 403


def test_words_go_to_the_list_or_the_household(desk, cast):
    case = publish(name="马占福")
    mine = desk(cast.bai_caixia)
    assert mine.post("/search/", q="马占福").location.startswith("/cases/?state=all&who=")
    assert "马占福" in mine.text(mine.post("/search/", q="马占福").location)
    assert mine.post("/search/", q=case.number).location == f"/cases/{case.id}"
    assert mine.post("/search/", q=" ").location == "/search/"
    answer = mine.get(f"/cases/?q={NUMBER}")
    assert (answer.status_code, answer.location) == (303, "/search/")


@pytest.mark.parametrize("words", ["19900101", "马占福 1200000", "5251990", "620525-20261125-0009941"])
def test_part_of_a_number_stands_in_no_address(desk, cast, words):
    mine = desk(cast.bai_caixia)
    answer = mine.post("/search/", q=words)
    assert (answer.status_code, answer.location) in ((422, None), (404, None))
    answer = mine.get(f"/cases/?q={words}")
    assert (answer.status_code, answer.location) == (303, "/search/")
    assert "不留在地址里" in mine.text("/search/")
    assert mine.get(f"/liaisons/?q={words}").location == "/liaisons/"
    assert desk(cast.tie_jianhua).get(f"/users/?q={words}").location == "/users/"


def test_a_case_number_without_its_letters_leads_to_the_household(desk, cast):
    case, other = publish(), publish()
    case.number, other.number = "YJ620525-20261125-0009941", "YJ620525-20261125-0009942"
    db.session.commit()
    mine = desk(cast.bai_caixia)
    assert mine.post("/search/", q="620525-20261125-0009941").location == f"/cases/{case.id}"
    address = mine.post("/search/", q="20261125-000994").location
    assert address.startswith("/search/?key=")
    page = mine.text(address)
    assert case.number in page
    assert other.number in page
    assert "编号里有这一段的 2 户" in page
    assert db.session.scalar(db.select(Event.id).where(Event.tag == "search:by_id")) is None


def test_a_number_of_a_crowded_day_is_found_like_the_others(desk, cast):
    case, other = publish(), publish()
    case.number, other.number = "YJ620525-20261125-A0012", "YJ620525-20261125-0012"
    db.session.commit()
    mine = desk(cast.bai_caixia)
    for words in ("620525-20261125-A0012", "YJ620525-20261125-a0012", "YJ62052520261125A0012", "20261125-A0012"):
        assert mine.post("/search/", q=words).location == f"/cases/{case.id}", words
    for words in ("A0012", "YJ620525-20261125-A0012"):
        page = mine.text(mine.post("/search/cases", q=words, state="all").location)
        assert case.number in page
        assert other.number not in page
        assert mine.post("/search/cases", q=words).location == f"/cases/?q={words}"


def test_a_village_is_found_as_people_also_call_it(desk, cast):
    publish(name="马占福", village=GUTU)
    area_changes.record_alias(db.session.get(Area, GUTU), "老古土", source="县民政局", actor=cast.tie_jianhua)
    db.session.commit()
    mine = desk(cast.bai_caixia)
    assert "马占福" in mine.text(mine.post("/search/", q="老古土").location)


@pytest.mark.parametrize(("words", "stays"), [
    ("马占福", False), ("占福", False), ("毛山", True), ("毛山村", True), ("YJ620525", True), ("9941", True), ("妥山", False),
])  # fmt: skip
def test_a_name_stands_in_no_address_a_village_and_a_number_may(desk, cast, words, stays):
    publish(name="马占福")
    mine = desk(cast.bai_caixia)
    for told in (
        mine.post("/search/cases", q=words, due="overdue"), mine.post("/search/", q=words), mine.get(f"/cases/?q={words}")
    ):  # fmt: skip
        if told.status_code == 200:
            assert stays
            continue
        assert ("q" in parse_qs(urlsplit(told.location).query)) is stays
        assert words in unquote(told.location) or not stays
        assert stays or words not in unquote(told.location)
    assert "due=overdue" in mine.post("/search/cases", q=words, due="overdue").location


def test_a_village_called_like_somebody_is_a_name(desk, cast):
    publish(name="毛山")
    assert "who=" in desk(cast.bai_caixia).post("/search/cases", q="毛山").location


def test_pages_of_a_name_are_turned_without_it(desk, cast):
    for _ in range(42):
        publish(name="马占福")
    publish(name="李玉兰")
    mine = desk(cast.bai_caixia)
    address = mine.post("/search/cases", q="马占福").location
    first = mine.get(address)
    assert 'value="马占福"' in first.text
    assert "李玉兰" not in first.text
    (turn,) = re.findall(r'href="([^"]+)">再看 40 户', first.text)
    assert "马占福" not in unquote(turn)
    second = mine.get(turn.replace("&amp;", "&")).text
    assert second.count('<td class="go">') == 2
    assert "李玉兰" not in second
    assert "马占福" not in "".join(map(unquote, re.findall(r'(?:href|action)="([^"]+)"', first.text + second)))


def test_the_key_of_a_name_is_for_who_typed_it_and_a_day_of_work(desk, cast):
    publish(name="马占福")
    mine = desk(cast.bai_caixia)
    address = mine.post("/search/cases", q="马占福", due="not_due").location
    other = desk(cast.li_zhanfu)
    assert other.get(address).location == "/cases/?due=not_due"
    assert "再输一次" in other.text("/cases/")
    db.session.commit()
    with clock.standing_at(clock.now() - timedelta(hours=13)):
        address = mine.post("/search/cases", q="马占福", due="not_due").location
    assert mine.get(address).location == "/cases/?due=not_due"


@pytest.mark.parametrize(("who", "name", "address"), [
    ("tie_jianhua", "users", "/users/"), ("bai_caixia", "people", "/devices/people"), ("bai_caixia", "liaisons", "/liaisons/")
])  # fmt: skip
def test_names_of_colleagues_stand_in_no_address_either(desk, cast, who, name, address):
    mine = desk(getattr(cast, who))
    for answer in (mine.post(f"/search/{name}", q="米建军"), mine.get(f"{address}?q=米建军")):
        assert answer.location.startswith(f"{address}?who=")
        assert "米建军" not in unquote(answer.location)
    assert 'value="米建军"' in mine.get(mine.post(f"/search/{name}", q="米建军").location).text
    assert mine.post(f"/search/{name}", q="12000000077").location == address
