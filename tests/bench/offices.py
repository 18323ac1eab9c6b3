"""The offices of the province for measuring: who works where, with which phones, and what was told and checked."""

import json
import random
import time
from collections.abc import Callable
from typing import Any

from tests.bench.bulk import DAY, Bulk, day, instant

WORKERS = 6
COLUMNS = {
    "user_account": ["id", "username", "name", "role", "unit", "password_hash"],
    "posting": ["user_id", "area_code", "started_on"],
    "device": ["id", "user_id", "name", "public_key", "first_seen_at", "seen_at", "heartbeat"],
    "device_user": ["device_id", "user_id", "bound_at", "told_at", "heartbeat"],
    "comparison_run": ["id", "run_at", "rule_version"],
}
OFFICE_COLUMNS = {
    "message": ["id", "key", "kind", "role", "area_code", "facts", "made_at"],
    "supervision_notice": [
        "number",
        "county_code",
        "township_code",
        "matter",
        "reply_wanted",
        "state",
        "issued_by",
        "issued_at",
        "due_at",
    ],
    "inspection": [
        "county_code",
        "township_code",
        "inspected_on",
        "team",
        "households_checked",
        "found_real",
        "recorded_by",
        "recorded_at",
    ],
    "spot_check": ["id", "area_code", "from_at", "until_at", "seed", "pool_count", "drawn_by", "drawn_at"],
    "spot_check_household": ["check_id", "case_id"],
    "liaison": [
        "id",
        "area_code",
        "unit",
        "name",
        "duty",
        "mobile_sealed",
        "valid_from_on",
        "changed_by",
        "changed_at",
    ],
    "exchange": ["from_area_code", "to_area_code", "to_liaison_id", "to_words", "matter", "told_by", "told_at"],
}


def write_people(out: Bulk, towns: list[str], staff: Any, password: str) -> None:
    """A coordinator and six field workers with a phone each for every township."""
    now = time.time()
    chance = random.Random(7)
    out.add("comparison_run", 1, instant(now - 1000 * DAY), "bench")
    for town in towns:
        ids = [f"01900000-00aa-7000-8000-{town}{order:03d}" for order in range(WORKERS + 1)]
        staff.coordinators[town], staff.workers[town] = ids[0], ids[1:]
        for order, user in enumerate(ids):
            role = "grid_worker" if order else "township_coordinator"
            out.add("user_account", user, f"b{town}{order}", f"马{town[-3:]}{order}", role, "乡镇民政办", password)
            out.add("posting", user, town, "2023-05-01")
            if order:
                _phone(out, user, now - chance.uniform(0, 3) * DAY, is_troubled=chance.random() < 0.03)


def _phone(out: Bulk, user: str, seen: float, *, is_troubled: bool) -> None:
    told = json.dumps({"unsent": 2 if is_troubled else 0, "photos_waiting": 0, "self_test": "ok"})
    key = f"phone-{user[-12:]}"
    out.add("device", key, user, "Redmi 9A", "{}", instant(seen - 300 * DAY), instant(seen), told)
    out.add("device_user", key, user, instant(seen - 300 * DAY), instant(seen), told)


def write_office(out: Bulk, number: int, town: str, staff: Any, seal: Callable[[str, str], str]) -> None:
    """What a township and its county told each other in the last weeks."""
    now, county, author = time.time(), town[:6], staff.county
    for back in range(30):
        at = now - back * DAY - 3600
        for order, kind in enumerate(("new_warnings", "to_review", "due_today")):
            key = f"01900000-00bb-7000-8000-{number * 100 + back * 3 + order:012x}"
            told = json.dumps({"n": 3, "place": town})
            out.add("message", key, f"b:{town}:{back}:{kind}", kind, "township_coordinator", town, told, instant(at))
    for order in range(3):
        at = now - (20 + order * 30) * DAY
        out.add("supervision_notice", f"DB{town}-{order}", county, town, "超期没有入户，请在时限内入户。", "逐户写整改措施。",
                "issued", author, instant(at), instant(at + 5 * DAY))  # fmt: skip
        out.add("inspection", county, town, day(at), "县联合督导组", 10, 9, author, instant(at))
    out.add(
        "spot_check",
        number + 1,
        county,
        instant(now - 40 * DAY),
        instant(now - 10 * DAY),
        7,
        300,
        author,
        instant(now - 9 * DAY),
    )
    person = f"01900000-00cc-7000-8000-{number:012x}"
    sealed = seal("12000000001", f"liaison.mobile:{person}")
    out.add(
        "liaison", person, town, "乡镇民政办", "白彩霞", "A", sealed, "2023-05-01", author, instant(now - 300 * DAY)
    )
    for order in range(4):
        out.add("exchange", county, town, person, "乡镇民政办 白彩霞（A角）", "本周还有几户没有入户。", author,
                instant(now - order * 7 * DAY))  # fmt: skip
