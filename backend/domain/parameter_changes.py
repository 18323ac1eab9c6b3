"""A county sets a dated parameter: one office proposes a value from a day on, another approves it (DOMAIN §3.4).

A value that held once is never rewritten: a new row begins, and what was counted before its day stays as it was.
"""

from datetime import date
from typing import Any

from sqlalchemy import select

from backend import access, access_parameters, clock, rulebook
from backend.codebook import PARAMETER_BY_KEY, ProposalState
from backend.domain import events
from backend.domain.parameter_values import fits
from backend.models import Parameter, ParameterProposal, User, db
from backend.problems import Problem

LONGEST_SOURCE = 120


def propose(
    *, key: str, value: Any, valid_from_on: date, source: str, area_code: str, actor: User, reason: str = ""
) -> ParameterProposal:
    """Put a value forward for the actor's own county. `reason` is needed for a day that is over.

    One event parameter:proposed. Raises Problem not_found (no such parameter, or not the actor's county),
    parameter_unfit, parameter_source, parameter_past, parameter_day, parameter_waiting.
    """
    access.require(actor, "parameter:propose")
    field = PARAMETER_BY_KEY.get(key)
    if field is None or len(access_parameters.area_in_sight(actor, area_code).code) != access_parameters.COUNTY_LENGTH:
        raise Problem("not_found")
    if not fits(field, value, rulebook.rule_ids()):
        raise Problem("parameter_unfit")
    if not 0 < len(source.strip()) <= LONGEST_SOURCE:
        raise Problem("parameter_source")
    _check_day(valid_from_on, reason)
    if _holds(ParameterProposal, key, area_code, valid_from_on, state=ProposalState.PROPOSED):
        raise Problem("parameter_waiting")
    if _holds(Parameter, key, area_code, valid_from_on):
        raise Problem("parameter_day")
    made = ParameterProposal(
        key=key, area_code=area_code, value=value, valid_from_on=valid_from_on, source=source.strip(),
        reason=reason.strip(), state=ProposalState.PROPOSED, proposer=actor, proposed_at=clock.now(),
        settlement_reason="",
    )  # fmt: skip
    db.session.add(made)
    db.session.flush()
    events.record("parameter:proposed", actor=actor, **_facts(made))
    return made


def approve(proposal: ParameterProposal, *, actor: User, reason: str = "") -> Parameter:
    """Let it hold from its day on. `reason` is needed where the day has passed since it was proposed.

    One event parameter:approved. Raises Problem proposal_settled, own_proposal, parameter_past, parameter_day.
    """
    _check_settler(proposal, actor)
    _check_day(proposal.valid_from_on, proposal.reason or reason)
    if _holds(Parameter, proposal.key, proposal.area_code, proposal.valid_from_on):
        raise Problem("parameter_day")
    made = Parameter(
        key=proposal.key, area_code=proposal.area_code, value=proposal.value, valid_from_on=proposal.valid_from_on,
        source=proposal.source, set_by=actor.id, set_at=clock.now(),
    )  # fmt: skip
    db.session.add(made)
    _settle(proposal, ProposalState.APPROVED, actor, reason)
    events.record("parameter:approved", actor=actor, **_facts(proposal))
    return made


def refuse(proposal: ParameterProposal, *, reason: str, actor: User) -> None:
    """Do not let it hold. One event parameter:refused. Raises Problem proposal_settled, own_proposal, reason_missing."""
    _check_settler(proposal, actor)
    if not reason.strip():
        raise Problem("reason_missing")
    _settle(proposal, ProposalState.REFUSED, actor, reason)
    events.record("parameter:refused", actor=actor, **_facts(proposal))


def withdraw(proposal: ParameterProposal, *, reason: str, actor: User) -> None:
    """Take back what one proposed oneself. One event parameter:withdrawn.

    Raises Problem proposal_settled, not_own_proposal, reason_missing.
    """
    access.require(actor, "parameter:propose")
    _check_open(proposal)
    if proposal.proposed_by != actor.id:
        raise Problem("not_own_proposal")
    if not reason.strip():
        raise Problem("reason_missing")
    _settle(proposal, ProposalState.WITHDRAWN, actor, reason)
    events.record("parameter:withdrawn", actor=actor, **_facts(proposal))


def may_settle(proposal: ParameterProposal, actor: User) -> bool:
    """Whether this person is of another office than whoever proposed it."""
    return access.can(actor, "parameter:settle") and proposal.proposer.role != actor.role


def _check_settler(proposal: ParameterProposal, actor: User) -> None:
    access.require(actor, "parameter:settle")
    _check_open(proposal)
    if not may_settle(proposal, actor):
        raise Problem("own_proposal")


def _check_open(proposal: ParameterProposal) -> None:
    if proposal.state != ProposalState.PROPOSED:
        raise Problem("proposal_settled")


def _check_day(day: date, reason: str) -> None:
    if day < clock.local(clock.now()).date() and not reason.strip():
        raise Problem("parameter_past")


def _holds(model: type[Parameter] | type[ParameterProposal], key: str, area_code: str, day: date, **other: str) -> bool:
    query = select(model.id).filter_by(key=key, area_code=area_code, valid_from_on=day, **other)
    return db.session.scalar(query.limit(1)) is not None


def _settle(proposal: ParameterProposal, state: ProposalState, actor: User, reason: str) -> None:
    proposal.state, proposal.settler, proposal.settled_at = state, actor, clock.now()
    proposal.settlement_reason = reason.strip()
    db.session.flush()


def _facts(proposal: ParameterProposal) -> dict[str, Any]:
    return {
        "proposal": proposal.id, "key": proposal.key, "area": proposal.area_code,
        "from": proposal.valid_from_on.isoformat(),
    }  # fmt: skip
