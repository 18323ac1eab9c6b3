"""Web tables and XML spreadsheets that offices' systems save under the name .xls."""

import re
from html.parser import HTMLParser

from backend.domain.tabular.cells import Cell
from backend.domain.tabular.faults import TableError
from backend.domain.tabular.grid import Grid, Merge

_START = re.compile(rb"^\s*(?:\xef\xbb\xbf)?\s*<(?:!doctype|html|\?xml|table|meta|head|style|body)", re.I)
_CHARSET = re.compile(rb"(?:charset|encoding)\s*=\s*[\"']?([\w-]+)", re.I)
_MAX_SPAN = 512


def looks_like_markup(content: bytes) -> bool:
    """True when the file is HTML or XML, whatever it is called."""
    return bool(_START.match(content[:400]))


def read_markup(content: bytes) -> list[Grid]:
    """Every table of the page as a grid; raises TableError file_not_table when there is none."""
    found = _CHARSET.search(content[:2000])
    named = found[1].decode().lower() if found else "utf-8"
    encoding = "gb18030" if named.startswith("gb") else "utf-8"
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError:
        text = content.decode("gb18030", errors="replace")
    reader = _TableReader()
    reader.feed(text)
    grids = [grid for grid in reader.grids if grid.rows]
    if not grids:
        raise TableError("file_not_table", kind="HTML")
    return grids


class _TableReader(HTMLParser):
    """Follows table, tr, td/th of HTML and Worksheet, Row, Cell of the XML spreadsheet."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.grids: list[Grid] = []
        self.row = -1
        self.taken: dict[tuple[int, int], bool] = {}
        self.text: list[str] | None = None
        self.place: tuple[int, int, int, int] = (0, 0, 1, 1)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = {key: value or "" for key, value in attrs}
        if tag in ("table", "worksheet"):
            if tag == "worksheet" or not (self.grids and self.row < 0):
                self.grids.append(Grid(named.get("ss:name", ""), []))
                self.row, self.taken = -1, {}
        elif tag in ("tr", "row") and self.grids:
            index = int(named.get("ss:index") or 0)
            self.row = max(self.row + 1, index - 1 if index else 0)
        elif tag in ("td", "th", "cell") and self.grids:
            self._open_cell(named, is_xml=tag == "cell")

    def _open_cell(self, named: dict[str, str], *, is_xml: bool) -> None:
        def span(html: str, xml: str) -> int:
            raw = named.get(xml if is_xml else html, "")
            count = int(raw) + is_xml if raw.isdigit() else 1
            return max(1, min(count, _MAX_SPAN))

        self.row = max(self.row, 0)
        column = int(named["ss:index"]) - 1 if named.get("ss:index", "").isdigit() else 0
        while self.taken.get((self.row, column)):
            column += 1
        down, across = span("rowspan", "ss:mergedown"), span("colspan", "ss:mergeacross")
        for r in range(self.row, self.row + down):
            for c in range(column, column + across):
                self.taken[r, c] = True
        self.place, self.text = (self.row, column, down, across), []

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th", "cell") and self.text is not None:
            self._put("".join(self.text).strip())
            self.text = None

    def handle_data(self, data: str) -> None:
        if self.text is not None:
            self.text.append(data)

    def _put(self, value: Cell) -> None:
        row, column, down, across = self.place
        grid = self.grids[-1]
        while len(grid.rows) <= row:
            grid.rows.append([])
        line = grid.rows[row]
        line.extend([""] * (column + 1 - len(line)))
        line[column] = value
        if down > 1 or across > 1:
            merge: Merge = ((row, column), (row + down - 1, column + across - 1))
            grid.merges.append(merge)
