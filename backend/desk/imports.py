"""导入: files of declarations and rosters, looked at before anything is written."""

from flask import Blueprint, render_template
from sqlalchemy import select

from backend.access import policy
from backend.models import ImportBatch, db

pages = Blueprint("imports", __name__, url_prefix="/imports")


@pages.get("/")
@policy("import:see")
def index() -> str:
    """What was imported and what stands to be done next."""
    batches = list(db.session.scalars(select(ImportBatch).order_by(ImportBatch.id.desc()).limit(40)))
    return render_template("imports/index.html", batches=batches)
