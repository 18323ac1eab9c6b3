"""The answers of a 核查表 as lines to read: labels from form.py and codebook.py, numbers and phones masked."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from backend import codebook, form
from backend.domain import checklist, identity, soft_checks
from backend.domain.asking import without_taken_back
from backend.domain.produce import produce_of
from backend.form import Question, Section

APART = ("photos", "signature", "people")
READ_APART = ("narrative", "opinion_reason")
MASKS = {"id_number": identity.mask_id, "card_number": identity.mask_id, "phone": identity.mask_phone}
QUEUE_CATEGORIES = {"social_assistance": "AssistanceCategory", "relapse_prevention": "MonitorCategory"}


@dataclass(frozen=True)
class Line:
    """One answered question; `words` are the parts of the answer as they are read, `entries` those of a list.

    The label goes without its remark in brackets, which speaks to whoever fills the form.
    """

    key: str
    label: str
    kind: str
    words: list[str]
    unit: str = ""
    entries: tuple[list["Line"], ...] = ()


@dataclass(frozen=True)
class Member:
    name: str
    relation: str
    is_living: bool
    lines: list[Line]


def key_label(key: str) -> str:
    """What a question or a repeated section asks, for its key; a key of an older form is shown as it is."""
    asked = form.question(key)
    repeated = next((section.title for section in form.SECTIONS if section.repeat == key), key)
    return asked.label if asked else repeated


def key_unit(key: str) -> str:
    """In what the things of a list are counted, for its key."""
    asked = form.question(key)
    return (asked.unit if asked else "") or ""


def label_of(codes: str | None, code: Any) -> str:
    """The label of a code, or the code itself when an older form knew it and this one does not."""
    book = getattr(codebook, codes or "", None) or getattr(codebook.comparison, codes or "", None)
    try:
        return book(code).label if book else str(code)
    except ValueError:
        return str(code)


def words_of(question: Question, value: Any) -> list[str]:
    """An answer as readable parts; yes and no stay codes, for the template to say."""
    values = value if isinstance(value, list) else [value]
    if question.kind == "money":
        return [in_yuan(value)]
    if question.codes and question.kind in ("choice", "choices"):
        return [label_of(question.codes, v) for v in values]
    mask = MASKS.get(question.kind, str)
    return [mask(str(v)) for v in values]


def in_yuan(fen: Any) -> str:
    """Whole fen as yuan with thousands; what is no amount as it stands there."""
    if isinstance(fen, bool) or not isinstance(fen, int | float):
        return str(fen)
    return f"{fen / 100:,.2f}".removesuffix(".00")


def line_of(question: Question, answers: dict[str, Any]) -> Line | None:
    """The line of an answered question, or None."""
    value = answers.get(question.key)
    if value in (None, "", []):
        return None
    label, unit = _short(question.label), question.unit or ""
    if question.kind == "entries":
        return Line(question.key, label, question.kind, [], unit, tuple(_entries(question, value)))
    return Line(question.key, label, question.kind, words_of(question, value), unit)


def _entries(question: Question, value: Any) -> list[list[Line]]:
    listed = [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []
    return [
        _counted(question, one, [line for part in question.entry if (line := line_of(part, one))]) for one in listed
    ]


def _counted(question: Question, entry: dict[str, Any], lines: list[Line]) -> list[Line]:
    """An income that was counted, its factors as one sum: 5 亩 × 800 斤 × 1.20 元 = 4,800 元."""
    produce = produce_of(entry) if question.key == "incomes" else None
    if produce is None:
        return lines
    factors = {line.key: f"{line.words[0]} {line.unit}" for line in lines if line.key in produce.factors}
    priced = next(line.unit for line in lines if line.key in produce.factors and line.kind == "money")
    text = f"{' × '.join(factors.values())} = {in_yuan(produce.amount_fen)} {priced}"
    rest = [line for line in lines if line.key not in factors]
    at = next((at for at, line in enumerate(rest) if line.key == "i_amount_fen"), len(rest) - 1)
    return [*rest[: at + 1], Line("produce", "", "text", [text]), *rest[at + 1 :]]


def _short(label: str) -> str:
    return label.split("（", maxsplit=1)[0]


def lines_of(section: Section, answers: dict[str, Any]) -> list[Line]:
    """The answered questions of a section that read as a line."""
    asked = (q for q in section.questions if q.kind not in APART and q.key not in READ_APART)
    found = (line_of(q, answers) for q in asked)
    return [line for line in found if line]


def sections_of(answers: dict[str, Any]) -> list[tuple[Section, list[Line]]]:
    """Sections with at least one line, the members' section left out; what was taken back is no answer."""
    standing = without_taken_back(answers)
    pairs = [(s, lines_of(s, standing)) for s in form.SECTIONS if not s.repeat]
    return [(section, lines) for section, lines in pairs if lines]


def members_of(answers: dict[str, Any]) -> list[Member]:
    """The members in the order they were written down."""
    section = next(s for s in form.SECTIONS if s.repeat)
    found = []
    for entry in checklist.members_of(answers):
        lines = [line for line in lines_of(section, entry) if line.key not in ("m_name", "m_relation", "m_is_living")]
        relation = label_of("Relation", entry.get("m_relation", ""))
        found.append(Member(str(entry.get("m_name") or ""), relation, entry.get("m_is_living") != "no", lines))
    return found


def long_text(answers: dict[str, Any], key: str) -> str:
    """A long answer as it was written."""
    return str(answers.get(key) or "")


def fact_lines(facts: dict[str, Any]) -> list[Line]:
    """The lines of an observation's facts {question key: value}."""
    known = ((form.question(key), value) for key, value in facts.items())
    return [line for question, value in known if question and (line := line_of(question, {question.key: value}))]


def category_label(queue: str, code: str) -> str:
    """The label of a category proposed or decided in a queue."""
    return label_of(QUEUE_CATEGORIES.get(queue), code)


def commentable(answers: dict[str, Any]) -> list[Line]:
    """Everything on which a reviewer may leave a word: each question, and after a list each thing in it.

    The phone finds `members.2`, `incomes.0` and `photos.room` again by these keys.
    """
    found = []
    standing = without_taken_back(answers)
    for section in form.SECTIONS:
        if section.repeat:
            names = [str(m.get("m_name", "")) for m in checklist.members_of(answers)]
            found.append(Line(section.repeat, section.title, "members", names))
            found += [Line(f"{section.repeat}.{at}", name, "member", [name]) for at, name in enumerate(names)]
            continue
        for question in section.questions:
            line = None if question.kind in APART or question.key in READ_APART else line_of(question, standing)
            found.append(line or Line(question.key, _short(question.label), question.kind, []))
            found += _parts_of(question, line, answers)
    return found


def _parts_of(question: Question, line: Line | None, answers: dict[str, Any]) -> list[Line]:
    """The things in a list, each to be spoken of alone."""
    if question.kind == "photos":
        listed = answers.get(question.key)
        kinds = (
            dict.fromkeys(str(p.get("kind")) for p in listed if isinstance(p, dict)) if isinstance(listed, list) else ()
        )
        return [Line(f"{question.key}.{kind}", label_of("PhotoKind", kind), "photo_kind", []) for kind in kinds]
    entries = line.entries if line else ()
    return [
        Line(f"{question.key}.{at}", _short(question.label), "entries", [], question.unit or "", (one,))
        for at, one in enumerate(entries)
    ]


@dataclass(frozen=True)
class Lack:
    """Something missing or wrong: the code is one of the checklist's, `of` the member or list it belongs to."""

    label: str
    code: str
    of: str = ""
    place: int = 0
    unit: str = ""


def lacks_of(answers: dict[str, Any], day: date, version: int = form.VERSION) -> list[Lack]:
    """What the checklist finds in a visit that was handed in with a form of `version`, with the form's labels."""
    members = checklist.members_of(answers)
    found = []
    for item in checklist.checklist(answers, today=day, version=version):
        key, _, kind = item["key"].partition(".")
        question = form.ENTRY_BY_KEY[key][1] if key in form.ENTRY_BY_KEY else form.question(key)
        label = label_of("PhotoKind", kind) if kind else _short(question.label if question else key)
        listed = form.question(item.get("list", ""))
        if listed:
            found.append(Lack(label, item["code"], _short(listed.label), item["entry"] + 1, listed.unit or ""))
        else:
            of = members[item["member"]].get("m_name", "") if "member" in item else ""
            found.append(Lack(label, item["code"], str(of)))
    return found


@dataclass(frozen=True)
class Unfitting:
    """A soft finding in words, the member it is about, and the reason that was given for it."""

    label: str
    of: str
    why: str


def unfitting_of(answers: dict[str, Any], day: date, declared_size: int | None) -> list[Unfitting]:
    """The soft findings of a visit with what its author said to them."""
    members, said = checklist.members_of(answers), soft_checks.overruled(answers)
    return [
        Unfitting(
            codebook.SoftCheck(item["code"]).label,
            str(members[item["member"]].get("m_name", "")) if "member" in item else "",
            said.get(soft_checks.mark_of(item, answers), ""),
        )
        for item in soft_checks.soft_checks(answers, today=day, declared_size=declared_size)
    ]
