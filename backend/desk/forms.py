"""What a person typed into a page's form, with what is wrong beside each field, so that nothing is lost."""

from collections.abc import Iterable, Mapping
from typing import Any

from werkzeug.datastructures import MultiDict

from backend.models import db
from backend.problems import Problem


class Form:
    """Values as typed plus errors by field name.

    `start` fills a fresh form, and the other forms of a page on which one was sent; `typed` (the request's form) wins.
    """

    def __init__(self, typed: MultiDict[str, str] | None = None, start: Mapping[str, Any] | None = None) -> None:
        self.typed = typed
        self.start = dict(start or {})
        self.errors: dict[str, str] = {}

    def values(self, name: str) -> list[str]:
        """Every value of a field that may be chosen more than once."""
        if self.typed is not None and (name in self.typed or name not in self.start):
            return [v.strip() for v in self.typed.getlist(name)]
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

    @property
    def is_good(self) -> bool:
        return not self.errors
