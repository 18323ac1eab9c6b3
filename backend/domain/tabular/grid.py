"""A sheet as it stands in the file: rows of cells, merged areas, nothing understood yet."""

from dataclasses import dataclass, field

from backend.domain.tabular.cells import Cell, is_blank

Merge = tuple[tuple[int, int], tuple[int, int]]


@dataclass(slots=True)
class Grid:
    """rows[0] is the spreadsheet's row 1; merges are ((row, column), (row, column)), both included."""

    name: str
    rows: list[list[Cell]]
    merges: list[Merge] = field(default_factory=list)
    is_visible: bool = True

    def width(self) -> int:
        return max((len(row) for row in self.rows), default=0)

    def cell(self, row: int, column: int) -> Cell:
        line = self.rows[row] if 0 <= row < len(self.rows) else []
        return line[column] if column < len(line) else None

    def fill_merged(self) -> None:
        """Give every cell of an area merged downwards the value of its first cell."""
        for (top, left), (bottom, right) in self.merges:
            if bottom <= top or right - left > 2:
                continue
            value = self.cell(top, left)
            if is_blank(value):
                continue
            for index in range(top + 1, min(bottom + 1, len(self.rows))):
                row = self.rows[index]
                if left < len(row) and is_blank(row[left]):
                    row[left] = value
