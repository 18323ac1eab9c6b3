"""Days, months, amounts and counts as people type them; what cannot be read is said beside its field."""

import re
import unicodedata
from datetime import UTC, date, datetime
from decimal import Decimal

from backend.desk.forms import Form
from backend.desk.page import today

MOST_FEN = 10**12
AMOUNT = re.compile(r"([0-9]+|[0-9]{1,3}(,[0-9]{3})+)(\.[0-9]{1,2})?")
YEARS = (2000, 2100)


def read_day(text: str) -> date | None:
    """A day as a field or an address says it (2023-07-10), None for anything else."""
    try:
        found = date.fromisoformat(text)
    except ValueError:
        return None
    return found if YEARS[0] <= found.year <= YEARS[1] else None


def read_moment(text: str) -> datetime | None:
    """An instant as an address says it, in UTC; None for anything else and for what UTC has no day for."""
    try:
        found = datetime.fromisoformat(text.replace("Z", "+00:00"))
        return found.astimezone(UTC) if found.tzinfo else None
    except (ValueError, OverflowError):
        return None


def any_day(form: Form, name: str) -> date | None:
    """The day, gone or to come; None beside a complaint."""
    found = read_day(form.value(name))
    if found is None:
        form.fail(name, "a_day")
    return found


def day(form: Form, name: str) -> date:
    """The day, or today beside a complaint."""
    return optional_day(form, name) or _no_day(form, name)


def _no_day(form: Form, name: str) -> date:
    form.fail(name, "day")
    return today()


def optional_day(form: Form, name: str) -> date | None:
    """The day; None where nothing was typed."""
    return (read_day(form.value(name)) or _no_day(form, name)) if form.value(name) else None


def month(form: Form, name: str) -> date | None:
    """The first day of a month typed as 2026-07; None where nothing was typed."""
    if not form.value(name):
        return None
    found = read_day(f"{form.value(name)}-01")
    if found is None:
        form.fail(name, "month")
    return found


def fen(form: Form, name: str) -> int | None:
    """Yuan with at most two decimals, in fen; None where nothing was typed."""
    typed = unicodedata.normalize("NFKC", form.value(name))
    if not typed:
        return None
    # Decimal alone would take 1_000, NaN and 1e3, which nobody means as an amount.
    found = Decimal(typed.replace(",", "")) * 100 if AMOUNT.fullmatch(typed) else MOST_FEN
    if found >= MOST_FEN:
        form.fail(name, "amount")
        return None
    return int(found)


def count(form: Form, name: str) -> int | None:
    """A whole number of people; None where nothing was typed."""
    typed = form.value(name)
    if not typed:
        return None
    if not (typed.isascii() and typed.isdigit() and len(typed) <= 2):
        form.fail(name, "people")
        return None
    return int(typed)


def whole(form: Form, name: str) -> int | None:
    """A whole number of at most six digits; None where nothing was typed."""
    typed = form.value(name)
    if not typed:
        return None
    if not (typed.isascii() and typed.isdigit() and len(typed) <= 6):
        form.fail(name, "whole")
        return None
    return int(typed)
