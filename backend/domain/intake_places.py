"""Where the rows of an imported file belong, by the county's own area table (DOMAIN 6)."""

from collections.abc import Iterator, Sequence
from typing import Generic, NamedTuple, TypeVar

from backend.domain.area_changes import names_for_import
from backend.domain.tabular import DeclarationRow, RosterPerson
from backend.domain.tabular.places import AreaName, Place, Places
from backend.models import User

Row = TypeVar("Row", DeclarationRow, RosterPerson)


class LocatedRow(NamedTuple, Generic[Row]):
    """A row, its codes, and the place as it was typed."""

    row: Row
    place: Place
    text: str


def locate(rows: Sequence[Row], actor: User | None) -> Iterator[LocatedRow[Row]]:
    """Each row with its place. The home county is the actor's, else the one most names point to."""
    places = Places(AreaName(*area) for area in names_for_import())
    places.home = _own_county(actor) or places.choose_home(
        (row.township, row.village, row.address) for row in rows[:2000]
    )
    for row in rows:
        place = places.find(row.county, row.township, row.village, row.address, row.area_code)
        text = " ".join(part for part in (row.township, row.village) if part) or row.address
        yield LocatedRow(row, place, text)


def _own_county(actor: User | None) -> str | None:
    counties = {code[:6] for code in actor.area_codes if len(code) >= 6} if actor else set()
    return counties.pop() if len(counties) == 1 else None
