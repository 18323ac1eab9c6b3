"""The answers that a county's own condition may look at, by what they are called on the form."""

from dataclasses import dataclass

from backend.form.question import Question, Section

COMPARED = ("number", "money", "choice", "choices", "yes_no")
# What the visitors did and thought is no fact of the household.
APART = ("S0", "S8", "S9", "S10")


@dataclass(frozen=True, slots=True)
class Fact:
    """`listed`: the list whose entries have it, "" for the household; `group`: what list or section is called.

    `kind`, `unit`, `codes` as of the question; money in whole fen.
    """

    key: str
    listed: str
    label: str
    group: str
    kind: str
    unit: str = ""
    codes: str = ""
    is_fraction: bool = False

    @property
    def is_amount(self) -> bool:
        return self.kind in ("number", "money")


def facts_of(sections: tuple[Section, ...]) -> dict[str, Fact]:
    """Every fact in the order of the form, the entries of lists after their section."""
    found = [fact for section in sections if section.key not in APART for fact in _of_section(section)]
    return {fact.key: fact for fact in found}


def _of_section(section: Section) -> list[Fact]:
    age = [Fact("age", "members", "年龄", section.title, "number", "岁")] if section.repeat == "members" else []
    own = [_fact(one, section.repeat or "", section.title) for one in section.questions if one.kind in COMPARED]
    listed = [
        _fact(one, many.key, many.label) for many in section.questions for one in many.entry if one.kind in COMPARED
    ]
    return [*age, *own, *listed]


def _fact(asked: Question, listed: str, group: str) -> Fact:
    unit = "元" if asked.kind == "money" else asked.unit or ""
    label = asked.label.split("（", maxsplit=1)[0]
    return Fact(asked.key, listed, label, group, asked.kind, unit, asked.codes or "", asked.is_fraction)
