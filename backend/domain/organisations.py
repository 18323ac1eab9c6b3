"""What the office that does a duty is called in an area, on a day: offices are renamed, documents are not."""

from datetime import date

from sqlalchemy import select

from backend import access, clock
from backend.codebook import Queue, Role
from backend.domain import events
from backend.models import OrganisationName, Posting, User, db
from backend.problems import Problem

ROLE_OF = {
    Queue.RELAPSE_PREVENTION: Role.COUNTY_RELAPSE_PREVENTION,
    Queue.SOCIAL_ASSISTANCE: Role.COUNTY_SOCIAL_ASSISTANCE,
}


def organisation_name(duty: str, area_code: str, on: date) -> str:
    """The name that holds on a day; the nearest area above `area_code` wins, then the latest start.

    Without any the label of the duty (a queue's code).
    """
    areas = [area_code[:n] for n in (2, 4, 6, 9, 12) if len(area_code) >= n]
    rows = db.session.scalars(
        select(OrganisationName).where(
            OrganisationName.duty == duty, OrganisationName.area_code.in_(areas), OrganisationName.valid_from_on <= on
        )
    ).all()
    nearest = max(rows, key=lambda row: (len(row.area_code), row.valid_from_on), default=None)
    return nearest.name if nearest is not None else Queue(duty).label


def office_of(duty: str, area_code: str, on: date) -> str:
    """The office that signs for a duty of the area itself: as it was named, else as its people name their unit."""
    named = organisation_name(duty, area_code, on)
    if named != Queue(duty).label:
        return named
    posted = select(Posting.user_id).where(Posting.held(), Posting.area_code == area_code)
    unit = db.session.scalar(
        select(User.unit)
        .where(User.is_active, User.unit != "", User.role == ROLE_OF[Queue(duty)], User.id.in_(posted))
        .order_by(User.username)
        .limit(1)
    )
    return unit or named


def name_organisation(duty: str, name: str, *, valid_from_on: date, area_code: str, actor: User) -> OrganisationName:
    """The office is called so from a day on; earlier rows stay, the same day's is replaced.

    One event organisation:named. Raises Problem forbidden, not_found for another's area or no duty,
    organisation_unfit, organisation_same.
    """
    access.require(actor, "organisation:name")
    if not area_code.startswith(tuple(actor.area_codes)) or duty not in set(Queue) - {Queue.EXPLANATION}:
        raise Problem("not_found")
    name = name.strip()
    if not 2 <= len(name) <= 80:
        raise Problem("organisation_unfit", fields={f"name-{duty}": "organisation_unfit"})
    if organisation_name(duty, area_code, valid_from_on) == name:
        raise Problem("organisation_same", fields={f"name-{duty}": "organisation_same"})
    row: OrganisationName | None = db.session.scalar(
        select(OrganisationName).where(
            OrganisationName.duty == duty, OrganisationName.area_code == area_code,
            OrganisationName.valid_from_on == valid_from_on,
        )
    )  # fmt: skip
    row = row or OrganisationName(duty=duty, area_code=area_code, valid_from_on=valid_from_on)
    row.name, row.set_by, row.set_at = name, actor.id, clock.now()
    db.session.add(row)
    events.record("organisation:named", actor=actor, duty=duty, area=area_code, valid_from_on=valid_from_on.isoformat())
    return row
