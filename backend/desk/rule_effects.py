"""What a change of a rule would make of the county's last visits, before anybody agrees to it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy.orm import joinedload

from backend import rulebook
from backend.access import visible_cases
from backend.codebook import HintVerdict
from backend.desk.span import local_day
from backend.domain import parameters
from backend.domain.county_rules import PREFIX
from backend.domain.suggestion import Hint, suggest
from backend.models import Area, Case, User, Visit, db

LAST = 50


@dataclass(frozen=True)
class Effect:
    """A visit to which the rule would say something else; None: nothing."""

    case: Case
    visited_on: date
    before: HintVerdict | None
    after: HintVerdict | None


@dataclass(frozen=True)
class Effects:
    """`looked_at` visits; `changed` verdicts; how many keep their verdict for other reasons."""

    looked_at: int
    changed: list[Effect]
    reworded: int


def effects(user: User, area: Area, key: str, value: Any, day: date) -> Effects:
    """The last visits that the user may see in the county, with and without `value` among the parameters of `day`."""
    rule_id = key.removeprefix(PREFIX)
    found = parameters.standing(rulebook.hint_keys(), on=day, area_code=area.code)
    now = {name: one.value for name, one in found.items() if name == key or not name.startswith(PREFIX)}
    changed, reworded, visits = [], 0, _last_visits(user, area)
    for visit in visits:
        visited_on = local_day(visit.visited_at)
        answers = json.loads(visit.answers_text or "{}")
        answers = answers if isinstance(answers, dict) else {}
        before, after = (_hint(answers, known, visited_on, rule_id) for known in (now, {**now, key: value}))
        if (before and before.verdict) != (after and after.verdict):
            verdicts = (before.verdict if before else None, after.verdict if after else None)
            changed.append(Effect(visit.case, visited_on, *verdicts))
        elif before and after and [one.says for one in before.reasons] != [one.says for one in after.reasons]:
            reworded += 1
    return Effects(len(visits), changed, reworded)


def _last_visits(user: User, area: Area) -> list[Visit]:
    query = visible_cases(user).join(Visit, Visit.case_id == Case.id).with_only_columns(Visit)
    query = query.where(Visit.is_current, Case.county_code == area.code)
    query = query.order_by(Visit.visited_at.desc(), Visit.id).limit(LAST)
    return list(db.session.scalars(query.options(joinedload(Visit.case).joinedload(Case.declaration))))


def _hint(answers: Mapping[str, Any], known: Mapping[str, Any], day: date, rule_id: str) -> Hint | None:
    book = rulebook.rulebook()
    alone = {**book, "rules": [rule for rule in book["rules"] if rule["id"] == rule_id]}
    return next(iter(suggest(answers, known, day, alone)), None)
