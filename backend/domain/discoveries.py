"""主动发现: a village worker comes upon a household in need that nobody declared.

甘民发〔2023〕53号 二 and 暂行办法 第47条: who works in the villages looks for households in need and does not
wait for an application. The phone makes the case's id, so that a form can be filled before any network is there.
"""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime, time, timedelta
from typing import Any, NamedTuple

from sqlalchemy import func, select, update

from backend import access, clock
from backend.codebook import (
    UNNAMED,
    ComparisonCode,
    DeclarationSource,
    Duty,
    Hardship,
    Stage,
    Verdict,
    VerdictReason,
)
from backend.domain import comparison_run, contributions, events, identity, publication
from backend.domain.visit_times import read_times
from backend.models import Area, Assignment, Case, Declaration, Discovery, InboxItem, User, db

LONGEST_AGO = timedelta(days=30)
RECEIVING = (ComparisonCode.M1, ComparisonCode.M2, ComparisonCode.M3, ComparisonCode.M8)
Told = Mapping[str, Any]


class Found(NamedTuple):
    """`doubts` is what a person should look at, the gravest first."""

    discovery: Discovery
    doubts: list[VerdictReason]


def place_doubt(told: Told, actor: User) -> VerdictReason | None:
    """Why the place is for somebody else to judge; None within the person's posting or, unsaid, their township.

    The person's own township takes what was found in another of its villages, and decides who goes there.
    """
    code = told["area_code"]
    if not access.can(actor, "case:discover") or db.session.get(Area, code) is None:
        return VerdictReason.OUTSIDE_POSTING
    posted = actor.area_codes
    is_own = any(code.startswith(area) or (len(code) == 9 and area.startswith(code)) for area in posted)
    return None if is_own else VerdictReason.OUTSIDE_POSTING


def is_near(told: Told, actor: User) -> bool:
    """Whether the place lies in a township in which the person works."""
    return any(area[:9] == told["area_code"][:9] for area in actor.area_codes if len(area) >= 9)


def discover(told: Told, *, actor: User, item: InboxItem | None = None) -> Found:
    """Open a case for a household that nobody declared, `actor` being its main visitor, or add to the one there is.

    `told` has case_id (made by the phone), found_at (aware), area_code, group, name, id_number, needs and
    text, as `payloads.read` gives them. Who was declared or found already, and whose case is open, gets it as
    an observation. Who seems to receive something, or lives outside `actor`'s posting, is for a person to look
    at; outside it nobody is named as visitor. One event household:found. Raises Problem forbidden.
    """
    access.require(actor, "case:discover")
    # Numbers follow each other: nobody else counts meanwhile.
    events.hold_chain()
    received_at = item.received_at if item else clock.now()
    found_at, doubts = _moment(told, received_at)
    declaration = _declaration(told, found_at)
    known = open_case_of(declaration)
    doubt = place_doubt(told, actor)
    if known is not None:
        case, doubts = known, [VerdictReason.FOUND_KNOWN, *doubts]
        _observe(case, told, actor=actor, item=item)
    else:
        case = _open(declaration, told, found_at)
        doubts += [doubt] if doubt else []
        if doubt is None:
            _name_visitor(case, actor, received_at)
    discovery = Discovery(
        id=told["case_id"], case=case, author=actor, item_id=item.id if item else None, found_at=found_at,
        received_at=received_at,
    )  # fmt: skip
    discovery.told_text = json.dumps(_kept(told), ensure_ascii=False)
    if known is None and _ask_rosters(discovery, declaration):
        doubts.insert(0, VerdictReason.FOUND_RECEIVING)
    db.session.add(discovery)
    events.record("household:found", actor=actor, case=case, attached=known is not None, roster=discovery.roster_code)
    if item is not None:
        _wake(discovery, item)
    return Found(discovery, doubts)


def attach(told: Told, *, case: Case, actor: User, item: InboxItem) -> Discovery:
    """Add what was found to a household that a person chose. Part of the verb that settles it: no event of its own."""
    found_at, _ = _moment(told, item.received_at)
    discovery = Discovery(
        id=told["case_id"], case=case, author=actor, item_id=item.id, found_at=found_at, received_at=item.received_at
    )
    discovery.told_text = json.dumps(_kept(told), ensure_ascii=False)
    db.session.add(discovery)
    _observe(case, told, actor=actor, item=item)
    _wake(discovery, item)
    return discovery


def open_case_of(declaration: Declaration) -> Case | None:
    """The open case of the same person in the same county, found by the ID number; None without one."""
    if not declaration.id_number_lookup:
        return None
    return db.session.scalar(
        select(Case).join(Declaration, Case.declaration_id == Declaration.id).where(
            Declaration.id_number_lookup == declaration.id_number_lookup, Case.stage != Stage.CLOSED,
            Case.county_code == declaration.county_code,
        ).order_by(Case.published_at).limit(1).with_for_update(of=Case)
    )  # fmt: skip


def cases_behind(ids: Sequence[str]) -> dict[str, str]:
    """{id that a phone made: id of the case it belongs to} of households that were known before."""
    query = select(Discovery.id, Discovery.case_id).where(Discovery.id.in_(ids), Discovery.id != Discovery.case_id)
    return {row.id: row.case_id for row in db.session.execute(query)} if ids else {}


def is_known(phone_id: str) -> bool:
    """Whether what a phone found under this id is here."""
    return db.session.get(Discovery, phone_id) is not None


def found_by(user: User, case: Case) -> bool:
    """Whether `user` came upon this household, too."""
    query = select(func.count()).where(Discovery.author_id == user.id, Discovery.case_id == case.id)
    return bool(db.session.scalar(query))


def _moment(told: Told, received_at: datetime) -> tuple[datetime, list[VerdictReason]]:
    """When it was found: the phone's word, set right like a visit's; a phone in another year is not believed."""
    offset = told.get("server_offset_ms") or 0
    times = read_times(
        told["found_at"], None, offset_ms=offset, received_at=received_at, published_at=received_at - LONGEST_AGO
    )
    return times.counts_from, [doubt for doubt in times.doubts if doubt is VerdictReason.CLOCK_AHEAD]


def _declaration(told: Told, found_at: datetime) -> Declaration:
    code, name = told["area_code"], told["name"].strip() or UNNAMED
    number = identity.normalise_id(told["id_number"], clock.local(found_at).date())
    labels = [Hardship(need).standard for need in dict.fromkeys(told["needs"]) if need in set(Hardship)]
    declaration = Declaration(
        source=DeclarationSource.TOWNSHIP_FOUND, source_no=told["case_id"], applicant_name=name,
        name_folded=identity.fold_name(name), id_problem=number.fault or None, hardship_text=told["text"].strip(),
        risk_text="、".join(labels), county_code=code[:6], township_code=code[:9],
        village_code=code if len(code) == 12 else None, group_text=told["group"].strip(), submitted_at=found_at,
    )  # fmt: skip
    declaration.id_number, declaration.id_raw = number.number or None, told["id_number"] or None
    return declaration


def _open(declaration: Declaration, told: Told, found_at: datetime) -> Case:
    # From the start of its day: what was seen in the same hour was seen after it was found, on any clock.
    day = clock.local(found_at).date()
    begun_at = datetime.combine(day, time(), tzinfo=clock.SHANGHAI)
    number = publication.next_number("FX", declaration.county_code or "", f"{day:%Y%m%d}")()
    db.session.add(declaration)
    return publication.open_case(declaration, number, begun_at, id=told["case_id"], is_found=True)


def _name_visitor(case: Case, actor: User, at: datetime) -> None:
    case.assignments.append(Assignment(user=actor, duty=Duty.MAIN, assigned_at=at, assigned_by=None))
    case.stage = Stage.ASSIGNED


def _observe(case: Case, told: Told, *, actor: User, item: InboxItem | None) -> None:
    words = [told["text"].strip()]
    needs = [Hardship(need).standard for need in told["needs"] if need in set(Hardship)]
    note = {
        "observed_at": told["found_at"], "server_offset_ms": told.get("server_offset_ms"), "photos": [],
        "text": "；".join(filter(None, ["、".join(needs), *words])), "facts": {},
    }  # fmt: skip
    contributions.add_observation(case, note, actor=actor, item=item)


def _ask_rosters(discovery: Discovery, declaration: Declaration) -> bool:
    verdict = comparison_run.look_up(declaration)
    if verdict.code not in set(RECEIVING):
        return False
    discovery.roster_code, discovery.roster_reason = verdict.code, verdict.reason
    return True


def _kept(told: Told) -> dict[str, Any]:
    return {key: value for key, value in told.items() if isinstance(value, str | list)}


def _wake(discovery: Discovery, item: InboxItem) -> None:
    """What hangs on this household and came before it is judged anew, unless a person has decided on it."""
    db.session.flush()
    db.session.execute(
        update(InboxItem).where(
            InboxItem.case_id == discovery.id, InboxItem.user_id == item.user_id, InboxItem.id != item.id,
            InboxItem.verdict == Verdict.QUARANTINED, InboxItem.reason == VerdictReason.UNKNOWN_CASE,
            InboxItem.flag == "", InboxItem.settled_at.is_(None),
        ).values(verdict=Verdict.PENDING, reason="", judged_at=None)
    )  # fmt: skip
