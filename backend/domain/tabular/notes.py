"""What the reader understood of each column, for the preview."""

from typing import NamedTuple


class ColumnNote(NamedTuple):
    """How one column was understood, for the preview: heading → field, in whose role."""

    sheet: str
    heading: str
    field: str
    role: str
