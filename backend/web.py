"""What every answer and every request has in common: session cookie, CSRF, headers, errors."""

import hashlib
import hmac

from flask import Flask, Response, g, redirect, render_template, request, url_for
from flask_login import current_user
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.exceptions import HTTPException, RequestEntityTooLarge
from werkzeug.routing import IntegerConverter, Map

from backend.codebook.base import say_labels
from backend.domain import dictionary, sessions
from backend.extensions import login_manager, settings
from backend.models import User, db
from backend.problems import Problem

CONTENT_SECURITY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; font-src 'self'; "
    "connect-src 'self'; manifest-src 'self'; worker-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(self), geolocation=(self), microphone=()",
}
HTTP_CODES = {404: "not_found", 405: "method_not_allowed", 413: "too_large", 429: "too_many_requests"}
# As its sentence says.
MINUTE = {"too_many_requests": 60}
MOST_ROWS = 2**31 - 1
SAFE_METHODS = ("GET", "HEAD", "OPTIONS")
MB = 1024 * 1024
MOST_THROWN_AWAY, PIECE = 200 * MB, 64 * 1024
LARGEST, LARGER = 20 * MB, {"rescue.create": 100 * MB}


@login_manager.request_loader
def load_user(_request) -> User | None:
    """The user of the session cookie; also keeps the session at hand in `g.login_session`."""
    token = request.cookies.get(settings().cookie_name)
    session = sessions.session_of(token) if token else None
    g.login_session = session
    if token and session and sessions.is_use_to_note(session.seen_at):
        g.use_to_note = token
    return session.user if session else None


def bearer_id() -> str | None:
    """The number of who is signed in, for requests that need no more of them."""
    token = request.cookies.get(settings().cookie_name)
    bearer = sessions.bearer_of(token) if token else None
    if token and bearer and sessions.is_use_to_note(bearer.seen_at):
        g.use_to_note = token
    return bearer.user_id if bearer else None


def set_session_cookie(response: Response, token: str) -> Response:
    """Give the browser its session token."""
    response.set_cookie(
        settings().cookie_name, token, max_age=int(sessions.LONGEST.total_seconds()), path="/",
        httponly=True, samesite="Lax", secure=settings().is_production,
    )  # fmt: skip
    return response


class RowNumber(IntegerConverter):
    """A row's number in an address; what no database can count to is an unknown address."""

    def __init__(self, url_map: Map) -> None:
        super().__init__(url_map, max=MOST_ROWS)


def csrf_token() -> str:
    """Token for this session's forms, derived from the cookie; before sign-in from a fixed word."""
    token = request.cookies.get(settings().cookie_name, "signed-out")
    return hmac.new(token.encode(), b"ruhu form", hashlib.sha256).hexdigest()


def _bound_content() -> None:
    request.max_content_length = LARGER.get(request.endpoint or "", LARGEST)


def _check_origin() -> None:
    if request.method in SAFE_METHODS:
        return
    origin = request.headers.get("Origin")
    if origin and origin != "null" and origin.split("://", 1)[-1] != request.host:
        raise Problem("bad_token")
    if request.path.startswith("/api/"):
        if not request.headers.get("X-Ruhu"):
            raise Problem("bad_token")
    elif not hmac.compare_digest(request.form.get("csrf_token", "").encode(errors="replace"), csrf_token().encode()):
        raise Problem("bad_token")


def _refuse_nul() -> None:
    """PostgreSQL keeps that character in no text; no page of ours sends it."""
    told = [request.path, *(text for _, text in request.args.items(multi=True))]
    if request.method not in SAFE_METHODS and not request.path.startswith("/api/"):
        told += [text for _, text in request.form.items(multi=True)]
    if any("\0" in text for text in told):
        raise Problem("bad_request")


def _speak() -> None:
    """Labels are in the words of the reader's county until the answer is made."""
    say_labels(dictionary.speaker(lambda: current_user if current_user.is_authenticated else None))


def _be_silent(_error: BaseException | None) -> None:
    say_labels(None)


def standing_headers() -> dict[str, str]:
    """What every answer but a static file says."""
    is_production = settings().is_production
    return (
        HEADERS
        | {"Cache-Control": "no-store"}
        | ({"Strict-Transport-Security": "max-age=31536000"} if is_production else {})
    )


def _finish(response: Response) -> Response:
    wanted = standing_headers()
    if request.path.startswith("/static/"):
        del wanted["Cache-Control"]
    # Asking the headers for one name after the other reads them all each time.
    told = {name.lower() for name, _ in response.headers}
    for name, value in wanted.items():
        if name.lower() not in told:
            response.headers.add(name, value)
    return response


def _note_use(response: Response) -> Response:
    """A session that is used does not idle out; noted every five minutes, once the answer is made."""
    if response.status_code < 400 and "use_to_note" in g:
        db.session.rollback()
        g.is_writing = True
        try:
            sessions.touch(g.use_to_note)
            db.session.commit()
        except SQLAlchemyError:  # signed out meanwhile, or the database is busy: the next call notes it
            db.session.rollback()
    return response


def _wants_json() -> bool:
    return request.path.startswith("/api/")


def show_problem(problem: Problem) -> Response | tuple[Response | str | dict, int] | tuple[dict, int, dict[str, str]]:
    """A Problem as JSON for the phone, as a page for the desk; signed-out people go to the login page."""
    db.session.rollback()
    if _wants_json():
        body = {"code": problem.code, "message": problem.message}
        wait = problem.facts.get("retry_after", MINUTE.get(problem.code))
        headers = {} if wait is None else {"Retry-After": str(wait)}
        return (body | {"fields": problem.fields} if problem.fields else body), problem.status, headers
    if problem.code == "signed_out":
        seen = request.full_path.rstrip("?") if request.method in SAFE_METHODS else None
        return redirect(url_for("session.sign_in_page", next=seen), code=303)
    if problem.code == "password_first":
        return redirect(url_for("passwords.edit"), code=303)
    return render_template("errors/problem.html", problem=problem, user=current_user), problem.status


def _let_it_finish() -> None:
    """Take what a browser still sends and throw it away: cut off, it shows a broken line and not our sentence."""
    announced = request.content_length or 0
    if _wants_json() or announced <= (request.max_content_length or 0):
        return
    stream, left = request.environ["wsgi.input"], min(announced, MOST_THROWN_AWAY)
    while left > 0 and (piece := stream.read(min(left, PIECE))):
        left -= len(piece)


def _show_http_error(error: HTTPException):
    limit = f"{LARGER.get(request.endpoint or '', LARGEST) // MB} MB"
    if isinstance(error, RequestEntityTooLarge):
        _let_it_finish()
        return show_problem(Problem("too_large", limit=limit))
    if error.code and error.code < 400:
        return error
    code = HTTP_CODES.get(error.code or 500, "bad_request" if (error.code or 500) < 500 else "server_error")
    problem = Problem(code, limit=limit)
    problem.status = error.code or 500
    return show_problem(problem)


def start_web(app: Flask) -> None:
    """Attach guards, headers and error pages to `app`."""
    app.config["MAX_CONTENT_LENGTH"] = LARGEST
    app.url_map.converters["int"] = RowNumber
    app.before_request(_bound_content)
    app.before_request(_check_origin)
    app.before_request(_refuse_nul)
    app.before_request(_speak)
    app.after_request(_finish)
    app.after_request(_note_use)
    app.teardown_request(_be_silent)
    app.register_error_handler(Problem, show_problem)
    app.register_error_handler(HTTPException, _show_http_error)
    app.jinja_env.globals["csrf_token"] = csrf_token
