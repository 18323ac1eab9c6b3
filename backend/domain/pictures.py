"""Bytes from outside become a picture only by decoding: type, size and content are read, never believed."""

import io
import warnings
from typing import NamedTuple

from PIL import Image, ImageOps

MOST_PIXELS = 25_000_000
LONGEST_EDGE = 2560
THUMBNAIL_EDGE = 320
FORMATS = ("JPEG", "PNG", "WEBP")


class Picture(NamedTuple):
    """A picture written anew: JPEG without metadata, and a small copy; edges in pixels."""

    jpeg: bytes
    thumbnail: bytes
    width: int
    height: int


def develop(raw: bytes) -> Picture | None:
    """The picture in `raw`, turned upright; None for anything but a whole JPEG, PNG or WebP of ≤ 25 MP."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(raw), formats=FORMATS) as opened:
                # The size stands in the header: nothing has been unpacked yet.
                if opened.width * opened.height > MOST_PIXELS:
                    return None
                upright = ImageOps.exif_transpose(opened).convert("RGB")
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError, Image.DecompressionBombWarning):
        return None
    upright.thumbnail((LONGEST_EDGE, LONGEST_EDGE))
    small = upright.copy()
    small.thumbnail((THUMBNAIL_EDGE, THUMBNAIL_EDGE))
    return Picture(_jpeg(upright, 86), _jpeg(small, 72), upright.width, upright.height)


def _jpeg(picture: Image.Image, quality: int) -> bytes:
    plain = Image.new("RGB", picture.size)
    plain.paste(picture)
    out = io.BytesIO()
    plain.save(out, "JPEG", quality=quality)
    return out.getvalue()
