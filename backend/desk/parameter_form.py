"""A dated parameter's value as it is typed, by the kind that the codebook declares."""

import re
from decimal import Decimal
from typing import Any

from backend import rulebook
from backend.codebook import ParameterField
from backend.desk.forms import Form
from backend.domain.parameter_values import PHONE, codes_of

SEPARATORS, JOINED = re.compile(r"[\s,;\u3001\uff0c\uff1b]+"), "\u3001"
MOST_FEN = 10**12


def start_of(field: ParameterField, value: Any) -> dict[str, Any]:
    """What a fresh form shows of a value that holds; nothing where there is none."""
    match field.kind:
        case _ if value is None:
            return {}
        case "yes_no":
            return {"value": "yes" if value is True else "no"}
        case "yuan" if isinstance(value, int):
            return {"value": f"{Decimal(value) / 100:.2f}".removesuffix(".00")}
        case "phones" if isinstance(value, list):
            return {"value": JOINED.join(map(str, value))}
        case _:
            return {"value": value}


def value_of(field: ParameterField, form: Form) -> Any:
    """The value typed, or a complaint beside the field. None then."""
    match field.kind:
        case "yes_no":
            return _chosen(form, {"yes": True, "no": False})
        case "choice":
            return _chosen(form, {code: code for code in codes_of(field, ())})
        case "codes" | "rules":
            return form.chosen("value", codes_of(field, rulebook.rule_ids()))
        case "phones":
            numbers = [one for one in SEPARATORS.split(form.value("value")) if one]
            if not all(PHONE.fullmatch(one) for one in numbers):
                form.fail("value", "phones")
            return numbers
        case "yuan":
            return _number(form, 100, "amount")
        case _:
            return _number(form, 1, "whole")


def _chosen(form: Form, known: dict[str, Any]) -> Any:
    given = form.value("value")
    if given not in known:
        form.fail("value", "choose")
    return known.get(given)


def _number(form: Form, times: int, complaint: str) -> int | None:
    typed = form.value("value").replace(",", "").replace("，", "")
    try:
        found = Decimal(typed) * times
        is_whole = found == found.to_integral_value() and 0 <= found < MOST_FEN
    except ArithmeticError:
        is_whole = False
    if not is_whole:
        form.fail("value", complaint)
        return None
    return int(found)
