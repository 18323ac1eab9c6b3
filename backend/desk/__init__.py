"""Pages of the desk: server-rendered, complete without script, one noun a file."""

from flask import Flask

from backend.desk import (
    assignments,
    case_list,
    cases,
    comparisons,
    deposits,
    devices,
    explanations,
    field,
    health,
    imports,
    oversight,
    photos,
    rescue,
    reviews,
    routings,
    session,
    today,
    users,
)
from backend.desk.page import start_pages

NOUNS = (
    health,
    session,
    field,
    today,
    cases,
    photos,
    deposits,
    devices,
    rescue,
    assignments,
    reviews,
    explanations,
    routings,
    oversight,
    imports,
    comparisons,
    users,
)


def register(app: Flask) -> None:
    """Attach the desk's pages to `app`."""
    start_pages(app)
    app.jinja_env.globals |= {"may_look": photos.may_look, "held_by": case_list.held_by}
    for noun in NOUNS:
        app.register_blueprint(noun.pages)
    app.register_blueprint(field.assets)
