"""The reference rows of the hints, read once: rules and shipped parameters."""

from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml

REFERENCE = Path(__file__).parent / "reference"
# They came with migrations 0006, 0009, 0010, 0012, 0024, 0026 and 0033.
PARAMETER_FILES = (
    "parameters.yaml", "thresholds.yaml", "objection.yaml", "limits.yaml", "dibao_limits.yaml", "clocks.yaml",
    "lines.yaml",
)  # fmt: skip


@cache
def rulebook() -> dict[str, Any]:
    """{"tests": {name: …}, "rules": […]} of rules.yaml, as backend.domain.suggestion reads it."""
    return _plain(_read("rules.yaml"))


@cache
def rule_ids() -> tuple[str, ...]:
    """The ids of the shipped rules in their order."""
    return tuple(rule["id"] for rule in rulebook()["rules"])


# The ids of the rules that a county may write itself, and the parameters that hold a changed or own rule.
OWN_RULES = tuple(f"XZ-{number:02}" for number in range(1, 21))


@cache
def rule_keys() -> dict[str, str]:
    """{parameter: id} of the rules that a county may change or write."""
    return {f"rule_{one}": one for one in (*rule_ids(), *OWN_RULES)}


@cache
def shipped_parameters() -> tuple[dict[str, Any], ...]:
    """Every shipped row: {key, value, valid_from_on: YYYY-MM-DD, source}."""
    return tuple(_plain(row) for name in PARAMETER_FILES for row in _read(name))


@cache
def procedures() -> dict[str, Any]:
    """{procedure: {"total"?: …, "steps": […]}} of procedures.yaml, as backend.domain.procedure reads it."""
    return _plain(_read("procedures.yaml"))


@cache
def limit_keys() -> frozenset[str]:
    """The parameters that say how long a step, an answer or an objection may take."""
    return frozenset(row["key"] for name in ("limits.yaml", "dibao_limits.yaml") for row in _read(name))


# Only a county can know these; nothing is shipped for them.
COUNTY_KEYS = frozenset(
    {
        "last_year_income_fen",
        "minimum_wage_fen",
        "rigid_lines",
        "rigid_cap_fen",
        "employment_cost_fixed_fen",
        "rules_off",
    }
)


@cache
def hint_keys() -> frozenset[str]:
    """The parameters that income and hints look at: those of two files, what only a county knows, its rules."""
    shipped = frozenset(row["key"] for name in ("thresholds.yaml", "lines.yaml") for row in _read(name))
    return shipped | COUNTY_KEYS | frozenset(rule_keys())


def shipped_on(day: date) -> dict[str, Any]:
    """{key: value} of the shipped parameters that hold on a day."""
    begun = [row for row in shipped_parameters() if row["valid_from_on"] <= day.isoformat()]
    return {row["key"]: row["value"] for row in sorted(begun, key=lambda row: row["valid_from_on"])}


def _read(name: str) -> Any:
    return yaml.safe_load((REFERENCE / name).read_text(encoding="utf-8"))


def _plain(value: Any) -> Any:
    """Days as text, as the phone gets them."""
    if isinstance(value, dict):
        return {str(key): _plain(one) for key, one in value.items()}
    if isinstance(value, list):
        return [_plain(one) for one in value]
    return value.isoformat() if isinstance(value, date) else value
