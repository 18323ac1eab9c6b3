"""Pages of the desk: server-rendered, complete without script, one noun a file."""

from flask import Flask

from backend.desk import (
    assignments,
    cases,
    comparisons,
    deposits,
    explanations,
    field,
    health,
    imports,
    oversight,
    photos,
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
    app.jinja_env.globals["may_look"] = photos.may_look
    for noun in NOUNS:
        app.register_blueprint(noun.pages)
