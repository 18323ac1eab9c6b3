"""入户核查表: every question, defined once (DOMAIN §2.4; 民发〔2021〕57号 第15–16条).

The server's validation, the phone's form, the printed form and the TypeScript types come from here.
`VERSION` grows with every change that alters a question; older visits keep theirs.
"""

from backend.form.household import HOUSEHOLD
from backend.form.living import NEEDS, SAFEGUARDS
from backend.form.members import MEMBERS
from backend.form.money import EXPENSES, INCOME
from backend.form.property import PROPERTY
from backend.form.question import Question, Section
from backend.form.visit import OPINIONS, PHOTOS, SIGNATURES, VISIT

VERSION = 4
SECTIONS: tuple[Section, ...] = (
    VISIT,
    HOUSEHOLD,
    MEMBERS,
    INCOME,
    EXPENSES,
    PROPERTY,
    SAFEGUARDS,
    NEEDS,
    PHOTOS,
    OPINIONS,
    SIGNATURES,
)
OLDEST_ACCEPTED = 1


def question(key: str) -> Question | None:
    """The question with this key, or None."""
    return BY_KEY.get(key)


BY_KEY: dict[str, Question] = {q.key: q for section in SECTIONS for q in section.questions}
# The questions of one entry, by the key of their list.
ENTRY_BY_KEY: dict[str, tuple[str, Question]] = {
    asked.key: (listed.key, asked) for listed in BY_KEY.values() for asked in listed.entry
}
SECTION_OF: dict[str, Section] = {q.key: section for section in SECTIONS for q in section.questions}

__all__ = [
    "BY_KEY",
    "ENTRY_BY_KEY",
    "OLDEST_ACCEPTED",
    "SECTIONS",
    "SECTION_OF",
    "VERSION",
    "Question",
    "Section",
    "question",
]
