"""What somebody types to find households by, as a condition in SQL."""

from flask import g
from flask_login import current_user
from sqlalchemy import ColumnElement, false, or_, select, union_all

from backend.access import below, in_areas
from backend.access_rules import SUPERVISORS
from backend.codebook import Role
from backend.desk import kept_words
from backend.models import Area, Case, db

MOST_NAMED = 300


def matches(words: str) -> ColumnElement[bool]:
    """Number, village (as it is also called, too) or, for those who work on cases, name contain the words.

    Where whole cities are in sight a number has to be given from its beginning: that is read from an index. The words
    are looked for once for a page.
    """
    kept = g.setdefault("cases_matching", {})
    if words not in kept:
        kept[words] = _those(words)
    found: ColumnElement[bool] = kept[words]
    return found


def _those(words: str) -> ColumnElement[bool]:
    here = (Area.level == "village", below_or_above(current_user.area_codes), kept_words.named_like(words))
    # Few are told one by one, so that no database has to guess how many they are.
    villages = list(db.session.scalars(select(Area.code).where(*here).limit(MOST_NAMED + 1)))
    in_villages = villages if len(villages) <= MOST_NAMED else select(Area.code).where(*here)
    number, codes = words.upper(), current_user.area_codes
    begins = Case.number.startswith(number, autoescape=True)
    found = [select(Case.id).where(Case.number.between(number, f"{number}ZZ"), begins),
             select(Case.id).where(Case.village_code.in_(in_villages))]  # fmt: skip
    if all(len(code) >= len("620525") for code in codes):
        contained = Case.number.contains(words, autoescape=True)
        if Role(current_user.role) not in SUPERVISORS:
            contained |= Case.applicant_name.contains(words, autoescape=True)
        found.append(select(Case.id).where(in_areas(Case, codes), contained))
    ids = list(db.session.scalars(union_all(*found).limit(MOST_NAMED + 1)))
    return Case.id.in_(ids if len(ids) <= MOST_NAMED else union_all(*found))


def below_or_above(codes: list[str]) -> ColumnElement[bool]:
    """Areas below the codes, and those above a village, since whoever works in one sees its township's name."""
    return or_(false(), *(below(Area.code, code[:9]) for code in codes))
