"""Which values a parameter may have, whoever asks; pure."""

import re
from collections.abc import Collection
from typing import Any

from backend import codebook
from backend.codebook import ParameterField
from backend.domain.county_rules import PREFIX
from backend.domain.rule_values import faults

# 12317 and its like, 7 or 8 digits of a place with or without area code, a mobile, 400 and 800.
PHONE = re.compile(r"12[0-9]{3}|(0[0-9]{2,3}-?)?[1-9][0-9]{6,7}|1[0-9]{10}|[48]00-?[0-9]{3}-?[0-9]{4}")
MOST_PHONES = 5


def codes_of(field: ParameterField, rules: Collection[str]) -> list[str]:
    """The codes that a choice or list may name; of rules, their ids."""
    return list(rules) if field.kind == "rules" else [one.value for one in getattr(codebook, field.codes)]


def fits(field: ParameterField, value: Any, rules: Collection[str]) -> bool:
    """Whether `value` is one that the conditions of the hints can read for this parameter."""
    match field.kind:
        case "yes_no":
            return isinstance(value, bool)
        case "yuan" | "number":
            return isinstance(value, int) and not isinstance(value, bool) and field.least <= value <= field.most
        case "choice":
            return isinstance(value, str) and value in codes_of(field, rules)
        case "codes" | "rules":
            known = codes_of(field, rules)
            is_list = isinstance(value, list) and len(value) == len({str(one) for one in value})
            return is_list and all(one in known for one in value)
        case "phones":
            is_list = isinstance(value, list) and 0 < len(value) <= MOST_PHONES
            return is_list and all(isinstance(one, str) and PHONE.fullmatch(one) for one in value)
        case "rule":
            return not faults(field.key.removeprefix(PREFIX), value)
        case _:
            return False
