"""A province's database of any size: households over all counties, villages, years and stages, as they would lie."""

import random
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from sqlalchemy import select

from backend.codebook import Role
from backend.extensions import key_ring
from backend.models import Area, User, db
from tests.bench.bulk import DAY, Bulk, fast_loading, settle, unindexed
from tests.bench.household import COLUMNS as OF_HOUSEHOLDS
from tests.bench.household import Household, write_household
from tests.bench.offices import COLUMNS as OF_PEOPLE
from tests.bench.offices import OFFICE_COLUMNS as OF_OFFICES
from tests.bench.offices import write_office, write_people

YEARS = 1000
SEED = 20_260_711


@dataclass
class Staff:
    """Whose ids stand in the rows: {township: coordinator}, {township: field workers}, a county's office."""

    coordinators: dict[str, str] = field(default_factory=dict)
    workers: dict[str, list[str]] = field(default_factory=dict)
    county: str = ""


def villages_below(code: str) -> list[str]:
    query = select(Area.code).where(Area.level == "village", Area.code.startswith(code)).order_by(Area.code)
    return list(db.session.scalars(query))


def fill(count: int, *, below: str = "62", start: int = 0) -> None:
    """Put `count` households into the villages below an area of the migrated database at hand, with their offices.

    They spread evenly over the last `YEARS` days. With `start` the offices and so many households are there already.
    """
    db.session.rollback()
    password = db.session.scalars(select(User.password_hash).limit(1)).one()
    leads = db.session.scalars(select(User.id).where(User.role == Role.COUNTY_RELAPSE_PREVENTION)).first()
    villages, staff, ring = villages_below(below), Staff(county=leads or ""), key_ring()
    db.session.rollback()
    fast_loading()
    towns = sorted({code[:9] for code in villages})

    def seal(words: str, aad: str) -> str:
        return ring.seal(words, aad=aad)

    people, offices = Bulk(OF_PEOPLE), Bulk(OF_OFFICES)
    write_people(people, towns, staff, password)
    if not start:
        people.write()
    with unindexed(OF_HOUSEHOLDS):
        _write_households(range(start, start + count), villages, staff, seal)
    if not start:
        for number, town in enumerate(towns):
            write_office(offices, number, town, staff, seal)
        offices.write()
    settle()


def _write_households(numbers: range, villages: list[str], staff: Staff, seal: Callable[[str, str], str]) -> None:
    out, chance = Bulk(OF_HOUSEHOLDS), random.Random(SEED)
    now, sealed = time.time(), seal("{}" + " " * 900, "bench")
    for order, number in enumerate(numbers):
        published = now - YEARS * DAY * (1 - (order + 0.5) / len(numbers))
        village = chance.choice(villages)
        coordinator, workers = staff.coordinators[village[:9]], staff.workers[village[:9]]
        one = Household(number, village, published, now, coordinator, workers, staff.county, sealed, seal)
        write_household(out, one, chance)
        if out.is_full:
            out.write()
    out.write()
