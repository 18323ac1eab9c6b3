"""The rows of a county's own conditions on the form of a rule: as many as are shown, one more, one less."""

from typing import Any

from werkzeug.datastructures import MultiDict

from backend.desk.forms import Form
from backend.domain.rule_values import MOST_CONDITIONS, MOST_ROWS

OWN_FIELDS = ("use", "about", "met", "unmet", "join", "is_turned")
ROW_FIELDS = ("fact", "was", "operator", "value", "codes", "parameter")
Typed = MultiDict[str, str]
Fields = dict[str, list[str]]
# An own condition: its fields and the fields of its comparisons.
Own = tuple[Fields, list[Fields]]


def counts(form: Form) -> list[int]:
    """How many comparisons each own condition has."""
    return [
        _number(form.value(f"o{at}-rows"), MOST_ROWS)
        for at in range(1, _number(form.value("owns"), MOST_CONDITIONS) + 1)
    ]


def _number(text: str, most: int) -> int:
    return min(int(text), most) if text.isascii() and text.isdigit() and len(text) < 3 else 0


def reshaped(typed: Typed, act: str) -> Typed:
    """What was typed with a row more or less: add, add-1 (to the first condition), drop-1, drop-1-2."""
    owns = _owns(typed)
    verb, *places = act.split("-")
    at = [int(place) - 1 for place in places if _number(place, MOST_ROWS)]
    if verb == "add" and not at and len(owns) < MOST_CONDITIONS:
        owns.append(({"use": ["must"], "join": ["all"], "is_turned": ["no"]}, [{}]))
    elif at and at[0] < len(owns):
        rows = owns[at[0]][1]
        if verb == "add" and len(rows) < MOST_ROWS:
            rows.append({})
        elif verb == "drop" and len(at) == 1:
            del owns[at[0]]
        elif verb == "drop" and at[1] < len(rows):
            del rows[at[1]]
    return _flat([(key, text) for key, text in typed.items(multi=True) if not _is_of_row(key)], owns)


def _is_of_row(key: str) -> bool:
    return key == "owns" or (key[:1] == "o" and key[1:2].isdigit())


def _owns(typed: Typed) -> list[Own]:
    def picked(prefix: str, names: tuple[str, ...]) -> Fields:
        return {name: typed.getlist(f"{prefix}-{name}") for name in names}

    return [
        (picked(f"o{at}", OWN_FIELDS), [picked(f"o{at}r{row}", ROW_FIELDS) for row in range(1, many + 1)])
        for at, many in enumerate(counts(Form(typed)), 1)
    ]


def _flat(kept: list[tuple[str, str]], owns: list[Own]) -> Typed:
    flat: list[tuple[str, str]] = [*kept, ("owns", str(len(owns)))]
    for at, (fields, rows) in enumerate(owns, 1):
        flat.append((f"o{at}-rows", str(len(rows))))
        flat += [(f"o{at}-{name}", text) for name, texts in fields.items() for text in texts]
        for place, row in enumerate(rows, 1):
            flat += [(f"o{at}r{place}-{name}", text) for name, texts in row.items() for text in texts]
    return MultiDict(flat)


def start_of_own(at: int, use: str, test: dict[str, Any], rows: list[dict[str, Any]]) -> dict[str, Any]:
    """What a fresh form shows of one own condition."""
    start = {f"o{at}-{name}": test[name] for name in ("about", "met", "unmet", "join", "is_turned")}
    start |= {f"o{at}-use": use, f"o{at}-rows": str(len(rows))}
    for place, row in enumerate(rows, 1):
        start |= {f"o{at}r{place}-{name}": given for name, given in row.items()}
    return start
