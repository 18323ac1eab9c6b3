"""What blocks a finished 核查表 (DOMAIN §2.5, hard checks; 民发〔2021〕57号 第16条: two visitors, signatures).

Pure: the phone runs the same rule before a visit may be finished, the desk shows it beside a visit that
came in all the same. tests/vectors/checklist.json runs against both.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from backend import form
from backend.codebook import ExpenseLine, Relation
from backend.domain.answer_faults import YES_NO, fault_of, is_empty
from backend.domain.asking import is_asked, of_version
from backend.domain.evidence_checks import photo_ids, photos_lacking, signature_lacking, visitors_lacking
from backend.domain.income_entries import spent_of, whole
from backend.domain.stated_times import instant_of
from backend.form.question import Question

Answers = Mapping[str, Any]
Item = dict[str, Any]
COUNTED_SINCE = 3  # from this version on everybody registered is written down, and visitors can be reached


def checklist(answers: Answers, *, today: date, version: int = form.VERSION) -> list[Item]:
    """Missing and wrong things in the order of the form: [{key, code, section, member? | list, entry}].

    `member` is the index in answers["members"], `entry` that in answers[`list`]. Codes: missing, invalid, bad_id,
    too_short, too_long, out_of_range, count_differs, head_count, spouse_count, too_few, same_person, phone_missing,
    witness_missing, photo_gone, before_start, more_than_cost. A photo's key is "photos.<kind>". What a form of `version` did not
    ask yet is not missed. Never raises, whatever the answers hold.
    """
    found: list[Item] = []
    for section in form.SECTIONS:
        questions = of_version(section.questions, version)
        if section.repeat:
            items = _of_members(answers, questions, today)
        else:
            items = (i for q in questions if is_asked(q.when, answers, today) for i in _of(q, answers, today, version))
        found += [{**item, "section": section.key} for item in items]
    return found


def members_of(answers: Answers) -> list[Answers]:
    """The household's members as far as they can be read."""
    listed = answers.get("members")
    return [m for m in listed if isinstance(m, dict)] if isinstance(listed, list) else []


def _of(question: Question, answers: Answers, today: date, version: int) -> Iterator[Item]:
    match question.kind:
        case "photos":
            yield from photos_lacking(answers)
        case "people":
            yield from visitors_lacking(question, answers, asks_phone=version >= COUNTED_SINCE)
        case "signature":
            yield from signature_lacking(question, answers)
        case "entries":
            yield from _entries(question, answers, today, version)
        case _:
            yield from _value(question, answers.get(question.key), today)
    if question.key == "head_id_number" and version >= COUNTED_SINCE and _lacks_number(answers, "head"):
        yield {"key": question.key, "code": "missing"}
    if question.key == "registered_size" and version >= COUNTED_SINCE and _leaves_out(answers):
        yield {"key": question.key, "code": "count_differs"}
    if question.key == "living_size" and _living_differs(answers):
        yield {"key": question.key, "code": "count_differs"}
    if question.key == "visit_mode" and _ends_before_start(answers):
        yield {"key": "ended_at", "code": "before_start"}


def _value(question: Question, value: Any, today: date) -> Iterator[Item]:
    code = ("missing" if question.required else None) if is_empty(value) else fault_of(question, value, today)
    if code:
        yield {"key": question.key, "code": code}


def _of_members(answers: Answers, questions: tuple[Question, ...], today: date) -> Iterator[Item]:
    members = members_of(answers)
    if not members:
        yield {"key": "m_name", "code": "missing"}
        return
    for index, member in enumerate(members):
        for question in questions:
            if is_asked(question.when, answers, today, member):
                for item in _value(question, member.get(question.key), today):
                    yield {**item, "member": index}
            if question.key == "m_id_number" and _lacks_number(member, "m"):
                yield {"key": question.key, "code": "missing", "member": index}
    yield from _relations(members)


def _entries(question: Question, answers: Answers, today: date, version: int) -> Iterator[Item]:
    listed = answers.get(question.key)
    entries = listed if isinstance(listed, list) else []
    if not entries:
        code = "missing" if is_empty(listed) else "invalid"
        if question.required or code == "invalid":
            yield {"key": question.key, "code": code}
        return
    if question.maximum is not None and len(entries) > question.maximum:
        yield {"key": question.key, "code": "out_of_range"}
        return
    for index, entry in enumerate(entries):
        where = {"list": question.key, "entry": index}
        if not isinstance(entry, dict):
            yield {"key": question.key, "code": "invalid", **where}
            continue
        for item in _entry(of_version(question.entry, version), entry, answers, today):
            yield {**item, **where}


def _entry(parts: tuple[Question, ...], entry: Answers, answers: Answers, today: date) -> Iterator[Item]:
    for part in parts:
        if not is_asked(part.when, answers, today, entry):
            continue
        value = entry.get(part.key)
        if part.kind == "photo" and not is_empty(value) and value not in photo_ids(answers):
            yield {"key": part.key, "code": "photo_gone"}
        else:
            yield from _value(part, value, today)
        if part.key in ("i_amount_fen", "x_amount_fen") and _lacks_amount(entry, part.key):
            yield {"key": part.key, "code": "missing"}
        if _exceeds_cost(entry, part.key):
            yield {"key": part.key, "code": "more_than_cost"}


def _lacks_amount(entry: Answers, key: str) -> bool:
    """Twelve months in one figure, or what it follows from: so much a month, a bill less what was settled."""
    parts = ("i_monthly_fen", "i_months") if key == "i_amount_fen" else ("x_total_fen", "x_settled_fen")
    is_billed = key == "i_amount_fen" or entry.get("x_code") == ExpenseLine.M1
    return is_empty(entry.get(key)) and not (is_billed and all(not is_empty(entry.get(part)) for part in parts))


def _exceeds_cost(entry: Answers, key: str) -> bool:
    """More came back than it cost: two amounts were mixed up, or one was mistyped."""
    if key == "x_settled_fen":
        cost = whole(entry.get("x_total_fen"))
    elif key == "x_paid_back_fen":
        cost = spent_of(entry)
    else:
        return False
    back = whole(entry.get(key))
    return cost is not None and back is not None and back > cost


def _lacks_number(person: Answers, of: str) -> bool:
    return is_empty(person.get(f"{of}_id_number")) and is_empty(person.get(f"{of}_no_id_reason"))


def _leaves_out(answers: Answers) -> bool:
    """Fewer people written down, living here or not, than the household has in its register."""
    size, members = answers.get("registered_size"), members_of(answers)
    return isinstance(size, int | float) and not isinstance(size, bool) and 0 < len(members) < size


def _relations(members: list[Answers]) -> Iterator[Item]:
    heads = [i for i, m in enumerate(members) if m.get("m_relation") == Relation.HEAD]
    spouses = [i for i, m in enumerate(members) if m.get("m_relation") == Relation.SPOUSE]
    if len(heads) != 1:
        yield {"key": "m_relation", "code": "head_count", "member": heads[1] if heads else 0}
    if len(spouses) > 1:
        yield {"key": "m_relation", "code": "spouse_count", "member": spouses[1]}


def _living_differs(answers: Answers) -> bool:
    size, members = answers.get("living_size"), members_of(answers)
    given = [m.get("m_is_living") for m in members]
    if isinstance(size, bool) or not isinstance(size, int | float) or not given:
        return False
    return all(isinstance(g, str) and g in YES_NO for g in given) and given.count("yes") != size


def _ends_before_start(answers: Answers) -> bool:
    start, end = instant_of(answers.get("visited_at")), instant_of(answers.get("ended_at"))
    return start is not None and end is not None and end < start
