"""What a person typed into a page's form, with what is wrong beside each field, so that nothing is lost."""

from collections.abc import Iterable, Mapping
from typing import Any

from werkzeug.datastructures import MultiDict

from backend.domain.visible_text import visible
from backend.models import db
from backend.problems import Problem, sentence

LONGEST = 1000


class Form:
    """Values as typed plus errors by field name.

    `start` fills a fresh form, and the other forms of a page on which one was sent; `typed` (the request's form) wins.
    What was typed has at most `LONGEST` characters, in a field of `most` as many as it says; more is a complaint.
    """

    def __init__(
        self,
        typed: MultiDict[str, str] | None = None,
        start: Mapping[str, Any] | None = None,
        most: Mapping[str, int] | None = None,
    ) -> None:
        self.typed = typed
        self.start = dict(start or {})
        self.errors: dict[str, str] = {}
        for name, text in typed.items(multi=True) if typed is not None else ():
            longest = (most or {}).get(name, LONGEST)
            if len(text.strip().replace("\r\n", "\n")) > longest:
                self.fail(name, sentence("text_too_long", most=longest))

    def values(self, name: str) -> list[str]:
        """Every value of a field that may be chosen more than once."""
        if self.typed is not None and (name in self.typed or name not in self.start):
            return [visible(v).strip() for v in self.typed.getlist(name)]
        kept = self.start.get(name, [])
        return [str(v) for v in kept] if isinstance(kept, list | tuple | set) else [str(kept)]

    def value(self, name: str) -> str:
        """The single value of a field, or an empty string."""
        found = self.values(name)
        return found[0] if found else ""

    def chosen(self, name: str, allowed: Iterable[Any]) -> list[str]:
        """Those values of a field that are codes in `allowed`, in the order of `allowed`."""
        given = set(self.values(name))
        return [str(code) for code in allowed if str(code) in given]

    def fail(self, name: str, words: str) -> None:
        """Put `words` beside the field; the first complaint about a field stays."""
        self.errors.setdefault(name, words)

    def take(self, problem: Problem, name: str) -> None:
        """Put what a verb refused beside `name` (or the fields it names) and undo what it began."""
        db.session.rollback()
        for key in problem.fields or {name: ""}:
            self.fail(key, problem.message)

    def also(self, name: str, beside: str) -> None:
        """Say what is wrong with `name` beside another field, where the page shows it."""
        if name in self.errors:
            self.fail(beside, self.errors[name])

    def stop(self) -> None:
        """Raise Problem invalid when something is wrong already, before a verb is called."""
        if not self.is_good:
            raise Problem("invalid", fields=dict(self.errors))

    @property
    def is_good(self) -> bool:
        return not self.errors
