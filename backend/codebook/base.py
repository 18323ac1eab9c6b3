"""How a code and its label are written down."""

from enum import StrEnum


class LabelEnum(StrEnum):
    """A code with a label: `CODE = "code", "标签"`."""

    label: str

    def __new__(cls, code: str, label: str = "") -> "LabelEnum":
        member = str.__new__(cls, code)
        member._value_ = code
        member.label = label
        return member
