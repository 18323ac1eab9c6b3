"""人员: who has an account, where they work. Read only."""

from flask import Blueprint, render_template, request
from flask_login import current_user
from sqlalchemy import or_, select
from sqlalchemy.orm import selectinload

from backend.access import policy
from backend.desk.phones import by_person
from backend.models import Area, Posting, User, db

pages = Blueprint("users", __name__, url_prefix="/users")

PAGE = 100


def _accounts(q: str, after: str) -> list[User]:
    """One more than a page of the accounts posted within the administrator's areas, by name of account."""
    within = or_(*(Posting.area_code.startswith(code) for code in current_user.area_codes))
    query = select(User).where(User.id.in_(select(Posting.user_id).where(within)), User.username > after)
    if q:
        query = query.where(or_(User.name.contains(q, autoescape=True), User.username.contains(q, autoescape=True)))
    return list(db.session.scalars(query.options(selectinload(User.postings)).order_by(User.username).limit(PAGE + 1)))


@pages.get("/")
@policy("user:list")
def index() -> str:
    """Accounts, where they are posted, when their phone was last heard of."""
    q = request.args.get("q", "").strip()
    rows = _accounts(q, request.args.get("after", ""))
    codes = {posting.area_code for user in rows for posting in user.postings}
    areas = {area.code: area for area in db.session.scalars(select(Area).where(Area.code.in_(codes)))}
    more = rows[PAGE - 1].username if len(rows) > PAGE else ""
    return render_template("users/index.html", rows=rows[:PAGE], more=more, q=q, areas=areas, phones_of=by_person())
