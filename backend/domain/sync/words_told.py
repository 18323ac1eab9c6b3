"""The words of a person's county (字典) on their way to a phone: sent once, and again only when one changed."""

import json
from hashlib import sha256
from typing import Any

from backend.domain.dictionary import Words, county_of, words_of
from backend.models import User

TAG_LENGTH = 8


def words_for(user: User, tag: str | None) -> dict[str, Any]:
    """{words: {tag, books: {book: {code: word}}}}; {} for a phone that has them already (`tag` fits) or does not ask.

    No words at all have the tag "", like a phone that was never told any: most counties cost a phone nothing.
    """
    if tag is None:
        return {}
    books = words_of(county_of(user))
    now = _tag_of(books)
    return {} if tag == now else {"words": {"tag": now, "books": books}}


def _tag_of(books: Words) -> str:
    text = json.dumps(books, ensure_ascii=False, sort_keys=True)
    return sha256(text.encode()).hexdigest()[:TAG_LENGTH] if books else ""
