"""The phone's browser is killed while it saves or sends: nothing that was called 已保存 is missing."""

from collections import Counter
from threading import Timer

import pytest
from playwright.sync_api import sync_playwright

from tests.faults.office import Office
from tests.faults.screens import Screen, codes_for
from tests.faults.serving import Serving
from tests.faults.tally import Tally, amount
from tests.faults.visitor import Visitor
from tests.faults.written import doubled_facts, pictures, returned_cases, written

pytestmark = pytest.mark.browser

SLOW = {"offline": False, "latency": 40, "downloadThroughput": -1, "uploadThroughput": 90_000}
MOMENTS = ("any moment", "已保存 just shown", "in an upload")


def _die_at(moment: str, visitor: Visitor, row: Tally) -> None:
    """Let the visitor work, and kill the browser at such a moment."""
    screen, ends = visitor.screen, []

    def end_after(seconds: float) -> None:
        ends.append(Timer(seconds, screen.kill))
        ends[-1].start()

    left = row.chance.randrange(1, 4)

    def count_down() -> None:
        nonlocal left
        left -= 1
        if not left:
            screen.kill()

    visitor.told = count_down if moment == "已保存 just shown" else lambda: None
    if moment == "any moment":
        end_after(row.chance.uniform(0.05, 2.5))
    if moment == "in an upload":
        screen.page.on("request", lambda asked: ends or ("/uploads" in asked.url and end_after(row.chance.random())))
        screen.wire().send("Network.emulateNetworkConditions", SLOW)
        with screen.until_death():
            visitor.note()
            screen.page.wait_for_timeout(3000)
    with screen.until_death():
        visitor.go_on()
    for end in ends:
        end.join()


def _reopen(screen: Screen) -> None:
    screen.open()
    screen.go("me")


def test_a_killed_browser_loses_nothing_it_called_saved(office: Office, tmp_path, tally):
    row = tally("browser kill -9")
    rounds = amount(20, 500)
    cases = returned_cases(office, 2 + rounds)
    with Serving(office, is_quick=True) as server, sync_playwright() as play:
        screen = Screen(play, tmp_path / "profile", f"http://127.0.0.1:{server.port}")
        screen.enrol("mi_jianjun", *codes_for(office, "mi_jianjun"))
        screen.context.close()
        _reopen(screen)
        visitor = Visitor(screen, cases, row.chance)
        for number in range(rounds):
            _die_at(MOMENTS[number % len(MOMENTS)], visitor, row)
            row.add("kills")
            _reopen(screen)
            visitor.look_again()
        screen.send_all()
        phone_items = screen.rows("items")["items"]
        screen.context.close()
    row["shown as saved"] = visitor.shown
    _compare(office, visitor, row)
    row["stuck"] = sum(item["receipt"] is None for item in phone_items)
    assert (row["lost"], row["duplicated"], row["stuck"]) == (0, 0, 0), (row.line(), visitor.lost)


def _compare(office: Office, visitor: Visitor, row: Tally) -> None:
    found = [item for item in written(office) if item.kind != "draft"]
    texts = Counter(item.text for item in found)
    row["items"] = len(found)
    visitor.lost += [text for text in visitor.notes_kept if not texts[text]]
    visitor.lost += [
        case_id for case_id in visitor.visits_kept if not any(texts[text] for text in visitor.may_be[case_id])
    ]
    arrived = pictures(office)
    named = [photo_id for item in found for photo_id in item.photos]
    row["photos"] = len(named)
    visitor.lost += [photo_id for photo_id in named if not arrived[photo_id]]
    row["lost"] = len(visitor.lost)
    row["duplicated"] = sum(number - 1 for number in (texts | arrived).values()) + doubled_facts(office)
