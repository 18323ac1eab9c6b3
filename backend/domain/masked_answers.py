"""ID numbers in answers that travel back to a phone: masked on the way out, known again on the way in.

A visit is corrected on the phone of whoever made it; the numbers need not lie there (DOMAIN §8, masking).
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from backend import form
from backend.domain.identity import mask_id

Answers = Mapping[str, Any]
NUMBER_KEYS = frozenset(key for key, question in form.BY_KEY.items() if question.kind == "id_number")


def mask_numbers(answers: Answers) -> dict[str, Any]:
    """The answers with every ID number masked (620599********1234)."""
    return _changed(answers, mask_id)


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

    return _changed(answers, restored)


def has_masks(answers: Answers) -> bool:
    """Whether any ID number in the answers is masked."""
    return any("*" in number for number in _numbers(answers))


def numbers_in(answers: Answers) -> Iterator[str]:
    """Every unmasked ID number that the answers hold."""
    yield from (number for number in _numbers(answers) if "*" not in number)


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
