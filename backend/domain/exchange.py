"""通报工作开展情况 (甘民发〔2023〕53号 四): who told which office what, until when an answer is wanted, and the answer."""

import re
from datetime import date

from backend import access, clock
from backend.access_liaison import may_answer
from backend.domain import events
from backend.models import Exchange, Liaison, User, db
from backend.problems import Problem

SHORTEST = 5
PERSONAL = re.compile(r"\d{17}[\dXx]|(?<!\d)1\d{10}(?!\d)")


def record_exchange(to: Liaison, *, matter: str, reply_by_on: date | None, actor: User) -> Exchange:
    """Something is told to a 联络员 who is in duty. One event exchange:recorded.

    Raises Problem exchange_to, exchange_matter, exchange_private, exchange_due.
    """
    access.require(actor, "exchange:record")
    now = clock.now()
    if to.valid_until_on is not None or not actor.area_codes:
        raise Problem("exchange_to", fields={"to": ""})
    if len(matter.strip()) < SHORTEST:
        raise Problem("exchange_matter", fields={"matter": ""})
    _refuse_numbers(matter, "matter")
    if reply_by_on is not None and reply_by_on < clock.local(now).date():
        raise Problem("exchange_due", fields={"reply_by_on": ""})
    made = Exchange(
        from_area_code=actor.area_codes[0], to_area_code=to.area_code, liaison=to,
        to_words=f"{to.unit} {to.name}", matter=matter.strip(), teller=actor, told_at=now,
        reply_by_on=reply_by_on, answer="",
    )  # fmt: skip
    db.session.add(made)
    db.session.flush()
    events.record("exchange:recorded", actor=actor, exchange=made.id, area=to.area_code)
    return made


def answer_exchange(exchange: Exchange, *, answer: str, actor: User) -> Exchange:
    """The answer, by the office that was told. One event exchange:answered.

    Raises Problem exchange_other_office, exchange_answered, exchange_answer, exchange_private.
    """
    access.require(actor, "exchange:record")
    if not may_answer(actor, exchange):
        raise Problem("exchange_other_office", office=exchange.liaison.unit)
    if exchange.answered_at is not None:
        raise Problem("exchange_answered")
    if not answer.strip():
        raise Problem("exchange_answer", fields={"answer": ""})
    _refuse_numbers(answer, "answer")
    exchange.answer, exchange.answerer, exchange.answered_at = answer.strip(), actor, clock.now()
    events.record("exchange:answered", actor=actor, exchange=exchange.id)
    return exchange


def _refuse_numbers(words: str, field: str) -> None:
    if PERSONAL.search(words):
        raise Problem("exchange_private", fields={field: ""})
