"""Every page of the desk, looked at by axe in both sizes: nothing serious stands in the way of who sees or hears badly."""

import pytest

from backend.models import db
from tests.bench import province
from tests.cast import GONGMEN
from tests.desk.test_in_a_browser import OFFICE, PHONE, address, chromium, sign_in
from tests.desk.test_pages import PAGES, fill
from tests.journeys.test_axe import AXE, LOOK

pytestmark = pytest.mark.browser
__all__ = ["address", "chromium"]

PLACES = {
    "bai_caixia": ("/today/", "/assignments/", "/reviews/", "/handovers/", "/cases/", "/routings/", "/deposits/", "/devices/",
                   "/devices/people", "/ledgers/", "/messages/", f"/oversight/late?area={GONGMEN}", "/petitions/",
                   "/objections/", "/supervision/", "/search/", "/password/"),
    "mao_zhiqiang": ("/oversight/", "/oversight/?part=declared", "/oversight/?part=results", "/oversight/?part=quality",
                     "/oversight/late", "/routings/", "/petitions/", "/supervision/", "/supervision/1", "/inspections/",
                     "/inspections/1", "/spot-checks/", "/spot-checks/1", "/liaisons/", "/liaisons/new", "/exchanges/",
                     "/exchanges/1", "/parameters/", "/parameters/house_max", "/rules/", "/ledgers/", "/imports/",
                     "/comparisons/"),
    "zhang_cunying": ("/oversight/", "/cases/"),
    "tie_jianhua": ("/users/", "/users/new", "/users/files/", "/areas/?q=%E6%AF%9B%E5%B1%B1", "/areas/620525102222",
                    "/workdays/", "/organisations/", "/dictionary/", "/dictionary/Risk", "/start/", "/webhook/"),
}  # fmt: skip


@pytest.mark.parametrize("size", [OFFICE, PHONE], ids=["office", "phone"])
def test_axe_finds_nothing_serious_on_the_desk(cast, address, chromium, size):
    province.fill(120, below=GONGMEN)
    named, said = fill(cast), {}
    db.session.commit()
    for who, places in PLACES.items():
        page = sign_in(chromium, address, who, size)
        for place in (*places, *(place.format(**named) for place in PAGES.get(who, ()) if "{" in place)):
            answer = page.goto(f"{address}{place}")
            assert answer, place
            assert answer.status == 200, f"{place}: {answer.status}"
            page.evaluate(AXE)
            if found := page.evaluate(LOOK):
                said[f"{who} {place}"] = found
            if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
                said[f"{who} {place} wide"] = ["wider than the screen"]
        page.context.close()
    assert said == {}
