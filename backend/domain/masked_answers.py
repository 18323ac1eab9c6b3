"""ID numbers in answers that travel back to a phone: masked on the way out, known again on the way in.

A visit is corrected on the phone of whoever made it; the numbers need not lie there (DOMAIN §8, masking).
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from backend import form
from backend.domain.identity import birth_of, mask_id, sex_of

Answers = Mapping[str, Any]
RESIDENT = re.compile(r"[0-9]{17}[0-9X]")
NUMBER_KEYS = frozenset(key for key, question in form.BY_KEY.items() if question.kind in ("id_number", "card_number"))


def mask_numbers(answers: Answers) -> dict[str, Any]:
    """The answers with every ID number masked (620599********1234); of members it goes on telling sex and birth."""
    masked = _changed(answers, mask_id)
    if isinstance(members := masked.get("members"), list):
        told = zip(members, answers["members"], strict=True)
        masked["members"] = [_told_of(own) | one if isinstance(one, dict) else one for one, own in told]
    return masked


def restore_numbers(answers: Answers, known: Iterable[str]) -> dict[str, Any]:
    """The answers with each masked number replaced by the one of `known` that it stands for.

    A mask that fits none or several stays as it is: nothing is guessed.
    """
    whole: dict[str, set[str]] = {}
    for number in known:
        whole.setdefault(mask_id(number), set()).add(number)

    def restored(given: str) -> str:
        fitting = whole.get(given, set())
        return next(iter(fitting)) if "*" in given and len(fitting) == 1 else given

    changed = _changed(answers, restored)
    if isinstance(members := changed.get("members"), list):
        changed["members"] = [_without_told(one) if isinstance(one, dict) else one for one in members]
    return changed


def has_masks(answers: Answers) -> bool:
    """Whether any ID number in the answers is masked."""
    return any("*" in number for number in _numbers(answers))


def numbers_in(answers: Answers) -> Iterator[str]:
    """Every unmasked ID number that the answers hold."""
    yield from (number for number in _numbers(answers) if "*" not in number)


def told_by_number(number: str) -> dict[str, str]:
    """What a masked number no longer tells of a member, as answers: nobody is asked for it again."""
    born = birth_of(number) if RESIDENT.fullmatch(number) else None
    return {"m_birth_on": born.isoformat(), "m_sex": sex_of(number)} if born else {}


def _told_of(member: Any) -> dict[str, str]:
    number = member.get("m_id_number") if isinstance(member, dict) else None
    return told_by_number(number) if isinstance(number, str) else {}


def _without_told(member: Answers) -> dict[str, Any]:
    told = _told_of(member)
    return {key: value for key, value in member.items() if told.get(key) != value}


def _numbers(answers: Answers) -> list[str]:
    found: list[str] = []

    def note(number: str) -> str:
        found.append(number)
        return number

    _changed(answers, note)
    return found


def _changed(answers: Answers, change: Callable[[str], str]) -> dict[str, Any]:
    def each(given: Answers) -> dict[str, Any]:
        numbers = {key: given[key] for key in NUMBER_KEYS if key in given}
        return {**given, **{key: change(value) for key, value in numbers.items() if isinstance(value, str) and value}}

    changed = each(answers)
    members = answers.get("members")
    if isinstance(members, list):
        changed["members"] = [each(one) if isinstance(one, dict) else one for one in members]
    return changed
