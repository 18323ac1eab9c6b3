"""字典: what a county calls the codes that describe its households; the codes stay, the words are its own."""

import unicodedata
from collections.abc import Callable

from sqlalchemy import select

from backend import access, clock
from backend.codebook import LabelEnum
from backend.codebook.words import LONGEST_WORD, WORD_BOOKS
from backend.domain import events
from backend.models import DictionaryWord, User, db
from backend.problems import Problem

COUNTY_DIGITS = 6
Words = dict[str, dict[str, str]]


def county_of(user: User) -> str | None:
    """The one county in which somebody works; None for who sees several, or none."""
    counties = {code[:COUNTY_DIGITS] for code in user.area_codes}
    county = counties.pop() if len(counties) == 1 else ""
    return county if len(county) == COUNTY_DIGITS else None


def words_of(county_code: str | None) -> Words:
    """{book: {code: word}} of what a county words itself; what is not in it has the standard word."""
    if county_code is None:
        return {}
    columns = (DictionaryWord.book, DictionaryWord.code, DictionaryWord.label)
    query = select(*columns).where(DictionaryWord.county_code == county_code).order_by(*columns[:2])
    found: Words = {}
    # Labels are also read in the middle of a verb, whose half-made rows must not be written for it.
    for book, code, label in db.session.execute(query, execution_options={"autoflush": False}):
        found.setdefault(book, {})[code] = label
    return found


def speaker(reader: Callable[[], User | None]) -> Callable[[LabelEnum], str]:
    """What `say_labels` takes: the words of the reader's county, asked for once, when the first one is needed."""
    known: list[Words] = []

    def say(code: LabelEnum) -> str:
        book = type(code).__name__
        if book not in WORD_BOOKS:
            return code.standard
        if not known:
            user = reader()
            known.append(words_of(county_of(user)) if user is not None else {})
        return known[0].get(book, {}).get(code.value, code.standard)

    return say


def set_word(book: str, code: str, label: str, *, county_code: str, actor: User) -> DictionaryWord:
    """The county says `label` for a code from now on. One event word:set.

    Raises Problem forbidden, not_found (another's county, no such book or code), word_missing, word_long,
    word_unfit (characters that nobody sees), word_same, word_standard, word_taken (another code looks like it).
    """
    member = _member(book, code, county_code, actor)
    words = words_of(county_code).get(book, {})
    label = _fit(member, label, words)
    row = _row(county_code, member) or DictionaryWord(county_code=county_code, book=book, code=member.value)
    row.label, row.set_by, row.set_at = label, actor.id, clock.now()
    db.session.add(row)
    events.record("word:set", actor=actor, area=county_code, book=book, code=member.value, label=label)
    return row


def drop_word(book: str, code: str, *, county_code: str, actor: User) -> None:
    """The standard word holds again. One event word:dropped.

    Raises Problem forbidden, not_found, word_absent (there is no word of the county's own).
    """
    member = _member(book, code, county_code, actor)
    row = _row(county_code, member)
    if row is None:
        raise Problem("word_absent")
    was = row.label
    db.session.delete(row)
    events.record("word:dropped", actor=actor, area=county_code, book=book, code=member.value, label=was)


def _member(book: str, code: str, county_code: str, actor: User) -> LabelEnum:
    access.require(actor, "dictionary:edit")
    is_theirs = len(county_code) == COUNTY_DIGITS and county_code.startswith(tuple(actor.area_codes))
    if not is_theirs or book not in WORD_BOOKS or code not in set(WORD_BOOKS[book]):
        raise Problem("not_found")
    # Two people at once cannot give two codes the same word: the end of the chain is held until one is done.
    events.hold_chain()
    return WORD_BOOKS[book](code)


def _row(county_code: str, member: LabelEnum) -> DictionaryWord | None:
    row: DictionaryWord | None = db.session.scalar(
        select(DictionaryWord).where(
            DictionaryWord.county_code == county_code, DictionaryWord.book == type(member).__name__,
            DictionaryWord.code == member.value,
        )
    )  # fmt: skip
    return row


def _fit(member: LabelEnum, label: str, words: dict[str, str]) -> str:
    """The word as it is kept. Standard words of other codes stay theirs, also where the county has another one."""
    label = label.strip()
    if not label:
        raise Problem("word_missing")
    if len(label) > LONGEST_WORD:
        raise Problem("word_long", limit=LONGEST_WORD)
    if any(unicodedata.category(sign)[0] in "CZ" and sign != " " for sign in label) or not _look(label):
        raise Problem("word_unfit")
    if label == words.get(member.value, member.standard):
        raise Problem("word_same")
    if label == member.standard:
        raise Problem("word_standard")
    for other in type(member):
        taken = {_look(other.standard), _look(words.get(other.value, other.standard))}
        if other is not member and _look(label) in taken:
            raise Problem("word_taken", other=words.get(other.value, other.standard))
    return label


def _look(label: str) -> str:
    """What is left when width, case, spaces and marks are not looked at."""
    folded = unicodedata.normalize("NFKC", label).casefold()
    return "".join(sign for sign in folded if unicodedata.category(sign)[0] in "LN")
