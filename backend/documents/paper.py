"""A4 paper to print, sign and seal: black on white, with a Chinese font that comes along (DOMAIN §5.4).

Lengths are in millimetres, letters in points. Serif (宋) is for official lines, sans (黑) for labels and for
what a farmer reads.
"""

import io
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext

import pylopdf_fonts_zh_cn as fonts
import segno
from fpdf import FPDF
from fpdf.enums import TextMode, XPos, YPos
from fpdf.fonts import FontFace
from fpdf.table import Table

from backend.documents.faces import face_for, to_be_cut

SERIF, SANS = "serif", "sans"
BOLD_STROKE = 0.022
POINT = 25.4 / 72
LEADING = 1.45
INSET = 1.4
SEAM = "骑缝盖章"
# fpdf2 moves a row to the next page as a whole and gives up on one that no page holds; a third of a page always fits.
ROW_LINES, GOES_ON = 18, "（续）"
# A day, a number or a word stays whole; every other character may end a line.
PIECES = re.compile(r"(?:[0-9]{4} ?年 ?)?[0-9]{1,2} ?月 ?[0-9]{1,2} ?日|[0-9A-Za-z.,%*/:+-]+|.", re.S)
NEVER_FIRST, NEVER_LAST = "，。、；：！？）》〉」』】〕”’％…　", "（《〈「『【〔“‘"


def _left(line: str, next_one: str) -> str:
    """What stays of a line when the next one would begin with `next_one`: a closing mark takes a piece along."""
    pieces, begins = PIECES.findall(line), next_one
    while pieces and begins[0] in NEVER_FIRST:
        begins = pieces.pop()
    return "".join(pieces)


class Paper(FPDF):
    """Sheets of one document; `foot` stands left below every page, page n of m right."""

    def __init__(
        self, title: str, *, foot: str = "", left: float = 16, right: float = 19, top: float = 12, seam: bool = False
    ) -> None:
        super().__init__(format="A4")
        self.foot, self.has_seam, self.leading = foot, seam, LEADING
        for family, path in ((SERIF, fonts.serif_path()), (SANS, fonts.sans_path())):
            self.fonts[family] = face_for(self, family, str(path))
        # Faces like ours are keyed by character, which PDF knows since 1.6.
        self.pdf_version = "1.6"
        self.set_fallback_fonts([SANS])
        self.set_margins(left, top, right)
        self.set_auto_page_break(True, 16)
        self.set_title(title)
        self.set_lang("zh-CN")
        self.set_line_width(0.18)

    def footer(self) -> None:
        """Called by fpdf2 at the end of each page."""
        if self.has_seam:
            self._seam()
        self.set_y(-12)
        self.letters(SERIF, 9.5)
        self.cell(0, 5, self.foot)
        self.set_x(self.l_margin)
        self.cell(0, 5, f"第 {self.page_no()} 页　共 {{nb}} 页", align="R")

    def _seam(self) -> None:
        x, middle = self.w - 7, self.h / 2
        self.set_dash_pattern(1, 1)
        self.line(x, middle - 30, x, middle + 30)
        self.set_dash_pattern()
        self.letters(SERIF, 9)
        for place, letter in enumerate(SEAM):
            self.text(x - 4.5, middle - 20 + place * 13, letter)

    def letters(self, family: str, size: float) -> None:
        """Go on in this font, `size` in points."""
        self.set_font(family, size=size)

    @contextmanager
    def bold(self, size: float) -> Iterator[None]:
        """Heavier letters: the packaged font has one weight, so its outline is drawn, too."""
        with self.local_context(text_mode=TextMode.FILL_STROKE, line_width=size * BOLD_STROKE * POINT):
            yield

    def folded(self, text: str, width: float, *, hangs: bool = True) -> str:
        """The text with line ends for the letters in use, by the rules of Chinese setting (GB/T 15834 附录).

        No line begins with a closing mark or ends with an opening one. A closing mark hangs out a little; in a box,
        where it cannot, it takes the piece before it along.
        """
        lines = [""]
        for piece in PIECES.findall(text.replace("\r", "")):
            if piece == "\n":
                lines.append("")
            elif (hangs and piece in NEVER_FIRST) or self.get_string_width(lines[-1] + piece) <= width:
                lines[-1] += piece
            else:
                kept = _left(lines[-1], piece).rstrip(NEVER_LAST)
                lines[-1:] = [kept, lines[-1][len(kept) :] + piece] if kept else [lines[-1] + piece]
                lines[-1:] = self._torn(lines[-1], width)
        return "\n".join(lines)

    def _torn(self, line: str, width: float) -> list[str]:
        """A line as it is when it fits; a number or word wider than the line is cut wherever the line is full."""
        torn = [""]
        for letter in line:
            if torn[-1] and self.get_string_width(torn[-1] + letter) > width:
                torn.append("")
            torn[-1] += letter
        return torn

    def line_of(self, text: str, size: float, *, family: str = SANS, align: str = "L", heavy: bool = False) -> None:
        """A paragraph over the whole width."""
        self.letters(family, size)
        words, height = self.folded(text, self.epw - 2 * self.c_margin), size * POINT * self.leading
        with self.bold(size) if heavy else nullcontext():
            for line in words.split("\n"):
                self.cell(0, height, line, align=align, new_x=XPos.LMARGIN, new_y=YPos.NEXT)

    def heading(self, text: str, size: float = 11.5, beside: str = "") -> None:
        """A heading with the black bar; never alone at the end of a page."""
        height = size * POINT * 1.35
        self.room_for(height + 16)
        self.ln(2.2)
        self.set_fill_color(0)
        self.rect(self.l_margin, self.y + 0.4, size * 0.1, height - 0.8, style="F")
        self.set_x(self.l_margin + size * 0.1 + 2)
        self.letters(SANS, size)
        with self.bold(size):
            self.cell(self.get_string_width(text) + 3, height, text)
        if beside:
            self.letters(SERIF, size - 1)
            self.cell(0, height, beside)
        self.ln(height + 0.8)

    def room_for(self, height: float) -> None:
        """Begin a new page when less than `height` is left on this one."""
        if self.will_page_break(height):
            self.add_page()

    def grid(
        self, rows: Sequence[Sequence[str | None]], widths: Sequence[float], *, size: float = 10.5,
        head: bool = False, labels: Sequence[int] = (), align: str = "LEFT", least: float = 6.6,
    ) -> None:  # fmt: skip
        """A table with hairlines over the whole width. Columns in `labels`, and the first row with `head`, are in sans.

        In a row that ends with None the last text spans what is left.
        """
        scale = self.epw / sum(widths)
        columns = tuple(width * scale for width in widths)
        label = FontFace(family=SANS, emphasis="", size_pt=size - 1)
        self.letters(SERIF, size)
        with self.table(
            col_widths=columns, width=self.epw, align="L", padding=(0.9, INSET), line_height=size * POINT * 1.3,
            text_align=align, first_row_as_headings=head, headings_style=label, min_row_height=least,
        ) as table:  # fmt: skip
            for place, cells in enumerate(rows):
                self._row(table, cells, columns, label, range(len(columns)) if head and not place else labels)

    def _row(
        self,
        table: Table,
        cells: Sequence[str | None],
        columns: Sequence[float],
        label: FontFace,
        labels: Sequence[int],
    ) -> None:
        """One row, or several when its text is taller than `ROW_LINES`: then the label says that it goes on."""
        shown = [cell for cell in cells if cell is not None]
        spans = [1] * (len(shown) - 1) + [len(cells) - len(shown) + 1]
        size, folded = self.font_size_pt, []
        for place, text in enumerate(shown):
            self.letters(*((SANS, label.size_pt) if place in labels else (SERIF, size)))
            width = sum(columns[place : place + spans[place]]) - 2 * INSET - 0.4
            folded.append(self.folded(text, width, hangs=False).split("\n"))
        self.letters(SERIF, size)
        for begin in range(0, max(map(len, folded)), ROW_LINES):
            row = table.row()
            for place, lines in enumerate(folded):
                words = "\n".join(lines[begin : begin + ROW_LINES])
                if begin and not place and not words and 0 in labels:
                    words = GOES_ON
                row.cell(words, colspan=spans[place], style=label if place in labels else None)

    def ink_row(self, places: Sequence[tuple[str, str]], height: float = 36) -> None:
        """Boxes to sign in: (label, "", 手印 or 盖章). Stands at the end of the page's room."""
        self.room_for(height + 2)
        top, width = max(self.y + 3, self.h - self.b_margin - height - 1), self.epw / len(places)
        for place, (label, mark) in enumerate(places):
            x = self.l_margin + place * width
            self.rect(x, top, width, height)
            self.letters(SANS, 9.5)
            self.text(x + 2, top + 5, label)
            if mark:
                self._mark(x + width - 3, top + height - 3, mark)
        self.set_y(top + height)

    def _mark(self, right: float, bottom: float, word: str) -> None:
        wide, high = (26.0, 26.0) if word == "盖章" else (15.0, 22.0)
        self.set_dash_pattern(0.8, 0.8)
        self.ellipse(right - wide, bottom - high, wide, high)
        self.set_dash_pattern()
        self.letters(SERIF, 8.5)
        self.text(right - wide / 2 - 3, bottom - high / 2 + 1, word)

    def code_of(self, text: str, x: float, y: float, side: float = 20) -> None:
        """A QR code; hand it a case number and nothing else (DOMAIN §5.4)."""
        out = io.BytesIO()
        segno.make(text, error="m", micro=False).save(out, kind="png", scale=8, border=0)
        self.image(out, x, y, side, side)

    def written(self) -> bytes:
        """The whole document."""
        with to_be_cut([self.fonts[family] for family in (SERIF, SANS)]):
            return bytes(self.output())
