"""What photos, visitors and signatures lack (57号 第16条: two visitors, signatures); part of the checklist. Pure."""

from collections.abc import Iterator, Mapping
from typing import Any

from backend.codebook import REQUIRED_PHOTOS
from backend.domain.answer_faults import is_empty
from backend.form.question import Question

Answers = Mapping[str, Any]
Item = dict[str, Any]


def photo_ids(answers: Answers) -> list[Any]:
    """The photos that the form still has."""
    listed = answers.get("photos")
    return [p.get("id") for p in listed if isinstance(p, dict)] if isinstance(listed, list) else []


def photos_lacking(answers: Answers) -> Iterator[Item]:
    """Kinds that are neither taken nor refused with a reason."""
    listed, refusals = answers.get("photos"), answers.get("photo_refusals")
    taken = {str(p.get("kind")) for p in listed if isinstance(p, dict)} if isinstance(listed, list) else set()
    for kind in REQUIRED_PHOTOS:
        is_refused = isinstance(refusals, dict) and not is_empty(refusals.get(kind.value))
        if kind.value not in taken and not is_refused:
            yield {"key": f"photos.{kind.value}", "code": "missing"}


def visitors_lacking(question: Question, answers: Answers, *, asks_phone: bool) -> Iterator[Item]:
    """Two, and not one person twice: accounts tell, names where one has none. Who has none can be rung up."""
    listed = answers.get(question.key)
    people = [p for p in listed if isinstance(p, dict)] if isinstance(listed, list) else []
    named = [person for person in people if not is_empty(person.get("name"))]
    if len(named) < 2:
        yield {"key": question.key, "code": "too_few"}
    elif all(_is_same(named[0], other) for other in named[1:]):
        yield {"key": question.key, "code": "same_person"}
    elif asks_phone and any(is_empty(one.get("user_id")) and is_empty(one.get("phone")) for one in named):
        yield {"key": question.key, "code": "phone_missing"}


def _is_same(one: Answers, other: Answers) -> bool:
    accounts = [person.get("user_id") for person in (one, other)]
    if not any(map(is_empty, accounts)):
        return bool(accounts[0] == accounts[1])
    return str(one.get("name")).strip() == str(other.get("name")).strip()


def signature_lacking(question: Question, answers: Answers) -> Iterator[Item]:
    """Strokes, or a handprint whose photo is still there; whoever was visited may refuse before a witness."""
    given = answers.get(question.key)
    signed = given if isinstance(given, dict) else {}
    print_ = signed.get("handprint_photo")
    if not is_empty(signed.get("strokes")) or (not is_empty(print_) and print_ in photo_ids(answers)):
        return
    is_refused = question.key == "signature_interviewee" and not is_empty(signed.get("refused"))
    if not is_refused:
        yield {"key": question.key, "code": "missing"}
    elif is_empty(signed.get("witness")):
        yield {"key": question.key, "code": "witness_missing"}
