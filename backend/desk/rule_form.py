"""A changed rule as it is typed: which conditions it looks at, conditions of the county's own, clause and words."""

import re
import unicodedata
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from backend import rulebook
from backend.codebook import RuleJoin, RuleUse
from backend.desk.answers import in_yuan
from backend.desk.forms import Form
from backend.desk.rule_rows import counts, start_of_own
from backend.domain.own_conditions import Comparison, Joined, when_of, written_of
from backend.domain.rule_values import FACTS, Fault, faults, named_tests, row_faults
from backend.form.facts import Fact

NUMBER = re.compile(r"[0-9]{1,12}(\.[0-9]{1,2})?")


def start_of(rule: Mapping[str, Any] | None, tests: Mapping[str, Any]) -> dict[str, Any]:
    """What a fresh form shows of a rule that holds; of none, an empty one."""
    if rule is None:
        return {"best": "yes", "worst": "no", "owns": "0"}
    uses = {name: use for use in (RuleUse.MUST, RuleUse.SHOULD) for name in rule.get(use.value, ())}
    start: dict[str, Any] = {f"u-{name}": use.value for name, use in uses.items() if name in named_tests()}
    start |= {key: rule[key] for key in ("title", "assistance", "clause") if key in rule}
    start |= {"best": rule.get("best", "yes"), "worst": rule.get("worst", "no")}
    owns = [(name, use) for name, use in uses.items() if name not in named_tests()]
    for at, (name, use) in enumerate(sorted(owns), 1):
        start |= _start_of_own(at, use.value, tests[name])
    return start | {"owns": str(len(owns))}


def _start_of_own(at: int, use: str, test: Mapping[str, Any]) -> dict[str, Any]:
    written = written_of(test["when"]) or Joined(RuleJoin.ALL, False, ())
    shown = {**test, "join": written.join, "is_turned": "yes" if written.is_turned else "no"}
    return start_of_own(at, use, shown, [_start_of_row(row) for row in written.rows])


def _start_of_row(row: Comparison) -> dict[str, Any]:
    start: dict[str, Any] = {"fact": row.fact, "was": row.fact, "operator": row.operator}
    if isinstance(row.limit, dict):
        return start | {"parameter": row.limit["parameter"]}
    if isinstance(row.limit, list):
        return start | {"codes": row.limit}
    return start | {"value": in_yuan(row.limit) if FACTS[row.fact].kind == "money" else str(row.limit)}


def value_of(rule_id: str, form: Form) -> dict[str, Any]:
    """The change that was typed; what is wrong with it stands beside its field."""
    uses = {name: form.value(f"u-{name}") for name in named_tests()}
    found: list[Fault] = []
    own: dict[str, Any] = {}
    for at, many in enumerate(counts(form), 1):
        name = f"{rule_id}.{at}"
        uses[name] = form.value(f"o{at}-use")
        own[name] = {part: form.value(f"o{at}-{part}") for part in ("about", "met", "unmet")}
        rows = tuple(_row(form, f"o{at}r{row}") for row in range(1, many + 1))
        wrong = [fault for row, one in enumerate(rows, 1) for fault in row_faults(f"o{at}r{row}", one)]
        joined = Joined(_join(form, at), form.value(f"o{at}-is_turned") == "yes", rows)
        own[name]["when"] = None if wrong else when_of(joined, FACTS)
        found += wrong
    value = {
        "must": [name for name, use in uses.items() if use == RuleUse.MUST],
        "should": [name for name, use in uses.items() if use == RuleUse.SHOULD],
        "tests": own,
        **{name: form.value(name) for name in _texts(rule_id)},
    }
    for place, code in (*found, *_others(faults(rule_id, value), found)):
        form.fail(place, code)
    return value


def _texts(rule_id: str) -> tuple[str, ...]:
    own = ("title", "assistance") if rule_id in rulebook.OWN_RULES else ()
    return ("best", "worst", "clause", "source", *own)


def _others(all_of_them: list[Fault], of_rows: list[Fault]) -> list[Fault]:
    """Without what is only said because a comparison cannot be read."""
    unread = {f"{place.split('r')[0]}-join" for place, _ in of_rows}
    return [fault for fault in all_of_them if fault[0] not in unread]


def _join(form: Form, at: int) -> str:
    join = form.value(f"o{at}-join")
    return join if join in set(RuleJoin) else RuleJoin.ALL.value


def _row(form: Form, place: str) -> Comparison:
    fact = FACTS.get(form.value(f"{place}-fact"))
    if fact is None:
        return Comparison("", "", None)
    operator = form.value(f"{place}-operator")
    if form.value(f"{place}-parameter"):
        return Comparison(fact.key, operator, {"parameter": form.value(f"{place}-parameter")})
    if fact.is_amount:
        return Comparison(fact.key, operator, number_of(form.value(f"{place}-value"), fact))
    return Comparison(fact.key, operator, list(dict.fromkeys(form.values(f"{place}-codes"))))


def number_of(text: str, fact: Fact) -> int | float | None:
    """A number as people type it, yuan in fen; None where it is none."""
    plain = unicodedata.normalize("NFKC", text).replace(",", "")
    if not NUMBER.fullmatch(plain):
        return None
    if fact.kind == "money":
        return int(Decimal(plain) * 100)
    return float(plain) if "." in plain else int(plain)
