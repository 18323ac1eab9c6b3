"""A name that somebody is looked for by stands in no address: it is sealed for who typed it, for a day of work.

What is a number of a case or a place says the same to everybody and stays, so that a link says the same tomorrow.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from flask import url_for
from flask_login import current_user
from sqlalchemy import ColumnElement, false, or_, select
from werkzeug.datastructures import MultiDict

from backend import clock
from backend.access import below, visible_cases
from backend.domain.identity import fold_name
from backend.extensions import key_ring
from backend.models import Area, AreaAlias, Case, Declaration, db
from backend.storage.keys import UnreadableSeal

KEPT_FOR = timedelta(hours=12)
KEY, MOST = "who", 60
CASE_NUMBER = re.compile(r"(?:YJ|FX)?[0-9\-]*[A-Z]?[0-9]*-?", re.I)


@dataclass(frozen=True)
class SearchedList:
    """A list with a box: what else its filter has, and whether places and numbers may stand in its address."""

    endpoint: str
    keys: tuple[str, ...]
    has_places: bool = False


LISTS = {
    "cases": SearchedList(
        "cases.index", ("state", "due", "area", "queue", "figure", "as_of", "within"), has_places=True
    ),
    "users": SearchedList("users.index", ("role", "state")),
    "people": SearchedList("devices.people", ("area",)),
    "liaisons": SearchedList("liaisons.index", ("past",)),
}
BY_ENDPOINT = {one.endpoint: name for name, one in LISTS.items()}


def address(name: str, typed: Mapping[str, str]) -> str:
    """The address of a list for what was typed into its filter, the words in it or behind a key."""
    wanted = LISTS[name]
    kept = {key: typed[key].strip()[:MOST] for key in wanted.keys if typed.get(key, "").strip()}
    words = typed.get("q", "").strip()[:MOST]
    if words:
        kept |= {"q": words} if may_stand(name, words) else {KEY: _seal(words)}
    return url_for(wanted.endpoint, **kept)


def may_stand(name: str, words: str) -> bool:
    """Whether the address of this list may hold the words."""
    return not words or (LISTS[name].has_places and _is_public(words))


def words_of(args: MultiDict[str, str]) -> str:
    """The words, in the address or behind its key; "" where the key is another's, too old or none."""
    return read_key(args.get(KEY, "")) or args.get("q", "").strip()[:MOST]


def read_key(key: str) -> str:
    """What stands behind a key of this person's."""
    try:
        told = json.loads(key_ring().unseal(key, aad=f"words:{current_user.id}")) if key else None
    except (UnreadableSeal, ValueError):
        return ""
    return str(told["q"]) if told and datetime.fromisoformat(told["until"]) > clock.now() else ""


def _seal(words: str) -> str:
    told = {"q": words, "until": clock.iso(clock.now() + KEPT_FOR)}
    return key_ring().seal(json.dumps(told, ensure_ascii=False), aad=f"words:{current_user.id}")


def _is_public(words: str) -> bool:
    """A case's number, or a place that nobody in sight is called like."""
    if CASE_NUMBER.fullmatch(words):
        return True
    here = or_(false(), *(below(Area.code, code[:9]) for code in current_user.area_codes))
    if not db.session.scalar(select(Area.code).where(here, named_like(words)).limit(1)):
        return False
    # Nobody is called like most places, and the index of folded names says so for a whole province.
    declared = list(db.session.scalars(select(Declaration.id).where(Declaration.name_folded == fold_name(words))))
    called_so = visible_cases(current_user).with_only_columns(Case.id).where(Case.declaration_id.in_(declared))
    return not (declared and db.session.scalar(called_so.limit(1)))


def named_like(words: str) -> ColumnElement[bool]:
    """Areas whose name, or what people also call them, contains the words."""
    called = select(AreaAlias.area_code).where(AreaAlias.name.contains(words, autoescape=True))
    return or_(Area.name.contains(words, autoescape=True), Area.code.in_(called))
