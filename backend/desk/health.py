"""Whether the program is up and reaches its database, for whoever starts or watches it."""

from flask import Blueprint
from sqlalchemy import text

from backend.access import policy
from backend.models import db

pages = Blueprint("health", __name__)


@pages.get("/healthz")
@policy("public")
def healthz() -> tuple[dict[str, str], int]:
    """200 {"status": "up"}; a database that cannot be asked answers 500 like any other failure."""
    db.session.execute(text("SELECT 1"))
    return {"status": "up"}, 200
