"""Photos for people who may see the case; the address says nothing about it."""

from flask import Blueprint, Response, render_template
from flask_login import current_user

from backend.access import find_case, policy
from backend.access_rules import SUPERVISORS
from backend.codebook import PhotoKind, Role
from backend.desk.case_view import CaseView
from backend.desk.matter import is_of_matter
from backend.extensions import objects
from backend.models import Photo, db
from backend.problems import Problem

pages = Blueprint("photos", __name__, url_prefix="/photos")


def object_name(photo: Photo) -> str:
    """Where the bytes of a photo lie in the object store."""
    return f"photos/{photo.id}"


def may_look(photo: Photo) -> bool:
    """Papers are for those who work on the case, not for those who oversee; a line department has those of its matter."""
    if not is_of_matter(photo.kind):
        return False
    return photo.kind != PhotoKind.PAPERS or Role(current_user.role) not in SUPERVISORS


def find_photo(photo_id: str) -> Photo:
    """A stored photo of a case within sight, else Problem not_found."""
    photo = db.session.get(Photo, photo_id)
    if photo is None or photo.case_id is None or photo.state != "stored" or not may_look(photo):
        raise Problem("not_found")
    find_case(current_user, photo.case_id)
    return photo


def jpeg(photo: Photo) -> Response:
    """The picture itself; the browser may keep it for an hour, nobody between."""
    response = Response(objects().get(object_name(photo)), mimetype="image/jpeg")
    response.headers["Cache-Control"] = "private, max-age=3600"
    return response


@pages.get("/<photo_id>.jpg")
@policy("photo:see")
def picture(photo_id: str) -> Response:
    """A stored picture of a case within sight."""
    return jpeg(find_photo(photo_id))


@pages.get("/<photo_id>")
@policy("photo:see")
def show(photo_id: str) -> str:
    """One picture large, with the next one a tap away."""
    photo = find_photo(photo_id)
    view = CaseView(find_case(current_user, photo.case_id or ""))
    shown = [one for one in view.stored_photos if may_look(one)]
    shown = shown if photo in shown else [photo]
    return render_template("photos/show.html", photo=photo, view=view, shown=shown, place=shown.index(photo))
