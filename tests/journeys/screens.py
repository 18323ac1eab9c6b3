"""Every screen, sheet and state of the phone, listed once: axe and the measuring test look at the same ones.

`shows` names what the app itself calls it: a route of `router.ts`, a view that covers the app, or the component of a
sheet. `test_screens.py` compares the list with the app, so that a new one without a row here turns red.
"""

from collections.abc import Callable
from functools import partial
from typing import NamedTuple

from backend import form
from tests.journeys import ways
from tests.journeys.hard_county import (
    COMPLETE,
    FOUND,
    HANDED_IN,
    OVERDUE,
    PLAIN,
    SENT_BACK,
    TO_DRAFT,
    TO_EXPLAIN,
)  # fmt: skip
from tests.journeys.phone_screen import Phone

# Both bits of <html> that a person sets under 我的: data-size, data-theme.
DRESSES = {"light": ("", ""), "sunlight": ("", "sunlight"), "large": ("large", ""), "both": ("large", "sunlight")}
SECTIONS = tuple(section.key for section in form.SECTIONS if section.key != "S10")
FILLED = ("S0", "S2", "S3", "S4", "S5", "S6", "S7", "S8", "S9")


class Screen(NamedTuple):
    """One thing to look at; `reach` brings the open phone there from anywhere."""

    name: str
    shows: str
    reach: Callable[[Phone], None]


def _own(name: str, shows: str, place: str = "", *steps: Callable[[Phone], None]) -> Screen:
    return Screen(name, shows, partial(ways.to, place=place, steps=steps))


def _of(
    household: str, name: str, shows: str, place: str = "", *steps: Callable[[Phone], None], is_sheet: bool = False
) -> Screen:
    return Screen(name, shows, partial(ways.to_household, name=household, place=place, steps=steps, is_sheet=is_sheet))


def _sheet(household: str, name: str, shows: str, place: str, *openers: str) -> Screen:
    return _of(household, f"sheet-{name}", shows, place, *(ways.tap(one) for one in openers), is_sheet=True)


LISTS = (
    _own("tasks", "tasks"),
    _own("tasks-returned", "tasks", "?tab=returned"),
    _own("tasks-visited", "tasks", "?tab=visited"),
    _own("tasks-found", "tasks", "", ways.search("索非也")),
    _own("tasks-nobody", "tasks", "", ways.search("没有这个人")),
    _own("tasks-offline", "tasks", "", ways.offline),
)
OWN = (
    _own("discover", "discover", "discover"),
    _own(
        "discover-alike",
        "discover",
        "discover",
        ways.tap("#found-area label.opt:has-text('毛山村')"),
        ways.fill("#found-name", PLAIN),
        ways.wait("[data-testid=found-known]"),
    ),
    _own("outbox-empty", "outbox", "outbox"),
    _own("policy", "policy", "policy", ways.leaflets(True)),
    _own("policy-closed", "policy", "policy", ways.leaflets(False)),
    _own("me", "me", "me"),
    _own("pin", "pin", "pin"),
    _own("rescue", "rescue", "rescue"),
    _own("rescue-in", "rescue", "rescue?in="),
    _own("rescue-torn", "rescue", "rescue?in=", ways.torn_rescue),
    _own("recovered", "recovered", "recovered", ways.wait("[data-testid^=recovered-]")),
    _own("bind", "bind", "bind"),
)
HOUSEHOLDS = (
    _own("not-here", "case", "cases/nobody-here", ways.wait("[data-testid=not-here]")),
    _of(PLAIN, "no-such-section", "section", "/sections/S77", ways.wait("[data-testid=not-here]")),
    _of(OVERDUE, "overdue", "case", "", ways.wait("[data-testid=notices]")),
    _of(OVERDUE, "overdue-hints", "hints", "/hints"),
    _of(OVERDUE, "overdue-finish", "finish", "/finish"),
    _of(OVERDUE, "overdue-observe", "observe", "/observe"),
    _of(OVERDUE, "overdue-attempt", "attempt", "/attempt", ways.wait("[data-testid=earlier]")),
    _of(PLAIN, "extension", "attempt", "/attempt", ways.tap("label.opt:has-text('见不上，延期')"), ways.wait("#until")),
    _of(OVERDUE, "overdue-urgent", "urgent", "/urgent"),
    *(_of(OVERDUE, f"overdue-{key}", "section", f"/sections/{key}") for key in SECTIONS),
    _of(OVERDUE, "photo-trouble", "section", "/sections/S8", ways.no_picture, ways.wait("[data-testid=photo-trouble]")),
    _of(PLAIN, "plain", "case"),
    _of(SENT_BACK, "people-to-come", "section", "/sections/S2", ways.wait("[data-testid=people-to-come]")),
    _of(PLAIN, "together", "section", "/sections/S4", ways.wait("[data-testid=together]")),
    _of(FOUND, "found", "case", "", ways.wait("[data-testid=reported]")),
    _of(FOUND, "found-urgent", "urgent", "/urgent"),
    _of(SENT_BACK, "returned", "case"),
    _of(SENT_BACK, "returned-whole", "case", "?whole="),
    _of(SENT_BACK, "returned-finish", "finish", "/finish"),
    _of(SENT_BACK, "returned-hints", "hints", "/hints"),
    *(_of(SENT_BACK, f"filled-{key}", "section", f"/sections/{key}") for key in FILLED),
    _of(SENT_BACK, "album", "section", "/sections/S8", ways.album(12)),
    _of(COMPLETE, "complete", "finish", "/finish", ways.wait("[data-testid=soft]")),
    _of(HANDED_IN, "handed-in", "case"),
    _of(HANDED_IN, "handed-in-attempt", "attempt", "/attempt"),
    _of(TO_EXPLAIN, "to-explain", "case"),
    _of(TO_EXPLAIN, "explain", "explain", "/explain"),
    _of(
        TO_EXPLAIN,
        "explain-too-long",
        "explain",
        "/explain",
        ways.fill("#explain-open", "办" * 131),
        ways.wait(".wrong"),
    ),
    _of(TO_DRAFT, "draft", "case"),
    # From here on this household's risks are as many as there may be.
    _of(
        FOUND,
        "one-risk-more",
        "section",
        "/sections/S7",
        *(ways.tap(f"[data-testid=q-risks] label.opt >> nth={at}") for at in range(6)),
        ways.wait("[data-testid=q-risks] [role=status]"),
    ),
)
CROP = "[data-testid=q-i_code] label.opt:has-text('种植收入')"
SHEETS = (
    _sheet(PLAIN, "dial", "DialSheet", "", "[data-testid=dial]"),
    _sheet(PLAIN, "extend", "ExtendSheet", "", "[data-testid=extend]"),
    _sheet(SENT_BACK, "visit-time", "VisitTime", "/sections/S0", "[data-testid=change-time]"),
    _sheet(SENT_BACK, "toc", "TocTool", "/finish", "[data-testid=toc]"),
    _sheet(SENT_BACK, "member", "MemberSheet", "/sections/S2", "[data-testid=member-0] button"),
    _of(PLAIN, "sheet-member-empty", "MemberSheet", "/sections/S2", is_sheet=True),
    _sheet(SENT_BACK, "income", "EntrySheet", "/sections/S3", "[data-testid=incomes-0]"),
    _sheet(SENT_BACK, "bill", "EntrySheet", "/sections/S4", "[data-testid=expenses-0]"),
    _sheet(SENT_BACK, "crop", "EntrySheet", "/sections/S3", "[data-testid=incomes-4]"),
    _sheet(SENT_BACK, "herd", "EntrySheet", "/sections/S3", "[data-testid=incomes-5]"),
    _sheet(SENT_BACK, "business", "EntrySheet", "/sections/S5", "[data-testid=businesses-0]"),
    _sheet(PLAIN, "income-empty", "EntrySheet", "/sections/S3", "[data-testid=q-has_income] label.opt >> nth=0"),
    # From here on this household's income is written down.
    _of(PLAIN, "sheet-crop-empty", "EntrySheet", "/sections/S3", ways.tap("[data-testid=add-incomes]"), ways.tap(CROP),
        ways.tap("[role=dialog] [data-testid=more-fields]"), is_sheet=True),
    _of(PLAIN, "sheet-income-onward", "EntrySheet", "/sections/S3?list=incomes&entry=0", ways.tap("[data-testid=remove-entry]"),
        ways.tap("[data-testid=add-incomes]"), ways.tap(CROP), ways.fill("[data-testid=q-i_amount_fen] input", "3600"),
        ways.wait("[data-testid=entry-onward]"), is_sheet=True),
    _of(SENT_BACK, "sheet-photo", "PhotoSheet", "/sections/S8", ways.album(1), ways.tap(".tile.wait button"), is_sheet=True),
    _sheet(SENT_BACK, "more-photos", "AddPhotoSheet", "/sections/S8", ".tile.extra button"),
    _sheet(OVERDUE, "refuse-photo", "RefuseSheet", "/sections/S8", "[data-testid=refuse]"),
    _sheet(SENT_BACK, "visitor", "VisitorSheet", "/finish", "[data-testid=add-visitor]"),
    _sheet(SENT_BACK, "change-visitor", "VisitorSheet", "/finish", "[data-testid=q-visitors] .known button >> nth=1"),
    _sheet(OVERDUE, "pad", "SignaturePad", "/finish", "[data-testid=q-signature_visitor_1] button.pen"),
    _sheet(TO_EXPLAIN, "explain-pad", "SignaturePad", "/explain", "[data-testid=q-signature] button.pen"),
    _sheet(OVERDUE, "refuse-signature", "RefuseSignSheet", "/finish",
           "[data-testid=q-signature_interviewee] [data-testid=refuse-signature]"),
    _sheet(COMPLETE, "soft-reason", "SoftBlock", "/finish", "[data-testid=soft] [data-testid=explain]"),
)  # fmt: skip
# What they need is made on the way, so they come last; from the first of these on the phone is locked.
LATE = (
    _own("outbox-waiting", "outbox", "outbox", ways.observe_offline),
    _own("outbox-received", "outbox", "outbox", ways.wait("text=回执")),
    Screen("lock", "LockPage", ways.locked),
    *(Screen(name, name, partial(ways.outside, place=name)) for name in ("login", "people", "forgot", "check")),
    Screen("login-wrong", "login", ways.wrong_password),
)
SCREENS = (*LISTS, *OWN, *HOUSEHOLDS, *SHEETS, *LATE)
# On a phone of its own, one after the other; see doors.py.
DOORS = {
    "new-pin": "NewPinPage", "new-pin-again": "NewPinPage", "nobody-yet": "tasks", "nobody-returned": "tasks",
    "nobody-visited": "tasks", "nobody-outbox": "outbox", "unfit": "UnfitPage", "wrong-pin": "LockPage",
    "wiped": "WipedPage", "lost": "LostPage",
}  # fmt: skip
