"""Pages of the desk: server-rendered, complete without script, one noun a file."""

from flask import Flask

from backend.desk import field, session
from backend.desk.page import start_pages

NOUNS = (session, field)


def register(app: Flask) -> None:
    """Attach the desk's pages to `app`."""
    start_pages(app)
    for noun in NOUNS:
        app.register_blueprint(noun.pages)
