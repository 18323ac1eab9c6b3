"""A real browser, a real server, and what happens between them over the weeks: nothing lost, nothing crosses people."""

from collections import Counter
from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Error, sync_playwright

from tests.faults import scenarios_office, scenarios_phone
from tests.faults.office import Office
from tests.faults.serving import Serving
from tests.faults.stage import WORKER, Stage
from tests.faults.tally import Tally, amount
from tests.faults.unsent_work import hand_in, phone_in, work_on
from tests.faults.weather import NETWORKS, Weather
from tests.faults.written import doubled_facts, returned_cases, written
from tests.journeys.phone_screen import CHROMIUM, FLAGS

pytestmark = pytest.mark.browser

Scenario = Callable[[Stage], dict[str, str] | None]
NOT_ENROLLED: tuple[Scenario, ...] = (*scenarios_phone.NOT_ENROLLED, *scenarios_office.NOT_ENROLLED)
SCENARIOS: tuple[Scenario, ...] = (*scenarios_phone.PHONE, *scenarios_office.OFFICE, *NOT_ENROLLED)


def _play(
    scenario: Scenario, network: str, place: tuple[Office, Serving, Browser], cases: list[str], row: Tally
) -> dict[str, str]:
    """Let it happen; whose words must be at the office afterwards."""
    office, server, browser = place
    with Weather(server.port, row.chance, network) as line:
        address = f"http://127.0.0.1:{line.port}"
        with phone_in(browser, office, address, is_enrolled=scenario not in NOT_ENROLLED) as tab:
            work = work_on(tab, cases, f"{scenario.__name__}，{network}", row)
            more = scenario(Stage(office, server, line, browser, tab, work)) or {}
            hand_in(tab, work)
        row.add("faults on the line", line.injected.total())
    return dict.fromkeys(work.texts(frozenset()), WORKER) | more


def test_whatever_happens_nothing_is_lost_or_crosses(office: Office, tally):
    row = tally("scenarios, browser and server")
    turns = [(at, turn) for turn in range(amount(1, len(NETWORKS))) for at in range(len(SCENARIOS))]
    cases = returned_cases(office, 2 * len(turns))
    wanted: dict[str, str] = {}
    failed: list[Exception] = []
    with Serving(office, is_quick=True) as server, sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        for at, turn in turns:
            scenario, network = SCENARIOS[at], NETWORKS[(at + turn) % len(NETWORKS)]
            row.add("played")
            try:
                wanted |= _play(scenario, network, (office, server, browser), cases, row)
            except (AssertionError, Error) as trouble:
                trouble.add_note(f"{scenario.__name__}, {network}")
                failed.append(trouble)
    _compare(office, wanted, row)
    if failed:
        raise ExceptionGroup(row.line(), failed)
    assert (row["lost"], row["duplicated"], row["crossed"]) == (0, 0, 0), row.line()


def _compare(office: Office, wanted: dict[str, str], row: Tally) -> None:
    found = [item for item in written(office) if item.kind != "draft"]
    times = Counter(item.text for item in found)
    row["texts"] = len(wanted)
    row["lost"] = sum(times[text] == 0 for text in wanted)
    row["duplicated"] = sum(number - 1 for number in times.values()) + doubled_facts(office)
    row["crossed"] = sum(wanted[item.text] != item.account for item in found if item.text in wanted)
