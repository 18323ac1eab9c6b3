"""T9 联络员名册: who answered for each unit on the day, A角 before B角 (DOMAIN §5.2)."""

from collections.abc import Iterator
from datetime import datetime

from flask_login import current_user
from sqlalchemy import or_

from backend import clock
from backend.access_liaison import visible_liaisons
from backend.codebook import LiaisonDuty
from backend.documents.ledger import Cell, Column
from backend.domain import identity
from backend.models import Liaison, db

TITLE, UNIT, HAS_NUMBERS = "联络员名册", "人", True
COLUMNS = (
    Column("单位", 24), Column("姓名", 9), Column("职务", 12), Column("办公电话", 15), Column("手机", 15),
    Column("AB角", 7), Column("备注", 20),
)  # fmt: skip


def rows(area_code: str, as_of: datetime, *, is_whole: bool = False) -> Iterator[list[Cell]]:
    """One row a person in duty on the day of `as_of`, by place and unit, in the order of the page."""
    day = clock.local(as_of).date()
    query = visible_liaisons(current_user).where(
        Liaison.area_code.startswith(area_code), Liaison.valid_from_on <= day,
        or_(Liaison.valid_until_on.is_(None), Liaison.valid_until_on >= day),
    )  # fmt: skip
    for one in db.session.scalars(query.order_by(Liaison.area_code, Liaison.unit, Liaison.duty, Liaison.id)):
        numbers = [one.office_phone or "", one.mobile or ""]
        shown = numbers if is_whole else [identity.mask_phone(number) if number else "" for number in numbers]
        yield [one.unit, one.name, one.title, *shown, LiaisonDuty(one.duty).label, one.note]
