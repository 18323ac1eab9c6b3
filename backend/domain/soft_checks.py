"""What in a filled 核查表 does not fit together (DOMAIN §2.5, soft checks): shown, explained, never blocking.

Whoever filled the form changes it or says why it is so; the reason stays with the visit, in
answers["overruled"] by `mark_of`, which names a member or entry by its own id: it stays with it when others go. Pure; the phone asks by the same rules (rules/soft_checks.ts), and
tests/vectors/soft_checks.json runs against both.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, TypeGuard

from backend.codebook import SoftCheck
from backend.domain.answer_faults import is_empty
from backend.domain.checklist import members_of
from backend.domain.conditions import age_of
from backend.domain.derived import derived_of
from backend.domain.identity import normalise_id, sex_of
from backend.domain.income_entries import Entry, entries_of
from backend.domain.stated_times import are_photos_far

Answers = Mapping[str, Any]
Item = dict[str, Any]
STUDENTS = (
    "kindergarten", "primary", "junior", "senior", "vocational", "college", "technician", "university", "graduate"
)  # fmt: skip
WAGES, TRANSFERS, PENSIONS = ("W1", "W2", "W3"), "T", ("T1", "T2")
OUTGOINGS = ("E1", "E2", "E3", "E4", "T-")
AWAY = ("county", "province", "outside")
LEAST_WAGES_FEN = 100_00


def soft_checks(answers: Answers, *, today: date, declared_size: int | None = None) -> list[Item]:
    """[{code, section, key, member? | list, entry}] in the order of SoftCheck; [] when all fits.

    `declared_size` is how many people the declaration told of. Never raises, whatever the answers hold.
    """
    members = members_of(answers)
    entries = entries_of(answers)[0]
    found = [*_of_members(members, entries, today), *_of_risks(answers, members, entries)]
    found += [*_of_money(answers, entries), *_of_counts(answers, members, today), *_of_rest(answers, declared_size)]
    order = [code.value for code in SoftCheck]
    return sorted(found, key=lambda item: order.index(item["code"]))


def mark_of(item: Item, answers: Answers) -> str:
    """What a finding is overruled by: its code, with the id of the member or entry it is about (older: its place)."""
    at = item.get("member", item.get("entry"))
    if at is None:
        return str(item["code"])
    listed = answers.get(item.get("list", "members"))
    things = members_of(answers) if "member" in item else listed if isinstance(listed, list) else []
    own = things[at].get("id") if at < len(things) and isinstance(things[at], dict) else None
    return f"{item['code']}:{own if isinstance(own, str) and own else at}"


def overruled(answers: Answers) -> dict[str, str]:
    """{mark: reason} of the findings that somebody explained."""
    given = answers.get("overruled")
    told = given.items() if isinstance(given, dict) else ()
    return {str(mark): why.strip() for mark, why in told if isinstance(why, str) and why.strip()}


def _item(code: SoftCheck, section: str, key: str, **where: Any) -> Item:
    return {"code": code.value, "section": section, "key": key, **where}


def _of_members(members: list[Answers], entries: tuple[Entry, ...], today: date) -> Iterator[Item]:
    heads = [sex for m in members if m.get("m_relation") == "head" and (sex := _sex(m, today))]
    for at, member in enumerate(members):
        if member.get("m_is_living") == "no":
            continue
        age, name = age_of(member, today), member.get("m_name")
        if member.get("m_relation") == "spouse" and heads and _sex(member, today) == heads[0]:
            yield _item(SoftCheck.SAME_SEX_COUPLE, "S2", "m_relation", member=at)
        is_able = age is not None and 16 <= age < 60 and member.get("m_health") == ["healthy"] and not _studies(member)
        if is_able and member.get("m_labour") in ("none", "weak", "lost"):
            yield _item(SoftCheck.ABLE_WITHOUT_LABOUR, "S2", "m_labour", member=at)
        earns = any(entry.code == "W1" and entry.member and entry.member == name for entry in entries)
        if member.get("m_labour") in ("none", "lost") and (earns or _works_for_wages(member)):
            yield _item(SoftCheck.NO_LABOUR_EARNS, "S2", "m_labour", member=at)
        if age is not None and 6 <= age < 16 and member.get("m_schooling") in (None, "", "preschool"):
            yield _item(SoftCheck.CHILD_WITHOUT_SCHOOL, "S2", "m_schooling", member=at)
        has_pension = any(entry.code in PENSIONS and entry.member in ("", name) for entry in entries)
        if age is not None and age >= 60 and not has_pension:
            yield _item(SoftCheck.OLD_WITHOUT_PENSION, "S2", "m_name", member=at)
        yield from _of_papers(member, at, today)


def _of_papers(member: Answers, at: int, today: date) -> Iterator[Item]:
    if member.get("m_work") in AWAY and is_empty(member.get("m_work_place")) != is_empty(member.get("m_work_months")):
        yield _item(SoftCheck.PLACE_OR_MONTHS, "S2", "m_work_months", member=at)
    if _studies(member) and not is_empty(member.get("m_education")):
        yield _item(SoftCheck.EDUCATION_TWICE, "S2", "m_schooling", member=at)
    card, number = (_number(member.get(key), today) for key in ("m_disability_card", "m_id_number"))
    if _has(member, "m_health", "disabled") and card and number and card != number:
        yield _item(SoftCheck.CARD_DIFFERS, "S2", "m_disability_card", member=at)


def _of_risks(answers: Answers, members: list[Answers], entries: tuple[Entry, ...]) -> Iterator[Item]:
    given = answers.get("risks")
    risks = given if isinstance(given, list) else []
    if "disability" in risks and not any(_has(m, "m_health", "disabled") for m in members):
        yield _item(SoftCheck.DISABILITY_OF_NOBODY, "S7", "risks")
    if "schooling" in risks and not any(map(_studies, members)):
        yield _item(SoftCheck.SCHOOLING_OF_NOBODY, "S7", "risks")
    can_work = any(m.get("m_labour") in ("ordinary", "skilled", "weak") for m in members)
    has_job = any(entry.code == "W1" for entry in entries) or any(map(_works_for_wages, members))
    if "job" in risks and not (can_work and has_job):
        yield _item(SoftCheck.JOB_OF_NOBODY, "S7", "risks")
    if "housing" in risks and answers.get("house_grade") in ("a", "b"):
        yield _item(SoftCheck.HOUSING_OF_GOOD_HOUSE, "S6", "house_grade")
    if "water" in risks and answers.get("water_issues") == ["none"]:
        yield _item(SoftCheck.WATER_OF_GOOD_WATER, "S6", "water_issues")
    if risks and "illness" not in risks and any(m.get("m_insurance") == "none" for m in members):
        yield _item(SoftCheck.UNINSURED_NO_ILLNESS, "S7", "risks")


def _of_money(answers: Answers, entries: tuple[Entry, ...]) -> Iterator[Item]:
    wages = sum(entry.amount_fen for entry in entries if entry.code in WAGES)
    if 0 < wages < LEAST_WAGES_FEN:
        yield _item(SoftCheck.TINY_WAGES, "S3", "incomes")
    is_answered = answers.get("has_income") in ("yes", "no")
    has_transfer = any(entry.code.startswith(TRANSFERS) and entry.code != "T-" for entry in entries)
    if _has(answers, "current_benefits", "dibao") and is_answered and not has_transfer:
        yield _item(SoftCheck.DIBAO_WITHOUT_TRANSFER, "S3", "incomes")
    declared = answers.get("declared_income_fen")
    total = sum(entry.amount_fen for entry in entries if entry.code not in OUTGOINGS)
    if is_answered and _is_number(declared) and 0 < declared < 2 * abs(total - declared):
        yield _item(SoftCheck.INCOME_CHANGED, "S3", "incomes")
    for entry in entries:
        if entry.code == "W1" and not entry.months and entry.place:
            at = int(entry.place.rpartition(".")[2])
            yield _item(SoftCheck.WAGES_WITHOUT_MONTHS, "S3", "i_months", list="incomes", entry=at)


def _of_counts(answers: Answers, members: list[Answers], today: date) -> Iterator[Item]:
    derived, registered = derived_of(answers, today), answers.get("registered_size")
    dropouts, uninsured = answers.get("dropout_count"), answers.get("uninsured_count")
    if members and _is_number(dropouts) and dropouts != len(derived.dropped_out):
        yield _item(SoftCheck.DROPOUTS_DIFFER, "S6", "dropout_count")
    if members and _is_number(uninsured) and uninsured != len(derived.uninsured):
        yield _item(SoftCheck.UNINSURED_DIFFER, "S6", "uninsured_count")
    if _is_number(registered) and len(members) > registered > 0:
        yield _item(SoftCheck.MORE_THAN_REGISTERED, "S1", "registered_size")


def _of_rest(answers: Answers, declared_size: int | None) -> Iterator[Item]:
    phone = answers.get("interviewee_phone")
    if isinstance(phone, str) and phone.strip() and "*" not in phone and sum(c in "0123456789" for c in phone) != 11:
        yield _item(SoftCheck.PHONE_DIGITS, "S0", "interviewee_phone")
    size = answers.get("living_size")
    if declared_size and _is_number(size) and size != declared_size:
        yield _item(SoftCheck.SIZE_DIFFERS, "S1", "living_size")
    if are_photos_far(answers):
        yield _item(SoftCheck.PHOTOS_FAR, "S0", "visited_at")


def _is_number(value: Any) -> TypeGuard[int | float]:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _has(answers: Answers, key: str, code: str) -> bool:
    value = answers.get(key)
    return isinstance(value, list) and code in value


def _works_for_wages(member: Answers) -> bool:
    """By what is said of the person; months left over from an earlier answer are asked no more and say nothing."""
    return member.get("m_is_living") != "no" and member.get("m_work") in AWAY


def _studies(member: Answers) -> bool:
    return member.get("m_schooling") in STUDENTS


def _sex(member: Answers, today: date) -> str:
    number = _number(member.get("m_id_number"), today)
    given = member.get("m_sex")
    return sex_of(number) if number else given if isinstance(given, str) else ""


def _number(given: Any, today: date) -> str:
    return normalise_id(given, today).number if isinstance(given, str) else ""
