"""The demo county's people, from staff.yaml."""

from datetime import date
from pathlib import Path
from typing import Any

import yaml
from sqlalchemy import select

from backend.config import DEMO_PASSWORD
from backend.domain import events
from backend.domain.sessions import hash_password
from backend.models import Posting, User, db

STAFF = Path(__file__).parent / "staff.yaml"
SINCE = date(2023, 5, 1)


def _person(row: dict[str, Any], password_hash: str) -> User:
    person = User(
        username=row["username"],
        name=row["name"],
        role=row["role"],
        unit=row["unit"],
        queue=row.get("queue"),
        password_hash=password_hash,
        is_demo=True,
    )
    person.phone = row["phone"]
    person.postings = [Posting(area_code=code, started_on=SINCE) for code in row["at"]]
    return person


def load_staff() -> int:
    """Add the people who are not there yet; how many they were. Raises ValueError outside demo mode."""
    known = set(db.session.scalars(select(User.username)))
    missing = [row for row in yaml.safe_load(STAFF.read_text("utf-8")) if row["username"] not in known]
    if not missing:
        return 0
    # One hash for everybody: their password is printed in the README.
    password_hash = hash_password(DEMO_PASSWORD)
    db.session.add_all(_person(row, password_hash) for row in missing)
    events.record("staff:loaded", actor=None, count=len(missing))
    return len(missing)


def person(username: str) -> User:
    """The demo person with this account."""
    return db.session.scalars(select(User).where(User.username == username)).one()
