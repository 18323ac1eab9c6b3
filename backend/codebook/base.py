"""How a code and its label are written down."""

from collections.abc import Callable
from contextvars import ContextVar
from enum import StrEnum


class LabelEnum(StrEnum):
    """A code with its standard word: `CODE = "code", "标签"`.

    `label` is for people: a county may have another word for it (`say_labels`). `standard` is for what is
    stored, for files of other systems and for words that are recognised.
    """

    standard: str

    def __new__(cls, code: str, label: str = "") -> "LabelEnum":
        member = str.__new__(cls, code)
        member._value_ = code
        member.standard = label
        return member

    @property
    def label(self) -> str:
        said = _said.get()
        return self.standard if said is None else said(self)


_said: ContextVar[Callable[[LabelEnum], str] | None] = ContextVar("said", default=None)


def say_labels(said: Callable[[LabelEnum], str] | None) -> None:
    """From here on labels are what `said` answers for a code; None: the standard words again."""
    _said.set(said)
