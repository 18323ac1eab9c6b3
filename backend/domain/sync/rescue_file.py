"""救援文件: what a phone could not send, as a file. Nobody but the server can read the sealed parts.

JSON text with one item and one photo a line, so that never more than one of them is held in memory.
"""

import json
from collections.abc import Iterator
from typing import IO, Any, Literal, NamedTuple

FORMAT = "ruhu-rescue-1"
LONGEST_LINE = 16 * 1024 * 1024
MOST_PIECES = 4000
_HEAD_MARK, _PHOTOS_MARK, _END_MARK = f'"{FORMAT}"', '"photos":[', "]}"


class NoRescueFile(ValueError):
    """The file is something else."""


class RescueTorn(ValueError):
    """The file ends, or breaks, before its end; what was read before is whole."""


class Piece(NamedTuple):
    """One item or photo as the phone wrote it, not looked at yet."""

    kind: Literal["item", "photo"]
    told: Any


def pieces(stream: IO[bytes]) -> Iterator[Piece]:
    """The items, then the photos of a file. Raises NoRescueFile before, RescueTorn after the first of them."""
    try:
        head = _line(stream)
    except RescueTorn as error:
        raise NoRescueFile from error
    if _HEAD_MARK not in head[:60]:
        raise NoRescueFile
    is_photos, is_over, count = _PHOTOS_MARK in head, head.endswith(_END_MARK), 0
    while not is_over:
        line = _line(stream)
        if line.startswith("{"):
            told, rest = _read(line)
            count += 1
            if count > MOST_PIECES:
                raise RescueTorn
            yield Piece("photo" if is_photos else "item", told)
        elif line in ("]", _END_MARK):
            rest = line
        else:
            raise RescueTorn
        is_photos, is_over = is_photos or _PHOTOS_MARK in rest, rest.endswith(_END_MARK)


def _line(stream: IO[bytes]) -> str:
    raw = stream.readline(LONGEST_LINE + 1)
    if not raw or len(raw) > LONGEST_LINE:
        raise RescueTorn
    try:
        return raw.decode().strip()
    except UnicodeDecodeError as error:
        raise RescueTorn from error


def _read(line: str) -> tuple[Any, str]:
    try:
        told, end = json.JSONDecoder().raw_decode(line)
    except (ValueError, RecursionError) as error:
        raise RescueTorn from error
    return told, line[end:]
