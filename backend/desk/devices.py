"""手机与人员: which phones hold unsent work, how they are, who may use them; codes that enrol a phone."""

from flask import Blueprint, Response, render_template, request, url_for
from flask_login import current_user

from backend.access import find_device, find_person, policy
from backend.desk import deposit_list, device_lists, kept_words, qr
from backend.desk.device_lists import PhoneFilter
from backend.desk.forms import Form
from backend.desk.page import done
from backend.desk.phones import phone_of
from backend.domain import devices, enrolment
from backend.models import Device, db
from backend.problems import Problem

pages = Blueprint("devices", __name__, url_prefix="/devices")

REASONS = ("lost", "changed", "left", "other")


@pages.get("/")
@policy("device:see")
def index() -> str:
    """Phones in sight, those that hold something first."""
    wanted, waits = PhoneFilter.from_address(request.args), deposit_list.waiting_by_device()
    return render_template(
        "devices/index.html", wanted=wanted, found=device_lists.listing(wanted), codes=device_lists.open_codes(),
        townships=device_lists.townships(), place=device_lists.own_area(), to_look_at=sum(waits.values()),
        waits=waits,
    )  # fmt: skip


@pages.get("/people")
@policy("device:see")
def people() -> str:
    """Who goes to households, where, and with which phones."""
    q, area = kept_words.words_of(request.args), request.args.get("area", "")
    rows, more = device_lists.people(q, area, request.args.get("after", ""))
    return render_template(
        "devices/people.html", rows=rows, more=more, q=q, who=request.args.get("who", ""), area=area, townships=device_lists.townships(),
        areas=device_lists.names_of(code for row in rows for code in row.user.area_codes),
        place=device_lists.own_area(), to_look_at=deposit_list.count_waiting(),
    )  # fmt: skip


def _page(device: Device, form: Form) -> str:
    phone = phone_of(device)
    return render_template(
        "devices/show.html", phone=phone, form=form, history=device_lists.history(device),
        handed_in=device_lists.handed_in(phone), cases=device_lists.cases_on(phone),
    )  # fmt: skip


@pages.get("/<device_id>")
@policy("device:see")
def show(device_id: str) -> str:
    """One phone: what it holds, how it is, what it handed in, what happened to it."""
    return _page(find_device(current_user, device_id), Form())


@pages.post("/<device_id>/revocation")
@policy("device:enrol")
def revoke(device_id: str) -> Response | tuple[str, int]:
    """停用, with a reason."""
    device, form = find_device(current_user, device_id), Form(request.form)
    if form.value("reason_code") not in REASONS:
        form.fail("reason_code", "choose")
        return _page(device, form), 422
    try:
        devices.revoke(device, reason=device_lists.reason_text(form), actor=current_user)
    except Problem as problem:
        form.take(problem, "note")
        return _page(device, form), problem.status
    db.session.commit()
    return done(url_for("devices.show", device_id=device.id), "device-revoked")


@pages.post("/<device_id>/restoration")
@policy("device:enrol")
def restore(device_id: str) -> Response | tuple[str, int]:
    """It was found again."""
    device = find_device(current_user, device_id)
    devices.restore(device, actor=current_user)
    db.session.commit()
    return done(url_for("devices.show", device_id=device.id), "device-restored")


@pages.post("/codes")
@policy("device:enrol")
def make_code() -> str:
    """发绑定码: the digits are shown this once; asking again makes another and ends this one."""
    worker = find_person(current_user, request.form.get("user_id", ""))
    code = enrolment.make_code(worker, actor=current_user)
    db.session.commit()
    address = url_for("field.shell", _external=True) + f"#/bind?code={code.text}"
    return render_template("devices/code.html", worker=worker, code=code, drawn=qr.drawing(address))
