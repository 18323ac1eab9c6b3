"""Photos for people who may see the case; the address says nothing about it."""

from flask import Blueprint, Response, render_template
from flask_login import current_user

from backend.access import find_case, policy
from backend.desk.case_view import CaseView
from backend.extensions import objects
from backend.models import Photo, db
from backend.problems import Problem

pages = Blueprint("photos", __name__, url_prefix="/photos")


def find_photo(photo_id: str) -> Photo:
    """A stored photo of a case within sight, else Problem not_found."""
    photo = db.session.get(Photo, photo_id)
    if photo is None or photo.case_id is None or photo.state != "stored":
        raise Problem("not_found")
    find_case(current_user, photo.case_id)
    return photo


@pages.get("/<photo_id>.jpg")
@policy("photo:see")
def picture(photo_id: str) -> Response:
    """The picture itself; the browser may keep it for an hour, nobody between."""
    photo = find_photo(photo_id)
    response = Response(objects().read(f"photos/{photo.id}"), mimetype="image/jpeg")
    response.headers["Cache-Control"] = "private, max-age=3600"
    return response


@pages.get("/<photo_id>")
@policy("photo:see")
def show(photo_id: str) -> str:
    """One picture large, with the next one a tap away."""
    photo = find_photo(photo_id)
    view = CaseView(find_case(current_user, photo.case_id or ""))
    return render_template("photos/show.html", photo=photo, view=view, place=view.stored_photos.index(photo))
