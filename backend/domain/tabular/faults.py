"""What can be wrong with a file or a row, as codes; the sentences are in backend/problems.py."""

from typing import NamedTuple


class RowFault(NamedTuple):
    """One thing wrong in one row: sheet, row as the spreadsheet counts it, heading, code, masked value.

    `is_kept` tells whether the row was still taken over.
    """

    sheet: str
    row: int
    column: str
    code: str
    seen: str = ""
    is_kept: bool = True


class TableError(Exception):
    """The whole file cannot be used; `code` names why and `facts` fill the sentence."""

    def __init__(self, code: str, **facts: str | int) -> None:
        self.code = code
        self.facts = facts
        super().__init__(code)
