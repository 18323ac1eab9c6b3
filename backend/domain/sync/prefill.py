"""What a form begins with, and where each of it comes from: 上次核查, 名册 or 申报; what is only likely says so.

Everything is asked again at the door; nothing is asked that one of these already tells (DOMAIN §9).
"""

from collections.abc import Iterable
from typing import Any

from backend import clock
from backend.codebook import RosterRole
from backend.domain.carried_facts import carried_answers, carried_members, is_same_person, with_birth
from backend.domain.known_household import Known
from backend.domain.masked_answers import mask_numbers
from backend.domain.visits import answers_of
from backend.models import Case, RosterEntry, Visit

Json = dict[str, Any]
Sourced = tuple[Json, str]
VISIT, ROSTER, DECLARATION, LIKELY = "visit", "roster", "declaration", "likely"


def prefill_of(case: Case, known: Known, visitors: list[Json]) -> Json:
    """{answers, members, sources, members_from, visited_on}: masked, with a source for each answer and person."""
    visit, rows = known.visits.get(case.id), known.rosters.get(case.id, [])
    people = _people(case, visit, rows)
    answers, sources = _answers(case, visit, rows)
    _name_interviewee(case, people, answers, sources)
    return {
        "answers": mask_numbers(answers) | {"visitors": visitors},
        "members": mask_numbers({"members": [one for one, _ in people]})["members"],
        "sources": sources,
        "members_from": [source for _, source in people],
        "visited_on": clock.local(visit.visited_at).date().isoformat() if visit else None,
    }


def _answers(case: Case, visit: Visit | None, rows: list[RosterEntry]) -> tuple[Json, dict[str, str]]:
    village = case.village.short_name if case.village else ""
    head = next((row for row in rows if row.role == RosterRole.HEAD), None)
    place = f"{case.township.short_name}{village}{case.group_text}"
    layers: list[Sourced] = [
        (
            _head(case.applicant_name, case.declaration.id_number),
            DECLARATION if case.declaration.family_size == 1 else LIKELY,
        ),
        ({"live_address": place, "register_address": place}, DECLARATION),
        (_head(head.name, head.id_number) if head else {}, ROSTER),
        (carried_answers(answers_of(visit)) if visit else {}, VISIT),
        # How many eat together today was said last with the declaration.
        ({"living_size": case.declaration.family_size} if case.declaration.family_size else {}, DECLARATION),
    ]
    answers: Json = {}
    sources: dict[str, str] = {}
    for told, source in layers:
        answers |= told
        sources |= dict.fromkeys(told, source)
    return answers, sources


def _head(name: str, number: str | None) -> Json:
    return {"head_name": name} | ({"head_id_number": number} if number else {})


def _people(case: Case, visit: Visit | None, rows: list[RosterEntry]) -> list[Sourced]:
    """Who was told of first stays; somebody told of again is not added twice."""
    people: list[Sourced] = []
    _add(people, carried_members(answers_of(visit)) if visit else [], VISIT)
    _add(people, (_listed(row, case) for row in rows), ROSTER)
    applicant: Json = {"m_name": case.applicant_name}
    if number := case.declaration.id_number:
        applicant["m_id_number"] = number
    has_head = any(one.get("m_relation") == "head" for one, _ in people)
    is_sure = has_head or case.declaration.family_size == 1
    head = {} if has_head else {"m_relation": "head"}
    _add(people, [with_birth(applicant) | head], DECLARATION if is_sure else LIKELY)
    return people


def _listed(row: RosterEntry, case: Case) -> Json:
    is_applicant = row.id_number_lookup is not None and row.id_number_lookup == case.declaration.id_number_lookup
    is_head = row.role == RosterRole.HEAD or (row.role == RosterRole.SELF and is_applicant)
    member: Json = {"m_name": row.name, "m_id_number": row.id_number or ""}
    return with_birth(
        {key: value for key, value in member.items() if value} | ({"m_relation": "head"} if is_head else {})
    )


def _add(people: list[Sourced], more: Iterable[Json], source: str) -> None:
    for person in more:
        if not any(is_same_person(person, one) for one, _ in people):
            people.append((person, source))


def _name_interviewee(case: Case, people: list[Sourced], answers: Json, sources: dict[str, str]) -> None:
    # Who declared mostly opens the door; the phone says that this is only likely.
    relation = next((one.get("m_relation") for one, _ in people if one.get("m_name") == case.applicant_name), None)
    answers["interviewee_name"] = case.applicant_name
    sources["interviewee_name"] = LIKELY
    if relation:
        answers["interviewee_relation"] = relation
        sources["interviewee_relation"] = LIKELY
