"""Facts that people told differently about one household: found here, decided by a person (DOMAIN 2.4).

Pure: it is given what each of them told and gives back the questions in which they differ.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from backend import form
from backend.domain.asking import without_taken_back

NOT_COMPARED = ("photos", "signature", "people", "long_text")


@dataclass(frozen=True)
class Told:
    """`id` names the statement ("declaration", "visit:<id>", "observation:<id>"), `answers` go by question key."""

    id: str
    answers: Mapping[str, Any]


def _comparable(value: Any) -> Any:
    """Several ticks are the same in any order."""
    return frozenset(map(str, value)) if isinstance(value, list) else str(value)


def differences(told: Iterable[Told]) -> dict[str, list[str]]:
    """{question key: ids of its statements} where at least two differ, in the order of the form.

    Who left a question open said nothing about it. Questions about members and words to read are left out.
    """
    told = [Told(one.id, without_taken_back(one.answers)) for one in told]
    found = {}
    for key, question in form.BY_KEY.items():
        if question.kind in NOT_COMPARED or form.SECTION_OF[key].repeat:
            continue
        said = {one.id: one.answers[key] for one in told if one.answers.get(key) not in (None, "", [])}
        if len({_comparable(value) for value in said.values()}) > 1:
            found[key] = list(said)
    return found
