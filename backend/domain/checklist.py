"""What blocks a finished 核查表 (DOMAIN §2.5, hard checks; 民发〔2021〕57号 第16条: two visitors, signatures).

Pure: the phone runs the same rule before a visit may be finished, the desk shows it beside a visit that
came in all the same. tests/vectors/checklist.json runs against both.
"""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from backend import form
from backend.codebook import REQUIRED_PHOTOS, Relation
from backend.domain.answer_faults import YES_NO, fault_of, is_empty
from backend.form.question import Condition, Question

Answers = Mapping[str, Any]
Item = dict[str, Any]
SHANGHAI = ZoneInfo("Asia/Shanghai")


def checklist(answers: Answers, *, today: date, version: int = form.VERSION) -> list[Item]:
    """Missing and wrong things in the order of the form: [{key, code, section, member? | list, entry}].

    `member` is the index in answers["members"], `entry` that in answers[`list`]. Codes: missing, invalid, bad_id,
    too_short, too_long, out_of_range, count_differs, head_count, spouse_count, too_few, witness_missing,
    before_start. A photo's key is "photos.<kind>". What a form of `version` did not ask yet is not missed. Never
    raises, whatever the answers hold.
    """
    found: list[Item] = []
    for section in form.SECTIONS:
        questions = tuple(one for one in section.questions if one.since <= version)
        if section.repeat:
            items = _of_members(answers, questions, today)
        else:
            items = (i for q in questions if is_asked(q.when, answers) for i in _of(q, answers, today))
        found += [{**item, "section": section.key} for item in items]
    return found


def is_asked(when: Condition | None, answers: Answers, member: Answers | None = None) -> bool:
    """Whether a question is asked. Inside members a key means the member's own answer first."""
    if when is None:
        return True
    if "all" in when:
        return all(is_asked(part, answers, member) for part in when["all"])
    if "any" in when:
        return any(is_asked(part, answers, member) for part in when["any"])
    key = when["key"]
    value = member[key] if member is not None and key in member else answers.get(key)
    if "equals" in when:
        return bool(value == when["equals"])
    if "in" in when:
        return value in when["in"]
    if "blank" in when:
        return is_empty(value)
    return isinstance(value, list) and when["includes"] in value


def members_of(answers: Answers) -> list[Answers]:
    """The household's members as far as they can be read."""
    listed = answers.get("members")
    return [m for m in listed if isinstance(m, dict)] if isinstance(listed, list) else []


def _of(question: Question, answers: Answers, today: date) -> Iterator[Item]:
    match question.kind:
        case "photos":
            yield from _photos(answers)
        case "people":
            yield from _visitors(question, answers)
        case "signature":
            yield from _signature(question, answers)
        case "entries":
            yield from _entries(question, answers, today)
        case _:
            yield from _value(question, answers.get(question.key), today)
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
            if is_asked(question.when, answers, member):
                for item in _value(question, member.get(question.key), today):
                    yield {**item, "member": index}
            if question.key == "m_id_number" and _lacks_number(member):
                yield {"key": question.key, "code": "missing", "member": index}
    yield from _relations(members)


def _entries(question: Question, answers: Answers, today: date) -> Iterator[Item]:
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
        for part in question.entry:
            if is_asked(part.when, answers, entry):
                yield from ({**item, **where} for item in _value(part, entry.get(part.key), today))
            if part.key == "i_amount_fen" and _lacks_amount(entry):
                yield {"key": part.key, "code": "missing", **where}


def _lacks_amount(entry: Answers) -> bool:
    """Twelve months in one figure, or so much a month for so many months."""
    by_month = (entry.get("i_monthly_fen"), entry.get("i_months"))
    return is_empty(entry.get("i_amount_fen")) and any(map(is_empty, by_month))


def _lacks_number(member: Answers) -> bool:
    return is_empty(member.get("m_id_number")) and is_empty(member.get("m_no_id_reason"))


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
    start, end = _instant(answers.get("visited_at")), _instant(answers.get("ended_at"))
    return start is not None and end is not None and end < start


def _instant(value: Any) -> datetime | None:
    try:
        moment = datetime.fromisoformat(value)
    except (TypeError, ValueError):
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=SHANGHAI)


def _photos(answers: Answers) -> Iterator[Item]:
    listed, refusals = answers.get("photos"), answers.get("photo_refusals")
    taken = {str(p.get("kind")) for p in listed if isinstance(p, dict)} if isinstance(listed, list) else set()
    for kind in REQUIRED_PHOTOS:
        is_refused = isinstance(refusals, dict) and not is_empty(refusals.get(kind.value))
        if kind.value not in taken and not is_refused:
            yield {"key": f"photos.{kind.value}", "code": "missing"}


def _visitors(question: Question, answers: Answers) -> Iterator[Item]:
    listed = answers.get(question.key)
    people = [p for p in listed if isinstance(p, dict)] if isinstance(listed, list) else []
    if sum(not is_empty(person.get("name")) for person in people) < 2:
        yield {"key": question.key, "code": "too_few"}


def _signature(question: Question, answers: Answers) -> Iterator[Item]:
    given = answers.get(question.key)
    signed = given if isinstance(given, dict) else {}
    if not is_empty(signed.get("strokes")) or not is_empty(signed.get("handprint_photo")):
        return
    is_refused = question.key == "signature_interviewee" and not is_empty(signed.get("refused"))
    if not is_refused:
        yield {"key": question.key, "code": "missing"}
    elif is_empty(signed.get("witness")):
        yield {"key": question.key, "code": "witness_missing"}
