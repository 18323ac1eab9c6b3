"""Bytes from outside: type and size are read, never believed."""

import io
import struct
import zlib

import pytest
from PIL import Image

from backend.domain.pictures import MOST_PIXELS, develop
from tests.phone import jpeg


def opened(raw):
    return Image.open(io.BytesIO(raw))


def bomb(width, height):
    """A PNG of a few bytes that says it is enormous."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    parts = [(b"IHDR", head), (b"IDAT", zlib.compress(b"\0" * 100)), (b"IEND", b"")]
    body = b"".join(struct.pack(">I", len(d)) + k + d + struct.pack(">I", zlib.crc32(k + d)) for k, d in parts)
    return b"\x89PNG\r\n\x1a\n" + body


def test_a_picture_is_written_anew_with_a_small_copy():
    picture = develop(jpeg(size=(1600, 1200)))
    assert (picture.width, picture.height) == (1600, 1200)
    assert opened(picture.jpeg).size == (1600, 1200)
    assert max(opened(picture.thumbnail).size) == 320
    assert opened(picture.jpeg).format == "JPEG"


def test_it_is_turned_upright_and_forgets_the_camera():
    exif = Image.Exif()
    exif[0x0112] = 6
    picture = develop(jpeg(size=(300, 200), exif=exif))
    assert opened(picture.jpeg).size == (200, 300)
    assert not opened(picture.jpeg).getexif()


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_other_kinds_become_jpeg(kind):
    out = io.BytesIO()
    Image.new("RGBA", (40, 30), (200, 10, 10, 128)).save(out, kind)
    assert opened(develop(out.getvalue()).jpeg).format == "JPEG"


def test_a_huge_picture_is_made_smaller():
    assert develop(jpeg(size=(5000, 1000))).width == 2560


@pytest.mark.parametrize("edge", [MOST_PIXELS // 1000 + 1, 60_000, 2**31 - 1])
def test_a_bomb_is_not_unpacked(edge):
    assert develop(bomb(edge, 1000)) is None


@pytest.mark.parametrize(
    "raw",
    [b"", b"text", jpeg()[:500], jpeg()[:-100], b"GIF89a\x01\x00\x01\x00\x00", b"<svg/>", b"\xff\xd8\xff" + b"\0" * 99],
)
def test_what_is_no_whole_picture_is_none(raw):
    assert develop(raw) is None
