"""台账、统计表、通报: the ledgers of DOMAIN §5.2 as workbooks, masked; whole numbers only with a reason that is kept."""

from dataclasses import replace
from datetime import datetime
from typing import Any
from urllib.parse import quote

from flask import Blueprint, Response, render_template, request
from flask_login import current_user

from backend import clock
from backend.access import can, policy
from backend.desk.forms import Form
from backend.desk.imports import WORKBOOK
from backend.desk.moment import asked_moment, moment_word
from backend.desk.oversight import asked_area
from backend.desk.span import local_day
from backend.documents import bulletin
from backend.documents.catalogue import ADDRESSEES, COPIED_TO, ELSEWHERE, LEDGERS, SIGNING, mark_of
from backend.documents.ledger import Ledger, workbook_of
from backend.documents.ledgers import statistics
from backend.domain import exports, figures_snapshots
from backend.domain.figures import Table, figures
from backend.domain.organisations import office_of
from backend.models import Area, db
from backend.problems import Problem

pages = Blueprint("ledgers", __name__, url_prefix="/ledgers")
WORD_FILE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
TOWNSHIP_CODE = 9


def _ledgers() -> dict[str, tuple[str, Any]]:
    """Those that this person may take: what an office keeps for itself goes to nobody who oversees it."""
    is_inside = can(current_user, "ledger:export")
    return {kind: one for kind, one in LEDGERS.items() if is_inside or not getattr(one[1], "IS_INTERNAL", False)}


def _ledger(kind: str) -> tuple[str, Any]:
    found = _ledgers().get(kind)
    if found is None:
        raise Problem("not_found")
    return found


def _moment() -> datetime:
    return asked_moment(request.values) or clock.now()


def _sheet(what: Any, number: str, area: Area, at: datetime, rows: list[Any], **more: Any) -> Ledger:
    taken = clock.local(clock.now())
    return Ledger(
        name=what.TITLE.replace("“", "").replace("”", ""), title=f"{number}{area.name}{what.TITLE}", unit=what.UNIT,
        columns=what.COLUMNS, rows=rows, as_of_at=at, filled_by=current_user.unit,
        watermark=mark_of(current_user.name, f"{taken:%Y-%m-%d %H:%M}"), **more,
    )  # fmt: skip


def _written(kind: str, area: Area, at: datetime, *, is_whole: bool) -> Ledger:
    number, what = _ledger(kind)
    sheet = _sheet(what, f"{number}-", area, at, list(what.rows(area.code, at, is_whole=is_whole)),
                   notes=getattr(what, "NOTES", ()))  # fmt: skip
    return replace(sheet, notes=(*sheet.notes, sheet.watermark)) if is_whole else sheet


def _file(written: bytes, kind: str, name: str) -> Response:
    answer = Response(written, mimetype=kind)
    answer.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _page(form: Form, asked: str = "") -> str:
    area = asked_area()
    is_small = len(area.code) == TOWNSHIP_CODE
    told = asked_moment(request.values)
    table = None if is_small else figures_snapshots.table_of(area.code, told)
    at = table.as_of if table else _moment()
    return render_template(
        "ledgers/index.html", area=area, at=at, word=moment_word(at), ledgers=_ledgers(), form=form, asked=asked,
        is_past=told is not None, may_export=can(current_user, "ledger:export"), chat=bulletin.chat_text(table, area.name) if table else "",
        may_bulletin=table is not None and can(current_user, "bulletin:write"),
    )  # fmt: skip


@pages.get("/")
@policy("ledger:see")
def index() -> str:
    """Which documents there are, for which area and moment."""
    return _page(Form())


@pages.get("/<kind>.xlsx")
@policy("ledger:see")
def download(kind: str) -> Response:
    """A ledger with masked numbers."""
    ledger = _written(kind, asked_area(), _moment(), is_whole=False)
    return _file(workbook_of([ledger]), WORKBOOK, ledger.file_name)


@pages.post("/<kind>/exports")
@policy("ledger:export")
def export(kind: str) -> Response | tuple[str, int]:
    """A ledger with whole numbers: a reason, an event, a watermark."""
    form, area, at = Form(request.form), asked_area(), _moment()
    ledger = _written(kind, area, at, is_whole=True)
    try:
        exports.export_whole(
            kind, area_code=area.code, row_count=len(ledger.rows), reason=form.value("reason"), actor=current_user
        )
    except Problem as problem:
        form.take(problem, "reason")
        return _page(form, kind), problem.status
    db.session.commit()
    return _file(workbook_of([ledger]), WORKBOOK, ledger.file_name)


def _table() -> tuple[Area, Table]:
    area = asked_area()
    if len(area.code) == TOWNSHIP_CODE:
        raise Problem("not_found")
    return area, figures(area.code, _moment())


@pages.get("/statistics.xlsx")
@policy("ledger:see")
def table_file() -> Response:
    """统计表 of the areas below, equal to the page of figures of the same moment."""
    area, table = _table()
    ledger = _sheet(statistics, "", area, table.as_of, statistics.rows(table),
                    total=statistics.row_of(table.total), notes=statistics.NOTES)  # fmt: skip
    return _file(workbook_of([ledger]), WORKBOOK, ledger.file_name)


def _signers(area: Area, at: datetime) -> list[str]:
    """农业农村（乡村振兴） and 民政, which lead together."""
    found = []
    for duty, otherwise in SIGNING.items():
        name = office_of(duty, area.code, local_day(at))
        found.append(f"{area.name}{otherwise}" if name == duty.label else name)
    return found


def _copies(area: Area) -> str:
    above = db.session.get(Area, area.parent_code) if area.parent_code else None
    return f"{above.name}{COPIED_TO}" if above else ""


@pages.get("/bulletin.docx")
@policy("bulletin:write")
def bulletin_word() -> Response:
    """通报 of the moment, to be edited in Word."""
    area, table = _table()
    issue = request.args.get("issue", "")
    paper = bulletin.Bulletin(
        area.name, table, int(issue) if issue.isascii() and issue.isdigit() and len(issue) < 4 else 1,
        ADDRESSEES.get(area.level, ELSEWHERE), _signers(area, table.as_of), _copies(area),
    )  # fmt: skip
    return _file(bulletin.bulletin_file(paper), WORD_FILE, f"{area.name}{paper.title}.docx")
