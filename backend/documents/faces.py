"""The two faces of our paper, read and measured once for a process.

fpdf2 reads a font anew for each document. Ours have thirty thousand characters: that took most of a sheet's time,
and its own cache kept every copy in memory.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from copy import copy
from functools import cache
from pathlib import Path

from fontTools.ttLib import TTFont
from fpdf import FPDF
from fpdf.fonts import SubsetMap, TTFFont


@cache
def _measured(path: str) -> TTFFont:
    """Widths and names of all its characters, never written to a document itself."""
    return TTFFont(FPDF(), Path(path), "", "")


def face_for(paper: FPDF, family: str, path: str) -> TTFFont:
    """The face as one document needs it: which characters it uses is its own."""
    face = copy(_measured(path))
    face.i, face.fontkey = len(paper.fonts) + 1, family
    face.desc = copy(face.desc)
    face.missing_glyphs, face.subset = [], SubsetMap(face)
    return face


@contextmanager
def to_be_cut(faces: Iterable[TTFFont]) -> Iterator[None]:
    """While a document is written: what it does not use is cut out of tables of its own, since others go on reading ours.

    Afterwards they are let go of: fpdf2 never forgets a face that a document used.
    """
    whole = [(face, face.ttfont) for face in faces]
    try:
        for face, _ in whole:
            face.ttfont = TTFont(face.ttffile, recalcTimestamp=False, lazy=True)
        yield
    finally:
        for face, tables in whole:
            face.ttfont = tables
