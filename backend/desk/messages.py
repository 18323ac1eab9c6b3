"""消息: what the program told this office; a tap goes to the page where the work is."""

from flask import Blueprint, Response, g, redirect, render_template, request, url_for
from flask_login import current_user
from sqlalchemy import Select, exists, func, select

from backend.access import can, policy
from backend.access_liaison import find_message, visible_messages
from backend.codebook import MessageKind
from backend.desk.page import done
from backend.domain import messages
from backend.models import Area, Message, MessageReading, db
from backend.models.questions import Looker, kept

pages = Blueprint("messages", __name__, url_prefix="/messages")
SHOWN, MOST_COUNTED = 60, 99
LINKS: dict[MessageKind, tuple[str, dict[str, str]]] = {
    MessageKind.NEW_WARNINGS: ("assignments.index", {}),
    MessageKind.TO_REVIEW: ("reviews.index", {}),
    MessageKind.ROUTED: ("routings.index", {}),
    MessageKind.ROUTING_RETURNED: ("cases.index", {"state": "reviewed"}),
    MessageKind.MATERIALS_ASKED: ("routings.index", {}),
    MessageKind.MATERIALS_ANSWERED: ("routings.index", {}),
    MessageKind.PETITION_ASKED: ("petitions.index", {}),
    MessageKind.PETITION_ANSWERED: ("petitions.index", {}),
    MessageKind.OBJECTION_RAISED: ("objections.index", {}),
    MessageKind.EXCHANGE_RECORDED: ("exchanges.index", {}),
    MessageKind.DUE_TODAY: ("cases.index", {"due": "today"}),
    MessageKind.OVERDUE: ("cases.index", {"due": "overdue"}),
    MessageKind.DUE_TOMORROW: ("late.index", {"kind": "near"}),
    MessageKind.DUE_IN_TWO_DAYS: ("late.index", {"kind": "near"}),
    MessageKind.URGENT: ("cases.index", {"due": "urgent"}),
}


def _is_read(user: Looker) -> exists:
    mine = MessageReading.user_id == user.id
    return exists().where(MessageReading.message_id == Message.id, mine).correlate(Message)


def unread_count() -> int:
    """How many this person has not read, 99 at most; asked once for a page."""
    if "unread_count" not in g:
        g.unread_count = db.session.scalar(_unread(current_user)) or 0
    return g.unread_count


@kept
def _unread(user: Looker) -> Select[tuple[int]]:
    waiting = visible_messages(user).with_only_columns(Message.id).where(~_is_read(user)).limit(MOST_COUNTED)
    return select(func.count()).select_from(waiting.subquery())


def _address_of(message: Message) -> str:
    if message.kind in (MessageKind.SUPERVISION_ISSUED, MessageKind.SUPERVISION_ANSWERED):
        return url_for("supervision.show", notice_id=message.facts["about"])
    endpoint, args = LINKS[MessageKind(message.kind)]
    is_objection = message.kind == MessageKind.OBJECTION_RAISED
    return (
        url_for("routings.index")
        if is_objection and not can(current_user, "objection:see")
        else url_for(endpoint, **args)
    )


@pages.get("/")
@policy("message:see")
def index() -> str:
    """The last sixty of thirty days; what one has not read comes first, else it stays out of reach behind the rest."""
    query = (
        visible_messages(current_user)
        .order_by(_is_read(current_user), Message.made_at.desc(), Message.id.desc())
        .limit(SHOWN)
    )
    found = db.session.execute(query.add_columns(_is_read(current_user))).all()
    codes = {message.facts["place"] for message, _ in found}
    places = {area.code: area.name for area in db.session.scalars(select(Area).where(Area.code.in_(codes)))}
    return render_template("messages/index.html", found=found, places=places)


@pages.post("/<message_id>/reading")
@policy("message:see")
def open_one(message_id: str) -> Response:
    """Read, and on to the work."""
    message = find_message(current_user, message_id)
    messages.read([message], reader=current_user)
    address = _address_of(message)
    db.session.commit()
    return redirect(address, code=303)


@pages.post("/reading")
@policy("message:see")
def read_all() -> Response:
    """Everything up to the newest one that the page showed."""
    shown = set(request.form.getlist("message")[:SHOWN])
    messages.read(
        list(db.session.scalars(visible_messages(current_user).where(Message.id.in_(shown)))), reader=current_user
    )
    db.session.commit()
    return done(url_for("messages.index"), "messages-read")
