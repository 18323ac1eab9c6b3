"""群通知: the administrator's page for the area's robot; failures are shown where it is set."""

from flask import Blueprint, Response, render_template, request, url_for
from flask_login import current_user

from backend import webhooks
from backend.access import policy
from backend.access_liaison import webhook_of
from backend.desk.forms import Form
from backend.desk.page import done
from backend.domain import webhook
from backend.extensions import settings
from backend.models import Area, db
from backend.problems import Problem
from backend.storage.outward import NotAllowed

pages = Blueprint("webhooks", __name__, url_prefix="/webhook")


def _page(form: Form) -> str:
    hosts = sorted(settings().webhook_hosts)
    return render_template("webhooks/show.html", one=webhook_of(current_user), form=form, hosts=hosts)


@pages.get("/")
@policy("webhook:keep")
def show() -> str:
    """The robot, without its address: that is a key."""
    one = webhook_of(current_user)
    return _page(Form(start={"is_on": "1" if one is None or one.is_on else ""}))


def _set(form: Form) -> None:
    address, area = form.value("address"), db.session.get(Area, next(iter(current_user.area_codes), ""))
    if area is None:
        raise Problem("not_found")
    try:
        if address:
            webhooks.check(address)
    except NotAllowed as refused:
        raise Problem("webhook_address", fields={"address": ""}) from refused
    secret, is_on = form.value("secret"), form.value("is_on") == "1"
    webhook.set_webhook(area, address=address, secret=secret, is_on=is_on, actor=current_user)


@pages.post("/")
@policy("webhook:keep")
def change() -> Response | tuple[str, int]:
    """A new address or secret, on or off."""
    form = Form(request.form, most={"address": 500, "secret": 200})
    try:
        form.stop()
        _set(form)
    except Problem as problem:
        form.take(problem, "page")
        return _page(form), problem.status
    db.session.commit()
    return done(url_for("webhooks.show"), "webhook-set")


@pages.post("/tests")
@policy("webhook:keep")
def test() -> Response:
    """Send one line now."""
    one = webhook_of(current_user)
    if one is None:
        raise Problem("webhook_none")
    fault = webhooks.send(one.id, webhooks.test_of, actor=current_user)
    return done(url_for("webhooks.show"), "webhook-failed" if fault else "webhook-sent")
