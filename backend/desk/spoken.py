"""Words that stand in row after row of a list: said by their macro once, then remembered."""

from datetime import date, datetime
from functools import lru_cache
from typing import Any

from flask import current_app
from markupsafe import Markup

from backend.desk.other_limits import Limit
from backend.desk.page import today
from backend.desk.span import Span, local_day

MOST = 4096


def _said(template: str, macro: str, what: Any) -> Markup:
    return getattr(current_app.jinja_env.get_template(f"components/{template}.html").module, macro)(what)


@lru_cache(MOST)
def _day(day: date | None, _today: date) -> Markup:
    return _said("time", "day_said", day)


@lru_cache(MOST)
def _declared(limit: Limit | None, _today: date) -> Markup:
    return _said("limits", "declared", limit)


@lru_cache(MOST)
def deadline_words(span: Span) -> Markup:
    """What `deadline` of components/parts.html says of a span."""
    return _said("parts", "deadline", span)


def day_words(value: date | datetime | None) -> Markup:
    """What `day` of components/time.html says; a year is only told when it is not this one."""
    return _day(local_day(value) if value else None, today())


def declared_words(limit: Limit | None) -> Markup:
    """What `declared` of components/limits.html says today."""
    return _declared(limit, today())
