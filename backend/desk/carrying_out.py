"""What every form does that calls one verb: do it and go on, or stay with what was typed and say why not."""

from collections.abc import Callable, Mapping
from typing import TypeVar

from flask import Response

from backend.desk.forms import Form
from backend.models import db
from backend.problems import Problem

Made = TypeVar("Made")
Answer = Response | tuple[str, int]
PAGE = "page"


def carry_out(
    form: Form,
    verb: Callable[[], Made],
    *,
    page: Callable[[], str],
    go: Callable[[Made], Response],
    beside: str | Mapping[str, str] = PAGE,
) -> Answer:
    """Call `verb`, commit and `go` on; with a complaint in `form` already, or when it refuses, the `page` stays.

    `beside` is the field at which a refusal stands, or names it by the problem's code. Out of sight stays a 404.
    """
    if not form.is_good:
        return page(), 422
    try:
        made = verb()
    except Problem as problem:
        if problem.code == "not_found":
            raise
        form.take(problem, beside if isinstance(beside, str) else beside.get(problem.code, PAGE))
        return page(), problem.status
    db.session.commit()
    return go(made)
